use super::{Action, Context, Refusal};
use crate::{
    commit::{
        View,
        change::{Change, Performed},
    },
    store::{account::AccountRecord, rows::Record},
};
use hearth_protocol::{
    error::ApiError,
    mutations::SetReadReceipts,
    row::{Row, RowKey},
    rows::{AccountRow, RowData, RowKind},
    stream::StreamId,
};

/// Says whether others may see what has reached me and what I have read. What they have been told stays told.
impl Action for SetReadReceipts {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let stream = StreamId::User(context.actor);
        let key = RowKey { kind: AccountRow::KIND.into(), id: String::new() };
        let Some(Row { data: RowData::Account(account), .. }) = view.row(stream, key.clone()).await? else {
            return Err(ApiError::not_found().into());
        };
        if account.read_receipts == self.on {
            return Ok(Performed { existing: vec![(stream, key)], ..Performed::default() });
        }
        let row = AccountRow { read_receipts: self.on, ..account };
        Ok(vec![Change::new(stream, Record::Account(AccountRecord::Changed(row)))].into())
    }
}

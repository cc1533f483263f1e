use super::{Action, Context, Refusal, bad_request};
use crate::{
    commit::{
        View,
        change::{Change, Performed},
    },
    store::{
        account::AccountRecord,
        profile::{self, Viewer},
        rows::Record,
    },
};
use hearth_protocol::{
    error::ApiError,
    limits,
    mutations::SetStatus,
    profile::PersonStatus,
    row::{Row, RowKey},
    rows::{AccountRow, RowData, RowKind},
    stream::StreamId,
};

/// Puts words beside a name. Who sees them is decided when somebody asks.
impl Action for SetStatus {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let text = self.text.trim();
        if text.chars().count() > limits::STATUS_CHARS_MAX || text.chars().any(char::is_control) {
            return Err(bad_request("A status is one line of at most 140 characters.").into());
        }
        let status = (!text.is_empty()).then(|| PersonStatus { text: text.to_owned(), until: self.until });
        change_account(view, context, |account| AccountRow { status, ..account }).await
    }
}

/// Changes something of the actor's own account; one that is so already is answered as it is.
pub(super) async fn change_account(
    view: &mut View<'_>,
    context: &Context,
    change: impl FnOnce(AccountRow) -> AccountRow,
) -> Result<Performed, Refusal> {
    let stream = StreamId::User(context.actor);
    let key = RowKey { kind: AccountRow::KIND.into(), id: String::new() };
    let Some(Row { data: RowData::Account(account), .. }) = view.row(stream, key.clone()).await? else {
        return Err(ApiError::not_found().into());
    };
    let changed = change(account.clone());
    if changed == account {
        return Ok(Performed { existing: vec![(stream, key)], ..Performed::default() });
    }
    if profile::differs_for(Viewer::Contact, &(&account).into(), &(&changed).into()) {
        view.note_profile(context.actor);
    }
    Ok(vec![Change::new(stream, Record::Account(AccountRecord::Changed(changed)))].into())
}

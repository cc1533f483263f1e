use super::{
    Action, Context, Refusal,
    administer::{account_key, account_of},
    shown::shown,
};
use crate::{
    commit::{
        View,
        change::{Change, Performed},
    },
    names::person_name,
    store::{account::AccountRecord, rows::Record},
};
use hearth_protocol::{
    error::ApiError,
    mutations::SetName,
    rows::{AccountRow, Person},
    stream::StreamId,
};

/// Says what somebody is called, by the rules of signing up, in every row that shows them.
impl Action for SetName {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let me = context.actor;
        let (first_name, last_name) = (person_name(&self.first_name, true)?, person_name(&self.last_name, false)?);
        let account = account_of(view, me).await?.ok_or_else(ApiError::not_found)?;
        let stream = StreamId::User(me);
        if (&account.first_name, &account.last_name) == (&first_name, &last_name) {
            return Ok(Performed { existing: vec![(stream, account_key())], ..Performed::default() });
        }
        let person = Person { user: me, username: account.username.clone(), first_name, last_name };
        let Person { first_name, last_name, .. } = person.clone();
        let account = AccountRow { first_name, last_name, ..account };
        let mut changes = vec![Change::new(stream, Record::Account(AccountRecord::Changed(account)))];
        changes.extend(shown(view, me).await?.into_iter().map(|place| place.naming(&person)));
        Ok(Performed { changes, own: true, ..Performed::default() })
    }
}

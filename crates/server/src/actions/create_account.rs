use super::{Refusal, sign_up_by_provider::taken};
use crate::{
    commit::{
        View,
        change::{Change, Performed},
    },
    store::{
        account::{AccountRecord, NewAccount},
        rows::Record,
    },
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    rows::Role,
    stream::StreamId,
};

/// A checked account with its hashed password.
pub(crate) struct CreateAccount {
    pub account: NewAccount,
    pub admission: Admission,
}

/// On what ground somebody gets an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Admission {
    /// They brought the set-up code, or the server is their own: they become its admin if it has none.
    Founder,
    /// They signed up by themselves: that takes an admin to be there already.
    Open,
    /// An import brings them; never an admin.
    Import,
}

/// Makes an account; the first that founds the server is its admin.
pub(super) async fn create_account(view: &mut View<'_>, command: &CreateAccount) -> Result<Performed, Refusal> {
    let mut account = command.account.clone();
    let founded = view.admin_exists().await?;
    account.role = match command.admission {
        Admission::Founder if !founded => Role::Admin,
        Admission::Open if !founded => {
            let message = "This server is new: the first account needs the set-up code that the server printed when it started.";
            return Err(ApiError::new(ErrorCode::SetUpCodeRequired, message).into());
        }
        _ => Role::Member,
    };
    if view.is_name_taken(&account.username_key).await? {
        return Err(ApiError::new(
            ErrorCode::UsernameTaken,
            "Somebody has this username already, or one that looks the same. Choose another one.",
        )
        .into());
    }
    if let Some(external) = &account.external
        && view.is_external_taken(&external.issuer, &external.subject).await?
    {
        return Err(taken().into());
    }
    let stream = StreamId::User(account.id);
    Ok(vec![Change::new(stream, Record::Account(AccountRecord::New(Box::new(account))))].into())
}

use super::{Context, Refusal, sign_up_by_provider::taken};
use crate::{
    admin::wrong_invite,
    commit::{
        View,
        change::{Change, Performed},
    },
    store::{
        account::{AccountRecord, NewAccount},
        audit,
        rows::Record,
    },
};
use hearth_protocol::{
    admin::AuditAct,
    error::{ApiError, ErrorCode},
    ids::ServerInviteId,
    role::Role,
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
    /// They brought an invitation, which is used once more.
    Invited(ServerInviteId),
    /// An import brings them; never an admin.
    Import,
}

/// Makes an account; the first that founds the server is its admin.
pub(super) async fn create_account(view: &mut View<'_>, context: &Context, command: &CreateAccount) -> Result<Performed, Refusal> {
    let mut account = command.account.clone();
    let founded = view.admin_exists().await?;
    account.role = match command.admission {
        Admission::Founder if !founded => Role::Admin,
        Admission::Open if !founded => {
            let message = "This server is new: the first account needs the set-up code that the server printed when it started.";
            return Err(ApiError::new(ErrorCode::SetUpCodeRequired, message).into());
        }
        Admission::Import => Role::Member,
        _ => account.role,
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
    // Last: whoever is refused has used nothing up.
    if let Admission::Invited(invite) = command.admission
        && !view.use_server_invite(invite, context.now).await?
    {
        return Err(wrong_invite().into());
    }
    let founds = account.role == Role::Admin;
    let audit = founds.then_some(audit::Act { at: context.now, actor: Some(account.id), subject: None, act: AuditAct::Found });
    let stream = StreamId::User(account.id);
    Ok(Performed { audit, ..vec![Change::new(stream, Record::Account(AccountRecord::New(Box::new(account))))].into() })
}

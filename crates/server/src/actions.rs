//! Actions: one verb, one file. Each authorises, then says or does what the verb means.
//!
//! Actions that change streams run inside the committer's transaction and give back [`Performed`]; the others read a snapshot or
//! write what belongs to no stream. No HTTP in here, and no SQL.

mod add_group_members;
mod add_members;
mod administer;
mod answer_invitation;
mod arrange_conversation;
mod ask_code;
mod begin_provider;
mod begin_two_step;
mod block_user;
mod cancel_scheduled;
mod change_email;
mod change_password;
mod change_scheduled;
mod circle;
mod collect;
mod collections;
mod confirm_email;
mod confirm_two_step;
mod create_account;
mod create_channel;
mod create_collection;
mod create_conversation;
mod create_direct;
mod create_group;
mod deactivate_account;
mod delete_account;
mod delete_collection;
mod delete_conversation;
mod delete_group;
mod delete_message;
mod edit_conversation;
mod edit_group;
mod edit_message;
mod erase;
mod fetch_picture;
mod find_place;
mod finish_provider;
mod finish_sign_in;
mod follow_thread;
mod group_seat;
mod hand_over_group;
mod happened;
mod hide_message;
mod import_conversation;
mod invitations;
mod invite_links;
mod invite_to_group;
mod join;
mod join_by_link;
mod keep_key;
mod keep_language;
mod link_provider;
mod list_devices;
mod list_digests;
mod list_heads;
mod list_profiles;
mod list_versions;
mod look_up;
mod mark_delivered;
mod mark_read;
mod mark_unread;
mod mentions;
mod own_mark;
mod pass_on;
mod pin_message;
mod pull;
mod react;
mod read_history;
mod read_notifications;
mod read_thread;
mod remove_contact;
mod remove_email;
mod remove_group_member;
mod remove_member;
mod rename_collection;
mod rename_device;
mod renew_external;
mod renew_recovery_codes;
mod request_friend;
mod resend_email_code;
mod reset_password;
mod retain;
mod schedule_message;
mod scheduled;
mod search_messages;
mod search_people;
mod second_step;
mod send_message;
mod send_scheduled;
mod set_about;
mod set_channel_private;
mod set_group_role;
mod set_member_role;
mod set_name;
mod set_password;
mod set_picture;
mod set_privacy;
mod set_read_receipts;
mod set_shared_history;
mod set_status;
mod settle_devices;
mod shown;
mod sign_in;
mod sign_in_with_code;
mod sign_out;
mod sign_up;
mod sign_up_by_provider;
mod star;
mod stop_scheduled;
mod take_mutations;
mod threads;
mod turn_off_two_step;
mod unblock_user;
mod unmark;
mod unread_thread;
mod watch_people;
mod withdraw_invitation;

pub(crate) use administer::{Administer, Deed};
pub(crate) use ask_code::ask_code;
pub(crate) use begin_provider::{begin_link, begin_proof, begin_provider};
pub(crate) use begin_two_step::begin_two_step;
pub(crate) use change_email::change_email;
pub(crate) use change_password::change_password;
pub(crate) use confirm_email::{SetEmail, confirm_email};
pub(crate) use confirm_two_step::{SetTwoStep, confirm_two_step};
pub(crate) use create_account::{Admission, CreateAccount};
pub(crate) use deactivate_account::deactivate_account;
pub(crate) use delete_account::delete_account;
pub(crate) use erase::Erase;
pub(crate) use fetch_picture::fetch_picture;
pub(crate) use find_place::find_place;
pub(crate) use finish_provider::finish_provider;
pub(crate) use finish_sign_in::finish_sign_in;
pub(crate) use import_conversation::ImportConversation;
pub(crate) use invite_links::{create_invite_link, list_invite_links, revoke_invite_link};
pub(crate) use join_by_link::{JoinByLink, join_by_link, look_at_link};
pub(crate) use keep_key::{fetch_key, keep_key};
pub(crate) use keep_language::keep_language;
pub(crate) use link_provider::{finish_external, list_external, unlink_external};
pub(crate) use list_devices::list_devices;
pub(crate) use list_digests::list_digests;
pub(crate) use list_heads::list_heads;
pub(crate) use list_profiles::list_profiles;
pub(crate) use list_versions::list_versions;
pub(crate) use pass_on::pass_on;
pub(crate) use pull::pull;
pub(crate) use read_history::read_history;
pub(crate) use remove_email::remove_email;
pub(crate) use renew_external::renew_external;
pub(crate) use renew_recovery_codes::{count_recovery_codes, renew_recovery_codes};
pub(crate) use resend_email_code::resend_email_code;
pub(crate) use reset_password::{mail_reset_code, reset_password};
pub(crate) use retain::Retain;
pub(crate) use search_messages::search_messages;
pub(crate) use search_people::search_people;
pub(crate) use second_step::tell_two_step_off;
pub(crate) use send_scheduled::SendScheduled;
pub(crate) use set_picture::{SetPicture, remove_picture, set_picture};
pub(crate) use settle_devices::{SettleDevices, settle_or_later};
pub(crate) use sign_in::sign_in;
pub(crate) use sign_in_with_code::sign_in_with_code;
pub(crate) use sign_out::{close_sockets, sign_out, sign_out_device, sign_out_others};
pub(crate) use sign_up::sign_up;
pub(crate) use sign_up_by_provider::sign_up_by_provider;
pub(crate) use stop_scheduled::StopScheduled;
pub(crate) use take_mutations::{take_cancels, take_mutations};
pub(crate) use turn_off_two_step::turn_off_two_step;
pub(crate) use watch_people::watch_people;

use crate::{
    commit::{View, change::Performed},
    store::StoreError,
};
use hearth_protocol::{
    Millis,
    error::{ApiError, ErrorCode},
    ids::{Epoch, MutationId, RoleId, UserId},
    mutations::{Intent, MutationKind},
    rule::{Rule, holds},
};
use sha2::{Digest, Sha256};

/// What the committer can be asked for: a client's intent, or something that only the server itself asks for.
pub(crate) enum Command {
    Intent(Intent),
    /// To the actor's account.
    Administer(Administer),
    CreateAccount(Box<CreateAccount>),
    /// The actor's.
    EndAccount,
    Erase(Erase),
    ImportConversation(ImportConversation),
    Retain(Retain),
    /// The actor's.
    SendScheduled(SendScheduled),
    SetEmail(SetEmail),
    SetPicture(SetPicture),
    SetTwoStep(Box<SetTwoStep>),
    SettleDevices(SettleDevices),
    /// The actor's.
    StopScheduled(StopScheduled),
    JoinByLink(JoinByLink),
    /// To those who have it.
    TellRole(RoleId),
    /// Use up the id, unless it was used.
    Cancel,
}

/// What stands in place of a payload's hash for an id that was taken back.
const CANCELLED: [u8; 32] = [0; 32];

/// Whether an earlier mutation is one that was taken back.
pub(crate) fn is_cancelled(payload_hash: &[u8]) -> bool {
    payload_hash == CANCELLED
}

/// The answer to whatever comes under an id that was taken back.
pub(crate) fn cancelled() -> ApiError {
    ApiError::new(ErrorCode::Cancelled, "This was taken back before it arrived.")
}

impl Command {
    pub fn name(&self) -> &'static str {
        match self {
            Self::Intent(intent) => intent.name(),
            Self::Administer(_) => "administer",
            Self::CreateAccount(_) => "create_account",
            Self::EndAccount => "end_account",
            Self::Erase(_) => "erase",
            Self::ImportConversation(_) => "import_conversation",
            Self::Retain(_) => "retain",
            Self::SendScheduled(_) => "send_scheduled",
            Self::SetEmail(_) => "set_email",
            Self::SetPicture(_) => "set_picture",
            Self::SetTwoStep(_) => "set_two_step",
            Self::SettleDevices(_) => "settle_devices",
            Self::StopScheduled(_) => "stop_scheduled",
            Self::JoinByLink(_) => "join_by_link",
            Self::TellRole(_) => "tell_role",
            Self::Cancel => "cancel",
        }
    }

    /// Tells a retry from another mutation under the same id.
    pub fn payload_hash(&self) -> [u8; 32] {
        let payload = match self {
            Self::Intent(intent) => serde_json::to_string(intent),
            Self::CreateAccount(account) => serde_json::to_string(&account.account.id),
            Self::EndAccount => Ok(String::new()),
            // No secret goes into a hash, and its id is never used again.
            Self::SetTwoStep(set) => serde_json::to_string(&set.on.is_some()),
            Self::Erase(erase) => serde_json::to_string(erase),
            Self::ImportConversation(conversation) => serde_json::to_string(conversation),
            Self::Retain(retain) => serde_json::to_string(retain),
            Self::SendScheduled(scheduled) => serde_json::to_string(scheduled),
            Self::SetPicture(picture) => serde_json::to_string(picture),
            Self::SetEmail(email) => serde_json::to_string(email),
            Self::SettleDevices(devices) => serde_json::to_string(devices),
            Self::StopScheduled(scheduled) => serde_json::to_string(scheduled),
            Self::JoinByLink(link) => serde_json::to_string(link),
            Self::Administer(administer) => serde_json::to_string(administer),
            Self::TellRole(role) => serde_json::to_string(role),
            Self::Cancel => return CANCELLED,
        };
        let mut hasher = Sha256::new();
        hasher.update(self.name().as_bytes());
        // Plain data always serialises.
        hasher.update(payload.unwrap_or_default().as_bytes());
        hasher.finalize().into()
    }
}

/// Who does what, and when.
pub(crate) struct Context {
    pub actor: UserId,
    pub id: MutationId,
    pub now: Millis,
    pub epoch: Epoch,
}

/// Why an action did nothing.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// The answer for the person.
    Api(ApiError),
    /// The database failed: the whole batch is void.
    Store(StoreError),
}

impl From<ApiError> for Refusal {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

pub(crate) fn bad_request(message: &str) -> ApiError {
    ApiError::new(ErrorCode::BadRequest, message)
}

/// What a mutation does, in the file of its name. It reads through the view and changes nothing itself.
pub(crate) trait Action: MutationKind {
    /// Authorises, and says what changes.
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal>;
}

macro_rules! actions {
    ($($variant:ident($mutation:ty) = $name:literal),+ $(,)?) => {
        async fn perform_intent(view: &mut View<'_>, context: &Context, intent: &Intent) -> Result<Performed, Refusal> {
            match intent {
                $(Intent::$variant(mutation) => <$mutation as Action>::perform(mutation, view, context).await,)+
            }
        }
    };
}

hearth_protocol::each_mutation!(actions);

/// Performs a command.
pub(crate) async fn perform(view: &mut View<'_>, context: &Context, command: &Command) -> Result<Performed, Refusal> {
    match command {
        // It was under way while the account was deleted.
        Command::Intent(_) if holds(Rule::NothingOfTheGone) && view.is_deleted(context.actor).await? => {
            Err(ApiError::account_deleted().into())
        }
        // The same, while it was deactivated.
        Command::Intent(_) if holds(Rule::NothingOfTheGone) && view.server_standing(context.actor).await?.deactivated => {
            Err(ApiError::deactivated(false).into())
        }
        Command::Intent(intent) => perform_intent(view, context, intent).await,
        Command::Administer(command) => administer::administer(view, context, command).await,
        Command::TellRole(role) => administer::tell_role(view, *role).await,
        Command::CreateAccount(command) => create_account::create_account(view, context, command).await,
        Command::EndAccount => delete_account::end_account(view, context).await,
        Command::Erase(command) => erase::erase(view, context, command).await,
        Command::ImportConversation(command) => import_conversation::import_conversation(view, context, command).await,
        Command::Retain(command) => retain::retain(view, context, command).await,
        Command::SendScheduled(command) => send_scheduled::send_scheduled(view, context, command).await,
        Command::SetEmail(command) => confirm_email::set_email(view, context, command).await,
        Command::SetPicture(command) => set_picture::perform_picture(view, context, command).await,
        Command::SetTwoStep(command) => confirm_two_step::set_two_step(view, context, command).await,
        Command::SettleDevices(command) => settle_devices::settle_devices(view, context, command).await,
        Command::StopScheduled(command) => stop_scheduled::stop_scheduled(view, context, command).await,
        Command::JoinByLink(command) => join_by_link::perform_join(view, context, command).await,
        // That its id is recorded is all that it does.
        Command::Cancel => Ok(Performed::default()),
    }
}

//! An entry of the outbox in the page's words: what it is, and why it has not gone.

use crate::{
    client::{conversations::item_view, people::full_name, replies::quote_view},
    engine::wall_ms,
    session::Session,
    view::{ChangeView, Delivery, OutboxItem, Problem, QuoteView, Wait},
};
use hearth_protocol::{
    body::Body,
    error::ApiError,
    ids::{ConversationId, MessageId, UserId},
    mutations::{EditGroup, Intent, Lane, SendMessage},
};
use hearth_replica::{OutboxEntry, OutboxState, Shows, shows};

/// How a mutation is called when it is of oneself.
const LEAVE: &str = "leave_conversation";
const LEAVE_GROUP: &str = "leave_group";

/// How sending is called when it passes on what was said elsewhere.
const FORWARD: &str = "forward_message";

/// How a mutation is called when it takes something off.
const TAKE_BACK: &str = "take_reaction_back";
const UNSTAR: &str = "unstar";
const UNPIN: &str = "unpin_message";
const SHOW: &str = "show_message";
const TAKE_OUT: &str = "take_out_of_collection";
const LEAVE_THREAD: &str = "leave_thread";

pub(super) async fn item(session: &Session, entry: &OutboxEntry, outbox: &[OutboxEntry]) -> Result<OutboxItem, Problem> {
    let conversation = entry.intent.lane().conversation();
    let line = match conversation {
        Some(conversation) => session.replica.conversation(conversation).await?,
        None => None,
    };
    let shown = shows(&entry.intent);
    let message = match &shown {
        Shows::Edit { message, .. }
        | Shows::Deletion { message }
        | Shows::Reaction { message, .. }
        | Shows::Star { message, .. }
        | Shows::Hiding { message, .. }
        | Shows::Pin { message, .. }
        | Shows::Rescheduled { message, .. }
        | Shows::Following { root: message, .. } => Some(*message),
        _ => None,
    };
    // What is collected is of no lane of a conversation.
    let of = match &entry.intent {
        Intent::Collect(collect) => (Some(collect.conversation), Some(collect.message)),
        _ => (conversation, message),
    };
    let message_text = match of {
        (Some(conversation), Some(message)) => standing_text(session, conversation, message, outbox).await?,
        _ => None,
    };
    let mut people = vec![];
    for user in people_of(&entry.intent) {
        let name = session.replica.person(user).await?.map(|person| full_name(&person)).unwrap_or_default();
        people.push(name);
    }
    let name = match &shown {
        Shows::Conversation { name, .. } | Shows::Group { name, .. } => Some(name.clone()).filter(|name| !name.is_empty()),
        Shows::DeviceName(_, name) => Some(name.clone()),
        Shows::Reaction { emoji, .. } => Some(emoji.clone()),
        Shows::Name { first, last } => Some(format!("{first} {last}").trim().to_owned()),
        _ => match collection_name(session, &entry.intent).await? {
            Some(name) => Some(name),
            None => group_name(session, &entry.intent).await?,
        },
    };
    Ok(OutboxItem {
        id: entry.id,
        what: name_of(&entry.intent, session.user).to_owned(),
        conversation,
        conversation_name: line.map(|line| item_view(line).name).unwrap_or_default(),
        text: text_of(&entry.intent),
        quote: quote_of(session, &entry.intent).await?,
        thread: thread_root_of(&entry.intent),
        message,
        message_text,
        name,
        people,
        since_local: entry.made_at_local,
        tries: entry.tries,
        state: delivery(entry),
        wait: wait(session, entry, outbox),
    })
}

pub(in crate::client) fn is_forwarded(intent: &Intent) -> bool {
    matches!(intent, Intent::SendMessage(message) if message.forwarded)
}

/// In whose thread a message is said.
pub(in crate::client) fn thread_root_of(intent: &Intent) -> Option<MessageId> {
    if let Intent::SendMessage(message) = intent { message.thread_root } else { None }
}

/// What a message answers.
pub(super) async fn quote_of(session: &Session, intent: &Intent) -> Result<Option<QuoteView>, Problem> {
    let Intent::SendMessage(SendMessage { conversation, reply_to: Some(original), .. }) = intent else { return Ok(None) };
    Ok(Some(quote_view(session.checked(session.replica.quote(*conversation, *original).await)?)))
}

/// Of what changes a group as a whole: its name, as it is or will be. Of what renames a conversation: its new one.
async fn group_name(session: &Session, intent: &Intent) -> Result<Option<String>, Problem> {
    if let Intent::EditConversation(edit) = intent {
        return Ok(edit.name.clone());
    }
    let (Intent::EditGroup(_) | Intent::DeleteGroup(_) | Intent::HandOverGroup(_) | Intent::InviteToGroup(_), Lane::Group(id)) =
        (intent, intent.lane())
    else {
        return Ok(None);
    };
    if let Intent::EditGroup(EditGroup { name: Some(name), .. }) = intent {
        return Ok(Some(name.clone()));
    }
    let groups = session.checked(session.replica.groups().await)?;
    Ok(groups.into_iter().find(|group| group.id == id).map(|group| group.name))
}

/// What a collection is or will be called that is made, changed or filled.
async fn collection_name(session: &Session, intent: &Intent) -> Result<Option<String>, Problem> {
    let collection = match intent {
        Intent::CreateCollection(create) => return Ok(Some(create.name.clone())),
        Intent::RenameCollection(rename) => return Ok(Some(rename.name.clone())),
        Intent::Collect(collect) => collect.collection,
        // It is out of the list already.
        _ => return Ok(None),
    };
    let known = session.checked(session.replica.collections().await)?;
    Ok(known.into_iter().find(|one| one.id == collection).map(|one| one.name))
}

fn name_of(intent: &Intent, me: UserId) -> &str {
    match intent {
        Intent::RemoveMember(removed) if removed.member == me => LEAVE,
        other if is_forwarded(other) => FORWARD,
        Intent::React(react) if !react.on => TAKE_BACK,
        Intent::RemoveGroupMember(removed) if removed.person == me => LEAVE_GROUP,
        Intent::Star(star) if !star.on => UNSTAR,
        Intent::PinMessage(pin) if !pin.on => UNPIN,
        Intent::HideMessage(hide) if !hide.on => SHOW,
        Intent::Collect(collect) if !collect.on => TAKE_OUT,
        Intent::FollowThread(follow) if !follow.on => LEAVE_THREAD,
        other => other.name(),
    }
}

/// Whom it adds, removes or writes to.
fn people_of(intent: &Intent) -> Vec<UserId> {
    match intent {
        Intent::AddMembers(added) => added.members.iter().copied().collect(),
        Intent::CreateConversation(made) => made.members.iter().copied().collect(),
        Intent::CreateChannel(made) => made.members.iter().copied().collect(),
        Intent::SetChannelPrivate(made) => made.members.iter().copied().collect(),
        Intent::AddGroupMembers(added) => added.people.iter().copied().collect(),
        Intent::InviteToGroup(invitation) => vec![invitation.to],
        Intent::RequestFriend(request) => vec![request.to],
        Intent::RemoveContact(removed) => vec![removed.user],
        Intent::BlockUser(blocked) => vec![blocked.user],
        Intent::UnblockUser(unblocked) => vec![unblocked.user],
        Intent::RemoveGroupMember(removed) => vec![removed.person],
        Intent::SetGroupRole(set) => vec![set.person],
        Intent::HandOverGroup(handed) => vec![handed.to],
        Intent::CreateDirect(made) => vec![made.peer],
        Intent::RemoveMember(removed) => vec![removed.member],
        Intent::SetMemberRole(set) => vec![set.member],
        _ => vec![],
    }
}

/// The text of a message without the changes that wait.
async fn standing_text(
    session: &Session,
    conversation: ConversationId,
    message: MessageId,
    outbox: &[OutboxEntry],
) -> Result<Option<String>, Problem> {
    if let Some(entry) = outbox.iter().find(|entry| entry.id == message) {
        return Ok(text_of(&entry.intent));
    }
    let row = session.checked(session.replica.message_row(conversation, message).await)?;
    Ok(row.and_then(|row| row.body).and_then(|body| body.searchable().map(str::to_owned)))
}

fn wait(session: &Session, entry: &OutboxEntry, outbox: &[OutboxEntry]) -> Option<Wait> {
    if entry.state != OutboxState::Queued {
        return None;
    }
    let now = wall_ms();
    if let Some(until_local) = entry.held_until(now) {
        return Some(Wait::Held { until_local });
    }
    if let Some(needed) = outbox.iter().find(|other| entry.after.contains(&other.id)) {
        let failed = needed.state == OutboxState::Failed;
        return Some(Wait::Needs { what: name_of(&needed.intent, session.user).to_owned(), failed });
    }
    let rests = |entry: &OutboxEntry| (entry.next_try_local > now).then_some(entry.next_try_local);
    if let (Some(next_try_local), Some(error)) = (rests(entry), &entry.error) {
        return Some(Wait::Told { problem: error.clone().into(), next_try_local });
    }
    let lane = entry.intent.lane();
    let before = outbox.iter().take_while(|other| other.id != entry.id);
    let mut in_lane = before.filter(|other| other.state == OutboxState::Queued && other.intent.lane() == lane);
    let resting = in_lane.find_map(|other| rests(other).max(other.held_until(now)));
    resting.map(|next_try_local| Wait::Behind { next_try_local })
}

/// The body of a message that has not gone out yet.
pub(in crate::client) fn body_of(intent: &Intent) -> Option<Body> {
    match shows(intent) {
        Shows::Message { body, .. } | Shows::Edit { body, .. } | Shows::Scheduled { body, .. } => Some(body),
        Shows::Rescheduled { body, .. } => body,
        _ => None,
    }
}

pub(super) fn text_of(intent: &Intent) -> Option<String> {
    body_of(intent)?.searchable().map(str::to_owned)
}

/// Where an outbox entry is, in the page's words.
pub(in crate::client) fn delivery(entry: &OutboxEntry) -> Delivery {
    match entry.state {
        OutboxState::Queued => Delivery::Queued,
        OutboxState::InFlight => Delivery::Sending,
        OutboxState::Canceling => Delivery::Canceling,
        OutboxState::Failed => Delivery::Failed { problem: entry.error.clone().unwrap_or_else(ApiError::not_found).into() },
    }
}

pub(in crate::client) fn change_view(entry: &OutboxEntry) -> ChangeView {
    ChangeView { id: entry.id, text: text_of(&entry.intent), state: delivery(entry) }
}

//! What I am told of: what the server has noted for me. Where something is unread, the list of conversations says.

use super::{Client, conversations::item_view, mentions::words, people::person_view};
use crate::{
    session::Session,
    view::{AskedView, InboxItem, InboxWhat, Problem, Update},
};
use hearth_protocol::{
    ids::{ConversationId, MutationId, NotificationId},
    limits,
    mutations::ReadNotifications,
    rows::InvitationRow,
};
use hearth_replica::{Told, ToldOf};

/// Entries that one looks at: what is older is found where it belongs.
pub(super) const INBOX_MAX: u32 = 300;

impl Client {
    /// The newest first, offline as well.
    pub async fn list_inbox(&self) -> Result<Vec<InboxItem>, Problem> {
        let session = self.session()?;
        let mut items = vec![];
        for told in session.checked(session.replica.inbox(INBOX_MAX).await)? {
            items.extend(item(&session, told).await?);
        }
        Ok(items)
    }

    /// Says that I have read these, on all my devices.
    pub async fn read_notifications(&self, ids: Vec<NotificationId>) -> Result<(), Problem> {
        for some in ids.chunks(limits::NOTIFICATIONS_PER_CHANGE_MAX) {
            self.enqueue(ReadNotifications { ids: some.iter().copied().collect() }.into()).await?;
        }
        self.tell(Update::Inbox);
        Ok(())
    }
}

async fn item(session: &Session, told: Told) -> Result<Option<InboxItem>, Problem> {
    let what = match told.what {
        ToldOf::Asked(row) => asked(*row),
        ToldOf::Accepted(row) => accepted(*row),
        ToldOf::GroupDeleted { group, name } => InboxWhat::GroupDeleted { group, name },
        ToldOf::ConversationDeleted { conversation, name, by } => {
            InboxWhat::ConversationDeleted { conversation, name, person: by.as_ref().map(person_view) }
        }
        ToldOf::Mention { conversation, sender, body, named } => {
            let Some(name) = name_of(session, conversation).await? else { return Ok(None) };
            let text = words(body.as_ref(), &named);
            InboxWhat::Mention { conversation, name, message: MutationId(told.id.0), person: sender.as_ref().map(person_view), text }
        }
        ToldOf::Reply { conversation, sender, body, named } => {
            let Some(name) = name_of(session, conversation).await? else { return Ok(None) };
            let text = words(body.as_ref(), &named);
            InboxWhat::Reply { conversation, name, message: MutationId(told.id.0), person: sender.as_ref().map(person_view), text }
        }
        ToldOf::MissedCall(conversation) => {
            let Some(name) = name_of(session, conversation).await? else { return Ok(None) };
            InboxWhat::MissedCall { conversation, name }
        }
    };
    Ok(Some(InboxItem { id: told.id, at: told.at, read: told.read, what }))
}

fn asked(row: InvitationRow) -> InboxWhat {
    let InvitationRow { id, sender, content, status, created_at, group, .. } = row;
    let asked = AskedView { id, person: person_view(&sender), note: content, at: Some(created_at) };
    match group {
        Some(group) => InboxWhat::GroupInvitation { asked, group_name: group.name, status },
        None => InboxWhat::FriendRequest { asked, status },
    }
}

fn accepted(row: InvitationRow) -> InboxWhat {
    let person = person_view(&row.receiver);
    match row.group {
        Some(group) => InboxWhat::InvitationAccepted { person, group: group.id, group_name: group.name },
        None => InboxWhat::RequestAccepted { person },
    }
}

/// A conversation that I am not in any more has none, and nothing to be told of.
async fn name_of(session: &Session, conversation: ConversationId) -> Result<Option<String>, Problem> {
    let line = session.checked(session.replica.conversation(conversation).await)?;
    Ok(line.map(|line| item_view(line).name))
}

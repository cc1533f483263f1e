//! What I am told of: what the server has noted, drawn from what it is about, with what of mine waits in the outbox laid over it.

use crate::{
    Replica, Result, friends,
    outbox::table,
    tables::{group_membership, hidden, invitation, line, membership, message, notification, person, retention, thread},
};
use hearth_protocol::{
    Millis,
    body::Body,
    ids::{ConversationId, GroupId, InvitationId, MutationId, NotificationId},
    mutations::{AnswerInvitation, Intent, ReadNotifications},
    rows::{InvitationRow, InvitationStatus, NotificationKind, NotificationRow, Person},
};
use std::collections::{BTreeMap, BTreeSet};

/// Something that I am told of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub id: NotificationId,
    pub at: Millis,
    pub read: bool,
    pub what: ToldOf,
}

/// What it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToldOf {
    /// Somebody asks me something: with what became of it, my own answer on its way included.
    Asked(Box<InvitationRow>),
    /// Whom I have asked, who said yes.
    Accepted(Box<InvitationRow>),
    /// A group that I was in, by the name that it had.
    GroupDeleted {
        group: GroupId,
        name: String,
    },
    /// A conversation that I saw, by the name that it had.
    ConversationDeleted {
        conversation: ConversationId,
        name: String,
        /// Who did it; `None` while nothing told their name.
        by: Option<Person>,
    },
    /// Somebody names me.
    Mention {
        conversation: ConversationId,
        /// `None` while nothing told their name.
        sender: Option<Person>,
        /// What they say; `None` while it is not here.
        body: Option<Body>,
        /// Whom it names, of those who are known here.
        named: Vec<Person>,
    },
    /// Somebody answers a message of mine.
    Reply {
        conversation: ConversationId,
        /// `None` while nothing told their name.
        sender: Option<Person>,
        /// What they say; `None` while it is not here.
        body: Option<Body>,
        /// Whom it names, of those who are known here.
        named: Vec<Person>,
    },
    MissedCall(ConversationId),
}

impl Replica {
    /// The newest first, without what nobody is told of any more: the blocked, and kinds that this build does not know.
    pub async fn inbox(&self, limit: u32) -> Result<Vec<Told>> {
        let mut tx = self.read().await?;
        let blocked = friends::blocked(&mut tx).await?;
        let (mut read, mut answered): (BTreeSet<NotificationId>, BTreeMap<InvitationId, InvitationStatus>) = Default::default();
        for intent in table::of_names(&mut tx, &["read_notifications", "answer_invitation"]).await? {
            match intent {
                Intent::ReadNotifications(ReadNotifications { ids }) => read.extend(ids),
                Intent::AnswerInvitation(AnswerInvitation { id, accept }) => {
                    answered.insert(id, if accept { InvitationStatus::Accepted } else { InvitationStatus::Rejected });
                }
                _ => {}
            }
        }
        let mut invitations = invitation::told(&mut tx).await?;
        let mut inbox = Vec::new();
        for row in notification::newest(&mut tx, limit).await? {
            let NotificationRow { id, kind, conversation, pos, thread_root, sender, created_at, read_at } = row;
            let mut read_there = false;
            let about = InvitationId(id.0);
            let what = match (kind, conversation) {
                (NotificationKind::FriendRequest | NotificationKind::GroupInvitation, _) => {
                    let Some(row) = invitations.remove(&about) else { continue };
                    if blocked.contains(&row.sender.user) {
                        continue;
                    }
                    let status = answered.get(&about).filter(|_| row.status == InvitationStatus::Pending).copied().unwrap_or(row.status);
                    ToldOf::Asked(Box::new(InvitationRow { status, ..row }))
                }
                (NotificationKind::RequestAccepted | NotificationKind::InvitationAccepted, _) => {
                    let accepted = |row: &InvitationRow| row.status == InvitationStatus::Accepted && !blocked.contains(&row.receiver.user);
                    let Some(row) = invitations.remove(&about).filter(accepted) else { continue };
                    ToldOf::Accepted(Box::new(row))
                }
                (NotificationKind::GroupDeleted, _) => {
                    let group = GroupId(id.0);
                    let Some(name) = group_membership::gone_name(&mut tx, group).await? else { continue };
                    ToldOf::GroupDeleted { group, name }
                }
                (NotificationKind::ConversationDeleted, _) => {
                    let conversation = ConversationId(id.0);
                    let Some(name) = membership::gone_name(&mut tx, conversation).await? else { continue };
                    let by = match sender {
                        Some(sender) => person::find(&mut tx, sender).await?,
                        None => None,
                    };
                    ToldOf::ConversationDeleted { conversation, name, by }
                }
                (NotificationKind::Mention | NotificationKind::Reply, Some(conversation)) => {
                    let (Some(pos), Some(sender)) = (pos, sender) else { continue };
                    if blocked.contains(&sender) || pos < retention::pos(&mut tx, conversation).await? {
                        continue;
                    }
                    let thread = match thread_root {
                        Some(root) => thread::now(&mut tx, root).await?,
                        None => None,
                    };
                    read_there = match thread {
                        Some(now) => pos <= now.read_pos,
                        None => pos <= line::read_pos(&mut tx, conversation).await?,
                    };
                    let message = message::visible(&mut tx, conversation, MutationId(id.0)).await?;
                    let gone = message.as_ref().is_some_and(|row| row.body.is_none());
                    if gone || hidden::is_put_away(&mut tx, MutationId(id.0)).await? {
                        continue;
                    }
                    let sender = person::find(&mut tx, sender).await?;
                    let body = message.and_then(|row| row.body);
                    let named = person::named(&mut tx, body.as_ref()).await?;
                    match kind {
                        NotificationKind::Reply => ToldOf::Reply { conversation, sender, body, named },
                        _ => ToldOf::Mention { conversation, sender, body, named },
                    }
                }
                (NotificationKind::MissedCall, Some(conversation)) => ToldOf::MissedCall(conversation),
                _ => continue,
            };
            let read = read_there || read_at.is_some() || read.contains(&id) || answered.contains_key(&about);
            inbox.push(Told { id, at: created_at, read, what });
        }
        Ok(inbox)
    }
}

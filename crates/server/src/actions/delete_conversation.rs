use super::{Action, Context, Refusal, bad_request};
use crate::{
    authority::{Act, Object, authorize},
    commit::{
        Member, View,
        change::{Change, Performed},
    },
    sight::{Home, VIS_VER_FIRST, Windows},
    store::{conversation::Conversation, membership::Membership, rows::Record},
};
use hearth_protocol::{
    Pos,
    error::ApiError,
    ids::{GroupId, NotificationId, UserId},
    mutations::DeleteConversation,
    row::RowKey,
    rows::{
        ChannelRow, ConversationKind, ConversationRow, MemberRole, MemberRow, MembershipRow, NotificationKind, NotificationRow, RowData,
        RowKind,
    },
    stream::StreamId,
};
use std::collections::BTreeSet;

/// Takes everybody out of a conversation at once, and tells them, as deleting a group does; what was said there is removed afterwards, by the
/// hourly job. A channel that everybody in its group sees becomes one that nobody is in.
impl Action for DeleteConversation {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let (id, me) = (self.conversation, context.actor);
        let Some(facts) = view.conversation_of(id, me).await? else { return Err(ApiError::not_found().into()) };
        let (kind, home, end) = (facts.kind, facts.home, facts.last_pos + 1);
        let members: BTreeSet<UserId> = facts.present().map(|(user, _)| user).collect();
        if kind == ConversationKind::Direct {
            return Err(bad_request("A direct conversation is that of both. Delete your messages, or block the other person.").into());
        }
        let role = match home {
            Some(Home { group, .. }) => view.group_member(group, me).await?.map(|member| member.role),
            None => view.seat(id, me).await?.map(|seat| seat.role),
        };
        authorize(me, Act::DeleteConversation, Object::Board { role, channel: home.is_some() })?;
        let (stream, key) = (StreamId::Conversation(id), RowKey { kind: ConversationRow::KIND.into(), id: String::new() });
        let Some(RowData::Conversation(row)) = view.row(stream, key).await?.map(|row| row.data) else {
            return Err(ApiError::not_found().into());
        };
        let in_group = in_group(view, home).await?;
        let sees = |user: &UserId| in_group.as_ref().is_none_or(|group| group.contains(user));
        let everybody: BTreeSet<UserId> = match (&in_group, home) {
            (Some(group), Some(Home { private: false, .. })) => group.union(&members).copied().collect(),
            _ => members,
        };
        let end = End { row: row.clone(), group: home.map(|home| home.group), end };
        let row = ConversationRow { name: String::new(), topic: String::new(), private: home.is_some(), picture: None, ..row };
        let mut changes =
            vec![Change::new(stream, Record::Conversation(Conversation { row, created_by: me, deleted_at: Some(context.now) }))];
        if let Some(Home { group, private: false }) = home {
            let gone = ChannelRow { conversation: id, name: String::new(), topic: String::new(), closed: true };
            changes.push(Change::new(StreamId::Group(group), Record::Channel(gone)));
        }
        for user in everybody {
            // Who is out of the group does not see its private channels, and is not told what becomes of them.
            let sees = sees(&user);
            changes.extend(end.of(view, context, user, sees).await?);
            changes.extend((user != me && sees).then(|| told(user, context, self)));
        }
        Ok(changes.into())
    }
}

/// Who is in the group whose channel it is; `None` where it is of no group.
async fn in_group(view: &mut View<'_>, home: Option<Home>) -> Result<Option<BTreeSet<UserId>>, Refusal> {
    let Some(Home { group, .. }) = home else { return Ok(None) };
    Ok(Some(view.group(group).await?.map(|facts| facts.present().map(|(user, _)| user).collect()).unwrap_or_default()))
}

/// What ends for each of its people.
struct End {
    row: ConversationRow,
    group: Option<GroupId>,
    /// The place that would be given next.
    end: Pos,
}

impl End {
    /// The row that others would see, and one of their own: also for who was in a public channel, which had neither.
    async fn of(&self, view: &mut View<'_>, context: &Context, user: UserId, sees: bool) -> Result<Vec<Change>, Refusal> {
        let id = self.row.id;
        let standing = view.conversation(id).await?.and_then(|facts| facts.standing(user).cloned());
        let Some(person) = view.person(user).await? else { return Ok(vec![]) };
        let (role, joined_at, vis_ver, mut windows) = match standing {
            Some(Member { role, joined_at, vis_ver, windows, .. }) => (role, joined_at, vis_ver, windows),
            None => (MemberRole::Member, self.row.created_at, VIS_VER_FIRST, Windows::all()),
        };
        windows.close(self.end);
        let left_at = Some(context.now);
        let row = MembershipRow {
            conversation: id,
            kind: self.row.kind,
            group: self.group,
            peer: None,
            joined_at,
            left_at,
            gone: sees,
            gone_name: if sees { self.row.name.clone() } else { String::new() },
            vis_ver: vis_ver + 1,
        };
        Ok(vec![
            Change::new(StreamId::Members(id), Record::Member(MemberRow { person, role, joined_at, left_at })),
            Change::new(StreamId::User(user), Record::Membership(Membership { row, windows })),
        ])
    }
}

/// That it is gone, and by whom, to somebody who saw it.
fn told(user: UserId, context: &Context, deleted: &DeleteConversation) -> Change {
    let row = NotificationRow::new(NotificationId(deleted.conversation.0), NotificationKind::ConversationDeleted, context.now);
    Change::new(StreamId::User(user), Record::Notification(NotificationRow { sender: Some(context.actor), ..row }))
}

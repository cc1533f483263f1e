use super::{
    Command, Context, Refusal,
    invitations::copy,
    remove_member::heir,
    set_password::confirm_password,
    shown::{Shown, shown},
};
use crate::{
    app::App,
    commit::{
        GroupMember, Member, Request, View,
        change::{Change, Performed},
    },
    jobs::media::remove,
    store::{
        account::AccountRecord,
        media::{self, Whose},
        membership::Membership,
        rows::Record,
        session::Session,
    },
};
use hearth_protocol::{
    Millis,
    account::DeleteAccount,
    error::{ApiError, ErrorCode},
    ids::{ConversationId, GroupId, MutationId, UserId},
    role::Role,
    row::{Row, RowKey},
    rows::{
        AccountRow, BlockRow, ContactRow, ConversationKind, GroupMemberRow, GroupMembershipRow, InvitationRow, InvitationStatus,
        MemberRole, MemberRow, MembershipRow, Person, RowData, RowKind,
    },
    rule::{Rule, holds},
    stream::StreamId,
};
use std::net::IpAddr;

/// Ends an account for good, for who knows its password: nobody can sign in to it from here on, and it is in no conversation any more.
/// What its person has written goes next, some hundreds of messages at a time.
pub(crate) async fn delete_account(app: &App, session: Session, request: DeleteAccount, address: IpAddr) -> Result<(), ApiError> {
    let user = confirm_password(app, session, request.password, address).await?.user;
    let picture = media::picture_of(&mut *app.store().snapshot().await?, Whose::Person(user)).await?;
    let request = Request { id: MutationId::new(), actor: user, after: None, command: Command::EndAccount, at: None };
    app.installation.committer.perform(user, request).await?;
    if let Some((_, key)) = picture {
        remove(app, key).await;
    }
    let sessions = app.fanout.sessions_of(user);
    app.fanout.revoke(|socket| sessions.contains(&socket));
    app.erasure.notify_one();
    Ok(())
}

/// Takes somebody out of everything, and their name off it. What was theirs alone goes with the account's row, in the same transaction.
pub(super) async fn end_account(view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
    let me = context.actor;
    let stream = StreamId::User(me);
    let row = view.row(stream, RowKey { kind: AccountRow::KIND.into(), id: String::new() }).await?;
    let Some(Row { data: RowData::Account(account), .. }) = row else { return Err(ApiError::not_found().into()) };
    if account.username.is_empty() {
        return Ok(Performed::default());
    }
    if account.role == Role::Admin && view.is_only_admin(me).await? {
        let message = "You are this server's only admin. Make somebody else an admin first, then delete your account.";
        return Err(ApiError::new(ErrorCode::OnlyOwner, message).into());
    }
    let places = shown(view, me).await?;
    refuse_only_owner(view, me, &places).await?;
    let gone = Person::deleted(me);
    let mut changes = Vec::new();
    for place in places {
        let rule = match &place {
            Shown::GroupMember(..) | Shown::Member(..) | Shown::Peer(..) => Rule::LeaveWithAccount,
            Shown::Contact(..) | Shown::Block(..) | Shown::Invitation(..) => Rule::TiesEndWithAccount,
        };
        if !holds(rule) {
            continue;
        }
        match &place {
            Shown::GroupMember(group, _) => changes.extend(leave_group(view, context, *group).await?),
            Shown::Member(id, _) => changes.extend(leave(view, context, *id).await?),
            // Their own copies go with the account.
            Shown::Invitation(of, _) if *of == me => continue,
            _ => {}
        }
        match ended(place, me, context.now).naming(&gone) {
            Change { stream: StreamId::User(of), record: Record::Invitation(row) } => changes.extend(copy(of, row)),
            change => changes.push(change),
        }
    }
    changes.push(Change::new(stream, Record::Account(AccountRecord::Deleted { user: me, at: context.now })));
    view.note_profile(me);
    Ok(changes.into())
}

/// A group with others in it needs an owner.
async fn refuse_only_owner(view: &mut View<'_>, me: UserId, places: &[Shown]) -> Result<(), Refusal> {
    for place in places {
        let Shown::GroupMember(group, _) = place else { continue };
        let Some(facts) = view.group(*group).await? else { continue };
        let owns = |user: UserId| facts.member(user).is_some_and(|member| member.role == MemberRole::Owner);
        let mut others = facts.present().filter(|(user, _)| *user != me).peekable();
        if owns(me) && others.peek().is_some() && !others.any(|(user, _)| owns(user)) {
            let message =
                "You are the only owner of a group that others are in. Hand it over or delete it first, then delete your account.";
            return Err(ApiError::new(ErrorCode::OnlyOwner, message).into());
        }
    }
    Ok(())
}

/// A place as they leave it: nobody is there, has them as a contact, waits for them or blocks them any more.
fn ended(place: Shown, me: UserId, now: Millis) -> Shown {
    match place {
        Shown::GroupMember(group, row) => Shown::GroupMember(group, GroupMemberRow { left_at: row.left_at.or(Some(now)), ..row }),
        Shown::Member(id, row) => Shown::Member(id, MemberRow { left_at: row.left_at.or(Some(now)), ..row }),
        // The other side of a direct conversation keeps it; the list names who is gone as gone.
        Shown::Peer(of, membership) => Shown::Peer(of, membership),
        Shown::Contact(of, row) => Shown::Contact(of, ContactRow { ended_at: row.ended_at.or(Some(now)), ..row }),
        Shown::Block(of, row) => Shown::Block(of, BlockRow { ended_at: row.ended_at.or(Some(now)), ..row }),
        Shown::Invitation(of, row) => Shown::Invitation(of, without(row, me, now)),
    }
}

/// An invitation of which one side is gone.
fn without(row: InvitationRow, gone: UserId, now: Millis) -> InvitationRow {
    let asked = row.sender.user == gone;
    let ended = if asked { InvitationStatus::Withdrawn } else { InvitationStatus::Rejected };
    let (status, answered_at) = if row.status == InvitationStatus::Pending { (ended, Some(now)) } else { (row.status, row.answered_at) };
    let content = if asked { String::new() } else { row.content.clone() };
    InvitationRow { content, status, answered_at, ..row }
}

async fn leave_group(view: &mut View<'_>, context: &Context, group: GroupId) -> Result<Option<Change>, Refusal> {
    let me = context.actor;
    let standing = view.group(group).await?.and_then(|facts| facts.member(me)).cloned();
    Ok(standing.map(|GroupMember { role, joined_at, vis_ver, .. }| {
        let left_at = Some(context.now);
        let row = GroupMembershipRow { group, role, joined_at, left_at, gone: false, gone_name: String::new(), vis_ver: vis_ver + 1 };
        Change::new(StreamId::User(me), Record::GroupMembership(row))
    }))
}

async fn leave(view: &mut View<'_>, context: &Context, id: ConversationId) -> Result<Vec<Change>, Refusal> {
    let me = context.actor;
    let Some(facts) = view.conversation(id).await? else { return Ok(vec![]) };
    let (kind, home, end) = (facts.kind, facts.home, facts.last_pos + 1);
    let Some(Member { role, joined_at, vis_ver, mut windows, .. }) = facts.member(me).cloned() else { return Ok(vec![]) };
    windows.close(end);
    let row = MembershipRow {
        conversation: id,
        kind,
        group: home.map(|home| home.group),
        peer: None,
        joined_at,
        left_at: Some(context.now),
        gone: false,
        gone_name: String::new(),
        vis_ver: vis_ver + 1,
    };
    let mut changes = vec![Change::new(StreamId::User(me), Record::Membership(Membership { row, windows }))];
    if kind != ConversationKind::Direct && role == MemberRole::Owner {
        changes.extend(heir(view, id, me).await?.map(|(_, change)| change));
    }
    Ok(changes)
}

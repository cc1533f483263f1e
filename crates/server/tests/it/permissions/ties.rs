//! What people can be to each other, and what follows from it.

use super::{
    Cells,
    collections::collect,
    deeds::{conversation, edit, intend, react, word},
    scheduled::schedule,
    town::Town,
};
use crate::{
    channels,
    invitations::invitation,
    person::{Person, message},
};
use hearth_protocol::{
    body::Body,
    ids::{ConversationId, GroupId, InvitationId, MutationId, NotificationId, UserId},
    mutations::{
        AddGroupMembers, AddMembers, AnswerInvitation, ArrangeConversation, BlockUser, CreateDirect, DeleteMessage, FollowThread,
        HideMessage, Intent, MarkRead, MarkUnread, PinMessage, ReadNotifications, ReadThread, RemoveContact, RequestFriend, SendMessage,
        Star, UnblockUser, UnreadThread, WithdrawInvitation,
    },
    rows::Arrangement,
};

/// Asks for what people do to each other, and for what a block takes away.
pub async fn ask_of_ties(town: &Town, cells: &mut Cells) {
    let (asker, asked, admin) = (&town.member, &town.colleague, town.person("server_admin"));
    ask_of_nobody(town, cells).await;
    let id = InvitationId::friend(asker.user, asked.user);
    let request = |from: &Person, to: UserId| RequestFriend { id: InvitationId::friend(from.user, to), to, note: String::new() };
    put(cells, "request_friend own anybody", asker, request(asker, asked.user)).await;
    // Who has nothing to do with it has no such row, server's admin or not.
    for (standing, who) in [("anybody", &town.outsider), ("server_admin", admin), ("sender", asker)] {
        put(cells, &format!("answer_invitation invitation {standing}"), who, AnswerInvitation { id, accept: true }).await;
    }
    for (standing, who) in [("anybody", &town.outsider), ("server_admin", admin), ("receiver", asked)] {
        put(cells, &format!("withdraw_invitation invitation {standing}"), who, WithdrawInvitation { id, group: None }).await;
    }
    put(cells, "withdraw_invitation invitation sender", asker, WithdrawInvitation { id, group: None }).await;
    intend(asker, request(asker, asked.user)).await.expect("it is asked");
    put(cells, "read_notifications own anybody", asked, ReadNotifications { ids: [NotificationId(id.0)].into() }).await;
    put(cells, "answer_invitation invitation receiver", asked, AnswerInvitation { id, accept: true }).await;
    put(cells, "remove_contact own anybody", asker, RemoveContact { user: asked.user }).await;
    ask_of_the_blocked(town, cells).await;
}

async fn put(cells: &mut Cells, name: &str, who: &Person, intent: impl Into<Intent>) {
    cells.insert(name.to_owned(), word(intend(who, intent).await));
}

async fn ask_of_nobody(town: &Town, cells: &mut Cells) {
    let (actor, user, id) = (&town.outsider, UserId::new(), InvitationId::new());
    let intents: [Intent; 7] = [
        ReadNotifications { ids: [NotificationId::new()].into() }.into(),
        RequestFriend { id: InvitationId::friend(actor.user, user), to: user, note: String::new() }.into(),
        AnswerInvitation { id, accept: true }.into(),
        WithdrawInvitation { id, group: None }.into(),
        RemoveContact { user }.into(),
        BlockUser { user }.into(),
        UnblockUser { user }.into(),
    ];
    for intent in intents {
        let name = format!("{} nowhere anybody", intent.name());
        put(cells, &name, actor, intent).await;
    }
}

/// What is asked of a direct conversation, and of taking somebody in, when one has blocked the other.
async fn ask_of_the_blocked(town: &Town, cells: &mut Cells) {
    let (blocker, blocked) = (&town.owner, &town.former);
    let direct = blocker.direct(blocked).await;
    let (hers, his) = (MutationId::new(), MutationId::new());
    for (who, id) in [(blocker, hers), (blocked, his)] {
        who.perform(id, message(direct, "here I am")).await.expect("it is sent");
    }
    put(cells, "block_user own anybody", blocker, BlockUser { user: blocked.user }).await;
    intend(blocker, BlockUser { user: town.bystander.user }).await.expect("it is done");
    for (standing, who, other, own) in [("blocker", blocker, blocked, hers), ("blocked", blocked, blocker, his)] {
        put(cells, &format!("send_message direct {standing}"), who, message(direct, "hello")).await;
        put(cells, &format!("schedule_message direct {standing}"), who, schedule(direct)).await;
        put(cells, &format!("edit_message own direct {standing}"), who, edit(direct, own)).await;
        put(cells, &format!("mark_read direct {standing}"), who, MarkRead { conversation: direct, pos: 1 }).await;
        put(cells, &format!("mark_unread direct {standing}"), who, MarkUnread { conversation: direct, from: 1 }).await;
        let theirs = if own == hers { his } else { hers };
        put(cells, &format!("react anothers direct {standing}"), who, react(direct, theirs, true)).await;
        put(cells, &format!("take_reaction_back direct {standing}"), who, react(direct, theirs, false)).await;
        let pin = ArrangeConversation { conversation: direct, change: Arrangement::Pinned(true) };
        put(cells, &format!("arrange_conversation direct {standing}"), who, pin).await;
        put(cells, &format!("star direct {standing}"), who, Star { conversation: direct, message: own, on: true }).await;
        cells.insert(format!("collect message direct {standing}"), word(collect(who, direct, own).await));
        let hide = HideMessage { conversation: direct, message: own, on: true };
        put(cells, &format!("hide_message direct {standing}"), who, hide).await;
        let say = SendMessage::in_thread(direct, own, Body::text("under it"));
        put(cells, &format!("send_message in_thread direct {standing}"), who, say).await;
        let follow = FollowThread { conversation: direct, root: own, on: true };
        put(cells, &format!("follow_thread direct {standing}"), who, follow).await;
        put(cells, &format!("read_thread direct {standing}"), who, ReadThread { conversation: direct, root: own, pos: 1 }).await;
        put(cells, &format!("unread_thread direct {standing}"), who, UnreadThread { conversation: direct, root: own, from: 1 }).await;
        let pin = PinMessage { conversation: direct, message: own, on: true };
        put(cells, &format!("pin_message direct {standing}"), who, pin).await;
        put(cells, &format!("delete_message own direct {standing}"), who, DeleteMessage { conversation: direct, message: own }).await;
        put(cells, &format!("create_conversation with {standing}"), who, conversation(other.user)).await;
        let group = who.group("Mine", &[], true).await;
        let add = AddMembers { conversation: group, members: [other.user].into() };
        put(cells, &format!("add_members with {standing}"), who, add).await;
        let team: GroupId = channels::team(who, &[]).await;
        put(cells, &format!("add_group_members with {standing}"), who, AddGroupMembers { group: team, people: [other.user].into() }).await;
        put(cells, &format!("invite_to_group with {standing}"), who, invitation(team, who, other.user, "")).await;
        let request = RequestFriend { id: InvitationId::friend(who.user, other.user), to: other.user, note: String::new() };
        put(cells, &format!("request_friend with {standing}"), who, request).await;
    }
    for (standing, who, other) in [("blocker", blocker, &town.bystander), ("blocked", &town.bystander, blocker)] {
        let direct = CreateDirect { conversation: ConversationId::direct(who.user, other.user), peer: other.user };
        put(cells, &format!("create_direct with {standing}"), who, direct).await;
    }
    for user in [blocked.user, town.bystander.user] {
        put(cells, "unblock_user own anybody", blocker, UnblockUser { user }).await;
    }
}

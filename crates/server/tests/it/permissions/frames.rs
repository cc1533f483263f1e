//! What is said over the socket for a moment: who is heard, who hears it, and of whom somebody is told how they are here.

use super::{
    Cells,
    town::{CONVERSATIONS, Kind, Place, Town},
};
use crate::{
    deletions::delete,
    friends::{block, unblock},
    host::{Host, PASSWORD},
    person::Person,
    socket::Socket,
};
use hearth_protocol::{
    ephemeral::EphemeralFrom,
    frame::ServerFrame,
    ids::{ConversationId, UserId},
    mutations::DeleteGroup,
    presence::{Presence, PresenceOf},
};

/// The signals that there are, by their words on the wire.
pub const SIGNALS: [&str; 1] = ["typing"];

/// Asks who is heard when they say that they write, and who hears it.
pub async fn ask_of_typing(town: &Town, cells: &mut Cells) {
    for kind in CONVERSATIONS {
        let place = town.place(kind).await;
        for standing in kind.standings() {
            let (who, ears) = (town.person(standing), listener(town, standing));
            put(cells, &format!("typing {} {standing}", kind.name()), heard(who, place.conversation, &[ears]).await == [ears.user]);
        }
        // Everybody at once, as a signal is passed on now and then only.
        let others = kind.standings().iter().copied().filter(|standing| *standing != "member");
        let hearers: Vec<_> = others.chain((kind == Kind::Direct).then_some("owner")).collect();
        let people: Vec<_> = hearers.iter().map(|standing| town.person(standing)).collect();
        let hear = heard(&town.member, place.conversation, &people).await;
        for (standing, person) in hearers.iter().zip(people) {
            put(cells, &format!("hear_typing {} {standing}", kind.name()), hear.contains(&person.user));
        }
    }
    ask_of_the_blocked(town, cells).await;
    ask_of_what_is_gone(town, cells).await;
}

/// Somebody else in the place.
fn listener<'t>(town: &'t Town, standing: &str) -> &'t Person {
    if standing == "owner" { &town.member } else { &town.owner }
}

/// A direct conversation has no owner: one of its two is a member of it like the other.
fn put(cells: &mut Cells, name: &str, yes: bool) {
    let name = name.replace("hear_typing direct owner", "hear_typing direct member");
    cells.insert(name, if yes { "yes" } else { "not_found" }.into());
}

/// Who of these hears it when somebody says that they write.
async fn heard(who: &Person, conversation: ConversationId, ears: &[&Person]) -> Vec<UserId> {
    let mut open = Vec::new();
    for ear in ears {
        open.push((ear.user, ear.socket().await));
    }
    let mut said = who.socket().await;
    said.signal(conversation).await;
    // What is said aside is done one after the other: once this is answered, the signal has gone where it goes.
    until_now(&mut said).await;
    let mut hear = Vec::new();
    for (ear, mut socket) in open {
        let passing = until_now(&mut socket).await;
        assert!(passing.iter().all(|from| (from.conversation, from.user) == (conversation, who.user)), "{passing:?}");
        hear.extend((!passing.is_empty()).then_some(ear));
    }
    hear
}

/// The signals that had come to a socket before it is asked.
async fn until_now(socket: &mut Socket) -> Vec<EphemeralFrom> {
    let mut passing = Vec::new();
    socket.watch(&[]).await;
    loop {
        match socket.next().await.expect("an open socket") {
            ServerFrame::Ephemeral(from) => passing.push(from),
            // What may be seen changed meanwhile: whoever watches asks again.
            ServerFrame::Profiles => socket.watch(&[]).await,
            ServerFrame::Presence(people) if people.is_empty() => return passing,
            _ => {}
        }
    }
}

/// Whether somebody is told how another is here, who is.
async fn is_told_of(who: &Person, of: UserId) -> bool {
    let mut socket = who.socket().await;
    socket.watch_ids(vec![of]).await;
    loop {
        match socket.next().await.expect("an open socket") {
            ServerFrame::Profiles => socket.watch_ids(vec![of]).await,
            ServerFrame::Presence(people) if people.iter().any(|one| one.user == of) => {
                return !people.contains(&PresenceOf { user: of, presence: Presence::Unknown });
            }
            _ => {}
        }
    }
}

async fn ask_of_the_blocked(town: &Town, cells: &mut Cells) {
    let (blocker, blocked) = (&town.owner, &town.member);
    let direct = blocker.direct(blocked).await;
    let group = blocker.group("Us", &[blocked, &town.other], true).await;
    block(blocker, blocked).await;
    for (standing, who, other) in [("blocker", blocker, blocked), ("blocked", blocked, blocker)] {
        put(cells, &format!("typing direct {standing}"), heard(who, direct, &[other]).await == [other.user]);
        put(cells, &format!("hear_typing direct {standing}"), heard(other, direct, &[who]).await == [who.user]);
        // Where both are among others, those hear each of them, and they do not hear each other.
        let hear = heard(who, group, &[other, &town.other]).await;
        assert!(hear.contains(&town.other.user));
        put(cells, &format!("typing with {standing}"), hear.contains(&other.user));
    }
    unblock(blocker, blocked).await;
}

/// A channel whose group was deleted, and what never was.
async fn ask_of_what_is_gone(town: &Town, cells: &mut Cells) {
    let Place { conversation, group, .. } = town.place(Kind::PublicChannel).await;
    super::deeds::intend(&town.owner, DeleteGroup { group }).await.expect("it is deleted");
    for standing in ["owner", "member"] {
        let (who, ears) = (town.person(standing), listener(town, standing));
        put(cells, &format!("typing deleted {standing}"), !heard(who, conversation, &[ears]).await.is_empty());
    }
    put(cells, "typing nowhere anybody", !heard(&town.outsider, ConversationId::new(), &[&town.owner]).await.is_empty());
}

/// Asks as long as only two of them have anything to do with each other.
pub async fn ask_of_watching(host: &Host, town: &Town, cells: &mut Cells) {
    let (owner, member) = (&town.owner, &town.member);
    let _here = (owner.socket().await, member.socket().await, town.outsider.socket().await);
    owner.direct(member).await;
    put(cells, "watch own anybody", is_told_of(&town.outsider, town.outsider.user).await);
    put(cells, "watch with member", is_told_of(member, owner.user).await);
    put(cells, "watch with outsider", is_told_of(&town.outsider, owner.user).await);
    put(cells, "watch with server_admin", is_told_of(town.person("server_admin"), owner.user).await);
    put(cells, "watch nowhere anybody", is_told_of(&town.outsider, UserId::new()).await);
    block(owner, member).await;
    put(cells, "watch with blocker", is_told_of(owner, member.user).await);
    put(cells, "watch with blocked", is_told_of(member, owner.user).await);
    unblock(owner, member).await;
    let gone = host.resident("gus").await;
    member.direct(&gone).await;
    delete(&gone, PASSWORD).await.expect("it is deleted");
    put(cells, "watch deleted member", is_told_of(member, gone.user).await);
}

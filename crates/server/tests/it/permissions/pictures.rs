//! Who is shown what somebody, a group or a conversation looks like, and who says so.

use super::{
    Cells,
    deeds::word,
    town::{CONVERSATIONS, Kind, Town},
};
use crate::{
    conversation_pictures,
    friends::{block, unblock},
    group_pictures,
    person::Person,
    pictures,
};
use hearth_protocol::{
    error::ApiError,
    ids::{ConversationId, GroupId, MediaId},
};

/// Asks as long as only two of them have anything to do with each other.
pub async fn ask_of_pictures(town: &Town, cells: &mut Cells) {
    let (owner, member) = (&town.owner, &town.member);
    owner.direct(member).await;
    let picture = pictures::show(owner, [200, 100, 0]).await;
    cells.insert("set_picture own anybody".into(), "yes".into());
    for (standing, who) in [
        ("own anybody", owner),
        ("with member", member),
        ("with outsider", &town.outsider),
        ("with server_admin", town.person("server_admin")),
    ] {
        put(cells, standing, who, picture).await;
    }
    put(cells, "nowhere anybody", owner, MediaId::new()).await;
    block(owner, member).await;
    put(cells, "with blocked", member, picture).await;
    unblock(owner, member).await;
    block(member, owner).await;
    put(cells, "with blocker", member, picture).await;
    unblock(member, owner).await;
    cells.insert("remove_picture own anybody".into(), word(pictures::remove(owner).await));
}

async fn put(cells: &mut Cells, standing: &str, who: &Person, picture: MediaId) {
    let answer = pictures::fetch(who, picture).await.map(drop);
    let answer = answer.map_err(|(_, body)| serde_json::from_str::<ApiError>(&body).expect("an error"));
    cells.insert(format!("fetch_picture {standing}"), word(answer));
}

/// The same of a group; each asks of what the one before has left, and what is removed is there before.
pub async fn ask_of_group_pictures(town: &Town, cells: &mut Cells) {
    let group = town.place(Kind::Team).await.group;
    let mut picture = group_pictures::show(&town.owner, group).await.expect("it is taken");
    for standing in Kind::Team.standings() {
        let who = town.person(standing);
        put(cells, &format!("team {standing}"), who, picture).await;
        let shown = group_pictures::show(who, group).await;
        picture = shown.as_ref().copied().unwrap_or(picture);
        cells.insert(format!("set_group_picture team {standing}"), word(shown.map(drop)));
        let removed = group_pictures::remove(who, group).await;
        if removed.is_ok() {
            picture = group_pictures::show(&town.owner, group).await.expect("it is taken");
        }
        cells.insert(format!("remove_group_picture team {standing}"), word(removed));
    }
    let (nobody, nowhere) = (&town.outsider, GroupId::new());
    cells.insert("set_group_picture nowhere anybody".into(), word(group_pictures::show(nobody, nowhere).await.map(drop)));
    cells.insert("remove_group_picture nowhere anybody".into(), word(group_pictures::remove(nobody, nowhere).await));
}

/// The same of conversations of every kind. One of two people has no picture that could be fetched.
pub async fn ask_of_conversation_pictures(town: &Town, cells: &mut Cells) {
    for kind in CONVERSATIONS {
        let conversation = town.place(kind).await.conversation;
        let shown = conversation_pictures::show(&town.owner, conversation).await;
        assert_eq!(shown.is_ok(), kind != Kind::Direct);
        let mut picture = shown.ok();
        for standing in kind.standings() {
            let (who, kind) = (town.person(standing), kind.name());
            if let Some(picture) = picture {
                put(cells, &format!("{kind} {standing}"), who, picture).await;
            }
            let shown = conversation_pictures::show(who, conversation).await;
            picture = shown.as_ref().ok().copied().or(picture);
            cells.insert(format!("set_conversation_picture {kind} {standing}"), word(shown.map(drop)));
            let removed = conversation_pictures::remove(who, conversation).await;
            if removed.is_ok() {
                picture = Some(conversation_pictures::show(&town.owner, conversation).await.expect("it is taken"));
            }
            cells.insert(format!("remove_conversation_picture {kind} {standing}"), word(removed));
        }
    }
    let (nobody, nowhere) = (&town.outsider, ConversationId::new());
    cells.insert("set_conversation_picture nowhere anybody".into(), word(conversation_pictures::show(nobody, nowhere).await.map(drop)));
    cells.insert("remove_conversation_picture nowhere anybody".into(), word(conversation_pictures::remove(nobody, nowhere).await));
}

//! Who is shown what somebody looks like.

use super::{Cells, deeds::word, town::Town};
use crate::{
    friends::{block, unblock},
    person::Person,
    pictures,
};
use hearth_protocol::{error::ApiError, ids::MediaId};

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

//! What may be done among many people by fewer of them than among few.

use super::{
    Cells,
    deeds::{intend, to_everyone, word},
    town::{Kind, Town},
};
use crate::host::Host;
use hearth_protocol::{
    ids::UserId,
    limits,
    mutations::{AddGroupMembers, AddMembers},
};
use std::collections::BTreeSet;

/// Names everyone where there are more people than everybody may call.
pub async fn ask_of_many(host: &Host, town: &Town, cells: &mut Cells) {
    let mut crowd: BTreeSet<UserId> = BTreeSet::new();
    for number in 0..limits::EVERYONE_MEMBERS_MAX {
        crowd.insert(host.resident(&format!("crowd{number}")).await.user);
    }
    for kind in [Kind::Group, Kind::PublicChannel, Kind::PrivateChannel] {
        let place = town.place(kind).await;
        if kind != Kind::Group {
            intend(&town.owner, AddGroupMembers { group: place.group, people: crowd.clone() }).await.expect("they are in the group");
        }
        if kind != Kind::PublicChannel {
            intend(&town.owner, AddMembers { conversation: place.conversation, members: crowd.clone() }).await.expect("they are there");
        }
        for standing in ["owner", "admin", "member"] {
            let answer = intend(town.person(standing), to_everyone(place.conversation)).await;
            cells.insert(format!("send_message everyone_among_many {} {standing}", kind.name()), word(answer));
        }
    }
}

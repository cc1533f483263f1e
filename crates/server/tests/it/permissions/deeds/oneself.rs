//! What needs no place: making one, and what is one's own.

use super::{conversation, intend, pull, word};
use crate::permissions::{Cells, town::Town};
use hearth_protocol::{
    account::WrappedKey,
    ids::{ConversationId, DeviceId, GroupId},
    mutations::{CreateDirect, CreateGroup, Intent, RenameDevice, SetAbout, SetName, SetPrivacy, SetReadReceipts, SetStatus},
    profile::{PrivacyField, SeenBy},
    stream::StreamId,
};

pub(super) async fn ask_of_oneself(town: &Town, cells: &mut Cells) {
    let (actor, other) = (&town.outsider, &town.other);
    let direct = CreateDirect { conversation: ConversationId::direct(actor.user, other.user), peer: other.user };
    let mine: [(&str, Intent); 8] = [
        ("create_direct", direct.into()),
        ("create_conversation", conversation(other.user).into()),
        ("create_group", CreateGroup { group: GroupId::new(), name: "Ours".into(), about: String::new() }.into()),
        ("set_read_receipts", SetReadReceipts { on: false }.into()),
        ("set_status", SetStatus { text: "away".into(), until: None }.into()),
        ("set_about", SetAbout { text: "a baker".into() }.into()),
        ("set_name", SetName { first_name: "Somebody".into(), last_name: "Else".into() }.into()),
        ("set_privacy", SetPrivacy { field: PrivacyField::Status, to: SeenBy::Nobody }.into()),
    ];
    for (name, intent) in mine {
        cells.insert(format!("{name} own anybody"), word(intend(actor, intent).await));
    }
    for (standing, person) in [("anybody", actor), ("server_admin", town.person("server_admin"))] {
        for (whose, of) in [("own", person), ("anothers", other)] {
            let answer = pull(person, StreamId::User(of.user)).await;
            cells.insert(format!("pull user {whose} {standing}"), word(answer.map(drop)));
        }
    }
    ask_of_devices(town, cells).await;
}

async fn ask_of_devices(town: &Town, cells: &mut Cells) {
    let (actor, other, admin) = (&town.outsider, &town.other, town.person("server_admin"));
    let (mine, theirs) = (town.elsewhere.device, other.device);
    let key = WrappedKey { wrapped: "a2V5".into() };
    for (standing, who, device) in [("own", actor, mine), ("own", other, theirs), ("nowhere", &town.owner, DeviceId::new())] {
        let kept = who.put(&format!("/v1/devices/{device}/key"), &key).await.map(drop);
        cells.insert(format!("keep_key {standing} anybody"), word(kept));
    }
    let unlinked = actor.post::<serde_json::Value>(&format!("/v1/external/{}/unlink", DeviceId::new()), &serde_json::json!({})).await;
    cells.insert("unlink_external nowhere anybody".into(), word(unlinked.map(drop)));
    for (standing, who, device) in [
        ("anothers anybody", actor, theirs),
        ("anothers server_admin", admin, theirs),
        ("nowhere anybody", actor, DeviceId::new()),
        // Last: it ends the session that it is about.
        ("own anybody", actor, mine),
    ] {
        let fetched = who.get::<WrappedKey>(&format!("/v1/devices/{device}/key")).await.map(drop);
        cells.insert(format!("fetch_key {standing}"), word(fetched));
        let renamed = intend(who, RenameDevice { device, name: "renamed".into() }).await;
        cells.insert(format!("rename_device {standing}"), word(renamed));
        let ended = who.post::<serde_json::Value>(&format!("/v1/devices/{device}/sign-out"), &serde_json::json!({})).await.map(drop);
        cells.insert(format!("sign_out_device {standing}"), word(ended));
    }
}

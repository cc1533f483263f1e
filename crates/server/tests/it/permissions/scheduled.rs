//! What waits for its time is its person's alone.

use super::{
    Cells,
    deeds::{intend, word},
    town::Town,
};
use hearth_protocol::{
    Millis,
    body::Body,
    ids::{ConversationId, MessageId, MutationId},
    mutations::{CancelScheduled, ChangeScheduled, ScheduleMessage},
};
use std::time::{SystemTime, UNIX_EPOCH};

const HOUR_MS: Millis = 60 * 60 * 1_000;

pub fn schedule(conversation: ConversationId) -> ScheduleMessage {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_millis();
    let send_at = Millis::try_from(now).expect("a time") + HOUR_MS;
    ScheduleMessage { conversation, body: Body::text("later"), reply_to: None, send_at }
}

pub async fn ask_of_scheduled(town: &Town, cells: &mut Cells) {
    let (owner, other, admin) = (&town.owner, &town.other, town.person("server_admin"));
    let conversation = owner.group("Later", &[other, admin], true).await;
    let message = MutationId::new();
    owner.perform(message, schedule(conversation).into()).await.expect("it is scheduled");
    let change = |message: MessageId| ChangeScheduled { conversation, message, based_on: 0, body: None, send_at: None };
    let cancel = |message: MessageId| CancelScheduled { conversation, message };
    for (standing, who, message) in [
        ("nowhere anybody", owner, MutationId::new()),
        ("anothers anybody", other, message),
        ("anothers server_admin", admin, message),
        // Last: they end it.
        ("own anybody", owner, message),
    ] {
        cells.insert(format!("change_scheduled {standing}"), word(intend(who, change(message)).await));
        cells.insert(format!("cancel_scheduled {standing}"), word(intend(who, cancel(message)).await));
    }
}

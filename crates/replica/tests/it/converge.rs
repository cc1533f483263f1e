//! However the same changes are cut, ordered and repeated, the replica is the same.

use crate::support::{Local, Server, local, parts};
use fastrand::Rng;
use hearth_protocol::{mutation::Part, rows::RowData};
use hearth_replica::{Apply, StreamState};

/// Makes `steps` random commits; returns their frames.
fn talk(server: &mut Server, dice: &mut Rng, steps: u64) -> Vec<Part> {
    let mut frames = vec![];
    for step in 0..steps {
        let pos = 1 + dice.u64(..server.direct.last_pos.max(1));
        let roll = if server.direct.last_pos == 0 { 0 } else { dice.u64(..12) };
        let alive = server.direct.last_pos > 0 && server.direct.message(pos).body.is_some();
        frames.push(match roll {
            7..=8 if alive => server.direct.edit(pos, &format!("edited at {step}")),
            9 if alive => server.direct.delete(pos),
            10 => server.read_to(pos),
            11 => {
                let raw = serde_json::value::to_raw_value(&serde_json::json!({ "id": format!("p{}", pos % 3), "step": step })).unwrap();
                server.direct.commit(RowData::Unknown { kind: "poll".into(), raw })
            }
            roll => {
                let sender = if roll % 3 == 0 { server.alice.user } else { server.bob.user };
                server.direct.say(sender, &format!("said at {step}"))
            }
        });
    }
    frames
}

async fn fresh(server: &Server) -> String {
    let replica = local().await;
    replica.apply(server.everything()).await.unwrap();
    replica.dump().await.unwrap()
}

async fn caught_up(replica: &Local) {
    for copy in replica.streams().await.unwrap() {
        assert!(copy.cursor >= copy.head, "{copy:?}");
    }
}

#[tokio::test]
async fn frames_in_any_order_and_number_equal_a_fresh_copy() {
    for seed in 0..25 {
        let mut dice = Rng::with_seed(seed);
        let mut server = Server::new();
        let replica = local().await;
        replica.apply(server.everything()).await.unwrap();
        let mut frames = talk(&mut server, &mut dice, 30);
        for _ in 0..10 {
            let again = frames[dice.usize(..30)].clone();
            frames.push(again);
        }
        dice.shuffle(&mut frames);
        while !frames.is_empty() {
            let rest = frames.split_off(frames.len().min(1 + dice.usize(..6)));
            replica.apply(parts(std::mem::replace(&mut frames, rest))).await.unwrap();
        }
        caught_up(&replica).await;
        assert_eq!(replica.dump().await.unwrap(), fresh(&server).await, "seed {seed}");
    }
}

#[tokio::test]
async fn a_tail_with_history_and_pulls_cut_anywhere_equal_a_fresh_copy() {
    for seed in 100..125 {
        let mut dice = Rng::with_seed(seed);
        let mut server = Server::new();
        talk(&mut server, &mut dice, 20);
        let replica = local().await;
        let first = Apply { tails: vec![server.user.tail(0), server.direct.tail(dice.u64(..8))], ..Apply::default() };
        replica.apply(first).await.unwrap();
        let (mut cursor, mut user_cursor) = (server.direct.head, server.user.head);
        for _ in 0..40 {
            talk(&mut server, &mut dice, 1);
            if dice.u64(..2) == 0 {
                let seq = cursor + dice.u64(..server.direct.head - cursor + 1);
                replica.apply(parts(vec![server.direct.part(cursor.saturating_sub(dice.u64(..3)), seq)])).await.unwrap();
                cursor = seq;
            }
            if dice.u64(..2) == 0
                && let Some((_, before)) = replica.incomplete(None, 1).await.unwrap().pop()
            {
                let history = server.direct.history(before, 1 + dice.u64(..4));
                let batch = Apply { history: vec![history.clone(), history], ..Apply::default() };
                replica.apply(batch).await.unwrap();
            }
            if dice.u64(..4) == 0 {
                replica.apply(parts(vec![server.user.part(user_cursor, server.user.head)])).await.unwrap();
                user_cursor = server.user.head;
            }
        }
        let last = vec![server.user.part(user_cursor, server.user.head), server.direct.part(cursor, server.direct.head)];
        replica.apply(parts(last)).await.unwrap();
        while let Some((_, before)) = replica.incomplete(None, 1).await.unwrap().pop() {
            replica.apply(Apply { history: vec![server.direct.history(before, 7)], ..Apply::default() }).await.unwrap();
        }
        caught_up(&replica).await;
        assert_eq!(replica.dump().await.unwrap(), fresh(&server).await, "seed {seed}");
        let copies = replica.streams().await.unwrap();
        let conversation = copies.iter().find(|copy| copy.stream == server.direct.id).unwrap();
        assert_eq!(conversation.state, StreamState::Complete);
    }
}

#[tokio::test]
async fn what_search_finds_is_what_can_be_seen() {
    for seed in 200..206 {
        let mut dice = Rng::with_seed(seed);
        let mut server = Server::new();
        let replica = local().await;
        replica.apply(server.everything()).await.unwrap();
        let mut frames = talk(&mut server, &mut dice, 60);
        dice.shuffle(&mut frames);
        replica.apply(parts(frames)).await.unwrap();
        let texts: Vec<String> = (1..=server.direct.last_pos)
            .filter_map(|pos| server.direct.message(pos).body.and_then(|body| body.searchable().map(str::to_owned)))
            .collect();
        for word in ["said", "edited"] {
            let found = replica.search(&format!("\"{word} at\""), None, 100).await.unwrap();
            assert_eq!(found.hits.len(), texts.iter().filter(|text| text.starts_with(word)).count(), "seed {seed} {word}");
        }
        assert_eq!(replica.check().await.unwrap(), Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_whole_replica_is_never_called_damaged() {
    let (mut dice, mut server) = (Rng::with_seed(300), Server::new());
    let replica = local().await;
    replica.apply(server.everything()).await.unwrap();
    for frame in talk(&mut server, &mut dice, 30) {
        // Another connection wrote to the search index since the last look.
        replica.apply(parts(vec![frame])).await.unwrap();
        assert_eq!(replica.check().await.unwrap(), Vec::<String>::new());
    }
}

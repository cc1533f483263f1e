//! Replaying equals refetching: for every mutation there is, a replica that applied the pushed frames, cut and ordered in any way, is the
//! same as one that fetched everything anew. The mutations come from the protocol's list; each has its example in `examples.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod device;
mod examples;
mod person;
mod world;

use device::Device;
use examples::{EXAMPLES, Example};
use fastrand::Rng;
use hearth_protocol::{error::ErrorCode, mutation::Part};
use hearth_server::{Config, Rate, Server};
use person::Person;
use std::net::{Ipv4Addr, SocketAddr};
use tempfile::TempDir;
use world::World;

/// Rounds through all mutations.
const ROUNDS: usize = 12;
/// So many at most, for what finds something to do by luck alone.
const ROUNDS_MAX: usize = 20 * ROUNDS;
/// Messages for each other mutation: there must be something to change.
const MESSAGES_PER_ROUND: usize = 4;

async fn server(folder: &TempDir) -> Server {
    let mut config = Config::new(folder.path().join("data"));
    config.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    config.require_set_up_code = false;
    config.limits.heartbeat_ms = 100;
    config.limits.sign_up_per_address = Rate::unlimited();
    config.limits.tickets = Rate::unlimited();
    Server::start(config).await.expect("the server starts")
}

/// Lets people do everything there is, and goes on until each mutation was applied more than once: ids are of chance, so who meets what
/// differs from one run to the next. Fails if one of them is hardly ever applied.
async fn live(people: &mut [Person], world: &mut World, dice: &mut Rng) {
    let mut applied = vec![0; EXAMPLES.len()];
    let turns = EXAMPLES.len() + MESSAGES_PER_ROUND;
    for number in 0..ROUNDS_MAX * turns {
        if number >= ROUNDS * turns && applied.iter().all(|count| *count > 1) {
            break;
        }
        let turn = number % turns;
        let (name, example) = *EXAMPLES.get(turn).unwrap_or_else(|| EXAMPLES.iter().find(|(name, _)| *name == "send_message").unwrap());
        let Some(Example { who, intent }) = example(world, dice) else { continue };
        match people[who].perform(intent).await {
            Ok(parts) => {
                let at = EXAMPLES.iter().position(|(other, _)| *other == name).unwrap();
                applied[at] += 1;
                world.learn(&parts);
            }
            Err(error) => assert!(matches!(error.code, ErrorCode::NotFound | ErrorCode::EditConflict), "{name}: {error:?}"),
        }
    }
    for ((name, _), count) in EXAMPLES.iter().zip(applied) {
        assert!(count > 1, "{name} was applied {count} times: its example finds too little to do");
    }
}

/// Orders and cuts frames: as they came, or shuffled and with some of them twice.
fn batches(frames: &[Part], dice: &mut Rng, wild: bool) -> Vec<Vec<Part>> {
    let mut frames = frames.to_vec();
    if wild {
        for _ in 0..frames.len() / 4 {
            let again = frames[dice.usize(..frames.len())].clone();
            frames.push(again);
        }
        for last in (1..frames.len()).rev() {
            frames.swap(last, dice.usize(..last + 1));
        }
    }
    let mut batches = Vec::new();
    while !frames.is_empty() {
        let rest = frames.split_off(frames.len().min(1 + dice.usize(..6)));
        batches.push(std::mem::replace(&mut frames, rest));
    }
    batches
}

/// Fails with the lines that differ.
async fn same(device: &Device, expected: &str, what: &str) {
    let visible = device.visible().await;
    let only = |a: &str, b: &str| a.lines().filter(|line| !b.lines().any(|other| other == *line)).collect::<Vec<_>>().join("\n");
    assert!(visible == expected, "{what}\nonly here:\n{}\nonly fresh:\n{}", only(&visible, expected), only(expected, &visible));
}

async fn replay(seed: u64) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let server = server(&folder).await;
    let mut dice = Rng::with_seed(seed);
    let mut people = Vec::new();
    for name in ["alice", "bob", "carol", "dan"] {
        people.push(Person::arrive(&server, name).await);
    }
    let (names, devices) = people.iter().map(|person| (person.name, person.device)).unzip();
    let mut world = World::new(people.iter().map(Person::user).collect(), names, devices);
    live(&mut people, &mut world, &mut dice).await;
    for person in &mut people {
        person.hear_everything().await;
    }
    for purged in ["nothing", "tombstones", "old messages"] {
        match purged {
            "tombstones" => server.purge_tombstones_now().await.expect("tombstones go"),
            "old messages" => {
                server.retain_now(world.middle()).await.expect("old messages go");
                for person in &mut people {
                    person.hear_everything().await;
                }
            }
            _ => {}
        }
        for person in &people {
            let fresh = Device::new(person).await;
            fresh.sync(person).await;
            let expected = fresh.visible().await;
            assert_eq!(fresh.compare(person).await, 0, "seed {seed}, {}: the digests of a fresh copy differ", person.name);
            for wild in [false, true] {
                let (live, late) = (Device::new(person).await, Device::new(person).await);
                for batch in batches(&person.frames, &mut dice, wild) {
                    live.apply(batch).await;
                }
                live.sync(person).await;
                same(&live, &expected, &format!("seed {seed}, {}, wild {wild}, purged {purged}", person.name)).await;
                assert_eq!(live.compare(person).await, 0, "seed {seed}, {}, wild {wild}, purged {purged}: digests", person.name);
                // And frames that all come late change nothing.
                late.sync(person).await;
                for batch in batches(&person.frames, &mut dice, wild) {
                    late.apply(batch).await;
                }
                late.sync(person).await;
                same(&late, &expected, &format!("seed {seed}, {}, all late, wild {wild}, purged {purged}", person.name)).await;
            }
        }
    }
    for person in &people {
        let device = Device::new(person).await;
        device.sync(person).await;
        let whole = device.visible().await;
        device.lose_a_message().await;
        assert_eq!(device.compare(person).await, 1, "seed {seed}, {}: what is missing shows in the digest", person.name);
        device.sync(person).await;
        same(&device, &whole, &format!("seed {seed}, {}, healed", person.name)).await;
    }
    drop(people);
    server.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn replaying_equals_refetching() {
    for seed in 1..=2 {
        replay(seed).await;
    }
}

//! What counts in threads equals what one counts by hand, over random histories that come in any order and with what waits.

use crate::support::{Local, Server, local, mutation, parts, ready};
use fastrand::Rng;
use hearth_protocol::{
    Pos,
    ids::{MessageId, NotificationId},
    mutation::Part,
    mutations::{FollowThread, MarkRead, ReadThread, UnreadThread},
    rows::{MessageRow, NotificationKind, NotificationRow, ThreadRow},
};
use std::collections::BTreeMap;

/// What the server has told, and what waits here.
#[derive(Default)]
struct Told {
    rows: BTreeMap<MessageId, MessageRow>,
    threads: BTreeMap<MessageId, ThreadRow>,
    named: BTreeMap<MessageId, (Pos, Option<MessageId>)>,
    read: Pos,
    /// Marks of threads that wait, in the order in which they were made: up to where, and whether back.
    marks: Vec<(MessageId, Pos, bool)>,
    /// What was decided last about following, and waits.
    follows: BTreeMap<MessageId, bool>,
    /// How often something was marked as unread here.
    back: u32,
}

impl Told {
    /// How I stand to a thread with what waits: up to where I have read it, and whether I follow it.
    fn stands(&self, root: MessageId) -> Option<(Pos, bool)> {
        let row = self.threads.get(&root).filter(|row| row.ended_at.is_none());
        let wanted = self.follows.get(&root).copied();
        let (read, following) = match row {
            Some(row) => (if row.following { row.read } else { Pos::MAX }, wanted.unwrap_or(row.following)),
            // From where on it counts, the server says.
            None => (Pos::MAX, wanted?),
        };
        let marks = self.marks.iter().filter(|(of, ..)| *of == root);
        Some((marks.fold(read, |read, (_, pos, back)| if *back { read.min(*pos) } else { read.max(*pos) }), following))
    }

    /// Unread of the conversation and of its threads, and what of both names me.
    fn count(&self, server: &Server) -> (u32, u32, u32) {
        let bob = server.bob.user;
        let theirs = |row: &&MessageRow| row.sender == bob && row.body.is_some();
        let unread = self.rows.values().filter(theirs).filter(|row| !row.is_aside() && row.pos > self.read).count();
        let in_thread = |row: &&MessageRow| {
            let stands = row.thread_root.filter(|_| row.is_aside()).and_then(|root| self.stands(root));
            stands.is_some_and(|(read, following)| following && row.pos > read)
        };
        let asides = self.rows.values().filter(theirs).filter(in_thread).count();
        let is_new = |(pos, root): &&(Pos, Option<MessageId>)| {
            let stands = root.and_then(|root| self.stands(root));
            *pos > stands.map_or(self.read, |(read, _)| read)
        };
        let mentions = self.named.values().filter(is_new).count();
        let few = |many: usize| u32::try_from(many).unwrap();
        (few(unread), few(asides), few(mentions))
    }
}

async fn shown(replica: &Local, server: &Server) -> (u32, u32, u32) {
    let line = replica.conversation(server.conversation()).await.unwrap().unwrap();
    (line.unread, line.asides, line.mentions)
}

/// A row of the user stream that the server writes.
fn stands(server: &mut Server, row: ThreadRow) -> Part {
    server.user.commit(row)
}

/// One thing that happens on the server: what it tells of it.
fn happens(server: &mut Server, told: &mut Told, dice: &mut Rng) -> Vec<Part> {
    let (alice, bob, conversation) = (server.alice.user, server.bob.user, server.conversation());
    let roots: Vec<MessageId> = told.rows.values().filter(|row| row.thread_root.is_none()).map(|row| row.id).collect();
    let root = dice.choice(&roots).copied();
    let mut frames = vec![];
    match (dice.u64(..6), root) {
        (0 | 1, Some(root)) => {
            let by = if dice.u64(..3) == 0 { alice } else { bob };
            frames.push(server.direct.say_in_thread(by, root, "so it is", dice.u64(..4) == 0));
            let said = server.direct.message(server.direct.last_pos);
            if told.threads.get(&root).is_none_or(|row| row.ended_at.is_some()) {
                let pos = told.rows[&root].pos;
                let row = ThreadRow { id: root, conversation, pos, read: said.pos - 1, following: true, at: 5, ended_at: None };
                told.threads.insert(root, row.clone());
                frames.push(stands(server, row));
            }
            if by == bob && dice.u64(..2) == 0 {
                let thread_root = said.is_aside().then_some(root);
                let row = NotificationRow::new(NotificationId(said.id.0), NotificationKind::Mention, 7);
                let row = NotificationRow { conversation: Some(conversation), pos: Some(said.pos), thread_root, sender: Some(bob), ..row };
                told.named.insert(said.id, (said.pos, thread_root));
                frames.push(server.user.commit(row));
            }
            told.rows.insert(said.id, said);
        }
        (2, Some(root)) => {
            let Some(row) = told.threads.get_mut(&root).filter(|row| row.ended_at.is_none()) else { return frames };
            // Read, unread, left or begun again on another device.
            row.following = dice.u64(..4) > 0;
            let pos = dice.u64(..server.direct.last_pos + 1);
            row.read = if dice.u64(..4) == 0 { row.read.min(pos) } else { row.read.max(pos) };
            frames.push(stands(server, row.clone()));
        }
        (3, Some(root)) => {
            // The root goes, and with it whoever stands to the thread.
            let pos = told.rows[&root].pos;
            frames.push(server.direct.delete(pos));
            told.rows.insert(root, server.direct.message(pos));
            if let Some(row) = told.threads.get_mut(&root) {
                (row.following, row.ended_at) = (false, Some(9));
                frames.push(stands(server, row.clone()));
            }
        }
        (4, _) if server.direct.last_pos > 0 => {
            let pos = told.read.max(1 + dice.u64(..server.direct.last_pos));
            told.read = pos;
            frames.push(server.read_to(pos));
        }
        _ => {
            frames.push(server.direct.say(bob, "a root"));
            let said = server.direct.message(server.direct.last_pos);
            told.rows.insert(said.id, said);
        }
    }
    frames
}

/// One thing that I do here while nothing goes out.
async fn done(replica: &Local, server: &Server, told: &mut Told, dice: &mut Rng) {
    let conversation = server.conversation();
    let roots: Vec<MessageId> = told.rows.values().filter(|row| row.thread_root.is_none()).map(|row| row.id).collect();
    let Some(root) = dice.choice(&roots).copied() else { return };
    let pos = 1 + dice.u64(..server.direct.last_pos);
    match dice.u64(..4) {
        0 => {
            replica.enqueue(&mutation(ReadThread { conversation, root, pos }.into()), 70).await.unwrap();
            if told.stands(root).is_some_and(|(read, following)| following && read < pos) {
                told.marks.push((root, pos, false));
            }
        }
        2 => {
            replica.enqueue(&mutation(UnreadThread { conversation, root, from: pos }.into()), 73).await.unwrap();
            if told.stands(root).is_some_and(|(read, following)| following && read >= pos) {
                told.marks.push((root, pos - 1, true));
                told.back += 1;
            }
        }
        1 => {
            let on = dice.u64(..2) == 0;
            replica.enqueue(&mutation(FollowThread { conversation, root, on }.into()), 71).await.unwrap();
            told.follows.remove(&root);
            if told.stands(root).is_none_or(|(_, following)| following != on) {
                told.follows.insert(root, on);
            }
        }
        _ => {
            replica.enqueue(&mutation(MarkRead { conversation, pos }.into()), 72).await.unwrap();
            told.read = told.read.max(pos);
        }
    }
}

#[tokio::test]
async fn what_counts_in_threads_is_what_one_counts_by_hand() {
    let (mut most, mut back) = ((0, 0, 0), 0);
    for seed in 1..=16 {
        let (replica, mut server) = ready().await;
        let (mut told, mut dice) = (Told::default(), Rng::with_seed(seed));
        for step in 0..60 {
            if dice.u64(..3) == 0 {
                done(&replica, &server, &mut told, &mut dice).await;
            } else {
                let frames = happens(&mut server, &mut told, &mut dice);
                replica.apply(parts(frames)).await.unwrap();
            }
            let wanted = told.count(&server);
            assert_eq!(shown(&replica, &server).await, wanted, "seed {seed}, step {step}");
            most = (most.0.max(wanted.0), most.1.max(wanted.1), most.2.max(wanted.2));
        }
        back += told.back;
    }
    assert!(most.0 > 2 && most.1 > 2 && most.2 > 2, "the histories have at most {most:?}");
    assert!(back > 4, "something is marked as unread {back} times");
}

#[tokio::test]
async fn a_thread_is_marked_as_unread_while_nothing_goes_out_and_read_again() {
    let (replica, mut server) = ready().await;
    let (alice, bob, conversation) = (server.alice.user, server.bob.user, server.conversation());
    let mut frames = server.bob_says(1);
    let root = server.direct.message(1).id;
    let row = |read| ThreadRow { id: root, conversation, pos: 1, read, following: true, at: 5, ended_at: None };
    frames.push(stands(&mut server, row(1)));
    for by in [bob, bob, bob, alice] {
        frames.push(server.direct.say_in_thread(by, root, "so it is", false));
    }
    frames.push(server.direct.say(bob, "beside it"));
    let named = NotificationRow::new(NotificationId(server.direct.message(4).id.0), NotificationKind::Mention, 7);
    let named = NotificationRow { conversation: Some(conversation), pos: Some(4), thread_root: Some(root), sender: Some(bob), ..named };
    frames.push(server.user.commit(named));
    replica.apply(parts(frames)).await.unwrap();
    let place = async |of: Option<Pos>| {
        let message = of.map(|pos| server.direct.message(pos).id);
        replica.unread_place_in(conversation, root, message).await.unwrap()
    };
    assert_eq!(place(None).await, Some(4), "the newest of somebody else");
    assert_eq!((place(Some(3)).await, place(Some(5)).await, place(Some(1)).await), (Some(3), Some(5), Some(1)));
    assert_eq!(place(Some(6)).await, None, "it is not of the thread");
    let counts = async || {
        let line = replica.conversation(conversation).await.unwrap().unwrap();
        let rows = replica.thread(conversation, root, None, 9).await.unwrap();
        assert_eq!(rows.unread, line.asides);
        (line.asides, line.mentions, rows.read_pos)
    };
    let read = async |pos| replica.enqueue(&mutation(ReadThread { conversation, root, pos }.into()), 70).await.unwrap();
    let unread = async |from| replica.enqueue(&mutation(UnreadThread { conversation, root, from }.into()), 71).await.unwrap();
    let waits = async || replica.outbox().await.unwrap().iter().map(|entry| entry.intent.name()).collect::<Vec<_>>();
    assert_eq!(counts().await, (3, 1, 1));
    unread(3).await;
    assert!(waits().await.is_empty(), "it is unread already");
    read(5).await;
    assert_eq!(counts().await, (0, 0, 5));
    unread(3).await;
    assert_eq!(counts().await, (2, 1, 2));
    unread(4).await;
    assert_eq!((counts().await, waits().await), ((2, 1, 2), vec!["read_thread", "unread_thread"]), "it goes back alone");
    read(4).await;
    assert_eq!((counts().await, waits().await), ((0, 0, 4), vec!["read_thread", "unread_thread", "read_thread"]));
    read(5).await;
    assert_eq!((counts().await, waits().await), ((0, 0, 5), vec!["unread_thread", "read_thread"]));
    unread(4).await;
    // Meanwhile another device has marked as unread from further back on.
    let elsewhere = stands(&mut server, row(2));
    replica.apply(parts(vec![elsewhere])).await.unwrap();
    assert_eq!(counts().await, (1, 1, 3), "what waits comes after it");
    // What is left or was never followed is not marked.
    replica.enqueue(&mutation(FollowThread { conversation, root, on: false }.into()), 72).await.unwrap();
    let before = waits().await;
    unread(2).await;
    replica.enqueue(&mutation(UnreadThread { conversation, root: server.direct.message(6).id, from: 2 }.into()), 73).await.unwrap();
    assert_eq!((waits().await, counts().await.0), (before, 0));
    // One that I have just begun to follow is read, until something in it is marked.
    let other = server.direct.message(6).id;
    let below = server.direct.say_in_thread(bob, other, "and under that", false);
    replica.apply(parts(vec![below])).await.unwrap();
    replica.enqueue(&mutation(FollowThread { conversation, root: other, on: true }.into()), 74).await.unwrap();
    assert_eq!(counts().await.0, 0);
    replica.enqueue(&mutation(UnreadThread { conversation, root: other, from: 7 }.into()), 75).await.unwrap();
    assert_eq!(replica.conversation(conversation).await.unwrap().unwrap().asides, 1);
}

#[tokio::test]
async fn they_count_the_same_in_whatever_order_they_come() {
    for seed in 1..=8 {
        let mut server = Server::new();
        let (mut told, mut dice) = (Told::default(), Rng::with_seed(100 + seed));
        let empty = [server.everything(), server.everything(), server.everything()];
        let mut frames = vec![];
        for _ in 0..40 {
            frames.extend(happens(&mut server, &mut told, &mut dice));
        }
        let [first, second, third] = empty;
        let in_turn = local().await;
        in_turn.apply(first).await.unwrap();
        for frame in frames.clone() {
            in_turn.apply(parts(vec![frame])).await.unwrap();
        }
        assert_eq!(shown(&in_turn, &server).await, told.count(&server), "seed {seed}");
        let fresh = local().await;
        fresh.apply(server.everything()).await.unwrap();
        assert_eq!(shown(&fresh, &server).await, told.count(&server), "seed {seed}, at once");
        assert_eq!(in_turn.dump().await.unwrap(), fresh.dump().await.unwrap(), "seed {seed}");
        // One stream after the other, as a slow network brings them.
        let (own, others): (Vec<Part>, Vec<Part>) = frames.into_iter().partition(|frame| frame.stream == server.user.id);
        for (empty, late) in [(second, [own.clone(), others.clone()].concat()), (third, [others, own].concat())] {
            let replica = local().await;
            replica.apply(empty).await.unwrap();
            for frame in late {
                replica.apply(parts(vec![frame])).await.unwrap();
            }
            assert_eq!(shown(&replica, &server).await, told.count(&server), "seed {seed}, one stream first");
        }
    }
}

//! What is counted as naming or answering somebody equals what one counts by hand on each device, whatever is said, edited, deleted, read
//! and marked as unread.

use fastrand::Rng;
use hearth_client::view::{At, Content, MessageView};
use hearth_protocol::{
    Pos,
    ids::{ConversationId, MessageId},
};
use hearth_testkit::{Person, Town};
use hearth_text::{Block, Inline};
use std::collections::{BTreeMap, BTreeSet};

const STEPS: usize = 45;

/// A conversation as a device has it: its messages, asides among them, and how far it and its threads are read.
struct Here {
    messages: BTreeMap<Pos, MessageView>,
    asides: BTreeMap<Pos, MessageId>,
    read: Pos,
    /// Of those that are followed.
    threads: BTreeMap<MessageId, Pos>,
}

impl Here {
    /// `roots`: whatever anybody may have said something under, also what this device does not see.
    async fn of(person: &Person, conversation: ConversationId, roots: &[MessageId]) -> Self {
        let read = person.client.open_timeline(conversation, At::End).await.unwrap().read_pos;
        let timeline = person.timeline(conversation).await;
        // What the conversation sees is read with it, whatever thread it is of.
        let seen: BTreeSet<MessageId> = timeline.iter().map(|message| message.id).collect();
        let messages = timeline.into_iter().filter_map(|message| Some((message.pos?, message))).collect();
        let mut here = Self { messages, asides: BTreeMap::new(), read, threads: BTreeMap::new() };
        for root in roots {
            let thread = person.client.open_thread(conversation, *root, None).await.unwrap();
            if thread.following {
                here.threads.insert(*root, thread.read_pos);
            }
            for aside in thread.messages.into_iter().filter(|message| !seen.contains(&message.id)) {
                let Some(pos) = aside.pos else { continue };
                here.asides.insert(pos, *root);
                here.messages.insert(pos, aside);
            }
        }
        here
    }

    /// What people say, and where; `None` where it is deleted.
    fn says(&self) -> BTreeMap<Pos, Option<String>> {
        let said = |content: &Content| match content {
            Content::Text { text, .. } => Some(Some(text.clone())),
            Content::Deleted => Some(None),
            _ => None,
        };
        self.messages.iter().filter_map(|(pos, message)| Some((*pos, said(&message.content)?))).collect()
    }

    fn marks(&self) -> (Pos, &BTreeMap<MessageId, Pos>) {
        (self.read, &self.threads)
    }

    /// Of what is unread, so much names whose device it is, or answers them.
    fn mentions(&self) -> u32 {
        let unread = |pos: &Pos| *pos > self.asides.get(pos).and_then(|root| self.threads.get(root)).copied().unwrap_or(self.read);
        let counts = |(pos, message): &(&Pos, &MessageView)| unread(pos) && !message.mine && is_for_me(message);
        u32::try_from(self.messages.iter().filter(counts).count()).unwrap()
    }
}

fn is_for_me(message: &MessageView) -> bool {
    let Content::Text { blocks, .. } = &message.content else { return false };
    let names = |block: &Block| match block {
        Block::Paragraph { inlines } => inlines.iter().any(|inline| matches!(inline, Inline::Mention { me: true, .. })),
        _ => false,
    };
    blocks.iter().flatten().any(names) || message.quote.as_ref().is_some_and(|quote| quote.mine)
}

/// What everybody may say something under.
async fn roots(alice: &Person, conversation: ConversationId) -> Vec<MessageId> {
    alice.timeline(conversation).await.into_iter().map(|message| message.id).collect()
}

async fn counted(person: &Person, conversation: ConversationId) -> u32 {
    person.list().await.iter().find(|line| line.id == conversation).map_or(0, |line| line.mentions)
}

/// Alice says, edits or deletes something.
async fn says(alice: &Person, conversation: ConversationId, dice: &mut Rng, step: usize) {
    let here = Here::of(alice, conversation, &roots(alice, conversation).await).await;
    let texts: Vec<&MessageView> = here.messages.values().filter(|message| matches!(message.content, Content::Text { .. })).collect();
    let mine: Vec<MessageId> = texts.iter().filter(|message| message.mine).map(|message| message.id).collect();
    let roots: Vec<MessageId> = texts.iter().filter(|message| message.thread_root.is_none()).map(|message| message.id).collect();
    let his: Vec<MessageId> =
        texts.iter().filter(|message| !message.mine && message.thread_root.is_none()).map(|message| message.id).collect();
    let whom = ["you, @bob", "you, @carol", "nobody", "@bob and @carol"][dice.usize(..4)];
    let text = format!("{step} times {whom}");
    match (dice.usize(..8), dice.choice(&roots).copied(), dice.choice(&mine).copied()) {
        (0..3, Some(root), _) => alice.client.say_in_thread(conversation, root, &text, dice.usize(..3) == 0).await.unwrap(),
        (3 | 4, _, Some(message)) => alice.client.edit_message(conversation, message, &text, None).await.unwrap(),
        (5, _, Some(message)) => return alice.client.delete_message(conversation, message).await.unwrap(),
        (6, ..) if !his.is_empty() => {
            let message = dice.choice(&his).copied().unwrap();
            alice.client.reply_to_message(conversation, message, &text).await.unwrap()
        }
        _ => alice.client.send_message(conversation, &text).await.unwrap(),
    };
}

/// Somebody reads, or marks as unread, on one of their devices. Returns whether they marked as unread.
async fn reads(device: &Person, conversation: ConversationId, roots: &[MessageId], dice: &mut Rng) -> bool {
    let here = Here::of(device, conversation, roots).await;
    let places: Vec<Pos> = here.messages.keys().copied().collect();
    let Some(pos) = dice.choice(&places).copied() else { return false };
    let threads: Vec<MessageId> = here.threads.keys().copied().collect();
    let back = dice.usize(..2) == 0;
    match (back, dice.choice(&threads).copied().filter(|_| dice.usize(..2) == 0)) {
        (false, Some(root)) => device.client.read_thread(conversation, root, pos).await.unwrap(),
        (false, None) => device.client.mark_read(conversation, pos).await.unwrap(),
        (true, Some(root)) => {
            let said: Vec<MessageId> = here.asides.iter().filter(|(_, of)| **of == root).map(|(pos, _)| here.messages[pos].id).collect();
            let Some(from) = dice.choice(&said).copied() else { return false };
            device.client.unread_thread(conversation, root, Some(from)).await.unwrap();
        }
        (true, None) => device.client.mark_unread(conversation, Some(here.messages[&pos].id)).await.unwrap(),
    }
    back
}

#[tokio::test]
async fn what_names_somebody_is_counted_as_one_counts_it_by_hand_on_every_device() {
    let town = Town::founded().await;
    let (alice, bob, carol) = (town.resident("Alice").await, town.resident("Bob").await, town.resident("Carol").await);
    for name in ["bob", "carol"] {
        alice.client.search_people(name).await.unwrap();
    }
    let conversation = alice.client.create_conversation("Walks", vec![bob.user()]).await.unwrap();
    // Who comes later sees nothing of what was before.
    alice.client.set_shared_history(conversation, false).await.unwrap();
    alice.outbox_empties().await;
    let elsewhere = Person::arrives("Bob").await;
    elsewhere.signs_in(&town.link()).await;
    for device in [&bob, &elsewhere] {
        device.until("it is listed", async || device.list().await.iter().any(|line| line.id == conversation)).await;
    }
    bob.client.send_message(conversation, "who comes along?").await.unwrap();
    alice.sees(conversation, "who comes along?").await;
    let mut dice = Rng::with_seed(7);
    let (mut most, mut back, mut joined) = (0, 0, None);
    for step in 0..STEPS {
        if step == STEPS / 3 {
            let all = roots(&alice, conversation).await;
            joined = Here::of(&alice, conversation, &all).await.messages.keys().last().copied();
            alice.client.add_members(conversation, vec![carol.user()]).await.unwrap();
            carol.until("she is in it", async || carol.list().await.iter().any(|line| line.id == conversation)).await;
            let nameable = async || alice.client.list_nameable(conversation).await.is_ok_and(|people| people.len() == 2);
            alice.until("she can be named", nameable).await;
        } else if dice.usize(..3) > 0 {
            says(&alice, conversation, &mut dice, step).await;
        } else {
            let carols = joined.is_some() && dice.usize(..3) == 0;
            let device = if carols { &carol } else { [&bob, &elsewhere][dice.usize(..2)] };
            let all = roots(&alice, conversation).await;
            back += usize::from(reads(device, conversation, &all, &mut dice).await);
        }
        for person in [&alice, &bob, &elsewhere, &carol] {
            person.outbox_empties().await;
        }
        let all = roots(&alice, conversation).await;
        let hers = Here::of(&alice, conversation, &all).await.says();
        for (device, from) in [(&bob, Some(0)), (&elsewhere, Some(0)), (&carol, joined)] {
            let Some(from) = from else { continue };
            let wanted: BTreeMap<_, _> = hers.clone().into_iter().filter(|(pos, _)| *pos > from).collect();
            let same = async || {
                let here = Here::of(device, conversation, &all).await;
                here.says() == wanted && counted(device, conversation).await == here.mentions()
            };
            device.until(&format!("{} counts as by hand after step {step}", device.name), same).await;
            most = most.max(counted(device, conversation).await);
        }
        let here = async |device: &Person| Here::of(device, conversation, &all).await;
        let marks = async || here(&bob).await.marks() == here(&elsewhere).await.marks();
        bob.until("both devices are as far", marks).await;
    }
    assert!(most > 2 && back > 1, "at most {most} are counted, and something is marked as unread {back} times");
}

//! Search by who, where, when and what a message is, alone and together with words.

use crate::support::{Local, Server, Stream, membership, mutation, parts, person, ready, refusal, typed_now};
use hearth_protocol::{
    Pos,
    body::Body,
    error::ErrorCode,
    ids::{ConversationId, MessageId, UserId},
    mutation::Part,
    mutations::{BlockUser, PinMessage, React, Star},
    rows::{ConversationKind, MembershipRow, MessageRow, PinRow, StarRow},
};
use hearth_replica::{Apply, QueryProblem, SearchOrder};

const DAY: i64 = 24 * 60 * 60 * 1_000;

/// Alice's replica: a direct conversation with Bob, and a group of both and Carol.
struct Place {
    replica: Local,
    server: Server,
    lab: Stream,
    carol: UserId,
}

impl Place {
    async fn new() -> Self {
        let (replica, mut server) = ready().await;
        let (lab, part) = server.group("Old Lab");
        let carol = person("Carol");
        replica.remember_people(std::slice::from_ref(&carol), replica.names_told()).await.unwrap();
        replica.apply(Apply { parts: vec![part], tails: vec![lab.tail(50)], ..Apply::default() }).await.unwrap();
        Self { replica, server, lab, carol: carol.user }
    }

    async fn apply(&self, part: Part) {
        self.replica.apply(parts(vec![part])).await.unwrap();
    }

    /// Somebody says something in the direct conversation so many days after the beginning of 1970.
    async fn said(&mut self, sender: UserId, text: &str, day: i64) -> Pos {
        let pos = self.server.direct.last_pos + 1;
        let part = say_on(&mut self.server.direct, sender, Body::text(text), day);
        self.apply(part).await;
        pos
    }

    async fn said_in_the_lab(&mut self, sender: UserId, text: &str, day: i64) {
        let part = say_on(&mut self.lab, sender, Body::text(text), day);
        self.apply(part).await;
    }

    /// A bit of everything, oldest first.
    async fn with_talk() -> Self {
        let mut place = Self::new().await;
        let (alice, bob, carol) = (place.server.alice.user, place.server.bob.user, place.carol);
        place.said(bob, "the belt is torn", 1).await;
        place.said(alice, "a new belt is on its way: https://example.org/belt", 2).await;
        place.said_in_the_lab(carol, "who has the belt of the dome", 3).await;
        place.said_in_the_lab(bob, "not me", 4).await;
        place.said(bob, "it came", 5).await;
        place
    }

    fn conversation(&self) -> ConversationId {
        self.server.conversation()
    }

    fn message(&self, pos: Pos) -> MessageId {
        self.server.direct.message(pos).id
    }

    async fn found(&self, query: &str) -> Vec<String> {
        texts(self.replica.search(query, None, 50).await.unwrap())
    }
}

fn texts(page: hearth_replica::SearchRows) -> Vec<String> {
    page.hits.into_iter().map(|hit| hit.snippet.into_iter().map(|part| part.text).collect()).collect()
}

fn say_on(stream: &mut Stream, sender: UserId, body: Body, day: i64) -> Part {
    stream.last_pos += 1;
    let (id, pos, created_at) = (MessageId::new(), stream.last_pos, day * DAY + DAY / 2);
    stream.commit(MessageRow {
        id,
        pos,
        sender,
        body: Some(body),
        created_at,
        edited_at: None,
        revision: 0,
        reply_to: None,
        forwarded: false,
        thread_root: None,
        in_conversation: false,
    })
}

#[tokio::test]
async fn by_who_where_and_when() {
    let place = Place::with_talk().await;
    for (query, expected) in [
        ("from:bob ", vec!["it came", "not me", "the belt is torn"]),
        ("from:Carol ", vec!["who has the belt of the dome"]),
        ("from:\"bob exam\" ", vec!["it came", "not me", "the belt is torn"]),
        ("from:@BOB belt ", vec!["the belt is torn"]),
        ("from:@bo ", vec![]),
        ("from:me ", vec!["a new belt is on its way: https://example.org/belt"]),
        ("from:bob from:carol belt ", vec!["who has the belt of the dome", "the belt is torn"]),
        ("-from:bob -from:me ", vec!["who has the belt of the dome"]),
        ("in:lab ", vec!["not me", "who has the belt of the dome"]),
        ("in:\"old lab\" belt ", vec!["who has the belt of the dome"]),
        ("in:@bob it ", vec!["it came"]),
        ("in:bob -from:bob ", vec!["a new belt is on its way: https://example.org/belt"]),
        ("-in:lab from:bob ", vec!["it came", "the belt is torn"]),
        ("before:1970-01-03 ", vec!["the belt is torn"]),
        ("after:1970-01-03 from:bob ", vec!["it came", "not me"]),
        ("on:1970-1-4 ", vec!["who has the belt of the dome"]),
        ("-on:1970-01-04 belt ", vec!["a new belt is on its way: https://example.org/belt", "the belt is torn"]),
        ("-before:1970-01-04 -after:1970-01-04 ", vec!["who has the belt of the dome"]),
        ("after:1970-01-02 before:1970-01-02 ", vec![]),
        ("before:2300-01-01 torn ", vec!["the belt is torn"]),
        ("after:2300-01-01 ", vec![]),
    ] {
        assert_eq!(place.found(query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn a_whole_name_means_what_is_called_so_and_not_what_has_it_as_a_part() {
    let mut place = Place::with_talk().await;
    let bob = place.server.bob.user;
    for (name, text, day) in
        [("Lab", "the belt of the lab", 6), ("LAB!", "the belt of another one", 7), ("Bob Example's plans", "a belt for the trip", 8)]
    {
        let (mut stream, part) = place.server.group(name);
        place.replica.apply(Apply { parts: vec![part], tails: vec![stream.tail(50)], ..Apply::default() }).await.unwrap();
        let part = say_on(&mut stream, bob, Body::text(text), day);
        place.apply(part).await;
    }
    let (labs, old) = (["the belt of another one", "the belt of the lab"], "who has the belt of the dome");
    for (query, expected) in [
        ("in:lab belt ", labs.to_vec()),
        ("in:\"old LAB\" belt ", vec![old]),
        ("in:la belt ", [labs.as_slice(), &[old]].concat()),
        ("in:lab in:old belt ", [labs.as_slice(), &[old]].concat()),
        ("in:la -in:lab belt ", vec![old]),
        ("in:\"bob example\" belt ", vec!["a new belt is on its way: https://example.org/belt", "the belt is torn"]),
        ("in:\"bob ex\" belt torn ", vec!["the belt is torn"]),
        ("in:bob trip ", vec!["a belt for the trip"]),
    ] {
        assert_eq!(place.found(query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn without_words_and_with_a_link() {
    let mut place = Place::with_talk().await;
    let bob = place.server.bob.user;
    place.said(bob, "`https://code.example` is only code, so is mailto:", 6).await;
    for (query, expected) in [
        ("belt -torn ", vec!["who has the belt of the dome", "a new belt is on its way: https://example.org/belt"]),
        ("belt -\"the belt\" ", vec!["a new belt is on its way: https://example.org/belt"]),
        ("-belt in:lab ", vec!["not me"]),
        ("has:link ", vec!["a new belt is on its way: https://example.org/belt"]),
        ("belt -has:link ", vec!["who has the belt of the dome", "the belt is torn"]),
        ("-has:link from:bob in:bob ", vec!["https://code.example is only code, so is mailto:", "it came", "the belt is torn"]),
    ] {
        assert_eq!(place.found(query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn what_is_starred_pinned_or_reacted_to_counts_while_it_waits() {
    let mut place = Place::with_talk().await;
    let (conversation, bob) = (place.conversation(), place.server.bob.user);
    let (first, second, third) = (place.message(1), place.message(2), place.message(3));
    let star = place.server.user.commit(StarRow { id: first, conversation, pos: 1, at: 7, ended_at: None });
    let pin = place.server.direct.commit(PinRow { id: second, pos: 2, by: bob, at: 7, ended_at: None });
    for part in [star, pin] {
        place.apply(part).await;
    }
    let reaction = place.server.direct.react(3, bob, "👍", true);
    place.apply(reaction).await;
    let new = "a new belt is on its way: https://example.org/belt";
    for (query, expected) in [
        ("is:starred ", vec!["the belt is torn"]),
        ("is:pinned ", vec![new]),
        ("has:reaction ", vec!["it came"]),
        ("is:starred is:pinned ", vec![]),
        ("belt is:pinned from:me ", vec![new]),
        ("in:bob -is:starred -is:pinned ", vec!["it came"]),
        ("in:bob -has:reaction ", vec![new, "the belt is torn"]),
    ] {
        assert_eq!(place.found(query).await, expected, "{query}");
    }

    // What I do without a server.
    let changes = [
        mutation(Star { conversation, message: first, on: false }.into()),
        mutation(Star { conversation, message: third, on: true }.into()),
        mutation(PinMessage { conversation, message: second, on: false }.into()),
        mutation(PinMessage { conversation, message: first, on: true }.into()),
        mutation(React { conversation, message: first, emoji: "🎉".into(), on: true }.into()),
    ];
    for change in &changes {
        place.replica.enqueue(change, 8).await.unwrap();
    }
    assert_eq!(place.found("is:starred ").await, ["it came"]);
    assert_eq!(place.found("-is:starred belt in:bob ").await, [new, "the belt is torn"]);
    assert_eq!(place.found("is:pinned ").await, ["the belt is torn"]);
    assert_eq!(place.found("has:reaction ").await, ["it came", "the belt is torn"]);
    // Refused, it is as it was.
    for change in &changes {
        place.replica.apply(refusal(change.id, ErrorCode::NotAllowed)).await.unwrap();
    }
    assert_eq!(place.found("is:starred ").await, ["the belt is torn"]);
    assert_eq!(place.found("is:pinned ").await, [new]);
    assert_eq!(place.found("has:reaction ").await, ["it came"]);

    // Mine alone, and taken back; somebody else's stays.
    let alice = place.server.alice.user;
    for pos in [1, 3] {
        let reaction = place.server.direct.react(pos, alice, "🎉", true);
        place.apply(reaction).await;
        let back = React { conversation, message: place.message(pos), emoji: "🎉".into(), on: false };
        place.replica.enqueue(&mutation(back.into()), 10).await.unwrap();
    }
    assert_eq!(place.found("has:reaction ").await, ["it came"]);
}

#[tokio::test]
async fn what_is_unread_and_what_names_me() {
    let mut place = Place::with_talk().await;
    let (alice, bob) = (place.server.alice.user, place.server.bob.user);
    assert_eq!(place.found("is:unread ").await, ["it came", "not me", "who has the belt of the dome", "the belt is torn"]);
    let read = place.server.read_to(2);
    place.apply(read).await;
    assert_eq!(place.found("is:unread ").await, ["it came", "not me", "who has the belt of the dome"]);
    assert_eq!(place.found("-is:unread -from:me ").await, ["the belt is torn"]);
    place.replica.enqueue(&place.server.mark_unread(1), 5).await.unwrap();
    assert_eq!(place.found("is:unread belt ").await, ["who has the belt of the dome", "the belt is torn"], "as I have marked it");

    for (text, named) in [("@alice and @bob", vec![alice, bob]), ("@bob", vec![bob]), ("\"mentions\":[ @alice", vec![])] {
        let part = say_on(&mut place.lab, bob, Body::naming(text, named.into_iter().collect()), 7);
        place.apply(part).await;
    }
    assert_eq!(place.found("mentions:me ").await, ["@alice and @bob"]);
    assert_eq!(place.found("mentions:me from:carol ").await, Vec::<String>::new());
    assert_eq!(place.found("-mentions:me from:bob on:1970-01-08 ").await.len(), 2);

    // Everyone is who reads, unless they say it.
    for (who, text, day) in [(bob, "@everyone, come", 8), (alice, "@everyone, I come", 9)] {
        let part = say_on(&mut place.lab, who, Body::text(text).calling_everyone(), day);
        place.apply(part).await;
    }
    let part = say_on(&mut place.lab, bob, Body::text("\"everyone\":true, @everyone"), 10);
    place.apply(part).await;
    assert_eq!(place.found("mentions:me ").await, ["@everyone, come", "@alice and @bob"]);
    assert_eq!(place.found("mentions:me come ").await, ["@everyone, come"]);
    assert_eq!(place.found("-mentions:me everyone ").await, ["\"everyone\":true, @everyone", "@everyone, I come"]);
}

#[tokio::test]
async fn what_is_deleted_edited_blocked_or_removed_is_as_it_is_now() {
    let mut place = Place::with_talk().await;
    let bob = place.server.bob.user;
    let edit = place.server.direct.edit(3, "it came: https://example.org/arrived");
    place.apply(edit).await;
    assert_eq!(place.found("has:link from:bob ").await, ["it came: https://example.org/arrived"]);
    let edit = place.server.direct.edit(3, "it came, no link");
    place.apply(edit).await;
    assert_eq!(place.found("has:link from:bob ").await, Vec::<String>::new());
    let gone = place.server.direct.delete(1);
    place.apply(gone).await;
    assert_eq!(place.found("from:bob ").await, ["it came, no link", "not me"]);
    assert_eq!(place.found("before:1970-01-03 ").await, Vec::<String>::new());

    let block = mutation(BlockUser { user: bob }.into());
    place.replica.enqueue(&block, 1).await.unwrap();
    assert_eq!(place.found("from:bob ").await, Vec::<String>::new(), "it waits, and counts already");
    assert_eq!(place.found("in:lab ").await, ["who has the belt of the dome"]);
    assert_eq!(place.found("is:unread ").await, ["who has the belt of the dome"]);

    let lab = place.lab.id.conversation().unwrap();
    let out = MembershipRow { kind: ConversationKind::Group, left_at: Some(9), vis_ver: 2, ..membership(lab, None) };
    let out = place.server.user.commit(out);
    place.apply(out).await;
    assert_eq!(place.found("in:lab ").await, Vec::<String>::new());
    assert_eq!(place.found("from:carol ").await, Vec::<String>::new(), "she is known, what she wrote is not here any more");
}

#[tokio::test]
async fn what_nobody_or_nothing_is_called_is_told() {
    let place = Place::with_talk().await;
    let page = place.replica.search("belt from:dora in:attic before:1.1.2026 has:li from:@bob in:old ", None, 10).await.unwrap();
    assert!(page.hits.is_empty());
    let problems: Vec<_> = page.parts.iter().map(|part| part.problem).collect();
    let expected = [
        None,
        Some(QueryProblem::Nobody),
        Some(QueryProblem::NoConversation),
        Some(QueryProblem::NoDate),
        Some(QueryProblem::NoSuchValue),
        None,
        None,
    ];
    assert_eq!(problems, expected);
    assert_eq!(page.parts[5].people.iter().map(|person| person.first_name.as_str()).collect::<Vec<_>>(), ["Bob"]);
    assert_eq!(page.parts[6].conversations.iter().map(|meant| meant.name.as_str()).collect::<Vec<_>>(), ["Old Lab"]);
    // What asks for nothing is left out, and alone looks for nothing.
    assert_eq!(place.found("torn before:soon ").await, ["the belt is torn"]);
    assert!(place.found("before:soon has:li").await.is_empty());
    assert!(place.found("from:dora belt ").await.is_empty());
    assert_eq!(place.found("-from:dora torn ").await, ["the belt is torn"]);
}

#[tokio::test]
async fn pages_of_filters_and_of_the_best_go_on_where_they_ended() {
    let mut place = Place::new().await;
    let bob = place.server.bob.user;
    for day in 1..=25 {
        let text = if day % 5 == 0 { format!("belt {day}") } else { format!("belts, as we said before {day}") };
        place.said(bob, &text, day).await;
    }
    for (query, order) in
        [("from:bob ", SearchOrder::Newest), ("from:bob ", SearchOrder::Best), ("belt", SearchOrder::Best), ("belt", SearchOrder::Newest)]
    {
        let mut seen = vec![];
        let mut after: Option<String> = None;
        loop {
            let page = place.replica.replica.search(&typed_now(query), order, after.as_deref(), 7).await.unwrap();
            after = page.next.clone();
            seen.extend(texts(page));
            if after.is_none() {
                break;
            }
        }
        let mut once = seen.clone();
        once.sort();
        once.dedup();
        assert_eq!((seen.len(), once.len()), (25, 25), "{query} {order:?}");
        let first =
            if query == "belt" && order == SearchOrder::Best { ["belt 25", "belt 20"] } else { ["belt 25", "belts, as we said before 24"] };
        assert_eq!(seen[..2], first, "{query} {order:?}");
    }
    for nonsense in ["best:", "best:-1", "best:99999999999999999999", "x"] {
        let page = place.replica.replica.search(&typed_now("belt"), SearchOrder::Best, Some(nonsense), 3).await.unwrap();
        assert_eq!(page.hits.len(), 3, "{nonsense}");
    }
    let end = place.replica.replica.search(&typed_now("belt"), SearchOrder::Best, Some("best:18446744073709551615"), 3).await.unwrap();
    assert_eq!((end.hits.len(), end.next), (0, None));
}

#[tokio::test]
async fn behind_a_colon_what_can_stand_there_is_suggested() {
    let place = Place::with_talk().await;
    let suggested = async |text: &str| {
        let found = place.replica.suggest(text, text.len()).await.unwrap();
        (found.place, found.items.into_iter().map(|item| item.text).collect::<Vec<_>>())
    };
    assert_eq!(suggested("belt from:").await, (5..10, vec!["from:me ".into(), "from:@bob ".into(), "from:@carol ".into()]));
    assert_eq!(suggested("-from:ca").await, (0..8, vec!["-from:@carol ".into()]));
    assert_eq!(suggested("from:@c").await.1, ["from:@carol "]);
    assert_eq!(suggested("in:").await.1.len(), 2);
    assert_eq!(suggested("in:la").await.1, ["in:\"Old Lab\" "]);
    assert_eq!(suggested("in:bob").await.1, ["in:@bob "]);
    assert_eq!(suggested("is:").await.1, ["is:starred ", "is:unread ", "is:pinned ", "is:link "]);
    assert_eq!(suggested("has:l").await.1, ["has:link "]);
    assert_eq!(suggested("before:").await.1, ["before:today ", "before:yesterday "]);
    assert_eq!(suggested("mentions:").await.1, ["mentions:me "]);
    for nothing in ["", "belt", "from:bob ", "to:b", "-", "is:xyz"] {
        assert!(suggested(nothing).await.1.is_empty(), "{nothing:?}");
    }
    // What is suggested finds what it names.
    for text in suggested("in:").await.1 {
        assert!(!place.found(&text).await.is_empty(), "{text}");
    }
    let inside = place.replica.suggest("from:bo belt", 6).await.unwrap();
    assert_eq!((inside.place, inside.items.len()), (0..7, 1));
}

#[tokio::test]
async fn what_is_a_link_has_one_and_says_nothing_else() {
    let mut place = Place::with_talk().await;
    let bob = place.server.bob.user;
    for (text, day) in [("https://example.org/way", 6), ("`https://example.org/code`", 7), ("[the map](https://example.org/map)", 8)] {
        place.said(bob, text, day).await;
    }
    let (way, map) = ("https://example.org/way", "the map");
    assert_eq!(place.found("is:link ").await, [map, way]);
    assert_eq!(place.found("has:link ").await, [map, way, "a new belt is on its way: https://example.org/belt"]);
    assert_eq!(place.found("has:link -is:link ").await, ["a new belt is on its way: https://example.org/belt"]);
}

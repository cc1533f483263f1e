//! A replica that a test feeds, and a plain way to bring it up to date.

use crate::person::Person;
use hearth_protocol::{
    digest::DigestsRequest,
    ids::ConversationId,
    mutation::Part,
    sync::{HeadsRequest, Page, PullRequest},
};
use hearth_replica::{Apply, Checks, Filter, History, Key, LocalTime, Query, Replica, SearchOrder, Tail};
use tempfile::TempDir;

/// Small, so that every copy takes several pages.
const TAIL: u32 = 3;
const ROWS: u32 = 7;
/// Everything that was new is due by then.
const A_WEEK_LATER_MS: i64 = 7 * 24 * 3_600 * 1_000;
/// Far more than any of the conversations needs.
const STEPS_MAX: usize = 2_000;

pub struct Device {
    replica: Replica,
    _folder: TempDir,
}

impl Device {
    pub async fn new(person: &Person) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let replica = Replica::open(&folder.path().join("replica.db"), &Key::from_bytes([3; 32])).await.expect("it opens");
        replica.remember_me(&person.account).await.expect("it is written");
        Self { replica, _folder: folder }
    }

    pub async fn apply(&self, parts: Vec<Part>) {
        self.replica.apply(Apply { parts, ..Apply::default() }).await.expect("it applies");
    }

    /// Everything, and then one conversation after the other as if it were open: its receipts come as well.
    pub async fn sync(&self, person: &Person) {
        self.sync_open(person, None).await;
        for item in self.replica.conversations(Filter::All, 1_000).await.expect("the list") {
            self.sync_open(person, Some(item.id)).await;
        }
    }

    /// Heads, pulls and history until nothing is wanted any more.
    async fn sync_open(&self, person: &Person, open: Option<ConversationId>) {
        let heads = person.api.heads(&HeadsRequest::default()).await.expect("heads");
        self.replica.apply(Apply { heads: Some(heads), ..Apply::default() }).await.expect("it applies");
        for _ in 0..STEPS_MAX {
            let wants = self.replica.wants(open, 20, TAIL).await.expect("wants");
            if !wants.is_empty() {
                let request = PullRequest { epoch: person.epoch, wants, limit: ROWS };
                let pages = person.api.pull(&request).await.expect("pages").pages;
                self.replica.apply(batch(pages)).await.expect("it applies");
            } else if let Some((conversation, before_pos)) = self.replica.incomplete(None, 1).await.expect("an answer").pop() {
                let page = person.api.history(conversation, before_pos, 2).await.expect("a page");
                let history = vec![History { conversation, before_pos, page }];
                self.replica.apply(Apply { history, ..Apply::default() }).await.expect("it applies");
            } else {
                return;
            }
        }
        panic!("{} does not come to an end: {:?}", person.name, self.replica.wants(None, 20, TAIL).await);
    }

    /// Compares every known place of every conversation with the server; gives back how many copies are to be fetched anew.
    pub async fn compare(&self, person: &Person) -> usize {
        assert_eq!(self.replica.segments_due(0, 50).await.expect("segments"), [], "what is new can wait");
        for _ in 0..STEPS_MAX {
            let segments = self.replica.segments_due(A_WEEK_LATER_MS, 50).await.expect("segments");
            if segments.is_empty() {
                return self.replica.wants(None, 20, TAIL).await.expect("wants").len();
            }
            let answer = person.api.digests(&DigestsRequest { epoch: person.epoch, segments: segments.clone() }).await.expect("digests");
            let checks = Some(Checks { segments, answer });
            self.replica.apply(Apply { checks, now_local: A_WEEK_LATER_MS, ..Apply::default() }).await.expect("it applies");
        }
        panic!("comparing does not come to an end");
    }

    /// Takes a message out behind the replica's back, as no rule of it could.
    pub async fn lose_a_message(&self) {
        assert!(self.replica.lose_a_message().await.expect("it is written"), "there is one");
    }

    /// Everything that can be seen, and a search over it. Names of people whom one has met are kept although nothing names them any
    /// more, and where the known places end above the newest message says nothing.
    pub async fn visible(&self) -> String {
        assert_eq!(self.replica.check().await.expect("a check"), Vec::<String>::new());
        let dump = self.replica.dump().await.expect("a dump");
        let rows: Vec<&str> = dump.lines().filter(|line| !line.starts_with("person ") && !line.starts_with("known ")).collect();
        let mut found = Vec::new();
        for word in ["number", "edited"] {
            let hits =
                self.replica.search(&Query::parse(word, &LocalTime::utc(0)), SearchOrder::Newest, None, 200).await.expect("an answer").hits;
            found.extend(hits.into_iter().map(|hit| format!("{word} {}", hit.message)));
        }
        format!("{}\n{}", rows.join("\n"), found.join("\n"))
    }
}

fn batch(pages: Vec<Page>) -> Apply {
    let mut apply = Apply::default();
    for page in pages {
        match page {
            Page::Changes { part, .. } => apply.parts.push(part),
            Page::Tail { part, from_pos } => apply.tails.push(Tail { part, from_pos }),
            Page::Reset { stream, .. } => apply.resets.push(stream),
            Page::Gone { stream } => apply.gone.push(stream),
            Page::Failed { stream, error } => panic!("{stream}: {error}"),
        }
    }
    apply
}

//! The rules that keep replicas and server the same, by name, so that a test build can switch one off and prove that its loss is noticed.
//!
//! Without the cargo feature `mutants` every rule holds and [`holds`] is a constant. With it each thread may break one rule.

macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $rule:ident = $name:literal,)+) => {
        /// A rule of the sync protocol.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Rule {
            $($(#[doc = $doc])+ $rule,)+
        }

        impl Rule {
            /// Every rule that there is.
            pub const ALL: &[Self] = &[$(Self::$rule),+];

            /// Its name on a command line and in tables.
            pub fn name(self) -> &'static str {
                match self { $(Self::$rule => $name,)+ }
            }

            /// What it says.
            pub fn text(self) -> &'static str {
                match self { $(Self::$rule => concat!($($doc),+),)+ }
            }
        }
    };
}

rules! {
    /// A mutation whose id is known is answered from its result, not performed again.
    Deduplicate = "deduplicate",
    /// An answer leaves only after its transaction is durable.
    DurableFirst = "durable-first",
    /// A database that has come less far than its witness begins a new epoch.
    EpochWitness = "epoch-witness",
    /// A push goes to those alone who may see the stream.
    Audience = "audience",
    /// A pull or a page of history is authorised for its viewer.
    Authorise = "authorise",
    /// Places outside a person's windows are not told to them.
    Windows = "windows",
    /// What still waits to be sent to somebody who has left is not sent.
    LateFrames = "late-frames",
    /// A mutation waits until the one that it names as before it has an answer.
    LaneOnServer = "after-previous",
    /// An edit is refused when another came in between.
    EditConflict = "edit-conflict",
    /// Signing out ends the session's sockets at once.
    RevokeSockets = "revoke-sockets",
    /// The change log is read for what no push has told.
    TailLog = "tail-log",
    /// A page never ends inside a commit.
    WholeCommits = "whole-commits",
    /// Rows of another epoch than the replica's are not applied.
    EpochCheck = "epoch-check",
    /// The cursor moves only when nothing before the part is missing.
    NoGapUnderCursor = "no-gap-under-cursor",
    /// A row gives way only to a newer one.
    NewestRow = "newest-row",
    /// Rows and their cursor are one transaction.
    RowsWithCursor = "rows-with-cursor",
    /// A place is known only when every message up to it is here.
    KnownPlaces = "known-places",
    /// What an older copy shows stays readable until the new one replaces it.
    ReadableCopy = "readable-copy",
    /// A newer row that came before a copy outlives the copy.
    KeepNewer = "keep-newer",
    /// A watermark is stored together with every head that it vouches for.
    WatermarkWithHeads = "watermark-with-heads",
    /// A heartbeat that counts frames which never came asks for the heads.
    AskOnHeartbeat = "ask-on-heartbeat",
    /// What was in flight on a lost connection goes again.
    Requeue = "requeue",
    /// Answers of an older connection are dropped.
    LateAnswers = "late-answers",
    /// Nothing overtakes an entry of its lane that waits for its next try.
    LaneOrder = "lane-order",
    /// An acknowledged entry leaves the outbox as its rows come in.
    AckRemoves = "ack-removes",
    /// What was acknowledged before a restored backup is sent again to the database that lacks it.
    ReplayAfterRestore = "replay-after-restore",
    /// A copy whose digest is not the server's is fetched anew.
    SegmentDigests = "segment-digests",
    /// What somebody hides of their profile is told to nobody else.
    ProfilePrivacy = "profile-privacy",
    /// The server's unread count stands until the replica covers the range.
    UnreadCovered = "unread-covered",
    /// What somebody has written goes with their account.
    EraseWithAccount = "erase-with-account",
    /// Whoever deletes their account leaves every conversation and group.
    LeaveWithAccount = "leave-with-account",
    /// Nobody keeps a contact, a block or a request of somebody whose account is deleted.
    TiesEndWithAccount = "ties-end-with-account",
    /// The sessions of an account that waits are over.
    SessionsEndWithAccount = "sessions-end-with-account",
    /// What was under way while its author's account ended, or began to wait, is not done.
    NothingOfTheGone = "nothing-of-the-gone",
    /// What somebody's role on the server does not allow is refused.
    ServerRoles = "server-roles",
    /// Whoever has lost their name, with their account, gets none back from an older row.
    NamesStayGone = "names-stay-gone",
    /// Of somebody whose account is deleted no receipt is left.
    ReceiptsEndWithAccount = "receipts-end-with-account",
}

/// Whether the rule is in force.
#[cfg(not(feature = "mutants"))]
#[inline(always)]
pub const fn holds(_: Rule) -> bool {
    true
}

#[cfg(feature = "mutants")]
pub use switch::{break_rule, holds};

#[cfg(feature = "mutants")]
mod switch {
    use super::Rule;
    use std::cell::Cell;

    thread_local! {
        static BROKEN: Cell<Option<Rule>> = const { Cell::new(None) };
    }

    /// Whether the rule is in force on this thread.
    pub fn holds(rule: Rule) -> bool {
        BROKEN.get() != Some(rule)
    }

    /// Breaks one rule on this thread, in place of any other; `None` restores order.
    pub fn break_rule(rule: Option<Rule>) {
        BROKEN.set(rule);
    }
}

#[cfg(test)]
mod tests {
    use super::Rule;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_told_apart() {
        let names: BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.name()).collect();
        assert_eq!(names.len(), Rule::ALL.len());
        assert!(Rule::ALL.iter().all(|rule| rule.text().trim().ends_with('.')));
    }
}

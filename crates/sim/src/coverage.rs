//! What a run has seen: a test that never met a fault proves nothing about it.

use crate::{fault::Fault, world::Deed};
use hearth_client::engine::Link;
use hearth_replica::StreamState;
use std::{collections::BTreeMap, fmt::Write as _};

/// Counts, added up over seeds.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// How often a mutation waited in an outbox that a fault struck.
    pub met: BTreeMap<(&'static str, Fault), u64>,
    pub faults: BTreeMap<Fault, u64>,
    pub links: BTreeMap<(&'static str, &'static str), u64>,
    pub streams: BTreeMap<(&'static str, &'static str), u64>,
    pub outbox: BTreeMap<(&'static str, &'static str), u64>,
    /// What was done to accounts.
    pub deeds: BTreeMap<&'static str, u64>,
    /// How often a fault struck while it was on its way.
    pub deeds_met: BTreeMap<(&'static str, Fault), u64>,
    /// Rounds that erased all that the deleted had written, and those that a crash ended before.
    pub erasures: u64,
    pub erasures_cut: u64,
    /// Devices that were locked out with something unsent, as the account was deleted; and that came back with something, after it had waited.
    pub kept_back: u64,
    pub brought_back: u64,
    /// Rows that an old build kept raw and its update read.
    pub learned: u64,
    /// Of replicas' logs, to power cuts.
    pub bytes_lost: u64,
    /// Events that were simulated.
    pub events: u64,
}

const LINKS: &[(&str, &str)] = &[
    ("stopped", "connecting"),
    ("waiting", "connecting"),
    ("connecting", "catching-up"),
    ("catching-up", "live"),
    ("connecting", "waiting"),
    ("catching-up", "waiting"),
    ("live", "waiting"),
    ("connecting", "blocked"),
    ("live", "stopped"),
    ("blocked", "stopped"),
    ("waiting", "stopped"),
];

const STREAMS: &[(&str, &str)] = &[
    ("none", "new"),
    ("none", "complete"),
    ("new", "tail"),
    ("new", "complete"),
    ("tail", "complete"),
    ("complete", "new"),
    ("complete", "gone"),
];

const OUTBOX: &[(&str, &str)] = &[
    ("queued", "in-flight"),
    ("in-flight", "acknowledged"),
    ("in-flight", "queued"),
    ("in-flight", "refused-for-now"),
    ("in-flight", "failed"),
    ("failed", "queued"),
    ("failed", "discarded"),
    ("queued", "discarded"),
    ("queued", "asked-about"),
    ("queued", "canceling"),
    ("in-flight", "canceling"),
    ("failed", "canceling"),
    ("canceling", "refused-for-now"),
    ("canceling", "cancelled"),
    ("canceling", "arrived"),
    ("canceling", "renewed"),
    ("acknowledged", "queued"),
    ("in-flight", "missed-for-now"),
    ("made", "held"),
    ("held", "reworded"),
];

impl Coverage {
    pub fn add(&mut self, other: &Self) {
        add(&mut self.met, &other.met);
        add(&mut self.faults, &other.faults);
        add(&mut self.links, &other.links);
        add(&mut self.streams, &other.streams);
        add(&mut self.outbox, &other.outbox);
        add(&mut self.deeds, &other.deeds);
        add(&mut self.deeds_met, &other.deeds_met);
        self.erasures += other.erasures;
        self.erasures_cut += other.erasures_cut;
        self.kept_back += other.kept_back;
        self.brought_back += other.brought_back;
        self.learned += other.learned;
        self.bytes_lost += other.bytes_lost;
        self.events += other.events;
    }

    pub fn link(&mut self, from: &'static str, to: &'static str) {
        if from != to {
            *self.links.entry((from, to)).or_default() += 1;
        }
    }

    pub fn stream(&mut self, from: &'static str, to: &'static str) {
        if from != to {
            *self.streams.entry((from, to)).or_default() += 1;
        }
    }

    pub fn outbox(&mut self, from: &'static str, to: &'static str) {
        *self.outbox.entry((from, to)).or_default() += 1;
    }

    /// What a long run must have seen and this one has not.
    pub fn missing(&self, mutations: &[&'static str]) -> Vec<String> {
        let mut missing = vec![];
        for mutation in mutations {
            let never = |fault: &&Fault| !self.met.contains_key(&(*mutation, **fault));
            missing.extend(Fault::ALL.iter().filter(never).map(|fault| format!("{mutation} never met {}", fault.name())));
        }
        for (what, counted, wanted) in
            [("link", &self.links, LINKS), ("stream", &self.streams, STREAMS), ("outbox entry", &self.outbox, OUTBOX)]
        {
            let never = wanted.iter().filter(|transition| !counted.contains_key(*transition));
            missing.extend(never.map(|(from, to)| format!("no {what} went from {from} to {to}")));
        }
        for deed in Deed::NAMES {
            if !self.deeds.contains_key(deed) {
                missing.push(format!("nobody has done {deed}"));
            }
            // Coming back is nobody's wish: its faults are those that strike meanwhile.
            if *deed != "reactivate" && !self.deeds_met.keys().any(|(met, _)| met == deed) {
                missing.push(format!("no fault struck during {deed}"));
            }
        }
        for (count, what) in [
            (self.erasures, "nothing was erased that somebody had written"),
            (self.erasures_cut, "no crash ended an erasure before its end"),
            (self.kept_back, "nobody's account was deleted while a device of theirs had something unsent"),
            (self.brought_back, "nobody came back to an account that had waited with something unsent"),
        ] {
            if count == 0 {
                missing.push(what.into());
            }
        }
        if self.learned == 0 {
            missing.push("no update read a row that an older build had kept raw".into());
        }
        if self.bytes_lost == 0 {
            missing.push("no power cut took anything".into());
        }
        missing
    }

    /// The counts as tables.
    pub fn report(&self, mutations: &[&'static str]) -> String {
        let mut out = String::from("How often a mutation waited while a fault struck:\n");
        let _ = write!(out, "{:24}{:>9}", "", "struck");
        for mutation in mutations {
            let _ = write!(out, "{mutation:>22}");
        }
        out.push('\n');
        for fault in Fault::ALL {
            let _ = write!(out, "{:24}{:>9}", fault.name(), self.faults.get(fault).copied().unwrap_or(0));
            for mutation in mutations {
                let _ = write!(out, "{:>22}", self.met.get(&(*mutation, *fault)).copied().unwrap_or(0));
            }
            out.push('\n');
        }
        out.push_str("What was done to accounts, and how often a fault struck meanwhile:\n");
        for deed in Deed::NAMES {
            let met: u64 = self.deeds_met.iter().filter(|((met, _), _)| met == deed).map(|(_, count)| count).sum();
            let _ = writeln!(out, "  {deed:36}{:>9}{met:>9}", self.deeds.get(deed).copied().unwrap_or(0));
        }
        let (erased, cut) = (self.erasures, self.erasures_cut);
        let _ = writeln!(out, "Erasures: {erased}, ended by a crash: {cut}.");
        let (kept, back) = (self.kept_back, self.brought_back);
        let _ = writeln!(out, "Devices with something unsent as their account was deleted: {kept}, as it was used again: {back}.");
        let _ = writeln!(out, "Rows read after an update: {}. Bytes lost to power cuts: {}.", self.learned, self.bytes_lost);
        for (what, counts) in [("Links", &self.links), ("Streams", &self.streams), ("Outbox entries", &self.outbox)] {
            let _ = writeln!(out, "{what}:");
            for ((from, to), count) in counts {
                let _ = writeln!(out, "  {:36}{count:>9}", format!("{from} -> {to}"));
            }
        }
        out
    }
}

fn add<K: Ord + Copy>(to: &mut BTreeMap<K, u64>, from: &BTreeMap<K, u64>) {
    for (key, count) in from {
        *to.entry(*key).or_default() += count;
    }
}

pub fn link_name(link: &Link) -> &'static str {
    match link {
        Link::Stopped => "stopped",
        Link::Blocked(_) => "blocked",
        Link::Waiting { .. } => "waiting",
        Link::Connecting { .. } => "connecting",
        Link::CatchingUp => "catching-up",
        Link::Live => "live",
    }
}

pub fn stream_name(state: StreamState) -> &'static str {
    match state {
        StreamState::New => "new",
        StreamState::Tail => "tail",
        StreamState::Complete => "complete",
    }
}

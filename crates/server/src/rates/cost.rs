//! What a request makes the server do, before it does it: in tenths of a millisecond, as the benchmarks found them.

use std::num::NonZeroU32;

/// One request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Cost {
    /// Of every stream of somebody's, or of those that moved.
    Heads {
        all: bool,
    },
    /// So many streams, and so many rows at most.
    Pull {
        streams: usize,
        rows: u32,
    },
    History {
        rows: u32,
    },
    /// So many more came than were asked for: what stands on the messages, and what a first copy has besides them.
    Over {
        rows: usize,
    },
    /// Of one message.
    Versions,
    /// Of a moment.
    Place,
    /// Each reads up to a page of rows.
    Digests {
        segments: usize,
    },
    SearchPeople,
    /// So many places are looked up, and so many messages at most looked through.
    Search {
        places: usize,
        messages: u32,
    },
    /// So many are named as known.
    Profiles {
        known: usize,
    },
    /// As many mutations, or as many that are taken back; and so many among them change a row in every place where somebody is, or of
    /// everybody in one.
    Mutations {
        all: usize,
        wide: usize,
    },
    FetchPicture,
    SetPicture,
    /// Each is looked up.
    Watch {
        people: usize,
    },
    /// Whoever is in the conversation is.
    Signal,
}

impl Cost {
    pub fn units(self) -> NonZeroU32 {
        let units = match self {
            Self::Heads { all: true } => 200,
            Self::Heads { all: false } => 5,
            Self::Pull { streams, rows } => so_many(streams).saturating_add(of_rows(rows)),
            Self::History { rows } => of_rows(rows),
            Self::Over { rows } => so_many(rows) / 12,
            Self::Versions => 10,
            Self::Place => 20,
            Self::Digests { segments } => so_many(segments).saturating_mul(40).saturating_add(2),
            Self::SearchPeople => 20,
            Self::Search { places, messages } => so_many(places).saturating_mul(2).saturating_add(messages / 5),
            Self::Profiles { known } => 10 + so_many(known) / 10,
            // For somebody in a hundred places with a hundred people each: what is pushed is more than what is written.
            Self::Mutations { all, wide } => so_many(all).saturating_mul(2).saturating_add(so_many(wide).saturating_mul(10_000)),
            Self::FetchPicture => 10,
            Self::SetPicture => 500,
            Self::Watch { people } => 1 + so_many(people),
            Self::Signal => 5,
        };
        NonZeroU32::new(units).unwrap_or(NonZeroU32::MIN)
    }
}

/// A page of a thousand is eight milliseconds.
fn of_rows(rows: u32) -> u32 {
    2 + rows / 12
}

fn so_many(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Limits;
    use hearth_protocol::limits::{PROFILES_PER_PAGE_MAX, ROWS_PER_PAGE_MAX, STREAMS_PER_PULL_MAX, TAIL_MESSAGES};

    #[test]
    fn a_new_device_of_somebody_who_is_in_much_never_meets_the_limit() {
        let (conversations, messages, people) = (2_000_u32, 5_000_000_u32, 5_000_u32);
        let page = Cost::Pull { streams: STREAMS_PER_PULL_MAX, rows: ROWS_PER_PAGE_MAX }.units().get();
        let (heads, history) = (Cost::Heads { all: true }.units().get(), Cost::History { rows: ROWS_PER_PAGE_MAX }.units().get());
        // As many pulls as their newest messages are pages, each asking for as many streams as it may.
        let tails = (conversations * TAIL_MESSAGES).div_ceil(ROWS_PER_PAGE_MAX) * page;
        // At worst the last page of each is as good as empty.
        let older = (messages / ROWS_PER_PAGE_MAX + conversations) * history;
        let known = people.div_ceil(1_000) * Cost::Profiles { known: PROFILES_PER_PAGE_MAX }.units().get();
        let faces = people * Cost::FetchPicture.units().get();
        assert!(10 * heads + tails + older + known + faces <= Limits::default().costs.burst);
    }
}

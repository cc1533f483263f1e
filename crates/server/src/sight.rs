//! What somebody may see: a stream at a version, and of a conversation the places in their windows.

use hearth_protocol::{
    Pos,
    ids::GroupId,
    row::Row,
    rows::ConversationRow,
    rule::{Rule, holds},
    stream::StreamId,
};

/// The version of what somebody sees until it first changes.
pub(crate) const VIS_VER_FIRST: u64 = 1;

/// A stream as one person may see it. Whoever may not see it has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sight {
    pub stream: StreamId,
    /// Counts changes of the windows.
    pub vis_ver: u64,
    pub windows: Windows,
    /// The first place that is kept of it; 0 where all is.
    pub retained: Pos,
}

impl Sight {
    /// A stream of one's own: nothing of it is hidden.
    pub fn whole(stream: StreamId) -> Self {
        Self { stream, vis_ver: VIS_VER_FIRST, windows: Windows::all(), retained: 0 }
    }

    /// Whether a row may be seen: rows without a place always may.
    pub fn show(&self, row: &Row) -> bool {
        self.windows.show(row) && row.data.pos().is_none_or(|pos| pos >= self.retained)
    }
}

/// Where a channel is, and whose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Home {
    pub group: GroupId,
    /// For its members alone, rather than for everybody in the group.
    pub private: bool,
}

impl Home {
    pub fn of(row: &ConversationRow) -> Option<Self> {
        row.group.map(|group| Self { group, private: row.private })
    }
}

/// Places `[from, to)`, lowest first, apart from each other; without an end the window is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Windows(Vec<Span>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub from: Pos,
    pub to: Option<Pos>,
}

impl Windows {
    /// From the first message on.
    pub fn all() -> Self {
        Self(vec![Span { from: 1, to: None }])
    }

    /// From rows of the table, in any order.
    pub fn of(mut spans: Vec<Span>) -> Self {
        spans.sort_by_key(|span| span.from);
        Self(spans)
    }

    pub fn spans(&self) -> &[Span] {
        &self.0
    }

    pub fn contains(&self, pos: Pos) -> bool {
        !holds(Rule::Windows) || self.0.iter().any(|span| span.from <= pos && span.to.is_none_or(|to| pos < to))
    }

    /// True when every place from here on is visible.
    pub fn contains_from(&self, pos: Pos) -> bool {
        self.0.last().is_some_and(|span| span.from <= pos && span.to.is_none())
    }

    /// Of the places after `from`, up to and with `to`, those that are visible, as ranges of the same kind.
    pub fn between(&self, from: Pos, to: Pos) -> Vec<(Pos, Pos)> {
        if !holds(Rule::Windows) {
            return vec![(from, to)];
        }
        let last = |span: &Span| span.to.map_or(to, |end| to.min(end.saturating_sub(1)));
        let ranges = self.0.iter().map(|span| (from.max(span.from.saturating_sub(1)), last(span)));
        ranges.filter(|(from, to)| from < to).collect()
    }

    /// Whether a row may be seen: rows without a place always may.
    pub fn show(&self, row: &Row) -> bool {
        row.data.pos().is_none_or(|pos| self.contains(pos))
    }

    /// Ends the open window before `end`; one that would be empty goes.
    pub fn close(&mut self, end: Pos) {
        if let Some(last) = self.0.last_mut()
            && last.to.is_none()
        {
            last.to = Some(end);
            let empty = last.from >= end;
            if empty {
                self.0.pop();
            }
        }
    }

    /// Opens a window from `from` on, joined with one that ends there.
    pub fn open(&mut self, from: Pos) {
        match self.0.last_mut() {
            Some(last) if last.to.is_none_or(|to| to >= from) => last.to = None,
            _ => self.0.push(Span { from, to: None }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(windows: &Windows) -> Vec<(Pos, Option<Pos>)> {
        windows.spans().iter().map(|span| (span.from, span.to)).collect()
    }

    #[test]
    fn leaving_closes_and_coming_back_opens() {
        let mut windows = Windows::all();
        windows.close(6);
        assert_eq!(spans(&windows), [(1, Some(6))]);
        assert!(windows.contains(5) && !windows.contains(6) && !windows.contains_from(3));
        windows.open(9);
        assert_eq!(spans(&windows), [(1, Some(6)), (9, None)]);
        assert_eq!(windows.between(3, 12), [(3, 5), (8, 12)], "what one was away for is not among it");
        assert!(windows.between(5, 8).is_empty() && windows.between(0, 4) == [(0, 4)]);
        assert!(!windows.contains(8) && windows.contains_from(9) && !windows.contains_from(8));
        windows.close(9);
        assert_eq!(spans(&windows), [(1, Some(6))], "a window in which nothing was said is none");
        windows.open(6);
        assert_eq!(spans(&windows), [(1, None)], "nothing was said in between");
    }
}

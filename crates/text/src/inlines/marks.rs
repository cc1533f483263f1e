//! Marks that open and close: a short stack of what is open, so that the time is the same for each mark.

use super::lexer::Mark;
use crate::{OPEN_MARKS_MAX, tree::Inline};
use std::collections::VecDeque;

/// A mark that is open, and what came since.
struct Frame {
    sign: char,
    /// 1 italic, 2 bold, struck out or hidden, 3 bold and italic.
    count: usize,
    inlines: Vec<Inline>,
}

/// The inlines so far.
#[derive(Default)]
pub struct Marks {
    done: Vec<Inline>,
    open: VecDeque<Frame>,
}

impl Marks {
    pub fn text(&mut self, text: &str) {
        push_text(self.top(), text);
    }

    pub fn push(&mut self, inline: Inline) {
        self.top().push(inline);
    }

    /// Closes what it can and opens what is left.
    pub fn mark(&mut self, mark: &Mark<'_>) {
        let mut count = mark.count;
        while mark.closes && count > 0 {
            let Some(closed) = self.close(mark.sign, count) else { break };
            count -= closed;
        }
        let left = mark.typed.get(..count).unwrap_or_default();
        if count == 0 {
            return;
        }
        if !mark.opens {
            return self.text(left);
        }
        if self.open.len() >= OPEN_MARKS_MAX
            && let Some(first) = self.open.pop_front()
        {
            // It has been open for long: it is hardly ever closed.
            unmark(&mut self.done, first);
        }
        self.open.push_back(Frame { sign: mark.sign, count, inlines: Vec::new() });
    }

    /// What is still open was no mark.
    pub fn finish(mut self) -> Vec<Inline> {
        for frame in self.open {
            unmark(&mut self.done, frame);
        }
        self.done
    }

    fn top(&mut self) -> &mut Vec<Inline> {
        match self.open.back_mut() {
            Some(frame) => &mut frame.inlines,
            None => &mut self.done,
        }
    }

    /// Closes the nearest that fits and says how much of the mark that took. What was opened inside it and is still open was no mark.
    fn close(&mut self, sign: char, count: usize) -> Option<usize> {
        let fits = |frame: &Frame| frame.sign == sign && (frame.count == count || frame.count == 3 || count == 3);
        let at = self.open.iter().rposition(fits)?;
        let inner: Vec<Frame> = self.open.drain(at + 1..).collect();
        let mut frame = self.open.pop_back()?;
        for one in inner {
            unmark(&mut frame.inlines, one);
        }
        let taken = frame.count.min(count);
        let inlines = std::mem::take(&mut frame.inlines);
        let whole = match (sign, taken) {
            ('~', _) => Inline::Strike { inlines },
            ('|', _) => Inline::Spoiler { inlines },
            (_, 1) => Inline::Italic { inlines },
            (_, 2) => Inline::Bold { inlines },
            _ => Inline::Bold { inlines: vec![Inline::Italic { inlines }] },
        };
        if frame.count > taken {
            frame.count -= taken;
            frame.inlines.push(whole);
            self.open.push_back(frame);
        } else {
            self.push(whole);
        }
        Some(taken)
    }
}

/// A mark that was none: its signs, then what came since.
fn unmark(into: &mut Vec<Inline>, frame: Frame) {
    push_text(into, &frame.sign.to_string().repeat(frame.count));
    for inline in frame.inlines {
        match inline {
            Inline::Text { text } => push_text(into, &text),
            other => into.push(other),
        }
    }
}

fn push_text(into: &mut Vec<Inline>, text: &str) {
    match into.last_mut() {
        Some(Inline::Text { text: last }) => last.push_str(text),
        _ => into.push(Inline::text(text)),
    }
}

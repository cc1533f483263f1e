//! What the frames of a scroll say: how long each took, and whether anything moved that was not scrolled.

use serde::Deserialize;

/// Less is not seen, or is a fraction that was rounded.
const VISIBLE_PX: f64 = 2.0;
/// Where scrolling has a thread of its own, the page may hear of a notch some frames after it has moved.
const HEARD_LATE: usize = 3;
/// Frames without a notch or a movement: whatever was still to be scrolled is not going to be.
pub(super) const AT_REST: u32 = 30;

/// One frame as it was painted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
pub struct Frame {
    /// When it began, in ms.
    pub began: f64,
    /// How far the wheel was turned since the one before: up is positive, as it moves what is shown down.
    pub turned: f64,
    /// How far the row under the pointer moved down since then, in pixels.
    pub moved: f64,
    /// That row is not in the page any more.
    pub lost: bool,
    /// How far it is scrolled.
    pub top: f64,
    /// It could be scrolled no further one way: what is turned beyond goes nowhere.
    pub edge: bool,
}

/// How long the frames took in which anything was turned or moved, in ms.
pub fn intervals(frames: &[Frame]) -> impl Iterator<Item = f64> {
    frames.windows(2).filter_map(|pair| match pair {
        [before, now] if now.turned != 0.0 || now.moved != 0.0 || now.top != before.top => Some(now.began - before.began),
        _ => None,
    })
}

/// Pixels that a row moves for each that the wheel says, of a scroll in which nothing came; `None` when nothing moved.
pub fn scale(frames: &[Frame]) -> Option<f64> {
    let (moved, turned) = sums(frames);
    (moved * turned > 0.0).then(|| moved / turned)
}

/// How often the row under the pointer was gone, or moved otherwise than the wheel was turned: the wrong way, or further.
pub fn jumps(frames: &[Frame], scale: f64) -> usize {
    let (mut jumps, mut rest) = (0, 0);
    // Pixels that were turned and not yet scrolled, either way.
    let (mut down, mut up) = (0.0, 0.0);
    for (at, frame) in frames.iter().enumerate() {
        let turned = frame.turned * scale;
        down += turned.max(0.0);
        up += (-turned).max(0.0);
        let late = |way: f64| frames.iter().skip(at + 1).take(HEARD_LATE).map(|later| (later.turned * scale * way).max(0.0)).sum::<f64>();
        let most = (down + late(1.0)).max(0.0) + VISIBLE_PX;
        let least = -(up + late(-1.0)).max(0.0) - VISIBLE_PX;
        if frame.lost || frame.moved > most || frame.moved < least {
            jumps += 1;
        } else if frame.moved > 0.0 {
            down -= frame.moved;
        } else {
            up += frame.moved;
        }
        rest = if frame.turned == 0.0 && frame.moved == 0.0 { rest + 1 } else { 0 };
        if rest >= AT_REST || frame.edge {
            (down, up) = (0.0, 0.0);
        }
    }
    jumps
}

/// How far the row ended from where the wheel put it, in pixels, once all is at rest: what [`jumps`] of less than a notch add up to.
/// `None` where that cannot be said, at an end of what can be scrolled.
pub fn drift(frames: &[Frame], scale: f64) -> Option<f64> {
    let (moved, turned) = sums(frames);
    (!frames.iter().any(|frame| frame.edge || frame.lost)).then(|| (moved - turned * scale).abs())
}

fn sums(frames: &[Frame]) -> (f64, f64) {
    frames.iter().fold((0.0, 0.0), |(moved, turned), frame| (moved + frame.moved, turned + frame.turned))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames(turned_and_moved: &[(f64, f64)]) -> Vec<Frame> {
        let frame = |(at, &(turned, moved)): (usize, &(f64, f64))| Frame { began: at as f64 * 16.0, turned, moved, ..Frame::default() };
        turned_and_moved.iter().enumerate().map(frame).collect()
    }

    #[test]
    fn what_is_scrolled_is_no_jump_however_smoothly_or_late() {
        assert_eq!(jumps(&frames(&[(50.0, 50.0), (0.0, 0.0), (50.0, 50.0)]), 1.0), 0);
        assert_eq!(jumps(&frames(&[(50.0, 10.0), (0.0, 20.0), (0.0, 20.0)]), 1.0), 0);
        assert_eq!(jumps(&frames(&[(0.0, 50.0), (50.0, 0.0)]), 1.0), 0);
        assert_eq!(jumps(&frames(&[(50.0, 100.0), (-50.0, -100.0)]), 2.0), 0);
    }

    #[test]
    fn a_page_that_pushes_the_row_is_a_jump() {
        assert_eq!(jumps(&frames(&[(50.0, 50.0), (0.0, 2700.0), (50.0, 50.0)]), 1.0), 1);
        assert_eq!(jumps(&frames(&[(50.0, 50.0), (0.0, -40.0), (0.0, 40.0)]), 1.0), 2);
        assert_eq!(jumps(&frames(&[(0.0, 3.0)]), 1.0), 1);
        assert_eq!(jumps(&[Frame { lost: true, ..Frame::default() }], 1.0), 1);
    }

    #[test]
    fn what_was_turned_at_an_end_or_long_ago_excuses_nothing() {
        let mut late = vec![(50.0, 0.0)];
        late.extend([(0.0, 0.0); 40]);
        late.push((0.0, 50.0));
        assert_eq!(jumps(&frames(&late), 1.0), 1);
        let edge = Frame { turned: 50.0, edge: true, ..Frame::default() };
        assert_eq!(jumps(&[edge, Frame { moved: 50.0, ..Frame::default() }], 1.0), 1);
    }

    #[test]
    fn a_scroll_is_measured_by_another_in_which_nothing_came() {
        assert_eq!(scale(&frames(&[(50.0, 0.0), (50.0, 75.0), (0.0, 75.0)])), Some(1.5));
        assert_eq!(scale(&frames(&[(50.0, 0.0)])), None);
        assert_eq!(drift(&frames(&[(50.0, 50.0), (50.0, 60.0)]), 1.0), Some(10.0));
        assert_eq!(drift(&[Frame { edge: true, ..Frame::default() }], 1.0), None);
    }

    #[test]
    fn frames_in_which_nothing_happens_are_nobodys_wait() {
        let mut shown = frames(&[(0.0, 0.0), (0.0, 0.0), (50.0, 50.0), (0.0, 0.0), (0.0, 0.0)]);
        if let Some(frame) = shown.get_mut(4) {
            (frame.began, frame.top) = (100.0, 7.0);
        }
        assert_eq!(intervals(&shown).collect::<Vec<_>>(), [16.0, 52.0]);
    }
}

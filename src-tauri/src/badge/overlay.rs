//! What stands on the icon in Windows' taskbar, drawn: the system has a place of 16 points for a picture there, and none for a number.

use tauri::image::Image;

/// Twice the points, for screens that are that fine.
const SIDE: u32 = 32;
/// `--accent` of the page's tokens, on light ground.
const GROUND: [u8; 3] = [0xc2, 0x41, 0x0c];

/// How many there are, in the two letters that can be read there.
pub fn number(number: u32) -> String {
    if number > 9 { "9+".into() } else { number.to_string() }
}

/// A disc with these letters.
pub fn drawn(sign: &str) -> Image<'static> {
    let letters: Vec<[u8; 5]> = sign.chars().map(letter).collect();
    // One letter has room to be greater than two.
    let dot = if letters.len() > 1 { 3 } else { 4 };
    let count = u32::try_from(letters.len()).unwrap_or(1);
    let (width, height) = ((count * 4).saturating_sub(1) * dot, 5 * dot);
    let (left, top) = ((SIDE.saturating_sub(width)) / 2, (SIDE.saturating_sub(height)) / 2);
    let is_ink = |x: u32, y: u32| {
        let (Some(x), Some(y)) = (x.checked_sub(left), y.checked_sub(top)) else { return false };
        let (column, row) = (x / dot, y / dot);
        let lines = usize::try_from(column / 4).ok().and_then(|at| letters.get(at));
        let line = lines.and_then(|lines| lines.get(usize::try_from(row).ok()?));
        line.is_some_and(|line| column % 4 < 3 && (line >> (2 - column % 4)) & 1 == 1)
    };
    let mut pixels = Vec::new();
    for y in 0..SIDE {
        for x in 0..SIDE {
            let [red, green, blue] = if is_ink(x, y) { [255; 3] } else { GROUND };
            pixels.extend([red, green, blue, covered(x, y)]);
        }
    }
    Image::new_owned(pixels, SIDE, SIDE)
}

/// How much of a pixel the disc covers: its edge is soft.
fn covered(x: u32, y: u32) -> u8 {
    let half = f64::from(SIDE) / 2.0;
    let (across, down) = (f64::from(x) + 0.5 - half, f64::from(y) + 0.5 - half);
    let inside = (half - across.hypot(down) + 0.5).clamp(0.0, 1.0);
    (inside * 255.0) as u8
}

/// Five lines of three dots.
fn letter(letter: char) -> [u8; 5] {
    match letter {
        '0' => [0b111, 0b101, 0b101, 0b101, 0b111],
        '1' => [0b010, 0b110, 0b010, 0b010, 0b111],
        '2' => [0b111, 0b001, 0b111, 0b100, 0b111],
        '3' => [0b111, 0b001, 0b111, 0b001, 0b111],
        '4' => [0b101, 0b101, 0b111, 0b001, 0b001],
        '5' => [0b111, 0b100, 0b111, 0b001, 0b111],
        '6' => [0b111, 0b100, 0b111, 0b101, 0b111],
        '7' => [0b111, 0b001, 0b010, 0b010, 0b010],
        '8' => [0b111, 0b101, 0b111, 0b101, 0b111],
        '9' => [0b111, 0b101, 0b111, 0b001, 0b111],
        '+' => [0b000, 0b010, 0b111, 0b010, 0b000],
        '!' => [0b010, 0b010, 0b010, 0b000, 0b010],
        // The disc alone is the dot.
        _ => [0; 5],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_is_another_picture() {
        let mut seen: Vec<Vec<u8>> = Vec::new();
        for sign in ["•", "!", "9+"].into_iter().map(str::to_owned).chain((1..=9).map(number)) {
            let picture = drawn(&sign);
            assert_eq!((picture.width(), picture.height()), (32, 32));
            assert!(!seen.contains(&picture.rgba().to_vec()), "{sign}");
            seen.push(picture.rgba().to_vec());
        }
        assert_eq!([number(9), number(10), number(1_000)], ["9", "9+", "9+"]);
    }

    #[test]
    fn the_corners_are_empty_and_the_middle_is_full() {
        let picture = drawn("•");
        let alpha = |x: usize, y: usize| picture.rgba().get((y * 32 + x) * 4 + 3).copied();
        assert_eq!([alpha(0, 0), alpha(31, 31), alpha(16, 16)], [Some(0), Some(0), Some(255)]);
    }
}

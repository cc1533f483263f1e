//! Bytes that change while nobody looks.

use crate::dice::Dice;
use anyhow::{Context as _, Result};
use std::{fs::File, os::unix::fs::FileExt as _, path::Path};

const SECTOR: u64 = 512;

/// Damages one place of a file and says what was done.
///
/// # Errors
/// The file is empty or cannot be written.
pub fn damage(path: &Path, dice: &mut Dice) -> Result<String> {
    let file = File::options().read(true).write(true).open(path)?;
    let length = file.metadata()?.len();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let at = if length == 0 { None } else { Some(dice.below(length)) }.with_context(|| format!("{name} is empty"))?;
    if dice.percent(60) {
        let mut byte = [0];
        file.read_exact_at(&mut byte, at)?;
        let bit = dice.below(8);
        file.write_all_at(&[byte[0] ^ (1 << bit)], at)?;
        return Ok(format!("bit {bit} of byte {at} of {name} flipped"));
    }
    let from = at / SECTOR * SECTOR;
    let size = SECTOR.min(length - from);
    let torn: Vec<u8> = if dice.percent(50) { vec![0; size as usize] } else { (0..size).map(|_| dice.below(256) as u8).collect() };
    file.write_all_at(&torn, from)?;
    Ok(format!("{size} bytes of {name} torn at {from}"))
}

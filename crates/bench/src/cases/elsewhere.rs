//! In place of the cases that open real windows, where nobody drives them.

use crate::{Bench, Figure};
use anyhow::{Result, bail};

pub async fn run(_bench: &Bench) -> Result<Vec<Figure>> {
    bail!("the real windows are driven on Linux only")
}

//! The figures as a table for people and as JSON for programs.

use crate::{Figure, Limits, Scale};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct Report {
    scale: Scale,
    limits: Limits,
    figures: Vec<Entry>,
}

#[derive(Debug, Serialize)]
struct Entry {
    case: &'static str,
    #[serde(flatten)]
    figure: Figure,
    /// How many times the limit is better.
    ratio: Option<f64>,
    met: Option<bool>,
}

impl Report {
    pub fn new(scale: Scale, limits: Limits) -> Self {
        Self { scale, limits, figures: Vec::new() }
    }

    pub fn add(&mut self, case: &'static str, figures: Vec<Figure>) {
        let entry = |figure: Figure| Entry { case, ratio: figure.ratio(), met: figure.met(), figure };
        self.figures.extend(figures.into_iter().map(entry));
    }

    /// Every figure with the name of its case.
    pub fn figures(&self) -> impl Iterator<Item = (&'static str, &Figure)> {
        self.figures.iter().map(|entry| (entry.case, &entry.figure))
    }

    pub fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self)
    }

    pub fn table(&self) -> String {
        let mut rows = vec![["case", "figure", "measured", "limit of this run", "ratio", "goal", "CPU s"].map(str::to_owned).to_vec()];
        for Entry { case, figure, ratio, met } in &self.figures {
            let goal = figure.goal.map_or_else(String::new, |goal| {
                let mark = if *met == Some(true) { "met" } else { "MISSED" };
                format!("{} {mark}", number(goal))
            });
            rows.push(vec![
                (*case).to_owned(),
                figure.name.clone(),
                format!("{} {}", number(figure.value), figure.unit),
                figure.limit.as_ref().map_or_else(String::new, |limit| format!("{} ({})", number(limit.value), limit.what)),
                ratio.map_or_else(String::new, |ratio| format!("{} x", number(ratio))),
                goal,
                figure.cpu_s.map_or_else(String::new, number),
            ]);
        }
        aligned(&rows)
    }
}

/// Columns as wide as their widest cell.
fn aligned(rows: &[Vec<String>]) -> String {
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0);
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        cells.join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Three digits that count, no more.
fn number(value: f64) -> String {
    let size = value.abs();
    if size >= 100.0 {
        format!("{value:.0}")
    } else if size >= 10.0 {
        format!("{value:.1}")
    } else if size >= 1.0 {
        format!("{value:.2}")
    } else if size >= 0.01 {
        format!("{value:.3}")
    } else {
        format!("{value:.5}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_says_what_was_missed() {
        let mut report = Report::new(Scale::Tiny, Limits::default());
        report.add("apply", vec![Figure::higher("rows", 1234.5, "rows/s").limit("insert", 2469.0).goal(2000.0)]);
        let table = report.table();
        assert!(table.contains("1234 rows/s") || table.contains("1235 rows/s"), "{table}");
        assert!(table.contains("2.00 x") && table.contains("2000 MISSED"), "{table}");
    }
}

//! A measured figure with what it is to be compared with.

use serde::Serialize;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    Higher,
    Lower,
}

/// What this machine can do at best, measured in the same run.
#[derive(Clone, Debug, Serialize)]
pub struct Limit {
    pub what: &'static str,
    /// In the figure's unit.
    pub value: f64,
}

#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    pub name: String,
    pub value: f64,
    pub unit: &'static str,
    pub better: Better,
    /// CPU seconds of the process under test in the measured part.
    pub cpu_s: Option<f64>,
    pub limit: Option<Limit>,
    /// What is to be reached, in the figure's unit.
    pub goal: Option<f64>,
    /// How it went, where that is more than one number: seconds since it began, and what was measured then.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub series: Vec<(f64, f64)>,
}

impl Figure {
    pub fn higher(name: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self { name: name.into(), value, unit, better: Better::Higher, cpu_s: None, limit: None, goal: None, series: vec![] }
    }

    pub fn lower(name: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self { better: Better::Lower, ..Self::higher(name, value, unit) }
    }

    pub fn cpu(mut self, seconds: Option<f64>) -> Self {
        self.cpu_s = seconds;
        self
    }

    pub fn limit(mut self, what: &'static str, value: f64) -> Self {
        self.limit = Some(Limit { what, value });
        self
    }

    pub fn goal(mut self, goal: impl Into<Option<f64>>) -> Self {
        self.goal = goal.into();
        self
    }

    pub fn series(mut self, series: Vec<(f64, f64)>) -> Self {
        self.series = series;
        self
    }

    /// How many times the limit is better; 1 would be perfect.
    pub fn ratio(&self) -> Option<f64> {
        let limit = self.limit.as_ref()?.value;
        Some(match self.better {
            Better::Higher => limit / self.value,
            Better::Lower => self.value / limit,
        })
    }

    pub fn met(&self) -> Option<bool> {
        let goal = self.goal?;
        Some(match self.better {
            Better::Higher => self.value >= goal,
            Better::Lower => self.value <= goal,
        })
    }
}

/// The middle of measurements; 0 of none.
pub fn median(measured: impl IntoIterator<Item = f64>) -> f64 {
    percentile(measured, 0.5)
}

/// `at` from 0 to 1: so much of the measurements is at or below the result.
pub fn percentile(measured: impl IntoIterator<Item = f64>, at: f64) -> f64 {
    let mut sorted: Vec<f64> = measured.into_iter().collect();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    sorted.get((last as f64 * at).round() as usize).copied().unwrap_or_default()
}

/// How steep the straight line through points is that misses them least; 0 of fewer than two.
#[cfg(any(test, target_os = "linux"))]
pub fn slope(points: &[(f64, f64)]) -> f64 {
    let count = points.len().max(1) as f64;
    let (x, y) = points.iter().fold((0.0, 0.0), |(x, y), point| (x + point.0 / count, y + point.1 / count));
    let (up, along) = points.iter().fold((0.0, 0.0), |(up, along), point| {
        let away = point.0 - x;
        (up + away * (point.1 - y), along + away * away)
    });
    if along > 0.0 { up / along } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_and_goals_know_which_way_is_better() {
        let fast = Figure::higher("rows", 50.0, "rows/s").limit("insert", 100.0).goal(40.0);
        assert_eq!((fast.ratio(), fast.met()), (Some(2.0), Some(true)));
        let slow = Figure::lower("wait", 50.0, "ms").limit("fsync", 10.0).goal(40.0);
        assert_eq!((slow.ratio(), slow.met()), (Some(5.0), Some(false)));
        assert_eq!(Figure::lower("alone", 1.0, "ms").met(), None);
    }

    #[test]
    fn the_middle_of_many_and_of_none() {
        assert_eq!(median([3.0, 1.0, 2.0]), 2.0);
        assert_eq!(percentile((0..=100).map(f64::from), 0.99), 99.0);
        assert_eq!(median([]), 0.0);
    }

    #[test]
    fn what_keeps_growing_has_a_slope() {
        assert!((slope(&[(0.0, 1.0), (1.0, 3.0), (2.0, 5.0)]) - 2.0).abs() < 1e-9);
        assert!(slope(&[(0.0, 4.0), (1.0, 6.0), (2.0, 4.0)]).abs() < 1e-9);
        assert_eq!((slope(&[]), slope(&[(5.0, 5.0)])), (0.0, 0.0));
    }
}

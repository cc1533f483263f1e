//! How much work a run does.

use clap::ValueEnum;
use serde::Serialize;

/// `Full` has the shapes that the goals are given for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// Seconds: shows that everything runs. Its figures mean nothing.
    Tiny,
    /// Minutes.
    Small,
    Full,
}

impl Scale {
    /// One of three amounts.
    pub fn of<T>(self, tiny: T, small: T, full: T) -> T {
        match self {
            Self::Tiny => tiny,
            Self::Small => small,
            Self::Full => full,
        }
    }

    /// A goal that is given for the full amount alone.
    pub fn full_goal(self, goal: f64) -> Option<f64> {
        (self == Self::Full).then_some(goal)
    }
}

//! Days as people write them, where they are.

use hearth_protocol::Millis;
use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// What time it is where the person is.
#[derive(Clone, Debug)]
pub struct LocalTime {
    now: Millis,
    zone: TimeZone,
}

/// A day of a person's calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// As it is written: 2026-01-31.
    pub date: String,
    /// When it begins there.
    pub from: Millis,
    /// When the next one begins.
    pub until: Millis,
}

const TODAY: &str = "today";
const YESTERDAY: &str = "yesterday";
/// As long as a date is when it is written out.
const DATE_CHARS: usize = 10;

impl LocalTime {
    /// In this computer's zone.
    pub fn here(now: Millis) -> Self {
        Self { now, zone: TimeZone::system() }
    }

    pub fn utc(now: Millis) -> Self {
        Self { now, zone: TimeZone::UTC }
    }

    /// The day that a text names: `2026-01-31`, `today` or `yesterday`.
    pub(crate) fn day(&self, text: &str) -> Option<Day> {
        let date = match text.to_ascii_lowercase().as_str() {
            TODAY => self.today()?,
            YESTERDAY => self.today()?.yesterday().ok()?,
            _ => written(text)?,
        };
        Some(Day { date: date.to_string(), from: self.begin(date)?, until: self.begin(date.tomorrow().ok()?)? })
    }

    fn today(&self) -> Option<Date> {
        Some(Timestamp::from_millisecond(self.now).ok()?.to_zoned(self.zone.clone()).date())
    }

    /// The first moment of a day, which is no midnight where the clocks go forward just then.
    fn begin(&self, date: Date) -> Option<Millis> {
        Some(date.to_zoned(self.zone.clone()).ok()?.timestamp().as_millisecond())
    }
}

/// Whether more letters could make a day of it.
pub(crate) fn begins_a_day(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let number = text.chars().all(|c| c.is_ascii_digit() || c == '-') && text.len() < DATE_CHARS;
    number || TODAY.starts_with(&lower) || YESTERDAY.starts_with(&lower)
}

/// Year, month and day in the order in which nobody mistakes them; the zeros may be left out.
fn written(text: &str) -> Option<Date> {
    let mut numbers = text.split('-');
    let (year, month, day) = (numbers.next()?, numbers.next()?, numbers.next()?);
    let short = |number: &str| matches!(number.len(), 1 | 2);
    let digits = text.chars().all(|c| c.is_ascii_digit() || c == '-');
    if !digits || numbers.next().is_some() || year.len() != 4 || !short(month) || !short(day) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const HOUR: Millis = 60 * 60 * 1_000;
    /// 2026-03-29T00:30:00Z
    const NIGHT: Millis = 1_774_744_200_000;

    /// The rules are spelled out: what a computer knows of places changes.
    fn day(rules: &str, text: &str) -> (String, Millis) {
        let day = LocalTime { now: NIGHT, zone: TimeZone::posix(rules).unwrap() }.day(text).unwrap();
        (day.date, (day.until - day.from) / HOUR)
    }

    #[test]
    fn a_day_is_the_persons_own() {
        assert_eq!(LocalTime::utc(NIGHT).day("2026-03-29").unwrap().from, NIGHT - HOUR / 2);
        assert_eq!(day("UTC0", "today"), ("2026-03-29".into(), 24));
        assert_eq!(day("EST5EDT,M3.2.0,M11.1.0", "Today"), ("2026-03-28".into(), 24));
        assert_eq!(day("JST-9", "YESTERDAY"), ("2026-03-28".into(), 24));
    }

    #[test]
    fn days_on_which_the_clocks_change_are_shorter_or_longer() {
        assert_eq!(day("CET-1CEST,M3.5.0,M10.5.0/3", "today"), ("2026-03-29".into(), 23));
        assert_eq!(day("CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-25"), ("2026-10-25".into(), 25));
        // There the day began at one o'clock.
        assert_eq!(day("<-03>3<-02>,M11.1.0/0,M2.3.0/0", "2018-11-04"), ("2018-11-04".into(), 23));
    }

    #[test]
    fn what_is_no_day_is_none() {
        let utc = LocalTime::utc(NIGHT);
        assert_eq!(utc.day("2026-1-5").unwrap().date, "2026-01-05");
        let wrong = [
            "",
            "2026",
            "2026-01",
            "2026-13-01",
            "2026-02-30",
            "31.01.2026",
            "01-31-2026",
            "2026-001-01",
            "2026-01-01-01",
            "26-01-01",
            "--",
            "२०२६-०१-०१",
            "9999-12-31",
            "tomorrow",
            "tod",
        ];
        for text in wrong {
            assert_eq!(utc.day(text), None, "{text:?}");
        }
        for text in ["", "t", "Yester", "2", "2026-", "2026-1", "2026-01-3"] {
            assert!(begins_a_day(text), "{text:?}");
        }
        for text in ["x", "31.", "2026-13-99", "todayx"] {
            assert!(!begins_a_day(text), "{text:?}");
        }
    }

    #[test]
    fn no_clock_is_an_error() {
        for now in [Millis::MIN, -1, 0, Millis::MAX] {
            let _ = LocalTime::utc(now).day("today");
        }
        assert_eq!(LocalTime::utc(Millis::MAX).day("today"), None);
    }
}

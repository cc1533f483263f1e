//! The hours in which somebody wants no notifications: by the clock on the wall where they are, whatever summer time does.

use crate::view::QuietHours;
use hearth_protocol::Millis;
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

/// Whether they are now.
pub fn is_quiet_hour(hours: &QuietHours, now: Millis) -> bool {
    if !hours.on {
        return false;
    }
    // Whose zone this computer does not know is where the computer is.
    let zone = hours.zone.as_deref().and_then(|name| TimeZone::get(name).ok()).unwrap_or_else(TimeZone::system);
    Timestamp::from_millisecond(now).is_ok_and(|at| is_within(hours, zone.to_datetime(at)))
}

fn is_within(hours: &QuietHours, at: DateTime) -> bool {
    let minute = u16::try_from(i32::from(at.hour()) * 60 + i32::from(at.minute())).unwrap_or_default();
    let begins_on = |day: jiff::civil::Weekday| u8::try_from(day.to_monday_one_offset()).is_ok_and(|day| hours.days.contains(&day));
    let (today, yesterday) = (at.weekday(), at.weekday().previous());
    if hours.from < hours.to {
        return begins_on(today) && (hours.from..hours.to).contains(&minute);
    }
    (begins_on(today) && minute >= hours.from) || (begins_on(yesterday) && minute < hours.to)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn hours(from: u16, to: u16, days: &[u8]) -> QuietHours {
        QuietHours { on: true, from, to, days: days.to_vec(), zone: Some("Europe/Berlin".into()) }
    }

    fn at(moment: &str) -> Millis {
        moment.parse::<Timestamp>().unwrap().as_millisecond()
    }

    #[test]
    fn they_begin_on_their_days_and_go_on_past_midnight() {
        // 2026-03-06 is a Friday; Berlin is one hour ahead.
        let friday_night = hours(22 * 60, 7 * 60, &[5]);
        for (moment, quiet) in [
            ("2026-03-06T20:59:59Z", false),
            ("2026-03-06T21:00:00Z", true),
            ("2026-03-07T05:59:59Z", true),
            ("2026-03-07T06:00:00Z", false),
            ("2026-03-07T21:30:00Z", false),
            ("2026-03-06T05:00:00Z", false),
        ] {
            assert_eq!(is_quiet_hour(&friday_night, at(moment)), quiet, "{moment}");
        }
        assert!(!is_quiet_hour(&QuietHours { on: false, ..friday_night }, at("2026-03-06T21:00:00Z")));
    }

    #[test]
    fn the_clock_on_the_wall_counts_in_its_zone() {
        let noon = |zone: &str| QuietHours { zone: Some(zone.into()), ..hours(12 * 60, 13 * 60, &[1, 2, 3, 4, 5, 6, 7]) };
        // Summer time begins in Berlin on 2026-03-29.
        for (zone, moment, quiet) in [
            ("Europe/Berlin", "2026-03-28T11:30:00Z", true),
            ("Europe/Berlin", "2026-03-29T11:30:00Z", false),
            ("Europe/Berlin", "2026-03-29T10:30:00Z", true),
            ("Asia/Kolkata", "2026-03-29T06:30:00Z", true),
            ("Asia/Kolkata", "2026-03-29T06:29:59Z", false),
        ] {
            assert_eq!(is_quiet_hour(&noon(zone), at(moment)), quiet, "{zone} {moment}");
        }
    }

    /// Every minute of a week, against the hours laid out one after the other.
    #[test]
    fn each_minute_of_a_week_is_in_them_or_not_as_they_were_laid_out() {
        let monday = jiff::civil::date(2026, 3, 2).at(0, 0, 0, 0);
        let edges = [0_u16, 1, 7 * 60, 12 * 60, 22 * 60, 24 * 60 - 1];
        for from in edges {
            for to in edges {
                for days in [vec![], vec![1], vec![7], vec![2, 4], (1..=7).collect::<Vec<u8>>()] {
                    let hours = hours(from, to, &days);
                    let length = if from < to { to - from } else { 24 * 60 - from + to };
                    let mut quiet = vec![false; 7 * 24 * 60];
                    for day in &days {
                        let begin = usize::from(day - 1) * 24 * 60 + usize::from(from);
                        for minute in begin..begin + usize::from(length) {
                            quiet[minute % (7 * 24 * 60)] = true;
                        }
                    }
                    for (minute, quiet) in quiet.iter().enumerate() {
                        let at = monday + jiff::Span::new().minutes(i64::try_from(minute).unwrap());
                        assert_eq!(is_within(&hours, at), *quiet, "{hours:?} {at}");
                    }
                }
            }
        }
    }
}

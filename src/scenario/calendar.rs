//! Drill time as the fiction's date and time of day.
//!
//! The zone's rules are embedded, so the same script shows the same times on
//! every machine, also across a change to summer time.

use jiff::civil::{DateTime, Time, Weekday};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp, ToSpan, ZonedDateTime};
use tr::tr;

use super::model::{Deadline, Scenario};
use super::time::SimTime;
use crate::speech::{Language, label, language, noted};

/// The days of the week, and how they are written in short.
const WEEKDAYS: [(&str, &str); 7] = [
    (noted!("Monday"), noted!("Mon")),
    (noted!("Tuesday"), noted!("Tue")),
    (noted!("Wednesday"), noted!("Wed")),
    (noted!("Thursday"), noted!("Thu")),
    (noted!("Friday"), noted!("Fri")),
    (noted!("Saturday"), noted!("Sat")),
    (noted!("Sunday"), noted!("Sun")),
];

const MONTHS: [&str; 12] = [
    noted!("January"),
    noted!("February"),
    noted!("March"),
    noted!("April"),
    noted!("May"),
    noted!("June"),
    noted!("July"),
    noted!("August"),
    noted!("September"),
    noted!("October"),
    noted!("November"),
    noted!("December"),
];

/// The fiction's calendar.
#[derive(Clone, Debug)]
pub struct Calendar {
    startex: ZonedDateTime,
}

impl Calendar {
    /// The calendar of a scenario.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        Self::new(&scenario.clock.startex, &scenario.clock.zone).expect("checked: `load` read it")
    }

    /// Reads `2026-03-06 15:40` in an IANA zone.
    ///
    /// # Errors
    /// A sentence fragment that says which of the two cannot be read, and how it is written.
    pub(super) fn new(startex: &str, zone: &str) -> Result<Self, String> {
        let civil = DateTime::strptime("%Y-%m-%d %H:%M", startex).map_err(|_| {
            if is_shaped(startex) {
                "the form is right, but no calendar and no clock shows this".to_owned()
            } else {
                "a date and time is written like `2026-03-06 15:40`".to_owned()
            }
        })?;
        let tz = TimeZone::get(zone)
            .map_err(|_| format!("no time zone is called `{zone}`; write one like `Europe/Berlin`"))?;
        let moment = tz.to_ambiguous_zoned_datetime(civil);
        match moment.offset() {
            AmbiguousOffset::Unambiguous { .. } => {}
            AmbiguousOffset::Gap { .. } => {
                return Err(format!(
                    "clocks in `{zone}` are put forward and skip this time; begin before or after"
                ));
            }
            AmbiguousOffset::Fold { .. } => {
                return Err(format!(
                    "clocks in `{zone}` are put back and show this time twice; begin before or after"
                ));
            }
        }
        let startex = moment.compatible().map_err(|_| "that date is out of range".to_owned())?;
        Ok(Self { startex })
    }

    fn at(&self, moment: SimTime) -> ZonedDateTime {
        self.startex
            .checked_add(SignedDuration::from_secs(i64::from(moment.0)))
            .unwrap_or_else(|_| Timestamp::MAX.to_zoned_datetime(TimeZone::UTC))
    }

    /// When a clock that starts at `start` is due.
    ///
    /// [`Deadline::Within`] counts time as it passes. The others leave the day of the
    /// start uncounted and end with the last second of their last day in the script's
    /// zone; business days are Monday to Friday, and public holidays are not modelled.
    #[must_use]
    pub fn due(&self, start: SimTime, deadline: Deadline) -> SimTime {
        let day = self.at(start).date();
        let last = match deadline {
            Deadline::Within(time) => return start + time,
            Deadline::Days(days) => day.saturating_add(i64::from(days).days()),
            Deadline::BusinessDays(days) => {
                let workdays = day
                    .series(1.days())
                    .skip(1)
                    .filter(|day| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday));
                workdays.take(days.into()).last().unwrap_or(day)
            }
            Deadline::Months(months) => day.saturating_add(i64::from(months).months()),
        };
        let midnight = last.tomorrow().ok().and_then(|day| {
            self.startex
                .time_zone()
                .to_ambiguous_zoned_datetime(day.to_datetime(Time::midnight()))
                .compatible()
                .ok()
        });
        let until = midnight.map_or(i64::from(u32::MAX), |midnight| {
            midnight.timestamp().as_second() - self.startex.timestamp().as_second() - 1
        });
        // `NEVER` is no moment.
        SimTime(u32::try_from(until.max(0)).unwrap_or(u32::MAX).min(u32::MAX - 1))
    }

    /// The day and time of day, `Monday 9 March, 08:12`.
    #[must_use]
    pub fn day_and_clock(&self, moment: SimTime) -> String {
        let (day, clock) = (self.day(moment), self.clock(moment));
        tr!("{weekday} {day} {month}, {clock}", weekday = day.0, day = day.1, month = day.2, clock)
    }

    /// Time of day, `15:52`.
    #[must_use]
    pub fn clock(&self, moment: SimTime) -> String {
        self.at(moment).strftime("%H:%M").to_string()
    }

    /// Time of day to the second, `15:52:07`.
    #[must_use]
    pub fn clock_seconds(&self, moment: SimTime) -> String {
        self.at(moment).strftime("%H:%M:%S").to_string()
    }

    /// The day, `Friday 6 March 2026`.
    #[must_use]
    pub fn date(&self, moment: SimTime) -> String {
        let (day, year) = (self.day(moment), self.at(moment).year());
        tr!("{weekday} {day} {month} {year}", weekday = day.0, day = day.1, month = day.2, year)
    }

    /// The day of the week, in short: `Fri`.
    #[must_use]
    pub fn weekday(&self, moment: SimTime) -> String {
        label(WEEKDAYS[self.weekday_row(moment)].1)
    }

    /// Day of the week, day of the month, month.
    fn day(&self, moment: SimTime) -> (String, i8, String) {
        let at = self.at(moment);
        let month = usize::try_from(at.month() - 1).unwrap_or_default();
        (label(WEEKDAYS[self.weekday_row(moment)].0), at.day(), label(MONTHS[month]))
    }

    fn weekday_row(&self, moment: SimTime) -> usize {
        usize::try_from(self.at(moment).weekday().to_monday_zero_offset()).unwrap_or_default()
    }

    /// Date and time for sorting, `2026-03-06 15:52`.
    #[must_use]
    pub fn stamp(&self, moment: SimTime) -> String {
        self.at(moment).strftime("%Y-%m-%d %H:%M").to_string()
    }
}

/// Whether a text is written like `2026-03-06 15:40`, whatever its digits say.
pub(super) fn is_shaped(text: &str) -> bool {
    let form = "0000-00-00 00:00";
    let fits = |(c, form): (u8, u8)| if form == b'0' { c.is_ascii_digit() } else { c == form };
    text.len() == form.len() && text.bytes().zip(form.bytes()).all(fits)
}

/// A wall clock's seconds since 1970 as `2026-11-23 15:02 UTC`.
#[must_use]
pub fn utc_stamp(seconds: i64) -> String {
    match Timestamp::from_second(seconds) {
        Ok(stamp) => stamp.to_zoned_datetime(TimeZone::UTC).strftime("%Y-%m-%d %H:%M UTC").to_string(),
        Err(_) => "at no time".into(),
    }
}

/// A day `2026-11-23`, or a moment `2026-11-23 15:02 UTC`, as people read it in the language spoken; what is
/// written otherwise stays as it is. In English that is how it is stored. No line ends within a date.
#[must_use]
pub fn said_date(stamp: &str) -> String {
    let (day, clock) = stamp.split_once(' ').unwrap_or((stamp, ""));
    let numbers: Vec<usize> = day.split('-').filter_map(|part| part.parse().ok()).collect();
    match (language(), &numbers[..], clock.strip_suffix(" UTC")) {
        (Language::German, [year, month, day], None) if clock.is_empty() => {
            format!("{day:02}.{month:02}.{year}")
        }
        (Language::German, [year, month @ 1..=12, day], Some(clock)) => {
            format!("{day}.\u{a0}{}\u{a0}{year}, {clock}\u{a0}Uhr (UTC)", label(MONTHS[month - 1]))
        }
        _ => stamp.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fiction_keeps_its_own_time() {
        let calendar = Calendar::new("2026-03-06 15:40", "Europe/Berlin").expect("a good date");
        assert_eq!(calendar.clock(SimTime(720)), "15:52");
        assert_eq!(calendar.date(SimTime(9 * 3_600)), "Saturday 7 March 2026");
        let summer = Calendar::new("2026-03-29 01:30", "Europe/Berlin").expect("a good date");
        assert_eq!(summer.stamp(SimTime(3_600)), "2026-03-29 03:30", "summer time begins in between");
    }

    #[test]
    fn german_days_are_german() {
        let calendar = Calendar::new("2026-03-06 15:40", "Europe/Berlin").expect("a good date");
        let said = crate::speech::speaking(crate::speech::Language::German, || {
            let at = SimTime::ZERO;
            [calendar.date(at), calendar.day_and_clock(at), calendar.weekday(at)]
        });
        assert_eq!(said, ["Freitag, 6.\u{a0}März 2026", "Freitag, 6.\u{a0}März, 15:40", "Fr"]);
        assert_eq!(calendar.weekday(SimTime::ZERO), "Fri");
        let stamps = ["2026-11-26 03:41 UTC", "2026-11-23", "at no time"];
        let said = crate::speech::speaking(crate::speech::Language::German, || stamps.map(said_date));
        assert_eq!(said, ["26.\u{a0}November\u{a0}2026, 03:41\u{a0}Uhr (UTC)", "23.11.2026", "at no time"]);
        assert_eq!(stamps.map(said_date), stamps);
    }

    #[test]
    fn deadlines_end_as_their_rule_says() {
        // A Friday afternoon.
        let calendar = Calendar::new("2026-03-06 15:40", "Europe/Berlin").expect("a good date");
        let due = |start: u32, deadline| calendar.day_and_clock(calendar.due(SimTime(start), deadline));
        let hours = Deadline::Within(SimTime(72 * 3_600));
        assert_eq!(due(720, hours), "Monday 9 March, 15:52", "hours pass on a weekend too");
        assert_eq!(due(720, Deadline::Days(3)), "Monday 9 March, 23:59");
        assert_eq!(due(720, Deadline::BusinessDays(1)), "Monday 9 March, 23:59");
        assert_eq!(due(720, Deadline::BusinessDays(4)), "Thursday 12 March, 23:59");
        assert_eq!(due(24 * 3_600, Deadline::BusinessDays(1)), "Monday 9 March, 23:59", "from a Saturday");
        assert_eq!(due(9 * 3_600, Deadline::Days(1)), "Sunday 8 March, 23:59", "it starts after midnight");
        assert_eq!(due(720, Deadline::Months(1)), "Monday 6 April, 23:59", "across a change of the clocks");
        let january = Calendar::new("2026-01-31 10:00", "Asia/Tokyo").expect("a good date");
        let due = january.due(SimTime::ZERO, Deadline::Months(1));
        assert_eq!(january.day_and_clock(due), "Saturday 28 February, 23:59", "a month without that day");
        assert_eq!(january.due(SimTime(60), Deadline::Within(SimTime(60))), SimTime(120));
    }

    #[test]
    fn what_cannot_be_read_says_how_it_is_written() {
        assert!(Calendar::new("6.3.2026", "Europe/Berlin").is_err_and(|e| e.contains("2026-03-06")));
        assert!(Calendar::new("2026-02-30 09:00", "UTC").is_err_and(|e| e.contains("no calendar")));
        assert!(Calendar::new("2026-03-29 02:30", "Europe/Berlin").is_err_and(|e| e.contains("skip")));
        assert!(Calendar::new("2026-10-25 02:30", "Europe/Berlin").is_err_and(|e| e.contains("twice")));
        assert!(Calendar::new("2026-03-06 15:40", "Berlin").is_err_and(|e| e.contains("Europe/Berlin")));
    }
}

//! Drill time: whole seconds since STARTEX, written the way people write times.

use std::fmt;
use std::ops::Add;

use tr::tr;

use crate::limits::DRILL_SECONDS_MAX;
use crate::speech::{Language, language};

/// A moment or a length of drill time, in whole seconds; 0 is STARTEX.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SimTime(pub u32);

impl SimTime {
    /// STARTEX.
    pub const ZERO: Self = Self(0);
    /// Later than any moment of any drill; stands for "never".
    pub const NEVER: Self = Self(u32::MAX);

    /// Reads `"90s"`, `"25m"`, `"1h05m"`, `"72h"`, `"2d"`.
    ///
    /// # Errors
    /// A sentence fragment that says how times are written.
    pub fn parse(text: &str) -> Result<Self, String> {
        const FORM: &str = "a time is written like `90s`, `25m`, `1h05m` or `72h`";
        let mut seconds: u64 = 0;
        let mut digits = String::new();
        let mut smallest = u64::MAX;
        for letter in text.chars() {
            if letter.is_ascii_digit() && digits.len() < 9 {
                digits.push(letter);
                continue;
            }
            let unit = match letter {
                'd' => 86_400,
                'h' => 3_600,
                'm' => 60,
                's' => 1,
                _ => return Err(FORM.into()),
            };
            let count: u64 = digits.parse().map_err(|_| FORM.to_owned())?;
            if unit >= smallest {
                return Err(FORM.into());
            }
            smallest = unit;
            seconds += count * unit;
            digits.clear();
        }
        if smallest == u64::MAX || !digits.is_empty() {
            return Err(FORM.into());
        }
        match u32::try_from(seconds) {
            Ok(seconds) if seconds <= DRILL_SECONDS_MAX => Ok(Self(seconds)),
            _ => Err("a drill lasts thirty days at most".into()),
        }
    }

    /// The later moment, never wrapping; [`SimTime::NEVER`] stays never.
    #[must_use]
    pub const fn plus(self, length: Self) -> Self {
        Self(self.0.saturating_add(length.0))
    }

    /// A length as it is said to people, in the language spoken; in English as authors write it.
    #[must_use]
    pub fn said(self) -> String {
        if language() == Language::English {
            return self.to_string();
        }
        if self.0 > 259_200 && self.0.is_multiple_of(86_400) {
            return tr!("{n} d" | "{n} d" % self.0 / 86_400);
        }
        let parts = [(self.0 / 3_600, "h"), (self.0 / 60 % 60, "min"), (self.0 % 60, "s")];
        let said: Vec<String> =
            parts.iter().filter(|(many, _)| *many > 0).map(|(many, unit)| format!("{many} {unit}")).collect();
        if said.is_empty() { "0 s".into() } else { said.join(" ") }
    }

    /// How long it is from `earlier` to here; zero if it lies ahead.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Self {
        Self(self.0.saturating_sub(earlier.0))
    }

    /// The length stretched to `percent` in a hundred.
    #[must_use]
    pub fn stretched(self, percent: u16) -> Self {
        let stretched = u64::from(self.0) * u64::from(percent) / 100;
        Self(u32::try_from(stretched).unwrap_or(u32::MAX))
    }
}

impl Add for SimTime {
    type Output = Self;
    fn add(self, length: Self) -> Self {
        self.plus(length)
    }
}

/// Writes what [`SimTime::parse`] reads: `0s`, `90s` as `1m30s`, `1h05m`.
impl fmt::Display for SimTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hours, minutes, seconds) = (self.0 / 3_600, self.0 / 60 % 60, self.0 % 60);
        match (hours, minutes, seconds) {
            (0, 0, s) => write!(f, "{s}s"),
            (0, m, 0) => write!(f, "{m}m"),
            (0, m, s) => write!(f, "{m}m{s:02}s"),
            (h, 0, 0) => write!(f, "{h}h"),
            (h, m, 0) => write!(f, "{h}h{m:02}m"),
            (h, m, s) => write!(f, "{h}h{m:02}m{s:02}s"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        for (text, seconds) in
            [("0m", 0), ("90s", 90), ("25m", 1_500), ("1h05m", 3_900), ("72h", 259_200), ("2d", 172_800)]
        {
            assert_eq!(SimTime::parse(text), Ok(SimTime(seconds)), "{text}");
        }
        for bad in ["", "5", "m", "5 m", "5m1h", "5m5m", "-5m", "99999999999s", "31d", "1.5h", "5M"] {
            assert!(SimTime::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        for seconds in [0, 1, 59, 60, 61, 3_599, 3_600, 3_661, 86_400, DRILL_SECONDS_MAX] {
            let time = SimTime(seconds);
            assert_eq!(SimTime::parse(&time.to_string()), Ok(time));
        }
    }

    #[test]
    fn lengths_are_said_in_german() {
        let lengths = [0, 330, 1_980, 14_400, 259_200, 2_592_000, 3_661];
        let said = crate::speech::speaking(Language::German, || lengths.map(|l| SimTime(l).said()));
        assert_eq!(said, ["0 s", "5 min 30 s", "33 min", "4 h", "72 h", "30 Tage", "1 h 1 min 1 s"]);
        assert_eq!(SimTime(330).said(), "5m30s");
    }
}

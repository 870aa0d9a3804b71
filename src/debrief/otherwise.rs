//! What could have been: the best and the worst line, and what other choices would have changed.
//!
//! Nothing here was known during the drill. It stands apart from what was, and says so.

use serde::Serialize;

use super::decision::Decision;
use super::happened::Step;
use super::model::Moment;
use super::words::{grouped_signed, lower, points, signed};

/// The lines beside the one that was played.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Otherwise {
    /// The line that earns most.
    pub best: LineEnd,
    /// The line that earns least.
    pub worst: LineEnd,
    /// The single change that would have made most of a difference for the better.
    pub drawn: Option<Drawn>,
    /// Whether the drill was too long to try every other choice.
    pub cut: bool,
}

/// A line from STARTEX to ENDEX.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineEnd {
    /// What it earns, in millionths of a point.
    pub earned: i64,
    /// Whether it was proved that none earns more, or less.
    pub proved: bool,
    /// Title of its ending.
    pub ending: String,
    /// Whether that is a good one.
    pub good: bool,
    /// The gauges along it.
    pub gauges: Vec<Course>,
}

/// A gauge along a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Course {
    /// The gauge's name.
    pub name: String,
    /// Every reading that differs from the one before, after STARTEX.
    pub steps: Vec<Step>,
    /// At ENDEX.
    pub end: i64,
}

/// The what-if that the pictures show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Drawn {
    /// Number of the decision.
    pub decision: u16,
    /// What would have been, in a sentence.
    pub says: String,
    /// The gauges.
    pub gauges: Vec<Course>,
}

/// What would have come of another choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Other {
    /// The choice, in words.
    pub choice: String,
    /// When.
    pub at: Moment,
    /// The sentence that says it all.
    pub says: String,
    /// How many millionths of a point more all decisions would have earned; below zero if fewer.
    pub points: i64,
    /// The same without the questions that only one of the two drills asked: what choices are ranked by.
    pub alike: i64,
    /// How it would have ended, if otherwise.
    pub ending: Option<Would>,
    /// Gauges that would have ended otherwise, the most telling first.
    pub gauges: Vec<WouldRead>,
    /// Questions that would have been asked as well.
    pub asked: Vec<String>,
    /// Questions that would never have been asked.
    pub never: Vec<String>,
    /// Whether it is better than what was: more points on what both drills asked, or as many and
    /// a better world.
    pub better: bool,
}

/// Another ending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Would {
    /// Its title.
    pub title: String,
    /// Whether it is a good one.
    pub good: bool,
}

/// Another reading of a gauge at ENDEX.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WouldRead {
    /// The gauge's name.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// Its unit; may be empty.
    pub unit: String,
    /// What it read.
    pub was: i64,
    /// What it would have read.
    pub would: i64,
}

impl Decision {
    /// The other choice that is worth a sentence: the best, if it is better than what was
    /// chosen; else the one that would have cost most.
    #[must_use]
    pub fn matters(&self) -> Option<&Other> {
        self.otherwise.first().filter(|other| other.better).or(self.otherwise.last())
    }
}

impl Other {
    /// What would have been otherwise but the points, each in a few words.
    #[must_use]
    pub fn follows(&self) -> Vec<String> {
        let mut parts: Vec<String> =
            self.gauges.iter().map(|gauge| format!("{}: {}", lower(&gauge.label), gauge.words())).collect();
        parts.extend(self.ending.as_ref().map(|ending| format!("it would have ended “{}”", ending.title)));
        parts.extend(
            (self.alike != self.points)
                .then(|| format!("counting only what both drills asked, {} points", signed(self.alike))),
        );
        parts.extend(self.asked.iter().map(|asked| format!("you would have been asked “{asked}”")));
        parts.extend(self.never.iter().map(|never| format!("you would not have been asked “{never}”")));
        parts
    }

    /// `8 points more`; where questions came or went, what it is without them.
    fn worth(&self) -> Option<String> {
        let number = points(self.points.abs());
        let unit = if number == "1" { "point" } else { "points" };
        let more = |millionths: i64| if millionths > 0 { "more" } else { "fewer" };
        let all = (self.points != 0).then(|| format!("{number} {unit} {}", more(self.points)));
        let alike = match self.alike {
            0 => "none more or fewer".to_owned(),
            alike => format!("{} {}", points(alike.abs()), more(alike)),
        };
        match all {
            _ if self.alike == self.points => all,
            Some(all) => Some(format!("{all} ({alike} on what you were asked in both)")),
            None => Some(format!("as many points ({alike} on what you were asked in both)")),
        }
    }

    /// The sentence, from its beginning.
    pub(super) fn sentence(&self, had: &str) -> String {
        let gauge = self
            .gauges
            .first()
            .map(|gauge| format!("{} would have come to {}", lower(&gauge.label), gauge.words()));
        let worth = self.worth();
        let ended = self.ending.as_ref().map(|ending| format!("it would have ended “{}”", ending.title));
        let asked = || {
            let first = |asked: &[String]| asked.first().cloned();
            let more = first(&self.asked).map(|title| format!("you would have been asked “{title}”"));
            more.or(first(&self.never).map(|title| format!("you would not have been asked “{title}”")))
        };
        let rest = match (gauge, worth, ended) {
            (Some(gauge), Some(worth), Some(ended)) => format!("{gauge}: {worth}, and {ended}"),
            (Some(gauge), Some(worth), None) => format!("{gauge}: {worth}"),
            (Some(gauge), None, Some(ended)) => format!("{gauge}, and {ended}"),
            (None, Some(worth), Some(ended)) => format!("it would have been {worth}, and {ended}"),
            (None, Some(worth), None) => format!("it would have been {worth}"),
            (Some(only), None, None) | (None, None, Some(only)) => only,
            (None, None, None) => asked().unwrap_or_else(|| "nothing would have been different".into()),
        };
        format!("{had}, {rest}.")
    }
}

impl WouldRead {
    /// `14 hosts, not 212`.
    fn words(&self) -> String {
        let unit = if self.unit.is_empty() { String::new() } else { format!(" {}", self.unit) };
        format!("{}{unit}, not {}", grouped_signed(self.would), grouped_signed(self.was))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn other(points: i64) -> Other {
        Other {
            choice: "“Isolate”".into(),
            at: Moment::default(),
            says: String::new(),
            points,
            alike: points,
            ending: Some(Would { title: "Contained".into(), good: true }),
            gauges: vec![WouldRead {
                name: "hosts".into(),
                label: "Hosts encrypted".into(),
                unit: String::new(),
                was: 1_212,
                would: 14,
            }],
            asked: Vec::new(),
            never: Vec::new(),
            better: points > 0,
        }
    }

    #[test]
    fn a_sentence_says_what_differs_and_nothing_else() {
        let had = "Had you isolated at 09:20";
        assert_eq!(
            other(8_000_000).sentence(had),
            "Had you isolated at 09:20, hosts encrypted would have come to 14, not 1,212: 8 points more, and it \
             would have ended “Contained”."
        );
        let fewer = Other { gauges: Vec::new(), ending: None, ..other(-1_000_000) };
        assert_eq!(fewer.sentence(had), "Had you isolated at 09:20, it would have been 1 point fewer.");
        let asked = Other { asked: vec!["What now?".into()], points: 0, alike: 0, ..fewer };
        assert_eq!(asked.sentence(had), "Had you isolated at 09:20, you would have been asked “What now?”.");
        let led_on = Other { points: 5_000_000, alike: -2_000_000, ..asked };
        assert_eq!(
            led_on.sentence(had),
            "Had you isolated at 09:20, it would have been 5 points more (2 fewer on what you were asked in both)."
        );
    }
}

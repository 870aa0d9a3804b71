//! What could have been: the best and the worst line, and what other choices would have changed.
//!
//! Nothing here was known during the drill. It stands apart from what was, and says so.

use serde::Serialize;
use tr::tr;

use super::decision::Decision;
use super::happened::Step;
use super::model::Moment;
use super::words::{difference, inner, lower, points, quoted};
use crate::speech::grouped_signed;

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
    /// Whether it is better than what was: more points on what both drills asked and no worse a
    /// world, or as many and a better one.
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
        parts.extend(
            self.ending.as_ref().map(|ending| tr!("it would have ended “{0}”", inner(&ending.title))),
        );
        parts.extend(
            (self.alike != self.points)
                .then(|| tr!("counting only what both drills asked, {0}", difference(self.alike))),
        );
        let all = |asked: &[String]| asked.iter().map(|one| quoted(one)).collect::<Vec<_>>().join(", ");
        parts
            .extend((!self.asked.is_empty()).then(|| tr!("you would have been asked {0}", all(&self.asked))));
        parts.extend(
            (!self.never.is_empty()).then(|| tr!("you would not have been asked {0}", all(&self.never))),
        );
        parts
    }

    /// `8 points more`; where questions came or went, what it is without them.
    fn worth(&self) -> Option<String> {
        let number = points(self.points.abs());
        let all = match (number.as_str(), self.points > 0) {
            _ if self.points == 0 => None,
            ("1", true) => Some(tr!("1 point more")),
            ("1", false) => Some(tr!("1 point fewer")),
            (number, true) => Some(tr!("{0} points more", number)),
            (number, false) => Some(tr!("{0} points fewer", number)),
        };
        let alike = match self.alike {
            0 => tr!("none more or fewer"),
            more if more > 0 => tr!("{0} more", points(more)),
            fewer => tr!("{0} fewer", points(fewer.abs())),
        };
        match all {
            _ if self.alike == self.points => all,
            Some(all) => Some(tr!("{0} ({1} on what you were asked in both)", all, alike)),
            None => Some(tr!("as many points ({0} on what you were asked in both)", alike)),
        }
    }

    /// The sentence, from its beginning.
    pub(super) fn sentence(&self, had: &str) -> String {
        let gauge = self.gauges.first().map(|gauge| (lower(&gauge.label), gauge.words()));
        let ended = self.ending.as_ref().map(|ending| &ending.title);
        match (gauge, self.worth(), ended) {
            (Some((label, reads)), Some(worth), Some(ending)) => tr!(
                "{had}, {label} would have come to {reads}: {worth}, and it would have ended “{ending}”.",
                had,
                label,
                reads,
                worth,
                ending
            ),
            (Some((label, reads)), Some(worth), None) => {
                tr!("{had}, {label} would have come to {reads}: {worth}.", had, label, reads, worth)
            }
            (Some((label, reads)), None, Some(ending)) => tr!(
                "{had}, {label} would have come to {reads}, and it would have ended “{ending}”.",
                had,
                label,
                reads,
                ending
            ),
            (None, Some(worth), Some(ending)) => tr!(
                "{had}, it would have been {worth}, and it would have ended “{ending}”.",
                had,
                worth,
                ending
            ),
            (None, Some(worth), None) => tr!("{had}, it would have been {worth}.", had, worth),
            (Some((label, reads)), None, None) => {
                tr!("{had}, {label} would have come to {reads}.", had, label, reads)
            }
            (None, None, Some(ending)) => tr!("{had}, it would have ended “{ending}”.", had, ending),
            (None, None, None) => match (self.asked.first(), self.never.first()) {
                (Some(asked), _) => {
                    tr!("{had}, you would have been asked “{asked}”.", had, asked = inner(asked))
                }
                (None, Some(never)) => {
                    tr!("{had}, you would not have been asked “{never}”.", had, never = inner(never))
                }
                (None, None) => tr!("{had}, nothing would have been different.", had),
            },
        }
    }
}

impl WouldRead {
    /// `14 hosts, not 212`.
    fn words(&self) -> String {
        let unit = if self.unit.is_empty() { String::new() } else { format!(" {}", self.unit) };
        let (would, was) = (grouped_signed(self.would), grouped_signed(self.was));
        tr!("{would}{unit}, not {was}", would, unit, was)
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

    #[test]
    fn a_german_sentence_says_the_same() {
        let said = crate::speech::speaking(crate::speech::Language::German, || {
            let had = "Hätten Sie um 09:20 „Isolieren“ gewählt";
            [other(8_000_000).sentence(had), Other { alike: 0, ..other(-1_000_000) }.follows().join("; ")]
        });
        assert_eq!(
            said[0],
            "Hätten Sie um 09:20 „Isolieren“ gewählt, läge die Anzeige „Hosts encrypted“ bei 14 statt 1.212: \
             8 Punkte mehr, und am Ende stünde „Contained“."
        );
        assert_eq!(
            said[1],
            "Hosts encrypted: 14 statt 1.212; am Ende stünde „Contained“; \
             nur gezählt, was in beiden Übungen gefragt wurde: ±0 Punkte"
        );
    }
}

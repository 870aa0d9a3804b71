//! What a choice is worth: one of several, all that apply, triage.
//!
//! Pure rules over small numbers; they know neither questions nor facts.

use tr::tr;

use super::tally::Credit;
use super::worth::{Words, Worth};
use crate::scenario::{TriageTable, Truth, Verdict};
use crate::speech::{label, noted};

/// *Choose one*: the author's credit, as in a situational judgement test.
/// `by_truth` says whether that credit depends on what could be known.
pub(super) fn one<W: Words>(chosen: i16, by_truth: bool, offered: impl IntoIterator<Item = i16>) -> Worth<W> {
    let best = offered.into_iter().max().unwrap_or(chosen).max(chosen);
    let credit = Credit::percent(chosen);
    let lines = W::of(|| match by_truth {
        true => tr!("choose one: the choice made is worth {0} %, with what could be known then", credit),
        false => tr!("choose one: the choice made is worth {0} %", credit),
    });
    Worth { credit, best: Credit::percent(best), lines }
}

/// What was marked of all that could be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// How many of the key were chosen.
    pub(super) right: usize,
    /// How many make up the key.
    pub(super) keys: usize,
    /// How many others were chosen, harmful ones among them.
    pub(super) wrong: usize,
    /// How many others there are.
    pub(super) others: usize,
    /// The credits of the harmful ones that were chosen.
    pub(super) harm: Vec<i16>,
}

impl Marks {
    /// The plus/minus credit before harm: `max(0, 100·(right/keys − wrong/others))`.
    ///
    /// Betts and others 2022, Educational and Psychological Measurement 82(1),
    /// found it among the most informative for "select all that apply", and
    /// choosing nothing or everything earns nothing. Where nothing is right,
    /// leaving all of it is the full right part.
    /// `rule` is its name, noted.
    pub(super) fn plus_minus<W: Words>(&self, rule: &str) -> (Credit, W) {
        let plus = if self.keys == 0 { Credit::percent(100) } else { Credit::share(self.right, self.keys) };
        let minus = Credit::share(self.wrong, self.others);
        let credit = Credit(plus.0 - minus.0);
        let line = || {
            let marked =
                tr!("{0} of {1} right, {2} of {3} others", self.right, self.keys, self.wrong, self.others);
            let floored = if credit.0 < 0 { tr!(", not below 0: 0") } else { String::new() };
            format!("{}: {marked}: {plus} \u{2212} {minus} = {credit}{floored} %", label(rule))
        };
        (credit.max(Credit(0)), W::of(line))
    }
}

/// *Choose several*: plus/minus, and harmful choices cost their own on top.
pub(super) fn several<W: Words>(marks: &Marks) -> Worth<W> {
    let (credit, mut lines) = marks.plus_minus(noted!("choose several"));
    let credit = harmed(credit, &marks.harm, &mut lines);
    Worth { credit, best: Credit::percent(100), lines }
}

/// What harm leaves of a credit: each costs its own on top, down to −100.
pub(super) fn harmed<W: Words>(credit: Credit, harm: &[i16], lines: &mut W) -> Credit {
    if harm.is_empty() {
        return credit;
    }
    let cost = Credit(harm.iter().map(|c| -Credit::percent(*c).0).sum());
    let sum = Credit(credit.0 - cost.0);
    let left = Credit(sum.0.max(-10_000));
    lines.say(|| {
        let floored = if left == sum { String::new() } else { tr!(", not below \u{2212}100: {0}", left) };
        let sum = format!("{credit} \u{2212} {cost} = {sum}{floored}");
        tr!("harmful: {0} chosen: {1} %", harm.len(), sum)
    });
    left
}

/// *Triage*: the author's table of what was called against what could be known.
///
/// Before anything can be known, the truth is that it cannot be told.
pub(super) fn triage<W: Words>(
    table: &TriageTable,
    truth: Option<&Truth>,
    called: Option<Verdict>,
    offered: impl IntoIterator<Item = Verdict>,
) -> Worth<W> {
    let verdict = truth.map_or(Verdict::TooEarly, |t| t.verdict);
    let thin = truth.is_some_and(|t| t.thin) && verdict != Verdict::TooEarly;
    let credit = |called: Verdict| match called {
        Verdict::TooEarly if thin => table.thin,
        Verdict::Incident | Verdict::NotAnIncident | Verdict::TooEarly => {
            table.credit[verdict as usize][called as usize]
        }
    };
    let best = Credit::percent(offered.into_iter().map(credit).max().unwrap_or(0));
    let Some(called) = called else {
        return Worth { credit: Credit(0), best, lines: W::default() };
    };
    let earned = Credit::percent(credit(called));
    let lines = W::of(|| {
        let was = if thin { tr!("{0}, on thin evidence", was(verdict)) } else { was(verdict) };
        tr!("triage: called \u{201c}{0}\u{201d}; {1}: {2} %", say(called), was, earned)
    });
    Worth { credit: earned, best, lines }
}

fn say(called: Verdict) -> String {
    match called {
        Verdict::Incident => tr!("incident"),
        Verdict::NotAnIncident => tr!("not an incident"),
        Verdict::TooEarly => tr!("need more"),
    }
}

fn was(verdict: Verdict) -> String {
    match verdict {
        Verdict::Incident => tr!("it was an incident"),
        Verdict::NotAnIncident => tr!("it was not an incident"),
        Verdict::TooEarly => tr!("it could not be told yet"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::worth::Told;
    use super::*;
    use crate::scenario::{Condition, Name, SimTime};

    fn several(marks: &Marks) -> Worth<Told> {
        super::several(marks)
    }
    fn one(chosen: i16, by_truth: bool, offered: [i16; 3]) -> Worth<Told> {
        super::one(chosen, by_truth, offered)
    }

    #[test]
    fn choose_several_is_plus_minus() {
        let marks = Marks { right: 3, keys: 4, wrong: 1, others: 3, harm: Vec::new() };
        let worth = several(&marks);
        assert_eq!(worth.credit, Credit(4_167), "the vector of scoring.md");
        let line = "choose several: 3 of 4 right, 1 of 3 others: 75 − 33.33 = 41.67 %";
        assert_eq!(worth.lines, [line]);
    }

    #[test]
    fn nothing_and_everything_earn_nothing() {
        for keys in 1..8 {
            for others in 1..8 {
                let nothing = Marks { keys, others, ..Marks::default() };
                let everything = Marks { right: keys, keys, wrong: others, others, harm: Vec::new() };
                assert_eq!(several(&nothing).credit, Credit(0));
                assert_eq!(several(&everything).credit, Credit(0));
            }
        }
    }

    #[test]
    fn harm_costs_its_own_on_top() {
        let marks = Marks { right: 4, keys: 4, wrong: 1, others: 3, harm: vec![-50] };
        let worth = several(&marks);
        assert_eq!(worth.credit, Credit(1_667));
        assert_eq!(worth.lines[1], "harmful: 1 chosen: 66.67 − 50 = 16.67 %");
        let worse = several(&Marks { right: 0, keys: 4, wrong: 3, others: 3, harm: vec![-60, -60] });
        assert_eq!(worse.credit, Credit(-10_000), "no item costs more than it is worth");
        assert!(worse.lines[1].ends_with("0 − 120 = −120, not below −100: −100 %"), "{:?}", worse.lines);
    }

    #[test]
    fn where_nothing_is_right_leaving_it_is() {
        assert_eq!(several(&Marks { others: 4, ..Marks::default() }).credit, Credit(10_000));
        assert_eq!(several(&Marks { wrong: 1, others: 4, ..Marks::default() }).credit, Credit(7_500));
    }

    #[test]
    fn choose_one_is_measured_against_the_best_on_offer() {
        let worth = one(40, false, [80, 40, -20]);
        assert_eq!(worth.lines, ["choose one: the choice made is worth 40 %"]);
        let then = one(40, true, [80, 40, -20]).lines;
        assert_eq!(then, ["choose one: the choice made is worth 40 %, with what could be known then"]);
        assert_eq!((worth.credit, worth.best), (Credit(4_000), Credit(8_000)));
    }

    fn truth(verdict: Verdict, thin: bool) -> Truth {
        Truth {
            name: Name::new("t").expect("a good name"),
            from: SimTime::ZERO,
            when: Condition::Always,
            verdict,
            thin,
            category: None,
            also: Vec::new(),
            why: String::new(),
            source: None,
        }
    }

    #[test]
    fn asking_for_more_pays_while_the_evidence_is_thin() {
        let table = TriageTable { credit: [[100, -50, 0], [-20, 100, 0], [40, 0, 100]], thin: 50 };
        let worth = |truth: Option<&Truth>, called| triage::<Told>(&table, truth, Some(called), Verdict::ALL);
        let call = |truth: Option<&Truth>, called| worth(truth, called).credit.0;
        let (thin, thick) = (truth(Verdict::Incident, true), truth(Verdict::Incident, false));
        assert_eq!(call(Some(&thin), Verdict::TooEarly), 5_000);
        assert_eq!(call(Some(&thick), Verdict::TooEarly), 0);
        assert_eq!(call(Some(&thick), Verdict::NotAnIncident), -5_000, "under-triage");
        assert_eq!(call(Some(&truth(Verdict::NotAnIncident, false)), Verdict::Incident), -2_000);
        assert_eq!(call(Some(&truth(Verdict::TooEarly, true)), Verdict::TooEarly), 10_000);
        assert_eq!(call(None, Verdict::TooEarly), 10_000, "nothing could be known yet");
        let lines = worth(Some(&thin), Verdict::TooEarly).lines;
        assert_eq!(lines, ["triage: called “need more”; it was an incident, on thin evidence: 50 %"]);
    }
}

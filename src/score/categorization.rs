//! What a category is worth: class and type, severity, impact, too early to tell.
//!
//! One call is measured against the truth of a moment. A categorization that
//! may be revised is its first call, its last call and the time until it was
//! right, weighed as the script says.

use tr::tr;

use super::rounding::nearest;
use super::tally::Credit;
use super::worth::{Words, Worth};
use crate::scenario::{
    Alternative, Axis, CategorizeSpec, Category, LevelId, SimTime, Taxonomy, Truth, Verdict,
};
use crate::speech::{label, noted};

const FULL: Credit = Credit::percent(100);

/// One call against what could be known then. `None` where the truth has no key
/// for anything that is asked: what has no key is not scored. `call` is none
/// where only the best is wanted.
pub(super) fn call<W: Words>(
    spec: &CategorizeSpec,
    taxonomy: &Taxonomy,
    truth: Option<&Truth>,
    call: Option<&Category>,
) -> Option<Worth<W>> {
    let verdict = truth.map_or(Verdict::TooEarly, |t| t.verdict);
    let also = truth.map_or(&[][..], |t| &t.also[..]);
    let called_early = call.is_some_and(|c| c.too_early);
    if verdict == Verdict::TooEarly && spec.too_early {
        let (credit, lines) = match call {
            Some(_) if called_early => (FULL, W::of(|| tr!("called too early to tell, and it was: 100 %"))),
            Some(call) => {
                let credit = alternative(also, call, |_| true).unwrap_or(Credit(0));
                (credit, W::of(|| tr!("it was too early to tell; this call is worth {0} %", credit)))
            }
            None => (Credit(0), W::default()),
        };
        return Some(Worth { credit, best: FULL, lines });
    }
    let key = Key { category: truth.and_then(|t| t.category).unwrap_or_default(), also, taxonomy };
    let parts = parts::<W>(spec, &key, call);
    let best = mean(parts.iter().flatten().map(|p| p.best))?;
    if called_early {
        let lines = W::of(|| tr!("called too early to tell, but by then it could be told: 0 %"));
        return Some(Worth { credit: Credit(0), best, lines });
    }
    let credits = parts.each_ref().map(|part| part.as_ref().map(|p| p.credit));
    let credit = mean(credits.iter().flatten().copied())?;
    let mut lines = W::default();
    parts.into_iter().flatten().for_each(|part| lines.quote("", part.lines));
    let count = credits.iter().flatten().count();
    if count > 1 {
        let each = || credits.iter().flatten().map(Credit::to_string).collect::<Vec<_>>();
        lines.say(|| tr!("together: ({0}) / {1} = {2} %", each().join(" + "), count, credit));
    }
    Some(Worth { credit, best, lines })
}

/// What a call is measured against.
struct Key<'k> {
    category: Category,
    also: &'k [Alternative],
    taxonomy: &'k Taxonomy,
}

/// The parts that are asked and have a key; each weighs the same.
fn parts<W: Words>(spec: &CategorizeSpec, key: &Key<'_>, call: Option<&Category>) -> [Option<Worth<W>>; 3] {
    let call = call.copied().unwrap_or_default();
    let classed = key.category.class.is_some() || key.also.iter().any(|a| a.class.is_some());
    let level = key.category.severity.filter(|_| spec.severity);
    [
        (spec.class && classed).then(|| class_and_type(key, &call)),
        level.map(|level| severity(spec, level, key.also, &call)),
        impact(spec, key, &call),
    ]
}

/// The same type 100, a defensible alternative as authored, a near place by the
/// taxonomy's own distances, the same class 50, else 0 (hierarchical credit,
/// `doctrine.md`, part D1).
fn class_and_type<W: Words>(key: &Key<'_>, call: &Category) -> Worth<W> {
    let right = key.category.class.map(|class| (class, key.category.kind));
    let of_class = key.also.iter().filter(|a| a.class.is_some());
    let most = of_class.map(|a| Credit::percent(a.credit)).max().unwrap_or_default();
    let best = if right.is_some() { FULL } else { most };
    let called = call.class.map(|class| (class, call.kind));
    let near = || key.taxonomy.near(right?, called?);
    let same_class = right.is_some() && call.class == key.category.class;
    let (credit, found) = if same_class && (key.category.kind.is_none() || call.kind == key.category.kind) {
        (FULL, if key.category.kind.is_some() { noted!("the right type") } else { noted!("the right class") })
    } else if let Some(credit) = alternative(key.also, call, |a| a.class.is_some()) {
        (credit, noted!("defensible"))
    } else if let Some(credit) = near() {
        (Credit::percent(credit), noted!("near the right one, by the distances of the script"))
    } else if same_class {
        (Credit::percent(50), noted!("the right class, not the right type"))
    } else {
        (Credit(0), noted!("another class"))
    };
    Worth { credit, best, lines: W::of(|| tr!("class and type: {0}: {1} %", label(found), credit)) }
}

/// The authored credit of a call that is defensible, among the alternatives that
/// name the `part` in question; the one that names most goes first.
fn alternative(also: &[Alternative], call: &Category, part: impl Fn(&Alternative) -> bool) -> Option<Credit> {
    let fitting = also.iter().filter(|a| part(a) && a.fits(call));
    fitting.rev().max_by_key(|a| a.named()).map(|a| Credit::percent(a.credit))
}

/// By steps off, from the script's two tables: under-calling usually costs more.
/// Beyond the end of a table nothing is earned, and harm stays harm. A level that
/// the truth calls defensible earns what is authored.
fn severity<W: Words>(
    spec: &CategorizeSpec,
    key: LevelId,
    also: &[Alternative],
    call: &Category,
) -> Worth<W> {
    let best = Credit::percent(spec.over.first().copied().unwrap_or(100));
    let Some(called) = call.severity else {
        return Worth { credit: Credit(0), best, lines: W::of(|| tr!("severity: not called: 0 %")) };
    };
    let how = || {
        call.factors.map_or_else(String::new, |factors| {
            let score = Credit(i32::try_from(factors.score()).unwrap_or(i32::MAX));
            tr!(" (the calculator gives {0} of 100)", score)
        })
    };
    let steps = usize::from(called.0.abs_diff(key.0));
    if let Some(credit) = alternative(also, call, |a| a.severity.is_some()).filter(|_| steps > 0) {
        let lines = W::of(|| tr!("severity{0}: defensible: {1} %", how(), credit));
        return Worth { credit, best, lines };
    }
    let high = called > key;
    let table = if high { &spec.over } else { &spec.under };
    let beyond = || table.last().map_or(0, |last| (*last).min(0));
    let credit = Credit::percent(table.get(steps).copied().unwrap_or_else(beyond));
    let found = || match steps {
        0 => tr!("right"),
        _ if high => tr!("one step too high" | "{n} steps too high" % steps),
        _ => tr!("one step too low" | "{n} steps too low" % steps),
    };
    let best = if steps == 0 { credit.max(best) } else { best };
    let lines = W::of(|| tr!("severity{0}: {1}: {2} %", how(), found(), credit));
    Worth { credit, best, lines }
}

/// The mean over the axes asked, each `100 − 100·steps/(levels − 1)` on the
/// scales of NIST SP 800-61 revision 2 (2012, withdrawn 2025).
fn impact<W: Words>(spec: &CategorizeSpec, key: &Key<'_>, call: &Category) -> Option<Worth<W>> {
    let mut credits = [None; 3];
    let mut found = W::default();
    for (axis, earned) in Axis::ALL.into_iter().zip(&mut credits) {
        let (true, Some(level)) = (spec.asks(axis), key.category.impact[axis as usize]) else { continue };
        let farthest = axis.levels().len() - 1;
        let steps = call.impact[axis as usize].map(|l| usize::from(l.0.abs_diff(level.0)).min(farthest));
        let credit = steps.map_or(Credit(0), |steps| Credit::share(farthest - steps, farthest));
        let also = alternative(key.also, call, |a| a.impact[axis as usize].is_some());
        if let Some(credit) = also.filter(|_| steps != Some(0)) {
            found.say(|| tr!("{0} defensible {1} %", name(axis), credit));
            *earned = Some(credit);
            continue;
        }
        found.say(|| match steps {
            Some(0) => tr!("{0} right {1} %", name(axis), credit),
            Some(steps) => tr!("{0} {1} of {2} steps off {3} %", name(axis), steps, farthest, credit),
            None => tr!("{0} not called {1} %", name(axis), credit),
        });
        *earned = Some(credit);
    }
    let credit = mean(credits.iter().flatten().copied())?;
    let lines = W::of(|| {
        let found = found.lines();
        let together = if found.len() > 1 { tr!(", mean {0} %", credit) } else { String::new() };
        tr!("impact: {0}{1}", found.join(", "), together)
    });
    Some(Worth { credit, best: FULL, lines })
}

/// What an axis is called.
fn name(axis: Axis) -> String {
    match axis {
        Axis::Functional => tr!("impact" => "functional"),
        Axis::Information => tr!("impact" => "information"),
        Axis::Recoverability => tr!("impact" => "recoverability"),
    }
}

fn mean(credits: impl Iterator<Item = Credit> + Clone) -> Option<Credit> {
    weighed(credits.map(|credit| (1, credit)))
}

fn weighed(credits: impl Iterator<Item = (u16, Credit)> + Clone) -> Option<Credit> {
    let weight: i128 = credits.clone().map(|(weight, _)| i128::from(weight)).sum();
    let sum: i128 = credits.map(|(weight, credit)| i128::from(weight) * i128::from(credit.0)).sum();
    (weight > 0)
        .then(|| Credit(i32::try_from(nearest(sum, weight)).expect("checked: a mean of credits is a credit")))
}

/// How long it took to be right, from the moment the truth could be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct UntilRight {
    /// From when it could be known and called.
    pub(super) since: SimTime,
    /// When the call that stood was right; never if none.
    pub(super) right: Option<SimTime>,
    /// For how long being right earns everything; no time at all if none.
    pub(super) full: Option<SimTime>,
    /// When it earns nothing any more: ENDEX by the clock.
    pub(super) end: SimTime,
    /// Whether time does not count in this drill.
    pub(super) untimed: bool,
}

impl UntilRight {
    /// 100 inside the question's good window, linear to 0 at ENDEX by the clock.
    pub(super) fn worth<W: Words>(&self) -> Worth<W> {
        let credit = self.credit();
        let lines = W::of(|| tr!("time until right: {0}: {1} %", self.found(), credit));
        Worth { credit, best: FULL, lines }
    }

    fn credit(&self) -> Credit {
        let Some(right) = self.right else { return Credit(0) };
        let took = right.since(self.since);
        let (full, left) = self.falls();
        if self.untimed || took <= full {
            return FULL;
        }
        Credit::share(left.since(took).0 as usize, left.since(full).0.max(1) as usize)
    }

    /// From when it earns less, and from when nothing, after it could be known.
    fn falls(&self) -> (SimTime, SimTime) {
        (self.full.unwrap_or_default(), self.end.since(self.since))
    }

    fn found(&self) -> String {
        let Some(right) = self.right else { return tr!("never right") };
        let took = right.since(self.since);
        if self.untimed {
            return tr!("right, in an untimed drill");
        }
        if took == SimTime::ZERO {
            return tr!("right as soon as it could be known");
        }
        let (full, left) = self.falls();
        tr!(
            "{took} after it could be known, full until {full}, falling to 0 at {left}",
            took = took.said(),
            full = full.said(),
            left = left.said()
        )
    }
}

/// First call, last call and time until right, weighed as the script says;
/// parts without a key are left out.
pub(super) fn revised<W: Words>(weights: [u16; 3], parts: [Option<Worth<W>>; 3]) -> Option<Worth<W>> {
    let weighed_parts = || weights.iter().zip(&parts).filter_map(|(w, part)| Some((*w, part.as_ref()?)));
    let credit = weighed(weighed_parts().map(|(w, part)| (w, part.credit)))?;
    let best = weighed(weighed_parts().map(|(w, part)| (w, part.best)))?;
    let total: u32 = weighed_parts().map(|(w, _)| u32::from(w)).sum();
    let sum = || weighed_parts().map(|(w, part)| format!("{w} × {}", part.credit)).collect::<Vec<_>>();
    let together = W::of(|| {
        let sum = sum().join(" + ");
        tr!("first call, last call, time until right: ({0}) / {1} = {2} %", sum, total, credit)
    });
    let same = matches!(&parts, [Some(first), Some(last), _] if first.lines == last.lines);
    let names = if same {
        [noted!("first and last call: "), "", ""]
    } else {
        [noted!("first call: "), noted!("last call: "), ""]
    };
    let mut lines = W::default();
    for (row, (part, name)) in parts.into_iter().zip(names).enumerate() {
        if let Some(part) = part.filter(|_| !(same && row == 1)) {
            lines.quote(name, part.lines);
        }
    }
    lines.quote("", together);
    Some(Worth { credit, best, lines })
}

#[cfg(test)]
mod tests {
    use super::super::worth::Told;
    use super::*;
    use crate::scenario::{ClassId, Condition, Factors, KindId, Name, Near};

    fn spec() -> CategorizeSpec {
        CategorizeSpec {
            class: true,
            severity: true,
            impact: [false; 3],
            too_early: true,
            revisable: true,
            weights: [3, 5, 2],
            over: vec![100, 60, 0],
            under: vec![100, 40, 0],
        }
    }
    fn truth(verdict: Verdict, category: Option<Category>, also: Vec<Alternative>) -> Truth {
        Truth {
            name: Name::new("t").expect("a good name"),
            from: SimTime::ZERO,
            when: Condition::Always,
            verdict,
            thin: false,
            category,
            also,
            why: String::new(),
            source: None,
        }
    }
    fn category(class: u8, kind: Option<u8>, severity: Option<u8>) -> Category {
        Category {
            class: Some(ClassId(class)),
            kind: kind.map(KindId),
            severity: severity.map(LevelId),
            ..Category::default()
        }
    }
    fn alternative(class: u8, kind: Option<u8>, credit: i16) -> Alternative {
        Alternative { class: Some(ClassId(class)), kind: kind.map(KindId), credit, ..Alternative::default() }
    }
    fn measured<'k>(category: Category, also: &'k [Alternative], taxonomy: &'k Taxonomy) -> Key<'k> {
        Key { category, also, taxonomy }
    }
    const EARLY: Category = Category {
        class: None,
        kind: None,
        severity: None,
        factors: None,
        impact: [None; 3],
        too_early: true,
    };

    #[test]
    fn severity_costs_more_when_it_is_called_too_low() {
        let call = |level| Category { severity: Some(LevelId(level)), ..Category::default() };
        let called = |level| severity::<Told>(&spec(), LevelId(2), &[], &call(level));
        let credits = [1, 3, 0].map(|level| called(level).credit.0);
        assert_eq!(credits, [4_000, 6_000, 0], "key high; medium, severe, low: the vectors of scoring.md");
        assert_eq!(called(2).credit, FULL);
        assert_eq!(called(1).lines, ["severity: one step too low: 40 %"]);
        let harsh = CategorizeSpec { under: vec![100, 40, -30], ..spec() };
        assert_eq!(
            severity::<Told>(&harsh, LevelId(3), &[], &call(0)).credit,
            Credit(-3_000),
            "harm stays harm"
        );
    }

    #[test]
    fn class_and_type_earn_by_distance() {
        let key = category(7, Some(2), None);
        let rsit = Taxonomy::rsit();
        let also = [alternative(7, Some(3), 70), alternative(4, None, 60), alternative(4, Some(1), 30)];
        for (class, kind, credit) in [
            (7, Some(2), 10_000),
            (7, Some(3), 7_000),
            (7, Some(0), 5_000),
            (7, None, 5_000),
            (4, Some(0), 6_000),
            (4, Some(1), 3_000),
            (1, Some(2), 0),
        ] {
            let worth = class_and_type::<Told>(&measured(key, &also, &rsit), &category(class, kind, None));
            assert_eq!(worth.credit, Credit(credit), "{class} {kind:?}");
        }
        let any_type = measured(category(7, None, None), &[], &rsit);
        assert_eq!(class_and_type::<Told>(&any_type, &category(7, Some(1), None)).credit, FULL);
    }

    #[test]
    fn a_near_class_earns_by_the_scripts_own_distances() {
        let near = |a: (u8, Option<u8>), b: (u8, Option<u8>), credit| Near {
            places: [a, b].map(|(class, kind)| (ClassId(class), kind.map(KindId))),
            credit,
        };
        let near = vec![near((7, Some(2)), (7, Some(3)), 80), near((7, None), (2, Some(2)), 40)];
        let taxonomy = Taxonomy { near, ..Taxonomy::rsit() };
        let also = [alternative(2, Some(2), 65)];
        let key = category(7, Some(2), None);
        let worth = |also: &[Alternative], class, kind| {
            class_and_type::<Told>(&measured(key, also, &taxonomy), &category(class, kind, None))
        };
        assert_eq!(worth(&[], 7, Some(3)).credit, Credit(8_000), "nearer than any other type of the class");
        assert_eq!(worth(&[], 7, Some(0)).credit, Credit(5_000));
        assert_eq!(worth(&[], 2, Some(1)).credit, Credit(0));
        let line = "class and type: near the right one, by the distances of the script: 40 %";
        assert_eq!(worth(&[], 2, Some(2)).lines, [line]);
        assert_eq!(worth(&also, 2, Some(2)).credit, Credit(6_500), "the truth's own word goes first");
    }

    #[test]
    fn any_part_may_be_defensible() {
        let level = |row: u8| Some(LevelId(row));
        let also = [
            Alternative { severity: level(3), credit: 90, ..Alternative::default() },
            Alternative { class: Some(ClassId(4)), severity: level(0), credit: 70, ..Alternative::default() },
            Alternative { impact: [None, level(2), None], credit: 55, ..Alternative::default() },
        ];
        let spec = CategorizeSpec { impact: [false, true, false], ..spec() };
        let key = Category { impact: [None, level(0), None], ..category(7, Some(2), Some(1)) };
        let truth = truth(Verdict::Incident, Some(key), also.to_vec());
        let lines = |class, kind, severity, information| {
            let called = Category {
                impact: [None, level(information), None],
                ..category(class, kind, Some(severity))
            };
            call::<Told>(&spec, &Taxonomy::rsit(), Some(&truth), Some(&called)).expect("a key").lines
        };
        let first = lines(7, Some(2), 3, 2);
        assert_eq!(first[1], "severity: defensible: 90 %");
        assert_eq!(first[2], "impact: information defensible 55 %");
        assert_eq!(lines(7, Some(2), 1, 0)[1], "severity: right: 100 %");
        assert_eq!(
            lines(7, Some(2), 0, 0)[1],
            "severity: one step too low: 40 %",
            "only with the other class"
        );
        let other = lines(4, None, 0, 1);
        assert_eq!(other[0], "class and type: defensible: 70 %");
        assert_eq!(other[1], "severity: defensible: 70 %");
    }

    #[test]
    fn a_calculated_severity_shows_its_score() {
        let factors = Factors([7, 4, 3, 2, 6, 2, 6, 3]);
        let called =
            Category { factors: Some(factors), severity: Some(factors.level()), ..Category::default() };
        let worth = severity::<Told>(&spec(), LevelId(4), &[], &called);
        let line = "severity (the calculator gives 68.78 of 100): one step too high: 60 %";
        assert_eq!(worth.lines, [line]);
    }

    #[test]
    fn too_early_is_right_where_the_script_says_so() {
        let early = truth(Verdict::TooEarly, None, vec![alternative(7, None, 60)]);
        let worth = |truth: &Truth, called: &Category| {
            call::<Told>(&spec(), &Taxonomy::rsit(), Some(truth), Some(called))
        };
        let of = |worth: Option<Worth<Told>>| worth.map(|w| (w.credit.0, w.best.0));
        assert_eq!(of(worth(&early, &EARLY)), Some((10_000, 10_000)));
        assert_eq!(of(worth(&early, &category(7, Some(1), Some(2)))), Some((6_000, 10_000)));
        assert_eq!(of(worth(&early, &category(1, None, Some(2)))), Some((0, 10_000)));
        let known = truth(Verdict::Incident, Some(category(7, Some(2), Some(1))), Vec::new());
        assert_eq!(of(worth(&known, &EARLY)), Some((0, 10_000)));
        assert_eq!(
            of(call::<Told>(&spec(), &Taxonomy::rsit(), None, Some(&EARLY))),
            Some((10_000, 10_000)),
            "before anything is known"
        );
        let unsaid = CategorizeSpec { too_early: false, ..spec() };
        assert_eq!(
            of(call::<Told>(&unsaid, &Taxonomy::rsit(), Some(&early), Some(&category(7, None, None)))),
            Some((6_000, 6_000))
        );
    }

    #[test]
    fn what_has_no_key_is_not_scored() {
        let harmless = truth(Verdict::NotAnIncident, None, Vec::new());
        assert_eq!(
            call::<Told>(&spec(), &Taxonomy::rsit(), Some(&harmless), Some(&category(7, None, Some(1)))),
            None
        );
        let class_only = truth(Verdict::Incident, Some(category(7, Some(2), None)), Vec::new());
        let worth =
            call::<Told>(&spec(), &Taxonomy::rsit(), Some(&class_only), Some(&category(7, Some(2), Some(3))))
                .expect("a key");
        assert_eq!(worth.lines, ["class and type: the right type: 100 %"]);
    }

    #[test]
    fn impact_is_the_mean_over_the_axes_that_are_asked() {
        let spec = CategorizeSpec { impact: [true, true, false], ..spec() };
        let level = |rows: [u8; 3]| Category {
            impact: rows.map(|row| Some(LevelId(row))),
            ..category(7, Some(2), Some(1))
        };
        let truth = truth(Verdict::Incident, Some(level([3, 1, 0])), Vec::new());
        let worth =
            call::<Told>(&spec, &Taxonomy::rsit(), Some(&truth), Some(&level([2, 1, 3]))).expect("a key");
        assert_eq!(
            worth.lines,
            [
                "class and type: the right type: 100 %",
                "severity: right: 100 %",
                "impact: functional 1 of 3 steps off 66.67 %, information right 100 %, mean 83.34 %",
                "together: (100 + 100 + 83.34) / 3 = 94.45 %",
            ]
        );
    }

    #[test]
    fn being_right_late_earns_less() {
        let until = |right: Option<u32>, untimed| {
            UntilRight {
                since: SimTime(720),
                right: right.map(SimTime),
                full: Some(SimTime(240)),
                end: SimTime(7_200),
                untimed,
            }
            .worth::<Told>()
        };
        assert_eq!(
            until(Some(720), false).lines,
            ["time until right: right as soon as it could be known: 100 %"]
        );
        assert_eq!(until(Some(960), false).credit, FULL);
        assert_eq!(
            until(Some(1_500), false).lines,
            ["time until right: 13m after it could be known, full until 4m, falling to 0 at 1h48m: 91.35 %"]
        );
        assert_eq!(until(Some(7_200), false).credit, Credit(0));
        assert_eq!(until(None, true).credit, Credit(0));
        assert_eq!(until(Some(7_000), true).credit, FULL);
    }

    #[test]
    fn a_revision_weighs_first_last_and_time() {
        let worth = |credit: i32| Some(Worth { credit: Credit(credit), best: FULL, lines: Vec::new() });
        let all =
            revised::<Told>([3, 5, 2], [worth(0), worth(10_000), worth(5_000)]).expect("there are parts");
        assert_eq!((all.credit, all.best), (Credit(6_000), FULL));
        let last = "first call, last call, time until right: (3 × 0 + 5 × 100 + 2 × 50) / 10 = 60 %";
        assert_eq!(all.lines, [last]);
        let no_key_at_first = revised::<Told>([3, 5, 2], [None, worth(10_000), worth(0)]).expect("two parts");
        assert_eq!(no_key_at_first.credit, Credit(7_143));
        assert_eq!(revised::<Told>([3, 5, 2], [None, None, None]), None);
    }
}

//! Drills at random: whatever a trainee does, the score is sound.

use breachdrill::engine::{Answer, Input, PauseCause, Seed, Settings, Submission, What};
use breachdrill::scenario::{ActionId, ChoiceId, EvidenceId, QuestionId};
use breachdrill::score::{Item, ItemOf, Points, Score, Standing, Tally, score};
use proptest::prelude::*;

use super::rehearsal::{EARLY, PLAIN, Rehearsal, SCRIPT, category};

/// Something a trainee may do, drawn at random; most of it is refused.
#[derive(Clone, Debug)]
struct Whim {
    second: u32,
    what: u8,
    row: usize,
    dice: u64,
}

fn whims() -> impl Strategy<Value = Vec<Whim>> {
    let whim = (0..7_300_u32, 0..12_u8, any::<usize>(), any::<u64>());
    proptest::collection::vec(
        whim.prop_map(|(second, what, row, dice)| Whim { second, what, row, dice }),
        0..60,
    )
}

fn input(drill: &Rehearsal, whim: &Whim) -> Input {
    let scenario = &drill.scenario;
    let question = QuestionId::of(whim.row % scenario.questions.len());
    match whim.what {
        0 => Input::Do(ActionId::of(whim.row % scenario.actions.len())),
        1 => Input::Examine(EvidenceId(0)),
        2 => Input::Hint(question),
        3 => Input::MoreTime(question),
        4 if whim.dice % 20 == 0 => Input::End,
        5 => Input::Pause(PauseCause::Asked),
        6 | 7 => Input::Resume,
        _ => {
            let confidence = [None, Some(50), Some(60), Some(75), Some(90), Some(99)][whim.dice as usize % 6];
            let answer = random_answer(drill, question, whim.dice);
            Input::Answer(Submission { question, answer, confidence, reason: None })
        }
    }
}

fn random_answer(drill: &Rehearsal, id: QuestionId, dice: u64) -> Answer {
    let question = drill.scenario.question(id);
    let count = question.choices.len().max(1) as u64;
    let some = |from: u64| {
        let mut some: Vec<_> = (0..count as u8).filter(|c| from >> c & 1 == 1).map(ChoiceId).collect();
        some.sort_by_key(|c| (dice >> (c.0 % 32)) % 97);
        some
    };
    match question.name.as_str() {
        "several" => Answer::Several(some(dice).into_iter().collect()),
        "order" => Answer::Order(some(u64::MAX)),
        "log" => Answer::Order(some(dice)),
        "hours" => Answer::Number((dice % 90) as i64),
        "think" => Answer::Text("Hm.".into()),
        "cat" if dice % 5 == 0 => Answer::Category(EARLY),
        "cat" => {
            let kinds = ["phishing", "masquerade", "copyright"];
            let levels = (dice >> 8) as u8 % 4;
            Answer::Category(category(
                drill,
                "fraud",
                kinds[dice as usize % 3],
                levels,
                (dice >> 16) as u8 % 4,
            ))
        }
        _ => Answer::One(ChoiceId((dice % count) as u8)),
    }
}

fn played(settings: Settings, mut whims: Vec<Whim>) -> Rehearsal {
    let mut drill = Rehearsal::with(SCRIPT, settings);
    whims.sort_by_key(|w| w.second);
    for whim in &whims {
        let input = input(&drill, whim);
        // A refusal is as good as a whim that nobody had.
        let _refused = drill.offer(whim.second.max(drill.state.at.0), &input);
    }
    drill
}

/// The points line again, worked out from what it shows.
fn recomputed(item: &Item) -> (f64, f64) {
    let line = item.arithmetic.last().expect("every item has its points").replace('\u{2212}', "-");
    let line = line.strip_prefix("points: weight ").expect("it says so");
    let (product, rest) = line.split_once(" = ").expect("it has a result");
    let product: f64 = product
        .split(" × ")
        .map(|f| {
            f.strip_suffix(" %").map_or_else(|| f.parse::<f64>(), |p| p.parse::<f64>().map(|p| p / 100.0))
        })
        .map(|f| f.expect("numbers"))
        .product();
    let (result, _) = rest.rsplit_once(" of ").unwrap_or((rest, ""));
    let result = result.rsplit([' ', '=']).next().expect("it ends in a number");
    (product, result.parse().expect("numbers"))
}

fn is_sound(drill: &Rehearsal, score: &Score) {
    let tally: Tally = score.items.iter().map(|i| i.tally).sum();
    assert_eq!(tally, score.decisions, "the whole is the sum of its items");
    assert_eq!(score.stages.iter().map(|s| s.tally).sum::<Tally>(), tally, "and of its stages");
    assert_eq!(score.stages.iter().map(|s| usize::from(s.items)).sum::<usize>(), score.items.len());
    for item in &score.items {
        assert!(item.tally.possible >= Points(0) && item.tally.earned <= item.tally.possible, "{item:#?}");
        assert!(item.credit.0.abs() <= 10_000 && item.timeliness <= 100, "{item:#?}");
        let made = item.credit.points(item.weight, item.timeliness);
        let (product, result) = recomputed(item);
        assert!((product - made.0 as f64 / 1e6).abs() < 1e-6, "{product} {item:#?}");
        assert!((result - item.tally.earned.0 as f64 / 1e6).abs() <= 0.005_001, "{result} {item:#?}");
        assert_eq!(item.standing == Standing::Lapsed, item.decided.is_none(), "{item:#?}");
    }
    let mut kinds: Vec<_> = score.items.iter().map(|i| i.of).collect();
    kinds.sort();
    kinds.dedup();
    assert_eq!(kinds.len(), score.items.len(), "nothing is scored twice");
    for call in &score.calibration.calls {
        assert!(call.item < score.items.len() && call.brier <= 10_000);
    }
    let first_other = score.calibration.calls.iter().position(|c| !c.sure_and_wrong()).unwrap_or(usize::MAX);
    assert!(score.calibration.calls.iter().skip(first_other).all(|c| !c.sure_and_wrong()));
    for (end, gauge) in score.outcome.iter().zip(&drill.scenario.gauges) {
        assert!(end.start == gauge.start && (gauge.min..=gauge.max).contains(&end.end));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn every_drill_has_a_sound_score(whims in whims(), untimed in any::<bool>(), factor in 100..300_u16, cut in any::<usize>()) {
        let mut drill = played(Settings { seed: Seed(7), untimed, factor }, whims);
        is_sound(&drill, &drill.score());
        let prefix = &drill.facts[..cut % drill.facts.len()];
        is_sound(&drill, &score(&drill.scenario, prefix));
        if drill.state.paused.is_some() {
            drill.put(drill.state.at.0, &Input::Resume);
        }
        let whole = drill.finish();
        is_sound(&drill, &whole);
        prop_assert_eq!(drill.score(), whole, "same facts, same score");
    }

    #[test]
    fn nobody_beats_the_best_line(whims in whims()) {
        let mut drill = played(PLAIN, whims);
        if drill.state.paused.is_some() {
            drill.put(drill.state.at.0, &Input::Resume);
        }
        let score = drill.finish();
        prop_assert!(score.decisions.percent() <= Some(100));
        let opened = |id| drill.facts.iter().any(|f| matches!(&f.what, What::Opened { question, .. } if *question == id));
        for item in &score.items {
            if let ItemOf::Question(id) = item.of {
                prop_assert!(opened(id), "only what was asked is scored");
            }
        }
    }
}

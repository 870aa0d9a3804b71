//! What leads to what: effects, and what conditions read.

use tr::tr;

use super::says::leaves;
use super::{LinkKind, Thing};
use crate::scenario::{
    ActionId, Condition, DutyId, Effect, EndingId, InjectId, InjectKind, QuestionId, Scenario, SimTime,
    SpreadId, SpreadStart, Trigger,
};

/// One link, before things have rows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Tie {
    pub(super) from: Thing,
    pub(super) to: Thing,
    pub(super) kind: LinkKind,
    pub(super) by: String,
    /// How much later at the least.
    pub(super) delay: SimTime,
}

/// Every link of a scenario, each once, in order.
pub(super) fn ties(scenario: &Scenario) -> Vec<Tie> {
    let mut ties = Vec::new();
    let mut follow = |from: Thing, by: &str, effects: &[Effect]| {
        for effect in effects {
            let brings = |to, delay| Some((to, LinkKind::Brings, delay));
            let stops = |to| Some((to, LinkKind::Stops, SimTime::ZERO));
            let found = match *effect {
                Effect::Deliver(inject, delay) => brings(Thing::Inject(inject), delay),
                Effect::Ask(question) => brings(Thing::Question(question), SimTime::ZERO),
                Effect::Start(spread) => brings(Thing::Spread(spread), scenario.spread(spread).first),
                Effect::StartDuty(duty) | Effect::DeclareDuty(duty) => {
                    brings(Thing::Duty(duty), SimTime::ZERO)
                }
                Effect::Cancel(inject) => stops(Thing::Inject(inject)),
                Effect::Close(question) => stops(Thing::Question(question)),
                Effect::Stop(spread) => stops(Thing::Spread(spread)),
                Effect::MeetDuty(duty) => stops(Thing::Duty(duty)),
                Effect::Set(..) | Effect::Add(..) | Effect::Reveal(_) | Effect::End => None,
            };
            if let Some((to, kind, delay)) = found {
                ties.push(Tie { from, to, kind, by: by.to_owned(), delay });
            }
        }
    };
    for (row, inject) in scenario.injects.iter().enumerate() {
        follow(Thing::Inject(InjectId::of(row)), "", &inject.then);
    }
    for (row, question) in scenario.questions.iter().enumerate() {
        let from = Thing::Question(QuestionId::of(row));
        for choice in &question.choices {
            follow(from, choice.name.as_str(), &choice.then);
        }
        follow(from, &tr!("answered"), &question.then);
        follow(from, &tr!("lapsed"), &question.lapse_then);
    }
    for (row, action) in scenario.actions.iter().enumerate() {
        follow(Thing::Action(ActionId::of(row)), "", &action.then);
    }
    for (row, spread) in scenario.spreads.iter().enumerate() {
        follow(Thing::Spread(SpreadId::of(row)), "", &spread.then);
    }
    for (to, condition, kind, delay) in conditions(scenario) {
        read(scenario, to, condition, kind, delay, &mut ties);
    }
    ties.retain(|tie| tie.from != tie.to);
    ties.sort();
    ties.dedup();
    ties
}

/// Every condition with what it belongs to.
pub(super) fn conditions(scenario: &Scenario) -> Vec<(Thing, &Condition, LinkKind, SimTime)> {
    let (allows, stops, none) = (LinkKind::Allows, LinkKind::Stops, SimTime::ZERO);
    let mut all = Vec::new();
    for (row, inject) in scenario.injects.iter().enumerate() {
        let to = Thing::Inject(InjectId::of(row));
        if let Trigger::After(condition, delay) = &inject.trigger {
            all.push((to, condition, LinkKind::Brings, *delay));
        }
        if let InjectKind::Checkpoint(checkpoint) = &inject.kind {
            all.push((to, &checkpoint.met_when, allows, none));
        }
        all.push((to, &inject.when, allows, none));
        all.extend(inject.again.as_ref().and_then(|a| a.unless.as_ref()).map(|c| (to, c, stops, none)));
    }
    for (row, question) in scenario.questions.iter().enumerate() {
        let to = Thing::Question(QuestionId::of(row));
        all.extend(question.choices.iter().map(|choice| (to, &choice.when, allows, none)));
    }
    for (row, action) in scenario.actions.iter().enumerate() {
        all.push((Thing::Action(ActionId::of(row)), &action.when, allows, none));
    }
    for (row, spread) in scenario.spreads.iter().enumerate() {
        let to = Thing::Spread(SpreadId::of(row));
        if let SpreadStart::When(condition) = &spread.start {
            all.push((to, condition, LinkKind::Brings, spread.first));
        }
        all.push((to, &spread.goes_while, allows, none));
        all.extend(spread.unless.as_ref().map(|condition| (to, condition, stops, none)));
    }
    for (row, duty) in scenario.duties.iter().enumerate() {
        let to = Thing::Duty(DutyId::of(row));
        all.extend(duty.starts.as_ref().map(|condition| (to, condition, LinkKind::Brings, none)));
        all.extend(duty.met.as_ref().map(|condition| (to, condition, stops, none)));
    }
    for (row, ending) in scenario.endings.iter().enumerate() {
        all.push((Thing::Ending(EndingId::of(row)), &ending.when, allows, none));
    }
    all
}

fn read(
    scenario: &Scenario,
    to: Thing,
    condition: &Condition,
    kind: LinkKind,
    delay: SimTime,
    ties: &mut Vec<Tie>,
) {
    leaves(condition, true, &mut |leaf, plain| {
        let Some((from, by)) = source(scenario, leaf) else { return };
        let by = if plain { by } else { tr!("not {}", by).trim_end().to_owned() };
        ties.push(Tie { from, to, kind, by, delay });
    });
}

/// What a leaf of a condition reads, if that has a row.
fn source(scenario: &Scenario, leaf: &Condition) -> Option<(Thing, String)> {
    Some(match leaf {
        Condition::Chosen(question, choice) => {
            let name = scenario.question(*question).choice(*choice).name.to_string();
            (Thing::Question(*question), name)
        }
        Condition::Paired(question, row, _) => {
            let name = scenario.question(*question).choice(*row).name.to_string();
            (Thing::Question(*question), name)
        }
        Condition::Answered(question) => (Thing::Question(*question), tr!("answered")),
        Condition::Lapsed(question) => (Thing::Question(*question), tr!("lapsed")),
        Condition::Did(action) => (Thing::Action(*action), String::new()),
        Condition::Delivered(inject) => (Thing::Inject(*inject), String::new()),
        Condition::Met(inject) => (Thing::Inject(*inject), tr!("met")),
        Condition::Missed(inject) => (Thing::Inject(*inject), tr!("a condition" => "missed")),
        Condition::Spreading(spread) => (Thing::Spread(*spread), tr!("going on")),
        Condition::Contained(spread) => (Thing::Spread(*spread), tr!("contained")),
        Condition::DutyRunning(duty) => (Thing::Duty(*duty), tr!("running")),
        Condition::DutyMet(duty) => (Thing::Duty(*duty), tr!("met")),
        Condition::DutyMissed(duty) => (Thing::Duty(*duty), tr!("a condition" => "missed")),
        Condition::Always
        | Condition::All(_)
        | Condition::Any(_)
        | Condition::Not(_)
        | Condition::Examined(_)
        | Condition::Categorized(..)
        | Condition::AtLeast(..)
        | Condition::AtMost(..)
        | Condition::From(_)
        | Condition::Seated(_)
        | Condition::Before(_) => return None,
    })
}

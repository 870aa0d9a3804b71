//! The scripted front end: plays an answers file at full speed, without a person.

use std::collections::BTreeMap;

use tr::tr;

use super::drive::Drill;
use super::waiting::Waiting;
use crate::engine::{Answer, Fact, Input, Pair, PauseCause, Refusal, Submission, What};
use crate::journal::{Journal, JournalError};
use crate::scenario::{
    Answers, Ask, Axis, Category, ChoiceId, Does, FACTORS, Factors, Partner, PartnerId, Question, QuestionId,
    Scenario, SimTime, Step, Taxonomy, near_miss,
};

/// A step with its names resolved.
#[derive(Clone, Debug)]
pub struct Planned {
    pub(super) row: usize,
    line: usize,
    pub(super) moment: When,
    pub(super) input: Input,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum When {
    At(SimTime),
    After(QuestionId, SimTime),
}

/// Resolves every name of an answers file against the scenario.
///
/// # Errors
/// A line for each step that names what does not exist.
pub fn plan(scenario: &Scenario, answers: &Answers) -> Result<Vec<Planned>, Vec<String>> {
    let (mut planned, mut wrong) = (Vec::new(), Vec::new());
    for (row, step) in answers.steps.iter().enumerate() {
        match resolve(scenario, step) {
            Ok((moment, input)) => planned.push(Planned { row, line: step.line, moment, input }),
            Err(what) => wrong.push(format!("{}: {what}", place(row, step.line))),
        }
    }
    if wrong.is_empty() { Ok(planned) } else { Err(wrong) }
}

/// Where in its file a step stands.
fn place(row: usize, line: usize) -> String {
    tr!("line {0}, step {1}", line, row + 1)
}

/// That nothing of a kind is named so, with the nearest of those that there are.
fn unnamed<'n>(what: String, name: &str, known: impl Iterator<Item = &'n str>) -> String {
    match near_miss(name, known) {
        Some(near) => tr!("{what}; did you mean `{near}`?", what, near),
        None => what,
    }
}

/// Plays a drill from wherever it stands (STARTEX must have been) to ENDEX. In a
/// drill that was interrupted, steps that the facts show are not taken again.
/// Returns a line for each step that the drill refused or that found no open question.
///
/// # Errors
/// If the journal cannot take a fact.
pub fn run<J: Journal>(
    drill: &mut Drill<'_, J>,
    steps: &[Planned],
    mut told: impl FnMut(&Fact),
) -> Result<Vec<String>, JournalError> {
    let mut waiting = Waiting::new(left_to_do(drill, steps));
    let mut notices = Vec::new();
    let mut now = drill.state().at;
    let mut seen = 0;
    loop {
        for fact in &drill.facts()[seen..] {
            if let What::Opened { question, .. } = fact.what {
                waiting.opened(question, fact.at);
            }
            told(fact);
        }
        seen = drill.facts().len();
        if drill.state().over() {
            break;
        }
        let paused = drill.state().paused.is_some();
        let next = if paused { waiting.next_in_pause(now) } else { waiting.next(now) };
        // One moment at a time: what opens meanwhile may bring the next step forward.
        let horizon = next.map_or(drill.scenario().clock.length, |(_, at)| at);
        match (drill.step(horizon)?, next) {
            (true, _) => now = now.max(drill.state().at),
            (false, Some((step, at))) => {
                now = at;
                take(drill, step, now, &mut waiting, &mut notices)?;
            }
            (false, None) => break,
        }
    }
    notices.extend(waiting.left().map(|step| {
        let place = place(step.row, step.line);
        tr!("{place} was not reached", place)
    }));
    Ok(notices)
}

/// The steps that a drill, perhaps an interrupted one, has not seen yet.
fn left_to_do<'p, J: Journal>(drill: &Drill<'_, J>, steps: &'p [Planned]) -> Vec<&'p Planned> {
    let now = drill.state().at;
    let opened = |question: QuestionId| {
        let found = drill
            .facts()
            .iter()
            .find(|f| matches!(f.what, What::Opened { question: q, .. } if q == question));
        found.map(|f| f.at)
    };
    let mut facts: Vec<&Fact> = drill.facts().iter().collect();
    let mut left = Vec::new();
    for step in steps {
        let moment = match step.moment {
            When::At(at) => Some(at),
            When::After(question, after) => opened(question).map(|at| at + after),
        };
        let seen = facts.iter().position(|f| moment.is_some_and(|m| f.at >= m) && shows(f, &step.input));
        // Work that had to wait for other work is taken later than its own moment.
        let may_wait = drill.state().busy.is_some() && matches!(step.input, Input::Do(_) | Input::Examine(_));
        match seen {
            Some(row) => drop(facts.remove(row)),
            None if moment.is_some_and(|m| m < now) && !may_wait => {}
            None => left.push(step),
        }
    }
    left
}

/// Whether a fact is what becomes of an input.
fn shows(fact: &Fact, input: &Input) -> bool {
    match (&fact.what, input) {
        (What::Answered { question, .. }, Input::Answer(submission)) => *question == submission.question,
        (What::Begun { action, .. }, Input::Do(wanted)) => action == wanted,
        (What::Examining { evidence, .. }, Input::Examine(wanted)) => evidence == wanted,
        (What::Hinted { question, .. }, Input::Hint(wanted))
        | (What::Extended { question, granted: None, .. }, Input::MoreTime(wanted)) => question == wanted,
        (What::Noted(text), Input::Note(wanted)) => *text == crate::scenario::clean(wanted.trim()),
        (What::Paused(cause), Input::Pause(wanted)) => cause == wanted,
        _ => false,
    }
}

fn take<'p, J: Journal>(
    drill: &mut Drill<'_, J>,
    id: usize,
    now: SimTime,
    waiting: &mut Waiting<'p>,
    notices: &mut Vec<String>,
) -> Result<(), JournalError> {
    let step = waiting.take(id);
    match drill.enter(now, &step.input)? {
        Ok(()) => {}
        Err(Refusal::Busy(until)) => waiting.put_first(step, until),
        Err(refusal) => {
            let (place, refusal) = (place(step.row, step.line), refusal.to_string());
            notices.push(tr!("{place} at {now}: {refusal}", place, now, refusal));
        }
    }
    Ok(())
}

fn resolve(scenario: &Scenario, step: &Step) -> Result<(When, Input), String> {
    let moment = match (&step.at, &step.asked) {
        (Some(at), _) => When::At(*at),
        (None, Some(name)) => When::After(question(scenario, name)?, step.after),
        (None, None) => return Err(tr!("say either `at` or `asked`")),
    };
    let input = match &step.does {
        Does::Do(name) => {
            let found = scenario.actions.iter().position(|a| a.name.as_str() == name);
            let known = || scenario.actions.iter().map(|a| a.name.as_str());
            let row =
                found.ok_or_else(|| unnamed(tr!("no action is named `{name}`", name), name, known()))?;
            Input::Do(crate::scenario::ActionId::of(row))
        }
        Does::Examine(name) => {
            let found = scenario.evidence.iter().position(|e| e.name.as_str() == name);
            let known = || scenario.evidence.iter().map(|e| e.name.as_str());
            let row =
                found.ok_or_else(|| unnamed(tr!("no evidence is named `{name}`", name), name, known()))?;
            Input::Examine(crate::scenario::EvidenceId::of(row))
        }
        Does::Hint(name) => Input::Hint(question(scenario, name)?),
        Does::MoreTime(name) => Input::MoreTime(question(scenario, name)?),
        Does::Note(text) => Input::Note(text.clone()),
        Does::Pause => Input::Pause(PauseCause::Asked),
        Does::Resume => Input::Resume,
        Does::End => Input::End,
        answer @ (Does::Choose(_)
        | Does::ChooseSeveral(_)
        | Does::Order(_)
        | Does::Assign(_)
        | Does::Notify(_)
        | Does::Estimate(_)
        | Does::Categorize { .. }
        | Does::Record(_)
        | Does::Reflect(_)) => {
            let name = step.asked.as_ref().or(step.question.as_ref());
            let id = question(scenario, name.ok_or_else(|| tr!("an answer needs `asked` or `question`"))?)?;
            Input::Answer(Submission {
                question: id,
                answer: resolve_answer(scenario, id, answer)?,
                confidence: step.sure,
                reason: step.because.clone(),
            })
        }
    };
    Ok((moment, input))
}

fn question(scenario: &Scenario, name: &str) -> Result<QuestionId, String> {
    let row = scenario.questions.iter().position(|q| q.name.as_str() == name);
    let known = || scenario.questions.iter().map(|q| q.name.as_str());
    row.map(QuestionId::of).ok_or_else(|| unnamed(tr!("no question is named `{name}`", name), name, known()))
}

/// The answer that a step of an answers file gives to a question.
///
/// # Errors
/// What it names that does not exist, or that it is no answer.
pub fn resolve_answer(scenario: &Scenario, id: QuestionId, does: &Does) -> Result<Answer, String> {
    let choice = |name: &String| {
        let row = scenario.question(id).choices.iter().position(|c| c.name.as_str() == name);
        let known = || scenario.question(id).choices.iter().map(|c| c.name.as_str());
        row.map(ChoiceId::of).ok_or_else(|| unnamed(tr!("no choice is named `{name}`", name), name, known()))
    };
    Ok(match does {
        Does::Choose(name) => Answer::One(choice(name)?),
        Does::ChooseSeveral(names) => Answer::Several(names.iter().map(choice).collect::<Result<_, _>>()?),
        Does::Order(names) | Does::Record(names) => {
            Answer::Order(names.iter().map(choice).collect::<Result<_, _>>()?)
        }
        Does::Assign(_) | Does::Notify(_) => Answer::Pairs(pairs(scenario.question(id), does)?),
        Does::Estimate(number) => Answer::Number(*number),
        Does::Reflect(text) => Answer::Text(text.clone()),
        Does::Categorize { .. } => Answer::Category(category(scenario, does)?),
        Does::Do(_)
        | Does::Examine(_)
        | Does::Hint(_)
        | Does::MoreTime(_)
        | Does::Note(_)
        | Does::Pause
        | Does::Resume
        | Does::End => return Err(tr!("that is no answer")),
    })
}

/// Tasks with people, or recipients with channels and deadlines, ascending by row.
fn pairs(question: &Question, does: &Does) -> Result<Vec<Pair>, String> {
    let choice = |name: &String| {
        let row = question.choices.iter().position(|c| c.name.as_str() == name);
        row.map(ChoiceId::of).ok_or_else(|| tr!("no choice is named `{name}`", name))
    };
    let partner = |partners: &[Partner], name: &String| {
        let row = partners.iter().position(|p| p.name.as_str() == name);
        row.map(PartnerId::of).ok_or_else(|| tr!("nobody and nothing on offer is named `{name}`", name))
    };
    let mut pairs = match (&question.ask, does) {
        (Ask::Assign(spec), Does::Assign(tasks)) => tasks
            .iter()
            .map(|(row, to)| Ok(Pair { row: choice(row)?, with: partner(&spec.among, to)?, by: None }))
            .collect::<Result<Vec<_>, String>>()?,
        (Ask::Notify(spec), Does::Notify(whom)) => whom
            .iter()
            .map(|(row, n)| Ok(Pair { row: choice(row)?, with: partner(&spec.through, &n.via)?, by: n.by }))
            .collect::<Result<Vec<_>, String>>()?,
        _ => return Err(tr!("that does not answer this question")),
    };
    pairs.sort_unstable();
    Ok(pairs)
}

/// The options chosen for the calculator, every factor once.
fn factors(written: &BTreeMap<String, String>) -> Result<Factors, String> {
    let mut rows = [0; 8];
    for (factor, row) in FACTORS.iter().zip(&mut rows) {
        let name = written.get(factor.name).ok_or_else(|| tr!("factor `{0}` is missing", factor.name))?;
        *row = factor.option(name).ok_or_else(|| tr!("factor `{0}` has no `{1}`", factor.name, name))?;
    }
    let known = |name: &String| FACTORS.iter().any(|factor| factor.name == name);
    match written.keys().find(|name| !known(name)) {
        Some(name) => Err(tr!("no factor is named `{name}`", name)),
        None => Ok(Factors(rows)),
    }
}

/// That an axis of impact has no such level.
fn unknown_level(axis: Axis, name: &str) -> String {
    match axis {
        Axis::Functional => tr!("no functional is named `{name}`", name),
        Axis::Information => tr!("no information is named `{name}`", name),
        Axis::Recoverability => tr!("no recoverability is named `{name}`", name),
    }
}

fn category(scenario: &Scenario, does: &Does) -> Result<Category, String> {
    let Does::Categorize {
        class,
        kind,
        severity,
        factors: from,
        functional,
        information,
        recoverability,
        too_early,
    } = does
    else {
        unreachable!("checked: the caller matched it")
    };
    let taxonomy: &Taxonomy = &scenario.taxonomy;
    let mut call = Category { too_early: *too_early, ..Category::default() };
    if let Some(name) = class {
        let class = taxonomy.class(name).ok_or_else(|| tr!("no class is named `{name}`", name))?;
        call.class = Some(class);
        if let Some(name) = kind {
            call.kind =
                Some(taxonomy.kind(class, name).ok_or_else(|| tr!("no type is named `{name}`", name))?);
        }
    }
    if let Some(name) = severity {
        let row = scenario.severities.iter().position(|s| s == name);
        call.severity = Some(crate::scenario::LevelId::of(
            row.ok_or_else(|| tr!("no severity is named `{name}`", name))?,
        ));
    }
    call.factors = from.as_ref().map(factors).transpose()?;
    for (axis, name) in Axis::ALL.into_iter().zip([functional, information, recoverability]) {
        if let Some(name) = name {
            call.impact[axis as usize] = Some(axis.level(name).ok_or_else(|| unknown_level(axis, name))?);
        }
    }
    Ok(call)
}

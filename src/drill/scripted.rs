//! The scripted front end: plays an answers file at full speed, without a person.

use super::drive::Drill;
use crate::engine::{Answer, Fact, Input, PauseCause, Refusal, Submission, What};
use crate::journal::{Journal, JournalError};
use crate::scenario::{
    Answers, Axis, Category, ChoiceId, Does, QuestionId, Scenario, SimTime, Step, Taxonomy,
};

/// A step with its names resolved.
#[derive(Clone, Debug)]
pub struct Planned {
    row: usize,
    moment: When,
    input: Input,
}

#[derive(Clone, Copy, Debug)]
enum When {
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
            Ok((moment, input)) => planned.push(Planned { row, moment, input }),
            Err(what) => wrong.push(format!("step {}: {what}", row + 1)),
        }
    }
    if wrong.is_empty() { Ok(planned) } else { Err(wrong) }
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
    let mut waiting = left_to_do(drill, steps);
    let mut notices = Vec::new();
    let mut now = drill.state().at;
    let mut seen = 0;
    loop {
        for fact in &drill.facts()[seen..] {
            if let What::Opened { question, .. } = fact.what {
                settle_moments(&mut waiting, question, fact.at);
            }
            told(fact);
        }
        seen = drill.facts().len();
        if drill.state().over() {
            break;
        }
        let next = next_step(drill, &waiting, now);
        // One moment at a time: what opens meanwhile may bring the next step forward.
        let horizon = next.map_or(drill.scenario().clock.length, |(_, at)| at);
        match (drill.step(horizon)?, next) {
            (true, _) => now = now.max(drill.state().at),
            (false, Some((row, at))) => {
                now = at;
                let step = waiting.remove(row);
                take(drill, step, now, &mut waiting, &mut notices)?;
            }
            (false, None) => break,
        }
    }
    notices.extend(waiting.iter().map(|s| format!("step {} was not reached", s.row + 1)));
    Ok(notices)
}

/// The steps that a drill, perhaps an interrupted one, has not seen yet.
fn left_to_do<J: Journal>(drill: &Drill<'_, J>, steps: &[Planned]) -> Vec<Planned> {
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
            None => left.push(step.clone()),
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
        | (What::Extended { question, .. }, Input::MoreTime(wanted)) => question == wanted,
        (What::Noted(text), Input::Note(wanted)) => *text == crate::scenario::clean(wanted.trim()),
        (What::Paused(cause), Input::Pause(wanted)) => cause == wanted,
        _ => false,
    }
}

/// From the opening of a question on, the moments of the steps that wait for it are known.
fn settle_moments(waiting: &mut [Planned], opened: QuestionId, at: SimTime) {
    for step in waiting {
        if let When::After(question, after) = step.moment
            && question == opened
        {
            step.moment = When::At(at + after);
        }
    }
}

/// The row and moment of the step that comes next, if any can be told.
fn next_step<J: Journal>(
    drill: &Drill<'_, J>,
    waiting: &[Planned],
    now: SimTime,
) -> Option<(usize, SimTime)> {
    let moment = |step: &Planned| match step.moment {
        When::At(at) => Some(at),
        When::After(..) => None,
    };
    if drill.state().paused.is_some() {
        // What may be done in a pause is done in it, if it is listed before the going on.
        let due = |s: &Planned| moment(s).is_some_and(|at| at <= now);
        let next = |s: &Planned| {
            s.input == Input::Resume || matches!(s.input, Input::Note(_) | Input::End) && due(s)
        };
        return waiting.iter().position(next).map(|row| (row, now));
    }
    waiting
        .iter()
        .enumerate()
        .filter_map(|(row, step)| moment(step).map(|at| (at.max(now), row)))
        .min()
        .map(|(at, row)| (row, at))
}

fn take<J: Journal>(
    drill: &mut Drill<'_, J>,
    step: Planned,
    now: SimTime,
    waiting: &mut Vec<Planned>,
    notices: &mut Vec<String>,
) -> Result<(), JournalError> {
    match drill.submit(now, &step.input)? {
        Ok(_) => {}
        Err(Refusal::Busy(until)) => waiting.insert(0, Planned { moment: When::At(until), ..step }),
        Err(refusal) => notices.push(format!("step {} at {now}: {refusal}", step.row + 1)),
    }
    Ok(())
}

fn resolve(scenario: &Scenario, step: &Step) -> Result<(When, Input), String> {
    let moment = match (&step.at, &step.asked) {
        (Some(at), _) => When::At(*at),
        (None, Some(name)) => When::After(question(scenario, name)?, step.after),
        (None, None) => return Err("say either `at` or `asked`".into()),
    };
    let row = |kind: &str, name: &str, row: Option<usize>| {
        row.ok_or_else(|| format!("no {kind} is named `{name}`"))
    };
    let input = match &step.does {
        Does::Do(name) => {
            let found = scenario.actions.iter().position(|a| a.name.as_str() == name);
            Input::Do(crate::scenario::ActionId::of(row("action", name, found)?))
        }
        Does::Examine(name) => {
            let found = scenario.evidence.iter().position(|e| e.name.as_str() == name);
            Input::Examine(crate::scenario::EvidenceId::of(row("evidence", name, found)?))
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
        | Does::Estimate(_)
        | Does::Categorize { .. }
        | Does::Record(_)
        | Does::Reflect(_)) => {
            let name = step.asked.as_ref().or(step.question.as_ref());
            let id = question(scenario, name.ok_or("an answer needs `asked` or `question`")?)?;
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
    row.map(QuestionId::of).ok_or_else(|| format!("no question is named `{name}`"))
}

fn resolve_answer(scenario: &Scenario, id: QuestionId, does: &Does) -> Result<Answer, String> {
    let choice = |name: &String| {
        let row = scenario.question(id).choices.iter().position(|c| c.name.as_str() == name);
        row.map(ChoiceId::of).ok_or_else(|| format!("no choice is named `{name}`"))
    };
    Ok(match does {
        Does::Choose(name) => Answer::One(choice(name)?),
        Does::ChooseSeveral(names) => Answer::Several(names.iter().map(choice).collect::<Result<_, _>>()?),
        Does::Order(names) | Does::Record(names) => {
            Answer::Order(names.iter().map(choice).collect::<Result<_, _>>()?)
        }
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
        | Does::End => unreachable!("checked: `resolve` handles what is no answer"),
    })
}

fn category(scenario: &Scenario, does: &Does) -> Result<Category, String> {
    let Does::Categorize { class, kind, severity, functional, information, recoverability, too_early } = does
    else {
        unreachable!("checked: the caller matched it")
    };
    let taxonomy: &Taxonomy = &scenario.taxonomy;
    let missing = |kind: &str, name: &String| format!("no {kind} is named `{name}`");
    let mut call = Category { too_early: *too_early, ..Category::default() };
    if let Some(name) = class {
        let class = taxonomy.class(name).ok_or_else(|| missing("class", name))?;
        call.class = Some(class);
        if let Some(name) = kind {
            call.kind = Some(taxonomy.kind(class, name).ok_or_else(|| missing("type", name))?);
        }
    }
    if let Some(name) = severity {
        let row = scenario.severities.iter().position(|s| s == name);
        call.severity = Some(crate::scenario::LevelId::of(row.ok_or_else(|| missing("severity", name))?));
    }
    for (axis, name) in Axis::ALL.into_iter().zip([functional, information, recoverability]) {
        if let Some(name) = name {
            call.impact[axis as usize] = Some(axis.level(name).ok_or_else(|| missing(axis.name(), name))?);
        }
    }
    Ok(call)
}

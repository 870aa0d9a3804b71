//! `what-if`: a drill with one decision changed, played again; the drill itself stays as it was.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Value, json};
use tr::tr;

use super::list::pretty;
use crate::cli::args::WhatIfArgs;
use crate::cli::drills::{Data, Played};
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::spoilers::spoils_beside;
use crate::debrief::{Other, would};
use crate::drill::scripted::resolve_answer;
use crate::engine::Answer;
use crate::scenario::{
    ActionId, Ask, Axis, CategorizeSpec, Does, HowTold, QuestionId, Scenario, SimTime, near_miss,
};
use crate::solve::{Instead, Turn, Unasked, Wanted, WhatIf};

/// What is decided otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum At {
    Question(QuestionId),
    Action(ActionId),
}

pub(in crate::cli) fn run(args: &WhatIfArgs, out: &Output, data: &Data) -> Result<(), Failure> {
    let played = data.read(args.drill.as_deref())?;
    let drill = ready(&played)?;
    spoils_beside(&played, args.unfinished, out, data)?;
    let at = args.at.as_deref().map(|name| decided(&played.scenario, name)).transpose()?;
    let (others, cut) = match at {
        Some(at) if args.lapse || !args.choose.is_empty() => {
            (vec![(turn_name(&played.scenario, at), vec![asked(args, &played, &drill, at)?])], false)
        }
        _ => table(&played, &drill, at),
    };
    let short = played.about.short();
    if out.json {
        let list: Vec<Value> =
            others.iter().map(|(name, others)| json!({ "name": name, "otherwise": others })).collect();
        return out.result(&pretty(&json!({
            "format": "breachdrill/what-if/1",
            "drill": played.about.drill,
            "decisions": list,
            "cut": cut,
        })));
    }
    if others.is_empty() {
        out.talk(&tr!("Nothing else that could have been done there would have changed anything."));
    }
    let mut text = String::new();
    for (name, others) in &others {
        let _ = writeln!(text, "{name}");
        for other in others {
            text.push_str(&out.hung(&other.says, 2, 4));
        }
    }
    out.prose(&text)?;
    if cut {
        out.say(&tr!(
            "The drill is too long to try every other choice of it at once; --at NAME tries those of one decision."
        ));
    }
    if at.is_some() && !cut && !others.is_empty() && args.choose.is_empty() && !args.lapse {
        out.talk(&tr!("What is not listed would have changed nothing."));
    }
    match at {
        Some(At::Question(id)) => {
            out.next(&format!("breachdrill retry {short} --at {}", played.scenario.question(id).name));
        }
        _ => out.next(&format!("breachdrill debrief {short}")),
    }
    Ok(())
}

/// A drill that is over, made ready to have decisions changed.
pub(in crate::cli) fn ready(played: &Played) -> Result<WhatIf<'_>, Failure> {
    WhatIf::of(&played.scenario, &played.facts).ok_or_else(|| {
        let id = played.about.short();
        Failure::new(tr!("drill {id} is not over, and this would give away the rest", id))
            .hint(tr!("breachdrill resume {id} plays it to its end", id))
    })
}

/// The question or action of that name.
pub(in crate::cli) fn decided(scenario: &Scenario, name: &str) -> Result<At, Failure> {
    let questions = || scenario.questions.iter().map(|q| q.name.as_str());
    let actions = || scenario.actions.iter().map(|a| a.name.as_str());
    if let Some(row) = questions().position(|own| own == name) {
        return Ok(At::Question(QuestionId::of(row)));
    }
    if let Some(row) = actions().position(|own| own == name) {
        return Ok(At::Action(ActionId::of(row)));
    }
    let failure = Failure::usage(tr!("no question or action is named `{name}`", name));
    Err(match near_miss(name, questions().chain(actions())) {
        Some(near) => failure.hint(tr!("did you mean `{near}`?", near)),
        None => failure.hint(tr!("breachdrill what-if lists the decisions of a drill")),
    })
}

fn turn_name(scenario: &Scenario, at: At) -> String {
    match at {
        At::Question(id) => scenario.question(id).name.to_string(),
        At::Action(id) => scenario.action(id).name.to_string(),
    }
}

/// Every other choice that would have changed something, decision by decision.
fn table(played: &Played, drill: &WhatIf<'_>, at: Option<At>) -> (Vec<(String, Vec<Other>)>, bool) {
    let alternatives = drill.among(|turn| at.is_none_or(|at| at == at_of(turn)));
    let mut told: Vec<(String, Vec<Other>)> = Vec::new();
    for (turn, others) in alternatives.turns {
        let others =
            others.iter().map(|other| would(&played.scenario, &played.facts, &other.fork, &other.difference));
        told.push((turn_name(&played.scenario, at_of(turn)), others.collect()));
    }
    (told, alternatives.cut)
}

/// What a decision is about.
const fn at_of(turn: Turn) -> At {
    match turn {
        Turn::Answered(id) | Turn::Revised(id, _) | Turn::Stood(id) | Turn::Silent(id) => At::Question(id),
        Turn::Did(id, _) | Turn::Left(id) => At::Action(id),
    }
}

/// The one thing that was asked.
fn asked(args: &WhatIfArgs, played: &Played, drill: &WhatIf<'_>, at: At) -> Result<Other, Failure> {
    let scenario = &played.scenario;
    let moment = args.at_moment.as_deref().map(SimTime::parse).transpose();
    let moment = moment.map_err(|wrong| Failure::usage(tr!("--at-moment: {wrong}", wrong)))?;
    let wanted = match at {
        At::Question(id) if args.lapse => Wanted::Question(id, Instead::Silence, None),
        At::Question(id) => {
            let names = scenario.question(id).choices.iter().map(|choice| format!("`{}`", choice.name));
            let names = names.collect::<Vec<_>>().join(", ");
            let answer = answer(scenario, id, &args.choose).map_err(|wrong| {
                let failure = Failure::usage(wrong);
                if names.is_empty() { failure } else { failure.hint(tr!("its choices are {names}", names)) }
            })?;
            Wanted::Question(id, Instead::Answer(answer), moment)
        }
        At::Action(id) if args.lapse => Wanted::Action(id, Instead::Leave, None),
        At::Action(id) if args.choose == ["do"] => Wanted::Action(id, Instead::Do, moment),
        At::Action(_) => {
            return Err(Failure::usage(tr!("an action is done or not: --choose do, or --lapse")));
        }
    };
    match drill.ask(&wanted) {
        Ok((fork, difference)) => Ok(would(scenario, &played.facts, &fork, &difference)),
        Err(unasked @ (Unasked::NotOpen | Unasked::Over | Unasked::Refused(_))) => {
            Err(Failure::new(unasked.to_string())
                .hint(tr!("--at-moment takes drill time since STARTEX, such as 9m")))
        }
        Err(unasked) => Err(Failure::new(unasked.to_string())),
    }
}

/// What was typed, as an answer to the question.
fn answer(scenario: &Scenario, id: QuestionId, typed: &[String]) -> Result<Answer, String> {
    let one = || match typed {
        [one] => Ok(one.clone()),
        _ => Err("this question takes one --choose".to_owned()),
    };
    let does = match &scenario.question(id).ask {
        Ask::Triage(_) | Ask::ChooseOne => Does::Choose(one()?),
        Ask::ChooseSeveral => Does::ChooseSeveral(typed.to_vec()),
        Ask::PutInOrder { .. } => Does::Order(typed.to_vec()),
        Ask::Record { .. } => Does::Record(typed.to_vec()),
        Ask::Estimate(_) => {
            let number = one()?;
            Does::Estimate(number.parse().map_err(|_| tr!("`{number}` is not a whole number", number))?)
        }
        Ask::Assign(_) => Does::Assign(once(typed, given)?),
        Ask::Notify(_) => Does::Notify(once(typed, told)?),
        Ask::Reflect { .. } => Does::Reflect(one()?),
        Ask::Categorize(spec) => category(spec, typed)?,
    };
    resolve_answer(scenario, id, &does)
}

/// Pairs, of which none names the same thing twice.
fn once<T>(
    typed: &[String],
    read: impl Fn(&str) -> Result<(String, T), String>,
) -> Result<BTreeMap<String, T>, String> {
    let mut all = BTreeMap::new();
    for part in typed {
        let (name, to) = read(part)?;
        if all.contains_key(&name) {
            return Err(tr!("`{name}` is given twice", name));
        }
        all.insert(name, to);
    }
    Ok(all)
}

/// `TASK=PERSON`.
fn given(part: &str) -> Result<(String, String), String> {
    let (task, to) = part.split_once('=').ok_or_else(|| tr!("`{part}` is not written as NAME=NAME", part))?;
    Ok((task.to_owned(), to.to_owned()))
}

/// `RECIPIENT=CHANNEL`, or `RECIPIENT=CHANNEL@24h`.
fn told(part: &str) -> Result<(String, HowTold), String> {
    let (whom, how) = given(part)?;
    let (via, by) = how.split_once('@').map_or((how.as_str(), None), |(via, by)| (via, Some(by)));
    let by = by.map(SimTime::parse).transpose()?;
    Ok((whom, HowTold { via: via.to_owned(), by }))
}

/// `fraud/phishing`, `severity=high`, `too-early`.
fn category(spec: &CategorizeSpec, typed: &[String]) -> Result<Does, String> {
    let [mut class, mut kind, mut severity] = [None, None, None];
    let [mut functional, mut information, mut recoverability] = [None, None, None];
    let (mut too_early, mut factors) = (false, BTreeMap::new());
    for part in typed {
        match part.split_once('=') {
            None if part == "too-early" => too_early = true,
            None => {
                let (own, sort) = part.split_once('/').map_or((part.as_str(), None), |(c, k)| (c, Some(k)));
                class = Some(own.to_owned());
                kind = sort.map(str::to_owned);
            }
            Some(("class", name)) => class = Some(name.to_owned()),
            Some(("type", name)) => kind = Some(name.to_owned()),
            Some(("severity", name)) => severity = Some(name.to_owned()),
            Some(("functional", name)) => functional = Some(name.to_owned()),
            Some(("information", name)) => information = Some(name.to_owned()),
            Some(("recoverability", name)) => recoverability = Some(name.to_owned()),
            Some((factor, name)) => drop(factors.insert(factor.to_owned(), name.to_owned())),
        }
    }
    let factors = (!factors.is_empty()).then_some(factors);
    let level = [&functional, &information, &recoverability];
    let missing = [
        (spec.class && class.is_none(), "CLASS or CLASS/TYPE"),
        (spec.severity && severity.is_none() && factors.is_none(), "severity=LEVEL"),
        (spec.asks(Axis::Functional) && level[0].is_none(), "functional=LEVEL"),
        (spec.asks(Axis::Information) && level[1].is_none(), "information=LEVEL"),
        (spec.asks(Axis::Recoverability) && level[2].is_none(), "recoverability=LEVEL"),
    ];
    let missing: Vec<&str> = missing.iter().filter(|(missing, _)| *missing).map(|(_, what)| *what).collect();
    if !too_early && !missing.is_empty() {
        let missing = missing.join(" --choose ");
        return Err(tr!("this question asks for more: --choose {missing}", missing));
    }
    Ok(Does::Categorize {
        class,
        kind,
        severity,
        factors,
        functional,
        information,
        recoverability,
        too_early,
    })
}

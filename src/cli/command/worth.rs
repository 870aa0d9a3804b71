//! What each choice of a question is worth by itself, for `explore --question`.
//!
//! Points inside the good window, by the rules of `score` alone: what becomes of it
//! afterwards is for exploration to say.

use super::key::category;
use crate::scenario::{
    Ask, AssignSpec, CategorizeSpec, Choice, ChoiceId, EstimateKey, EstimateSpec, NotifySpec, Question,
    Scenario, TriageTable, Truth, TruthId, Verdict,
};
use crate::score::{Credit, Points};
use crate::speech::{Language, speaking};

/// One choice, or one part of an answer, with what it adds or takes away.
pub(super) struct Part {
    /// What is chosen.
    pub(super) what: String,
    /// Its points, on time.
    pub(super) points: Points,
    /// Under which circumstances; empty for always.
    pub(super) when: String,
}

/// The kind of a question, in words.
pub(super) const fn kind(question: &Question) -> &'static str {
    match question.ask {
        Ask::Triage(_) => "triage",
        Ask::Categorize(_) => "categorize",
        Ask::ChooseOne => "choose one",
        Ask::ChooseSeveral => "choose several",
        Ask::PutInOrder { .. } => "put in order",
        Ask::Estimate(_) => "estimate",
        Ask::Assign(_) => "assign",
        Ask::Notify(_) => "notify",
        Ask::Record { .. } => "record",
        Ask::Reflect { .. } => "reflect, never scored",
    }
}

/// Everything that the answers to a question are made of, each with its worth.
pub(super) fn parts(scenario: &Scenario, question: &Question) -> Vec<Part> {
    // As all that exploration says to authors: in English, categories too.
    speaking(Language::English, || in_english(&Of { scenario, question }))
}

fn in_english(of: &Of<'_>) -> Vec<Part> {
    match &of.question.ask {
        Ask::Triage(table) => of.triage(table),
        Ask::Categorize(spec) => of.categories(spec),
        Ask::ChooseOne => of.one(),
        Ask::ChooseSeveral => of.marked(100),
        Ask::PutInOrder { before } => of.ordered(before, 100),
        Ask::Estimate(spec) => of.estimate(spec),
        Ask::Assign(spec) => of.assigned(spec),
        Ask::Notify(spec) => of.notified(spec),
        Ask::Record { before } => {
            // Facts and order are worth half each; where no order is asked, facts are all.
            let mut parts = of.marked(if before.is_empty() { 100 } else { 50 });
            parts.extend(of.ordered(before, 50));
            parts
        }
        Ask::Reflect { .. } => Vec::new(),
    }
}

/// What a choice falls short of the best one on offer by its own points; none where they
/// hang on the truth, or where choices are not worth points one by one.
pub(super) fn short_by_itself(question: &Question, choice: &Choice) -> Option<Points> {
    let hangs = question.choices.iter().any(|c| !c.by_truth.is_empty());
    if !matches!(question.ask, Ask::ChooseOne) || hangs {
        return None;
    }
    let best = question.choices.iter().map(|c| c.credit).max()?;
    Some(Credit::percent(best - choice.credit).points(question.weight, 100))
}

struct Of<'s> {
    scenario: &'s Scenario,
    question: &'s Question,
}

impl Of<'_> {
    fn part(&self, what: impl Into<String>, credit: Credit, when: impl Into<String>) -> Part {
        Part { what: what.into(), points: credit.points(self.question.weight, 100), when: when.into() }
    }

    fn truth(&self, id: TruthId) -> &Truth {
        &self.scenario.truth[id.at()]
    }

    fn one(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        for choice in &self.question.choices {
            let name = choice.name.as_str();
            parts.push(self.part(name, Credit::percent(choice.credit), ""));
            parts.extend(choice.by_truth.iter().map(|(id, credit)| {
                self.part(name, Credit::percent(*credit), format!("while {} is true", self.truth(*id).name))
            }));
        }
        parts
    }

    fn triage(&self, table: &TriageTable) -> Vec<Part> {
        let mut parts = Vec::new();
        for (choice, called) in self.question.choices.iter().zip(Verdict::ALL) {
            for (truth, when) in Verdict::ALL.into_iter().zip([
                "while it is an incident",
                "while it is none",
                "while it is too early to tell",
            ]) {
                let credit = table.credit[truth as usize][called as usize];
                parts.push(self.part(choice.name.as_str(), Credit::percent(credit), when));
            }
            if called == Verdict::TooEarly {
                let credit = Credit::percent(table.thin);
                parts.push(self.part(choice.name.as_str(), credit, "while the evidence is thin"));
            }
        }
        parts
    }

    fn categories(&self, spec: &CategorizeSpec) -> Vec<Part> {
        let called = |truth: &Truth| match &truth.category {
            Some(call) => Some(category(self.scenario, call)),
            None => {
                (truth.verdict == Verdict::TooEarly && spec.too_early).then(|| "too early to tell".into())
            }
        };
        let truths = self.scenario.truth.iter();
        let right = truths.filter_map(|truth| Some((truth, called(truth)?)));
        right
            .map(|(truth, call)| {
                self.part(call, Credit::percent(100), format!("while {} is true", truth.name))
            })
            .collect()
    }

    /// Right ones share the whole, others take away their share, harm costs its own on top.
    fn marked(&self, whole: i32) -> Vec<Part> {
        let choices = &self.question.choices;
        let keys = choices.iter().filter(|c| c.right).count();
        let share = |of: usize, sign: i32| Credit(sign * Credit::share(1, of).0 * whole / 100);
        let part = |choice: &Choice| {
            let needless = share((choices.len() - keys).max(1), -1);
            let (credit, when) = match (choice.right, choice.credit) {
                (true, _) => (share(keys, 1), "of what is right".to_owned()),
                (false, ..0) => self.harmful(keys, needless, Credit::percent(choice.credit)),
                (false, _) => (needless, "but never below 0 for what is only needless".to_owned()),
            };
            self.part(choice.name.as_str(), credit, when)
        };
        choices.iter().map(part).collect()
    }

    /// What is harmful beside being needless. That it is needless costs only of what is right
    /// beside it, so by itself the harm is all; where nothing is right, leaving it is.
    fn harmful(&self, keys: usize, needless: Credit, harm: Credit) -> (Credit, String) {
        if keys == 0 {
            return (Credit(needless.0 + harm.0), "harmful".to_owned());
        }
        let beside = Credit(-needless.0).points(self.question.weight, 100);
        (harm, format!("harmful, and {beside} less of what is right beside it"))
    }

    fn ordered(&self, before: &[(ChoiceId, ChoiceId)], whole: i32) -> Vec<Part> {
        let each = Credit(Credit::share(1, before.len()).0 * whole / 100);
        let name = |id| self.question.choice(id).name.as_str();
        before
            .iter()
            .map(|(one, other)| self.part(format!("{} before {}", name(*one), name(*other)), each, ""))
            .collect()
    }

    fn estimate(&self, spec: &EstimateSpec) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut key = |key: &EstimateKey, when: &str| {
            let unit = &spec.unit;
            let near = format!("{} {unit}, up to {} off", key.answer, key.tolerance);
            parts.push(self.part(near, Credit::percent(100), when));
            parts.push(self.part(format!("{} {unit} off, or more", key.outer), Credit(0), when));
        };
        key(&spec.key, "");
        for (id, own) in &spec.by_truth {
            key(own, &format!("while {} is true", self.truth(*id).name));
        }
        parts
    }

    fn assigned(&self, spec: &AssignSpec) -> Vec<Part> {
        let choices = &self.question.choices;
        let needed = choices.iter().filter(|c| c.right).count();
        let to = |choice: &Choice, who: &str| format!("{} \u{2192} {who}", choice.name);
        let mut parts = Vec::new();
        for (choice, worth) in choices.iter().zip(&spec.worth) {
            if !choice.right {
                let credit = Credit(-Credit::share(1, choices.len() - needed).0);
                parts.push(self.part(
                    to(choice, "anybody"),
                    credit,
                    "for nobody must do it, but never below 0 for that",
                ));
            }
            for (id, credit) in worth {
                let who = spec.among[id.at()].name.as_str();
                let harm = if *credit < 0 { "unsafe" } else { "" };
                // Harm is not shared: it costs its own on top.
                let share = if *credit < 0 { 1 } else { i32::try_from(needed.max(1)).unwrap_or(1) };
                parts.push(self.part(to(choice, who), Credit(Credit::percent(*credit).0 / share), harm));
            }
        }
        parts
    }

    fn notified(&self, spec: &NotifySpec) -> Vec<Part> {
        let choices = &self.question.choices;
        let needed = choices.iter().filter(|c| c.right).count();
        let mut parts = Vec::new();
        for (choice, need) in choices.iter().zip(&spec.needs) {
            if choice.right {
                let via: Vec<&str> = need.via.iter().map(|id| spec.through[id.at()].name.as_str()).collect();
                let via = if via.is_empty() { "any safe channel".into() } else { via.join(" or ") };
                let by = need.by.map(|by| format!(", within {by}")).unwrap_or_default();
                let when = format!("by {via}{by}; half of it where only one of the two is right");
                parts.push(self.part(choice.name.as_str(), Credit::share(1, needed), when));
            } else {
                let needless = Credit(-Credit::share(1, choices.len() - needed).0);
                let (credit, when) = if choice.credit < 0 {
                    self.harmful(needed, needless, Credit::percent(choice.credit))
                } else {
                    (needless, "need not be told, but never below 0 for that".to_owned())
                };
                parts.push(self.part(choice.name.as_str(), credit, when));
            }
        }
        for channel in spec.through.iter().filter(|channel| channel.credit < 0) {
            let what = format!("anybody through {}", channel.name);
            parts.push(self.part(what, Credit::percent(channel.credit), "unsafe, each time"));
        }
        parts
    }
}

//! What exploration tells an author: a proof, as findings at their places.

use super::cone::Goal;
use super::explore::{Proof, Unreached};
use crate::engine::{Fact, Input, What};
use crate::scenario::{
    Ask, ChoiceId, Code, Diagnostic, InjectId, InjectKind, Places, QuestionId, Scenario, Span, finding,
};
use crate::score::Points;

/// Everything in `proof` that an author should mend or know.
#[must_use]
pub fn findings(scenario: &Scenario, proof: &Proof) -> Vec<Diagnostic> {
    let teller = Teller { scenario, places: Places::of(scenario), proof };
    let mut found: Vec<Diagnostic> = proof.unreached.iter().filter_map(|u| teller.unreached(u)).collect();
    found.extend(teller.nothing_offered());
    found.extend(teller.dead_end());
    found.extend(teller.never_best());
    found.extend(teller.harm_pays());
    found.extend(teller.stages());
    found.extend(teller.partial());
    found.sort_by_key(|finding| (finding.span.start, finding.code));
    found
}

struct Teller<'s> {
    scenario: &'s Scenario,
    places: Places<'s>,
    proof: &'s Proof,
}

impl Teller<'_> {
    /// Whether a thing hangs on something that is itself not reached, and is told there.
    fn told_elsewhere(&self, goal: Goal) -> bool {
        let question = |id: QuestionId| self.proof.unreached.iter().any(|u| u.goal == Goal::Question(id));
        matches!(goal, Goal::Choice(id, _) if question(id))
    }

    fn unreached(&self, unreached: &Unreached) -> Option<Diagnostic> {
        let Unreached { goal, proved } = *unreached;
        if self.told_elsewhere(goal) {
            return None;
        }
        let (s, places) = (self.scenario, &self.places);
        let (code, span, what) = match goal {
            Goal::Points | Goal::Stage(_) => return None,
            Goal::Inject(id) => self.inject(id),
            Goal::Missed(id) => {
                let name = s.inject(id).name.as_str();
                let what = format!("no line misses what `{name}` expects, so it tells nothing");
                (Code::CertainCheckpoint, places.entry("injects", name), what)
            }
            Goal::Question(id) => {
                let name = s.question(id).name.as_str();
                let what = format!("no line asks the question `{name}`");
                (Code::UnreachableQuestion, places.entry("questions", name), what)
            }
            Goal::Choice(id, choice) => {
                let (question, choice) = (s.question(id).name.as_str(), self.choice_name(id, choice));
                let what = format!("no line puts the choice `{choice}` on offer");
                (Code::UnreachableChoice, places.choice(question, choice), what)
            }
            Goal::Evidence(id) => {
                let name = s.artefact(id).name.as_str();
                let what = format!("no line makes the evidence `{name}` available");
                (Code::UnreachableEvidence, places.entry("evidence", name), what)
            }
            Goal::Action(id) => {
                let name = s.action(id).name.as_str();
                let what = format!("no line puts the action `{name}` on offer in time to do it");
                (Code::UnreachableAction, places.entry("actions", name), what)
            }
            Goal::Truth(id) => {
                let name = s.truth[id.at()].name.as_str();
                let what = format!("the truth `{name}` comes into force on no line");
                (Code::UnreachableTruth, places.entry("truth", name), what)
            }
            Goal::Ending(id) => {
                let name = s.endings[id.at()].name.as_str();
                let what = format!("no line ends in `{name}`");
                (Code::UnreachableEnding, places.entry("endings", name), what)
            }
        };
        let help = if proved {
            format!(
                "every line was looked at{}, with decisions at the moments that docs/exploration.md names; look at what it waits for",
                self.variations()
            )
        } else {
            "not every line was looked at, so it may lie beyond; give exploration more states or time"
                .to_owned()
        };
        let what =
            if proved { what } else { format!("{what}, as far as exploration came before it was cut") };
        Some(finding(code, span, &what, &[help]))
    }

    fn inject(&self, id: InjectId) -> (Code, Span, String) {
        let inject = self.scenario.inject(id);
        let name = inject.name.as_str();
        let (code, what) = if matches!(inject.kind, InjectKind::Checkpoint(_)) {
            (Code::UnreachableCheckpoint, format!("`{name}` expects what no line does in its window"))
        } else {
            (Code::UnreachableInject, format!("no line brings the inject `{name}`"))
        };
        (code, self.places.entry("injects", name), what)
    }

    fn variations(&self) -> String {
        match self.proof.variations.len() {
            1 => String::new(),
            count => format!(" in {count} variations of the script"),
        }
    }

    fn choice_name(&self, question: QuestionId, choice: ChoiceId) -> &str {
        self.scenario.question(question).choice(choice).name.as_str()
    }

    fn nothing_offered(&self) -> Vec<Diagnostic> {
        let empty = self.proof.reach.empty.iter().enumerate().filter(|(_, way)| way.is_some());
        let told = empty.map(|(row, _)| {
            let name = self.scenario.questions[row].name.as_str();
            let span = self.places.entry("questions", name);
            let what = format!("on some line the question `{name}` opens with nothing to choose");
            let help = "leave one choice without `when`, so that there is always an answer".to_owned();
            finding(Code::NothingOffered, span, &what, &[help])
        });
        told.collect()
    }

    fn dead_end(&self) -> Option<Diagnostic> {
        let silence = self.proof.reach.silence.as_ref()?;
        let seconds = silence.until.since(silence.from).0 / u32::from(self.scenario.clock.pace.max(1));
        let minutes = seconds / 60;
        let what = format!(
            "on some line nothing comes and nothing can be done from {} to ENDEX at {}: {minutes} real minutes",
            silence.from, silence.until
        );
        let help = [
            "end the drill there with `End` or an ending `at_once`, or let something follow".to_owned(),
            "the line: breachdrill explore SCRIPT --line dead-end --output FILE".to_owned(),
        ];
        Some(finding(Code::DeadEnd, self.places.entry("clock", "length"), &what, &help))
    }

    /// Choices that the author calls best, and that no situation makes so.
    fn never_best(&self) -> Vec<Diagnostic> {
        let mut told = Vec::new();
        if self.proof.points.cut.is_some() {
            return told;
        }
        for (row, question) in self.scenario.questions.iter().enumerate() {
            let Some(most) = question.choices.iter().map(|c| c.credit).max() else { continue };
            if !matches!(question.ask, Ask::ChooseOne) {
                continue;
            }
            for (choice, own) in question.choices.iter().enumerate() {
                let short = self.proof.reach.regret[row][choice].filter(|short| *short > Points(0));
                let Some(short) = short.filter(|_| own.credit == most) else { continue };
                let name = own.name.as_str();
                let what = format!(
                    "`{name}` has the most credit and is never best: another choice always leads to {short} points more at least"
                );
                let help = format!(
                    "see what follows from the others: breachdrill explore SCRIPT --question {}",
                    question.name
                );
                let span = self.places.choice(question.name.as_str(), name);
                told.push(finding(Code::NeverBest, span, &what, &[help]));
            }
        }
        told
    }

    /// A best line that does harm on its way, or does not end well.
    fn harm_pays(&self) -> Vec<Diagnostic> {
        let mut told = Vec::new();
        let best = &self.proof.points.best;
        if self.proof.points.cut.is_some() {
            return told;
        }
        for (span, what) in best.line.steps.iter().filter_map(|step| self.harm(&step.input)) {
            let what = format!("the line that earns most does harm: {what} opens more points than it costs");
            let help = "let it cost more, or let the good way open as much".to_owned();
            told.push(finding(Code::HarmPays, span, &what, &[help]));
        }
        let (facts, _) = best.line.play(self.scenario);
        let ending =
            |fact: &Fact| if let What::Ended { ending, .. } = fact.what { Some(ending) } else { None };
        let ended = facts.iter().rev().find_map(ending);
        let good = self.scenario.endings.iter().any(|ending| ending.good);
        if let Some(ending) = ended.map(|id| &self.scenario.endings[id.at()]).filter(|e| good && !e.good) {
            let name = ending.name.as_str();
            let what = format!("the line that earns most ends in `{name}`, which is not a good ending");
            let help = "let what is asked on the way to a good ending be worth as much".to_owned();
            told.push(finding(Code::HarmPays, self.places.entry("endings", name), &what, &[help]));
        }
        told
    }

    /// What of an input the author calls harmful.
    fn harm(&self, input: &Input) -> Option<(Span, String)> {
        if let Input::Do(id) = input
            && self.scenario.action(*id).credit < 0
        {
            let name = self.scenario.action(*id).name.as_str();
            return Some((self.places.entry("actions", name), format!("the action `{name}`")));
        }
        let Input::Answer(submission) = input else { return None };
        let question = self.scenario.question(submission.question);
        let harm = submission.answer.choices().iter().find(|c| question.choice(*c).credit < 0)?;
        let name = question.choice(harm).name.as_str();
        Some((self.places.choice(question.name.as_str(), name), format!("the choice `{name}`")))
    }

    fn stages(&self) -> Vec<Diagnostic> {
        let short = self.proof.stages.iter().filter(|stage| stage.proved && stage.earned < stage.possible);
        let told = short.map(|stage| {
            let what = format!(
                "no line earns everything of the stage {}: {} of {} at best",
                stage.stage.label(),
                stage.earned,
                stage.possible
            );
            let help = "two items stand in each other's way; see breachdrill explore SCRIPT".to_owned();
            finding(Code::StageOutOfReach, self.places.entry("objectives", ""), &what, &[help])
        });
        told.collect()
    }

    fn partial(&self) -> Option<Diagnostic> {
        if self.proof.complete() {
            return None;
        }
        let (best, worst) = (&self.proof.points.best, &self.proof.points.worst);
        let why = match self.proof.cut {
            Some((cut, at)) => format!("exploration was cut short by {}, at {at}", cut.name()),
            None => "some assumed work does not fit into the line".to_owned(),
        };
        let what = format!(
            "not proved: {why}; the best line found earns {}, none more than {}; the worst {}, none less than {}",
            best.earned, best.bound, worst.earned, worst.bound
        );
        let help = "give it more: --states and --seconds".to_owned();
        Some(finding(Code::NotProved, self.places.entry("title", ""), &what, &[help]))
    }
}

//! What no drill can reach, and what comes too late to count.

use super::super::at::Span;
use super::super::diagnostic::{Code, Diagnostic, quoted};
use super::super::file;
use super::super::model::{Condition, Effect, InjectKind, Question, Scenario, SpreadStart, Trigger};
use super::super::time::SimTime;
use super::Check;
use super::logic::Logic;
use super::reach::Reach;

impl Check<'_, '_, '_> {
    pub(super) fn unreached(&mut self, reach: &Reach<'_>) {
        self.unreached_injects(reach);
        self.unreached_questions(reach);
        self.unreached_rest(reach);
        self.windows(reach);
        self.cut_off(reach);
    }

    /// Reports it, unless a condition in there has been found to be the cause.
    fn unreachable(&mut self, span: Span, within: Span, what: &str, help: &str) {
        if !self.reader.findings.iter().any(|f| f.code == Code::NeverHolds && holds(within, f.span)) {
            let finding = Diagnostic::new(Code::Unreachable, span, format!("no drill can reach {what}"));
            self.report(finding.help(help));
        }
    }

    fn unreached_injects(&mut self, reach: &Reach<'_>) {
        let (script, scenario) = (self.script, self.scenario);
        let mut delivered = vec![false; scenario.injects.len()];
        scenario.each_effect(|effect| {
            if let Effect::Deliver(inject, _) = effect {
                delivered[inject.at()] = true;
            }
        });
        for (row, inject) in scenario.injects.iter().enumerate() {
            let key = script.injects[row].key;
            let by_effect = matches!(inject.trigger, Trigger::Effect);
            if matches!(inject.kind, InjectKind::Checkpoint(_)) || reach.injects[row] != SimTime::NEVER {
            } else if by_effect && !delivered[row] {
                let finding = Diagnostic::new(Code::NeverDelivered, key, "nothing delivers this inject");
                self.report(finding.help("give it `at`, `after` or `when`, or `Deliver` it in some `then`"));
            } else if !matches!(inject.trigger, Trigger::At(at) if at >= scenario.clock.length) {
                let within = Span { start: key.start, end: self.reader.span(script.injects[row].body).end };
                let help =
                    "what it waits for cannot happen, or not before ENDEX; see its trigger and its `when`";
                self.unreachable(key, within, "this inject", help);
            }
        }
    }

    fn unreached_questions(&mut self, reach: &Reach<'_>) {
        let (script, scenario) = (self.script, self.scenario);
        let mut asked = vec![false; scenario.questions.len()];
        scenario.each_effect(|effect| {
            if let Effect::Ask(question) = effect {
                asked[question.at()] = true;
            }
        });
        for (row, question) in scenario.questions.iter().enumerate() {
            let key = script.questions[row].key;
            match (question.opens, asked[row]) {
                (None, false) => {
                    let finding = Diagnostic::new(Code::NeverAsked, key, "nobody asks this question");
                    self.report(finding.help("write `Ask` in some `then`, or give it a moment with `opens`"));
                }
                (Some(_), true) => {
                    let place =
                        script.questions[row].body.ok().map_or(key, |file| self.place(&file.opens, key));
                    let message = "this question opens by itself and is asked by an effect too";
                    let finding = Diagnostic::new(Code::OpensAndAsked, place, message);
                    self.report(finding.help("keep one of the two; whichever comes first opens it"));
                }
                (None, true) if reach.questions[row] == SimTime::NEVER => {
                    self.unreachable(key, key, "this question", "what asks it cannot happen before ENDEX");
                }
                (Some(_), false) | (None, true) => {}
            }
            if reach.questions[row] == SimTime::NEVER {
                continue;
            }
            for (offer, comes) in script.offers[row].iter().zip(&reach.choices[row]) {
                if *comes == SimTime::NEVER {
                    let what = format!("choice {}", quoted(offer.name.as_str()));
                    let place = self.place(offer.when, offer.key);
                    self.unreachable(place, place, &what, "its `when` cannot hold as the question opens");
                }
            }
        }
    }

    fn unreached_rest(&mut self, reach: &Reach<'_>) {
        let (script, scenario) = (self.script, self.scenario);
        for (row, begins) in script.actions.iter().zip(&reach.actions) {
            if *begins == SimTime::NEVER {
                let within = Span { start: row.key.start, end: self.reader.span(row.body).end };
                self.unreachable(row.key, within, "this action", "its `when` cannot hold before ENDEX");
            }
        }
        for ((row, spread), steps) in script.spreads.iter().zip(&scenario.spreads).zip(&reach.spreads) {
            let late = spread.start == SpreadStart::Startex && spread.first >= scenario.clock.length;
            if *steps == SimTime::NEVER && !late {
                let within = Span { start: row.key.start, end: self.reader.span(row.body).end };
                let help = "what starts it, or its `while`, cannot hold, or not before ENDEX";
                self.unreachable(row.key, within, "a step of this spread", help);
            }
        }
        for ((row, duty), starts) in script.duties.iter().zip(&scenario.duties).zip(&reach.duties) {
            if *starts == SimTime::NEVER && duty.starts.is_some() {
                let within = Span { start: row.key.start, end: self.reader.span(row.body).end };
                self.unreachable(row.key, within, "the start of this duty", "its `starts` cannot hold");
            }
        }
        for (row, comes) in script.evidence.iter().zip(&reach.evidence) {
            if *comes == SimTime::NEVER {
                self.unreachable(
                    row.key,
                    row.key,
                    "this evidence",
                    "what reveals it cannot happen before ENDEX",
                );
            }
        }
        for (row, ending) in script.endings.iter().zip(&scenario.endings) {
            if !reach.possible_at_the_end(&ending.when) {
                let within = Span { start: row.key.start, end: self.reader.span(row.body).end };
                self.unreachable(row.key, within, "this ending", "its `when` cannot hold in any drill");
            }
        }
    }

    /// Windows that close before anybody can be there.
    fn windows(&mut self, reach: &Reach<'_>) {
        let (script, scenario) = (self.script, self.scenario);
        for ((row, action), begins) in script.actions.iter().zip(&scenario.actions).zip(&reach.actions) {
            let Some((opens, closes)) = action.window.filter(|_| *begins != SimTime::NEVER) else { continue };
            let place = row.body.ok().map_or(row.key, |file| self.place(&file.window, row.key));
            if action.credit <= 0 {
                let message = "this action earns nothing, whatever its window";
                let finding = Diagnostic::new(Code::IdleWindow, place, message);
                self.report(finding.help("give it a positive `credit`, or take `window` away"));
            } else if *begins >= closes && opens < closes {
                let message =
                    format!("this window closes at {closes}, but the action cannot begin before {begins}");
                let finding = Diagnostic::new(Code::NeverInWindow, place, message);
                self.report(finding.help("let the window close later, or the action be there sooner"));
            } else if opens < closes && !within(reach, scenario, &action.when, (opens, closes)) {
                let message = "the action is not on offer within this window";
                let finding = Diagnostic::new(Code::NeverInWindow, place, message);
                self.report(finding.help("let `window` and `when` fit together"));
            }
        }
        for (row, inject) in script.injects.iter().zip(&scenario.injects) {
            let InjectKind::Checkpoint(checkpoint) = &inject.kind else { continue };
            let met = reach.earliest(&checkpoint.met_when);
            let place = row.body.ok().map_or(row.key, |file| self.place(&file.window, row.key));
            let window = (checkpoint.opens, checkpoint.closes);
            if window.0 >= window.1 {
                continue;
            }
            if met >= checkpoint.closes {
                let message = match met <= scenario.clock.length {
                    true => format!(
                        "this window closes at {}, but what is expected cannot be done before {met}",
                        checkpoint.closes
                    ),
                    false => "what is expected here cannot be done in any drill".to_owned(),
                };
                let finding = Diagnostic::new(Code::NeverInWindow, place, message);
                self.report(finding.help("let the window close later, or make it possible sooner"));
            } else if !within(reach, scenario, &checkpoint.met_when, window) {
                let message = "what is expected cannot be the case within this window";
                let finding = Diagnostic::new(Code::NeverInWindow, place, message);
                self.report(finding.help("let `window` and `met` fit together"));
            }
        }
    }

    /// What cannot be finished, or answered, before ENDEX or the lapse.
    fn cut_off(&mut self, reach: &Reach<'_>) {
        let (script, scenario) = (self.script, self.scenario);
        let length = scenario.clock.length;
        for (number, (row, question)) in script.questions.iter().zip(&scenario.questions).enumerate() {
            let opens = reach.questions[number];
            let (Some(file), true) = (row.body.ok(), opens != SimTime::NEVER) else { continue };
            if let Some(lapses) = question.lapses
                && lapses <= length
                && opens + lapses > length
            {
                let place = self.place(&file.lapses, row.key);
                let message = format!(
                    "this question opens at {opens} at the earliest and stays open for {lapses}, past ENDEX at {length}"
                );
                let finding = Diagnostic::new(Code::LapseTooLong, place, message);
                self.report(finding.help("shorten it, ask sooner, or leave `lapses` away"));
            }
            if reach.asked[number] == SimTime::NEVER {
                self.evidence_in_time(reach, file, question);
            }
        }
        for ((row, action), begins) in script.actions.iter().zip(&scenario.actions).zip(&reach.actions) {
            let Some(file) = row.body.ok().filter(|_| *begins != SimTime::NEVER) else { continue };
            self.unfinished(*begins, action.takes, self.place(&file.takes, row.key), "this action");
        }
        for ((row, evidence), comes) in script.evidence.iter().zip(&scenario.evidence).zip(&reach.evidence) {
            let Some(file) = row.body.ok().filter(|_| *comes != SimTime::NEVER) else { continue };
            self.unfinished(*comes, evidence.takes, self.place(&file.takes, row.key), "this examination");
        }
    }

    /// A question that opens at its moment only: what it rests on must have been there.
    fn evidence_in_time(&mut self, reach: &Reach<'_>, file: &file::Question, question: &Question) {
        let (Some(opens), Some(lapses)) = (question.opens, question.lapses) else { return };
        let due = opens + lapses;
        let written = file.rests_on.as_ref().and_then(|at| at.ok()).map_or(&[][..], Vec::as_slice);
        for (at, evidence) in written.iter().zip(&question.rests_on) {
            let seen = reach.evidence[evidence.at()] + self.scenario.artefact(*evidence).takes;
            if seen > due && seen != SimTime::NEVER {
                let message =
                    format!("this evidence cannot be seen before {seen}, and the answer is due at {due}");
                let finding = Diagnostic::new(Code::EvidenceTooLate, self.reader.span(at), message);
                self.report(finding.help("reveal it sooner, shorten its `takes`, or ask later"));
            }
        }
    }

    fn unfinished(&mut self, begins: SimTime, takes: SimTime, place: Span, what: &str) {
        let length = self.scenario.clock.length;
        if takes < length && begins + takes > length {
            let message = format!(
                "{what} begins at {begins} at the earliest and takes {takes}, past ENDEX at {length}"
            );
            let finding = Diagnostic::new(Code::TakesTooLong, place, message);
            self.report(finding.help("shorten `takes`, or let it begin sooner"));
        }
    }
}

/// Whether a condition that can hold can do so within a window.
fn within(
    reach: &Reach<'_>,
    scenario: &Scenario,
    condition: &Condition,
    (opens, closes): (SimTime, SimTime),
) -> bool {
    let anywhere = Logic::anywhere(scenario, reach);
    let inside = Logic { from: opens, until: SimTime(closes.0 - 1), ..anywhere };
    inside.can_hold(condition) || !anywhere.can_hold(condition)
}

const fn holds(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

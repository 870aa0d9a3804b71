//! Moments and windows: what comes too late, closes too early, takes too long.

use super::super::at::Span;
use super::super::diagnostic::{Code, Diagnostic};
use super::super::file::Opt;
use super::super::model::{InjectKind, Trigger};
use super::super::time::SimTime;
use super::Check;

impl Check<'_, '_, '_> {
    pub(super) fn times(&mut self) {
        self.inject_times();
        self.question_times();
        self.work_times();
        self.minutes();
    }

    /// A moment at or after ENDEX.
    pub(super) fn before_endex(&mut self, field: &Opt<String>, moment: SimTime, key: Span, what: &str) {
        let length = self.scenario.clock.length;
        if moment < length {
            return;
        }
        let place = self.place(field, key);
        let finding =
            Diagnostic::new(Code::AfterEndex, place, format!("{what} at {moment}, after ENDEX at {length}"));
        self.report(finding.help("move it, or make the drill longer with `clock.length`"));
    }

    fn inject_times(&mut self) {
        let (script, scenario) = (self.script, self.scenario);
        for (row, inject) in script.injects.iter().zip(&scenario.injects) {
            let Some(file) = row.body.ok() else { continue };
            if let Trigger::At(at) = inject.trigger {
                self.before_endex(&file.at, at, row.key, "this inject comes");
                let (latest, length) = (at + inject.jitter, scenario.clock.length);
                if at < length && latest >= length {
                    let place = self.place(&file.jitter, row.key);
                    let message =
                        format!("with its jitter this inject may come at {latest}, after ENDEX at {length}");
                    let finding = Diagnostic::new(Code::AfterEndex, place, message);
                    self.report(finding.help("let it come sooner, or shorten `jitter`"));
                }
                if let (Some(until), Some(field)) = (inject.until, &file.until)
                    && until <= at
                {
                    let span = self.reader.span(field);
                    let message = format!("this inject waits until {until}, but is due at {at} only");
                    self.report(
                        Diagnostic::new(Code::EmptyWindow, span, message).help("write a later `until`"),
                    );
                }
            }
            if let InjectKind::Checkpoint(checkpoint) = &inject.kind {
                let opens =
                    file.window.as_ref().and_then(|at| at.ok()).map(|(opens, _)| self.reader.span(opens));
                if checkpoint.opens >= scenario.clock.length {
                    self.before_endex(&None, checkpoint.opens, opens.unwrap_or(row.key), "this window opens");
                }
                let outside = checkpoint.good < checkpoint.opens || checkpoint.good > checkpoint.closes;
                if let (true, Some(field)) = (outside && checkpoint.opens < checkpoint.closes, &file.good) {
                    let span = self.reader.span(field);
                    let finding = Diagnostic::new(Code::EmptyWindow, span, "`good` lies outside the window");
                    let help = format!("write a time from {} to {}", checkpoint.opens, checkpoint.closes);
                    self.report(finding.help(help));
                }
            }
        }
        for (row, truth) in script.truth.iter().zip(&scenario.truth) {
            if let Some(file) = row.body.ok() {
                self.before_endex(&file.from, truth.from, row.key, "this truth can be known");
            }
        }
    }

    fn question_times(&mut self) {
        let (script, scenario) = (self.script, self.scenario);
        for (row, question) in script.questions.iter().zip(&scenario.questions) {
            let Some(file) = row.body.ok() else { continue };
            if let Some(opens) = question.opens {
                self.before_endex(&file.opens, opens, row.key, "this question opens");
            }
            let Some(lapses) = question.lapses else { continue };
            if lapses == SimTime::ZERO {
                let span = self.place(&file.lapses, row.key);
                let finding =
                    Diagnostic::new(Code::EmptyWindow, span, "this question lapses as soon as it opens");
                self.report(finding.help("give people time to read, think and answer"));
            }
            if lapses > scenario.clock.length {
                let span = self.place(&file.lapses, row.key);
                let message = format!(
                    "this question stays open for {lapses}, longer than the drill of {}",
                    scenario.clock.length
                );
                self.report(
                    Diagnostic::new(Code::LapseTooLong, span, message)
                        .help("shorten it, or leave `lapses` away"),
                );
            }
            if let (Some(good), Some(field)) = (question.good, &file.good)
                && good > lapses
            {
                let span = self.reader.span(field);
                let message = format!("`good` of {good} lies after the lapse at {lapses}");
                self.report(
                    Diagnostic::new(Code::EmptyWindow, span, message).help("`good` ends before `lapses`"),
                );
            }
        }
    }

    fn work_times(&mut self) {
        let (script, scenario) = (self.script, self.scenario);
        let length = scenario.clock.length;
        let long = |check: &mut Self, field: &Opt<String>, takes: SimTime, key: Span, what: &str| {
            if takes >= length {
                let span = check.place(field, key);
                let message = format!("{what} takes {takes}, as long as the drill of {length}, or longer");
                check.report(Diagnostic::new(Code::TakesTooLong, span, message).help("shorten `takes`"));
            }
        };
        for (row, evidence) in script.evidence.iter().zip(&scenario.evidence) {
            if let Some(file) = row.body.ok() {
                long(self, &file.takes, evidence.takes, row.key, "this examination");
            }
        }
        for (row, action) in script.actions.iter().zip(&scenario.actions) {
            let Some(file) = row.body.ok() else { continue };
            long(self, &file.takes, action.takes, row.key, "this action");
            if let Some((opens, _)) = action.window {
                self.before_endex(&None, opens, self.place(&file.window, row.key), "this window opens");
            }
        }
    }

    /// Length, pace and minutes of play should tell the same story.
    fn minutes(&mut self) {
        let (clock, minutes) = (&self.scenario.clock, u32::from(self.scenario.head.minutes));
        let file = self.script.file;
        let told = file.minutes.as_ref().is_some_and(|at| at.ok().is_some());
        let span = self.place(&file.clock, self.head());
        let unsure = self.reader.troubled(span) || self.reader.troubled(self.place(&file.minutes, span));
        if clock.untimed || !told || unsure || file.clock.is_none() {
            return;
        }
        let real = (clock.length.0 / u32::from(clock.pace)).div_ceil(60);
        if real > 2 * minutes || 2 * real < minutes {
            let span = self.place(&file.minutes, self.head());
            let s = if minutes == 1 { "" } else { "s" };
            let message = format!("the script promises {minutes} minute{s}, but its clock runs for {real}");
            let note = format!("{} of drill time at {} drill seconds per second", clock.length, clock.pace);
            let finding = Diagnostic::new(Code::MinutesOff, span, message).note(note);
            self.report(finding.help("change `minutes`, or `length` and `pace` of the clock"));
        }
    }
}

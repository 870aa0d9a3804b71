//! Duties and spreads: clocks that nothing starts or meets, and what goes on without effect.

use super::super::diagnostic::{Code, Diagnostic};
use super::super::model::{Effect, SpreadStart};
use super::Check;

impl Check<'_, '_, '_> {
    /// Clocks that nothing starts, and duties that nothing meets.
    pub(super) fn duties(&mut self) {
        let (script, scenario) = (self.script, self.scenario);
        let mut started = vec![false; scenario.duties.len()];
        let mut met = vec![false; scenario.duties.len()];
        scenario.each_effect(|effect| {
            if let Effect::StartDuty(duty) = effect {
                started[duty.at()] = true;
            }
            if let Effect::MeetDuty(duty) = effect {
                met[duty.at()] = true;
            }
        });
        for (row, (key, duty)) in script.duties.iter().zip(&scenario.duties).enumerate() {
            if key.body.ok().is_none() {
                continue;
            }
            if duty.starts.is_none() && !started[row] {
                let finding =
                    Diagnostic::new(Code::NeverStarts, key.key, "nothing starts the clock of this duty");
                self.report(finding.help(
                    "say in `starts` from which fact it really runs, or write `StartDuty` in some `then`",
                ));
            }
            if duty.met.is_none() && !met[row] {
                let finding = Diagnostic::new(Code::NeverMet, key.key, "nothing meets this duty");
                self.report(finding.help(
                    "say in `met` what does, such as `Did(\"some-action\")`, or write `MeetDuty` in some `then`",
                ));
            }
        }
    }

    /// Spreads that do nothing, and those that begin too late to go one step.
    pub(super) fn spreads(&mut self) {
        let (script, scenario) = (self.script, self.scenario);
        for (row, spread) in script.spreads.iter().zip(&scenario.spreads) {
            let Some(file) = row.body.ok() else { continue };
            if spread.then.is_empty() && file.then.as_ref().is_none_or(|then| then.ok().is_some()) {
                let finding = Diagnostic::new(Code::IdleSpread, row.key, "this spread does nothing");
                self.report(
                    finding.help("write in `then` what each step does, such as `Add(\"hosts\", 12)`"),
                );
            }
            if spread.start == SpreadStart::Startex {
                let what = "the first step of this spread comes";
                self.before_endex(&file.first, spread.first, row.key, what);
            }
        }
    }
}

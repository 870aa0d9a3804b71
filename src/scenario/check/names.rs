//! Things that have a name and nothing that uses it.

use super::super::at::Span;
use super::super::diagnostic::{Code, Diagnostic};
use super::super::lower::Kind;
use super::super::model::{Condition, Effect};
use super::Check;

impl Check<'_, '_, '_> {
    pub(super) fn unused(&mut self) {
        self.gauges();
        let script = self.script;
        let keys = |rows: Vec<Span>, kind, code, message, help| (rows, kind, code, message, help);
        let kinds = [
            keys(
                script.cast.iter().map(|row| row.key).collect(),
                Kind::Person,
                Code::UnusedPerson,
                "nobody hears from this person or of them",
                "let an inject come `from` them, name them in a text, or take them away",
            ),
            keys(
                script.slots.iter().map(|row| row.key).collect(),
                Kind::Slot,
                Code::UnusedSlot,
                "no text names this slot",
                "name it in a text as `{slot.field}`, or take it away",
            ),
            keys(
                script.sources.iter().map(|row| row.key).collect(),
                Kind::Source,
                Code::UnusedSource,
                "nothing rests on this source",
                "name it in a `source` or in `reading`, or take it away",
            ),
        ];
        for (rows, kind, code, message, help) in kinds {
            for (row, key) in rows.into_iter().enumerate() {
                let used = self.reader.is_used(kind, row) || (kind == Kind::Person && self.is_spoken_of(row));
                if !used {
                    self.report(Diagnostic::new(code, key, message).help(help));
                }
            }
        }
    }

    /// Gauges that stand still, and those that move where nobody looks.
    fn gauges(&mut self) {
        let (script, scenario) = (self.script, self.scenario);
        let mut effects: Vec<Vec<Effect>> = vec![Vec::new(); script.gauges.len()];
        scenario.each_effect(|effect| {
            if let Effect::Set(gauge, _) | Effect::Add(gauge, _) = effect {
                effects[gauge.at()].push(effect.clone());
            }
        });
        let mut read = vec![false; script.gauges.len()];
        scenario.each_condition(|leaf| {
            if let Condition::AtLeast(gauge, _) | Condition::AtMost(gauge, _) = leaf {
                read[gauge.at()] = true;
            }
        });
        for (row, script) in script.gauges.iter().enumerate() {
            let gauge = &scenario.gauges[row];
            let stays = |effect: &Effect| match *effect {
                Effect::Set(_, amount) => amount.clamp(gauge.min, gauge.max) == gauge.start,
                Effect::Add(_, amount) => {
                    gauge.start.saturating_add(amount).clamp(gauge.min, gauge.max) == gauge.start
                }
                Effect::Deliver(..)
                | Effect::Cancel(_)
                | Effect::Ask(_)
                | Effect::Close(_)
                | Effect::Reveal(_)
                | Effect::Start(_)
                | Effect::Stop(_)
                | Effect::StartDuty(_)
                | Effect::DeclareDuty(_)
                | Effect::MeetDuty(_)
                | Effect::End => true,
            };
            if effects[row].iter().all(stays) {
                let (message, help) = match (effects[row].is_empty(), read[row]) {
                    (true, false) => (
                        "nothing moves this gauge".to_owned(),
                        "move it with `Set` or `Add` in some `then`, or take it away",
                    ),
                    (true, true) => (
                        "conditions read this gauge, and nothing moves it".to_owned(),
                        "move it with `Set` or `Add` in some `then`, or take it and those conditions away",
                    ),
                    (false, _) => (
                        format!("every effect leaves this gauge at {}, where it starts", gauge.start),
                        "start it elsewhere, or widen `min` and `max`",
                    ),
                };
                self.report(Diagnostic::new(Code::UnusedGauge, script.key, message).help(help));
            } else if gauge.hidden && !read[row] {
                let message = "this gauge is hidden, and no condition reads it";
                let finding = Diagnostic::new(Code::UnreadGauge, script.key, message);
                self.report(finding.help("show it, or let a `when` depend on it"));
            }
        }
    }

    /// Whether some text names a person who never writes.
    fn is_spoken_of(&self, row: usize) -> bool {
        let label = &self.scenario.cast[row].label;
        let own = self.script.cast[row].body.ok().and_then(|person| person.label.as_ref());
        let own = own.map(|at| self.reader.span(at));
        let known_as = [label.as_str(), label.split(' ').next().unwrap_or(label)];
        let others = self.reader.written.iter().filter(|written| Some(written.span) != own);
        others
            .into_iter()
            .any(|written| known_as.iter().any(|name| !name.is_empty() && written.text.contains(name)))
    }
}

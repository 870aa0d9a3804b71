//! Things that have a name and nothing that uses it.

use super::super::at::Span;
use super::super::diagnostic::{Code, Diagnostic};
use super::super::lower::Kind;
use super::super::model::Effect;
use super::Check;

impl Check<'_, '_, '_> {
    pub(super) fn unused(&mut self) {
        let script = self.script;
        let mut moved = vec![false; script.gauges.len()];
        self.scenario.each_effect(|effect| {
            if let Effect::Set(gauge, _) | Effect::Add(gauge, _) = effect {
                moved[gauge.at()] = true;
            }
        });
        for (row, moved) in script.gauges.iter().zip(moved) {
            if !moved {
                let finding = Diagnostic::new(Code::UnusedGauge, row.key, "nothing moves this gauge");
                self.report(finding.help("move it with `Set` or `Add` in some `then`, or take it away"));
            }
        }
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

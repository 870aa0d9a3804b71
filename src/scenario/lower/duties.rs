//! Duties: a rule of the catalogue, or a clock of the script's own.

use super::super::at::Span;
use super::super::diagnostic::{Code, Diagnostic, quoted};
use super::super::duties::{Regime, regime, regime_like};
use super::super::file;
use super::super::model::{Condition, Deadline, Duty, Stage};
use super::super::time::SimTime;
use super::conditions::Lower;
use super::reader::{Owner, Seen};
use crate::limits::{DEADLINE_UNITS_MAX, LABEL_BYTES_MAX, TEXT_BYTES_MAX};

/// Percent of a duty that declaring its start is worth, where the script does not say.
const DECLARE: u8 = 30;

impl Lower<'_, '_, '_> {
    pub(super) fn duties(&mut self) -> Vec<Duty> {
        let empty = file::Duty::default();
        let script = self.script;
        let mut duties = Vec::new();
        for row in &script.duties {
            let read = self.reader.get(row.body);
            let duty = read.unwrap_or(&empty);
            let regime = self.regime(duty);
            let mut own = |field: &file::Opt<String>, name, catalogue: fn(&Regime) -> &str| match regime {
                Some(regime) if field.is_none() => catalogue(regime).to_owned(),
                // A key that there is not has been reported.
                None if read.is_some() && duty.regime.is_none() && name != "rule" => {
                    let owner = Owner(row.key, "a duty", name);
                    self.reader.must_text(field, owner, Seen::Play, LABEL_BYTES_MAX)
                }
                _ => self.reader.some_text(field, name, Seen::Play, LABEL_BYTES_MAX),
            };
            let label = own(&duty.label, "label", |regime| &regime.title);
            let to = own(&duty.to, "to", |regime| &regime.to);
            let rule = own(&duty.rule, "rule", |regime| &regime.article);
            duties.push(Duty {
                name: row.name.clone(),
                label,
                regime,
                deadline: self.deadline(row.key, read, regime),
                to,
                rule,
                starts: self.optional(&duty.starts),
                met: self.optional(&duty.met),
                shown: self.reader.flag(&duty.shown, false),
                late: self.reader.number(&duty.late, 0..=100, 0),
                declare: self.reader.number(&duty.declare, 0..=100, DECLARE),
                weight: self.weight(&duty.weight),
                stage: match &duty.stage {
                    Some(_) => self.stage(&duty.stage, Owner(row.key, "a duty", "stage")),
                    None => Stage::Legal,
                },
                why: self.after(&duty.why, TEXT_BYTES_MAX),
                source: self.source(&duty.source),
            });
        }
        duties
    }

    fn optional(&mut self, field: &file::Opt<file::Condition>) -> Option<Condition> {
        field.is_some().then(|| self.condition(field))
    }

    /// The rule of the catalogue that a duty follows.
    fn regime(&mut self, duty: &file::Duty) -> Option<&'static Regime> {
        let at = duty.regime.as_ref()?;
        let key = self.reader.get(at)?;
        let known = regime(key);
        if known.is_some() {
            return known;
        }
        let message = format!("no rule of the catalogue has the key {}", quoted(key));
        let finding = Diagnostic::new(Code::UnknownRegime, self.reader.span(at), message);
        let meant = regime_like(key);
        self.reader.report(match meant {
            Some(key) => finding.help(format!("did you mean `{key}`?")),
            None => finding.help("`breachdrill duties` lists them; a clock of your own has a `label`, a `deadline` and a `to` instead"),
        });
        meant.and_then(regime)
    }

    /// The deadline of a duty: its own, or the catalogue's.
    fn deadline(
        &mut self,
        key: Span,
        duty: Option<&file::Duty>,
        regime: Option<&'static Regime>,
    ) -> Deadline {
        let fallback = Deadline::Within(SimTime(3_600));
        let Some(duty) = duty else { return fallback };
        if let Some(at) = &duty.deadline {
            return self.reader.get(at).and_then(|deadline| self.own_deadline(deadline)).unwrap_or(fallback);
        }
        match regime {
            Some(regime) => {
                regime.deadline.unwrap_or_else(|| {
                    let message =
                        format!("{} is owed “{}”, which is no number", quoted(&regime.key), regime.promptly);
                    let place = duty.regime.as_ref().map_or(key, |at| self.reader.span(at));
                    let finding = Diagnostic::new(Code::NoDeadline, place, message);
                    self.reader.report(finding.help(
                        "say in `deadline` what your script takes for in time, such as `Within(\"24h\")`",
                    ));
                    fallback
                })
            }
            None if duty.regime.is_some() => fallback,
            None => {
                self.reader.missing(Owner(key, "a duty", "deadline"));
                fallback
            }
        }
    }

    fn own_deadline(&mut self, deadline: &file::Deadline) -> Option<Deadline> {
        let units = 1..=i64::from(DEADLINE_UNITS_MAX);
        Some(match deadline {
            file::Deadline::Within(time) => Deadline::Within(self.reader.time_at(time)?),
            file::Deadline::Days(days) => Deadline::Days(self.reader.number_at(days, units)?),
            file::Deadline::BusinessDays(days) => Deadline::BusinessDays(self.reader.number_at(days, units)?),
            file::Deadline::Months(months) => Deadline::Months(self.reader.number_at(months, units)?),
        })
    }
}

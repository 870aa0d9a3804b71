//! Questions that pair: tasks with people, recipients with channels and deadlines.

use super::super::at::{At, Rows, Span};
use super::super::diagnostic::{Code, Diagnostic};
use super::super::file;
use super::super::id::{PartnerId, QuestionId};
use super::super::model::{AssignSpec, Notice, NotifySpec, Partner};
use super::super::time::SimTime;
use super::conditions::Lower;
use super::reader::{Owner, Reader, Seen};
use crate::limits::{DEADLINES_MAX, LABEL_BYTES_MAX, PARTNERS_MAX, TEXT_BYTES_MAX};

impl Lower<'_, '_, '_> {
    /// Who does what.
    pub(super) fn assign(
        &mut self,
        id: QuestionId,
        tasks: &file::Map<file::Task>,
        among: &file::Map<String>,
        owner: Span,
    ) -> AssignSpec {
        let among_there = self.partners(id);
        if among.is_none() {
            self.reader.missing(Owner(owner, "this question", "among"));
        }
        if tasks.is_none() {
            self.reader.missing(Owner(owner, "this question", "tasks"));
        }
        let mut worth = Vec::new();
        for offer in &self.script.offers[id.at()] {
            let task = body(tasks, offer.name.as_str()).and_then(At::ok);
            let mut row: Vec<(PartnerId, i16)> = Vec::new();
            if let Some(at) = task.and_then(|task| task.to.as_ref()) {
                row.extend(self.partner(id, at).map(|partner| (partner, 100)));
            }
            if let Some(task) = task {
                row.extend(self.also_to(id, &task.also));
            }
            worth.push(row);
        }
        AssignSpec { among: among_there, worth }
    }

    /// What giving a task to others is worth.
    fn also_to(&mut self, id: QuestionId, field: &file::Map<i64>) -> Vec<(PartnerId, i16)> {
        let mut also = Vec::new();
        for (key, body) in self.reader.entries(field, "people", PARTNERS_MAX) {
            let partner = self.partner(id, key);
            also.extend(partner.zip(self.reader.number_at(body, -100..=100)));
        }
        also
    }

    /// Whom to tell, how and by when.
    pub(super) fn notify(
        &mut self,
        id: QuestionId,
        whom: &file::Map<file::Recipient>,
        (through, by): (&file::Map<file::Route>, &file::List<String>),
        owner: Span,
    ) -> NotifySpec {
        if through.is_none() {
            self.reader.missing(Owner(owner, "this question", "through"));
        }
        if whom.is_none() {
            self.reader.missing(Owner(owner, "this question", "whom"));
        }
        let channels = self.partners(id);
        let mut deadlines: Vec<SimTime> = Vec::new();
        for at in self.reader.list(by, DEADLINES_MAX) {
            deadlines.extend(self.reader.time_at(at));
        }
        deadlines.sort_unstable();
        deadlines.dedup();
        let mut needs = Vec::new();
        for offer in &self.script.offers[id.at()] {
            let recipient = body(whom, offer.name.as_str()).and_then(At::ok);
            needs.push(recipient.map_or_else(Notice::default, |r| self.notice(id, r, &deadlines)));
        }
        NotifySpec { through: channels, by: deadlines, needs }
    }

    fn notice(&mut self, id: QuestionId, recipient: &file::Recipient, offered: &[SimTime]) -> Notice {
        let list = self.reader.list(&recipient.via, PARTNERS_MAX);
        let mut via: Vec<PartnerId> = list.into_iter().filter_map(|at| self.partner(id, at)).collect();
        via.sort_unstable();
        via.dedup();
        let by = self.reader.time(&recipient.by);
        let needed = recipient.right.as_ref().and_then(At::ok).is_some_and(|right| *right);
        let spans = [
            ("via", recipient.via.as_ref().map(|at| self.reader.span(at))),
            ("by", recipient.by.as_ref().map(|at| self.reader.span(at))),
        ];
        for (field, span) in spans.into_iter().filter_map(|(field, span)| Some((field, span?))) {
            if !needed {
                let message = format!("only somebody who must be told has `{field}`");
                let finding = Diagnostic::new(Code::MisplacedField, span, message);
                self.reader.report(finding.help("write `right: true`, or take it away"));
            }
        }
        if let (Some(latest), Some(at)) = (by, &recipient.by)
            && offered.first().is_none_or(|first| *first > latest)
        {
            let message = format!("no deadline on offer is as early as {latest}");
            let finding = Diagnostic::new(Code::OutOfRange, self.reader.span(at), message);
            self.reader.report(finding.help("offer one in the `by` of the question"));
        }
        Notice { via, by }
    }

    /// What the rows of a question are paired with.
    fn partners(&mut self, id: QuestionId) -> Vec<Partner> {
        let mut partners = Vec::new();
        for side in &self.script.sides[id.at()] {
            let says = match (side.says, side.route) {
                (Some(at), _) => self.reader.filled(at, "says", Seen::Play, LABEL_BYTES_MAX),
                (None, route) => {
                    if route.is_some() {
                        self.reader.missing(Owner(side.key, "a channel", "says"));
                    }
                    String::new()
                }
            };
            let (credit, why, source) = match side.route {
                Some(route) => (
                    self.reader.number(&route.credit, -100..=0, 0),
                    self.after(&route.why, TEXT_BYTES_MAX),
                    self.source(&route.source),
                ),
                None => (0, String::new(), None),
            };
            partners.push(Partner { name: side.name.clone(), says, credit, why, source });
        }
        partners
    }
}

/// What is written under a name.
fn body<'f, T>(field: &'f file::Map<T>, name: &str) -> Option<&'f At<T>> {
    let rows: &Rows<T> = field.as_ref()?.ok()?;
    rows.0.iter().find(|(key, _)| key.ok().is_some_and(|key| key == name)).map(|(_, body)| body)
}

impl Reader<'_> {
    /// The entries of a map whose keys are references, each once.
    pub(super) fn entries<'f, T>(
        &mut self,
        field: &'f file::Map<T>,
        what: &str,
        max: usize,
    ) -> Vec<(&'f At<String>, &'f At<T>)> {
        let rows = self.rows(field, what, max);
        let Some(written) = field.as_ref().and_then(At::ok) else { return Vec::new() };
        let named = |name: &str| written.0.iter().find(|(key, _)| key.ok().is_some_and(|key| key == name));
        rows.iter().filter_map(|row| named(row.name.as_str())).map(|(key, body)| (key, body)).collect()
    }
}

//! What a question offers, whatever its kind: choices, items, verdicts.

use super::super::at::{At, Rows, Span, Wanted};
use super::super::file::{self, Ask, Opt};
use super::super::id::Name;
use super::super::model::Verdict;
use super::reader::Reader;
use crate::limits::CHOICES_MAX;

/// One choice or item, with the fields that its kind has.
pub(in super::super) struct Offer<'f> {
    pub(in super::super) name: Name,
    pub(in super::super) key: Span,
    pub(in super::super) says: &'f Opt<String>,
    pub(in super::super) credit: &'f Opt<i64>,
    pub(in super::super) right: &'f Opt<bool>,
    pub(in super::super) when: &'f Opt<file::Condition>,
    pub(in super::super) then: &'f file::List<file::Effect>,
    pub(in super::super) why: &'f Opt<String>,
    pub(in super::super) source: &'f Opt<String>,
    pub(in super::super) allow: &'f file::Map<String>,
    /// Where it ends.
    pub(in super::super) end: usize,
    /// Whether it could be read.
    pub(in super::super) sound: bool,
}

impl Offer<'_> {
    fn bare(name: Name, key: Span, end: usize, sound: bool) -> Self {
        Self {
            name,
            key,
            says: &None,
            credit: &None,
            right: &None,
            when: &None,
            then: &None,
            why: &None,
            source: &None,
            allow: &None,
            end,
            sound,
        }
    }
}

/// The offers of a question.
pub(super) fn of<'f>(reader: &mut Reader<'_>, question: &'f file::Question) -> Vec<Offer<'f>> {
    let Some(ask) = question.ask.as_ref() else { return Vec::new() };
    let span = reader.span(ask);
    match ask.ok() {
        None | Some(Ask::Categorize { .. } | Ask::Estimate { .. } | Ask::Reflect { .. }) => Vec::new(),
        Some(Ask::Triage { .. }) => Verdict::ALL
            .iter()
            .filter_map(|verdict| Some(Offer::bare(Name::new(verdict.name()).ok()?, span, span.end, true)))
            .collect(),
        Some(Ask::ChooseOne(rows)) => map(reader, Some(rows), |c: &file::Choice, o| Offer {
            says: &c.says,
            credit: &c.credit,
            when: &c.when,
            then: &c.then,
            why: &c.why,
            source: &c.source,
            allow: &c.allow,
            ..o
        }),
        Some(Ask::ChooseSeveral(rows)) => map(reader, Some(rows), |c: &file::Candidate, o| Offer {
            says: &c.says,
            credit: &c.credit,
            right: &c.right,
            when: &c.when,
            then: &c.then,
            why: &c.why,
            source: &c.source,
            allow: &c.allow,
            ..o
        }),
        Some(Ask::PutInOrder { items, .. }) => map(reader, items.as_ref(), |s: &file::Step, o| Offer {
            says: &s.says,
            why: &s.why,
            source: &s.source,
            allow: &s.allow,
            ..o
        }),
        Some(Ask::Record { items, .. }) => map(reader, items.as_ref(), |e: &file::Entry, o| Offer {
            says: &e.says,
            right: &e.right,
            why: &e.why,
            source: &e.source,
            allow: &e.allow,
            ..o
        }),
    }
}

fn map<'f, T: Wanted>(
    reader: &mut Reader<'_>,
    rows: Option<&'f At<Rows<T>>>,
    fill: impl Fn(&'f T, Offer<'f>) -> Offer<'f>,
) -> Vec<Offer<'f>> {
    let rows = reader.rows_of(rows, "choices", CHOICES_MAX);
    rows.into_iter()
        .map(|row| {
            let sound = reader.get(row.body).is_some();
            let bare = Offer::bare(row.name, row.key, reader.span(row.body).end, sound);
            match row.body.ok() {
                Some(body) => fill(body, bare),
                None => bare,
            }
        })
        .collect()
}

//! What a question offers, whatever its kind: choices, items, verdicts, tasks and
//! recipients, and what these are paired with.

use super::super::at::{At, Rows, Span, Wanted};
use super::super::file::{self, Ask, Opt};
use super::super::id::Name;
use super::super::model::Verdict;
use super::reader::{Reader, Row};
use crate::limits::{CHOICES_MAX, PAIR_ROWS_MAX, PARTNERS_MAX};

/// One choice or item, with the fields that its kind has.
pub(in super::super) struct Offer<'f> {
    pub(in super::super) name: Name,
    pub(in super::super) key: Span,
    pub(in super::super) says: &'f Opt<String>,
    pub(in super::super) credit: &'f Opt<i64>,
    pub(in super::super) by_truth: &'f file::Map<i64>,
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
            by_truth: &None,
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
    let most = match ask.ok() {
        Some(Ask::Assign { .. } | Ask::Notify { .. }) => PAIR_ROWS_MAX,
        _ => CHOICES_MAX,
    };
    match ask.ok() {
        None | Some(Ask::Categorize { .. } | Ask::Estimate { .. } | Ask::Reflect { .. }) => Vec::new(),
        Some(Ask::Triage { .. }) => Verdict::ALL
            .iter()
            .filter_map(|verdict| Some(Offer::bare(Name::new(verdict.name()).ok()?, span, span.end, true)))
            .collect(),
        Some(Ask::ChooseOne(rows)) => map(reader, most, Some(rows), |c: &file::Choice, o| Offer {
            says: &c.says,
            credit: &c.credit,
            by_truth: &c.by_truth,
            when: &c.when,
            then: &c.then,
            why: &c.why,
            source: &c.source,
            allow: &c.allow,
            ..o
        }),
        Some(Ask::ChooseSeveral(rows)) => map(reader, most, Some(rows), |c: &file::Candidate, o| Offer {
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
        Some(Ask::Assign { tasks, .. }) => map(reader, most, tasks.as_ref(), task),
        Some(Ask::Notify { whom, .. }) => map(reader, most, whom.as_ref(), recipient),
        Some(Ask::PutInOrder { items, .. }) => map(reader, most, items.as_ref(), |s: &file::Step, o| Offer {
            says: &s.says,
            why: &s.why,
            source: &s.source,
            allow: &s.allow,
            ..o
        }),
        Some(Ask::Record { items, .. }) => map(reader, most, items.as_ref(), |e: &file::Entry, o| Offer {
            says: &e.says,
            right: &e.right,
            why: &e.why,
            source: &e.source,
            allow: &e.allow,
            ..o
        }),
    }
}

fn task<'f>(t: &'f file::Task, o: Offer<'f>) -> Offer<'f> {
    Offer {
        says: &t.says,
        when: &t.when,
        then: &t.then,
        why: &t.why,
        source: &t.source,
        allow: &t.allow,
        ..o
    }
}

fn recipient<'f>(r: &'f file::Recipient, o: Offer<'f>) -> Offer<'f> {
    Offer {
        says: &r.says,
        credit: &r.credit,
        right: &r.right,
        when: &r.when,
        then: &r.then,
        why: &r.why,
        source: &r.source,
        allow: &r.allow,
        ..o
    }
}

/// Somebody whom a task can be given to, or a channel.
pub(in super::super) struct Side<'f> {
    pub(in super::super) name: Name,
    pub(in super::super) key: Span,
    pub(in super::super) says: Option<&'f At<String>>,
    /// The rest of a channel.
    pub(in super::super) route: Option<&'f file::Route>,
}

/// What the rows of a question are paired with; nothing for most kinds.
pub(super) fn sides<'f>(reader: &mut Reader<'_>, question: &'f file::Question) -> Vec<Side<'f>> {
    match question.ask.as_ref().and_then(At::ok) {
        Some(Ask::Assign { among, .. }) => {
            let rows = reader.rows(among, "people", PARTNERS_MAX);
            let side = |row: Row<'f, String>| Side {
                name: row.name,
                key: row.key,
                says: Some(row.body),
                route: None,
            };
            rows.into_iter().map(side).collect()
        }
        Some(Ask::Notify { through, .. }) => {
            let rows = reader.rows(through, "channels", PARTNERS_MAX);
            let side = |row: Row<'f, file::Route>| {
                let route = reader.get(row.body);
                Side { name: row.name, key: row.key, says: route.and_then(|r| r.says.as_ref()), route }
            };
            rows.into_iter().map(side).collect()
        }
        None
        | Some(
            Ask::Triage { .. }
            | Ask::Categorize { .. }
            | Ask::ChooseOne(_)
            | Ask::ChooseSeveral(_)
            | Ask::PutInOrder { .. }
            | Ask::Estimate { .. }
            | Ask::Record { .. }
            | Ask::Reflect { .. },
        ) => Vec::new(),
    }
}

fn map<'f, T: Wanted>(
    reader: &mut Reader<'_>,
    most: usize,
    rows: Option<&'f At<Rows<T>>>,
    fill: impl Fn(&'f T, Offer<'f>) -> Offer<'f>,
) -> Vec<Offer<'f>> {
    let rows = reader.rows_of(rows, "choices", most);
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

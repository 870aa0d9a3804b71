//! A debrief as one self-contained page: no network, no script, styles and pictures inside.
//!
//! The template escapes everything by itself; the only things that pass as
//! they are come from this program: pictures, and prose that `prose.rs` has
//! read and this file has written tag by tag.

use std::collections::BTreeMap;
use std::fmt;

use minijinja::value::Serde;
use minijinja::{Environment, Value, escape_formatter};
use serde::Serialize;
use tr::tr;

use super::super::model::Debrief;
use super::super::picture::{Picture, Size};
use super::page::{Page, page};
use super::prose::{Prose, Span, Style, read};
use crate::scenario::clean;

const TEMPLATE: &str = include_str!("debrief.html");
const STYLE: &str = include_str!("debrief.css");

#[derive(Serialize)]
struct Context<'s> {
    /// What it is, and how to skip to it.
    kind: [String; 2],
    page: &'s Page,
    style: &'s str,
    pictures: Pictures,
}

/// Pictures by name: wide, and for a telephone.
pub(super) type Pictures = BTreeMap<&'static str, [String; 2]>;

/// Writes the debrief as an HTML page.
///
/// # Errors
/// When the writer fails.
pub fn html(debrief: &Debrief, out: &mut impl fmt::Write) -> fmt::Result {
    let page = page(debrief);
    let drawn =
        |picture: Picture| (picture.name(), [Size::Wide, Size::Narrow].map(|s| picture.svg(debrief, s)));
    set([tr!("Debrief"), tr!("Skip to the debrief")], &page, Picture::ALL.map(drawn).into(), out)
}

/// Sets a page of this kind with its pictures.
pub(super) fn set(
    kind: [String; 2],
    page: &Page,
    pictures: Pictures,
    out: &mut impl fmt::Write,
) -> fmt::Result {
    let context = Context { kind, page, style: STYLE, pictures };
    let mut environment = Environment::new();
    environment.add_filter("prose", |text: &str| Value::from_safe_string(prose(text)));
    environment.set_formatter(|out, state, value| match value.as_str() {
        Some(text) if !value.is_safe() => escape_formatter(out, state, &Value::from(clean(text))),
        _ => escape_formatter(out, state, value),
    });
    environment.add_template("debrief.html", TEMPLATE).map_err(|_| fmt::Error)?;
    let template = environment.get_template("debrief.html").map_err(|_| fmt::Error)?;
    let text = template.render(Value::from(Serde(&context))).map_err(|_| fmt::Error)?;
    out.write_str(&text)
}

/// The author's Markdown as markup of ours: nothing of the text passes as markup.
#[must_use]
pub fn prose(text: &str) -> String {
    let mut markup = String::with_capacity(text.len() + 32);
    blocks(&read(text), &mut markup);
    markup
}

fn blocks(prose: &[Prose], markup: &mut String) {
    for block in prose {
        match block {
            Prose::Para(text) => wrap("p", markup, |m| spans(text, m)),
            Prose::Code(code) => wrap("pre", markup, |m| wrap("code", m, |m| escape(code, m))),
            Prose::Quote(inner) => wrap("blockquote", markup, |m| blocks(inner, m)),
            Prose::List(None, items) => wrap("ul", markup, |m| list(items, m)),
            Prose::List(Some(first), items) => {
                markup.push_str(&format!("<ol start=\"{first}\">"));
                list(items, markup);
                markup.push_str("</ol>");
            }
            Prose::Table(rows) => table(rows, markup),
        }
    }
}

fn wrap(tag: &str, markup: &mut String, inner: impl FnOnce(&mut String)) {
    markup.push_str(&format!("<{tag}>"));
    inner(markup);
    markup.push_str(&format!("</{tag}>"));
}

fn list(items: &[Vec<Prose>], markup: &mut String) {
    for item in items {
        wrap("li", markup, |m| match &item[..] {
            [Prose::Para(text), rest @ ..] => {
                spans(text, m);
                blocks(rest, m);
            }
            all => blocks(all, m),
        });
    }
}

/// A table of the author's: a list of things, unless both its edges name something.
fn table(rows: &[Vec<Vec<Span>>], markup: &mut String) {
    let heads: Vec<String> = rows.first().into_iter().flatten().map(|cell| words(cell)).collect();
    match &heads[..] {
        [corner, sides @ ..] if corner.is_empty() && sides.iter().filter(|h| !h.is_empty()).count() > 1 => {
            matrix(rows, markup);
        }
        _ => listing(rows, &heads, markup),
    }
}

/// A table that stays one however narrow the screen, so it may scroll in a box of its own.
fn matrix(rows: &[Vec<Vec<Span>>], markup: &mut String) {
    markup.push_str("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"");
    escape(&tr!("Table"), markup);
    markup.push_str("\"><table class=\"matrix\">");
    for (row, cells) in rows.iter().enumerate() {
        wrap("tr", markup, |m| {
            for (column, cell) in cells.iter().enumerate() {
                let (begin, end) = match (row, column) {
                    _ if cell.is_empty() => ("<td>", "</td>"),
                    (0, _) => ("<th scope=\"col\">", "</th>"),
                    (_, 0) => ("<th scope=\"row\">", "</th>"),
                    _ => ("<td>", "</td>"),
                };
                m.push_str(begin);
                spans(cell, m);
                m.push_str(end);
            }
        });
    }
    markup.push_str("</table></div>");
}

/// A table whose rows stand one below the other on a narrow screen, each cell after its heading.
fn listing(rows: &[Vec<Vec<Span>>], heads: &[String], markup: &mut String) {
    let Some((head, rows)) = rows.split_first() else { return };
    markup.push_str("<table role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\">");
    for (cell, words) in head.iter().zip(heads) {
        // A head cell with nothing in it heads nothing.
        let (begin, end) = match words.as_str() {
            "" => ("<td role=\"cell\">", "</td>"),
            _ => ("<th role=\"columnheader\" scope=\"col\">", "</th>"),
        };
        markup.push_str(begin);
        spans(cell, markup);
        markup.push_str(end);
    }
    markup.push_str("</tr></thead><tbody role=\"rowgroup\">");
    for cells in rows {
        markup.push_str("<tr role=\"row\">");
        for (cell, head) in cells.iter().zip(heads) {
            markup.push_str("<td role=\"cell\"");
            if !head.is_empty() {
                markup.push_str(" data-label=\"");
                escape(head, markup);
                markup.push('"');
            }
            markup.push('>');
            spans(cell, markup);
            markup.push_str("</td>");
        }
        markup.push_str("</tr>");
    }
    markup.push_str("</tbody></table>");
}

/// What a cell says, without how it is set.
fn words(cell: &[Span]) -> String {
    cell.iter().map(|span| span.text.as_str()).collect::<String>().trim().to_owned()
}

fn spans(text: &[Span], markup: &mut String) {
    for span in text {
        match span.style {
            Style::Plain => escape(&span.text, markup),
            Style::Emphasis => wrap("em", markup, |m| escape(&span.text, m)),
            Style::Strong => wrap("strong", markup, |m| escape(&span.text, m)),
            Style::Code => wrap("code", markup, |m| escape(&span.text, m)),
        }
    }
}

fn escape(text: &str, markup: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => markup.push_str("&amp;"),
            '<' => markup.push_str("&lt;"),
            '>' => markup.push_str("&gt;"),
            '"' => markup.push_str("&quot;"),
            '\'' => markup.push_str("&#x27;"),
            other => markup.push(other),
        }
    }
}

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

fn table(rows: &[Vec<Vec<Span>>], markup: &mut String) {
    markup.push_str("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"");
    escape(&tr!("Table"), markup);
    markup.push_str("\"><table>");
    for (row, cells) in rows.iter().enumerate() {
        wrap("tr", markup, |m| {
            for cell in cells {
                // A head cell with nothing in it heads nothing.
                let head = row == 0 && !cell.is_empty();
                m.push_str(if head { "<th scope=\"col\">" } else { "<td>" });
                spans(cell, m);
                m.push_str(if head { "</th>" } else { "</td>" });
            }
        });
    }
    markup.push_str("</table></div>");
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

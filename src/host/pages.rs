//! The pages: templates, one stylesheet and one script, all inside the program.
//!
//! Templates escape everything by themselves; what passes as markup was made by
//! this program from prose that it has read (`debrief::prose_html`).

use std::sync::OnceLock;

use minijinja::{Environment, Value, escape_formatter};

use super::data::Data;
use crate::scenario::clean;
use crate::speech::label;

/// The stylesheet.
pub(super) const STYLE: &str = include_str!("pages/host.css");

/// The script.
pub(super) const SCRIPT: &str = include_str!("pages/host.js");

macro_rules! templates {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("pages/", $name)))),+]
    };
}

const TEMPLATES: &[(&str, &str)] = templates![
    "parts/head.html",
    "parts/bar.html",
    "parts/words.html",
    "parts/factor.html",
    "parts/opening.html",
    "parts/show.html",
    "parts/past.html",
    "join.html",
    "notice.html",
    "trainee.html",
    "trainer.html",
    "console.html",
    "observer.html",
    "projector.html",
    "blocks/question.html",
    "blocks/vote.html",
    "blocks/counted.html",
    "blocks/message.html",
    "blocks/artefact.html",
    "blocks/deed.html",
    "blocks/note.html",
    "blocks/settled.html",
    "blocks/gauges.html",
    "blocks/duties.html",
    "blocks/team.html",
    "blocks/ending.html",
    "blocks/hotwash.html",
    "blocks/waiting.html",
    "blocks/own.html",
    "blocks/step.html",
    "blocks/sent.html",
    "blocks/seat.html",
    "blocks/asked.html",
    "blocks/clock.html",
    "blocks/observations.html",
    "blocks/washed.html",
    "blocks/lobby.html",
    "blocks/scene.html",
    "blocks/result.html",
];

fn environment() -> &'static Environment<'static> {
    static MADE: OnceLock<Environment<'static>> = OnceLock::new();
    MADE.get_or_init(|| {
        let mut environment = Environment::new();
        environment.set_auto_escape_callback(|_| minijinja::AutoEscape::Html);
        environment.set_formatter(|out, state, value| match value.as_str() {
            Some(text) if !value.is_safe() => escape_formatter(out, state, &Value::from(clean(text))),
            _ => escape_formatter(out, state, value),
        });
        environment.add_function("t", |text: &str| label(text));
        for (name, text) in TEMPLATES {
            environment.add_template(name, text).expect("checked: a test sets every template");
        }
        environment
    })
}

/// A whole page.
pub(super) fn page(name: &str, values: Value) -> String {
    set(&format!("{name}.html"), values)
}

/// One block of a page.
pub(super) fn block(id: &str, order: u64, data: &Data) -> String {
    set(&format!("blocks/{}.html", data.template()), data.context(id, order))
}

fn set(name: &str, values: Value) -> String {
    let template = environment().get_template(name).expect("checked: the names are those above");
    template.render(values).expect("checked: a test sets every template with what it takes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unfolded_in_a_block_is_known_again_by_its_own_name() {
        let blocks = TEMPLATES.iter().filter(|(name, _)| name.starts_with("blocks/"));
        for (name, text) in blocks {
            for tag in text.split("<details").skip(1) {
                let tag = tag.split("<summary").next().unwrap_or_default();
                assert!(tag.contains(" id=\""), "{name}: <details{tag}");
            }
        }
    }
}

//! A sheet to draw on, in whole units, and how wide a text will be on it.

use std::fmt::Write;

use unicode_width::UnicodeWidthChar;

use super::{Picture, Size};
use crate::scenario::clean;

/// Height of a usual letter; all text in pictures has this size.
pub(in crate::debrief) const TEXT: i32 = 13;

/// A picture under way.
pub(in crate::debrief) struct Canvas {
    /// Tells the picture's patterns from those of another: one that is not shown draws nothing.
    id: String,
    width: i32,
    height: i32,
    body: String,
}

/// Where a text stands relative to its point.
#[derive(Clone, Copy)]
pub(in crate::debrief) enum Anchor {
    Start,
    Middle,
    End,
}

impl Canvas {
    pub(in crate::debrief) fn new(picture: Picture, size: Size) -> Self {
        Self::sheet(picture.name(), size, size.width())
    }

    /// A sheet of a width of its own.
    pub(in crate::debrief) fn sheet(name: &str, size: Size, width: i32) -> Self {
        Self { id: format!("{name}-{}", size.name()), width, height: 0, body: String::new() }
    }

    pub(in crate::debrief) fn width(&self) -> i32 {
        self.width
    }

    /// The sheet is at least this high.
    pub(in crate::debrief) fn reach(&mut self, height: i32) {
        self.height = self.height.max(height);
    }

    fn put(&mut self, arguments: std::fmt::Arguments<'_>) {
        self.body.write_fmt(arguments).expect("checked: a String takes all");
    }

    /// A line of text; the point is on its base line.
    pub(in crate::debrief) fn text(&mut self, x: i32, y: i32, class: &str, anchor: Anchor, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let text = escaped(text);
        self.put(format_args!(
            "<text x=\"{x}\" y=\"{y}\" class=\"{class}\" text-anchor=\"{anchor}\">{text}</text>"
        ));
    }

    pub(in crate::debrief) fn line(&mut self, from: (i32, i32), to: (i32, i32), class: &str) {
        self.put(format_args!(
            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" class=\"{class}\"/>",
            from.0, from.1, to.0, to.1
        ));
    }

    pub(in crate::debrief) fn rect(&mut self, corner: (i32, i32), size: (i32, i32), class: &str) {
        self.put(format_args!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" class=\"{class}\"/>",
            corner.0, corner.1, size.0, size.1
        ));
    }

    /// A rectangle under a pattern, which stays apart in grey.
    pub(in crate::debrief) fn hatched(&mut self, corner: (i32, i32), size: (i32, i32), pattern: &str) {
        let id = self.id.clone();
        self.put(format_args!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"url(#{id}-{pattern})\"/>",
            corner.0, corner.1, size.0, size.1
        ));
    }

    pub(in crate::debrief) fn circle(&mut self, centre: (i32, i32), radius: i32, class: &str) {
        self.put(format_args!(
            "<circle cx=\"{}\" cy=\"{}\" r=\"{radius}\" class=\"{class}\"/>",
            centre.0, centre.1
        ));
    }

    /// A path of our own making; never a text from outside.
    pub(in crate::debrief) fn path(&mut self, path: &str, class: &str) {
        self.put(format_args!("<path d=\"{path}\" class=\"{class}\"/>"));
    }

    /// The whole picture.
    pub(in crate::debrief) fn finish(self, size: Size, finding: &str, describes: &str) -> String {
        let Self { id, width, height, body } = self;
        let (finding, describes, size) = (escaped(finding), escaped(describes), size.name());
        let hatches = if body.contains("url(#") { hatches(&id) } else { String::new() };
        format!(
            "<svg class=\"{size} picture\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
             aria-labelledby=\"{id}-title {id}-desc\" xmlns=\"http://www.w3.org/2000/svg\">\
             <title id=\"{id}-title\">{finding}</title><desc id=\"{id}-desc\">{describes}</desc>{hatches}{body}</svg>"
        )
    }
}

impl Canvas {
    /// The whole picture as a document that stands by itself, with a style of its own.
    pub(in crate::debrief) fn document(self, style: &str, title: &str, describes: &str) -> String {
        let Self { width, height, body, .. } = self;
        let (title, describes) = (escaped(title), escaped(describes));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
             height=\"{height}\" role=\"img\" aria-labelledby=\"graph-title graph-desc\">\
             <title id=\"graph-title\">{title}</title><desc id=\"graph-desc\">{describes}</desc>\
             <style>\n{style}</style>{body}</svg>\n"
        )
    }
}

/// Patterns that stay apart in grey.
fn hatches(id: &str) -> String {
    format!(
        "<defs><pattern id=\"{id}-dense\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\">\
         <path d=\"M-1 6L6 -1M-1 1L1 -1M4 6L6 4\" class=\"hatch\"/></pattern>\
         <pattern id=\"{id}-sparse\" width=\"10\" height=\"10\" patternUnits=\"userSpaceOnUse\">\
         <path d=\"M-1 11L11 -1M-1 1L1 -1M9 11L11 9\" class=\"hatch\"/></pattern></defs>"
    )
}

/// A text that is inert in markup, on one line.
pub(in crate::debrief) fn escaped(text: &str) -> String {
    let mut inert = String::with_capacity(text.len() + 8);
    for letter in clean(text).chars() {
        match letter {
            '&' => inert.push_str("&amp;"),
            '<' => inert.push_str("&lt;"),
            '>' => inert.push_str("&gt;"),
            '"' => inert.push_str("&quot;"),
            '\'' => inert.push_str("&#x27;"),
            '\n' => inert.push(' '),
            other => inert.push(other),
        }
    }
    inert
}

/// How wide a text will be at most, in units, at the size of [`TEXT`].
///
/// Measured generously, after the widest of the usual screen fonts, for the
/// reader's font is not known.
pub(in crate::debrief) fn measure(text: &str) -> i32 {
    let thousandths: i32 = clean(text).chars().map(advance).sum();
    (thousandths * TEXT + 999) / 1000
}

/// The same for heavy letters, which are an eighth wider at most.
pub(in crate::debrief) fn bold(text: &str) -> i32 {
    measure(text) * 9 / 8
}

fn advance(letter: char) -> i32 {
    match letter {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' => 350,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' => 430,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '—' | '…' => 1_010,
        '<' | '>' | '=' | '+' | '~' | '#' | '&' => 850,
        'A'..='Z' | 'Ä' | 'Ö' | 'Ü' => 740,
        _ if letter.is_ascii() => 640,
        _ => match letter.width() {
            Some(0) => 0,
            Some(1) if letter.is_alphanumeric() => 720,
            // Signs often come from another font, and wider.
            _ => 1_100,
        },
    }
}

/// As much of a text as fits, with an ellipsis where something is left out.
pub(in crate::debrief) fn fitted(text: &str, width: i32) -> String {
    let text = clean(text);
    if measure(&text) <= width {
        return text;
    }
    let mut kept = String::new();
    let mut used = measure("…");
    for letter in text.chars() {
        used += (advance(letter) * TEXT + 999) / 1000;
        if used > width {
            break;
        }
        kept.push(letter);
    }
    let kept = kept.trim_end_matches([' ', ',', '.', ':', ';']).to_owned();
    if kept.is_empty() { kept } else { kept + "…" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_fitted_fits() {
        for text in
            ["Donaudampfschifffahrtsgesellschaft", "短い日本語の文章です", "iiiiii", "\u{202e}\u{200b}WWWWWW"]
        {
            for width in [0, 20, 60, 100] {
                assert!(measure(&fitted(text, width)) <= width, "{text} in {width}");
            }
        }
        assert_eq!(fitted("short", 200), "short");
    }

    #[test]
    fn text_is_inert() {
        assert_eq!(
            escaped("<a href='x'>&\u{1b}\n\"</a>"),
            "&lt;a href=&#x27;x&#x27;&gt;&amp;\u{fffd} &quot;&lt;/a&gt;"
        );
    }
}

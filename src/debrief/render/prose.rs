//! The safe Markdown of scripts, read once into blocks that every renderer shows.
//!
//! Paragraphs, emphasis, lists, code, tables and quotes. Nothing else gets
//! through: raw HTML stays visible as the text it is, a link becomes its words
//! with the address beside them, a picture its description, a heading a strong
//! paragraph. Nesting stops at a depth, so no text can exhaust the stack.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::scenario::clean;

/// Lists and quotes within one another; deeper ones are read as if they were not there.
const DEPTH_MAX: usize = 6;

/// A block of prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Prose {
    /// A paragraph.
    Para(Vec<Span>),
    /// A list; with its first number if it is numbered.
    List(Option<u64>, Vec<Vec<Prose>>),
    /// Code, verbatim.
    Code(String),
    /// A quote.
    Quote(Vec<Prose>),
    /// A table; the first row is its head.
    Table(Vec<Vec<Vec<Span>>>),
}

/// A run of text in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// The text, clean; a line break is a line break.
    pub(crate) text: String,
    /// How it is set.
    pub(crate) style: Style,
}

/// How a run of text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// As everything.
    Plain,
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Code.
    Code,
}

/// Reads a text.
pub(crate) fn read(text: &str) -> Vec<Prose> {
    let text = clean(text);
    let mut reader = Reader { open: vec![Frame::Quote(Vec::new())], ..Reader::default() };
    for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
        reader.take(event);
    }
    reader.flush();
    match reader.open.swap_remove(0) {
        Frame::Quote(blocks) | Frame::Item(blocks) => blocks,
        Frame::List(_, items) => items.into_iter().flatten().collect(),
    }
}

/// A text without its markup, on one line: for headings, labels and choices.
pub(crate) fn plain(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    say(&read(text), &mut said);
    words(&said).join(" ")
}

/// The words of a text; what an author wrote to stay together stays together.
pub(super) fn words(text: &str) -> Vec<&str> {
    let apart = |letter: char| letter.is_whitespace() && !matches!(letter, '\u{a0}' | '\u{202f}');
    text.split(apart).filter(|word| !word.is_empty()).collect()
}

fn say(blocks: &[Prose], said: &mut String) {
    let spans = |spans: &[Span], said: &mut String| {
        spans.iter().for_each(|span| said.push_str(&span.text));
        said.push(' ');
    };
    for block in blocks {
        match block {
            Prose::Para(text) => spans(text, said),
            Prose::Code(code) => {
                said.push_str(code);
                said.push(' ');
            }
            Prose::Quote(inner) => say(inner, said),
            Prose::List(_, items) => items.iter().for_each(|item| say(item, said)),
            Prose::Table(rows) => rows.iter().flatten().for_each(|cell| spans(cell, said)),
        }
    }
}

#[derive(Default)]
struct Reader {
    open: Vec<Frame>,
    spans: Vec<Span>,
    emphasis: usize,
    strong: usize,
    code: Option<String>,
    rows: Option<Vec<Vec<Vec<Span>>>>,
    links: Vec<(String, usize)>,
    /// Containers beyond the depth; their ends must not close those within it.
    beyond: usize,
}

enum Frame {
    Quote(Vec<Prose>),
    Item(Vec<Prose>),
    List(Option<u64>, Vec<Vec<Prose>>),
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.begin(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(text) => self.push(&text, Style::Code),
            Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.text("\n"),
            Event::Rule => self.flush(),
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.text(&text);
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn begin(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.emphasis += 1,
            Tag::Strong | Tag::Heading { .. } => self.strong += 1,
            Tag::CodeBlock(_) => {
                self.flush();
                self.code = Some(String::new());
            }
            Tag::BlockQuote(_) => self.nest(Frame::Quote(Vec::new())),
            Tag::List(first) => self.nest(Frame::List(first, Vec::new())),
            Tag::Item => match self.beyond {
                0 => self.open.push(Frame::Item(Vec::new())),
                _ => self.flush(),
            },
            Tag::Table(_) => {
                self.flush();
                self.rows = Some(Vec::new());
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(rows) = &mut self.rows {
                    rows.push(Vec::new());
                }
            }
            Tag::Link { dest_url, .. } => self.links.push((clean(&dest_url), self.spans.len())),
            Tag::Paragraph
            | Tag::HtmlBlock
            | Tag::TableCell
            | Tag::Image { .. }
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.emphasis -= 1,
            TagEnd::Strong => self.strong -= 1,
            TagEnd::Heading(_) => {
                self.strong -= 1;
                self.flush();
            }
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.flush(),
            TagEnd::CodeBlock => {
                let code = self.code.take().unwrap_or_default();
                self.place(Prose::Code(code.trim_end().to_owned()));
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) => self.unnest(),
            TagEnd::Item => {
                self.flush();
                if self.beyond == 0 {
                    self.close();
                }
            }
            TagEnd::Table => {
                let rows = self.rows.take().unwrap_or_default();
                self.place(Prose::Table(rows));
            }
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.spans);
                if let Some(row) = self.rows.as_mut().and_then(|rows| rows.last_mut()) {
                    row.push(cell);
                }
            }
            TagEnd::Link => self.end_link(),
            TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::Image
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    /// A link is its words, and its address where the words do not say it.
    fn end_link(&mut self) {
        let Some((address, from)) = self.links.pop() else { return };
        let said: String = self.spans.iter().skip(from).map(|s| s.text.as_str()).collect();
        if !address.is_empty() && !said.contains(&address) {
            self.text(&format!(" ({address})"));
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(code) = &mut self.code {
            code.push_str(text);
            return;
        }
        let style = match (self.strong, self.emphasis) {
            (0, 0) => Style::Plain,
            (0, _) => Style::Emphasis,
            _ => Style::Strong,
        };
        self.push(text, style);
    }

    fn push(&mut self, text: &str, style: Style) {
        match self.spans.last_mut() {
            // A link may begin here; its words are counted in spans.
            Some(last) if last.style == style && self.links.is_empty() => last.text.push_str(text),
            _ => self.spans.push(Span { text: text.to_owned(), style }),
        }
    }

    fn nest(&mut self, frame: Frame) {
        self.flush();
        if self.beyond > 0 || self.open.len() > 2 * DEPTH_MAX {
            self.beyond += 1;
        } else {
            self.open.push(frame);
        }
    }

    fn unnest(&mut self) {
        self.flush();
        match self.beyond {
            0 => self.close(),
            _ => self.beyond -= 1,
        }
    }

    fn close(&mut self) {
        if self.open.len() < 2 {
            return;
        }
        match self.open.pop() {
            Some(Frame::Quote(blocks)) => self.place(Prose::Quote(blocks)),
            Some(Frame::List(first, items)) => self.place(Prose::List(first, items)),
            Some(Frame::Item(blocks)) => {
                if let Some(Frame::List(_, items)) = self.open.last_mut() {
                    items.push(blocks);
                }
            }
            None => {}
        }
    }

    fn flush(&mut self) {
        let spans = std::mem::take(&mut self.spans);
        if spans.iter().any(|s| !s.text.trim().is_empty()) {
            self.place(Prose::Para(spans));
        }
    }

    fn place(&mut self, block: Prose) {
        match self.open.last_mut() {
            Some(Frame::Quote(blocks) | Frame::Item(blocks)) => blocks.push(block),
            Some(Frame::List(_, items)) => items.push(vec![block]),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(blocks: &[Prose]) -> String {
        format!("{blocks:?}")
    }

    #[test]
    fn what_is_allowed_is_kept() {
        let blocks =
            read("One *two* **three** `four`\n\n1. a\n2. b\n\n> q\n\n|h|i|\n|-|-|\n|1|2|\n\n```\nx <y>\n```");
        assert!(
            matches!(
                &blocks[..],
                [Prose::Para(p), Prose::List(Some(1), items), Prose::Quote(_), Prose::Table(rows), Prose::Code(c)]
                    if p.len() == 6 && items.len() == 2 && rows.len() == 2 && c == "x <y>"
            ),
            "{blocks:?}"
        );
    }

    #[test]
    fn html_links_and_pictures_are_only_text() {
        let text =
            said(&read("<script>alert(1)</script>\n\n[a](javascript:alert(1)) ![b](http://x.example/p.png)"));
        assert!(text.contains("<script>alert(1)</script>"), "it stays visible: {text}");
        assert!(text.contains("(javascript:alert(1))") && !text.contains("p.png"), "{text}");
    }

    #[test]
    fn a_heading_has_the_words_without_the_marks() {
        assert_eq!(
            plain("How *bad*? **low**: `a_b`\n\n- a nuisance\n- two"),
            "How bad? low: a_b a nuisance two"
        );
        assert_eq!(plain("file_name_x, 2 * 3 * 4"), "file_name_x, 2 * 3 * 4");
    }

    #[test]
    fn depth_is_bounded() {
        let text = ">".repeat(16_000) + "x";
        assert!(said(&read(&text)).contains('x'));
        let text: String = (0..200).map(|n| format!("{}- x\n", "  ".repeat(n))).collect();
        assert!(said(&read(&text)).contains('x'));
    }
}

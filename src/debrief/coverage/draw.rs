//! What scripts cover, as one picture that stands by itself.
//!
//! A row for each stage, class and technique, a numbered column for each script; a legend
//! above says which number is which, so that no label stands on its head.

use std::fmt;

use tr::tr;

use super::super::picture::{Anchor, Canvas, Size, fitted, measure};
use super::{Coverage, Covered};
use crate::scenario::Stage;
use crate::speech::label;

const LEFT: i32 = 24;
/// Where the columns of scripts begin.
const COLUMNS: i32 = 330;
const COLUMN: i32 = 34;
const ROW: i32 = 24;
/// From line to line of one label.
const LINE: i32 = 16;
/// Wide enough for the longest line of the legend.
const WIDTH_LEAST: i32 = 860;
const STYLE: &str = include_str!("../graph/graph.css");

/// Writes the picture as an SVG document.
///
/// # Errors
/// When the writer fails.
pub fn coverage_svg(coverage: &Coverage, out: &mut impl fmt::Write) -> fmt::Result {
    let count = i32::try_from(coverage.scripts.len()).unwrap_or(0);
    let width = (COLUMNS + count * COLUMN + 24).max(WIDTH_LEAST);
    let mut sheet = Sheet { canvas: Canvas::sheet("coverage", Size::Wide, width), coverage, top: 34 };
    let title = tr!("What the scripts cover");
    sheet.canvas.text(LEFT, sheet.top, "title", Anchor::Start, &title);
    sheet.legend(width);
    sheet.lane(&tr!("Stages"), &tr!("a larger dot: more questions, actions and duties"));
    for (row, stage) in Stage::ALL.into_iter().enumerate() {
        sheet.row(&label(stage.label()), |script| match script.stages[row] {
            0 => 0,
            1..=2 => 4,
            3..=5 => 6,
            _ => 9,
        });
    }
    sheet.lane(&tr!("Kinds of incident"), &tr!("classes that the truth has at any time"));
    for (name, says) in &coverage.classes {
        sheet.row(&label(says), |script| if script.classes.contains(name) { 6 } else { 0 });
    }
    sheet.lane(&tr!("Techniques"), &tr!("MITRE ATT&CK, with the version"));
    for technique in &coverage.techniques {
        let label = format!("{} ({})", technique.0, technique.1);
        sheet.row(&label, |script| if script.techniques.contains(technique) { 6 } else { 0 });
    }
    let bottom = sheet.top + ROW;
    sheet.canvas.reach(bottom);
    let describes =
        tr!("One row for each stage, class and technique, one numbered column for each script. A dot says \
                     that the script covers it; the tables in docs/coverage.md say the same.");
    out.write_str(&sheet.canvas.document(STYLE, &title, &describes))
}

struct Sheet<'c> {
    canvas: Canvas,
    coverage: &'c Coverage,
    /// The base line of what was written last.
    top: i32,
}

impl Sheet<'_> {
    fn column(number: usize) -> i32 {
        COLUMNS + i32::try_from(number).unwrap_or(0) * COLUMN + COLUMN / 2
    }

    /// Which number is which script.
    fn legend(&mut self, width: i32) {
        self.top += 10;
        for (number, script) in self.coverage.scripts.iter().enumerate() {
            self.top += 20;
            let number = (number + 1).to_string();
            self.canvas.text(LEFT + 22, self.top, "name", Anchor::End, &number);
            let (audience, level) = (label(script.audience.label()), label(script.level.label()));
            let (title, minutes) = (&script.title, script.minutes);
            let says = match script.language.as_str() {
                "en" => format!("{title} · {audience} · {level} · {minutes} min"),
                other => format!("{title} · {other} · {audience} · {level} · {minutes} min"),
            };
            self.label(LEFT + 34, &says, width - LEFT - 60);
        }
    }

    /// A label from the base line down, on as many lines as it needs.
    fn label(&mut self, x: i32, label: &str, room: i32) {
        for (row, line) in folded(label, room).iter().enumerate() {
            self.top += if row == 0 { 0 } else { LINE };
            self.canvas.text(x, self.top, "label", Anchor::Start, line);
        }
    }

    /// A heading, with the numbers of the scripts above their columns.
    fn lane(&mut self, heading: &str, note: &str) {
        self.top += 40;
        self.canvas.text(LEFT, self.top, "lane", Anchor::Start, heading);
        for number in 0..self.coverage.scripts.len() {
            let x = Self::column(number);
            self.canvas.text(x, self.top, "note", Anchor::Middle, &(number + 1).to_string());
        }
        self.top += 18;
        self.canvas.text(LEFT, self.top, "note", Anchor::Start, note);
        self.top += 2;
    }

    fn row(&mut self, label: &str, size: impl Fn(&Covered) -> i32) {
        self.top += ROW;
        let middle = self.top - 5;
        self.label(LEFT, label, COLUMNS - LEFT - 10);
        let right = Self::column(self.coverage.scripts.len().saturating_sub(1)) + COLUMN / 2;
        self.canvas.line((LEFT, self.top + 7), (right, self.top + 7), "grid");
        for (number, script) in self.coverage.scripts.iter().enumerate() {
            let radius = size(script);
            if radius > 0 {
                self.canvas.circle((Self::column(number), middle), radius, "fill-calm");
            }
        }
    }
}

/// A text in lines that fit, broken between words; only a word that is wider than all the room is cut.
fn folded(text: &str, room: i32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if measure(&format!("{line} {word}")) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(fitted(word, room)),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_folded_and_not_cut() {
        let label = "Somebody wants our payment to go to them, and says so in a letter";
        let lines = folded(label, COLUMNS - LEFT - 10);
        assert!(lines.len() > 1 && lines.join(" ") == label, "{lines:?}");
        assert!(lines.iter().all(|line| measure(line) <= COLUMNS - LEFT - 10));
        assert_eq!(folded("Fraud", 200), ["Fraud"]);
    }
}

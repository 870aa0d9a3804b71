//! The layout as one picture that stands by itself: an SVG with its colours inside.
//!
//! One row for each thing, so that no two labels meet; time runs from left to right, and
//! each thing begins where it can come at the earliest. Links run to the left of what they
//! lead to, behind all text; with coverage they are as thick as they are gone along.

use std::fmt::{self, Write};

use tr::tr;

use super::super::picture::{Anchor, Canvas, Size, fitted, measure};
use super::{Graph, Link, LinkKind, Row, Thing};
use crate::scenario::SimTime;
use crate::speech;

/// As wide as a laptop's window shows without scrolling.
const WIDTH: i32 = 1264;
/// Where the time axis begins and ends.
const LEFT: i32 = 150;
const RIGHT: i32 = 714;
const HEAD: i32 = 88;
const ROW: i32 = 40;
const LANE_GAP: i32 = 22;
const STYLE: &str = include_str!("graph.css");

/// Writes the graph as an SVG document.
///
/// # Errors
/// When the writer fails.
pub fn graph_svg(graph: &Graph, out: &mut impl fmt::Write) -> fmt::Result {
    let mut canvas = Canvas::sheet("graph", Size::Wide, WIDTH);
    let (tops, bottom) = tops(graph);
    canvas.text(
        24,
        30,
        "title",
        Anchor::Start,
        &fitted(&format!("{} · {}", tr!("EXERCISE"), graph.title), 900),
    );
    canvas.text(24, 52, "note", Anchor::Start, &key());
    lanes(&mut canvas, graph, &tops);
    axis(&mut canvas, graph, bottom);
    for link in &graph.links {
        draw_link(&mut canvas, graph, &tops, link);
    }
    for (row, top) in graph.rows.iter().zip(&tops) {
        draw_row(&mut canvas, graph, row, *top);
    }
    canvas.reach(bottom + 40);
    let describes = tr!(
        "Drill time runs from left to right. One row for each inject, question, action, spread, duty and \
                     ending, at its earliest moment, with its condition in words; arrows say what leads to what."
    );
    out.write_str(&canvas.document(STYLE, &tr!("The script {}", graph.title), &describes))
}

fn key() -> String {
    tr!(
        "Each begins where it can come at the earliest; a bar is how long it stays. Solid arrow: brings about. \
                   Dotted: a condition reads it. Barred: puts an end to it."
    )
}

/// Where each row begins, and where the last ends.
fn tops(graph: &Graph) -> (Vec<i32>, i32) {
    let (mut top, mut lane) = (HEAD, "");
    let mut tops = Vec::new();
    for row in &graph.rows {
        if row.lane != lane {
            top += if lane.is_empty() { 0 } else { LANE_GAP };
            lane = row.lane;
        }
        tops.push(top);
        top += ROW;
    }
    (tops, top)
}

fn x(graph: &Graph, at: SimTime) -> i32 {
    let length = i64::from(graph.length.0.max(1));
    let along = i64::from(RIGHT - LEFT) * i64::from(at.0.min(graph.length.0)) / length;
    LEFT + i32::try_from(along).unwrap_or(0)
}

fn lanes(canvas: &mut Canvas, graph: &Graph, tops: &[i32]) {
    let mut from = 0;
    while from < graph.rows.len() {
        let lane = graph.rows[from].lane;
        let until = graph.rows[from..].iter().position(|row| row.lane != lane);
        let until = until.map_or(graph.rows.len(), |count| from + count);
        let (top, high) = (tops[from] - 6, tops[until - 1] + ROW - tops[from] + 8);
        canvas.rect((8, top), (WIDTH - 16, high), "lane-box");
        canvas.text(20, top + 22, "lane", Anchor::Start, &fitted(&speech::label(lane), LEFT - 40));
        from = until;
    }
}

fn axis(canvas: &mut Canvas, graph: &Graph, bottom: i32) {
    let step = [60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400]
        .into_iter()
        .find(|step| graph.length.0 / step <= 9)
        .unwrap_or(259_200);
    for at in (0..=graph.length.0).step_by(step as usize) {
        let at = SimTime(at);
        canvas.line((x(graph, at), HEAD - 10), (x(graph, at), bottom + 4), "grid");
        canvas.text(x(graph, at), bottom + 24, "note", Anchor::Middle, &at.to_string());
        canvas.text(x(graph, at), HEAD - 16, "note", Anchor::Middle, &at.to_string());
    }
}

fn draw_row(canvas: &mut Canvas, graph: &Graph, row: &Row, top: i32) {
    let (from, until) = (x(graph, row.span.0), x(graph, row.span.1));
    let middle = top + 12;
    let class = match row.of {
        Thing::Inject(_) => "fill-calm",
        Thing::Question(_) => "fill-caution",
        Thing::Action(_) => "fill-work",
        Thing::Spread(_) => "fill-serious",
        Thing::Duty(_) => "fill-duty",
        Thing::Ending(_) => "fill-good",
    };
    if until > from {
        canvas.rect((from, middle + 9), ((until - from).max(2), 3), &format!("{class} window"));
    }
    match row.of {
        Thing::Question(_) => canvas.path(&format!("M{from} {}l7 7l-7 7l-7 -7z", middle - 7), class),
        Thing::Ending(_) => canvas.rect((from - 6, middle - 6), (12, 12), class),
        Thing::Inject(_) | Thing::Action(_) | Thing::Spread(_) | Thing::Duty(_) => {
            canvas.circle((from, middle), 6, class);
        }
    }
    let mut label = row.name.clone();
    if let Some(reached) = row.reached {
        label.push_str(&format!(" · {}", percent(reached)));
    }
    // Words stand to the right of the mark, where the sheet has kept room for them.
    let left = from + 14;
    let room = WIDTH - 24 - left;
    canvas.text(left, middle + 5, "name", Anchor::Start, &fitted(&label, room * 8 / 9));
    let used = measure(&label) * 17 / 16 + 10;
    if room - used > 60 {
        canvas.text(left + used, middle + 5, "label", Anchor::Start, &fitted(&row.says, room - used));
    }
    canvas.text(left, middle + 24, "note", Anchor::Start, &fitted(&row.condition, room));
}

fn percent(thousandths: u16) -> String {
    match thousandths {
        0 => tr!("never"),
        1..10 => tr!("below 1 %"),
        more => format!("{} %", more / 10),
    }
}

/// Out of the source's mark to the left, along, and into the target's mark from the left.
fn draw_link(canvas: &mut Canvas, graph: &Graph, tops: &[i32], link: &Link) {
    let point = |row: usize| (x(graph, graph.rows[row].span.0), tops[row] + 12);
    let ((from_x, from_y), (to_x, to_y)) = (point(link.from), point(link.to));
    let end = to_x - 8;
    // Longer links swing out further, so that they stay apart.
    let swing = 14 + (to_y - from_y).abs() / 14;
    let bend = (from_x.min(end) - swing).max(LEFT - 28);
    let mut path = String::new();
    let _ = write!(path, "M{from_x} {from_y}C{bend} {from_y} {bend} {to_y} {end} {to_y}");
    let kind = match link.kind {
        LinkKind::Brings => "link brings",
        LinkKind::Allows => "link allows",
        LinkKind::Stops => "link stops",
    };
    let thick = match link.reached {
        None => 2,
        Some(0) => 0,
        Some(share) => 1 + share / 250,
    };
    canvas.path(&path, &format!("{kind} thick-{thick}"));
    match link.kind {
        LinkKind::Brings | LinkKind::Allows => {
            canvas.path(&format!("M{end} {to_y}l-7 -4v8z"), "tip");
        }
        LinkKind::Stops => canvas.path(&format!("M{} {}v12", end - 1, to_y - 6), "bar"),
    }
}

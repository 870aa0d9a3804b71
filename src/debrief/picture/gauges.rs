//! Gauges over drill time: one step line each, on a scale of its own.

use std::cmp::Ordering;

use tr::tr;

use super::super::happened::{Gauge, Good, Step, telling};
use super::super::model::Debrief;
use super::super::otherwise::Course;
use super::super::words::{capital, reading};
use super::canvas::{Anchor, Canvas, bold, fitted, measure};
use super::{Picture, Size};

/// Gauges that are drawn; the table has all.
const GAUGES_MAX: usize = 12;
const HEAD: i32 = 24;
const PANEL: i32 = 46;
const GAP: i32 = 16;
/// On a telephone the direction has a line of its own.
const NOTE: i32 = 18;

/// As wide as a reading may be.
const fn widest(size: Size) -> i32 {
    size.pick(130, 88)
}

pub(super) fn finding(debrief: &Debrief) -> String {
    if debrief.gauges.iter().all(|g| g.steps.is_empty()) {
        return tr!("No gauge moved");
    }
    let Some(most) = telling(&debrief.gauges) else { return String::new() };
    let (from, to) = (reading(most, most.start), reading(most, most.end));
    let label = capital(&most.label);
    match most.end.cmp(&most.start) {
        Ordering::Greater => tr!("{0} rose from {1} to {2}", label, from, to),
        Ordering::Less => tr!("{0} fell from {1} to {2}", label, from, to),
        Ordering::Equal => tr!("{0} ended where it began, at {1}", label, to),
    }
}

/// The same gauge on the best line, and in the what-if that is drawn.
#[derive(Clone, Copy)]
struct Beside<'d> {
    best: Option<&'d Course>,
    other: Option<&'d Course>,
}

impl<'d> Beside<'d> {
    fn of(debrief: &'d Debrief, gauge: &Gauge) -> Self {
        let named = |courses: &'d [Course]| courses.iter().find(|course| course.name == gauge.name);
        let otherwise = debrief.otherwise.as_ref();
        Self {
            best: otherwise.and_then(|otherwise| named(&otherwise.best.gauges)),
            other: otherwise
                .and_then(|otherwise| otherwise.drawn.as_ref())
                .and_then(|drawn| named(&drawn.gauges)),
        }
    }

    fn courses(self) -> impl Iterator<Item = &'d Course> {
        self.best.into_iter().chain(self.other)
    }
}

/// What the lines are, for whoever sees more than one; on one row where that has room.
fn key(debrief: &Debrief, room: i32) -> Vec<String> {
    let Some(otherwise) = &debrief.otherwise else { return Vec::new() };
    let lines = match otherwise.best.proved {
        true => tr!("solid: yours · dashed: best line"),
        false => tr!("solid: yours · dashed: best line found"),
    };
    let drawn = otherwise.drawn.as_ref();
    let thin = drawn.map(|drawn| tr!("thin: had decision {} been the best choice", drawn.decision));
    match thin {
        None => vec![lines],
        Some(thin) if measure(&format!("{lines} · {thin}")) <= room => vec![format!("{lines} · {thin}")],
        Some(thin) => vec![lines, thin],
    }
}

/// The lowest and the highest reading.
fn range(gauge: &Gauge, beside: Beside<'_>) -> (i64, i64) {
    let others = || beside.courses().flat_map(|c| c.steps.iter().map(|s| s.reads));
    let readings = || gauge.steps.iter().map(|s| s.reads).chain([gauge.start, gauge.end]).chain(others());
    (readings().min().unwrap_or(gauge.start), readings().max().unwrap_or(gauge.start))
}

pub(super) fn draw(debrief: &Debrief, size: Size) -> Canvas {
    let mut canvas = Canvas::new(Picture::Gauges, size);
    let shown = &debrief.gauges[..debrief.gauges.len().min(GAUGES_MAX)];
    let room = |value: fn(&Gauge) -> i64| {
        let width = |g: &Gauge| bold(&reading(g, value(g)));
        shown.iter().map(width).max().unwrap_or(0).min(widest(size))
    };
    let left = room(|g| g.start) + 10;
    let right = size.width() - room(|g| g.end) - 14;
    let mut top = 0;
    for gauge in shown {
        let beside = Beside::of(debrief, gauge);
        panel(&mut canvas, (gauge, beside), (left, right, top), debrief.sheet.endex.second, size);
        top += HEAD + PANEL + GAP + size.pick(0, NOTE);
    }
    let sheet = &debrief.sheet;
    let (first, last) = (size.pick(left, 0), size.pick(right, size.width()));
    canvas.text(first, top, "note", Anchor::Start, &format!("STARTEX {}", sheet.startex.clock));
    canvas.text(last, top, "note", Anchor::End, &format!("ENDEX {}", sheet.endex.clock));
    let room = size.width() * 8 / 9;
    for row in key(debrief, room) {
        top += 22;
        canvas.text(0, top, "note", Anchor::Start, &fitted(&row, room));
    }
    canvas.reach(top + 8);
    canvas
}

fn panel(
    canvas: &mut Canvas,
    (gauge, beside): (&Gauge, Beside<'_>),
    (left, right, top): (i32, i32, i32),
    end: u32,
    size: Size,
) {
    let most = widest(size);
    let top = heading(canvas, gauge, top, size);
    let (low, high) = range(gauge, beside);
    let (ceiling, floor) = (top + HEAD + 8, top + HEAD + PANEL - 8);
    let y = |value: i64| match high - low {
        0 => (ceiling + floor) / 2,
        span => {
            floor
                - i32::try_from(i128::from(value - low) * i128::from(floor - ceiling) / i128::from(span))
                    .unwrap_or(0)
        }
    };
    let x = |second: u32| {
        left + i32::try_from(i64::from(second.min(end)) * i64::from(right - left) / i64::from(end.max(1)))
            .unwrap_or(0)
    };
    canvas.line((left, top + HEAD + PANEL), (right, top + HEAD + PANEL), "grid");
    let curve = |steps: &[Step]| {
        let mut path = format!("M{left} {}", y(gauge.start));
        for step in steps.iter().filter(|step| step.at.second <= end) {
            path += &format!("H{}V{}", x(step.at.second), y(step.reads));
        }
        path + &format!("H{right}")
    };
    if let Some(best) = beside.best {
        canvas.path(&curve(&best.steps), "curve-best");
    }
    if let Some(other) = beside.other {
        canvas.path(&curve(&other.steps), "curve-other");
    }
    canvas.path(&curve(&gauge.steps), "curve");
    canvas.circle((left, y(gauge.start)), 4, "fill-calm");
    canvas.circle((right, y(gauge.end)), 4, "fill-calm");
    let said = |value| fitted(&reading(gauge, value), most * 8 / 9);
    canvas.text(left - 8, y(gauge.start) + 5, "value", Anchor::End, &said(gauge.start));
    canvas.text(right + 8, y(gauge.end) + 5, "value", Anchor::Start, &said(gauge.end));
}

/// What it is called and which way is good; where its lines begin.
fn heading(canvas: &mut Canvas, gauge: &Gauge, top: i32, size: Size) -> i32 {
    let good = match gauge.good {
        Good::Low => tr!("less is better"),
        Good::High => tr!("more is better"),
    };
    let good = if gauge.hidden { tr!("{}, not shown in play", good) } else { good };
    let width = canvas.width();
    let label = capital(&gauge.label);
    match size {
        Size::Wide => {
            canvas.text(
                0,
                top + 14,
                "lane",
                Anchor::Start,
                &fitted(&label, (width - measure(&good) - 14) * 8 / 9),
            );
            canvas.text(width, top + 14, "note", Anchor::End, &good);
            top
        }
        Size::Narrow => {
            canvas.text(0, top + 14, "lane", Anchor::Start, &fitted(&label, width * 8 / 9));
            canvas.text(0, top + 32, "note", Anchor::Start, &good);
            top + size.pick(0, NOTE)
        }
    }
}

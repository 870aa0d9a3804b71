//! The timeline: what reached the trainee above the line, decisions below it, work at the bottom.

use tr::tr;

use super::super::decision::{Decision, Of, Standing};
use super::super::happened::{Lane, Mark};
use super::super::model::Debrief;
use super::super::words::length;
use super::canvas::{Anchor, Canvas, bold, fitted, measure};
use super::flags::{Flag, Place, ROW, places};
use super::{Picture, Size, marks, rows};
use crate::speech;

/// Marks of one lane that are drawn; a picture of more says nothing any more.
const MARKS_MAX: usize = 120;
const LEFT: i32 = 8;
/// Height of a lane's title, and of the gap beneath its line.
const TITLE: i32 = 24;
const BELOW: i32 = 14;

pub(super) fn finding(debrief: &Debrief) -> String {
    let of = |lane| debrief.timeline.iter().filter(move |m| m.lane == lane);
    // What nobody asked for cannot lapse; it is told decision by decision.
    let asked = debrief.decisions.iter().filter(|decision| decision.of == Of::Question);
    let decided: Vec<&Decision> = asked.collect();
    let lapsed = decided.iter().filter(|decision| decision.standing == Standing::Lapsed).count();
    let played = length(debrief.sheet.endex.second);
    let reached = tr!("1 message" | "{n} messages" % of(Lane::Reached).count());
    let calls = tr!("1 decision" | "{n} decisions" % decided.len());
    match (decided.len(), lapsed) {
        (_, 0) => tr!("{0} in {1}, and {2}, none of which lapsed", reached, played, calls),
        (1, 1) => tr!("{0} in {1}, and 1 decision, which lapsed", reached, played),
        (_, lapsed) => tr!("{0} in {1}, and {2}, of which {3} lapsed", reached, played, calls, lapsed),
    }
}

/// Where a moment stands on the line.
pub(super) struct Scale {
    left: i32,
    width: i32,
    pub(super) end: u32,
}

impl Scale {
    pub(super) fn x(&self, second: u32) -> i32 {
        let share = i64::from(second.min(self.end)) * i64::from(self.width) / i64::from(self.end.max(1));
        self.left + i32::try_from(share).unwrap_or(self.width)
    }
}

/// One lane, laid out.
struct Strip<'d> {
    marks: Vec<&'d Mark>,
    labels: Vec<String>,
    places: Vec<Place>,
}

impl Strip<'_> {
    fn height(&self) -> i32 {
        self.places.iter().filter_map(|p| p.row()).max().map_or(0, |row| row + 1) * ROW + 6
    }
}

pub(super) fn draw(debrief: &Debrief, size: Size) -> Canvas {
    let mut canvas = Canvas::new(Picture::Timeline, size);
    let width = size.width() - LEFT - size.pick(56, 54);
    let scale = Scale { left: LEFT, width, end: debrief.sheet.endex.second };
    let [reached, decided, done] = match debrief.of_team() {
        true => [tr!("Reached your team"), tr!("Your team decided"), tr!("Your team looked at and did")],
        false => [tr!("Reached you"), tr!("You decided"), tr!("You looked at and did")],
    };
    let lanes = [
        (reached, strip(debrief, Lane::Reached, &scale, size)),
        (decided, strip(debrief, Lane::Decided, &scale, size)),
        (done, strip(debrief, Lane::Done, &scale, size)),
    ];
    let lanes: Vec<_> = lanes.into_iter().filter(|(_, strip)| !strip.marks.is_empty()).collect();
    let of_lanes: i32 = lanes.iter().map(|(_, strip)| TITLE + strip.height() + BELOW).sum();
    let bottom = of_lanes + rows::height(debrief);
    let y = ticks(&mut canvas, debrief, &scale, bottom, size);
    let mut top = 0;
    for (title, strip) in &lanes {
        canvas.text(0, top + 14, "lane", Anchor::Start, title);
        let line = top + TITLE + strip.height();
        canvas.line((LEFT, line), (LEFT + width, line), "axis");
        bars(&mut canvas, strip, &scale, line);
        fly(&mut canvas, strip, &scale, line);
        top = line + BELOW;
    }
    rows::draw(&mut canvas, debrief, &scale, top);
    key(&mut canvas, y + 24, debrief, size);
    canvas
}

/// How long each piece of work took.
fn bars(canvas: &mut Canvas, strip: &Strip<'_>, scale: &Scale, line: i32) {
    for mark in &strip.marks {
        if let Some(until) = &mark.until {
            let (from, to) = (scale.x(mark.at.second), scale.x(until.second));
            canvas.rect((from, line - 3), ((to - from).max(3), 6), "fill-work");
        }
    }
}

fn strip<'d>(debrief: &'d Debrief, lane: Lane, scale: &Scale, size: Size) -> Strip<'d> {
    let marks: Vec<&Mark> = debrief.timeline.iter().filter(|m| m.lane == lane).take(MARKS_MAX).collect();
    let right = size.width();
    let widest = size.pick(200, 120);
    let mut labels = Vec::new();
    let mut flags = Vec::new();
    for mark in &marks {
        let x = scale.x(mark.at.second);
        let least = 2 * marks::HALF + 8 + bold(&mark.label) + 4;
        let room = (right - x - least - 6).min(widest);
        let words = if room < 44 { String::new() } else { fitted(&mark.title, room) };
        let full = least + if words.is_empty() { 0 } else { 6 + measure(&words) };
        flags.push(Flag { x, full, least });
        labels.push(words);
    }
    let places = places(&flags, right, size.pick(8, 7));
    Strip { marks, labels, places }
}

/// Sets the labels of a lane above its line, and all poles behind them.
fn fly(canvas: &mut Canvas, strip: &Strip<'_>, scale: &Scale, line: i32) {
    let height = |row: i32| line - 6 - row * ROW - ROW / 2;
    for (mark, place) in strip.marks.iter().zip(&strip.places) {
        let x = scale.x(mark.at.second);
        canvas.line((x, line), (x, place.row().map_or(line - 6, |row| height(row) - 7)), "pole");
    }
    for ((mark, words), place) in strip.marks.iter().zip(&strip.labels).zip(&strip.places) {
        let Some(row) = place.row() else { continue };
        let (x, middle) = (scale.x(mark.at.second), height(row));
        let number = x + 8 + 2 * marks::HALF;
        canvas.rect((x + 2, middle - 8), (number - x + bold(&mark.label), 16), "behind");
        let centre = (x + 4 + marks::HALF, middle);
        match (mark.lane, mark.standing) {
            (Lane::Decided, Some(standing)) => marks::standing(canvas, centre, standing),
            (Lane::Reached, _) => marks::arrival(canvas, centre, mark.assistance),
            _ => canvas.rect((centre.0 - 4, centre.1 - 3), (8, 6), "fill-work"),
        }
        canvas.text(number, middle + 5, "number", Anchor::Start, &mark.label);
        if matches!(place, Place::Words(_)) && !words.is_empty() {
            let beside = number + bold(&mark.label) + 5;
            canvas.text(beside, middle + 5, "label", Anchor::Start, words);
        }
    }
}

/// Fine lines at round lengths of drill time, named at the bottom; returns the last base line.
fn ticks(canvas: &mut Canvas, debrief: &Debrief, scale: &Scale, bottom: i32, size: Size) -> i32 {
    const STEPS: [u32; 15] =
        [10, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, 86_400, 259_200];
    let apart = i64::from(size.pick(84, 70));
    let fits =
        |step: &&u32| i64::from(**step) * i64::from(scale.width) >= apart * i64::from(scale.end.max(1));
    let step = STEPS.iter().find(fits).copied().unwrap_or(864_000);
    let mut second = 0;
    while second <= scale.end {
        let x = scale.x(second);
        canvas.line((x, 20), (x, bottom), "grid");
        // STARTEX is named a line further down.
        if second > 0 {
            canvas.text(x, bottom + 14, "note", Anchor::Middle, &length(second));
        }
        second = second.saturating_add(step);
    }
    let sheet = &debrief.sheet;
    canvas.text(0, bottom + 32, "note", Anchor::Start, &format!("STARTEX {}", sheet.startex.clock));
    let endex = format!("ENDEX {}", sheet.endex.clock);
    canvas.text(size.width(), bottom + 32, "note", Anchor::End, &endex);
    bottom + 32
}

/// What the marks mean; only those that occur.
fn key(canvas: &mut Canvas, y: i32, debrief: &Debrief, size: Size) {
    let mut at = (8, y);
    let mut place = |canvas: &mut Canvas, words: &str, draw: &mut dyn FnMut(&mut Canvas, (i32, i32))| {
        let needs = 16 + measure(words) + 14;
        if at.0 + needs > size.width() {
            at = (8, at.1 + ROW);
        }
        draw(canvas, (at.0, at.1 - 4));
        canvas.text(at.0 + 12, at.1, "note", Anchor::Start, words);
        at.0 += needs;
    };
    let occurs = |standing| debrief.timeline.iter().any(|m| m.standing == Some(standing));
    for standing in Standing::ALL.into_iter().filter(|s| occurs(*s)) {
        place(canvas, &speech::label(standing.word()), &mut |canvas, at| {
            marks::standing(canvas, at, standing)
        });
    }
    if debrief.timeline.iter().any(|m| m.lane == Lane::Reached && m.assistance) {
        place(canvas, &tr!("came to help"), &mut |canvas, at| marks::arrival(canvas, at, true));
    }
    canvas.reach(at.1 + 10);
}

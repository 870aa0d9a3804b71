//! What goes on for a while, one row each: spreads with their steps, duties with their deadlines.

use tr::tr;

use super::super::decision::Standing;
use super::super::model::Debrief;
use super::super::owed::{Duty, Fate, Spread, Stands};
use super::super::words::capital;
use super::canvas::{Anchor, Canvas, fitted};
use super::marks;
use super::timeline::Scale;

/// Rows that are drawn; a picture of more says nothing any more.
const ROWS_MAX: usize = 20;
const ROW: i32 = 34;
/// Height of the title above the rows.
const TITLE: i32 = 24;

/// How high the rows are together.
pub(super) fn height(debrief: &Debrief) -> i32 {
    let of = |rows: usize| match i32::try_from(rows.min(ROWS_MAX)).unwrap_or(0) {
        0 => 0,
        rows => TITLE + rows * ROW,
    };
    of(begun(debrief).count()) + of(started(debrief).count())
}

fn begun(debrief: &Debrief) -> impl Iterator<Item = &Spread> {
    debrief.spreads.iter().filter(|spread| spread.began.is_some())
}

fn started(debrief: &Debrief) -> impl Iterator<Item = &Duty> {
    debrief.duties.iter().filter(|duty| duty.started.is_some())
}

/// Draws them from `top` on.
pub(super) fn draw(canvas: &mut Canvas, debrief: &Debrief, scale: &Scale, mut top: i32) {
    let title = |canvas: &mut Canvas, top: &mut i32, words: &str| {
        canvas.text(0, *top + 14, "lane", Anchor::Start, words);
        *top += TITLE;
    };
    for (row, spread) in begun(debrief).take(ROWS_MAX).enumerate() {
        if row == 0 {
            title(canvas, &mut top, &tr!("Went on by itself"));
        }
        of_spread(canvas, spread, scale, top);
        top += ROW;
    }
    for (row, duty) in started(debrief).take(ROWS_MAX).enumerate() {
        if row == 0 {
            title(canvas, &mut top, &tr!("Was owed"));
        }
        of_duty(canvas, duty, scale, top);
        top += ROW;
    }
}

fn words(canvas: &mut Canvas, top: i32, says: &str) {
    let room = canvas.width() - scale_margin();
    canvas.text(8, top + 11, "label", Anchor::Start, &fitted(says, room));
}

const fn scale_margin() -> i32 {
    16
}

fn of_spread(canvas: &mut Canvas, spread: &Spread, scale: &Scale, top: i32) {
    let steps = tr!("1 step" | "{n} steps" % spread.steps.len());
    words(canvas, top, &format!("{}: {steps}, {}", capital(&spread.label), spread.told()));
    let from = scale.x(spread.began.as_ref().map_or(0, |began| began.second));
    let to = scale.x(spread.until.as_ref().map_or(scale.end, |until| until.second));
    let middle = top + 23;
    canvas.rect((from, middle - 3), ((to - from).max(3), 6), "fill-caution");
    for step in &spread.steps {
        let x = scale.x(step.second);
        canvas.line((x, middle - 6), (x, middle + 6), "axis");
    }
    if spread.fate == Fate::Contained {
        marks::standing(canvas, (to, middle), Standing::Best);
    }
}

fn of_duty(canvas: &mut Canvas, duty: &Duty, scale: &Scale, top: i32) {
    words(canvas, top, &format!("{}: {}", capital(&duty.label), duty.told()));
    let x = |moment: &Option<super::super::model::Moment>| moment.as_ref().map(|m| scale.x(m.second));
    let from = x(&duty.started).unwrap_or(scale.x(0));
    // A deadline after ENDEX lies beyond the picture.
    let to = x(&duty.due).unwrap_or(scale.x(scale.end));
    let middle = top + 23;
    canvas.rect((from, middle - 3), ((to - from).max(3), 6), "fill-work");
    if let Some(declared) = x(&duty.declared) {
        canvas.line((declared, middle - 7), (declared, middle + 7), "axis");
    }
    match (duty.stands, x(&duty.met)) {
        (Stands::Met, Some(met)) => marks::standing(canvas, (met, middle), Standing::Best),
        (Stands::Late, Some(met)) => marks::standing(canvas, (met, middle), Standing::Defensible),
        (Stands::Missed, _) => marks::standing(canvas, (to, middle), Standing::Poor),
        _ => {}
    }
}

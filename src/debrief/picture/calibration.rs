//! Confidence against correctness: each answer a numbered mark, right ones above wrong ones.

use tr::tr;

use super::super::calibration::Call;
use super::super::model::Debrief;
use super::canvas::{Anchor, Canvas};
use super::{Picture, Size};

/// Answers that are drawn; the table has all.
const CALLS_MAX: usize = 120;
const STEPS: [u8; 5] = [50, 60, 75, 90, 99];
/// Space that one mark takes.
const CELL: i32 = 22;

pub(super) fn finding(debrief: &Debrief) -> String {
    let calls = &debrief.calibration.calls;
    let sure = calls.iter().filter(|c| c.confidence >= super::super::calibration::SURE).count();
    let wrong = calls.iter().filter(|c| c.sure_and_wrong()).count();
    match (sure, wrong) {
        (0, _) => tr!("You were never sure"),
        (1, 0) => tr!("The one answer you were sure of was right"),
        (1, 1) => tr!("The one answer you were sure of was wrong"),
        (_, 0) => tr!("Whenever you were sure, you were right"),
        (sure, 1) => tr!("Of {} answers you gave as sure, one was wrong", sure),
        (sure, wrong) => tr!("Of {0} answers you gave as sure, {1} were wrong", sure, wrong),
    }
}

pub(super) fn draw(debrief: &Debrief, size: Size) -> Canvas {
    let mut canvas = Canvas::new(Picture::Calibration, size);
    let (left, right) = (size.pick(90, 34), size.width() - size.pick(60, 40));
    let x = |confidence: u8| left + (i32::from(confidence.clamp(50, 99)) - 50) * (right - left) / 49;
    let calls = &debrief.calibration.calls[..debrief.calibration.calls.len().min(CALLS_MAX)];
    let across = size.pick(3, 2);
    let mut top = 0;
    for (right_row, title) in [(true, tr!("Right")), (false, tr!("Wrong"))] {
        let row: Vec<&Call> = calls.iter().filter(|c| c.right == right_row).collect();
        canvas.text(0, top + 15, "lane", Anchor::Start, &title);
        let deepest = STEPS.iter().map(|s| cells(&row, *s).len()).max().unwrap_or(0);
        let deep = (i32::try_from(deepest).unwrap_or(0) + across - 1) / across;
        let height = deep.max(1) * CELL + 12;
        let floor = top + 24 + height;
        if !right_row {
            let from = x(90) - size.pick(44, 26);
            canvas.rect((from, top + 20), (size.width() - from, height + 4), "zone");
            canvas.text(size.width(), top + 15, "note", Anchor::End, &tr!("sure and wrong"));
        }
        canvas.line((left - 20, floor), (size.width(), floor), "axis");
        for step in STEPS {
            for (place, call) in cells(&row, step).into_iter().enumerate() {
                mark(&mut canvas, call, cell(place, across, (x(step), floor)));
            }
        }
        top = floor + 8;
    }
    scale(&mut canvas, x, top + 12, size);
    canvas
}

/// The answers of a row that were given with this confidence.
fn cells<'c>(row: &[&'c Call], step: u8) -> Vec<&'c Call> {
    let nearest = |c: &Call| STEPS.iter().min_by_key(|s| s.abs_diff(c.confidence)).copied();
    row.iter().copied().filter(|c| nearest(c) == Some(step)).collect()
}

/// Where the `place`th mark of a heap stands, `across` side by side.
fn cell(place: usize, across: i32, (x, floor): (i32, i32)) -> (i32, i32) {
    let place = i32::try_from(place).unwrap_or(0);
    let (row, column) = (place / across, place % across);
    (x + column * CELL - (across - 1) * CELL / 2, floor - 14 - row * CELL)
}

fn mark(canvas: &mut Canvas, call: &Call, (x, y): (i32, i32)) {
    if call.right {
        canvas.circle((x, y), 10, "edge-calm");
    } else {
        canvas.path(&format!("M{x} {}l11 11l-11 11l-11 -11z", y - 11), "edge-serious");
    }
    canvas.text(x, y + 4, "in-mark", Anchor::Middle, &call.decision.to_string());
}

fn scale(canvas: &mut Canvas, x: impl Fn(u8) -> i32, y: i32, size: Size) {
    for step in STEPS {
        canvas.text(x(step), y, "note", Anchor::Middle, &format!("{step} %"));
    }
    let (low, high) = match size {
        Size::Wide => (x(50), x(99)),
        Size::Narrow => (14, size.width()),
    };
    let anchor = if size == Size::Wide { Anchor::Middle } else { Anchor::Start };
    canvas.text(low, y + 18, "note", anchor, &tr!("guessing"));
    let anchor = if size == Size::Wide { Anchor::Middle } else { Anchor::End };
    canvas.text(high, y + 18, "note", anchor, &tr!("certain"));
    canvas.reach(y + 26);
}

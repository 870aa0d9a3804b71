//! The ten stages as bars: length is the share of points, the pattern and the words are the rating.

use tr::tr;

use super::super::model::{Rating, Stage};
use super::super::words::{self, capital};
use super::canvas::{Anchor, Canvas, fitted, measure};
use super::{Picture, Size};
use crate::speech;

/// The picture called `stages`.
pub(in crate::debrief) fn stages(stages: &[Stage]) -> [String; 2] {
    let (finding, describes) = (finding(stages), Picture::Stages.describes());
    [Size::Wide, Size::Narrow].map(|size| draw(stages, size).finish(size, &finding, &describes))
}

pub(in crate::debrief) fn finding(stages: &[Stage]) -> String {
    let rated: Vec<&Stage> = stages.iter().filter(|s| s.rating.is_some()).collect();
    let percent = |stage: &Stage| stage.points.percent.unwrap_or(0);
    // Of equals the earlier stage, at both ends.
    let best = rated.iter().rev().max_by_key(|s| percent(s));
    let weakest = rated.iter().min_by_key(|s| percent(s));
    match (best, weakest) {
        (Some(best), Some(weakest)) if percent(best) > percent(weakest) => tr!(
            "Strongest in {0} ({1}), weakest in {2} ({3})",
            speech::label(&best.label),
            words::percent(percent(best)),
            speech::label(&weakest.label),
            words::percent(percent(weakest))
        ),
        (Some(best), Some(_)) if rated.len() == 1 => {
            tr!(
                "One stage was exercised: {0}, {1}",
                speech::label(&best.label),
                words::percent(percent(best))
            )
        }
        (Some(best), Some(_)) => {
            tr!("Every stage that was exercised: {}", words::percent(percent(best)))
        }
        _ => tr!("No stage was exercised"),
    }
}

/// Where the bars stand on a wide page.
struct Across {
    bar: i32,
    width: i32,
    words: i32,
}

impl Across {
    /// Names have the room they need on the left, words on the right, and bars what is left between.
    fn of(stages: &[Stage]) -> Self {
        let widest = |says: fn(&Stage) -> String| stages.iter().map(|s| measure(&says(s))).max().unwrap_or(0);
        let bar = widest(name).clamp(172, 232) + 16;
        // Texts are measured generously: a little may stand over.
        let words = (bar + 232).min(Size::Wide.width() + 12 - widest(words));
        Self { bar, width: (words - 12 - bar).max(100), words }
    }
}

pub(super) fn draw(stages: &[Stage], size: Size) -> Canvas {
    let mut canvas = Canvas::new(Picture::Stages, size);
    let across = Across::of(stages);
    let mut top = 0;
    for stage in stages {
        top = match size {
            Size::Wide => wide(&mut canvas, stage, &across, top),
            Size::Narrow => narrow(&mut canvas, stage, top),
        };
    }
    canvas.reach(top);
    canvas
}

fn wide(canvas: &mut Canvas, stage: &Stage, across: &Across, top: i32) -> i32 {
    let name = fitted(&name(stage), across.bar - 16);
    canvas.text(across.bar - 12, top + 17, label(stage), Anchor::End, &name);
    bar(canvas, stage, (across.bar, top + 5), across.width);
    canvas.text(across.words, top + 17, label(stage), Anchor::Start, &words(stage));
    top + 28
}

fn narrow(canvas: &mut Canvas, stage: &Stage, top: i32) -> i32 {
    canvas.text(0, top + 14, label(stage), Anchor::Start, &fitted(&name(stage), 250));
    let percent = stage.points.percent.map(|p| format!("{p} %")).unwrap_or_default();
    canvas.text(canvas.width(), top + 14, label(stage), Anchor::End, &percent);
    bar(canvas, stage, (1, top + 20), canvas.width() - 2);
    let rating = stage.rating.map_or_else(|| tr!("not exercised"), rated);
    canvas.text(0, top + 53, "note", Anchor::Start, &rating);
    top + 68
}

fn name(stage: &Stage) -> String {
    capital(&speech::label(&stage.label))
}

fn rated(rating: Rating) -> String {
    rating.shown(" ")
}

const fn label(stage: &Stage) -> &'static str {
    if stage.rating.is_some() { "label" } else { "pale" }
}

fn words(stage: &Stage) -> String {
    match (stage.rating, stage.points.percent) {
        (Some(rating), Some(percent)) => format!("{} · {percent} %", rated(rating)),
        (Some(rating), None) => rated(rating),
        (None, _) => tr!("not exercised"),
    }
}

fn bar(canvas: &mut Canvas, stage: &Stage, corner: (i32, i32), width: i32) {
    let Some(rating) = stage.rating else {
        canvas.rect(corner, (width, 16), "track-none");
        return;
    };
    canvas.rect(corner, (width, 16), "track");
    let filled = width * i32::from(stage.points.percent.unwrap_or(0)) / 100;
    let (colour, pattern) = match rating {
        Rating::P => ("fill-good", None),
        Rating::S => ("fill-calm", Some("sparse")),
        Rating::M => ("fill-caution", Some("dense")),
        Rating::U => ("fill-serious", None),
    };
    // Nothing earned still shows that something was asked.
    let filled = (filled.max(3), 16);
    canvas.rect(corner, filled, colour);
    if let Some(pattern) = pattern {
        canvas.hatched(corner, filled, pattern);
    }
}

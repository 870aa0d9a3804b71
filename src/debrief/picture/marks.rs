//! The shapes of marks: told apart by form, so that colour and grey say no less.

use super::super::decision::Standing;
use super::canvas::Canvas;

/// Half the width of a mark.
pub(super) const HALF: i32 = 6;

/// A mark for how a decision stands.
pub(super) fn standing(canvas: &mut Canvas, (x, y): (i32, i32), standing: Standing) {
    match standing {
        Standing::Best => {
            canvas.circle((x, y), HALF, "fill-good");
            canvas.path(&format!("M{} {y}l2 3l4 -6", x - 3), "cut");
        }
        Standing::Defensible => {
            canvas.circle((x, y), HALF - 1, "edge-caution");
            canvas.path(&format!("M{x} {}a5 5 0 0 0 0 10z", y - 5), "fill-caution");
        }
        Standing::Poor => cross(canvas, (x, y), "edge-serious"),
        Standing::Harmful => {
            canvas.path(&format!("M{x} {}l6 6l-6 6l-6 -6z", y - 6), "fill-serious");
            cross_small(canvas, (x, y));
        }
        Standing::Lapsed => canvas.line((x - 5, y), (x + 5, y), "edge-serious"),
    }
}

fn cross(canvas: &mut Canvas, (x, y): (i32, i32), class: &str) {
    canvas.path(&format!("M{} {}l8 8m0 -8l-8 8", x - 4, y - 4), class);
}

fn cross_small(canvas: &mut Canvas, (x, y): (i32, i32)) {
    canvas.path(&format!("M{} {}l4 4m0 -4l-4 4", x - 2, y - 2), "cut");
}

/// A mark for something that arrived; hollow if it came as help.
pub(super) fn arrival(canvas: &mut Canvas, (x, y): (i32, i32), assistance: bool) {
    let class = if assistance { "edge-calm" } else { "fill-calm" };
    canvas.path(&format!("M{} {}h10v8h-10z", x - 5, y - 4), class);
}

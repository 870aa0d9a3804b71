//! Shares as bars, one below the other.

use super::Size;
use super::canvas::{Anchor, Canvas, fitted, measure};

/// One bar.
pub(in crate::debrief) struct Bar {
    pub(in crate::debrief) label: String,
    /// What it says at its end.
    pub(in crate::debrief) says: String,
    /// Its length, in thousandths of the whole.
    pub(in crate::debrief) share: i32,
    /// Whether it is drawn as something to be glad of.
    pub(in crate::debrief) good: bool,
}

/// The bars as a picture called `name`.
pub(in crate::debrief) fn bars(
    name: &'static str,
    rows: &[Bar],
    finding: &str,
    describes: &str,
) -> [String; 2] {
    [Size::Wide, Size::Narrow].map(|size| {
        let mut canvas = Canvas::sheet(name, size, size.width());
        let mut top = 0;
        for row in rows {
            top = one(&mut canvas, row, size, top);
        }
        canvas.reach(top + 4);
        canvas.finish(size, finding, describes)
    })
}

fn one(canvas: &mut Canvas, row: &Bar, size: Size, top: i32) -> i32 {
    let room = measure(&row.says).min(size.pick(150, 110));
    let says = fitted(&row.says, room);
    let (corner, long, bottom) = match size {
        Size::Wide => {
            canvas.text(292, top + 17, "label", Anchor::End, &fitted(&row.label, 288));
            ((304, top + 5), canvas.width() - 304 - 160, top + 26)
        }
        Size::Narrow => {
            let label = fitted(&row.label, canvas.width() - room - 12);
            canvas.text(0, top + 14, "label", Anchor::Start, &label);
            ((1, top + 20), canvas.width() - 2, top + 46)
        }
    };
    canvas.rect(corner, (long, 14), "track");
    if row.share > 0 {
        // Something that happened once still shows.
        canvas.rect(
            corner,
            ((long * row.share / 1000).max(3), 14),
            if row.good { "fill-good" } else { "fill-calm" },
        );
    }
    match size {
        Size::Wide => canvas.text(corner.0 + long + 12, top + 17, "label", Anchor::Start, &says),
        Size::Narrow => canvas.text(canvas.width(), top + 14, "label", Anchor::End, &says),
    }
    bottom
}

//! How scores are spread, policy by policy: from the 5th to the 95th percentile a line,
//! the middle half a bar, the median a stroke, and the pass mark across all.

use tr::tr;

use super::Size;
use super::canvas::{Anchor, Canvas, fitted};

/// How the scores of one policy are spread, in percent: 5th, 25th, 50th, 75th, 95th percentile.
pub(in crate::debrief) struct Reach {
    pub(in crate::debrief) label: String,
    pub(in crate::debrief) ranks: [i32; 5],
    /// Whether it knows the key, wholly or in part.
    pub(in crate::debrief) knows: bool,
}

/// The picture called `scores`.
pub(in crate::debrief) fn scores(rows: &[Reach], pass: i32, finding: &str) -> [String; 2] {
    let describes = tr!(
        "One row for each kind of trainee, from nought at the left to one hundred percent at the right. \
                     A thin line covers nine drills in ten, a bar the middle half, a stroke the median; the dashed \
                     line is the pass mark. The table beneath says the same."
    );
    [Size::Wide, Size::Narrow].map(|size| {
        let mut canvas = Canvas::sheet("scores", size, size.width());
        let (left, right) = (size.pick(172, 14), canvas.width() - size.pick(24, 14));
        let x = |percent: i32| left + (right - left) * percent.clamp(0, 100) / 100;
        let row_high = size.pick(26, 42);
        let (first, last) = (28, 28 + row_high * i32::try_from(rows.len()).unwrap_or(0));
        for percent in [0, 25, 50, 75, 100] {
            canvas.line((x(percent), first), (x(percent), last), "grid");
            canvas.text(x(percent), last + 18, "note", Anchor::Middle, &percent.to_string());
        }
        canvas.path(&format!("M{} 20V{last}", x(pass)), "pass");
        let (anchor, at) = if pass > 50 { (Anchor::End, x(pass) + 6) } else { (Anchor::Start, x(pass) - 6) };
        canvas.text(at, 14, "label", anchor, &tr!("pass mark {} %", pass));
        for (number, row) in rows.iter().enumerate() {
            let top = first + row_high * i32::try_from(number).unwrap_or(0);
            let middle = match size {
                Size::Wide => {
                    canvas.text(left - 14, top + 18, "label", Anchor::End, &fitted(&row.label, left - 16));
                    top + 13
                }
                Size::Narrow => {
                    canvas.text(left - 12, top + 15, "label", Anchor::Start, &fitted(&row.label, 290));
                    top + 28
                }
            };
            one(&mut canvas, row, middle, x);
        }
        canvas.reach(last + 24);
        canvas.finish(size, finding, &describes)
    })
}

fn one(canvas: &mut Canvas, row: &Reach, middle: i32, x: impl Fn(i32) -> i32) {
    let [low, quarter, median, three, high] = row.ranks.map(x);
    canvas.rect((low, middle - 1), ((high - low).max(2), 3), "fill-work");
    let class = if row.knows { "fill-good" } else { "fill-calm" };
    canvas.rect((quarter - 1, middle - 6), ((three - quarter).max(1) + 2, 12), class);
    canvas.rect((median - 2, middle - 9), (4, 18), "median");
}

//! Levels as they were against levels as they were called: a square for each pair, as large as it is frequent.

use tr::tr;

use super::super::group::Confusion;
use super::Size;
use super::canvas::{Anchor, Canvas, fitted};

/// No cell is larger, however few there are.
const CELL_MAX: i32 = 64;

/// The picture called `severity`.
pub(in crate::debrief) fn confusion(told: &Confusion, finding: &str) -> [String; 2] {
    let describes = tr!(
        "One row for each level as it was, one column for each level as it was called, lowest first. Each square is \
         as large as the pair is frequent and bears its number; on the diagonal both are the same. The table beneath \
         says the same."
    );
    [Size::Wide, Size::Narrow].map(|size| {
        let mut canvas = Canvas::sheet("severity", size, size.width());
        draw(&mut canvas, told, size);
        canvas.finish(size, finding, &describes)
    })
}

fn draw(canvas: &mut Canvas, told: &Confusion, size: Size) {
    let many = i32::try_from(told.levels.len()).unwrap_or(1).max(1);
    let left = size.pick(230, 112);
    let cell = ((canvas.width() - left - 4) / many).min(CELL_MAX);
    let most = told.cells.iter().flatten().copied().max().unwrap_or(0).max(1);
    canvas.text(0, 14, "lane", Anchor::Start, &fitted(&tr!("It was ↓"), left - 10));
    canvas.text(left, 14, "lane", Anchor::Start, &tr!("called →"));
    let at = |row: usize| i32::try_from(row).unwrap_or(0) * cell;
    for (row, level) in told.levels.iter().enumerate() {
        // Columns have the number that stands before the row's name.
        let number = row + 1;
        canvas.text(left + at(row) + cell / 2, 36, "note", Anchor::Middle, &number.to_string());
        let name = fitted(&format!("{number} {level}"), left - 12);
        canvas.text(0, 44 + at(row) + cell / 2 + 5, "label", Anchor::Start, &name);
        for (column, times) in told.cells[row].iter().enumerate() {
            let corner = (left + at(column), 44 + at(row));
            canvas.rect((corner.0 + 1, corner.1 + 1), (cell - 2, cell - 2), "track");
            square(canvas, corner, cell, (*times, most), row == column);
        }
    }
    canvas.reach(48 + many * cell);
}

/// Areas are as the numbers are.
fn square(canvas: &mut Canvas, corner: (i32, i32), cell: i32, (times, most): (u32, u32), exact: bool) {
    if times == 0 {
        return;
    }
    let room = u64::try_from(cell - 8).unwrap_or(0);
    let side = (room * room * u64::from(times) / u64::from(most)).isqrt().max(6);
    let side = i32::try_from(side).unwrap_or(cell - 8);
    let (x, y) = (corner.0 + (cell - side) / 2, corner.1 + (cell - side) / 2);
    canvas.rect((x, y), (side, side), if exact { "fill-good" } else { "fill-caution" });
    let middle = (corner.0 + cell / 2, corner.1 + cell / 2 + 5);
    canvas.text(middle.0, middle.1, "number", Anchor::Middle, &times.to_string());
}

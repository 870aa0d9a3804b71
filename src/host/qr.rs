//! The code that phones read: as a picture on the projector, as blocks in the terminal.

use qrcode::{Color, EcLevel, QrCode};

/// Light modules around the picture, as the standard asks (ISO/IEC 18004).
const QUIET: usize = 4;

/// Where a phone is led that reads the code.
pub(super) fn link(address: &str, code: &str) -> String {
    format!("{address}/j/{code}")
}

/// The picture as one path of dark modules, and its size; null if the text is too long for one.
pub(super) fn picture(text: &str) -> serde_json::Value {
    let Some((width, dark)) = modules(text) else { return serde_json::Value::Null };
    let mut path = String::new();
    for (row, line) in dark.chunks(width).enumerate() {
        let mut column = 0;
        while column < width {
            let run = line[column..].iter().take_while(|dark| **dark).count();
            if run > 0 {
                path.push_str(&format!("M{} {}h{run}v1h-{run}z", column + QUIET, row + QUIET));
            }
            column += run.max(1);
        }
    }
    serde_json::json!({ "size": width + 2 * QUIET, "path": path })
}

/// The picture of a text in half blocks, for a terminal that is dark; none if the text is too long for one.
#[must_use]
pub fn terminal(text: &str) -> Option<String> {
    let (width, dark) = modules(text)?;
    let side = width + 2 * QUIET;
    let is_dark = |row: usize, column: usize| {
        let inside = |at: usize| (QUIET..QUIET + width).contains(&at);
        inside(row) && inside(column) && dark[(row - QUIET) * width + column - QUIET]
    };
    let mut lines = String::new();
    for row in (0..side).step_by(2) {
        for column in 0..side {
            // A light module is a block, so that the picture is right on a dark terminal.
            lines.push(match (is_dark(row, column), row + 1 < side && !is_dark(row + 1, column)) {
                (false, true) => '█',
                (false, false) => '▀',
                (true, true) => '▄',
                (true, false) => ' ',
            });
        }
        lines.push('\n');
    }
    Some(lines)
}

fn modules(text: &str) -> Option<(usize, Vec<bool>)> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    Some((width, code.into_colors().into_iter().map(|color| color == Color::Dark).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_pictures_show_the_same_modules() {
        let text = link("http://192.0.2.7:8080", "ABCD2345");
        let (width, dark) = modules(&text).expect("it fits");
        let side = width + 2 * QUIET;
        let blocks = terminal(&text).expect("it fits");
        assert_eq!(blocks.lines().count(), side.div_ceil(2));
        assert!(blocks.lines().all(|line| line.chars().count() == side));
        let drawn: usize = blocks.chars().filter(|c| *c == ' ').count() * 2
            + blocks.chars().filter(|c| matches!(c, '▄')).count();
        let upper = blocks.chars().filter(|c| *c == '▀').count();
        let last_half = if side.is_multiple_of(2) { 0 } else { side };
        assert_eq!(drawn + upper - last_half, dark.iter().filter(|dark| **dark).count());
        let path = picture(&text)["path"].as_str().expect("a path").to_owned();
        let runs: usize = path
            .split('h')
            .skip(1)
            .step_by(2)
            .filter_map(|run| run.split('v').next()?.parse::<usize>().ok())
            .sum();
        assert_eq!(runs, dark.iter().filter(|dark| **dark).count());
    }
}

//! What is on the terminal while the clock runs: the story above, the panel
//! below. Indicatif's `MultiProgress` is the only one that draws here.
//!
//! The panel is three bars, of which two are text only and the middle one is
//! the time that is left. [`Canvas`] stands between indicatif and the device,
//! for three reasons: a whole picture goes out in one write; lines end in a
//! line break instead of being filled with spaces, which would fold over when
//! the window shrinks; and after a resize everything is put up afresh, because
//! terminals differ in what they do with the old lines.

use std::fmt;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle, TermLike};

use super::panel::{Frame, TimeLine, bar_columns};
use super::story::Entry;
use super::style::{Line, Style};

/// The story above and the panel below.
pub(super) struct Screen {
    canvas: Canvas,
    bars: MultiProgress,
    head: ProgressBar,
    time: ProgressBar,
    body: ProgressBar,
    shown: Frame,
    style: Style,
    told: Vec<Entry>,
}

impl Screen {
    /// A screen on `out`, of so many columns and lines. What the terminal
    /// showed before is scrolled away, so that a resize need not touch it.
    pub(super) fn new(out: Box<dyn Write + Send>, size: (u16, u16), style: Style) -> Self {
        let canvas = Canvas::new(out, size);
        let bars = MultiProgress::with_draw_target(ProgressDrawTarget::term_like(Box::new(canvas.clone())));
        let text = || {
            let bar = bars.add(ProgressBar::new(1000));
            bar.set_style(template("{msg}", style));
            bar
        };
        let (head, time, body) = (text(), text(), text());
        canvas.raw(&format!("{}\u{1b}[H", "\r\n".repeat(usize::from(size.1))));
        Self { canvas, bars, head, time, body, shown: Frame::default(), style, told: Vec::new() }
    }

    /// Columns and lines.
    pub(super) fn size(&self) -> (usize, usize) {
        let ink = self.canvas.ink();
        (usize::from(ink.size.0), usize::from(ink.size.1))
    }

    /// Tells an entry of the story, above the panel.
    pub(super) fn tell(&mut self, entry: &Entry) -> io::Result<()> {
        // The old panel, perhaps a tall one, must not push the story off the screen.
        self.blank();
        let lines = self.painted(entry);
        self.told.push(entry.clone());
        self.bars.println(lines.join("\n"))
    }

    fn painted(&self, entry: &Entry) -> Vec<String> {
        let (width, _) = self.size();
        let mut lines: Vec<String> =
            entry.lines(width - 1).iter().map(|line| self.style.paint(line)).collect();
        // A gap after each entry; a space, because indicatif drops a last line that is empty.
        lines.push(" ".into());
        lines
    }

    /// Shows the panel.
    pub(super) fn show(&mut self, frame: &Frame) -> io::Result<()> {
        if *frame != self.shown {
            self.draw(frame);
            self.shown = frame.clone();
        }
        self.canvas.present()
    }

    fn draw(&self, frame: &Frame) {
        let text =
            |lines: &[Line]| lines.iter().map(|line| self.style.paint(line)).collect::<Vec<_>>().join("\n");
        if frame.head != self.shown.head {
            self.head.set_message(text(&frame.head));
        }
        if frame.time != self.shown.time {
            match &frame.time {
                Some(time) => self.draw_time(time),
                None => {
                    self.time.set_style(template("{msg}", self.style));
                    self.time.set_message(String::new());
                }
            }
        }
        if frame.body != self.shown.body {
            self.body.set_message(text(&frame.body));
        }
    }

    fn draw_time(&self, time: &TimeLine) {
        let (width, _) = self.size();
        let bar = bar_columns(width);
        // The bar itself stays uncoloured: its length and the words say it all.
        self.time.set_style(template(&format!("{{prefix}} [{{bar:{bar}}}] {{msg}}"), self.style));
        self.time.set_prefix(time.until.clone());
        let face = if time.short { super::style::Face::Caution } else { super::style::Face::Plain };
        self.time.set_message(self.style.paint(&vec![super::style::Span::new(face, &time.words)]));
        self.time.set_position(time.left_permille.min(1000));
    }

    /// The window has another size: everything visible is put up afresh.
    pub(super) fn resize(&mut self, size: (u16, u16)) -> io::Result<()> {
        self.canvas.ink().mute = true;
        let cleared = self.bars.clear();
        let height = usize::from(size.1);
        {
            let mut ink = self.canvas.ink();
            ink.mute = false;
            ink.size = (size.0.max(MIN_COLUMNS), size.1.max(1));
        }
        cleared?;
        // Line by line: erasing all at once makes some terminals push the old picture into the scrollback.
        let erase: String = (1..=height).map(|row| format!("\u{1b}[{row};1H\u{1b}[2K")).collect();
        let panel = self.shown.lines();
        let mut story: Vec<String> = Vec::new();
        for entry in self.told.iter().rev() {
            if story.len() >= height {
                break;
            }
            let mut lines = self.painted(entry);
            lines.append(&mut story);
            story = lines;
        }
        let skip = story.len().saturating_sub(height.saturating_sub(panel));
        let story: String = story[skip..].iter().map(|line| format!("{line}\r\n")).collect();
        self.canvas.raw(&format!("{erase}\u{1b}[H{story}"));
        self.blank();
        Ok(())
    }

    /// Takes the panel off, until it is shown again.
    fn blank(&mut self) {
        if std::mem::take(&mut self.shown) != Frame::default() {
            for bar in [&self.head, &self.time, &self.body] {
                bar.set_style(template("{msg}", self.style));
                bar.set_message(String::new());
            }
        }
    }

    /// Takes the panel away; the story stays.
    pub(super) fn close(&mut self) -> io::Result<()> {
        self.bars.clear()?;
        self.canvas.present()
    }
}

/// Narrower than this is drawn as if it were this wide.
const MIN_COLUMNS: u16 = 24;

fn template(text: &str, style: Style) -> ProgressStyle {
    let marks = if style.ascii { "=-" } else { "━╌" };
    ProgressStyle::with_template(text).expect("checked: our own templates").progress_chars(marks)
}

/// The device as indicatif sees it.
#[derive(Clone)]
struct Canvas {
    ink: Arc<Mutex<Ink>>,
}

struct Ink {
    out: Box<dyn Write + Send>,
    size: (u16, u16),
    pending: String,
    /// Indicatif writes a line, then spaces up to the edge; the second of the two is dropped.
    filler: bool,
    /// A line was written that another may follow.
    open: bool,
    mute: bool,
}

impl Canvas {
    fn new(out: Box<dyn Write + Send>, size: (u16, u16)) -> Self {
        let size = (size.0.max(MIN_COLUMNS), size.1.max(1));
        let ink = Ink { out, size, pending: String::new(), filler: false, open: false, mute: false };
        Self { ink: Arc::new(Mutex::new(ink)) }
    }

    fn ink(&self) -> std::sync::MutexGuard<'_, Ink> {
        // Whoever panicked while drawing has left text behind, nothing unsound.
        self.ink.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn raw(&self, text: &str) {
        let mut ink = self.ink();
        ink.open = false;
        ink.filler = false;
        ink.put(text);
    }

    /// Writes out everything drawn since the last time, at once.
    fn present(&self) -> io::Result<()> {
        let mut ink = self.ink();
        let pending = std::mem::take(&mut ink.pending);
        if pending.is_empty() {
            return Ok(());
        }
        ink.out.write_all(pending.as_bytes())?;
        ink.out.flush()
    }
}

impl Ink {
    fn put(&mut self, text: &str) {
        if !self.mute {
            self.pending.push_str(text);
        }
    }

    fn moved(&mut self, steps: usize, letter: char) {
        self.filler = false;
        if steps > 0 {
            self.open = false;
            self.put(&format!("\u{1b}[{steps}{letter}"));
        }
    }
}

impl fmt::Debug for Canvas {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Canvas")
    }
}

impl TermLike for Canvas {
    fn width(&self) -> u16 {
        self.ink().size.0
    }
    fn height(&self) -> u16 {
        self.ink().size.1
    }
    fn move_cursor_up(&self, n: usize) -> io::Result<()> {
        self.ink().moved(n, 'A');
        Ok(())
    }
    fn move_cursor_down(&self, n: usize) -> io::Result<()> {
        self.ink().moved(n, 'B');
        Ok(())
    }
    fn move_cursor_right(&self, n: usize) -> io::Result<()> {
        self.ink().moved(n, 'C');
        Ok(())
    }
    fn move_cursor_left(&self, n: usize) -> io::Result<()> {
        self.ink().moved(n, 'D');
        Ok(())
    }
    fn write_line(&self, s: &str) -> io::Result<()> {
        self.ink().put(s);
        self.ink().put("\r\n");
        Ok(())
    }
    fn write_str(&self, s: &str) -> io::Result<()> {
        let mut ink = self.ink();
        if std::mem::take(&mut ink.filler) {
            return Ok(());
        }
        if ink.open {
            ink.put("\r\n");
        }
        ink.put(s);
        ink.open = true;
        ink.filler = true;
        Ok(())
    }
    fn clear_line(&self) -> io::Result<()> {
        let mut ink = self.ink();
        ink.open = false;
        ink.filler = false;
        ink.put("\r\u{1b}[2K");
        Ok(())
    }
    fn flush(&self) -> io::Result<()> {
        // The line stays open: without a panel, the next line of the story goes below it.
        self.ink().filler = false;
        Ok(())
    }
}

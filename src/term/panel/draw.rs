//! The panel as lines: what is asked, how long there is, what can be done.
//!
//! It never takes more lines than the screen has; lists scroll, long questions
//! are cut and can be read whole. The time that is left is a [`TimeLine`], for
//! the one part that a progress bar draws.

use std::time::Duration;

use tr::tr;

use super::asking::Field;
use super::left::TimeLine;
use super::overlay::Overlay;
use super::titles::overlay_title;
use super::{Asking, Panel};
use crate::drill::TraineeView;
use crate::scenario::SimTime;
use crate::speech::label;
use crate::term::ask::Step;
use crate::term::markdown::markdown;
use crate::term::story::MEASURE;
use crate::term::style::{Face, Line, Span, line_columns, plain, quiet, reading, strong};
use crate::term::wrap::{cut, flow, wrap};

/// What the panel is drawn from.
#[derive(Clone, Copy, Debug)]
pub(in crate::term) struct Scene<'v> {
    /// What the trainee knows.
    pub(in crate::term) view: &'v TraineeView,
    /// Drill time.
    pub(in crate::term) now: SimTime,
    /// Real time until a moment, where time passes by itself.
    pub(in crate::term) left: Option<Duration>,
    /// Columns.
    pub(in crate::term) width: usize,
    /// Lines.
    pub(in crate::term) height: usize,
}

/// The panel as lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::term) struct Frame {
    /// Above the time.
    pub(in crate::term) head: Vec<Line>,
    /// The time that is left, if it is limited.
    pub(in crate::term) time: Option<TimeLine>,
    /// Below the time.
    pub(in crate::term) body: Vec<Line>,
}

impl Frame {
    /// How many lines it takes.
    pub(in crate::term) const fn lines(&self) -> usize {
        self.head.len() + self.time.is_some() as usize + self.body.len()
    }
}

/// A window with fewer lines than this is a short one.
const SHORT: usize = 16;

/// Keys, each with what it does. A key that has a name is noted, and said in the footer.
pub(super) type Keys = Vec<(&'static str, String)>;

impl Panel {
    /// The question whose time is shown.
    #[must_use]
    pub(in crate::term) fn lapse(&self) -> Option<SimTime> {
        self.asking.as_ref().and_then(|asking| asking.draft.question.lapses)
    }

    /// Draws the panel.
    #[must_use]
    pub(in crate::term) fn draw(&mut self, scene: Scene<'_>) -> Frame {
        let width = scene.width.min(MEASURE).saturating_sub(1).max(20);
        let scene = Scene { width, ..scene };
        let mut head = vec![Line::new(), self.status(scene, None)];
        let mut time = self.time(scene);
        let mut notice = Vec::new();
        if !self.notice.is_empty() {
            notice = flow(&[Span::new(Face::Caution, &self.notice)], width);
        }
        let (title, keys) = self.titled(scene);
        let mut keys_below = footer(&keys, width);
        let mut gap = vec![Line::new()];
        let used = head.len() + usize::from(time.is_some()) + notice.len() + keys_below.len() + gap.len();
        let mut room = scene.height.saturating_sub(used + 1).max(4);
        if scene.height < SHORT && title.len() + self.field(scene, scene.height).len() > room {
            // The choices matter most: the bar becomes words, the gaps and most of the footer go.
            head = vec![self.status(scene, time.take().as_ref())];
            gap.clear();
            if keys_below.len() > 1 {
                keys_below = vec![cut(&footer(&keys, usize::MAX).concat(), width)];
            }
            room = scene.height.saturating_sub(head.len() + notice.len() + keys_below.len() + 1).max(4);
        }
        let mut title = title;
        // What is asked may take half of what there is; the rest is for the answer.
        if title.len() > room / 2 && title.len() > 2 {
            title.truncate((room / 2).max(2));
            if let Some(last) = title.last_mut() {
                *last = vec![quiet(&tr!("… g shows all of it"))];
            }
        }
        let list = self.field(scene, room - title.len().min(room - 1));
        head.extend(title);
        let mut body = list;
        body.extend(notice);
        body.extend(gap);
        body.extend(keys_below);
        Frame { head, time, body }
    }

    /// `EXERCISE`, the time, and what is going on, on one line.
    fn status(&self, scene: Scene<'_>, time: Option<&TimeLine>) -> Line {
        let view = scene.view;
        let mut parts = vec![plain(&view.clock(scene.now))];
        if let Some(time) = time {
            let face = if time.short { Face::Caution } else { Face::Plain };
            parts.push(Span::new(face, &time.words));
        }
        if view.paused.is_some() {
            parts.push(strong(&tr!("paused")));
        }
        if let Some(busy) = &view.busy {
            parts.push(plain(&tr!("busy until {0}: {1}", view.clock(busy.until), busy.label)));
        }
        let here = self.asking.as_ref().map(|a| a.draft.question.id);
        let others: Vec<_> = view.open.iter().filter(|q| Some(q.id) != here).collect();
        if !others.is_empty() {
            let first = others.iter().filter_map(|q| q.lapses).min();
            let more = match first.map(|lapses| view.clock(lapses)) {
                Some(until) => tr!(
                    "1 more question, until {until}: o"
                        | "{n} more questions, until {until}: o" % others.len(),
                    until
                ),
                None => tr!("1 more question: o" | "{n} more questions: o" % others.len()),
            };
            parts.push(Span::new(Face::Caution, &more));
        }
        let mut line = vec![Span::new(Face::Quiet, &tr!("EXERCISE"))];
        for part in parts {
            line.push(quiet(" · "));
            line.push(part);
        }
        for gauge in &view.gauges {
            let part = quiet(&format!(" · {}: {}", gauge.label, reading(gauge.reads, &gauge.unit)));
            // A number that is cut off would be read wrongly; `g` shows them all.
            if line_columns(&line) + part.columns() <= scene.width {
                line.push(part);
            }
        }
        cut(&line, scene.width)
    }

    /// What stands above the field, and the keys below it.
    fn titled(&self, scene: Scene<'_>) -> (Vec<Line>, Keys) {
        let view = scene.view;
        if let Some(overlay) = &self.overlay {
            return overlay_title(overlay, self.asking.is_some(), view.paused.is_some(), scene.width);
        }
        if !view.started {
            if self.more {
                return (Vec::new(), vec![("Enter", tr!("key" => "read on")), ("q", tr!("key" => "leave"))]);
            }
            let keys = vec![("Enter", tr!("key" => "begin the exercise")), ("q", tr!("key" => "leave"))];
            return (flow(&[strong(&tr!("Ready when you are."))], scene.width), keys);
        }
        if view.paused.is_some() {
            let keys = vec![
                ("p", tr!("key" => "go on")),
                ("e", tr!("key" => "read")),
                ("g", tr!("key" => "so far")),
                ("q", tr!("key" => "leave")),
            ];
            return (flow(&[strong(&tr!("The clock stands still."))], scene.width), keys);
        }
        match &self.asking {
            Some(_) if self.folded => {
                let mut keys =
                    vec![("Enter", tr!("key" => "show the question")), ("p", tr!("key" => "pause"))];
                if self.lapse().is_some() {
                    keys.push(("t", tr!("key" => "more time, free")));
                }
                (flow(&[strong(&tr!("You are asked something about this."))], scene.width), keys)
            }
            Some(asking) => question_title(asking, view, scene.width),
            None => {
                let says = tr!("Nothing is asked of you right now. Read, act, or let time pass.");
                (flow(&[plain(&says)], scene.width), base_keys(view))
            }
        }
    }

    /// What stands below the time: the list or line to answer in.
    fn field(&mut self, scene: Scene<'_>, height: usize) -> Vec<Line> {
        let (width, height) = (scene.width, height.max(1));
        match &mut self.overlay {
            Some(Overlay::Shelf(picker, _) | Overlay::Deeds(picker, _)) => {
                return picker.lines(width, height);
            }
            Some(Overlay::Note(editor)) => return typed(&editor.spans(), width, height),
            Some(Overlay::Reader(entry, top)) => return page(&entry.lines(width), top, height),
            Some(Overlay::Hint(..) | Overlay::RunOut(_) | Overlay::Leave { .. } | Overlay::End { .. }) => {
                return Vec::new();
            }
            None => {}
        }
        if !scene.view.started || scene.view.paused.is_some() || self.folded {
            return Vec::new();
        }
        match self.asking.as_ref().map(|a| &a.field) {
            None => Vec::new(),
            Some(Field::List(picker)) => picker.lines(width, height),
            Some(Field::Line { editor, held: true, .. }) => typed(&editor.spans(), width, height),
            Some(Field::Line { editor, .. }) if editor.is_empty() => {
                flow(&[quiet(&tr!("Enter to write your answer"))], width)
            }
            Some(Field::Line { editor, .. }) => flow(
                &[plain(&editor.text()), quiet(&format!("  ({})", tr!("Enter to go on writing")))],
                width,
            ),
        }
    }
}

fn question_title(asking: &Asking, view: &TraineeView, width: usize) -> (Vec<Line>, Keys) {
    let question = &asking.draft.question;
    let mut title: Vec<Line> = markdown(&question.says, width);
    for line in &mut title {
        for span in line.iter_mut().filter(|s| s.face == Face::Plain) {
            *span = strong(span.text());
        }
    }
    if !question.whose.is_empty() {
        title.extend(flow(&[quiet(&format!("{} ", tr!("For:"))), plain(&question.whose)], width));
    }
    if let Some(category) = &question.category
        && let crate::drill::Wants::Category(categories) = &question.wants
    {
        title.extend(flow(
            &[quiet(&format!("{} ", tr!("Your call so far:"))), plain(&categories.in_words(category))],
            width,
        ));
    }
    if let Some(heading) = asking.draft.heading() {
        title.extend(flow(&[Span::new(Face::Calm, &heading)], width));
    }
    let mut keys = asking.keys();
    if question.category.is_some() && asking.draft.at_start() {
        keys.push(("Esc", tr!("key" => "leave it as it is")));
    }
    if asking.typing() {
        return (title, keys);
    }
    if question.hint_price.is_some() {
        keys.push(("?", tr!("key" => "hint")));
    }
    if question.lapses.is_some() {
        keys.push(("t", tr!("key" => "more time, free")));
    }
    if view.open.iter().any(|open| open.id != question.id) {
        keys.push(("o", tr!("key" => "other question")));
    }
    if asking.draft.at_start() || asking.draft.step() == Step::Number {
        keys.extend(base_keys(view));
    }
    (title, keys)
}

fn base_keys(view: &TraineeView) -> Keys {
    let mut keys = vec![("e", tr!("key" => "evidence")), ("a", tr!("key" => "act"))];
    if !view.revisable.is_empty() {
        keys.push(("c", tr!("key" => "revise category")));
    }
    keys.extend([
        ("n", tr!("key" => "note")),
        ("g", tr!("key" => "so far")),
        ("w", tr!("key" => "wait")),
        ("p", tr!("key" => "pause")),
        ("q", tr!("key" => "leave")),
    ]);
    keys
}

fn footer(keys: &Keys, width: usize) -> Vec<Line> {
    // Kept together with a no-break space, so that a key and its meaning stay on one line.
    let mut spans = Vec::new();
    for (number, (key, does)) in keys.iter().enumerate() {
        if number > 0 {
            spans.push(quiet("\u{a0} "));
        }
        spans.push(strong(&label(key).replace(' ', "\u{a0}")));
        spans.push(quiet(&format!("\u{a0}{}", does.replace(' ', "\u{a0}"))));
    }
    let lines = wrap(&spans, width, &Line::new(), &Line::new());
    let spaced =
        |line: Line| line.iter().map(|s| Span::new(s.face, &s.text().replace('\u{a0}', " "))).collect();
    lines.into_iter().map(spaced).collect()
}

/// The last lines of a text being typed, so that the caret stays in sight.
fn typed(spans: &[Span], width: usize, height: usize) -> Vec<Line> {
    let begin = vec![plain("> ")];
    let lines = wrap(spans, width, &begin, &vec![plain("  ")]);
    let skip = lines.len().saturating_sub(height);
    lines[skip..].to_vec()
}

/// One page of a text, and where in it one is.
fn page(lines: &[Line], top: &mut usize, height: usize) -> Vec<Line> {
    if lines.len() <= height {
        return lines.to_vec();
    }
    let shown = height.saturating_sub(1).max(1);
    *top = (*top).min(lines.len() - shown);
    let mut page = lines[*top..*top + shown].to_vec();
    let where_ = tr!("lines {0} to {1} of {2}", *top + 1, *top + shown, lines.len());
    page.push(vec![quiet(&where_)]);
    page
}

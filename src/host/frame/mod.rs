//! A page as it stands: blocks, each with the number of the page on which it last changed.
//!
//! What is sent to a browser is state, not a list of happenings: whoever comes
//! late, was away, or reads slowly is sent the blocks that changed since the
//! number they have, and is then where everybody is. Nothing can be missed, and
//! no queue grows.

mod sent;

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use axum::body::Bytes;

use super::data::Data;
use super::pages;
use crate::drill::Stopwatch;
use crate::scenario::SimTime;
use crate::speech::{Language, speaking};
pub(super) use sent::{vote_block, vote_blocks};

/// A kind of block; the order is that of the page's templates, not of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    Question,
    Vote,
    Counted,
    Message,
    Told,
    Artefact,
    Deed,
    Note,
    Settled,
    Gauges,
    Duties,
    Team,
    Waiting,
    Own,
    Ending,
    HotWash,
    Step,
    Sent,
    Seat,
    Asked,
    Clock,
    Observations,
    Washed,
    Lobby,
    Scene,
    Result,
}

/// Which block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct BlockId(pub(super) Kind, pub(super) u32);

impl BlockId {
    /// What tells it from others of its kind; empty where there is one only.
    pub(super) fn number(self) -> String {
        match self.0 {
            Kind::Told => format!("t{}", self.1),
            // A question of a team.
            Kind::Asked => format!("{}-{}", self.1 >> 16, self.1 & 0xffff),
            Kind::Question
            | Kind::Vote
            | Kind::Counted
            | Kind::Message
            | Kind::Artefact
            | Kind::Deed
            | Kind::Note
            | Kind::Settled
            | Kind::Step
            | Kind::Sent
            | Kind::Seat => self.1.to_string(),
            Kind::Gauges
            | Kind::Duties
            | Kind::Team
            | Kind::Waiting
            | Kind::Own
            | Kind::Ending
            | Kind::HotWash
            | Kind::Clock
            | Kind::Observations
            | Kind::Washed
            | Kind::Lobby
            | Kind::Scene
            | Kind::Result => String::new(),
        }
    }

    /// Its name on the page.
    pub(super) fn name(self) -> String {
        let letters = match self.0 {
            Kind::Question => "q",
            Kind::Vote => "v",
            Kind::Counted => "c",
            Kind::Message | Kind::Told => "m",
            Kind::Artefact => "e",
            Kind::Deed => "a",
            Kind::Note => "n",
            Kind::Settled => "s",
            Kind::Gauges => "gauges",
            Kind::Duties => "duties",
            Kind::Team => "team",
            Kind::Waiting => "waiting",
            Kind::Own => "own",
            Kind::Ending => "ending",
            Kind::HotWash => "hotwash",
            Kind::Step => "i",
            Kind::Sent => "x",
            Kind::Seat => "p",
            Kind::Asked => "k",
            Kind::Clock => "clock",
            Kind::Observations => "observations",
            Kind::Washed => "washed",
            Kind::Lobby => "lobby",
            Kind::Scene => "scene",
            Kind::Result => "result",
        };
        format!("b-{letters}{}", self.number())
    }
}

/// One block of a page.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) id: BlockId,
    /// The container it stands in.
    pub(super) place: &'static str,
    /// Its place in there, ascending.
    pub(super) order: u64,
    /// The number of the page on which it looked like this first.
    pub(super) since: u64,
    data: Data,
    html: OnceLock<String>,
}

impl Block {
    /// Its markup; set once, by whoever needs it first.
    pub(super) fn html(&self, language: Language) -> &str {
        self.html
            .get_or_init(|| speaking(language, || pages::block(&self.id.number(), self.order, &self.data)))
    }
}

/// The place of what belongs to a moment, and to a row among its like.
pub(super) fn by_time(at: SimTime, row: u16) -> u64 {
    u64::from(at.0) << 16 | u64::from(row)
}

/// Where the clock stands, as pages count on from it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Now {
    /// Drill time in seconds.
    pub(super) at: SimTime,
    /// Seconds since midnight of the fiction at STARTEX.
    pub(super) startex: u32,
    /// The fiction's day.
    pub(super) date: String,
    /// Whether drill time passes.
    pub(super) running: bool,
    /// Drill seconds for each real second; none in an untimed drill.
    pub(super) pace: Option<u16>,
    /// Why it stands still; none if it does not.
    pub(super) paused: Option<String>,
    /// Whether a real event has stopped the exercise.
    pub(super) stopped: bool,
    /// Whether ENDEX has been.
    pub(super) over: bool,
    /// Work under way, and until when.
    pub(super) busy: Option<(String, SimTime)>,
    /// What is waited for; none if nothing.
    pub(super) waiting: Option<String>,
}

impl Now {
    /// Before STARTEX.
    pub(super) const fn before() -> Self {
        Self {
            at: SimTime::ZERO,
            startex: 0,
            date: String::new(),
            running: false,
            pace: None,
            paused: None,
            stopped: false,
            over: false,
            busy: None,
            waiting: None,
        }
    }
}

/// Seconds since midnight that a time of day such as `15:40` is.
pub(super) fn seconds_of_day(clock: &str) -> u32 {
    let mut parts = clock.split(':').map(|part| part.parse::<u32>().unwrap_or(0));
    parts.next().unwrap_or(0) * 3_600 + parts.next().unwrap_or(0) * 60 + parts.next().unwrap_or(0)
}

/// A page as it stands for one audience.
#[derive(Debug)]
pub(super) struct Frame {
    /// Its number; later pages have greater ones.
    pub(super) seq: u64,
    pub(super) language: Language,
    pub(super) now: Now,
    /// Sorted by id.
    pub(super) blocks: Vec<Arc<Block>>,
    /// Blocks that are no longer there, with the page on which they went.
    gone: Vec<(u64, BlockId)>,
    /// The number of the frame before.
    before: u64,
    made: Stopwatch,
    /// What is sent to whoever has the frame before: most streams, so it is set once.
    step: OnceLock<Bytes>,
}

impl Frame {
    /// A page with nothing on it.
    pub(super) fn empty(language: Language, now: Now) -> Self {
        Self {
            seq: 0,
            language,
            now,
            blocks: Vec::new(),
            gone: Vec::new(),
            before: 0,
            made: Stopwatch::start(),
            step: OnceLock::new(),
        }
    }

    /// The same page with nothing on it but blocks of these kinds.
    pub(super) fn only(&self, kinds: &[Kind]) -> Self {
        let keeps = |id: BlockId| kinds.contains(&id.0);
        Self {
            seq: self.seq,
            language: self.language,
            now: self.now.clone(),
            blocks: self.blocks.iter().filter(|block| keeps(block.id)).cloned().collect(),
            gone: self.gone.iter().filter(|(_, id)| keeps(*id)).copied().collect(),
            before: self.before,
            made: self.made,
            step: OnceLock::new(),
        }
    }

    /// The blocks of a container, in their order.
    pub(super) fn in_place(&self, place: &str) -> Vec<&Arc<Block>> {
        let mut blocks: Vec<_> = self.blocks.iter().filter(|block| block.place == place).collect();
        blocks.sort_by_key(|block| (block.order, block.id));
        blocks
    }

    /// The fiction's time of day, as its header shows it.
    pub(super) fn clock(&self) -> String {
        let minutes = (self.now.startex + self.now_at().0) / 60;
        format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60)
    }

    /// Drill time now, counted on from when the frame was made.
    pub(super) fn now_at(&self) -> SimTime {
        let pace = if self.now.running { self.now.pace.unwrap_or(0) } else { 0 };
        let passed = self.made.elapsed().as_millis() * u128::from(pace) / 1000;
        self.now.at + SimTime(u32::try_from(passed).unwrap_or(0))
    }

    /// Where the clock stands, as JSON.
    pub(super) fn now_json(&self) -> serde_json::Value {
        let now = &self.now;
        serde_json::json!({
            "at": self.now_at().0, "startex": now.startex, "date": now.date, "running": now.running,
            "pace": now.pace.unwrap_or(1), "untimed": now.pace.is_none(), "paused": now.paused,
            "stopped": now.stopped, "over": now.over, "waiting": now.waiting,
            "busy": now.busy.as_ref().map(|(label, until)| serde_json::json!({ "label": label, "until": until.0 })),
        })
    }
}

/// The blocks that were made last, for pages that show the same: where a thousand people play the same drill
/// each alone, or in fifty teams, an inject is set once and not a thousand times.
#[derive(Debug, Default)]
pub(super) struct Alike(HashMap<(BlockId, Language), Arc<Block>>);

impl Alike {
    /// A block that shows this and changed on the same page; made now if there is none.
    fn block(&mut self, language: Language, made: Block) -> Arc<Block> {
        let key = (made.id, language);
        let same = |old: &Arc<Block>| {
            (old.place, old.order, old.since) == (made.place, made.order, made.since) && old.data == made.data
        };
        if let Some(old) = self.0.get(&key).filter(|old| same(old)) {
            return Arc::clone(old);
        }
        let made = Arc::new(made);
        self.0.insert(key, Arc::clone(&made));
        made
    }
}

/// Makes the next frame of a page: what did not change is taken over as it is.
pub(super) struct Next<'f> {
    before: &'f Frame,
    seq: u64,
    blocks: Vec<Arc<Block>>,
    alike: Option<&'f mut Alike>,
}

impl<'f> Next<'f> {
    /// Of that number, which is greater than that of the page before.
    pub(super) const fn after(before: &'f Frame, seq: u64) -> Self {
        Self { before, seq, blocks: Vec::new(), alike: None }
    }

    /// As [`Next::after`], for a page that may show the same as others do.
    pub(super) const fn after_among(before: &'f Frame, seq: u64, alike: &'f mut Alike) -> Self {
        Self { before, seq, blocks: Vec::new(), alike: Some(alike) }
    }

    /// Puts a block: the one before if `same` says that it shows the same, else what `make` makes.
    pub(super) fn put(
        &mut self,
        id: BlockId,
        (place, order): (&'static str, u64),
        same: impl FnOnce(&Data) -> bool,
        make: impl FnOnce() -> Data,
    ) {
        let known = self.before.blocks.binary_search_by_key(&id, |block| block.id).ok();
        let known = known.map(|row| &self.before.blocks[row]);
        let block = match known {
            Some(block) if block.place == place && block.order == order && same(&block.data) => block.clone(),
            _ => {
                let made = Block { id, place, order, since: self.seq, data: make(), html: OnceLock::new() };
                match &mut self.alike {
                    Some(alike) => alike.block(self.before.language, made),
                    None => Arc::new(made),
                }
            }
        };
        self.blocks.push(block);
    }

    /// Puts a block whose data are at hand.
    pub(super) fn set(&mut self, id: BlockId, at: (&'static str, u64), data: Data) {
        let mut data = Some(data);
        let same = |old: &Data| data.as_ref() == Some(old);
        let known = self.before.blocks.binary_search_by_key(&id, |block| block.id).ok();
        let kept =
            known.map(|row| &self.before.blocks[row]).filter(|b| (b.place, b.order) == at && same(&b.data));
        match kept.cloned() {
            Some(block) => self.blocks.push(block),
            None => {
                let data = data.take().expect("checked: it was put there above");
                self.put(id, at, |_| false, || data);
            }
        }
    }

    /// The frame; none if nothing changed.
    pub(super) fn done(mut self, now: Now) -> Option<Frame> {
        self.blocks.sort_unstable_by_key(|block| block.id);
        let there = |id: BlockId| self.blocks.binary_search_by_key(&id, |block| block.id).is_ok();
        let mut gone: Vec<_> = self.before.gone.iter().filter(|(_, id)| !there(*id)).copied().collect();
        let went = self.before.blocks.iter().map(|block| block.id).filter(|id| !there(*id));
        gone.extend(went.map(|id| (self.seq, id)));
        let same = self.blocks.len() == self.before.blocks.len()
            && self.blocks.iter().all(|block| block.since < self.seq)
            && gone.len() == self.before.gone.len()
            && now == self.before.now;
        (!same).then(|| Frame {
            seq: self.seq,
            language: self.before.language,
            now,
            blocks: self.blocks,
            gone,
            before: self.before.seq,
            made: Stopwatch::start(),
            step: OnceLock::new(),
        })
    }
}

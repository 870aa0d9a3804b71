//! One trainee at the table: a drill, its clock, what the trainee may know,
//! and the story so far. It neither draws nor waits.
//!
//! How drill time passes is decided here, once, for the live and the plain
//! front end: work leaps the clock to its end, or to the first moment at which
//! a message or a question arrives; waiting leaps to the next moment at which
//! anything can be seen. So in untimed mode the facts depend on the inputs only.

use tr::tr;

use super::story::{Entry, Tells};
use super::tell::entry;
use crate::drill::{Clock, Drill, Journal, JournalError, TraineeView, visible};
use crate::engine::{Fact, Input, PauseCause, Refusal, Settings, Submission, What, decide};
use crate::scenario::{QuestionId, Scenario, SimTime};
use crate::speech::{label, noted};

/// One trainee at the table.
pub(super) struct Table<'t, 's, J, C> {
    drill: &'t mut Drill<'s, J>,
    clock: &'t mut C,
    /// What the trainee may know.
    pub(super) view: TraineeView,
    /// The story so far.
    pub(super) story: Vec<Entry>,
    /// What the trainee has given for an open question and not yet handed in.
    standing: Option<Submission>,
}

/// What came of waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Waited {
    /// Time passed.
    Passed,
    /// It did not: something would be lost that the trainee has not agreed to lose.
    Asks(Loss),
}

/// What is said with an answer that was handed in when its time was up.
const AS_IT_STOOD: &str = noted!("Time was up, so this was handed in as it stood.");

/// Drill minutes that nobody lets pass by one key while a question is open.
const LONG: u32 = 10;

/// What ending the exercise does.
pub(super) const FOR_GOOD: &str =
    noted!("This ends the exercise for good; what is still open counts neither for nor against you. End it?");

/// What letting time pass would cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Loss {
    /// Time runs out for an open question.
    Question,
    /// Much time passes while a question is open: so many drill minutes.
    Minutes(u32),
    /// The exercise ends; and whether anything is open.
    Exercise {
        /// Whether a question is open.
        open: bool,
    },
}

impl Loss {
    /// What the trainee is asked.
    pub(super) fn asks(self) -> String {
        match self {
            Self::Question => {
                tr!("Nothing comes before the time for an open question runs out. Wait all the same?")
            }
            Self::Minutes(minutes) => tr!(
                "You are asked something, and {minutes} minutes pass before anything else comes. Let them pass?",
                minutes
            ),
            Self::Exercise { open: true } => {
                tr!(
                    "Nothing else comes. Waiting ends the exercise; what is open counts as not answered. Let it end?"
                )
            }
            Self::Exercise { open: false } => {
                tr!("Nothing else comes. Waiting ends the exercise. Let it end?")
            }
        }
    }

    /// What agreeing does.
    pub(super) fn agreed(self) -> String {
        match self {
            Self::Question => tr!("key" => "let it run out"),
            Self::Minutes(_) => tr!("key" => "let them pass"),
            Self::Exercise { .. } => tr!("key" => "let the exercise end"),
        }
    }
}

impl<'t, 's, J: Journal, C: Clock> Table<'t, 's, J, C> {
    /// Sits down at a drill, perhaps one that began earlier. The clock stands still.
    pub(super) fn new(drill: &'t mut Drill<'s, J>, clock: &'t mut C) -> Self {
        clock.stop();
        let view = TraineeView::new(drill.scenario());
        let mut table = Self { drill, clock, view, story: Vec::new(), standing: None };
        let facts = table.drill.facts().to_vec();
        table.tell(&facts);
        table
    }

    /// The scenario.
    pub(super) const fn scenario(&self) -> &'s Scenario {
        self.drill.scenario()
    }

    /// The clock.
    pub(super) const fn clock(&self) -> &C {
        self.clock
    }

    /// Drill time now.
    pub(super) fn now(&self) -> SimTime {
        self.clock.now().max(self.view.at)
    }

    /// Whether ENDEX has been.
    pub(super) const fn over(&self) -> bool {
        self.view.over.is_some()
    }

    /// A refusal as a sentence, with times as the fiction tells them.
    pub(super) fn refused(&self, refusal: Refusal) -> String {
        match (refusal, &self.view.busy) {
            (Refusal::Busy(until), Some(busy)) => {
                let clock = self.view.clock(until);
                tr!("You are busy until {0}: {1}. Press w to let time pass.", clock, busy.label)
            }
            (refusal, _) => refusal.to_string(),
        }
    }

    /// The next moment at which something may happen by itself.
    pub(super) fn next_moment(&self) -> Option<SimTime> {
        self.drill.next_moment()
    }

    /// STARTEX, unless it has been; a drill that was interrupted stands still until resumed.
    pub(super) fn begin(&mut self, settings: Settings) -> Result<(), JournalError> {
        if !self.view.started {
            // A drill that has not begun refuses nothing at STARTEX.
            let _started = self.submit(&Input::Start(settings))?;
            self.clock.go();
        } else if self.view.paused.is_none() && !self.over() {
            let _paused = self.submit(&Input::Pause(PauseCause::Interrupted))?;
        }
        Ok(())
    }

    /// Notes what would be handed in if the time of its question ran out now.
    pub(super) fn stands(&mut self, standing: Option<Submission>) {
        self.standing = standing;
    }

    /// Lets happen what is due by now; notices when the computer was away.
    pub(super) fn advance(&mut self) -> Result<(), JournalError> {
        if self.clock.jumped() && self.view.paused.is_none() && !self.over() {
            let _paused = self.submit(&Input::Pause(PauseCause::ClockGap))?;
            return Ok(());
        }
        let now = self.now();
        while !self.tick(now)?.is_empty() {}
        if self.clock.beats() && !self.over() {
            self.drill.beat(now);
        }
        Ok(())
    }

    /// Stops the clock where it stands, for a program that is told to end in mid-drill.
    pub(super) fn break_off(&mut self) -> Result<(), JournalError> {
        if self.view.started && self.view.paused.is_none() && !self.over() {
            let _paused = self.submit(&Input::Pause(PauseCause::Interrupted))?;
        }
        Ok(())
    }

    /// What happens at the next moment, up to `horizon`. An answer that stands is
    /// handed in at the last moment before its question would lapse.
    fn tick(&mut self, horizon: SimTime) -> Result<Vec<Fact>, JournalError> {
        if let Some(standing) = self.standing.clone()
            && let Some(lapse) = self.lapses_next(standing.question, horizon)
        {
            self.standing = None;
            let last = SimTime(lapse.0.saturating_sub(1)).max(self.drill.state().at);
            let told = self.story.len();
            if let Ok(facts) = self.drill.submit(last, &Input::Answer(standing))? {
                self.tell(&facts);
                if let Some(entry) = self.story[told..].iter_mut().find(|entry| entry.tells == Tells::Decided)
                {
                    entry.fields.push((String::new(), label(AS_IT_STOOD)));
                }
                return Ok(facts);
            }
        }
        let facts = self.drill.tick(horizon)?;
        self.tell(&facts);
        Ok(facts)
    }

    /// When this question lapses, if that is in the next moment at which anything happens.
    fn lapses_next(&self, question: QuestionId, horizon: SimTime) -> Option<SimTime> {
        let due = decide(self.drill.scenario(), self.drill.state(), horizon, &Input::Tick).ok()?;
        due.iter().find(|fact| fact.what == What::Lapsed(question)).map(|fact| fact.at)
    }

    /// Hands an input in; work that it begins is done as far as nothing interrupts it.
    pub(super) fn submit(&mut self, input: &Input) -> Result<Result<(), Refusal>, JournalError> {
        if let Input::Answer(submission) = input {
            self.standing = Some(submission.clone());
        }
        let now = self.now();
        while !self.tick(now)?.is_empty() {}
        if matches!(input, Input::Answer(_)) && self.standing.take().is_none() {
            return Ok(Ok(()));
        }
        let told = self.story.len();
        let before = self.drill.facts().len();
        let submitted = self.drill.submit(self.now(), input)?;
        let facts = self.drill.facts()[before..].to_vec();
        self.tell(&facts);
        if let Err(refusal) = submitted {
            return Ok(Err(refusal));
        }
        match input {
            Input::Do(_) | Input::Examine(_) => {
                let begun = self.story.len();
                self.work()?;
                // What is done by the time it is told need not be said to begin.
                if self.view.busy.is_none() && begun > told && self.story[begun - 1].tells == Tells::Begun {
                    self.story.remove(begun - 1);
                }
            }
            Input::Pause(_) => self.clock.stop(),
            Input::Resume => self.clock.go(),
            Input::Tick
            | Input::Start(_)
            | Input::Answer(_)
            | Input::Hint(_)
            | Input::MoreTime(_)
            | Input::Note(_)
            | Input::End
            | Input::Fire(_)
            | Input::Hold(_)
            | Input::Release(_)
            | Input::Skip(_)
            | Input::Extend(..) => {}
        }
        Ok(Ok(()))
    }

    /// Time leaps on until the work is done, or a message or a question arrives.
    fn work(&mut self) -> Result<(), JournalError> {
        let arrives = |facts: &[Fact]| {
            facts
                .iter()
                .any(|f| matches!(f.what, What::Delivered(_) | What::Opened { .. } | What::Ended { .. }))
        };
        while let Some(until) = self.view.busy.as_ref().map(|b| b.until) {
            let facts = self.leap(until)?;
            if facts.is_empty() || arrives(&facts) {
                break;
            }
        }
        Ok(())
    }

    /// Time leaps to the next moment at which anything can be seen. Unless `sure`,
    /// it does not when that would be the end of an open question, or of everything.
    pub(super) fn wait(&mut self, sure: bool) -> Result<Waited, JournalError> {
        if self.view.paused.is_some() {
            return Ok(Waited::Passed);
        }
        if !sure && let Some(loss) = self.lost_next() {
            return Ok(Waited::Asks(loss));
        }
        let scenario = self.drill.scenario();
        loop {
            let facts = self.leap(scenario.clock.length)?;
            if facts.is_empty() || facts.iter().any(|f| visible(scenario, &f.what)) {
                return Ok(Waited::Passed);
            }
        }
    }

    /// What is lost in the next moment at which anything can be seen.
    fn lost_next(&self) -> Option<Loss> {
        let scenario = self.drill.scenario();
        let mut state = self.drill.state().clone();
        loop {
            let facts = decide(scenario, &state, scenario.clock.length, &Input::Tick).unwrap_or_default();
            facts.iter().for_each(|fact| state.apply(fact));
            if facts.iter().any(|f| matches!(f.what, What::Ended { .. })) {
                return Some(Loss::Exercise { open: !self.view.open.is_empty() });
            }
            if facts.is_empty() || facts.iter().any(|f| visible(scenario, &f.what)) {
                if facts.iter().any(|f| matches!(f.what, What::Lapsed(_))) {
                    return Some(Loss::Question);
                }
                let minutes = facts.last().map_or(0, |fact| fact.at.since(self.now()).0 / 60);
                return (minutes >= LONG && !self.view.open.is_empty()).then_some(Loss::Minutes(minutes));
            }
        }
    }

    /// What happens at the next moment, up to `horizon`; the clock goes there.
    fn leap(&mut self, horizon: SimTime) -> Result<Vec<Fact>, JournalError> {
        let facts = self.tick(horizon)?;
        if let Some(fact) = facts.last() {
            self.clock.leap(fact.at);
        }
        Ok(facts)
    }

    /// Folds facts into the view and the story.
    fn tell(&mut self, facts: &[Fact]) {
        let scenario = self.drill.scenario();
        for fact in facts {
            let asked = question_of(&fact.what).and_then(|id| self.view.question(id)).cloned();
            self.view.fold(scenario, fact);
            self.story.extend(entry(&self.view, asked.as_ref(), fact));
        }
        let now = self.now();
        self.view.offer(scenario, self.drill.state(), now);
    }
}

/// The question that a fact settles.
pub(super) const fn question_of(what: &What) -> Option<QuestionId> {
    match what {
        What::Answered { question, .. } | What::Lapsed(question) | What::Closed(question) => Some(*question),
        What::Started { .. }
        | What::Known(_)
        | What::Scheduled { .. }
        | What::Awaited { .. }
        | What::Again { .. }
        | What::Absent(_)
        | What::Spread { .. }
        | What::Duty { .. }
        | What::Delivered(_)
        | What::Withheld(_)
        | What::Cancelled(_)
        | What::Fired(_)
        | What::Held(_)
        | What::Released(_)
        | What::Skipped(_)
        | What::Met(_)
        | What::Missed(_)
        | What::Opened { .. }
        | What::Extended { .. }
        | What::Hinted { .. }
        | What::Begun { .. }
        | What::Did(_)
        | What::Examining { .. }
        | What::Examined(_)
        | What::Revealed(_)
        | What::Moved { .. }
        | What::Noted(_)
        | What::Paused(_)
        | What::Resumed
        | What::Ended { .. } => None,
    }
}

//! What a trainer does with a running drill, and that it stays a drill.

use breachdrill::debrief::{Lane, build};
use breachdrill::drill::{Drill, TraineeView, visible};
use breachdrill::engine::{
    Asked, Delivery, Fact, Input, PauseCause, Refusal, State, What, decide, fits, step,
};
use breachdrill::journal::{Memory, NewDrill, Store};
use breachdrill::scenario::{ActionId, Answers, InjectId, QuestionId, Scenario, SimTime};
use breachdrill::score::score;
use breachdrill::solve::{Line, WhatIf};
use breachdrill::speech::{Language, speaking};
use breachdrill::term::{Showing, Style, replay};
use proptest::prelude::*;

use crate::debrief::drills::about;
use crate::engine::busy_room;
use crate::support::{MACHINE_ROOM, NIGHT_SHIFT, scenario, settings, something, steered_at_random, steering};

/// A drill with a trainer at its side.
struct Steered<'s> {
    drill: Drill<'s, Memory>,
}

impl<'s> Steered<'s> {
    fn new(scenario: &'s Scenario) -> Self {
        Self::seeded(scenario, 1)
    }

    fn seeded(scenario: &'s Scenario, seed: u64) -> Self {
        let mut drill = Drill::new(scenario, Memory::default());
        drill.submit(SimTime::ZERO, &Input::Start(settings(seed))).unwrap().unwrap();
        Self { drill }
    }

    fn inject(&self, name: &str) -> InjectId {
        let injects = &self.drill.scenario().injects;
        InjectId::of(injects.iter().position(|i| i.name.as_str() == name).unwrap())
    }

    fn question(&self, name: &str) -> QuestionId {
        let questions = &self.drill.scenario().questions;
        QuestionId::of(questions.iter().position(|q| q.name.as_str() == name).unwrap())
    }

    fn act(&mut self, at: u32, name: &str) {
        let actions = &self.drill.scenario().actions;
        let action = ActionId::of(actions.iter().position(|a| a.name.as_str() == name).unwrap());
        self.put(at, &Input::Do(action)).unwrap();
    }

    /// What follows from an input, and nothing of what was due before it.
    fn put(&mut self, at: u32, input: &Input) -> Result<Vec<What>, Refusal> {
        self.drill.advance(SimTime(at)).unwrap();
        let (before, state) = (self.drill.facts().len(), self.drill.state().clone());
        let fit = fits(self.drill.scenario(), &state, SimTime(at), input);
        let facts = self.drill.submit(SimTime(at), input).unwrap();
        assert_eq!(fit, facts.as_ref().map(drop).map_err(|refusal| *refusal), "{input:?}");
        assert_eq!(&State::after(self.drill.scenario(), self.drill.facts()), self.drill.state());
        if facts.is_err() {
            assert_eq!((self.drill.facts().len(), self.drill.state()), (before, &state));
        }
        facts.map(|facts| facts.into_iter().map(|fact| fact.what).collect())
    }

    fn stands(&self, name: &str) -> Delivery {
        self.drill.state().injects[self.inject(name).at()]
    }

    /// When an inject came, if it has.
    fn came(&self, name: &str) -> Vec<u32> {
        let delivered = What::Delivered(self.inject(name));
        self.drill.facts().iter().filter(|f| f.what == delivered).map(|f| f.at.0).collect()
    }

    fn until_the_end(&mut self) {
        self.drill.advance(self.drill.scenario().clock.length).unwrap();
        assert!(self.drill.state().over());
    }
}

const NOT_NOW: Result<Vec<What>, Refusal> = Err(Refusal::NotAvailable);

#[test]
fn an_inject_comes_at_once_whatever_its_clock_says() {
    let room = scenario(MACHINE_ROOM);
    let mut steered = Steered::new(&room);
    let smell = steered.inject("smell");
    let facts = steered.put(60, &Input::Fire(smell)).unwrap();
    assert_eq!(facts[..2], [What::Fired(smell), What::Delivered(smell)]);
    assert!(matches!(facts[2], What::Moved { reads: 30, .. }) && matches!(facts[3], What::Revealed(_)));
    assert_eq!(steered.put(61, &Input::Fire(smell)), NOT_NOW, "it has come");
    steered.until_the_end();
    assert_eq!(steered.came("smell"), [60], "and does not come by its clock any more");
}

#[test]
fn an_inject_comes_at_once_whatever_its_condition_says() {
    let room = scenario(MACHINE_ROOM);
    let mut steered = Steered::new(&room);
    let (nudge, alarm) = (steered.inject("nudge"), steered.inject("alarm"));
    steered.act(60, "call");
    steered.drill.advance(SimTime(13 * 60)).unwrap();
    assert_eq!(steered.stands("nudge"), Delivery::Awaited(SimTime(18 * 60)), "somebody has called");
    let facts = steered.put(13 * 60, &Input::Fire(nudge)).unwrap();
    assert_eq!(facts, [What::Fired(nudge), What::Delivered(nudge)]);
    let facts = steered.put(13 * 60, &Input::Fire(alarm)).unwrap();
    let order = steered.question("order");
    assert!(facts.iter().any(|what| matches!(what, What::Opened { question, .. } if *question == order)));
    assert!(matches!(steered.stands("late"), Delivery::Due(SimTime(1_080))), "its effects follow");
    steered.until_the_end();
    assert_eq!((steered.came("nudge"), steered.came("alarm")), (vec![780], vec![780]));
    let facts = steered.drill.facts();
    let debrief = build(&room, facts, &score(&room, facts), &about());
    let helped = debrief.timeline.iter().filter(|mark| mark.assistance).map(|mark| mark.at.second);
    assert_eq!(helped.collect::<Vec<_>>(), [780], "help that was sent by hand is help");

    let mut untouched = Steered::new(&room);
    let nudge = untouched.inject("nudge");
    assert_eq!(untouched.put(30, &Input::Fire(nudge)).unwrap().len(), 2, "a contingency, before its time");
}

#[test]
fn what_has_come_is_gone_or_delivers_nothing_is_not_to_be_steered() {
    let room = scenario(MACHINE_ROOM);
    let left_out = |seed: &u64| matches!(Steered::seeded(&room, *seed).stands("maybe"), Delivery::Gone);
    let seed = (0..50).find(left_out).unwrap();
    let mut steered = Steered::seeded(&room, seed);
    let acts: [fn(InjectId) -> Input; 4] = [Input::Fire, Input::Hold, Input::Release, Input::Skip];
    for act in acts {
        for name in ["noise", "maybe", "calls"] {
            let inject = steered.inject(name);
            assert_eq!(steered.put(10, &act(inject)), NOT_NOW, "{name}");
        }
        assert_eq!(steered.put(10, &act(InjectId(999))), NOT_NOW);
    }
    let smell = steered.inject("smell");
    assert_eq!(steered.put(10, &Input::Release(smell)), NOT_NOW, "it is not held");
    steered.put(10, &Input::Hold(smell)).unwrap();
    assert_eq!(steered.put(10, &Input::Hold(smell)), NOT_NOW, "it is held already");
}

#[test]
fn a_held_inject_comes_when_it_is_released() {
    let room = scenario(MACHINE_ROOM);
    let mut steered = Steered::new(&room);
    let smell = steered.inject("smell");
    let Delivery::Due(due) = steered.stands("smell") else { panic!("it is on the clock") };
    assert_eq!(steered.put(60, &Input::Hold(smell)).unwrap(), [What::Held(smell)]);
    assert_eq!(steered.stands("smell"), Delivery::Held(due));
    steered.drill.advance(SimTime(600)).unwrap();
    assert_eq!((steered.stands("smell"), steered.came("smell")), (Delivery::Held(due), vec![]));
    let facts = steered.put(600, &Input::Release(smell)).unwrap();
    assert_eq!(facts[..2], [What::Released(smell), What::Delivered(smell)]);
    assert!(matches!(facts[2], What::Moved { .. }), "with its effects: {facts:?}");

    let mut early = Steered::new(&room);
    early.put(60, &Input::Hold(smell)).unwrap();
    assert_eq!(early.put(70, &Input::Release(smell)).unwrap(), [What::Released(smell)]);
    assert_eq!(early.stands("smell"), Delivery::Due(due));
    early.until_the_end();
    assert_eq!(early.came("smell"), [due.0], "nothing is lost of its time");
}

#[test]
fn what_would_bring_a_held_inject_is_remembered() {
    let room = scenario(MACHINE_ROOM);
    let mut steered = Steered::new(&room);
    let [alarm, post, late] = ["alarm", "post", "late"].map(|name| steered.inject(name));
    for inject in [alarm, post, late] {
        steered.put(0, &Input::Hold(inject)).unwrap();
    }
    assert_eq!(steered.stands("alarm"), Delivery::Held(SimTime::NEVER), "nothing has brought it");
    // Its condition comes: the question lapsed at four minutes, and it was to follow a minute later.
    steered.drill.advance(SimTime(250)).unwrap();
    assert_eq!(steered.stands("post"), Delivery::Held(SimTime(300)));
    assert_eq!(steered.put(250, &Input::Release(post)).unwrap(), [What::Released(post)]);
    // Another's condition comes for a moment and goes on.
    for at in [310, 311, 312] {
        steered.act(at, "kick");
    }
    let Delivery::Held(due) = steered.stands("alarm") else { panic!("it is held") };
    assert!(due >= SimTime(300) && due <= SimTime(312), "{due}");
    assert!(steered.came("alarm").is_empty());
    let facts = steered.put(400, &Input::Release(alarm)).unwrap();
    assert_eq!(facts[..2], [What::Released(alarm), What::Delivered(alarm)]);
    // An effect brings the third.
    assert_eq!(steered.stands("late"), Delivery::Held(SimTime(700)));
    steered.drill.advance(SimTime(900)).unwrap();
    assert_eq!(steered.put(900, &Input::Release(late)).unwrap()[1], What::Delivered(late));
    assert_eq!([steered.came("post"), steered.came("late")], [vec![300], vec![900]]);

    let mut idle = Steered::new(&room);
    idle.put(0, &Input::Hold(alarm)).unwrap();
    idle.put(5, &Input::Release(alarm)).unwrap();
    assert_eq!(idle.stands("alarm"), Delivery::Idle, "it waits as before");
}

#[test]
fn what_is_released_comes_under_its_own_condition() {
    let room = scenario(MACHINE_ROOM);
    let mut steered = Steered::new(&room);
    let nudge = steered.inject("nudge");
    steered.act(60, "call");
    steered.put(700, &Input::Hold(nudge)).unwrap();
    let facts = steered.put(800, &Input::Release(nudge)).unwrap();
    assert_eq!(facts, [What::Released(nudge), What::Awaited { inject: nudge, until: SimTime(1_080) }]);
    steered.put(900, &Input::Hold(nudge)).unwrap();
    assert_eq!(steered.stands("nudge"), Delivery::Held(SimTime(900)), "it was due before");
    let facts = steered.put(1_200, &Input::Release(nudge)).unwrap();
    assert_eq!(facts, [What::Released(nudge), What::Withheld(nudge)], "the time of its condition is over");
}

#[test]
fn a_held_inject_may_be_sent_or_left_out() {
    let room = scenario(MACHINE_ROOM);
    let mut steered = Steered::new(&room);
    let (smell, ticket) = (steered.inject("smell"), steered.inject("ticket"));
    steered.put(0, &Input::Hold(smell)).unwrap();
    steered.put(0, &Input::Hold(ticket)).unwrap();
    assert_eq!(steered.put(30, &Input::Fire(smell)).unwrap()[1], What::Delivered(smell));
    let facts = steered.put(30, &Input::Skip(ticket)).unwrap();
    assert_eq!(facts, [What::Skipped(ticket), What::Cancelled(ticket)]);
    assert_eq!(steered.put(40, &Input::Fire(ticket)), NOT_NOW, "it is gone");
    steered.until_the_end();
    assert!(steered.came("ticket").is_empty());
}

#[test]
fn what_comes_again_can_be_left_out_and_no_more() {
    let room = busy_room();
    let mut steered = Steered::new(&room);
    let drip = steered.inject("drip");
    steered.drill.advance(SimTime(200)).unwrap();
    assert!(matches!(steered.stands("drip"), Delivery::Again { number: 2, .. }));
    assert_eq!(steered.put(200, &Input::Fire(drip)), NOT_NOW);
    assert_eq!(steered.put(200, &Input::Hold(drip)), NOT_NOW);
    steered.put(200, &Input::Skip(drip)).unwrap();
    assert_eq!(steered.stands("drip"), Delivery::Delivered, "it has come, and does not come again");
    let mut fired = Steered::new(&room);
    fired.put(10, &Input::Fire(drip)).unwrap();
    assert!(matches!(fired.stands("drip"), Delivery::Again { due, number: 2 } if due >= SimTime(190)));
}

#[test]
fn a_question_gets_as_much_more_time_as_the_trainer_gives() {
    let room = scenario(MACHINE_ROOM);
    let mut steered = Steered::new(&room);
    let is_it = steered.question("is-it");
    let more = |seconds| Input::Extend(is_it, SimTime(seconds));
    assert_eq!(steered.put(10, &more(0)), NOT_NOW);
    let extended = |lapses, good, granted| What::Extended {
        question: is_it,
        lapses: SimTime(lapses),
        good: Some(SimTime(good)),
        granted: Some(SimTime(granted)),
    };
    assert_eq!(steered.put(60, &more(120)).unwrap(), [extended(360, 180, 120)], "in proportion");
    assert_eq!(steered.put(60, &more(99_999)).unwrap(), [extended(3_960, 1_980, 3_600)], "the whole drill");
    let which = steered.question("which");
    assert_eq!(steered.put(60, &Input::Extend(which, SimTime(60))), Err(Refusal::NotOpen));
    let think = steered.question("think");
    steered.drill.advance(SimTime(2_500)).unwrap();
    assert_eq!(steered.put(2_500, &Input::Extend(think, SimTime(60))), Err(Refusal::NoLimit));
    // Asked for by the trainee it is as it was: half the window, and nothing says that it was given.
    let mut asked = Steered::new(&room);
    let facts = asked.put(60, &Input::MoreTime(is_it)).unwrap();
    assert!(matches!(facts[..], [What::Extended { lapses: SimTime(360), granted: None, .. }]), "{facts:?}");
}

#[test]
fn in_a_pause_a_trainer_sees_to_what_comes_next() {
    let room = scenario(MACHINE_ROOM);
    let mut steered = Steered::new(&room);
    let [smell, ticket, nudge] = ["smell", "ticket", "nudge"].map(|name| steered.inject(name));
    let is_it = steered.question("is-it");
    steered.put(50, &Input::Hold(nudge)).unwrap();
    steered.put(60, &Input::Pause(PauseCause::Trainer)).unwrap();
    for input in [Input::Hold(smell), Input::Skip(ticket), Input::Extend(is_it, SimTime(60))] {
        steered.put(500, &input).unwrap();
    }
    for input in [Input::Fire(nudge), Input::Release(smell), Input::MoreTime(is_it)] {
        assert_eq!(steered.put(500, &input), Err(Refusal::Paused), "nothing arrives: {input:?}");
    }
    assert!(steered.drill.facts().iter().all(|fact| fact.at <= SimTime(60)));
    assert!(matches!(steered.drill.state().questions[is_it.at()], Asked::Open { lapses: SimTime(300), .. }));
    steered.put(500, &Input::Resume).unwrap();
    steered.put(60, &Input::Pause(PauseCause::RealEvent)).unwrap();
    assert_eq!(steered.drill.state().paused, Some(PauseCause::RealEvent));
}

#[test]
fn a_trainee_sees_nothing_of_it_and_may_do_nothing_of_it() {
    let room = scenario(MACHINE_ROOM);
    let mut steered = Steered::new(&room);
    let smell = steered.inject("smell");
    let fold = |facts: &[Fact]| {
        let mut view = TraineeView::new(&room);
        facts.iter().for_each(|fact| view.fold(&room, fact));
        view.at = SimTime::ZERO;
        view
    };
    let before = format!("{:?}", fold(steered.drill.facts()));
    steered.put(10, &Input::Hold(smell)).unwrap();
    steered.put(20, &Input::Release(smell)).unwrap();
    steered.put(30, &Input::Hold(smell)).unwrap();
    let view = fold(steered.drill.facts());
    assert_eq!(format!("{view:?}"), before);
    for what in [What::Fired(smell), What::Held(smell), What::Released(smell), What::Skipped(smell)] {
        assert!(!visible(&room, &what), "{what:?}");
    }
    let is_it = steered.question("is-it");
    for input in [
        Input::Fire(smell),
        Input::Hold(smell),
        Input::Release(smell),
        Input::Skip(smell),
        Input::Extend(is_it, SimTime(60)),
        Input::Pause(PauseCause::Trainer),
        Input::Pause(PauseCause::RealEvent),
    ] {
        assert!(!view.may(&input) && input.of_trainer(), "{input:?}");
    }
    assert!(view.may(&Input::MoreTime(is_it)) && view.may(&Input::Pause(PauseCause::Asked)));
    steered.put(40, &Input::Pause(PauseCause::Trainer)).unwrap();
    assert!(!fold(steered.drill.facts()).may(&Input::Resume), "who stopped the clock lets it go on");
    steered.put(40, &Input::Resume).unwrap();
    steered.put(40, &Input::Pause(PauseCause::Asked)).unwrap();
    assert!(fold(steered.drill.facts()).may(&Input::Resume));
}

/// A drill in which the trainer did everything that there is to do.
fn whole(room: &Scenario) -> Vec<Fact> {
    let mut steered = Steered::new(room);
    let [smell, ticket, alarm, answer] =
        ["smell", "ticket", "alarm", "answer"].map(|name| steered.inject(name));
    let is_it = steered.question("is-it");
    for (at, input) in [
        (30, Input::Hold(smell)),
        (40, Input::Extend(is_it, SimTime(120))),
        (50, Input::Fire(alarm)),
        (60, Input::Skip(ticket)),
        (70, Input::Pause(PauseCause::Trainer)),
        (70, Input::Resume),
        (80, Input::Pause(PauseCause::RealEvent)),
        (80, Input::Resume),
        (90, Input::Hold(answer)),
        (600, Input::Release(smell)),
    ] {
        steered.put(at, &input).unwrap();
    }
    steered.until_the_end();
    assert_eq!(steered.stands("answer"), Delivery::Held(SimTime::NEVER), "held at ENDEX, it never came");
    steered.drill.facts().to_vec()
}

#[test]
fn after_the_drill_it_is_told() {
    let room = scenario(MACHINE_ROOM);
    let facts = whole(&room);
    let marks = || {
        let debrief = build(&room, &facts, &score(&room, &facts), &about());
        let clock = debrief.timeline.into_iter().filter(|mark| mark.lane == Lane::Clock);
        clock.map(|mark| format!("{} {}", mark.at.clock, mark.title)).collect::<Vec<_>>()
    };
    let again = || {
        let showing = Showing { style: Style { color: false, ascii: true }, width: Some(200), pace: None };
        let mut told = Vec::new();
        replay(&room, &facts, showing, &mut told).unwrap();
        let unfinished = facts.len() - 1;
        let mut before = Vec::new();
        replay(&room, &facts[..unfinished], showing, &mut before).unwrap();
        let before = String::from_utf8(before).unwrap();
        assert!(!before.contains("held back") && !before.contains("zurückgehalten"), "{before}");
        String::from_utf8(told).unwrap()
    };
    let (marks, german) = (marks(), speaking(Language::German, marks));
    for said in [
        "08:00 The trainer held back: Bo: floor",
        "08:00 The trainer gave 2 min of drill time more: Is it an incident?",
        "08:00 The trainer sent: panel: red",
        "08:01 The trainer left out: 4711: Ada",
        "08:01 The clock stopped: the trainer stopped it",
        "08:01 The clock stopped: something happened in earnest",
        "08:10 The trainer released: Bo: floor",
    ] {
        assert!(marks.iter().any(|mark| mark == said), "{said:?} in {marks:#?}");
    }
    for said in [
        "08:00 Die Übungsleitung hat zurückgehalten: Bo: floor",
        "08:00 Die Übungsleitung hat 2 min Übungszeit mehr gegeben: Is it an incident?",
        "08:01 Die Uhr blieb stehen: Die Übungsleitung hat sie angehalten",
    ] {
        assert!(german.iter().any(|mark| mark == said), "{said:?} in {german:#?}");
    }
    let (told, german) = (again(), speaking(Language::German, again));
    for said in ["The trainer held back: Bo: floor", "The trainer has stopped the clock."] {
        assert!(told.contains(said), "{said} in {told}");
    }
    assert!(german.contains("Die Übungsleitung hat freigegeben: Bo: floor"), "{german}");
}

#[test]
fn it_is_kept_like_everything_else() {
    let room = scenario(MACHINE_ROOM);
    let facts = whole(&room);
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let new = NewDrill { scenario: &room, started: 0, trainee: None, parent: None, answers: false };
    let journal = store.create(new).unwrap();
    let id = journal.id();
    let mut drill = Drill::new(&room, journal);
    let line = Line::of(&facts).unwrap();
    drill.submit(SimTime::ZERO, &Input::Start(line.settings)).unwrap().unwrap();
    for step in &line.steps {
        drill.submit(step.at, &step.input).unwrap().unwrap();
    }
    drill.advance(room.clock.length).unwrap();
    drop(drill);
    assert_eq!(store.read(id).unwrap().facts, facts);
}

#[test]
fn what_would_have_been_is_asked_of_the_drill_as_it_was_steered() {
    let room = scenario(MACHINE_ROOM);
    let facts = whole(&room);
    let what_if = WhatIf::of(&room, &facts).unwrap();
    let alternatives = what_if.all();
    assert!(!alternatives.turns.is_empty());
    let steered = |facts: &[Fact]| {
        let of_trainer = |what: &What| {
            matches!(what, What::Held(_) | What::Released(_) | What::Fired(_) | What::Skipped(_))
        };
        facts.iter().filter(|fact| of_trainer(&fact.what)).cloned().collect::<Vec<_>>()
    };
    for (_, others) in &alternatives.turns {
        for other in others {
            let would = what_if.play(&other.fork);
            // Otherwise it may have ended sooner.
            let end = would.last().unwrap().at;
            let kept: Vec<_> = steered(&facts).into_iter().filter(|fact| fact.at < end).collect();
            assert_eq!(steered(&would), kept, "{:?}", other.fork);
        }
    }
}

#[test]
fn an_answers_file_answers_for_trainees_only() {
    let room = scenario(MACHINE_ROOM);
    let line = Line::of(&whole(&room)).unwrap();
    let written = breachdrill::drill::written(&room, line.steps.iter().map(|step| (step.at, &step.input)));
    let answers = Answers::read(&written).unwrap();
    assert_eq!(answers.steps.len(), 4, "two pauses: {written}");
}

fn dice() -> impl Strategy<Value = Vec<(u16, u32)>> {
    prop::collection::vec((0u16..240, any::<u32>()), 0..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// State is a fold of facts, and the inputs that the facts show bring the same facts again.
    #[test]
    fn steered_drills_are_drills(seed in 0u64..50, dice in dice(), which in 0..3usize) {
        let room = [|| scenario(MACHINE_ROOM), busy_room, || scenario(NIGHT_SHIFT)][which]();
        let (facts, _) = steered_at_random(&room, settings(seed), &dice);
        prop_assert!(State::after(&room, &facts).over(), "every drill ends");
        let (again, refused) = Line::of(&facts).unwrap().play(&room);
        prop_assert_eq!(refused, vec![]);
        prop_assert_eq!(again, facts);
    }

    /// What fits is what is taken, and asking changes nothing.
    #[test]
    fn what_fits_is_taken(seed in 0u64..50, dice in dice(), others in prop::collection::vec(any::<u32>(), 60)) {
        let room = scenario(MACHINE_ROOM);
        let (_, inputs) = steered_at_random(&room, settings(seed), &dice);
        let (mut state, mut facts) = (State::new(&room), Vec::new());
        step(&room, &mut state, SimTime::ZERO, &Input::Start(settings(seed)), &mut facts).unwrap();
        for ((now, input), dice) in inputs.iter().zip(others) {
            while decide(&room, &state, *now, &Input::Tick).is_ok_and(|facts| !facts.is_empty()) {
                step(&room, &mut state, *now, &Input::Tick, &mut facts).unwrap();
            }
            let other = if dice % 2 == 0 { something(&room, &state, dice / 2) } else { steering(&room, dice / 2) };
            let (before, mut tried) = (state.clone(), state.clone());
            let fit = fits(&room, &state, *now, &other);
            prop_assert_eq!(&state, &before);
            prop_assert_eq!(fit, step(&room, &mut tried, *now, &other, &mut Vec::new()), "{:?}", other);
            prop_assert_eq!(fits(&room, &state, *now, input), Ok(()), "{:?}", input);
            step(&room, &mut state, *now, input, &mut facts).unwrap();
        }
    }
}

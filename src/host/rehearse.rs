//! A dry run: simulated trainees come in, answer, look and act, so that a trainer can try everything out.
//!
//! They know nothing of the key and choose at random, each at a pace of their own;
//! what they do goes the way of everybody's. A room in which they are is a
//! rehearsal for ever, and says so.

use std::time::Duration;

use super::asked::Fields;
use super::desk::{Act, Chosen, Joining};
use super::door::{mark, secret};
use super::routes::Site;
use super::serve::Command;
use crate::drill::{OpenQuestion, Wants};
use crate::engine::{CONFIDENCE_STEPS, Seed, Stream};
use crate::room::{IdempotencyKey, MemberId, Way, handle};
use crate::scenario::{FACTORS, SeatId, SeatSet};
use crate::speech::speaking;

/// How often each simulated trainee looks up.
const LOOKS_UP: Duration = Duration::from_millis(1_500);

/// A simulated trainee's dice: what is thrown depends on the room's seed and on nothing else.
struct Dice {
    seed: Seed,
    thrown: u32,
}

impl Dice {
    fn up_to(&mut self, most: usize) -> usize {
        self.thrown = self.thrown.wrapping_add(1);
        self.seed.nth_up_to(Stream::Does, "rehearsal", self.thrown, u32::try_from(most).unwrap_or(0)) as usize
    }

    fn percent(&mut self, percent: usize) -> bool {
        self.up_to(99) < percent
    }
}

/// Fills a room with simulated trainees, until the room has ended.
pub(super) async fn rehearse(site: Site, people: u32) {
    let mut dice = Dice { seed: Seed(site.about.terms.seed), thrown: 0 };
    let mut members = Vec::new();
    for n in 0..people {
        members.extend(join(&site, n).await);
    }
    for member in &members {
        let _ = site.commands.send(Command::Came(*member));
    }
    if site.about.terms.way == Way::OwnTime {
        for member in &members {
            act(&site, *member, &mut dice, Act::Start(Chosen::AsItIs)).await;
        }
    }
    let mut leaving = site.leaving.subscribe();
    loop {
        tokio::select! {
            _ = leaving.changed() => return,
            () = tokio::time::sleep(LOOKS_UP) => {}
        }
        for member in &members {
            if let Some(does) = looks_up(&site, *member, &mut dice).await {
                act(&site, *member, &mut dice, does).await;
            }
        }
    }
}

async fn join(site: &Site, n: u32) -> Option<MemberId> {
    let seats = site.about.scenario.seats.len();
    let seats = match seats {
        0 => SeatSet::default(),
        // The first of each team take the seats in turn; whoever comes after them holds every seat.
        _ => {
            let turn = n as usize / site.about.terms.teams.len().max(1);
            if turn < seats { SeatSet::default().with(SeatId::of(turn)) } else { SeatSet::default() }
        }
    };
    let joining = Joining {
        name: speaking(site.about.language, || tr::tr!("{} (simulated)", handle(n))),
        team: None,
        seats: if site.about.terms.way.alone() { SeatSet::default() } else { seats },
        mark: mark(&secret(32).ok()?),
        factor: 100,
        language: site.about.language,
    };
    site.ask(|reply| Command::Join(Box::new(joining), reply)).await.ok()
}

/// What a simulated trainee does now; mostly nothing.
async fn looks_up(site: &Site, member: MemberId, dice: &mut Dice) -> Option<Act> {
    let seen = site.look(move |desk| desk.before(member)).await.ok()?;
    let question = seen.open.get(dice.up_to(seen.open.len().max(1) - 1)).filter(|_| dice.percent(35));
    if let Some(question) = question
        && !seen.voted.contains(&question.id)
    {
        let n = dice.up_to(999);
        return Some(Act::Answer(question.id, some_answer(question, n)));
    }
    if let Some(voted) = seen.voted.first().filter(|_| seen.leads && dice.percent(20)) {
        return Some(Act::Lock(*voted, None));
    }
    let artefact = seen.evidence.get(dice.up_to(seen.evidence.len().max(1) - 1)).filter(|_| dice.percent(12));
    if let Some(artefact) = artefact {
        return Some(Act::Examine(*artefact));
    }
    let action = seen.actions.get(dice.up_to(seen.actions.len().max(1) - 1)).filter(|_| dice.percent(5));
    action.map(|action| Act::Do(*action))
}

async fn act(site: &Site, member: MemberId, dice: &mut Dice, does: Act) {
    let key = IdempotencyKey(u128::from(member.0) << 64 | u128::from(dice.thrown));
    // What the drill does not take is what happens to people too.
    let _ = site.ask(|reply| Command::Act(member, key, Box::new(does), reply)).await;
}

/// Fields that answer a question, taking the `n`-th way to do it.
pub(super) fn some_answer(question: &OpenQuestion, n: usize) -> Fields {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut put = |name: String, value: usize| fields.push((name, value.to_string()));
    let choices = question.choices.len().max(1);
    match &question.wants {
        Wants::One | Wants::Several | Wants::Record => put("choice".into(), n % choices),
        Wants::Order => (0..choices).for_each(|row| put("rank".into(), (row + n) % choices)),
        Wants::Pairs(sides) => {
            put("with-0".into(), n % sides.with.len().max(1));
            if !sides.by.is_empty() {
                put("by-0".into(), n % sides.by.len());
            }
        }
        Wants::Number(_) => put("number".into(), n * 10),
        Wants::Text => put("text".into(), n),
        Wants::Category(categories) => {
            if !categories.classes.is_empty() {
                put("class".into(), n % categories.classes.len());
            }
            if categories.calculates() {
                FACTORS
                    .iter()
                    .for_each(|factor| put(format!("factor-{}", factor.name), n % factor.options.len()));
            } else if !categories.severities.is_empty() {
                put("severity".into(), n % categories.severities.len());
            }
            for axis in &categories.axes {
                put(format!("axis-{}", axis.name()), n % axis.levels().len());
            }
        }
    }
    if question.confidence {
        fields.push(("confidence".into(), CONFIDENCE_STEPS[n % CONFIDENCE_STEPS.len()].to_string()));
    }
    Fields(fields)
}

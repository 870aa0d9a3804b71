//! Whole drills of every shipped script: nothing that a trainee may not know is ever sent.

use super::{Kept, terms};
use crate::engine::What;
use crate::host::desk::{Act, Before, ConsoleAct, Looks};
use crate::host::rehearse::some_answer;
use crate::room::{MemberId, RoomFact, TeamId, Way};
use crate::scenario::{InjectId, Scenario, SeatId, SeatSet, library, load};

/// A text as it would stand on a page: without what markup and escaping change.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A stretch of a text that is long enough to be told from any other.
fn stretch(text: &str) -> Option<String> {
    // Texts are filled in: what stands before the first slot is the same in every drill.
    let fixed = text.split('{').next().unwrap_or_default();
    let bare: String = bare(fixed).chars().take(48).collect();
    (bare.len() >= 32).then_some(bare)
}

/// What no trainee may read before the debrief: rationales, truths, the key.
fn never(scenario: &Scenario) -> Vec<String> {
    let mut texts: Vec<&str> = Vec::new();
    for question in &scenario.questions {
        texts.extend(question.choices.iter().map(|choice| choice.why.as_str()));
    }
    texts.extend(scenario.actions.iter().map(|action| action.why.as_str()));
    texts.push(&scenario.wash.good);
    texts.extend(scenario.wash.improvements.iter().map(|improvement| improvement.says.as_str()));
    texts.into_iter().filter_map(stretch).collect()
}

struct Player {
    id: MemberId,
    seats: SeatSet,
    has: u64,
}

/// Everything that this person's browser is sent since it was sent anything.
fn news(kept: &mut Kept, player: &mut Player) -> String {
    let frame = kept.page(player.id);
    let text = bare(&frame.since(player.has));
    player.has = frame.seq;
    text
}

fn delivered(kept: &Kept, team: TeamId) -> Vec<InjectId> {
    let played = kept.entries.iter().filter_map(|entry| match &entry.what {
        RoomFact::Played { team: of, facts, .. } if *of == team => Some(facts),
        _ => None,
    });
    let what = played.flatten().filter_map(|fact| match fact.what {
        What::Delivered(inject) => Some(inject),
        _ => None,
    });
    what.collect()
}

fn check(scenario: &'static Scenario, kept: &mut Kept, players: &mut [Player], never: &[String]) {
    let came = delivered(kept, TeamId(1));
    for player in players {
        let sent = news(kept, player);
        for secret in never {
            assert!(!sent.contains(secret), "{}: sent to {:?}: {secret}", scenario.head.title, player.id);
        }
        for (row, inject) in scenario.injects.iter().enumerate() {
            let id = InjectId::of(row);
            let Some(body) = stretch(&inject.body) else { continue };
            let others = scenario.injects.iter().enumerate();
            // Two injects may begin alike; then nothing can be told from it.
            let alike = others.filter(|(_, other)| stretch(&other.body).as_ref() == Some(&body)).count() > 1;
            let mine = inject.seats.reaches(SeatSet::ALL, player.seats);
            if !alike && (!came.contains(&id) || !mine) {
                assert!(
                    !sent.contains(&body),
                    "{}: {} before its time",
                    scenario.head.title,
                    inject.name.as_str()
                );
            }
        }
    }
}

#[test]
fn no_answer_no_future_and_no_other_seat_s_mail_is_ever_sent() {
    for (name, text) in library() {
        let scenario: &'static Scenario = Box::leak(Box::new(load(text).scenario.expect("it is sound")));
        let never = never(scenario);
        assert!(never.len() > 5, "{name}: there is something to keep");
        let way = if scenario.seats.is_empty() { Way::SideBySide } else { Way::Together };
        let mut kept = Kept::open(scenario, terms(way, usize::from(way == Way::Together)));
        let seats: Vec<SeatSet> = match scenario.seats.len() {
            0 => vec![SeatSet::ALL],
            n => (0..n).map(|seat| SeatSet::default().with(SeatId::of(seat))).collect(),
        };
        let mut players: Vec<Player> = Vec::new();
        for (n, seats) in seats.into_iter().enumerate() {
            let id = kept.join(&format!("Player {n}"), None, seats).expect("there is room");
            players.push(Player { id, seats, has: 0 });
        }
        check(scenario, &mut kept, &mut players, &never);
        kept.trainer(&ConsoleAct::Start(None)).expect("it starts");
        let mut turn = 0;
        while let Some(next) = kept.desk.next_moment(TeamId(1)) {
            turn += 1;
            kept.until(next.0);
            for player in &players {
                decide(&mut kept, player.id, turn);
            }
            check(scenario, &mut kept, &mut players, &never);
            assert!(turn < 5_000, "{name} ends");
        }
        assert!(kept.desk.room.teams[0].over, "{name} is over");
    }
}

/// Answers whatever is open, examines and does something now and then.
fn decide(kept: &mut Kept, id: MemberId, turn: usize) {
    for question in kept.desk.before(id).open {
        let _ = kept.act(id, &Act::Answer(question.id, some_answer(&question, turn)));
        if turn.is_multiple_of(3) {
            let _ = kept.act(id, &Act::Hint(question.id));
        }
    }
    let Before { evidence, actions, .. } = kept.desk.before(id);
    if let Some(artefact) = evidence.get(turn % evidence.len().max(1)) {
        let _ = kept.act(id, &Act::Examine(*artefact));
    }
    if let Some(action) = actions.get(turn % actions.len().max(1)) {
        let _ = kept.act(id, &Act::Do(*action));
    }
}

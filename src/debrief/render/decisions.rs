//! Decision by decision: what was known, what was chosen, what was best, and why.

use serde::Serialize;
use tr::tr;

use super::super::decision::{Decision, Of, Pick, Standing};
use super::super::model::{Debrief, Source};
use super::super::words::{self, capital, credit, inner, length, out_of, percent, signed};
use super::page::{Block, ColumnKind, Pair, Section, Table};
use super::sections::source;
use crate::speech::label;

/// One decision as it is set.
#[derive(Serialize)]
pub(super) struct Card {
    /// Number, from 1.
    pub(super) number: u16,
    /// Time of day.
    pub(super) when: String,
    /// What was asked, done or expected.
    pub(super) title: String,
    /// Its stage.
    pub(super) stage: String,
    /// How it stands.
    pub(super) standing: Standing,
    /// The word for that.
    pub(super) word: String,
    /// Points of points.
    pub(super) points: String,
    /// What is always seen.
    pub(super) front: Vec<Block>,
    /// What the back is called.
    pub(super) fold: String,
    /// And of which decision, for who hears only that.
    pub(super) fold_of: String,
    /// What is one step away.
    pub(super) back: Vec<Block>,
}

pub(super) fn section(debrief: &Debrief) -> Option<Section> {
    let whose = |row: usize| Whose {
        team: debrief.of_team(),
        voted: debrief.part.as_ref().and_then(|part| part.voted.get(row)).map_or("", String::as_str),
    };
    let cards = debrief.decisions.iter().enumerate();
    let mut cards: Vec<Card> = cards.map(|(row, decision)| card(decision, &whose(row))).collect();
    // How other choices were tried is told once, with the first of them.
    if let Some(first) = debrief.decisions.iter().position(|decision| !decision.otherwise.is_empty()) {
        cards[first].back.push(tried());
    }
    let says = tr!("You decided as a team: where nothing else is said, “you” means all of you.");
    let mut blocks = if debrief.of_team() { vec![Block::note(says)] } else { Vec::new() };
    blocks.extend(cards.into_iter().map(|card| Block::Decision(Box::new(card))));
    (!debrief.decisions.is_empty()).then(|| Section {
        id: "decisions",
        title: tr!("Decision by decision"),
        blocks,
    })
}

/// Whose decision it was: one's own, or a team's, in which one voted for something.
struct Whose<'d> {
    team: bool,
    /// In words; empty where nothing is on record.
    voted: &'d str,
}

fn card(decision: &Decision, whose: &Whose<'_>) -> Card {
    Card {
        number: decision.number,
        when: decision.at.clock.clone(),
        title: capital(&decision.title),
        stage: match decision.seats.as_str() {
            "" => label(&decision.stage),
            seats => tr!("{0} · for {1}", label(&decision.stage), seats),
        },
        standing: decision.standing,
        word: label(decision.word()),
        points: out_of(decision.points),
        front: front(decision, whose),
        fold: tr!("What you knew, why, and the arithmetic"),
        fold_of: tr!("of decision {}", decision.number),
        back: [
            asked(decision),
            known(decision),
            reasons(decision, whose.team),
            arithmetic(decision),
            otherwise(decision),
        ]
        .into_iter()
        .flatten()
        .collect(),
    }
}

/// The whole question, where the heading is only its beginning.
fn asked(decision: &Decision) -> Vec<Block> {
    match decision.says.as_str() {
        "" => Vec::new(),
        says => vec![Block::heading(tr!("What was asked")), Block::Prose { text: says.into() }],
    }
}

fn front(decision: &Decision, whose: &Whose<'_>) -> Vec<Block> {
    let mut pairs = vec![chosen(decision, whose.team)];
    if !whose.voted.is_empty() {
        pairs.push(Pair::new(&tr!("You voted for"), whose.voted.to_owned(), ""));
    }
    for earlier in &decision.earlier {
        pairs.insert(
            0,
            Pair::new(&tr!("earlier call" => "At {}", earlier.at.clock), earlier.says.clone(), ""),
        );
    }
    let same = says(&decision.chosen) == says(&decision.best);
    if decision.of == Of::Question && !decision.best.is_empty() && !same {
        let label = match &decision.best_since {
            Some(since) => tr!("Best, as could be known from {} on", since.clock),
            None => tr!("Best, with what you could know at {}", decision.at.clock),
        };
        pairs.push(Pair::of(&label, listed(&decision.best, false), ""));
    }
    if let Some(reason) = &decision.reason {
        let whose = if whose.team { tr!("The reason given") } else { tr!("Your reason") };
        pairs.push(Pair::new(&whose, tr!("“{}”", inner(reason)), ""));
    }
    if let Some(confidence) = decision.confidence {
        pairs.push(Pair::new(&tr!("How sure"), percent(confidence), ""));
    }
    if decision.assisted {
        let help = match decision.hints.len() {
            0 => tr!("a message came to help because something expected was missing"),
            hints => tr!("1 hint taken" | "{n} hints taken" % hints),
        };
        pairs.push(Pair::new(&tr!("Assistance"), help, ""));
    }
    let mut blocks = vec![Block::Pairs { pairs }];
    blocks.extend(decision.matters().map(|other| Block::says(other.says.clone())));
    blocks
}

/// What was chosen, in the words that fit the kind of decision.
fn chosen(decision: &Decision, team: bool) -> Pair {
    let chose = || if team { tr!("Your team chose") } else { tr!("You chose") };
    match (decision.of, decision.standing) {
        (Of::Question, _) if decision.chosen.is_empty() => {
            let asked = tr!("asked at {}", decision.asked.clock);
            Pair::new(&chose(), tr!("nothing before it lapsed"), asked)
        }
        (Of::Question, standing) => {
            let note = if standing == Standing::Best { tr!("the best there was") } else { String::new() };
            Pair::of(&chose(), listed(&decision.chosen, true), &note)
        }
        (Of::Action, Standing::Lapsed) => {
            Pair::new(&tr!("Not done"), tr!("it was possible from {} on", decision.asked.clock), "")
        }
        (Of::Action, _) if team => Pair::new(&tr!("Your team did this"), tr!("unasked"), ""),
        (Of::Action, _) => Pair::new(&tr!("You did this"), tr!("unasked"), ""),
        (Of::Checkpoint, Standing::Lapsed) => Pair::new(
            &tr!("Expected"),
            tr!("not seen from {0} to {1}", decision.asked.clock, decision.at.clock),
            "",
        ),
        (Of::Duty, standing) => {
            let told = if standing == Standing::Lapsed { &decision.best } else { &decision.chosen };
            Pair::of(&tr!("Owed"), listed(told, false), "")
        }
        (Of::Checkpoint, _) => Pair::new(&tr!("Expected"), tr!("seen {}", words::at(&decision.at)), ""),
    }
}

fn says(picks: &[Pick]) -> Vec<&str> {
    picks.iter().map(|p| p.says.as_str()).collect()
}

/// Choices in words; of one's own it is said which do not belong.
fn listed(picks: &[Pick], own: bool) -> Vec<String> {
    let item = |pick: &Pick| match pick.right {
        Some(false) if own => tr!("{} (not part of the key)", pick.says),
        _ => pick.says.clone(),
    };
    picks.iter().map(item).collect()
}

/// What had reached the trainee by then.
fn known(decision: &Decision) -> Vec<Block> {
    let known = &decision.known;
    let mut blocks = vec![Block::heading(tr!("What you knew at {}", decision.at.clock))];
    let mut items: Vec<String> = known
        .delivered
        .iter()
        .map(|d| match d.assistance {
            true => tr!("{0} {1} (help)", d.at.clock, d.title),
            false => format!("{} {}", d.at.clock, d.title),
        })
        .collect();
    let before = usize::try_from(known.delivered_before).unwrap_or(usize::MAX);
    if before > 0 {
        items.push(tr!("1 message from before" | "{n} messages from before" % before));
    }
    for looked in &known.examined {
        items.push(match looked.rests_on {
            true => tr!("{0} examined: {1}, which this rests on", looked.at.clock, looked.title),
            false => tr!("{0} examined: {1}", looked.at.clock, looked.title),
        });
    }
    if known.examined_before > 0 {
        items.push(tr!("{} examined before that", known.examined_before));
    }
    if items.is_empty() {
        items.push(tr!("nothing had reached you yet"));
    }
    blocks.push(Block::list(items));
    if !known.available.is_empty() {
        blocks.push(Block::note(tr!("You could have looked at")));
        let mut items: Vec<String> = known
            .available
            .iter()
            .map(|a| match a.rests_on {
                true => tr!("{0} ({1}; this rests on it)", a.title, length(a.takes)),
                false => format!("{} ({})", a.title, length(a.takes)),
            })
            .collect();
        if known.available_more > 0 {
            items.push(tr!("{} more", known.available_more));
        }
        blocks.push(Block::list(items));
    }
    blocks
}

/// What a team chose, by how it stands.
fn of_team(right: Option<bool>, best: bool) -> String {
    match (right, best) {
        (Some(true), _) => tr!("Chosen, part of the key"),
        (Some(false), _) => tr!("Chosen, not part of the key"),
        (None, true) => tr!("Chosen, and the best"),
        (None, false) => tr!("Chosen"),
    }
}

/// Why: the rationale of what was chosen, of what was best, and of the whole; then what all that rests on.
fn reasons(decision: &Decision, team: bool) -> Vec<Block> {
    let mut blocks = Vec::new();
    for pick in &decision.chosen {
        let whose = match (decision.of, pick.right) {
            (Of::Question, right) if team => {
                of_team(right, decision.best.iter().any(|b| b.says == pick.says))
            }
            (Of::Question, Some(true)) => tr!("Yours, part of the key"),
            (Of::Question, Some(false)) => tr!("Yours, not part of the key"),
            (Of::Question, None) if decision.best.iter().any(|b| b.says == pick.says) => {
                tr!("Yours, and the best")
            }
            (Of::Question, None) => tr!("choice" => "Yours"),
            (Of::Action | Of::Checkpoint, _) => tr!("decision" => "Done"),
            (Of::Duty, _) => tr!("Owed"),
        };
        reason(&whose, pick, &mut blocks);
    }
    let missed = || decision.best.iter().filter(|b| !decision.chosen.iter().any(|c| c.says == b.says));
    for pick in missed() {
        let whose = match (decision.of, pick.right) {
            (Of::Question, Some(true)) => tr!("Part of the key"),
            (Of::Question, _) => tr!("Best"),
            (Of::Action, _) => tr!("Worth doing"),
            (Of::Checkpoint, _) => tr!("Expected"),
            (Of::Duty, _) => tr!("Owed"),
        };
        reason(&whose, pick, &mut blocks);
    }
    if !decision.why.is_empty() {
        blocks.push(Block::Prose { text: decision.why.clone() });
    }
    let mut sources: Vec<&Source> = Vec::new();
    let all = decision.chosen.iter().chain(missed()).filter_map(|p| p.source.as_ref());
    for found in all.chain(&decision.source) {
        if !sources.contains(&found) {
            sources.push(found);
        }
    }
    blocks.extend(sources.into_iter().map(source));
    if !blocks.is_empty() {
        blocks.insert(0, Block::heading(tr!("Why")));
    }
    blocks
}

fn reason(label: &str, pick: &Pick, blocks: &mut Vec<Block>) {
    if pick.why.is_empty() {
        return;
    }
    blocks.push(Block::Pairs { pairs: vec![Pair::new(label, pick.says.clone(), "")] });
    blocks.push(Block::Prose { text: pick.why.clone() });
}

fn arithmetic(decision: &Decision) -> Vec<Block> {
    let mut lines = decision.arithmetic.clone();
    if lines.is_empty() {
        lines.push(tr!(
            "weight {0} × credit {1} × timeliness {2}",
            decision.weight,
            credit(decision.credit),
            percent(decision.timeliness)
        ));
    }
    lines.extend(decision.hints.iter().map(|hint| tr!("hint taken: {}", hint)));
    vec![Block::heading(tr!("Arithmetic")), Block::list(lines)]
}

/// Every other choice that would have changed something, the best first.
fn otherwise(decision: &Decision) -> Vec<Block> {
    if decision.otherwise.is_empty() {
        return Vec::new();
    }
    let columns = [
        (tr!("When"), ColumnKind::Number),
        (tr!("Instead"), ColumnKind::Text),
        (tr!("Points"), ColumnKind::Number),
    ];
    let mut table = Table::new(tr!("Other choices, the best first"), &columns);
    for other in &decision.otherwise {
        table.rows.push(vec![other.at.clock.clone(), other.choice.clone(), signed(other.points)]);
        // A column of this would be narrow and long.
        table.below.push(capital(&other.follows().join("; ")));
    }
    vec![Block::heading(tr!("What would have been")), Block::Table(table)]
}

/// How other choices were tried out.
fn tried() -> Block {
    Block::note(tr!(
        "Each played again with the same chance, everything you did later kept where it was still possible, \
             and the best answer to what you were never asked. They are ordered by what both drills asked: a \
             choice is no better for leading to more questions. Two changes together may do more, or less, than \
             their sum."
    ))
}

//! Group debriefs: what a room did, and nobody by name.

use breachdrill::debrief::{
    GroupAbout, GroupDebrief, GroupDecision, Lane, Of, attendance_csv, decisions_csv, group, group_html,
    group_json, group_markdown,
};
use breachdrill::engine::{Answer, Fact, Submission, What};
use breachdrill::room::{
    Cause, Entry, IdempotencyKey, Identity, Mark, MemberId, Room, RoomFact, TeamId, Terms, To, Way,
};
use breachdrill::scenario::{ChoiceId, Scenario, SeatSet, SimTime, Stage};
use breachdrill::score::Rating;
use breachdrill::speech::{Language, speaking};

use super::german::{english, without_tags};
use super::{HOSTILE, shelf};
use crate::golden::compare;
use crate::support::{Rehearsal, scenario};

/// A name that stands in no script.
const NAME: &str = "Zephyrine Quill";

fn shipped(name: &str) -> Scenario {
    let all = breachdrill::scenario::library();
    scenario(all.iter().find(|(known, _)| *known == name).unwrap().1)
}

fn played(scenario: &Scenario, name: &str, line: &str) -> Vec<Fact> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/answers");
    let answers = std::fs::read_to_string(folder.join(format!("{name}-{line}.ron"))).unwrap();
    Rehearsal::of(scenario).seed(41).answers(&answers).facts()
}

/// A room, entry by entry.
struct Made {
    entries: Vec<Entry>,
    drills: Vec<(TeamId, Vec<Fact>)>,
    people: u32,
}

impl Made {
    fn new(way: Way, identity: Identity, teams: &[&str]) -> Self {
        let terms = Terms {
            way,
            identity,
            teams: teams.iter().map(|name| (*name).to_owned()).collect(),
            seed: 41,
            pace: Some(1),
            places: 5_000,
            keep_days: 30,
            until: None,
            rehearsal: false,
        };
        let opened = Entry { wall: 1_700_000_000_000, at: SimTime::ZERO, what: RoomFact::Opened(terms) };
        Self { entries: vec![opened], drills: Vec::new(), people: 0 }
    }

    fn add(&mut self, at: u32, what: RoomFact) {
        let wall = 1_700_000_000_000 + self.entries.len() as u64 * 60_000;
        self.entries.push(Entry { wall, at: SimTime(at), what });
    }

    /// So many more people in a team.
    fn joined(mut self, team: u32, many: u32) -> Self {
        for _ in 0..many {
            self.people += 1;
            let member = MemberId(self.people);
            self.add(
                0,
                RoomFact::Joined {
                    member,
                    team: TeamId(team),
                    seats: SeatSet::default(),
                    name: format!("{NAME} {}", self.people),
                    mark: Mark([u8::try_from(self.people % 251).unwrap(); 32]),
                    factor: 100,
                },
            );
        }
        self
    }

    /// A drill of a team. Everybody in it votes as the team decided, but for every third, who takes what stands
    /// first where one is to be chosen.
    fn plays(mut self, team: u32, facts: &[Fact], voters: std::ops::RangeInclusive<u32>) -> Self {
        let team = TeamId(team);
        for fact in facts {
            if let What::Answered { question, answer, .. } = &fact.what {
                for person in voters.clone() {
                    let doubts = person % 3 == 0 && matches!(answer, Answer::One(_));
                    let own = if doubts { Answer::One(ChoiceId(0)) } else { answer.clone() };
                    let vote = Submission {
                        question: *question,
                        answer: own,
                        confidence: Some([50, 60, 75, 90, 99][person as usize % 5]),
                        reason: Some(format!("because {person}")),
                    };
                    let key = IdempotencyKey(u128::from(person));
                    self.add(fact.at.0, RoomFact::Voted { member: MemberId(person), key, vote });
                }
            }
            self.add(fact.at.0, RoomFact::Played { team, cause: Cause::Team, facts: vec![fact.clone()] });
        }
        self.drills.push((team, facts.to_vec()));
        self
    }

    /// What trainer and observers do besides.
    fn seen(mut self) -> Self {
        let to = |team: Option<u32>| To { team: team.map(TeamId), seats: SeatSet::default() };
        let told = |to: To, from: &str, says: &str| RoomFact::Told {
            to,
            from: from.into(),
            subject: String::new(),
            says: says.into(),
        };
        self.add(300, told(to(None), "The caretaker", "Somebody rang at the *back* door."));
        self.add(420, told(to(Some(1)), "", "Who else could have had that mail?"));
        let noted =
            |team: Option<u32>, says: &str| RoomFact::Observed { team: team.map(TeamId), says: says.into() };
        self.add(500, noted(Some(1), "They ask the right person first."));
        self.add(510, noted(None, "The room is quiet."));
        let marked = |team: Option<u32>, stage, rating| RoomFact::Marked {
            team: team.map(TeamId),
            stage,
            rating: Some(rating),
        };
        self.add(900, marked(Some(1), Stage::Identification, Rating::Major));
        self.add(900, marked(None, Stage::Response, Rating::Performed));
        let washed =
            |member, row, says: &str| RoomFact::Washed { member: MemberId(member), row, says: says.into() };
        self.add(1_000, washed(2, 0, "We called back at once."));
        self.add(1_000, washed(1, 0, "A list of numbers helped."));
        self.add(1_000, washed(1, 7, "More coffee."));
        self
    }

    fn hostile(mut self) -> Self {
        for text in HOSTILE {
            let says: String = text.into();
            let from = says.clone();
            let to = To { team: None, seats: SeatSet::default() };
            self.add(700, RoomFact::Told { to, from, subject: String::new(), says: says.clone() });
            self.add(700, RoomFact::Observed { team: None, says: says.clone() });
            self.add(700, RoomFact::Washed { member: MemberId(1), row: 0, says });
        }
        self
    }

    fn room(&self) -> Room {
        Room::after(&self.entries).unwrap()
    }

    fn told(&self, scenario: &Scenario, names: bool) -> GroupDebrief {
        let drills: Vec<(TeamId, &[Fact])> =
            self.drills.iter().map(|(team, facts)| (*team, &facts[..])).collect();
        let about = GroupAbout {
            room: "5ca1ab1e".repeat(4),
            head: "9c1e5b7d".repeat(8),
            entries: self.entries.len() as u64,
            started: Some("2026-03-06 15:40 UTC".into()),
            engine: "golden".into(),
            moves: 20_000,
            names,
        };
        group(scenario, &self.room(), &drills, &about)
    }
}

fn in_html(told: &GroupDebrief) -> String {
    let mut text = String::new();
    group_html(told, &mut text).unwrap();
    text
}

fn in_markdown(told: &GroupDebrief) -> String {
    let mut text = String::new();
    group_markdown(told, &mut text).unwrap();
    text
}

fn in_json(told: &GroupDebrief) -> String {
    let mut text = String::new();
    group_json(told, &mut text).unwrap();
    text
}

fn in_csv(told: &GroupDebrief, words: bool) -> String {
    let mut text = String::new();
    decisions_csv(told, words, &mut text).unwrap();
    text
}

/// Two teams, of six and of five, that play the same invoice well and badly.
fn two_teams(scenario: &Scenario, name: &str) -> Made {
    let [good, bad] = ["good", "bad"].map(|line| played(scenario, name, line));
    Made::new(Way::Together, Identity::Named, &["Blue", "Green"])
        .joined(1, 6)
        .joined(2, 5)
        .plays(1, &good, 1..=6)
        .plays(2, &bad, 7..=11)
        .seen()
}

/// Everybody alone: every second well, the others badly.
fn alone(scenario: &Scenario, name: &str, many: u32) -> Made {
    let lines = ["good", "bad"].map(|line| played(scenario, name, line));
    let mut made = Made::new(Way::SideBySide, Identity::Pseudonymous, &[]);
    for person in 1..=many {
        made = made.joined(person, 1);
        let facts = lines[person as usize % 2].clone();
        made.drills.push((TeamId(person), facts));
    }
    made
}

#[test]
fn a_group_debrief_is_the_same_on_every_machine() {
    let scenario = shipped("friday-invoice");
    let made = two_teams(&scenario, "friday-invoice");
    let told = made.told(&scenario, false);
    compare("friday-invoice.group.md", &in_markdown(&told));
    compare("friday-invoice.group.json", &in_json(&told));
    std::fs::write(shelf().join("group.html"), in_html(&told)).unwrap();
    let everybody = alone(&scenario, "friday-invoice", 30).told(&scenario, false);
    std::fs::write(shelf().join("group-alone.html"), in_html(&everybody)).unwrap();
}

#[test]
fn teams_are_told_by_their_drills_and_votes() {
    let scenario = shipped("friday-invoice");
    let told = two_teams(&scenario, "friday-invoice").told(&scenario, false);
    assert_eq!((told.sheet.people, told.sheet.drills, told.teams.len()), (11, 2, 2));
    assert_eq!(told.points.map(|sum| sum.earned), Some(told.teams.iter().map(|t| t.points.earned).sum()));
    for (row, decision) in told.decisions.iter().enumerate() {
        assert_eq!(usize::from(decision.number), row + 1);
        for decided in &decision.decided {
            let mark = told.teams[decided.team as usize - 1].timeline.iter().find(|mark| {
                mark.lane == Lane::Decided
                    && mark.label == decision.number.to_string()
                    && mark.standing.is_some()
            });
            assert!(
                mark.is_none_or(|mark| mark.at == decided.at),
                "the timeline has the numbers of the decisions"
            );
            assert!(decided.votes.told || decided.votes.count == Some(0), "{}", decision.title);
        }
        let of_teams: u32 =
            decision.decided.iter().map(|decided| decided.votes.count.unwrap_or_default()).sum();
        assert!(decision.answers.told == (decision.answers.count >= Some(5)) || of_teams == 0);
        assert_eq!(decision.discrimination, None, "two drills are no test");
        assert!(decision.difficulty.is_some());
    }
    let unified = told.decisions.iter().filter_map(|d| d.answers.unified);
    assert!(unified.clone().any(|unified| unified), "everybody who did not doubt agreed");
    assert_eq!(told.test.alpha, None);
    let severity = told.severity.as_ref().unwrap();
    assert!(severity.exact + severity.over + severity.under > 0);
    assert!(told.teams.iter().all(|team| team.otherwise.len() <= 3));
    assert!(!told.teams[1].otherwise.is_empty(), "what cost most could have been otherwise");
    assert!(told.best_line.as_ref().unwrap().earned >= told.teams[0].points.earned);
}

#[test]
fn trainer_and_observers_stand_in_the_timeline_of_whom_it_concerns() {
    let scenario = shipped("friday-invoice");
    let told = two_teams(&scenario, "friday-invoice").told(&scenario, false);
    let outside = |team: usize| {
        let marks = told.teams[team].timeline.iter().filter(|mark| mark.lane == Lane::Room);
        marks.map(|mark| mark.title.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        outside(0),
        [
            "The caretaker: Somebody rang at the back door.",
            "Who else could have had that mail?",
            "They ask the right person first.",
            "The room is quiet."
        ]
    );
    assert_eq!(outside(1), ["The caretaker: Somebody rang at the back door.", "The room is quiet."]);
    let identified = told.stages.iter().find(|stage| stage.label == Stage::Identification.label()).unwrap();
    assert!(identified.teams[0].marked.is_some() && identified.teams[1].marked.is_none());
    let page = in_markdown(&told);
    assert!(
        page.contains("step") && page.contains("A list of numbers helped") && page.contains("More coffee")
    );
}

#[test]
fn nobody_is_named_but_in_the_attendance_and_for_the_trainer() {
    let scenario = shipped("friday-invoice");
    let made = two_teams(&scenario, "friday-invoice");
    let told = made.told(&scenario, false);
    for text in [in_html(&told), in_markdown(&told), in_json(&told), in_csv(&told, true)] {
        assert!(!text.contains("Zephyrine") && !text.contains("Quill"));
    }
    let trainers = in_markdown(&made.told(&scenario, true));
    assert!(trainers.contains(&format!("{NAME} 1")), "the hot wash, for the trainer");
    let mut attendance = String::new();
    attendance_csv(&scenario, &made.room(), 1_700_009_000_000, &mut attendance).unwrap();
    let mut lines = attendance.split("\r\n");
    assert_eq!(lines.next(), Some("number,name,team,seats,joined,minutes"));
    assert_eq!(lines.next(), Some("1,Zephyrine Quill 1,Blue,,2023-11-14 22:14 UTC,149"));
    assert_eq!(lines.count(), 11, "ten more, and the end");

    let [good, bad] = ["good", "bad"].map(|line| played(&scenario, "friday-invoice", line));
    let nameless = Made::new(Way::Together, Identity::Anonymous, &["Blue", "Green"])
        .joined(1, 6)
        .joined(2, 5)
        .plays(1, &good, 1..=6)
        .plays(2, &bad, 7..=11)
        .seen();
    assert!(
        !in_markdown(&nameless.told(&scenario, true)).contains("Zephyrine"),
        "there are no names to tell"
    );
    let mut attendance = String::new();
    attendance_csv(&scenario, &nameless.room(), 1_700_009_000_000, &mut attendance).unwrap();
    assert!(!attendance.contains("Zephyrine") && attendance.contains("\r\n1,,Blue,"));
}

#[test]
fn what_one_answered_alone_was_put_to_no_vote_and_is_not_told_as_one() {
    let scenario = shipped("friday-invoice");
    let facts = played(&scenario, "friday-invoice", "bad");
    let nobody = || std::ops::RangeInclusive::new(1, 0);
    let told = Made::new(Way::Together, Identity::Named, &["Blue"]).joined(1, 1).plays(1, &facts, nobody());
    let told = told.told(&scenario, false);
    let answered = |d: &&breachdrill::debrief::GroupDecision| {
        d.of == breachdrill::debrief::Of::Question && d.decided[0].seconds.is_some()
    };
    assert!(told.decisions.iter().any(|d| answered(&d)));
    for decision in told.decisions.iter().filter(answered) {
        assert_eq!((decision.answers.count, decision.answers.of), (Some(1), 1), "{}", decision.title);
        assert_eq!((decision.decided[0].votes.count, decision.decided[0].votes.of), (Some(0), 0));
    }
    let page = in_markdown(&told);
    assert!(page.contains("answered by one alone"), "{page}");
    let rows = records(&in_csv(&told, false));
    let answers = rows.iter().filter(|row| row[0] == "1" && row[3] == "question" && row[9] == "yes");
    assert!(answers.clone().count() > 0);
    for row in answers {
        assert_eq!((row[11].as_str(), row[12].as_str()), ("1", "1"), "{row:?}");
    }

    // Four who voted beside five who each answered alone: less what these did, the sum would tell the four votes.
    let mut many = Made::new(Way::Together, Identity::Named, &["A", "B", "C", "D", "E", "F"])
        .joined(1, 4)
        .plays(1, &facts, 1..=4);
    for team in 2..=6 {
        many = many.joined(team, 1).plays(team, &facts, nobody());
    }
    let told = many.told(&scenario, false);
    for decision in told.decisions.iter().filter(answered) {
        assert_eq!((decision.answers.count, decision.answers.told), (Some(9), false), "{}", decision.title);
    }
}

#[test]
fn fewer_than_five_are_not_broken_down() {
    let scenario = shipped("friday-invoice");
    let facts = played(&scenario, "friday-invoice", "bad");
    let four = Made::new(Way::Together, Identity::Named, &["Blue"]).joined(1, 4).plays(1, &facts, 1..=4);
    let told = four.told(&scenario, false);
    for decision in &told.decisions {
        let votes = &decision.decided[0].votes;
        assert!(
            !decision.answers.told && decision.answers.shares.is_empty() && decision.answers.right.is_none()
        );
        assert!(
            !votes.told && votes.shares.is_empty() && votes.confidence.is_none() && votes.words.is_empty()
        );
    }
    let page = in_markdown(&told);
    assert!(page.contains("too few to be broken down") && page.contains("votes: 4 of 4"));
    assert!(!in_csv(&told, true).contains("because"), "nor are their words told");

    // A small team beside a large one: what all voted less what the large one did would be the small one's votes.
    let both = Made::new(Way::Together, Identity::Named, &["Blue", "Green"])
        .joined(1, 6)
        .joined(2, 3)
        .plays(1, &facts, 1..=6)
        .plays(2, &facts, 7..=9)
        .told(&scenario, false);
    let voted = both.decisions.iter().filter(|d| d.answers.told);
    assert!(voted.clone().count() > 0);
    for decision in voted.filter(|d| !d.answers.shares.is_empty()) {
        assert!(decision.decided.iter().all(|decided| !decided.votes.told), "{}", decision.title);
    }
}

#[test]
fn who_plays_alone_is_told_in_sums_from_five_on() {
    let scenario = shipped("friday-invoice");
    let four = alone(&scenario, "friday-invoice", 4).told(&scenario, false);
    assert!(four.sheet.few && four.points.is_none() && four.teams.is_empty());
    assert!(four.decisions.iter().all(|d| !d.answers.told && d.difficulty.is_none() && d.points.is_none()));
    assert!(four.stages.iter().all(|stage| stage.whole.rating.is_none() && stage.teams.is_empty()));
    assert!(four.gauges.iter().all(|gauge| gauge.ends.is_empty() && gauge.quarters.is_none()));
    assert!(four.severity.is_none() && four.strengths.is_empty() && four.areas.is_empty());
    let unasked = |d: &&GroupDecision| d.of != Of::Question;
    assert!(four.decisions.iter().filter(unasked).count() > 0);
    assert!(
        four.decisions.iter().filter(unasked).all(|d| d.answers.count.is_none()),
        "not even how many did it"
    );
    let last = four.timeline.iter().rfind(|mark| mark.lane == Lane::Clock).unwrap();
    let latest = four.timeline.iter().map(|mark| mark.at.second).max();
    assert!(
        last.title.starts_with("ENDEX") && Some(last.at.second) == latest,
        "the last drill ends it: {last:?}"
    );
    assert!(!in_markdown(&four).is_empty() && !in_html(&four).is_empty() && !in_csv(&four, true).is_empty());

    let five = alone(&scenario, "friday-invoice", 5).told(&scenario, false);
    assert!(!five.sheet.few && five.points.is_some() && five.severity.is_some());
    assert!(five.decisions.iter().any(|d| d.answers.told && d.answers.seconds.is_some()));
    assert!(five.decisions.iter().all(|d| d.decided.is_empty() && d.discrimination.is_none()));
    assert!(five.gauges.iter().all(|gauge| gauge.quarters.is_some()) && five.test.alpha.is_none());
    assert!(five.timeline.iter().any(|mark| mark.lane == Lane::Reached));

    let thirty = alone(&scenario, "friday-invoice", 30).told(&scenario, false);
    assert!(thirty.test.alpha.is_some() && thirty.test.items > 1);
    let tells = thirty.decisions.iter().filter_map(|d| d.discrimination);
    assert!(tells.clone().count() > 0 && tells.clone().all(|r| (-10_000..=10_000).contains(&r)));
    assert!(in_markdown(&thirty).contains("Cronbach's alpha"));
    let empty = Made::new(Way::OwnTime, Identity::Anonymous, &[]).told(&scenario, false);
    assert!(!in_html(&empty).is_empty() && empty.opening.happened.contains("no drill was begun"));
}

#[test]
fn no_cell_of_a_table_for_spreadsheets_is_a_formula() {
    let scenario = shipped("friday-invoice");
    let facts = played(&scenario, "friday-invoice", "bad");
    let mut made = Made::new(Way::Together, Identity::Named, &["=cmd|' /C calc'!A0", "+1"]).joined(1, 6);
    for (row, hostile) in
        ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "a,\"b\"\n=c", "ü"].iter().enumerate()
    {
        let member = MemberId(u32::try_from(row).unwrap() + 7);
        made.people += 1;
        made.add(
            0,
            RoomFact::Joined {
                member,
                team: TeamId(2),
                seats: SeatSet::default(),
                name: (*hostile).into(),
                mark: Mark([9; 32]),
                factor: 100,
            },
        );
    }
    let made = made.plays(1, &facts, 1..=6);
    let mut attendance = String::new();
    attendance_csv(&scenario, &made.room(), 1_700_009_000_000, &mut attendance).unwrap();
    for table in [attendance, in_csv(&made.told(&scenario, false), true)] {
        let rows = records(&table);
        assert!(rows.len() > 5 && rows.iter().all(|row| row.len() == rows[0].len()), "{table}");
        for cell in rows.iter().flatten() {
            let number =
                cell.strip_prefix('-').unwrap_or(cell).chars().all(|c| c.is_ascii_digit() || c == '.');
            assert!(number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
        }
    }
    let words = in_csv(&made.told(&scenario, false), true);
    assert!(words.contains("because 1") && !in_csv(&made.told(&scenario, false), false).contains("because"));
}

/// Reads RFC 4180.
fn records(table: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = table.chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, quoted) {
            ('"', true) if letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            ('"', _) => quoted = !quoted,
            (',', false) => row.push(std::mem::take(&mut cell)),
            ('\r', false) => {
                assert_eq!(letters.next(), Some('\n'));
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            (other, _) => cell.push(other),
        }
    }
    rows
}

#[test]
fn what_strangers_wrote_is_inert() {
    let scenario = shipped("friday-invoice");
    let told = two_teams(&scenario, "friday-invoice").hostile().told(&scenario, true);
    let page = in_html(&told);
    for tag in ["<script", "<iframe", "<img", "onload=alert(4)>", "</title></style>"] {
        assert!(!page.contains(tag), "{tag}");
    }
    assert!(!in_markdown(&told).replace("\\<", "").contains("<script") && !page.contains('\u{1b}'));
    let json: serde_json::Value = serde_json::from_str(&in_json(&told)).unwrap();
    assert_eq!(json["format"], "breachdrill/group/1");
}

#[test]
fn a_group_debrief_has_no_english_word_of_its_own() {
    let scenario = shipped("first-light-de");
    let texts = speaking(Language::German, || {
        let mut made = two_teams(&scenario, "first-light-de");
        // What people wrote in English is theirs.
        made.entries.retain(|entry| {
            let said = matches!(
                entry.what,
                RoomFact::Told { .. } | RoomFact::Observed { .. } | RoomFact::Washed { .. }
            );
            !said
        });
        let few = Made::new(Way::Together, Identity::Named, &["Blau"]).joined(1, 3).plays(
            1,
            &played(&scenario, "first-light-de", "bad"),
            1..=3,
        );
        let all = [made, few, alone(&scenario, "first-light-de", 30), alone(&scenario, "first-light-de", 3)];
        let told = all.map(|made| made.told(&scenario, false));
        std::fs::write(shelf().join("group-de.html"), in_html(&told[0])).unwrap();
        told.map(|told| [in_markdown(&told), without_tags(&in_html(&told))]).concat()
    });
    for text in &texts {
        assert!(text.contains("ÜBUNG") && text.contains("Verbesserungsplan"), "{text}");
        let left: Vec<String> = english(text)
            .into_iter()
            .filter(|line| !line.contains("http") && !line.contains("Quelle: "))
            .collect();
        assert_eq!(left, Vec::<String>::new());
    }
}

#[test]
fn a_rehearsal_says_so_first() {
    let scenario = shipped("first-light");
    let mut made = two_teams(&scenario, "first-light");
    if let RoomFact::Opened(terms) = &mut made.entries[0].what {
        terms.rehearsal = true;
    }
    let page = in_markdown(&made.told(&scenario, false));
    assert!(page.starts_with("EXERCISE · REHEARSAL with simulated trainees · "), "{page}");
    assert!(page.contains("nothing below is anybody's own practice"));
}

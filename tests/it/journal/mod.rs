//! Journals on a real disk: kept, resumed, erased, and never silently read when they are not what was written.

mod crash;
mod damage;
mod evidence;
mod forget;
pub(crate) mod room;
mod store;

use breachdrill::drill::Drill;
use breachdrill::engine::{Answer, Fact, Input, PauseCause, Seed, Settings, Submission};
use breachdrill::journal::{DrillId, DrillJournal, Journal, NewDrill, Store};
use breachdrill::scenario::{ActionId, ChoiceId, ChoiceSet, QuestionId, Scenario, SeatSet, SimTime, load};

/// Small, so that every byte of its files can be damaged in turn.
const SMALL: &str = include_str!("../../fixtures/small-drill.ron");

/// Words of a trainee; looked for in files byte by byte.
const REASON: &str = "Quillfeather told me so";
const NOTE: &str = "phoned the Quillfeather office";
const REFLECTION: &str = "ask Quillfeather sooner";
const TRAINEE: &str = "Marigold Quillfeather";

fn small() -> Scenario {
    let loaded = load(SMALL);
    loaded.scenario.unwrap_or_else(|| panic!("the fixture loads: {:?}", loaded.findings))
}

/// What the trainee does, and when. Three of the inputs carry words.
fn inputs() -> Vec<(u32, Input)> {
    let submit = |question, answer, reason: Option<&str>| {
        Input::Answer(Submission {
            question: QuestionId(question),
            answer,
            confidence: reason.map(|_| 75),
            reason: reason.map(str::to_owned),
        })
    };
    let set = ChoiceSet::default().with(ChoiceId(0));
    vec![
        (0, Input::Start(Settings { seed: Seed(41), untimed: false, factor: 100, seats: SeatSet::ALL })),
        (40, submit(0, Answer::One(ChoiceId(1)), Some(REASON))),
        (60, Input::Do(ActionId(0))),
        (130, Input::Note(NOTE.into())),
        (200, Input::Pause(PauseCause::Asked)),
        (200, Input::Resume),
        (310, submit(1, Answer::Several(set), None)),
        (500, submit(2, Answer::Text(REFLECTION.into()), None)),
        (600, Input::Tick),
    ]
}

/// Takes the first `steps` inputs from where the drill stands.
fn take<J: Journal>(drill: &mut Drill<'_, J>, from: usize, to: usize) {
    for (at, input) in &inputs()[from..to] {
        if *input == Input::Tick {
            drill.advance(SimTime(*at)).unwrap();
        } else {
            drill.submit(SimTime(*at), input).unwrap().unwrap();
        }
    }
}

fn play<J: Journal>(scenario: &Scenario, mut journal: J) -> (Vec<Fact>, J) {
    let mut drill = Drill::new(scenario, &mut journal);
    take(&mut drill, 0, inputs().len());
    assert!(drill.state().over(), "the drill comes to ENDEX");
    let facts = drill.facts().to_vec();
    (facts, journal)
}

fn begin(store: &Store, scenario: &Scenario) -> DrillJournal {
    let new =
        NewDrill { scenario, started: 1_772_808_000, trainee: Some(TRAINEE), parent: None, answers: false };
    store.create(new).unwrap()
}

/// A folder with one drill, played to its end and closed.
fn played() -> (tempfile::TempDir, DrillId, Vec<Fact>) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let (facts, journal) = play(&small(), begin(&store, &small()));
    (folder, journal.id(), facts)
}

/// Every file below `folder`, with its bytes.
fn files(folder: &std::path::Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            let bytes = std::fs::read(&path).unwrap();
            all.push((path, bytes));
        }
    }
    all
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

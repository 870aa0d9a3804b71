//! Rules that every shipped script keeps, beyond what `check` can know of all scripts.

use breachdrill::scenario::{Ask, Audience, Code, InjectKind, Scenario, SourceId, Stage, library, load};

/// Codes that no shipped script may allow itself.
const NEVER_ALLOWED: &[&str] = &[
    "unreserved-address",
    "missing-source",
    "missing-rationale",
    "missing-objectives",
    "missing-content-note",
    "guessable",
    "harm-pays",
];

fn shipped() -> impl Iterator<Item = (&'static str, &'static str, Scenario)> {
    library().iter().map(|(name, text)| (*name, *text, load(text).scenario.unwrap()))
}

fn none(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn clean_under_strict_and_no_rule_is_waived() {
    for code in NEVER_ALLOWED {
        assert!(Code::ALL.iter().any(|known| known.name() == *code), "no finding is called {code}");
    }
    let mut wrong = Vec::new();
    for (name, text) in library() {
        let loaded = load(text);
        wrong.extend(loaded.findings.iter().map(|f| format!("{name}: {}: {}", f.code.name(), f.message)));
        for code in NEVER_ALLOWED {
            // Exploration's codes are allowed in the text and used up only when it is proved.
            if text.contains(&format!("\"{code}\":")) {
                wrong.push(format!("{name} allows itself `{code}`"));
            }
        }
    }
    none(&wrong);
}

#[test]
fn a_title_page_that_a_trainer_can_choose_by() {
    let mut wrong = Vec::new();
    for (name, _, scenario) in shipped() {
        let head = &scenario.head;
        let mut want = |holds: bool, what: &str| {
            if !holds {
                wrong.push(format!("{name}: {what}"));
            }
        };
        want(head.objectives.len() >= 2, "two objectives at least");
        want(!head.content_note.is_empty(), "a content note");
        want(!head.authors.is_empty() && !head.licence.is_empty(), "authors and a licence");
        want(scenario.wash.questions.len() >= 2, "questions for the hot wash");
        want(!scenario.wash.improvements.is_empty(), "improvements for the plan");
        want(
            scenario.endings.iter().any(|e| e.good) && scenario.endings.iter().any(|e| !e.good),
            "endings of both kinds",
        );
        want(scenario.truth.len() >= 2, "a truth that changes as evidence arrives");
        let minutes = match head.audience {
            Audience::Everyone => 3..=15,
            Audience::Responders => 30..=60,
            Audience::Leadership => 30..=45,
        };
        want(minutes.contains(&head.minutes), "minutes that fit its audience");
    }
    none(&wrong);
}

#[test]
fn seats_for_a_group_wherever_a_group_plays() {
    let mut wrong = Vec::new();
    for (name, _, scenario) in shipped() {
        if scenario.head.audience == Audience::Everyone {
            continue;
        }
        if scenario.seats.len() < 2 {
            wrong.push(format!("{name} has {} seats", scenario.seats.len()));
        }
        let questions = scenario.questions.iter().map(|q| q.seats);
        let actions = scenario.actions.iter().map(|a| a.seats);
        let injects = scenario.injects.iter().map(|i| i.seats);
        let used: Vec<_> = questions.chain(actions).chain(injects).collect();
        for (row, seat) in scenario.seats.iter().enumerate() {
            let seated = |set: &breachdrill::scenario::SeatSet| set.0 & (1 << row) != 0;
            if !used.iter().any(seated) {
                wrong.push(format!("{name}: nothing is for the seat `{}`", seat.name));
            }
        }
    }
    none(&wrong);
}

/// Words that claim what a law, a regulator, a standard or a catalogue says.
const CLAIMS: &[&str] = &[
    "GDPR",
    "NIS2",
    "NIS 2",
    "DORA",
    "HIPAA",
    "PCI DSS",
    "8-K",
    "Article ",
    "Art. ",
    "regulation",
    "statute",
    "supervisory authority",
    "ATT&CK",
    "RSIT",
    "NIST",
    "SP 800",
    "ISO 2",
    "ENISA",
    "OFAC",
];

/// Everything that teaches: where it stands, what it says, and its source.
fn taught(scenario: &Scenario) -> Vec<(String, String, Option<SourceId>)> {
    let mut all = Vec::new();
    for question in &scenario.questions {
        all.push((format!("question {}", question.name), question.why.clone(), question.source));
        for choice in &question.choices {
            let place = format!("question {}, choice {}", question.name, choice.name);
            all.push((place, choice.why.clone(), choice.source.or(question.source)));
        }
    }
    for truth in &scenario.truth {
        all.push((format!("truth {}", truth.name), truth.why.clone(), truth.source));
    }
    for action in &scenario.actions {
        all.push((format!("action {}", action.name), action.why.clone(), action.source));
    }
    for inject in &scenario.injects {
        if let InjectKind::Checkpoint(checkpoint) = &inject.kind {
            all.push((format!("checkpoint {}", inject.name), checkpoint.why.clone(), checkpoint.source));
        }
    }
    for duty in &scenario.duties {
        all.push((format!("duty {}", duty.name), duty.why.clone(), duty.source));
    }
    all
}

#[test]
fn a_claim_of_law_or_trade_names_its_source() {
    let (mut wrong, mut claims) = (Vec::new(), 0);
    for (name, _, scenario) in shipped() {
        for (place, says, source) in taught(&scenario) {
            let claim = CLAIMS.iter().find(|word| says.contains(**word));
            claims += usize::from(claim.is_some());
            if let (Some(word), None) = (claim, source) {
                wrong.push(format!("{name}: {place} speaks of `{}` without a source", word.trim()));
            }
        }
    }
    assert!(claims > 0, "the words find nothing any more");
    none(&wrong);
}

#[test]
fn what_counts_for_the_legal_stage_names_its_source() {
    let mut wrong = Vec::new();
    for (name, _, scenario) in shipped() {
        let questions = scenario.questions.iter().filter(|q| q.stage == Stage::Legal);
        for question in questions {
            let rests = question.source.is_some() || question.choices.iter().any(|c| c.source.is_some());
            if !rests {
                wrong.push(format!("{name}: question {}", question.name));
            }
        }
        let actions = scenario.actions.iter().filter(|a| a.stage == Stage::Legal && a.source.is_none());
        wrong.extend(actions.map(|a| format!("{name}: action {}", a.name)));
        // A rule of the catalogue brings its own source and the day on which it was checked.
        let duties = scenario.duties.iter().filter(|d| d.regime.is_none() && d.source.is_none());
        wrong.extend(duties.map(|d| format!("{name}: duty {}", d.name)));
    }
    none(&wrong);
}

#[test]
fn sources_say_where_and_when_they_were_read() {
    let mut wrong = Vec::new();
    for (name, _, scenario) in shipped() {
        for source in &scenario.sources {
            // A law or a thesis under its permanent address stays what it was on any day.
            let permanent = ["https://eur-lex.europa.eu/eli/", "http://hdl.handle.net/", "https://doi.org/"];
            let stays = permanent.iter().any(|start| source.address.starts_with(start));
            let online = source.address.starts_with("https://") || source.address.starts_with("http://");
            let day = source.read.len() == 10 && source.read.starts_with("20");
            if !(source.address.is_empty() || stays || online && day) {
                wrong.push(format!("{name}: source {} ({} {})", source.name, source.address, source.read));
            }
        }
    }
    none(&wrong);
}

/// The ids of techniques that a text mentions: `T1566` or `T1566.002`.
fn techniques(text: &str) -> Vec<&str> {
    let words =
        text.split(|c: char| !c.is_ascii_alphanumeric() && c != '.').map(|word| word.trim_matches('.'));
    words.filter(|word| is_technique(word)).collect()
}

fn is_technique(word: &str) -> bool {
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    match word.strip_prefix('T').map(|rest| rest.split_once('.')) {
        Some(None) => digits(&word[1..], 4),
        Some(Some((id, sub))) => digits(id, 4) && digits(sub, 3),
        None => false,
    }
}

#[test]
fn techniques_are_ids_of_one_version_and_all_of_them_are_in_the_head() {
    assert_eq!(techniques("T1566.002, (T1621). T15 T1566.2 XT1621"), ["T1566.002", "T1621"]);
    let (mut wrong, mut versions) = (Vec::new(), Vec::new());
    for (name, text, scenario) in shipped() {
        let head = &scenario.head;
        wrong.extend(
            head.techniques.iter().filter(|id| !is_technique(id)).map(|id| format!("{name}: `{id}`")),
        );
        if !head.techniques.is_empty() {
            versions.push(head.attack_version.clone());
        }
        for id in techniques(text) {
            if !head.techniques.iter().any(|own| own == id) {
                wrong.push(format!("{name} mentions {id}, which its head has not"));
            }
        }
    }
    none(&wrong);
    versions.sort();
    versions.dedup();
    assert_eq!(versions.len(), 1, "one version in the whole library: {versions:?}");
    assert!(versions[0].split('.').all(|part| part.parse::<u16>().is_ok()), "{versions:?}");
}

/// Telephone numbers with a country whose numbers for stories are known: the words and the digits after `+`.
fn numbers(text: &str) -> Vec<String> {
    let plus = text.match_indices('+').filter(|(at, _)| !text[..*at].ends_with(|c: char| c.is_ascii_digit()));
    plus.map(|(at, _)| {
        let rest = &text[at + 1..];
        let end = rest.find(|c: char| !c.is_ascii_digit() && !" -()".contains(c)).unwrap_or(rest.len());
        rest[..end].chars().filter(char::is_ascii_digit).collect::<String>()
    })
    .filter(|digits| digits.len() >= 9)
    .collect()
}

#[test]
fn telephone_numbers_are_kept_for_stories() {
    // Ofcom's numbers for drama (United Kingdom), 555-01xx (North America), the Swedish regulator's series.
    let kept: &[(&str, &[&str])] = &[
        (
            "44",
            &[
                "441632960",
                "447700900",
                "44204794",
                "442079460",
                "441134960",
                "441144960",
                "441154960",
                "441164960",
                "441174960",
                "441184960",
                "441214960",
                "441314960",
                "441414960",
                "441514960",
                "441614960",
                "441914980",
                "448081570",
                "449098790",
                "443069990",
            ],
        ),
        ("46", &["467017406", "46313900", "46406280", "468465004", "46980319"]),
    ];
    assert_eq!(numbers("ring +44 7700 900482, or +0200"), ["447700900482"]);
    let mut wrong = Vec::new();
    for (name, text) in library() {
        for number in numbers(text) {
            let north_american = number.len() == 11 && number.starts_with('1');
            let fine = match kept.iter().find(|(country, _)| number.starts_with(country)) {
                Some((_, series)) => series.iter().any(|own| number.starts_with(own)),
                None => !north_american || &number[4..9] == "55501",
            };
            if !fine {
                wrong.push(format!("{name}: +{number} may be somebody's"));
            }
        }
    }
    none(&wrong);
}

#[test]
fn a_value_of_a_slot_names_no_slot() {
    let mut wrong = Vec::new();
    for (name, _, scenario) in shipped() {
        let values = scenario.slots.iter().flat_map(|slot| slot.alternatives.iter().flatten());
        // It would be shown as it stands, braces and all.
        wrong.extend(values.filter(|value| value.contains('{')).map(|value| format!("{name}: {value}")));
    }
    none(&wrong);
}

/// Whether a unit reads right beside every number: one of them, none, and many.
fn fits_every_number(unit: &str) -> bool {
    let first = unit.split(' ').next().unwrap_or_default();
    let currency =
        |word: &str| word.ends_with('$') || word.len() == 3 && word.chars().all(|c| c.is_ascii_uppercase());
    unit.is_empty()
        || ["%", "min", "h", "d", "thousand"].contains(&unit)
        || ["of", "von", "de", "sur"].contains(&first)
        || unit.starts_with("thousand of ")
        || unit.split(' ').any(currency)
}

#[test]
fn a_gauge_that_comes_to_one_has_no_unit_of_many() {
    let mut wrong = Vec::new();
    for (name, _, scenario) in shipped() {
        for gauge in scenario.gauges.iter().filter(|gauge| !fits_every_number(&gauge.unit)) {
            wrong.push(format!("{name}: `{}` would read 1 {}", gauge.name, gauge.unit));
        }
    }
    none(&wrong);
}

#[test]
fn a_record_begins_with_what_came_first() {
    let mut wrong = Vec::new();
    for (name, _, scenario) in shipped() {
        for question in &scenario.questions {
            let Ask::Record { before } = &question.ask else { continue };
            let key = question.choices.iter().enumerate().filter(|(_, choice)| choice.right);
            // What stands in no pair may stand anywhere.
            let counts = key.filter(|(row, _)| before.iter().any(|(first, _)| first.at() == *row));
            let after_none = counts.filter(|(row, _)| !before.iter().any(|(_, then)| then.at() == *row));
            let first: Vec<&str> = after_none.map(|(_, choice)| choice.name.as_str()).collect();
            if first.len() != 1 && !before.is_empty() {
                wrong.push(format!(
                    "{name}: {}: any of these may be called the first: {first:?}",
                    question.name
                ));
            }
        }
    }
    none(&wrong);
}

//! A large debrief made by hand: long words, crowded moments, every kind of thing at once.

use breachdrill::debrief::{
    Calibration, Call, Course, Debrief, Drawn, Duty, Ended, Fate, Gauge, Good, Lane, LineEnd, Mark, Moment,
    Noted, Objective, Opening, Otherwise, Period, Rating, Record, RecordLine, Reflection, Retry, Sheet,
    Source, Spread, Stage, Standing, Stands, Step, Sum, Unexamined,
};

use super::sample_decision::decision;

/// What every text of a sample passes through.
pub(crate) type Say<'s> = &'s dyn Fn(&str) -> String;

const END: u32 = 4_920;
pub(super) const STAGES: [&str; 10] = [
    "identification",
    "categorization",
    "analysis",
    "response",
    "communication",
    "legal and compliance",
    "documentation",
    "lessons learned",
    "training and awareness",
    "collaboration",
];
pub(super) const LONG: &str =
    "Sicherheitsvorfallsbearbeitungsverfahren mit Benachrichtigungspflichtenübersicht";

pub(crate) fn rich(say: Say<'_>) -> Debrief {
    let points = |earned, possible| Sum {
        earned,
        possible,
        percent: (possible > 0).then(|| (earned.max(0) * 100 / possible) as u8),
    };
    Debrief {
        sheet: sheet(say),
        opening: opening(say),
        points: points(153_245_000, 236_000_000),
        pass: 60,
        passed: true,
        ending: Some(Ended {
            title: say("The hospital runs on paper"),
            says: say(
                "Two wards were closed. **Nobody** was hurt.\n\n- theatres on paper for *nine* days\n- radiology back on Thursday",
            ),
            good: false,
            cause: say("the story came to its end"),
            broken_off: false,
        }),
        gauges: gauges(say),
        spreads: spreads(say),
        duties: duties(say),
        timeline: timeline(say),
        stages: stages(say),
        otherwise: Some(otherwise(say)),
        decisions: (1..=25).map(|n| decision(n, say)).collect(),
        unexamined: unexamined(say),
        record: record(say),
        truth: truth(say),
        calibration: calibration(say),
        reflections: reflections(say),
        objectives: vec![Objective { says: say("isolate before you investigate"), stage: say("response") }],
        hot_wash: vec![
            say("When did you know that this was an incident, and what told you?"),
            say("Which call would you make earlier, with nothing but what you had?"),
            say("Whom did you forget?"),
        ],
        good: say(
            "Good looks *calm*: one person decides, one writes, one talks.\n\n1. isolate\n2. tell\n3. preserve",
        ),
        improvements: (0..4)
            .map(|n| Objective {
                says: say([
                    "Print the telephone list",
                    "Agree who may isolate a ward",
                    LONG,
                    "Exercise the paper forms",
                ][n]),
                stage: say(STAGES[n + 3]),
            })
            .collect(),
        part: None,
        reading: vec![
            source(say),
            Source { title: say("A book in print"), address: String::new(), read: String::new() },
        ],
    }
}

fn spreads(say: Say<'_>) -> Vec<Spread> {
    let spread = |name: &str, fate, began, until, steps: &[u32]| Spread {
        name: say(name),
        label: say("Ransomware goes from host to host, from hall to hall and over the bridge"),
        began,
        steps: steps.iter().map(|at| moment(*at)).collect(),
        waited: 2,
        until,
        fate,
        by: say("“Isolate the radiology network at the core switch”"),
    };
    vec![
        spread("one", Fate::Contained, Some(moment(600)), Some(moment(2_400)), &[900, 1_200, 1_500]),
        spread("two", Fate::Prevented, None, Some(moment(2_400)), &[]),
        spread("three", Fate::WentOn, Some(moment(0)), None, &[60]),
        spread("four", Fate::Spent, Some(moment(4_000)), Some(moment(4_000)), &[4_000]),
        spread("five", Fate::NeverBegan, None, None, &[]),
    ]
}

fn duties(say: Say<'_>) -> Vec<Duty> {
    let duty = |stands, started, due: u32, declared, met| Duty {
        name: say("gdpr"),
        label: say("EU GDPR, breach notified to the authority"),
        regime: Some(say("eu-gdpr-33")),
        to: say("supervisory authority"),
        rule: say("Article 33(1)"),
        deadline: say("72 hours"),
        started,
        due: Some(Moment { second: due, clock: say("Monday 9 March, 08:12") }),
        declared,
        met,
        stands,
        why: say("From the log on the company is **aware** of it."),
        sources: vec![source(say)],
        uncertain: say("the paragraph number was not in the source"),
    };
    vec![
        duty(Stands::Met, Some(moment(600)), 3_600, Some(moment(700)), Some(moment(1_800))),
        duty(Stands::Late, Some(moment(600)), 1_800, None, Some(moment(3_000))),
        duty(Stands::Missed, Some(moment(600)), 2_400, None, None),
        duty(Stands::Open, Some(moment(600)), 259_800, Some(moment(300)), None),
        duty(Stands::NeverStarted, None, 0, Some(moment(300)), None),
    ]
}

fn opening(say: Say<'_>) -> Opening {
    Opening {
        happened: say("The ransomware had forty minutes' head start: hosts encrypted rose from 3 to 212."),
        best: say(
            "Best: at 09:20 you chose “Isolate the radiology network at the core switch”, and nothing was better.",
        ),
        change: say(
            "Change one thing: at 09:05 “Restart the file server” did harm while you were 99 % sure; with what you knew then, “Image the memory first” was the stronger choice.",
        ),
    }
}

fn unexamined(say: Say<'_>) -> Vec<Unexamined> {
    vec![
        Unexamined {
            title: say("Full headers of the mail"),
            takes: 180,
            since: moment(0),
            decisions: vec![3, 7],
            decoy: false,
        },
        Unexamined { title: say(LONG), takes: 600, since: moment(900), decisions: vec![], decoy: true },
    ]
}

fn reflections(say: Say<'_>) -> Vec<Reflection> {
    vec![
        Reflection {
            asked: say("What would you tell the night shift?"),
            at: Some(moment(4_800)),
            own: Some(say("Call first.\nThen write.\n\nI hesitated because I did not want to wake anybody.")),
            key_points: vec![say("a call before a mail"), say("who decides at night")],
        },
        Reflection { asked: say("What surprised you?"), at: None, own: None, key_points: vec![] },
    ]
}

pub(super) fn moment(second: u32) -> Moment {
    Moment { second, clock: format!("{:02}:{:02}", 8 + second / 3_600, second / 60 % 60) }
}

pub(super) fn source(say: Say<'_>) -> Source {
    Source {
        title: say("Conti cyber attack on the HSE: independent post incident review"),
        address: "https://www.example.org/a/very/long/address/that/has/to/break/somewhere/on/a/telephone.pdf"
            .into(),
        read: say("2026-11-23"),
    }
}

fn sheet(say: Say<'_>) -> Sheet {
    Sheet {
        title: say("A ransomware morning"),
        language: "en".into(),
        organisation: say("Marienkrankenhaus Oberhausen-Schwarzenbek"),
        drill: say("7f3a"),
        trainee: Some(say("Amber Heron")),
        started: Some(say("23 November 2026, 14:05")),
        engine: "0.1.0".into(),
        seed: "41".into(),
        untimed: false,
        factor: 150,
        day: say("Friday 14 May 2027"),
        startex: moment(0),
        endex: moment(END),
        facts: 412,
        head: say("9c1e5b7d0a3f4c2e8d6b1a0f9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c4b3a2f1e0d"),
        folder: None,
        answers_file: false,
        retry: Some(Retry { drill: say("5a1c0000"), facts: 120, from: moment(900) }),
    }
}

fn gauges(say: Say<'_>) -> Vec<Gauge> {
    let steps = |all: &[(u32, i64)]| {
        all.iter().map(|(at, reads)| Step { at: moment(*at), reads: *reads }).collect::<Vec<_>>()
    };
    vec![
        Gauge {
            name: "hosts".into(),
            label: say("hosts encrypted"),
            unit: String::new(),
            good: Good::Low,
            hidden: false,
            start: 3,
            end: 212,
            steps: steps(&[(300, 9), (900, 40), (1_800, 120), (2_400, 212)]),
        },
        Gauge {
            name: "beds".into(),
            label: say("Intensivpflegebettenbelegungskapazität in der Notaufnahme"),
            unit: say("beds"),
            good: Good::High,
            hidden: true,
            start: 42,
            end: 30,
            steps: steps(&[(1_200, 38), (2_000, 24), (4_000, 30)]),
        },
        Gauge {
            name: "money".into(),
            label: say("money gone"),
            unit: say("EUR"),
            good: Good::Low,
            hidden: false,
            start: 0,
            end: 0,
            steps: Vec::new(),
        },
    ]
}

fn otherwise(say: Say<'_>) -> Otherwise {
    let course = |name: &str, all: &[(u32, i64)]| Course {
        name: name.into(),
        end: all.last().map_or(0, |(_, reads)| *reads),
        steps: all.iter().map(|(at, reads)| Step { at: moment(*at), reads: *reads }).collect(),
    };
    let line = |earned, good, hosts: &[(u32, i64)]| LineEnd {
        earned,
        proved: good,
        ending: say("The hospital runs"),
        good,
        gauges: vec![course("hosts", hosts), course("beds", &[(1_200, 40)])],
    };
    Otherwise {
        best: line(220_000_000, true, &[(300, 9)]),
        worst: line(-35_000_000, false, &[(300, 90), (5_600, 400)]),
        drawn: Some(Drawn {
            decision: 7,
            says: say("Had you isolated at 09:20, hosts encrypted would have come to 14, not 212."),
            gauges: vec![course("hosts", &[(300, 9), (900, 14)])],
        }),
        cut: true,
    }
}

fn timeline(say: Say<'_>) -> Vec<Mark> {
    let mark = |at, lane, label: String, kind, title| Mark {
        at: moment(at),
        until: None,
        lane,
        label,
        kind: say(kind),
        title,
        standing: None,
        assistance: false,
    };
    let mut marks = vec![mark(0, Lane::Clock, String::new(), "clock", say("STARTEX"))];
    for n in 0..30_u32 {
        let kind = ["mail", "chat", "call", "alert", "news"][n as usize % 5];
        let title = if n % 7 == 3 { say(LONG) } else { say("Alert: many files renamed on FS-02") };
        let mut reached = mark(n * n * 5, Lane::Reached, format!("m{}", n + 1), kind, title);
        reached.assistance = n % 9 == 8;
        marks.push(reached);
    }
    for n in 1..=25_u32 {
        let mut decided = mark(at(n), Lane::Decided, n.to_string(), "decision", say(&title(n)));
        decided.standing = Some(standing(n));
        marks.push(decided);
    }
    for n in 0..6_u32 {
        let mut done = mark(
            n * 700 + 100,
            Lane::Done,
            format!("a{}", n + 1),
            "evidence",
            say("Log of the domain controller"),
        );
        done.until = Some(moment(n * 700 + 400));
        marks.push(done);
    }
    marks.push(mark(2_000, Lane::Clock, String::new(), "clock", say("The clock stopped: you asked")));
    marks.push(mark(END, Lane::Clock, String::new(), "clock", say("ENDEX: the story came to its end")));
    marks.sort_by_key(|m| m.at.second);
    marks
}

/// Crowded in the middle, twice at the same second.
pub(super) fn at(n: u32) -> u32 {
    match n {
        1..=8 => n * 120,
        9 | 10 => 1_500,
        11..=20 => 1_500 + (n - 10) * 25,
        _ => 2_000 + (n - 20) * 560,
    }
}

pub(super) fn standing(n: u32) -> Standing {
    Standing::ALL[(n as usize * 7) % 5]
}

pub(super) fn title(n: u32) -> String {
    match n % 4 {
        0 => format!("{LONG}: wen benachrichtigen Sie zuerst?"),
        1 => "What do you do with the file server?".into(),
        2 => "Is it an incident?".into(),
        _ => "Who is told first, and how, now that the telephone exchange is down and the pagers are silent?"
            .into(),
    }
}

fn stages(say: Say<'_>) -> Vec<Stage> {
    let ratings = [
        Some((Rating::P, 92)),
        Some((Rating::S, 71)),
        Some((Rating::M, 55)),
        Some((Rating::U, 12)),
        Some((Rating::P, 100)),
        Some((Rating::U, 0)),
        Some((Rating::S, 66)),
        None,
        None,
        Some((Rating::M, 50)),
    ];
    let stage = |(label, rating): (&&str, &Option<(Rating, u8)>)| Stage {
        label: say(label),
        items: if rating.is_some() { 3 } else { 0 },
        points: rating.map_or(Sum::default(), |(_, percent)| Sum {
            earned: i64::from(percent) * 300_000,
            possible: 30_000_000,
            percent: Some(percent),
        }),
        rating: rating.map(|(rating, _)| rating),
    };
    STAGES.iter().zip(&ratings).map(stage).collect()
}

fn record(say: Say<'_>) -> Record {
    let line =
        |says: &str, picked| RecordLine { says: say(says), why: say("Whoever takes over needs it."), picked };
    Record {
        noted: vec![
            Noted { at: moment(400), says: say("FS-02 renames files, told the duty manager") },
            Noted { at: moment(1_400), says: say("Radiology off the net at 08:23, by whom: me") },
        ],
        full: vec![
            line("08:05 first alert from FS-02", true),
            line("08:23 radiology isolated", true),
            line("08:40 duty manager, police and CERT told", false),
        ],
    }
}

fn truth(say: Say<'_>) -> Vec<Period> {
    let period = |at, says: &str| Period {
        from: moment(at),
        says: say(says),
        why: say("The renamed files and the note leave no doubt."),
        source: Some(source(say)),
    };
    vec![
        period(0, "it was too early to tell"),
        period(
            720,
            "it was an incident: Information content security, unauthorised change of information (ransomware too); severity severe; functional impact high",
        ),
    ]
}

fn calibration(say: Say<'_>) -> Calibration {
    let mut calls: Vec<Call> = (1..=25_u16)
        .map(|n| {
            let confidence = [50, 60, 75, 90, 99, 90, 75][n as usize % 7];
            let right = n % 3 != 0;
            let off: u32 = if right { 100 - u32::from(confidence) } else { u32::from(confidence) };
            Call { decision: n, title: say(&title(n.into())), confidence, right, brier: off * off }
        })
        .collect();
    calls.sort_by_key(|c| (c.right || c.confidence < 90, c.decision));
    Calibration { calls, brier: Some(2_315) }
}

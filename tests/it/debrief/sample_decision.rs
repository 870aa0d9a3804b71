//! One decision of the large sample: every kind, every standing, in turn.

use breachdrill::debrief::{
    Available, Decision, Delivered, Earlier, Known, Looked, Of, Other, Pick, Standing, Sum, Would, WouldRead,
};

use super::sample::{LONG, STAGES, Say, at, moment, source, standing, title};

fn pick(says: &str, right: Option<bool>, say: Say<'_>) -> Pick {
    Pick {
        says: say(says),
        right,
        why: say("It stops the spread *before* anything else, and costs `ten` minutes of radiology."),
        source: Some(source(say)),
    }
}

pub(super) fn decision(n: u32, say: Say<'_>) -> Decision {
    let standing = standing(n);
    let lapsed = standing == Standing::Lapsed;
    let of = [Of::Question, Of::Question, Of::Question, Of::Action, Of::Checkpoint][n as usize % 5];
    let earned = [10_000_000, 4_500_000, 416_667, -5_000_000, 0]
        [Standing::ALL.iter().position(|s| *s == standing).unwrap()];
    let best = pick("Isolate the radiology network at the core switch", (n % 5 == 2).then_some(true), say);
    let chosen = match standing {
        Standing::Best => vec![best.clone()],
        Standing::Lapsed => Vec::new(),
        Standing::Defensible | Standing::Poor | Standing::Harmful => {
            vec![pick("Restart the file server and look again", (n % 5 == 2).then_some(false), say)]
        }
    };
    Decision {
        number: n as u16,
        of,
        name: "file-server".into(),
        stage: say(STAGES[n as usize % 10]),
        seats: String::new(),
        title: say(&title(n)),
        says: if n == 3 {
            say("How bad is it? *low*: a nuisance, **high**: money has gone")
        } else {
            String::new()
        },
        at: moment(at(n)),
        asked: moment(at(n).saturating_sub(90)),
        decided: (!lapsed).then(|| moment(at(n))),
        known: known(n, say),
        chosen,
        best: vec![best],
        best_since: (n == 7).then(|| moment(at(n) + 300)),
        earlier: match n {
            6 => vec![Earlier { at: moment(at(n) - 60), says: say("fraud, phishing; severity low") }],
            _ => Vec::new(),
        },
        reason: n
            .is_multiple_of(3)
            .then(|| say("The ward called twice and I wanted them back on their feet.")),
        confidence: (n.is_multiple_of(2) && !lapsed).then_some([50, 60, 75, 90, 99][n as usize % 5]),
        hints: if n == 4 { vec![say("Think of what a restart erases.")] } else { Vec::new() },
        standing,
        assisted: n == 4 || n == 9,
        why: say("Volatile memory is gone after a restart."),
        source: Some(source(say)),
        points: Sum { earned, possible: 10_000_000, percent: Some((earned.max(0) / 100_000) as u8) },
        weight: 10,
        credit: (earned / 1_000) as i32,
        timeliness: 100,
        help: 0,
        arithmetic: vec![
            say("choose one: credit of your choice 45 %, best on offer 100 %"),
            say("time: answered 1m30s after it opened, within the good window: 100 %"),
            say("points: weight 10 × 45 % × 100 % = 4.5 of 10"),
        ],
        otherwise: otherwise(n, say),
    }
}

fn otherwise(n: u32, say: Say<'_>) -> Vec<Other> {
    if n.is_multiple_of(3) {
        return Vec::new();
    }
    vec![other(8_000_000, say), other(-3_500_000, say)]
}

fn known(n: u32, say: Say<'_>) -> Known {
    Known {
        delivered: vec![
            Delivered {
                at: moment(at(n) - 60),
                title: say("alert from FS-02: many files renamed"),
                assistance: false,
            },
            Delivered { at: moment(at(n) - 30), title: say("call from Mara Lindqvist"), assistance: true },
        ],
        delivered_before: n.saturating_sub(1),
        examined: vec![Looked {
            at: moment(at(n) / 2),
            title: say("Log of the domain controller"),
            rests_on: true,
        }],
        examined_before: n / 5,
        available: vec![
            Available { title: say("Full headers of the mail"), takes: 180, rests_on: true },
            Available { title: say(LONG), takes: 600, rests_on: false },
        ],
        available_more: u32::from(n == 25) * 3,
    }
}

fn other(points: i64, say: Say<'_>) -> Other {
    Other {
        choice: say("“Isolate the ward”"),
        at: moment(900),
        says: say(
            "Had you chosen “Isolate the ward” at 09:20, hosts encrypted would have come to 14, not 212.",
        ),
        points,
        alike: points,
        ending: Some(Would { title: say("Contained"), good: true }),
        gauges: vec![WouldRead {
            name: "hosts".into(),
            label: say("hosts encrypted"),
            unit: say("hosts"),
            was: 212,
            would: 14,
        }],
        asked: vec![say("What do you tell the press?")],
        never: vec![say(LONG)],
        better: points > 0,
    }
}

//! What a trainee reads before STARTEX: what this is, where one is, what it is
//! for, how long it takes, and that nothing can go wrong.

use tr::tr;

use super::Seating;
use super::story::{Body, Entry};
use super::style::{Face, drill_words, in_words, minutes, seconds};
use crate::scenario::{Audience, Calendar, Scenario, Seat, SimTime, clean};
use crate::speech::{label, noted};

/// The pre-brief, part by part. `keys` says whether to explain single keys.
#[must_use]
pub(super) fn entries(scenario: &Scenario, seating: &Seating, keys: bool) -> Vec<Entry> {
    let part = |source: String, text: String| Entry {
        source,
        face: Face::Strong,
        body: Body::Prose(text),
        ..Entry::default()
    };
    let head = &scenario.head;
    let mut entries = vec![Entry {
        source: tr!("EXERCISE"),
        face: Face::Strong,
        title: clean(&head.title),
        body: Body::Prose(format!("{}\n\n{}", clean(&head.summary), label(NO_FAULT))),
        ..Entry::default()
    }];
    entries.push(part(tr!("Where you are"), organisation(scenario)));
    if !scenario.seats.is_empty() {
        entries.push(part(tr!("Your seats"), seats(scenario)));
    }
    if !head.objectives.is_empty() {
        let lines: Vec<String> = head
            .objectives
            .iter()
            .map(|o| format!("- {} ({})", clean(&o.says), label(o.stage.label())))
            .collect();
        entries.push(part(tr!("What you practise"), lines.join("\n")));
    }
    if !head.content_note.is_empty() {
        let note = clean(&head.content_note);
        let note = tr!("{note} You may stop at any time, and nobody is told.", note);
        entries.push(part(tr!("Please note"), note));
    }
    entries.push(part(tr!("How long"), length(scenario, seating)));
    if keys {
        entries.push(part(tr!("Keys"), label(KEYS)));
    }
    entries
}

/// The roles of the script; alone, one trainee holds them all.
fn seats(scenario: &Scenario) -> String {
    let seat = |seat: &Seat| match seat.about.as_str() {
        "" => format!("- **{}**", clean(&seat.label)),
        about => format!("- **{}**: {}", clean(&seat.label), clean(about)),
    };
    let lines: Vec<String> = scenario.seats.iter().map(seat).collect();
    format!("{}\n\n{}", tr!("You are alone, so you hold every one of them."), lines.join("\n"))
}

const NO_FAULT: &str = noted!(
    "This is an exercise. Everything in it is invented, and nothing you do here touches a real \
system or a real person. It is not an examination of you: the situation is awkward on purpose, sensible people \
decide it differently, and a wrong turn is worth as much afterwards as a right one. Ask for more time and \
pause when you like: neither costs anything."
);

const KEYS: &str = noted!(
    "Numbers and arrows choose, Enter confirms. Letters do the rest, and the line at the bottom says \
which: **e** evidence and everything that arrived, **g** the situation so far, **a** what you can do, **n** a line for \
your incident log, **w** let time pass, **o** another open question, **c** change how you categorized it, **t** more time \
for this one, at no cost, **?** a hint, **p** pause, **q** leave."
);

fn organisation(scenario: &Scenario) -> String {
    let organisation = &scenario.organisation;
    let mut text = String::new();
    if !organisation.name.is_empty() {
        let about = [&organisation.sector, &organisation.size, &organisation.operates_in];
        let about: Vec<String> = about.into_iter().filter(|a| !a.is_empty()).map(|a| clean(a)).collect();
        let colon = if about.is_empty() { "" } else { ": " };
        text.push_str(&format!("**{}**{colon}{}.\n\n", clean(&organisation.name), about.join("; ")));
    }
    if !organisation.about.is_empty() {
        text.push_str(&format!("{}\n\n", clean(&organisation.about)));
    }
    text.push_str(&match scenario.head.audience {
        Audience::Everyone => tr!("You are yourself, at work there. You need no knowledge of security."),
        Audience::Responders => tr!("You are on the team that responds to incidents there."),
        Audience::Leadership => tr!("You are one of those who decide for the organisation."),
    });
    text
}

fn length(scenario: &Scenario, seating: &Seating) -> String {
    let plan = &scenario.clock;
    let calendar = Calendar::of(scenario);
    let real = |pace: u16| in_words(u64::from(plan.length.0 / u32::from(pace.max(1)) + 30).max(60) / 60 * 60);
    let pace = match seating.pace {
        None => tr!(
            "Untimed: the clock stands still until you let time pass, so it takes as long as you like; many \
             need about {0}.",
            minutes(scenario.head.minutes.into())
        ),
        Some(1) => tr!("About {0} at most. A minute here is a minute there.", real(1)),
        Some(pace) => tr!(
            "About {real} at most. Each second here is {there} there, and the clock does not wait for you.",
            real = real(pace),
            there = seconds(pace.into())
        ),
    };
    let (date, clock) = (calendar.date(SimTime::ZERO), calendar.clock(SimTime::ZERO));
    let covers = tr!(
        "The exercise begins on {date}, {clock}, and covers {length} at most.",
        date,
        clock,
        length = drill_words(plan.length)
    );
    format!("{pace} {covers}")
}

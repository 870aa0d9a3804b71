//! The way in: code, name, place.

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use minijinja::{Value, context};
use tr::tr;

use super::super::asked::Fields;
use super::super::desk::Joining;
use super::super::door::{mark, plain_code, secret};
use super::super::serve::{Command, Failed};
use super::{Site, fields, html, refused, to, with_cookie};
use crate::room::{Identity, RoomRefusal, TeamId, Way, handle};
use crate::scenario::{SeatId, SeatSet, said_date, utc_stamp};
use crate::speech::{Language, speaking};

/// How long somebody waits who types a wrong code after many others have.
const WAIT: std::time::Duration = std::time::Duration::from_secs(1);

#[derive(serde::Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    code: String,
}

/// The page that asks for the code, or, with the right one, for name and place.
pub(super) async fn page(
    State(site): State<Site>,
    headers: HeaderMap,
    Query(typed): Query<Typed>,
) -> Response {
    if site.member(&headers).is_some() {
        return to("/drill");
    }
    step(&site, &headers, &typed.code, &Fields::default(), String::new()).await
}

/// The address in the QR code.
pub(super) async fn link(State(site): State<Site>, headers: HeaderMap, Path(code): Path<String>) -> Response {
    if site.member(&headers).is_some() {
        return to("/drill");
    }
    step(&site, &headers, &code, &Fields::default(), String::new()).await
}

/// Somebody comes in.
pub(super) async fn join(State(site): State<Site>, headers: HeaderMap, body: Body) -> Response {
    let language = site.language(&headers);
    let typed = match fields::read(&headers, language, body).await {
        Ok(typed) => typed,
        Err(response) => return response,
    };
    if site.member(&headers).is_some() {
        return to("/drill");
    }
    let code = typed.get("code").unwrap_or_default().to_owned();
    if !opens(&site, &code).await {
        return step(&site, &headers, &code, &typed, String::new()).await;
    }
    let Ok(secret) = secret(32) else {
        let why = Failed::Broken("this machine gives no random numbers".into());
        return refused(&headers, language, &why);
    };
    let (team, seats) = place(typed.get("place").unwrap_or_default());
    let joining = Joining {
        name: name(&site, &typed, language),
        team,
        seats,
        mark: mark(&secret),
        factor: typed.number("factor").unwrap_or(100),
        language,
    };
    match site.ask(|reply| Command::Join(Box::new(joining), reply)).await {
        Ok(_) => with_cookie(to("/drill"), site.set_cookie("seat", &secret)),
        Err(Failed::Refused(refusal @ (RoomRefusal::NameTaken | RoomRefusal::NameUnfit))) => {
            let says = speaking(language, || refusal.to_string());
            step(&site, &headers, &code, &typed, says).await
        }
        Err(failed) => refused(&headers, language, &failed),
    }
}

/// Who chooses no name where one may be chosen is given one.
fn name(site: &Site, typed: &Fields, language: Language) -> String {
    let given = typed.get("name").unwrap_or_default().to_owned();
    let may = site.about.terms.identity == Identity::Pseudonymous;
    if given.trim().is_empty() && may { speaking(language, || handle(some_number())) } else { given }
}

/// Any number: which name the program gives is nobody's business, and no secret.
fn some_number() -> u32 {
    let mut random = [0; 4];
    let _ = getrandom::fill(&mut random);
    u32::from_le_bytes(random) % 400
}

async fn opens(site: &Site, code: &str) -> bool {
    let opens = site.door.opens(code);
    if !opens && site.door.busy() {
        tokio::time::sleep(WAIT).await;
    }
    opens
}

/// `1-2`: the first team, the third seat.
pub(super) fn place(text: &str) -> (Option<TeamId>, SeatSet) {
    let (team, seat) = text.split_once('-').unwrap_or((text, ""));
    let seat: Option<usize> = seat.parse().ok().filter(|seat| *seat < crate::limits::SEATS_MAX);
    let seats = seat.map_or_else(SeatSet::default, |seat| SeatSet::default().with(SeatId::of(seat)));
    (team.parse().ok().map(TeamId), seats)
}

async fn step(site: &Site, headers: &HeaderMap, code: &str, typed: &Fields, refused: String) -> Response {
    let language = site.language(headers);
    let right = !plain_code(code).is_empty() && opens(site, code).await;
    let wrong = !plain_code(code).is_empty() && !right;
    let refused =
        if wrong { speaking(language, || tr!("That is not the code of this room.")) } else { refused };
    let room = if right { room(site, language).await } else { Value::from(()) };
    let said = |name: &str| typed.get(name).unwrap_or_default().to_owned();
    let values = context! {
        refused => refused,
        code => code.chars().take(100).collect::<String>(),
        room => room,
        typed => context! { name => said("name"), place => said("place"), factor => said("factor") },
    };
    html(StatusCode::OK, language, "join", &site.title(), values)
}

/// What somebody who has the code is told before they come in.
async fn room(site: &Site, language: Language) -> Value {
    let (scenario, terms) = (site.about.scenario, &site.about.terms);
    let places = match terms.way {
        Way::Together => site.look(move |desk| speaking(language, || places(desk))).await.unwrap_or_default(),
        Way::SideBySide | Way::OwnTime => Vec::new(),
    };
    speaking(language, || {
        context! {
            title => &scenario.head.title,
            minutes => tr!("{n} min", n = terms.minutes(scenario)),
            way => terms.way.word(),
            way_says => way_says(terms.way),
            identity => terms.identity.word(),
            identity_says => terms.identity.told(),
            handle => handle(some_number()),
            kept => kept(site),
            content_note => &scenario.head.content_note,
            // In one's own time it is asked where one begins.
            timed => terms.way == Way::SideBySide && terms.pace.is_some(),
            places => if places.is_empty() { Value::from(()) } else { Value::from(places) },
            until => terms.until.map(|until| said_date(&utc_stamp(until))).unwrap_or_default(),
        }
    })
}

fn way_says(way: Way) -> String {
    match way {
        Way::Together => tr!("You play in a team: each seat sees its own part, and you decide together."),
        Way::SideBySide => tr!("Each plays alone, all at the same time."),
        Way::OwnTime => tr!("Each plays alone, whenever it suits."),
    }
}

fn kept(site: &Site) -> Vec<String> {
    let terms = &site.about.terms;
    let mut kept = vec![
        tr!("Your decisions are kept on the trainer’s machine, with when you made them."),
        tr!("The trainer sees them. Your score is seen by you and by the trainer, and by nobody else."),
    ];
    kept.push(if terms.keep_days > 0 {
        tr!("They are kept for {n} days.", n = terms.keep_days)
    } else {
        tr!("The trainer says how long they are kept, and can erase yours.")
    });
    kept.push(tr!(
        "Your browser keeps one cookie, so that you find your place again, and what you have not sent yet."
    ));
    kept
}

/// Teams and seats, with who is there by number only.
fn places(desk: &dyn super::super::desk::Looks) -> Vec<Value> {
    let (room, scenario) = (desk.room(), desk.scenario());
    let mut places = Vec::new();
    for (n, team) in room.teams.iter().enumerate() {
        let id = n + 1;
        let taken = |seats: SeatSet| room.members_of(TeamId(id as u32)).any(|member| member.seats == seats);
        let named = room.teams.len() > 1;
        let name = if named { team.name.as_str() } else { "" };
        if scenario.seats.is_empty() {
            if named {
                places.push(context! { value => id.to_string(), team => name, label => "", says => "", taken => taken(SeatSet::default()) });
            }
            continue;
        }
        for (row, seat) in scenario.seats.iter().enumerate() {
            places.push(context! {
                value => format!("{id}-{row}"), team => name, label => &seat.label, says => &seat.about,
                taken => taken(SeatSet::default().with(SeatId::of(row))),
            });
        }
        places.push(context! {
            value => id.to_string(), team => name, label => tr!("Every seat"),
            says => tr!("For a team with fewer people than seats."), taken => taken(SeatSet::default()),
        });
    }
    places
}

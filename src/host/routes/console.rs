//! The trainer's side: console, projector, every seat's page.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use minijinja::{Value, context};
use tokio::sync::watch;
use tr::tr;

use super::super::asked::Fields;
use super::super::desk::ConsoleAct;
use super::super::frame::Frame;
use super::super::serve::Command;
use super::super::streams::Audience;
use super::fields::{rating, to_whom};
use super::trainee::{After, Seen, has, show, who};
use super::{Site, fields, html, json_text, refused, said, screen, settled, stranger, stream};
use crate::room::{MemberId, TeamId};
use crate::scenario::{InjectId, QuestionId, Stage};
use crate::speech::speaking;

/// What is answered to who is not the trainer.
pub(super) fn outside(site: &Site, headers: &HeaderMap) -> Option<Response> {
    match site.trainer(headers) {
        Some(_) => None,
        None => Some(stranger(headers, site.language(headers), "/trainer")),
    }
}

/// The same for what is on the wall anyway: a locked screen still shows it.
fn outside_of_the_room(site: &Site, headers: &HeaderMap) -> Option<Response> {
    if site.locked(headers).is_some() { None } else { outside(site, headers) }
}

fn blocks(frame: &Frame, places: &[&'static str]) -> Value {
    let of = |place: &'static str| {
        let mut blocks: Vec<String> =
            frame.in_place(place).iter().map(|block| block.html(frame.language).to_owned()).collect();
        if place == "past" {
            blocks.reverse();
        }
        (place, Value::from(blocks))
    };
    Value::from(places.iter().map(|place| of(place)).collect::<std::collections::BTreeMap<_, _>>())
}

pub(super) fn screen(
    site: &Site,
    name: &str,
    me: &str,
    frame: &Frame,
    places: &[&'static str],
    more: Value,
) -> Response {
    let now = frame.now_json();
    let values = context! {
        room_id => &site.about.id,
        me => me,
        seq => frame.seq,
        now => Value::from(minijinja::value::Serde(&now)),
        now_json => now.to_string(),
        clock => frame.clock(),
        blocks => blocks(frame, places),
        ..more
    };
    html(StatusCode::OK, site.about.language, name, &site.title(), values)
}

/// The console.
pub(super) async fn page(State(site): State<Site>, headers: HeaderMap) -> Response {
    if let Some(response) = outside(&site, &headers) {
        return response;
    }
    let frame = site.screens.console.borrow().clone();
    let room = about(&site).await;
    let places = ["steps", "later", "shelf", "past", "asked", "seats", "observations", "clock", "washed"];
    screen(&site, "console", "trainer", &frame, &places, context! { room => room })
}

/// What the console says of the room itself.
pub(super) async fn about(site: &Site) -> Value {
    let room = site
        .look(|desk| {
            let (room, scenario) = (desk.room(), desk.scenario());
            let teams = room.teams.iter().enumerate().map(|(n, team)| context! { n => n + 1, name => &team.name });
            let teams = teams.filter(|_| !room.terms.way.alone()).collect::<Vec<_>>();
            let seats = scenario.seats.iter().enumerate();
            let seats = seats.map(|(n, seat)| context! { n => n, label => &seat.label }).collect::<Vec<_>>();
            context! {
                code => super::super::door::said_code(&room.code), way => room.terms.way.word(), teams => teams,
                seats => if room.terms.way.alone() { Vec::new() } else { seats },
            }
        })
        .await
        .unwrap_or_default();
    context! { address => &site.about.address, ..room }
}

/// The projector.
pub(super) async fn projector(State(site): State<Site>, headers: HeaderMap) -> Response {
    if let Some(response) = outside_of_the_room(&site, &headers) {
        return response;
    }
    let frame = site.screens.projector.borrow().clone();
    screen(&site, "projector", "projector", &frame, &["stage"], context! {})
}

async fn streamed(
    site: &Site,
    headers: &HeaderMap,
    after: &After,
    (of, audience): (watch::Receiver<Arc<Frame>>, Audience),
) -> Response {
    match barred(site, headers, audience) {
        Some(response) => response,
        None => {
            let place = site.streams.open(audience);
            stream::shown(of, has(headers, after), site.leaving.subscribe(), place)
        }
    }
}

fn barred(site: &Site, headers: &HeaderMap, audience: Audience) -> Option<Response> {
    match audience {
        Audience::Projector => outside_of_the_room(site, headers),
        Audience::Console | Audience::Seen(_) | Audience::Observer | Audience::Member(_) => {
            outside(site, headers)
        }
    }
}

async fn once(
    site: &Site,
    headers: &HeaderMap,
    after: &After,
    (of, audience): (&watch::Receiver<Arc<Frame>>, Audience),
) -> Response {
    barred(site, headers, audience).unwrap_or_else(|| news(after, of))
}

/// What is new on a page, once.
pub(super) fn news(after: &After, of: &watch::Receiver<Arc<Frame>>) -> Response {
    let frame = of.borrow().clone();
    let after = after.number();
    if frame.seq <= after && after > 0 {
        return super::super::guard::plain(StatusCode::NO_CONTENT, "");
    }
    json_text(frame.since(after))
}

/// The console's stream.
pub(super) async fn feed(
    State(site): State<Site>,
    headers: HeaderMap,
    Query(after): Query<After>,
) -> Response {
    streamed(&site, &headers, &after, (site.screens.console.clone(), Audience::Console)).await
}

/// What is new on the console, once.
pub(super) async fn state(
    State(site): State<Site>,
    headers: HeaderMap,
    Query(after): Query<After>,
) -> Response {
    once(&site, &headers, &after, (&site.screens.console, Audience::Console)).await
}

/// The projector's stream.
pub(super) async fn projector_feed(
    State(site): State<Site>,
    headers: HeaderMap,
    Query(after): Query<After>,
) -> Response {
    streamed(&site, &headers, &after, (site.screens.projector.clone(), Audience::Projector)).await
}

/// What is new on the projector, once.
pub(super) async fn projector_state(
    State(site): State<Site>,
    headers: HeaderMap,
    Query(after): Query<After>,
) -> Response {
    once(&site, &headers, &after, (&site.screens.projector, Audience::Projector)).await
}

/// A seat's page as that seat sees it; nothing can be sent from it.
pub(super) async fn see(
    State(site): State<Site>,
    headers: HeaderMap,
    Path(member): Path<String>,
) -> Response {
    if let Some(response) = outside(&site, &headers) {
        return response;
    }
    // What is no number is nobody's.
    let member: u32 = member.parse().unwrap_or(0);
    let id = MemberId(member);
    let seen = site.look(move |desk| Some((desk.seat(id)?, who(desk.room(), desk.scenario(), id)))).await;
    match seen {
        Ok(Some((frames, who))) => {
            let frame = frames.borrow().clone();
            let seen = Seen { who: &who, votes: &[], me: "trainer", viewed: Some(member) };
            show(&site, frame.language, &frame, &seen)
        }
        Ok(None) => super::lost(&headers, site.about.language),
        Err(failed) => refused(&headers, site.about.language, &failed),
    }
}

async fn frames_of(site: &Site, member: u32) -> Option<watch::Receiver<Arc<Frame>>> {
    site.look(move |desk| desk.seat(MemberId(member))).await.ok().flatten()
}

/// The stream of a seat's page.
pub(super) async fn see_feed(
    State(site): State<Site>,
    headers: HeaderMap,
    Path(member): Path<String>,
    Query(after): Query<After>,
) -> Response {
    if let Some(response) = outside(&site, &headers) {
        return response;
    }
    let member: u32 = member.parse().unwrap_or(0);
    match frames_of(&site, member).await {
        Some(frames) => streamed(&site, &headers, &after, (frames, Audience::Seen(member))).await,
        None => super::lost(&headers, site.about.language),
    }
}

/// What is new on a seat's page, once.
pub(super) async fn see_state(
    State(site): State<Site>,
    headers: HeaderMap,
    Path(member): Path<String>,
    Query(after): Query<After>,
) -> Response {
    if let Some(response) = outside(&site, &headers) {
        return response;
    }
    let member: u32 = member.parse().unwrap_or(0);
    match frames_of(&site, member).await {
        Some(frames) => once(&site, &headers, &after, (&frames, Audience::Seen(member))).await,
        None => super::lost(&headers, site.about.language),
    }
}

/// The trainer does something.
pub(super) async fn act(
    State(site): State<Site>,
    headers: HeaderMap,
    Path(act): Path<String>,
    body: Body,
) -> Response {
    let language = site.about.language;
    let trainer = site.trainer(&headers);
    // An observer notes what they see, and does nothing else.
    let observes = site.is_observer(&headers) && matches!(act.as_str(), "note" | "mark");
    // A real event is stopped from a locked screen too: that only halts.
    let halts = act == "stop" && site.locked(&headers).is_some();
    if trainer.is_none() && !observes && !halts {
        let theirs = site.language(&headers);
        if site.is_observer(&headers) {
            let words = speaking(theirs, || {
                tr!("That is for the trainer. An observer writes notes and marks how stages went.")
            });
            return said(&headers, theirs, StatusCode::FORBIDDEN, &words);
        }
        return stranger(&headers, theirs, "/trainer");
    }
    let back = if trainer.is_some() {
        "/console"
    } else if halts {
        "/trainer"
    } else {
        "/observe"
    };
    let typed = match fields::read(&headers, language, body).await {
        Ok(typed) => typed,
        Err(response) => return response,
    };
    match (act.as_str(), trainer) {
        ("observer", _) => return super::observer::invite(&site, &headers).await,
        ("screen-lock", Some(secret)) => return screen::lock(&site, &headers, secret, &typed),
        _ => {}
    }
    if !ACTS.contains(&act.as_str()) {
        let words = speaking(language, || tr!("There is nothing like that to do here. Load the page again."));
        return said(&headers, language, StatusCode::NOT_FOUND, &words);
    }
    let Some(acts) = acts(&site, &act, &typed) else {
        let words = speaking(language, || {
            tr!("Something in this form is missing, or is not there any more. Load the page again.")
        });
        return said(&headers, language, StatusCode::UNPROCESSABLE_ENTITY, &words);
    };
    let mut answer = Ok(None);
    for (n, act) in acts.into_iter().enumerate() {
        let came = site.ask(|reply| Command::Console(Box::new(act), reply)).await;
        // More time for everything that is open: what is not open has no say in that.
        if n == 0 || came.is_ok() {
            answer = came;
        }
    }
    settled(&headers, site.about.language, back, answer)
}

/// Everything that the trainer may ask for.
pub(in crate::host) const ACTS: [&str; 27] = [
    "start",
    "pause",
    "resume",
    "pass",
    "pace",
    "extend",
    "settle",
    "fire",
    "hold",
    "release",
    "skip",
    "resend",
    "tell",
    "hint",
    "lead",
    "remove",
    "readmit",
    "lock",
    "unlock",
    "note",
    "mark",
    "pin",
    "stop",
    "clear",
    "end",
    "release-debriefs",
    "close",
];

/// What a form of the console asks for; none if something that it takes is missing.
fn acts(site: &Site, act: &str, typed: &Fields) -> Option<Vec<ConsoleAct>> {
    let team = typed.number("team").map(TeamId);
    let inject =
        || typed.number("inject").map(InjectId).filter(|id| id.at() < site.about.scenario.injects.len());
    let question = || {
        typed.number("question").map(QuestionId).filter(|id| id.at() < site.about.scenario.questions.len())
    };
    let member = || typed.number("member").map(MemberId);
    let text = |name: &str| typed.get(name).unwrap_or_default().to_owned();
    let act = match act {
        _ if !ACTS.contains(&act) => return None,
        "start" => ConsoleAct::Start(team),
        "pause" => ConsoleAct::Pause(team),
        "resume" => ConsoleAct::Resume(team),
        "pass" => ConsoleAct::Pass(team),
        "pace" => ConsoleAct::Pace(team, typed.number("pace")?),
        "extend" => {
            let seconds = typed.number("seconds").filter(|seconds| (1..=3_600).contains(seconds))?;
            let asked = match question() {
                Some(question) => vec![question],
                None => (0..site.about.scenario.questions.len()).map(QuestionId::of).collect(),
            };
            return Some(
                asked.into_iter().map(|question| ConsoleAct::Extend(team, question, seconds)).collect(),
            );
        }
        "settle" => ConsoleAct::Lock(team?, question()?),
        "fire" => ConsoleAct::Fire(team, inject()?),
        "hold" => ConsoleAct::Hold(team, inject()?),
        "release" => ConsoleAct::Release(team, inject()?),
        "skip" => ConsoleAct::Skip(team, inject()?),
        "resend" => ConsoleAct::Resend(team, inject()?),
        "tell" => ConsoleAct::Tell(to_whom(team, typed), [text("from"), text("subject"), text("says")]),
        "hint" => ConsoleAct::Tell(to_whom(team, typed), [String::new(), String::new(), text("says")]),
        "lead" => ConsoleAct::Lead(member()?),
        "remove" => ConsoleAct::Remove(member()?),
        "readmit" => ConsoleAct::Readmit(member()?),
        "lock" => ConsoleAct::LockRoom,
        "unlock" => ConsoleAct::UnlockRoom,
        "note" => ConsoleAct::Observe(team, text("says")),
        "mark" => {
            let stage = typed.number::<usize>("stage").and_then(|row| Stage::ALL.get(row).copied())?;
            ConsoleAct::Mark(team, stage, rating(&text("rating")))
        }
        "pin" => ConsoleAct::Pin(team?, question()?, member()),
        "stop" => ConsoleAct::Stop,
        "clear" => ConsoleAct::Clear,
        "end" => ConsoleAct::End(team),
        "release-debriefs" => ConsoleAct::Debriefs,
        "close" => ConsoleAct::Close,
        _ => return None,
    };
    Some(vec![act])
}

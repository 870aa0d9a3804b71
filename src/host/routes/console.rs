//! The trainer's side: console, projector, every seat's page, the debriefs.

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
use super::trainee::{After, Seen, has, show, who};
use super::{Site, fields, html, json, json_text, refused, settled, stream, to, wants_json, with_cookie};
use crate::room::{MemberId, TeamId, To};
use crate::scenario::{InjectId, QuestionId, SeatId, SeatSet, SimTime, Stage};
use crate::score::Rating;
use crate::speech::speaking;

/// The page that takes the secret out of the link.
pub(super) async fn way_in(State(site): State<Site>, headers: HeaderMap) -> Response {
    let values = context! { refused => "", locked => false };
    html(StatusCode::OK, site.language(&headers), "trainer", &site.title(), values)
}

/// The secret, or the whole link with it, for a cookie.
pub(super) async fn enter(State(site): State<Site>, headers: HeaderMap, body: Body) -> Response {
    let typed = match fields::read(&headers, body).await {
        Ok(typed) => typed,
        Err(response) => return response,
    };
    let secret = typed.get("secret").unwrap_or_default().trim();
    let secret = secret.rsplit_once('#').map_or(secret, |(_, secret)| secret);
    if site.door.trainer(secret) {
        return with_cookie(to("/console"), site.set_cookie("trainer", secret));
    }
    // Who guesses waits; 128 bits are not guessed anyway.
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    let language = site.language(&headers);
    let says = speaking(language, || tr!("That is not the link of this room."));
    let values = context! { refused => says, locked => false };
    html(StatusCode::FORBIDDEN, language, "trainer", &site.title(), values)
}

/// What is answered to who is not the trainer.
pub(super) fn outside(site: &Site, headers: &HeaderMap) -> Option<Response> {
    if site.is_trainer(headers) {
        return None;
    }
    Some(if wants_json(headers) || headers.contains_key("last-event-id") {
        json(StatusCode::UNAUTHORIZED, &serde_json::json!({ "refused": "" }))
    } else {
        to("/trainer")
    })
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

fn screen(
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
    let room = context! { address => &site.about.address, ..room };
    let places = ["steps", "shelf", "past", "asked", "seats", "observations", "clock", "washed"];
    screen(&site, "console", "trainer", &frame, &places, context! { room => room })
}

/// The projector.
pub(super) async fn projector(State(site): State<Site>, headers: HeaderMap) -> Response {
    if let Some(response) = outside(&site, &headers) {
        return response;
    }
    let frame = site.screens.projector.borrow().clone();
    screen(&site, "projector", "projector", &frame, &["stage"], context! {})
}

async fn streamed(
    site: &Site,
    headers: &HeaderMap,
    after: &After,
    of: watch::Receiver<Arc<Frame>>,
) -> Response {
    match outside(site, headers) {
        Some(response) => response,
        None => stream::shown(of, has(headers, after), site.leaving.subscribe()),
    }
}

async fn once(site: &Site, headers: &HeaderMap, after: &After, of: &watch::Receiver<Arc<Frame>>) -> Response {
    if let Some(response) = outside(site, headers) {
        return response;
    }
    let frame = of.borrow().clone();
    if frame.seq <= after.after && after.after > 0 {
        return super::super::guard::plain(StatusCode::NO_CONTENT, "");
    }
    json_text(frame.since(after.after))
}

/// The console's stream.
pub(super) async fn feed(
    State(site): State<Site>,
    headers: HeaderMap,
    Query(after): Query<After>,
) -> Response {
    streamed(&site, &headers, &after, site.screens.console.clone()).await
}

/// What is new on the console, once.
pub(super) async fn state(
    State(site): State<Site>,
    headers: HeaderMap,
    Query(after): Query<After>,
) -> Response {
    once(&site, &headers, &after, &site.screens.console).await
}

/// The projector's stream.
pub(super) async fn projector_feed(
    State(site): State<Site>,
    headers: HeaderMap,
    Query(after): Query<After>,
) -> Response {
    streamed(&site, &headers, &after, site.screens.projector.clone()).await
}

/// What is new on the projector, once.
pub(super) async fn projector_state(
    State(site): State<Site>,
    headers: HeaderMap,
    Query(after): Query<After>,
) -> Response {
    once(&site, &headers, &after, &site.screens.projector).await
}

/// A seat's page as that seat sees it; nothing can be sent from it.
pub(super) async fn see(State(site): State<Site>, headers: HeaderMap, Path(member): Path<u32>) -> Response {
    if let Some(response) = outside(&site, &headers) {
        return response;
    }
    let id = MemberId(member);
    let seen = site.look(move |desk| Some((desk.seat(id)?, who(desk.room(), desk.scenario(), id)))).await;
    match seen {
        Ok(Some((frames, who))) => {
            let frame = frames.borrow().clone();
            let seen = Seen { who: &who, votes: &[], me: "trainer", viewed: Some(member) };
            show(&site, frame.language, &frame, &seen)
        }
        Ok(None) => super::lost(&headers),
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
    Path(member): Path<u32>,
    Query(after): Query<After>,
) -> Response {
    match frames_of(&site, member).await {
        Some(frames) => streamed(&site, &headers, &after, frames).await,
        None => super::lost(&headers),
    }
}

/// What is new on a seat's page, once.
pub(super) async fn see_state(
    State(site): State<Site>,
    headers: HeaderMap,
    Path(member): Path<u32>,
    Query(after): Query<After>,
) -> Response {
    match frames_of(&site, member).await {
        Some(frames) => once(&site, &headers, &after, &frames).await,
        None => super::lost(&headers),
    }
}

/// The trainer does something.
pub(super) async fn act(
    State(site): State<Site>,
    headers: HeaderMap,
    Path(act): Path<String>,
    body: Body,
) -> Response {
    if !site.is_trainer(&headers) {
        return json(StatusCode::UNAUTHORIZED, &serde_json::json!({ "refused": "" }));
    }
    let typed = match fields::read(&headers, body).await {
        Ok(typed) => typed,
        Err(response) => return response,
    };
    if act == "screen-lock" {
        return with_cookie(to("/trainer"), site.set_cookie("trainer", "locked"));
    }
    let mut answer = Ok(None);
    let acts = match acts(&site, &act, &typed) {
        Some(acts) if !acts.is_empty() => acts,
        Some(_) => return settled(&headers, site.about.language, "/console", Ok(None)),
        None => {
            return super::super::guard::plain(
                StatusCode::NOT_FOUND,
                "There is nothing like that to do here.",
            );
        }
    };
    for act in acts {
        answer = site.ask(|reply| Command::Console(Box::new(act), reply)).await;
    }
    settled(&headers, site.about.language, "/console", answer)
}

/// What a form of the console asks for; none if there is nothing like it.
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
        "start" => ConsoleAct::Start(team),
        "pause" => ConsoleAct::Pause(team),
        "resume" => ConsoleAct::Resume(team),
        "pace" => ConsoleAct::Pace(team, typed.number("pace")?),
        "extend" => {
            let time = extension(site, typed)?;
            let asked = match question() {
                Some(question) => vec![question],
                None => (0..site.about.scenario.questions.len()).map(QuestionId::of).collect(),
            };
            return Some(
                asked.into_iter().map(|question| ConsoleAct::Extend(team, question, time)).collect(),
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

/// So many real seconds more, in drill time.
fn extension(site: &Site, typed: &Fields) -> Option<SimTime> {
    let seconds: u32 = typed.number("seconds").filter(|seconds| (1..=3_600).contains(seconds))?;
    let pace = site.screens.console.borrow().now.pace.or(site.about.terms.pace)?;
    Some(SimTime(seconds * u32::from(pace)))
}

fn to_whom(team: Option<TeamId>, typed: &Fields) -> To {
    let seats = typed.0.iter().filter(|(name, _)| name == "seat").filter_map(|(_, seat)| seat.parse().ok());
    let seats: SeatSet =
        seats.filter(|seat: &usize| *seat < crate::limits::SEATS_MAX).map(SeatId::of).collect();
    To { team, seats }
}

fn rating(letter: &str) -> Option<Rating> {
    Rating::ALL.into_iter().find(|rating| crate::debrief::Rating::from(*rating).letter() == letter)
}

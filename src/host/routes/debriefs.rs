//! Debriefs: one's own, and the room's, in the forms in which it leaves the room.
//!
//! Finding the best line is work, so it is done beside the room's task, and by a few at a time.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use tr::tr;

use super::super::guard::Policy;
use super::console::outside;
use super::{Site, notice, notice_back, refused};
use crate::debrief::{
    About, GroupAbout, LINE_MOVES, attendance_csv, decisions_csv, group, group_html, group_json,
    group_markdown, html, of_member,
};
use crate::engine::Fact;
use crate::room::{Identity, MemberId, Room, TeamId};
use crate::score::score;
use crate::speech::{Language, speaking};

/// A debrief carries its styles in itself, and no script.
const POLICY: Policy = Policy(
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'; \
     form-action 'none'",
);

/// Does work beside the room's task, when it is its turn.
async fn beside<T: Send + 'static>(site: &Site, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let turn = site.workers.clone().acquire_owned().await.ok()?;
    let done = tokio::task::spawn_blocking(move || {
        let done = work();
        drop(turn);
        done
    });
    done.await.ok()
}

fn page(text: String, kind: &'static str) -> Response {
    let mut response = Response::new(Body::from(text));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response.extensions_mut().insert(POLICY);
    response
}

fn unset(language: Language) -> Response {
    let words = speaking(language, || {
        [tr!("That did not work"), tr!("The debrief could not be set. Tell the trainer.")]
    });
    notice(StatusCode::INTERNAL_SERVER_ERROR, language, "error", words)
}

/// One's own debrief as a page.
pub(super) async fn one(
    site: &Site,
    language: Language,
    (room, member): (Room, MemberId),
    facts: Vec<Fact>,
) -> Response {
    let scenario = site.about.scenario;
    let last = site.look(|desk| desk.last()).await.ok();
    let about = About {
        drill: site.about.id.clone(),
        head: last.map(|last| last.head.to_string()).unwrap_or_default(),
        trainee: None,
        started: None,
        engine: env!("CARGO_PKG_VERSION").into(),
        parent: None,
        moves: LINE_MOVES,
        answers: false,
    };
    let set = beside(site, move || {
        speaking(language, || {
            let mut text = String::new();
            let earned = score(scenario, &facts);
            html(&of_member(scenario, (&room, member), &facts, &earned, &about), &mut text).map(|()| text)
        })
    });
    match set.await {
        Some(Ok(text)) => page(text, "text/html; charset=utf-8"),
        Some(Err(_)) | None => unset(language),
    }
}

/// The room's debrief as a page.
pub(super) async fn room(state: State<Site>, headers: HeaderMap) -> Response {
    file(state, headers, Path("debrief.html".into())).await
}

/// The room's debrief in one of its forms.
pub(super) async fn file(State(site): State<Site>, headers: HeaderMap, Path(name): Path<String>) -> Response {
    if let Some(response) = outside(&site, &headers) {
        return response;
    }
    let language = site.about.language;
    let form = match name.as_str() {
        "debrief.html" => Form::Page,
        "debrief.md" => Form::Markdown,
        "debrief.json" => Form::Json,
        "decisions.csv" => Form::Decisions,
        "attendance.csv" => Form::Attendance,
        _ => return super::lost(&headers, language),
    };
    let seen = site.look(|desk| {
        let begun = desk.room().team_ids().filter(|team| !desk.facts(*team).is_empty());
        let drills: Vec<(TeamId, Vec<Fact>)> = begun.map(|team| (team, desk.facts(team).to_vec())).collect();
        (desk.room().clone(), drills, desk.last(), desk.wall())
    });
    let (room, drills, last, wall) = match seen.await {
        Ok(seen) => seen,
        Err(failed) => return refused(&headers, language, &failed),
    };
    let running = drills.iter().any(|(team, _)| room.team(*team).is_some_and(|team| !team.over));
    if form != Form::Attendance && (drills.is_empty() || (running && !room.terms.way.alone())) {
        let words =
            speaking(language, || [tr!("Not yet"), tr!("The debrief is there when the exercise is over.")]);
        let back = speaking(language, || tr!("Back to the console"));
        return notice_back(StatusCode::CONFLICT, language, "error", words, ("/console", back));
    }
    let about = GroupAbout {
        room: site.about.id.clone(),
        head: last.head.to_string(),
        entries: last.n,
        started: None,
        engine: env!("CARGO_PKG_VERSION").into(),
        moves: LINE_MOVES,
        names: room.terms.identity == Identity::Named,
    };
    let scenario = site.about.scenario;
    let set =
        beside(&site, move || speaking(language, || form.set(&room, scenario, &drills, (&about, wall))));
    match set.await {
        Some(Ok(text)) => form.respond(text, &name),
        Some(Err(_)) | None => unset(language),
    }
}

/// A form in which a room's debrief leaves the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Page,
    Markdown,
    Json,
    Decisions,
    Attendance,
}

impl Form {
    fn set(
        self,
        room: &Room,
        scenario: &crate::scenario::Scenario,
        drills: &[(TeamId, Vec<Fact>)],
        (about, wall): (&GroupAbout, u64),
    ) -> Result<String, std::fmt::Error> {
        let mut text = String::new();
        if self == Self::Attendance {
            return attendance_csv(scenario, room, wall, &mut text).map(|()| text);
        }
        let drills: Vec<(TeamId, &[Fact])> =
            drills.iter().map(|(team, facts)| (*team, facts.as_slice())).collect();
        let debrief = group(scenario, room, &drills, about);
        match self {
            Self::Page => group_html(&debrief, &mut text)?,
            Self::Markdown => group_markdown(&debrief, &mut text)?,
            Self::Json => group_json(&debrief, &mut text)?,
            Self::Decisions | Self::Attendance => decisions_csv(&debrief, false, &mut text)?,
        }
        Ok(text)
    }

    fn respond(self, text: String, name: &str) -> Response {
        let kind = match self {
            Self::Page => return page(text, "text/html; charset=utf-8"),
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Json => "application/json",
            Self::Decisions | Self::Attendance => "text/csv; charset=utf-8",
        };
        let mut response = page(text, kind);
        if let Ok(saved) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
            response.headers_mut().insert(CONTENT_DISPOSITION, saved);
        }
        response
    }
}

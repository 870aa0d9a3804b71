//! A trainee's page, what it listens to, and what it may send.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use minijinja::{Value, context};
use tokio::sync::watch;
use tr::tr;

use super::super::asked::Fields;
use super::super::desk::{Act, Chosen, Follows};
use super::super::frame::{Frame, vote_block, vote_blocks};
use super::super::serve::{Answer, Command};
use super::super::streams::Audience;
use super::{Site, fields, html, json_text, notice_back, refused, said, settled, stranger, stream};
use crate::room::{MemberId, Room, TeamId};
use crate::scenario::{ActionId, EvidenceId, QuestionId};
use crate::speech::{Language, speaking};

#[derive(serde::Deserialize)]
pub(super) struct After {
    #[serde(default)]
    after: String,
}

impl After {
    /// The number that the page says; nothing is known of a browser that says none.
    pub(super) fn number(&self) -> u64 {
        self.after.parse().unwrap_or(0)
    }
}

/// The number up to which a browser has everything: what it says itself, or what its stream was sent last.
pub(super) fn has(headers: &HeaderMap, after: &After) -> u64 {
    let last = headers.get("last-event-id").and_then(|value| value.to_str().ok()?.parse().ok());
    last.unwrap_or_else(|| after.number())
}

async fn follow(site: &Site, headers: &HeaderMap) -> Result<(MemberId, watch::Receiver<Follows>), Response> {
    let language = site.language(headers);
    let Some(member) = site.member(headers) else {
        return Err(stranger(headers, language, "/"));
    };
    let follows: Answer<_> = site.ask(|reply| Command::Follow(member, language, reply)).await;
    follows.map(|follows| (member, follows)).map_err(|failed| refused(headers, language, &failed))
}

/// The page of somebody's seat.
pub(super) async fn page(State(site): State<Site>, headers: HeaderMap) -> Response {
    let (member, follows) = match follow(&site, &headers).await {
        Ok(followed) => followed,
        Err(response) => return response,
    };
    let (frame, votes) = {
        let follows = follows.borrow();
        (follows.frames.borrow().clone(), follows.votes.clone())
    };
    let who = site.look(move |desk| who(desk.room(), desk.scenario(), member)).await.unwrap_or_default();
    let me = format!("member {}", member.0);
    show(&site, site.language(&headers), &frame, &Seen { who: &who, votes: &votes, me: &me, viewed: None })
}

/// Name, seats and team of somebody, as their own page shows them.
pub(super) fn who(room: &Room, scenario: &crate::scenario::Scenario, id: MemberId) -> [String; 3] {
    let Some(member) = room.member(id) else { return Default::default() };
    let seats: Vec<&str> = member.seats.iter().map(|seat| scenario.seat(seat).label.as_str()).collect();
    let team = room.team(member.team).map(|team| team.name.clone()).filter(|_| room.teams.len() > 1);
    let named = if room.terms.way.alone() { String::new() } else { team.unwrap_or_default() };
    [member.name.clone(), seats.join(", "), named]
}

/// What a trainee's page says of who sees it.
pub(super) struct Seen<'s> {
    /// Name, seats and team.
    pub(super) who: &'s [String; 3],
    /// What they voted for.
    pub(super) votes: &'s [(u32, String)],
    /// Under what their browser keeps what is not sent yet.
    pub(super) me: &'s str,
    /// Whose page it is, where the trainer looks at it.
    pub(super) viewed: Option<u32>,
}

/// A trainee's page as it stands.
pub(super) fn show(site: &Site, language: Language, frame: &Arc<Frame>, seen: &Seen<'_>) -> Response {
    let [name, seats, team] = seen.who;
    let place = |place: &str| -> Vec<String> {
        let newest_first = matches!(place, "inbox" | "log");
        let mut blocks: Vec<String> =
            frame.in_place(place).iter().map(|block| block.html(frame.language).to_owned()).collect();
        if newest_first {
            blocks.reverse();
        }
        blocks
    };
    // Each vote stands below its question.
    let votes = seen.votes.iter().filter_map(|(question, says)| vote_block(frame, *question, says));
    let asked = frame.in_place("questions").into_iter();
    let asked = asked.map(|block| (block.order, block.html(frame.language).to_owned()));
    let mut questions: Vec<(u64, String)> = asked.chain(votes).collect();
    questions.sort_by_key(|(order, _)| *order);
    let questions: Vec<String> = questions.into_iter().map(|(_, html)| html).collect();
    let blocks = context! {
        top => place("top"), questions => questions, inbox => place("inbox"), evidence => place("evidence"),
        actions => place("actions"), log => place("log"), world => place("world"), team => place("team"),
    };
    let now = frame.now_json();
    let values = context! {
        room_id => &site.about.id,
        me => seen.me,
        seq => frame.seq,
        now => Value::from(minijinja::value::Serde(&now)),
        now_json => now.to_string(),
        clock => frame.clock(),
        name => name,
        seats => seats,
        team_name => team,
        viewed => seen.viewed.is_some(),
        feed => seen.viewed.map_or_else(|| "/drill/feed".to_owned(), |id| format!("/console/see/{id}/feed")),
        state => seen.viewed.map_or_else(|| "/drill/state".to_owned(), |id| format!("/console/see/{id}/state")),
        may_note => true,
        blocks => blocks,
    };
    html(StatusCode::OK, language, "trainee", &site.title(), values)
}

/// The stream of a trainee's page.
pub(super) async fn feed(
    State(site): State<Site>,
    headers: HeaderMap,
    Query(after): Query<After>,
) -> Response {
    match follow(&site, &headers).await {
        Ok((member, follows)) => {
            let leaving = site.leaving.subscribe();
            let place = site.streams.open(Audience::Member(member));
            stream::followed(member, follows, has(&headers, &after), leaving, (site.commands.clone(), place))
        }
        Err(response) => response,
    }
}

/// The same for browsers that are kept from streams: what is new, once.
pub(super) async fn state(
    State(site): State<Site>,
    headers: HeaderMap,
    Query(after): Query<After>,
) -> Response {
    let (member, follows) = match follow(&site, &headers).await {
        Ok(followed) => followed,
        Err(response) => return response,
    };
    // Who asks is there.
    let _ = site.commands.send(Command::Came(member));
    let _ = site.commands.send(Command::Went(member));
    let follows = follows.borrow();
    let frame = follows.frames.borrow().clone();
    let after = after.number();
    if frame.seq <= after && after > 0 {
        return super::super::guard::plain(StatusCode::NO_CONTENT, "");
    }
    json_text(vote_blocks(&frame, after, &follows.votes))
}

/// Something that names nothing else.
pub(super) async fn act(
    State(site): State<Site>,
    headers: HeaderMap,
    Path(act): Path<String>,
    body: Body,
) -> Response {
    do_act(&site, &headers, &act, None, body).await
}

/// Something about one question, artefact or action.
pub(super) async fn act_on(
    State(site): State<Site>,
    headers: HeaderMap,
    Path((act, id)): Path<(String, String)>,
    body: Body,
) -> Response {
    // What is no number names nothing, as a number does that is too large.
    match id.parse() {
        Ok(id) => do_act(&site, &headers, &act, Some(id), body).await,
        Err(_) => do_act(&site, &headers, "", None, body).await,
    }
}

async fn do_act(site: &Site, headers: &HeaderMap, act: &str, id: Option<u16>, body: Body) -> Response {
    let language = site.language(headers);
    let Some(member) = site.member(headers) else {
        return stranger(headers, language, "/");
    };
    let typed = match fields::read(headers, language, body).await {
        Ok(typed) => typed,
        Err(response) => return response,
    };
    let key = fields::key(act, id, &typed);
    let Some(acts) = acts(act, id, &typed) else {
        let words = speaking(language, || tr!("There is nothing like that to do here. Load the page again."));
        return said(headers, language, StatusCode::NOT_FOUND, &words);
    };
    let mut answer = Ok(None);
    for (n, act) in (0..).zip(acts) {
        // Each of several has a name of its own.
        let key = crate::room::IdempotencyKey(key.0.wrapping_add(n));
        answer = site.ask(|reply| Command::Act(member, key, Box::new(act), reply)).await;
        if answer.is_err() {
            break;
        }
    }
    settled(headers, language, "/drill", answer)
}

/// How much time somebody chooses; what they have if they do not.
fn chosen(typed: &Fields) -> Chosen {
    match typed.get("factor") {
        Some("none") => Chosen::Factor(None),
        Some(_) => typed.number("factor").map_or(Chosen::AsItIs, |percent| Chosen::Factor(Some(percent))),
        None => Chosen::AsItIs,
    }
}

/// Everything that a trainee may ask for, and whether it names what it is about.
pub(in crate::host) const ACTS: [(&str, bool); 15] = [
    ("answer", true),
    ("lock", true),
    ("hint", true),
    ("more-time", true),
    ("examine", true),
    ("do", true),
    ("note", false),
    ("start", false),
    ("pause", false),
    ("resume", false),
    ("pass", false),
    ("factor", false),
    ("end", false),
    ("seat", false),
    ("hot-wash", false),
];

/// What a form asks for; none if there is nothing like it.
fn acts(act: &str, id: Option<u16>, typed: &Fields) -> Option<Vec<Act>> {
    let says = || typed.get("says").unwrap_or_default().to_owned();
    let act = match (act, id) {
        _ if !ACTS.contains(&(act, id.is_some())) => return None,
        ("answer", Some(id)) => Act::Answer(QuestionId(id), typed.clone()),
        ("lock", Some(id)) => Act::Lock(QuestionId(id), typed.number("n")),
        ("hint", Some(id)) => Act::Hint(QuestionId(id)),
        ("more-time", Some(id)) => Act::MoreTime(QuestionId(id)),
        ("examine", Some(id)) => Act::Examine(EvidenceId(id)),
        ("do", Some(id)) => Act::Do(ActionId(id)),
        ("note", None) => Act::Note(says()),
        ("start", None) => Act::Start(chosen(typed)),
        ("factor", None) => Act::Stretch(chosen(typed)),
        ("pass", None) => Act::Pass,
        ("pause", None) => Act::Pause,
        ("resume", None) => Act::Resume,
        ("end", None) => Act::End,
        ("seat", None) => {
            let (team, seats) = super::join::place(typed.get("place").unwrap_or_default());
            Act::Sit(team.unwrap_or(TeamId(1)), seats)
        }
        ("hot-wash", None) => {
            let rows = typed.0.iter().filter_map(|(name, says)| {
                let row = name.strip_prefix("row-")?.parse().ok()?;
                Some(Act::Wash(row, says.clone()))
            });
            return Some(rows.take(16).collect());
        }
        _ => return None,
    };
    Some(vec![act])
}

/// Somebody's own debrief, once their drill is over.
pub(super) async fn debrief(State(site): State<Site>, headers: HeaderMap) -> Response {
    let language = site.language(&headers);
    let Some(member) = site.member(&headers) else {
        return stranger(&headers, language, "/");
    };
    let played = site
        .look(move |desk| {
            let room = desk.room();
            let team = room.member(member)?.team;
            let over = room.team(team)?.over;
            let may = room.released || room.terms.way == crate::room::Way::OwnTime;
            (over && may).then(|| (room.clone(), desk.facts(team).to_vec()))
        })
        .await;
    match played {
        Ok(Some((room, facts))) => super::debriefs::one(&site, language, (room, member), facts).await,
        Ok(None) => {
            let words = speaking(language, || {
                [tr!("Not yet"), tr!("The debrief is there when the exercise is over.")]
            });
            let back = speaking(language, || tr!("Back to your page"));
            notice_back(StatusCode::CONFLICT, language, "error", words, ("/drill", back))
        }
        Err(failed) => refused(&headers, language, &failed),
    }
}

//! Every route and every refusal, through the router and without a socket.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use tokio::sync::{Semaphore, mpsc, watch};
use tower::ServiceExt;

use super::{Kept, receipt, shipped, terms};
use crate::host::door::{Door, mark};
use crate::host::routes::{About, Site, console, router};
use crate::host::scribe::{Ledger, Scribe};
use crate::host::serve::run_desk;
use crate::journal::{JournalError, Receipt};
use crate::room::{Entry, Way};
use crate::speech::Language;

pub(super) const HOST: &str = "127.0.0.1:8750";
pub(super) const TRAINER: &str = "the trainer's secret";
pub(super) const CODE: &str = "ABCD2345";

/// A journal in memory.
struct List(Vec<Entry>);

impl Ledger for List {
    fn append(&mut self, batches: &[Vec<Entry>]) -> Result<Vec<Receipt>, JournalError> {
        Ok(batches
            .iter()
            .map(|batch| {
                self.0.extend(batch.iter().cloned());
                receipt(&self.0)
            })
            .collect())
    }
}

/// A room with its routes.
pub(super) fn room(way: Way, script: &str) -> Router {
    let scenario = shipped(script);
    let kept = Kept::open(scenario, terms(way, usize::from(way == Way::Together)));
    let Kept { desk, entries, .. } = kept;
    let door = Arc::new(Door::of(&desk.room));
    let (commands, inbox) = mpsc::unbounded_channel();
    let site = Site {
        commands,
        door: Arc::clone(&door),
        screens: desk.screens(),
        about: Arc::new(About {
            scenario,
            terms: desk.room.terms.clone(),
            id: "7f3a7f3a".into(),
            names: Arc::from(["drill.example".to_owned()]),
            language: Language::English,
            address: format!("http://{HOST}"),
            secure: false,
            certificate: None,
        }),
        leaving: watch::Sender::new(false),
        workers: Arc::new(Semaphore::new(1)),
        streams: Arc::default(),
    };
    tokio::spawn(run_desk(desk, inbox, Scribe::of(List(entries)), door, (|| 2_000, Box::new(|| ()))));
    router(site)
}

/// What was answered: status, headers that matter, text.
pub(super) struct Answered {
    pub(super) status: StatusCode,
    pub(super) to: String,
    pub(super) cookie: String,
    pub(super) policy: String,
    pub(super) text: String,
}

impl Answered {
    /// How something was answered whose text is not read.
    pub(super) fn head(status: StatusCode, to: String) -> Self {
        let (cookie, policy, text) = Default::default();
        Self { status, to, cookie, policy, text }
    }
}

pub(super) async fn send(router: &Router, request: Request<Body>) -> Answered {
    let response = router.clone().oneshot(request).await.expect("a route never fails");
    let header = |name: &str| {
        response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
    };
    let (status, to) = (response.status(), header("location"));
    let (cookie, policy) = (header("set-cookie"), header("content-security-policy"));
    let bytes = to_bytes(response.into_body(), 1 << 24).await.expect("a body");
    Answered { status, to, cookie, policy, text: String::from_utf8_lossy(&bytes).into_owned() }
}

pub(super) async fn get(router: &Router, path: &str, cookie: &str) -> Answered {
    let request = Request::get(path).header("host", HOST).header("cookie", cookie);
    send(router, request.body(Body::empty()).expect("a request")).await
}

pub(super) async fn post(router: &Router, path: &str, cookie: &str, fields: &str) -> Answered {
    let request = Request::post(path)
        .header("host", HOST)
        .header("origin", format!("http://{HOST}"))
        .header("accept", "application/json")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("cookie", cookie);
    send(router, request.body(Body::from(fields.to_owned())).expect("a request")).await
}

/// Comes in under a name; the cookie.
pub(super) async fn join(router: &Router, name: &str) -> String {
    let joined = post(router, "/join", "", &format!("code=abcd+2345&name={name}")).await;
    assert_eq!((joined.status, joined.to.as_str()), (StatusCode::SEE_OTHER, "/drill"), "{}", joined.text);
    for part in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(joined.cookie.contains(part), "{}", joined.cookie);
    }
    joined.cookie.split(';').next().unwrap_or_default().to_owned()
}

pub(super) fn trainer() -> String {
    format!("trainer-7f3a7f3a={TRAINER}")
}

#[tokio::test]
async fn a_drill_from_the_way_in_to_the_debrief() {
    let router = room(Way::SideBySide, "first-light");
    assert!(get(&router, "/", "").await.text.contains("<form"));
    assert!(get(&router, &format!("/j/{CODE}"), "").await.text.contains("name=\"name\""));
    let ada = join(&router, "Ada").await;
    let page = get(&router, "/drill", &ada).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("EXERCISE") && page.text.contains("Ada"));
    let started = post(&router, "/console/start", &trainer(), "").await;
    assert_eq!(started.status, StatusCode::OK, "{}", started.text);
    let page = get(&router, "/drill", &ada).await;
    assert!(page.text.contains("/drill/answer/"), "something is asked");
    let question = page.text.split("/drill/answer/").nth(1).and_then(|rest| rest.split('"').next());
    let question = question.expect("a question's number");
    let key = "0123456789abcdef0123456789abcdef";
    let fields = format!("choice=0&confidence=75&key={key}");
    let answered = post(&router, &format!("/drill/answer/{question}"), &ada, &fields).await;
    assert_eq!(answered.status, StatusCode::OK, "{}", answered.text);
    assert!(
        answered.text.contains("\"receipt\":{") && answered.text.contains("\"head\""),
        "{}",
        answered.text
    );
    let again = post(&router, &format!("/drill/answer/{question}"), &ada, &fields).await;
    assert_eq!(again.text, answered.text, "the same decision has the same receipt");
    for second in ["choice=1".to_owned(), format!("choice=1&confidence=75&key={key}")] {
        let other = post(&router, &format!("/drill/answer/{question}"), &ada, &second).await;
        assert_eq!(
            other.status,
            StatusCode::CONFLICT,
            "there is no second one, under whatever name: {second}"
        );
    }
    assert_eq!(get(&router, "/drill/debrief", &ada).await.status, StatusCode::CONFLICT, "not yet");
    assert_eq!(post(&router, "/console/end", &trainer(), "").await.status, StatusCode::OK);
    let early = get(&router, "/drill/debrief", &ada).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "the trainer releases it");
    assert_eq!(post(&router, "/console/release-debriefs", &trainer(), "").await.status, StatusCode::OK);
    let debrief = get(&router, "/drill/debrief", &ada).await;
    assert_eq!(debrief.status, StatusCode::OK, "{}", debrief.text);
    assert!(debrief.text.contains("<svg") && !debrief.policy.contains("script-src 'self'"));
    let washed = post(&router, "/drill/hot-wash", &ada, "row-0=All+went+well&row-1=").await;
    assert_eq!(washed.status, StatusCode::OK, "{}", washed.text);
}

/// Invites an observer; what their browser is known by.
pub(super) async fn observer(router: &Router) -> String {
    let invited = post(router, "/console/observer", &trainer(), "").await;
    assert_eq!(invited.status, StatusCode::OK);
    let secret = invited.text.split("trainer#").nth(1).and_then(|rest| rest.get(..32));
    let secret = secret.unwrap_or_else(|| panic!("a link: {}", invited.text));
    let entered = post(router, "/trainer", "", &format!("secret={secret}")).await;
    assert_eq!((entered.status, entered.to.as_str()), (StatusCode::SEE_OTHER, "/observe"));
    entered.cookie.split(';').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn an_observer_sees_the_run_of_show_and_notes() {
    let router = room(Way::Together, "ward-round");
    let ada = join(&router, "Ada").await;
    post(&router, "/console/start", &trainer(), "").await;
    let observer = observer(&router).await;
    let page = get(&router, "/observe", &observer).await;
    assert!(page.text.contains("Run of show") && page.text.contains("Expected:"), "{}", page.text);
    assert!(!page.text.contains("Ada"), "who is there is the trainer's");
    let state = get(&router, "/observe/state", &observer).await;
    assert!(state.text.contains("b-i0") && !state.text.contains("b-p1") && !state.text.contains("b-clock"));
    for act in ["note", "mark"] {
        let fields = "says=Calm+and+clear&stage=3&rating=P&team=";
        let done = post(&router, &format!("/console/{act}"), &observer, fields).await;
        assert_eq!(done.status, StatusCode::OK, "{act}: {}", done.text);
    }
    assert!(get(&router, "/observe", &observer).await.text.contains("Calm and clear"));
    assert!(get(&router, "/console", &trainer()).await.text.contains("Calm and clear"));
    let acts = console::ACTS.into_iter().chain(["screen-lock", "observer"]);
    for act in acts.filter(|act| !matches!(*act, "note" | "mark")) {
        let done = post(&router, &format!("/console/{act}"), &observer, "inject=0&team=").await;
        assert_eq!(done.status, StatusCode::FORBIDDEN, "{act}");
        assert!(done.text.contains("That is for the trainer"), "{act}: {}", done.text);
    }
    for path in ["/console", "/console/feed", "/console/see/1", "/console/debrief", "/projector"] {
        assert_eq!(get(&router, path, &observer).await.to, "/trainer", "{path}");
    }
    for (path, cookie) in
        [("/observe", ""), ("/observe", &ada), ("/observe/feed", &ada), ("/observe", &trainer())]
    {
        assert_eq!(get(&router, path, cookie).await.to, "/trainer", "{path} as {cookie:?}");
    }
    assert_eq!(get(&router, "/drill", &observer).await.to, "/", "nor do they play");
}

#[tokio::test]
async fn what_is_refused_because_the_clock_stands_may_be_sent_again() {
    let router = room(Way::Together, "ward-round");
    let ada = join(&router, "Ada").await;
    post(&router, "/console/start", &trainer(), "").await;
    post(&router, "/console/stop", &trainer(), "").await;
    let refused = post(&router, "/drill/note", &ada, "says=I+rang+them").await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    let json: serde_json::Value = serde_json::from_str(&refused.text).expect("JSON");
    assert!(json["later"] == true && json["refused"].as_str().is_some_and(|says| !says.is_empty()), "{json}");
    for act in ["clear", "resume"] {
        post(&router, &format!("/console/{act}"), &trainer(), "").await;
    }
    let taken = post(&router, "/drill/note", &ada, "says=I+rang+them").await;
    assert_eq!(taken.status, StatusCode::OK, "{}", taken.text);
    assert!(!taken.text.contains("later"), "{}", taken.text);
}

#[tokio::test]
async fn every_answer_is_dressed() {
    let router = room(Way::SideBySide, "first-light");
    for path in
        ["/", "/join", "/drill", "/trainer", "/console", "/projector", "/host.css", "/host.js", "/nowhere"]
    {
        let request = Request::get(path).header("host", HOST).body(Body::empty()).expect("a request");
        let response = router.clone().oneshot(request).await.expect("an answer");
        let header =
            |name: &str| response.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
        assert!(header("content-security-policy").contains("default-src 'none'"), "{path}");
        assert!(!header("content-security-policy").contains("unsafe"), "{path}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("cache-control", "no-store"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(header(name), value, "{path}");
        }
    }
}

#[tokio::test]
async fn the_trainer_s_secret_is_exchanged_for_a_cookie() {
    let router = room(Way::SideBySide, "first-light");
    let secret = TRAINER.replace(' ', "+");
    let link = format!("secret=http%3A%2F%2F{HOST}%2Ftrainer%23{secret}");
    for fields in [format!("secret={secret}"), link] {
        let entered = post(&router, "/trainer", "", &fields).await;
        assert_eq!((entered.status, entered.to.as_str()), (StatusCode::SEE_OTHER, "/console"));
        assert!(entered.cookie.contains("HttpOnly") && entered.cookie.contains("SameSite=Strict"));
    }
    let console = get(&router, "/console", &trainer()).await;
    assert_eq!(console.status, StatusCode::OK);
    assert!(!console.text.contains(TRAINER), "it stands on no page");
    let guessed = post(&router, "/trainer", "", "secret=guess").await;
    assert_eq!((guessed.status, guessed.cookie.as_str()), (StatusCode::FORBIDDEN, ""));
}

#[tokio::test]
async fn a_stream_begins_with_the_page_and_polling_sends_the_same() {
    use futures_util::StreamExt;
    let router = room(Way::SideBySide, "first-light");
    let ada = join(&router, "Ada").await;
    post(&router, "/console/start", &trainer(), "").await;
    let request = Request::get("/drill/feed?after=0").header("host", HOST).header("cookie", &ada);
    let response =
        router.clone().oneshot(request.body(Body::empty()).expect("a request")).await.expect("an answer");
    assert_eq!(
        response.headers().get("content-type").and_then(|v| v.to_str().ok()),
        Some("text/event-stream")
    );
    let mut stream = response.into_body().into_data_stream();
    let first = stream.next().await.expect("an event").expect("its bytes");
    let first = String::from_utf8_lossy(&first).into_owned();
    assert!(first.starts_with("retry: ") && first.contains("event: frame\ndata: {"), "{first}");
    let polled = get(&router, "/drill/state?after=0", &ada).await;
    let blocks = |text: &str| text.matches("\"id\":\"b-").count();
    assert_eq!(blocks(&polled.text), blocks(&first));
    let seq = first.split("id: ").nth(1).and_then(|rest| rest.split('\n').next()).expect("a number");
    assert_eq!(get(&router, &format!("/drill/state?after={seq}"), &ada).await.status, StatusCode::NO_CONTENT);
    post(&router, "/drill/note", &ada, "says=Something+odd").await;
    let next = stream.next().await.expect("an event").expect("its bytes");
    assert!(String::from_utf8_lossy(&next).contains("Something odd"));
}

/// A journal on a disk that is full.
struct Full;

impl Ledger for Full {
    fn append(&mut self, _: &[Vec<Entry>]) -> Result<Vec<Receipt>, JournalError> {
        Err(JournalError::TooLarge("no space left".into()))
    }
}

#[tokio::test]
async fn what_cannot_be_kept_has_not_happened_and_is_said() {
    let scenario = shipped("first-light");
    let Kept { desk, .. } = Kept::open(scenario, terms(Way::SideBySide, 0));
    let door = Arc::new(Door::of(&desk.room));
    let (commands, inbox) = mpsc::unbounded_channel();
    let ended = tokio::spawn(run_desk(desk, inbox, Scribe::of(Full), door, (|| 2_000, Box::new(|| ()))));
    let (reply, answer) = tokio::sync::oneshot::channel();
    let joining = crate::host::desk::Joining {
        name: "Ada".into(),
        team: None,
        seats: crate::scenario::SeatSet::default(),
        mark: mark("ada"),
        factor: 100,
        language: Language::English,
    };
    assert!(commands.send(crate::host::serve::Command::Join(Box::new(joining), reply)).is_ok());
    assert!(
        matches!(answer.await, Ok(Err(crate::host::serve::Failed::Broken(why))) if why.contains("no space left"))
    );
    assert!(ended.await.expect("no panic").is_err(), "and the room goes no further");
}

//! What is asked over HTTP, and what is answered.
//!
//! | who | sees | may |
//! | --- | --- | --- |
//! | anybody who reaches this machine | the way in (`join.rs`) | come in with the code |
//! | a trainee, by cookie | the page of their seat (`trainee.rs`) | what that seat may |
//! | an observer, by cookie | the run of show (`observer.rs`) | note what they observe |
//! | the trainer, by cookie | console, projector, every seat's page, the debriefs (`console.rs`) | everything |
//! | a trainer's browser that was locked | the projector | open it again, by PIN or link |
//!
//! [`routes()`] is the table of them all.
//!
//! A route turns a request into one command for the desk, waits for the answer
//! and dresses it. It decides nothing.

pub(super) mod console;
mod debriefs;
mod fields;
mod join;
mod observer;
mod screen;
mod stream;
pub(super) mod trainee;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware;
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};
use minijinja::{Value, context};
use tokio::sync::{mpsc, oneshot, watch};

use super::door::Door;
use super::guard::{Known, guard};
use super::pages;
use super::scribe::Receipt;
use super::serve::{Answer, Command, Failed, Screens};
use super::streams::Streams;
use super::tls::Certificate;
use crate::room::{MemberId, RoomRefusal, Terms};
use crate::scenario::Scenario;
use crate::speech::{Language, speaking};

/// Everything that a route needs.
#[derive(Clone)]
pub(super) struct Site {
    pub(super) commands: mpsc::UnboundedSender<Command>,
    pub(super) door: Arc<Door>,
    pub(super) screens: Screens,
    pub(super) about: Arc<About>,
    pub(super) leaving: watch::Sender<bool>,
    /// Who may work on debriefs at the same time.
    pub(super) workers: Arc<tokio::sync::Semaphore>,
    /// Who follows which page, and how often.
    pub(super) streams: Arc<Streams>,
}

/// What does not change while the room is open.
pub(super) struct About {
    pub(super) scenario: &'static Scenario,
    pub(super) terms: Terms,
    /// The room's id; short, for cookies and what browsers keep.
    pub(super) id: String,
    /// Names, besides numbers and `localhost`, that this machine goes by.
    pub(super) names: Arc<[String]>,
    /// What the room speaks where nobody asked for another language.
    pub(super) language: Language,
    /// Where people come in, such as `http://192.0.2.7:8080`.
    pub(super) address: String,
    /// Whether cookies are for encrypted connections only.
    pub(super) secure: bool,
    /// With what browsers are spoken to over `https`; none if over `http`.
    pub(super) certificate: Option<Certificate>,
}

impl Site {
    /// Tells every page that the host is going.
    pub(super) fn goodbye(&self) {
        self.leaving.send_replace(true);
    }

    /// Asks the desk, and waits for what it answers.
    pub(super) async fn ask<T>(
        &self,
        command: impl FnOnce(oneshot::Sender<Answer<T>>) -> Command,
    ) -> Answer<T> {
        let (reply, answer) = oneshot::channel();
        let gone = || Failed::Broken("the room has ended".into());
        self.commands.send(command(reply)).map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }

    /// Looks at the room as it stands, at the desk.
    pub(super) async fn look<T: Send + 'static>(
        &self,
        look: impl FnOnce(&mut dyn super::desk::Looks) -> T + Send + 'static,
    ) -> Answer<T> {
        self.ask(|reply| {
            Command::Ask(Box::new(move |desk| {
                let _ = reply.send(Ok(look(desk)));
            }))
        })
        .await
    }

    fn cookie_name(&self, what: &str) -> String {
        format!("{what}-{}", self.about.id)
    }

    /// Who sends this, if it is somebody in the room.
    fn member(&self, headers: &HeaderMap) -> Option<MemberId> {
        cookie(headers, &self.cookie_name("seat")).and_then(|secret| self.door.member(secret))
    }

    /// What the trainer's browser is known by, if it is one.
    fn trainer<'h>(&self, headers: &'h HeaderMap) -> Option<&'h str> {
        self.trainer_cookie(headers).filter(|secret| self.door.trainer(secret))
    }

    fn trainer_cookie<'h>(&self, headers: &'h HeaderMap) -> Option<&'h str> {
        cookie(headers, &self.cookie_name("trainer"))
    }

    /// Whether it is the trainer's browser with a locked screen; and then, whether a PIN may still open it.
    fn locked(&self, headers: &HeaderMap) -> Option<bool> {
        self.trainer_cookie(headers).and_then(|secret| self.door.locked(secret))
    }

    /// Whether an observer sends this.
    fn is_observer(&self, headers: &HeaderMap) -> bool {
        cookie(headers, &self.cookie_name("observer")).is_some_and(|secret| self.door.observer(secret))
    }

    /// The language that a browser asks for, or the room's.
    fn language(&self, headers: &HeaderMap) -> Language {
        let wanted = headers.get("accept-language").and_then(|value| value.to_str().ok()).unwrap_or_default();
        let tags = wanted.split(',').map(|tag| tag.split(';').next().unwrap_or_default().trim());
        tags.into_iter().find_map(Language::named).unwrap_or(self.about.language)
    }

    fn set_cookie(&self, what: &str, secret: &str) -> HeaderValue {
        let secure = if self.about.secure { "; Secure" } else { "" };
        let name = self.cookie_name(what);
        // A month; or, where people play in their own time, as long as browsers keep any (RFC 6265bis): rooms are
        // open for a year at most.
        let days = if self.about.terms.until.is_some() { 400 } else { 30 };
        let age = days * 86_400;
        let text = format!("{name}={secret}; Path=/; HttpOnly; SameSite=Strict; Max-Age={age}{secure}");
        HeaderValue::from_str(&text).expect("checked: an id and hexadecimal digits")
    }

    fn title(&self) -> String {
        self.about.scenario.head.title.clone()
    }
}

/// Whom a route answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whom {
    /// Anybody who reaches this machine.
    Anybody,
    /// Who is in the room.
    Trainee,
    /// Who watches it for the trainer.
    Observer,
    /// The trainer.
    Trainer,
    /// The trainer, even where the screen is locked.
    Screen,
}

/// One route: how it is asked, where, by whom, and what answers.
pub(super) struct Route {
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests ask for every route as it is asked"))]
    pub(super) post: bool,
    pub(super) path: &'static str,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests ask for every route as a stranger"))]
    pub(super) whom: Whom,
    answers: MethodRouter<Site>,
}

/// Every route there is. Whatever is added here is tried by the tests with every kind of stranger.
pub(super) fn routes() -> Vec<Route> {
    use Whom::{Anybody, Observer, Screen, Trainee, Trainer};
    let see = |whom, path, answers| Route { post: false, path, whom, answers };
    let send = |whom, path, answers| Route { post: true, path, whom, answers };
    vec![
        see(Anybody, "/", get(join::page)),
        see(Anybody, "/join", get(join::page)),
        send(Anybody, "/join", post(join::join)),
        see(Anybody, "/j/{code}", get(join::link)),
        see(Trainee, "/drill", get(trainee::page)),
        see(Trainee, "/drill/feed", get(trainee::feed)),
        see(Trainee, "/drill/state", get(trainee::state)),
        see(Trainee, "/drill/debrief", get(trainee::debrief)),
        send(Trainee, "/drill/{act}", post(trainee::act)),
        send(Trainee, "/drill/{act}/{id}", post(trainee::act_on)),
        see(Anybody, "/trainer", get(screen::way_in)),
        send(Anybody, "/trainer", post(screen::enter)),
        see(Trainer, "/console", get(console::page)),
        see(Trainer, "/console/feed", get(console::feed)),
        see(Trainer, "/console/state", get(console::state)),
        see(Trainer, "/console/see/{member}", get(console::see)),
        see(Trainer, "/console/see/{member}/feed", get(console::see_feed)),
        see(Trainer, "/console/see/{member}/state", get(console::see_state)),
        see(Trainer, "/console/debrief", get(debriefs::room)),
        see(Trainer, "/console/debrief/{file}", get(debriefs::file)),
        send(Trainer, "/console/{act}", post(console::act)),
        see(Observer, "/observe", get(observer::page)),
        see(Observer, "/observe/feed", get(observer::feed)),
        see(Observer, "/observe/state", get(observer::state)),
        see(Screen, "/projector", get(console::projector)),
        see(Screen, "/projector/feed", get(console::projector_feed)),
        see(Screen, "/projector/state", get(console::projector_state)),
        see(Anybody, "/host.css", get(|| async { asset("text/css; charset=utf-8", pages::STYLE) })),
        see(Anybody, "/host.js", get(|| async { asset("text/javascript; charset=utf-8", pages::SCRIPT) })),
    ]
}

/// The routes, each behind the guard.
pub(super) fn router(site: Site) -> Router {
    let known = Known::by(Arc::clone(&site.about.names), &site.about.address);
    routes()
        .into_iter()
        .fold(Router::new(), |router, route| router.route(route.path, route.answers))
        .fallback(|State(site): State<Site>, headers: HeaderMap| async move {
            lost(&headers, site.language(&headers))
        })
        .layer(middleware::from_fn(move |request: Request, next| guard(known.clone(), request, next)))
        .with_state(site)
}

fn asset(kind: &'static str, text: &'static str) -> Response {
    let mut response = Response::new(Body::from(text));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// What is answered to who asks for what is not there.
fn lost(headers: &HeaderMap, language: Language) -> Response {
    let words = speaking(language, || tr::tr!("There is no such page here. The way in leads to the others."));
    said(headers, language, StatusCode::NOT_FOUND, &words)
}

/// What is answered to who is not known, or may not see this: JSON for the script, the way in for everybody else.
fn stranger(headers: &HeaderMap, language: Language, way_in: &str) -> Response {
    // A page that is sent on after a form would ask for the way in by that form.
    if wants_json(headers) || headers.contains_key("last-event-id") {
        let words = speaking(language, || {
            tr::tr!("This browser is not known here any more. Come in again, and send it then.")
        });
        return json(StatusCode::UNAUTHORIZED, &serde_json::json!({ "refused": words }));
    }
    to(way_in)
}

/// A whole page, in the language that was asked for.
fn html(status: StatusCode, language: Language, name: &str, title: &str, values: Value) -> Response {
    let text = speaking(language, || {
        pages::page(name, context! { page => context! { lang => language.tag(), title => title }, ..values })
    });
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response
}

/// One thing, on a page of its own, with the way in.
fn notice(status: StatusCode, language: Language, kind: &str, words: [String; 2]) -> Response {
    notice_back(status, language, kind, words, ("/", speaking(language, || tr::tr!("To the way in"))))
}

/// One thing, on a page of its own, with the way back to where somebody is in already.
fn notice_back(
    status: StatusCode,
    language: Language,
    kind: &str,
    [title, says]: [String; 2],
    (address, back): (&str, String),
) -> Response {
    let again = context! { address => address, says => back };
    let notice = context! { kind => kind, title => &title, says => vec![says], link => again };
    html(status, language, "notice", &title, context! { notice => notice })
}

/// To another page.
fn to(address: &str) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    let address = HeaderValue::from_str(address).unwrap_or(HeaderValue::from_static("/"));
    response.headers_mut().insert(LOCATION, address);
    response
}

fn json(status: StatusCode, value: &serde_json::Value) -> Response {
    let mut response = json_text(value.to_string());
    *response.status_mut() = status;
    response
}

/// Text that is JSON already.
fn json_text(text: String) -> Response {
    let mut response = Response::new(Body::from(text));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// Whether the page's script asks, and takes JSON.
fn wants_json(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("json"))
}

/// What came of a form: JSON for the script, and back to the page without it.
fn settled(headers: &HeaderMap, language: Language, back: &str, answer: Answer<Option<Receipt>>) -> Response {
    match answer {
        Ok(_) if !wants_json(headers) => to(back),
        Ok(receipt) => speaking(language, || {
            let said = receipt.map_or_else(|| tr::tr!("Done."), |r| tr::tr!("Saved as no. {}.", r.n));
            let receipt = receipt.map(|r| serde_json::json!({ "n": r.n, "head": r.head.to_string() }));
            json(StatusCode::OK, &serde_json::json!({ "receipt": receipt, "said": said }))
        }),
        Err(failed) => refused(headers, language, &failed),
    }
}

/// Why something did not happen.
fn refused(headers: &HeaderMap, language: Language, failed: &Failed) -> Response {
    let (status, says) = speaking(language, || match failed {
        Failed::Refused(RoomRefusal::Removed) => (StatusCode::UNAUTHORIZED, RoomRefusal::Removed.to_string()),
        Failed::Refused(refusal) => (StatusCode::CONFLICT, refusal.to_string()),
        Failed::Broken(why) => (
            StatusCode::SERVICE_UNAVAILABLE,
            tr::tr!(
                "The room cannot keep anything any more, so nothing was done. Tell the trainer. ({why})",
                why
            ),
        ),
    });
    let later = matches!(
        failed,
        Failed::Refused(RoomRefusal::Stopped | RoomRefusal::Drill(crate::engine::Refusal::Paused))
    );
    if later && wants_json(headers) {
        // Who decided it before the clock stood may send it again.
        return json(status, &serde_json::json!({ "refused": says, "later": true }));
    }
    said(headers, language, status, &says)
}

/// A refusal in words: JSON for the script, a page for everybody else.
fn said(headers: &HeaderMap, language: Language, status: StatusCode, words: &str) -> Response {
    if wants_json(headers) {
        return json(status, &serde_json::json!({ "refused": words }));
    }
    let title = speaking(language, || tr::tr!("That did not work"));
    notice(status, language, "error", [title, words.to_owned()])
}

/// A cookie's value.
fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let all = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// Adds a cookie to an answer.
fn with_cookie(mut response: Response, cookie: HeaderValue) -> Response {
    response.headers_mut().append(SET_COOKIE, cookie);
    response
}

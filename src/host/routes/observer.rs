//! An observer's side: the run of show as the trainer has it. What observers may do, `console.rs` says.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use minijinja::context;
use tr::tr;

use super::super::desk::ConsoleAct;
use super::super::door::{mark, secret};
use super::super::serve::{Command, Failed};
use super::super::streams::Audience;
use super::console::{about, news, screen};
use super::trainee::{After, has};
use super::{Site, html, refused, stranger, stream};
use crate::speech::speaking;

/// What is answered to who is no observer.
fn outside(site: &Site, headers: &HeaderMap) -> Option<Response> {
    if site.is_observer(headers) { None } else { Some(stranger(headers, site.language(headers), "/trainer")) }
}

/// A link for an observer, shown once to the trainer.
pub(super) async fn invite(site: &Site, headers: &HeaderMap) -> Response {
    let language = site.about.language;
    let Ok(secret) = secret(16) else {
        return refused(headers, language, &Failed::Broken("this machine gives no random numbers".into()));
    };
    let act = ConsoleAct::Watch(mark(&secret));
    let kept = site.ask(|reply| Command::Console(Box::new(act), reply)).await;
    if let Err(failed) = kept {
        return refused(headers, language, &failed);
    }
    site.door.let_watch(mark(&secret));
    let title = speaking(language, || tr!("A link for an observer"));
    let notice = speaking(language, || {
        context! {
            kind => "moved", title => &title, copy => format!("{}/trainer#{secret}", site.about.address),
            says => vec![
                tr!("Who opens it sees the run of show, and can write notes and mark how stages went; nothing else."),
                tr!("It is shown this once, and good as long as the room is. Send it as you would a key."),
            ],
            link => context! { address => "/console", says => tr!("Back to the console") },
        }
    });
    html(StatusCode::OK, language, "notice", &title, context! { notice => notice })
}

/// The run of show.
pub(super) async fn page(State(site): State<Site>, headers: HeaderMap) -> Response {
    if let Some(response) = outside(&site, &headers) {
        return response;
    }
    let frame = site.screens.observer.borrow().clone();
    let room = about(&site).await;
    let places = ["steps", "later", "shelf", "past", "observations"];
    screen(&site, "observer", "observer", &frame, &places, context! { room => room })
}

/// Its stream.
pub(super) async fn feed(
    State(site): State<Site>,
    headers: HeaderMap,
    Query(after): Query<After>,
) -> Response {
    match outside(&site, &headers) {
        Some(response) => response,
        None => {
            let frames = site.screens.observer.clone();
            let place = site.streams.open(Audience::Observer);
            stream::shown(frames, has(&headers, &after), site.leaving.subscribe(), place)
        }
    }
}

/// What is new there, once.
pub(super) async fn state(
    State(site): State<Site>,
    headers: HeaderMap,
    Query(after): Query<After>,
) -> Response {
    outside(&site, &headers).unwrap_or_else(|| news(&after, &site.screens.observer))
}

//! The trainer's browser: let in by the link, locked, and opened again by PIN or link.
//!
//! While a screen is locked its browser is known by something that opens the
//! projector and nothing else; what it was known by before stands in the host's
//! memory alone. So neither the browser nor what lies on a disk opens the console.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use minijinja::context;
use tr::tr;

use super::super::asked::Fields;
use super::super::door::Unlocked;
use super::super::serve::Failed;
use super::{Site, fields, html, refused, said, to, with_cookie};
use crate::speech::{Language, speaking};

/// Signs of a PIN, at least and at most.
const PIN_SIGNS: std::ops::RangeInclusive<usize> = 4..=64;

/// The page that takes the secret out of the link, or opens a screen that is locked.
pub(super) async fn way_in(State(site): State<Site>, headers: HeaderMap) -> Response {
    ask(&site, &headers, StatusCode::OK, "")
}

fn ask(site: &Site, headers: &HeaderMap, status: StatusCode, refused: &str) -> Response {
    let locked = site.locked(headers);
    let values = context! {
        refused => refused, locked => locked.is_some(), pin => locked == Some(true),
        stopped => site.screens.console.borrow().now.stopped,
    };
    html(status, site.language(headers), "trainer", &site.title(), values)
}

/// The secret, the whole link with it, or the PIN of a locked screen: for a cookie.
pub(super) async fn enter(State(site): State<Site>, headers: HeaderMap, body: Body) -> Response {
    let language = site.language(&headers);
    let typed = match fields::read(&headers, language, body).await {
        Ok(typed) => typed,
        Err(response) => return response,
    };
    let secret = typed.get("secret").unwrap_or_default().trim();
    let secret = secret.rsplit_once('#').map_or(secret, |(_, secret)| secret);
    if site.door.trainer(secret) {
        return with_cookie(to("/console"), site.set_cookie("trainer", secret));
    }
    if site.door.observer(secret) {
        return with_cookie(to("/observe"), site.set_cookie("observer", secret));
    }
    let pin = typed.get("pin").map(str::trim).filter(|pin| !pin.is_empty());
    let opened = pin.map(|pin| site.door.unlock(site.trainer_cookie(&headers).unwrap_or_default(), pin));
    if let Some(Unlocked::Open(secret)) = &opened {
        return with_cookie(to("/console"), site.set_cookie("trainer", secret));
    }
    // Who guesses waits; 128 bits are not guessed anyway.
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    let says = speaking(language, || match opened {
        Some(Unlocked::Wrong(left)) => {
            tr!("That is not the PIN. You can try once more."
                | "That is not the PIN. You can try {n} times more." % left)
        }
        Some(Unlocked::NoPin) => {
            tr!(
                "No PIN opens this screen any more. The trainer’s link does: the program printed it when it started."
            )
        }
        Some(Unlocked::Open(_)) | None => tr!("That is not the link of this room."),
    });
    ask(&site, &headers, StatusCode::FORBIDDEN, &says)
}

/// Locks the screen of the browser that asks for it, and ends what that shows elsewhere; the projector stays.
pub(super) fn lock(site: &Site, headers: &HeaderMap, secret: &str, typed: &Fields) -> Response {
    let language = site.about.language;
    let pin = typed.get("pin").unwrap_or_default().trim();
    if !pin.is_empty() && !PIN_SIGNS.contains(&pin.chars().count()) {
        return said(headers, language, StatusCode::UNPROCESSABLE_ENTITY, &pin_unfit(language));
    }
    match site.door.lock(secret, pin) {
        Ok(meanwhile) => {
            site.streams.lock();
            with_cookie(to("/trainer"), site.set_cookie("trainer", &meanwhile))
        }
        Err(_) => {
            let why = Failed::Broken("this machine gives no random numbers".into());
            refused(headers, language, &why)
        }
    }
}

fn pin_unfit(language: Language) -> String {
    speaking(language, || {
        tr!("A PIN has four signs at least. Go back and choose another, or leave it empty.")
    })
}

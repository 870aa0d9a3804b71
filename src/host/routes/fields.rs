//! The fields of a form, read within bounds.

use axum::body::{Body, to_bytes};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use sha2::{Digest as _, Sha256};
use tr::tr;

use super::super::asked::Fields;
use super::said;
use crate::limits::HOST_BODY_BYTES_MAX;
use crate::room::{IdempotencyKey, TeamId, To};
use crate::scenario::{SeatId, SeatSet};
use crate::score::Rating;
use crate::speech::{Language, speaking};

/// The fields of a form.
///
/// # Errors
/// What is answered to a body that is too large, or is no form.
pub(super) async fn read(headers: &HeaderMap, language: Language, body: Body) -> Result<Fields, Response> {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/x-www-form-urlencoded") {
        let words =
            speaking(language, || tr!("That is no form. Load the page again, and send it from there."));
        return Err(said(headers, language, StatusCode::UNSUPPORTED_MEDIA_TYPE, &words));
    }
    let bytes = to_bytes(body, HOST_BODY_BYTES_MAX).await.map_err(|_| {
        let words = speaking(language, || tr!("That is too long. Shorten it, and send it again."));
        said(headers, language, StatusCode::PAYLOAD_TOO_LARGE, &words)
    })?;
    Ok(Fields(form_urlencoded::parse(&bytes).into_owned().collect()))
}

/// What a decision is called: by the browser's name for it, with what it says, for the same name on something
/// else is another decision. A new name where the browser gave none, for then it will not ask again.
pub(super) fn key(act: &str, id: Option<u16>, fields: &Fields) -> IdempotencyKey {
    let given = fields.get("key").filter(|key| key.len() == 32);
    let given = given.filter(|key| u128::from_str_radix(key, 16).is_ok());
    let mut name = [0; 16];
    match given {
        Some(given) => {
            let mut hash = Sha256::new();
            hash.update(given.to_ascii_lowercase());
            let mut part = |text: &str| {
                hash.update((text.len() as u64).to_be_bytes());
                hash.update(text);
            };
            part(act);
            part(&id.map(|id| id.to_string()).unwrap_or_default());
            for (name, value) in fields.0.iter().filter(|(name, _)| name != "key") {
                part(name);
                part(value);
            }
            name.copy_from_slice(&hash.finalize()[..16]);
        }
        // Without randomness the name is 0, and a second decision without a name is taken for the first.
        None => drop(getrandom::fill(&mut name)),
    }
    IdempotencyKey(u128::from_be_bytes(name))
}

/// To which team and seats something is to go.
pub(super) fn to_whom(team: Option<TeamId>, typed: &Fields) -> To {
    let seats = typed.0.iter().filter(|(name, _)| name == "seat").filter_map(|(_, seat)| seat.parse().ok());
    let seats: SeatSet =
        seats.filter(|seat: &usize| *seat < crate::limits::SEATS_MAX).map(SeatId::of).collect();
    To { team, seats }
}

/// How a stage went, by its letter.
pub(super) fn rating(letter: &str) -> Option<Rating> {
    Rating::ALL.into_iter().find(|rating| crate::debrief::Rating::from(*rating).letter() == letter)
}

//! The fields of a form, read within bounds.

use axum::body::{Body, to_bytes};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use tr::tr;

use super::super::asked::Fields;
use super::said;
use crate::journal::Digest;
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
            let (given, id) = (given.to_ascii_lowercase(), id.map(|id| id.to_string()).unwrap_or_default());
            let said = fields.0.iter().filter(|(name, _)| name != "key");
            let said = said.flat_map(|(name, value)| [name.as_bytes(), value.as_bytes()]);
            let parts: Vec<&[u8]> =
                [given.as_bytes(), act.as_bytes(), id.as_bytes()].into_iter().chain(said).collect();
            name.copy_from_slice(&Digest::of_parts("decision", &parts).0[..16]);
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

//! The fields of a form, read within bounds.

use axum::body::{Body, to_bytes};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
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

/// What the browser calls this decision; a new name where it gave none, for then it will not ask again.
pub(super) fn key(fields: &Fields) -> IdempotencyKey {
    let given = fields.get("key").filter(|key| key.len() == 32);
    let key = given.and_then(|key| u128::from_str_radix(key, 16).ok());
    IdempotencyKey(key.unwrap_or_else(|| {
        let mut random = [0; 16];
        // Without randomness the name is 0, and a second decision without a name is taken for the first.
        let _ = getrandom::fill(&mut random);
        u128::from_be_bytes(random)
    }))
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

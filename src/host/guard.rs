//! What every request has to pass, and what every answer carries.
//!
//! A foreign page may not act for anybody (origin), nor be mistaken for this one
//! by a name of its own (host); no page of ours can run what is not ours, stand in
//! a foreign frame, tell where it was, or stay in a cache.

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, HeaderName, HeaderValue, ORIGIN, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::Response;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
    img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const ALWAYS: [(HeaderName, &str); 8] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    // Without it a form that is sent without our script would not say where it came from.
    (REFERRER_POLICY, "same-origin"),
    (CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
];

/// A content policy of its own, for a page that is whole in itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Policy(pub(super) &'static str);

/// Lets a request through that is one of ours, and dresses the answer.
pub(super) async fn guard(names: std::sync::Arc<[String]>, request: Request, next: Next) -> Response {
    let mut response = match refuse(&names, request.method(), request.uri(), request.headers()) {
        Some(why) => plain(StatusCode::FORBIDDEN, why),
        None => next.run(request).await,
    };
    let own = response.extensions().get::<Policy>().copied();
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Some(Policy(policy)) = own {
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    }
    response
}

/// Why a request is none of ours; none if it is.
fn refuse(names: &[String], method: &Method, uri: &Uri, headers: &HeaderMap) -> Option<&'static str> {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text(HOST).or_else(|| uri.authority().map(|authority| authority.as_str()));
    let Some(host) = host else {
        return Some("This does not say for which machine it is; open the address that breachdrill printed.");
    };
    if !ours(names, host) {
        return Some(
            "This machine is not called that; open it by the address that breachdrill printed, or start it with --known-as.",
        );
    }
    if matches!(*method, Method::GET | Method::HEAD) {
        return None;
    }
    let same = text(ORIGIN).and_then(|origin| origin.split_once("://")).is_some_and(|(_, from)| from == host);
    if same {
        None
    } else {
        Some("This came from another page, so nothing was done; load the page again, and send it from there.")
    }
}

/// Whether a host is this machine: by number, which no foreign name can stand for, or by a name that is known.
fn ours(names: &[String], host: &str) -> bool {
    let name = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((number, _)) => number,
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    name.parse::<std::net::IpAddr>().is_ok()
        || name.eq_ignore_ascii_case("localhost")
        || names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// A short answer in plain text.
pub(super) fn plain(status: StatusCode, text: &'static str) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(method: Method, host: Option<&str>, origin: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        let put = |headers: &mut HeaderMap, name, value: Option<&str>| {
            if let Some(value) = value {
                headers.insert(name, value.parse().expect("a header"));
            }
        };
        put(&mut headers, HOST, host);
        put(&mut headers, ORIGIN, origin);
        refuse(&["drill.example".into()], &method, &Uri::from_static("/join"), &headers).is_some()
    }

    #[test]
    fn a_foreign_name_is_refused_and_numbers_and_known_names_are_not() {
        for host in ["127.0.0.1:8080", "192.0.2.7", "[2001:db8::1]:80", "localhost:1", "Drill.example:443"] {
            assert!(!refused(Method::GET, Some(host), None), "{host}");
        }
        for host in ["evil.example", "127.0.0.1.evil.example:80", "localhost.evil.example", ""] {
            assert!(refused(Method::GET, Some(host), None), "{host}");
        }
        assert!(refused(Method::GET, None, None));
    }

    #[test]
    fn what_changes_something_comes_from_our_own_page() {
        let host = Some("192.0.2.7:8080");
        assert!(!refused(Method::POST, host, Some("http://192.0.2.7:8080")));
        assert!(!refused(Method::POST, host, Some("https://192.0.2.7:8080")));
        for origin in [None, Some("null"), Some("http://evil.example"), Some("http://192.0.2.7"), Some("")] {
            assert!(refused(Method::POST, host, origin), "{origin:?}");
            assert!(refused(Method::DELETE, host, origin), "{origin:?}");
        }
    }
}

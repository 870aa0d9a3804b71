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
pub(super) async fn guard(known: Known, request: Request, next: Next) -> Response {
    let mut response = match refuse(&known, request.method(), request.uri(), request.headers()) {
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
fn refuse(known: &Known, method: &Method, uri: &Uri, headers: &HeaderMap) -> Option<&'static str> {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text(HOST).or_else(|| uri.authority().map(|authority| authority.as_str()));
    let Some(host) = host else {
        return Some("This does not say for which machine it is; open the address that breachdrill printed.");
    };
    if !known.ours(host) {
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

/// By what this machine is known.
#[derive(Clone, Debug)]
pub(super) struct Known {
    names: std::sync::Arc<[String]>,
    /// The port in the address at which people come in; none if that names none, as behind a proxy.
    port: Option<u16>,
}

impl Known {
    /// By these names, besides numbers, and at the port that the address names, if it names one.
    pub(super) fn by(names: std::sync::Arc<[String]>, address: &str) -> Self {
        let (_, host) = address.split_once("://").unwrap_or(("", address));
        Self { names, port: parted(host).1 }
    }

    /// Whether a host is this machine: by number, which no foreign name can stand for, or by a name that is known.
    fn ours(&self, host: &str) -> bool {
        let (name, port) = parted(host);
        let named = name.parse::<std::net::IpAddr>().is_ok()
            || name.eq_ignore_ascii_case("localhost")
            || self.names.iter().any(|known| known.eq_ignore_ascii_case(name));
        named && (self.port.is_none() || port == self.port)
    }
}

/// A host's name or number, and its port if it has one.
fn parted(host: &str) -> (&str, Option<u16>) {
    let (name, rest) = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((number, rest)) => (number, rest.strip_prefix(':')),
        None => host.rsplit_once(':').map_or((host, None), |(name, port)| (name, Some(port))),
    };
    (name, rest.and_then(|port| port.parse().ok()))
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
        // As behind a proxy: the address at which people come in names no port.
        let known = Known::by(std::sync::Arc::from(["drill.example".to_owned()]), "https://drill.example");
        refuse(&known, &method, &Uri::from_static("/join"), &headers).is_some()
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
    fn where_the_address_names_a_port_no_other_is_this_one() {
        for (address, fine, foreign) in [
            (
                "http://192.0.2.7:8750",
                ["192.0.2.7:8750", "drill.example:8750"],
                ["192.0.2.7:9999", "192.0.2.7"],
            ),
            (
                "http://[2001:db8::1]:8750",
                ["[2001:db8::1]:8750", "localhost:8750"],
                ["[2001:db8::1]", "localhost:1"],
            ),
        ] {
            let known = Known::by(std::sync::Arc::from(["drill.example".to_owned()]), address);
            for host in fine {
                assert!(known.ours(host), "{address}: {host}");
            }
            for host in foreign {
                assert!(!known.ours(host), "{address}: {host}");
            }
        }
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

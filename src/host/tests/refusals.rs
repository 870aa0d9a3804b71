//! Every route there is, asked by everybody who may not, in every way that is wrong; and what they are told.

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use tower::ServiceExt;

use super::routes::{Answered, HOST, TRAINER, get, join, observer, post, room, send, trainer};
use crate::host::routes::{Whom, console, routes, trainee};
use crate::limits::HOST_BODY_BYTES_MAX;
use crate::room::Way;

/// A way to ask for a route.
struct Asked {
    method: Method,
    path: String,
    whom: Whom,
}

/// Every route of the table, with everything that can stand where its path leaves something open.
fn all() -> Vec<Asked> {
    let mut all = Vec::new();
    for route in routes() {
        let paths: Vec<String> = match route.path {
            "/drill/{act}" => trainee_acts(false),
            "/drill/{act}/{id}" => trainee_acts(true),
            "/console/{act}" => {
                let acts = console::ACTS.into_iter().chain(["screen-lock", "observer"]);
                acts.map(|act| format!("/console/{act}")).collect()
            }
            "/console/debrief/{file}" => {
                let files = ["debrief.html", "debrief.md", "debrief.json", "decisions.csv", "attendance.csv"];
                files.map(|file| format!("/console/debrief/{file}")).into()
            }
            path => {
                let filled = path.replace("{member}", "1").replace("{code}", "ABCD2345");
                assert!(!filled.contains('{'), "say here what can stand in {path}");
                vec![filled]
            }
        };
        let method = if route.post { Method::POST } else { Method::GET };
        all.extend(paths.into_iter().map(|path| Asked { method: method.clone(), path, whom: route.whom }));
    }
    all
}

fn trainee_acts(of_something: bool) -> Vec<String> {
    let acts = trainee::ACTS.into_iter().filter(|(_, of)| *of == of_something);
    acts.map(|(act, of)| if of { format!("/drill/{act}/0") } else { format!("/drill/{act}") }).collect()
}

/// Asks; of a stream only how it is answered.
async fn ask(router: &Router, request: Request<Body>) -> Answered {
    if request.uri().path().ends_with("/feed") {
        let response = router.clone().oneshot(request).await.expect("a route never fails");
        let to = response.headers().get("location").and_then(|value| value.to_str().ok());
        let (status, to) = (response.status(), to.unwrap_or_default().to_owned());
        if status == StatusCode::OK {
            return Answered::head(status, to);
        }
        let text = axum::body::to_bytes(response.into_body(), 1 << 20).await.expect("a body");
        return Answered { text: String::from_utf8_lossy(&text).into_owned(), ..Answered::head(status, to) };
    }
    send(router, request).await
}

fn request(asked: &Asked, cookie: &str, json: bool) -> Request<Body> {
    let mut request = Request::builder()
        .method(asked.method.clone())
        .uri(&asked.path)
        .header("host", HOST)
        .header("cookie", cookie)
        .header("accept", if json { "application/json" } else { "text/html" });
    if asked.method == Method::POST {
        request = request
            .header("origin", format!("http://{HOST}"))
            .header("content-type", "application/x-www-form-urlencoded");
    }
    request.body(Body::empty()).expect("a request")
}

/// A refusal in JSON says something, in a sentence.
fn in_words(answered: &Answered, what: &str) -> String {
    let json: serde_json::Value = serde_json::from_str(&answered.text)
        .unwrap_or_else(|error| panic!("{what}: {error}: {:?}", answered.text));
    let says = json["refused"].as_str().unwrap_or_default().to_owned();
    assert!(says.len() > 12 && says.ends_with('.'), "{what}: {says:?}");
    says
}

#[tokio::test]
async fn nobody_sees_or_does_what_is_another_s() {
    let router = room(Way::Together, "ward-round");
    let ada = join(&router, "Ada").await;
    let ada_elsewhere = ada.replace("7f3a7f3a", "00000000");
    let trainer_elsewhere = format!("trainer-00000000={TRAINER}");
    let strangers = ["", "seat-7f3a7f3a=0000", "trainer-7f3a7f3a=guess", &ada_elsewhere, &trainer_elsewhere];
    for asked in all() {
        let (others, way_in): (Vec<&str>, &str) = match asked.whom {
            Whom::Anybody => continue,
            Whom::Trainee => (strangers.into_iter().chain([trainer().leak() as &str]).collect(), "/"),
            Whom::Trainer | Whom::Screen | Whom::Observer => {
                (strangers.into_iter().chain([ada.as_str()]).collect(), "/trainer")
            }
        };
        for cookie in others {
            let what = format!("{} {} as {cookie:?}", asked.method, asked.path);
            let page = ask(&router, request(&asked, cookie, false)).await;
            assert_eq!((page.status, page.to.as_str()), (StatusCode::SEE_OTHER, way_in), "{what}");
            let script = ask(&router, request(&asked, cookie, true)).await;
            assert_eq!(script.status, StatusCode::UNAUTHORIZED, "{what}");
            assert!(in_words(&script, &what).contains("Come in again"), "{what}");
        }
    }
}

#[tokio::test]
async fn whoever_may_is_answered_and_nothing_breaks() {
    let router = room(Way::Together, "ward-round");
    let ada = join(&router, "Ada").await;
    let observer = observer(&router).await;
    for asked in all() {
        let cookie = match asked.whom {
            Whom::Anybody => "",
            Whom::Trainee => &ada,
            Whom::Trainer | Whom::Screen => trainer().leak(),
            Whom::Observer => &observer,
        };
        let what = format!("{} {}", asked.method, asked.path);
        let answered = ask(&router, request(&asked, cookie, true)).await;
        let fine = [
            StatusCode::OK,
            StatusCode::SEE_OTHER,
            StatusCode::FORBIDDEN,
            StatusCode::CONFLICT,
            StatusCode::UNPROCESSABLE_ENTITY,
        ];
        assert!(fine.contains(&answered.status), "{what}: {} {}", answered.status, answered.text);
        assert!(asked.path == "/trainer" || answered.status != StatusCode::FORBIDDEN, "{what}");
        if matches!(answered.status, StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY)
            && asked.method == Method::POST
        {
            in_words(&answered, &what);
        }
    }
}

#[tokio::test]
async fn what_comes_from_elsewhere_is_refused_on_every_route() {
    let router = room(Way::Together, "ward-round");
    let ada = join(&router, "Ada").await;
    let cookies = format!("{ada}; {}", trainer());
    for asked in all() {
        let with = |host: Option<&str>, origin: Option<&str>| {
            let mut request = Request::builder().method(asked.method.clone()).uri(&asked.path);
            request = request
                .header("cookie", &cookies)
                .header("content-type", "application/x-www-form-urlencoded");
            for (name, value) in [("host", host), ("origin", origin)] {
                if let Some(value) = value {
                    request = request.header(name, value);
                }
            }
            request.body(Body::from("says=x")).expect("a request")
        };
        let own = format!("http://{HOST}");
        let foreign = [
            "evil.example",
            "evil.example:8750",
            "127.0.0.1.evil.example",
            "127.0.0.1:9999",
            "drill.example",
        ];
        for host in foreign.map(Some).into_iter().chain([None]) {
            let answered = ask(&router, with(host, Some(&own))).await;
            let what = format!("{} {} for {host:?}", asked.method, asked.path);
            assert_eq!(answered.status, StatusCode::FORBIDDEN, "{what}");
            assert!(answered.text.contains("address that breachdrill printed"), "{what}: {}", answered.text);
        }
        if asked.method != Method::POST {
            continue;
        }
        for origin in [None, Some("null"), Some("http://evil.example"), Some("http://127.0.0.1:9")] {
            let answered = ask(&router, with(Some(HOST), origin)).await;
            let what = format!("{} from {origin:?}", asked.path);
            assert_eq!(answered.status, StatusCode::FORBIDDEN, "{what}");
            assert!(answered.text.contains("load the page again"), "{what}: {}", answered.text);
        }
    }
    let page = get(&router, "/drill", &ada).await;
    assert!(page.text.contains("Ada"), "and nothing has happened to anybody");
}

#[tokio::test]
async fn what_is_too_long_or_no_form_is_refused_on_every_route() {
    let router = room(Way::Together, "ward-round");
    let ada = join(&router, "Ada").await;
    let observer = observer(&router).await;
    for asked in all().into_iter().filter(|asked| asked.method == Method::POST) {
        let cookie = match asked.whom {
            Whom::Anybody => "",
            Whom::Trainee => &ada,
            Whom::Trainer | Whom::Screen => trainer().leak(),
            Whom::Observer => &observer,
        };
        let long = format!("says={}", "x".repeat(HOST_BODY_BYTES_MAX));
        let answered = post(&router, &asked.path, cookie, &long).await;
        assert_eq!(answered.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", asked.path);
        assert!(in_words(&answered, &asked.path).contains("Shorten it"));
        for kind in ["text/plain", "application/json", "multipart/form-data; boundary=x"] {
            let mut request = request(&asked, cookie, true);
            request.headers_mut().insert("content-type", kind.parse().expect("a kind"));
            let answered = send(&router, request).await;
            assert_eq!(answered.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{} as {kind}", asked.path);
            assert!(in_words(&answered, &asked.path).contains("Load the page again"));
        }
    }
}

#[tokio::test]
async fn what_is_not_there_is_said_to_be_not_there() {
    let router = room(Way::Together, "ward-round");
    let ada = join(&router, "Ada").await;
    post(&router, "/console/start", &trainer(), "").await;
    for path in [
        "/drill/dance",
        "/drill/dance/0",
        "/drill/note/0",
        "/drill/answer",
        "/drill/answer/70000",
        "/drill/do/x",
    ] {
        let answered = post(&router, path, &ada, "").await;
        assert_eq!(answered.status, StatusCode::NOT_FOUND, "{path}");
        in_words(&answered, path);
    }
    for path in
        ["answer", "lock", "hint", "more-time", "examine", "do"].map(|act| format!("/drill/{act}/65535"))
    {
        let answered = post(&router, &path, &ada, "choice=0").await;
        assert_eq!(answered.status, StatusCode::CONFLICT, "{path}: {}", answered.text);
        in_words(&answered, &path);
    }
    assert_eq!(post(&router, "/console/dance", &trainer(), "").await.status, StatusCode::NOT_FOUND);
    for act in console::ACTS {
        for fields in [
            "team=99&inject=999&question=999&member=999&stage=99&seconds=0&pace=0",
            "team=0&inject=0&question=0&member=0&stage=0&rating=Z&seat=99&seconds=99999&pace=99999",
            "team=x&inject=-1&question=x&member=&stage=x&seconds=x&pace=x",
        ] {
            if matches!(act, "start" | "pause" | "resume" | "stop" | "clear" | "end" | "close")
                && fields.contains('x')
            {
                // No team means every team.
                continue;
            }
            let answered = post(&router, &format!("/console/{act}"), &trainer(), fields).await;
            let what = format!("{act} with {fields}: {} {}", answered.status, answered.text);
            assert!(!answered.status.is_server_error() && answered.status != StatusCode::NOT_FOUND, "{what}");
            if answered.status != StatusCode::OK {
                in_words(&answered, &what);
            }
        }
        if act == "close" {
            break;
        }
    }
    for path in [
        "/nowhere",
        "/console/see/99",
        "/console/see/x",
        "/console/see/99/feed",
        "/console/debrief/secret.txt",
    ] {
        let mut request = Request::get(path).header("host", HOST).header("cookie", trainer());
        request = request.header("accept", "application/json");
        let answered = send(&router, request.body(Body::empty()).expect("a request")).await;
        assert_eq!(answered.status, StatusCode::NOT_FOUND, "{path}");
        in_words(&answered, path);
    }
}

/// What each act of a trainee comes to now; refusals in words.
async fn acts(router: &Router, cookie: &str) -> Vec<(String, StatusCode, String)> {
    let mut told = Vec::new();
    for path in trainee_acts(false).into_iter().chain(trainee_acts(true)) {
        let answered = post(router, &path, cookie, "choice=0&says=x&row-0=Well").await;
        let says = if answered.status == StatusCode::OK { String::new() } else { in_words(&answered, &path) };
        assert!(
            matches!(answered.status, StatusCode::OK | StatusCode::CONFLICT),
            "{path}: {}",
            answered.text
        );
        told.push((path, answered.status, says));
    }
    told
}

#[tokio::test]
async fn what_comes_at_the_wrong_time_is_refused_and_said() {
    for (way, script) in
        [(Way::Together, "ward-round"), (Way::SideBySide, "first-light"), (Way::OwnTime, "first-light")]
    {
        let router = room(way, script);
        let ada = join(&router, "Ada").await;
        let play =
            ["/drill/answer/0", "/drill/examine/0", "/drill/do/0", "/drill/more-time/0", "/drill/hint/0"];
        if way != Way::OwnTime {
            for (path, status, says) in acts(&router, &ada).await {
                let early = status == StatusCode::CONFLICT || !play.contains(&path.as_str());
                assert!(early, "{way:?} before STARTEX: {path} {says}");
            }
            assert_eq!(post(&router, "/console/start", &trainer(), "").await.status, StatusCode::OK);
            assert_eq!(post(&router, "/console/start", &trainer(), "").await.status, StatusCode::CONFLICT);
        }
        assert_eq!(post(&router, "/console/stop", &trainer(), "").await.status, StatusCode::OK);
        for (path, status, says) in acts(&router, &ada).await {
            let washes = path == "/drill/hot-wash";
            assert!(
                washes || (status == StatusCode::CONFLICT && says.contains("real event")),
                "{way:?} {path}: {says}"
            );
        }
        let late = post(&router, "/join", "", "code=ABCD2345&name=Late").await;
        assert_eq!(late.status, StatusCode::CONFLICT, "nobody comes in while it is stopped");
        assert_eq!(post(&router, "/console/clear", &trainer(), "").await.status, StatusCode::OK);
        post(&router, "/console/end", &trainer(), "").await;
        for (path, status, says) in acts(&router, &ada).await {
            assert!(
                !play.contains(&path.as_str()) || status == StatusCode::CONFLICT,
                "{way:?} after ENDEX: {path} {says}"
            );
        }
        assert_eq!(post(&router, "/console/close", &trainer(), "").await.status, StatusCode::OK);
        for (path, status, says) in acts(&router, &ada).await {
            assert!(status == StatusCode::CONFLICT && says.contains("closed"), "{way:?} {path}: {says}");
        }
        let late = post(&router, "/join", "", "code=ABCD2345&name=Late").await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(in_words(&late, "/join").contains("closed"));
        for act in console::ACTS
            .into_iter()
            .filter(|act| matches!(*act, "start" | "pause" | "resume" | "stop" | "end"))
        {
            let answered = post(&router, &format!("/console/{act}"), &trainer(), "").await;
            assert!(!answered.status.is_server_error(), "{way:?} {act}: {}", answered.text);
        }
    }
}

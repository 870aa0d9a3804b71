//! Many tabs of one person, and the trainer's screen that is locked and opened again.

use axum::Router;
use axum::body::{Body, BodyDataStream};
use axum::http::{Request, StatusCode};
use futures_util::StreamExt;
use tower::ServiceExt;

use super::routes::{HOST, TRAINER, get, join, post, room, trainer};
use crate::limits::HOST_STREAMS_MAX;
use crate::room::Way;

/// A stream, with its first event read.
async fn follow(router: &Router, path: &str, cookie: &str) -> BodyDataStream {
    let request = Request::get(path).header("host", HOST).header("cookie", cookie);
    let request = request.body(Body::empty()).expect("a request");
    let response = router.clone().oneshot(request).await.expect("an answer");
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    let mut stream = response.into_body().into_data_stream();
    assert!(event(&mut stream).await.contains("event: frame"), "{path}");
    stream
}

async fn event(stream: &mut BodyDataStream) -> String {
    let bytes = stream.next().await.expect("an event").expect("its bytes");
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test]
async fn one_person_has_so_many_streams_and_the_oldest_is_told() {
    let router = room(Way::SideBySide, "first-light");
    let (ada, bram) = (join(&router, "Ada").await, join(&router, "Bram").await);
    let mut other = follow(&router, "/drill/feed", &bram).await;
    let mut streams = Vec::new();
    for _ in 0..HOST_STREAMS_MAX {
        streams.push(follow(&router, "/drill/feed", &ada).await);
    }
    let mut last = follow(&router, "/drill/feed", &ada).await;
    assert_eq!(event(&mut streams[0]).await, "event: bye\ndata: elsewhere\n\n");
    assert!(streams[0].next().await.is_none(), "and nothing more comes there");
    assert_eq!(post(&router, "/console/start", &trainer(), "").await.status, StatusCode::OK);
    for stream in streams[1..].iter_mut().chain([&mut last, &mut other]) {
        assert!(event(stream).await.contains("event: frame"), "the others go on");
    }
    // Who closes a tab may open another.
    streams.truncate(2);
    let mut again = follow(&router, "/drill/feed", &ada).await;
    post(&router, "/console/stop", &trainer(), "").await;
    for stream in [&mut streams[1], &mut last, &mut again] {
        assert!(event(stream).await.contains("event: frame"));
    }
}

fn cookie_of(text: &str) -> String {
    text.split(';').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_locked_screen_shows_the_projector_and_opens_by_its_pin() {
    let router = room(Way::Together, "ward-round");
    join(&router, "Ada").await;
    let mut console = follow(&router, "/console/feed", &trainer()).await;
    let mut seen = follow(&router, "/console/see/1/feed", &trainer()).await;
    let mut projector = follow(&router, "/projector/feed", &trainer()).await;
    let short = post(&router, "/console/screen-lock", &trainer(), "pin=12").await;
    assert_eq!((short.status, short.cookie.as_str()), (StatusCode::UNPROCESSABLE_ENTITY, ""));
    assert!(short.text.contains("four signs"), "{}", short.text);
    let answered = post(&router, "/console/screen-lock", &trainer(), "pin=2580").await;
    assert_eq!((answered.status, answered.to.as_str()), (StatusCode::SEE_OTHER, "/trainer"));
    let locked = cookie_of(&answered.cookie);
    assert!(!answered.cookie.contains(TRAINER) && answered.cookie.contains("HttpOnly"));
    for stream in [&mut console, &mut seen] {
        assert_eq!(event(stream).await, "event: bye\ndata: locked\n\n");
    }
    for path in ["/console", "/console/state", "/console/feed", "/console/see/1", "/console/debrief"] {
        assert_eq!(get(&router, path, &locked).await.to, "/trainer", "{path}");
    }
    assert_eq!(post(&router, "/console/start", &locked, "").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(post(&router, "/console/clear", &locked, "").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(get(&router, "/projector", &locked).await.status, StatusCode::OK);
    assert_eq!(get(&router, "/projector/state", &locked).await.status, StatusCode::OK);
    assert_eq!(
        post(&router, "/console/start", &trainer(), "").await.status,
        StatusCode::OK,
        "another browser"
    );
    assert!(event(&mut projector).await.contains("event: frame"), "what is on the wall goes on");
    let page = get(&router, "/trainer", &locked).await;
    assert!(page.text.contains("name=\"pin\"") && page.text.contains("locked"), "{}", page.text);
    assert!(!get(&router, "/trainer", "").await.text.contains("name=\"pin\""));
    let wrong = post(&router, "/trainer", &locked, "pin=0000").await;
    assert_eq!((wrong.status, wrong.cookie.as_str()), (StatusCode::FORBIDDEN, ""));
    assert!(wrong.text.contains("4 times"), "{}", wrong.text);
    assert_eq!(
        post(&router, "/trainer", "", "pin=2580").await.status,
        StatusCode::FORBIDDEN,
        "a PIN is for its screen"
    );
    let opened = post(&router, "/trainer", &locked, "pin=2580").await;
    assert_eq!((opened.status, opened.to.as_str()), (StatusCode::SEE_OTHER, "/console"));
    assert_eq!(get(&router, "/console", &cookie_of(&opened.cookie)).await.status, StatusCode::OK);
    assert_eq!(
        get(&router, "/console", &locked).await.to,
        "/trainer",
        "what it was known by meanwhile is over"
    );
}

#[tokio::test]
async fn a_real_event_is_stopped_from_a_locked_screen_and_nothing_else_is_done_there() {
    let router = room(Way::Together, "ward-round");
    join(&router, "Ada").await;
    post(&router, "/console/start", &trainer(), "").await;
    assert!(!get(&router, "/trainer", "").await.text.contains("/console/stop"), "not for a stranger");
    let locked = cookie_of(&post(&router, "/console/screen-lock", &trainer(), "pin=2580").await.cookie);
    let page = get(&router, "/trainer", &locked).await;
    assert!(page.text.contains("action=\"/console/stop\""), "{}", page.text);
    assert_eq!(post(&router, "/console/stop", &locked, "").await.status, StatusCode::OK);
    let page = get(&router, "/trainer", &locked).await;
    assert!(
        page.text.contains("Halted for a real event") && !page.text.contains("/console/stop"),
        "{}",
        page.text
    );
    for act in ["clear", "resume", "end", "close"] {
        let refused = post(&router, &format!("/console/{act}"), &locked, "").await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{act}");
    }
}

#[tokio::test]
async fn after_a_few_guesses_only_the_link_opens_a_locked_screen() {
    let router = room(Way::SideBySide, "first-light");
    let secret = TRAINER.replace(' ', "+");
    for (pin, tries) in [("pin=2580", 5), ("", 0)] {
        let locked = cookie_of(&post(&router, "/console/screen-lock", &trainer(), pin).await.cookie);
        for _ in 0..tries {
            assert_eq!(post(&router, "/trainer", &locked, "pin=1111").await.status, StatusCode::FORBIDDEN);
        }
        let right = post(&router, "/trainer", &locked, "pin=2580").await;
        assert_eq!((right.status, right.cookie.as_str()), (StatusCode::FORBIDDEN, ""));
        assert!(right.text.contains("No PIN opens this screen"), "{}", right.text);
        assert!(!get(&router, "/trainer", &locked).await.text.contains("name=\"pin\""));
        let opened = post(&router, "/trainer", &locked, &format!("secret={secret}")).await;
        assert_eq!(opened.to, "/console");
    }
}

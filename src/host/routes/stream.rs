//! Streams: the pages of an audience as they change, to one browser.
//!
//! Each event carries the number up to which the page is then whole. A browser
//! that reads slowly is not waited for: what it has not been sent yet is replaced
//! by what is newer, and nothing is missing, for a page is state.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;
use futures_util::stream;
use tokio::sync::{mpsc, watch};

use super::super::desk::Follows;
use super::super::frame::Frame;
use super::super::serve::Command;
use super::super::streams::Place;
use crate::room::MemberId;

/// So often something is sent although nothing has changed, so that both ends notice a dead connection.
const ALIVE: Duration = Duration::from_secs(15);

/// Says that somebody's stream has ended, however it ends.
struct Presence(MemberId, mpsc::UnboundedSender<Command>);

impl Drop for Presence {
    fn drop(&mut self) {
        // Without a desk there is nobody to tell.
        let _ = self.1.send(Command::Went(self.0));
    }
}

struct Reader {
    follows: Option<watch::Receiver<Follows>>,
    frames: watch::Receiver<Arc<Frame>>,
    leaving: watch::Receiver<bool>,
    /// Up to which entry the browser has everything.
    has: u64,
    turn: u64,
    votes: Vec<(u32, String)>,
    first: bool,
    over: bool,
    place: Place,
    _presence: Option<Presence>,
}

/// A stream of the pages that somebody follows.
pub(super) fn followed(
    member: MemberId,
    follows: watch::Receiver<Follows>,
    has: u64,
    leaving: watch::Receiver<bool>,
    (commands, place): (mpsc::UnboundedSender<Command>, Place),
) -> Response {
    let (frames, turn) = {
        let follows = follows.borrow();
        (follows.frames.clone(), follows.turn)
    };
    let _ = commands.send(Command::Came(member));
    let presence = Some(Presence(member, commands));
    respond(Reader {
        follows: Some(follows),
        frames,
        leaving,
        has,
        turn,
        votes: Vec::new(),
        first: true,
        over: false,
        place,
        _presence: presence,
    })
}

/// A stream of one page, for who follows nothing else.
pub(super) fn shown(
    frames: watch::Receiver<Arc<Frame>>,
    has: u64,
    leaving: watch::Receiver<bool>,
    place: Place,
) -> Response {
    let votes = Vec::new();
    respond(Reader {
        follows: None,
        frames,
        leaving,
        has,
        turn: 0,
        votes,
        first: true,
        over: false,
        place,
        _presence: None,
    })
}

fn respond(reader: Reader) -> Response {
    let events = stream::unfold(reader, |mut reader| async move {
        if reader.over {
            return None;
        }
        let event = reader.next().await;
        Some((Ok::<_, Infallible>(event), reader))
    });
    let mut response = Response::new(Body::from_stream(events));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

impl Reader {
    async fn next(&mut self) -> Bytes {
        if std::mem::take(&mut self.first) {
            // A second or two, not all at the same moment, if the connection is lost.
            let retry = 800 + self.has * 7 % 1_400;
            self.votes =
                self.follows.as_ref().map(|follows| follows.borrow().votes.clone()).unwrap_or_default();
            let frame = self.frames.borrow_and_update().clone();
            let event = self.frame(&frame, &self.votes.clone());
            return [format!("retry: {retry}\n").as_bytes(), &event].concat().into();
        }
        loop {
            tokio::select! {
                biased;
                _ = self.leaving.changed() => return self.bye("restart"),
                Ok(why) = &mut self.place.ended => return self.bye(why.word()),
                changed = changed(&mut self.follows) => {
                    if !changed { return self.bye("restart") }
                    if let Some(event) = self.turned() { return event }
                }
                changed = self.frames.changed() => {
                    if changed.is_err() { return self.bye("restart") }
                    let frame = self.frames.borrow_and_update().clone();
                    return self.frame(&frame, &[]);
                }
                () = tokio::time::sleep(ALIVE) => return Bytes::from_static(b": still here\n\n"),
            }
        }
    }

    /// Something about what this person follows has changed.
    fn turned(&mut self) -> Option<Bytes> {
        let follows = self.follows.as_mut()?.borrow_and_update().clone();
        if let Some(why) = follows.bye {
            return Some(self.bye(why));
        }
        let votes: Vec<_> = follows.votes.iter().filter(|vote| !self.votes.contains(vote)).cloned().collect();
        self.votes.clone_from(&follows.votes);
        if follows.turn != self.turn {
            self.turn = follows.turn;
            self.frames = follows.frames;
            // Another page: the browser puts everything in order by loading it anew.
            return Some(Bytes::from_static(b"event: bye\ndata: moved\n\n"));
        }
        if votes.is_empty() {
            return None;
        }
        let frame = self.frames.borrow_and_update().clone();
        Some(self.frame(&frame, &votes))
    }

    /// A page as it stands, for a browser that has everything up to `has`.
    fn frame(&mut self, frame: &Frame, votes: &[(u32, String)]) -> Bytes {
        let event = frame.event(self.has, votes);
        self.has = self.has.max(frame.seq);
        event
    }

    fn bye(&mut self, why: &str) -> Bytes {
        self.over = true;
        Bytes::from(format!("event: bye\ndata: {why}\n\n"))
    }
}

/// Waits for a change in what somebody follows, for ever if they follow nothing; whether there can be more.
async fn changed(follows: &mut Option<watch::Receiver<Follows>>) -> bool {
    match follows {
        Some(follows) => follows.changed().await.is_ok(),
        None => std::future::pending().await,
    }
}

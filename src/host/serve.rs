//! The loop around the desk, and the socket around that.
//!
//! One task owns the desk. It takes what has come in, lets time pass, has the
//! scribe make all of it durable, and only then answers and publishes. Nobody
//! else touches a drill, and no lock is held across a wait.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, mpsc, oneshot, watch};

use super::desk::{Act, ConsoleAct, Desk, Follows, Joining, Taken};
use super::door::Door;
use super::frame::Frame;
use super::open::Closed;
use super::routes::{self, Site};
use super::scribe::{Receipt, Scribe};
use super::tls::greet;
use crate::drill::Clock;
use crate::limits::{HOST_BATCH_MAX, HOST_CONNECTIONS_MAX};
use crate::room::{IdempotencyKey, MemberId, RoomRefusal};
use crate::speech::Language;

/// What a route asks of the desk, and where the answer goes.
pub(super) enum Command {
    Join(Box<Joining>, oneshot::Sender<Answer<MemberId>>),
    Act(MemberId, IdempotencyKey, Box<Act>, oneshot::Sender<Answer<Option<Receipt>>>),
    Console(Box<ConsoleAct>, oneshot::Sender<Answer<Option<Receipt>>>),
    Follow(MemberId, Language, oneshot::Sender<Answer<watch::Receiver<Follows>>>),
    Ask(Look),
    Came(MemberId),
    Went(MemberId),
}

/// Something that looks at the room as it stands.
pub(super) type Look = Box<dyn FnOnce(&mut dyn super::desk::Looks) + Send>;

/// What the desk answers.
pub(super) type Answer<T> = Result<T, Failed>;

/// Why something did not happen.
#[derive(Clone, Debug)]
pub(super) enum Failed {
    /// The room or the drill will not do it.
    Refused(RoomRefusal),
    /// It could not be made durable, and so it has not happened. Nothing more will.
    Broken(String),
}

impl From<RoomRefusal> for Failed {
    fn from(refusal: RoomRefusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Something that waits for its batch to be durable.
type Waiting = Box<dyn FnOnce(&mut dyn Receipts, Result<&[Receipt], &str>) + Send>;

/// Where receipts of decisions are noted and found.
pub(super) trait Receipts {
    fn note(&mut self, member: MemberId, key: IdempotencyKey, receipt: Receipt);
    fn find(&self, member: MemberId, key: IdempotencyKey) -> Option<Receipt>;
}

impl<C: Clock> Receipts for Desk<C> {
    fn note(&mut self, member: MemberId, key: IdempotencyKey, receipt: Receipt) {
        self.receipted(member, key, receipt);
    }
    fn find(&self, member: MemberId, key: IdempotencyKey) -> Option<Receipt> {
        self.receipt(member, key)
    }
}

/// How often what changes at every vote and every arrival is told, at most: the trainer's screens, who has voted
/// and for what. Rarer the more people are told, so that two thousand pages a second are sent for it and no more.
fn now_and_then(people: usize) -> Duration {
    let people = u64::try_from(people).unwrap_or(u64::MAX);
    Duration::from_millis((people / 2).clamp(250, 2_000))
}

/// Seconds after which it is noted how far drill time has come, for a host that is killed.
const BEAT: u32 = 5;

/// Runs a desk until nobody can ask it anything any more.
pub(super) async fn run_desk<C: Clock + Send + 'static>(
    mut desk: Desk<C>,
    mut inbox: mpsc::UnboundedReceiver<Command>,
    scribe: Scribe,
    door: Arc<Door>,
    (wall, closed): (fn() -> u64, Closed),
) -> Result<(), String> {
    let mut every_second = tokio::time::interval(Duration::from_secs(1));
    every_second.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut seconds = 0_u32;
    let mut shown = tokio::time::Instant::now();
    let mut closed = Some(closed);
    loop {
        let next = desk.until_next().unwrap_or(Duration::from_secs(3_600));
        let often = now_and_then(desk.room.members.len());
        let next = if desk.is_stale() { next.min(often.saturating_sub(shown.elapsed())) } else { next };
        let mut commands = Vec::new();
        let mut second = false;
        tokio::select! {
            biased;
            got = inbox.recv_many(&mut commands, HOST_BATCH_MAX) => if got == 0 {
                scribe.beat(desk.moments());
                return Ok(());
            },
            () = tokio::time::sleep(next) => {}
            _ = every_second.tick() => second = true,
        }
        desk.set_wall(wall());
        if second {
            seconds += 1;
            desk.look_around();
            if seconds.is_multiple_of(60) {
                door.calm();
            }
        }
        desk.advance();
        let trainer = commands.iter().any(|command| matches!(command, Command::Console(..)));
        let waiting: Vec<Waiting> =
            commands.into_iter().filter_map(|command| take(&mut desk, &door, command)).collect();
        let written = write(&mut desk, &scribe).await;
        let told = written.as_deref().map_err(String::as_str);
        for wait in waiting {
            wait(&mut desk, told);
        }
        written?;
        if second && seconds.is_multiple_of(BEAT) {
            scribe.beat(desk.moments());
        }
        desk.publish_pages();
        // What the trainer does is there at once; what many do is told together.
        if trainer || (desk.is_stale() && shown.elapsed() >= often) {
            desk.publish_screens();
            shown = tokio::time::Instant::now();
        }
        if desk.room.closed
            && let Some(closed) = closed.take()
        {
            closed();
        }
    }
}

/// Makes durable whatever waits; a receipt for each batch, those that are empty having that of the one before.
async fn write<C: Clock>(desk: &mut Desk<C>, scribe: &Scribe) -> Result<Vec<Receipt>, String> {
    let batches = desk.take_batches();
    let filled: Vec<bool> = batches.iter().map(|batch| !batch.is_empty()).collect();
    let batches: Vec<_> = batches.into_iter().filter(|batch| !batch.is_empty()).collect();
    if batches.is_empty() {
        return Ok(Vec::new());
    }
    let receipts = scribe.write(batches).await?;
    desk.durable(&receipts);
    let mut given = receipts.iter().copied();
    let mut last = receipts.first().copied();
    Ok(filled
        .into_iter()
        .filter_map(|filled| {
            if filled {
                last = given.next();
            }
            last
        })
        .collect())
}

/// Judges a command; what is left to do once it is durable.
fn take<C: Clock>(desk: &mut Desk<C>, door: &Arc<Door>, command: Command) -> Option<Waiting> {
    match command {
        Command::Came(member) => desk.came(member),
        Command::Went(member) => desk.went(member),
        Command::Ask(ask) => ask(desk),
        Command::Follow(member, language, reply) => {
            let _ = reply.send(desk.follow(member, language).map_err(Failed::from));
        }
        Command::Join(joining, reply) => match desk.join(&joining) {
            Err(refusal) => drop(reply.send(Err(refusal.into()))),
            Ok(member) => {
                let door = Arc::clone(door);
                return Some(Box::new(move |_, written| {
                    let answer = written.map(|_| member).map_err(|why| Failed::Broken(why.to_owned()));
                    if answer.is_ok() {
                        door.let_in(joining.mark, member);
                    }
                    let _ = reply.send(answer);
                }));
            }
        },
        Command::Act(member, key, act, reply) => match desk.act(member, key, &act) {
            Err(refusal) => drop(reply.send(Err(refusal.into()))),
            Ok(taken) => return Some(settle(taken, Some((member, key)), reply)),
        },
        Command::Console(act, reply) => match desk.console(&act) {
            Err(refusal) => drop(reply.send(Err(refusal.into()))),
            Ok(taken) => return Some(settle(taken, None, reply)),
        },
    }
    None
}

fn settle(
    taken: Taken,
    decision: Option<(MemberId, IdempotencyKey)>,
    reply: oneshot::Sender<Answer<Option<Receipt>>>,
) -> Waiting {
    Box::new(move |receipts, written| {
        let answer = match (written, taken) {
            (Err(why), _) => Err(Failed::Broken(why.to_owned())),
            (Ok(_), Taken::Nothing) => Ok(None),
            (Ok(_), Taken::Before(member, key)) => Ok(receipts.find(member, key)),
            (Ok(given), Taken::In(row)) => {
                let receipt = given.get(row).copied();
                if let (Some(receipt), Some((member, key))) = (receipt, decision) {
                    receipts.note(member, key, receipt);
                }
                Ok(receipt)
            }
        };
        let _ = reply.send(answer);
    })
}

/// The pages that are there for who holds the trainer's secret, and for the projector.
#[derive(Clone)]
pub(super) struct Screens {
    pub(super) console: watch::Receiver<Arc<Frame>>,
    pub(super) observer: watch::Receiver<Arc<Frame>>,
    pub(super) projector: watch::Receiver<Arc<Frame>>,
}

/// How long a browser may take over the head of a request.
const HEAD_PATIENCE: Duration = Duration::from_secs(10);

/// How long pages have to hear that the host is going, before their connections are cut.
const GOODBYE: Duration = Duration::from_secs(2);

/// Takes connections until `stop`, and then tells the pages.
pub(super) async fn serve_site(listener: TcpListener, site: Site, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(HOST_CONNECTIONS_MAX));
    let service = TowerToHyperService::new(routes::router(site.clone()));
    let mut open = tokio::task::JoinSet::new();
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
            Some(_) = open.join_next() => continue,
        };
        // A connection that failed before it was one, or too many files: the next may go well.
        let Ok((stream, _)) = accepted else {
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else { continue };
        let _ = stream.set_nodelay(true);
        let (service, about) = (service.clone(), Arc::clone(&site.about));
        open.spawn(async move {
            let Some(stream) = greet(stream, about.certificate.as_ref(), &about.address).await else {
                return;
            };
            let connection = hyper::server::conn::http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD_PATIENCE)
                .max_buf_size(16 * 1024)
                .serve_connection(TokioIo::new(stream), service);
            // A browser that went away is no failure of ours.
            let _ = connection.await;
            drop(place);
        });
    }
    site.goodbye();
    let _ = tokio::time::timeout(GOODBYE, async { while open.join_next().await.is_some() {} }).await;
}

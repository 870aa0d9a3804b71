//! A room, opened or taken up again, and run until it is told to stop.

use std::future::Future;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::{Semaphore, mpsc, watch};

use super::desk::Desk;
use super::door::{Door, code, mark, secret};
use super::routes::{About, Site};
use super::scribe::{Ledger, Scribe};
use super::serve::{run_desk, serve_site};
use super::tls::Certificate;
use crate::drill::WallClock;
use crate::journal::{JournalError, Receipt, RoomJournal};
use crate::room::{Cause, Entry, RoomFact};
use crate::scenario::Scenario;
use crate::speech::Language;

/// How a room is hosted.
#[derive(Clone, Debug)]
pub struct Hosting {
    /// Names, besides numbers and `localhost`, that this machine goes by.
    pub names: Vec<String>,
    /// What the room speaks where nobody asked for another language.
    pub language: Language,
    /// Where people come in, such as `http://192.0.2.7:8080`.
    pub address: String,
    /// With what browsers are spoken to over `https`; none if over `http`.
    pub certificate: Option<Certificate>,
    /// How many simulated trainees fill the room.
    pub rehearse: u32,
    /// Milliseconds since 1970, whenever it is asked.
    pub wall: fn() -> u64,
}

/// A room that is open.
pub struct Open {
    desk: Desk<WallClock>,
    scribe: Scribe,
    door: Arc<Door>,
    hosting: Hosting,
    id: String,
    /// The trainer's secret, which is nowhere kept.
    secret: String,
    /// What is done when the room is closed.
    closed: Closed,
}

/// Something that is done once, when a room is closed.
pub(super) type Closed = Box<dyn FnOnce() + Send>;

/// Opens a room whose journal holds `entries`, of which each has its receipt.
///
/// A room that was running when the program stopped stands still: the trainer lets it go on.
///
/// # Errors
/// If the journal takes nothing, or this machine gives no random numbers.
///
/// # Panics
/// If `entries` do not begin with the room's opening: whoever made the journal wrote it.
pub fn open(
    scenario: &'static Scenario,
    mut journal: RoomJournal,
    entries: &[Entry],
    receipts: &[Receipt],
    hosting: Hosting,
) -> Result<Open, JournalError> {
    let random = |error: getrandom::Error| JournalError::NoRandomness(error.to_string());
    let secret = secret(16).map_err(random)?;
    let wall = (hosting.wall)();
    let opened = (entries, journal.last());
    let mut desk = Desk::new(scenario, opened, hosting.language, WallClock::standing_at, wall)
        .expect("checked: a room's journal begins with its opening");
    desk.address.clone_from(&hosting.address);
    for (entry, receipt) in entries.iter().zip(receipts) {
        if let RoomFact::Played { cause: Cause::Member(member, key), .. }
        | RoomFact::Voted { member, key, .. } = &entry.what
        {
            desk.receipted(*member, *key, *receipt);
        }
    }
    let code = if desk.room.code.is_empty() { code().map_err(random)? } else { desk.room.code.clone() };
    desk.ran_to(&journal.ran_to());
    desk.take_up(code, mark(&secret));
    let written = Ledger::append(&mut journal, &desk.take_batches())?;
    desk.durable(&written);
    let door = Arc::new(Door::of(&desk.room));
    let id = journal.id().short().to_owned();
    let closed = Box::new(|| ());
    Ok(Open { desk, scribe: Scribe::of(journal), door, hosting, id, secret, closed })
}

impl Open {
    /// The trainer's link. The secret stands behind the `#`, which no browser sends, logs or refers to.
    #[must_use]
    pub fn trainer_link(&self) -> String {
        format!("{}/trainer#{}", self.hosting.address, self.secret)
    }

    /// The link that leads people into the room.
    #[must_use]
    pub fn join_link(&self) -> String {
        super::qr::link(&self.hosting.address, &self.desk.room.code)
    }

    /// What people type to come in, as they read it.
    #[must_use]
    pub fn code(&self) -> String {
        super::door::said_code(&self.desk.room.code)
    }

    /// Has something done when the trainer closes the room; it is hosted on, for its pages and debriefs.
    #[must_use]
    pub fn when_closed(self, closed: impl FnOnce() + Send + 'static) -> Self {
        Self { closed: Box::new(closed), ..self }
    }

    /// Takes connections until `stop`; then tells the pages, and returns when all is written.
    ///
    /// # Errors
    /// If the room's journal takes nothing any more.
    pub async fn serve(self, listener: TcpListener, stop: impl Future<Output = ()>) -> Result<(), String> {
        let Self { desk, scribe, door, hosting, id, closed, .. } = self;
        let (commands, inbox) = mpsc::unbounded_channel();
        let about = About {
            scenario: desk.scenario,
            terms: desk.room.terms.clone(),
            id,
            names: hosting.names.into(),
            language: hosting.language,
            secure: hosting.certificate.is_some() || hosting.address.starts_with("https:"),
            certificate: hosting.certificate,
            address: hosting.address,
        };
        let site = Site {
            commands,
            door: Arc::clone(&door),
            screens: desk.screens(),
            about: Arc::new(about),
            leaving: watch::Sender::new(false),
            workers: Arc::new(Semaphore::new(2)),
            streams: Arc::default(),
        };
        if hosting.rehearse > 0 {
            tokio::spawn(super::rehearse::rehearse(site.clone(), hosting.rehearse));
        }
        let mut room = tokio::spawn(run_desk(desk, inbox, scribe, door, (hosting.wall, closed)));
        let (halt, halted) = tokio::sync::oneshot::channel();
        let serving = serve_site(listener, site, async move {
            tokio::select! {
                () = stop => {}
                _ = halted => {}
            }
        });
        tokio::pin!(serving);
        let ended = tokio::select! {
            () = &mut serving => None,
            ended = &mut room => Some(ended),
        };
        if let Some(ended) = ended {
            let _ = halt.send(());
            serving.await;
            return ended.map_err(|panic| panic.to_string())?;
        }
        // With the last route the last sender has gone, and the desk ends by itself.
        room.await.map_err(|panic| panic.to_string())?
    }
}

//! The scribe: one thread that makes what happened durable, many at a time.
//!
//! Whatever the desk has while the last commit is under way goes into the next
//! one: the more there is to do, the more each commit carries. After a failure
//! nothing more is written, and so nothing more happens in the room: what cannot
//! be kept is not shown.

use std::sync::mpsc;
use std::thread::JoinHandle;

use tokio::sync::oneshot;

pub(super) use crate::journal::Receipt;
use crate::journal::{JournalError, RoomJournal};
use crate::room::{Entry, TeamId};
use crate::scenario::SimTime;

/// Where entries go.
pub(super) trait Ledger: Send + 'static {
    /// Makes batches durable, all or none, in their order; a receipt for each.
    fn append(&mut self, batches: &[Vec<Entry>]) -> Result<Vec<Receipt>, JournalError>;

    /// Notes how far clocks have come that run.
    fn beat(&mut self, _moments: &[(TeamId, SimTime)]) {}
}

impl Ledger for RoomJournal {
    fn append(&mut self, batches: &[Vec<Entry>]) -> Result<Vec<Receipt>, JournalError> {
        Self::append(self, batches)
    }

    fn beat(&mut self, moments: &[(TeamId, SimTime)]) {
        Self::beat(self, moments);
    }
}

/// What the thread is given to do.
enum Work {
    Write(Vec<Vec<Entry>>, oneshot::Sender<Result<Vec<Receipt>, JournalError>>),
    Beat(Vec<(TeamId, SimTime)>),
}

/// The scribe, as the desk knows it.
#[derive(Debug)]
pub(super) struct Scribe {
    work: Option<mpsc::Sender<Work>>,
    thread: Option<JoinHandle<()>>,
}

impl Scribe {
    /// Sets a thread to work on this ledger.
    pub(super) fn of(mut ledger: impl Ledger) -> Self {
        let (work, todo) = mpsc::channel::<Work>();
        let thread = std::thread::spawn(move || {
            while let Ok(work) = todo.recv() {
                match work {
                    // Nobody is left to tell if the desk has gone.
                    Work::Write(batches, done) => drop(done.send(ledger.append(&batches))),
                    Work::Beat(moments) => ledger.beat(&moments),
                }
            }
        });
        Self { work: Some(work), thread: Some(thread) }
    }

    /// Makes batches durable. The receipts are as many as the batches.
    ///
    /// # Errors
    /// If they cannot be kept; then none of them is.
    pub(super) async fn write(&self, batches: Vec<Vec<Entry>>) -> Result<Vec<Receipt>, String> {
        let (done, receipts) = oneshot::channel();
        let gone = || tr::tr!("the thread that writes the journal has ended");
        let work = self.work.as_ref().ok_or_else(gone)?;
        work.send(Work::Write(batches, done)).map_err(|_| gone())?;
        receipts.await.map_err(|_| gone())?.map_err(|error| error.to_string())
    }

    /// Has noted how far clocks have come, after whatever was handed over before; nobody waits for it.
    pub(super) fn beat(&self, moments: Vec<(TeamId, SimTime)>) {
        if let Some(work) = self.work.as_ref().filter(|_| !moments.is_empty()) {
            let _ = work.send(Work::Beat(moments));
        }
    }
}

impl Drop for Scribe {
    /// Whatever was handed over is written before the room is gone.
    fn drop(&mut self) {
        self.work = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

//! When two states can no longer differ: a fingerprint of all that still matters.
//!
//! Left out are the score so far, the history, and whatever no living condition
//! reads. Two states with the same fingerprint have the same future: the same
//! moves, the same facts but for what was left out, the same points to earn.

use std::hash::{Hash, Hasher};

use twox_hash::XxHash3_128;

use super::node::{Ground, Node};
use crate::engine::Asked;
use crate::scenario::ActionId;
use crate::solve::atoms::Atom;
use crate::solve::reads::{Alive, Doing, going, pending, revisable};

/// A fingerprint of 128 bits (XXH3). At n states the chance of any collision is about
/// n² / 2^129: for a hundred million states less than one in 10^22.
pub(super) type Fingerprint = u128;

/// Scratch space, kept between states.
#[derive(Debug)]
pub(super) struct Scratch {
    bytes: Bytes,
}

#[derive(Debug, Default)]
struct Bytes(Vec<u8>);

impl Hasher for Bytes {
    fn finish(&self) -> u64 {
        0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }
}

impl Scratch {
    pub(super) fn new() -> Self {
        Self { bytes: Bytes::default() }
    }

    /// The fingerprint of a node.
    pub(super) fn fingerprint(&mut self, ground: &Ground<'_>, node: &Node) -> Fingerprint {
        let (reads, state) = (&ground.reads, &node.state);
        let (live, out) = (&node.live, &mut self.bytes);
        out.0.clear();
        node.now.hash(out);
        node.menu.hash(out);
        node.ledger.hash(out);
        state.busy.hash(out);
        live.truth.then_some(state.truth).hash(out);
        reads.read(live, Atom::Called).then_some(state.called).hash(out);
        for (row, delivery) in state.injects.iter().enumerate() {
            let open = pending(*delivery) && reads.inject(row);
            (open || reads.read(live, Atom::Inject(row))).then_some(delivery).hash(out);
        }
        for (row, asked) in state.questions.iter().enumerate() {
            let read = reads.read(live, Atom::Question(row));
            match asked {
                Asked::Answered { chosen, with } if read => {
                    (3_u8, chosen.0 & reads.chosen[row].0).hash(out);
                    for (choice, partner) in &reads.paired[row] {
                        (with.of(*choice) == Some(*partner)).hash(out);
                    }
                }
                Asked::Lapsed if read => 4_u8.hash(out),
                Asked::Answered { .. } | Asked::Lapsed | Asked::Closed => 5_u8.hash(out),
                Asked::Idle | Asked::Open { .. } => asked.hash(out),
            }
            if matches!(asked, Asked::Answered { .. }) && revisable(&ground.scenario.questions[row].ask) {
                6_u8.hash(out);
            }
        }
        for (row, shelf) in state.evidence.iter().enumerate() {
            reads.read(live, Atom::Evidence(row)).then_some(shelf).hash(out);
        }
        for (row, done) in state.actions.iter().enumerate() {
            let id = ActionId::of(row);
            let doing = reads.action(ground.scenario, state, live, id);
            let open = !reads.expired(row, node.now);
            (reads.read(live, Atom::Action(row)) || open && doing == Doing::Branch).then_some(done).hash(out);
            (open && doing == Doing::Settle).then_some(node.counted[row] || *done).hash(out);
        }
        for (row, spread) in state.spreads.iter().enumerate() {
            let open = going(*spread) && reads.spread(row);
            (open || reads.read(live, Atom::Spread(row))).then_some(spread).hash(out);
        }
        for (row, duty) in state.duties.iter().enumerate() {
            reads.reader(Alive::Duty(row)).then_some(duty).hash(out);
        }
        for (row, value) in state.gauges.iter().enumerate() {
            reads.gauge(live, row, *value).hash(out);
        }
        XxHash3_128::oneshot(&out.0)
    }
}

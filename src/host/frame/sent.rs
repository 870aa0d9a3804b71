//! A page as it is sent: blocks as JSON, and what only one person is sent.

use std::borrow::Cow;

use axum::body::Bytes;

use super::super::data::Data;
use super::super::pages;
use super::{BlockId, Frame, Kind};
use crate::speech::speaking;

/// A block as it is sent.
#[derive(serde::Serialize)]
struct Sent<'b> {
    id: String,
    #[serde(rename = "in")]
    place: &'static str,
    order: u64,
    html: Cow<'b, str>,
}

/// What is sent of a page.
#[derive(serde::Serialize)]
struct SentPage<'b> {
    seq: u64,
    now: serde_json::Value,
    blocks: Vec<Sent<'b>>,
    gone: Vec<String>,
}

impl Frame {
    /// As JSON for a browser that shows page `after`.
    pub(in crate::host) fn since(&self, after: u64) -> String {
        self.with(after, Vec::new())
    }

    /// As an event of a stream for a browser that shows page `after`, with what one person voted for.
    pub(in crate::host) fn event(&self, after: u64, votes: &[(u32, String)]) -> Bytes {
        let set = || {
            let json = vote_blocks(self, after, votes);
            Bytes::from(format!("id: {}\nevent: frame\ndata: {json}\n\n", self.seq))
        };
        let usual = after == self.before && after > 0 && votes.is_empty();
        if usual { self.step.get_or_init(set).clone() } else { set() }
    }

    /// As JSON, with blocks that are on nobody else's page.
    fn with(&self, after: u64, more: Vec<Sent<'_>>) -> String {
        let changed = self.blocks.iter().filter(|block| block.since > after).map(|block| Sent {
            id: block.id.name(),
            place: block.place,
            order: block.order,
            html: Cow::Borrowed(block.html(self.language)),
        });
        let blocks: Vec<Sent<'_>> = changed.chain(more).collect();
        let gone = self.gone.iter().filter(|(at, _)| *at > after).flat_map(|(_, id)| {
            // With a question goes what one voted for.
            let vote = (id.0 == Kind::Question).then(|| BlockId(Kind::Vote, id.1).name());
            [Some(id.name()), vote].into_iter().flatten()
        });
        let gone: Vec<_> = gone.collect();
        let page = SentPage { seq: self.seq, now: self.now_json(), blocks, gone };
        serde_json::to_string(&page).expect("checked: texts and numbers are JSON")
    }
}

/// What one person voted for, as a block of their own page only: its place, and its markup.
pub(in crate::host) fn vote_block(frame: &Frame, question: u32, says: &str) -> Option<(u64, String)> {
    let id = BlockId(Kind::Question, question);
    let row = frame.blocks.binary_search_by_key(&id, |block| block.id).ok()?;
    // Right below the question.
    let order = frame.blocks[row].order + 1;
    let data = Data::Plain("vote", "v", serde_json::json!({ "says": says }));
    let html = speaking(frame.language, || pages::block(&question.to_string(), order, &data));
    Some((order, html))
}

/// A page since page `after`, with what one person voted for.
pub(in crate::host) fn vote_blocks(frame: &Frame, after: u64, votes: &[(u32, String)]) -> String {
    let blocks = votes.iter().filter_map(|(question, says)| {
        let (order, html) = vote_block(frame, *question, says)?;
        let id = BlockId(Kind::Vote, *question).name();
        Some(Sent { id, place: "questions", order, html: Cow::Owned(html) })
    });
    frame.with(after, blocks.collect())
}

//! The fenced blocks of a document.

/// A fenced block: its language, the line before it, and what is in it.
pub(crate) struct Block {
    pub(crate) language: &'static str,
    pub(crate) before: &'static str,
    pub(crate) text: &'static str,
}

/// All of them, in their order.
pub(crate) fn blocks(document: &'static str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<(&'static str, &'static str, usize)> = None;
    let (mut before, mut at) = ("", 0);
    for line in document.split_inclusive('\n') {
        let words = line.trim_end();
        match (open, words.strip_prefix("```")) {
            (Some((language, before, from)), Some(_)) => {
                blocks.push(Block { language, before, text: &document[from..at] });
                open = None;
            }
            (None, Some(language)) => open = Some((language, before, at + line.len())),
            (None, None) => before = words,
            (Some(_), None) => {}
        }
        at += line.len();
    }
    assert!(open.is_none(), "a block is not closed");
    blocks
}

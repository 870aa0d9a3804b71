//! Exploration, judged from outside: by brute force over every line, by scripts whose
//! answer is known, and by what it promises.

pub(crate) mod brute;
mod explosion;
pub(crate) mod generate;
mod known;
mod pins;
mod script;

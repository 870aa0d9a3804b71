//! breachdrill: a flight simulator for security incidents.
pub mod debrief;
pub mod drill;
pub mod engine;
pub mod journal;
pub mod limits;
pub mod scenario;
pub mod score;

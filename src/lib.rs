//! breachdrill: a flight simulator for security incidents.
pub mod debrief;
pub mod engine;
pub mod limits;
pub mod scenario;
pub mod score;

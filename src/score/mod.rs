//! What a drill earned: a fold over facts.
mod tally;

pub use tally::{
    Calibration, Call, Credit, GaugeEnd, Item, ItemOf, Points, Rating, Score, StageScore, Standing, Tally,
};

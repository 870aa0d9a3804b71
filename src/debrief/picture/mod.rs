//! Pictures as SVG: whole numbers in, the same bytes out, on every machine.
//!
//! Each picture is drawn twice, for a wide page and for a telephone, because a
//! picture that is only made smaller cannot be read. Colours are classes that
//! the page's style sheet fills for light, dark and print; shape and word say
//! the same as colour does. A picture's title states its finding.

mod bars;
mod calibration;
mod canvas;
mod confusion;
mod flags;
mod gauges;
mod marks;
mod rows;
mod scores;
mod stages;
mod timeline;

pub(super) use bars::{Bar, bars};
pub(super) use canvas::{Anchor, Canvas, fitted, measure};
pub(super) use confusion::confusion;
pub(super) use scores::{Reach, scores};
pub(super) use stages::{finding as stages_finding, stages};

use tr::tr;

use super::model::Debrief;

/// The pictures of a debrief.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Picture {
    /// What reached the trainee, was decided and done, on drill time.
    Timeline,
    /// The gauges as step lines.
    Gauges,
    /// The ten stages as bars.
    Stages,
    /// Confidence against correctness.
    Calibration,
}

/// For which width a picture is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    /// A page, or a sheet of paper.
    Wide,
    /// A telephone.
    Narrow,
}

impl Size {
    const fn width(self) -> i32 {
        match self {
            Self::Wide => 720,
            Self::Narrow => 320,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Narrow => "narrow",
        }
    }

    /// `narrow` where the picture is narrow, else `wide`.
    const fn pick(self, wide: i32, narrow: i32) -> i32 {
        match self {
            Self::Wide => wide,
            Self::Narrow => narrow,
        }
    }
}

impl Picture {
    /// All of them.
    pub(super) const ALL: [Self; 4] = [Self::Timeline, Self::Gauges, Self::Stages, Self::Calibration];

    /// The sentence that the picture shows.
    pub(super) fn finding(self, debrief: &Debrief) -> String {
        match self {
            Self::Timeline => timeline::finding(debrief),
            Self::Gauges => gauges::finding(debrief),
            Self::Stages => stages::finding(&debrief.stages),
            Self::Calibration => calibration::finding(debrief),
        }
    }

    /// How the picture is to be read, for those who do not see it.
    pub(super) fn describes(self) -> String {
        match self {
            Self::Timeline => tr!(
                "Drill time runs from left to right. Above the line stands what reached the trainee, below it what \
                 was decided, beneath that what was examined and done, and at the bottom what went on by itself and \
                 what was owed. The table beneath says the same."
            ),
            Self::Gauges => tr!(
                "One step line for each gauge, each on its own scale, from STARTEX at the left to ENDEX at the right. \
                 The table beneath says the same."
            ),
            Self::Stages => tr!(
                "One bar for each of the ten stages, as long as the share of points earned, with its rating in \
                 words. The table beneath says the same."
            ),
            Self::Calibration => tr!(
                "Each answer is a numbered mark, placed by how sure the trainee was, in one row for right and one \
                 for wrong answers. The table beneath says the same."
            ),
        }
    }

    /// Its name in markup.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Timeline => "timeline",
            Self::Gauges => "gauges",
            Self::Stages => "stages",
            Self::Calibration => "calibration",
        }
    }

    /// The picture as an `svg` element.
    pub(super) fn svg(self, debrief: &Debrief, size: Size) -> String {
        let canvas = match self {
            Self::Timeline => timeline::draw(debrief, size),
            Self::Gauges => gauges::draw(debrief, size),
            Self::Stages => stages::draw(&debrief.stages, size),
            Self::Calibration => calibration::draw(debrief, size),
        };
        canvas.finish(size, &self.finding(debrief), &self.describes())
    }
}

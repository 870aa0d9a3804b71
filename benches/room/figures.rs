//! What was measured, as a table.

use std::fmt;

/// One line of the table.
pub(crate) struct Row {
    what: String,
    measured: String,
    mark: String,
    holds: Option<bool>,
}

/// Everything that was measured.
#[derive(Default)]
pub(crate) struct Figures(Vec<Row>);

impl Figures {
    pub(crate) fn add(&mut self, row: Row) {
        self.0.push(row);
    }
}

impl Row {
    /// One figure, of which less is better.
    pub(crate) fn plain(what: &str, unit: &str, measured: f64, mark: Option<f64>) -> Self {
        Self {
            what: what.into(),
            measured: format!("{} {unit}", said(measured)),
            mark: mark.map_or_else(|| "–".into(), |mark| format!("{} {unit}", said(mark))),
            holds: mark.map(|mark| measured <= mark),
        }
    }

    /// One figure, of which more is better.
    pub(crate) fn least(what: &str, unit: &str, measured: f64, mark: f64) -> Self {
        Self { holds: Some(measured >= mark), ..Self::plain(what, unit, measured, Some(mark)) }
    }

    /// Many figures: their middle and the one that 99 of 100 do not exceed, which has to hold the mark.
    pub(crate) fn spread(what: &str, unit: &str, all: &[f64], mark: Option<f64>) -> Self {
        let mut sorted = all.to_vec();
        sorted.sort_by(f64::total_cmp);
        let at = |share: f64| {
            let row = (sorted.len() as f64 * share).ceil() as usize;
            sorted.get(row.clamp(1, sorted.len().max(1)) - 1).copied().unwrap_or(f64::NAN)
        };
        let what = format!("{what}, middle / p99 of {}", sorted.len());
        let p99 = at(0.99);
        Self {
            measured: format!("{} / {} {unit}", said(at(0.5)), said(p99)),
            ..Self::plain(&what, unit, p99, mark)
        }
    }
}

fn said(figure: f64) -> String {
    if figure.fract() == 0.0 || figure.abs() >= 100.0 {
        format!("{figure:.0}")
    } else {
        format!("{figure:.1}")
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| what | measured | mark | |\n| --- | --- | --- | --- |")?;
        for Row { what, measured, mark, holds } in &self.0 {
            let holds = match holds {
                Some(true) => "held",
                Some(false) => "missed",
                None => "",
            };
            writeln!(f, "| {what} | {measured} | {mark} | {holds} |")?;
        }
        Ok(())
    }
}

//! How far long work has come, on standard error, where somebody watches.

use indicatif::{ProgressBar, ProgressStyle};
use tr::tr;

/// A bar for work of known length; it is not there when nobody watches.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar for `total` steps of work called `what`. Indicatif hides it by itself
    /// where standard error is not a terminal.
    #[must_use]
    pub fn new(what: &str, total: u64, shown: bool) -> Self {
        let bar = if shown { ProgressBar::new(total) } else { ProgressBar::hidden() };
        let style =
            ProgressStyle::with_template(&format!("{{prefix}} [{{bar:24}}] {}", tr!("{pos} of {len}")))
                .expect("checked: our own template")
                .progress_chars("=-");
        bar.set_style(style);
        bar.set_prefix(crate::scenario::clean(what));
        Self { bar }
    }

    /// A bar for work that ends at whichever of several limits comes first.
    #[must_use]
    pub fn towards(what: &str, shown: bool) -> Self {
        let bar = Self::new(what, 1000, shown);
        let style = ProgressStyle::with_template("{prefix} [{bar:24}] {msg}")
            .expect("checked: our own template")
            .progress_chars("=-");
        bar.bar.set_style(style);
        bar
    }

    /// How near the nearest limit is, in thousandths, and what there is to say about it.
    pub fn near(&self, thousandths: u64, says: String) {
        self.bar.set_position(thousandths.min(1000));
        self.bar.set_message(says);
    }

    /// One more step is done.
    pub fn step(&self) {
        self.bar.inc(1);
    }

    /// So many steps are done in all.
    pub fn reach(&self, done: u64) {
        self.bar.set_position(done);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

//! The parts of a categorization: which there are, and which one is asked for.

use super::{Draft, Step};
use crate::drill::Categories;
use crate::scenario::{Category, ClassId, FACTORS};

impl Draft {
    /// Which part of a categorization this is, and of how many; none where there is one only.
    pub(super) fn part(&self) -> Option<(usize, usize)> {
        let categories = self.categories()?;
        if categories.calculates() {
            // Its factors are counted by themselves.
            return None;
        }
        let mut category = self.category;
        if self.at_start() {
            // Nothing is called yet: as many parts as there may be.
            let typed = categories.classes.iter().position(|(_, types)| !types.is_empty());
            category = Category { class: typed.map(ClassId::of), ..Category::default() };
        }
        let mut all = call_steps(categories, &category);
        all.extend(self.question.confidence.then_some(Step::Sure));
        all.extend(self.question.reason.then_some(Step::Because));
        let here = all.iter().position(|step| *step == self.step())?;
        (all.len() > 1).then_some((here + 1, all.len()))
    }
}

/// The steps of a categorization, given what was called so far.
pub(super) fn call_steps(categories: &Categories, category: &Category) -> Vec<Step> {
    let mut steps = Vec::new();
    if !categories.classes.is_empty() {
        steps.push(Step::Class);
    }
    let class = category.class.and_then(|class| categories.classes.get(class.at()));
    if class.is_some_and(|(_, types)| !types.is_empty()) {
        steps.push(Step::Kind);
    }
    if categories.calculates() {
        steps.extend((0..FACTORS.len()).filter_map(|row| u8::try_from(row).ok()).map(Step::Factor));
    } else if !categories.severities.is_empty() {
        steps.push(Step::Severity);
    }
    steps.extend(categories.axes.iter().map(|axis| Step::Impact(*axis)));
    if category.too_early {
        steps.truncate(1);
    }
    steps
}

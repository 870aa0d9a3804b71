//! What the loader says about faulty scripts, and that it loads sound ones.

use breachdrill::scenario::load;

const REFERENCE: &str = include_str!("../fixtures/reference.ron");

#[test]
fn the_language_reference_loads() {
    let loaded = load(REFERENCE);
    assert_eq!(loaded.findings, [], "the reference is clean");
    let scenario = loaded.scenario.expect("it has no errors");
    assert_eq!(scenario.injects.len(), 10);
    assert_eq!(scenario.questions.len(), 8);
}

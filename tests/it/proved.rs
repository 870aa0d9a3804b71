//! Every shipped script is proved: all of its lines, and nothing an author should mend.

use breachdrill::scenario::{library, load};
use breachdrill::score::score;
use breachdrill::solve::{Bounds, findings, prove};

use crate::support::settings;

#[test]
fn shipped_scripts_are_proved_and_have_nothing_to_mend() {
    for (name, text) in library() {
        let loaded = load(text);
        let scenario = loaded.scenario.unwrap();
        let proof = prove(&scenario, settings(1), Bounds::default(), &mut |_| true);
        assert!(proof.complete(), "{name}: {:?} {:?}", proof.cut, proof.points.best.bound);
        let (kept, _) = loaded.allowances.sift(findings(&scenario, &proof));
        assert_eq!(kept, [], "{name}");
        for rated in [&proof.points.best, &proof.points.worst] {
            let (facts, refused) = rated.line.play(&scenario);
            assert_eq!(refused, [], "{name}: every step of the line is taken");
            assert_eq!(score(&scenario, &facts).decisions.earned, rated.earned, "{name}");
        }
        let possible = {
            let (facts, _) = proof.points.best.line.play(&scenario);
            score(&scenario, &facts).decisions.possible
        };
        assert_eq!(proof.points.best.earned, possible, "{name}: the best line earns everything");
    }
}

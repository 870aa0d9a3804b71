//! Names in a room: given ones for who gives none, and when two are too much alike.

use tr::tr;
use unicode_security::skeleton;

use crate::limits::TRAINEE_NAME_BYTES_MAX;
use crate::scenario::clean;
use crate::speech::{label, noted};

const STONES: [&str; 16] = [
    noted!("Amber"),
    noted!("Basalt"),
    noted!("Chalk"),
    noted!("Copper"),
    noted!("Coral"),
    noted!("Flint"),
    noted!("Garnet"),
    noted!("Granite"),
    noted!("Ivory"),
    noted!("Jade"),
    noted!("Marble"),
    noted!("Onyx"),
    noted!("Opal"),
    noted!("Pearl"),
    noted!("Silver"),
    noted!("Slate"),
];

const BIRDS: [&str; 25] = [
    noted!("Avocet"),
    noted!("Bittern"),
    noted!("Bunting"),
    noted!("Curlew"),
    noted!("Dipper"),
    noted!("Egret"),
    noted!("Falcon"),
    noted!("Finch"),
    noted!("Gannet"),
    noted!("Heron"),
    noted!("Ibis"),
    noted!("Kestrel"),
    noted!("Lapwing"),
    noted!("Linnet"),
    noted!("Martin"),
    noted!("Osprey"),
    noted!("Petrel"),
    noted!("Plover"),
    noted!("Puffin"),
    noted!("Redstart"),
    noted!("Siskin"),
    noted!("Swift"),
    noted!("Tern"),
    noted!("Warbler"),
    noted!("Wren"),
];

/// The `n`-th name that the program gives, in the language spoken: *Amber Heron*. No two are
/// alike; after four hundred they have numbers.
#[must_use]
pub fn handle(n: u32) -> String {
    let all = (STONES.len() * BIRDS.len()) as u32;
    // Steps that have no factor with the number of names: neighbours differ in both words.
    let place = (n % all * 177 % all) as usize;
    let (stone, bird) = (label(STONES[place / BIRDS.len()]), label(BIRDS[place % BIRDS.len()]));
    let name = tr!("{stone} {bird}", stone, bird);
    if n < all { name } else { format!("{name} {}", n / all + 1) }
}

/// A name as it is kept: one line, cleaned, with single spaces; none if it is not fit to be one.
#[must_use]
pub fn fit_name(name: &str) -> Option<String> {
    if name.len() > 4 * TRAINEE_NAME_BYTES_MAX || name.trim().chars().any(char::is_control) {
        return None;
    }
    let name = clean(&name.split_whitespace().collect::<Vec<_>>().join(" "));
    (!name.is_empty() && name.len() <= TRAINEE_NAME_BYTES_MAX).then_some(name)
}

/// What is equal of two names that look alike: letters that resemble each other, case and spaces
/// do not count (Unicode Technical Standard 39, skeletons).
#[must_use]
pub fn likeness(name: &str) -> String {
    let small = name.to_lowercase();
    skeleton(&small).filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn given_names_are_all_different_and_neighbours_share_no_word() {
        let names: Vec<String> = (0..1_000).map(handle).collect();
        assert_eq!(names.iter().map(|n| likeness(n)).collect::<BTreeSet<_>>().len(), names.len());
        for pair in names[..400].windows(2) {
            assert!(pair[0].split(' ').all(|word| !pair[1].contains(word)), "{pair:?}");
        }
        assert_eq!(handle(400), format!("{} 2", handle(0)));
    }

    #[test]
    fn a_name_is_one_clean_line() {
        assert_eq!(fit_name("  Ada \u{a0} Lovelace ").as_deref(), Some("Ada Lovelace"));
        for unfit in ["", "   ", "a\u{1b}[2J", "two\nlines", &"x".repeat(81)] {
            assert_eq!(fit_name(unfit), None, "{unfit:?}");
        }
        assert_eq!(fit_name("a\u{202e}b").as_deref(), Some("a\u{fffd}b"));
    }

    #[test]
    fn names_that_look_alike_are_alike() {
        assert_eq!(likeness("Paypal"), likeness("p\u{430}ypal"), "a Cyrillic a");
        assert_eq!(likeness("Ada L."), likeness("adal"));
        assert_ne!(likeness("Ada"), likeness("Ida"));
    }
}

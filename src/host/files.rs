//! How many connections this system lets the program have.

use crate::limits::HOST_CONNECTIONS_MAX;

/// What the program needs besides connections: the journal, the terminal, the runtime.
const OTHERS: u64 = 64;

/// Connections for each who is there: the page's own, and one for what they decide.
const EACH: u64 = 2;

/// Asks the system for connections for so many people; how many people it has them for, if that is fewer.
///
/// Many systems let a program open 1,024 files, or 256, until it asks for more.
#[must_use]
pub fn fewer_than(people: u32) -> Option<u32> {
    let wanted = (u64::from(people) * EACH).min(HOST_CONNECTIONS_MAX as u64) + OTHERS;
    // A system that does not say how many it gives says so when there are too many.
    let given = rlimit::increase_nofile_limit(wanted).unwrap_or(wanted);
    let enough = given.saturating_sub(OTHERS) / EACH;
    let least = u64::from(people).min(HOST_CONNECTIONS_MAX as u64 / EACH);
    (enough < least).then(|| u32::try_from(enough).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_of_the_usual_size_has_its_connections() {
        assert_eq!(fewer_than(100), None);
    }
}

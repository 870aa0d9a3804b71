//! Who is who: secrets in cookies, the code that people type, and how fast it may be guessed.
//!
//! A secret is made here, given to one browser and kept only as its SHA-256. It
//! is looked up by that, so how long looking takes tells nothing of it.

use std::collections::HashMap;
use std::sync::RwLock;
use std::sync::atomic::{AtomicU32, Ordering};

use zeroize::Zeroizing;

use crate::journal::Digest;
use crate::room::{Mark, MemberId, Room};

/// The signs of join codes: thirty-two of them, without those that are read as one another.
const SIGNS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// How many signs a join code has: forty bits.
pub(super) const CODE_SIGNS: usize = 8;

/// Wrong codes in a minute, from everybody together, after which each further one has to wait.
const WRONG_CODES_FREE: u32 = 60;

/// Wrong PINs after which a locked screen takes none any more.
const WRONG_PINS_MAX: u32 = 5;

/// Who is known.
#[derive(Debug, Default)]
pub(super) struct Door {
    known: RwLock<Known>,
    wrong: AtomicU32,
}

#[derive(Debug, Default)]
struct Known {
    seats: HashMap<Mark, MemberId>,
    trainers: Vec<Mark>,
    observers: Vec<Mark>,
    code: String,
    /// Screens of the trainer that are locked, by what their browsers are known by meanwhile.
    locked: HashMap<Mark, Locked>,
}

/// What opens a screen that is locked.
#[derive(Debug)]
struct Locked {
    /// What the PIN is known by; none if there is none, or it was guessed at too often.
    pin: Option<Mark>,
    wrong: u32,
    /// What the browser is given back. It is nowhere but in this memory, and only while the screen is locked.
    secret: Zeroizing<String>,
}

/// What came of a PIN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unlocked {
    /// It is right: what the browser is known by again.
    Open(String),
    /// It is wrong, and may be tried so many times more.
    Wrong(u32),
    /// There is no PIN that would open it, or none any more.
    NoPin,
}

impl Door {
    /// The door of a room as it stands.
    pub(super) fn of(room: &Room) -> Self {
        let known = Known {
            seats: room.members.iter().map(|member| (member.mark, member.id)).collect(),
            trainers: room.trainers.clone(),
            observers: room.observers.clone(),
            code: room.code.clone(),
            locked: HashMap::new(),
        };
        Self { known: RwLock::new(known), wrong: AtomicU32::new(0) }
    }

    fn read<T>(&self, look: impl FnOnce(&Known) -> T) -> T {
        // A thread that panicked while it held the door left it as it was: nothing is half written in there.
        look(&self.known.read().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    fn write<T>(&self, work: impl FnOnce(&mut Known) -> T) -> T {
        work(&mut self.known.write().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// Whose secret this is.
    pub(super) fn member(&self, secret: &str) -> Option<MemberId> {
        let mark = mark(secret);
        self.read(|known| known.seats.get(&mark).copied())
    }

    /// Whether it is the trainer's.
    pub(super) fn trainer(&self, secret: &str) -> bool {
        let mark = mark(secret);
        self.read(|known| known.trainers.contains(&mark))
    }

    /// Locks a screen whose browser is known by `secret`; what it is known by from now on.
    ///
    /// # Errors
    /// If this machine gives no random bytes.
    pub(super) fn lock(&self, secret: &str, pin: &str) -> Result<String, getrandom::Error> {
        let meanwhile = self::secret(16)?;
        let pin = (!pin.is_empty()).then(|| pin_mark(&meanwhile, pin));
        let locked = Locked { pin, wrong: 0, secret: Zeroizing::new(secret.to_owned()) };
        self.write(|known| known.locked.insert(mark(&meanwhile), locked));
        Ok(meanwhile)
    }

    /// Whether this is what a locked screen is known by; and then, whether a PIN may still open it.
    pub(super) fn locked(&self, secret: &str) -> Option<bool> {
        let mark = mark(secret);
        self.read(|known| known.locked.get(&mark).map(|locked| locked.pin.is_some()))
    }

    /// Opens a screen again, if the PIN is right. After a few wrong ones only the trainer's link opens it.
    pub(super) fn unlock(&self, meanwhile: &str, pin: &str) -> Unlocked {
        let (screen, given) = (mark(meanwhile), pin_mark(meanwhile, pin));
        self.write(|known| {
            let Some(locked) = known.locked.get_mut(&screen) else { return Unlocked::NoPin };
            let Some(right) = locked.pin else { return Unlocked::NoPin };
            if right == given {
                let secret = locked.secret.to_string();
                known.locked.remove(&screen);
                return Unlocked::Open(secret);
            }
            locked.wrong += 1;
            if locked.wrong >= WRONG_PINS_MAX {
                locked.pin = None;
                return Unlocked::NoPin;
            }
            Unlocked::Wrong(WRONG_PINS_MAX - locked.wrong)
        })
    }

    /// Whether it is an observer's.
    pub(super) fn observer(&self, secret: &str) -> bool {
        let mark = mark(secret);
        self.read(|known| known.observers.contains(&mark))
    }

    /// Somebody may watch.
    pub(super) fn let_watch(&self, mark: Mark) {
        self.write(|known| known.observers.push(mark));
    }

    /// Somebody came in.
    pub(super) fn let_in(&self, mark: Mark, member: MemberId) {
        self.write(|known| known.seats.insert(mark, member));
    }

    /// Whether this is the code, whatever its case and spacing.
    pub(super) fn opens(&self, typed: &str) -> bool {
        let right = self.read(|known| plain_code(typed) == known.code && !known.code.is_empty());
        if !right {
            self.wrong.fetch_add(1, Ordering::Relaxed);
        }
        right
    }

    /// Whether so many wrong codes have come in the last minute that a further one has to wait.
    ///
    /// By code and not by address: a whole office may sit behind one. Who types the right code never waits.
    pub(super) fn busy(&self) -> bool {
        self.wrong.load(Ordering::Relaxed) > WRONG_CODES_FREE
    }

    /// A minute has passed.
    pub(super) fn calm(&self) {
        self.wrong.store(0, Ordering::Relaxed);
    }
}

/// A code as people type it, in capitals and without what sets it off.
pub(super) fn plain_code(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).take(64).collect()
}

/// A code as people read it: two halves.
pub(super) fn said_code(code: &str) -> String {
    let (left, right) = code.split_at_checked(code.len() / 2).unwrap_or((code, ""));
    format!("{left} {right}")
}

/// What a secret is known by.
pub(super) fn mark(secret: &str) -> Mark {
    Mark(Digest::of(secret.as_bytes()).0)
}

/// What a PIN is known by: it says nothing about the same PIN on another screen.
fn pin_mark(meanwhile: &str, pin: &str) -> Mark {
    mark(&format!("{meanwhile} {pin}"))
}

/// A secret of `bytes` random bytes, as small hexadecimal digits.
///
/// # Errors
/// If this machine gives no random bytes.
pub(super) fn secret(bytes: usize) -> Result<String, getrandom::Error> {
    let mut random = vec![0; bytes];
    getrandom::fill(&mut random)?;
    Ok(random.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// A join code.
///
/// # Errors
/// If this machine gives no random bytes.
pub(super) fn code() -> Result<String, getrandom::Error> {
    let mut random = [0; CODE_SIGNS];
    getrandom::fill(&mut random)?;
    Ok(random.iter().map(|byte| char::from(SIGNS[usize::from(byte % 32)])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_whatever_its_case_and_spacing() {
        let code = code().expect("random bytes");
        assert_eq!(
            (code.len(), plain_code(&said_code(&code)), plain_code(&code.to_lowercase())),
            (8, code.clone(), code)
        );
    }

    #[test]
    fn every_sign_of_a_code_is_drawn_equally_often() {
        assert_eq!(256 % SIGNS.len(), 0);
    }

    #[test]
    fn wrong_codes_wait_after_a_while_and_the_right_one_never_does() {
        let door = Door::default();
        door.known.write().expect("a door").code = "ABCD2345".into();
        for _ in 0..=WRONG_CODES_FREE {
            assert!(!door.opens("ABCD2346"));
        }
        assert!(door.busy() && door.opens("abcd 2345"));
        door.calm();
        assert!(!door.busy());
    }

    #[test]
    fn a_locked_screen_opens_by_its_pin_and_not_by_many_guesses() {
        let door = Door::default();
        door.known.write().expect("a door").trainers.push(mark("the secret"));
        let meanwhile = door.lock("the secret", "2580").expect("random bytes");
        assert!(!door.trainer(&meanwhile) && door.trainer("the secret"));
        assert_eq!((door.locked(&meanwhile), door.locked("the secret")), (Some(true), None));
        assert_eq!(door.unlock(&meanwhile, "0000"), Unlocked::Wrong(4));
        assert_eq!(door.unlock(&meanwhile, "2580"), Unlocked::Open("the secret".into()));
        assert_eq!(door.unlock(&meanwhile, "2580"), Unlocked::NoPin, "it is open, and that is over");
        let meanwhile = door.lock("the secret", "2580").expect("random bytes");
        for guess in 0..WRONG_PINS_MAX {
            assert!(!matches!(door.unlock(&meanwhile, &guess.to_string()), Unlocked::Open(_)));
        }
        assert_eq!(door.unlock(&meanwhile, "2580"), Unlocked::NoPin, "too many guesses");
        assert_eq!(door.locked(&meanwhile), Some(false));
        let meanwhile = door.lock("the secret", "").expect("random bytes");
        assert_eq!((door.locked(&meanwhile), door.unlock(&meanwhile, "")), (Some(false), Unlocked::NoPin));
    }

    #[test]
    fn an_empty_code_opens_nothing() {
        assert!(!Door::default().opens(""));
    }
}

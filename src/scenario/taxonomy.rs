//! Words for sorting incidents: classes and types, severity, impact.
//!
//! Built in is the Reference Security Incident Taxonomy, version 1003
//! (ENISA RSIT task force, `working_copy/machinev1`, CC0): 11 classes and 39
//! types by their machine names. A script may bring its own classes instead.

use super::id::{ClassId, KindId, LevelId};
use crate::speech::noted;

/// Classes and types an incident can be sorted into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taxonomy {
    /// What people call it, such as `RSIT 1003`.
    pub title: String,
    /// The classes, in the taxonomy's order.
    pub classes: Vec<Class>,
    /// Pairs that lie near one another; others have no distance of their own.
    pub near: Vec<Near>,
}

/// Two places of a taxonomy that lie near one another, and what calling the one is
/// worth where the other is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near {
    /// The two places: a class, or a type within it.
    pub places: [(ClassId, Option<KindId>); 2],
    /// Credit, 0 … 100.
    pub credit: i16,
}

impl Near {
    /// How exactly this pair speaks of these two, by the number of types it names; not at all if none.
    fn speaks_of(&self, one: (ClassId, Option<KindId>), other: (ClassId, Option<KindId>)) -> Option<usize> {
        let covers = |place: (ClassId, Option<KindId>), what: (ClassId, Option<KindId>)| {
            place.0 == what.0 && (place.1.is_none() || place.1 == what.1)
        };
        let [a, b] = self.places;
        let either = (covers(a, one) && covers(b, other)) || (covers(b, one) && covers(a, other));
        either.then(|| usize::from(a.1.is_some()) + usize::from(b.1.is_some()))
    }
}

/// One class of incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// Machine name, such as `fraud`.
    pub name: String,
    /// Name for people.
    pub label: String,
    /// The class of RSIT that it is or stands for, by its machine name; none if it has none.
    pub rsit: Option<String>,
    /// The types within the class.
    pub types: Vec<Kind>,
}

/// One type of incident within a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Machine name, such as `phishing`.
    pub name: String,
    /// Name for people.
    pub label: String,
}

impl Taxonomy {
    /// The row of a class by its machine name.
    #[must_use]
    pub fn class(&self, name: &str) -> Option<ClassId> {
        self.classes.iter().position(|c| c.name == name).map(ClassId::of)
    }

    /// The row of a type within a class by its machine name.
    #[must_use]
    pub fn kind(&self, class: ClassId, name: &str) -> Option<KindId> {
        self.classes[class.at()].types.iter().position(|t| t.name == name).map(KindId::of)
    }

    /// What calling `called` is worth where `right` is right, if the taxonomy says so.
    /// The pair that names most types speaks first, then the one written first.
    #[must_use]
    pub fn near(&self, right: (ClassId, Option<KindId>), called: (ClassId, Option<KindId>)) -> Option<i16> {
        let speaking =
            self.near.iter().filter_map(|near| Some((near.speaks_of(right, called)?, near.credit)));
        speaking.rev().max_by_key(|(types, _)| *types).map(|(_, credit)| credit)
    }

    /// RSIT, version 1003.
    #[must_use]
    pub fn rsit() -> Self {
        let classes = RSIT
            .iter()
            .map(|&(name, label, types)| Class {
                name: name.into(),
                label: label.into(),
                rsit: Some(name.into()),
                types: types
                    .iter()
                    .map(|&(name, label)| Kind { name: name.into(), label: label.into() })
                    .collect(),
            })
            .collect();
        Self { title: "RSIT 1003".into(), classes, near: Vec::new() }
    }
}

/// The severity scale used unless a script brings its own, lowest first.
pub const SEVERITIES: [&str; 4] = [noted!("low"), noted!("medium"), noted!("high"), noted!("severe")];

/// An axis of impact, after NIST SP 800-61 revision 2 (2012, withdrawn 2025), tables 3-2 to 3-4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Axis {
    /// What the organisation can no longer do.
    Functional,
    /// What happened to information.
    Information,
    /// What recovery will take.
    Recoverability,
}

impl Axis {
    /// All axes, in the order in which they are asked.
    pub const ALL: [Self; 3] = [Self::Functional, Self::Information, Self::Recoverability];

    /// Machine name of the axis.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Functional => "functional",
            Self::Information => "information",
            Self::Recoverability => "recoverability",
        }
    }

    /// The levels, lowest first.
    #[must_use]
    pub const fn levels(self) -> &'static [&'static str] {
        match self {
            Self::Functional => &["none", "low", "medium", "high"],
            Self::Information => &["none", "privacy-breach", "proprietary-breach", "integrity-loss"],
            Self::Recoverability => &["regular", "supplemented", "extended", "not-recoverable"],
        }
    }

    /// The row of a level by its name.
    #[must_use]
    pub fn level(self, name: &str) -> Option<LevelId> {
        self.levels().iter().position(|l| *l == name).map(LevelId::of)
    }
}

type Row = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const RSIT: [Row; 11] = [
    (
        "abusive-content",
        noted!("Abusive content"),
        &[
            ("spam", noted!("Spam")),
            ("harmful-speech", noted!("Harmful speech")),
            ("violence", noted!("Sexual exploitation or violent content")),
        ],
    ),
    (
        "malicious-code",
        noted!("Malicious code"),
        &[
            ("infected-system", noted!("Infected system")),
            ("c2-server", noted!("Command-and-control server")),
            ("malware-distribution", noted!("Malware distribution")),
            ("malware-configuration", noted!("Malware configuration")),
        ],
    ),
    (
        "information-gathering",
        noted!("Information gathering"),
        &[
            ("scanner", noted!("Scanning")),
            ("sniffing", noted!("Sniffing")),
            ("social-engineering", noted!("Social engineering")),
        ],
    ),
    (
        "intrusion-attempts",
        noted!("Intrusion attempts"),
        &[
            ("ids-alert", noted!("Exploitation of a known vulnerability")),
            ("brute-force", noted!("Login attempts")),
            ("exploit", noted!("New attack signature")),
        ],
    ),
    (
        "intrusions",
        noted!("Intrusions"),
        &[
            ("privileged-account-compromise", noted!("Privileged account taken over")),
            ("unprivileged-account-compromise", noted!("Ordinary account taken over")),
            ("application-compromise", noted!("Application taken over")),
            ("system-compromise", noted!("System taken over")),
            ("burglary", noted!("Physical intrusion")),
        ],
    ),
    (
        "availability",
        noted!("Availability"),
        &[
            ("dos", noted!("Denial of service")),
            ("ddos", noted!("Distributed denial of service")),
            ("misconfiguration", noted!("Misconfiguration")),
            ("sabotage", noted!("Sabotage")),
            ("outage", noted!("Outage")),
        ],
    ),
    (
        "information-content-security",
        noted!("Information content security"),
        &[
            ("unauthorised-information-access", noted!("Unauthorised access to information")),
            (
                "unauthorised-information-modification",
                noted!("Unauthorised change of information (ransomware too)"),
            ),
            ("data-loss", noted!("Loss of data")),
            ("data-leak", noted!("Leak of confidential information")),
        ],
    ),
    (
        "fraud",
        noted!("Fraud"),
        &[
            ("unauthorised-use-of-resources", noted!("Unauthorised use of resources")),
            ("copyright", noted!("Copyright")),
            ("masquerade", noted!("Masquerade: pretending to be somebody else")),
            ("phishing", noted!("Phishing")),
        ],
    ),
    (
        "vulnerable",
        noted!("Vulnerable"),
        &[
            ("weak-crypto", noted!("Weak cryptography")),
            ("ddos-amplifier", noted!("DDoS amplifier")),
            ("potentially-unwanted-accessible", noted!("Potentially unwanted accessible service")),
            ("information-disclosure", noted!("Information disclosure")),
            ("vulnerable-system", noted!("Vulnerable system")),
        ],
    ),
    (
        "other",
        noted!("Other"),
        &[("other", noted!("Uncategorised")), ("undetermined", noted!("Undetermined"))],
    ),
    ("test", noted!("Test"), &[("test", noted!("Test"))]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pair_that_names_most_types_speaks_first() {
        let place = |class, kind: Option<u8>| (ClassId(class), kind.map(KindId));
        let near = |a, b, credit| Near { places: [a, b], credit };
        let mut taxonomy = Taxonomy::rsit();
        taxonomy.near = vec![
            near(place(7, None), place(4, None), 30),
            near(place(7, Some(3)), place(2, Some(2)), 70),
            near(place(7, Some(3)), place(4, None), 45),
            near(place(7, Some(3)), place(7, Some(2)), 80),
            near(place(7, None), place(4, None), 5),
        ];
        let credit = |right, called| taxonomy.near(right, called);
        assert_eq!(credit(place(7, Some(1)), place(4, Some(0))), Some(30));
        assert_eq!(credit(place(4, Some(0)), place(7, Some(3))), Some(45), "one type named, and both ways");
        assert_eq!(credit(place(2, Some(2)), place(7, Some(3))), Some(70));
        assert_eq!(credit(place(2, Some(1)), place(7, Some(3))), None, "another type of the class");
        assert_eq!(credit(place(7, Some(2)), place(7, Some(3))), Some(80), "within a class");
        assert_eq!(credit(place(7, None), place(7, Some(3))), None);
    }

    #[test]
    fn rsit_1003_has_eleven_classes_and_thirty_nine_types() {
        let rsit = Taxonomy::rsit();
        assert_eq!(rsit.classes.len(), 11);
        assert_eq!(rsit.classes.iter().map(|c| c.types.len()).sum::<usize>(), 39);
        let fraud = rsit.class("fraud").expect("RSIT has it");
        assert_eq!(rsit.kind(fraud, "phishing"), Some(KindId(3)));
        assert_eq!(rsit.class("phishing"), None);
    }
}

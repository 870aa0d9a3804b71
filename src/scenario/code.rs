//! The words for kinds of finding, by family, and what each family is about.
//!
//! A word is stable: scripts, pipelines and people refer to it. To add one,
//! write it below in the family where an author would look for it, a page in
//! `explain.txt`, and a fixture; `docs/findings.md` is then written anew by a
//! test. Findings of exploration have a family of their own: reading does not
//! raise them, so `allow` may name them although reading finds nothing.

use super::diagnostic::Severity;
use super::family::Family;

macro_rules! codes {
    ($($severity:ident of $family:ident { $($(#[$doc:meta])* $code:ident = $word:literal,)* })*) => {
        /// The word for a kind of finding. Words are stable: scripts, pipelines and
        /// people refer to them. `explain` has a page for each.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($($(#[$doc])* $code,)*)* }

        impl Code {
            /// All of them, errors first.
            pub const ALL: &'static [Self] = &[$($(Self::$code,)*)*];

            /// The word.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $($(Self::$code => $word,)*)* }
            }

            /// Whether it keeps a script from being played.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $($(Self::$code => Severity::$severity,)*)* }
            }

            /// What it is about.
            #[must_use]
            pub const fn family(self) -> Family {
                match self { $($(Self::$code => Family::$family,)*)* }
            }
        }
    };
}

codes! {
    Error of Writing {
        /// The file is not UTF-8.
        NotText = "not-text",
        /// The file is larger than a script may be.
        TooLarge = "too-large",
        /// The first line does not say which language the script is written in.
        MissingMarker = "missing-marker",
        /// The script is written in another version of the language.
        UnsupportedVersion = "unsupported-version",
        /// A comma, colon, bracket or quote is missing or out of place.
        Syntax = "syntax",
        /// Brackets within brackets within brackets.
        TooDeep = "too-deep",
        /// A field that there is not.
        UnknownField = "unknown-field",
        /// A field given twice.
        DoubledField = "doubled-field",
        /// A field that must be given.
        MissingField = "missing-field",
        /// A field of another kind of inject.
        MisplacedField = "misplaced-field",
        /// A word that there is not.
        UnknownWord = "unknown-word",
        /// A number where a text belongs, and the like.
        WrongType = "wrong-type",
        /// A number outside its bounds.
        OutOfRange = "out-of-range",
        /// A text longer than allowed.
        TooLong = "too-long",
        /// A list or map longer than allowed.
        TooMany = "too-many",
        /// A text with nothing in it.
        EmptyText = "empty-text",
        /// A character that acts on a screen.
        ControlCharacter = "control-character",
        /// A language tag that cannot be read.
        BadLanguage = "bad-language",
        /// A technique id, or its version, that cannot be right.
        BadTechnique = "bad-technique",
    }
    Error of Names {
        /// A name that is not kebab-case.
        BadName = "bad-name",
        /// A name given twice.
        DoubledName = "doubled-name",
        /// No such inject.
        UnknownInject = "unknown-inject",
        /// No such question.
        UnknownQuestion = "unknown-question",
        /// No such choice.
        UnknownChoice = "unknown-choice",
        /// No such action.
        UnknownAction = "unknown-action",
        /// No such evidence.
        UnknownEvidence = "unknown-evidence",
        /// No such gauge.
        UnknownGauge = "unknown-gauge",
        /// No such spread.
        UnknownSpread = "unknown-spread",
        /// No such duty.
        UnknownDuty = "unknown-duty",
        /// No such rule in the catalogue of duties.
        UnknownRegime = "unknown-regime",
        /// No such person.
        UnknownPerson = "unknown-person",
        /// No such truth.
        UnknownTruth = "unknown-truth",
        /// No such source.
        UnknownSource = "unknown-source",
        /// No such class.
        UnknownClass = "unknown-class",
        /// No such type in that class.
        UnknownType = "unknown-type",
        /// No such level of severity or impact.
        UnknownLevel = "unknown-level",
        /// No such seat.
        UnknownSeat = "unknown-seat",
        /// No such slot, or no such field in it.
        UnknownSlot = "unknown-slot",
        /// A slot in a text that is read before the drill begins.
        EarlySlot = "early-slot",
        /// Alternatives of a slot with different fields.
        UnevenSlot = "uneven-slot",
        /// A checkpoint where an inject belongs, or the other way round.
        NotDeliverable = "not-deliverable",
    }
    Error of Times {
        /// A time that cannot be read.
        BadTime = "bad-time",
        /// A date, or a time zone, that cannot be read.
        BadDate = "bad-date",
        /// More than one thing that brings an inject.
        TwoTriggers = "two-triggers",
        /// A window that closes before it opens.
        EmptyWindow = "empty-window",
        /// A duty without a deadline in numbers.
        NoDeadline = "no-deadline",
    }
    Error of Scores {
        /// A question with fewer than two choices.
        TooFewChoices = "too-few-choices",
        /// A question without a best choice.
        NoBestChoice = "no-best-choice",
        /// Two choices that say the same.
        SameChoice = "same-choice",
        /// An order that nothing can satisfy.
        OrderCycle = "order-cycle",
        /// A question that is scored against a truth that there is not.
        NoTruth = "no-truth",
    }
    Error of Story {
        /// A gauge that starts outside its bounds.
        GaugeBounds = "gauge-bounds",
        /// A contingency inject that always comes.
        UnconditionalContingency = "unconditional-contingency",
        /// The last ending does not always apply.
        NoFinalEnding = "no-final-ending",
    }
    Warning of Writing {
        /// Invisible bytes before the first character.
        ByteOrderMark = "byte-order-mark",
        /// HTML in a text.
        RawHtml = "raw-html",
    }
    Warning of Names {
        /// A gauge that nothing moves or that nothing reads.
        UnusedGauge = "unused-gauge",
        /// A hidden gauge that is moved and that nothing reads.
        UnreadGauge = "unread-gauge",
        /// A person who never writes or calls.
        UnusedPerson = "unused-person",
        /// A slot that no text names.
        UnusedSlot = "unused-slot",
        /// A source that nothing rests on.
        UnusedSource = "unused-source",
    }
    Warning of Times {
        /// Something due after ENDEX.
        AfterEndex = "after-endex",
        /// A question that lapses after the longest possible drill.
        LapseTooLong = "lapse-too-long",
        /// An examination or action longer than the drill.
        TakesTooLong = "takes-too-long",
        /// A window in which what it waits for cannot happen.
        NeverInWindow = "never-in-window",
        /// Evidence that nobody can have seen when the answer is due.
        EvidenceTooLate = "evidence-too-late",
        /// A window of something that earns nothing.
        IdleWindow = "idle-window",
        /// Minutes of play that do not fit length and pace.
        MinutesOff = "minutes-off",
    }
    Warning of Scores {
        /// The worst choice pays.
        WorstPays = "worst-pays",
        /// Not answering earns something worth having.
        SilencePays = "silence-pays",
        /// A wrong call earns as much as the right one.
        WrongCallPays = "wrong-call-pays",
        /// Everything on offer is right.
        EverythingRight = "everything-right",
        /// An expected action that is met without anybody acting.
        MetByItself = "met-by-itself",
        /// A time at which nothing is true yet.
        LateTruth = "late-truth",
        /// A truth that another one hides.
        HiddenTruth = "hidden-truth",
    }
    Warning of Fairness {
        /// The best choice is always the longest.
        BestIsLongest = "best-is-longest",
        /// The best choice always comes first.
        BestIsFirst = "best-is-first",
        /// Only the best choice has a rationale.
        OnlyReason = "only-reason",
        /// Only the best choices name a source.
        OnlySource = "only-source",
        /// A text that gives an answer away.
        LeaksAnswer = "leaks-answer",
    }
    Warning of Teaching {
        /// A choice, an action or a key without a rationale.
        MissingRationale = "missing-rationale",
        /// One rationale for two choices.
        SameRationale = "same-rationale",
        /// Rationales that rest on no source.
        MissingSource = "missing-source",
        /// An address without the day on which it was read.
        UndatedSource = "undated-source",
        /// No objectives.
        MissingObjectives = "missing-objectives",
        /// An objective that nothing exercises.
        UnexercisedObjective = "unexercised-objective",
        /// Evidence that supports nothing.
        IdleEvidence = "idle-evidence",
        /// A decoy that supports something.
        DecoySupports = "decoy-supports",
        /// A truth that no evidence supports.
        UnsupportedTruth = "unsupported-truth",
    }
    Warning of Safety {
        /// No note on what may distress.
        MissingContentNote = "missing-content-note",
        /// An address that may belong to somebody.
        UnreservedAddress = "unreserved-address",
    }
    Warning of Story {
        /// Nothing to decide.
        NothingToDo = "nothing-to-do",
        /// A question that nobody asks.
        NeverAsked = "never-asked",
        /// An inject that nothing delivers.
        NeverDelivered = "never-delivered",
        /// A moment for a question that is also asked by an effect.
        OpensAndAsked = "opens-and-asked",
        /// A spread that changes nothing.
        IdleSpread = "idle-spread",
        /// A duty whose clock nothing starts.
        NeverStarts = "never-starts",
        /// A duty that nothing meets.
        NeverMet = "never-met",
        /// A condition that cannot hold.
        NeverHolds = "never-holds",
        /// A condition that always holds.
        AlwaysHolds = "always-holds",
        /// An effect that does nothing.
        IdleEffect = "idle-effect",
        /// A gauge set beyond its bounds.
        BeyondBounds = "beyond-bounds",
        /// Something that no drill can reach.
        Unreachable = "unreachable",
        /// An ending that another one hides.
        HiddenEnding = "hidden-ending",
        /// An ending that applies at STARTEX.
        OverAtOnce = "over-at-once",
    }
    Warning of Allowing {
        /// `allow` names a finding that there is not.
        UnknownFinding = "unknown-finding",
        /// `allow` names a finding that cannot be allowed.
        NotAllowable = "not-allowable",
        /// `allow` without a reason.
        AllowedWithoutReason = "allowed-without-reason",
        /// `allow` of a finding that is not there.
        IdleAllow = "idle-allow",
    }
    Warning of Exploration {
        /// An inject that no line brings.
        UnreachableInject = "unreachable-inject",
        /// A question that no line asks.
        UnreachableQuestion = "unreachable-question",
        /// A choice that no line puts on offer.
        UnreachableChoice = "unreachable-choice",
        /// Evidence that no line makes available.
        UnreachableEvidence = "unreachable-evidence",
        /// An action that no line puts on offer.
        UnreachableAction = "unreachable-action",
        /// A truth that comes into force on no line.
        UnreachableTruth = "unreachable-truth",
        /// An ending that no line comes to.
        UnreachableEnding = "unreachable-ending",
        /// An expected action that no line does in its window.
        UnreachableCheckpoint = "unreachable-checkpoint",
        /// An expected action that every line does.
        CertainCheckpoint = "certain-checkpoint",
        /// A question that opens with nothing to choose.
        NothingOffered = "nothing-offered",
        /// A long stretch before ENDEX with nothing to do.
        DeadEnd = "dead-end",
        /// A choice with the most credit that no situation makes the best.
        NeverBest = "never-best",
        /// A best line that does harm, or ends badly.
        HarmPays = "harm-pays",
        /// A stage of which no line earns everything.
        StageOutOfReach = "stage-out-of-reach",
        /// A script that can be passed by guessing.
        Guessable = "guessable",
        /// Exploration did not come to its end.
        NotProved = "not-proved",
    }
}

impl Code {
    /// The code that a word stands for.
    #[must_use]
    pub fn from_name(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_words_and_differ() {
        for (row, code) in Code::ALL.iter().enumerate() {
            assert!(super::super::Name::new(code.name()).is_ok(), "{}", code.name());
            assert_eq!(Code::from_name(code.name()), Some(Code::ALL[row]));
        }
        assert!(Code::ALL.is_sorted_by_key(|code| code.severity()), "errors first");
    }
}

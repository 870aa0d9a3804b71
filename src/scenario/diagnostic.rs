//! What `check` tells an author: a value, never an `Err`.
//!
//! A finding has a word for a code, a place in the script, a sentence, and
//! what to do about it. How it looks is the affair of `term`. Whatever it
//! quotes from a script is cut and cleaned here, once.

use super::at::Span;
use super::text::clean;

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The word for it.
    pub code: Code,
    /// Whether it keeps a script from being played.
    pub severity: Severity,
    /// What is wrong: a lower-case fragment, names in backticks.
    pub message: String,
    /// Where, in bytes of the script.
    pub span: Span,
    /// Other places that belong to it, each with a few words.
    pub labels: Vec<(Span, String)>,
    /// What to do.
    pub help: Vec<String>,
    /// What else is good to know.
    pub notes: Vec<String>,
}

/// Whether a finding keeps a script from being played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It does.
    Error,
    /// It does not, but trainees will feel it.
    Warning,
}

impl Severity {
    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

impl Diagnostic {
    /// A finding of `code` at `span`.
    pub(super) fn new(code: Code, span: Span, message: impl AsRef<str>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: capped(message.as_ref()),
            span,
            labels: Vec::new(),
            help: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// With a line that says what to do.
    pub(super) fn help(mut self, help: impl AsRef<str>) -> Self {
        self.help.push(capped(help.as_ref()));
        self
    }

    /// With a line that is good to know.
    pub(super) fn note(mut self, note: impl AsRef<str>) -> Self {
        self.notes.push(capped(note.as_ref()));
        self
    }

    /// With another place.
    pub(super) fn label(mut self, span: Span, words: impl AsRef<str>) -> Self {
        self.labels.push((span, capped(words.as_ref())));
        self
    }
}

/// Characters of one line of a finding.
const LINE_CHARS_MAX: usize = 400;
/// Characters of a piece of script quoted within a line.
const QUOTE_CHARS_MAX: usize = 60;

fn capped(text: &str) -> String {
    short(text, LINE_CHARS_MAX)
}

/// A piece of the script in backticks, cut and cleaned.
pub(super) fn quoted(text: &str) -> String {
    format!("`{}`", short(text, QUOTE_CHARS_MAX))
}

fn short(text: &str, chars_max: usize) -> String {
    let mut kept: String = text.chars().take(chars_max).collect();
    if kept.len() < text.len() {
        kept.push('…');
    }
    clean(&kept).replace('\n', " ")
}

macro_rules! codes {
    ($($severity:ident { $($(#[$doc:meta])* $code:ident = $word:literal,)* })*) => {
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
        }
    };
}

codes! {
    Error {
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
        /// A name that is not kebab-case.
        BadName = "bad-name",
        /// A name given twice.
        DoubledName = "doubled-name",
        /// A time that cannot be read.
        BadTime = "bad-time",
        /// A date, or a time zone, that cannot be read.
        BadDate = "bad-date",
        /// A language tag that cannot be read.
        BadLanguage = "bad-language",
        /// A technique id, or its version, that cannot be right.
        BadTechnique = "bad-technique",
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
        /// No such slot, or no such field in it.
        UnknownSlot = "unknown-slot",
        /// Alternatives of a slot with different fields.
        UnevenSlot = "uneven-slot",
        /// A checkpoint where an inject belongs, or the other way round.
        NotDeliverable = "not-deliverable",
        /// More than one thing that brings an inject.
        TwoTriggers = "two-triggers",
        /// A contingency inject that always comes.
        UnconditionalContingency = "unconditional-contingency",
        /// Effects that open each other's questions for ever.
        GaugeBounds = "gauge-bounds",
        /// A window that closes before it opens.
        EmptyWindow = "empty-window",
        /// A duty without a deadline in numbers.
        NoDeadline = "no-deadline",
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
        /// The last ending does not always apply.
        NoFinalEnding = "no-final-ending",
    }
    Warning {
        /// Invisible bytes before the first character.
        ByteOrderMark = "byte-order-mark",
        /// Something due after ENDEX.
        AfterEndex = "after-endex",
        /// A question that lapses after the longest possible drill.
        LapseTooLong = "lapse-too-long",
        /// An examination or action longer than the drill.
        TakesTooLong = "takes-too-long",
        /// Minutes of play that do not fit length and pace.
        MinutesOff = "minutes-off",
        /// The worst choice pays.
        WorstPays = "worst-pays",
        /// Everything on offer is right.
        EverythingRight = "everything-right",
        /// One rationale for two choices.
        SameRationale = "same-rationale",
        /// The best choice is always the longest.
        BestIsLongest = "best-is-longest",
        /// The best choice always comes first.
        BestIsFirst = "best-is-first",
        /// Only the best choice has a rationale.
        OnlyReason = "only-reason",
        /// A choice, an action or a key without a rationale.
        MissingRationale = "missing-rationale",
        /// Rationales that rest on no source.
        MissingSource = "missing-source",
        /// No note on what may distress.
        MissingContentNote = "missing-content-note",
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
        /// A time at which nothing is true yet.
        LateTruth = "late-truth",
        /// A text that gives an answer away.
        LeaksAnswer = "leaks-answer",
        /// An address that may belong to somebody.
        UnreservedAddress = "unreserved-address",
        /// HTML in a text.
        RawHtml = "raw-html",
        /// A question that nobody asks.
        NeverAsked = "never-asked",
        /// An inject that nothing delivers.
        NeverDelivered = "never-delivered",
        /// A moment for a question that is also asked by an effect.
        OpensAndAsked = "opens-and-asked",
        /// A duty whose clock nothing starts.
        NeverStarts = "never-starts",
        /// A duty that nothing meets.
        NeverMet = "never-met",
        /// A spread that does nothing.
        IdleSpread = "idle-spread",
        /// Something that no drill can reach.
        Unreachable = "unreachable",
        /// An ending that another one hides.
        HiddenEnding = "hidden-ending",
        /// Nothing to decide.
        NothingToDo = "nothing-to-do",
        /// A gauge that nothing moves or that nothing reads.
        UnusedGauge = "unused-gauge",
        /// A person who never writes or calls.
        UnusedPerson = "unused-person",
        /// A slot that no text names.
        UnusedSlot = "unused-slot",
        /// A source that nothing rests on.
        UnusedSource = "unused-source",
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
    }

    #[test]
    fn what_is_quoted_is_short_and_clean() {
        let long = format!("\u{1b}[2J{}", "A".repeat(10_000_000));
        let finding = Diagnostic::new(Code::Syntax, Span::default(), quoted(&long));
        assert!(finding.message.chars().count() < 80);
        assert!(!finding.message.contains('\u{1b}'));
    }
}

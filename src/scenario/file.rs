//! The shape of a script, one to one with the RON. Nothing here is checked.
//!
//! Every field may be missing and every value is an [`At`]: what must be there
//! and what it may say is settled in `lower`, so that all of it can be said at
//! once. Doubled keys are kept. The field names are the language: changing one
//! breaks scripts.

use serde::Deserialize;

use super::at::{At, Rows, Wanted};

pub(super) type Opt<T> = Option<At<T>>;
pub(super) type Pair<T> = (At<T>, At<T>);
pub(super) type List<T> = Option<At<Vec<At<T>>>>;
pub(super) type Map<T> = Option<At<Rows<T>>>;

/// The whole script.
#[derive(Default)]
pub(super) struct File {
    pub(super) title: Opt<String>,
    pub(super) summary: Opt<String>,
    pub(super) language: Opt<String>,
    pub(super) audience: Opt<Audience>,
    pub(super) level: Opt<Level>,
    pub(super) minutes: Opt<i64>,
    pub(super) objectives: List<Objective>,
    pub(super) content_note: Opt<String>,
    pub(super) authors: List<String>,
    pub(super) licence: Opt<String>,
    pub(super) attack: Opt<Attack>,
    pub(super) tags: List<String>,
    pub(super) pass: Opt<i64>,
    pub(super) organisation: Opt<Organisation>,
    pub(super) systems: Map<System>,
    pub(super) cast: Map<Person>,
    pub(super) seats: Map<Seat>,
    pub(super) clock: Opt<Clock>,
    pub(super) slots: Map<Vec<At<Rows<String>>>>,
    pub(super) gauges: Map<Gauge>,
    pub(super) taxonomy: Opt<Taxonomy>,
    pub(super) severities: List<String>,
    pub(super) severity: Opt<Severity>,
    pub(super) truth: Map<Truth>,
    pub(super) evidence: Map<Evidence>,
    pub(super) spreads: Map<Spread>,
    pub(super) duties: Map<Duty>,
    pub(super) injects: Map<Inject>,
    pub(super) questions: Map<Question>,
    pub(super) actions: Map<Action>,
    pub(super) endings: Map<Ending>,
    pub(super) hot_wash: Opt<HotWash>,
    pub(super) sources: Map<Source>,
    pub(super) allow: Map<String>,
}

macro_rules! wanted {
    ($($type:ty => $wants:literal,)*) => {$(
        impl Wanted for $type { const WANTS: &'static str = $wants; }
    )*};
}

wanted! {
    String => "a text in double quotes",
    i64 => "a whole number",
    bool => "`true` or `false`",
    Condition => "a condition, such as `Did(\"some-action\")`",
    Effect => "an effect, such as `Ask(\"some-question\")`",
    Channel => "a channel, such as `Mail(from: \"somebody\", subject: \"…\")`",
    Deadline => "a deadline, such as `Within(\"72h\")` or `BusinessDays(3)`",
    Ask => "a kind of question, such as `ChooseOne({ … })`",
    Taxonomy => "`Rsit`, `RsitWith(near: [ … ])` or `Own(title: \"…\", classes: { … })`",
    Severity => "`Own([\"low\", \"high\"])`, `Sp80061`, `Ciss`, `UkC1C6` or `Nciss`",
}
impl<T> Wanted for (At<T>, At<T>) {
    const WANTS: &'static str = "a pair in round brackets";
}
impl<A, B, C> Wanted for (At<A>, At<B>, At<C>) {
    const WANTS: &'static str = "three values in round brackets";
}
impl<T> Wanted for Vec<T> {
    const WANTS: &'static str = "a list in square brackets";
}
impl<T> Wanted for Rows<T> {
    const WANTS: &'static str = "a map in curly brackets";
}

/// Groups in round brackets whose fields may all be left out.
macro_rules! groups {
    ($($name:ident { $($field:ident: $type:ty,)* })*) => {$(
        #[derive(Default, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $name { $(pub(super) $field: $type,)* }
        wanted! { $name => "fields in round brackets", }
    )*};
}

groups! {
    Objective { says: Opt<String>, stage: Opt<Stage>, }
    Attack { version: Opt<String>, techniques: List<String>, }
    Organisation {
        name: Opt<String>, sector: Opt<String>, size: Opt<String>, operates_in: Opt<String>, about: Opt<String>,
    }
    System { label: Opt<String>, about: Opt<String>, }
    Person {
        label: Opt<String>, role: Opt<String>, address: Opt<String>, trust: Opt<String>, allow: Map<String>,
    }
    Seat { label: Opt<String>, about: Opt<String>, allow: Map<String>, }
    Clock {
        startex: Opt<String>, zone: Opt<String>, length: Opt<String>, pace: Opt<i64>, untimed: Opt<bool>,
    }
    Gauge {
        label: Opt<String>, unit: Opt<String>, start: Opt<i64>, min: Opt<i64>, max: Opt<i64>,
        good: Opt<Direction>, hidden: Opt<bool>, allow: Map<String>,
    }
    Class { label: Opt<String>, rsit: Opt<String>, types: Map<String>, }
    Truth {
        from: Opt<String>, when: Opt<Condition>, verdict: Opt<Verdict>, thin: Opt<bool>,
        class: Opt<String>, kind: Opt<String>, severity: Opt<String>, functional: Opt<String>,
        information: Opt<String>, recoverability: Opt<String>, also: List<Also>,
        why: Opt<String>, source: Opt<String>, allow: Map<String>,
    }
    Also {
        class: Opt<String>, kind: Opt<String>, severity: Opt<String>, functional: Opt<String>,
        information: Opt<String>, recoverability: Opt<String>, credit: Opt<i64>,
    }
    Evidence {
        title: Opt<String>, look: Opt<Look>, takes: Opt<String>, body: Opt<String>,
        supports: List<String>, decoy: Opt<bool>, chance: Opt<i64>, allow: Map<String>, seats: List<String>,
    }
    Inject {
        at: Opt<String>, jitter: Opt<String>, after: Opt<Condition>, delay: Opt<String>,
        chance: Opt<i64>, kind: Opt<InjectKind>, when: Opt<Condition>, until: Opt<String>,
        every: Opt<String>, times: Opt<i64>, unless: Opt<Condition>,
        via: Opt<Channel>, body: Opt<String>, then: List<Effect>,
        expects: Opt<String>, met: Opt<Condition>, window: Opt<Pair<String>>, good: Opt<String>,
        stage: Opt<Stage>, weight: Opt<i64>, why: Opt<String>, source: Opt<String>, allow: Map<String>, seats: List<String>,
    }
    Spread {
        label: Opt<String>, start: Opt<Condition>, first: Opt<String>, every: Opt<String>, times: Opt<i64>,
        jitter: Opt<String>, chance: Opt<i64>, r#while: Opt<Condition>, unless: Opt<Condition>,
        then: List<Effect>, allow: Map<String>,
    }
    Duty {
        regime: Opt<String>, label: Opt<String>, deadline: Opt<Deadline>, to: Opt<String>, rule: Opt<String>,
        starts: Opt<Condition>, met: Opt<Condition>, shown: Opt<bool>, late: Opt<i64>, declare: Opt<i64>,
        weight: Opt<i64>, stage: Opt<Stage>, why: Opt<String>, source: Opt<String>, allow: Map<String>,
    }
    Question {
        stage: Opt<Stage>, says: Opt<String>, opens: Opt<String>, lapses: Opt<String>, good: Opt<String>,
        floor: Opt<i64>, weight: Opt<i64>, rests_on: List<String>, confidence: Opt<bool>,
        reason: Opt<bool>, keep_order: Opt<bool>, hints: List<Hint>, lapse: Opt<Lapse>, ask: Opt<Ask>,
        then: List<Effect>, why: Opt<String>, source: Opt<String>, allow: Map<String>, seats: List<String>,
    }
    Hint { says: Opt<String>, price: Opt<i64>, }
    Lapse { credit: Opt<i64>, then: List<Effect>, why: Opt<String>, }
    Choice {
        says: Opt<String>, credit: Opt<i64>, by_truth: Map<i64>, when: Opt<Condition>, then: List<Effect>,
        why: Opt<String>, source: Opt<String>, allow: Map<String>,
    }
    Candidate {
        says: Opt<String>, right: Opt<bool>, credit: Opt<i64>, when: Opt<Condition>, then: List<Effect>,
        why: Opt<String>, source: Opt<String>, allow: Map<String>,
    }
    Step { says: Opt<String>, why: Opt<String>, source: Opt<String>, allow: Map<String>, }
    Task {
        says: Opt<String>, to: Opt<String>, also: Map<i64>, when: Opt<Condition>, then: List<Effect>,
        why: Opt<String>, source: Opt<String>, allow: Map<String>,
    }
    Recipient {
        says: Opt<String>, right: Opt<bool>, via: List<String>, by: Opt<String>, credit: Opt<i64>,
        when: Opt<Condition>, then: List<Effect>, why: Opt<String>, source: Opt<String>, allow: Map<String>,
    }
    Route { says: Opt<String>, credit: Opt<i64>, why: Opt<String>, source: Opt<String>, }
    Number { answer: Opt<i64>, tolerance: Opt<i64>, outer: Opt<i64>, }
    Entry { says: Opt<String>, right: Opt<bool>, why: Opt<String>, source: Opt<String>, allow: Map<String>, }
    Table {
        incident: Opt<(At<i64>, At<i64>, At<i64>)>, not_an_incident: Opt<(At<i64>, At<i64>, At<i64>)>,
        too_early: Opt<(At<i64>, At<i64>, At<i64>)>, thin: Opt<i64>,
    }
    Action {
        label: Opt<String>, takes: Opt<String>, stage: Opt<Stage>, credit: Opt<i64>, weight: Opt<i64>,
        window: Opt<Pair<String>>, when: Opt<Condition>, often: Opt<bool>, then: List<Effect>,
        result: Opt<String>, why: Opt<String>, source: Opt<String>, allow: Map<String>, seats: List<String>,
    }
    Ending {
        when: Opt<Condition>, at_once: Opt<bool>, good: Opt<bool>, title: Opt<String>, says: Opt<String>,
        allow: Map<String>,
    }
    HotWash {
        questions: List<String>, good: Opt<String>, improvements: List<Improvement>, reading: List<String>,
    }
    Improvement { says: Opt<String>, stage: Opt<Stage>, }
    Source { title: Opt<String>, address: Opt<String>, read: Opt<String>, allow: Map<String>, }
}

/// Closed sets of words.
macro_rules! words {
    ($($name:ident { $($word:ident,)* } $wants:literal)*) => {$(
        #[derive(Clone, Copy, Deserialize)]
        pub(super) enum $name { $($word,)* }
        wanted! { $name => $wants, }
    )*};
}

words! {
    Audience { Everyone, Responders, Leadership, } "an audience, such as `Everyone`"
    Level { Intro, Intermediate, Advanced, } "a level, such as `Intro`"
    Stage {
        Identification, Categorization, Analysis, Response, Communication, Legal, Documentation,
        LessonsLearned, Training, Collaboration,
    } "a stage, such as `Identification`"
    Direction { Low, High, } "`Low` or `High`"
    Verdict { Incident, NotAnIncident, TooEarly, } "a verdict, such as `Incident`"
    Look { Note, Log, Mail, Table, Transcript, Screen, } "a look, such as `Log`"
    InjectKind { Contextual, Contingency, Checkpoint, } "a kind of inject, such as `Contingency`"
    Part { Class, Severity, Functional, Information, Recoverability, } "a part, such as `Severity`"
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) enum Taxonomy {
    Rsit,
    RsitWith { near: List<Near> },
    Own { title: Opt<String>, classes: Map<Class>, near: List<Near> },
}

/// Two places of a taxonomy, `"class"` or `"class/type"`, and the credit between them.
pub(super) type Near = (At<String>, At<String>, At<i64>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) enum Severity {
    Own(At<Vec<At<String>>>),
    Sp80061,
    Ciss,
    UkC1C6,
    Nciss,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) enum Condition {
    Always,
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Chosen(At<String>, At<String>),
    Assigned(At<String>, At<String>, #[serde(default)] Opt<String>),
    Notified(At<String>, At<String>, #[serde(default)] Opt<String>),
    Seated(At<String>),
    Answered(At<String>),
    Lapsed(At<String>),
    Did(At<String>),
    Delivered(At<String>),
    Met(At<String>),
    Missed(At<String>),
    Examined(At<String>),
    Categorized(At<String>, #[serde(default)] Opt<String>),
    AtLeast(At<String>, At<i64>),
    AtMost(At<String>, At<i64>),
    From(At<String>),
    Before(At<String>),
    Spreading(At<String>),
    Contained(At<String>),
    DutyRunning(At<String>),
    DutyMet(At<String>),
    DutyMissed(At<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) enum Effect {
    Set(At<String>, At<i64>),
    Add(At<String>, At<i64>),
    Deliver(At<String>),
    DeliverIn(At<String>, At<String>),
    Cancel(At<String>),
    Ask(At<String>),
    Close(At<String>),
    Reveal(At<String>),
    Start(At<String>),
    Stop(At<String>),
    StartDuty(At<String>),
    DeclareDuty(At<String>),
    MeetDuty(At<String>),
    End,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) enum Deadline {
    Within(At<String>),
    Days(At<i64>),
    BusinessDays(At<i64>),
    Months(At<i64>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) enum Channel {
    Mail { from: Opt<String>, address: Opt<String>, to: Opt<String>, subject: Opt<String> },
    Chat { from: Opt<String>, room: Opt<String> },
    Call { from: Opt<String>, number: Opt<String> },
    Ticket { from: Opt<String>, number: Opt<String>, state: Opt<String> },
    Alert { system: Opt<String>, level: Opt<String> },
    News { outlet: Opt<String>, headline: Opt<String> },
    Post { account: Opt<String>, network: Opt<String> },
    Letter { from: Opt<String>, subject: Opt<String> },
    Desk { from: Opt<String> },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) enum Ask {
    Triage {
        table: Opt<Table>,
        then: Map<Vec<At<Effect>>>,
        why: Map<String>,
    },
    Categorize {
        asks: List<Part>,
        too_early: Opt<bool>,
        revisable: Opt<bool>,
        weights: Opt<(At<i64>, At<i64>, At<i64>)>,
        over: List<i64>,
        under: List<i64>,
    },
    ChooseOne(At<Rows<Choice>>),
    ChooseSeveral(At<Rows<Candidate>>),
    PutInOrder {
        items: Map<Step>,
        before: List<Pair<String>>,
    },
    Estimate {
        unit: Opt<String>,
        answer: Opt<i64>,
        tolerance: Opt<i64>,
        outer: Opt<i64>,
        by_truth: Map<Number>,
    },
    Assign {
        tasks: Map<Task>,
        among: Map<String>,
    },
    Notify {
        whom: Map<Recipient>,
        through: Map<Route>,
        by: List<String>,
    },
    Record {
        items: Map<Entry>,
        before: List<Pair<String>>,
    },
    Reflect {
        key_points: List<String>,
    },
}

//! Every bound on what comes from outside, in one place.
//!
//! A bound is generous for honest use and small enough that nothing from a
//! file, a keyboard or a disk can exhaust memory or time. Findings and
//! refusals quote these numbers, so a change here changes what people read.

/// Bytes of one script file. A forty-minute script is about 110 kB.
pub const SCRIPT_BYTES_MAX: usize = 1 << 20;
/// Bytes of one text (a body, a rationale).
pub const TEXT_BYTES_MAX: usize = 16 * 1024;
/// Bytes of one short text (a title, a label, a choice).
pub const LABEL_BYTES_MAX: usize = 600;
/// Bytes of one name.
pub const NAME_BYTES_MAX: usize = 48;
/// Brackets within brackets of a script, and of an answers file.
pub const NESTING_MAX: usize = 64;
/// Injects in one script.
pub const INJECTS_MAX: usize = 5_000;
/// Questions in one script.
pub const QUESTIONS_MAX: usize = 1_000;
/// Choices of one question; a set of choices is one 32-bit word.
pub const CHOICES_MAX: usize = 32;
/// Actions in one script.
pub const ACTIONS_MAX: usize = 500;
/// Artefacts of evidence in one script.
pub const EVIDENCE_MAX: usize = 1_000;
/// Spreads in one script.
pub const SPREADS_MAX: usize = 100;
/// Duties in one script.
pub const DUTIES_MAX: usize = 50;
/// Steps of one spread, and deliveries of one inject.
pub const STEPS_MAX: u16 = 1_000;
/// Units of a deadline in days, business days or months.
pub const DEADLINE_UNITS_MAX: u16 = 400;
/// Gauges in one script.
pub const GAUGES_MAX: usize = 100;
/// Entries of any other list or map (cast, sources, endings, slots, …).
pub const ENTRIES_MAX: usize = 500;
/// Classes of a script's own taxonomy, and types of one class.
pub const CLASSES_MAX: usize = 100;
/// Levels of a script's own severity scale.
pub const SEVERITIES_MAX: usize = 10;
/// Seats of one script; a set of seats is one 16-bit word.
pub const SEATS_MAX: usize = 16;
/// Tasks or recipients of one question; which is paired with whom is one 64-bit word.
pub const PAIR_ROWS_MAX: usize = 16;
/// People that tasks can be given to, or channels, of one question.
pub const PARTNERS_MAX: usize = 15;
/// Deadlines on offer in one question.
pub const DEADLINES_MAX: usize = 9;
/// Distances of one taxonomy.
pub const DISTANCES_MAX: usize = 1_000;
/// Alternatives of one slot.
pub const ALTERNATIVES_MAX: usize = 100;
/// Hints of one question.
pub const HINTS_MAX: usize = 10;
/// Real minutes of one drill at the script's own pace.
pub const MINUTES_MAX: u16 = 1_440;
/// Drill seconds per real second.
pub const PACE_MAX: u16 = 600;
/// Weight of one item; 10 is usual.
pub const WEIGHT_MAX: u16 = 1_000;
/// Depth of a condition.
pub const CONDITION_DEPTH_MAX: usize = 16;
/// Seconds of one drill: thirty days of drill time.
pub const DRILL_SECONDS_MAX: u32 = 30 * 24 * 3600;
/// Largest amount a gauge can hold, either side of zero.
pub const GAUGE_AMOUNT_MAX: i64 = 1_000_000_000_000;
/// Findings rendered for one script; the rest is counted.
pub const FINDINGS_MAX: usize = 200;
/// Findings kept for one script; who has so many mends some and checks again.
pub const FINDINGS_KEPT_MAX: usize = 2_000;
/// Bytes of what a trainee types into one field (a reason, a note, a reflection).
pub const TYPED_BYTES_MAX: usize = 4_000;
/// Bytes of a trainee's name.
pub const TRAINEE_NAME_BYTES_MAX: usize = 80;
/// Bytes of one line of an evidence file.
pub const EVIDENCE_LINE_BYTES_MAX: usize = 4 << 20;
/// Bytes of a whole evidence file.
pub const EVIDENCE_FILE_BYTES_MAX: u64 = 256 << 20;
/// Facts of one drill.
pub const FACTS_MAX: usize = 100_000;
/// Bytes of an answers file.
pub const ANSWERS_BYTES_MAX: usize = 1 << 20;
/// Bytes of the file that holds the keys of persons: about ten thousand people.
pub const VAULT_BYTES_MAX: u64 = 4 << 20;
/// Bytes of the file that holds the checkpoints of one drill.
pub const SIDECAR_BYTES_MAX: u64 = 64 << 20;
/// Entries of one room, the facts of all its drills among them.
pub const ROOM_ENTRIES_MAX: usize = 2_000_000;
/// People who ever come into one room; the file that holds their keys has room for a few more.
pub const ROOM_PEOPLE_MAX: usize = 40_000;
/// Bytes of the file that holds the checkpoints of one room: each entry may have one of its own.
pub const ROOM_SIDECAR_BYTES_MAX: u64 = 512 << 20;
/// Facts that a reader takes from one journal: what a drill may hold, and what ENDEX adds.
pub const FACTS_READ_MAX: usize = FACTS_MAX + 10_000;
/// Drills of one simulation, all trainees together.
pub const SIMULATED_DRILLS_MAX: u64 = 10_000_000;
/// Moves with which a best line is looked for where a simulation needs one.
pub const EXPLORED_MOVES_MAX: u64 = 1_000_000;
/// Moves with which the best lines of its other drills are looked for, all together.
pub const EXPLORED_MORE_MAX: u64 = 300_000;
/// Facts that all what-ifs of one drill may play together: a second or so.
pub const WHAT_IF_FACTS_MAX: usize = 2_000_000;
/// Connections to one host at a time.
pub const HOST_CONNECTIONS_MAX: usize = 16_384;
/// What a room takes in before it writes it all down at once.
pub const HOST_BATCH_MAX: usize = 1_024;
/// Bytes of what a browser sends in one request.
pub const HOST_BODY_BYTES_MAX: usize = 16 * 1024;
/// Streams of one person at a time: tabs and devices.
pub const HOST_STREAMS_MAX: usize = 6;
/// People in one room.
pub const ROOM_PLACES_MAX: u32 = 10_000;
/// Teams of one room.
pub const ROOM_TEAMS_MAX: usize = 50;
/// Days for which a room can be told to be kept: ten years.
pub const KEEP_DAYS_MAX: u16 = 3_660;

//! Numbers and lengths as people read them. The only place where anything is rounded.

use tr::tr;

use super::happened::Gauge;
use super::model::{Moment, Sum};
use crate::speech::{Language, grouped, language};

/// Points from millionths: at most two decimals, none that say nothing.
pub(crate) fn points(millionths: i64) -> String {
    let sign = if millionths < 0 { "−" } else { "" };
    let hundredths = (millionths.unsigned_abs() + 5_000) / 10_000;
    let (whole, part, mark) = (hundredths / 100, hundredths % 100, language().decimal_mark());
    match (hundredths, part) {
        (0, _) => "0".into(),
        (_, 0) => format!("{sign}{}", grouped(whole)),
        (_, p) if p % 10 == 0 => format!("{sign}{}{mark}{}", grouped(whole), p / 10),
        (_, p) => format!("{sign}{}{mark}{p:02}", grouped(whole)),
    }
}

/// How a drill is named where people read it: the beginning of its id.
pub(crate) fn short(id: &str) -> &str {
    id.char_indices().nth(8).map_or(id, |(end, _)| &id[..end])
}

/// `64 %`, which never breaks before the sign.
pub(crate) fn percent(percent: impl std::fmt::Display) -> String {
    format!("{percent}\u{a0}%")
}

/// `12 of 15 points`.
pub(crate) fn out_of(sum: Sum) -> String {
    match sum.possible {
        // One could only do harm.
        0 => sum_of(sum.earned),
        possible => tr!("{0} of {1} points", points(sum.earned), points(possible)),
    }
}

/// `12 points`, and `1 point`, also below zero.
pub(crate) fn sum_of(millionths: i64) -> String {
    pointed(points(millionths))
}

/// The same as a difference: `+12 points`, `−1 point`.
pub(crate) fn difference(millionths: i64) -> String {
    pointed(signed(millionths))
}

fn pointed(number: String) -> String {
    let one = matches!(number.as_str(), "1" | "+1" | "−1");
    tr!("a sum" => "{0} point" | "{0} points" % if one { 1 } else { 2 }, number)
}

/// The first letter small, for a word within a sentence; abbreviations stay, and German nouns.
pub(crate) fn lower(text: &str) -> String {
    if language() == Language::German {
        return text.to_owned();
    }
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().collect::<String>() + letters.as_str()
        }
        _ => text.to_owned(),
    }
}

/// `“text”`; what is spoken in a script has its marks already.
pub(crate) fn quoted(text: &str) -> String {
    if text.starts_with(['"', '“', '„', '«']) { text.to_owned() } else { tr!("“{0}”", inner(text)) }
}

/// A text that comes to stand between quotation marks: in German its own become single ones.
pub(crate) fn inner(text: &str) -> String {
    match language() {
        Language::German if text.contains('„') => text.replace('„', "‚").replace(['“', '”'], "‘"),
        Language::German => text.replace('“', "‚").replace('”', "‘"),
        Language::English => text.to_owned(),
    }
}

/// What a gauge reads, with its unit.
pub(crate) fn reading(gauge: &Gauge, value: i64) -> String {
    amount(&gauge.unit, value)
}

/// An amount with its unit, if it has one.
pub(crate) fn amount(unit: &str, value: i64) -> String {
    let sign = if value < 0 { "−" } else { "" };
    let number = format!("{sign}{}", grouped(value.unsigned_abs()));
    match unit {
        "" => number,
        unit => format!("{number} {unit}"),
    }
}

/// A length of drill time: `45 s`, `3 min`, `1 h 22 min`.
pub(crate) fn length(seconds: u32) -> String {
    let (days, hours, minutes, rest) =
        (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    match (days, hours, minutes, rest) {
        (0, 0, 0, s) => format!("{s} s"),
        (0, 0, m, 0) => format!("{m} min"),
        (0, 0, m, s) if m < 10 => format!("{m} min {s} s"),
        (0, 0, m, _) => format!("{m} min"),
        (0, h, 0, _) => format!("{h} h"),
        (0, h, m, _) => format!("{h} h {m} min"),
        (d, 0, _, _) => tr!("{n} d" | "{n} d" % d),
        (d, h, _, _) => tr!("{n} d {0} h" | "{n} d {0} h" % d, h),
    }
}

/// Points more or fewer: `+8`, `−3.5`, `±0`.
pub(crate) fn signed(millionths: i64) -> String {
    match points(millionths) {
        same if same == "0" => "±0".into(),
        more if millionths > 0 => format!("+{more}"),
        fewer => fewer,
    }
}

/// A Brier score from ten-thousandths, `0.04`.
pub(crate) fn brier(ten_thousandths: u32) -> String {
    let hundredths = (ten_thousandths + 50) / 100;
    format!("{}{}{:02}", hundredths / 100, language().decimal_mark(), hundredths % 100)
}

/// A coefficient from ten-thousandths, `0.83`, `−0.20`.
pub(crate) fn coefficient(ten_thousandths: i64) -> String {
    let hundredths = (ten_thousandths.unsigned_abs() + 50) / 100;
    let sign = if ten_thousandths < 0 && hundredths > 0 { "−" } else { "" };
    format!("{sign}{}{}{:02}", hundredths / 100, language().decimal_mark(), hundredths % 100)
}

/// Credit from hundredths of a percent, `41.67 %`.
pub(crate) fn credit(hundredths: i32) -> String {
    let sign = if hundredths < 0 { "−" } else { "" };
    let (whole, part) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    match part {
        0 => percent(format_args!("{sign}{whole}")),
        p if p % 10 == 0 => percent(format_args!("{sign}{whole}{}{}", language().decimal_mark(), p / 10)),
        p => percent(format_args!("{sign}{whole}{}{p:02}", language().decimal_mark())),
    }
}

/// From when until when; the moment alone where both read the same.
pub(crate) fn span(from: &Moment, until: Option<&Moment>) -> String {
    match until {
        Some(until) if until.clock != from.clock => format!("{}–{}", from.clock, until.clock),
        _ => from.clock.clone(),
    }
}

/// `at 15:52`, which German says otherwise where there is a day with it.
pub(crate) fn at(moment: &Moment) -> String {
    let clock = &moment.clock;
    match clock.contains(' ') {
        false => tr!("at {0}", clock),
        true => tr!("on a day" => "at {0}", clock),
    }
}

/// The first letter large, for a word that begins a line.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|c| c.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_rounded_once_and_short() {
        for (millionths, read) in [
            (0, "0"),
            (12_000_000, "12"),
            (4_500_000, "4.5"),
            (4_166_666, "4.17"),
            (-5_000_000, "−5"),
            (4_999, "0"),
            (-4_999, "0"),
            (1_234_000_000, "1,234"),
        ] {
            assert_eq!(points(millionths), read);
        }
    }

    #[test]
    fn german_numbers_have_german_marks() {
        let said = crate::speech::speaking(Language::German, || {
            let day = Moment { second: 0, clock: "Mo 15:52".into() };
            [
                points(-1_234_560_000),
                credit(4_167),
                brier(400),
                length(86_400),
                length(180_000),
                quoted("Nein"),
                quoted("Sie sagt: „Nein.“"),
                at(&Moment { second: 0, clock: "15:52".into() }),
                at(&day),
                lower("Rechner"),
            ]
        });
        let read = [
            "−1.234,56",
            "41,67\u{a0}%",
            "0,04",
            "1 Tag",
            "2 Tage 2 h",
            "„Nein“",
            "„Sie sagt: ‚Nein.‘“",
            "um 15:52",
            "am Mo 15:52",
            "Rechner",
        ];
        assert_eq!(said, read);
    }

    #[test]
    fn lengths_read_like_speech() {
        for (seconds, read) in
            [(45, "45 s"), (180, "3 min"), (200, "3 min 20 s"), (4_920, "1 h 22 min"), (259_200, "3 d")]
        {
            assert_eq!(length(seconds), read);
        }
        assert_eq!(
            (brier(400), credit(4_167), credit(-5_000)),
            ("0.04".into(), "41.67\u{a0}%".into(), "−50\u{a0}%".into())
        );
    }
}

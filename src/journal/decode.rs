//! A record from a disk as a fact, or what is wrong with it.
//!
//! Nothing here is trusted: every name must be one of the script's, every
//! number must fit, and the record must be spelt exactly as
//! [`encode`](super::codec::encode) spells it, which rules out doubled keys,
//! unknown fields and second spellings in one comparison.

use serde_json::{Map, Value};
use tr::tr;

use super::codec::{Fault, encode, end_cause, pause_cause};
use super::names::{Names, Table};
use crate::engine::{
    Answer, DutyStep, EndCause, Fact, Pair, PauseCause, Seed, Settings, SpreadStep, Submission, What,
};
use crate::scenario::{
    ActionId, Axis, Category, ChoiceId, ClassId, DutyId, EndingId, EvidenceId, FACTORS, Factors, GaugeId,
    InjectId, KindId, LevelId, PartnerId, QuestionId, SeatId, SeatSet, SimTime, SpreadId, TruthId,
};
use crate::speech::noted;

/// Reads a canonical record. `words` turns what stands for a trainee's words back into words.
pub(super) fn decode(
    names: &Names,
    body: &str,
    words: &mut dyn FnMut(&Value) -> Result<String, Fault>,
) -> Result<Fact, Fault> {
    let value = parse(body)?;
    let read = Fields::of(&value, names)?;
    spelt(body, words, |words| read.fact(words), |fact, words| encode(names, fact, words))
}

/// The JSON of a record.
pub(super) fn parse(body: &str) -> Result<Value, Fault> {
    serde_json::from_str(body).map_err(|_| Fault::new(noted!("it is not JSON")))
}

/// What `read` makes of a record, if `write` spells it just so. What stands for words is not looked into.
pub(super) fn spelt<T>(
    body: &str,
    words: Words<'_>,
    read: impl FnOnce(Words<'_>) -> Result<T, Fault>,
    write: impl FnOnce(&T, &mut dyn FnMut(&str) -> String) -> String,
) -> Result<T, Fault> {
    let mut kept = Vec::new();
    let read = read(&mut |value: &Value| {
        kept.push(value.to_string());
        words(value)
    })?;
    // What stood for the words goes back as it stood, so that only the spelling is compared.
    let mut kept = kept.into_iter();
    let spelt = write(&read, &mut |_| kept.next().unwrap_or_default());
    if spelt == body { Ok(read) } else { Err(Fault::new(noted!("it is not spelt as breachdrill spells it"))) }
}

pub(super) type Words<'w> = &'w mut dyn FnMut(&Value) -> Result<String, Fault>;

/// The fields of a JSON object, each as what it should be.
#[derive(Clone, Copy)]
pub(super) struct Fields<'r> {
    pub(super) map: &'r Map<String, Value>,
    pub(super) names: &'r Names,
}

impl<'r> Fields<'r> {
    pub(super) fn of(value: &'r Value, names: &'r Names) -> Result<Self, Fault> {
        let map = value.as_object().ok_or_else(|| Fault::new(noted!("it is not a JSON object")))?;
        Ok(Self { map, names })
    }

    pub(super) fn fact(self, words: Words<'_>) -> Result<Fact, Fault> {
        let at = self.moment("at")?;
        Ok(Fact { at, what: self.what(words)? })
    }

    fn what(self, words: Words<'_>) -> Result<What, Fault> {
        let names = self.names;
        Ok(match self.text("fact")? {
            "started" => self.started()?,
            "known" => What::Known(TruthId::of(self.row("truth", &names.truths)?)),
            "scheduled" => What::Scheduled { inject: self.inject()?, due: self.moment("due")? },
            "awaited" => What::Awaited { inject: self.inject()?, until: self.moment("until")? },
            "again" => What::Again {
                inject: self.inject()?,
                number: number(self.field("number")?).ok_or_else(|| misfit("number"))?,
                due: self.moment("due")?,
            },
            "absent" => What::Absent(self.evidence()?),
            "spread-left-out" => self.spread(SpreadStep::LeftOut)?,
            "spread-began" => self.spread(SpreadStep::Began { due: self.moment("due")? })?,
            "spread-went" => self.spread(SpreadStep::Went { due: self.optional_moment("due")? })?,
            "spread-waited" => self.spread(SpreadStep::Waited { due: self.optional_moment("due")? })?,
            "spread-contained" => self.spread(SpreadStep::Contained)?,
            "duty-started" => self.duty(DutyStep::Started { due: self.moment("due")? })?,
            "duty-declared" => self.duty(DutyStep::Declared { due: self.optional_moment("due")? })?,
            "duty-met" => self.duty(DutyStep::Met)?,
            "duty-missed" => self.duty(DutyStep::Missed)?,
            "opened" => self.opened()?,
            "answered" => self.answered(words)?,
            "lapsed" => What::Lapsed(self.question()?),
            "closed" => What::Closed(self.question()?),
            "extended" => What::Extended {
                question: self.question()?,
                lapses: self.moment("lapses")?,
                good: self.optional_moment("good")?,
                granted: self.optional_moment("granted")?,
            },
            "hinted" => What::Hinted { question: self.question()?, hint: self.small("hint")? },
            "begun" => What::Begun { action: self.action()?, until: self.moment("until")? },
            "did" => What::Did(self.action()?),
            "examining" => What::Examining { evidence: self.evidence()?, until: self.moment("until")? },
            "examined" => What::Examined(self.evidence()?),
            "revealed" => What::Revealed(self.evidence()?),
            "moved" => What::Moved {
                gauge: GaugeId::of(self.row("gauge", &names.gauges)?),
                reads: self.field("reads")?.as_i64().ok_or_else(|| misfit("reads"))?,
            },
            "noted" => What::Noted(words(self.field("text")?)?),
            "paused" => What::Paused(self.pause_cause()?),
            "resumed" => What::Resumed,
            "ended" => What::Ended {
                cause: self.end_cause()?,
                ending: EndingId::of(self.row("ending", &names.endings)?),
            },
            other => self.brought(other)?,
        })
    }

    /// What happens to an inject and takes no more words than its name.
    fn brought(self, kind: &str) -> Result<What, Fault> {
        let what = match kind {
            "delivered" => What::Delivered,
            "withheld" => What::Withheld,
            "cancelled" => What::Cancelled,
            "fired" => What::Fired,
            "held" => What::Held,
            "released" => What::Released,
            "skipped" => What::Skipped,
            "met" => What::Met,
            "missed" => What::Missed,
            other => {
                let other = crate::scenario::clean(other);
                return Err(Fault::new(tr!("no fact is of the kind `{other}`", other)));
            }
        };
        self.inject().map(what)
    }

    fn spread(self, step: SpreadStep) -> Result<What, Fault> {
        Ok(What::Spread { spread: SpreadId::of(self.row("spread", &self.names.spreads)?), step })
    }

    fn duty(self, step: DutyStep) -> Result<What, Fault> {
        Ok(What::Duty { duty: DutyId::of(self.row("duty", &self.names.duties)?), step })
    }

    fn started(self) -> Result<What, Fault> {
        let seed = self.text("seed")?.parse().map_err(|_| misfit("seed"))?;
        let factor = number(self.field("factor")?).ok_or_else(|| misfit("factor"))?;
        let untimed = self.field("untimed")?.as_bool().ok_or_else(|| misfit("untimed"))?;
        let seats = match self.names.seats.len() {
            0 => SeatSet::default(),
            _ => self.rows("seats", &self.names.seats)?.map(SeatId::of).collect(),
        };
        let pairs = |key, table: &Table| -> Result<Vec<(usize, u32)>, Fault> {
            self.list(key)?
                .iter()
                .map(|pair| {
                    let pair = pair.as_array().filter(|p| p.len() == 2).ok_or_else(|| misfit(key))?;
                    let name = pair[0].as_str().ok_or_else(|| misfit(key))?;
                    Ok((table.row(name)?, number(&pair[1]).ok_or_else(|| misfit(key))?))
                })
                .collect()
        };
        let picks = pairs("picks", &self.names.slots)?;
        // Alternatives have no names; the slots' own order says whose each is.
        let in_order = picks.iter().enumerate().all(|(n, (slot, _))| n == *slot);
        if !in_order || picks.len() != self.names.slots.len() {
            return Err(misfit("picks"));
        }
        let picks = picks.into_iter().map(|(_, pick)| u8::try_from(pick).map_err(|_| misfit("picks")));
        let plan = pairs("plan", &self.names.injects)?;
        Ok(What::Started {
            settings: Settings { seed: Seed(seed), untimed, factor, seats },
            picks: picks.collect::<Result<_, _>>()?,
            plan: plan.into_iter().map(|(row, due)| (InjectId::of(row), SimTime(due))).collect(),
            left_out: self.rows("left_out", &self.names.injects)?.map(InjectId::of).collect(),
        })
    }

    fn opened(self) -> Result<What, Fault> {
        let question = self.question()?;
        Ok(What::Opened {
            question,
            lapses: self.optional_moment("lapses")?,
            good: self.optional_moment("good")?,
            offered: self.rows("offered", self.names.choices(question))?.map(ChoiceId::of).collect(),
        })
    }

    fn answered(self, words: Words<'_>) -> Result<What, Fault> {
        let Submission { question, answer, confidence, reason } = self.submission(words)?;
        Ok(What::Answered { question, answer, confidence, reason })
    }

    pub(super) fn submission(self, words: Words<'_>) -> Result<Submission, Fault> {
        let question = self.question()?;
        let map = self.field("answer")?.as_object().ok_or_else(|| misfit("answer"))?;
        let answer = Fields { map, ..self }.answer(question, words)?;
        let confidence = match self.map.get("confidence") {
            Some(_) => Some(self.small("confidence")?),
            None => None,
        };
        let reason = match self.map.get("reason") {
            Some(reason) => Some(words(reason)?),
            None => None,
        };
        Ok(Submission { question, answer, confidence, reason })
    }

    fn answer(self, question: QuestionId, words: Words<'_>) -> Result<Answer, Fault> {
        let choices = self.names.choices(question);
        let kind = self.map.keys().next().ok_or_else(|| misfit("answer"))?;
        Ok(match kind.as_str() {
            "one" => Answer::One(ChoiceId::of(self.row("one", choices)?)),
            "several" => Answer::Several(self.rows("several", choices)?.map(ChoiceId::of).collect()),
            "order" => Answer::Order(self.rows("order", choices)?.map(ChoiceId::of).collect()),
            "pairs" => Answer::Pairs(self.pairs(question)?),
            "number" => Answer::Number(self.field("number")?.as_i64().ok_or_else(|| misfit("number"))?),
            "category" => {
                let map = self.field("category")?.as_object().ok_or_else(|| misfit("category"))?;
                Answer::Category(Fields { map, ..self }.category()?)
            }
            "text" => Answer::Text(words(self.field("text")?)?),
            _ => return Err(misfit("answer")),
        })
    }

    fn pairs(self, question: QuestionId) -> Result<Vec<Pair>, Fault> {
        let pair = |pair: &Value| {
            let parts =
                pair.as_array().filter(|p| (2..=3).contains(&p.len())).ok_or_else(|| misfit("pairs"))?;
            let row =
                |at: usize, table: &Table| table.row(parts[at].as_str().ok_or_else(|| misfit("pairs"))?);
            let by = |value: &Value| number(value).map(SimTime).ok_or_else(|| misfit("pairs"));
            Ok(Pair {
                row: ChoiceId::of(row(0, self.names.choices(question))?),
                with: PartnerId::of(row(1, self.names.partners(question))?),
                by: parts.get(2).map(by).transpose()?,
            })
        };
        self.list("pairs")?.iter().map(pair).collect()
    }

    fn factors(self) -> Result<Option<Factors>, Fault> {
        let Some(written) = self.map.get("factors") else { return Ok(None) };
        let mut rows = [0; 8];
        for (factor, row) in FACTORS.iter().zip(&mut rows) {
            let option =
                written.get(factor.name).and_then(Value::as_str).and_then(|name| factor.option(name));
            *row = option.ok_or_else(|| misfit("factors"))?;
        }
        Ok(Some(Factors(rows)))
    }

    fn category(self) -> Result<Category, Fault> {
        let optional =
            |key: &'static str, table: &Table| self.map.get(key).map(|_| self.row(key, table)).transpose();
        let class = optional("class", &self.names.classes)?.map(ClassId::of);
        let kind = match class {
            Some(class) => optional("type", self.names.types(class))?.map(KindId::of),
            None => None,
        };
        let mut impact = [None; 3];
        for (axis, level) in Axis::ALL.into_iter().zip(&mut impact) {
            if let Some(name) = self.map.get(axis.name()) {
                let name = name.as_str().ok_or_else(|| misfit(axis.name()))?;
                *level = Some(axis.level(name).ok_or_else(|| misfit(axis.name()))?);
            }
        }
        Ok(Category {
            class,
            kind,
            severity: optional("severity", &self.names.severities)?.map(LevelId::of),
            factors: self.factors()?,
            impact,
            too_early: self.map.contains_key("too_early"),
        })
    }

    fn pause_cause(self) -> Result<PauseCause, Fault> {
        let cause = self.text("cause")?;
        [
            PauseCause::Asked,
            PauseCause::ClockGap,
            PauseCause::Interrupted,
            PauseCause::Answers,
            PauseCause::Retry,
            PauseCause::Trainer,
            PauseCause::RealEvent,
        ]
        .into_iter()
        .find(|c| pause_cause(*c) == cause)
        .ok_or_else(|| misfit("cause"))
    }

    fn end_cause(self) -> Result<EndCause, Fault> {
        let cause = self.text("cause")?;
        [EndCause::Time, EndCause::Story, EndCause::Asked]
            .into_iter()
            .find(|c| end_cause(*c) == cause)
            .ok_or_else(|| misfit("cause"))
    }

    pub(super) fn inject(self) -> Result<InjectId, Fault> {
        self.row("inject", &self.names.injects).map(InjectId::of)
    }
    pub(super) fn question(self) -> Result<QuestionId, Fault> {
        self.row("question", &self.names.questions).map(QuestionId::of)
    }
    fn action(self) -> Result<ActionId, Fault> {
        self.row("action", &self.names.actions).map(ActionId::of)
    }
    fn evidence(self) -> Result<EvidenceId, Fault> {
        self.row("evidence", &self.names.evidence).map(EvidenceId::of)
    }

    pub(super) fn field(self, key: &str) -> Result<&'r Value, Fault> {
        self.map.get(key).ok_or_else(|| Fault::new(tr!("it has no `{key}`", key)))
    }
    pub(super) fn text(self, key: &str) -> Result<&'r str, Fault> {
        self.field(key)?.as_str().ok_or_else(|| misfit(key))
    }
    pub(super) fn row(self, key: &str, table: &Table) -> Result<usize, Fault> {
        table.row(self.text(key)?)
    }
    pub(super) fn list(self, key: &str) -> Result<&'r Vec<Value>, Fault> {
        self.field(key)?.as_array().ok_or_else(|| misfit(key))
    }
    pub(super) fn rows(self, key: &str, table: &Table) -> Result<impl Iterator<Item = usize> + use<>, Fault> {
        let rows: Result<Vec<usize>, Fault> =
            self.list(key)?.iter().map(|name| table.row(name.as_str().ok_or_else(|| misfit(key))?)).collect();
        rows.map(Vec::into_iter)
    }
    pub(super) fn moment(self, key: &str) -> Result<SimTime, Fault> {
        number(self.field(key)?).map(SimTime).ok_or_else(|| misfit(key))
    }
    fn optional_moment(self, key: &str) -> Result<Option<SimTime>, Fault> {
        self.map.get(key).map(|_| self.moment(key)).transpose()
    }
    pub(super) fn small(self, key: &str) -> Result<u8, Fault> {
        number(self.field(key)?).ok_or_else(|| misfit(key))
    }
}

pub(super) fn number<N: TryFrom<u64>>(value: &Value) -> Option<N> {
    value.as_u64().and_then(|n| N::try_from(n).ok())
}

pub(super) fn misfit(key: &str) -> Fault {
    Fault::new(tr!("its `{key}` is not what stands there", key))
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::journal::codec::quote;
    use crate::scenario::ChoiceSet;

    pub(in crate::journal) fn plain(value: &Value) -> Result<String, Fault> {
        value.as_str().map(str::to_owned).ok_or_else(|| misfit("words"))
    }

    fn read(body: &str) -> Result<Fact, Fault> {
        decode(&Names::of_two_each(), body, &mut plain)
    }

    fn written(fact: &Fact) -> String {
        encode(&Names::of_two_each(), fact, &mut quote)
    }

    pub(in crate::journal) fn two<I>(id: fn(usize) -> I) -> impl Strategy<Value = I> + Clone
    where
        I: std::fmt::Debug + Clone,
    {
        prop_oneof![Just(0), Just(1)].prop_map(id)
    }

    pub(in crate::journal) fn moment() -> impl Strategy<Value = SimTime> + Clone {
        prop_oneof![0..100u32, Just(u32::MAX)].prop_map(SimTime)
    }

    pub(in crate::journal) fn answer() -> impl Strategy<Value = Answer> {
        // The second question has two choices, so every id drawn here exists in both.
        let choice = two(ChoiceId::of);
        let kind = proptest::option::of(two(KindId::of));
        let level = proptest::option::of((0..4usize).prop_map(LevelId::of));
        let impact = proptest::array::uniform3(level.clone());
        let factors = proptest::option::of(
            (0..5u8).prop_map(|row| Factors([row, row, row, row, row, row.min(3), row, row])),
        );
        let category = (proptest::option::of(two(ClassId::of)), kind, level, impact, any::<bool>(), factors);
        let pair = (choice.clone(), two(PartnerId::of), proptest::option::of(moment()));
        let pair = pair.prop_map(|(row, with, by)| Pair { row, with, by });
        prop_oneof![
            choice.clone().prop_map(Answer::One),
            (0..4u32).prop_map(|set| Answer::Several(ChoiceSet(set))),
            proptest::collection::vec(choice, 0..4).prop_map(Answer::Order),
            proptest::collection::vec(pair, 0..4).prop_map(Answer::Pairs),
            any::<i64>().prop_map(Answer::Number),
            any::<String>().prop_map(Answer::Text),
            category.prop_map(|(class, kind, severity, impact, too_early, factors)| {
                let kind = class.and(kind);
                Answer::Category(Category { class, kind, severity, factors, impact, too_early })
            }),
        ]
    }

    fn settled() -> impl Strategy<Value = What> {
        let picks = proptest::collection::vec(any::<u8>(), 2);
        let plan = proptest::collection::vec((two(InjectId::of), moment()), 0..3);
        let left_out = proptest::collection::vec(two(InjectId::of), 0..3);
        (any::<u64>(), any::<bool>(), any::<u16>(), 0..4u16, picks, plan, left_out).prop_map(
            |(seed, untimed, factor, seats, picks, plan, left_out)| What::Started {
                settings: Settings { seed: Seed(seed), untimed, factor, seats: SeatSet(seats) },
                picks,
                plan,
                left_out,
            },
        )
    }

    fn about_questions() -> impl Strategy<Value = What> {
        let question = two(QuestionId::of);
        let maybe = || proptest::option::of(moment());
        let offered =
            proptest::collection::vec(two(ChoiceId::of), 0..3).prop_map(|all| all.into_iter().collect());
        let confidence = proptest::option::of(any::<u8>());
        let reason = proptest::option::of(any::<String>());
        prop_oneof![
            (question.clone(), maybe(), maybe(), offered).prop_map(|(question, lapses, good, offered)| {
                What::Opened { question, lapses, good, offered }
            }),
            (question.clone(), answer(), confidence, reason).prop_map(
                |(question, answer, confidence, reason)| What::Answered {
                    question,
                    answer,
                    confidence,
                    reason
                }
            ),
            question.clone().prop_map(What::Lapsed),
            question.clone().prop_map(What::Closed),
            (question.clone(), moment(), maybe(), maybe()).prop_map(|(question, lapses, good, granted)| {
                What::Extended { question, lapses, good, granted }
            }),
            (question, any::<u8>()).prop_map(|(question, hint)| What::Hinted { question, hint }),
        ]
    }

    fn about_injects() -> impl Strategy<Value = What> {
        let inject = two(InjectId::of);
        prop_oneof![
            (inject.clone(), moment()).prop_map(|(inject, due)| What::Scheduled { inject, due }),
            (inject.clone(), moment()).prop_map(|(inject, until)| What::Awaited { inject, until }),
            inject.clone().prop_map(What::Delivered),
            inject.clone().prop_map(What::Withheld),
            inject.clone().prop_map(What::Cancelled),
            inject.clone().prop_map(What::Fired),
            inject.clone().prop_map(What::Held),
            inject.clone().prop_map(What::Released),
            inject.clone().prop_map(What::Skipped),
            (inject.clone(), any::<u16>(), moment()).prop_map(|(inject, number, due)| What::Again {
                inject,
                number,
                due
            }),
            inject.clone().prop_map(What::Met),
            inject.prop_map(What::Missed),
        ]
    }

    fn about_the_world() -> impl Strategy<Value = What> {
        let maybe = || proptest::option::of(moment());
        let spread = prop_oneof![
            Just(SpreadStep::LeftOut),
            moment().prop_map(|due| SpreadStep::Began { due }),
            maybe().prop_map(|due| SpreadStep::Went { due }),
            maybe().prop_map(|due| SpreadStep::Waited { due }),
            Just(SpreadStep::Contained),
        ];
        let duty = prop_oneof![
            moment().prop_map(|due| DutyStep::Started { due }),
            maybe().prop_map(|due| DutyStep::Declared { due }),
            Just(DutyStep::Met),
            Just(DutyStep::Missed),
        ];
        prop_oneof![
            (two(SpreadId::of), spread).prop_map(|(spread, step)| What::Spread { spread, step }),
            (two(DutyId::of), duty).prop_map(|(duty, step)| What::Duty { duty, step }),
            two(EvidenceId::of).prop_map(What::Absent),
        ]
    }

    fn about_the_rest() -> impl Strategy<Value = What> {
        let causes = prop_oneof![
            Just(PauseCause::Asked),
            Just(PauseCause::ClockGap),
            Just(PauseCause::Interrupted),
            Just(PauseCause::Answers),
            Just(PauseCause::Retry),
            Just(PauseCause::Trainer),
            Just(PauseCause::RealEvent),
        ];
        let ends = prop_oneof![Just(EndCause::Time), Just(EndCause::Story), Just(EndCause::Asked)];
        prop_oneof![
            two(TruthId::of).prop_map(What::Known),
            (two(ActionId::of), moment()).prop_map(|(action, until)| What::Begun { action, until }),
            two(ActionId::of).prop_map(What::Did),
            (two(EvidenceId::of), moment()).prop_map(|(evidence, until)| What::Examining { evidence, until }),
            two(EvidenceId::of).prop_map(What::Examined),
            two(EvidenceId::of).prop_map(What::Revealed),
            (two(GaugeId::of), any::<i64>()).prop_map(|(gauge, reads)| What::Moved { gauge, reads }),
            any::<String>().prop_map(What::Noted),
            causes.prop_map(What::Paused),
            Just(What::Resumed),
            (ends, two(EndingId::of)).prop_map(|(cause, ending)| What::Ended { cause, ending }),
        ]
    }

    pub(in crate::journal) fn fact() -> impl Strategy<Value = Fact> {
        let what = prop_oneof![
            1 => settled(),
            3 => about_questions(),
            2 => about_injects(),
            2 => about_the_world(),
            3 => about_the_rest(),
        ];
        (moment(), what).prop_map(|(at, what)| Fact { at, what })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(fact in fact()) {
            let body = written(&fact);
            prop_assert!(!body.contains('\n'), "one line: {body}");
            prop_assert_eq!(super::super::codec::moment_of(&body), Some(fact.at));
            prop_assert_eq!(read(&body), Ok(fact));
        }

        #[test]
        fn no_changed_byte_is_read_as_the_same_fact(fact in fact(), at in any::<prop::sample::Index>(), to in any::<u8>()) {
            let body = written(&fact);
            let mut bytes = body.clone().into_bytes();
            let at = at.index(bytes.len());
            bytes[at] = to;
            if let Ok(changed) = String::from_utf8(bytes) {
                prop_assert!(changed == body || read(&changed) != Ok(fact), "{changed}");
            }
        }
    }

    #[test]
    fn what_a_trainer_does_is_spelt_so_for_ever() {
        for spelt in [
            r#"{"at":5,"fact":"fired","inject":"one"}"#,
            r#"{"at":5,"fact":"held","inject":"one"}"#,
            r#"{"at":5,"fact":"released","inject":"one"}"#,
            r#"{"at":5,"fact":"skipped","inject":"one"}"#,
            r#"{"at":5,"fact":"extended","question":"one","lapses":90,"good":40,"granted":30}"#,
            r#"{"at":5,"fact":"extended","question":"one","lapses":90}"#,
            r#"{"at":5,"fact":"paused","cause":"trainer"}"#,
            r#"{"at":5,"fact":"paused","cause":"real-event"}"#,
        ] {
            assert_eq!(read(spelt).map(|fact| written(&fact)).as_deref(), Ok(spelt));
        }
    }

    #[test]
    fn a_record_has_one_spelling() {
        let good = r#"{"at":5,"fact":"moved","gauge":"one","reads":-3}"#;
        assert!(read(good).is_ok());
        for (second, why) in [
            (r#"{"at":5,"fact":"moved","gauge":"one","reads":-3 }"#, "space"),
            (r#"{"fact":"moved","at":5,"gauge":"one","reads":-3}"#, "order"),
            (r#"{"at":5,"at":5,"fact":"moved","gauge":"one","reads":-3}"#, "doubled key"),
            (r#"{"at":5,"fact":"moved","gauge":"one","reads":-3,"more":1}"#, "unknown key"),
            (r#"{"at":5,"fact":"moved","gauge":"\u006fne","reads":-3}"#, "escape"),
            (r#"{"at":5,"fact":"moved","gauge":"one","reads":-3.0}"#, "fraction"),
            (r#"{"at":5.0,"fact":"moved","gauge":"one","reads":-3}"#, "fraction of a second"),
            (r#"{"at":4294967296,"fact":"moved","gauge":"one","reads":-3}"#, "too late"),
            (r#"{"at":5,"fact":"moved","gauge":"none","reads":-3}"#, "unknown name"),
            (r#"{"at":5,"fact":"vanished"}"#, "unknown kind"),
            (r#"{"at":5,"fact":"hinted","question":"one","hint":256}"#, "too many hints"),
            (r#"{"at":5,"fact":"answered","question":"one","answer":{}}"#, "no answer"),
            (
                r#"{"at":5,"fact":"answered","question":"one","answer":{"one":"one","number":1}}"#,
                "two answers",
            ),
            (r#"[]"#, "no object"),
            ("", "nothing"),
        ] {
            assert!(read(second).is_err(), "{why}");
        }
        let deep = format!("{{\"at\":5,\"fact\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(read(&deep).is_err(), "deep nesting is an error and no crash");
    }

    #[test]
    fn a_fault_names_what_is_wrong_without_acting_on_a_screen() {
        let fault =
            read("{\"at\":5,\"fact\":\"did\",\"action\":\"\\u001b[2J\"}").expect_err("no such action");
        assert!(fault.to_string().starts_with("the script has no action `"));
        assert!(!fault.to_string().contains('\u{1b}'));
    }
}

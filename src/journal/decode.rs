//! A record from a disk as a fact, or what is wrong with it.
//!
//! Nothing here is trusted: every name must be one of the script's, every
//! number must fit, and the record must be spelt exactly as
//! [`encode`](super::codec::encode) spells it, which rules out doubled keys,
//! unknown fields and second spellings in one comparison.

use serde_json::{Map, Value};

use super::codec::{Fault, encode, end_cause, pause_cause};
use super::names::{Names, Table};
use crate::engine::{Answer, EndCause, Fact, PauseCause, Seed, Settings, What};
use crate::scenario::{
    ActionId, Axis, Category, ChoiceId, ClassId, EndingId, EvidenceId, GaugeId, InjectId, KindId, LevelId,
    QuestionId, SimTime, TruthId,
};

/// Reads a canonical record. `words` turns what stands for a trainee's words back into words.
pub(super) fn decode(
    names: &Names,
    body: &str,
    words: &mut dyn FnMut(&Value) -> Result<String, Fault>,
) -> Result<Fact, Fault> {
    let value: Value = serde_json::from_str(body).map_err(|_| Fault::new("it is not JSON"))?;
    let mut kept = Vec::new();
    let map = value.as_object().ok_or_else(|| Fault::new("it is not a JSON object"))?;
    let read = Fields { map, names };
    let at = read.moment("at")?;
    let what = read.what(&mut |value: &Value| {
        kept.push(value.to_string());
        words(value)
    })?;
    let fact = Fact { at, what };
    // What stood for the words goes back as it stood, so that only the spelling is compared.
    let mut kept = kept.into_iter();
    let spelt = encode(names, &fact, &mut |_| kept.next().unwrap_or_default());
    if spelt == body { Ok(fact) } else { Err(Fault::new("it is not spelt as breachdrill spells it")) }
}

type Words<'w> = &'w mut dyn FnMut(&Value) -> Result<String, Fault>;

#[derive(Clone, Copy)]
struct Fields<'r> {
    map: &'r Map<String, Value>,
    names: &'r Names,
}

impl<'r> Fields<'r> {
    fn what(self, words: Words<'_>) -> Result<What, Fault> {
        let names = self.names;
        Ok(match self.text("fact")? {
            "started" => self.started()?,
            "known" => What::Known(TruthId::of(self.row("truth", &names.truths)?)),
            "scheduled" => What::Scheduled { inject: self.inject()?, due: self.moment("due")? },
            "awaited" => What::Awaited { inject: self.inject()?, until: self.moment("until")? },
            "delivered" => What::Delivered(self.inject()?),
            "withheld" => What::Withheld(self.inject()?),
            "cancelled" => What::Cancelled(self.inject()?),
            "met" => What::Met(self.inject()?),
            "missed" => What::Missed(self.inject()?),
            "opened" => self.opened()?,
            "answered" => self.answered(words)?,
            "lapsed" => What::Lapsed(self.question()?),
            "closed" => What::Closed(self.question()?),
            "extended" => What::Extended {
                question: self.question()?,
                lapses: self.moment("lapses")?,
                good: self.optional_moment("good")?,
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
            other => {
                let other = crate::scenario::clean(other);
                return Err(Fault::new(format!("no fact is of the kind `{other}`")));
            }
        })
    }

    fn started(self) -> Result<What, Fault> {
        let seed = self.text("seed")?.parse().map_err(|_| misfit("seed"))?;
        let factor = number(self.field("factor")?).ok_or_else(|| misfit("factor"))?;
        let untimed = self.field("untimed")?.as_bool().ok_or_else(|| misfit("untimed"))?;
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
            settings: Settings { seed: Seed(seed), untimed, factor },
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
        Ok(What::Answered { question, answer, confidence, reason })
    }

    fn answer(self, question: QuestionId, words: Words<'_>) -> Result<Answer, Fault> {
        let choices = self.names.choices(question);
        let kind = self.map.keys().next().ok_or_else(|| misfit("answer"))?;
        Ok(match kind.as_str() {
            "one" => Answer::One(ChoiceId::of(self.row("one", choices)?)),
            "several" => Answer::Several(self.rows("several", choices)?.map(ChoiceId::of).collect()),
            "order" => Answer::Order(self.rows("order", choices)?.map(ChoiceId::of).collect()),
            "number" => Answer::Number(self.field("number")?.as_i64().ok_or_else(|| misfit("number"))?),
            "category" => {
                let map = self.field("category")?.as_object().ok_or_else(|| misfit("category"))?;
                Answer::Category(Fields { map, ..self }.category()?)
            }
            "text" => Answer::Text(words(self.field("text")?)?),
            _ => return Err(misfit("answer")),
        })
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
            impact,
            too_early: self.map.contains_key("too_early"),
        })
    }

    fn pause_cause(self) -> Result<PauseCause, Fault> {
        let cause = self.text("cause")?;
        [PauseCause::Asked, PauseCause::ClockGap, PauseCause::Interrupted]
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

    fn inject(self) -> Result<InjectId, Fault> {
        self.row("inject", &self.names.injects).map(InjectId::of)
    }
    fn question(self) -> Result<QuestionId, Fault> {
        self.row("question", &self.names.questions).map(QuestionId::of)
    }
    fn action(self) -> Result<ActionId, Fault> {
        self.row("action", &self.names.actions).map(ActionId::of)
    }
    fn evidence(self) -> Result<EvidenceId, Fault> {
        self.row("evidence", &self.names.evidence).map(EvidenceId::of)
    }

    fn field(self, key: &str) -> Result<&'r Value, Fault> {
        self.map.get(key).ok_or_else(|| Fault::new(format!("it has no `{key}`")))
    }
    fn text(self, key: &str) -> Result<&'r str, Fault> {
        self.field(key)?.as_str().ok_or_else(|| misfit(key))
    }
    fn row(self, key: &str, table: &Table) -> Result<usize, Fault> {
        table.row(self.text(key)?)
    }
    fn list(self, key: &str) -> Result<&'r Vec<Value>, Fault> {
        self.field(key)?.as_array().ok_or_else(|| misfit(key))
    }
    fn rows(self, key: &str, table: &Table) -> Result<impl Iterator<Item = usize> + use<>, Fault> {
        let rows: Result<Vec<usize>, Fault> =
            self.list(key)?.iter().map(|name| table.row(name.as_str().ok_or_else(|| misfit(key))?)).collect();
        rows.map(Vec::into_iter)
    }
    fn moment(self, key: &str) -> Result<SimTime, Fault> {
        number(self.field(key)?).map(SimTime).ok_or_else(|| misfit(key))
    }
    fn optional_moment(self, key: &str) -> Result<Option<SimTime>, Fault> {
        self.map.get(key).map(|_| self.moment(key)).transpose()
    }
    fn small(self, key: &str) -> Result<u8, Fault> {
        number(self.field(key)?).ok_or_else(|| misfit(key))
    }
}

fn number<N: TryFrom<u64>>(value: &Value) -> Option<N> {
    value.as_u64().and_then(|n| N::try_from(n).ok())
}

fn misfit(key: &str) -> Fault {
    Fault::new(format!("its `{key}` is not what stands there"))
}

//! An entry from a disk, or what is wrong with it.
//!
//! As with a fact nothing is trusted, and every entry has one spelling.

use serde_json::Value;
use tr::tr;

use super::codec::{TRAINER, encode, identity, rating_word, stage_word, way};
use crate::journal::chain::{from_hex, from_hex_exact};
use crate::journal::codec::Fault;
use crate::journal::decode::{Fields, Words, misfit, number, parse, spelt};
use crate::journal::names::Names;
use crate::room::{Cause, Entry, IdempotencyKey, Mark, MemberId, RoomFact, TeamId, Terms, To};
use crate::scenario::{SeatId, SeatSet, Stage};
use crate::score::Rating;

/// Reads a canonical entry. `words` turns what stands for somebody's words back into words.
pub(super) fn decode(
    names: &Names,
    body: &str,
    words: &mut dyn FnMut(MemberId, &Value) -> Result<String, Fault>,
) -> Result<Entry, Fault> {
    let value = parse(body)?;
    let read = Read(Fields::of(&value, names)?);
    let speaker = read.speaker()?;
    let mut words = |value: &Value| words(speaker, value);
    spelt(body, &mut words, |words| read.entry(words), |entry, words| encode(names, entry, words))
}

#[derive(Clone, Copy)]
struct Read<'r>(Fields<'r>);

impl Read<'_> {
    /// Whose words it holds; where somebody is named only as the one spoken of, it holds none.
    fn speaker(self) -> Result<MemberId, Fault> {
        Ok(match self.0.text("entry")? {
            "joined" | "voted" | "washed" => self.member()?,
            "played" => match self.cause()? {
                Cause::Member(member, _) => member,
                Cause::Clock | Cause::Trainer | Cause::Team => TRAINER,
            },
            _ => TRAINER,
        })
    }

    fn entry(self, words: Words<'_>) -> Result<Entry, Fault> {
        Ok(Entry { wall: self.number("wall")?, at: self.0.moment("at")?, what: self.what(words)? })
    }

    fn what(self, words: Words<'_>) -> Result<RoomFact, Fault> {
        let fields = self.0;
        let mut said = |key| words(fields.field(key)?);
        Ok(match fields.text("entry")? {
            "opened" => RoomFact::Opened(self.terms(words)?),
            "keyed" => RoomFact::Keyed { code: code(fields.text("code")?)?, trainer: self.mark("trainer")? },
            "watched" => RoomFact::Watched { observer: self.mark("observer")? },
            "joined" => RoomFact::Joined {
                member: self.member()?,
                team: self.team()?,
                seats: self.seats()?,
                name: said("name")?,
                mark: self.mark("mark")?,
                factor: self.number("factor")?,
            },
            "stretched" => RoomFact::Stretched { member: self.member()?, factor: self.optional("factor")? },
            "seated" => RoomFact::Seated { member: self.member()?, team: self.team()?, seats: self.seats()? },
            "leads" => RoomFact::Leads(self.member()?),
            "here" => RoomFact::Here(self.member()?),
            "away" => RoomFact::Away(self.member()?),
            "removed" => RoomFact::Removed(self.member()?),
            "readmitted" => RoomFact::Readmitted(self.member()?),
            "locked" => RoomFact::Locked,
            "unlocked" => RoomFact::Unlocked,
            "played" => self.played(words)?,
            "voted" => {
                RoomFact::Voted { member: self.member()?, key: self.key()?, vote: fields.submission(words)? }
            }
            "told" => RoomFact::Told {
                to: To { team: self.any_team()?, seats: self.seats()? },
                from: said("from")?,
                subject: said("subject")?,
                says: said("says")?,
            },
            "resent" => RoomFact::Resent { team: self.team()?, inject: fields.inject()? },
            "paced" => RoomFact::Paced { team: self.any_team()?, pace: self.number("pace")? },
            "pinned" => RoomFact::Pinned {
                team: self.team()?,
                question: fields.question()?,
                member: self.optional("member")?.map(MemberId),
            },
            "observed" => RoomFact::Observed { team: self.any_team()?, says: said("says")? },
            "marked" => {
                RoomFact::Marked { team: self.any_team()?, stage: self.stage()?, rating: self.rating()? }
            }
            "stopped" => RoomFact::Stopped,
            "cleared" => RoomFact::Cleared,
            "washed" => {
                RoomFact::Washed { member: self.member()?, row: self.number("row")?, says: said("says")? }
            }
            "released" => RoomFact::Released,
            "closed" => RoomFact::Closed,
            other => {
                let other = crate::scenario::clean(other);
                return Err(Fault::new(tr!("no entry is of the kind `{other}`", other)));
            }
        })
    }

    fn mark(self, key: &str) -> Result<Mark, Fault> {
        from_hex_exact(self.0.text(key)?).map(Mark).ok_or_else(|| misfit(key))
    }

    fn terms(self, words: Words<'_>) -> Result<Terms, Fault> {
        let fields = self.0;
        let until = fields.map.get("until").map(|until| until.as_i64().ok_or_else(|| misfit("until")));
        Ok(Terms {
            way: way(fields.text("way")?).ok_or_else(|| misfit("way"))?,
            identity: identity(fields.text("identity")?).ok_or_else(|| misfit("identity"))?,
            teams: fields.list("teams")?.iter().map(words).collect::<Result<_, _>>()?,
            seed: fields.text("seed")?.parse().map_err(|_| misfit("seed"))?,
            pace: self.optional("pace")?,
            places: self.number("places")?,
            keep_days: self.number("keep_days")?,
            until: until.transpose()?,
            rehearsal: fields.field("rehearsal")?.as_bool().ok_or_else(|| misfit("rehearsal"))?,
        })
    }

    fn played(self, words: Words<'_>) -> Result<RoomFact, Fault> {
        let facts = self.0.list("facts")?.iter();
        let facts = facts.map(|fact| Fields::of(fact, self.0.names)?.fact(&mut *words));
        Ok(RoomFact::Played {
            team: self.team()?,
            cause: self.cause()?,
            facts: facts.collect::<Result<_, _>>()?,
        })
    }

    fn cause(self) -> Result<Cause, Fault> {
        Ok(match self.0.text("cause")? {
            "clock" => Cause::Clock,
            "trainer" => Cause::Trainer,
            "team" => Cause::Team,
            "member" => Cause::Member(self.member()?, self.key()?),
            _ => return Err(misfit("cause")),
        })
    }

    fn key(self) -> Result<IdempotencyKey, Fault> {
        let digits = from_hex(self.0.text("key")?).and_then(|bytes| <[u8; 16]>::try_from(bytes).ok());
        digits.map(u128::from_be_bytes).map(IdempotencyKey).ok_or_else(|| misfit("key"))
    }

    fn stage(self) -> Result<Stage, Fault> {
        let word = self.0.text("stage")?;
        Stage::ALL.into_iter().find(|stage| stage_word(*stage) == word).ok_or_else(|| misfit("stage"))
    }

    fn rating(self) -> Result<Option<Rating>, Fault> {
        if !self.0.map.contains_key("rating") {
            return Ok(None);
        }
        let word = self.0.text("rating")?;
        Rating::ALL.into_iter().find(|r| rating_word(*r) == word).map(Some).ok_or_else(|| misfit("rating"))
    }

    fn seats(self) -> Result<SeatSet, Fault> {
        Ok(self.0.rows("seats", &self.0.names.seats)?.map(SeatId::of).collect())
    }

    fn member(self) -> Result<MemberId, Fault> {
        self.number("member").map(MemberId)
    }

    fn team(self) -> Result<TeamId, Fault> {
        self.number("team").map(TeamId)
    }

    fn any_team(self) -> Result<Option<TeamId>, Fault> {
        Ok(self.optional("team")?.map(TeamId))
    }

    fn number<N: TryFrom<u64>>(self, key: &str) -> Result<N, Fault> {
        number(self.0.field(key)?).ok_or_else(|| misfit(key))
    }

    fn optional<N: TryFrom<u64>>(self, key: &str) -> Result<Option<N>, Fault> {
        self.0.map.get(key).map(|value| number(value).ok_or_else(|| misfit(key))).transpose()
    }
}

/// A join code: a few capitals and digits.
fn code(text: &str) -> Result<String, Fault> {
    let signs = text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    if signs && text.len() <= 16 { Ok(text.to_owned()) } else { Err(misfit("code")) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::Submission;
    use crate::journal::codec::quote;
    use crate::journal::decode::tests::{answer, fact, moment, plain, two};
    use crate::room::{Identity, Way};
    use crate::scenario::{InjectId, QuestionId};

    fn read(body: &str) -> Result<Entry, Fault> {
        decode(&Names::of_two_each(), body, &mut |_, value| plain(value))
    }

    fn written(entry: &Entry) -> String {
        encode(&Names::of_two_each(), entry, &mut quote)
    }

    fn member() -> impl Strategy<Value = MemberId> + Clone {
        any::<u32>().prop_map(MemberId)
    }

    fn team() -> impl Strategy<Value = TeamId> + Clone {
        any::<u32>().prop_map(TeamId)
    }

    fn maybe_team() -> impl Strategy<Value = Option<TeamId>> + Clone {
        proptest::option::of(team())
    }

    fn seats() -> impl Strategy<Value = SeatSet> + Clone {
        (0..4u16).prop_map(SeatSet)
    }

    fn key() -> impl Strategy<Value = IdempotencyKey> + Clone {
        any::<u128>().prop_map(IdempotencyKey)
    }

    fn terms() -> impl Strategy<Value = Terms> {
        let way = proptest::sample::select(&Way::ALL[..]);
        let identity = proptest::sample::select(&Identity::ALL[..]);
        let teams = proptest::collection::vec(any::<String>(), 0..3);
        let pace = proptest::option::of(any::<u16>());
        let until = proptest::option::of(any::<i64>());
        let rest = (any::<u64>(), any::<u32>(), any::<u16>(), any::<bool>());
        (way, identity, teams, pace, until, rest).prop_map(
            |(way, identity, teams, pace, until, (seed, places, keep_days, rehearsal))| Terms {
                way,
                identity,
                teams,
                seed,
                pace,
                places,
                keep_days,
                until,
                rehearsal,
            },
        )
    }

    fn about_people() -> impl Strategy<Value = RoomFact> {
        let words = any::<String>;
        let joined = (member(), team(), seats(), words(), any::<[u8; 32]>(), any::<u16>());
        prop_oneof![
            joined.prop_map(|(member, team, seats, name, mark, factor)| {
                RoomFact::Joined { member, team, seats, name, mark: Mark(mark), factor }
            }),
            (member(), proptest::option::of(any::<u16>()))
                .prop_map(|(member, factor)| RoomFact::Stretched { member, factor }),
            (member(), team(), seats()).prop_map(|(member, team, seats)| RoomFact::Seated {
                member,
                team,
                seats
            }),
            member().prop_map(RoomFact::Leads),
            member().prop_map(RoomFact::Here),
            member().prop_map(RoomFact::Away),
            member().prop_map(RoomFact::Removed),
            member().prop_map(RoomFact::Readmitted),
            (member(), any::<u8>(), words()).prop_map(|(member, row, says)| RoomFact::Washed {
                member,
                row,
                says
            }),
        ]
    }

    fn about_play() -> impl Strategy<Value = RoomFact> {
        let cause = prop_oneof![
            Just(Cause::Clock),
            Just(Cause::Trainer),
            Just(Cause::Team),
            (member(), key()).prop_map(|(member, key)| Cause::Member(member, key)),
        ];
        let facts = proptest::collection::vec(fact().boxed(), 0..4);
        let confidence = proptest::option::of(any::<u8>());
        let vote = (two(QuestionId::of), answer().boxed(), confidence, proptest::option::of(any::<String>()));
        let vote = vote.prop_map(|(question, answer, confidence, reason)| Submission {
            question,
            answer,
            confidence,
            reason,
        });
        prop_oneof![
            (team(), cause, facts).prop_map(|(team, cause, facts)| RoomFact::Played { team, cause, facts }),
            (member(), key(), vote).prop_map(|(member, key, vote)| RoomFact::Voted { member, key, vote }),
        ]
    }

    fn about_the_trainer() -> impl Strategy<Value = RoomFact> {
        let words = any::<String>;
        let told = (maybe_team(), seats(), words(), words(), words());
        let ratings = Rating::ALL;
        let marked = (
            maybe_team(),
            proptest::sample::select(&Stage::ALL[..]),
            proptest::option::of(proptest::sample::select(ratings.to_vec())),
        );
        prop_oneof![
            told.prop_map(|(team, seats, from, subject, says)| {
                RoomFact::Told { to: To { team, seats }, from, subject, says }
            }),
            (team(), two(InjectId::of)).prop_map(|(team, inject)| RoomFact::Resent { team, inject }),
            (maybe_team(), any::<u16>()).prop_map(|(team, pace)| RoomFact::Paced { team, pace }),
            (team(), two(QuestionId::of), proptest::option::of(member()))
                .prop_map(|(team, question, member)| RoomFact::Pinned { team, question, member }),
            (maybe_team(), words()).prop_map(|(team, says)| RoomFact::Observed { team, says }),
            marked.prop_map(|(team, stage, rating)| RoomFact::Marked { team, stage, rating }),
        ]
    }

    fn entry() -> impl Strategy<Value = Entry> {
        let bare = [
            RoomFact::Keyed { code: "HERON234".into(), trainer: Mark([7; 32]) },
            RoomFact::Watched { observer: Mark([8; 32]) },
            RoomFact::Locked,
            RoomFact::Unlocked,
            RoomFact::Stopped,
            RoomFact::Cleared,
            RoomFact::Released,
            RoomFact::Closed,
        ];
        let what = prop_oneof![
            terms().prop_map(RoomFact::Opened).boxed(),
            about_people().boxed(),
            about_play().boxed(),
            about_the_trainer().boxed(),
            proptest::sample::select(bare.to_vec()),
        ];
        (any::<u64>(), moment(), what).prop_map(|(wall, at, what)| Entry { wall, at, what })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(entry in entry()) {
            let body = written(&entry);
            prop_assert!(!body.contains('\n'), "one line: {body}");
            prop_assert!(super::super::codec::kind_of(&body).is_some_and(|kind| !kind.is_empty()));
            prop_assert_eq!(read(&body), Ok(entry));
        }

        #[test]
        fn no_changed_byte_is_read_as_the_same_entry(
            entry in entry(),
            at in any::<prop::sample::Index>(),
            to in any::<u8>(),
        ) {
            let body = written(&entry);
            let mut bytes = body.clone().into_bytes();
            let at = at.index(bytes.len());
            bytes[at] = to;
            if let Ok(changed) = String::from_utf8(bytes) {
                prop_assert!(changed == body || read(&changed) != Ok(entry));
            }
        }

        #[test]
        fn whose_words_they_are_is_read_before_the_words(entry in entry()) {
            let speaker = super::super::codec::speaker(&entry.what);
            let heard = decode(&Names::of_two_each(), &written(&entry), &mut |who, value| {
                if who == speaker { plain(value) } else { Err(misfit("speaker")) }
            });
            prop_assert_eq!(heard, Ok(entry));
        }
    }

    #[test]
    fn an_entry_has_one_spelling() {
        let good = r#"{"wall":9,"at":5,"entry":"paced","team":1,"pace":12}"#;
        assert!(read(good).is_ok());
        for (second, why) in [
            (r#"{"at":5,"wall":9,"entry":"paced","team":1,"pace":12}"#, "another order"),
            (r#"{"wall":9,"at":5,"entry":"paced","team":1,"team":1,"pace":12}"#, "a key twice"),
            (r#"{"wall":9,"at":5,"entry":"paced","team":1,"pace":12,"more":1}"#, "an unknown key"),
            (r#"{"wall":9,"at":5,"entry":"paced","team":null,"pace":12}"#, "null"),
            (r#"{"wall":9,"at":5,"entry":"paced","team":1,"pace":70000}"#, "too large"),
            (r#"{"wall":9,"at":5,"entry":"opened"}"#, "without terms"),
            (r#"{"wall":9,"at":5,"entry":"vanished"}"#, "an unknown kind"),
            (r#"{"wall":9,"at":5,"entry":"resent","team":1,"inject":"none"}"#, "an unknown name"),
            (r#"{"wall":9,"at":5,"entry":"played","team":1,"cause":"member","facts":[]}"#, "nobody"),
            (r#"{"wall":9,"at":5,"entry":"played","team":1,"cause":"clock","facts":[[]]}"#, "no fact"),
            ("", "nothing"),
        ] {
            assert!(read(second).is_err(), "{why}");
        }
        let deep =
            format!("{{\"wall\":9,\"at\":5,\"entry\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(read(&deep).is_err(), "deep nesting is an error and no crash");
    }
}

//! Keeping a [`TraineeView`]: one fact at a time, and what each lets be seen.

use tr::tr;

use super::one_line::one_line;
use super::{
    Artefact, Busy, Categories, Deed, Message, Note, Offer, OpenQuestion, Outcome, Over, Reading, Settled,
    Sides, TraineeView, Wants,
};
use crate::engine::{Answer, DutyStep, EndCause, Fact, Phase, State, What, Work, holds};
use crate::scenario::{
    ActionId, Ask, Axis, Calendar, CategorizeSpec, ChoiceId, EndingId, EvidenceId, GaugeId, InjectId,
    LevelId, Partner, Question, QuestionId, Scenario, SeatSet, SimTime, clean,
};
use crate::speech::label;

/// Whether a trainee sees anything when this happens.
#[must_use]
pub fn visible(scenario: &Scenario, what: &What) -> bool {
    match what {
        What::Known(_)
        | What::Scheduled { .. }
        | What::Awaited { .. }
        | What::Again { .. }
        | What::Absent(_)
        | What::Spread { .. }
        | What::Withheld(_)
        | What::Cancelled(_)
        | What::Fired(_)
        | What::Held(_)
        | What::Released(_)
        | What::Skipped(_)
        | What::Met(_)
        | What::Missed(_) => false,
        What::Duty { duty, step } => match step {
            DutyStep::Started { .. } => scenario.duty(*duty).shown,
            DutyStep::Declared { .. } => true,
            DutyStep::Met | DutyStep::Missed => false,
        },
        What::Moved { gauge, .. } => !scenario.gauge(*gauge).hidden,
        What::Started { .. }
        | What::Delivered(_)
        | What::Opened { .. }
        | What::Answered { .. }
        | What::Lapsed(_)
        | What::Closed(_)
        | What::Extended { .. }
        | What::Hinted { .. }
        | What::Begun { .. }
        | What::Did(_)
        | What::Examining { .. }
        | What::Examined(_)
        | What::Revealed(_)
        | What::Noted(_)
        | What::Paused(_)
        | What::Resumed
        | What::Ended { .. } => true,
    }
}

impl TraineeView {
    /// What a trainee who holds every seat knows before STARTEX: nothing.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        Self::of_seats(scenario, SeatSet::ALL)
    }

    /// What a trainee who holds these seats knows before STARTEX: nothing.
    #[must_use]
    pub fn of_seats(scenario: &Scenario, mine: SeatSet) -> Self {
        Self {
            started: false,
            at: SimTime::ZERO,
            inbox: Vec::new(),
            evidence: Vec::new(),
            actions: Vec::new(),
            open: Vec::new(),
            revisable: Vec::new(),
            settled: Vec::new(),
            gauges: Vec::new(),
            notes: Vec::new(),
            duties: Vec::new(),
            busy: None,
            paused: None,
            over: None,
            calendar: Calendar::of(scenario),
            picks: Vec::new(),
            mine,
            taken: scenario.all_seats(),
        }
    }

    /// Folds one fact in; one that is for other seats changes nothing but the moment.
    pub fn fold(&mut self, scenario: &Scenario, fact: &Fact) {
        self.at = fact.at;
        if !self.concerns(scenario, &fact.what) {
            return;
        }
        match &fact.what {
            What::Known(_)
            | What::Scheduled { .. }
            | What::Awaited { .. }
            | What::Again { .. }
            | What::Spread { .. }
            | What::Withheld(_)
            | What::Cancelled(_)
            | What::Fired(_)
            | What::Held(_)
            | What::Released(_)
            | What::Skipped(_)
            | What::Met(_)
            | What::Missed(_) => {}
            What::Absent(evidence) => self.evidence.retain(|a| a.id != *evidence),
            What::Duty { duty, step } => self.owe(scenario, *duty, *step),
            What::Started { settings, picks, .. } => {
                self.taken = settings.seats;
                self.begin(scenario, picks);
            }
            What::Delivered(inject) => self.deliver(scenario, *inject),
            What::Opened { question, lapses, offered, .. } => self.ask(scenario, *question, *lapses, offered),
            What::Answered { question, answer, .. } => self.settle(scenario, *question, answer),
            What::Lapsed(question) => self.close(*question, Outcome::Lapsed),
            What::Closed(question) => self.close(*question, Outcome::Withdrawn),
            What::Extended { question, lapses, .. } => {
                let end = scenario.clock.length;
                if let Some(open) = self.open.iter_mut().find(|q| q.id == *question) {
                    open.lapses = Some(end.min(*lapses));
                    open.to_the_end = *lapses >= end;
                }
            }
            What::Hinted { question, hint } => self.hint(scenario, *question, usize::from(*hint)),
            What::Begun { action, until } => self.begun(scenario, *action, *until),
            What::Did(action) => self.did(scenario, *action),
            What::Examining { evidence, until } => self.examining(scenario, *evidence, *until),
            What::Examined(evidence) => self.examined(scenario, *evidence),
            What::Revealed(evidence) => {
                self.artefact(scenario, *evidence);
            }
            What::Moved { gauge, reads } => {
                self.read(scenario, *gauge, *reads);
            }
            What::Noted(text) => {
                let clock = self.clock(fact.at);
                self.notes.push(Note { at: fact.at, clock, says: clean(text) });
            }
            What::Paused(cause) => self.paused = Some(*cause),
            What::Resumed => self.paused = None,
            What::Ended { cause, ending } => self.end(scenario, *cause, *ending),
        }
    }

    fn end(&mut self, scenario: &Scenario, cause: EndCause, ending: EndingId) {
        let ending = &scenario.endings[ending.at()];
        let (title, says) = match cause {
            // The story was broken off: what it would have come to did not happen.
            EndCause::Asked => (String::new(), String::new()),
            EndCause::Time | EndCause::Story => {
                (self.text(scenario, &ending.title), self.text(scenario, &ending.says))
            }
        };
        self.over = Some(Over { cause, title, says });
    }

    /// Notes which actions are on offer at `now`. Takes the state to judge by, and keeps nothing of it.
    pub fn offer(&mut self, scenario: &Scenario, state: &State, now: SimTime) {
        for row in 0..scenario.actions.len() {
            let (id, action) = (ActionId::of(row), &scenario.actions[row]);
            let open = matches!(state.phase, Phase::Running(_)) && (action.often || !state.actions[row]);
            let in_hand = matches!(state.busy, Some((Work::Action(busy), _)) if busy == id);
            let on_offer = open && !in_hand && self.is_mine(action.seats) && holds(&action.when, state, now);
            let listed = self.actions.iter_mut().find(|a| a.id == id);
            match listed {
                Some(deed) => deed.on_offer = on_offer,
                None if on_offer => self.deed(scenario, id).on_offer = true,
                None => {}
            }
        }
        self.actions.retain(|a| a.on_offer || a.in_hand.is_some() || a.times_done > 0);
    }

    fn begin(&mut self, scenario: &Scenario, picks: &[u8]) {
        self.started = true;
        picks.clone_into(&mut self.picks);
        for row in 0..scenario.evidence.len() {
            if scenario.evidence[row].from_start && self.is_mine(scenario.evidence[row].seats) {
                self.artefact(scenario, EvidenceId::of(row));
            }
        }
    }

    /// A gauge is read from when it first moves: its name alone may tell what is to come.
    fn read(&mut self, scenario: &Scenario, id: GaugeId, reads: i64) {
        let gauge = scenario.gauge(id);
        if gauge.hidden {
            return;
        }
        let place = self.gauges.partition_point(|g| g.id < id);
        if self.gauges.get(place).is_none_or(|g| g.id != id) {
            let (label, unit) = (self.text(scenario, &gauge.label), self.text(scenario, &gauge.unit));
            self.gauges.insert(place, Reading { id, label, unit, start: gauge.start, reads });
        }
        self.gauges[place].reads = reads;
    }

    fn deliver(&mut self, scenario: &Scenario, id: InjectId) {
        let inject = scenario.inject(id);
        let Some(via) = &inject.via else { return };
        let mut heading = self.heading(scenario, via);
        let whose = self.whose(scenario, inject.seats);
        if !whose.is_empty() {
            heading.fields.push((tr!("message" => "For"), whose.clone()));
        }
        self.inbox.push(Message {
            inject: id,
            at: self.at,
            clock: self.clock(self.at),
            channel: heading.channel,
            from: heading.from,
            subject: heading.subject,
            heading: heading.fields,
            body: self.text(scenario, &inject.body),
            whose,
        });
    }

    fn ask(&mut self, scenario: &Scenario, id: QuestionId, lapses: Option<SimTime>, offered: &[ChoiceId]) {
        let question = scenario.question(id);
        // What a triage offers is no text of the script.
        let ours = matches!(question.ask, Ask::Triage(_));
        let says = |text: &str| if ours { label(text) } else { one_line(&self.text(scenario, text)) };
        let offer = |choice: &ChoiceId| Offer { id: *choice, says: says(&question.choice(*choice).says) };
        let open = OpenQuestion {
            id,
            says: self.text(scenario, &question.says),
            whose: self.whose(scenario, question.seats),
            wants: self.wants(scenario, question),
            choices: offered.iter().map(offer).collect(),
            since: self.at,
            // No time is promised that comes after the end of everything.
            lapses: lapses.map(|lapses| lapses.min(scenario.clock.length)),
            to_the_end: lapses.is_some_and(|lapses| lapses >= scenario.clock.length),
            confidence: question.confidence,
            reason: question.reason,
            hints: Vec::new(),
            hint_price: question.hints.first().map(|h| h.price),
            category: None,
        };
        self.open.push(open);
    }

    fn wants(&self, scenario: &Scenario, question: &Question) -> Wants {
        match &question.ask {
            Ask::Triage(_) | Ask::ChooseOne => Wants::One,
            Ask::ChooseSeveral => Wants::Several,
            Ask::PutInOrder { .. } => Wants::Order,
            Ask::Record { .. } => Wants::Record,
            Ask::Assign(spec) => self.sides(scenario, &spec.among, None),
            Ask::Notify(spec) => self.sides(scenario, &spec.through, Some(&spec.by)),
            Ask::Estimate(spec) => Wants::Number(self.text(scenario, &spec.unit)),
            Ask::Categorize(spec) => Wants::Category(Box::new(categories(scenario, spec))),
            Ask::Reflect { .. } => Wants::Text,
        }
    }

    fn sides(&self, scenario: &Scenario, partners: &[Partner], by: Option<&[SimTime]>) -> Wants {
        Wants::Pairs(Box::new(Sides {
            notify: by.is_some(),
            with: partners.iter().map(|partner| one_line(&self.text(scenario, &partner.says))).collect(),
            by: by.unwrap_or_default().to_vec(),
        }))
    }

    fn settle(&mut self, scenario: &Scenario, id: QuestionId, answer: &Answer) {
        let found = self.question(id).cloned();
        let Some(mut question) = found else { return };
        let how = Outcome::Answered(question.in_words(answer));
        self.close(id, how);
        if let (Ask::Categorize(spec), Answer::Category(category)) = (&scenario.question(id).ask, answer)
            && spec.revisable
        {
            question.category = Some(*category);
            question.lapses = None;
            question.to_the_end = false;
            question.hint_price = None;
            self.revisable.retain(|q| q.id != id);
            self.revisable.push(question);
        }
    }

    fn close(&mut self, id: QuestionId, how: Outcome) {
        let Some(says) = self.question(id).map(|q| one_line(&q.says)) else { return };
        self.open.retain(|q| q.id != id);
        self.settled.push(Settled { id, says, at: self.at, how });
    }

    fn hint(&mut self, scenario: &Scenario, id: QuestionId, taken: usize) {
        let hints = &scenario.question(id).hints;
        let says = hints.get(taken).map(|h| self.text(scenario, &h.says));
        if let Some(open) = self.open.iter_mut().find(|q| q.id == id) {
            open.hints.extend(says);
            open.hint_price = hints.get(taken + 1).map(|h| h.price);
        }
    }

    fn examined(&mut self, scenario: &Scenario, id: EvidenceId) {
        self.busy = None;
        let body = self.text(scenario, &scenario.artefact(id).body);
        let artefact = self.artefact(scenario, id);
        artefact.in_hand = None;
        artefact.body = Some(body);
    }

    fn begun(&mut self, scenario: &Scenario, action: ActionId, until: SimTime) {
        let label = self.text(scenario, &scenario.action(action).label);
        self.busy = Some(Busy { label, until });
        self.deed(scenario, action).in_hand = Some(until);
    }

    fn examining(&mut self, scenario: &Scenario, evidence: EvidenceId, until: SimTime) {
        let label = self.text(scenario, &scenario.artefact(evidence).title);
        self.busy = Some(Busy { label, until });
        self.artefact(scenario, evidence).in_hand = Some(until);
    }

    fn did(&mut self, scenario: &Scenario, id: ActionId) {
        self.busy = None;
        let result = self.text(scenario, &scenario.action(id).result);
        let deed = self.deed(scenario, id);
        deed.in_hand = None;
        deed.on_offer = false;
        deed.times_done += 1;
        deed.result = result;
    }

    /// The entry of an action, put in its place if it was not listed.
    fn deed(&mut self, scenario: &Scenario, id: ActionId) -> &mut Deed {
        let action = scenario.action(id);
        let place = self.actions.partition_point(|a| a.id < id);
        if self.actions.get(place).is_none_or(|a| a.id != id) {
            let label = self.text(scenario, &action.label);
            let takes = action.takes;
            let deed = Deed {
                id,
                label,
                takes,
                on_offer: false,
                in_hand: None,
                times_done: 0,
                result: String::new(),
                whose: self.whose(scenario, action.seats),
            };
            self.actions.insert(place, deed);
        }
        &mut self.actions[place]
    }

    /// The entry of a piece of evidence, added if it was not listed.
    fn artefact(&mut self, scenario: &Scenario, id: EvidenceId) -> &mut Artefact {
        let place = self.evidence.iter().position(|a| a.id == id).unwrap_or_else(|| {
            let evidence = scenario.artefact(id);
            self.evidence.push(Artefact {
                id,
                title: self.text(scenario, &evidence.title),
                look: evidence.look,
                takes: evidence.takes,
                in_hand: None,
                body: None,
                whose: self.whose(scenario, evidence.seats),
            });
            self.evidence.len() - 1
        });
        &mut self.evidence[place]
    }
}

fn categories(scenario: &Scenario, spec: &CategorizeSpec) -> Categories {
    let classes = scenario.taxonomy.classes.iter().filter(|_| spec.class);
    let levels = (0..scenario.severities.len()).filter(|_| spec.severity);
    // What a script brings of its own is in no catalogue, and stays as it is.
    let said = |text: &str| clean(&label(text));
    let types = |class: &crate::scenario::Class| class.types.iter().map(|t| said(&t.label)).collect();
    Categories {
        title: said(&scenario.taxonomy.title),
        classes: classes.map(|c| (said(&c.label), types(c))).collect(),
        scheme: scenario.scheme,
        severities: levels.map(LevelId::of).map(|level| said(&scenario.severity(level))).collect(),
        axes: Axis::ALL.into_iter().filter(|axis| spec.asks(*axis)).collect(),
        too_early: spec.too_early,
        revisable: spec.revisable,
    }
}

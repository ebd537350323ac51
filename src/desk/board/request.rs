//! A request as its card shows it.

use super::Person;
use super::words::Reader;
use crate::clinic::Clinic;
use crate::clinic::routines::CategoryKind;
use crate::desk::action::{AT_THE_DESK, REPORTED, REPORTED_BY, answer_field};
use crate::desk::booking::WishShown;
use crate::desk::language::StaffLanguage;
use crate::desk::payments::MoneyShown;
use crate::front_desk::address::Address;
use crate::front_desk::message::{Message, Side};
use crate::front_desk::request::{Request, RequestReason, RequestState};
use crate::front_desk::ticket::PaperState;
use crate::front_desk::urgency::Urgency;
use crate::link::fact::DESK;
use crate::store::{RequestEvent, RequestEventKind, RequestRow, Result, Store};
use serde::Serialize;
use uuid::Uuid;

/// Everything about a request that is not done.
#[derive(Serialize)]
pub struct OpenRequest {
    id: Uuid,
    headline: String,
    pub urgency: Urgency,
    /// What it is, where the patient chose it from the routines.
    kind: Option<CategoryKind>,
    /// Whether it is answered in days, not in minutes: nobody stands and waits.
    later: bool,
    kiosk: String,
    stopped_at: String,
    language: String,
    /// BCP 47.
    lang: String,
    /// The patient's own words.
    words: String,
    red_flags: Vec<String>,
    companion: Option<String>,
    ticket: Option<String>,
    raised_at: i64,
    raised: String,
    acknowledge_by: i64,
    /// By when the first who had to answer had to: whatever is late is not less so because others are asked by now.
    pub first_due: i64,
    /// What a notification says, which anybody may read who passes the screen: nothing that a person wrote.
    notice: String,
    /// The day of that in words.
    due: String,
    escalated: bool,
    /// Whether everybody whose turn it could be has let it pass.
    exhausted: bool,
    pub acknowledged_by: Option<String>,
    /// Since when that one has it.
    acknowledged_at: Option<i64>,
    /// Who resolved it, where the patient has said something since.
    resolved_by: Option<String>,
    chain: Vec<RungShown>,
    case: Option<CaseShown>,
    /// What is wrong with the paper of its slip, without which the patient cannot come back to it.
    slip: Option<String>,
    steps: Vec<StepShown>,
    messages: Vec<Said>,
    /// Whether the patient spoke last.
    patient_spoke: bool,
    notes: Vec<Noted>,
    events: Vec<Happened>,
    patients: Vec<Person>,
    /// Whether staff are to say whether these are one person's records.
    two_records: bool,
    registration: Option<Registration>,
    /// What is wished of the book, or offered.
    wish: Option<WishShown>,
    /// The payment, or the terminal's day, that it is about; none for whoever has nothing to do with money.
    money: Option<MoneyShown>,
    /// Whether only somebody who takes payments can see to it, and the reader does not.
    for_payments: bool,
    take_over: TakeOver,
}

/// An emergency that nobody has answered, as it is shown where nobody is signed in: where, and nothing of whom.
#[derive(Serialize)]
pub struct Alarm {
    id: Uuid,
    kiosk: String,
    raised_at: i64,
    raised: String,
    acknowledge_by: i64,
}

/// What somebody entered who has no record yet.
#[derive(Serialize)]
struct Registration {
    name: String,
    born: String,
    phone: Option<String>,
    address: Option<String>,
}

/// One of those who must answer.
#[derive(Serialize)]
struct RungShown {
    name: String,
    person: Option<String>,
    reach: Option<String>,
    answer_by: String,
    /// "past", "now" or "next".
    turn: &'static str,
}

/// The clock of a case.
#[derive(Serialize)]
struct CaseShown {
    number: String,
    /// Whether the patient was told once, in writing, that it is being looked into.
    acknowledged: bool,
    overdue: bool,
    answer_by: String,
    words: String,
}

/// A step of the routine.
#[derive(Serialize)]
struct StepShown {
    text: String,
    done: Option<String>,
}

/// One message of the exchange.
#[derive(Serialize)]
struct Said {
    id: Uuid,
    from: Side,
    by: String,
    words: String,
    lang: String,
    /// A phrase in the language of staff, where it was said in another one.
    staff_words: Option<String>,
    /// What the patient reads of a phrase of staff.
    patient_words: Option<String>,
    at: String,
}

#[derive(Serialize)]
struct Noted {
    id: Uuid,
    side: String,
    words: String,
    by: String,
    at: String,
}

#[derive(Serialize)]
struct Happened {
    at: String,
    words: String,
}

/// What staff can do in the place of the patient, exactly as the kiosk takes it.
#[derive(Serialize)]
struct TakeOver {
    /// Say which record is theirs.
    find: bool,
    /// Answer the question at which the patient stands.
    answer: Option<AnswerShown>,
}

/// The question at which a patient stands, where staff can answer it.
#[derive(Serialize)]
struct AnswerShown {
    label: String,
    /// "date", "telephone" or "text".
    kind: &'static str,
}

impl AnswerShown {
    fn of(reader: Reader, stopped_at: &str) -> Option<Self> {
        let field = answer_field(stopped_at)?;
        Some(Self { label: reader.say(field.label, &[]), kind: field.kind })
    }
}

impl OpenRequest {
    /// Whether nobody has taken it, and somebody stands and waits.
    pub fn waits_for_somebody(&self) -> bool {
        self.acknowledged_by.is_none() && self.resolved_by.is_none() && !self.later
    }

    /// Whether somebody has let it pass.
    pub fn is_late(&self) -> bool {
        self.escalated
    }

    /// Whose request it is, or may be.
    pub fn people(&self) -> &[Person] {
        &self.patients
    }

    /// What is shown of it where nobody is signed in; only of an emergency.
    pub fn alarm(&self) -> Option<Alarm> {
        let open = self.urgency == Urgency::Emergency && self.waits_for_somebody();
        open.then(|| Alarm {
            id: self.id,
            kiosk: self.kiosk.clone(),
            raised_at: self.raised_at,
            raised: self.raised.clone(),
            acknowledge_by: self.acknowledge_by,
        })
    }

    /// Whether it is a case that was not answered by its day.
    pub fn is_overdue(&self) -> bool {
        self.case.as_ref().is_some_and(|case| case.overdue)
    }

    /// Reads what belongs to a request.
    pub fn read(store: &Store, reader: Reader, row: RequestRow) -> Result<Self> {
        let (clinic, now) = (reader.clinic, reader.now);
        let id = row.request.id;
        let mut patients: Vec<Person> = Vec::new();
        for patient in &row.request.patients {
            let patient = store.patient(*patient)?;
            // Two ids of records that were joined lead to one.
            let new = patient.filter(|patient| patients.iter().all(|known| known.id != patient.id.0));
            patients.extend(new.as_ref().map(|patient| Person::of(reader, patient)));
        }
        let ticket = match row.request.ticket {
            Some(ticket) => store.ticket(ticket)?.map(|ticket| ticket.number.to_string()),
            None => None,
        };
        let messages = store.messages(id)?;
        let notes = store.side_notes(id)?.into_iter().map(|note| Noted {
            id: note.id,
            side: note.side,
            words: note.words.0,
            by: note.by,
            at: reader.when(note.at),
        });
        let events = store.request_events(id)?;
        let request = &row.request;
        let kind = kind(clinic, request);
        let (acknowledged_by, resolved_by) = match &row.state {
            RequestState::Open => (None, None),
            RequestState::Acknowledged { by } => (Some(by.clone()), None),
            RequestState::Resolved { by, .. } => (Some(by.clone()), Some(by.clone())),
        };
        Ok(Self {
            id: id.0,
            headline: headline(reader, request),
            urgency: request.urgency,
            kind,
            later: is_later(request, kind),
            kiosk: request.kiosk.clone(),
            stopped_at: stopped_at(reader, request),
            language: reader.language_name(&request.language),
            lang: request.language.clone(),
            words: request.words.0.clone(),
            red_flags: request.red_flags.iter().map(|flag| reader.red_flag(flag)).collect(),
            companion: request.companion.as_ref().map(|id| reader.companion(id)),
            ticket,
            raised_at: request.raised_at.timestamp_millis(),
            raised: reader.when(request.raised_at),
            acknowledge_by: row.acknowledge_by.timestamp_millis(),
            first_due: row.chain.first().map_or(row.acknowledge_by, |rung| rung.answer_by).timestamp_millis(),
            notice: reader.say(request.reason.headline(), &[]),
            acknowledged_at: taken_at(&row.state, &events),
            due: reader.day(row.acknowledge_by),
            escalated: row.escalated,
            exhausted: row.escalated && row.rung + 1 >= row.chain.len() && row.acknowledge_by <= now,
            chain: chain(reader, &row),
            case: case(reader, &row, &events),
            slip: match row.slip {
                Some(PaperState::NotPrinted) => Some(reader.say("no paper came out", &[])),
                Some(PaperState::NotKnown) => Some(reader.say("perhaps no paper came out", &[])),
                Some(PaperState::Reserved | PaperState::Printed) | None => None,
            },
            steps: steps(reader, request, &events),
            patient_spoke: messages.last().is_some_and(|message| message.from == Side::Patient),
            messages: messages.into_iter().map(|message| said(reader, message, &request.language)).collect(),
            notes: notes.collect(),
            events: events.iter().filter_map(|event| happened(reader, request, event)).collect(),
            two_records: request.reason == RequestReason::PossibleDuplicate && patients.len() > 1,
            patients,
            registration: request.registration.as_deref().map(|patient| Registration {
                name: patient.name.full(),
                born: reader.born(patient),
                phone: patient.phone.as_deref().map(|number| reader.telephone(number)),
                address: patient.address.as_ref().map(Address::one_line),
            }),
            wish: WishShown::read(store, reader, request)?,
            for_payments: !reader.sees_money && is_about_money(request),
            money: if reader.sees_money { MoneyShown::read(store, reader, request)? } else { None },
            take_over: take_over(reader, request, kind),
            acknowledged_by,
            resolved_by,
        })
    }
}

/// What staff read of a request, in one line. What was found and kept in English is told again in the reader's language.
pub fn headline(reader: Reader, request: &Request) -> String {
    let subject = request.subject.as_deref().unwrap_or_default();
    if let Some(about) = subject.strip_prefix(REPORTED) {
        return reader.say("A routine does not work: {about}", &[("about", about)]);
    }
    if let Some(what) = subject.strip_prefix(&format!("Kiosk {}: ", request.kiosk)) {
        let words = reader.say(what, &[]);
        return reader.say("Kiosk {name}: {words}", &[("name", &request.kiosk), ("words", &words)]);
    }
    let category = request.category.as_deref().filter(|_| request.reason == RequestReason::Asked);
    let category = category.and_then(|id| reader.clinic.routines.category(id));
    match category {
        // What a patient chose is called as the routines call it in the reader's language.
        Some(category) if subject == category.name.text(reader.clinic.staff_language()) => {
            category.name.text(reader.texts()).to_string()
        }
        _ if reader.language == StaffLanguage::English || is_text_of_the_clinic(request.reason) => {
            reader.say(request.headline(), &[])
        }
        _ => reader.say(request.reason.headline(), &[]),
    }
}

/// Whether what such a request is about stands in the clinic's routines.
fn is_text_of_the_clinic(reason: RequestReason) -> bool {
    matches!(reason, RequestReason::Asked | RequestReason::FormAnswer | RequestReason::BookingWish)
}

/// Whether it asks what became of money: what staff wrote of it, and how it ended, tells of amounts.
pub fn is_about_money(request: &Request) -> bool {
    request.payment.is_some() || request.reason == RequestReason::PaymentDiffers
}

/// Where a request comes from, or what is to be done, in the reader's language.
pub fn stopped_at(reader: Reader, request: &Request) -> String {
    let stopped_at = request.stopped_at.as_str();
    let reporter = stopped_at.strip_prefix(REPORTED_BY).and_then(|rest| rest.strip_suffix(AT_THE_DESK));
    if let Some(by) = reporter {
        return reader.say("reported by {by} at the desk", &[("by", by)]);
    }
    // An amount begins with a figure; the words for where a patient stands do not.
    let amount_after = |prefix| {
        stopped_at
            .strip_prefix(prefix)
            .filter(|rest| rest.starts_with(|letter: char| letter.is_ascii_digit()))
    };
    match (amount_after("pay: "), amount_after("refund: ")) {
        (Some(amount), _) if reader.sees_money => reader.say("pay: {amount}", &[("amount", amount)]),
        (_, Some(amount)) if reader.sees_money => reader.say("refund: {amount}", &[("amount", amount)]),
        (Some(_), _) => reader.say("a payment", &[]),
        (_, Some(_)) => reader.say("a refund", &[]),
        _ => reader.say(stopped_at, &[]),
    }
}

/// Since when whoever has a request has it.
fn taken_at(state: &RequestState, events: &[RequestEvent]) -> Option<i64> {
    let RequestState::Acknowledged { .. } = state else { return None };
    let taken = events.iter().rev().find(|event| event.kind == RequestEventKind::Acknowledged);
    taken.map(|event| event.at.timestamp_millis())
}

/// What a request is, by the routines as they are now.
pub fn kind(clinic: &Clinic, request: &Request) -> Option<CategoryKind> {
    let category = request.category.as_deref().and_then(|id| clinic.routines.category(id));
    category.map(|category| category.kind)
}

/// Nobody waits beside the kiosk for a complaint, praise or a report to be answered, unless it turned urgent.
fn is_later(request: &Request, kind: Option<CategoryKind>) -> bool {
    let days = matches!(kind, Some(CategoryKind::Complaint | CategoryKind::Compliment | CategoryKind::Report))
            || request.case.is_some()
            // What the desk noticed of somebody who holds a ticket: they wait in the lobby.
            || (request.kiosk == DESK && request.wish.is_none() && request.ticket.is_none());
    days && request.urgency < Urgency::Emergency
}

fn take_over(reader: Reader, request: &Request, kind: Option<CategoryKind>) -> TakeOver {
    let stands_there = !is_later(request, kind)
        && request.kiosk != DESK
        && request.payment.is_none()
        && request.reason != RequestReason::KioskTrouble
        && !request.stopped_at.starts_with("done");
    TakeOver {
        // Whoever answers a form is known already, and would lose what they have answered.
        find: stands_there && !request.stopped_at.starts_with("form"),
        answer: if stands_there { AnswerShown::of(reader, &request.stopped_at) } else { None },
    }
}

fn chain(reader: Reader, row: &RequestRow) -> Vec<RungShown> {
    let rungs = row.chain.iter().enumerate();
    rungs
        .map(|(position, rung)| RungShown {
            name: reader.destination(&rung.to, &rung.name),
            person: rung.person.clone(),
            reach: rung.reach.clone(),
            answer_by: reader.when(rung.answer_by),
            turn: match position.cmp(&row.rung) {
                std::cmp::Ordering::Less => "past",
                std::cmp::Ordering::Equal => "now",
                std::cmp::Ordering::Greater => "next",
            },
        })
        .collect()
}

fn case(reader: Reader, row: &RequestRow, events: &[RequestEvent]) -> Option<CaseShown> {
    let now = reader.now;
    let case = row.request.case.as_ref()?;
    let report = reader.day(case.answer_by);
    // The patient's clock: neither whose turn it is by now nor a handing over gives the clinic more time.
    let due = row.request.acknowledge_by;
    let acknowledged = events.iter().find(|event| event.kind == RequestEventKind::Acknowledged);
    let overdue = row.overdue || case.answer_by <= now;
    let first = match acknowledged {
        Some(event) => {
            reader.say("Acknowledged {day} by {by}", &[("day", &reader.day(event.at)), ("by", &event.by)])
        }
        None if due > now => reader.say("Acknowledge by {day}", &[("day", &reader.day(due))]),
        None => reader.say("NOT acknowledged: that was due {time}", &[("time", &reader.when(due))]),
    };
    let report_by = [("day", report.as_str())];
    let second = match (overdue, reader.working_days(case.answer_by, now)) {
        (false, _) => reader.count(
            reader.working_days(now, case.answer_by),
            "report by {day} ({n} working day left)",
            "report by {day} ({n} working days left)",
            &report_by,
        ),
        (true, 0) => reader.say("OVERDUE since today: the report was due {day}", &report_by),
        (true, days) => reader.count(
            days,
            "OVERDUE for {n} working day: the report was due {day}",
            "OVERDUE for {n} working days: the report was due {day}",
            &report_by,
        ),
    };
    Some(CaseShown {
        number: case.number.clone(),
        acknowledged: acknowledged.is_some(),
        overdue,
        words: format!("{first}; {second}"),
        answer_by: report,
    })
}

fn steps(reader: Reader, request: &Request, events: &[RequestEvent]) -> Vec<StepShown> {
    let route = reader.clinic.routines.route(request.reason, request.category.as_deref(), request.urgency);
    let done = |step: &String| {
        let about = events.iter().rev().find(|event| {
            let checked =
                matches!(event.kind, RequestEventKind::RoutineStepDone | RequestEventKind::RoutineStepUndone);
            checked && event.words == *step
        });
        let done = about.filter(|event| event.kind == RequestEventKind::RoutineStepDone);
        done.map(|event| format!("{}, {}", event.by, reader.when(event.at)))
    };
    route.steps.iter().map(|step| StepShown { text: step.clone(), done: done(step) }).collect()
}

fn said(reader: Reader, message: Message, patients_language: &str) -> Said {
    let staff = reader.texts();
    let phrase = message.phrase.as_deref().and_then(|id| reader.clinic.routines.phrase(id));
    Said {
        id: message.id,
        from: message.from,
        staff_words: phrase
            .filter(|_| message.language != staff)
            .map(|phrase| phrase.text.text(staff).to_string()),
        patient_words: phrase
            .filter(|_| message.from == Side::Staff && patients_language != message.language)
            .map(|phrase| phrase.text.text(patients_language).to_string()),
        by: message.by,
        words: message.words.0,
        lang: message.language,
        at: reader.when(message.at),
    }
}

/// What the card tells of it; what the state of the card says already is left out.
fn happened(reader: Reader, request: &Request, event: &RequestEvent) -> Option<Happened> {
    let RequestEvent { by, words, .. } = event;
    let told = [("by", by.as_str()), ("words", words.as_str())];
    let words = match event.kind {
        RequestEventKind::Escalated if by.is_empty() => reader.say("Nobody answered in time", &[]),
        RequestEventKind::Escalated if words.is_empty() => {
            reader.say("{by} did not answer; nobody is next", &told)
        }
        RequestEventKind::Escalated => reader.say("{by} did not answer; now: {words}", &told),
        RequestEventKind::Acknowledged => reader.say("{by} took it", &told),
        RequestEventKind::HandedOver => reader.say("{by} handed it over to {words}", &told),
        RequestEventKind::Overdue => reader.say("Not answered by its day", &[]),
        // What a kiosk has told is kept in English.
        RequestEventKind::StepTaken => match words.strip_prefix("answered for the patient: ") {
            Some(step) => {
                let step = reader.say(step, &[]);
                reader.say("{by} answered for the patient: {step}", &[("by", by), ("step", &step)])
            }
            None => reader.say("{by} found the record for the patient", &told),
        },
        RequestEventKind::Resolved if !reader.sees_money && is_about_money(request) => {
            reader.say("{by} resolved it", &told)
        }
        RequestEventKind::Resolved => {
            let words = reader.say(words, &[]);
            reader.say("{by} resolved it: {words}", &[("by", by), ("words", &words)])
        }
        RequestEventKind::Called => reader.say("{by} called: {words}", &told),
        RequestEventKind::OutcomeChosen
        | RequestEventKind::RoutineStepDone
        | RequestEventKind::RoutineStepUndone => return None,
    };
    Some(Happened { at: reader.when(event.at), words })
}

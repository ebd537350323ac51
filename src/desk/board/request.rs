//! A request as its card shows it.

use super::Person;
use super::words::{born, counted, day, language_name, red_flag, telephone, when, working_days};
use crate::clinic::Clinic;
use crate::clinic::routines::CategoryKind;
use crate::desk::action::{AnswerField, answer_field};
use crate::desk::booking::WishShown;
use crate::desk::payments::MoneyShown;
use crate::front_desk::address::Address;
use crate::front_desk::message::{Message, Side};
use crate::front_desk::request::{Request, RequestReason, RequestState};
use crate::front_desk::ticket::PaperState;
use crate::front_desk::urgency::Urgency;
use crate::link::fact::DESK;
use crate::store::{RequestEvent, RequestEventKind, RequestRow, Result, Store};
use chrono::{DateTime, Utc};
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
    pub acknowledge_by: i64,
    /// The day of that in words.
    due: String,
    escalated: bool,
    /// Whether everybody whose turn it could be has let it pass.
    exhausted: bool,
    pub acknowledged_by: Option<String>,
    /// Who resolved it, where the patient has said something since.
    resolved_by: Option<String>,
    chain: Vec<RungShown>,
    case: Option<CaseShown>,
    /// What is wrong with the paper of its slip, without which the patient cannot come back to it.
    slip: Option<&'static str>,
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
    /// The payment, or the terminal's day, that it is about.
    money: Option<MoneyShown>,
    take_over: TakeOver,
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
    answer: Option<AnswerField>,
}

impl OpenRequest {
    /// Whether it is a case that was not answered by its day.
    pub fn is_overdue(&self) -> bool {
        self.case.as_ref().is_some_and(|case| case.overdue)
    }

    /// Reads what belongs to a request.
    pub fn read(store: &Store, clinic: &Clinic, row: RequestRow, now: DateTime<Utc>) -> Result<Self> {
        let id = row.request.id;
        let mut patients: Vec<Person> = Vec::new();
        for patient in &row.request.patients {
            let patient = store.patient(*patient)?;
            // Two ids of records that were joined lead to one.
            let new = patient.filter(|patient| patients.iter().all(|known| known.id != patient.id.0));
            patients.extend(new.as_ref().map(|patient| Person::of(clinic, patient)));
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
            at: when(clinic, note.at, now),
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
            headline: request.headline().to_string(),
            urgency: request.urgency,
            kind,
            later: is_later(request, kind),
            kiosk: request.kiosk.clone(),
            stopped_at: request.stopped_at.clone(),
            language: language_name(&request.language).to_string(),
            lang: request.language.clone(),
            words: request.words.0.clone(),
            red_flags: request.red_flags.iter().map(|flag| red_flag(clinic, flag)).collect(),
            companion: request.companion.as_ref().map(|id| {
                let known = clinic.routines.companion(id);
                known.map_or_else(
                    || id.clone(),
                    |companion| companion.name.text(clinic.staff_language()).to_string(),
                )
            }),
            ticket,
            raised_at: request.raised_at.timestamp_millis(),
            raised: when(clinic, request.raised_at, now),
            acknowledge_by: row.acknowledge_by.timestamp_millis(),
            due: day(clinic, row.acknowledge_by, now),
            escalated: row.escalated,
            exhausted: row.escalated && row.rung + 1 >= row.chain.len() && row.acknowledge_by <= now,
            chain: chain(clinic, &row, now),
            case: case(clinic, &row, &events, now),
            slip: match row.slip {
                Some(PaperState::NotPrinted) => Some("no paper came out"),
                Some(PaperState::NotKnown) => Some("perhaps no paper came out"),
                Some(PaperState::Reserved | PaperState::Printed) | None => None,
            },
            steps: steps(clinic, request, &events, now),
            patient_spoke: messages.last().is_some_and(|message| message.from == Side::Patient),
            messages: messages
                .into_iter()
                .map(|message| said(clinic, message, &request.language, now))
                .collect(),
            notes: notes.collect(),
            events: events.iter().filter_map(|event| happened(clinic, event, now)).collect(),
            two_records: request.reason == RequestReason::PossibleDuplicate && patients.len() > 1,
            patients,
            registration: request.registration.as_deref().map(|patient| Registration {
                name: patient.name.full(),
                born: born(patient),
                phone: patient.phone.as_deref().map(|number| telephone(clinic, number)),
                address: patient.address.as_ref().map(Address::one_line),
            }),
            wish: WishShown::read(store, clinic, request, now)?,
            money: MoneyShown::read(store, clinic, request, now)?,
            take_over: take_over(request, kind),
            acknowledged_by,
            resolved_by,
        })
    }
}

/// What a request is, by the routines as they are now.
pub fn kind(clinic: &Clinic, request: &Request) -> Option<CategoryKind> {
    let category = request.category.as_deref().and_then(|id| clinic.routines.category(id));
    category.map(|category| category.kind)
}

/// Nobody waits beside the kiosk for a complaint, praise or a report to be answered, unless it turned urgent.
fn is_later(request: &Request, kind: Option<CategoryKind>) -> bool {
    let days =
        matches!(kind, Some(CategoryKind::Complaint | CategoryKind::Compliment | CategoryKind::Report))
            || request.case.is_some()
            || (request.kiosk == DESK && request.wish.is_none());
    days && request.urgency < Urgency::Emergency
}

fn take_over(request: &Request, kind: Option<CategoryKind>) -> TakeOver {
    let stands_there = !is_later(request, kind)
        && request.kiosk != DESK
        && request.payment.is_none()
        && !request.stopped_at.starts_with("done");
    TakeOver {
        // Whoever answers a form is known already, and would lose what they have answered.
        find: stands_there && !request.stopped_at.starts_with("form"),
        answer: if stands_there { answer_field(&request.stopped_at) } else { None },
    }
}

fn chain(clinic: &Clinic, row: &RequestRow, now: DateTime<Utc>) -> Vec<RungShown> {
    let rungs = row.chain.iter().enumerate();
    rungs
        .map(|(position, rung)| RungShown {
            name: rung.name.clone(),
            person: rung.person.clone(),
            reach: rung.reach.clone(),
            answer_by: when(clinic, rung.answer_by, now),
            turn: match position.cmp(&row.rung) {
                std::cmp::Ordering::Less => "past",
                std::cmp::Ordering::Equal => "now",
                std::cmp::Ordering::Greater => "next",
            },
        })
        .collect()
}

fn case(clinic: &Clinic, row: &RequestRow, events: &[RequestEvent], now: DateTime<Utc>) -> Option<CaseShown> {
    let case = row.request.case.as_ref()?;
    let report = day(clinic, case.answer_by, now);
    // The patient's clock: neither whose turn it is by now nor a handing over gives the clinic more time.
    let due = row.request.acknowledge_by;
    let acknowledged = events.iter().find(|event| event.kind == RequestEventKind::Acknowledged);
    let first = match acknowledged {
        Some(event) => format!("Acknowledged {} by {}", day(clinic, event.at, now), event.by),
        None if due > now => format!("Acknowledge by {}", day(clinic, due, now)),
        None => format!("NOT acknowledged: that was due {}", when(clinic, due, now)),
    };
    let overdue = row.overdue || case.answer_by <= now;
    let second = if overdue {
        let late = match working_days(clinic, case.answer_by, now) {
            0 => "since today".to_string(),
            days => format!("for {}", counted(days, "working day")),
        };
        format!("OVERDUE {late}: the report was due {report}")
    } else {
        format!(
            "report by {report} ({} left)",
            counted(working_days(clinic, now, case.answer_by), "working day")
        )
    };
    Some(CaseShown {
        number: case.number.clone(),
        acknowledged: acknowledged.is_some(),
        overdue,
        words: format!("{first}; {second}"),
        answer_by: report,
    })
}

fn steps(clinic: &Clinic, request: &Request, events: &[RequestEvent], now: DateTime<Utc>) -> Vec<StepShown> {
    let route = clinic.routines.route(request.reason, request.category.as_deref(), request.urgency);
    let done = |step: &String| {
        let about = events.iter().rev().find(|event| {
            let checked =
                matches!(event.kind, RequestEventKind::RoutineStepDone | RequestEventKind::RoutineStepUndone);
            checked && event.words == *step
        });
        let done = about.filter(|event| event.kind == RequestEventKind::RoutineStepDone);
        done.map(|event| format!("{}, {}", event.by, when(clinic, event.at, now)))
    };
    route.steps.iter().map(|step| StepShown { text: step.clone(), done: done(step) }).collect()
}

fn said(clinic: &Clinic, message: Message, patients_language: &str, now: DateTime<Utc>) -> Said {
    let staff = clinic.staff_language();
    let phrase = message.phrase.as_deref().and_then(|id| clinic.routines.phrase(id));
    Said {
        id: message.id,
        from: message.from,
        staff_words: phrase
            .filter(|_| message.from == Side::Patient && message.language != staff)
            .map(|phrase| phrase.text.text(staff).to_string()),
        patient_words: phrase
            .filter(|_| message.from == Side::Staff && patients_language != message.language)
            .map(|phrase| phrase.text.text(patients_language).to_string()),
        by: message.by,
        words: message.words.0,
        lang: message.language,
        at: when(clinic, message.at, now),
    }
}

/// What the card tells of it; what the state of the card says already is left out.
fn happened(clinic: &Clinic, event: &RequestEvent, now: DateTime<Utc>) -> Option<Happened> {
    let RequestEvent { by, words, .. } = event;
    let words = match event.kind {
        RequestEventKind::Escalated if by.is_empty() => "Nobody answered in time".to_string(),
        RequestEventKind::Escalated if words.is_empty() => format!("{by} did not answer; nobody is next"),
        RequestEventKind::Escalated => format!("{by} did not answer; now: {words}"),
        RequestEventKind::Acknowledged => format!("{by} took it"),
        RequestEventKind::HandedOver => format!("{by} handed it over to {words}"),
        RequestEventKind::Overdue => "Not answered by its day".to_string(),
        RequestEventKind::StepTaken => format!("{by} {words}"),
        RequestEventKind::Resolved => format!("{by} resolved it: {words}"),
        RequestEventKind::RoutineStepDone | RequestEventKind::RoutineStepUndone => return None,
    };
    Some(Happened { at: when(clinic, event.at, now), words })
}

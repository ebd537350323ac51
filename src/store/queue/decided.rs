//! The decisions of the desk about its queue.

use super::QueueDecision;
use super::read::{entries, entry};
use crate::clinic::Clinic;
use crate::front_desk::queue::{self, Place, QueueEntry, QueueRefusal, VisitEnd};
use crate::front_desk::request::{Request, RequestId, RequestReason};
use crate::front_desk::ticket::{TicketNumber, VisitId};
use crate::front_desk::urgency::Urgency;
use crate::link::fact::{DESK, FactKind};
use crate::store::{Result, Store, append_own};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{OptionalExtension, Transaction};
use uuid::Uuid;

/// Who was called where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// Whose visit.
    pub visit: VisitId,
    /// The number.
    pub number: TicketNumber,
    /// Id of the service point.
    pub point: String,
}

/// One decision: everything in it happens at once, or nothing.
struct Deciding<'a> {
    tx: &'a Transaction<'a>,
    origin: &'a str,
    clinic: &'a Clinic,
    by: &'a str,
    now: DateTime<Utc>,
}

type Refusable<T> = Result<std::result::Result<T, QueueRefusal>>;

/// Hands a refusal on.
macro_rules! allowed {
    ($decision:expr) => {
        match $decision {
            Ok(allowed) => allowed,
            Err(refusal) => return Ok(Err(refusal)),
        }
    };
}

impl Store {
    /// Calls whoever is next to a point. `finishes` names the patient who is there and has been seen: that visit ends
    /// in the same moment. Without it, a point at which somebody is refuses.
    pub fn call_next(
        &mut self,
        clinic: &Clinic,
        point: &str,
        finishes: Option<VisitId>,
        by: &str,
        now: DateTime<Utc>,
    ) -> QueueDecision<Called> {
        self.decide(clinic, by, now, |deciding| {
            let Some(known) = clinic.routines.queue.point(point) else {
                return Ok(Err(QueueRefusal::NoSuchPoint));
            };
            if let Some(visit) = finishes {
                let there = allowed!(deciding.called(visit)?);
                // Somebody at another point is finished there, by whoever sees them.
                match there.place {
                    Place::Called { point: ref at, .. } if at == point => {}
                    _ => return Ok(Err(QueueRefusal::NotCalled)),
                }
                deciding.finish(&there, VisitEnd::Seen)?;
            }
            if let Some(there) = deciding.at_point(point)? {
                return Ok(Err(QueueRefusal::PointIsTaken { by: there.number }));
            }
            let waiting = deciding.waiting()?;
            let ours = || waiting.iter().filter(|entry| known.services.contains(&entry.service));
            let policy = |service: &str| clinic.routines.queue.policy(service);
            let next = queue::next(policy, ours(), now);
            let Some(next) = waiting.iter().find(|entry| Some(entry.visit) == next) else {
                let held_until = ours().filter_map(|entry| entry.held_until).min();
                return Ok(Err(QueueRefusal::NobodyWaits { held_until }));
            };
            deciding.call(next, point).map(Ok)
        })
    }

    /// Calls one patient to a point, whatever the order says: whoever calls answers for it.
    pub fn call_patient(
        &mut self,
        clinic: &Clinic,
        visit: VisitId,
        point: &str,
        by: &str,
        now: DateTime<Utc>,
    ) -> QueueDecision<Called> {
        self.decide(clinic, by, now, |deciding| {
            if clinic.routines.queue.point(point).is_none() {
                return Ok(Err(QueueRefusal::NoSuchPoint));
            }
            let entry = allowed!(deciding.waits(visit)?);
            if let Some(there) = deciding.at_point(point)? {
                return Ok(Err(QueueRefusal::PointIsTaken { by: there.number }));
            }
            deciding.call(&entry, point).map(Ok)
        })
    }

    /// Calls a patient to the same point once more.
    pub fn call_again(
        &mut self,
        clinic: &Clinic,
        visit: VisitId,
        by: &str,
        now: DateTime<Utc>,
    ) -> QueueDecision<()> {
        self.decide(clinic, by, now, |deciding| {
            let entry = allowed!(deciding.called(visit)?);
            deciding.append(FactKind::CallRepeated { visit: entry.visit, by: by.to_string() }).map(Ok)
        })
    }

    /// A patient was called by mistake and waits as before.
    pub fn take_call_back(
        &mut self,
        clinic: &Clinic,
        visit: VisitId,
        by: &str,
        now: DateTime<Utc>,
    ) -> QueueDecision<()> {
        self.decide(clinic, by, now, |deciding| {
            let entry = allowed!(deciding.called(visit)?);
            deciding.append(FactKind::CallTakenBack { visit: entry.visit, by: by.to_string() }).map(Ok)
        })
    }

    /// A patient did not come when called: back to waiting, at the old place, with a second chance. After as many calls
    /// in vain as the routines say, a person is asked to look for them.
    pub fn mark_absent(
        &mut self,
        clinic: &Clinic,
        visit: VisitId,
        by: &str,
        now: DateTime<Utc>,
    ) -> QueueDecision<()> {
        self.decide(clinic, by, now, |deciding| {
            let entry = allowed!(deciding.called(visit)?);
            let rules = &clinic.routines.queue;
            let again_from = now + rules.again_after;
            deciding.append(FactKind::PatientAbsent { visit, by: by.to_string(), again_from })?;
            if (entry.absences + 1) % rules.tries == 0 {
                deciding.ask(
                    &entry,
                    RequestReason::NotThere,
                    format!("queue: called {} times", entry.absences + 1),
                )?;
            }
            Ok(Ok(()))
        })
    }

    /// Sends a patient on to another service. What they have waited stays theirs: the time at a service point does not
    /// count as waiting, everything before it does.
    pub fn transfer(
        &mut self,
        clinic: &Clinic,
        visit: VisitId,
        service: &str,
        by: &str,
        now: DateTime<Utc>,
    ) -> QueueDecision<()> {
        self.decide(clinic, by, now, |deciding| {
            if clinic.service(service).is_none() {
                return Ok(Err(QueueRefusal::NoSuchService));
            }
            let entry = allowed!(deciding.standing(visit)?);
            if entry.service == service {
                return Ok(Err(QueueRefusal::SameService));
            }
            let waited = match &entry.place {
                Place::Called { at, .. } => *at - entry.waits_since(),
                Place::Waiting | Place::Ended(_) => now - entry.waits_since(),
            };
            // Whoever came early has waited for nobody yet.
            let since = now - waited.max(chrono::TimeDelta::zero());
            let kind =
                FactKind::VisitTransferred { visit, service: service.to_string(), since, by: by.to_string() };
            deciding.append(kind)?;
            deciding.answer(&entry, &[RequestReason::NotThere])?;
            Ok(Ok(()))
        })
    }

    /// Says how soon a patient must be seen, and to which priority groups they belong.
    pub fn mark_visit(
        &mut self,
        clinic: &Clinic,
        visit: VisitId,
        urgency: Urgency,
        groups: Vec<String>,
        by: &str,
        now: DateTime<Utc>,
    ) -> QueueDecision<()> {
        self.decide(clinic, by, now, |deciding| {
            let entry = allowed!(deciding.standing(visit)?);
            let groups: Vec<_> =
                groups.into_iter().filter(|group| clinic.routines.queue.group(group).is_some()).collect();
            if (entry.urgency, &entry.groups) == (urgency, &groups) {
                return Ok(Ok(()));
            }
            deciding.append(FactKind::VisitMarked { visit, urgency, groups, by: by.to_string() }).map(Ok)
        })
    }

    /// Ends a visit: the patient was seen, or went away. Who waits can only have gone away.
    pub fn finish_visit(
        &mut self,
        clinic: &Clinic,
        visit: VisitId,
        end: VisitEnd,
        by: &str,
        now: DateTime<Utc>,
    ) -> QueueDecision<()> {
        self.decide(clinic, by, now, |deciding| {
            let entry = match end {
                VisitEnd::Seen => allowed!(deciding.called(visit)?),
                VisitEnd::Left { .. } | VisitEnd::Doubled { .. } | VisitEnd::NeverCalled => {
                    allowed!(deciding.standing(visit)?)
                }
            };
            deciding.finish(&entry, end).map(Ok)
        })
    }

    /// Takes an end back: of a visit that was ended by mistake, or of a patient who has come back. Who was seen is at
    /// the service point again if nobody else is there; everybody else waits at the old place.
    pub fn reopen_visit(
        &mut self,
        clinic: &Clinic,
        visit: VisitId,
        by: &str,
        now: DateTime<Utc>,
    ) -> QueueDecision<()> {
        self.decide(clinic, by, now, |deciding| {
            let Some(entry) = entry(deciding.tx, visit)?.filter(|entry| entry.day == deciding.today()) else {
                return Ok(Err(QueueRefusal::NoSuchVisit));
            };
            let point = match entry.place {
                Place::Ended(VisitEnd::Seen) => last_point(deciding.tx, visit)?,
                Place::Ended(VisitEnd::Left { .. } | VisitEnd::NeverCalled) => None,
                // The patient is called by the other ticket.
                Place::Ended(VisitEnd::Doubled { .. }) => return Ok(Err(QueueRefusal::Ended)),
                Place::Waiting | Place::Called { .. } => return Ok(Err(QueueRefusal::NotEnded)),
            };
            let point = match point {
                Some(point) if deciding.at_point(&point)?.is_none() => Some(point),
                Some(_) | None => None,
            };
            deciding.append(FactKind::VisitReopened { visit, point, by: by.to_string() }).map(Ok)
        })
    }

    fn decide<T>(
        &mut self,
        clinic: &Clinic,
        by: &str,
        now: DateTime<Utc>,
        work: impl FnOnce(&Deciding<'_>) -> Refusable<T>,
    ) -> QueueDecision<T> {
        let origin = self.origin.clone();
        self.write_or_leave(|tx| work(&Deciding { tx, origin: &origin, clinic, by, now }))
    }
}

impl Deciding<'_> {
    fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.clinic.zone).date_naive()
    }

    fn append(&self, kind: FactKind) -> Result<()> {
        append_own(self.tx, self.origin, kind, self.now).map(drop)
    }

    fn waiting(&self) -> Result<Vec<QueueEntry>> {
        let which = "WHERE entry.state = 'waiting' AND entry.day = ?1 ORDER BY visit.checked_in_at, visit.id";
        entries(self.tx, which, [self.today().to_string()])
    }

    /// Who is at a point.
    fn at_point(&self, point: &str) -> Result<Option<QueueEntry>> {
        let which =
            "WHERE entry.state = 'called' AND entry.day = ?1 AND entry.point = ?2 ORDER BY entry.called_at";
        Ok(entries(self.tx, which, (self.today().to_string(), point))?.pop())
    }

    /// A visit that is not over.
    fn standing(&self, visit: VisitId) -> Refusable<QueueEntry> {
        Ok(match entry(self.tx, visit)? {
            None => Err(QueueRefusal::NoSuchVisit),
            Some(QueueEntry { place: Place::Ended(_), .. }) => Err(QueueRefusal::Ended),
            Some(entry) => Ok(entry),
        })
    }

    fn waits(&self, visit: VisitId) -> Refusable<QueueEntry> {
        Ok(self.standing(visit)?.and_then(|entry| match entry.place {
            Place::Called { point, by, .. } => Err(QueueRefusal::CalledAlready { point, by }),
            Place::Waiting | Place::Ended(_) => Ok(entry),
        }))
    }

    fn called(&self, visit: VisitId) -> Refusable<QueueEntry> {
        Ok(self.standing(visit)?.and_then(|entry| match entry.place {
            Place::Called { .. } => Ok(entry),
            Place::Waiting | Place::Ended(_) => Err(QueueRefusal::NotCalled),
        }))
    }

    fn call(&self, entry: &QueueEntry, point: &str) -> Result<Called> {
        let (visit, by) = (entry.visit, self.by.to_string());
        self.append(FactKind::PatientCalled { visit, point: point.to_string(), by: by.clone() })?;
        // Two kiosks that could not hear of each other may have given two tickets for one appointment: who holds both
        // is called by one of them alone.
        for other in self.doubles(visit)? {
            let end = VisitEnd::Doubled { other: visit };
            self.append(FactKind::VisitFinished { visit: other, end, by: by.clone() })?;
        }
        self.answer(entry, &[RequestReason::WaitsTooLong])?;
        Ok(Called { visit, number: entry.number.clone(), point: point.to_string() })
    }

    /// Visits for the same appointment that wait beside this one.
    fn doubles(&self, visit: VisitId) -> Result<Vec<VisitId>> {
        let mut query = self.tx.prepare_cached(
            "SELECT other.id FROM visit JOIN visit AS other ON other.appointment = visit.appointment AND other.id <> visit.id
             JOIN queue_entry AS entry ON entry.visit = other.id AND entry.state = 'waiting' WHERE visit.id = ?1",
        )?;
        let rows = query.query_map([visit.0.to_string()], |row| row.get::<_, String>(0))?;
        rows.map(|id| Ok(VisitId(super::flagged::uuid(&id?)?))).collect()
    }

    fn finish(&self, entry: &QueueEntry, end: VisitEnd) -> Result<()> {
        self.append(FactKind::VisitFinished { visit: entry.visit, end, by: self.by.to_string() })?;
        self.answer(entry, &[RequestReason::WaitsTooLong, RequestReason::NotThere])
    }

    /// Raises a request about somebody in the queue.
    fn ask(&self, entry: &QueueEntry, reason: RequestReason, stopped_at: String) -> Result<()> {
        let request = super::flagged::about(self.tx, self.clinic, entry, reason, stopped_at, self.now)?;
        self.append(FactKind::RequestRaised { request })
    }

    /// What was asked about somebody in the queue has answered itself.
    fn answer(&self, entry: &QueueEntry, reasons: &[RequestReason]) -> Result<()> {
        for reason in reasons {
            let open: Option<String> = self
                .tx
                .prepare_cached(
                    "SELECT id FROM request WHERE state <> 'resolved' AND body ->> 'ticket' = ?1 AND body ->> 'reason' = ?2",
                )?
                .query_row((entry.ticket.0.to_string(), reason.id()), |row| row.get(0))
                .optional()?;
            if let Some(id) = open {
                let request = RequestId(super::flagged::uuid(&id)?);
                let note = format!("{} was called or is done", entry.number);
                self.append(FactKind::RequestResolved { request, by: self.by.to_string(), note })?;
            }
        }
        Ok(())
    }
}

/// Where an ended visit was when it ended.
fn last_point(tx: &Transaction<'_>, visit: VisitId) -> Result<Option<String>> {
    let mut query = tx.prepare_cached("SELECT point FROM queue_entry WHERE visit = ?1")?;
    Ok(query.query_row([visit.0.to_string()], |row| row.get(0)).optional()?.flatten())
}

/// A request that the desk itself raises of what it noticed in its queue.
pub fn noticed(clinic: &Clinic, reason: RequestReason, now: DateTime<Utc>) -> Request {
    Request::noticed(RequestId(Uuid::now_v7()), reason, clinic, DESK, now)
}

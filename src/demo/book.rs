//! The invented patients, and appointments that are always around now.

use crate::clinic::Clinic;
use crate::front_desk::appointment::{Appointment, AppointmentId, AppointmentStatus};
use crate::front_desk::code::Code;
use crate::front_desk::money::{Currency, Money};
use crate::front_desk::patient::{DateOfBirth, Patient, PatientId, PersonName, Source};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;

/// Somebody who can come to the kiosk.
pub(super) struct Guest {
    pub(super) name: PersonName,
    pub(super) born: DateOfBirth,
    pub(super) appointment: Option<(AppointmentId, DateTime<Utc>)>,
    pub(super) what_happens: &'static str,
}

impl Guest {
    /// The code on this guest's appointment letter.
    pub(super) fn code(&self) -> Option<String> {
        self.appointment.map(|(id, _)| Code::Appointment(id).text())
    }

    pub(super) fn line(&self, clinic: &Clinic) -> String {
        let born = self.born.date().format("%d %m %Y");
        let when = self.appointment.map_or_else(
            || "—".to_string(),
            |(_, at)| at.with_timezone(&clinic.zone).format("%H:%M").to_string(),
        );
        format!("born {born}  {:<24} {when:>5}  {}", self.name.full(), self.what_happens)
    }
}

/// Minutes from now; `None` for nobody's appointment.
type When = Option<i64>;

/// Given name, family name, date of birth, service, clinician, when, what happens.
type Row = (&'static str, &'static str, (i32, u32, u32), &'static str, &'static str, When, &'static str);

const DAY: i64 = 24 * 60;
/// The one whose appointment was called off.
const CANCELLED: &str = "Nowak";
/// The one who owes something.
const OWES: &str = "García López";

/// The first of them speak the example's languages, in their order.
const ROWS: [Row; 19] = [
    ("Margaret", "Thompson", (1950, 11, 7), "general", "Dr Chen", Some(10), "is checked in"),
    (
        "María Luisa",
        "García López",
        (1968, 3, 21),
        "blood",
        "Nurse Ruiz",
        Some(5),
        "is checked in: type garcia",
    ),
    ("Camille", "Lefèvre", (1974, 4, 9), "general", "Dr Chen", Some(35), "is checked in: type lefevre"),
    ("Jürgen", "Müller-Weiß", (1961, 12, 30), "general", "Dr Okafor", Some(45), "is checked in: type muller"),
    ("João", "Oliveira", (1990, 8, 16), "children", "Dr Okafor", Some(40), "is checked in"),
    ("ليلى", "حداد", (1987, 6, 2), "general", "Dr Okafor", Some(20), "is checked in, in Arabic"),
    ("आरती", "शर्मा", (1979, 9, 14), "children", "Dr Okafor", Some(25), "is checked in, in Hindi"),
    ("Wei", "Zhang", (1998, 2, 5), "general", "Dr Chen", Some(15), "is checked in"),
    ("Seán", "O'Brien", (2000, 2, 29), "general", "Dr Chen", Some(35), "is checked in: type obrien"),
    ("Tom", "Baker", (1993, 4, 18), "general", "Dr Chen", Some(150), "is early"),
    ("Ingrid", "Larsen", (1944, 8, 8), "general", "Dr Okafor", Some(-40), "is late"),
    ("Anna", "Nowak", (1971, 1, 25), "general", "Dr Chen", Some(30), "was cancelled"),
    ("Chidi", "Eze", (1985, 10, 3), "blood", "Nurse Ruiz", Some(2 * DAY), "has come on the wrong day"),
    ("Rosa", "Blanco", (1958, 5, 12), "general", "", None, "has no appointment"),
    ("John", "Smith", (1970, 7, 7), "general", "Dr Chen", Some(15), "two records fit: a case for the desk"),
    (
        "Jonathan",
        "Smith",
        (1970, 7, 7),
        "general",
        "Dr Okafor",
        Some(25),
        "two records fit: a case for the desk",
    ),
    ("Yuki", "Tanaka", (2019, 2, 3), "children", "Dr Okafor", Some(12), "is checked in"),
    ("Omar", "Farouk", (1990, 1, 1), "general", "Dr Chen", Some(8), "is checked in"),
    ("Priya", "Nair", (1982, 6, 30), "blood", "Nurse Ruiz", Some(18), "is checked in"),
];

/// Patients and appointments around `now`, and who of them can be played.
pub(super) fn invent(clinic: &Clinic, now: DateTime<Utc>) -> (Vec<Guest>, Vec<Patient>, Vec<Appointment>) {
    let today = now.with_timezone(&clinic.zone).date_naive();
    let mut guests = Vec::new();
    let mut patients = Vec::new();
    let mut appointments = Vec::new();
    for (number, (given, family, (year, month, day), service, clinician, when, what_happens)) in
        ROWS.into_iter().enumerate()
    {
        let name = PersonName { given: given.into(), family: family.into() };
        let Some(born) = NaiveDate::from_ymd_opt(year, month, day)
            .and_then(|date| DateOfBirth::from_date(date, today).ok())
        else {
            continue;
        };
        // The same people every time: whoever practises for days meets no doubles.
        let id = PatientId(Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{given} {family}").as_bytes()));
        patients.push(Patient {
            id,
            number: Some(format!("{}", 100_017 + number * 31)),
            name: name.clone(),
            date_of_birth: born,
            sex: None,
            phone: None,
            address: None,
            emergency_contact: None,
            language: None,
            source: Source::Imported,
            // She has no fee today, and something from before.
            balance_due: Currency::parse("EUR")
                .filter(|_| family == OWES)
                .map(|currency| Money { minor: 4250, currency }),
            further: Default::default(),
        });
        let appointment =
            when.map(|minutes| (AppointmentId(Uuid::now_v7()), five(now) + TimeDelta::minutes(minutes)));
        if let Some((appointment, starts_at)) = appointment {
            let status = match family {
                CANCELLED => AppointmentStatus::Cancelled,
                _ => AppointmentStatus::Booked,
            };
            appointments.push(Appointment {
                id: appointment,
                patient: id,
                service: service.into(),
                clinician: clinician.into(),
                starts_at,
                minutes: 15,
                status,
                site: None,
            });
        }
        guests.push(Guest { name, born, appointment, what_happens });
    }
    (guests, patients, appointments)
}

/// The last full five minutes: appointments stand on a grid.
fn five(now: DateTime<Utc>) -> DateTime<Utc> {
    let seconds = now.timestamp();
    DateTime::from_timestamp(seconds - seconds.rem_euclid(300), 0).unwrap_or(now)
}

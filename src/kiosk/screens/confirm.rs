use super::{Confirm, Speaker, family, said};
use crate::clinic::Clinic;
use crate::front_desk::appointment::Arrival;
use crate::kiosk::session::{Known, Session};

pub(super) fn confirm(known: &Known, session: &Session, clinic: &Clinic, speaker: &Speaker<'_>) -> Confirm {
    let lines = match session.arrival(known, clinic) {
        Arrival::OnTime(appointment)
        | Arrival::Early(appointment, _)
        | Arrival::Late(appointment)
        | Arrival::Missed(appointment)
        | Arrival::OtherSite(appointment)
        | Arrival::AlreadyCheckedIn(appointment, _)
        | Arrival::Cancelled(appointment)
        | Arrival::Changed(appointment, _)
        | Arrival::OtherDay(appointment) => {
            // Shortly before midnight an appointment may be at hand and tomorrow's.
            let day = appointment.starts_at.with_timezone(&clinic.zone).date_naive();
            let today = day == session.today(clinic);
            let when = if today { "confirm-today" } else { "confirm-other-day" };
            vec![speaker.say_on(when, appointment.starts_at), appointment.clinician]
        }
        Arrival::NoAppointment => vec![speaker.say("confirm-no-appointment")],
    };
    let mut lines = said(lines);
    let members = family::members(known, session, clinic, speaker);
    if !members.is_empty() {
        lines.push(speaker.say_with("family-also", &[("names", members.as_str().into())]));
    }
    // Whoever acts for a patient is asked about the patient.
    let [title, yes, no] = match session.companion {
        None => ["confirm-title", "thats-me", "not-me"],
        Some(_) => ["confirm-patient-title", "thats-the-patient", "not-the-patient"],
    };
    Confirm {
        title: speaker.say(title),
        name: known.patient.name.masked(),
        on_file: false,
        lines,
        yes: speaker.say(yes),
        no: speaker.say(no),
        all: if members.is_empty() { String::new() } else { speaker.say("family-all") },
    }
}

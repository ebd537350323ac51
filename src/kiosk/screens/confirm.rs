use super::{Confirm, Speaker, said};
use crate::clinic::Clinic;
use crate::front_desk::appointment::Arrival;
use crate::kiosk::session::{Known, Session};

pub(super) fn confirm(known: &Known, session: &Session, clinic: &Clinic, speaker: &Speaker<'_>) -> Confirm {
    let lines = match session.arrival(known, clinic) {
        Arrival::OnTime(appointment)
        | Arrival::Early(appointment, _)
        | Arrival::Late(appointment)
        | Arrival::AlreadyCheckedIn(appointment, _)
        | Arrival::Cancelled(appointment)
        | Arrival::OtherDay(appointment) => {
            // Shortly before midnight an appointment may be at hand and tomorrow's.
            let day = appointment.starts_at.with_timezone(&clinic.zone).date_naive();
            let today = day == session.today(clinic);
            let when = if today { "confirm-today" } else { "confirm-other-day" };
            vec![speaker.say_on(when, appointment.starts_at), appointment.clinician]
        }
        Arrival::NoAppointment => vec![speaker.say("confirm-no-appointment")],
    };
    Confirm {
        title: speaker.say("confirm-title"),
        name: known.patient.name.masked(),
        on_file: false,
        lines: said(lines),
        yes: speaker.say("thats-me"),
        no: speaker.say("not-me"),
    }
}

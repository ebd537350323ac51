use super::question::question;
use super::{Choice, Done, Entry, Notice, Question, Speaker, Tone, said};
use crate::clinic::Clinic;
use crate::front_desk::appointment::Appointment;
use crate::front_desk::booking::{PartOfDay, Slot};
use crate::front_desk::code::Code;
use crate::front_desk::ticket::PaperState;
use crate::interop::icalendar;
use crate::kiosk::session::{
    Booked, Booking, BookingProblem, BookingStage, Choosing, Narrowing, Purpose, Session, Settled, bookable,
};

/// What the stage asks.
pub(super) fn booking(
    booking: &Booking,
    session: &Session,
    clinic: &Clinic,
    speaker: &Speaker<'_>,
) -> Question {
    let error = match booking.problem {
        None => String::new(),
        Some(BookingProblem::Taken) => speaker.say("booking-taken"),
        Some(BookingProblem::Changed) => speaker.say("booking-changed"),
    };
    let choices = |title, hint, labels: Vec<String>| {
        let choices = labels.into_iter().map(|label| Choice { label, selected: false }).collect();
        let mut asked = question(speaker, (1, 1), title, hint, Entry::Choices(choices), error.clone());
        // A touch on a choice goes on by itself.
        asked.labels.next = String::new();
        asked
    };
    let statement = |title, lines: Vec<String>, yes, no| {
        let entry = Entry::Statement(said(lines).join("\n"));
        let mut asked = question(speaker, (1, 1), title, "", entry, error.clone());
        asked.labels.yes = speaker.say(yes);
        asked.labels.no = speaker.say(no);
        asked
    };
    match &booking.stage {
        BookingStage::Overview => {
            let ahead = booking.ahead(session.moment.now);
            let mut labels: Vec<_> =
                ahead.into_iter().map(|appointment| in_one_line(appointment, speaker)).collect();
            labels.push(speaker.say("booking-new"));
            choices("booking-title", "booking-hint", labels)
        }
        BookingStage::One(appointment) => {
            let labels = ["booking-move", "booking-earlier", "booking-cancel"].map(|key| speaker.say(key));
            let mut asked = choices("booking-one-title", "", labels.into());
            asked.hint = in_one_line(appointment, speaker);
            asked
        }
        BookingStage::Cancelling(appointment) => {
            let lines = about_appointment(appointment, clinic, speaker);
            statement("booking-cancel-title", lines, "booking-cancel-yes", "booking-cancel-no")
        }
        BookingStage::Offered(offer) => {
            let lines = about_slot(&offer.slot, clinic, speaker);
            statement("booking-offer-title", lines, "booking-offer-yes", "booking-offer-no")
        }
        BookingStage::Service(_) => {
            let code = speaker.language().code();
            let services = bookable(clinic);
            let labels = services.iter().map(|service| service.name.text(code).to_string()).collect();
            choices("booking-service-title", "", labels)
        }
        BookingStage::NoneFree(purpose, _) => {
            let (hint, first) = match purpose {
                Purpose::WalkIn { .. } => ("booking-none-today", "booking-other-days"),
                Purpose::New | Purpose::Move(_) => ("booking-none", "booking-wait"),
            };
            choices("booking-none-title", hint, vec![speaker.say(first), speaker.say("ask-desk")])
        }
        BookingStage::Choosing(choosing) => match &choosing.at {
            Narrowing::Clinician => {
                let anybody = speaker.say("booking-anybody");
                let names = choosing.clinicians().into_iter().map(str::to_string);
                choices("booking-clinician-title", "", std::iter::once(anybody).chain(names).collect())
            }
            Narrowing::Part => {
                let first = choosing.fitting(clinic).next().map(|slot| first_free(slot, choosing, speaker));
                let parts = choosing.parts(clinic).into_iter().map(|part| speaker.say(part_key(part)));
                let labels = first.into_iter().chain([speaker.say("booking-any-time")]).chain(parts);
                choices("booking-part-title", "", labels.collect())
            }
            Narrowing::Day => {
                let days =
                    choosing.days(clinic).into_iter().map(|(_, first)| speaker.short_day(first.starts_at));
                choices("booking-day-title", "", days.collect())
            }
            Narrowing::Time => {
                let times = choosing.fitting(clinic).map(|slot| at_time(slot, choosing, speaker)).collect();
                let mut asked = choices("booking-time-title", "", times);
                asked.hint = choosing
                    .fitting(clinic)
                    .next()
                    .map_or_else(String::new, |slot| speaker.day(slot.starts_at));
                asked
            }
            Narrowing::Review(slot) => {
                let mut lines = about_slot(slot, clinic, speaker);
                let (title, yes) = match &choosing.purpose {
                    Purpose::New => ("booking-review-title", "booking-review-yes"),
                    Purpose::WalkIn { .. } => ("booking-walk-in-title", "booking-review-yes"),
                    Purpose::Move(from) => {
                        lines.push(speaker.say_on("booking-instead-of", from.starts_at));
                        ("booking-move-title", "booking-move-yes")
                    }
                };
                statement(title, lines, yes, "booking-review-no")
            }
        },
    }
}

/// The slip of an appointment on the glass, with the two codes that stand on the paper.
pub(super) fn booked(booked: &Booked, clinic: &Clinic, speaker: &Speaker<'_>) -> Done {
    let appointment = &booked.appointment;
    let (paper, paper_tone) = match booked.paper {
        PaperState::Reserved => ("slip-reserved", Tone::Calm),
        PaperState::Printed => ("booked-slip-printed", Tone::Good),
        PaperState::NotPrinted | PaperState::NotKnown => ("booked-slip-not-printed", Tone::Attention),
    };
    let code = speaker.language().code();
    let service = clinic.service_or_first(&appointment.service).name.text(code).to_string();
    Done {
        title: speaker.say(if booked.moved { "booked-moved-title" } else { "booked-title" }),
        number_label: speaker.day(appointment.starts_at),
        number: speaker.clock(appointment.starts_at),
        lines: said(vec![service, appointment.clinician.clone(), speaker.say("booked-bring")]),
        on_paper: Vec::new(),
        paper: speaker.say(paper),
        paper_tone,
        code: Code::Appointment(appointment.id).text(),
        code_label: speaker.say("booked-check-in-code"),
        calendar: icalendar::event(appointment, clinic, code),
        calendar_label: speaker.say("booked-calendar-code"),
        again: if booked.check_in { speaker.say("booked-check-in") } else { String::new() },
        again_prints: false,
        pay: String::new(),
        another: String::new(),
        finish: speaker.say("finish"),
    }
}

pub(super) fn settled(settled: &Settled, speaker: &Speaker<'_>) -> Notice {
    let (title, lines, secondary) = match settled {
        Settled::Cancelled { appointment, .. } => (
            "booking-cancelled-title",
            vec![in_one_line(appointment, speaker), speaker.say("booking-cancelled-line")],
            speaker.say("booking-another"),
        ),
        Settled::Waiting => {
            ("booking-waiting-title", vec![speaker.say("booking-waiting-line")], String::new())
        }
    };
    Notice {
        tone: Tone::Good,
        busy: false,
        title: speaker.say(title),
        lines,
        primary: speaker.say("finish"),
        secondary,
    }
}

fn in_one_line(appointment: &Appointment, speaker: &Speaker<'_>) -> String {
    let when = speaker.say_on("confirm-other-day", appointment.starts_at);
    if appointment.clinician.is_empty() { when } else { format!("{when} · {}", appointment.clinician) }
}

fn about_appointment(appointment: &Appointment, clinic: &Clinic, speaker: &Speaker<'_>) -> Vec<String> {
    let service = clinic.service_or_first(&appointment.service);
    vec![
        speaker.say_on("confirm-other-day", appointment.starts_at),
        service.name.text(speaker.language().code()).to_string(),
        appointment.clinician.clone(),
    ]
}

fn about_slot(slot: &Slot, clinic: &Clinic, speaker: &Speaker<'_>) -> Vec<String> {
    let service = clinic.service_or_first(&slot.service);
    vec![
        speaker.say_on("confirm-other-day", slot.starts_at),
        service.name.text(speaker.language().code()).to_string(),
        slot.clinician.clone(),
    ]
}

fn first_free(slot: &Slot, choosing: &Choosing, speaker: &Speaker<'_>) -> String {
    let first = speaker.say_on("booking-first", slot.starts_at);
    if choosing.names_clinicians() { format!("{first} · {}", slot.clinician) } else { first }
}

fn at_time(slot: &Slot, choosing: &Choosing, speaker: &Speaker<'_>) -> String {
    let time = speaker.clock(slot.starts_at);
    if choosing.names_clinicians() { format!("{time} · {}", slot.clinician) } else { time }
}

fn part_key(part: PartOfDay) -> &'static str {
    match part {
        PartOfDay::Morning => "booking-morning",
        PartOfDay::Afternoon => "booking-afternoon",
        PartOfDay::Evening => "booking-evening",
    }
}

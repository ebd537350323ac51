use super::{Done, Notice, Speaker, Tone, arrival, pay};
use crate::clinic::Clinic;
use crate::front_desk::code::Code;
use crate::front_desk::ticket::PaperState;
use crate::kiosk::session::{self, Session};

pub(super) fn done(done: &session::Done, session: &Session, clinic: &Clinic, speaker: &Speaker<'_>) -> Done {
    let ticket = &done.ticket;
    let service = clinic.service_or_first(&ticket.service);
    let wait = speaker.wait(ticket.expected(), done.told_at);
    let (paper, paper_tone) = match done.paper {
        None => ("", Tone::Calm),
        Some(PaperState::Reserved) => ("paper-reserved", Tone::Calm),
        Some(PaperState::Printed) => ("paper-printed", Tone::Good),
        Some(PaperState::NotPrinted) => ("paper-not-printed", Tone::Attention),
        Some(PaperState::NotKnown) => ("paper-not-known", Tone::Attention),
    };
    let mut lines = vec![
        wait,
        service.seat.text(speaker.language().code()).to_string(),
        speaker.say_at("come-back", ticket.come_back_at),
    ];
    lines.extend(done.obstacles.iter().flat_map(|each| arrival::beside_the_ticket(each, clinic, speaker)));
    let (owed, pay) = pay::beside_the_ticket(session.owed_by(done), speaker);
    lines.extend(owed);
    Done {
        title: speaker.say(if done.before { "done-before-title" } else { "done-title" }),
        number_label: speaker.say("your-number"),
        number: ticket.number.to_string(),
        lines,
        on_paper: own_words(clinic, speaker),
        paper: if paper.is_empty() { String::new() } else { speaker.say(paper) },
        paper_tone,
        code: Code::Ticket(ticket.id).text(),
        code_label: speaker.say("ticket-code"),
        calendar: String::new(),
        calendar_label: String::new(),
        again_prints: true,
        again: if done.before && done.paper.is_none() { speaker.say("print-again") } else { String::new() },
        pay,
        another: speaker.say(if done.offers_text() { "write-down" } else { "another-person" }),
        finish: speaker.say("finish"),
    }
}

fn own_words(clinic: &Clinic, speaker: &Speaker<'_>) -> Vec<String> {
    let words = clinic.routines.ticket_layout.own_words(speaker.language().code());
    words.map(str::to_string).collect()
}

/// What a patient without paper may want to write down, and nothing else: as much as a line each has room for on a
/// scrap of paper.
pub(super) fn to_write(done: &session::Done, clinic: &Clinic, speaker: &Speaker<'_>) -> Notice {
    let (ticket, language) = (&done.ticket, speaker.language().code());
    let service = clinic.service_or_first(&ticket.service);
    Notice {
        tone: Tone::Calm,
        busy: false,
        title: format!("{} {}", speaker.say("your-number"), ticket.number),
        lines: vec![
            service.name.text(language).to_string(),
            service.seat.text(language).to_string(),
            speaker.say_with("ticket-expected", &speaker.clock_range(ticket.expected())),
            speaker.say_at("come-back", ticket.come_back_at),
        ],
        primary: speaker.say("finish"),
        secondary: speaker.say("pay-back-to-ticket"),
    }
}

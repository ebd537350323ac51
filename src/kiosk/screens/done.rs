use super::{Done, Speaker, Tone, arrival, pay};
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
        paper: if paper.is_empty() { String::new() } else { speaker.say(paper) },
        paper_tone,
        code: Code::Ticket(ticket.id).text(),
        code_label: speaker.say("ticket-code"),
        calendar: String::new(),
        calendar_label: String::new(),
        again_prints: true,
        again: if done.before && done.paper.is_none() { speaker.say("print-again") } else { String::new() },
        pay,
        another: speaker.say("another-person"),
        finish: speaker.say("finish"),
    }
}

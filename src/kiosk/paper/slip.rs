//! What the printed slip of a case says.

use super::Paper;
use crate::clinic::Clinic;
use crate::front_desk::code::Code;
use crate::front_desk::request::Request;
use crate::kiosk::screens::Speaker;
use vestibule_hardware::printer::{Document, TextSize};

/// The slip of a case: its number and code, where it goes and by when it is answered, and a code that opens it
/// at any kiosk. Neither name nor words stand on it: it is left lying about. Nothing for what is no case.
pub fn document(clinic: &Clinic, speaker: &Speaker<'_>, request: &Request) -> Option<Document> {
    let case = request.case.as_ref()?;
    let language = speaker.language().code();
    let routines = &clinic.routines;
    let category = request.category.as_deref().and_then(|id| routines.category(id));
    let to = request.chain.first().and_then(|rung| routines.destination(&rung.to));

    let mut paper = Paper::begin(clinic, speaker);
    paper.rule();
    paper.centred(speaker.say("slip-title"));
    paper.number(case.number.clone(), TextSize::Large);
    let code = speaker.say_with("slip-code", &[("code", case.code.as_str().into())]);
    paper.centred_strong(code, TextSize::Normal);
    paper.rule();
    paper.line(speaker.say_on("slip-received", request.raised_at));
    let named = |key, name, text: &str| speaker.say_with(key, &[(name, text.into())]);
    if let Some(category) = category {
        paper.line(named("slip-subject", "subject", category.name.text(language)));
    }
    if let Some(destination) = to {
        paper.line(named("slip-to", "name", destination.name.text(language)));
    }
    // Both days that the clinic's law gives: until somebody has taken it up, and until it is answered.
    if let Some(rung) = request.chain.first() {
        paper.line(speaker.say_day("slip-taken-up-by", rung.answer_by));
    }
    paper.strong(speaker.say_day("case-answer-by", case.answer_by));
    paper.code(&Code::Case(request.id));
    paper.centred(speaker.say("slip-how"));
    Some(paper.end(clinic, speaker))
}

use super::{Choice, Said, Speaker, Talk, said};
use crate::clinic::Clinic;
use crate::front_desk::message::{Message, Side};
use crate::front_desk::request::{RequestId, RequestReason};
use crate::kiosk::session::{Place, RaisedRequest, RequestProgress, Session};

pub(super) fn talk(id: RequestId, session: &Session, clinic: &Clinic, speaker: &Speaker<'_>) -> Talk {
    let code = speaker.language().code();
    let request = session.request(id);
    let category = request.and_then(|request| request.category.as_deref());
    let category = category.and_then(|id| clinic.routines.category(id));
    let case = request.and_then(|request| request.case.as_ref());
    let title = match (case, category) {
        (Some(case), _) => speaker.say_with("case-title", &[("number", case.number.as_str().into())]),
        (None, Some(category)) => category.name.text(code).to_string(),
        (None, None) => speaker.say("talk-title"),
    };
    // What the desk noticed by itself the patient has not asked for.
    let noticed = |request: &&RaisedRequest| {
        matches!(request.reason, RequestReason::WaitsTooLong | RequestReason::NotThere)
    };
    let own = request.filter(|request| !noticed(request));
    let state = own.map_or_else(String::new, |request| match &request.progress {
        RequestProgress::Acknowledged(by) if case.is_some() => {
            speaker.say_with("case-taken", &[("name", by.as_str().into())])
        }
        RequestProgress::Acknowledged(by) => speaker.say_with("on-the-way", &[("name", by.as_str().into())]),
        RequestProgress::Resolved => speaker.say("request-resolved"),
        RequestProgress::NotKept => speaker.say("request-not-kept"),
        RequestProgress::Raising | RequestProgress::Kept => speaker.say("request-kept"),
        RequestProgress::Delivered => speaker.say("request-delivered"),
    });
    let place = Place { clinic, kiosk: "" };
    let over = is_over(session, id);
    let due = match case {
        Some(case) if !over => speaker.say_day("case-answer-by", case.answer_by),
        _ => String::new(),
    };
    let unsaid = match request {
        Some(request) if request.unsaid => speaker.say("message-not-kept"),
        _ => String::new(),
    };
    let late = match request {
        Some(request) if request.overdue && !over => speaker.say("case-overdue"),
        _ => String::new(),
    };
    let answers = session.answers(id, place).into_iter();
    let messages = request.map_or(&[][..], |request| request.messages.as_slice());
    Talk {
        title,
        lines: said(vec![unsaid, late, state, due]),
        messages: messages.iter().map(|message| line(message, clinic, speaker)).collect(),
        none: speaker.say("talk-none"),
        answers: answers
            .filter(|_| !over)
            .map(|phrase| Choice { label: phrase.text.text(code).to_string(), selected: false })
            .collect(),
        write: if over { String::new() } else { speaker.say("talk-write") },
        close: speaker.say("talk-close"),
    }
}

/// Whether nobody reads what would be said any more.
fn is_over(session: &Session, id: RequestId) -> bool {
    session.request(id).is_none_or(|request| !request.is_under_way())
}

/// A phrase is read in the language of the screen; what was written freely as it was written.
fn line(message: &Message, clinic: &Clinic, speaker: &Speaker<'_>) -> Said {
    let phrase = message.phrase.as_deref().and_then(|id| clinic.routines.phrase(id));
    let text = match phrase {
        Some(phrase) => phrase.text.text(speaker.language().code()).to_string(),
        None => message.words.0.clone(),
    };
    let own = message.from == Side::Patient;
    let time = speaker.clock(message.at);
    let who = match own {
        true => speaker.say_with("said-by-you", &[("time", time.into())]),
        false => speaker.say_with("said-by", &[("name", message.by.as_str().into()), ("time", time.into())]),
    };
    Said { text, who, own }
}

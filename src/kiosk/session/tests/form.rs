//! The clinic's own forms: asked when they are due, answered back and forth, looked over, and sent.

use super::*;
use crate::clinic::{RoutineTexts, read_texts};
use crate::front_desk::form::{Given as Kept, Signature};
use crate::front_desk::urgency::Urgency;

/// A form that is not the example's: asked for everybody, with what needs a person in it.
const TRIAGE: &str = r#"
[[form]]
id = "triage"
title = { en = "How you are", es = "Cómo está", ar = "حالك", hi = "हाल", fr = "Comment vous allez", de = "Wie es Ihnen geht", pt = "Como você está", zh = "您的状况" }
asked = ["check-in", "registration"]
how_often = "every 7 days"

[[form.question]]
id = "fever"
kind = "yes-no"
required = true
text = { en = "Have you a fever?", es = "¿Tiene fiebre?", ar = "هل لديك حمى؟", hi = "क्या बुखार है?", fr = "Avez-vous de la fièvre ?", de = "Haben Sie Fieber?", pt = "Você tem febre?", zh = "您发烧吗？" }
[[form.question.raise]]
when = { equals = "yes" }
urgency = "urgent"
subject = "Has a fever: mask and a seat of their own"

[[form.question]]
id = "heat"
kind = "number"
min = 30
max = 45
decimals = 1
show_when = { question = "fever", equals = "yes" }
text = { en = "How high is it?", es = "¿Cuánta?", ar = "كم؟", hi = "कितना?", fr = "Combien ?", de = "Wie hoch ist es?", pt = "Quanto?", zh = "多少度？" }
[[form.question.raise]]
when = { more_than = 40.5 }
red_flag = "chest-pain"

[[form.question]]
id = "words"
kind = "text"
text = { en = "Anything else?", es = "¿Algo más?", ar = "شيء آخر؟", hi = "कुछ और?", fr = "Autre chose ?", de = "Sonst noch etwas?", pt = "Algo mais?", zh = "还有别的吗？" }
"#;

static TRIAGE_CLINIC: LazyLock<Clinic> = LazyLock::new(|| {
    let mut texts = RoutineTexts::example();
    texts.replace("forms.toml", TRIAGE.into());
    read_texts("clinic.toml", EXAMPLE, &texts).unwrap_or_else(|errors| panic!("{errors:?}"))
});

fn question(lobby: &Lobby) -> screens::Question {
    match lobby.screen() {
        Screen::Question(question) => *question,
        other => panic!("no question: {other:?}"),
    }
}

fn review(lobby: &Lobby) -> Vec<(String, String)> {
    match lobby.screen() {
        Screen::Review(review) => review.rows.into_iter().map(|row| (row.question, row.answer)).collect(),
        other => panic!("nothing to look over: {other:?}"),
    }
}

fn raised(lobby: &Lobby) -> Vec<&Request> {
    let each = lobby.effects.iter().filter_map(|effect| match effect {
        Effect::Raise(request) => Some(request.as_ref()),
        _ => None,
    });
    each.collect()
}

fn checked_in(lobby: &Lobby) -> &NewVisit {
    match lobby.asked().1 {
        Question::CheckIn(visit) => visit,
        other => panic!("no check-in: {other:?}"),
    }
}

/// At the first question of the form.
fn asked() -> Lobby {
    let mut lobby = Lobby::of(&TRIAGE_CLINIC);
    lobby.confirming(booked(20)).touch(Touch::Yes);
    lobby
}

#[test]
fn a_form_is_asked_before_the_check_in_looked_over_and_sent_with_it() {
    let mut lobby = asked();
    let shown = question(&lobby);
    assert_eq!((shown.title.as_str(), shown.progress.as_str()), ("Have you a fever?", "How you are: 1 of 2"));
    assert_eq!(shown.labels.back, "", "nothing of the form lies before it");
    lobby.touch(Touch::Next);
    assert_eq!(question(&lobby).error, "Please choose one of the answers.");
    lobby.touch(Touch::Choice(1)).touch(Touch::Next);
    assert_eq!(question(&lobby).title, "Anything else?");
    lobby.type_in("I was late").touch(Touch::Back);
    let screens::Entry::Choices(choices) = question(&lobby).entry else { panic!("no choices") };
    assert!(choices[1].selected, "going back lost the answer");
    lobby.touch(Touch::Next).touch(Touch::Next);
    let expected = [("Have you a fever?", "No"), ("Anything else?", "I was late")];
    assert_eq!(review(&lobby), expected.map(|(asked, given)| (asked.to_string(), given.to_string())));
    // Touched, changed, and back to looking over.
    lobby.touch(Touch::Choice(1)).type_in("!").touch(Touch::Next);
    assert_eq!(review(&lobby)[1].1, "I was late!");
    lobby.touch(Touch::Next);
    assert!(raised(&lobby).is_empty());
    let visit = checked_in(&lobby);
    let form = &visit.forms[0];
    assert_eq!(
        (form.form.as_str(), form.language.as_str(), form.at),
        ("triage", "en", lobby.session.moment.now)
    );
    assert_eq!(form.answers.len(), 2, "what was not asked is not sent");
    assert_eq!(form.answers[0].given, Kept::YesNo { yes: false });
    lobby.answer(Answer::CheckedIn(ticket()));
    assert!(matches!(lobby.session.step, Step::Done(_)));
}

#[test]
fn an_answer_that_is_changed_asks_what_it_calls_for_before_it_can_be_sent() {
    let mut lobby = asked();
    lobby.touch(Touch::Choice(1)).touch(Touch::Next).touch(Touch::Next);
    lobby.touch(Touch::Choice(0)).touch(Touch::Choice(0)).touch(Touch::Next);
    assert_eq!(question(&lobby).title, "How high is it?");
    for (typed, problem) in [("7", "it is 30 at least"), ("77", "it is 45 at most"), (".5", "45 at most")] {
        lobby.type_in(typed).touch(Touch::Next);
        assert!(question(&lobby).error.contains(problem), "{}", question(&lobby).error);
    }
    for _ in 0..10 {
        lobby.event(Event::Erased);
    }
    lobby.type_in("38,5").touch(Touch::Next);
    assert_eq!(review(&lobby)[1], ("How high is it?".into(), "38.5".into()));
    // And no longer asked, it is neither looked over nor sent.
    lobby.touch(Touch::Choice(0)).touch(Touch::Choice(1)).touch(Touch::Next);
    assert_eq!(review(&lobby).len(), 2);
}

#[test]
fn an_urgent_answer_is_told_when_it_is_sent_and_the_patient_goes_on() {
    let mut lobby = asked();
    lobby.touch(Touch::Choice(0)).touch(Touch::Next).touch(Touch::Next).touch(Touch::Next);
    assert!(raised(&lobby).is_empty());
    lobby.touch(Touch::Next);
    let [request] = raised(&lobby)[..] else { panic!("not one request") };
    assert_eq!((request.reason, request.urgency), (RequestReason::FormAnswer, Urgency::Urgent));
    assert_eq!(request.headline(), "Has a fever: mask and a seat of their own");
    assert_eq!(request.words.0, "Have you a fever? Yes");
    assert_eq!(
        (request.chain[0].to.as_str(), request.patients.as_slice()),
        ("nurse", [maria().id].as_slice())
    );
    // The store fails: nothing is told twice, and nothing of the answers is lost.
    lobby.answer(Answer::Failed).touch(Touch::Again);
    assert_eq!(review(&lobby)[0].1, "Yes");
    lobby.touch(Touch::Next);
    let fevers = raised(&lobby).iter().filter(|request| request.reason == RequestReason::FormAnswer).count();
    assert_eq!((fevers, checked_in(&lobby).forms.len()), (1, 1));
    lobby.answer(Answer::CheckedIn(ticket()));
    assert!(matches!(lobby.session.step, Step::Done(_)));
}

#[test]
fn an_answer_of_danger_is_told_at_once_and_the_form_goes_on_where_it_was() {
    let mut lobby = asked();
    lobby.touch(Touch::Choice(0)).touch(Touch::Next).type_in("41").touch(Touch::Next);
    let request = lobby.raised();
    assert_eq!((request.reason, request.urgency), (RequestReason::Emergency, Urgency::Emergency));
    assert_eq!((request.red_flags.as_slice(), request.patients.len()), (["chest-pain".into()].as_slice(), 1));
    assert!(matches!(lobby.screen(), Screen::Emergency(_)));
    lobby.touch(Touch::Again);
    assert_eq!(question(&lobby).title, "Anything else?");
    // Own words are judged as well, each once.
    lobby.type_in("my chest hurts and I cannot breathe").touch(Touch::Next);
    assert_eq!(raised(&lobby).len(), 2);
    lobby.touch(Touch::Again).touch(Touch::Next);
    assert_eq!(raised(&lobby).len(), 3, "the fever, when it is sent");
    assert_eq!(checked_in(&lobby).forms[0].answers.len(), 3);
}

#[test]
fn what_was_answered_and_not_sent_is_heard_when_the_patient_leaves() {
    // Waits after words of danger.
    let mut lobby = asked();
    lobby.touch(Touch::Choice(1)).touch(Touch::Next).type_in("chest pain").wait(11);
    assert!(matches!(lobby.screen(), Screen::Emergency(_)));
    // Goes away with an urgent answer.
    let mut lobby = asked();
    lobby.touch(Touch::Choice(0)).touch(Touch::Next).wait(80);
    assert_eq!(raised(&lobby).len(), 1);
    assert_eq!(lobby.session.step, Step::Welcome);
    // Starts over: told once, then asked no more.
    let mut lobby = asked();
    lobby.touch(Touch::Choice(0)).touch(Touch::StartOver);
    assert_eq!(raised(&lobby).len(), 1);
    lobby.touch(Touch::Finish);
    assert_eq!((raised(&lobby).len(), &lobby.session.step), (1, &Step::Welcome));
    // Nothing of the kind: start over asks first, and no leads back into the form.
    let mut lobby = asked();
    lobby.touch(Touch::Choice(1)).touch(Touch::StartOver);
    assert!(matches!(lobby.session.step, Step::StartOver(_)));
    lobby.touch(Touch::Again);
    assert_eq!(question(&lobby).title, "Have you a fever?");
}

#[test]
fn help_lies_over_the_form_and_loses_nothing_of_it() {
    let mut lobby = asked();
    lobby.touch(Touch::Choice(1)).touch(Touch::Next).type_in("half").call_person();
    assert_eq!((lobby.raised().stopped_at.as_str(), lobby.raised().patients.len()), ("form: questions", 1));
    lobby.touch(Touch::Again).type_in(" a word").touch(Touch::Next);
    assert_eq!(review(&lobby)[1].1, "half a word");
}

#[test]
fn staff_who_find_the_record_late_take_no_form_from_the_patient() {
    let mut lobby = asked();
    lobby.touch(Touch::Choice(1)).touch(Touch::Next).call_person();
    let id = lobby.raised().id;
    lobby.event(Event::StepTaken(id, TakenStep::Identified { patient: maria().id }));
    lobby.touch(Touch::Again);
    assert_eq!(question(&lobby).title, "Anything else?");
}

#[test]
fn a_form_that_was_answered_lately_is_not_asked_again() {
    for (days, again) in [(6, false), (7, true)] {
        let mut lobby = Lobby::of(&TRIAGE_CLINIC);
        let forms = [("triage".to_string(), now() - TimeDelta::days(days))].into();
        lobby.identified_by_name();
        lobby.answer(Found::One(Box::new(Known { forms, ..known(maria(), booked(20)) })));
        lobby.touch(Touch::Yes);
        assert_eq!(matches!(lobby.session.step, Step::Form(_)), again, "{days}");
    }
}

#[test]
fn somebody_new_consents_signs_and_is_checked_in_with_the_texts_they_read() {
    let mut lobby = Lobby::new();
    lobby.touch(Touch::Language(1)).registered().touch(Touch::Yes);
    // Several: one is touched on and off again, another calls for a question.
    lobby.touch(Touch::Choice(1)).touch(Touch::Next);
    lobby.touch(Touch::Choice(0)).touch(Touch::Choice(1)).touch(Touch::Choice(1)).touch(Touch::Next);
    assert_eq!(question(&lobby).title, "¿Qué anticoagulante toma?");
    lobby.type_in("Sintrom").touch(Touch::Next).touch(Touch::Next);
    assert_eq!(question(&lobby).error, "Primero firme o escriba su nombre, por favor.");
    lobby.signs().touch(Touch::Clear).touch(Touch::Next);
    assert!(!question(&lobby).error.is_empty(), "an empty pad is no signature");
    lobby
        .signs()
        .touch(Touch::OtherWay)
        .type_in("Seán O'Brien")
        .touch(Touch::OtherWay)
        .touch(Touch::OtherWay);
    lobby.touch(Touch::Next).touch(Touch::Next);
    let visit = checked_in(&lobby);
    let consent = visit.consent.as_ref().unwrap();
    assert_eq!((consent.text.as_str(), consent.language.as_str()), (CLINIC.consent.text("es"), "es"));
    let [before, sample] = &visit.forms[..] else { panic!("not two forms") };
    let Kept::Chosen { options } = &before.answers[1].given else { panic!("nothing chosen") };
    assert_eq!((options.len(), options[0].text.as_str()), (1, "Tomo anticoagulantes"));
    assert_eq!(options[0].staff_text, "I take a blood thinner");
    let Kept::Signed { statement, signature, .. } = &sample.answers[0].given else { panic!("not signed") };
    assert!(statement.starts_with("Acepto que hoy se me extraiga sangre"));
    assert_eq!(signature, &Signature::Typed { name: OwnWords("Seán O'Brien".into()) });
    assert!(!format!("{visit:?}").contains("Sintrom"), "{visit:?}");
}

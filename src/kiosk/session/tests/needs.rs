//! What a patient needs, fears or complains of, and how the desk answers.

use super::*;
use crate::front_desk::urgency::Urgency;

const UNWELL: usize = 3;
const QUESTION: usize = 5;

impl Lobby {
    /// Chooses what is needed, from any screen.
    fn needing(&mut self, category: usize) -> &mut Self {
        self.touch(Touch::NeedHelp).touch(Touch::Choice(category))
    }

    fn telling(&mut self, category: usize, words: &str) -> &mut Self {
        self.needing(category).type_in(words).touch(Touch::Next)
    }

    fn all_raised(&self) -> Vec<&Request> {
        let requests = self.effects.iter().filter_map(|effect| match effect {
            Effect::Raise(request) => Some(&**request),
            _ => None,
        });
        requests.collect()
    }

    fn emergency(&self) -> screens::Emergency {
        match self.screen() {
            Screen::Emergency(emergency) => emergency,
            other => panic!("no emergency: {other:?}"),
        }
    }

    pub(super) fn talk(&self) -> screens::Talk {
        match self.screen() {
            Screen::Talk(talk) => talk,
            other => panic!("no exchange: {other:?}"),
        }
    }

    fn staff_say(&mut self, phrase: &str) -> &mut Self {
        let request = self.all_raised().last().unwrap().id;
        let message = Message { phrase: Some(phrase.into()), ..said(request, "", self.ids) };
        self.event(Event::MessageHeard(message))
    }
}

#[test]
fn help_offers_what_the_routines_offer_and_back_leads_to_what_was_begun() {
    let mut lobby = Lobby::new();
    lobby.touch(Touch::NewHere).type_in("Seán").touch(Touch::NeedHelp);
    let Screen::Help(help) = lobby.screen() else { panic!("no choice of help") };
    let names: Vec<_> = CLINIC.routines.categories.iter().map(|category| category.name.text("en")).collect();
    assert_eq!(help.choices.iter().map(|choice| choice.label.as_str()).collect::<Vec<_>>(), names);
    lobby.touch(Touch::Back);
    let Step::Register(register) = &lobby.session.step else { panic!("not registering") };
    assert_eq!(register.draft.text(Registration::GivenName), "Seán");
    assert!(lobby.effects.is_empty());
}

/// Category, words, whom it goes to first, within how long, and whether it becomes a case.
const NEEDS: [(usize, &str, &str, i64, bool); 5] = [
    (INTERPRETER, "", "reception", 180, false),
    (UNWELL, "my back hurts", "nurse", 60, false),
    (UNWELL, "", "nurse", 60, false),
    (QUESTION, "where is the lift", "reception", 180, false),
    (COMPLAINT, "nobody listened to me", "complaints", 0, true),
];

#[test]
fn each_need_goes_where_the_routines_say_with_the_patients_own_words() {
    for (category, words, to, seconds, is_case) in NEEDS {
        let mut lobby = Lobby::new();
        lobby.confirming(booked(20));
        if category == INTERPRETER {
            lobby.needing(category)
        } else {
            lobby.telling(category, words)
        };
        let request = lobby.raised();
        assert_eq!((request.reason, request.words.0.as_str()), (RequestReason::Asked, words));
        assert_eq!(request.headline(), CLINIC.routines.categories[category].name.text("en"));
        assert_eq!((request.stopped_at.as_str(), &request.patients), ("confirm", &vec![maria().id]));
        assert_eq!(request.chain[0].to, to);
        assert!(request.chain.last().unwrap().person.is_some(), "{to} ends at a person");
        if seconds > 0 {
            assert_eq!(request.acknowledge_by - request.raised_at, TimeDelta::seconds(seconds));
        }
        assert_eq!(request.case.is_some(), is_case);
        lobby.touch(Touch::Again);
        assert!(matches!(lobby.session.step, Step::Confirm(_)), "what was begun goes on");
    }
}

#[test]
fn a_complaint_has_a_number_a_code_and_days_that_are_working_days() {
    let mut lobby = Lobby::new();
    lobby.telling(COMPLAINT, "nobody listened to me");
    let request = lobby.raised().clone();
    let case = request.case.unwrap();
    // Ten in the morning in Madrid, on Tuesday the 24th of November 2026.
    assert_eq!(case.number, format!("R1-261124-{}", 36_000 + lobby.at.as_secs()));
    // Three working days: Friday, which ends at three. Twenty: over the 8th and the 25th of December.
    assert_eq!(request.acknowledge_by.to_rfc3339(), "2026-11-27T14:00:00+00:00");
    assert_eq!(case.answer_by.to_rfc3339(), "2026-12-23T19:00:00+00:00");
    let notice = lobby.notice();
    assert_eq!(notice.title, format!("Your case {}", case.number));
    assert!(notice.lines.iter().any(|line| line.contains("23 December")), "{notice:?}");
    assert!(notice.lines.iter().any(|line| line.contains(&case.code)), "{notice:?}");
    lobby.event(Event::Paper(Printed::Slip(request.id), PaperState::NotPrinted));
    assert!(lobby.notice().lines.iter().any(|line| line.starts_with("No slip came out")));
    // Who takes a case reads it; nobody is on the way.
    lobby.event(Event::RequestAcknowledged(request.id, "Tom".into()));
    assert!(lobby.notice().lines.iter().any(|line| line == "Tom is looking into it."));
    assert_eq!(lobby.session.on_the_way(), None);
}

#[test]
fn words_are_asked_for_where_nobody_would_know_without_them() {
    let mut lobby = Lobby::new();
    lobby.needing(QUESTION).type_in("  \n").touch(Touch::Next);
    let Screen::Question(question) = lobby.screen() else { panic!("no question") };
    assert_eq!(question.error, "Please write a few words first.");
    lobby.type_in("Where is the lift?").touch(Touch::Next);
    assert_eq!(lobby.raised().words.0, "Where is the lift?");
}

#[test]
fn what_tells_of_danger_becomes_an_emergency_whatever_it_was_typed_for() {
    for category in [UNWELL, QUESTION, COMPLAINT] {
        let mut lobby = Lobby::new();
        lobby.telling(category, "I waited two hours with chest pain");
        let last = lobby.raised();
        assert_eq!((last.reason, last.urgency), (RequestReason::Emergency, Urgency::Emergency));
        assert_eq!(last.red_flags, ["chest-pain"]);
        assert_eq!(last.acknowledge_by - last.raised_at, TimeDelta::seconds(20));
        assert_eq!(lobby.emergency().title, "We are calling for help");
        let raised = lobby.all_raised();
        if category == COMPLAINT {
            // The complaint keeps its number and its date beside the alarm.
            assert_eq!(raised.len(), 2);
            assert!(raised[0].case.is_some() && raised[0].urgency == Urgency::Routine);
            assert_ne!(raised[0].id, raised[1].id);
        } else {
            assert_eq!(raised.len(), 1);
        }
    }
    let mut lobby = Lobby::new();
    lobby.telling(QUESTION, "I have no chest pain, when is my turn?");
    assert_eq!(lobby.raised().urgency, Urgency::Routine);
}

#[test]
fn danger_that_was_typed_and_never_sent_is_not_lost() {
    type Leaving = fn(&mut Lobby) -> &mut Lobby;
    let ways: [(&str, Leaving); 6] = [
        ("back", |lobby| lobby.touch(Touch::Back)),
        ("start over", |lobby| lobby.touch(Touch::StartOver)),
        ("another help", |lobby| lobby.touch(Touch::NeedHelp).touch(Touch::StartOver)),
        ("calling a person", |lobby| lobby.call_person().touch(Touch::Finish)),
        ("ten seconds of nothing", |lobby| lobby.wait(11)),
        ("going away", |lobby| {
            lobby.at += Duration::from_secs(600);
            lobby.event(Event::Ticked)
        }),
    ];
    for (way, leave) in ways {
        let mut lobby = Lobby::new();
        lobby.needing(QUESTION).type_in("i have chest pain");
        leave(&mut lobby);
        let emergencies = lobby.all_raised().iter().filter(|r| r.urgency == Urgency::Emergency).count();
        assert_eq!(emergencies, 1, "{way}");
        assert_eq!(lobby.emergency().title, "We are calling for help", "{way}");
    }
}

#[test]
fn an_emergency_stays_on_the_glass_until_somebody_answers() {
    let mut lobby = Lobby::new();
    lobby.touch(Touch::Language(1)).touch(Touch::NeedHelp).touch(Touch::Emergency);
    let id = lobby.raised().id;
    assert_eq!(lobby.emergency().lines.len(), 3);
    lobby.wait(600);
    assert_eq!(lobby.emergency().title, "Estamos pidiendo ayuda");
    assert!(!lobby.emergency().answered);
    lobby.event(Event::RequestDelivered(id));
    assert!(lobby.emergency().told.contains("Viene alguien"));
    lobby.event(Event::RequestAcknowledged(id, "Maria".into()));
    assert!(lobby.emergency().answered && lobby.emergency().told.contains("Maria"));
    lobby.wait(80);
    assert_eq!(lobby.session.step, Step::Welcome, "somebody came; the kiosk is free again");
}

#[test]
fn an_emergency_that_reaches_nobody_says_so_within_seconds() {
    let mut lobby = Lobby::new();
    lobby.touch(Touch::NeedHelp).touch(Touch::Emergency).wait(4);
    assert!(lobby.emergency().told.contains("Call out loud"), "{:?}", lobby.emergency());
    lobby.touch(Touch::Finish);
    assert_eq!(lobby.session.step, Step::Welcome, "somebody is here");
}

#[test]
fn staff_and_patient_speak_in_phrases_that_each_reads_in_their_own_language() {
    let mut lobby = Lobby::new();
    lobby.touch(Touch::Language(1)).call_person();
    let request = lobby.raised().id;
    lobby.staff_say("paper-with-you");
    let talk = lobby.talk();
    assert_eq!(talk.messages[0].text, "¿Tiene un documento con su nombre y fecha de nacimiento?");
    assert_eq!(talk.answers.iter().map(|a| a.label.as_str()).collect::<Vec<_>>(), ["Sí", "No"]);
    lobby.touch(Touch::Choice(0));
    let Some(Effect::Say(answer)) = lobby.effects.last() else { panic!("nothing is said") };
    assert_eq!(
        (answer.request, answer.phrase.as_deref(), answer.from),
        (request, Some("yes"), Side::Patient)
    );
    assert!(lobby.talk().answers.is_empty(), "it was answered");
    lobby.touch(Touch::Again).type_in("tengo prisa").touch(Touch::Next);
    let Some(Effect::Say(answer)) = lobby.effects.last() else { panic!("nothing is said") };
    assert_eq!((answer.words.0.as_str(), answer.language.as_str()), ("tengo prisa", "es"));
    assert_eq!(lobby.talk().messages.len(), 3);
}

#[test]
fn an_answer_that_could_not_be_kept_is_taken_back_and_the_patient_is_told() {
    let mut lobby = Lobby::new();
    lobby.call_person().staff_say("paper-with-you").touch(Touch::Choice(0));
    let Some(Effect::Say(answer)) = lobby.effects.last() else { panic!("nothing is said") };
    let lost = answer.id;
    assert!(lobby.talk().answers.is_empty());
    lobby.event(Event::MessageNotKept(lost));
    let talk = lobby.talk();
    assert_eq!((talk.messages.len(), talk.answers.len()), (1, 2), "it can be said again");
    assert_eq!(talk.lines[0], "Your message could not be sent. Please say it at the desk.");
    lobby.touch(Touch::Choice(1));
    assert_ne!(lobby.talk().lines[0], talk.lines[0]);
}

#[test]
fn a_message_waits_under_what_the_patient_is_doing_and_loses_nothing() {
    let mut lobby = Lobby::new();
    lobby.touch(Touch::NewHere).type_in("Seán").call_person().touch(Touch::Again);
    lobby.staff_say("coming");
    let view = lobby.view();
    assert_eq!(
        (view.frame.banner.as_str(), view.frame.banner_action.as_str()),
        ("The desk has written to you", "Read it")
    );
    assert!(matches!(view.screen, Screen::Question(_)));
    lobby.touch(Touch::Talk);
    assert_eq!(lobby.talk().messages[0].text, "I am coming to you. Please stay there.");
    lobby.touch(Touch::Back);
    let Step::Register(register) = &lobby.session.step else { panic!("not registering") };
    assert_eq!(register.draft.text(Registration::GivenName), "Seán");
    assert_eq!(lobby.session.unread(), None);
}

#[test]
fn a_slip_opens_its_case_and_what_staff_asked_can_be_answered() {
    let mut lobby = Lobby::new();
    let case = open_case("a wrong word");
    lobby.event(Event::Scanned(Some(Code::Case(case.request.id))));
    assert_eq!(lobby.asked().1, &Question::ScannedCase(case.request.id));
    let number = case.request.case.clone().unwrap().number;
    let asking = Message { phrase: Some("say-more".into()), ..case.messages[0].clone() };
    let case = OpenCase { messages: vec![asking], ..case };
    lobby.answer(Answer::Case(Some(Box::new(case))));
    let talk = lobby.talk();
    assert_eq!(talk.title, format!("Your case {number}"));
    assert!(talk.lines.iter().any(|line| line.contains("You have our answer by")), "{talk:?}");
    lobby.touch(Touch::Choice(1));
    assert!(matches!(lobby.effects.last(), Some(Effect::Say(_))));
    lobby.touch(Touch::Back);
    assert_eq!((&lobby.session.step, lobby.session.requests.len()), (&Step::Welcome, 0));
}

#[test]
fn a_case_is_found_by_number_and_code_and_guessing_ends_at_the_desk() {
    let mut lobby = Lobby::new();
    lobby.touch(Touch::NeedHelp).touch(Touch::MyCase);
    for _ in 0..2 {
        lobby.type_in("261124").touch(Touch::Next).type_in("123456").touch(Touch::Next);
        let expected = Question::Case { number: "261124".into(), code: "123456".into() };
        assert_eq!(lobby.asked().1, &expected);
        lobby.answer(Answer::Case(None));
        let Screen::Question(question) = lobby.screen() else { panic!("no question") };
        assert!(question.error.contains("both of them"), "which one failed is not said");
        for _ in 0..6 {
            lobby.event(Event::Erased);
        }
    }
    lobby.type_in("261124").touch(Touch::Next).type_in("1").touch(Touch::Next).answer(Answer::Case(None));
    assert_eq!(lobby.raised().reason, RequestReason::NotIdentified);
}

#[test]
fn a_companion_may_do_what_the_relation_allows_and_the_relation_is_recorded() {
    let friend = CLINIC.routines.companions.iter().position(|companion| companion.id == "friend").unwrap();
    let mut lobby = Lobby::new();
    lobby.touch(Touch::ForSomebodyElse).touch(Touch::Choice(friend)).touch(Touch::HaveAppointment);
    assert_eq!(lobby.raised().reason, RequestReason::NotAllowed);
    assert_eq!(lobby.raised().companion.as_deref(), Some("friend"));
    assert_eq!(lobby.notice().title, "Please go to the desk");

    let parent = CLINIC.routines.companions.iter().position(|companion| companion.id == "parent").unwrap();
    let mut lobby = Lobby::new();
    lobby.touch(Touch::ForSomebodyElse).touch(Touch::Choice(parent));
    let Screen::Welcome(welcome) = lobby.screen() else { panic!("no welcome") };
    assert_eq!(welcome.here_for, "You are here for: My child");
    lobby.acts_as("Nora Byrne", "600111222").answers_registration().touch(Touch::Yes);
    lobby.blood_test_forms_answered();
    let Question::CheckIn(visit) = lobby.asked().1 else { panic!("no check-in") };
    assert_eq!(visit.companion.as_deref(), Some("parent"));
    let acting = visit.acting.as_ref().unwrap();
    let by = ActingPerson::Named { name: "Nora Byrne".into(), phone: "+34600111222".into() };
    assert_eq!((&acting.by, acting.companion.as_str(), acting.language.as_str()), (&by, "parent", "en"));
    let text = CLINIC.routines.companion("parent").unwrap().consent.as_ref().unwrap().text("en");
    assert_eq!(acting.consent, text, "word for word");
    // The next person is there for nobody else.
    lobby.answer(Answer::CheckedIn(ticket())).touch(Touch::Finish);
    assert_eq!(lobby.session.companion, None);
}

#[test]
fn staff_finish_a_step_for_the_patient_who_called_them() {
    let mut lobby = Lobby::new();
    lobby.touch(Touch::HaveAppointment).type_in("0711").call_person();
    let request = lobby.raised().id;
    lobby.event(Event::StepTaken(request, TakenStep::Identified { patient: maria().id }));
    assert_eq!(lobby.asked().1, &Question::Record(maria().id));
    lobby.answer(Found::One(Box::new(Known {
        patient: maria(),
        visits: booked(20),
        offer: None,
        members: Vec::new(),
        forms: FormsAnswered::new(),
    })));
    let Screen::Confirm(confirm) = lobby.screen() else { panic!("no confirmation") };
    assert_eq!(confirm.name, "Maria G.");

    let mut lobby = Lobby::new();
    lobby.touch(Touch::NewHere).type_in("Se").call_person();
    let (request, step) = (lobby.raised().id, lobby.raised().stopped_at.clone());
    let answer = OwnWords("Seán".into());
    lobby
        .event(Event::StepTaken(request, TakenStep::Answered { step: step.clone(), answer: answer.clone() }));
    let Step::Register(register) = &lobby.session.step else { panic!("not registering") };
    assert_eq!(
        (register.question, register.draft.text(Registration::GivenName)),
        (Registration::FamilyName, "Seán")
    );
    // A late answer to a question that was answered meanwhile does nothing.
    lobby.event(Event::StepTaken(request, TakenStep::Answered { step, answer }));
    let Step::Register(register) = &lobby.session.step else { panic!("not registering") };
    assert_eq!(
        (register.question, register.draft.text(Registration::FamilyName)),
        (Registration::FamilyName, "")
    );
    // And nothing of it reaches the next person.
    lobby.touch(Touch::StartOver).touch(Touch::Finish);
    lobby.event(Event::StepTaken(request, TakenStep::Identified { patient: maria().id }));
    assert_eq!(lobby.session.step, Step::Welcome);
}

#[test]
fn where_people_give_up_is_told_without_who_they_are() {
    let mut lobby = Lobby::new();
    lobby.touch(Touch::NewHere).type_in("Seán").touch(Touch::Next);
    lobby.at += Duration::from_secs(600);
    lobby.event(Event::Ticked);
    assert!(matches!(
        lobby.effects.last(),
        Some(Effect::Ended("register: family name", SessionEnd::WentAway, _))
    ));
    lobby.confirming(booked(20)).touch(Touch::Yes).answer(Answer::CheckedIn(ticket())).touch(Touch::Finish);
    assert!(matches!(
        lobby.effects.last(),
        Some(Effect::Ended("done: ticket issued", SessionEnd::Finished, _))
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn from_every_screen_help_is_one_touch_away(events in prop::collection::vec(anything(), 0..60)) {
        let mut lobby = Lobby::new();
        for what in &events {
            happen(&mut lobby, what, "A");
        }
        lobby.touch(Touch::StillHere);
        // While the store is asked the screen says so, for a moment.
        if !matches!(lobby.session.step, Step::Waiting(_)) {
            lobby.touch(Touch::NeedHelp);
            prop_assert!(matches!(lobby.session.step, Step::Help(_)), "{:?}", lobby.session.step);
        }
    }

    #[test]
    fn typed_danger_reaches_the_desk_whatever_is_touched_then(
        before in prop::collection::vec(anything(), 0..30),
        after in prop::collection::vec(anything(), 0..40),
    ) {
        let mut lobby = Lobby::new();
        for what in &before {
            happen(&mut lobby, what, "A");
        }
        lobby.everybody_leaves();
        prop_assert_eq!(&lobby.session.step, &Step::Welcome);
        lobby.effects.clear();
        lobby.needing(QUESTION).type_in("I have chest pain");
        for what in after.iter().filter(|what| !matches!(what, Anything::Event(Event::Erased | Event::Typed(_)))) {
            happen(&mut lobby, what, "A");
        }
        lobby.everybody_leaves();
        let heard = lobby.all_raised().iter().any(|request| request.urgency == Urgency::Emergency
            && request.words.0.contains("chest pain"));
        prop_assert!(heard, "{:?}", lobby.effects);
    }
}

//! Paying at the kiosk: every path, played by what a person, the terminal and the bank do.

mod code;
mod scene;

use super::*;
use crate::clinic::payments::Means as Way;
use crate::clinic::{TerminalPlace, TerminalPort};
use crate::front_desk::money::{Currency, Money};
use crate::front_desk::payment::{
    Account, Charge, ChargeFor, ChargeId, Due, Means, Outcome, Payment, PaymentEnd, PaymentId, Witness,
};
use crate::front_desk::payment_code::PaymentReference;
use crate::kiosk::screens::{Pay, Tone};
use scene::*;
pub(super) use scene::{CLINIC, account, news};

#[test]
fn who_holds_a_ticket_pays_beside_it_by_card_and_comes_back_to_it() {
    let mut lobby = Lobby::to_pay();
    lobby.owes_beside_ticket();
    let Screen::Done(done) = lobby.screen() else { panic!("no ticket") };
    assert_eq!(done.pay, "Pay €128.50 now");
    assert!(done.lines.iter().any(|line| line.contains("Pay now or later")), "{:?}", done.lines);
    lobby.touch(Touch::Pay);
    let Screen::Pay(Pay::Choose { items, total, ways, later, .. }) = lobby.screen() else {
        panic!("no bill")
    };
    let items: Vec<_> = items.iter().map(|item| (item.text.as_str(), item.amount.as_str())).collect();
    let expected = [("Consultation", "€85.00"), ("certificate", "€9.50"), ("Balance from before", "€34.00")];
    assert_eq!((items.as_slice(), total.as_str()), (&expected[..], "€128.50"));
    assert_eq!(ways.first().map(|way| way.label.as_str()), Some("Pay by card"));
    assert!(later.contains("does not wait"));

    lobby.pays_by(CARD);
    let payment = lobby.begun_payment().unwrap();
    assert_eq!(payment.means, Means::Card { terminal: "lobby".into() });
    assert_eq!((payment.amount, payment.items.len()), (euros(12_850), 3));
    assert_eq!((payment.patient, payment.ticket), (maria().id, Some(ticket().id)));
    let says = |lobby: &Lobby| match lobby.screen() {
        Screen::Pay(Pay::Card { says, busy, .. }) => (says, busy),
        other => panic!("no terminal: {other:?}"),
    };
    assert!(says(&lobby).1, "the terminal is getting ready");
    lobby.hears(PaymentNews::Begun).hears(PaymentNews::Shows(TerminalShows::PresentCard));
    assert_eq!(says(&lobby), ("Please present your card at the terminal.".into(), false));
    lobby.hears(PaymentNews::Shows(TerminalShows::Words("PIN eingeben".into())));
    assert_eq!(says(&lobby), ("PIN eingeben".into(), false));
    lobby.hears(PaymentNews::Shows(TerminalShows::AtWork)).hears(charged());

    assert_eq!(
        lobby.says(),
        "Charged: €128.50: Your receipt is being printed. Your ticket C107 stays valid."
    );
    assert_eq!(lobby.notice().tone, Tone::Good);
    lobby.paper(PaperState::Printed);
    assert!(lobby.says().contains("Please take your receipt."));
    assert_eq!(lobby.notice().secondary, "", "what is charged is not tried again");
    lobby.touch(Touch::Again).touch(Touch::Finish);
    let Screen::Done(done) = lobby.screen() else { panic!("no ticket") };
    assert_eq!((done.number.as_str(), done.pay.as_str()), ("C107", ""), "nothing is due any more");
    lobby.touch(Touch::Finish);
    assert_eq!(lobby.session.step, Step::Welcome);
    assert_eq!((lobby.ends(), lobby.stops()), (vec![], 0), "its end is the till's to write");
}

#[test]
fn who_came_only_to_pay_pays_and_is_done() {
    let mut lobby = Lobby::to_pay();
    let Screen::Welcome(welcome) = lobby.screen() else { panic!("no welcome") };
    assert_eq!(welcome.pay, "Pay a bill");
    lobby.came_to_pay(known(maria(), booked(20)), account("", true, false));
    let Screen::Pay(Pay::Choose { later, .. }) = lobby.screen() else { panic!("no bill") };
    assert_eq!(later, "Not now");
    assert!(
        !lobby.effects.iter().any(|effect| matches!(effect, Effect::Ask(_, Question::CheckIn(_)))),
        "nobody is checked in who came to pay"
    );
    lobby.pays_by(CARD).hears(charged());
    assert_eq!(lobby.notice().primary, "Finish");
    assert!(!lobby.says().contains("ticket"));
    lobby.touch(Touch::Finish);
    assert_eq!(lobby.session.step, Step::Welcome);
}

#[test]
fn where_nothing_can_be_paid_nothing_is_offered() {
    let lobby = Lobby::new();
    let Screen::Welcome(welcome) = lobby.screen() else { panic!("no welcome") };
    let offered = takes_payments(lobby.clinic, Devices::from(lobby.clinic.kiosk("lobby").unwrap()).terminal);
    assert_eq!(welcome.pay.is_empty(), !offered);
    // A desk alone is no reason to come to the kiosk.
    let mut clinic = CLINIC.clone();
    if let Some(payments) = &mut clinic.routines.payments {
        payments.means = vec![Way::Desk];
    }
    assert!(!takes_payments(&clinic, true));
    let mut lobby = Lobby::of(Box::leak(Box::new(clinic)));
    lobby.touch(Touch::Pay);
    assert_eq!(lobby.session.step, Step::Welcome);
}

#[test]
fn who_owes_nothing_is_told_so_and_what_is_not_known_is_not_nothing() {
    let mut lobby = Lobby::to_pay();
    lobby.came_to_pay(known(maria(), Vec::new()), account("", false, false));
    assert_eq!(lobby.notice().title, "Nothing is due");
    let mut lobby = Lobby::to_pay();
    lobby.touch(Touch::Pay).type_in("07111950").touch(Touch::Next).type_in("garcia").touch(Touch::Next);
    lobby.answer(Found::One(Box::new(known(maria(), Vec::new())))).touch(Touch::Yes);
    assert_eq!(lobby.raised().reason, RequestReason::KioskFault);
}

#[test]
fn a_declined_card_is_told_and_the_same_can_be_paid_by_code() {
    let mut lobby = Lobby::to_pay();
    lobby.owes_beside_ticket().touch(Touch::Pay).pays_by(CARD);
    lobby.hears(not_charged(NotChargedWhy::Declined));
    assert!(lobby.says().starts_with("Not charged: The card was declined."), "{}", lobby.says());
    assert_eq!((lobby.notice().tone, lobby.notice().secondary), (Tone::Refused, "Try again".into()));
    let declined = lobby.begun_payment().unwrap().id;
    lobby.touch(Touch::Again).pays_by(CODE);
    assert!(lobby.notice().busy, "no code is shown before it is kept");
    let payment = lobby.begun_payment().unwrap();
    assert_ne!(payment.id, declined);
    assert_eq!(payment.amount, euros(12_850));
    lobby.hears(PaymentNews::Begun);
    let Screen::Pay(Pay::Code { amount, lines, .. }) = lobby.screen() else { panic!("no code") };
    let Means::Code { reference, .. } = &payment.means else { panic!("by code") };
    assert_eq!(amount, "€128.50");
    let written = lines.last().and_then(|line| line.strip_prefix("Reference: ")).unwrap();
    let named = PaymentReference::read(written).map(|reference| reference.to_string());
    assert_eq!(named.as_ref(), Some(reference), "{lines:?}");
    // What is still heard of the card is not for this screen.
    lobby.event(Event::Payment(declined, charged()));
    assert!(matches!(lobby.stage(), PayStage::Code { .. }));
    lobby.hears(charged());
    assert!(lobby.says().starts_with("Charged"));
}

#[test]
fn each_reason_says_what_to_do_and_what_is_paid_elsewhere_is_not_tried_again() {
    use NotChargedWhy::*;
    for why in [Declined, Cancelled, TimedOut, CardUnreadable, Terminal, NotDue] {
        for begun in [false, true] {
            let mut lobby = Lobby::to_pay();
            lobby.owes_beside_ticket().touch(Touch::Pay).pays_by(CARD);
            lobby.hears(if begun { not_charged(why) } else { PaymentNews::NotBegun(why) });
            let notice = lobby.notice();
            assert_eq!((notice.title.as_str(), notice.lines.len()), ("Not charged", 2), "{why:?}");
            assert_eq!(notice.secondary.is_empty(), why == NotDue, "{why:?}");
            lobby.touch(Touch::Again);
            assert_eq!(*lobby.stage() == PayStage::Choosing, why != NotDue, "{why:?}");
            lobby.touch(Touch::Finish);
            let Screen::Done(done) = lobby.screen() else { panic!("no ticket") };
            assert_eq!(done.pay.is_empty(), why == NotDue, "{why:?}");
        }
    }
}

#[test]
fn who_stops_too_late_is_told_that_it_was_charged() {
    let mut lobby = Lobby::to_pay();
    lobby.owes_beside_ticket().touch(Touch::Pay).pays_by(CARD).hears(PaymentNews::Begun);
    lobby.touch(Touch::Back);
    let Screen::Pay(Pay::Card { stopping: true, stop, .. }) = lobby.screen() else { panic!("not stopping") };
    assert_eq!(stop, "Stopping …");
    lobby.touch(Touch::Back).touch(Touch::Finish);
    assert_eq!(lobby.stops(), 1, "it is asked once, and the screen waits for the terminal's word");
    lobby.hears(charged());
    assert!(lobby.says().starts_with("Charged: €128.50"));
}

#[test]
fn who_stops_in_time_is_told_that_nothing_was_charged() {
    let mut lobby = Lobby::to_pay();
    lobby.owes_beside_ticket().touch(Touch::Pay).pays_by(CARD).touch(Touch::Back);
    lobby.hears(PaymentNews::NotBegun(NotChargedWhy::Cancelled));
    assert!(lobby.says().contains("was stopped"), "{}", lobby.says());
}

#[test]
fn help_is_called_in_the_middle_of_a_card_payment_and_the_payment_goes_on_under_it() {
    let mut lobby = Lobby::to_pay();
    lobby.owes_beside_ticket().touch(Touch::Pay).pays_by(CARD).hears(PaymentNews::Begun).call_person();
    assert_eq!(lobby.raised().stopped_at, "pay: card");
    assert_eq!(lobby.raised().payment, lobby.begun_payment().map(|payment| payment.id));
    assert_eq!(lobby.raised().ticket, Some(ticket().id));
    assert_eq!(lobby.stops(), 0);
    // It takes longer than anybody may be idle; the screen covers what becomes of it.
    lobby.wait(100).hears(charged()).paper(PaperState::NotPrinted).wait(20);
    assert_eq!(
        lobby.session.presence(&CLINIC),
        Presence::There,
        "they are not sent away before they read it"
    );
    lobby.touch(Touch::Again);
    assert_eq!(
        lobby.says(),
        "Charged: €128.50: Your receipt could not be printed. The desk has it. Your ticket C107 stays valid."
    );
}

#[test]
fn starting_over_asks_the_terminal_to_stop_and_the_next_person_hears_nothing_of_it() {
    let mut lobby = Lobby::to_pay();
    lobby.owes_beside_ticket().touch(Touch::Pay).pays_by(CARD).hears(PaymentNews::Begun);
    lobby.touch(Touch::StartOver);
    assert_eq!((&lobby.session.step, lobby.stops()), (&Step::Welcome, 1));
    assert_eq!(lobby.session.owed, None);
    // The next one pays too, and hears of their own payment only.
    let before = lobby.begun_payment().unwrap().id;
    lobby.came_to_pay(known(maria(), Vec::new()), account("", true, false)).pays_by(CARD);
    lobby.event(Event::Payment(before, charged()));
    lobby.event(Event::Paper(Printed::Receipt(before), PaperState::Printed));
    assert!(matches!(lobby.stage(), PayStage::Card { .. }));
    lobby.hears(not_charged(NotChargedWhy::TimedOut));
    assert!(lobby.says().starts_with("Not charged"));
}

#[test]
fn what_somebody_else_owes_is_nowhere() {
    let mut lobby = Lobby::to_pay();
    lobby.came_to_pay(known(maria(), Vec::new()), account("SECRET-", true, false));
    assert!(shown(&lobby).contains("SECRET-certificate"));
    assert!(!format!("{:?}", lobby.session).contains("SECRET-"), "nor in a log");
    lobby.everybody_leaves();
    assert_eq!(lobby.session.owed, None);
    assert!(!shown(&lobby).contains("SECRET-"));
    // Who comes after, and whose account cannot be read, does not see that one.
    let other = Patient { id: PatientId(Uuid::from_u128(0xAA)), ..maria() };
    lobby.touch(Touch::Pay).type_in("07111950").touch(Touch::Next).type_in("garcia").touch(Touch::Next);
    lobby.event(Event::OwedTold(Owed {
        patient: maria().id,
        ticket: None,
        account: account("SECRET-", true, false),
    }));
    lobby.answer(Found::One(Box::new(known(other, Vec::new())))).touch(Touch::Yes);
    assert!(!shown(&lobby).contains("SECRET-"), "{}", shown(&lobby));
}

#[test]
fn nobody_is_warned_of_being_idle_while_the_terminal_has_their_payment() {
    let mut lobby = Lobby::to_pay();
    lobby.owes_beside_ticket().touch(Touch::Pay).pays_by(CARD).hears(PaymentNews::Begun);
    for _ in 0..20 {
        lobby.wait(14).hears(PaymentNews::Shows(TerminalShows::AtWork));
        assert_eq!(lobby.session.presence(&CLINIC), Presence::There);
    }
    lobby.hears(charged()).wait(30);
    assert_eq!(lobby.session.presence(&CLINIC), Presence::There, "their time begins with the end");
    lobby.wait(20);
    assert!(matches!(lobby.session.presence(&CLINIC), Presence::Warned(_)));
}

#[test]
fn a_terminal_that_never_says_anything_more_does_not_keep_the_kiosk_for_ever() {
    let mut lobby = Lobby::to_pay();
    lobby.owes_beside_ticket().touch(Touch::Pay).pays_by(CARD).hears(PaymentNews::Begun).wait(301);
    assert_eq!(lobby.notice().tone, Tone::Open, "nobody knows");
    assert_eq!(lobby.stops(), 1);
    assert_eq!(lobby.ends(), [], "the till knows more, and says so when it can");
    lobby.hears(charged());
    assert!(lobby.says().starts_with("Charged"));
    lobby.everybody_leaves();
    assert_eq!(lobby.session.step, Step::Welcome);
}

#[test]
fn what_was_not_known_and_turns_out_while_they_stand_there_is_told() {
    for (news, begins) in [
        (charged(), "Charged: €128.50: The desk has your receipt."),
        (not_charged(NotChargedWhy::Terminal), "Not charged: It is known now: nothing was charged."),
    ] {
        let mut lobby = Lobby::to_pay();
        lobby.owes_beside_ticket().touch(Touch::Pay).pays_by(CARD).hears(not_known());
        assert_eq!(
            lobby.says(),
            "Not known yet: do not pay again: The desk finds out from the terminal whether it was charged, and tells \
             you. A paper that says this is being printed. Your ticket C107 stays valid."
        );
        lobby.paper(PaperState::Printed);
        // The store says meanwhile that nothing is left to pay.
        let account = Account { dues: Vec::new(), in_doubt: vec![lobby.begun_payment().unwrap().id] };
        lobby.event(Event::OwedTold(Owed { patient: maria().id, ticket: Some(ticket().id), account }));
        // A doubt that comes once more is none that came after certainty.
        lobby.hears(not_known()).hears(news);
        assert!(lobby.says().starts_with(begins), "{}", lobby.says());
        lobby.hears(not_known());
        assert!(lobby.says().starts_with(begins), "{}", lobby.says());
    }
}

#[test]
fn a_receipt_that_fails_before_the_end_is_told_is_not_said_to_be_printing() {
    let mut lobby = Lobby::to_pay();
    lobby.owes_beside_ticket().touch(Touch::Pay).pays_by(CARD).hears(PaymentNews::Begun);
    lobby.paper(PaperState::NotPrinted).hears(charged());
    assert!(lobby.says().contains("could not be printed"), "{}", lobby.says());
}

#[test]
fn who_has_a_payment_in_doubt_cannot_pay_again() {
    let mut lobby = Lobby::to_pay();
    lobby.came_to_pay(known(maria(), Vec::new()), account("", true, true));
    assert_eq!(lobby.notice().title, "A payment is not settled yet");
    assert!(lobby.says().contains("Do not pay again."));
    for way in [CARD, CODE, DESK] {
        lobby.pays_by(way);
        assert_eq!(*lobby.stage(), PayStage::Choosing);
    }
    assert_eq!(lobby.begun_payment(), None);
}

#[test]
fn the_check_in_is_done_before_anything_is_paid_and_stays_whatever_becomes_of_it() {
    for news in [charged(), not_charged(NotChargedWhy::Declined), not_known()] {
        let mut lobby = Lobby::to_pay();
        lobby.confirming(booked(20));
        // What is owed is known, and the way is the same as without it.
        let owed = Owed { patient: maria().id, ticket: None, account: account("", true, false) };
        lobby.event(Event::OwedTold(owed)).touch(Touch::Pay).touch(Touch::Yes);
        assert!(matches!(lobby.asked().1, Question::CheckIn(_)), "checked in at once");
        let owed = Owed { patient: maria().id, ticket: Some(ticket().id), account: account("", true, false) };
        lobby.event(Event::OwedTold(owed)).answer(Answer::CheckedIn(ticket()));
        lobby.touch(Touch::Pay).pays_by(CARD).hears(news);
        // What became of the ticket's own paper is noted under it.
        lobby.event(Event::Paper(Printed::Ticket(ticket().id), PaperState::Printed)).touch(Touch::Finish);
        let Screen::Done(done) = lobby.screen() else { panic!("no ticket") };
        assert_eq!((done.number.as_str(), done.paper_tone), ("C107", Tone::Good));
    }
}

#[test]
fn looking_for_a_case_lets_go_of_the_payment_that_lies_under_it() {
    for way in [CARD, CODE] {
        let mut lobby = Lobby::to_pay();
        lobby.owes_beside_ticket().touch(Touch::Pay).pays_by(way).hears(PaymentNews::Begun);
        lobby.touch(Touch::NeedHelp).touch(Touch::MyCase);
        assert!(matches!(lobby.session.step, Step::FindCase(_)));
        assert_eq!(lobby.stops() + lobby.ends().len(), 1);
    }
}

#[test]
fn staff_who_say_who_somebody_is_do_not_take_their_payment_away() {
    let mut lobby = Lobby::to_pay();
    lobby.owes_beside_ticket().touch(Touch::Pay).pays_by(CARD).hears(PaymentNews::Begun).call_person();
    let request = lobby.raised().id;
    lobby.event(Event::StepTaken(request, TakenStep::Identified { patient: maria().id }));
    lobby.touch(Touch::Again);
    assert!(matches!(lobby.stage(), PayStage::Card { .. }));
}

#[test]
fn who_scans_their_letter_after_somebody_came_to_pay_is_checked_in() {
    let mut lobby = Lobby::to_pay();
    lobby.touch(Touch::Pay).touch(Touch::Back);
    assert_eq!(lobby.session.step, Step::Welcome);
    let document =
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
    lobby.event(Event::Scanned(Code::parse(document)));
    lobby.answer(Found::One(Box::new(known(maria(), booked(20))))).touch(Touch::Yes);
    assert!(matches!(lobby.asked().1, Question::CheckIn(_)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    // Whatever a person does: a code that was begun gets its word, a card is charged once at a time, and nobody is
    // asked to pay while something of theirs is under way.
    #[test]
    fn no_payment_that_was_begun_is_dropped_in_silence(events in prop::collection::vec(anything(), 0..80)) {
        let mut lobby = Lobby::of(&CLINIC);
        let mut told: Vec<PaymentId> = Vec::new();
        for what in &events {
            let under_way = lobby.session.is_paying();
            let begun = lobby.effects.len();
            if let (Anything::PaymentLast(choice), Some(payment)) = (what, lobby.begun_payment())
                && [3, 4, 7, 8, 9].contains(choice)
            {
                told.push(payment.id);
            }
            happen(&mut lobby, what, "A");
            let begins = lobby.effects[begun..]
                .iter()
                .filter(|effect| matches!(effect, Effect::PayByCard(_) | Effect::BeginPayment(_)))
                .count();
            prop_assert!(begins <= 1);
            // Only what lets go of the one before may lead to another within one event.
            let starts_over = matches!(what, Anything::Pay(..));
            prop_assert!(begins == 0 || !under_way || starts_over, "{what:?}");
        }
        lobby.everybody_leaves();
        prop_assert_eq!(&lobby.session.step, &Step::Welcome);
        for effect in &lobby.effects {
            match effect {
                Effect::BeginPayment(payment) if !told.contains(&payment.id) => {
                    let ends = lobby.effects.iter().filter(
                        |effect| matches!(effect, Effect::EndPayment(id, _) if *id == payment.id),
                    );
                    prop_assert_eq!(ends.count(), 1, "a code without its word, or with two");
                }
                Effect::PayByCard(payment) if !told.contains(&payment.id) => {
                    let stops = lobby.effects.iter().any(
                        |effect| matches!(effect, Effect::StopPaying(id) if *id == payment.id),
                    );
                    prop_assert!(stops, "nobody waits for it, and the terminal was not asked to stop");
                }
                Effect::EndPayment(_, end) => {
                    let sure = end.outcome == Outcome::Charged;
                    prop_assert!(!sure, "a session sees no money: {:?}", PaymentEnd::clone(end));
                }
                _ => {}
            }
        }
    }
}

//! Paying by a code: what the provider says in time, too late or never.

use super::*;

#[test]
fn a_code_is_confirmed_by_the_provider_while_the_patient_waits() {
    let mut lobby = Lobby::to_pay();
    lobby.owes_beside_ticket().touch(Touch::Pay).pays_by(CODE).hears(PaymentNews::Begun).wait(60);
    lobby.touch(Touch::Yes);
    assert!(lobby.notice().busy && lobby.says().contains("do not pay again"), "{}", lobby.says());
    // Who says that they have paid has not turned to another way.
    lobby.touch(Touch::Back).touch(Touch::Yes);
    assert_eq!(lobby.ends(), []);
    // Their bank has the whole time from then on.
    lobby.wait(PATIENCE.as_secs() - 4);
    assert!(matches!(lobby.stage(), PayStage::Code { said_paid: true, .. }));
    lobby.hears(charged());
    assert!(lobby.says().starts_with("Charged"));
    lobby.wait(10);
    assert_eq!(lobby.ends(), [], "the provider's word is the end");
}

#[test]
fn a_code_that_nobody_confirms_in_time_is_not_known_and_nothing_more_can_be_paid() {
    for said in [false, true] {
        let mut lobby = Lobby::to_pay();
        lobby.owes_beside_ticket().touch(Touch::Pay).pays_by(CODE).hears(PaymentNews::Begun);
        if said {
            lobby.touch(Touch::Yes);
        }
        lobby.wait(PATIENCE.as_secs() + 1);
        assert_eq!(lobby.ends(), [(Outcome::NotKnown, &Witness::Kiosk)]);
        let notice = lobby.notice();
        assert_eq!((notice.title.as_str(), notice.tone), ("Not known yet: do not pay again", Tone::Open));
        assert!(notice.lines.join(" ").contains("Your ticket C107 stays valid."), "{:?}", notice.lines);
        assert_eq!(notice.secondary, "");
        lobby.touch(Touch::Again).touch(Touch::Finish);
        let Screen::Done(done) = lobby.screen() else { panic!("no ticket") };
        assert!(done.pay.is_empty() && done.lines.join(" ").contains("Do not pay again"), "{:?}", done.lines);
        lobby.touch(Touch::Pay);
        assert!(matches!(lobby.session.step, Step::Done(_)));
        // It turns out while the ticket is on the screen.
        lobby.hears(charged());
        let Screen::Done(done) = lobby.screen() else { panic!("no ticket") };
        assert!(!done.lines.join(" ").contains("Do not pay again"), "{:?}", done.lines);
    }
}

#[test]
fn who_cannot_wait_for_the_confirmation_is_told_that_it_is_not_known() {
    let mut lobby = Lobby::to_pay();
    lobby.owes_beside_ticket().touch(Touch::Pay).pays_by(CODE).hears(PaymentNews::Begun);
    lobby.touch(Touch::Finish);
    assert!(matches!(lobby.stage(), PayStage::Code { .. }), "the code has no such button");
    lobby.touch(Touch::Yes).touch(Touch::Finish);
    assert_eq!(lobby.ends(), [(Outcome::NotKnown, &Witness::Kiosk)]);
    assert_eq!(lobby.notice().tone, Tone::Open);
}

#[test]
fn who_turns_from_the_code_to_another_way_says_that_they_did_not_pay() {
    let mut lobby = Lobby::to_pay();
    lobby.owes_beside_ticket().touch(Touch::Pay).pays_by(CODE);
    lobby.touch(Touch::Back).touch(Touch::Yes);
    assert_eq!(lobby.ends(), [], "before it is kept there is nothing to turn from");
    lobby.hears(PaymentNews::Begun).touch(Touch::Back);
    assert_eq!(lobby.ends(), [(Outcome::NotCharged, &Witness::Patient)]);
    lobby.pays_by(DESK);
    assert_eq!(lobby.notice().title, "Please pay at the desk");
    lobby.touch(Touch::Again).pays_by(CARD);
    assert!(matches!(lobby.stage(), PayStage::Card { .. }));
}

#[test]
fn who_leaves_while_the_code_is_shown_leaves_a_doubt_and_before_it_is_shown_none() {
    for (kept, expected) in [(true, Outcome::NotKnown), (false, Outcome::NotCharged)] {
        let mut lobby = Lobby::to_pay();
        lobby.came_to_pay(known(maria(), Vec::new()), account("", true, false)).pays_by(CODE);
        if kept {
            lobby.hears(PaymentNews::Begun);
        }
        lobby.touch(Touch::StartOver);
        assert_eq!(lobby.session.step, Step::Welcome);
        assert_eq!(lobby.ends(), [(expected, &Witness::Kiosk)]);
    }
}

#[test]
fn a_code_that_the_store_never_keeps_is_never_shown_and_nothing_is_charged() {
    let mut lobby = Lobby::to_pay();
    lobby.owes_beside_ticket().touch(Touch::Pay).pays_by(CODE).wait(16);
    assert_eq!(lobby.ends(), [(Outcome::NotCharged, &Witness::Kiosk)]);
    assert!(lobby.says().starts_with("Not charged"), "{}", lobby.says());
    lobby.hears(PaymentNews::Begun);
    assert!(matches!(lobby.stage(), PayStage::Ended(_)), "late, and it is over");
}

#[test]
fn a_code_runs_out_also_while_somebody_writes_what_they_need() {
    let mut lobby = Lobby::to_pay();
    lobby.owes_beside_ticket().touch(Touch::Pay).pays_by(CODE).hears(PaymentNews::Begun);
    lobby.touch(Touch::NeedHelp).touch(Touch::Choice(COMPLAINT)).type_in("too dear");
    lobby.wait(PATIENCE.as_secs() + 1);
    assert_eq!(lobby.ends(), [(Outcome::NotKnown, &Witness::Kiosk)]);
    assert!(matches!(lobby.session.step, Step::Telling(_)), "and they go on writing");
}

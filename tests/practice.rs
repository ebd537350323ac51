//! Practice mode: it looks the same, says everywhere that it is not real, and can reach nothing that is.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

mod support;

use std::sync::Arc;
use std::time::{Duration, Instant};
use support::clinic::{Place, guests};
use support::desk::RunningDesk;
use support::hands::{Hands, notice};
use vestibule::clinic::Clinic;
use vestibule::kiosk::session::Touch;

/// The same clinic to practise with, its desk at an address of the test's own.
fn practised(place: &Place) -> Arc<Clinic> {
    let practice = (*place.clinic).clone().for_practice();
    Arc::new(Clinic { desk: support::clinic::free_address(), ..practice })
}

/// A clinic with the desk of another: what a mistaken address, or a cable, could bring about.
fn at_the_desk_of(clinic: &Arc<Clinic>, other: &Arc<Clinic>) -> Arc<Clinic> {
    Arc::new(Clinic { desk: other.desk, ..(**clinic).clone() })
}

#[test]
fn a_practice_kiosk_reaches_no_real_desk_and_a_real_kiosk_no_practice_desk() {
    let place = Place::new();
    let practice = practised(&place);
    let (real_desk, practice_desk) = (RunningDesk::start(&place.clinic), RunningDesk::start(&practice));
    real_desk.book(&guests(3));
    for (kiosk, desk) in [
        (at_the_desk_of(&practice, &place.clinic), &real_desk),
        (at_the_desk_of(&place.clinic, &practice), &practice_desk),
    ] {
        let mut hands = Hands::start(&kiosk, "lobby").unwrap();
        hands.touch(Touch::NeedHelp);
        hands.touch(Touch::CallPerson);
        let kept = |screen: &_| {
            notice(screen)
                .filter(|notice| notice.lines.iter().any(|line| line.contains("has not been reached yet")))
        };
        hands.until("that the desk was not told", kept);
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(2) {
            hands.live(Duration::from_millis(50));
        }
        assert!(desk.store.run(|store| store.open_requests()).unwrap().is_empty(), "the request got through");
        let counts = hands.runner.store().run(|store| store.directory_counts()).unwrap();
        assert_eq!(counts.patients, 0, "a book came from the other side");
    }
}

#[test]
fn practice_has_stores_of_its_own_and_says_on_every_screen_what_it_is() {
    let place = Place::new();
    let practice = practised(&place);
    let desk = RunningDesk::start(&practice);
    desk.book(&guests(1));
    let guest = &guests(1)[0];
    let mut hands = Hands::start(&practice, "lobby").unwrap();
    hands.wait_for_the_book(1);
    let mark = |hands: &Hands| hands.runner.view().frame.practice;
    assert!(mark(&hands).contains("PRACTICE"));
    hands.touch(Touch::HaveAppointment);
    hands.type_in(&guest.born());
    assert!(mark(&hands).contains("PRACTICE"));
    hands.touch(Touch::NeedHelp);
    hands.touch(Touch::CallPerson);
    hands.until("that the desk was told", notice);
    assert!(mark(&hands).contains("PRACTICE"));
    support::until("the request at the practice desk", || {
        hands.live(Duration::from_millis(20));
        desk.store.run(|store| store.open_requests()).unwrap().len() == 1
    });

    let real = Hands::start(&place.clinic, "lobby").unwrap();
    assert_eq!(mark(&real), "");
    assert!(real.runner.store().run(|store| store.open_requests()).unwrap().is_empty());
    assert!(practice.data.starts_with(&place.clinic.data) && practice.data != place.clinic.data);
}

//! How the person at the kiosk wants the screen.

use super::*;

fn chosen(lobby: &Lobby) -> Preferences {
    lobby.view().look
}

/// Every preference there is, and another language.
const ALL: [Touch; 7] = [
    Touch::TextSize(2),
    Touch::Contrast,
    Touch::Reach,
    Touch::Stillness,
    Touch::MoreTime,
    Touch::Steady,
    Touch::Language(1),
];

#[test]
fn in_the_middle_of_an_answer_the_screen_is_changed_and_nothing_is_lost() {
    let mut lobby = Lobby::new();
    lobby.touch(Touch::NewHere).type_in("Seán");
    let before = lobby.session.step.clone();
    lobby.touch(Touch::Preferences);
    assert!(matches!(lobby.screen(), Screen::Preferences(_)));
    for touch in ALL {
        lobby.touch(touch);
    }
    // What nobody sees is not written on.
    lobby.type_in("x").event(Event::Erased).event(Event::Erased);
    let Screen::Preferences(shown) = lobby.screen() else { panic!("it closes when it is told to") };
    let switches = [&shown.contrast, &shown.reach, &shown.stillness, &shown.more_time, &shown.steady];
    assert!(switches.iter().all(|switch| switch.selected));
    assert_eq!(shown.text_sizes.map(|size| size.selected), [false, false, true]);
    lobby.touch(Touch::Back);
    assert_eq!(lobby.session.step, before);
    assert_eq!(lobby.view().frame.language, "es");
    let Screen::Question(question) = lobby.screen() else { panic!("the question is there again") };
    assert_eq!(question.entry, crate::kiosk::screens::Entry::Letters("Seán".into()));
    let wanted = Preferences {
        text_size: TextSize::Largest,
        contrast: true,
        reach: true,
        stillness: true,
        more_time: true,
        steady: true,
    };
    assert_eq!(chosen(&lobby), wanted);
    // It is the same person who starts over.
    lobby.touch(Touch::StartOver).touch(Touch::Finish);
    assert!(matches!(lobby.screen(), Screen::Welcome(_)));
    assert_eq!(chosen(&lobby), wanted);
    // Each is switched off as it was switched on.
    lobby.touch(Touch::Preferences);
    let on = ALL.into_iter().filter(|touch| !matches!(touch, Touch::TextSize(_) | Touch::Language(_)));
    for touch in on.chain([Touch::TextSize(0)]) {
        lobby.touch(touch);
    }
    assert_eq!(chosen(&lobby), Preferences::default());
}

#[test]
fn when_a_person_has_gone_all_is_as_it_was() {
    let choose = |lobby: &mut Lobby| {
        lobby.touch(Touch::Preferences);
        for touch in ALL {
            lobby.touch(touch);
        }
    };
    let is_as_new = |lobby: &Lobby| {
        matches!(lobby.screen(), Screen::Welcome(_))
            && chosen(lobby) == Preferences::default()
            && lobby.session.language == 0
            && lobby.session.is_idle()
    };
    // From the choice itself, from the welcome, and from a question.
    let mut lobby = Lobby::new();
    choose(&mut lobby);
    assert!(!lobby.session.is_idle());
    lobby.everybody_leaves();
    assert!(is_as_new(&lobby));
    choose(&mut lobby);
    lobby.touch(Touch::Back).everybody_leaves();
    assert!(is_as_new(&lobby));
    choose(&mut lobby);
    lobby.touch(Touch::Back).touch(Touch::NewHere).everybody_leaves();
    assert!(is_as_new(&lobby));
}

#[test]
fn whoever_asks_for_more_time_has_three_times_as_much() {
    let warned = |more: bool| -> u64 {
        let mut lobby = Lobby::new();
        lobby.touch(Touch::NewHere);
        if more {
            lobby.touch(Touch::Preferences).touch(Touch::MoreTime).touch(Touch::Back);
        }
        (1..1000).find(|_| lobby.wait(1).view().warning.is_some()).unwrap()
    };
    let (usual, more) = (warned(false), warned(true));
    assert!(more.abs_diff(3 * usual) <= 1, "{usual} s and {more} s");
}

#[test]
fn help_and_danger_come_before_preferences() {
    let mut lobby = Lobby::new();
    lobby.touch(Touch::NewHere).touch(Touch::Preferences).touch(Touch::NeedHelp);
    assert!(matches!(lobby.screen(), Screen::Help(_)));
    lobby.touch(Touch::Preferences).touch(Touch::NeedHelp).touch(Touch::Emergency);
    assert!(matches!(lobby.screen(), Screen::Emergency(_)));
    // Nothing stands between somebody in danger and what to do now.
    lobby.touch(Touch::Preferences);
    assert!(matches!(lobby.screen(), Screen::Emergency(_)));
}

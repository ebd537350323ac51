//! Routines change while the desk runs, and a practice desk says that it is one.

use crate::running_desk::example;
use crate::scene::{Clinic, raised, request};
use chrono::Utc;
use serde_json::json;
use vestibule::clinic;
use vestibule::front_desk::request::RequestReason;
use vestibule::front_desk::role::Role;
use vestibule::link::fact::FactKind;

#[test]
fn changed_routines_are_told_of_and_take_effect_when_they_are_applied() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("clinic.toml");
    std::fs::write(&file, clinic::EXAMPLE).unwrap();
    clinic::write_example_routines(&folder.path().join("routines")).unwrap();
    let mut house = Clinic::opens_with(clinic::read(&file).unwrap());
    house.hears(
        "the first start records the routines it started with",
        |kind| matches!(kind, FactKind::RoutinesApplied { by, .. } if by == "first start of the desk"),
    );
    house.happens(vec![raised(request(RequestReason::Help, 0))]);

    let phrases = folder.path().join("routines/phrases.toml");
    let text = std::fs::read_to_string(&phrases).unwrap();
    std::fs::write(&phrases, text.replacen("Please come to the desk.", "Please come to the green desk.", 1))
        .unwrap();
    house.page.sees_in("#attention", "Changed on disk but not applied: phrases.toml. Run vestibule routines");
    house.page.picture("routines-changed", false);
    house.page.presses("Messages");
    let offered =
        "[...document.querySelectorAll('.phrases option')].map((option) => option.textContent).join('|')";
    assert!(!house.page.evaluate(offered).as_str().unwrap().contains("green"), "not yet");

    let requests = folder.path().join("routines/requests.toml");
    let text = std::fs::read_to_string(&requests).unwrap();
    std::fs::write(&requests, text.replacen("Lobby supervisor", "Front supervisor", 1)).unwrap();

    let files = clinic::texts_to_tell(&file).unwrap();
    house.desk.store().run(move |store| store.apply_routines("Elena", files, Utc::now())).unwrap();
    house.page.act("chooses", json!({ "label": "Say a phrase", "text": "Please come to the green desk." }));
    house.page.sees_no_more("#attention", "Changed on disk");
    house.page.presses("Hand over…");
    house.page.act("chooses", json!({ "label": "Hand over to", "text": "Front supervisor" }));
    house.hears("the kiosks have them", |kind| {
        matches!(kind, FactKind::RoutinesApplied { by, files } if by == "Elena" && files["phrases.toml"].contains("green"))
    });

    house.signs_in("Elena", Role::Supervisor);
    house.page.act("open", json!({ "url": format!("http://{}/supervisor", house.desk.address) }));
    house.page.evaluate("globalThis.since = 'the beginning'");
    house.page.sees_in("#routines", "Elena");
    house.page.evaluate("document.querySelector('#routines summary').click()");
    house.page.sees_in("#routines .came", "green desk");
    house.page.sees_in("#routines .went", "Please come to the desk.");
    house.page.picture("routines-history", false);
    house.page.is_accessible("with the changes of the routines");
    house.ends_well();
}

#[test]
fn a_practice_desk_says_so() {
    let mut practice = Clinic::opens_with(example().for_practice());
    practice.page.sees_in("#practice", "PRACTICE");
    practice.page.is_accessible("for practice");
    practice.page.picture("practice", false);
    practice.ends_well();
}

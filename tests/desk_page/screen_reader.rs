//! What a screen reader reads of the desk: landmarks, headings and live regions, in an order that makes sense.

use crate::looks::a_busy_morning;
use crate::scene::{Clinic, raised, request};
use serde_json::{Value, json};
use vestibule::front_desk::request::RequestReason;

/// The headings in reading order, with their levels.
const HEADINGS: &str =
    "[...document.querySelectorAll('h1, h2, h3, h4')].filter((each) => each.checkVisibility())
    .map((each) => [Number(each.tagName[1]), each.innerText.replace(/\\s+/g, ' ').trim()])";

/// What is read out by itself: how soon, and where.
const LIVE: &str = "[...document.querySelectorAll('[aria-live], [role=alert], [role=status], [role=log]')]
    .map((each) => [each.id || each.className, each.getAttribute('aria-live') ?? each.getAttribute('role')])";

fn headings(clinic: &mut Clinic) -> Vec<(u64, String)> {
    let all = clinic.page.evaluate(HEADINGS);
    let of = |each: &Value| (each[0].as_u64().unwrap(), each[1].as_str().unwrap().to_string());
    all.as_array().unwrap().iter().map(of).collect()
}

/// What a screen reader is told of a table, from the tree of accessibility: its columns, and of each cell its row's place
/// and its words.
fn table(clinic: &mut Clinic, named: &str) -> String {
    let tree = clinic.page.act("tree", json!({})).as_str().unwrap().to_string();
    let begins =
        tree.find(&format!("- table \"{named}")).unwrap_or_else(|| panic!("no table {named} in\n{tree}"));
    let line = tree[..begins].rfind('\n').map_or(0, |at| at + 1);
    let depth = begins - line;
    let within = tree[begins..].lines().skip(1);
    let own = within.take_while(|line| line.len() - line.trim_start().len() > depth);
    own.map(str::trim).collect::<Vec<_>>().join("\n")
}

#[test]
fn where_there_is_little_room_every_table_is_still_one_with_its_columns() {
    let mut clinic = Clinic::opens();
    a_busy_morning(&clinic);
    // Who came last.
    clinic.page.sees_in("#arrivals", "Ngozi Okafor");
    for width in [1280, 390] {
        clinic.page.act("size", json!({ "width": width, "height": 844 }));
        let told = table(&mut clinic, "Arrivals today");
        for column in ["Came", "Ticket", "Patient", "Appointment", "Paper"] {
            assert!(told.contains(&format!("columnheader \"{column}\"")), "{column} at {width} in\n{told}");
        }
        assert_eq!(told.matches("- row ").count(), 13, "the head and twelve people at {width} in\n{told}");
        assert_eq!(told.matches("- cell").count(), 12 * 5, "at {width} in\n{told}");
    }
    clinic.ends_well();
}

#[test]
fn the_desk_is_read_in_an_order_that_makes_sense() {
    let mut clinic = Clinic::opens();
    a_busy_morning(&clinic);
    clinic.page.sees_in("#request-list", "Maria is on the way");
    clinic.page.sees_in("#arrivals", "Anna Nowak");
    let tree = clinic.page.act("tree", json!({})).as_str().unwrap().to_string();
    let place = |what: &str| tree.find(what).unwrap_or_else(|| panic!("no {what} in\n{tree}"));
    // The way past the header first, then what is wrong, then what needs somebody, then the rest.
    let order = [
        "link \"Skip to the requests\"",
        "banner",
        "complementary \"Alarms\"",
        "main",
        "heading \"Needs a person",
        "heading \"Arrivals today",
        "heading \"Kiosks\"",
    ];
    let places: Vec<_> = order.iter().map(|what| place(what)).collect();
    assert!(places.is_sorted(), "{places:?} of {order:?} in\n{tree}");
    for wanted in [
        "article \"Several records fit: decide which is theirs\"",
        "button \"Acknowledge: I am going\"",
        "table \"Arrivals today",
        "button \"Resolve…\"",
        "region \"Needs a person",
        "list \"Steps of the routine\"",
    ] {
        place(wanted);
    }
    // Nothing that can be pressed or filled in is without a name.
    for nameless in
        ["- button\n", "- textbox\n", "- combobox\n", "- link\n", "- checkbox\n", "- article\n", "- region\n"]
    {
        assert!(!tree.contains(nameless), "{nameless:?} in\n{tree}");
    }

    let headings = headings(&mut clinic);
    assert_eq!(headings.iter().filter(|(level, _)| *level == 1).count(), 1, "{headings:?}");
    for pair in headings.windows(2) {
        assert!(pair[1].0 <= pair[0].0 + 1, "{:?} stands right below {:?}", pair[1], pair[0]);
    }

    // What must be heard at once interrupts; what somebody did is told when they pause.
    let live = clinic.page.evaluate(LIVE);
    let is = |id: &str| {
        let all = live.as_array().unwrap();
        all.iter().find(|each| each[0] == id).map(|each| each[1].as_str().unwrap().to_string())
    };
    for (id, how) in [("lost", "alert"), ("trouble", "alert"), ("said", "alert"), ("announce", "assertive")] {
        assert_eq!(is(id).as_deref(), Some(how), "{id} in {live}");
    }
    clinic.happens(vec![raised(request(RequestReason::NoConsent, 0))]);
    clinic.page.sees_in("#announce", "Did not give consent at the kiosk (kiosk lobby)");
    clinic.ends_well();
}

//! Every route of the desk, and who may use it: everybody else is refused, and so is whoever is not signed in.

use crate::http::Browser;
use crate::running_desk::{RunningDesk, example};
use std::collections::BTreeSet;
use std::path::Path;
use vestibule::front_desk::role::{Permission, Role};

/// What a route asks of whoever uses it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum For {
    /// Nobody need be signed in.
    Anybody,
    /// Whoever is signed in.
    SignedIn,
    /// Whose role includes this.
    Who(Permission),
    /// It is no route of staff: kiosks, the payment provider and whoever counts prove otherwise who they are, and on the
    /// wall of the waiting room nobody signs in.
    Others,
}
use For::{Anybody, Others, SignedIn, Who};
use Permission as P;

/// A row for every route that src/desk has; the test fails where one is missing.
pub const ROUTES: &[(&str, &str, For)] = &[
    ("GET", "/api/live", Anybody),
    ("GET", "/api/sign-in", Anybody),
    ("POST", "/api/sign-in", Anybody),
    ("POST", "/api/sign-in/code", Anybody),
    ("POST", "/api/sign-in/set-password", Anybody),
    ("GET", "/health", Anybody),
    ("GET", "/api/me", SignedIn),
    ("POST", "/api/me/stay", SignedIn),
    ("POST", "/api/me/password", SignedIn),
    ("POST", "/api/me/pin", SignedIn),
    ("POST", "/api/me/language", SignedIn),
    ("POST", "/api/sign-out", SignedIn),
    ("GET", "/api/people", Who(P::People)),
    ("POST", "/api/people", Who(P::People)),
    ("POST", "/api/people/{id}/role", Who(P::People)),
    ("POST", "/api/people/{id}/end", Who(P::People)),
    ("POST", "/api/people/{id}/reset", Who(P::People)),
    ("GET", "/api/audit", Who(P::Audit)),
    ("GET", "/api/audit.csv", Who(P::Audit)),
    ("GET", "/api/board", Who(P::Requests)),
    ("POST", "/api/requests/{id}/acknowledge", Who(P::Requests)),
    ("POST", "/api/requests/{id}/resolve", Who(P::Requests)),
    ("POST", "/api/requests/{id}/hand-over", Who(P::Requests)),
    ("POST", "/api/requests/{id}/check", Who(P::Requests)),
    ("POST", "/api/requests/{id}/say", Who(P::Requests)),
    ("POST", "/api/requests/{id}/note", Who(P::Requests)),
    ("POST", "/api/requests/{id}/step", Who(P::Requests)),
    ("POST", "/api/reports", Who(P::Requests)),
    ("POST", "/api/patients/search", Who(P::Records)),
    ("POST", "/api/patients/{id}/proof", Who(P::Records)),
    ("POST", "/api/requests/{id}/same-person", Who(P::Records)),
    ("POST", "/api/requests/{id}/two-people", Who(P::Records)),
    ("POST", "/api/relations/{id}/confirm", Who(P::Records)),
    ("POST", "/api/relations/{id}/end", Who(P::Records)),
    ("GET", "/api/visits/{id}/answers", Who(P::Records)),
    ("POST", "/api/tickets/{id}/copy", Who(P::Queue)),
    ("POST", "/api/requests/{id}/carry-out", Who(P::Book)),
    ("POST", "/api/requests/{id}/decline-offer", Who(P::Book)),
    ("POST", "/api/slots/search", Who(P::Book)),
    ("POST", "/api/queue/next", Who(P::Queue)),
    ("POST", "/api/queue/{visit}/call", Who(P::Queue)),
    ("POST", "/api/queue/{visit}/call-again", Who(P::Queue)),
    ("POST", "/api/queue/{visit}/take-back", Who(P::Queue)),
    ("POST", "/api/queue/{visit}/absent", Who(P::Queue)),
    ("POST", "/api/queue/{visit}/transfer", Who(P::Queue)),
    ("POST", "/api/queue/{visit}/mark", Who(P::Queue)),
    ("POST", "/api/queue/{visit}/finish", Who(P::Queue)),
    ("POST", "/api/queue/{visit}/leave", Who(P::Queue)),
    ("GET", "/api/reports/mine", Who(P::Requests)),
    ("POST", "/api/reports/{id}/seen", Who(P::Requests)),
    ("POST", "/api/queue/{visit}/reopen", Who(P::Queue)),
    ("POST", "/api/displays/forget", Who(P::Queue)),
    ("GET", "/api/book", Who(P::Book)),
    ("POST", "/api/book/next", Who(P::Book)),
    ("POST", "/api/book/appointments", Who(P::Book)),
    ("POST", "/api/book/appointments/{id}/move", Who(P::Book)),
    ("POST", "/api/book/appointments/{id}/put-back", Who(P::Book)),
    ("POST", "/api/book/appointments/{id}/call-off", Who(P::Book)),
    ("GET", "/api/book/appointments/{id}/calendar", Who(P::Book)),
    ("POST", "/api/book/calls/{id}", Who(P::Book)),
    ("POST", "/api/book/closures", Who(P::Book)),
    ("POST", "/api/book/closures/preview", Who(P::Book)),
    ("POST", "/api/book/closures/{id}/end", Who(P::Book)),
    ("GET", "/api/fleet", Who(P::Fleet)),
    ("POST", "/api/fleet/{kiosk}/orders", Who(P::Fleet)),
    ("GET", "/api/reports/mine", Who(P::Requests)),
    ("POST", "/api/reports/{id}/seen", Who(P::Requests)),
    ("GET", "/api/suggestions", Who(P::Supervise)),
    ("POST", "/api/suggestions/{id}/look", Who(P::Supervise)),
    ("POST", "/api/suggestions/{id}/answer", Who(P::Supervise)),
    ("GET", "/api/supervisor", Who(P::Supervise)),
    ("GET", "/api/supervisor/now", Who(P::Supervise)),
    ("GET", "/api/supervisor.csv", Who(P::Supervise)),
    ("GET", "/api/supervisor/now", Who(P::Supervise)),
    ("GET", "/api/supervisor.csv", Who(P::Supervise)),
    ("GET", "/api/suggestions", Who(P::Supervise)),
    ("POST", "/api/suggestions/{id}/look", Who(P::Supervise)),
    ("POST", "/api/suggestions/{id}/answer", Who(P::Supervise)),
    ("POST", "/api/payments/{id}/settle", Who(P::Payments)),
    ("POST", "/api/refunds/{id}/settle", Who(P::Payments)),
    ("POST", "/api/terminals/{kiosk}/last-transaction", Who(P::Payments)),
    ("POST", "/api/terminals/{kiosk}/end-of-day", Who(P::Payments)),
    ("POST", "/api/closings/{id}/counted", Who(P::Payments)),
    ("GET", "/api/patients/{id}/account", Who(P::Payments)),
    ("POST", "/api/patients/{id}/payments", Who(P::Payments)),
    ("POST", "/api/patients/{id}/charges", Who(P::Payments)),
    ("POST", "/api/charges/{id}/withdraw", Who(P::Payments)),
    ("POST", "/api/payments/{id}/refund", Who(P::Refunds)),
    ("POST", "/api/payments/{id}/receipt", Who(P::Payments)),
    ("GET", "/api/payments/day", Who(P::Payments)),
    ("GET", "/api/payments.csv", Who(P::Payments)),
    ("POST", "/api/payments/drawer", Who(P::Payments)),
    ("POST", "/api/payments/drawer/reckon", Who(P::Payments)),
    ("POST", "/api/queue/next", Who(P::Queue)),
    ("POST", "/api/queue/{visit}/call", Who(P::Queue)),
    ("POST", "/api/queue/{visit}/call-again", Who(P::Queue)),
    ("POST", "/api/queue/{visit}/take-back", Who(P::Queue)),
    ("POST", "/api/queue/{visit}/absent", Who(P::Queue)),
    ("POST", "/api/queue/{visit}/transfer", Who(P::Queue)),
    ("POST", "/api/queue/{visit}/mark", Who(P::Queue)),
    ("POST", "/api/queue/{visit}/finish", Who(P::Queue)),
    ("POST", "/api/queue/{visit}/leave", Who(P::Queue)),
    ("POST", "/link/facts", Others),
    ("GET", "/link/feed", Others),
    ("POST", "/link/bookings", Others),
    ("POST", "/link/requests", Others),
    ("POST", "/link/heartbeat", Others),
    ("POST", "/payments/provider", Others),
    ("GET", "/metrics", Others),
    ("GET", "/display", Others),
    ("GET", "/display/live", Others),
    ("GET", "/display/speech/{call}", Others),
    ("POST", "/display/beat", Others),
];

/// An id that nothing has.
const NOBODY: &str = "01a20fa0-0cb8-7563-920f-f08219446b63";

/// Every method and path that the source of the desk gives a route.
fn routes_of_the_source() -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/desk")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                for part in text.split(".route(").skip(1) {
                    let mut depth = 1;
                    let end = part.find(|letter| {
                        depth += match letter {
                            '(' => 1,
                            ')' => -1,
                            _ => 0,
                        };
                        depth == 0
                    });
                    let call = part[..end.unwrap()].trim();
                    // The pages themselves, whose paths are in a table: they hold nothing of anybody.
                    let Some(rest) = call.strip_prefix('"') else { continue };
                    let (route, handlers) = rest.split_once('"').unwrap();
                    for (word, method) in [
                        ("get(", "GET"),
                        ("post(", "POST"),
                        ("put(", "PUT"),
                        ("delete(", "DELETE"),
                        ("patch(", "PATCH"),
                    ] {
                        if handlers.contains(word) {
                            found.insert((method.to_string(), route.to_string()));
                        }
                    }
                }
            }
        }
    }
    found
}

#[test]
fn every_route_has_a_row_in_the_table() {
    let rows: BTreeSet<(String, String)> =
        ROUTES.iter().map(|(method, path, _)| (method.to_string(), path.to_string())).collect();
    let source = routes_of_the_source();
    assert!(source.len() > 40, "the source was not read: {source:?}");
    assert_eq!(
        source.difference(&rows).collect::<Vec<_>>(),
        Vec::<&(String, String)>::new(),
        "routes without a row"
    );
    assert_eq!(
        rows.difference(&source).collect::<Vec<_>>(),
        Vec::<&(String, String)>::new(),
        "rows without a route"
    );
}

#[test]
fn every_route_refuses_whoever_may_not() {
    let folder = tempfile::tempdir().unwrap();
    let desk = RunningDesk::start(example(), folder.path());
    let mut people: Vec<(Role, Browser)> =
        Role::ALL.map(|role| (role, Browser::with(&desk.signed_in(role)))).into();
    let facts = || desk.store().run(|store| store.last_position()).unwrap();
    let before = facts();
    for (method, path, whose) in ROUTES {
        if *path == "/api/live" || *path == "/api/sign-out" || *whose == Others {
            continue;
        }
        let asked = path.replace("{id}", NOBODY).replace("{visit}", NOBODY).replace("{kiosk}", "nowhere");
        // What is not asked rightly is refused for that, whoever asks.
        let asked = if matches!(*path, "/api/payments.csv" | "/api/supervisor.csv") {
            format!("{asked}?what=none&from=2026-11-01&to=2026-11-02&until=2026-11-02")
        } else {
            asked
        };
        let nobody = Browser::default().ask(desk.address, method, &asked, "{}");
        match whose {
            Anybody => assert_ne!(nobody.status, 403, "{method} {path}: {}", nobody.body),
            _ => assert_eq!(nobody.status, 401, "{method} {path}, nobody signed in: {}", nobody.body),
        }
        for (role, browser) in &mut people {
            // What is asked is about nothing that exists: whoever may is told so, and nobody else is.
            let answer = browser.ask(desk.address, method, &asked, "{}");
            let refused = answer.status == 403 && answer.error().contains("Your role does not include this");
            let may = match whose {
                Who(what) => role.may(*what),
                _ => true,
            };
            assert_eq!(!refused, may, "{method} {path} as {role:?}: {} {}", answer.status, answer.body);
            assert!(answer.status != 401 || *whose == Anybody, "{method} {path} as {role:?} is signed in");
        }
    }
    assert_eq!(facts(), before, "nothing was changed by asking");
}

#[test]
fn the_live_page_tells_patients_only_to_whose_work_needs_them() {
    let folder = tempfile::tempdir().unwrap();
    let desk = RunningDesk::start(example(), folder.path());
    for role in Role::ALL {
        let wanted = if role.may(P::Requests) { "board" } else { "unattended" };
        let events = Browser::with(&desk.signed_in(role)).hears(desk.address, wanted);
        let told: BTreeSet<&str> = events.iter().map(|(name, _)| name.as_str()).collect();
        assert!(
            told.contains(wanted) && !(told.contains("board") && wanted != "board"),
            "{role:?}: {told:?}"
        );
    }
}

#[test]
fn an_administrator_sees_no_patient_and_a_receptionist_no_figures_of_colleagues() {
    let may = |role: Role| P::ALL.into_iter().filter(|what| role.may(*what)).collect::<Vec<_>>();
    assert_eq!(may(Role::Administrator), [P::Fleet, P::People, P::Audit]);
    assert_eq!(may(Role::Receptionist), [P::Requests, P::Queue, P::Records, P::Book, P::Payments]);
    assert_eq!(may(Role::ClinicalStaff), [P::Requests, P::Queue, P::Records]);
    assert!(!Role::Supervisor.may(P::People));
    // The pages of figures show amounts to whoever opens them.
    assert!(Role::ALL.into_iter().all(|role| role.may(P::Payments) || !role.may(P::Supervise)));
}

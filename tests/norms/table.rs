//! An auditor reads the table: nothing in it may be stale, and nothing may be claimed that no test measures.

use crate::source::fault;
use std::collections::BTreeSet;
use std::process::Command;
use vestibule::norms::{NORMS, Row, Standing};

const README: &str = include_str!("../../README.md");

fn rows() -> impl Iterator<Item = (&'static str, &'static Row)> {
    NORMS.iter().flat_map(|norm| norm.rows.iter().map(|row| (norm.name, row)))
}

#[test]
fn every_test_that_is_named_is_there_and_runs() {
    let named: BTreeSet<&str> = rows().flat_map(|(_, row)| row.tests.iter().copied()).collect();
    assert!(named.len() > 60, "{} tests are named", named.len());
    let faults: Vec<String> = named.into_iter().filter_map(fault).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_name_that_is_not_that_of_a_test_is_noticed() {
    for (name, why) in [
        ("vestibule-ui::theme every_pair_of_colours", "no function"),
        ("vestibule-ui::theme contrast", "no test"),
        ("vestibule-ui::colours every_pair_of_colours_stands_apart", "colours.rs"),
        ("vestibule kiosk::voices::tests::no_secret_is_ever_said", "no module voices"),
        ("vestibule-desk::theme any", "no package"),
        ("every_pair_of_colours_stands_apart", "a space"),
    ] {
        let fault = fault(name).unwrap_or_default();
        assert!(fault.contains(why), "{name}: {fault:?}");
    }
    // One that is there and is passed over.
    let passed_over = include_str!("../payment_kills.rs");
    let name = passed_over.split("#[ignore").nth(1).unwrap().split("fn ").nth(1).unwrap();
    let name = format!("vestibule::payment_kills {}", name.split('(').next().unwrap());
    assert!(fault(&name).is_some_and(|fault| fault.contains("does not always run")), "{name}");
}

#[test]
fn what_is_met_is_measured_and_what_is_not_claims_nothing() {
    for (norm, row) in rows() {
        let whence = format!("{norm} {}", row.clause);
        assert!(row.asks.len() > 10 && row.how.len() > 5, "{whence} says what is asked, and how it stands");
        match row.standing {
            Standing::Met | Standing::InPart => assert!(!row.tests.is_empty(), "{whence} names no test"),
            Standing::OfTheInstallation(section) => {
                let tells = README.lines().any(|line| line.starts_with(&format!("**{section}.**")));
                assert!(tells, "{whence}: README.md has no part {section:?}");
            }
            Standing::NotConcerned => assert!(row.tests.is_empty(), "{whence} does not concern us"),
            Standing::NotMet => {}
        }
        let tests: BTreeSet<_> = row.tests.iter().collect();
        assert_eq!(tests.len(), row.tests.len(), "{whence} names a test twice");
    }
}

/// A clause as its numbers.
fn numbers(clause: &str) -> Vec<u32> {
    clause.split('.').map(|part| part.parse().unwrap_or_else(|_| panic!("{clause} is no clause"))).collect()
}

#[test]
fn clauses_stand_once_and_in_their_order() {
    for norm in NORMS {
        assert!(!norm.rows.is_empty());
        for pair in norm.rows.windows(2) {
            let (one, next) = (pair[0].clause, pair[1].clause);
            assert!(numbers(one) < numbers(next), "{}: {next} stands after {one}", norm.name);
        }
    }
}

/// WCAG 2.2 has 55 criteria of the levels A and AA, and none may be left out.
#[test]
fn every_criterion_of_wcag_is_there() {
    let wcag = NORMS.iter().find(|norm| norm.name.contains("WCAG")).unwrap();
    assert_eq!(wcag.rows.len(), 55);
}

fn prints(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_vestibule")).arg("norms").args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn one_command_prints_all_of_it_in_three_forms() {
    let [plain, markdown, json] = [&[][..], &["--markdown"], &["--json"]].map(prints);
    for (norm, row) in rows() {
        let whence = format!("{norm} {}", row.clause);
        for test in row.tests {
            assert!(plain.contains(test) && markdown.contains(test), "{whence}: {test}");
        }
        assert!(plain.contains(norm) && markdown.contains(row.asks), "{whence}");
    }
    let wide = plain.lines().find(|line| line.chars().count() > 100 && !line.contains("::"));
    assert_eq!(wide, None);
    let read: serde_json::Value = serde_json::from_str(&json).unwrap();
    let count: usize =
        read.as_array().unwrap().iter().map(|norm| norm["rows"].as_array().unwrap().len()).sum();
    assert_eq!(count, rows().count());
    assert!(plain.contains(&format!("\n{count} clauses: ")), "how many stand how");
}

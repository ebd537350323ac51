//! What is probably not meant in how patients pay, and what is good to know about it.

use super::Finding;
use crate::clinic::Clinic;
use crate::clinic::payments::{Means, Payments};

/// What is probably not meant in `payments.toml` and the terminals of `clinic.toml`.
pub(super) fn check_payments(clinic: &Clinic) -> Vec<Finding> {
    let mut findings = Vec::new();
    let payments = clinic.routines.payments.as_ref();
    if !offers(payments, Means::Card) {
        for kiosk in clinic.kiosks.iter().filter(|kiosk| kiosk.terminal.is_some()) {
            findings.push(Finding {
                what: format!("Kiosk \"{}\" has a card terminal, and nobody may pay by card.", kiosk.name),
                advice: "Add \"card\" to the means of payments.toml, or take terminal = … from the kiosk in clinic.toml."
                    .into(),
            });
        }
    }
    if payments.is_some_and(|payments| payments.code.is_some()) && !offers(payments, Means::Code) {
        findings.push(Finding {
            what: "payments.toml says who is paid by code, and nobody may pay by code.".into(),
            advice: "Add \"code\" to the means of payments.toml, or remove the part [code].".into(),
        });
    }
    findings
}

/// What is offered and cannot be used yet, or only with the help of staff: that may be meant, and whoever sets up a
/// clinic should know it.
pub fn hints(clinic: &Clinic) -> Vec<Finding> {
    let mut hints = Vec::new();
    let payments = clinic.routines.payments.as_ref();
    if offers(payments, Means::Card) && clinic.kiosks.iter().all(|kiosk| kiosk.terminal.is_none()) {
        hints.push(Finding {
            what: "No kiosk has a card terminal: nobody is offered to pay by card yet.".into(),
            advice: "Where a terminal stands, add terminal = … to the kiosk in clinic.toml.".into(),
        });
    }
    if offers(payments, Means::Code) && clinic.provider_key.is_none() {
        hints.push(Finding {
            what: "Nobody tells the desk that a code was paid: staff look for each such payment on the account, and confirm it."
                .into(),
            advice: "If a payment provider can tell it, add provider_key = … to [desk] in clinic.toml.".into(),
        });
    }
    hints
}

fn offers(payments: Option<&Payments>, means: Means) -> bool {
    payments.is_some_and(|payments| payments.means.contains(&means))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinic::{EXAMPLE, RoutineTexts, read_texts};

    const MEANS: &str = "means = [\"card\", \"code\", \"desk\"]";
    const TERMINAL: (&str, &str) = ("# terminal =", "terminal =");
    const PROVIDER: (&str, &str) = ("# provider_key =", "provider_key =");

    /// The example with changes to the clinic's file, and other means of payment; none is a clinic without payments.
    fn clinic(changes: &[(&str, &str)], means: Option<&str>) -> Clinic {
        let text = changes.iter().fold(EXAMPLE.to_string(), |text, (from, to)| {
            assert!(text.contains(from), "the example has no {from}");
            text.replacen(from, to, 1)
        });
        let mut routines = RoutineTexts::example();
        let example = include_str!("../example/payments.toml");
        assert!(example.contains(MEANS));
        routines.replace("payments.toml", means.map_or(String::new(), |means| example.replace(MEANS, means)));
        read_texts("clinic.toml", &text, &routines).unwrap_or_else(|errors| panic!("{errors:?}"))
    }

    fn said(found: Vec<Finding>) -> Vec<String> {
        found.iter().map(Finding::to_string).collect()
    }

    #[test]
    fn a_terminal_without_cards_and_a_payee_without_codes_are_told() {
        let terminal = "Kiosk \"lobby\" has a card terminal, and nobody may pay by card.";
        let payee = "payments.toml says who is paid by code, and nobody may pay by code.";
        for (changes, means, expected) in [
            (&[][..], Some(MEANS), &[][..]),
            (&[TERMINAL], Some(MEANS), &[]),
            (&[TERMINAL], Some("means = [\"code\", \"desk\"]"), &[terminal]),
            (&[TERMINAL], None, &[terminal]),
            (&[], None, &[]),
            (&[], Some("means = [\"card\", \"desk\"]"), &[payee]),
            (&[TERMINAL], Some("means = [\"desk\"]"), &[terminal, payee]),
        ] {
            let found = said(check_payments(&clinic(changes, means)));
            assert_eq!(found.len(), expected.len(), "{means:?}: {found:?}");
            for (found, expected) in found.iter().zip(expected) {
                assert!(found.starts_with(expected), "{means:?}: {found}");
            }
        }
    }

    #[test]
    fn what_waits_for_a_terminal_or_a_provider_is_a_hint_and_no_finding() {
        let (card, code) = ("No kiosk has a card terminal", "Nobody tells the desk that a code was paid");
        for (changes, means, expected) in [
            // What the example says of itself: with the two lines that it has as comments, nothing.
            (&[][..], Some(MEANS), &[card, code][..]),
            (&[TERMINAL, PROVIDER], Some(MEANS), &[]),
            (&[PROVIDER], Some(MEANS), &[card]),
            (&[TERMINAL], Some(MEANS), &[code]),
            (&[], Some("means = [\"desk\"]"), &[]),
            (&[], None, &[]),
        ] {
            let found = said(hints(&clinic(changes, means)));
            assert_eq!(found.len(), expected.len(), "{means:?}: {found:?}");
            for (found, expected) in found.iter().zip(expected) {
                assert!(found.starts_with(expected), "{means:?}: {found}");
            }
        }
    }
}

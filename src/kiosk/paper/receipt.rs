//! What the printed receipt of a payment says.

use super::Paper;
use crate::clinic::Clinic;
use crate::front_desk::money::Money;
use crate::front_desk::payment::{Means, Outcome, PaymentEnd, PaymentItem, Transaction, standing};
use crate::front_desk::payment_code::PaymentReference;
use crate::kiosk::screens::{Speaker, pay};
use crate::store::LedgerRow;
use vestibule_hardware::printer::{Align, Direction, Document, Element, TextSize, Weight};

/// The receipt of a payment: the word it ended in, what it was for, how it was paid and by what it is found again,
/// then the terminal's own receipt. No name stands on it: it is left lying about. Of a payment whose end is not
/// known it says so, and not to pay again.
pub fn document(clinic: &Clinic, speaker: &Speaker<'_>, ledger: &LedgerRow, copy: bool) -> Document {
    let payment = &ledger.row.payment;
    let end = standing(&ledger.row.ends);
    let (word, doubt) = match end.map(|end| end.outcome) {
        Some(Outcome::Charged) => ("receipt-charged", false),
        Some(Outcome::NotCharged) => ("receipt-not-charged", false),
        Some(Outcome::NotKnown) | None => ("receipt-not-known", true),
    };
    let mut paper = Paper::begin(clinic, speaker);
    if copy {
        // Two papers must not be taken for two payments.
        paper.centred_strong(speaker.say("ticket-copy"), TextSize::Normal);
    }
    paper.rule();
    paper.centred_strong(speaker.say(word), TextSize::Large);
    let at = ledger.row.begun_at;
    let day = speaker.whole_day(at.with_timezone(&clinic.zone).date_naive());
    let when = [("date", day.into()), ("time", speaker.clock(at).into())];
    paper.centred(speaker.say_with("ticket-issued", &when));
    paper.rule();
    for item in &payment.items {
        let charge = ledger.charges.iter().find(|charge| charge.id == item.charge);
        paper.line(charge.map_or_else(String::new, |charge| pay::charge_text(&charge.what, clinic, speaker)));
        paper.amount(amount_of(item, payment.amount), Weight::Regular, speaker);
    }
    paper.rule();
    paper.strong(speaker.say("pay-total"));
    paper.amount(payment.amount, Weight::Bold, speaker);
    if doubt {
        paper.rule();
        paper.strong(speaker.say("receipt-not-known-line"));
    }
    paper.rule();
    paper.line(speaker.say(match payment.means {
        Means::Card { .. } => "receipt-by-card",
        Means::Code { .. } => "receipt-by-code",
        Means::Desk { .. } => "receipt-at-desk",
    }));
    paper.line(speaker.say("receipt-payment"));
    paper.as_it_is(PaymentReference::of(payment.id.0).grouped());
    if let Some(end) = end.filter(|end| end.outcome == Outcome::Charged) {
        paper.charged(end, speaker);
    }
    paper.end(clinic, speaker)
}

fn amount_of(item: &PaymentItem, total: Money) -> Money {
    Money { minor: item.minor, ..total }
}

fn named(speaker: &Speaker<'_>, key: &str, name: &str, value: &str) -> String {
    speaker.say_with(key, &[(name, value.into())])
}

impl Paper {
    /// An amount at the edge where reading ends.
    fn amount(&mut self, amount: Money, weight: Weight, speaker: &Speaker<'_>) {
        self.text(speaker.money(amount), TextSize::Normal, weight, Align::End);
    }

    /// What the terminal said of it.
    fn charged(&mut self, end: &PaymentEnd, speaker: &Speaker<'_>) {
        if let Some(Transaction { terminal, receipt, authorisation, card, .. }) = &end.transaction {
            if let Some(terminal) = terminal {
                self.line(named(speaker, "receipt-terminal", "code", terminal));
            }
            if let Some(receipt) = receipt {
                self.line(named(speaker, "receipt-number", "number", &receipt.to_string()));
            }
            if let Some(authorisation) = authorisation {
                self.line(named(speaker, "receipt-authorisation", "code", authorisation));
            }
            if !card.trim().is_empty() {
                self.line(named(speaker, "receipt-card", "code", card.trim()));
            }
        }
        if end.receipt.iter().any(|line| !line.trim().is_empty()) {
            self.rule();
            self.centred_strong(speaker.say("receipt-of-terminal"), TextSize::Normal);
            // In its own language and columns, and as a printer sets its own text: every letter as wide.
            self.as_it_is(end.receipt.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n"));
        }
    }

    /// What reads from left to right in every language.
    fn as_it_is(&mut self, text: String) {
        self.elements.push(Element::Text {
            text,
            size: TextSize::Normal,
            weight: Weight::Regular,
            align: Align::Start,
            direction: Direction::LeftToRight,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinic::{EXAMPLE, read_text};
    use crate::front_desk::money::Currency;
    use crate::front_desk::patient::PatientId;
    use crate::front_desk::payment::{
        Charge, ChargeFor, ChargeId, DeskMeans, Payment, PaymentId, PaymentRow, Witness,
    };
    use chrono::{DateTime, Utc};
    use uuid::Uuid;
    use vestibule_hardware::printer::{Fonts, JobId, Profile, encode};
    use vestibule_ui::words::{Language, Words};

    fn ledger(means: Means, ends: Vec<PaymentEnd>) -> LedgerRow {
        let amount = |minor| Money { minor, currency: Currency::parse("EUR").unwrap() };
        let begun_at: DateTime<Utc> = "2026-11-24T23:30:00Z".parse().unwrap();
        let charge = |id, what, minor| Charge {
            id: ChargeId(Uuid::from_u128(id)),
            patient: PatientId(Uuid::from_u128(1)),
            what,
            amount: amount(minor),
            day: begun_at.date_naive(),
            visit: None,
        };
        let charges = vec![
            charge(1, ChargeFor::Item { text: "Medical certificate".into() }, 950),
            // Of this one a part was paid.
            charge(2, ChargeFor::Balance, 10_000),
        ];
        let item = |id, minor| PaymentItem { charge: ChargeId(Uuid::from_u128(id)), minor };
        let payment = Payment {
            id: PaymentId(Uuid::from_u128(0xABC)),
            patient: PatientId(Uuid::from_u128(1)),
            items: vec![item(1, 950), item(2, 3400)],
            amount: amount(4350),
            means,
            ticket: None,
            language: "en".into(),
            kiosk: "lobby".into(),
        };
        LedgerRow {
            row: PaymentRow { payment, begun_at, ends, refunds: Vec::new() },
            charges,
            patient: None,
            paper: None,
        }
    }

    fn card() -> Means {
        Means::Card { terminal: "lobby".into() }
    }

    fn charged() -> PaymentEnd {
        let mut end = PaymentEnd::new(Outcome::Charged, Witness::Terminal, "for staff only");
        end.transaction = Some(Transaction {
            amount: Some(4350),
            receipt: Some(312),
            trace: Some(4711),
            terminal: Some("52523535".into()),
            card: "VISA ***4242".into(),
            authorisation: Some("A7B9".into()),
            ..Transaction::default()
        });
        end.receipt = [
            "        ** KUNDENBELEG **       ",
            "Händler: Clínica Ribera",
            "",
            "Betrag EUR                 43,50",
            "Eine Zeile, die länger ist als jedes Papier, das ein Kiosk hat, und dennoch ganz",
        ]
        .map(String::from)
        .into();
        end
    }

    fn written(language: &str, ledger: &LedgerRow) -> Vec<(String, TextSize, Direction)> {
        let clinic = read_text("clinic.toml", EXAMPLE).unwrap();
        let document = document(&clinic, &Speaker::new(language, &clinic), ledger, false);
        let texts = document.elements.into_iter().filter_map(|element| match element {
            Element::Text { text, size, direction, .. } => Some((text, size, direction)),
            _ => None,
        });
        texts.collect()
    }

    fn texts(language: &str, ledger: &LedgerRow) -> Vec<String> {
        written(language, ledger).into_iter().map(|(text, ..)| text).collect()
    }

    #[test]
    fn a_receipt_says_the_word_what_for_how_and_by_what_it_is_found_again() {
        let texts = texts("en", &ledger(card(), vec![charged()]));
        let expected = [
            "CHARGED",
            "25 November 2026, 00:30",
            "Medical certificate",
            "€9.50",
            "Balance from before",
            "€34.00",
            "All together",
            "€43.50",
            "By card",
            "Payment:",
            "0000 0000 0000 02NW",
            "Terminal: 52523535",
            "Receipt number: 312",
            "Authorisation: A7B9",
            "Card: VISA ***4242",
            "Receipt of the terminal",
        ];
        assert_eq!(texts[1..=expected.len()], expected);
        let own = texts.last().unwrap();
        assert!(own.starts_with("        ** KUNDENBELEG **\nHändler"), "{own}");
        assert!(!texts.join(" ").contains("for staff only"));
    }

    #[test]
    fn a_copy_says_so() {
        let clinic = read_text("clinic.toml", EXAMPLE).unwrap();
        let ledger = ledger(card(), vec![charged()]);
        for language in Words::own().languages().map(Language::code) {
            let speaker = Speaker::new(language, &clinic);
            let says = |copy: bool| {
                let document = document(&clinic, &speaker, &ledger, copy);
                let word = speaker.say("ticket-copy");
                document
                    .elements
                    .iter()
                    .any(|each| matches!(each, Element::Text { text, .. } if *text == word))
            };
            assert!(says(true) && !says(false), "{language}");
        }
    }

    #[test]
    fn the_word_that_stands_is_the_one_printed_in_every_language() {
        let words = Words::own();
        let not_known = || PaymentEnd::new(Outcome::NotKnown, Witness::Kiosk, "");
        for (ends, key) in [
            (vec![], "receipt-not-known"),
            (vec![not_known()], "receipt-not-known"),
            (vec![not_known(), charged()], "receipt-charged"),
            (vec![PaymentEnd::new(Outcome::NotCharged, Witness::Terminal, "")], "receipt-not-charged"),
        ] {
            let ledger = ledger(card(), ends);
            for language in words.languages() {
                let written = written(language.code(), &ledger);
                let word = words.text(language, key);
                let large: Vec<_> = written.iter().filter(|(_, size, _)| *size == TextSize::Large).collect();
                assert_eq!(large.iter().map(|(text, ..)| text).collect::<Vec<_>>(), [&word]);
                let explained = words.text(language, "receipt-not-known-line");
                let explains = written.iter().any(|(text, ..)| *text == explained);
                assert_eq!(explains, key == "receipt-not-known", "{language:?}");
            }
        }
    }

    #[test]
    fn a_doubt_shows_nothing_of_a_transaction_and_a_code_is_named_by_its_reference() {
        let mut doubt = charged();
        doubt.outcome = Outcome::NotKnown;
        let texts_of_doubt = texts("en", &ledger(card(), vec![doubt])).join("\n");
        assert!(!texts_of_doubt.contains("KUNDENBELEG") && !texts_of_doubt.contains("52523535"));
        let by_code = Means::Code { scheme: "epc".into(), reference: "00000000000002NW".into() };
        let paid = PaymentEnd::new(Outcome::Charged, Witness::Provider, "");
        let texts_of_code = texts("en", &ledger(by_code, vec![paid.clone()]));
        assert!(texts_of_code.contains(&"0000 0000 0000 02NW".to_string()), "{texts_of_code:?}");
        let desk = Means::Desk { how: DeskMeans::Cash, by: "Rosa".into() };
        let texts_of_desk = texts("en", &ledger(desk, vec![paid])).join("\n");
        assert!(texts_of_desk.contains("At the desk") && !texts_of_desk.contains("Rosa"));
    }

    #[test]
    fn the_terminal_s_own_lines_fit_every_paper_whole_and_keep_their_columns() {
        let clinic = read_text("clinic.toml", EXAMPLE).unwrap();
        let fonts = Fonts::new(&vestibule_ui::fonts::fonts()).unwrap();
        for name in ["simulated", "epson-tm-t88vi", "generic-80mm", "generic-58mm"] {
            let profile = Profile::named(name).unwrap();
            for language in Words::own().languages().map(Language::code) {
                let speaker = Speaker::new(language, &clinic);
                let document = document(&clinic, &speaker, &ledger(card(), vec![charged()]), false);
                let bytes = encode(&document, &profile, &fonts, JobId::new(1)).unwrap();
                let has = |text: &[u8]| bytes.windows(text.len()).any(|window| window == text);
                // As its own text, with the spaces before it.
                assert!(has(b"        ** KUNDENBELEG **\n"), "{} {language}", profile.name);
                assert!(has(b"Betrag EUR                 43,50\n"), "{} {language}", profile.name);
                for word in ["Papier,", "Kiosk", "dennoch", "ganz\n"] {
                    assert!(has(word.as_bytes()), "{} {language}: {word}", profile.name);
                }
            }
        }
    }
}

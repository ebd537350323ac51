//! Why a terminal refused: the error table of chapter 10 of PA00P015, in our own words.

use thiserror::Error;

/// A refusal. No money moved.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the card terminal did not carry out the order: {} (code {code:02X}){}", meaning(*code), .text.as_ref().map(|text| format!("; it says «{text}»")).unwrap_or_default())]
pub struct Refusal {
    /// The code of chapter 10; 1 to 99 come from the bank.
    pub code: u8,
    /// What the terminal adds in words; card numbers in it are masked.
    pub text: Option<String>,
}

/// What a refusal means for whoever stands in front of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalKind {
    /// The bank or the card says no: another card may do.
    Declined,
    /// Somebody pressed stop, or the kiosk called it off.
    Cancelled,
    /// No card came in time.
    TimedOut,
    /// The card could not be read: try again, or another card.
    CardUnreadable,
    /// It lies at the terminal: staff must help.
    Terminal,
}

impl Refusal {
    /// What it means for whoever stands there.
    pub fn kind(&self) -> RefusalKind {
        kind(self.code, self.text.as_deref())
    }
}

fn kind(code: u8, text: Option<&str>) -> RefusalKind {
    match code {
        0x01..=0x63 | 0x67 | 0x68 | 0x6E | 0x71 | 0x76 | 0x78..=0x7A | 0xC5 | 0xD2 | 0xE9 | 0xEA | 0xF1 => {
            RefusalKind::Declined
        }
        // One code for both; the terminal's words, if it adds any, tell them apart.
        0x6C => {
            let text = text.unwrap_or_default().to_lowercase();
            let by_time = ["time", "zeit"].iter().any(|word| text.contains(word));
            if by_time { RefusalKind::TimedOut } else { RefusalKind::Cancelled }
        }
        0x64 | 0x65 | 0x72 | 0x73 | 0x7B | 0x7C | 0x7E | 0xDC => RefusalKind::CardUnreadable,
        _ => RefusalKind::Terminal,
    }
}

/// What a code means, for staff.
pub(super) fn meaning(code: u8) -> &'static str {
    match code {
        0x00 => "no reason given",
        0x01..=0x63 => "the bank does not authorise it",
        0x64 => "the card cannot be read",
        0x65 => "no data on the card",
        0x66 => "the card could not be processed",
        0x67 => "not allowed for debit cards",
        0x68 => "not allowed for credit and fuel cards",
        0x6A => "the terminal's store of payments is full; close the day",
        0x6B => "the terminal is not registered or the function is switched off",
        0x6C => "stopped by a key or because nobody presented a card",
        0x6E => "the card is blocked",
        0x6F => "the terminal works in another currency",
        0x71 => "not enough credit on the card",
        0x72 => "the card's chip does not work",
        0x73 => "the card's data is wrong",
        0x74 => "the terminal's keys are used up; call its provider",
        0x75 => "a text was not genuine",
        0x76 => "the card is not on the list of allowed cards",
        0x77 => "the day cannot be closed",
        0x78 => "the card has expired",
        0x79 => "the card is not valid yet",
        0x7A => "the card is not known",
        0x7B | 0x7C | 0x7E => "the chip failed and the stripe may not be used",
        0x7D => "the terminal's modem does not answer",
        0x83 => "the function is not possible",
        0x85 => "a key is missing; call the terminal's provider",
        0x89 | 0xED => "the keypad is broken",
        0x9A => "the terminal did not understand the kiosk",
        0x9B => "the terminal reached no network",
        0x9C => "the terminal is busy",
        0xA0 => "the other side is not ready",
        0xA1 => "the bank's computer does not answer",
        0xA3 => "the terminal has no connection",
        0xA4 => "purse cards cannot be handed in",
        0xA5 => "card security rules forbid it",
        0xB1 => "the terminal's memory is full",
        0xB2 => "the merchant's journal is full; close the day",
        0xB4 => "it was taken back already",
        0xB5 => "it cannot be taken back",
        0xB7 => "the reservation has another amount",
        0xB8 => "a reservation is still open",
        0xBF => "the terminal has too little power",
        0xC0 => "the card lock is broken",
        0xC1 => "the merchant card is locked",
        0xC2 => "the terminal needs a diagnosis first",
        0xC3 => "the amount is too large for this terminal",
        0xC4 => "the terminal's card profiles are out of date",
        0xC5 => "this way of paying is not possible",
        0xC6 => "the currency is not possible",
        0xC8 => "the amount is too small",
        0xC9 => "the terminal's largest amount is set too low",
        0xCB => "only possible in euros",
        0xCC => "the terminal's printer is not ready",
        0xCD => "cash back is not possible",
        0xD2 => "not allowed for bank service cards",
        0xDC => "a card is in the reader",
        0xDD | 0xDE => "the card got stuck in the reader",
        0xE0 => "remote maintenance is on",
        0xE2 => "the card reader does not answer",
        0xE3 => "the shutter is closed",
        0xE4 => "the terminal must be activated",
        0xE7 | 0xE8 => "the list of goods is missing",
        0xE9 | 0xEA => "this card may not be used here",
        0xEB | 0xEC => "the PIN cannot be processed",
        0xF0 => "the day before has not been closed",
        0xF1 => "an offline payment failed",
        0xF5 | 0xF6 => "the terminal must be set up by its provider",
        0xFA => "payments made offline could not be handed in",
        0xFB => "the terminal's store of payments is damaged",
        0xFC => "a part of the terminal is missing or broken",
        0xFD => "the line speed is not possible",
        0xFE => "the register is unknown",
        0xFF => "an error inside the terminal",
        _ => "a reason that is not in the specification",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_a_sentence_with_the_code() {
        let refusal = Refusal { code: 0x6E, text: Some("Karte gesperrt".into()) };
        assert_eq!(
            refusal.to_string(),
            "the card terminal did not carry out the order: the card is blocked (code 6E); it says «Karte gesperrt»"
        );
        assert_eq!(refusal.kind(), RefusalKind::Declined);
    }

    #[test]
    fn no_code_is_taken_for_a_success() {
        for code in 0..=255 {
            assert!(!meaning(code).is_empty());
        }
        assert_eq!(kind(0x6C, None), RefusalKind::Cancelled);
        assert_eq!(kind(0x6C, Some("Zeitüberschreitung")), RefusalKind::TimedOut);
        assert_eq!(kind(0xFF, None), RefusalKind::Terminal);
    }
}

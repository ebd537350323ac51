use super::{Devices, Notice, Screen, Speaker, Tone, notice, said};
use crate::clinic::Clinic;
use crate::clinic::payments::Means;
use crate::front_desk::money::Money;
use crate::front_desk::payment::{ChargeFor, Outcome};
use crate::front_desk::payment_code::{Centre, PaymentCode};
use crate::front_desk::ticket::PaperState;
use crate::kiosk::session::{NotChargedWhy, Owed, PayStage, Paying, PaymentResult, TerminalShows};

/// What is shown while somebody pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pay {
    /// What is due, and the ways to pay it.
    Choose {
        /// The question.
        title: String,
        /// Item by item.
        items: Vec<PayItem>,
        /// *All together*.
        total_label: String,
        /// All of it.
        total: String,
        /// What else there is to know, or nothing.
        note: String,
        /// The ways, in order.
        ways: Vec<PayWay>,
        /// *Pay later*.
        later: String,
    },
    /// The terminal has it.
    Card {
        /// What is being done.
        title: String,
        /// How much.
        amount: String,
        /// What is to be done at the terminal, or its own words.
        says: String,
        /// Stands over the terminal's own words; else empty.
        says_label: String,
        /// Nothing is to be done but to wait.
        busy: bool,
        /// *Stop*.
        stop: String,
        /// That was touched.
        stopping: bool,
    },
    /// A code for the patient's own phone.
    Code {
        /// What is being done.
        title: String,
        /// How much.
        amount: String,
        /// What the QR code carries.
        code: String,
        /// What is drawn over its middle.
        centre: Centre,
        /// What to do with it; its accessible name.
        code_label: String,
        /// What stands in it, as people write it.
        lines: Vec<String>,
        /// *I have paid*.
        paid: String,
        /// *Pay another way*.
        other_way: String,
    },
}

/// Something that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayItem {
    /// What for.
    pub text: String,
    /// How much.
    pub amount: String,
}

/// A way to pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayWay {
    /// What it says.
    pub label: String,
    /// Which one it is.
    pub means: PayMeans,
}

/// The ways that there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayMeans {
    /// At the terminal.
    Card,
    /// By a code.
    Code,
    /// At the desk.
    Desk,
}

/// The screen of somebody who pays.
pub(super) fn pay(paying: &Paying, clinic: &Clinic, speaker: &Speaker<'_>, devices: Devices) -> Screen {
    match &paying.stage {
        PayStage::Choosing => choosing(paying, clinic, speaker, devices),
        PayStage::Card { shows, stopping, .. } => {
            Screen::Pay(card(shows, *stopping, amount(paying, speaker), speaker))
        }
        PayStage::Code { kept: false, .. } => Screen::Notice(Notice {
            title: speaker.say("pay-code-preparing"),
            lines: Vec::new(),
            ..notice::waiting(speaker)
        }),
        PayStage::Code { said_paid: true, .. } => Screen::Notice(Notice {
            tone: Tone::Calm,
            busy: true,
            title: speaker.say("pay-code-waiting"),
            lines: vec![amount(paying, speaker), speaker.say("pay-code-waiting-line")],
            primary: speaker.say("pay-code-leave"),
            secondary: String::new(),
        }),
        PayStage::Code { code, .. } => Screen::Pay(Pay::Code {
            title: speaker.say("pay-by-code"),
            amount: amount(paying, speaker),
            code: code.text.clone(),
            centre: code.centre,
            code_label: speaker.say("pay-code-label"),
            lines: beneath(code, speaker),
            paid: speaker.say("pay-code-paid"),
            other_way: speaker.say("pay-other-way"),
        }),
        PayStage::AtDesk => Screen::Notice(Notice {
            tone: Tone::Calm,
            busy: false,
            title: speaker.say("pay-at-desk-title"),
            lines: lines([amount(paying, speaker), speaker.say("pay-at-desk-line")], paying, speaker),
            primary: leave(paying, speaker),
            secondary: speaker.say("pay-other-way"),
        }),
        PayStage::Ended(result) => Screen::Notice(ended(result, paying, speaker)),
    }
}

fn choosing(paying: &Paying, clinic: &Clinic, speaker: &Speaker<'_>, devices: Devices) -> Screen {
    let account = &paying.account;
    let message = |tone, title, line| {
        Screen::Notice(Notice {
            tone,
            busy: false,
            title: speaker.say(title),
            lines: lines([speaker.say(line), String::new()], paying, speaker),
            primary: leave(paying, speaker),
            secondary: String::new(),
        })
    };
    if !account.in_doubt.is_empty() {
        return message(Tone::Open, "pay-in-doubt-title", "pay-in-doubt-line");
    }
    let Some(total) = account.total() else {
        return message(Tone::Good, "pay-nothing-title", "pay-nothing-line");
    };
    let items = account.payable().map(|due| PayItem {
        text: charge_text(&due.charge.what, clinic, speaker),
        amount: speaker.money(due.open),
    });
    let ways = paying.ways(clinic, devices.terminal).into_iter().map(|way| {
        let (key, means) = match way {
            Means::Card => ("pay-by-card", PayMeans::Card),
            Means::Code => ("pay-by-code", PayMeans::Code),
            Means::Desk => ("pay-at-desk", PayMeans::Desk),
        };
        PayWay { label: speaker.say(key), means }
    });
    let ways: Vec<_> = ways.collect();
    let note = match ways.is_empty() {
        true => speaker.say("pay-no-way"),
        // One payment is in one currency.
        false if account.payable().count() < account.dues.len() => speaker.say("pay-other-currency"),
        false => String::new(),
    };
    Screen::Pay(Pay::Choose {
        title: speaker.say("pay-title"),
        items: items.collect(),
        total_label: speaker.say("pay-total"),
        total: speaker.money(total),
        note,
        ways,
        later: speaker.say(if paying.done.is_some() { "pay-later" } else { "pay-not-now" }),
    })
}

fn card(shows: &TerminalShows, stopping: bool, amount: String, speaker: &Speaker<'_>) -> Pay {
    let (busy, says_label, says) = match shows {
        TerminalShows::Preparing => (true, String::new(), speaker.say("pay-card-preparing")),
        TerminalShows::PresentCard => (false, String::new(), speaker.say("pay-card-present")),
        TerminalShows::AtWork => (true, String::new(), speaker.say("pay-card-at-work")),
        TerminalShows::Words(words) => (false, speaker.say("pay-card-says"), words.clone()),
    };
    Pay::Card {
        title: speaker.say("pay-by-card"),
        amount,
        says,
        says_label,
        busy,
        stop: speaker.say(if stopping { "pay-stopping" } else { "pay-stop" }),
        stopping,
    }
}

/// The three words, and what to do now.
fn ended(result: &PaymentResult, paying: &Paying, speaker: &Speaker<'_>) -> Notice {
    let by_card = result.way == Means::Card;
    let (tone, title, line) = match result.outcome {
        Outcome::Charged => (Tone::Good, "pay-charged", ""),
        Outcome::NotKnown if by_card => (Tone::Open, "pay-not-known", "pay-not-known-card"),
        Outcome::NotKnown => (Tone::Open, "pay-not-known", "pay-not-known-code"),
        Outcome::NotCharged => (Tone::Refused, "pay-not-charged", why(result)),
    };
    let receipt = match (result.outcome, result.receipt) {
        (Outcome::NotCharged, _) => "",
        (Outcome::Charged, Some(PaperState::Reserved)) => "pay-receipt-reserved",
        (Outcome::Charged, Some(PaperState::Printed)) => "pay-receipt-printed",
        (Outcome::Charged, Some(PaperState::NotPrinted)) => "pay-receipt-not-printed",
        (Outcome::Charged, Some(PaperState::NotKnown)) => "pay-receipt-not-known",
        (Outcome::Charged, None) => "pay-receipt-desk",
        (Outcome::NotKnown, Some(PaperState::Reserved)) => "pay-doubt-reserved",
        (Outcome::NotKnown, Some(PaperState::Printed)) => "pay-doubt-printed",
        (Outcome::NotKnown, _) => "",
    };
    let text = |key: &str| if key.is_empty() { String::new() } else { speaker.say(key) };
    Notice {
        tone,
        busy: false,
        title: speaker.say_with(title, &[("amount", speaker.money(result.amount).into())]),
        lines: lines([text(line), text(receipt)], paying, speaker),
        primary: leave(paying, speaker),
        secondary: if paying.can_try_again() { speaker.say("try-again") } else { String::new() },
    }
}

fn why(result: &PaymentResult) -> &'static str {
    match (result.why, result.way) {
        (NotChargedWhy::Declined, _) => "pay-why-declined",
        (NotChargedWhy::Cancelled, _) => "pay-why-cancelled",
        (NotChargedWhy::TimedOut, _) => "pay-why-timed-out",
        (NotChargedWhy::CardUnreadable, _) => "pay-why-unreadable",
        (NotChargedWhy::Terminal, Means::Card) => "pay-why-terminal",
        (NotChargedWhy::Terminal, Means::Code | Means::Desk) => "pay-why-code",
        (NotChargedWhy::NotDue, _) => "pay-why-not-due",
        (NotChargedWhy::KnownNow, _) => "pay-why-known-now",
    }
}

/// What is said, and that the ticket stays valid, where there is one.
fn lines(all: [String; 2], paying: &Paying, speaker: &Speaker<'_>) -> Vec<String> {
    let ticket = paying.done.as_ref().map(|done| {
        speaker.say_with("pay-ticket-stays", &[("number", done.ticket.number.to_string().into())])
    });
    said(all.into_iter().chain(ticket).collect())
}

fn leave(paying: &Paying, speaker: &Speaker<'_>) -> String {
    speaker.say(if paying.done.is_some() { "pay-back-to-ticket" } else { "finish" })
}

fn amount(paying: &Paying, speaker: &Speaker<'_>) -> String {
    paying.account.total().map_or_else(String::new, |total| speaker.money(total))
}

/// What stands in a code, for whoever types it into their bank's app instead.
fn beneath(code: &PaymentCode, speaker: &Speaker<'_>) -> Vec<String> {
    let reference = speaker.say_with("pay-code-reference", &[("code", code.reference.clone().into())]);
    vec![code.payee.clone(), code.account.clone(), reference]
}

/// What a charge is for, in the patient's language as far as it was written in it.
pub(in crate::kiosk) fn charge_text(what: &ChargeFor, clinic: &Clinic, speaker: &Speaker<'_>) -> String {
    match what {
        ChargeFor::Fee { fee, text } => {
            let mut fees = clinic.routines.payments.iter().flat_map(|payments| &payments.fees);
            let known = fees.find(|known| known.id == *fee);
            known.map_or_else(|| text.clone(), |fee| fee.text.text(speaker.language().code()).to_string())
        }
        ChargeFor::Balance => speaker.say("pay-balance"),
        ChargeFor::Item { text } => text.clone(),
    }
}

/// What stands beside a ticket of what its holder owes, and what the button says that pays it now.
pub(super) fn beside_the_ticket(owed: Option<&Owed>, speaker: &Speaker<'_>) -> (Option<String>, String) {
    let Some(account) = owed.map(|owed| &owed.account) else { return (None, String::new()) };
    let with = |key, total: Money| speaker.say_with(key, &[("amount", speaker.money(total).into())]);
    match account.total() {
        _ if !account.in_doubt.is_empty() => (Some(speaker.say("done-in-doubt")), String::new()),
        Some(total) => (Some(speaker.say("done-owed")), with("done-pay", total)),
        None => (None, String::new()),
    }
}

//! `payments.toml`: what visits cost, how patients can pay at the kiosk, and who is paid.

use super::Localised;
use super::mistake::{AtLeastOne, Mistake};
use super::routine_files::{Reading, Setting};
use crate::front_desk::calendar::Within;
use crate::front_desk::money::{Currency, Money};
use crate::front_desk::payment_code::{CodePayee, Scheme};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use toml::Spanned;

/// How a patient can pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Means {
    /// By card, at the kiosk's terminal.
    Card,
    /// With their own telephone, by a code.
    Code,
    /// At the desk.
    Desk,
}

impl Means {
    /// The word in the file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Code => "code",
            Self::Desk => "desk",
        }
    }

    /// What staff call it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Card => "by card",
            Self::Code => "by a code for their telephone",
            Self::Desk => "at the desk",
        }
    }
}

/// What becomes of a card payment that would begin while the desk is out of reach.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WithoutDesk {
    /// It begins all the same; the desk learns of it later.
    #[default]
    Pay,
    /// It does not: the patient pays at the desk.
    Desk,
}

/// Of which visits a fee is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum VisitKind {
    Appointment,
    WalkIn,
}

/// What a visit costs.
#[derive(Debug, Clone, PartialEq)]
pub struct Fee {
    /// Identity in the routines.
    pub id: String,
    /// What patients and staff call it.
    pub text: Localised,
    /// How much, in the currency of the payments; never nothing.
    pub amount: Money,
    /// The services whose visits it belongs to; empty for all of them.
    services: Vec<String>,
    /// Empty for all of them.
    visits: Vec<VisitKind>,
}

/// What the clinic has written about payments.
#[derive(Debug, Clone, PartialEq)]
pub struct Payments {
    /// The one currency in which everything is paid.
    pub currency: Currency,
    /// How patients can pay, in the order in which it is offered; never none.
    pub means: Vec<Means>,
    /// What visits cost, in the order in which it is shown.
    pub fees: Vec<Fee>,
    /// Who is paid by code; there is one where a code is among the means.
    pub code: Option<CodePayee>,
    /// What patients read while they pay by code; the program's own words where this is none.
    pub code_text: Option<Localised>,
    /// How long a code waits for the word that it was paid, until that is "not known yet".
    pub confirmed_within: Duration,
    /// Whether a card payment begins while the desk is out of reach.
    pub without_desk: WithoutDesk,
    /// The most that one payment at the kiosk may be; none for no limit.
    pub at_most: Option<Money>,
}

impl Payments {
    /// What a visit of a service costs; `appointment` says whether it was booked.
    pub fn fees_for(&self, service: &str, appointment: bool) -> impl Iterator<Item = &Fee> {
        let kind = if appointment { VisitKind::Appointment } else { VisitKind::WalkIn };
        self.fees.iter().filter(move |fee| {
            (fee.services.is_empty() || fee.services.iter().any(|id| id == service))
                && (fee.visits.is_empty() || fee.visits.contains(&kind))
        })
    }
}

const CONFIRMED_WITHIN: Duration = Duration::from_secs(5 * 60);

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct PaymentsFile {
    currency: Option<Spanned<String>>,
    means: Option<Spanned<Vec<Spanned<Means>>>>,
    at_most: Option<Spanned<String>>,
    without_desk: Option<Spanned<WithoutDesk>>,
    confirmed_within: Option<Spanned<String>>,
    code_text: Option<Spanned<Localised>>,
    fee: Vec<Spanned<FeeSection>>,
    code: Option<Spanned<BTreeMap<Spanned<String>, Spanned<String>>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FeeSection {
    id: Spanned<String>,
    #[serde(default)]
    services: Vec<Spanned<String>>,
    visits: Option<Spanned<Vec<VisitKind>>>,
    amount: Spanned<String>,
    text: Spanned<Localised>,
}

impl PaymentsFile {
    /// Where the first thing of it stands; `None` of a file that says nothing.
    fn first(&self) -> Option<std::ops::Range<usize>> {
        let spans = [
            self.currency.as_ref().map(Spanned::span),
            self.means.as_ref().map(Spanned::span),
            self.at_most.as_ref().map(Spanned::span),
            self.without_desk.as_ref().map(Spanned::span),
            self.confirmed_within.as_ref().map(Spanned::span),
            self.code_text.as_ref().map(Spanned::span),
            self.fee.first().map(Spanned::span),
            self.code.as_ref().map(Spanned::span),
        ];
        spans.into_iter().flatten().min_by_key(|span| span.start)
    }
}

/// Reads `payments.toml`. A file that says nothing offers nothing: `None`.
pub(super) fn payments(
    file: PaymentsFile,
    setting: &Setting<'_>,
) -> Result<Option<Payments>, AtLeastOne<Mistake>> {
    let mut reading = Reading::new(setting);
    let Some(first) = file.first() else { return reading.end(None) };
    let first = Spanned::new(first, ());
    let currency = currency(file.currency.as_ref(), &first, &mut reading);
    let means = means(file.means.as_ref(), &first, &mut reading);
    let at_most = amount(file.at_most.as_ref(), currency, &mut reading);
    let fees = fees(&file.fee, currency, at_most, setting, &mut reading);
    let code = file.code.as_ref().and_then(|section| code(section, currency, &mut reading));
    if let Some(by_code) =
        file.means.iter().flat_map(Spanned::get_ref).find(|it| *it.get_ref() == Means::Code)
        && file.code.is_none()
    {
        let right = "Add a part [code] with its scheme, or take \"code\" from the means.";
        reading.wrong(by_code, "nothing says who is paid by code", right);
    }
    let confirmed_within = confirmed_within(file.confirmed_within.as_ref(), &mut reading);
    let code_text = file.code_text.as_ref().map(|text| reading.complete(text));
    let without_desk = file.without_desk.map(Spanned::into_inner).unwrap_or_default();
    let payments = currency.map(|currency| Payments {
        currency,
        means,
        fees,
        code,
        code_text,
        confirmed_within,
        without_desk,
        at_most,
    });
    reading.end(payments)
}

fn currency(
    written: Option<&Spanned<String>>,
    first: &Spanned<()>,
    reading: &mut Reading<'_>,
) -> Option<Currency> {
    let right = "Write its three letters of ISO 4217, such as currency = \"EUR\".";
    let Some(written) = written else {
        reading.wrong(first, "nothing says in which currency is paid", right);
        return None;
    };
    let currency = Currency::parse(written.as_ref()).filter(|currency| currency.numeric().is_some());
    if currency.is_none() {
        reading.wrong(written, format!("\"{}\" is no currency of ISO 4217", written.as_ref()), right);
    }
    currency
}

fn means(
    written: Option<&Spanned<Vec<Spanned<Means>>>>,
    first: &Spanned<()>,
    reading: &mut Reading<'_>,
) -> Vec<Means> {
    let right = "Write those that are offered, in their order: means = [\"card\", \"code\", \"desk\"].";
    let mut means = Vec::new();
    match written {
        None => reading.wrong(first, "nothing says how patients can pay", right),
        Some(written) if written.as_ref().is_empty() => {
            reading.wrong(written, "there is no way to pay", right);
        }
        Some(written) => {
            for each in written.as_ref() {
                if means.contains(each.get_ref()) {
                    let wrong = format!("\"{}\" stands here twice", each.get_ref().word());
                    reading.wrong(each, wrong, "Name each once: each has one button.");
                } else {
                    means.push(*each.get_ref());
                }
            }
        }
    }
    means
}

/// An amount of more than nothing. Without a currency nothing can be said of it.
fn amount(
    written: Option<&Spanned<String>>,
    currency: Option<Currency>,
    reading: &mut Reading<'_>,
) -> Option<Money> {
    let (written, currency) = (written?, currency?);
    match Money::parse(written.as_ref(), currency) {
        Ok(money) if money.minor > 0 => Some(money),
        Ok(_) => {
            reading.wrong(written, "this is nothing", "Write an amount above 0, or remove it.");
            None
        }
        Err(error) => {
            let right =
                "Write figures in \"quotes\", with a point and as many places behind it as the currency has.";
            reading.wrong(written, error.to_string(), right);
            None
        }
    }
}

fn fees(
    written: &[Spanned<FeeSection>],
    currency: Option<Currency>,
    at_most: Option<Money>,
    setting: &Setting<'_>,
    reading: &mut Reading<'_>,
) -> Vec<Fee> {
    reading.unique(written.iter().map(|fee| &fee.get_ref().id));
    let services: BTreeSet<&str> = setting.services.iter().map(|(id, _)| id.as_str()).collect();
    let mut fees = Vec::new();
    for FeeSection { id, services: of, visits, amount: written, text } in written.iter().map(Spanned::get_ref)
    {
        for service in of {
            reading.one_of(service, &services, "service");
        }
        if let Some(visits) = visits.as_ref().filter(|visits| visits.get_ref().is_empty()) {
            let right = "Write visits = [\"appointment\"], [\"walk-in\"] or both, or remove the line.";
            reading.wrong(visits, "this fee belongs to no visit", right);
        }
        let text = reading.complete(text);
        let Some(amount) = amount(Some(written), currency, reading) else { continue };
        if let Some(most) = at_most.filter(|most| amount.minor > most.minor) {
            reading.wrong(
                written,
                format!("this fee is above at_most = \"{}\": nobody could pay it here", most.figures()),
                "Raise at_most, or lower the fee.",
            );
        }
        fees.push(Fee {
            id: id.as_ref().clone(),
            text,
            amount,
            services: of.iter().map(|id| id.as_ref().clone()).collect(),
            visits: visits.as_ref().map(|visits| visits.get_ref().clone()).unwrap_or_default(),
        });
    }
    fees
}

fn code(
    section: &Spanned<BTreeMap<Spanned<String>, Spanned<String>>>,
    currency: Option<Currency>,
    reading: &mut Reading<'_>,
) -> Option<CodePayee> {
    let known: Vec<_> = Scheme::ALL.iter().map(|scheme| scheme.id()).collect();
    let right = format!("Write one of: {}.", known.join(", "));
    let written = section.get_ref();
    let Some((_, id)) = written.iter().find(|(name, _)| name.get_ref() == "scheme") else {
        reading.wrong(
            section,
            "nothing says by which scheme is paid",
            format!("Add scheme = \"…\". {right}"),
        );
        return None;
    };
    let Some(scheme) = Scheme::from_id(id.as_ref()) else {
        reading.wrong(id, format!("there is no scheme \"{}\"", id.as_ref()), right);
        return None;
    };
    if let Some(currency) = currency.filter(|currency| !scheme.carries(*currency)) {
        reading.wrong(
            id,
            format!("codes of \"{scheme}\" cannot ask for {}", currency.code()),
            format!(
                "They carry {}: take another scheme, or another currency.",
                scheme.currencies().join(" and ")
            ),
        );
    }
    for name in written.keys().filter(|name| name.get_ref() != "scheme") {
        if !scheme.fields().contains(&name.get_ref().as_str()) {
            reading.wrong(
                name,
                format!("codes of \"{scheme}\" have no {}", name.get_ref()),
                format!("Take the name from these, or remove the line: {}.", scheme.fields().join(", ")),
            );
        }
    }
    let fields = written.iter().map(|(name, value)| (name.get_ref().as_str(), value.get_ref().as_str()));
    match CodePayee::read(scheme, &fields.collect()) {
        Ok(payee) => Some(payee),
        Err(mistakes) => {
            for mistake in mistakes {
                let at = written.iter().find(|(name, _)| name.get_ref() == mistake.field);
                // What is missing is told of the scheme that asks for it.
                reading.wrong(at.map_or(id, |(_, value)| value), mistake.wrong, mistake.right);
            }
            None
        }
    }
}

fn confirmed_within(written: Option<&Spanned<String>>, reading: &mut Reading<'_>) -> Duration {
    let Some(written) = written else { return CONFIRMED_WITHIN };
    match reading.within(written) {
        Some(Within::Seconds(seconds @ 30..=3600)) => Duration::from_secs(seconds.into()),
        Some(_) => {
            let wrong = "nobody waits so long, or so short a time, before a code";
            reading.wrong(written, wrong, "Write \"30 s\" to \"60 min\", such as \"5 min\".");
            CONFIRMED_WITHIN
        }
        None => CONFIRMED_WITHIN,
    }
}

#[cfg(test)]
mod tests;

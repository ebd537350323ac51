//! The code on North American driving licences and identity cards (AAMVA "DL/ID Card Design Standard", annex
//! D): a header, then one element a line, each begun by three letters.

use super::{Born, Document, DocumentAddress, written};
use crate::front_desk::patient::{PersonName, Sex};
use chrono::NaiveDate;

pub(super) fn read(text: &str) -> Option<Document> {
    let (_, body) = text.split_once("ANSI ").or_else(|| text.split_once("AAMVA"))?;
    let lines: Vec<&str> = body.lines().map(str::trim).collect();
    // The first element stands behind the designators of the header, on its line: "…00410278DLDAQ123".
    let element = |id: &str| {
        let own_line = lines.iter().skip(1).find_map(|line| line.strip_prefix(id));
        let after =
            |begins: &str| lines.first().and_then(|line| line.split_once(begins)).map(|(_, rest)| rest);
        let value = own_line.or_else(|| after(&format!("DL{id}"))).or_else(|| after(&format!("ID{id}")))?;
        let plain: String = value.chars().filter(|c| !c.is_control()).take(200).collect();
        Some(plain.trim().to_string()).filter(|value| !value.is_empty() && value != "NONE")
    };
    let family = element("DCS").or_else(|| element("DAB"))?;
    let given = element("DAC").or_else(|| element("DCT")).unwrap_or_default().replace(',', " ");
    let given = [given, element("DAD").unwrap_or_default()].join(" ");
    let figures = element("DBB")?;
    // Month first in the United States, year first in Canada.
    let day = NaiveDate::parse_from_str(&figures, "%m%d%Y")
        .or_else(|_| NaiveDate::parse_from_str(&figures, "%Y%m%d"));
    let sex = match element("DBC").as_deref() {
        Some("1" | "M") => Some(Sex::Male),
        Some("2" | "F") => Some(Sex::Female),
        _ => None,
    };
    let address = element("DAG").zip(element("DAI")).map(|(street, town)| DocumentAddress {
        street: written(&street),
        town: written(&town),
        region: element("DAJ").unwrap_or_default(),
        // Nine figures, of which the last four may be zeros that mean nothing.
        postal_code: element("DAK").map(postal_code).unwrap_or_default(),
    });
    // "T": the family name was truncated.
    let truncated = element("DDE").as_deref() == Some("T");
    Some(Document {
        name: PersonName { given: written(given.trim()), family: written(&family) },
        truncated,
        born: Born::Day(day.ok()?),
        sex,
        address,
    })
}

fn postal_code(code: String) -> String {
    match code.strip_suffix("0000") {
        Some(five) if code.len() == 9 => five.to_string(),
        _ => code,
    }
}

//! The part `[retention]` of `clinic.toml`: for how long what belongs to a day that is over is kept.

use super::mistake::{Mistake, mistake};
use crate::front_desk::retention::Retention;
use serde::Deserialize;
use toml::Spanned;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Section {
    kiosk_days: Option<Spanned<u32>>,
    visits_days: Option<Spanned<u32>>,
    answers_days: Option<Spanned<u32>>,
    requests_days: Option<Spanned<u32>>,
    figures_days: Option<Spanned<u32>>,
    money_years: Option<Spanned<u32>>,
    audit_years: Option<Spanned<u32>>,
}

/// Nobody keeps anything of these tables for longer: who means "for ever" has not thought of whose data they are.
const LONGEST_YEARS: u32 = 50;

pub(super) fn check(section: &Section) -> Result<Retention, Mistake> {
    let otherwise = Retention::default();
    let in_days = |written: &Option<Spanned<u32>>, otherwise, least, most, why| {
        within(written, otherwise, (least, most, "days"), why)
    };
    let in_years = |written: &Option<Spanned<u32>>, otherwise: u32, least, why| {
        Ok(within(written, otherwise / YEAR, (least, LONGEST_YEARS, "years"), why)? * YEAR)
    };
    Ok(Retention {
        kiosk: in_days(
            &section.kiosk_days,
            otherwise.kiosk,
            2,
            90,
            "a desk that is put back from a backup gets again what kiosks still have, and a kiosk is no archive",
        )?,
        visits: in_days(
            &section.visits_days,
            otherwise.visits,
            30,
            LONGEST_YEARS * YEAR,
            "estimates of waits and the figures look back on weeks",
        )?,
        answers: in_days(
            &section.answers_days,
            otherwise.answers,
            30,
            LONGEST_YEARS * YEAR,
            "forms that are asked only now and then look back on the last time",
        )?,
        requests: in_days(
            &section.requests_days,
            otherwise.requests,
            90,
            LONGEST_YEARS * YEAR,
            "whoever holds a case's slip may come back for the answer",
        )?,
        figures: in_days(
            &section.figures_days,
            otherwise.figures,
            30,
            LONGEST_YEARS * YEAR,
            "supervisors look back on weeks",
        )?,
        money: in_years(
            &section.money_years,
            otherwise.money,
            2,
            "money is given back and reconciled long after it was taken, and tax laws ask for more",
        )?,
        trail: in_years(
            &section.audit_years,
            otherwise.trail,
            1,
            "who looked at whose record is asked long after",
        )?,
    })
}

const YEAR: u32 = 365;

fn within(
    written: &Option<Spanned<u32>>,
    otherwise: u32,
    (least, most, unit): (u32, u32, &str),
    why: &str,
) -> Result<u32, Mistake> {
    let Some(written) = written else { return Ok(otherwise) };
    let span = *written.as_ref();
    if (least..=most).contains(&span) {
        return Ok(span);
    }
    Err(mistake(
        written,
        format!("{span} {unit} is no usable time to keep this"),
        format!("Write {least} to {most}; without the line it is {otherwise}: {why}."),
    ))
}

#[cfg(test)]
mod tests {
    use super::super::{ClinicError, EXAMPLE, read_text};
    use crate::front_desk::retention::Retention;

    fn read(part: &str) -> Result<Retention, ClinicError> {
        let text = EXAMPLE.replacen("[consent]", &format!("{part}\n[consent]"), 1);
        read_text("clinic.toml", &text).map(|clinic| clinic.retention)
    }

    #[test]
    fn without_the_part_the_defaults_hold_and_a_line_changes_its_own_span() {
        assert_eq!(read("").unwrap(), Retention::default());
        let changed = Retention { visits: 100, money: 730, ..Retention::default() };
        assert_eq!(read("[retention]\nvisits_days = 100\nmoney_years = 2").unwrap(), changed);
    }

    #[test]
    fn a_span_that_makes_no_sense_is_refused_with_its_line_and_what_would_be_right() {
        for (line, wrong, right) in [
            ("kiosk_days = 0", "0 days", "Write 2 to 90; without the line it is 7"),
            ("kiosk_days = 400", "400 days", "Write 2 to 90"),
            ("visits_days = 29", "29 days", "Write 30 to 18250"),
            ("answers_days = 1", "1 days", "Write 30 to"),
            ("requests_days = 89", "89 days", "Write 90 to"),
            ("figures_days = 4000000000", "4000000000 days", "Write 30 to"),
            ("money_years = 1", "1 years", "Write 2 to 50; without the line it is 10"),
            ("audit_years = 0", "0 years", "Write 1 to 50; without the line it is 6"),
        ] {
            match read(&format!("[retention]\n{line}")) {
                Err(ClinicError::Wrong { line: at, wrong: found, right: advice, .. }) => {
                    let before = EXAMPLE.split("[consent]").next().unwrap().lines().count();
                    assert_eq!(at, before + 2, "{line}");
                    assert!(found.contains(wrong) && advice.contains(right), "{found} {advice}");
                }
                other => panic!("{line} was taken: {other:?}"),
            }
        }
        for line in ["kiosk_days = -1", "kiosk_days = \"a week\"", "for_ever = 1"] {
            assert!(read(&format!("[retention]\n{line}")).is_err(), "{line}");
        }
    }
}

//! For how long what belongs to a day is kept once that day is over, at the desk and at a kiosk. Pure: which day is the
//! last that something is kept of follows from the clinic's rules, from where it lies and from what day it is.

use chrono::{Days, NaiveDate};

/// What goes together, by one rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kept {
    /// Visits with their tickets and calls, appointments, the waiting list, and who could not be checked in.
    Visits,
    /// What patients answered to forms.
    Answers,
    /// Requests with what was said and noted about them.
    Requests,
    /// Cases, which patients look up at a kiosk by their slip.
    Cases,
    /// Charges that are settled, with their payments and refunds; counts of terminals and drawers.
    Money,
    /// The audit trail, and which routines were in force when.
    Trail,
    /// Figures, what kiosks and their devices told, and orders to them. Nothing of it says who anybody is.
    Figures,
    /// Print jobs that have ended.
    PrintJobs,
    /// At a kiosk: the content of facts that the desk has.
    Facts,
    /// At a kiosk: that there were such facts. Until then they are known again if they come once more.
    Passed,
    /// How many tickets were given on a day: no number is given twice, even if a clock is put back.
    TicketCounts,
}

impl Kept {
    /// Each of them, in the order in which they go: what hangs on something goes before it.
    pub const ALL: [Self; 11] = [
        Self::PrintJobs,
        Self::Answers,
        Self::Visits,
        Self::Requests,
        Self::Cases,
        Self::Money,
        Self::Figures,
        Self::Trail,
        Self::TicketCounts,
        Self::Facts,
        Self::Passed,
    ];

    /// What the audit trail calls it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Visits => "visits",
            Self::Answers => "answers",
            Self::Requests => "requests",
            Self::Cases => "cases",
            Self::Money => "money",
            Self::Trail => "trail",
            Self::Figures => "figures",
            Self::PrintJobs => "print-jobs",
            Self::Facts => "facts",
            Self::Passed => "passed",
            Self::TicketCounts => "ticket-counts",
        }
    }
}

/// Where it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lies {
    /// At the desk, where people look things up.
    AtTheDesk,
    /// At a kiosk, which stands where everybody passes: as little as it works with.
    AtAKiosk,
}

/// The clinic's rules, in days. What is open is kept however old it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// What patients did and said, at a kiosk.
    pub kiosk: u32,
    /// [`Kept::Visits`] at the desk.
    pub visits: u32,
    /// [`Kept::Answers`] at the desk.
    pub answers: u32,
    /// [`Kept::Requests`] at the desk, cases too.
    pub requests: u32,
    /// [`Kept::Money`] at the desk.
    pub money: u32,
    /// [`Kept::Trail`] at the desk.
    pub trail: u32,
    /// [`Kept::Figures`] at the desk.
    pub figures: u32,
}

const YEAR: u32 = 365;

impl Default for Retention {
    /// Ten years of money, as most tax laws of Europe ask for (such as § 147 of the German Abgabenordnung: eight to ten);
    /// six years of the trail (45 CFR 164.316(b)(2)(i)); the rest as long as somebody may come back to it.
    fn default() -> Self {
        Self {
            kiosk: 7,
            visits: 2 * YEAR,
            answers: YEAR,
            requests: 2 * YEAR,
            money: 10 * YEAR,
            trail: 6 * YEAR,
            figures: YEAR,
        }
    }
}

/// How many days of visits a kiosk keeps: estimates of waits look back on two weeks.
pub const VISITS_AT_A_KIOSK: u32 = 16;
/// For how many days whoever holds a case's slip reads the answer at a kiosk.
pub const CASES_AT_A_KIOSK: u32 = 90;
/// How many days of settled money a kiosk keeps: that long cards are usually given money back.
pub const MONEY_AT_A_KIOSK: u32 = 90;
/// A kiosk that the desk has not heard of for so many days keeps nothing at the desk from going.
pub const GIVEN_UP: u32 = 30;
/// By how many days the day by which is judged what goes may come on from one run to the next.
const AT_MOST: u32 = 2;

impl Retention {
    /// How many days something is kept beside the day that it is of.
    pub fn days(&self, kept: Kept, lies: Lies) -> u32 {
        match (lies, kept) {
            (_, Kept::Answers) => self.answers,
            (_, Kept::TicketCounts) => self.visits.max(YEAR),
            (Lies::AtTheDesk, Kept::Visits) => self.visits,
            (Lies::AtTheDesk, Kept::Requests | Kept::Cases) => self.requests,
            (Lies::AtTheDesk, Kept::Money) => self.money,
            (Lies::AtTheDesk, Kept::Trail) => self.trail,
            // The desk prints nothing, and its facts go with what they are about.
            (Lies::AtTheDesk, Kept::Figures | Kept::PrintJobs | Kept::Facts | Kept::Passed) => self.figures,
            (Lies::AtAKiosk, Kept::Visits) => self.kiosk.max(VISITS_AT_A_KIOSK),
            (Lies::AtAKiosk, Kept::Cases) => self.kiosk.max(CASES_AT_A_KIOSK),
            (Lies::AtAKiosk, Kept::Money) => self.kiosk.max(MONEY_AT_A_KIOSK),
            (Lies::AtAKiosk, Kept::Passed) => self.kiosk.max(VISITS_AT_A_KIOSK),
            (
                Lies::AtAKiosk,
                Kept::Requests | Kept::Trail | Kept::Figures | Kept::PrintJobs | Kept::Facts,
            ) => self.kiosk,
        }
    }

    /// The first day that something is kept of; what is of an earlier one goes.
    pub fn kept_since(&self, kept: Kept, lies: Lies, today: NaiveDate) -> NaiveDate {
        today.checked_sub_days(Days::new(self.days(kept, lies).into())).unwrap_or(NaiveDate::MIN)
    }
}

/// The day by which is judged what goes: today, unless the clock has run ahead of the last run, and none where it
/// was put back behind it. A clock that jumps by years deletes two days too many at most for each day on which
/// nobody mends it, and a machine that was off for long catches up by two days a day.
pub fn judged_by(today: NaiveDate, last: NaiveDate) -> Option<NaiveDate> {
    let at_most = last.checked_add_days(Days::new(AT_MOST.into())).unwrap_or(today);
    (today > last).then(|| today.min(at_most))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_kiosk_keeps_less_than_the_desk_of_everything_that_patients_said_and_did() {
        let rules = Retention::default();
        for kept in Kept::ALL {
            let (desk, kiosk) = (rules.days(kept, Lies::AtTheDesk), rules.days(kept, Lies::AtAKiosk));
            assert!(kiosk <= desk, "{kept:?}: {kiosk} days at a kiosk, {desk} at the desk");
        }
    }

    #[test]
    fn days_are_counted_back_over_the_ends_of_months_and_years() {
        let rules = Retention::default();
        for (kept, lies, today, since) in [
            (Kept::Facts, Lies::AtAKiosk, "2027-01-03", "2026-12-27"),
            (Kept::Visits, Lies::AtAKiosk, "2028-03-10", "2028-02-23"),
            (Kept::Figures, Lies::AtTheDesk, "2029-03-01", "2028-03-01"),
            (Kept::Visits, Lies::AtTheDesk, "2028-02-29", "2026-03-01"),
        ] {
            assert_eq!(rules.kept_since(kept, lies, day(today)), day(since), "{kept:?} {today}");
        }
    }

    #[test]
    fn a_clock_that_jumps_ahead_takes_little_with_it_and_one_that_is_put_back_nothing() {
        for (today, last, by) in [
            ("2026-11-29", "2026-11-28", Some("2026-11-29")),
            ("2026-11-30", "2026-11-28", Some("2026-11-30")),
            ("2036-11-29", "2026-11-28", Some("2026-11-30")),
            ("2026-11-28", "2026-11-28", None),
            ("2010-01-01", "2026-11-28", None),
        ] {
            assert_eq!(judged_by(day(today), day(last)), by.map(day), "{today} after {last}");
        }
    }
}

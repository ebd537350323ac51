//! Figures as a table: the page draws it, shows it and offers it to other programs, so that all three say the same.

use super::period::Scope;
use crate::desk::table;
use crate::store::Result as StoreResult;
use chrono::{DateTime, NaiveDate, Timelike, Utc};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A figure; none where there is nothing that it could be of.
pub type Cell = Option<f64>;

/// What is looked at, in one or more ways.
#[derive(Serialize)]
pub struct Topic {
    /// By which the page knows it.
    pub id: &'static str,
    /// Its heading.
    pub title: String,
    /// What the figures are, in a sentence.
    pub explains: String,
    /// By hour, by day, and by what the routines name.
    pub splits: Vec<Figures>,
}

/// One table.
#[derive(Serialize)]
pub struct Figures {
    /// By which it is asked for.
    pub what: String,
    /// How it is divided, as a button says it.
    pub by: String,
    /// The heading of the first column, which names the rows.
    across: String,
    columns: Vec<Column>,
    /// How many of the columns are drawn, from the first on: all of one unit.
    drawn: usize,
    drawing: Drawing,
    rows: Vec<Row>,
}

/// A column of figures.
#[derive(Clone, Serialize)]
pub struct Column {
    name: String,
    /// In what it is measured; empty where the name says it.
    unit: String,
}

/// How a table is drawn.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Drawing {
    /// One line a column, from day to day.
    Lines,
    /// Upright bars, from hour to hour.
    Columns,
    /// Bars from left to right, one below the other, where the names are long.
    Bars,
}

#[derive(Serialize)]
struct Row {
    name: String,
    /// The name where there is little room.
    short: String,
    cells: Vec<Cell>,
}

/// What is measured of things that happened.
pub struct Measure<'a, T> {
    /// The topic.
    pub id: &'static str,
    /// What is told of them.
    pub columns: Vec<Column>,
    /// How many of the columns are drawn.
    pub drawn: usize,
    /// The figures of some of them, one for each column.
    pub cells: &'a dyn Fn(&[&T]) -> Vec<Cell>,
}

/// A column.
pub fn column(name: String, unit: String) -> Column {
    Column { name, unit }
}

/// A count.
pub fn count(number: usize) -> Cell {
    Some(number as f64)
}

/// Seconds as minutes, to a tenth.
pub fn minutes(seconds: Option<i64>) -> Cell {
    seconds.map(|seconds| tenths(seconds as f64 / 60.0))
}

/// Whole seconds.
pub fn seconds(seconds: Option<i64>) -> Cell {
    seconds.map(|seconds| seconds as f64)
}

/// How many of a hundred, to a tenth.
pub fn percent(part: usize, whole: usize) -> Cell {
    (whole > 0).then(|| tenths(part as f64 * 100.0 / whole as f64))
}

fn tenths(figure: f64) -> f64 {
    (figure * 10.0).round() / 10.0
}

impl<T> Measure<'_, T> {
    /// By the hour of the clinic's day, all days of the period together; hours before the first and after the last are left
    /// out.
    pub fn by_hour(&self, scope: &Scope<'_>, items: &[T], at: impl Fn(&T) -> DateTime<Utc>) -> Figures {
        let mut hours: BTreeMap<u32, Vec<&T>> = BTreeMap::new();
        for item in items {
            hours.entry(at(item).with_timezone(&scope.clinic.zone).hour()).or_default().push(item);
        }
        let range = match (hours.keys().next(), hours.keys().next_back()) {
            (Some(first), Some(last)) => *first..last + 1,
            _ => 0..0,
        };
        let rows = range.map(|hour| {
            let items = hours.remove(&hour).unwrap_or_default();
            (format!("{hour:02}:00"), format!("{hour:02}"), items)
        });
        let rows = rows.collect();
        self.table(("hour", scope.say("By hour")), scope.say("Hour"), Drawing::Columns, rows)
    }

    /// By the clinic's days, every one of the period.
    pub fn by_day(&self, scope: &Scope<'_>, items: &[T], at: impl Fn(&T) -> DateTime<Utc>) -> Figures {
        let mut days: BTreeMap<NaiveDate, Vec<&T>> = BTreeMap::new();
        for item in items {
            days.entry(at(item).with_timezone(&scope.clinic.zone).date_naive()).or_default().push(item);
        }
        let all = scope.period.from.iter_days().take_while(|day| *day <= scope.period.until);
        let pattern = scope.say("%-d %b");
        let rows = all.map(|day| {
            let items = days.remove(&day).unwrap_or_default();
            let short = day.format_localized(&pattern, scope.language.locale()).to_string();
            (day.to_string(), short, items)
        });
        let rows = rows.collect();
        self.table(("day", scope.say("By day")), scope.say("Day"), Drawing::Lines, rows)
    }

    /// By a name of each, the most frequent first; `how` names the division for those who ask and for those who read.
    pub fn by_name(
        &self,
        how: (&'static str, String),
        across: String,
        items: &[T],
        name: impl Fn(&T) -> String,
    ) -> Figures {
        let mut names: BTreeMap<String, Vec<&T>> = BTreeMap::new();
        for item in items {
            names.entry(name(item)).or_default().push(item);
        }
        let mut rows: Vec<_> = names.into_iter().map(|(name, items)| (name.clone(), name, items)).collect();
        rows.sort_by_key(|(.., items)| std::cmp::Reverse(items.len()));
        self.table(how, across, Drawing::Bars, rows)
    }

    fn table(
        &self,
        (by, button): (&'static str, String),
        across: String,
        drawing: Drawing,
        rows: Vec<(String, String, Vec<&T>)>,
    ) -> Figures {
        let rows =
            rows.into_iter().map(|(name, short, items)| Row { name, short, cells: (self.cells)(&items) });
        Figures {
            what: format!("{}-by-{by}", self.id),
            by: button,
            across,
            columns: self.columns.clone(),
            drawn: self.drawn,
            drawing,
            rows: rows.collect(),
        }
    }
}

impl Figures {
    /// Rows of which nothing at all is told are left out.
    pub fn without_empty_rows(mut self) -> Self {
        self.rows.retain(|row| row.cells.iter().flatten().any(|cell| *cell > 0.0));
        self
    }

    /// The table for other programs.
    pub fn csv(&self) -> StoreResult<Vec<u8>> {
        let head = self.columns.iter().map(|column| match column.unit.as_str() {
            "" => Cow::from(table::safe(&column.name)),
            unit => Cow::from(table::safe(&format!("{} ({unit})", column.name))),
        });
        let head: Vec<_> = [Cow::from(table::safe(&self.across))].into_iter().chain(head).collect();
        let lines = self.rows.iter().map(|row| {
            let cells =
                row.cells.iter().map(|cell| Cow::from(cell.map_or(String::new(), |cell| cell.to_string())));
            [Cow::from(table::safe(&row.name))].into_iter().chain(cells).collect()
        });
        table::written([head].into_iter().chain(lines))
    }
}

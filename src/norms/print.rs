//! The table of norms on paper: for a terminal, and as Markdown.

use super::{NORMS, Norm, Row, Standing};
use std::fmt::Write;

/// How wide a terminal is taken to be, and where its second column begins.
const WIDTH: usize = 100;
const INDENT: usize = 12;

/// For a terminal, or to be sent to a printer.
pub fn plain() -> String {
    let mut out = String::new();
    for norm in NORMS {
        let _ = writeln!(out, "{}\n{}", norm.name, "=".repeat(norm.name.chars().count()));
        out.push_str(&wrapped(norm.covers, 0));
        for row in norm.rows {
            out.push_str(&plain_row(row));
        }
        out.push('\n');
    }
    out.push_str(&wrapped(&counted(), 0));
    out
}

fn plain_row(row: &Row) -> String {
    let mut out = format!("\n{:<INDENT$}{}{}\n", row.clause, row.standing.words().to_uppercase(), place(row));
    for (name, text) in [("asks", row.asks), ("how", row.how)] {
        let text = wrapped(text, INDENT);
        let _ = write!(out, "  {name:<width$}{}", text.trim_start(), width = INDENT - 2);
    }
    for (at, test) in row.tests.iter().enumerate() {
        let name = if at == 0 { "measured" } else { "" };
        let _ = writeln!(out, "  {name:<width$}{test}", width = INDENT - 2);
    }
    out
}

/// Where whoever installs a kiosk reads of it.
fn place(row: &Row) -> String {
    match row.standing {
        Standing::OfTheInstallation(section) => format!(" (README.md, {section})"),
        _ => String::new(),
    }
}

/// A text in lines, each with so much before it.
fn wrapped(text: &str, indent: usize) -> String {
    let mut out = String::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && indent + line.chars().count() + 1 + word.chars().count() > WIDTH {
            let _ = writeln!(out, "{:indent$}{line}", "");
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    let _ = writeln!(out, "{:indent$}{line}", "");
    out
}

/// As a document.
pub fn markdown() -> String {
    let mut out = String::from("# Norms of accessibility\n");
    for norm in NORMS {
        let Norm { name, covers, rows } = norm;
        let _ = write!(
            out,
            "\n## {name}\n\n{covers}\n\n| clause | asks | stands | how | measured by |\n|---|---|---|---|---|\n"
        );
        for row in *rows {
            let tests: Vec<String> = row.tests.iter().map(|test| format!("`{test}`")).collect();
            let stands = format!("{}{}", row.standing.words(), place(row));
            let Row { clause, asks, how, .. } = row;
            let _ = writeln!(out, "| {clause} | {asks} | {stands} | {how} | {} |", tests.join("<br>"));
        }
    }
    let _ = write!(out, "\n{}\n", counted());
    out
}

/// How many clauses stand how.
fn counted() -> String {
    let rows: Vec<&Row> = NORMS.iter().flat_map(|norm| norm.rows).collect();
    let order = [
        Standing::Met,
        Standing::InPart,
        Standing::OfTheInstallation(""),
        Standing::NotMet,
        Standing::NotConcerned,
    ];
    let parts = order.map(|standing| {
        let words = standing.words();
        let count = rows.iter().filter(|row| row.standing.words() == words).count();
        format!("{count} {words}")
    });
    format!("{} clauses: {}.", rows.len(), parts.join(", "))
}

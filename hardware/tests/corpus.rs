//! What printers and scanners may send, kept as files: all of it, in whatever parts it comes and with whatever is
//! changed in it, is read without a panic, within its bounds, and as the same. Those of payment terminals are read
//! beside their parsers, which nobody else sees (`src/terminal/corpus.rs`).
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod corpus_support;
#[path = "corpus_support/readers.rs"]
mod readers;

use corpus_support::hold;

#[test]
fn what_a_printer_sends_is_taken_apart_the_same_however_it_comes() {
    hold("printer_replies", readers::replies);
}

#[test]
fn what_a_scanner_sends_is_taken_apart_the_same_however_it_comes() {
    hold("scanner_codes", readers::codes);
}

#[test]
fn what_a_scanner_types_is_text_or_nothing() {
    hold("scanner_keys", readers::keys);
}

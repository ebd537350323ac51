//! What terminals may send, kept as files in `tests/corpus`: all of it, in whatever parts it comes and with whatever
//! is changed in it, is read without a panic, within its bounds, and as the same.

use super::apdu::{Apdu, ApduReader, LONGEST, decode, encode};
use super::message::{Completion, Message, Status, read};
use super::receipt::Receipts;
use super::serial_frame::{BlockReader, Heard, block};

#[path = "../../tests/corpus_support/mod.rs"]
mod corpus_support;
use corpus_support::hold;

/// A connection over TCP: messages behind each other.
pub(crate) fn tcp(parts: &[&[u8]]) -> String {
    let mut reader = ApduReader::default();
    let mut receipts = Receipts::default();
    let mut told = String::new();
    for part in parts {
        reader.push(part);
        while let Some(apdu) = reader.next() {
            told.push_str(&tell(&apdu, &mut receipts));
        }
    }
    told.push_str(&format!("{:?} {}", receipts.finish().map(|receipt| receipt.lines), reader.has_begun()));
    told
}

/// A serial line: blocks, their acknowledgements, and noise.
pub(crate) fn serial(parts: &[&[u8]]) -> String {
    let mut reader = BlockReader::default();
    let mut receipts = Receipts::default();
    let mut told = String::new();
    for heard in parts.iter().copied().flatten().filter_map(|byte| reader.push(*byte)) {
        match heard {
            Heard::Ack => told.push_str("ACK "),
            Heard::Nak => told.push_str("NAK "),
            Heard::Damaged => told.push_str("damaged "),
            Heard::Block(data) => {
                assert!(data.len() <= LONGEST + 6);
                let mut again = BlockReader::default();
                let heard: Vec<_> = block(&data).iter().filter_map(|byte| again.push(*byte)).collect();
                assert!(matches!(&heard[..], [Heard::Block(same)] if *same == data));
                match decode(&data) {
                    Some(apdu) => told.push_str(&tell(&apdu, &mut receipts)),
                    None => told.push_str("garbled "),
                }
            }
        }
    }
    told.push_str(&format!("{}", reader.has_begun()));
    told
}

/// What a message says, in words; and that it is the same when it is written and read once more.
fn tell(apdu: &Apdu, receipts: &mut Receipts) -> String {
    let bytes = encode(apdu.class, apdu.instr, &apdu.data);
    let again = decode(&bytes).unwrap();
    assert!(again.class == apdu.class && again.instr == apdu.instr && again.data == apdu.data);
    match read(apdu) {
        Message::Acknowledged => "acknowledged ".to_owned(),
        Message::NotTaken { code } => format!("not taken {code} "),
        Message::Shows { message, minutes } => {
            message.text.iter().for_each(|text| is_masked(text));
            format!("{message:?} {minutes:?} ")
        }
        Message::Record(Status { record, totals }) => {
            let texts = record.iter().flat_map(|record| [&record.text, &record.authorisation]).flatten();
            texts.for_each(|text| is_masked(text));
            let last_four = record.as_ref().and_then(|record| record.card.as_ref()?.last_four.as_ref());
            assert!(last_four.is_none_or(|digits| digits.len() <= 4));
            format!("{record:?} {totals:?} ")
        }
        Message::Done(Completion { result, status, terminal_id, currency, software }) => {
            software.iter().for_each(|text| is_masked(text));
            format!("done {result:?} {status:?} {terminal_id:?} {currency:?} {software:?} ")
        }
        Message::Aborted { code, text } => {
            text.iter().for_each(|text| is_masked(text));
            format!("aborted {code} {text:?} ")
        }
        Message::Prints { part, last } => {
            part.lines.iter().for_each(|line| is_masked(line));
            let whole = receipts.push(part, last);
            assert!(
                whole.iter().all(|receipt| receipt.lines.iter().map(String::len).sum::<usize>() <= 300_000)
            );
            whole.iter().map(|receipt| format!("{:?} {:?} ", receipt.receipt_for, receipt.lines)).collect()
        }
        Message::Courtesy => "courtesy ".to_owned(),
        Message::Request => "request ".to_owned(),
        Message::Nonsense => "nonsense ".to_owned(),
    }
}

/// No digits in one go that could be a card number. The numbers of contracts and of a chip's application may stay.
pub(crate) fn is_masked(text: &str) {
    let text = text.to_uppercase();
    let kept = ["VU", "A000000", "D276000025"].iter().any(|name| text.contains(name));
    let longest = text.split(|letter: char| !letter.is_ascii_digit()).map(str::len).max();
    assert!(kept || longest < Some(13), "{text}");
}

#[test]
fn what_a_terminal_sends_over_tcp_is_read_the_same_however_it_comes() {
    hold("terminal_tcp", tcp);
}

#[test]
fn what_a_terminal_sends_over_a_serial_line_is_read_the_same_however_it_comes() {
    hold("terminal_serial", serial);
}

//! What a terminal says, read from its bytes. What could tell of a card is left behind here: nothing of a
//! track, a check value or the front of a card number comes out of this file.

use super::apdu::Apdu;
use super::field::{Field, Fields, Object, Objects, bcd, take_var};
use super::receipt::{PrintedReceipt, ReceiptFor};
use super::record::{
    CardKind, DayTotals, KindTotal, MaskedCard, TerminalDate, TerminalId, TerminalTime, TransactionRecord,
};
use super::text;

/// What a terminal does, while it does it: a code of 04 FF, a text of its own, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TerminalMessage {
    /// The code of 04 FF: `0x0A` is «insert card», `0x04` «waiting for the bank», `0xFF` «see the text».
    pub code: Option<u8>,
    /// What the terminal shows, in its own language; card numbers are masked.
    pub text: Option<String>,
}

/// A message, read.
pub(super) enum Message {
    /// 80 xx.
    Acknowledged,
    /// 84 xx.
    NotTaken { code: u8 },
    /// 04 FF. The terminal asks for this many minutes of silence, if it asks for any.
    Shows { message: TerminalMessage, minutes: Option<u64> },
    /// 04 0F.
    Record(Status),
    /// 06 0F.
    Done(Completion),
    /// 06 1E.
    Aborted { code: u8, text: Option<String> },
    /// 06 D1 or 06 D3, and whether the receipt ends with it.
    Prints { part: PrintedReceipt, last: bool },
    /// Something that needs no answer but «understood»: the time (04 01).
    Courtesy,
    /// A command that this till does not do.
    Request,
    /// No message of ZVT.
    Nonsense,
}

/// What a 04 0F says.
pub(super) struct Status {
    /// `None`: it says no result, or could not be read to its end.
    pub(super) record: Option<TransactionRecord>,
    pub(super) totals: DayTotals,
}

/// What a 06 0F says.
#[derive(Default)]
pub(super) struct Completion {
    pub(super) result: Option<u8>,
    pub(super) status: Option<u8>,
    pub(super) terminal_id: Option<TerminalId>,
    pub(super) currency: Option<u16>,
    pub(super) software: Option<String>,
}

pub(super) fn read(apdu: &Apdu) -> Message {
    let data = &apdu.data[..];
    match (apdu.class, apdu.instr) {
        (0x80, _) => Message::Acknowledged,
        (0x84, code) => Message::NotTaken { code },
        (0x04, 0xFF) => intermediate(data),
        (0x04, 0x0F) => Message::Record(status(data)),
        (0x06, 0x0F) => Message::Done(completion(data)),
        (0x06, 0x1E) => {
            let (code, rest) = data.split_first().map_or((0xFF, &[][..]), |(code, rest)| (*code, rest));
            Message::Aborted { code, text: error_text(rest) }
        }
        (0x06, 0xD1) => print_line(data),
        (0x06, 0xD3) => print_block(data),
        (0x04, 0x01) => Message::Courtesy,
        (0x04 | 0x05 | 0x06 | 0x08 | 0x0F, _) => Message::Request,
        _ => Message::Nonsense,
    }
}

fn intermediate(data: &[u8]) -> Message {
    let code = data.first().copied();
    let is_whole = |fields: &[u8]| {
        let mut fields = Fields::of(fields);
        fields.by_ref().for_each(drop);
        fields.is_whole()
    };
    let (minutes, fields) = match data {
        // The time-out may be left out in front of the container.
        [_, 0x06, rest @ ..] if !rest.is_empty() && !is_whole(rest) => (None, &data[1..]),
        [_, minutes, rest @ ..] => (bcd(&[*minutes]).filter(|minutes| *minutes > 0), rest),
        _ => (None, &[][..]),
    };
    let lines: Vec<String> = Fields::of(fields)
        .filter(|field| field.number == 0x06)
        .flat_map(|container| Objects(container.data))
        .filter(|object| object.tag == 0x24)
        .flat_map(|lines| Objects(lines.data))
        .filter(|line| line.tag == 0x07)
        .filter_map(|line| text::name(line.data))
        .collect();
    let text = (!lines.is_empty()).then(|| super::mask::mask_card_numbers(&lines.join(" ")));
    Message::Shows { message: TerminalMessage { code, text }, minutes }
}

fn status(data: &[u8]) -> Status {
    let mut result = None;
    let mut record = empty_record();
    let mut totals = DayTotals::default();
    let (mut last_four, mut card_name) = (None, None);
    let mut fields = Fields::of(data);
    for Field { number, data } in fields.by_ref() {
        match number {
            0x04 => record.amount = bcd(data),
            0x0B => record.trace = number_of(data),
            0x0C => record.time = time(data),
            0x0D => record.date = date(data),
            0x22 => last_four = last_digits(data),
            0x27 => result = data.first().copied(),
            0x29 => record.terminal_id = number_of(data).map(TerminalId),
            0x3B => record.authorisation = text::name(data),
            0x3C => record.text = text::name(data),
            0x49 => record.currency = number_of(data),
            0x60 => day_totals(data, &mut totals),
            0x87 => record.receipt = number_of(data),
            0x8B => card_name = text::name(data),
            // Tracks, check values, expiry, chip data and whatever else: stepped over.
            _ => {}
        }
    }
    totals.amount = record.amount;
    if last_four.is_some() || card_name.is_some() {
        record.card = Some(MaskedCard { last_four, name: card_name });
    }
    // What stands behind a field that nobody knows is lost; the result stands in front, and holds.
    let cut = fields.is_cut();
    let record = result.filter(|_| !cut).map(|result| TransactionRecord { result, ..record });
    Status { record, totals }
}

fn empty_record() -> TransactionRecord {
    TransactionRecord {
        amount: None,
        currency: None,
        receipt: None,
        trace: None,
        terminal_id: None,
        date: None,
        time: None,
        result: 0xFF,
        card: None,
        authorisation: None,
        text: None,
    }
}

fn number_of<T: TryFrom<u64>>(data: &[u8]) -> Option<T> {
    bcd(data).and_then(|number| T::try_from(number).ok())
}

fn pair(byte: u8, range: std::ops::RangeInclusive<u8>) -> Option<u8> {
    number_of(&[byte]).filter(|number| range.contains(number))
}

fn time(data: &[u8]) -> Option<TerminalTime> {
    let &[hour, minute, second] = data else { return None };
    Some(TerminalTime {
        hour: pair(hour, 0..=23)?,
        minute: pair(minute, 0..=59)?,
        second: pair(second, 0..=59)?,
    })
}

fn date(data: &[u8]) -> Option<TerminalDate> {
    let &[month, day] = data else { return None };
    Some(TerminalDate { month: pair(month, 1..=12)?, day: pair(day, 1..=31)? })
}

/// The last digits of a card number, four at most. E and D stand for a digit that the terminal itself
/// withholds, F fills up the last byte.
fn last_digits(data: &[u8]) -> Option<String> {
    let mut nibbles = data.iter().rev().flat_map(|byte| [byte & 0x0F, byte >> 4]).peekable();
    if nibbles.peek() == Some(&0x0F) {
        nibbles.next();
    }
    let digits: Vec<u8> = nibbles.take(4).take_while(|nibble| *nibble <= 9).collect();
    let shown: String = digits.iter().rev().map(|digit| char::from(b'0' + digit)).collect();
    // Shorter than five digits in all is no card number; what it is instead is nobody's business.
    (!shown.is_empty() && data.len() > 2).then_some(shown)
}

fn day_totals(data: &[u8], totals: &mut DayTotals) {
    const KINDS: [CardKind; 7] = [
        CardKind::Girocard,
        CardKind::Jcb,
        CardKind::Mastercard,
        CardKind::Amex,
        CardKind::Visa,
        CardKind::Diners,
        CardKind::Other,
    ];
    let Some((receipts, kinds)) = data.split_at_checked(4) else { return };
    totals.first_receipt = number_of(&receipts[..2]);
    totals.last_receipt = number_of(&receipts[2..]);
    totals.kinds = KINDS
        .into_iter()
        .zip(kinds.chunks_exact(7))
        .filter_map(|(kind, total)| Some(KindTotal { kind, count: total[0], amount: bcd(&total[1..])? }))
        .filter(|total| total.count > 0 || total.amount > 0)
        .collect();
    totals.count = Some(totals.kinds.iter().map(|total| u32::from(total.count)).sum());
}

fn completion(data: &[u8]) -> Completion {
    let mut done = Completion::default();
    let mut fields = data;
    // The answer to 05 01: the software's name, the state of the terminal, then a container. F0 could be a
    // field too, but not three bytes of this kind.
    if let [a, b, c, ..] = data
        && [a, b, c].iter().all(|byte| **byte & 0xF0 == 0xF0)
        && let Some((software, rest)) = take_var(data, 3)
    {
        done.software = text::name(software);
        done.status = rest.first().copied();
        fields = rest.get(1..).unwrap_or_default();
    } else if let [state] = data {
        done.status = Some(*state);
        fields = &[];
    }
    for Field { number, data } in Fields::of(fields) {
        match number {
            0x27 => done.result = data.first().copied(),
            0x19 => done.status = data.first().copied(),
            0x29 => done.terminal_id = number_of(data).map(TerminalId),
            0x49 => done.currency = number_of(data),
            0x06 => {
                for Object { tag, data } in Objects(data) {
                    if tag == 0x1F44 {
                        done.terminal_id = number_of(data).map(TerminalId);
                    }
                }
            }
            _ => {}
        }
    }
    done
}

/// What the terminal adds to an error in words (tag 1F17).
fn error_text(data: &[u8]) -> Option<String> {
    // Behind 6F «wrong currency» two bytes of the right one may stand without a number.
    let fields = if let [0x09, _, rest @ ..] = data { rest } else { data };
    Fields::of(fields)
        .filter(|field| field.number == 0x06)
        .flat_map(|container| Objects(container.data))
        .find(|object| object.tag == 0x1F17)
        .and_then(|object| text::name(object.data))
}

fn print_line(data: &[u8]) -> Message {
    // Table 16: FF feeds lines, as many as the text says; another attribute from 81 on ends the receipt.
    let (lines, last) = match data {
        [0xFF, count, ..] => (vec![String::new(); usize::from(*count).min(8)], false),
        [0xFF] => (vec![String::new()], false),
        [attribute, line @ ..] => (vec![text::text(line).trim_end().to_owned()], *attribute > 0x80),
        [] => (vec![String::new()], false),
    };
    Message::Prints { part: PrintedReceipt { receipt_for: ReceiptFor::NotSaid, lines }, last }
}

fn print_block(data: &[u8]) -> Message {
    let mut part = PrintedReceipt { receipt_for: ReceiptFor::NotSaid, lines: Vec::new() };
    let mut last = false;
    for Object { tag, data } in
        Fields::of(data).filter(|field| field.number == 0x06).flat_map(|container| Objects(container.data))
    {
        match tag {
            0x1F07 => {
                part.receipt_for = match data {
                    [1] => ReceiptFor::Merchant,
                    [2] => ReceiptFor::Customer,
                    [3] => ReceiptFor::Administration,
                    _ => ReceiptFor::NotSaid,
                }
            }
            0x25 => {
                for Object { tag, data } in Objects(data) {
                    match tag {
                        0x07 => part.lines.push(text::text(data).trim_end().to_owned()),
                        0x09 => last |= data.first() == Some(&0xFF),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    Message::Prints { part, last }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(data: &[u8]) -> (Option<u8>, Option<String>, Option<u64>) {
        let Message::Shows { message, minutes } = intermediate(data) else { panic!() };
        (message.code, message.text, minutes)
    }

    #[test]
    fn the_time_out_of_a_04_ff_may_be_left_out() {
        let text = [0x06, 0x06, 0x24, 0x04, 0x07, 0x02, b'O', b'K'];
        let says = |minutes| (Some(0xFF), Some("OK".to_owned()), minutes);
        assert_eq!(shown(&[&[0xFF, 0x02][..], &text].concat()), says(Some(2)));
        assert_eq!(shown(&[&[0xFF, 0x06][..], &text].concat()), says(Some(6)));
        assert_eq!(shown(&[&[0xFF][..], &text].concat()), says(None));
        assert_eq!(shown(&[0x0A]), (Some(0x0A), None, None));
        assert_eq!(shown(&[0x0A, 0x06]), (Some(0x0A), None, Some(6)));
        assert_eq!(shown(&[0x0A, 0x00]), (Some(0x0A), None, None));
    }

    #[test]
    fn a_record_that_is_cut_off_or_has_no_result_is_none() {
        assert!(status(&[0x27, 0x00, 0x04, 0, 0]).record.is_none());
        assert!(status(&[0x04, 0, 0, 0, 0, 0, 1]).record.is_none());
        assert_eq!(status(&[0x27, 0x00]).record.unwrap().result, 0);
        assert_eq!(status(&[0x27, 0x05, 0x99, 1]).record.unwrap().result, 5);
        assert!(status(&[0x99, 1, 0x27, 0x00]).record.is_none());
    }

    #[test]
    fn of_a_card_number_four_digits_are_read_and_none_that_the_terminal_withholds() {
        assert_eq!(last_digits(&[0x55, 0x98, 0x83, 0xEE, 0xEE, 0xEE, 0x80, 0x74]).as_deref(), Some("8074"));
        assert_eq!(last_digits(&[0x12, 0x34, 0x56, 0x78, 0x90, 0x12, 0x3F]).as_deref(), Some("0123"));
        assert_eq!(last_digits(&[0x55, 0x98, 0xEE, 0xDD]), None);
        assert_eq!(last_digits(&[0x12, 0x34]), None);
    }

    #[test]
    fn a_day_or_time_that_there_is_not_is_left_out() {
        assert_eq!(date(&[0x13, 0x01]), None);
        assert_eq!(time(&[0x24, 0x00, 0x00]), None);
        assert_eq!(time(&[0x23, 0x59, 0x5A]), None);
    }
}

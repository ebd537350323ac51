//! What others say of our ZVT: the crate `zvt`, and messages of real terminals.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

use proptest::prelude::*;
use zvt::{ZvtSerializer as _, packets};

use super::apdu::{self, Apdu, ApduReader};
use super::command;
use super::message::{self, Message, Status};
use super::place::{TerminalPassword, TerminalPlace};
use super::receipt::ReceiptFor;
use super::serial_frame::{BlockReader, Heard, block};
use super::simulator::TerminalSimulator;

fn captures() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/captures");
    let mut found: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "blob"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
        .collect();
    found.sort();
    assert!(found.len() >= 14, "{} captures", found.len());
    found
}

fn capture(name: &str) -> Vec<u8> {
    captures().into_iter().find(|(file, _)| file.starts_with(name)).unwrap().1
}

fn read(bytes: &[u8]) -> Message {
    message::read(&apdu::decode(bytes).unwrap())
}

fn password() -> TerminalPassword {
    TerminalPassword::parse("123456").unwrap()
}

#[test]
fn our_commands_are_the_bytes_of_the_crate() {
    let status = packets::StatusEnquiry { password: Some(123_456), service_byte: None, tlv: None };
    assert_eq!(command::status(&password()), status.zvt_serialize());
    let day = packets::EndOfDay { password: 123_456 };
    assert_eq!(command::end_of_day(&password()), day.zvt_serialize());
    assert_eq!(command::end_of_day(&password()), capture("1681282621"));
    assert_eq!(command::DIAGNOSIS[..], packets::Diagnosis { tlv: None }.zvt_serialize());
    assert_eq!(command::ACKNOWLEDGE[..], packets::Ack {}.zvt_serialize());
    // The crate has no 06 01, but 06 22 has the same fields.
    for amount in [1, 1295, command::LARGEST_AMOUNT] {
        let reservation = packets::Reservation {
            amount: Some(usize::try_from(amount).unwrap()),
            currency: Some(978),
            ..packets::Reservation::default()
        };
        assert_eq!(command::authorise(amount, 978)[2..], reservation.zvt_serialize()[2..]);
    }
    // Nor can it write the container of our registration; in front of that all is the same.
    let registration = packets::Registration {
        password: 123_456,
        config_byte: command::CONFIGURATION as _,
        currency: Some(978),
        tlv: None,
    };
    let (ours, theirs) = (command::register(&password(), 978), registration.zvt_serialize());
    assert_eq!(ours[3..9], theirs[3..]);
}

/// Every capture of a 04 0F says the same to us as to the crate.
#[test]
fn records_of_real_terminals_are_read_as_the_crate_reads_them() {
    let mut seen = 0;
    for (name, bytes) in captures().iter().filter(|(_, bytes)| bytes[..2] == [0x04, 0x0F]) {
        let theirs = packets::StatusInformation::zvt_deserialize(bytes).unwrap().0;
        let Message::Record(Status { record, totals }) = read(bytes) else { panic!("{name}") };
        let ours = record.unwrap_or_else(|| panic!("{name}"));
        assert_eq!(ours.amount, theirs.amount.map(|amount| amount as u64), "{name}");
        assert_eq!(ours.trace, theirs.trace_number.map(|trace| trace as u32), "{name}");
        assert_eq!(ours.receipt, theirs.receipt_no.map(|receipt| receipt as u16), "{name}");
        assert_eq!(ours.currency, theirs.currency.map(|currency| currency as u16), "{name}");
        assert_eq!(ours.terminal_id.map(|id| id.0), theirs.terminal_id.map(|id| id as u32), "{name}");
        assert_eq!(Some(ours.result), theirs.result_code, "{name}");
        let date = ours.date.map(|date| usize::from(date.month) * 100 + usize::from(date.day));
        assert_eq!(date, theirs.date, "{name}");
        let time = ours.time.map(|time| {
            usize::from(time.hour) * 10_000 + usize::from(time.minute) * 100 + usize::from(time.second)
        });
        assert_eq!(time, theirs.time, "{name}");
        let card = ours.card;
        let last_four = theirs.card_number.map(|number| format!("{:04}", number % 10_000));
        assert_eq!(card.as_ref().and_then(|card| card.last_four.clone()), last_four, "{name}");
        let card_name = card.and_then(|card| card.name);
        assert_eq!(card_name, theirs.card_name, "{name}");
        assert_eq!(ours.authorisation, theirs.aid_authorization_attribute, "{name}");
        let text = theirs.additional_text.map(|text| text.replace('\r', "\n"));
        assert_eq!(ours.text, text, "{name}");
        if let Some(day) = theirs.single_amounts {
            assert_eq!(totals.first_receipt, Some(day.receipt_no_start as u16));
            assert_eq!(totals.last_receipt, Some(day.receipt_no_end as u16));
            assert_eq!((totals.kinds.len(), totals.count), (1, Some(2)));
            assert_eq!(totals.kinds[0].amount, day.eurocard.total as u64);
        }
        seen += 1;
    }
    assert!(seen >= 5, "{seen}");
}

#[test]
fn receipts_of_real_terminals_are_read_line_by_line() {
    for (name, lines, ends, receipt_for) in [
        ("1680728215.585561000", 33, true, ReceiptFor::Customer),
        ("print_system_configuration_reply", 118, false, ReceiptFor::Administration),
    ] {
        let bytes = capture(name);
        let theirs =
            packets::PrintTextBlock::zvt_deserialize(&bytes).unwrap().0.tlv.unwrap().lines.unwrap().lines;
        let Message::Prints { part, last } = read(&bytes) else { panic!("{name}") };
        assert_eq!((part.lines.len(), last, part.receipt_for), (lines, ends, receipt_for));
        for (ours, theirs) in part.lines.iter().zip(&theirs) {
            assert_eq!(ours, theirs.trim_end(), "{name}: nothing on it looks like a card number");
        }
    }
}

#[test]
fn other_messages_of_real_terminals() {
    let Message::Done(done) = read(&capture("1680761818.641601000")) else { panic!() };
    assert_eq!((done.status, done.terminal_id.map(|id| id.0)), (Some(0x10), Some(52_523_535)));
    assert_eq!(done.currency, Some(978));
    let Message::Done(done) = read(&capture("1680728219.054216000")) else { panic!() };
    assert_eq!((done.status, done.terminal_id.map(|id| id.0)), (Some(0), Some(52_523_535)));
    assert_eq!(done.software.as_deref(), Some("GER-APP-v2.0.9;cS02.01.01-10.10-2-2;CC26"));
    let Message::Shows { message, minutes } = read(&capture("1680728162.647465000")) else { panic!() };
    assert_eq!((message.code, minutes), (Some(0x17), None));
    let Message::Aborted { code, .. } = read(&capture("partial_reversal")) else { panic!() };
    assert_eq!(code, 0xB8);
}

#[test]
fn the_card_of_a_capture_with_its_whole_number_is_not_kept() {
    let Message::Record(Status { record: Some(record), .. }) = read(&capture("1682066249")) else { panic!() };
    let json = serde_json::to_string(&record).unwrap();
    assert!(json.contains("8004") && !json.contains("47110") && !json.contains("757038"), "{json}");
}

/// All messages of a whole transaction, as they come over the socket from our simulator.
fn overheard(command: &[u8]) -> Vec<Vec<u8>> {
    let simulator = TerminalSimulator::tcp().unwrap();
    simulator.temper(|temper| temper.pace = Duration::from_millis(1));
    let TerminalPlace::Tcp(address) = simulator.place() else { panic!() };
    let mut till = TcpStream::connect(address).unwrap();
    till.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let mut reader = ApduReader::default();
    let mut heard = Vec::new();
    for command in [&command::register(&password(), 978)[..], command] {
        till.write_all(command).unwrap();
        loop {
            let Some(Apdu { class, instr, data }) = reader.next() else {
                let mut bytes = [0; 256];
                let count = till.read(&mut bytes).unwrap();
                assert_ne!(count, 0);
                reader.push(&bytes[..count]);
                continue;
            };
            heard.push(apdu::encode(class, instr, &data));
            if class != 0x80 {
                till.write_all(&command::ACKNOWLEDGE).unwrap();
            }
            if (class, instr) == (0x06, 0x0F) {
                break;
            }
        }
    }
    heard
}

#[test]
fn the_crate_understands_our_simulator() {
    let messages = overheard(&command::authorise(1295, 978));
    let of = |class, instr| messages.iter().filter(move |bytes| bytes[..2] == [class, instr]);
    let record = packets::StatusInformation::zvt_deserialize(of(0x04, 0x0F).next().unwrap()).unwrap().0;
    assert_eq!((record.amount, record.currency, record.result_code), (Some(1295), Some(978), Some(0)));
    assert_eq!((record.receipt_no, record.trace_number), (Some(1), Some(101)));
    assert_eq!((record.terminal_id, record.card_name.as_deref()), (Some(52_523_535), Some("girocard")));
    assert_eq!(record.vu_number.as_deref(), Some("804011926      "));
    let registered = packets::CompletionData::zvt_deserialize(of(0x06, 0x0F).next().unwrap()).unwrap().0;
    assert_eq!((registered.terminal_id, registered.currency), (Some(52_523_535), Some(978)));
    let receipts: Vec<_> = of(0x06, 0xD3)
        .map(|bytes| packets::PrintTextBlock::zvt_deserialize(bytes).unwrap().0.tlv.unwrap())
        .collect();
    assert_eq!(receipts.iter().map(|receipt| receipt.receipt_type).collect::<Vec<_>>(), [Some(1), Some(2)]);
    assert_eq!(receipts[0].lines.as_ref().unwrap().lines[0], "** Händlerbeleg **");
    for bytes in of(0x04, 0xFF).take(1) {
        let shown = packets::IntermediateStatusInformation::zvt_deserialize(bytes).unwrap().0;
        assert_eq!((shown.status, shown.timeout), (0x0A, Some(1)));
    }
    let messages = overheard(&command::end_of_day(&password()));
    let totals = messages.iter().find(|bytes| bytes[..2] == [0x04, 0x0F]).unwrap();
    let totals = packets::StatusInformation::zvt_deserialize(totals).unwrap().0;
    assert_eq!(totals.single_amounts.unwrap().girocard.total, 0);
}

proptest! {
    #[test]
    fn no_bytes_make_the_reading_panic_or_show_a_card(
        class in prop::sample::select(vec![0x04_u8, 0x05, 0x06, 0x80, 0x84, 0x00, 0xFF]),
        instr in prop::sample::select(vec![0x0F_u8, 0xFF, 0x1E, 0xD1, 0xD3, 0x01, 0x00]),
        data in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        message::read(&Apdu { class, instr, data: data.into() });
    }

    #[test]
    fn captures_with_wrong_bytes_are_read_without_a_panic(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in any::<prop::sample::Index>(),
    ) {
        let captures = captures();
        let (_, mut bytes) = which.get(&captures).clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len()) + 1);
        let mut reader = ApduReader::default();
        reader.push(&bytes);
        while let Some(apdu) = reader.next() {
            message::read(&apdu);
        }
    }

    #[test]
    fn no_card_number_in_a_field_of_any_message_comes_out(
        number in "[1-9][0-9]{12,18}",
        field in prop::sample::select(vec![0x22_u8, 0x23, 0x2D, 0x3C, 0x8B, 0xF1]),
        filling in "[A-Z ]{0,6}",
    ) {
        let mut value = filling.clone().into_bytes();
        if field == 0x22 || field == 0x23 {
            let digits = if number.len() % 2 == 1 { format!("{number}F") } else { number.clone() };
            value = digits.as_bytes().chunks(2).map(|two| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16).unwrap()).collect();
        } else {
            value.extend(number.bytes());
        }
        let length = if field == 0x3C { format!("{:03}", value.len()) } else { format!("{:02}", value.len()) };
        let mut data = vec![0x27, 0, field];
        data.extend(length.bytes().map(|digit| digit | 0xF0));
        data.extend(value);
        let Message::Record(Status { record: Some(record), .. }) =
            message::read(&Apdu { class: 0x04, instr: 0x0F, data: data.into() }) else { panic!() };
        let json = serde_json::to_string(&record).unwrap();
        prop_assert!(!json.contains(&number[..number.len() - 4]), "{}", json);
    }

    #[test]
    fn no_card_number_in_any_text_comes_out(
        number in "[1-9][0-9]{12,18}",
        before in "[A-Za-z .:]{0,8}",
        behind in "[A-Za-z:]{0,8}",
        which in 0_usize..4,
    ) {
        let text = format!("{before}{number}{behind}").into_bytes();
        let object = |tag: &[u8], data: &[u8]| [tag, &[data.len() as u8], data].concat();
        let line = object(&[0x07], &text);
        let (class, instr, data) = match which {
            0 => (0x06, 0xD1, [&[0x00][..], &text].concat()),
            1 => (0x06, 0xD3, object(&[0x06], &object(&[0x25], &line))),
            2 => (0x04, 0xFF, [&[0xFF, 0x00][..], &object(&[0x06], &object(&[0x24], &line))].concat()),
            _ => (0x06, 0x1E, [&[0xFF][..], &object(&[0x06], &object(&[0x1F, 0x17], &text))].concat()),
        };
        let shown = match message::read(&Apdu { class, instr, data: data.into() }) {
            Message::Prints { part, .. } => part.lines.join("\n"),
            Message::Shows { message, .. } => message.text.unwrap(),
            Message::Aborted { text, .. } => text.unwrap(),
            _ => panic!(),
        };
        prop_assert!(shown.contains(&number[number.len() - 4..]), "{shown}");
        prop_assert!(!shown.contains(&number[..number.len() - 4]), "{shown}");
    }

    #[test]
    fn noise_on_a_serial_line_is_never_a_message_and_hides_none(
        noise in prop::collection::vec(any::<u8>().prop_filter("no DLE", |byte| *byte != 0x10), 0..60),
        message in prop::collection::vec(any::<u8>(), 0..60),
    ) {
        let mut reader = BlockReader::default();
        let heard: Vec<Heard> = noise.iter().chain(&block(&message)).filter_map(|byte| reader.push(*byte)).collect();
        let blocks: Vec<_> =
            heard.iter().filter_map(|heard| if let Heard::Block(data) = heard { Some(&data[..]) } else { None }).collect();
        prop_assert_eq!(blocks, [&message[..]]);
    }

    #[test]
    fn no_bytes_on_a_serial_line_make_it_panic(bytes in prop::collection::vec(
        prop_oneof![any::<u8>(), prop::sample::select(vec![0x10_u8, 0x02, 0x03, 0x06, 0x15])], 0..300,
    )) {
        let mut reader = BlockReader::default();
        for byte in bytes {
            reader.push(byte);
        }
    }
}

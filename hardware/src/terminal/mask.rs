//! The filter in front of every text of a terminal: what could be a card number keeps its last four digits.

/// The fewest digits of a card number (ISO/IEC 7812: up to 19, in use from 13).
const SHORTEST: usize = 13;
/// The most digits of a card number in groups. Digits in one go are masked however many there are: a track
/// holds more than the number.
const LONGEST_IN_GROUPS: usize = 19;
/// Digits that stay.
const KEPT: usize = 4;

/// Masks every run of digits that could be a card number, also in groups with a space, dot or dash between
/// them. What is shorter is left alone: amounts, dates, terminal and receipt numbers; so is the number of a
/// chip's application. The number of the
/// contract (VU-Nr.) may be as long; it stays where it is called so and cannot be a card number by its check
/// digit.
pub(super) fn mask_card_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        mask_line(line, &mut out);
    }
    out
}

fn mask_line(line: &str, out: &mut String) {
    let mut rest = line;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, run) = rest.split_at(start);
        out.push_str(before);
        let end = run_end(run);
        let digits = run[..end].bytes().filter(u8::is_ascii_digit).count();
        let labelled = names_the_contract(&line[..line.len() - rest.len() + start]);
        let application = is_application_id(before, &run[..end]);
        if digits < SHORTEST || application || labelled && !passes_luhn(&run[..end]) {
            out.push_str(&run[..end]);
        } else {
            let mut left = digits;
            for c in run[..end].chars() {
                if c.is_ascii_digit() {
                    out.push(if left > KEPT { '*' } else { c });
                    left -= 1;
                } else {
                    out.push(c);
                }
            }
        }
        rest = &run[end..];
    }
    out.push_str(rest);
}

/// Where a run of digits ends. A separator belongs to it if exactly one stands between two digits.
fn run_end(run: &str) -> usize {
    let bytes = run.as_bytes();
    let first = bytes.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(bytes.len());
    let (mut at, mut digits) = (first, first);
    while at < bytes.len() {
        let separator = matches!(bytes[at], b' ' | b'.' | b'-');
        let goes_on =
            bytes[at].is_ascii_digit() || separator && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        if !goes_on {
            break;
        }
        at += 1;
        digits += usize::from(!separator);
        if digits > LONGEST_IN_GROUPS || first >= SHORTEST {
            // Too long for one card number: a table or a date, or a card number with something behind it. It is
            // looked at no further than here, or a long table would be gone through once for each of its groups.
            return card_in_groups(run).unwrap_or(first);
        }
    }
    at
}

/// The end of a card number that begins here in groups as cards have them: by fours, or 4-6-4 and 4-6-5. Where more
/// groups of four follow than a card number has, any of them could be its end: it is the last one.
fn card_in_groups(run: &str) -> Option<usize> {
    let mut digits = 0;
    let mut end = None;
    let mut at = 0;
    for (place, group) in run.split([' ', '.', '-']).enumerate() {
        let length = group.bytes().take(7).take_while(u8::is_ascii_digit).count();
        at += usize::from(place > 0);
        let by_fours = digits == place * 4 && (1..=4).contains(&length);
        let as_amex = place == 1 && length == 6 || place == 2 && digits == 10 && (4..=5).contains(&length);
        if !(by_fours || as_amex) || place == 0 && length != 4 {
            break;
        }
        digits += length;
        at += length;
        if digits >= SHORTEST {
            end = Some(at);
        }
        if group.len() > length {
            break;
        }
    }
    end
}

/// The application of a chip card, as receipts name it: «A0000000041010», «D27600002545500100». It says the
/// kind of the card.
fn is_application_id(before: &str, run: &str) -> bool {
    run.len() <= 17
        && (before.ends_with('A') && run.starts_with("000000")
            || before.ends_with('D') && run.starts_with("276000025"))
}

fn names_the_contract(before: &str) -> bool {
    let before = before.trim_end_matches([' ', ':', '.', '#', '=']).as_bytes();
    ["VU-NR", "VU-NUMMER", "VU NR", "VU-NO", "VU.NO"].iter().any(|name| {
        let end = before.len().checked_sub(name.len()).map(|at| &before[at..]);
        end.is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes()))
    })
}

fn passes_luhn(run: &str) -> bool {
    let digits = run.bytes().rev().filter(u8::is_ascii_digit).map(|byte| u32::from(byte - b'0'));
    let sum: u32 = digits
        .enumerate()
        .map(|(at, digit)| if at % 2 == 0 { digit } else { digit * 2 / 10 + digit * 2 % 10 })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands on receipts, and what may be shown of it.
    const LINES: &[(&str, &str)] = &[
        ("4711008005757038004", "***************8004"),
        ("Karte 4111 1111 1111 1111 gut", "Karte **** **** **** 1111 gut"),
        ("5500-0000-0000-0004", "****-****-****-0004"),
        ("3782.822463.10005", "****.******.*0005"),
        ("1234567890123", "*********0123"),
        ("99999999999999999999999=2405", "*******************9999=2405"),
        ("4111 1111 1111 1111 05.04.2023 0331", "**** **** **** **11 05.04.2023 0331"),
        ("3782-822463-10005 05.04.2023", "****-******-*0005 05.04.2023"),
        ("0231 4111111111111111 05.04.2023", "0231 ************1111 05.04.2023"),
        ("0231 4111 1111 1111 1111", "**** **** **** **** 1111"),
        ("4111 1111 1111 1111 2405 0331", "**** **** **** **** **** 0331"),
        ("4111 1111 1111 1111 1111A", "**** **** **** **** 1111A"),
        ("VU1000500130110", "VU*********0110"),
        ("VU-Nr. 4111111111111111", "VU-Nr. ************1111"),
        // Left alone.
        ("Card No.:        xxxxxxxxxxxx8074", "Card No.:        xxxxxxxxxxxx8074"),
        ("############8074", "############8074"),
        ("05.04.2023                      22:55:58", "05.04.2023                      22:55:58"),
        ("Terminal-ID 52523535 TA-Nr. 000977", "Terminal-ID 52523535 TA-Nr. 000977"),
        ("VU-Nr.: 455600000123451", "VU-Nr.: 455600000123451"),
        ("Betrag EUR 9.999.999.999,99", "Betrag EUR 9.999.999.999,99"),
        ("0000008001//3F0002//00", "0000008001//3F0002//00"),
        ("App-ID: A0000000041010", "App-ID: A0000000041010"),
        ("AID D27600002545500100", "AID D27600002545500100"),
        ("", ""),
    ];

    #[test]
    fn card_numbers_are_masked_and_the_rest_of_a_receipt_stays() {
        for (line, shown) in LINES {
            assert_eq!(mask_card_numbers(line), *shown);
        }
    }

    #[test]
    fn a_number_is_masked_beside_others_and_on_every_line() {
        let text = "0231 X\n6011000990139424\r\nnext 12";
        assert_eq!(mask_card_numbers(text), "0231 X\n************9424\r\nnext 12");
    }

    /// A whole message of digits is read while a terminal waits, not for half a minute.
    #[test]
    fn the_longest_text_is_masked_in_the_time_that_its_length_asks_for() {
        for pattern in ["1 ", "1a", "1111 ", "1111-1 ", "12345678901234 ", "1"] {
            let text = pattern.repeat(0xFFFF / pattern.len());
            let begun = std::time::Instant::now();
            mask_card_numbers(&text);
            assert!(
                begun.elapsed() < std::time::Duration::from_secs(2),
                "{pattern:?}: {:?}",
                begun.elapsed()
            );
        }
    }
}

//! The commands of the till, as bytes.

use super::apdu::encode;
use super::field::to_bcd;
use super::place::TerminalPassword;

// The configuration byte of a registration (PA00P015, 2.1; the same bits in ecrterm's `ConfigByte`, in
// Portalum.Zvt's `RegistrationConfig` and in kotlin-zvt-library's `ZvtConstants`).
/// The till prints the receipts of payments.
const TILL_PRINTS_PAYMENTS: u8 = 0x02;
/// The till prints the receipts of the administration.
const TILL_PRINTS_ADMINISTRATION: u8 = 0x04;
/// The terminal says what it does (04 FF).
const SAY_WHAT_GOES_ON: u8 = 0x08;
/// No payment can be begun at the terminal itself.
const TILL_BEGINS_PAYMENTS: u8 = 0x10;
/// Nothing of the administration can be begun at the terminal itself.
const TILL_BEGINS_ADMINISTRATION: u8 = 0x20;
/// Receipts come as finished lines (06 D1, 06 D3); without it the till would have to write them itself.
const RECEIPTS_AS_LINES: u8 = 0x80;
/// How this till registers.
pub(super) const CONFIGURATION: u8 = TILL_PRINTS_PAYMENTS
    | TILL_PRINTS_ADMINISTRATION
    | SAY_WHAT_GOES_ON
    | TILL_BEGINS_PAYMENTS
    | TILL_BEGINS_ADMINISTRATION
    | RECEIPTS_AS_LINES;

/// TLV container: the commands that this till takes from a terminal (tag 26, each as tag 0A). 06 D3 brings
/// whole receipts, and says whose they are; without it there is only 06 D1, line by line.
const TAKES_TEXT_BLOCKS: [u8; 8] = [0x06, 0x06, 0x26, 0x04, 0x0A, 0x02, 0x06, 0xD3];

/// The largest amount that fits: twelve digits.
pub(super) const LARGEST_AMOUNT: u64 = 999_999_999_999;

/// 80 00 00: understood.
pub(super) const ACKNOWLEDGE: [u8; 3] = [0x80, 0x00, 0x00];
/// 84 83 00: this till does not do that.
pub(super) const NOT_POSSIBLE: [u8; 3] = [0x84, 0x83, 0x00];
/// 06 B0: abort what you do.
pub(super) const ABORT: [u8; 3] = [0x06, 0xB0, 0x00];
/// 06 02: log off.
pub(super) const LOG_OFF: [u8; 3] = [0x06, 0x02, 0x00];
/// 06 70: line diagnosis with the host.
pub(super) const DIAGNOSIS: [u8; 3] = [0x06, 0x70, 0x00];

/// 06 00: register.
pub(super) fn register(password: &TerminalPassword, currency: u16) -> Vec<u8> {
    let mut data = password.bcd().to_vec();
    data.push(CONFIGURATION);
    data.extend(to_bcd::<2>(currency.into()));
    data.extend(TAKES_TEXT_BLOCKS);
    encode(0x06, 0x00, &data)
}

/// 06 01: take this amount from the next card.
pub(super) fn authorise(amount: u64, currency: u16) -> Vec<u8> {
    encode(0x06, 0x01, &amount_and_currency(amount, currency))
}

/// 06 30: take this payment back.
pub(super) fn reverse(password: &TerminalPassword, receipt: u16) -> Vec<u8> {
    let mut data = password.bcd().to_vec();
    data.push(0x87);
    data.extend(to_bcd::<2>(receipt.into()));
    encode(0x06, 0x30, &data)
}

/// 06 31: give this amount to the next card.
pub(super) fn refund(password: &TerminalPassword, amount: u64, currency: u16) -> Vec<u8> {
    let mut data = password.bcd().to_vec();
    data.extend(amount_and_currency(amount, currency));
    encode(0x06, 0x31, &data)
}

/// 05 01: how are you?
pub(super) fn status(password: &TerminalPassword) -> Vec<u8> {
    encode(0x05, 0x01, &password.bcd())
}

/// 06 20 with service byte 03: tell the last transaction once more (2.20.2: «so the ECR can resynchronise in
/// case of an inconclusive ending»).
pub(super) fn last_transaction(password: &TerminalPassword) -> Vec<u8> {
    let mut data = password.bcd().to_vec();
    data.extend([0x03, 0x03]);
    encode(0x06, 0x20, &data)
}

/// 06 50: close the day.
pub(super) fn end_of_day(password: &TerminalPassword) -> Vec<u8> {
    encode(0x06, 0x50, &password.bcd())
}

fn amount_and_currency(amount: u64, currency: u16) -> Vec<u8> {
    let mut data = vec![0x04];
    data.extend(to_bcd::<6>(amount));
    data.push(0x49);
    data.extend(to_bcd::<2>(currency.into()));
    data
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_byte_by_byte() {
        let password = TerminalPassword::parse("123456").unwrap();
        let hex = |bytes: Vec<u8>| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert_eq!(hex(register(&password, 978)), "06000e123456be0978060626040a0206d3");
        assert_eq!(hex(authorise(1295, 978)), "06010a04000000001295490978");
        assert_eq!(hex(reverse(&password, 231)), "063006123456870231");
        assert_eq!(hex(refund(&password, LARGEST_AMOUNT, 756)), "06310d12345604999999999999490756");
        assert_eq!(hex(status(&password)), "050103123456");
        assert_eq!(hex(last_transaction(&password)), "0620051234560303");
        assert_eq!(hex(end_of_day(&password)), "065003123456");
    }
}

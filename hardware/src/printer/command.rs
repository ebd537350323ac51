//! The byte sequences of ESC/POS, one function each.
//!
//! Source of each, where no other is named: the Epson ESC/POS command reference, under the name that
//! stands in the first line of the function's description.

/// `DLE EOT n`: ask for status byte 1 (printer), 2 (offline cause), 3 (error cause) or 4 (paper). In
/// real time: carried out when received, also when the printer is offline.
pub fn ask_status(n: u8) -> [u8; 3] {
    [0x10, 0x04, n]
}

/// How many questions for status byte 1 stand among the commands of a ticket. Nothing else of a ticket reads like one
/// ([`find_real_time`]).
pub fn count_questions(ticket: &[u8]) -> usize {
    ticket.windows(3).filter(|bytes| *bytes == ask_status(1)).count()
}

/// `DLE ENQ 2`: recover from an error and throw the buffers away. In real time.
pub const RECOVER_AND_CLEAR: [u8; 3] = [0x10, 0x05, 0x02];

/// `DLE DC4 8`: throw the buffers away. In real time. It also frees a printer that still waits for
/// the rest of a raster (Citizen CT-S300 manual p. 119; Metapace T-2 manual p. 9).
pub const CLEAR_BUFFERS: [u8; 10] = [0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08];

/// `ESC @`: back to the modes of power-on. Automatic status is off after it.
pub const INITIALISE: [u8; 2] = [0x1B, 0x40];

/// `FS .`: leave Kanji mode. Printers with Chinese firmware start in it, and then print an accented
/// letter and its neighbour as one ideograph.
pub const CANCEL_KANJI: [u8; 2] = [0x1C, 0x2E];

/// `GS a n`: send a status of four bytes at once, and again whenever one of these changes: drawer,
/// online, error, paper.
pub const AUTOMATIC_STATUS_ON: [u8; 3] = [0x1D, 0x61, 0x0F];

/// With what every ticket begins. None of it prints or moves paper, whatever the printer holds, so it may be on its
/// way while the printer is still being asked how it is.
pub const PRELUDE: [u8; 7] = {
    let ([a, b], [c, d, e], [f, g]) = (INITIALISE, AUTOMATIC_STATUS_ON, CANCEL_KANJI);
    // Initialising switches automatic status off; the driver wants to hear of paper end while it sends.
    [a, b, c, d, e, f, g]
};

/// `ESC t n`: select a code page by this model's number for it.
pub fn code_page(select: u8) -> [u8; 3] {
    [0x1B, 0x74, select]
}

/// `ESC a n`: keep lines to the left (0), the middle (1) or the right (2).
pub fn justify(n: u8) -> [u8; 3] {
    [0x1B, 0x61, n]
}

/// `ESC E n`: emphasised on or off.
pub fn bold(on: bool) -> [u8; 3] {
    [0x1B, 0x45, u8::from(on)]
}

/// `GS ! n`: characters so many times as wide and high (1 to 8).
pub fn character_size(factor: u8) -> [u8; 3] {
    let n = factor.clamp(1, 8) - 1;
    [0x1D, 0x21, n << 4 | n]
}

/// `ESC d n`: print what is in the line and feed so many lines.
pub fn feed_lines(n: u8) -> [u8; 3] {
    [0x1B, 0x64, n]
}

/// `ESC J n`: print what is in the line and feed so many vertical units.
pub fn feed_units(n: u8) -> [u8; 3] {
    [0x1B, 0x4A, n]
}

/// `GS V 65 n` or `GS V 66 n`: feed to the blade and `n` units more, then cut through (65) or leave
/// a bridge (66).
pub fn feed_and_cut(full: bool, n: u8) -> [u8; 4] {
    [0x1D, 0x56, if full { 65 } else { 66 }, n]
}

/// `ESC i`: cut through, and feed to the blade by itself where the model does so. «Obsolete» in Epson's
/// words; Custom's kiosk printers cut on it.
pub const CUT: [u8; 2] = [0x1B, 0x69];

/// `GS ( H` function 48: send these four bytes (20h to 7Eh) back when everything before is done.
pub fn process_id(mark: [u8; 4]) -> [u8; 11] {
    let [a, b, c, d] = mark;
    [0x1D, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30, a, b, c, d]
}

/// `GS r 1`: send the paper status, in the order of the buffer. Not answered at paper end.
pub const ORDERED_PAPER_STATUS: [u8; 3] = [0x1D, 0x72, 0x01];

/// `GS I 67`: send the model's name, as `5F` … `00`.
pub const ASK_MODEL: [u8; 3] = [0x1D, 0x49, 67];

/// The bytes of a raster's head (`GS v 0`).
pub const RASTER_HEAD: usize = 8;

/// `GS v 0`: the head of a raster of so many bytes across and rows down, in plain dots. The rows
/// follow, most significant bit on the left. «Obsolete» in Epson's words, and what most printers know.
///
/// `scale` 1 prints each dot as one, 2 as a square of two by two (`m` 0 and 3).
pub fn raster_head(bytes_across: u16, rows: u16, scale: u8) -> [u8; RASTER_HEAD] {
    let [xl, xh] = bytes_across.to_le_bytes();
    let [yl, yh] = rows.to_le_bytes();
    [0x1D, 0x76, 0x30, if scale == 2 { 3 } else { 0 }, xl, xh, yl, yh]
}

/// `GS ( k` functions 165, 167, 169, 180 and 181: a QR code of model 2, modules of so many dots
/// (1 to 16), error correction M, drawn by the printer. `None` when the payload is longer than the
/// command can carry.
pub fn native_qr(payload: &[u8], module_dots: u8) -> Option<Vec<u8>> {
    if payload.is_empty() || payload.len() > 7089 {
        return None;
    }
    let [low, high] = u16::try_from(payload.len() + 3).ok()?.to_le_bytes();
    let mut bytes = vec![0x1D, 0x28, 0x6B, 0x04, 0x00, 0x31, 0x41, 0x32, 0x00];
    bytes.extend([0x1D, 0x28, 0x6B, 0x03, 0x00, 0x31, 0x43, module_dots.clamp(1, 16)]);
    bytes.extend([0x1D, 0x28, 0x6B, 0x03, 0x00, 0x31, 0x45, 0x31]);
    bytes.extend([0x1D, 0x28, 0x6B, low, high, 0x31, 0x50, 0x30]);
    bytes.extend(payload);
    bytes.extend([0x1D, 0x28, 0x6B, 0x03, 0x00, 0x31, 0x51, 0x30]);
    Some(bytes)
}

/// The rasters in `bytes`, which hold nothing else, one by one.
pub fn rasters(mut bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let [_, _, _, _, xl, xh, yl, yh, ..] = *bytes else { return None };
        let dots = usize::from(u16::from_le_bytes([xl, xh])) * usize::from(u16::from_le_bytes([yl, yh]));
        let raster = bytes.get(..RASTER_HEAD + dots)?;
        bytes = &bytes[raster.len()..];
        Some(raster)
    })
}

/// Where the first real-time command begins, if there is one. A printer carries such bytes out even
/// in the middle of a raster or of a payload (Metapace T-2 manual p. 9; Citizen manual p. 221).
pub fn find_real_time(bytes: &[u8]) -> Option<usize> {
    bytes.windows(2).position(|pair| matches!(pair, [0x10, 0x04 | 0x05 | 0x14]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One row a command, as the manuals print them.
    #[test]
    fn sequences_are_those_of_the_manuals() {
        let table: &[(&str, Vec<u8>, &str)] = &[
            ("DLE EOT 1", ask_status(1).to_vec(), "10 04 01"),
            ("DLE EOT 4", ask_status(4).to_vec(), "10 04 04"),
            ("DLE ENQ 2", RECOVER_AND_CLEAR.to_vec(), "10 05 02"),
            ("DLE DC4 8", CLEAR_BUFFERS.to_vec(), "10 14 08 01 03 14 01 06 02 08"),
            ("ESC @", INITIALISE.to_vec(), "1B 40"),
            ("FS .", CANCEL_KANJI.to_vec(), "1C 2E"),
            ("GS a 15", AUTOMATIC_STATUS_ON.to_vec(), "1D 61 0F"),
            ("prelude", PRELUDE.to_vec(), "1B 40 1D 61 0F 1C 2E"),
            ("ESC t 16", code_page(16).to_vec(), "1B 74 10"),
            ("ESC a 1", justify(1).to_vec(), "1B 61 01"),
            ("ESC E 1", bold(true).to_vec(), "1B 45 01"),
            ("GS ! once", character_size(1).to_vec(), "1D 21 00"),
            ("GS ! twice", character_size(2).to_vec(), "1D 21 11"),
            ("GS ! four times", character_size(4).to_vec(), "1D 21 33"),
            ("GS ! too large", character_size(99).to_vec(), "1D 21 77"),
            ("ESC d 3", feed_lines(3).to_vec(), "1B 64 03"),
            ("ESC J 9", feed_units(9).to_vec(), "1B 4A 09"),
            ("GS V 65", feed_and_cut(true, 0).to_vec(), "1D 56 41 00"),
            ("GS V 66", feed_and_cut(false, 20).to_vec(), "1D 56 42 14"),
            ("ESC i", CUT.to_vec(), "1B 69"),
            ("GS ( H 48", process_id(*b"00AP").to_vec(), "1D 28 48 06 00 30 30 30 30 41 50"),
            ("GS r 1", ORDERED_PAPER_STATUS.to_vec(), "1D 72 01"),
            ("GS I 67", ASK_MODEL.to_vec(), "1D 49 43"),
            ("GS v 0", raster_head(72, 258, 1).to_vec(), "1D 76 30 00 48 00 02 01"),
            ("GS v 0 doubled", raster_head(36, 24, 2).to_vec(), "1D 76 30 03 24 00 18 00"),
            (
                "GS ( k",
                native_qr(b"A1", 6).unwrap(),
                "1D 28 6B 04 00 31 41 32 00 1D 28 6B 03 00 31 43 06 1D 28 6B 03 00 31 45 31 \
                 1D 28 6B 05 00 31 50 30 41 31 1D 28 6B 03 00 31 51 30",
            ),
        ];
        for (name, bytes, expected) in table {
            let hex: Vec<String> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
            assert_eq!(hex.join(" "), *expected, "{name}");
        }
    }

    #[test]
    fn a_payload_that_cannot_be_carried_is_refused() {
        assert_eq!(native_qr(b"", 6), None);
        assert_eq!(native_qr(&[b'1'; 7090], 6), None);
    }

    #[test]
    fn real_time_bytes_are_found() {
        assert_eq!(find_real_time(&[0, 0x10, 0x04, 1]), Some(1));
        assert_eq!(find_real_time(&[0x10, 0x10, 0x14]), Some(1));
        assert_eq!(find_real_time(&[0x10, 0x03, 0x04, 0x10]), None);
    }
}

//! The simulator's own way of writing and reading ZVT.

/// Appends a number as BCD digits.
pub(super) fn digits(out: &mut Vec<u8>, number: u64, bytes: usize) {
    let text = format!("{number:0width$}", width = bytes * 2);
    let text = &text.as_bytes()[text.len() - bytes * 2..];
    out.extend(text.chunks(2).map(|pair| (pair[0] - 48) * 16 + (pair[1] - 48)));
}

/// Reads BCD digits.
pub(super) fn number(bytes: &[u8]) -> Option<u64> {
    let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    text.parse().ok()
}

/// A message with its length.
pub(super) fn message(class: u8, instr: u8, data: &[u8]) -> Vec<u8> {
    let mut out = vec![class, instr];
    if data.len() < 255 {
        out.push(data.len() as u8);
    } else {
        out.extend([255, data.len() as u8, (data.len() >> 8) as u8]);
    }
    out.extend(data);
    out
}

/// A field of variable length with so many length digits.
pub(super) fn var(out: &mut Vec<u8>, field: u8, length_digits: usize, data: &[u8]) {
    out.push(field);
    let length = format!("{:0length_digits$}", data.len());
    out.extend(length.bytes().map(|digit| 0xF0 + (digit - 48)));
    out.extend(data);
}

/// A TLV object; the length in as few bytes as it needs.
pub(super) fn object(tag: &[u8], data: &[u8]) -> Vec<u8> {
    let mut out = tag.to_vec();
    match data.len() {
        short @ 0..=127 => out.push(short as u8),
        middle @ 128..=255 => out.extend([0x81, middle as u8]),
        long => out.extend([0x82, (long >> 8) as u8, long as u8]),
    }
    out.extend(data);
    out
}

/// The checksum of a serial block, by a table of sixteen: another way to it than the driver's.
pub(super) fn checksum(data: &[u8]) -> u16 {
    const TABLE: [u16; 16] = [
        0x0000, 0x1081, 0x2102, 0x3183, 0x4204, 0x5285, 0x6306, 0x7387, 0x8408, 0x9489, 0xA50A, 0xB58B,
        0xC60C, 0xD68D, 0xE70E, 0xF78F,
    ];
    let mut crc: u16 = 0;
    for byte in data.iter().chain(&[0x03]) {
        for half in [byte & 15, byte >> 4] {
            crc = (crc >> 4) ^ TABLE[usize::from((crc ^ u16::from(half)) & 15)];
        }
    }
    crc
}

/// An order of the till, as the terminal understands it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Order {
    pub(super) amount: Option<u64>,
    pub(super) currency: Option<u64>,
    pub(super) receipt: Option<u64>,
    pub(super) service: Option<u8>,
    /// The commands that the till takes (TLV 26).
    pub(super) takes: Vec<[u8; 2]>,
}

/// Reads the fields of a command. `None` if it is not written by the rules.
pub(super) fn order(mut data: &[u8]) -> Option<Order> {
    let mut order = Order::default();
    while let Some((field, rest)) = data.split_first() {
        let length = match field {
            0x04 => 6,
            0x49 | 0x87 => 2,
            0x03 | 0x19 | 0x02 | 0x05 => 1,
            0x06 => {
                let (length, inner) = rest.split_first()?;
                let container = inner.get(..usize::from(*length))?;
                // 26, its length, then 0A 02 and a command each.
                if let [0x26, _, commands @ ..] = container {
                    order.takes = commands
                        .chunks_exact(4)
                        .filter(|command| command[..2] == [0x0A, 0x02])
                        .map(|command| [command[2], command[3]])
                        .collect();
                }
                data = inner.get(usize::from(*length)..)?;
                continue;
            }
            _ => return None,
        };
        let value = rest.get(..length)?;
        match field {
            0x04 => order.amount = Some(number(value)?),
            0x49 => order.currency = Some(number(value)?),
            0x87 => order.receipt = Some(number(value)?),
            0x03 => order.service = Some(value[0]),
            _ => {}
        }
        data = &rest[length..];
    }
    Some(order)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_of_the_known_frame() {
        assert_eq!(checksum(&[0x80, 0, 0]).to_le_bytes(), [0xF5, 0x1F]);
    }

    #[test]
    fn an_order_is_read_by_its_own_rules() {
        let read = order(&[0x04, 0, 0, 0, 0, 0x12, 0x95, 0x49, 0x09, 0x78]).unwrap();
        assert_eq!((read.amount, read.currency), (Some(1295), Some(978)));
        assert_eq!(order(&[0x04, 0, 0]), None);
    }
}

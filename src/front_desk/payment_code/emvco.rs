//! EMVCo, "EMV QR Code Specification for Payment Systems: Merchant-Presented Mode", version 1.1: what Pix and other
//! national schemes are made of.
//!
//! A text of objects, each a tag of two figures, the length of its value in two figures, and the value. The last
//! one, 63, is a checksum over everything before its own value.

/// One object: its tag and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// 0 to 99.
    pub tag: u8,
    /// 1 to 99 characters.
    pub value: String,
}

/// Why a text is no payload.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EmvcoError {
    /// A value that no length of two figures can name, or a tag of three figures.
    #[error("object {0:02} does not fit: values have 1 to 99 characters, tags two figures")]
    DoesNotFit(u8),
    /// A tag or length that is no two figures, or a value that is cut off.
    #[error("the text is broken at character {0}")]
    Broken(usize),
    /// Two objects with one tag.
    #[error("object {0:02} stands there twice")]
    Twice(u8),
    /// It does not begin with 000201, or does not end with the checksum.
    #[error("it does not begin with 000201, or does not end with a checksum")]
    NoFrame,
    /// The checksum is another.
    #[error("the checksum is wrong: a character was changed")]
    Checksum,
}

const FORMAT: u8 = 0;
const CHECKSUM: u8 = 63;

/// Objects one behind the other, as they stand in a template.
pub fn objects(objects: &[(u8, &str)]) -> Result<String, EmvcoError> {
    let mut text = String::new();
    for (tag, value) in objects {
        let long = value.chars().count();
        if *tag > 99 || !(1..=99).contains(&long) {
            return Err(EmvcoError::DoesNotFit(*tag));
        }
        text.push_str(&format!("{tag:02}{long:02}{value}"));
    }
    Ok(text)
}

/// A whole payload: its format, the objects, and the checksum.
pub fn payload(own: &[(u8, &str)]) -> Result<String, EmvcoError> {
    let mut text = objects(&[(FORMAT, "01")])?;
    text.push_str(&objects(own)?);
    text.push_str("6304");
    let checksum = crc(text.as_bytes());
    text.push_str(&format!("{checksum:04X}"));
    Ok(text)
}

/// Reads a whole payload, strictly: every object whole, none twice, the format first, and the checksum last and right.
/// The objects between them are answered.
pub fn read(payload: &str) -> Result<Vec<Object>, EmvcoError> {
    let mut all = read_objects(payload)?;
    let (first, last) = (all.first().cloned(), all.pop());
    let (Some(first), Some(last)) = (first, last) else { return Err(EmvcoError::NoFrame) };
    if first != (Object { tag: FORMAT, value: "01".into() }) || last.tag != CHECKSUM || last.value.len() != 4
    {
        return Err(EmvcoError::NoFrame);
    }
    let covered = &payload.as_bytes()[..payload.len() - 4];
    if format!("{:04X}", crc(covered)) != last.value {
        return Err(EmvcoError::Checksum);
    }
    all.remove(0);
    Ok(all)
}

/// Reads the objects of a template, strictly.
pub fn read_objects(text: &str) -> Result<Vec<Object>, EmvcoError> {
    let letters: Vec<char> = text.chars().collect();
    let two = |at: usize| {
        let figures: Option<Vec<u32>> = letters.get(at..at + 2)?.iter().map(|c| c.to_digit(10)).collect();
        figures.map(|figures| (figures[0] * 10 + figures[1]) as usize)
    };
    let (mut at, mut all) = (0, Vec::<Object>::new());
    while at < letters.len() {
        let broken = EmvcoError::Broken(at);
        let (Some(tag), Some(long)) = (two(at), two(at + 2)) else { return Err(broken) };
        let value = letters.get(at + 4..at + 4 + long).filter(|value| !value.is_empty()).ok_or(broken)?;
        let tag = tag as u8;
        if all.iter().any(|object| object.tag == tag) {
            return Err(EmvcoError::Twice(tag));
        }
        all.push(Object { tag, value: value.iter().collect() });
        at += 4 + long;
    }
    Ok(all)
}

/// CRC-16 with polynomial 1021 and first value FFFF, as ISO/IEC 13239 and EMVCo have it.
fn crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |crc, byte| {
        (0..8).fold(crc ^ (u16::from(*byte) << 8), |crc, _| {
            if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_checksum_is_that_of_the_catalogue() {
        assert_eq!(crc(b"123456789"), 0x29B1);
    }

    /// The example of EMVCo's specification, annex A.
    const PUBLISHED: &str = "00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115802CN5914BEST TRANSPORT6007BEIJING64200002ZH0104最佳运输0202北京540523.7253031565502016233030412340603***0708A60086670902ME91320016A0112233449988770708123456786304A13A";

    #[test]
    fn the_published_example_is_read_and_written_again() {
        let all = read(PUBLISHED).unwrap();
        let value = |tag| all.iter().find(|object| object.tag == tag).map(|object| object.value.as_str());
        assert_eq!((value(59), value(54)), (Some("BEST TRANSPORT"), Some("23.72")));
        let names = read_objects(value(64).unwrap()).unwrap();
        assert_eq!(names[1].value, "最佳运输");
        let own: Vec<_> = all.iter().map(|object| (object.tag, object.value.as_str())).collect();
        assert_eq!(payload(&own).unwrap(), PUBLISHED);
    }

    #[test]
    fn what_is_broken_is_refused() {
        for (text, error) in [
            ("", EmvcoError::NoFrame),
            ("000201", EmvcoError::NoFrame),
            ("0002016304", EmvcoError::Broken(6)),
            ("00020163041D3D", EmvcoError::Checksum),
            ("0002", EmvcoError::Broken(0)),
            ("0x0201", EmvcoError::Broken(0)),
            ("000201000201", EmvcoError::Twice(0)),
            ("0000", EmvcoError::Broken(0)),
        ] {
            assert_eq!(read(text), Err(error), "{text}");
        }
        assert_eq!(read(&PUBLISHED.replace("23.72", "13.72")), Err(EmvcoError::Checksum));
        assert_eq!(read(&PUBLISHED.replace("A13A", "a13a")), Err(EmvcoError::Checksum));
        assert_eq!(objects(&[(5, "")]), Err(EmvcoError::DoesNotFit(5)));
        assert_eq!(objects(&[(5, &"x".repeat(100))]), Err(EmvcoError::DoesNotFit(5)));
        assert_eq!(objects(&[(100, "x")]), Err(EmvcoError::DoesNotFit(100)));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(values in prop::collection::btree_map(
            (1u8..100).prop_filter("the frame's own", |tag| *tag != CHECKSUM), "\\PC{1,99}", 0..8)
        ) {
            let own: Vec<_> = values.iter().map(|(tag, value)| (*tag, value.as_str())).collect();
            let read = read(&payload(&own).unwrap()).unwrap();
            let read: Vec<_> = read.iter().map(|object| (object.tag, object.value.as_str())).collect();
            prop_assert_eq!(read, own);
        }

        #[test]
        fn nothing_that_is_scanned_stops_it(text in any::<String>(), cut in 0usize..200) {
            let _ = read(&text);
            let part: String = PUBLISHED.chars().take(cut).collect();
            prop_assert!(read(&part).is_err());
        }
    }
}

//! Receipts that the terminal lets the till print, put together from the parts in which they come.

/// Whose a receipt is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceiptFor {
    /// The patient's.
    Customer,
    /// The clinic's, to be kept.
    Merchant,
    /// Of a day's end, a diagnosis and the like; the clinic's as well.
    Administration,
    /// The terminal does not say, and its words do not show it.
    NotSaid,
}

/// A receipt as it is to be printed. Card numbers in it are masked.
#[derive(Clone, PartialEq, Eq)]
pub struct PrintedReceipt {
    /// Whose it is.
    pub receipt_for: ReceiptFor,
    /// Its lines.
    pub lines: Vec<String>,
}

// A receipt says what somebody paid; it is for paper, not for logs.
impl std::fmt::Debug for PrintedReceipt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PrintedReceipt({:?}, {} lines)", self.receipt_for, self.lines.len())
    }
}

/// Lines and bytes that a receipt may have. A terminal that goes on for ever does not fill the memory: a line may be
/// as long as a message, so the number of lines alone is no bound.
const MOST_LINES: usize = 2000;
const MOST_BYTES: usize = 200_000;

/// Collects the parts of a receipt until it is whole.
#[derive(Default)]
pub(super) struct Receipts(Option<PrintedReceipt>);

impl Receipts {
    /// Takes a part, and gives the receipts that are whole with it: the one before, if the part begins
    /// another, and its own, if it is the last.
    pub(super) fn push(&mut self, part: PrintedReceipt, last: bool) -> Vec<PrintedReceipt> {
        let mut whole = Vec::new();
        let another = |open: &PrintedReceipt| open.receipt_for != part.receipt_for;
        if self.0.as_ref().is_some_and(another) {
            whole.extend(self.finish());
        }
        match &mut self.0 {
            Some(open) => open.lines.extend(part.lines),
            None => self.0 = Some(part),
        }
        if let Some(open) = &mut self.0 {
            let mut bytes = 0;
            let fits = open.lines.iter().take(MOST_LINES).take_while(|line| {
                bytes += line.len();
                bytes <= MOST_BYTES
            });
            open.lines.truncate(fits.count());
        }
        if last {
            whole.extend(self.finish());
        }
        whole
    }

    /// The receipt that is still open: the dialogue is over, or something else than lines came.
    pub(super) fn finish(&mut self) -> Option<PrintedReceipt> {
        let mut receipt =
            self.0.take().filter(|receipt| receipt.lines.iter().any(|line| !line.is_empty()))?;
        if receipt.receipt_for == ReceiptFor::NotSaid {
            receipt.receipt_for = by_its_words(&receipt.lines);
        }
        Some(receipt)
    }
}

/// Lines of 06 D1 do not say whose they are, but receipts do, in their heads.
fn by_its_words(lines: &[String]) -> ReceiptFor {
    for line in lines {
        let line = line.to_lowercase();
        if ["kundenbeleg", "customer", "cardholder copy", "für den kunden"]
            .iter()
            .any(|word| line.contains(word))
        {
            return ReceiptFor::Customer;
        }
        if ["händlerbeleg", "haendlerbeleg", "merchant"].iter().any(|word| line.contains(word)) {
            return ReceiptFor::Merchant;
        }
        if ["kassenschnitt", "end-of-day", "diagnose"].iter().any(|word| line.contains(word)) {
            return ReceiptFor::Administration;
        }
    }
    ReceiptFor::NotSaid
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(receipt_for: ReceiptFor, line: &str) -> PrintedReceipt {
        PrintedReceipt { receipt_for, lines: vec![line.to_owned()] }
    }

    #[test]
    fn a_receipt_ends_where_it_is_said_or_where_another_begins() {
        let mut receipts = Receipts::default();
        assert!(receipts.push(part(ReceiptFor::Merchant, "a"), false).is_empty());
        let first = receipts.push(part(ReceiptFor::Customer, "b"), false);
        assert_eq!(first, [part(ReceiptFor::Merchant, "a")]);
        let second = receipts.push(part(ReceiptFor::Customer, "c"), true);
        assert_eq!(second[0].lines, ["b", "c"]);
        assert!(receipts.finish().is_none());
    }

    #[test]
    fn lines_show_by_their_words_whose_they_are() {
        let mut receipts = Receipts::default();
        receipts.push(part(ReceiptFor::NotSaid, "  ** Kundenbeleg **"), false);
        assert_eq!(receipts.finish().unwrap().receipt_for, ReceiptFor::Customer);
    }

    #[test]
    fn a_receipt_that_goes_on_for_ever_is_cut_off_by_its_lines_and_by_its_bytes() {
        for (line, most) in [("x".repeat(10), MOST_LINES), ("x".repeat(60_000), 3)] {
            let mut receipts = Receipts::default();
            for _ in 0..3 * MOST_LINES {
                receipts.push(part(ReceiptFor::Customer, &line), false);
            }
            assert_eq!(receipts.finish().unwrap().lines.len(), most);
        }
    }
}

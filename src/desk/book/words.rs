//! Why the book does not do what was asked of it, in words for staff.

use crate::desk::Refusal;
use crate::desk::action::conflict;
use crate::desk::language::sentence;
use crate::front_desk::booking::{BookingAnswer, BookingRefusal};

/// The refusal that an answer of the book is; none where it was done.
pub fn refusal(answer: &BookingAnswer, is_closed: bool) -> Option<Refusal> {
    let words = match answer {
        BookingAnswer::Booked { .. } | BookingAnswer::Cancelled { .. } | BookingAnswer::Noted => return None,
        BookingAnswer::Taken if is_closed => {
            sentence("This time was closed meanwhile: nothing was changed. Choose another one.")
        }
        BookingAnswer::Taken => {
            sentence("Somebody else has this time by now: nothing was changed. Choose another one.")
        }
        BookingAnswer::Refused { why } => match why {
            BookingRefusal::NoSuchSlot => {
                sentence("The schedule has no such time, or it is closed: choose another one.")
            }
            BookingRefusal::OutsideBookingTime => {
                sentence("This time is over, or too far ahead: choose another one.")
            }
            BookingRefusal::Changed => sentence(
                "The appointment was changed, called off or checked in meanwhile: nothing was changed. The page shows how it stands now.",
            ),
            BookingRefusal::Unknown => sentence("There is no such appointment any more."),
            BookingRefusal::PatientIsBusy => sentence("The patient has another appointment at that time."),
            // Those are rules for patients; staff are not held to them.
            BookingRefusal::TooLate | BookingRefusal::TooMany => sentence("The routines do not allow this."),
        },
    };
    Some(conflict(words))
}

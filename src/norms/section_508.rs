//! Section 508, chapter 4: hardware.

use super::Standing::{InPart, Met, NotConcerned, OfTheInstallation};
use super::{Norm, Row, row};

const KEYS: &str = "By keys and by voice";
const PLACE: &str = "Accessibility";

pub static NORM: Norm = Norm {
    name: "Section 508, revised 2017 (36 CFR 1194, appendix C, chapter 4)",
    covers: "Chapter 4, hardware: closed functionality (402) to audible signals (411). Software (chapter 5) asks for WCAG 2.0, \
             which WCAG 2.2 above contains. 412 to 415 (two-way voice, captions, audio description) ask nothing of a kiosk \
             without telephone or video.",
    rows: ROWS,
};

static ROWS: &[Row] = &[
    row(
        "402.1",
        "What is closed is operable without attaching assistive technology other than headphones.",
        InPart,
        "As 402.2 to 402.5 stand.",
        &["vestibule::by_keys a_booked_patient_checks_in_by_voice_alone"],
    ),
    row(
        "402.2.1",
        "Speech for all information on the screen.",
        Met,
        "All that a screen shows is said; what is masked stays masked.",
        &[
            "vestibule kiosk::voice::tests::every_screen_says_all_that_it_shows_but_what_is_to_be_chosen",
            "vestibule kiosk::voice::tests::where_keys_stand_is_said_with_what_it_is",
            "vestibule kiosk::voice::tests::no_secret_is_ever_said",
        ],
    ),
    row(
        "402.2.2",
        "Speech for all that is needed to verify a transaction.",
        Met,
        "Of the ticket its number, wait, place and paper; of a payment what for, how much, and how it ended.",
        &[
            "vestibule::by_keys a_booked_patient_checks_in_by_voice_alone",
            "vestibule kiosk::voice::tests::the_number_of_a_ticket_is_said_letter_by_letter",
        ],
    ),
    row(
        "402.2.3",
        "Speech by a mechanism readily available to all, such as a standard connector; coordinated with the screen.",
        OfTheInstallation(KEYS),
        "The socket or handset is the installation's. That speech goes with the screen is measured.",
        &[
            "vestibule kiosk::voice::tests::a_new_screen_is_said_after_what_was_entered_and_then_where_keys_stand",
        ],
    ),
    row(
        "402.2.4",
        "Speech is interrupted by a choice or by navigation, and can be repeated and paused.",
        InPart,
        "Any key stops it, the key for help repeats all of it. It cannot be paused and gone on with where it was.",
        &[
            "vestibule kiosk::voice::tests::an_empty_lobby_hears_nothing_and_the_first_key_begins",
            "vestibule kiosk::voice::tests::help_says_everything_again_and_struck_twice_asks_for_a_person",
            "vestibule::by_keys a_booked_patient_checks_in_by_voice_alone",
        ],
    ),
    row(
        "402.2.5",
        "Instructions in Braille (contracted, ADA 703.3.1) for beginning the speech mode.",
        OfTheInstallation(PLACE),
        "Beside the socket: plug in headphones, then strike any key.",
        &[],
    ),
    row(
        "402.3.1",
        "Private listening: a mode to control the volume, and a coupling where speech comes by a handset.",
        Met,
        "One key goes round five volumes and says which it is. A handset is best chosen with magnetic coupling.",
        &["vestibule kiosk::voice::tests::volume_and_speed_go_round_and_are_set_back_for_the_next_person"],
    ),
    row(
        "402.3.2",
        "Non-private listening: volume to at least 65 dB, set back after every use.",
        NotConcerned,
        "The kiosk speaks into headphones only. The volume is set back all the same.",
        &[],
    ),
    row(
        "402.4",
        "A mode with characters without serifs, dark on light or light on dark, capital I at least 4.8 mm high.",
        Met,
        "Noto Sans; capitals of 7.3 mm and more, at 7:1 and more.",
        &[
            "vestibule-ui::theme capitals_are_at_least_seven_millimetres_and_a_third",
            "vestibule-ui::theme every_text_stands_apart_from_what_it_is_drawn_on",
        ],
    ),
    row(
        "402.5",
        "Characters on variable message signs conform to ICC A117.1, 703.7.",
        InPart,
        "The display of a waiting room is one where it hangs for the public. Height of its characters and contrast are measured by \
         other norms (README.md, The display); 703.7 itself was not gone through.",
        &["vestibule::desk_page display::it_is_read_from_ten_metres_on_every_screen_and_in_every_language"],
    ),
    row(
        "403.1",
        "Biometrics are never the only means of identification or control.",
        NotConcerned,
        "There are none.",
        &[],
    ),
    row(
        "404.1",
        "Converting keeps the information that is provided for accessibility.",
        NotConcerned,
        "Nothing with such information is converted.",
        &[],
    ),
    row(
        "405.1",
        "The same degree of privacy for whoever uses speech or another accessible mode.",
        Met,
        "Nothing is said without headphones, and with them nothing that is typed masked. Glass and voice are emptied for the next person.",
        &[
            "vestibule kiosk::voice::tests::without_headphones_nothing_is_said_whatever_happens",
            "vestibule kiosk::voice::tests::no_secret_is_ever_said",
            "vestibule kiosk::session::tests::nobody_there_is_warned_and_everything_is_cleared",
        ],
    ),
    row(
        "406.1",
        "Of data connections for input and output, at least one of each type is of an industry standard.",
        OfTheInstallation(KEYS),
        "USB for keypads, a jack of 3.5 mm for headphones.",
        &[],
    ),
    row(
        "407.2",
        "Keys and controls stand out from their ground, dark on light or light on dark.",
        OfTheInstallation(PLACE),
        "Of the keypad. Keys on the glass stand apart by 7:1, which is measured.",
        &["vestibule-ui::theme every_pair_of_colours_stands_apart"],
    ),
    row(
        "407.3.1",
        "At least one input control for each function is told apart by touch and not acted by that.",
        OfTheInstallation(PLACE),
        "The keypad. That its keys alone are enough for all functions is measured.",
        &[
            "vestibule::by_keys a_booked_patient_checks_in_by_a_keypad_alone",
            "vestibule-ui::keys everything_is_reached_once_in_the_order_of_reading_upright",
        ],
    ),
    row(
        "407.3.2",
        "Where letters are entered by individual keys, they are arranged as QWERTY with F and J told apart by touch, or as 407.3.3.",
        OfTheInstallation(PLACE),
        "A keyboard of plastic is the clinic's choice. The English keyboard on the glass is QWERTY; other languages have their own.",
        &[],
    ),
    row(
        "407.3.3",
        "Where figures are entered by keys, they are arranged as on telephones or computers, the five told apart by touch.",
        OfTheInstallation(PLACE),
        "Of the payment terminal. On the glass figures stand as on telephones.",
        &["vestibule-ui::touching the_number_pad_writes_figures"],
    ),
    row(
        "407.4",
        "Key repeat: the delay can be set to at least 2 s, and the rate to one in 2 s.",
        Met,
        "As 5.7 of EN 301 549: no key on the glass repeats; one of plastic does as its machine is set, unless double taps are ignored.",
        &[
            "vestibule-ui::touching who_has_asked_for_it_touches_and_types_nothing_twice_within_half_a_second",
            "vestibule-ui::keys the_round_key_acts_on_what_has_the_focus_and_once_however_long_it_is_held",
        ],
    ),
    row(
        "407.5",
        "Where a response is timed, an alert to see and to hear or feel, and a way to say that more time is needed.",
        Met,
        "The warning fills the glass and is said, with the time that is left; one touch or any key is enough.",
        &[
            "vestibule::norms time_limits::the_warning_leaves_twenty_seconds_and_is_answered_as_often_as_wanted",
            "vestibule kiosk::voice::tests::the_warning_is_said_with_the_time_that_is_left_instead_of_what_it_covers",
            "vestibule-ui::touching any_key_says_that_somebody_is_still_there",
        ],
    ),
    row(
        "407.6",
        "One hand, no tight grasping, pinching or twisting, at most 22.2 N (5 lbf).",
        OfTheInstallation(PLACE),
        "Of keypad, terminal, and taking the paper. No two keys or fingers are needed at once, which is measured.",
        &["vestibule::by_keys a_booked_patient_checks_in_by_a_keypad_alone"],
    ),
    row(
        "407.7",
        "Where tickets are provided and their orientation matters, it is told by touch.",
        NotConcerned,
        "Nothing is done with a ticket that asks for an orientation.",
        &[],
    ),
    row(
        "407.8.1",
        "Reach is measured at a vertical plane of at least 1220 mm along the edge, or 760 mm for forward reach.",
        OfTheInstallation(PLACE),
        "Of the place where the clinic puts the kiosk.",
        &[],
    ),
    row(
        "407.8.2",
        "Side reach: 380 to 1220 mm; over an obstruction of 255 to 610 mm, no higher than 865 mm, 1170 mm at most.",
        Met,
        "As 8.3.3 of EN 301 549; of 407.8.2 and 407.8.3 one is asked.",
        &["vestibule-ui::geometry larger_text_has_room_upright"],
    ),
    row(
        "407.8.3",
        "Forward reach: 380 to 1220 mm; over an obstruction of 510 to 635 mm, 1120 mm at most, with clearance for knees and toes.",
        Met,
        "As 8.3.2 of EN 301 549. By mounting alone: README.md, Accessibility.",
        &["vestibule-ui::geometry larger_text_has_room_upright"],
    ),
    row(
        "408.2",
        "The screen is visible from 1015 mm (40 in) above the middle of the clear floor.",
        OfTheInstallation(PLACE),
        "Height and tilt of the glass. The size of letters is measured under 402.4.",
        &[],
    ),
    row(
        "408.3",
        "Lights and screens do not flash more than three times in a second.",
        Met,
        "No screen changes more than twice in a second. Lamps of other devices are the installation's.",
        &[
            "vestibule-ui::norms motion::no_screen_changes_more_than_twice_in_a_second",
            "vestibule-ui::norms motion::the_countdown_changes_once_a_second",
        ],
    ),
    row(
        "409.1",
        "Indicators of state, of locking and toggle controls too, are seen, and heard or felt.",
        Met,
        "The capital key on the glass is lit, and its state said. Keyboards of plastic are the clinic's choice.",
        &[
            "vestibule kiosk::voice::tests::where_keys_stand_is_said_with_what_it_is",
            "vestibule-ui::norms signs::what_is_chosen_has_a_sign",
        ],
    ),
    row(
        "410.1",
        "Colour is not the only means of telling, prompting or distinguishing.",
        Met,
        "Tones have signs or outlines of their own, also in grey; what is chosen has a tick; errors are texts.",
        &[
            "vestibule-ui::norms signs::each_tone_has_a_shape_of_its_own",
            "vestibule-ui::norms signs::what_is_chosen_has_a_sign",
            "vestibule-ui::norms signs::an_error_is_written_out_beside_a_sign",
        ],
    ),
    row(
        "411.1",
        "Where audible signals tell something, they are not the only means.",
        Met,
        "The kiosk gives none. An emergency at the desk fills the window as well; calls stand on the display.",
        &[
            "vestibule::desk_page alarms::an_emergency_is_seen_by_who_hears_nothing_and_beats_slowly_or_not_at_all",
            "vestibule::desk_page display::a_call_is_seen_within_a_second_and_the_last_four_stay",
        ],
    ),
];

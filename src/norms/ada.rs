//! The ADA Standards of 2010, as far as they speak of machines like this.

use super::Standing::{Met, OfTheInstallation};
use super::{Norm, Row, row};

const KEYS: &str = "By keys and by voice";
const PLACE: &str = "Accessibility";

pub static NORM: Norm = Norm {
    name: "ADA Standards for Accessible Design 2010 (308, 309, 707)",
    covers: "Reach ranges (308), operable parts (309), and automatic teller and fare machines (707). 707 does not bind a check-in \
             kiosk by its words; it is what auditors hold one to where nothing else is written. Clear floor space is 305.",
    rows: ROWS,
};

static ROWS: &[Row] = &[
    row(
        "308.2.1",
        "Forward reach, unobstructed: 15 to 48 in (380 to 1220 mm).",
        Met,
        "Whoever chooses it has everything to touch below 1200 mm, reckoned from lower_edge_mm in clinic.toml; nothing stands below the glass. \
         The button for it stands at the foot of an upright glass. Lying, and by mounting alone: README.md, Accessibility.",
        &["vestibule-ui::geometry larger_text_has_room_upright"],
    ),
    row(
        "308.2.2",
        "Forward reach over an obstruction: 48 in (1220 mm) to 20 in (510 mm) deep, 44 in (1120 mm) to 25 in (635 mm).",
        OfTheInstallation(PLACE),
        "Of the housing or the table that the kiosk stands on.",
        &[],
    ),
    row(
        "308.3.1",
        "Side reach, unobstructed: 15 to 48 in (380 to 1220 mm).",
        Met,
        "As 308.2.1.",
        &["vestibule-ui::geometry larger_text_has_room_upright"],
    ),
    row(
        "308.3.2",
        "Side reach over an obstruction no higher than 34 in (865 mm): 48 in to 10 in deep, 46 in (1170 mm) to 24 in (610 mm).",
        OfTheInstallation(PLACE),
        "Of the housing or the table that the kiosk stands on.",
        &[],
    ),
    row(
        "309.2",
        "Clear floor space of 30 by 48 in (760 by 1220 mm).",
        OfTheInstallation(PLACE),
        "Before the kiosk, level, and free of chairs and queues.",
        &[],
    ),
    row(
        "309.3",
        "Operable parts stand within a reach range of 308.",
        OfTheInstallation(PLACE),
        "Keypad, headphones' socket, scanner, terminal and paper; for the glass see 308.2.1.",
        &[],
    ),
    row(
        "309.4",
        "One hand, no tight grasping, pinching or twisting, at most 5 lbf (22.2 N).",
        OfTheInstallation(PLACE),
        "Of keypad, terminal, and taking the paper. No two keys or fingers are needed at once, which is measured.",
        &["vestibule::by_keys a_booked_patient_checks_in_by_a_keypad_alone"],
    ),
    row("707.2", "Clear floor space as 305.", OfTheInstallation(PLACE), "As 309.2.", &[]),
    row(
        "707.3",
        "Operable parts as 309; each can be told apart by sound or touch without acting by it.",
        OfTheInstallation(PLACE),
        "The keypad; on it what is come to is said, and acts only when the round key is struck, which is measured.",
        &[
            "vestibule kiosk::voice::tests::where_keys_stand_is_said_with_what_it_is",
            "vestibule-ui::keys the_round_key_acts_on_what_has_the_focus_and_once_however_long_it_is_held",
        ],
    ),
    row(
        "707.4",
        "The same degree of privacy of input and output for all.",
        Met,
        "Nothing is said without headphones, and with them nothing that is typed masked.",
        &[
            "vestibule kiosk::voice::tests::without_headphones_nothing_is_said_whatever_happens",
            "vestibule kiosk::voice::tests::no_secret_is_ever_said",
        ],
    ),
    row(
        "707.5",
        "Speech for instructions, prompts, input, errors and all that is displayed, by a mechanism readily available to all.",
        OfTheInstallation(KEYS),
        "The socket or handset is the installation's. That all of it is said is measured; the characters of a secret are told without \
         saying which.",
        &[
            "vestibule kiosk::voice::tests::every_screen_says_all_that_it_shows_but_what_is_to_be_chosen",
            "vestibule kiosk::voice::tests::what_is_wrong_is_said_at_once_and_again_when_one_goes_on_all_the_same",
            "vestibule::by_keys a_booked_patient_checks_in_by_voice_alone",
        ],
    ),
    row(
        "707.5.1",
        "Speech can be repeated and interrupted, with a control of its volume.",
        Met,
        "By the key for help, by any key, and by the key for the volume.",
        &[
            "vestibule kiosk::voice::tests::help_says_everything_again_and_struck_twice_asks_for_a_person",
            "vestibule kiosk::voice::tests::an_empty_lobby_hears_nothing_and_the_first_key_begins",
            "vestibule kiosk::voice::tests::volume_and_speed_go_round_and_are_set_back_for_the_next_person",
        ],
    ),
    row(
        "707.5.2",
        "Where receipts are given, speech for what is needed to complete or verify the transaction.",
        Met,
        "Of the ticket its number, wait, place and paper; of a payment what for, how much, and how it ended.",
        &[
            "vestibule::by_keys a_booked_patient_checks_in_by_voice_alone",
            "vestibule kiosk::voice::tests::every_screen_says_all_that_it_shows_but_what_is_to_be_chosen",
        ],
    ),
    row(
        "707.6.1",
        "At least one input control for each function is told apart by touch.",
        OfTheInstallation(PLACE),
        "The keypad. That its keys alone are enough is measured.",
        &["vestibule::by_keys a_booked_patient_checks_in_by_a_keypad_alone"],
    ),
    row(
        "707.6.2",
        "Numeric keys ascend or descend as on telephones, the five told apart by touch.",
        OfTheInstallation(PLACE),
        "Of the payment terminal; the assistive keypad has none.",
        &[],
    ),
    row(
        "707.6.3.1",
        "Function keys stand out from their ground.",
        OfTheInstallation(PLACE),
        "Of the keypad and the terminal.",
        &[],
    ),
    row(
        "707.6.3.2",
        "Function keys carry tactile symbols: enter a circle, clear a left arrow, cancel an X, add a plus, decrease a minus.",
        OfTheInstallation(PLACE),
        "Of the terminal, and of the keypad as far as it has such keys: its round key is the circle.",
        &[],
    ),
    row(
        "707.7.1",
        "The screen is visible from 40 in (1015 mm) above the middle of the clear floor.",
        OfTheInstallation(PLACE),
        "Height and tilt of the glass.",
        &[],
    ),
    row(
        "707.7.2",
        "Characters without serifs, at least 3/16 in (4.8 mm) high, light on dark or dark on light.",
        Met,
        "Noto Sans; capitals of 7.3 mm and more, at 7:1 and more.",
        &[
            "vestibule-ui::theme capitals_are_at_least_seven_millimetres_and_a_third",
            "vestibule-ui::theme every_text_stands_apart_from_what_it_is_drawn_on",
        ],
    ),
    row(
        "707.8",
        "Instructions in Braille for beginning the speech mode.",
        OfTheInstallation(PLACE),
        "Beside the socket: plug in headphones, then strike any key.",
        &[],
    ),
];

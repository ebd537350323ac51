//! EN 301 549: clauses 4, 5, 8, and of 11 what is not WCAG.

use super::Standing::{InPart, Met, NotConcerned, OfTheInstallation};
use super::{Norm, Row, row};

const KEYS: &str = "By keys and by voice";
const PLACE: &str = "Accessibility";

pub static NORM: Norm = Norm {
    name: "EN 301 549 V3.2.1 (2021-03)",
    covers: "Clauses 4 (functional performance), 5 (generic, of them 5.1 for closed functionality: patients can bring no \
             assistive technology of their own but keypads and headphones), 8 (hardware) and 11.5 to 11.8. The criteria \
             of WCAG in clauses 9 and 11 stand under WCAG 2.2 below. Clauses 6 (two-way voice), 7 (video), 10 (documents), \
             12 (documentation and support) and 13 (relay services) are not judged here.",
    rows: ROWS,
};

static ROWS: &[Row] = &[
    row(
        "4.2.1",
        "Where there is a visual mode of operation, one mode that needs no vision.",
        Met,
        "A kiosk with a voice is operated by keys and headphones from the welcome to the ticket; help is a key struck \
         twice. It needs voice = { … } in clinic.toml and the hardware of 5.1.3.2.",
        &[
            "vestibule::by_keys a_booked_patient_checks_in_by_voice_alone",
            "vestibule kiosk::voice::tests::every_screen_says_all_that_it_shows_but_what_is_to_be_chosen",
        ],
    ),
    row(
        "4.2.2",
        "Features that let people use limited vision.",
        Met,
        "Capitals of at least 7.3 mm and contrast of at least 7:1 everywhere; two larger sizes (1.25, 1.5) and high contrast \
         (10:1) by a button on every screen, set back after each person.",
        &[
            "vestibule-ui::geometry larger_text_has_room_upright",
            "vestibule-ui::geometry larger_text_has_room_lying",
            "vestibule-ui::theme in_high_contrast_every_pair_of_colours_stands_further_apart",
            "vestibule kiosk::session::tests::preferences::when_a_person_has_gone_all_is_as_it_was",
            "vestibule-ui::theme capitals_are_at_least_seven_millimetres_and_a_third",
            "vestibule-ui::theme every_text_stands_apart_from_what_it_is_drawn_on",
        ],
    ),
    row(
        "4.2.3",
        "A visual mode of operation that needs no perception of colour.",
        Met,
        "Each tone has a sign or an outline of its own, also in grey; what is chosen carries a tick; errors are written out. \
         Told apart by the least are the calm mark (i) and the one that asks for attention (!): beside each stands what it means.",
        &[
            "vestibule-ui::norms signs::each_tone_has_a_shape_of_its_own",
            "vestibule-ui::norms signs::what_is_chosen_has_a_sign",
            "vestibule-ui::norms signs::an_error_is_written_out_beside_a_sign",
        ],
    ),
    row(
        "4.2.4",
        "Where there is an auditory mode of operation, one mode that needs no hearing.",
        Met,
        "All that the voice says stands on the glass; calls stand on the display, and an emergency at the desk is seen by who \
         hears nothing.",
        &[
            "vestibule kiosk::voice::tests::without_headphones_nothing_is_said_whatever_happens",
            "vestibule::desk_page display::a_call_is_seen_within_a_second_and_the_last_four_stay",
            "vestibule::desk_page alarms::an_emergency_is_seen_by_who_hears_nothing_and_beats_slowly_or_not_at_all",
        ],
    ),
    row(
        "4.2.5",
        "Where there is an auditory mode, enhanced audio for limited hearing.",
        Met,
        "The voice has five volumes over more than 18 dB and four speeds, and nothing sounds beside it. The headphones are \
         the patient's own or the installation's.",
        &[
            "vestibule::norms loudness::the_volume_goes_over_eighteen_decibels_with_a_step_at_twelve",
            "vestibule kiosk::voice::tests::volume_and_speed_go_round_and_are_set_back_for_the_next_person",
        ],
    ),
    row(
        "4.2.6",
        "Where vocal input is needed, one mode that needs none.",
        Met,
        "The kiosk never listens: everything is touched or struck.",
        &["vestibule::by_keys a_booked_patient_checks_in_by_a_keypad_alone"],
    ),
    row(
        "4.2.7",
        "A mode that needs no fine motor control, path-dependent gestures, pinching, twisting, tight grasping, or two things at once.",
        Met,
        "Buttons of 20 mm and keys of 16 mm with room between; a touch is one finger put down and taken up; a signature may be \
         typed; all of it works by single keys.",
        &[
            "vestibule-ui::geometry everything_has_room_upright",
            "vestibule-ui::norms spacing::there_is_room_between_any_two_things_to_touch",
            "vestibule::by_keys a_booked_patient_checks_in_by_a_keypad_alone",
        ],
    ),
    row(
        "4.2.8",
        "Everything that is operated stands within reach of all users.",
        Met,
        "A layout that brings all controls below 1.2 m, by a button on every screen. By mounting alone: see 8.3.",
        &["vestibule-ui::geometry larger_text_has_room_upright"],
    ),
    row(
        "4.2.9",
        "A mode that minimises what may trigger a photosensitive seizure.",
        Met,
        "No screen changes more than twice in a second, measured from its pictures; an emergency at the desk beats once in 2.4 s.",
        &[
            "vestibule-ui::norms motion::no_screen_changes_more_than_twice_in_a_second",
            "vestibule-ui::norms motion::the_countdown_changes_once_a_second",
            "vestibule-ui::touching nothing_flashes",
            "vestibule::desk_page alarms::an_emergency_is_seen_by_who_hears_nothing_and_beats_slowly_or_not_at_all",
        ],
    ),
    row(
        "4.2.10",
        "Features that make it simpler and easier to use with limited cognition, language or learning.",
        Met,
        "One question a screen, eight languages on every screen, time as often as wanted and three times as much for who asks, \
         and help on every screen.",
        &[
            "vestibule kiosk::session::tests::preferences::in_the_middle_of_an_answer_the_screen_is_changed_and_nothing_is_lost",
            "vestibule kiosk::session::tests::preferences::whoever_asks_for_more_time_has_three_times_as_much",
            "vestibule-ui::touching help_is_on_every_screen",
            "vestibule::norms time_limits::the_warning_leaves_twenty_seconds_and_is_answered_as_often_as_wanted",
        ],
    ),
    row(
        "4.2.11",
        "Where features for accessibility are provided, privacy is kept when they are used.",
        Met,
        "The voice speaks into headphones only, and never what is typed masked. Nothing of a person is left to the next.",
        &[
            "vestibule kiosk::voice::tests::without_headphones_nothing_is_said_whatever_happens",
            "vestibule kiosk::voice::tests::no_secret_is_ever_said",
            "vestibule kiosk::session::tests::nobody_there_is_warned_and_everything_is_cleared",
        ],
    ),
    row(
        "5.1.2.1",
        "What is closed to assistive technology meets 5.2 to 13 as far as they apply.",
        InPart,
        "The rows below say how each stands.",
        &["vestibule::norms table::what_is_met_is_measured_and_what_is_not_claims_nothing"],
    ),
    row(
        "5.1.2.2",
        "What is closed is operable without attaching assistive technology; personal headsets and induction loops are none.",
        Met,
        "The voice and the ring of the focus are the kiosk's own; a keypad belongs to the installation, headphones may be the \
         patient's.",
        &["vestibule::by_keys a_booked_patient_checks_in_by_voice_alone"],
    ),
    row(
        "5.1.3.1",
        "Where visual information is needed to use closed functions, it is heard too.",
        Met,
        "Everything that a screen shows is said, and what can be chosen as the keys come to it.",
        &[
            "vestibule kiosk::voice::tests::every_screen_says_all_that_it_shows_but_what_is_to_be_chosen",
            "vestibule kiosk::voice::tests::where_keys_stand_is_said_with_what_it_is",
        ],
    ),
    row(
        "5.1.3.2",
        "Auditory output comes by a mechanism of the ICT, or by a personal headset at a 3.5 mm jack or another standard connection.",
        OfTheInstallation(KEYS),
        "A handset, or a socket that is found without seeing. The kiosk learns of headphones in three ways.",
        &["vestibule clinic::voice::tests::headphones_are_told_of_in_three_ways"],
    ),
    row(
        "5.1.3.3",
        "What is heard can be correlated with what is on the screen (a recommendation).",
        Met,
        "It is said in the order of reading; where the keys stand is both said and ringed.",
        &[
            "vestibule kiosk::voice::tests::a_new_screen_is_said_after_what_was_entered_and_then_where_keys_stand",
            "vestibule-ui::keys the_ring_is_seen_wherever_keys_stand_upright",
        ],
    ),
    row(
        "5.1.3.4",
        "Speech can be interrupted and repeated at the user's request.",
        Met,
        "Any key or touch silences it; the key for help says all of it again.",
        &[
            "vestibule kiosk::voice::tests::an_empty_lobby_hears_nothing_and_the_first_key_begins",
            "vestibule kiosk::voice::tests::help_says_everything_again_and_struck_twice_asks_for_a_person",
        ],
    ),
    row(
        "5.1.3.5",
        "Speech is interrupted when the user acts and when new speech begins.",
        Met,
        "It stops within a fraction of a second of a key, with the real voice and a real player.",
        &[
            "vestibule::by_keys a_booked_patient_checks_in_by_voice_alone",
            "vestibule kiosk::voice::tests::the_warning_interrupts_counts_and_is_gone_with_what_it_covered_said_again",
        ],
    ),
    row(
        "5.1.3.6",
        "Non-text content that is not decoration has an alternative that is spoken.",
        Met,
        "Signs stand beside words or on named controls; codes have names that are said.",
        &[
            "vestibule-ui::norms names::whatever_acts_is_entered_or_is_a_picture_has_a_name",
            "vestibule kiosk::voice::tests::every_screen_says_all_that_it_shows_but_what_is_to_be_chosen",
        ],
    ),
    row(
        "5.1.3.7",
        "Pre-recorded video has an equivalent in speech.",
        NotConcerned,
        "The kiosk shows no video.",
        &[],
    ),
    row(
        "5.1.3.8",
        "What is masked on the screen is not spoken as it is entered, unless it is heard in private or the user chose it.",
        Met,
        "It is never spoken, also into headphones: each character is told as \"character\".",
        &["vestibule kiosk::voice::tests::no_secret_is_ever_said"],
    ),
    row(
        "5.1.3.9",
        "Personal data are heard only through a mechanism for private listening, or where the user chose otherwise.",
        Met,
        "Without headphones nothing at all is said. With headphones = \"always\" the installation answers for it that no \
         loudspeaker is behind the socket.",
        &[
            "vestibule kiosk::voice::tests::without_headphones_nothing_is_said_whatever_happens",
            "vestibule::by_keys nothing_is_heard_without_headphones",
        ],
    ),
    row(
        "5.1.3.10",
        "Nothing that sounds by itself for more than three seconds disturbs what is spoken.",
        Met,
        "The kiosk makes no sound but its voice, one thing after the other.",
        &["vestibule::by_keys nothing_is_heard_without_headphones"],
    ),
    row(
        "5.1.3.11",
        "For private listening, a way to control the volume without vision.",
        Met,
        "One key goes round the volumes and says which it is.",
        &["vestibule kiosk::voice::tests::volume_and_speed_go_round_and_are_set_back_for_the_next_person"],
    ),
    row(
        "5.1.3.12",
        "For loudspeakers, a volume that can be raised without vision to at least 65 dBA.",
        NotConcerned,
        "The kiosk speaks through no loudspeaker.",
        &[],
    ),
    row(
        "5.1.3.13",
        "For loudspeakers, the volume is set back to 65 dBA or less after every use.",
        NotConcerned,
        "The kiosk speaks through no loudspeaker. The volume of the headphones is set back all the same.",
        &[],
    ),
    row(
        "5.1.3.14",
        "Speech is in the language of what is displayed, or in one that the user chose.",
        Met,
        "Screens and voice speak one language; a language's own name is said in that language.",
        &[
            "vestibule kiosk::voice::tests::where_keys_stand_is_said_with_what_it_is",
            "vestibule kiosk::voice::tests::the_number_of_a_ticket_is_said_letter_by_letter",
        ],
    ),
    row(
        "5.1.3.15",
        "An error that is found is identified and described in speech.",
        Met,
        "What is wrong is said at once, and again whenever one goes on all the same.",
        &[
            "vestibule kiosk::voice::tests::what_is_wrong_is_said_at_once_and_again_when_one_goes_on_all_the_same",
        ],
    ),
    row(
        "5.1.3.16",
        "Of receipts and tickets all that is needed to complete or verify the transaction is spoken.",
        Met,
        "The ticket's number, letter by letter, the wait, where to sit and what became of the paper are said; of a payment its \
         amount, what it is for and how it ended.",
        &[
            "vestibule::by_keys a_booked_patient_checks_in_by_voice_alone",
            "vestibule kiosk::voice::tests::the_number_of_a_ticket_is_said_letter_by_letter",
            "vestibule kiosk::voice::tests::every_screen_says_all_that_it_shows_but_what_is_to_be_chosen",
        ],
    ),
    row(
        "5.1.4",
        "Where text cannot be enlarged, a mode in which the height of a capital H subtends 0.7 degrees or more.",
        Met,
        "7.3 mm at least, which are 0.7 degrees from 600 mm, for every text on every screen in every language. Whoever stands \
         farther away sees less: the installation lets people come as near.",
        &["vestibule-ui::theme capitals_are_at_least_seven_millimetres_and_a_third"],
    ),
    row(
        "5.1.5",
        "Where pre-recorded audio is needed for closed functions, its information is seen too.",
        NotConcerned,
        "No information is heard alone: the voice says what stands on the glass.",
        &[],
    ),
    row(
        "5.1.6.1",
        "What is closed to keyboards is operable without vision.",
        NotConcerned,
        "It is open to keyboards and keypads: see WCAG 2.1.1.",
        &[],
    ),
    row(
        "5.1.6.2",
        "Where the focus can be moved to an element, it can be moved away by the same mechanism.",
        Met,
        "Every round by keys comes back to where it began, forwards and backwards.",
        &[
            "vestibule-ui::keys everything_is_reached_once_in_the_order_of_reading_upright",
            "vestibule-ui::keys everything_is_reached_once_in_the_order_of_reading_lying",
        ],
    ),
    row(
        "5.1.7",
        "Where speech is needed to operate, an alternative without.",
        NotConcerned,
        "The kiosk never listens.",
        &[],
    ),
    row(
        "5.2",
        "Documented features for a need can be activated without a method that does not serve this need.",
        Met,
        "The voice begins by itself with the headphones or the first key, and help by a key struck twice; text size, contrast, \
         reach, motion and time by a button of 20 mm with a sign on every screen, in reach on an upright glass, by finger and by keys.",
        &[
            "vestibule-ui::touching every_button_tells_its_control_once_upright",
            "vestibule-ui::keys everything_is_reached_once_in_the_order_of_reading_upright",
            "vestibule kiosk::voice::tests::plugging_in_tells_how_to_get_on_and_pulling_out_is_silent",
            "vestibule::by_keys help_struck_twice_asks_what_is_needed_also_without_a_voice",
        ],
    ),
    row(
        "5.3",
        "Biometrics are never the only means of identification or control.",
        NotConcerned,
        "There are none: people are identified by what they type or scan.",
        &[],
    ),
    row(
        "5.4",
        "Where information is converted, what is provided for accessibility is kept as far as the format allows.",
        NotConcerned,
        "Nothing with such information is converted.",
        &[],
    ),
    row(
        "5.5.1",
        "Parts that need grasping, pinching or twisting have an alternative that needs none.",
        OfTheInstallation(PLACE),
        "The glass and a keypad need none. The paper must hang free to be taken with a flat hand, and the payment terminal must \
         have keys or touch.",
        &["vestibule::by_keys a_booked_patient_checks_in_by_a_keypad_alone"],
    ),
    row(
        "5.5.2",
        "Each operable part can be discerned without vision and without acting by it.",
        OfTheInstallation(PLACE),
        "The keypad's keys are told apart by touch. On the glass nothing is found by feeling, so whoever does not see takes the \
         keypad, on which a key that is come to acts only when the round key is struck.",
        &["vestibule-ui::keys the_round_key_acts_on_what_has_the_focus_and_once_however_long_it_is_held"],
    ),
    row(
        "5.6.1",
        "The state of a locking or toggle control is told by touch or sound without operating it.",
        Met,
        "The only one is the capital key of the keyboard on the screen: with the focus its state is said.",
        &["vestibule kiosk::voice::tests::where_keys_stand_is_said_with_what_it_is"],
    ),
    row(
        "5.6.2",
        "Its state can be discerned visually.",
        Met,
        "The capital key is lit, and the letters on all keys are capitals.",
        &["vestibule-ui::touching a_name_begins_with_a_capital_and_so_does_each_part_of_it"],
    ),
    row(
        "5.7",
        "Where keys repeat and that cannot be switched off, delay and rate can be set to at least 2 s and one in 2 s.",
        Met,
        "On the glass no key repeats, and the round key acts once however long it is held. Letters of a keyboard that is plugged in \
         repeat as the machine does; who chooses to have double taps ignored switches that off.",
        &[
            "vestibule-ui::touching who_has_asked_for_it_touches_and_types_nothing_twice_within_half_a_second",
            "vestibule-ui::touching a_button_answers_the_finger_at_once_and_counts_once",
            "vestibule-ui::keys the_round_key_acts_on_what_has_the_focus_and_once_however_long_it_is_held",
        ],
    ),
    row(
        "5.8",
        "After a key, the time in which the same key is not accepted can be set to at least 0.5 s.",
        Met,
        "One of the preferences ignores double taps: the same key, button or arrow is not accepted within 500 ms of its last stroke. \
         Without it, a second touch within 350 ms of a new screen is not accepted.",
        &[
            "vestibule-ui::touching who_has_asked_for_it_touches_and_types_nothing_twice_within_half_a_second",
            "vestibule kiosk::session::tests::preferences::in_the_middle_of_an_answer_the_screen_is_changed_and_nothing_is_lost",
            "vestibule kiosk::session::tests::a_double_tap_counts_once",
        ],
    ),
    row(
        "5.9",
        "At least one mode needs no simultaneous actions.",
        Met,
        "No key is held together with another one, and no touch needs two fingers.",
        &[
            "vestibule::by_keys a_booked_patient_checks_in_by_a_keypad_alone",
            "vestibule-ui::touching two_quick_touches_are_two_answers_and_not_three",
        ],
    ),
    row(
        "8.1.2",
        "Points of connection for users' devices: at least one of an industry standard.",
        OfTheInstallation(KEYS),
        "Keypads are USB keyboards; headphones go to a jack of 3.5 mm.",
        &[],
    ),
    row(
        "8.1.3",
        "Hardware tells nothing by colour alone.",
        OfTheInstallation(PLACE),
        "Lamps at the printer or the terminal are those of the devices that the clinic chooses.",
        &[],
    ),
    row(
        "8.2.1.1",
        "The volume of speech is adjusted over a range of at least 18 dB.",
        Met,
        "Measured as espeak-ng makes it, before any amplifier of the installation.",
        &["vestibule::norms loudness::the_volume_goes_over_eighteen_decibels_with_a_step_at_twelve"],
    ),
    row(
        "8.2.1.2",
        "Where it goes in steps, one between is 12 dB above the softest.",
        Met,
        "The middle one of five, which is also the usual one.",
        &["vestibule::norms loudness::the_volume_goes_over_eighteen_decibels_with_a_step_at_twelve"],
    ),
    row(
        "8.2.2.1",
        "A fixed-line device with speech that is held to the ear has magnetic coupling and carries the T symbol.",
        NotConcerned,
        "The kiosk is no telephone. A handset is best chosen with coupling all the same.",
        &[],
    ),
    row(
        "8.3.2.1",
        "Forward reach, unobstructed: at least one of each type of operable part no higher than 1220 mm.",
        Met,
        "Whoever chooses it has everything to touch below 1200 mm, reckoned from lower_edge_mm in clinic.toml. By mounting alone: the upper \
         edge of the glass no higher than 1200 mm (README.md, Accessibility).",
        &["vestibule-ui::geometry larger_text_has_room_upright"],
    ),
    row(
        "8.3.2.2",
        "Forward reach, unobstructed: no lower than 380 mm.",
        OfTheInstallation(PLACE),
        "The lower edge of the glass, the keypad, the scanner, the terminal and the paper no lower.",
        &[],
    ),
    row(
        "8.3.2.3.1",
        "Below an obstruction that is part of the ICT, clear space as deep as the reach over it.",
        OfTheInstallation(PLACE),
        "Of the housing or the table that the kiosk stands on.",
        &[],
    ),
    row(
        "8.3.2.3.2",
        "Forward reach over less than 510 mm: no higher than 1220 mm.",
        OfTheInstallation(PLACE),
        "Of the housing or the table that the kiosk stands on.",
        &[],
    ),
    row(
        "8.3.2.3.3",
        "Forward reach over 510 to 635 mm: no higher than 1120 mm.",
        OfTheInstallation(PLACE),
        "Of the housing or the table that the kiosk stands on.",
        &[],
    ),
    row(
        "8.3.2.4",
        "Clearance for knees and toes: at least 760 mm wide.",
        OfTheInstallation(PLACE),
        "Of the housing or the table that the kiosk stands on.",
        &[],
    ),
    row(
        "8.3.2.5",
        "Clearance for toes, below 230 mm: at least 430 mm and at most 635 mm deep.",
        OfTheInstallation(PLACE),
        "Of the housing or the table that the kiosk stands on.",
        &[],
    ),
    row(
        "8.3.2.6",
        "Clearance for knees: at least 280 mm deep at 230 mm, and 205 mm at 685 mm above the floor.",
        OfTheInstallation(PLACE),
        "Of the housing or the table that the kiosk stands on.",
        &[],
    ),
    row(
        "8.3.3.1",
        "Side reach over less than 255 mm: at least one of each type of operable part no higher than 1220 mm.",
        Met,
        "As 8.3.2.1; of 8.3.2 and 8.3.3 one is asked.",
        &["vestibule-ui::geometry larger_text_has_room_upright"],
    ),
    row(
        "8.3.3.2",
        "Side reach over less than 255 mm: no lower than 380 mm.",
        OfTheInstallation(PLACE),
        "As 8.3.2.2.",
        &[],
    ),
    row(
        "8.3.3.3.1",
        "Side reach over an obstruction of at most 255 mm, lower than 865 mm: no higher than 1220 mm.",
        OfTheInstallation(PLACE),
        "Of the housing or the table that the kiosk stands on.",
        &[],
    ),
    row(
        "8.3.3.3.2",
        "Side reach over an obstruction of 255 to 610 mm, lower than 865 mm: no higher than 1170 mm.",
        OfTheInstallation(PLACE),
        "Of the housing or the table that the kiosk stands on.",
        &[],
    ),
    row(
        "8.3.4.1",
        "Changes in level of a floor within the ICT are ramped, 1:48 at most, but for 6.4 mm.",
        NotConcerned,
        "The kiosk has no floor within it.",
        &[],
    ),
    row(
        "8.3.4.2",
        "An operating area within the ICT: at least 760 mm by 1220 mm.",
        NotConcerned,
        "There is none within it. The same space before the kiosk is asked for in README.md, Accessibility.",
        &[],
    ),
    row(
        "8.3.4.3.1",
        "An access space inside the ICT: one full side is unobstructed.",
        NotConcerned,
        "There is none inside it.",
        &[],
    ),
    row(
        "8.3.4.3.2",
        "Forward approach into an alcove deeper than 610 mm: at least 915 mm wide.",
        OfTheInstallation(PLACE),
        "Of the place where the clinic puts the kiosk.",
        &[],
    ),
    row(
        "8.3.4.3.3",
        "Parallel approach into an alcove deeper than 380 mm: at least 1525 mm wide.",
        OfTheInstallation(PLACE),
        "Of the place where the clinic puts the kiosk.",
        &[],
    ),
    row(
        "8.3.5",
        "The screen is legible from 1015 mm above the middle of the operating area.",
        OfTheInstallation(PLACE),
        "Height and tilt of the glass, and no lamp that is mirrored in it. The size of its letters is measured: 5.1.4.",
        &["vestibule-ui::theme capitals_are_at_least_seven_millimetres_and_a_third"],
    ),
    row(
        "8.3.6",
        "Instructions for installation that heed the accessibility of the built environment.",
        OfTheInstallation(PLACE),
        "They stand there; national rules for buildings go before them.",
        &[],
    ),
    row(
        "8.4.1",
        "On physical numeric keys in a rectangle the five is told apart by touch.",
        OfTheInstallation(PLACE),
        "Of the payment terminal and of keyboards with figures. The assistive keypad has none.",
        &[],
    ),
    row(
        "8.4.2.1",
        "Mechanical parts have an alternative without grasping, pinching or twisting.",
        OfTheInstallation(PLACE),
        "As 5.5.1.",
        &[],
    ),
    row(
        "8.4.2.2",
        "Mechanical parts have an alternative with a force of less than 22.2 N.",
        OfTheInstallation(PLACE),
        "Of the keypad's keys, and of tearing off or taking the paper. The glass asks for a touch.",
        &[],
    ),
    row(
        "8.4.3",
        "Where the orientation of tickets matters for their use, it is told by touch.",
        NotConcerned,
        "Nothing is done with a ticket that asks for an orientation: a scanner reads its code in any.",
        &[],
    ),
    row(
        "8.5",
        "Where a speech mode is chosen, it is indicated by touch.",
        OfTheInstallation(PLACE),
        "No mode is chosen: the voice begins with the headphones. Their socket is found by touch, with its sign raised.",
        &["vestibule kiosk::voice::tests::plugging_in_tells_how_to_get_on_and_pulling_out_is_silent"],
    ),
    row(
        "11.5.1",
        "Where closed functionality conforms to 5.1, it need not conform to 11.5.2 (interoperability with assistive technology).",
        InPart,
        "The kiosk is closed; see 5.1. All the same its elements tell role, name and state to the platform.",
        &[
            "vestibule-ui::norms names::whatever_takes_a_touch_is_a_button",
            "vestibule-ui::norms names::a_field_is_called_as_its_question_and_says_what_is_in_it",
            "vestibule-ui::touching what_is_chosen_says_so",
        ],
    ),
    row(
        "11.6.1",
        "Platforms give users control over documented features of accessibility.",
        NotConcerned,
        "The kiosk is no platform; what its patients can set stands under 5.2.",
        &[],
    ),
    row(
        "11.6.2",
        "Documented features of the platform are not disrupted but at the user's request.",
        NotConcerned,
        "Patients have no access to the platform below the kiosk.",
        &[],
    ),
    row(
        "11.7",
        "Settings of the platform for colours, contrast, font and focus are followed, unless software is isolated from it.",
        NotConcerned,
        "The kiosk is isolated from it. Its own settings stand under 4.2.2 and 5.2.",
        &[],
    ),
    row(
        "11.8.1",
        "Authoring tools conform to 11.8.2 to 11.8.5.",
        NotConcerned,
        "The kiosk is none; routines are written in files.",
        &[],
    ),
];

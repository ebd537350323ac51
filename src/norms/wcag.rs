//! WCAG 2.2, levels A and AA, as clauses 9 (web: the desk) and 11 (software: the kiosk) of EN 301 549 take it over.

use super::Standing::{InPart, Met, NotConcerned};
use super::{Norm, Row, row};

pub static NORM: Norm = Norm {
    name: "WCAG 2.2, A and AA",
    covers: "For the kiosk as clause 11 of EN 301 549 takes the criteria over (1.4.3 is 11.1.4.3), with the variants for closed \
             functionality (the second of 11.1.1.1.1 and 11.1.1.1.2); for the desk's pages as clause 9 does. EN 301 549 V3.2.1 \
             has WCAG 2.1: 2.4.11, 2.5.7, 2.5.8, 3.2.6, 3.3.7 and 3.3.8 go beyond it. A row stands as the worse of kiosk and desk.",
    rows: ROWS,
};

static ROWS: &[Row] = &[
    row(
        "1.1.1",
        "Non-text content has an alternative in text; closed: 5.1.3.6.",
        Met,
        "Kiosk: signs stand beside words or on named controls, codes are named. Desk: as axe-core finds.",
        &[
            "vestibule-ui::norms names::whatever_acts_is_entered_or_is_a_picture_has_a_name",
            "vestibule::desk_page looks::the_page_is_accessible_and_fits_every_screen",
        ],
    ),
    row("1.2.1", "Audio-only and video-only have an alternative.", NotConcerned, "There are none.", &[]),
    row("1.2.2", "Pre-recorded video has captions.", NotConcerned, "There is no video.", &[]),
    row(
        "1.2.3",
        "Pre-recorded video has audio description or an alternative.",
        NotConcerned,
        "There is no video.",
        &[],
    ),
    row("1.2.4", "Live video has captions.", NotConcerned, "There is no video.", &[]),
    row("1.2.5", "Pre-recorded video has audio description.", NotConcerned, "There is no video.", &[]),
    row(
        "1.3.1",
        "Information and relationships are told by the program or in text; closed: in speech that lets them be correlated.",
        Met,
        "Kiosk: role, name, state and place among how many are said. Desk: headings, landmarks, lists, and tables with their columns.",
        &[
            "vestibule kiosk::voice::tests::where_keys_stand_is_said_with_what_it_is",
            "vestibule-ui::norms names::a_field_is_called_as_its_question_and_says_what_is_in_it",
            "vestibule::desk_page screen_reader::the_desk_is_read_in_an_order_that_makes_sense",
            "vestibule::desk_page screen_reader::where_there_is_little_room_every_table_is_still_one_with_its_columns",
        ],
    ),
    row(
        "1.3.2",
        "Where the sequence matters it is told as it is read.",
        Met,
        "Kiosk: spoken and gone through in the order of reading, also from the right. Desk: the order of the tree.",
        &[
            "vestibule-ui::keys everything_is_reached_once_in_the_order_of_reading_upright",
            "vestibule-ui::geometry arabic_is_laid_out_from_the_right",
            "vestibule::desk_page screen_reader::the_desk_is_read_in_an_order_that_makes_sense",
        ],
    ),
    row(
        "1.3.3",
        "Instructions do not rest on shape, colour, size, place or sound alone.",
        InPart,
        "Kiosk: buttons are called by their words, and what is said is complete without the glass. That no sentence of a clinic \
         or of the translations says \"the green button\" is read by people, not measured.",
        &["vestibule kiosk::voice::tests::every_screen_says_all_that_it_shows_but_what_is_to_be_chosen"],
    ),
    row(
        "1.3.4",
        "Neither upright nor lying is the only way to view it.",
        Met,
        "Kiosk: both are laid out, though the glass of a kiosk does not turn. Desk: from telephone to wide screen.",
        &[
            "vestibule-ui::geometry everything_has_room_upright",
            "vestibule-ui::geometry everything_has_room_lying",
            "vestibule::desk_page every_page::every_page_fits_every_screen_in_each_language",
        ],
    ),
    row(
        "1.3.5",
        "The purpose of fields about the user is told; closed: in speech.",
        Met,
        "Kiosk: each field is called as its question, and so spoken. Desk: staff enter of themselves only what they sign in with, and \
         those fields carry autocomplete, judged by axe-core.",
        &[
            "vestibule-ui::norms names::a_field_is_called_as_its_question_and_says_what_is_in_it",
            "vestibule::desk_page looks::the_page_is_accessible_and_fits_every_screen",
        ],
    ),
    row(
        "1.4.1",
        "Colour is not the only visual means of telling something.",
        InPart,
        "Kiosk: tones have signs and outlines of their own, what is chosen has a tick, an error is a text. Desk: states are written out; of \
         that axe-core judges links only.",
        &[
            "vestibule-ui::norms signs::each_tone_has_a_shape_of_its_own",
            "vestibule-ui::norms signs::what_is_chosen_has_a_sign",
            "vestibule-ui::norms signs::an_error_is_written_out_beside_a_sign",
            "vestibule::desk_page looks::the_page_is_accessible_and_fits_every_screen",
        ],
    ),
    row(
        "1.4.2",
        "Sound that begins by itself and lasts longer than 3 s can be stopped or made softer.",
        InPart,
        "Kiosk: any key or touch silences the voice. Desk: the alarm of an emergency sounds until somebody answers it by name; on purpose \
         it has no other end, and the computer's own volume is all that there is.",
        &[
            "vestibule kiosk::voice::tests::an_empty_lobby_hears_nothing_and_the_first_key_begins",
            "vestibule::desk_page emergency::an_emergency_fills_the_window_and_sounds_until_somebody_answers_by_name",
        ],
    ),
    row(
        "1.4.3",
        "Text stands apart from its ground by 4.5:1, large text by 3:1.",
        Met,
        "Kiosk: by 7:1 at least, of every pair of colours and of every text as it is drawn. Desk: as axe-core measures it, display \
         included.",
        &[
            "vestibule-ui::theme the_formula_gives_the_contrasts_of_the_standard",
            "vestibule-ui::theme every_pair_of_colours_stands_apart",
            "vestibule-ui::theme every_text_stands_apart_from_what_it_is_drawn_on",
            "vestibule::desk_page looks::the_page_is_accessible_and_fits_every_screen",
            "vestibule::desk_page looks::everything_that_can_be_opened_fits_and_is_accessible",
            "vestibule::desk_page display::it_is_read_from_ten_metres_on_every_screen_and_in_every_language",
        ],
    ),
    row(
        "1.4.4",
        "Text can be enlarged to 200 % without loss; closed: 5.1.4.",
        Met,
        "Kiosk: 5.1.4 is met, so the clause for closed functionality is; two larger sizes stand beside it. Desk: at 200 % nothing \
         is cut off on any page.",
        &[
            "vestibule-ui::geometry larger_text_has_room_upright",
            "vestibule-ui::theme capitals_are_at_least_seven_millimetres_and_a_third",
            "vestibule::desk_page every_page::every_page_fits_every_screen_in_each_language",
        ],
    ),
    row(
        "1.4.5",
        "Text is text and no image of it; closed: none is asked.",
        Met,
        "Kiosk: every text on the glass is found as text, and has its glyphs. Desk: no page has a picture of text.",
        &[
            "vestibule-ui::pictures every_text_of_every_language_has_its_glyphs",
            "vestibule::desk_page language::supervisors_and_administrators_find_no_english_either",
        ],
    ),
    row(
        "1.4.10",
        "At 320 CSS pixels nothing must be scrolled in two directions; closed: none is asked of what cannot be enlarged.",
        InPart,
        "Kiosk: screens never move sideways. Desk: the page of requests and arrivals is measured at 320 pixels, the others at 390 and 640; \
         the book's grid is one of the exceptions.",
        &[
            "vestibule::desk_page reflow::at_four_hundred_percent_nothing_is_cut_off_or_moved_sideways",
            "vestibule::desk_page every_page::every_page_fits_every_screen_in_each_language",
        ],
    ),
    row(
        "1.4.11",
        "What is needed to see controls and their states stands apart by 3:1.",
        InPart,
        "Kiosk: edges of controls and the ring of the focus stand apart by 3:1, and the ring is looked for in pictures. Desk: the edges of \
         fields are measured on the page of requests and arrivals, charts are not.",
        &[
            "vestibule-ui::norms edges::edges_and_the_ring_stand_apart_from_what_is_around",
            "vestibule-ui::keys the_ring_is_seen_wherever_keys_stand_upright",
            "vestibule::desk_page reflow::the_edges_of_fields_are_seen",
        ],
    ),
    row(
        "1.4.12",
        "Nothing is lost where lines stand 1.5, letters 0.12 and words 0.16 of the size apart.",
        InPart,
        "Kiosk: spacing cannot be set, so nothing is asked. Desk: measured on the page of requests and arrivals.",
        &["vestibule::desk_page reflow::text_may_be_set_wider_apart"],
    ),
    row(
        "1.4.13",
        "What appears on hover or focus can be dismissed, hovered, and stays.",
        Met,
        "Kiosk: nothing appears on focus but its ring. Desk: nothing does but what the browser shows of titles, which the criterion leaves to it.",
        &["vestibule::desk_page keyboard::a_morning_with_the_keyboard_alone"],
    ),
    row(
        "2.1.1",
        "Everything is operated by a keyboard; closed: without vision (5.1.6).",
        Met,
        "Kiosk: all 100 samples of screens, by Tab, by four arrows and a round key; whoever does not draw types the signature. Desk: a morning \
         from signing in to signing out, the book, the queue, and payments.",
        &[
            "vestibule-ui::keys everything_is_reached_once_in_the_order_of_reading_upright",
            "vestibule-ui::keys everything_is_reached_once_in_the_order_of_reading_lying",
            "vestibule-ui::keys four_arrows_reach_every_key_of_every_keyboard_in_few_presses",
            "vestibule::by_keys a_booked_patient_checks_in_by_a_keypad_alone",
            "vestibule::desk_page keyboard::a_morning_with_the_keyboard_alone",
            "vestibule::desk_page queue::the_keyboard_alone_is_enough_and_letters_can_be_switched_off",
            "vestibule::desk_page book::an_appointment_is_moved_with_the_keyboard_alone_and_put_back",
        ],
    ),
    row(
        "2.1.2",
        "The keyboard's focus can leave whatever it comes to.",
        Met,
        "Kiosk: every round comes back to where it began, both ways. Desk: dialogs are left by Escape.",
        &[
            "vestibule-ui::keys everything_is_reached_once_in_the_order_of_reading_upright",
            "vestibule-ui::keys what_had_the_focus_and_is_gone_leaves_the_keys_alive",
            "vestibule::desk_page keyboard::a_morning_with_the_keyboard_alone",
        ],
    ),
    row(
        "2.1.4",
        "Shortcuts of single characters can be switched off or act at their own element only.",
        Met,
        "Kiosk: it has none; letters are written. Desk: they act where nobody writes, and can be switched off.",
        &["vestibule::desk_page queue::the_keyboard_alone_is_enough_and_letters_can_be_switched_off"],
    ),
    row(
        "2.2.1",
        "Time limits can be switched off, adjusted, or extended at least ten times, after a warning of 20 s, by a simple action.",
        InPart,
        "Kiosk: one touch or any key, as often as wanted, 20 s at least whatever a clinic writes; three times as much from the beginning for who asks. A \
         payment ends with its terminal's or bank's own limit. Desk: signing out after idle_minutes comes without a warning; what was being \
         written is kept for whoever wrote it.",
        &[
            "vestibule::norms time_limits::the_warning_leaves_twenty_seconds_and_is_answered_as_often_as_wanted",
            "vestibule::norms time_limits::a_clinic_cannot_write_a_shorter_warning",
            "vestibule kiosk::session::tests::one_touch_goes_on_as_often_as_wanted_and_does_nothing_else",
            "vestibule-ui::touching any_key_says_that_somebody_is_still_there",
            "vestibule::desk_page signing_in::a_session_that_ends_while_somebody_writes_keeps_it_for_them_and_for_nobody_else",
        ],
    ),
    row(
        "2.2.2",
        "What moves by itself for more than 5 s beside other content can be stopped or hidden.",
        Met,
        "Kiosk: only the dots of what is under way and the caret move by themselves, and stand still for who chooses no motion. Desk: \
         prefers-reduced-motion stops the beat of an emergency.",
        &[
            "vestibule-ui::touching nothing_moves_for_who_has_chosen_so",
            "vestibule-ui::touching nothing_flashes",
            "vestibule::desk_page alarms::an_emergency_is_seen_by_who_hears_nothing_and_beats_slowly_or_not_at_all",
        ],
    ),
    row(
        "2.3.1",
        "Nothing flashes more than three times in a second.",
        Met,
        "Kiosk: no picture of any screen changes more than twice in a second. Desk: one beat in 2.4 s.",
        &[
            "vestibule-ui::norms motion::no_screen_changes_more_than_twice_in_a_second",
            "vestibule-ui::norms motion::the_countdown_changes_once_a_second",
            "vestibule::desk_page alarms::an_emergency_is_seen_by_who_hears_nothing_and_beats_slowly_or_not_at_all",
        ],
    ),
    row(
        "2.4.1",
        "Blocks that repeat can be passed by (web alone).",
        Met,
        "Desk: the first link leads to the requests.",
        &["vestibule::desk_page screen_reader::the_desk_is_read_in_an_order_that_makes_sense"],
    ),
    row(
        "2.4.2",
        "Pages have titles (web alone).",
        Met,
        "Desk: as axe-core finds.",
        &["vestibule::desk_page language::supervisors_and_administrators_find_no_english_either"],
    ),
    row(
        "2.4.3",
        "The focus goes in an order that keeps the meaning.",
        Met,
        "Kiosk: the screen in the order of reading, then its frame; after the warning keys stand where they stood. Desk: in the order of the page.",
        &[
            "vestibule-ui::keys everything_is_reached_once_in_the_order_of_reading_upright",
            "vestibule-ui::keys everything_is_reached_once_in_the_order_of_reading_on_the_small_glass",
            "vestibule-ui::keys a_new_screen_begins_at_its_first_thing_for_who_goes_by_keys",
            "vestibule-ui::keys after_the_warning_keys_stand_where_they_stood",
            "vestibule::desk_page keyboard::a_morning_with_the_keyboard_alone",
        ],
    ),
    row(
        "2.4.4",
        "What a link is for is told by its text or what is around it.",
        Met,
        "Kiosk: it has no links; no two things on a screen have one name. Desk: no link is without a name.",
        &[
            "vestibule-ui::norms names::no_two_things_on_a_screen_have_the_same_name",
            "vestibule::desk_page screen_reader::the_desk_is_read_in_an_order_that_makes_sense",
        ],
    ),
    row(
        "2.4.5",
        "There is more than one way to a page (web alone).",
        InPart,
        "Desk: pages are linked from the head of each other; a page that is a step of something is an exception. That there is a second way to \
         each of the others is not measured.",
        &["vestibule::desk_page keyboard::a_morning_with_the_keyboard_alone"],
    ),
    row(
        "2.4.6",
        "Headings and labels describe topic or purpose.",
        Met,
        "Kiosk: each name stands once on its screen, and the title is the question. Desk: headings in their levels, one of the first.",
        &[
            "vestibule-ui::norms names::no_two_things_on_a_screen_have_the_same_name",
            "vestibule::desk_page screen_reader::the_desk_is_read_in_an_order_that_makes_sense",
        ],
    ),
    row(
        "2.4.7",
        "Where the keyboard stands is seen.",
        Met,
        "Kiosk: a ring of more than a millimetre around three sides at least, counted in pictures. Desk: an outline of 2 pixels or more at every \
         place that is come to.",
        &[
            "vestibule-ui::keys the_ring_is_seen_wherever_keys_stand_upright",
            "vestibule-ui::keys the_ring_is_seen_wherever_keys_stand_lying_in_arabic",
            "vestibule::desk_page keyboard::a_morning_with_the_keyboard_alone",
        ],
    ),
    row(
        "2.4.11",
        "What has the focus is not hidden entirely by what else is there.",
        InPart,
        "Kiosk: what is scrolled away comes into sight with the focus. Desk: not measured.",
        &["vestibule-ui::keys what_is_scrolled_out_of_sight_comes_into_sight_with_the_focus"],
    ),
    row(
        "2.5.1",
        "What needs several fingers or a path works with a single touch too.",
        Met,
        "Kiosk: the one thing that is drawn, a signature, may be typed; long lists have arrows. Desk: nothing needs a path but dragging (2.5.7).",
        &[
            "vestibule-ui::norms names::whatever_takes_a_touch_is_a_button",
            "vestibule-ui::touching a_finger_draws_on_the_pad",
        ],
    ),
    row(
        "2.5.2",
        "Nothing is done as a finger goes down, or it can be taken back.",
        InPart,
        "Kiosk: a button acts when the finger goes up on it; sliding off does nothing. Desk: the browser's own buttons act in that way; \
         not measured.",
        &[
            "vestibule-ui::touching a_button_answers_the_finger_at_once_and_counts_once",
            "vestibule-ui::touching a_finger_that_slides_off_tells_nothing",
        ],
    ),
    row(
        "2.5.3",
        "The accessible name contains the words that are seen; closed: none is asked.",
        InPart,
        "Kiosk: the name of a button is its words; a touch found by them acts. Desk: not measured.",
        &[
            "vestibule-ui::touching every_button_tells_its_control_once_upright",
            "vestibule-ui::touching every_button_tells_its_control_once_lying",
        ],
    ),
    row(
        "2.5.4",
        "Nothing is operated by motion alone.",
        NotConcerned,
        "Neither kiosk nor desk heeds motion.",
        &[],
    ),
    row(
        "2.5.7",
        "What is dragged can be done by a single touch without dragging.",
        InPart,
        "Kiosk: nothing is dragged but the pen of a signature, which may be typed. Desk: an appointment is moved by a button and keys too; that \
         touches alone do it is not measured.",
        &[
            "vestibule-ui::norms names::whatever_takes_a_touch_is_a_button",
            "vestibule::desk_page book::an_appointment_is_moved_with_the_keyboard_alone_and_put_back",
        ],
    ),
    row(
        "2.5.8",
        "Targets are at least 24 by 24 CSS pixels (6.35 mm), or have that room around.",
        Met,
        "Kiosk: buttons are at least 20 mm, keys 16 mm high and wide, at least 3 mm and 2 mm apart. Desk: as axe-core measures it.",
        &[
            "vestibule-ui::geometry everything_has_room_upright",
            "vestibule-ui::geometry everything_has_room_lying",
            "vestibule-ui::geometry everything_has_room_on_the_older_glass",
            "vestibule-ui::norms spacing::there_is_room_between_any_two_things_to_touch",
            "vestibule::desk_page looks::the_page_is_accessible_and_fits_every_screen",
        ],
    ),
    row(
        "3.1.1",
        "The language of a page or software is told; closed: speech is in it.",
        Met,
        "Kiosk: the voice speaks the language of the screen. Desk: the language of whoever is signed in is the document's.",
        &[
            "vestibule kiosk::voice::tests::the_number_of_a_ticket_is_said_letter_by_letter",
            "vestibule::desk_page every_page::every_page_fits_every_screen_in_each_language",
            "vestibule::desk_page language::a_receptionist_chooses_spanish_and_finds_no_english_any_more",
        ],
    ),
    row(
        "3.1.2",
        "Parts in another language are told as such (web alone).",
        InPart,
        "Kiosk: the names of languages are spoken each in its own. Desk: a patient's own words carry their language; on the display each call \
         is spoken in its patient's. That no part of a page lacks it is not measured.",
        &[
            "vestibule kiosk::voice::tests::where_keys_stand_is_said_with_what_it_is",
            "vestibule::desk_page display::a_call_is_spoken_twice_in_its_language_and_never_over_another",
        ],
    ),
    row(
        "3.2.1",
        "Coming to something does not change the context.",
        Met,
        "Kiosk: going round by keys tells nothing; only the round key acts. Desk: the same, through a morning.",
        &[
            "vestibule-ui::keys everything_is_reached_once_in_the_order_of_reading_upright",
            "vestibule-ui::keys the_round_key_acts_on_what_has_the_focus_and_once_however_long_it_is_held",
            "vestibule::desk_page keyboard::a_morning_with_the_keyboard_alone",
        ],
    ),
    row(
        "3.2.2",
        "Entering something does not change the context unless that was said before.",
        Met,
        "Kiosk: what is typed stays on its screen until Next; choices that go on by themselves are buttons. Desk: forms are sent by a button.",
        &[
            "vestibule kiosk::session::tests::each_answer_is_checked_as_it_is_left_and_going_back_loses_nothing",
            "vestibule::desk_page requests::what_is_being_written_survives_every_update",
        ],
    ),
    row(
        "3.2.3",
        "Navigation that repeats comes in the same order (web alone).",
        InPart,
        "Desk: every page has the one frame. Its order is not measured page by page.",
        &["vestibule::desk_page every_page::every_page_fits_every_screen_in_each_language"],
    ),
    row(
        "3.2.4",
        "What does the same is called the same (web alone).",
        InPart,
        "Desk: each text is written once and translated once. That two texts do not name one thing is not measured.",
        &["vestibule desk::language::tests::everything_that_staff_read_is_translated_and_nothing_else_is"],
    ),
    row(
        "3.2.6",
        "Where there is help, it stands at the same place of every page.",
        Met,
        "Kiosk: on every screen but the warning, in the frame; in an emergency help is what happens. Desk: it offers no such help.",
        &["vestibule-ui::touching help_is_on_every_screen"],
    ),
    row(
        "3.3.1",
        "An error is identified and described in text; closed: in speech (5.1.3.15).",
        Met,
        "Kiosk: written out beside a sign, and said. Desk: refusals are sentences in the reader's language.",
        &[
            "vestibule-ui::norms signs::an_error_is_written_out_beside_a_sign",
            "vestibule kiosk::voice::tests::what_is_wrong_is_said_at_once_and_again_when_one_goes_on_all_the_same",
            "vestibule desk::language::tests::nothing_is_said_to_staff_in_english_alone",
            "vestibule::desk_page signing_in::whoever_types_wrong_passwords_is_told_in_words_how_long_to_wait",
        ],
    ),
    row(
        "3.3.2",
        "What is to be entered has labels or instructions.",
        Met,
        "Kiosk: one question a screen, with a hint. Desk: every field has a label.",
        &[
            "vestibule-ui::norms names::a_field_is_called_as_its_question_and_says_what_is_in_it",
            "vestibule::desk_page looks::everything_that_can_be_opened_fits_and_is_accessible",
        ],
    ),
    row(
        "3.3.3",
        "Where it is known how to put an error right, that is said.",
        Met,
        "Kiosk: every error says what to do, in every language. Desk: the same where a rule refuses.",
        &[
            "vestibule-ui::geometry everything_has_room_upright",
            "vestibule kiosk::session::tests::each_answer_is_checked_as_it_is_left_and_going_back_loses_nothing",
            "vestibule::desk_page queue::a_finger_that_trembles_ends_nobodys_visit",
        ],
    ),
    row(
        "3.3.4",
        "What is legal, financial or changes data can be reversed, checked or confirmed.",
        Met,
        "Kiosk: forms are looked over before they are sent, details are confirmed, and an amount stands before the card. Desk: an end by mistake is \
         taken back, and money needs its confirmation.",
        &[
            "vestibule kiosk::session::tests::form::a_form_is_asked_before_the_check_in_looked_over_and_sent_with_it",
            "vestibule kiosk::session::tests::registration::what_is_on_file_is_confirmed_or_corrected_before_the_check_in",
            "vestibule kiosk::session::tests::back_from_the_first_answer_asks_before_it_clears",
            "vestibule::desk_page queue::a_finger_that_trembles_ends_nobodys_visit",
            "vestibule::desk_page payments::money_is_taken_and_given_back_in_the_account_of_a_patient",
        ],
    ),
    row(
        "3.3.7",
        "What was entered is not asked for again in the same process.",
        Met,
        "Kiosk: going back loses nothing, also for help; what was confirmed lately is not asked. Desk: what is half written survives updates and \
         a session that ends.",
        &[
            "vestibule kiosk::session::tests::each_answer_is_checked_as_it_is_left_and_going_back_loses_nothing",
            "vestibule kiosk::session::tests::help_keeps_what_was_begun_and_is_asked_for_once",
            "vestibule kiosk::session::tests::registration::what_was_confirmed_not_long_ago_is_not_asked_again",
            "vestibule::desk_page signing_in::a_session_that_ends_while_somebody_writes_keeps_it_for_them_and_for_nobody_else",
        ],
    ),
    row(
        "3.3.8",
        "Signing in rests on no test of memory or transcription without another way.",
        InPart,
        "Kiosk: people give name and birthday, which the criterion does not count, or scan a code; the code that opens a case is copied from the \
         slip where there is no scanner, or a person helps. Desk: the password's fields are those that managers of passwords fill in, as \
         axe-core judges.",
        &[
            "vestibule kiosk::session::tests::a_scanned_code_still_asks_for_the_date_of_birth",
            "vestibule::desk_page looks::the_page_is_accessible_and_fits_every_screen",
        ],
    ),
    row(
        "4.1.2",
        "Name, role, state and value of controls are told; closed: none is asked.",
        Met,
        "Kiosk: of whatever takes a touch or is entered, on all samples of screens. Desk: as axe-core and the tree of accessibility find.",
        &[
            "vestibule-ui::norms names::whatever_acts_is_entered_or_is_a_picture_has_a_name",
            "vestibule-ui::norms names::whatever_takes_a_touch_is_a_button",
            "vestibule-ui::touching what_is_chosen_says_so",
            "vestibule::desk_page screen_reader::the_desk_is_read_in_an_order_that_makes_sense",
            "vestibule::desk_page looks::everything_that_can_be_opened_fits_and_is_accessible",
        ],
    ),
    row(
        "4.1.3",
        "Messages of state are told without the focus.",
        Met,
        "Kiosk: as live regions, at once where they cannot wait, and spoken. Desk: as live regions.",
        &[
            "vestibule-ui::norms names::what_comes_by_itself_is_told",
            "vestibule kiosk::voice::tests::the_warning_interrupts_counts_and_is_gone_with_what_it_covered_said_again",
            "vestibule::desk_page screen_reader::the_desk_is_read_in_an_order_that_makes_sense",
        ],
    ),
];

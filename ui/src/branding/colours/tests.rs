use super::*;
use proptest::prelude::*;

/// Every pair that `theme.slint` draws of colours that follow the clinic's.
fn pairs(colours: &BrandColours) -> [f32; 11] {
    let white = Srgb::new(255, 255, 255);
    let on = |over: Srgb<u8>, grounds: [Srgb<u8>; 4]| grounds.map(|ground| contrast(over, ground));
    let [a, b, c, d] = on(colours.text, [colours.ground, white, colours.sunken, colours.tint]);
    let [e, f, g, h] = on(colours.text_soft, [colours.ground, white, colours.sunken, colours.tint]);
    let idle = contrast(colours.text_soft, colours.idle);
    let (_, faintest) = colours.faintest();
    [a, b, c, d, e, f, g, h, idle, faintest, contrast(colours.action, white)]
}

proptest! {
    #[test]
    fn whatever_is_taken_can_be_read_and_whatever_is_refused_has_a_neighbour_that_is_taken(
        red: u8, green: u8, blue: u8,
    ) {
        let written = hex(Srgb::new(red, green, blue));
        let colours = match BrandColours::of(&written) {
            Ok(colours) => colours,
            Err(ColourFault::TooFaint { contrast, enough, .. }) => {
                prop_assert!(contrast < LEAST);
                let taken = BrandColours::of(&enough);
                prop_assert!(taken.is_ok(), "{written}: {enough}: {taken:?}");
                let taken = taken.unwrap();
                let (own, other) = (oklch(Srgb::new(red, green, blue)), oklch(taken.action));
                prop_assert!(own.chroma < 0.05 || other.chroma < 0.05 || apart(own.hue, other.hue) < 12.0, "{written}: {enough}");
                taken
            }
            Err(fault) => return Err(TestCaseError::fail(format!("{written}: {fault}"))),
        };
        let pairs = pairs(&colours);
        prop_assert!(pairs.iter().all(|contrast| *contrast >= LEAST), "{written}: {pairs:?}");
        // The ring of the focus is seen on every ground.
        for ground in [colours.ground, colours.sunken, colours.tint, Srgb::new(255, 255, 255)] {
            prop_assert!(contrast(colours.focus, ground) >= 3.0, "{written}");
        }
    }
}

#[test]
fn a_bright_colour_is_refused_with_the_reason_and_what_would_do() {
    let fault = BrandColours::of("#00a3b4").unwrap_err();
    let ColourFault::TooFaint { over, contrast, enough } = &fault else { panic!("{fault:?}") };
    assert_eq!(*over, "this colour on its own pale tint");
    assert!((2.0..3.0).contains(contrast), "{contrast}");
    assert!(BrandColours::of(enough).is_ok(), "{enough}");
}

#[test]
fn what_is_no_colour_is_refused() {
    for written in ["", "#", "teal", "0a4d54", "#0a4d5", "#0a4", "#0a4d54ff", "#0a4d5g", "##a4d54"] {
        assert_eq!(BrandColours::of(written), Err(ColourFault::NoColour), "{written:?}");
    }
}

#[test]
fn grey_stays_grey_and_orange_is_ringed_in_blue() {
    let black = BrandColours::of("#000000").unwrap();
    assert!(
        [black.ground, black.text, black.tint]
            .iter()
            .all(|grey| grey.red == grey.green && grey.green == grey.blue)
    );
    let orange = BrandColours::of("#6e2c00").unwrap();
    assert!(orange.focus.blue > orange.focus.red, "{orange:?}");
    let teal = BrandColours::of("#0a4d54").unwrap();
    assert!(teal.focus.red > teal.focus.blue, "{teal:?}");
}

#[test]
fn the_red_of_danger_is_known() {
    assert!(BrandColours::of("#8a1020").unwrap().is_like_an_alarm());
    for other in ["#0a4d54", "#6e2c00", "#6a1b6a", "#1a1a1a", "#0b3a7a"] {
        assert!(!BrandColours::of(other).unwrap().is_like_an_alarm(), "{other}");
    }
}

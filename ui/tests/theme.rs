//! Whoever sees badly can read it: colours that stand apart, and letters that are large.
#![allow(clippy::unwrap_used)]

use std::collections::HashMap;

mod common;
#[path = "common/stage.rs"]
mod stage;

use common::SIZES;
use common::samples::{SCREENS, TONGUES};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use stage::Stage;
use vestibule_ui::branding::{BrandColours, Branding, ColourFault};
use vestibule_ui::slint::{Color, ComponentHandle, Model};
use vestibule_ui::{Kiosk, Theme, fonts};

/// WCAG 2's contrast of two colours, from 1 to 21. Success criterion 1.4.6 asks for 7.
fn contrast(one: Color, other: Color) -> f32 {
    let luminance = |colour: Color| {
        let linear = |channel: u8| {
            let share = f32::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(colour.red()) + 0.7152 * linear(colour.green()) + 0.0722 * linear(colour.blue())
    };
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn the_formula_gives_the_contrasts_of_the_standard() {
    let grey = |value: u8| Color::from_rgb_u8(value, value, value);
    assert!((contrast(grey(0), grey(255)) - 21.0).abs() < 0.01);
    assert!((contrast(grey(0x77), grey(255)) - 4.48).abs() < 0.01);
    assert!((contrast(grey(255), grey(255)) - 1.0).abs() < 0.01);
}

#[test]
fn every_pair_of_colours_stands_apart() {
    let stage = Stage::new();
    let pairs = stage.window.global::<Theme>().get_pairs();
    assert!(pairs.row_count() > 20);
    let weak: Vec<String> = pairs
        .iter()
        .filter(|pair| pair.over.alpha() < 255 || contrast(pair.over, pair.under) < 7.0)
        .map(|pair| format!("{}: {:.2}", pair.name, contrast(pair.over, pair.under)))
        .collect();
    assert!(weak.is_empty(), "{weak:?}");
}

#[test]
fn in_high_contrast_every_pair_of_colours_stands_further_apart() {
    let stage = Stage::new();
    stage.look(1.0, true, false);
    let pairs = stage.window.global::<Theme>().get_pairs();
    let weak: Vec<String> = pairs
        .iter()
        .filter(|pair| contrast(pair.over, pair.under) < 10.0)
        .map(|pair| format!("{}: {:.2}", pair.name, contrast(pair.over, pair.under)))
        .collect();
    assert!(weak.is_empty(), "{weak:?}");
}

/// Colours of clinics: some that are taken as they are, and what is offered instead of those that are refused.
fn brands() -> Vec<Branding> {
    let written =
        ["#0a4d54", "#000000", "#5c1748", "#00a3b4", "#ff6600", "#ffe100", "#3366ff", "#7fbf3f", "#808080"];
    let colours = written.map(|colour| match BrandColours::of(colour) {
        Err(ColourFault::TooFaint { enough, .. }) => BrandColours::of(&enough).unwrap(),
        colours => colours.unwrap(),
    });
    colours.map(|colours| Branding { colours: Some(colours), logo: None }).into()
}

#[test]
fn in_the_colours_of_a_clinic_every_pair_stands_apart_as_well() {
    let stage = Stage::new();
    let house = stage.window.global::<Kiosk>().get_brand();
    for brand in brands() {
        let palette = brand.palette(&house);
        stage.window.global::<Kiosk>().set_brand(palette.clone());
        let theme = stage.window.global::<Theme>();
        assert_eq!((theme.get_action(), theme.get_ground()), (palette.action, palette.ground));
        let weak: Vec<String> = (theme.get_pairs().iter())
            .filter(|pair| contrast(pair.over, pair.under) < 7.0)
            .map(|pair| format!("{}: {:.2}", pair.name, contrast(pair.over, pair.under)))
            .collect();
        assert!(weak.is_empty(), "{brand:?}: {weak:?}");
    }
    // Without colours of its own a clinic has the house's again.
    assert_eq!(Branding::default().palette(&house), house);
}

/// The list of pairs is only as good as it is complete: this looks at what is drawn.
#[test]
fn every_text_stands_apart_from_what_it_is_drawn_on() {
    let stage = Stage::new();
    let mut weak = Vec::new();
    let house = stage.window.global::<Kiosk>().get_brand();
    let own = Branding { colours: Some(BrandColours::of("#5c1748").unwrap()), logo: None }.palette(&house);
    let looks = [("house", false, &house), ("high contrast", true, &house), ("clinic", false, &own)];
    for (look, screen) in looks.into_iter().flat_map(|look| SCREENS.map(|screen| (look, screen))) {
        let (look, high, brand) = look;
        stage.window.global::<Kiosk>().set_brand(brand.clone());
        stage.look(1.0, high, false);
        stage.show(screen, "en");
        let picture = stage.picture();
        for text in stage.written() {
            let place = text.place;
            let (left, right) = (place.x.max(0.0) as usize, place.right().min(stage.size().0) as usize);
            let mut colours: HashMap<[u8; 3], u32> = HashMap::new();
            let rows = picture.as_slice().chunks(picture.width() as usize);
            for row in rows.skip(place.y as usize).take(place.height as usize) {
                for pixel in &row[left..right] {
                    *colours.entry([pixel.r, pixel.g, pixel.b]).or_default() += 1;
                }
            }
            // There is more ground than ink in a text.
            let ground = colours.iter().max_by_key(|(_, count)| **count).map(|(colour, _)| *colour);
            let colour = |[red, green, blue]: [u8; 3]| Color::from_rgb_u8(red, green, blue);
            let ground = colour(ground.unwrap());
            let best = colours.keys().map(|c| contrast(colour(*c), ground)).fold(1.0, f32::max);
            if best < 7.0 {
                weak.push(format!("{screen} {look}: {:?} {best:.2}", text.text));
            }
        }
    }
    assert!(weak.is_empty(), "{}", weak.join("\n"));
}

#[test]
fn capitals_are_at_least_seven_millimetres_and_a_third() {
    let least = fonts::fonts().map(FontRef::new).map(Result::unwrap)[0]
        .metrics(Size::new(1.0), LocationRef::default())
        .cap_height
        .unwrap();
    assert!((0.70..0.73).contains(&least), "the capitals of Noto Sans are {least} of its size");
    let stage = Stage::new();
    for glass in SIZES {
        stage.turn(glass);
        for tongue in TONGUES {
            for screen in SCREENS {
                stage.show(screen, tongue);
                for text in stage.written() {
                    let capitals = stage.millimetres(text.size) * least;
                    assert!(capitals >= 7.3, "{tongue} {screen}: {:?} has {capitals:.2} mm", text.text);
                }
            }
        }
    }
}

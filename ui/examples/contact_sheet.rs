//! Draws every screen in every language on every glass, in three sizes of text, in normal and in high contrast, and
//! lays them out on contact sheets.
//!
//! `cargo run -p vestibule-ui --example contact_sheet [--colour '#5c1748'] [--logo logo.svg] [--screen done] [FOLDER [TONGUE…]]`

#[path = "../tests/common/mod.rs"]
mod common;

use std::error::Error;
use std::path::PathBuf;

use vestibule_ui::branding::{BrandColours, Branding, Logo, logo_size};
use vestibule_ui::headless::{headless, millimetre, write_png};
use vestibule_ui::slint::{ComponentHandle, Rgba8Pixel, SharedPixelBuffer};
use vestibule_ui::{Kiosk, KioskWindow, Look, focus, keyboard};

const GAP: u32 = 12;

/// How the screen can be: its name, how large everything is, and whether in high contrast.
const LOOKS: [(&str, f32, bool); 6] = [
    ("", 1.0, false),
    ("-large", 1.25, false),
    ("-largest", 1.5, false),
    ("-contrast", 1.0, true),
    ("-large-contrast", 1.25, true),
    ("-largest-contrast", 1.5, true),
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut option = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.drain(at..(at + 2).min(arguments.len())).nth(1)
    };
    let colours = option("--colour").map(|colour| BrandColours::of(&colour)).transpose()?;
    let logo = option("--logo").map(std::fs::read_to_string).transpose()?;
    let only = option("--screen");
    let screens: Vec<&str> = common::samples::SCREENS
        .into_iter()
        .filter(|screen| only.as_ref().is_none_or(|only| screen.starts_with(only.as_str())))
        .collect();
    if screens.is_empty() {
        return Err(format!("no screen begins with {}", only.unwrap_or_default()).into());
    }
    let branding = Branding { colours, logo: logo.map(|svg| Logo::read(&svg)).transpose()? };
    let mut arguments = arguments.into_iter();
    let folder = arguments.next().map_or_else(common::pictures, PathBuf::from);
    let chosen: Vec<String> = arguments.collect();
    let glass = headless(1080, 1920)?;
    let window = KioskWindow::new()?;
    focus::guide(&window);
    keyboard::listen(&window, |_| {});
    window.show()?;
    let kiosk = window.global::<Kiosk>();
    kiosk.set_brand(branding.palette(&kiosk.get_brand()));
    branding.put_shape(&window);
    for (width, height) in common::SIZES {
        glass.resize(width, height);
        window.global::<Kiosk>().set_mm(millimetre(width, height, 21.0));
        for tongue in common::samples::TONGUES {
            if !chosen.is_empty() && !chosen.iter().any(|c| c == tongue) {
                continue;
            }
            for (look, zoom, contrast) in LOOKS {
                window.global::<Kiosk>().set_look(Look { zoom, contrast, still: true, ..Look::default() });
                let mut pictures = Vec::new();
                for &screen in &screens {
                    common::samples::show(&window, screen, tongue);
                    glass.render()?;
                    common::samples::type_in(&window, screen);
                    branding.put_logo(&window, logo_size(&window));
                    let picture = glass.render()?;
                    let name = format!("{width}x{height}{look}/{tongue}-{screen}.png");
                    write_png(&picture, &folder.join(name))?;
                    pictures.push(smaller(&picture, if width > 1500 { 4 } else { 3 }));
                }
                let columns = if width > height { 5 } else { 6 };
                let path = folder.join(format!("sheet-{width}x{height}{look}-{tongue}.png"));
                write_png(&sheet(&pictures, columns), &path)?;
                println!("{}", path.display());
            }
        }
    }
    Ok(())
}

fn smaller(picture: &SharedPixelBuffer<Rgba8Pixel>, by: u32) -> SharedPixelBuffer<Rgba8Pixel> {
    let (width, height) = (picture.width() / by, picture.height() / by);
    let mut small = SharedPixelBuffer::new(width, height);
    let pixels = picture.as_slice();
    for (i, target) in small.make_mut_slice().iter_mut().enumerate() {
        let (x, y) = (i as u32 % width * by, i as u32 / width * by);
        let mut sum = [0u32; 3];
        for dy in 0..by {
            for dx in 0..by {
                let p: Rgba8Pixel = pixels[((y + dy) * picture.width() + x + dx) as usize];
                sum[0] += u32::from(p.r);
                sum[1] += u32::from(p.g);
                sum[2] += u32::from(p.b);
            }
        }
        let [r, g, b] = sum.map(|s| (s / (by * by)) as u8);
        *target = Rgba8Pixel { r, g, b, a: 255 };
    }
    small
}

fn sheet(pictures: &[SharedPixelBuffer<Rgba8Pixel>], columns: u32) -> SharedPixelBuffer<Rgba8Pixel> {
    let (width, height) = (pictures[0].width(), pictures[0].height());
    let rows = (pictures.len() as u32).div_ceil(columns);
    let (all_width, all_height) = (columns * (width + GAP) + GAP, rows * (height + GAP) + GAP);
    let mut all = SharedPixelBuffer::new(all_width, all_height);
    let pixels = all.make_mut_slice();
    pixels.fill(Rgba8Pixel { r: 60, g: 60, b: 60, a: 255 });
    for (i, picture) in pictures.iter().enumerate() {
        let (left, top) =
            (GAP + i as u32 % columns * (width + GAP), GAP + i as u32 / columns * (height + GAP));
        for y in 0..height {
            let from = (y * width) as usize;
            let to = ((top + y) * all_width + left) as usize;
            pixels[to..to + width as usize].copy_from_slice(&picture.as_slice()[from..from + width as usize]);
        }
    }
    all
}

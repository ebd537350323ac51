//! Text that a printer has no letters for: shaped, ordered, wrapped and turned into dots.
//!
//! Joining, conjuncts, the order of mixed directions and line breaks come from `parley`. The dots
//! are made as a printer's own are: black or white, nothing between.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};

use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};
use parley::{
    Alignment, AlignmentOptions, FontContext, FontFamily, FontFamilyName, FontWeight, Layout, LayoutContext,
    LineHeight, OverflowWrap, PositionedLayoutItem, StyleProperty,
};
use skrifa::instance::{LocationRef, NormalizedCoord, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use thiserror::Error;
use tiny_skia::{FillRule, Mask, Path, PathBuilder, Transform};

use super::bitmap::Bitmap;
use super::document::{Align, Direction, TextSize, Weight};

/// The size of drawn text in dots. Its capitals are then as high as those of a printer's font A.
const FONT_DOTS: f32 = 26.0;
/// The distance of two lines over the size of the text. Marks above and below need the room.
const LINE_HEIGHT: f32 = 1.4;
/// From this much ink (of 255) on a dot is black. A little below the middle: thin strokes stay whole.
const INK: u8 = 112;

/// So many dots of a letter may stand beside the paper's printable width: a stroke's soft edge.
const BESIDE: f32 = 1.0;
/// The least part of the paper's width that a text is squeezed into.
const LEAST_ROOM: f32 = 0.7;
/// No paragraph is higher, in dots: 2.5 m of paper.
const HIGHEST: f32 = 20_000.0;

/// The fonts in which text is drawn, and the machinery that shapes it.
pub struct Fonts {
    shaper: Mutex<Shaper>,
    families: Vec<String>,
    files: Vec<&'static [u8]>,
}

struct Shaper {
    fonts: FontContext,
    layouts: LayoutContext<()>,
}

/// Why fonts could not be taken.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum FontError {
    /// One of the files is no font.
    #[error(
        "font file {number} of {of} is not a font that can be read: give whole TrueType or OpenType files"
    )]
    Unreadable {
        /// Which of the files, from 1.
        number: usize,
        /// How many there were.
        of: usize,
    },
    /// No file at all.
    #[error("no font was given: tickets need at least one to draw text that the printer has no letters for")]
    None,
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fonts").field("families", &self.families).finish_non_exhaustive()
    }
}

impl Fonts {
    /// Takes whole font files. A letter is drawn from the first family that has it, so the most
    /// general one comes first. Regular and bold of a family may come in any order.
    pub fn new(files: &[&'static [u8]]) -> Result<Fonts, FontError> {
        if files.is_empty() {
            return Err(FontError::None);
        }
        let options = CollectionOptions { shared: false, system_fonts: false };
        let mut collection = Collection::new(options);
        let mut families: Vec<String> = Vec::new();
        for (place, file) in files.iter().enumerate() {
            let found = collection.register_fonts(Blob::new(Arc::new(*file)), None);
            if found.is_empty() {
                return Err(FontError::Unreadable { number: place + 1, of: files.len() });
            }
            for (family, _) in found {
                if let Some(name) = collection.family_name(family)
                    && !families.iter().any(|known| known == name)
                {
                    families.push(name.to_owned());
                }
            }
        }
        let fonts = FontContext { collection, source_cache: SourceCache::default() };
        Ok(Fonts {
            shaper: Mutex::new(Shaper { fonts, layouts: LayoutContext::new() }),
            families,
            files: files.to_vec(),
        })
    }

    /// The letters that no font has, each once. They are drawn as boxes; a test of translations wants
    /// to know them before a patient does.
    pub fn missing(&self, text: &str) -> Vec<char> {
        let fonts: Vec<FontRef<'_>> = self.files.iter().filter_map(|file| FontRef::new(file).ok()).collect();
        let mut missing = Vec::new();
        for letter in text.chars().filter(|letter| !letter.is_control() && !letter.is_whitespace()) {
            let known = fonts.iter().any(|font| font.charmap().map(letter).is_some());
            if !known && !missing.contains(&letter) {
                missing.push(letter);
            }
        }
        missing
    }

    /// Draws one paragraph, wrapped at `width` dots. `\n` is not looked at here: give single lines.
    pub fn draw(
        &self,
        text: &str,
        size: TextSize,
        weight: Weight,
        align: Align,
        direction: Direction,
        width: u16,
    ) -> Bitmap {
        let (layout, path, left) = self.fitted(text, size, weight, align, direction, width);
        paint(&layout, path.as_ref(), usize::from(width), left)
    }

    /// A layout whose ink stays on the paper, its outlines, and how far from the edge it begins. parley 0.11
    /// takes some lines of scripts with conjuncts for narrower than they are drawn: such a text is broken again
    /// with that much less room.
    fn fitted(
        &self,
        text: &str,
        size: TextSize,
        weight: Weight,
        align: Align,
        direction: Direction,
        width: u16,
    ) -> (Layout<()>, Option<Path>, f32) {
        let dots = FONT_DOTS * f32::from(size.factor());
        let full = f32::from(width);
        let mut room = full;
        loop {
            let layout = self.lay_out(text, dots, weight, align, direction, room);
            let left = match (align, direction) {
                (Align::Center, _) => (full - room) / 2.0,
                (Align::Start, Direction::LeftToRight) | (Align::End, Direction::RightToLeft) => 0.0,
                (Align::End, Direction::LeftToRight) | (Align::Start, Direction::RightToLeft) => full - room,
            };
            let path = outline(&layout);
            let Some(ink) = path.as_ref().map(Path::bounds) else { return (layout, path, left) };
            let beyond = ink.width() - full;
            if beyond <= BESIDE || room < full * LEAST_ROOM {
                // A line taken for narrower than it is stands too far to one side.
                let left = left.min(full - ink.right()).max(-ink.left());
                return (layout, path, left);
            }
            room -= beyond.ceil();
        }
    }

    /// Draws one letter into a cell of these dots, as a printer's own font does. For the simulator.
    pub(crate) fn draw_cell(&self, letter: char, bold: bool, width: u16, height: u16) -> Bitmap {
        let weight = if bold { Weight::Bold } else { Weight::Regular };
        // Letters of one width are narrower than these: squeeze what is too wide into the cell.
        let dots = f32::from(height) * 0.92;
        let text = letter.to_string();
        let layout = self.lay_out(&text, dots, weight, Align::Start, Direction::LeftToRight, 10_000.0);
        let advance = layout.width().max(1.0);
        let squeeze = (f32::from(width) / advance).min(1.0);
        let left = (f32::from(width) - advance * squeeze) / 2.0;
        let baseline = f32::from(height) * 0.80;
        let first = layout.get(0).map_or(0.0, |line| line.metrics().baseline);
        let place = Transform::from_row(squeeze, 0.0, 0.0, 1.0, left, baseline - first);
        fill(outline(&layout).as_ref(), usize::from(width), usize::from(height), place)
    }

    fn lay_out(
        &self,
        text: &str,
        dots: f32,
        weight: Weight,
        align: Align,
        direction: Direction,
        width: f32,
    ) -> Layout<()> {
        // A mark in front says which direction the paragraph has. Without one the first strong
        // letter would decide, and an Arabic line that starts with a Latin name would turn over.
        let mark = match direction {
            Direction::LeftToRight => '\u{200E}',
            Direction::RightToLeft => '\u{200F}',
        };
        let text = format!("{mark}{text}");
        let families: Vec<FontFamilyName<'_>> =
            self.families.iter().map(|name| FontFamilyName::Named(Cow::Borrowed(name))).collect();
        let weight = match weight {
            Weight::Regular => FontWeight::NORMAL,
            Weight::Bold => FontWeight::BOLD,
        };
        // A poisoned lock only means that another thread ended in the middle of a layout; every
        // layout starts anew.
        let mut shaper = self.shaper.lock().unwrap_or_else(PoisonError::into_inner);
        let Shaper { fonts, layouts } = &mut *shaper;
        let mut builder = layouts.ranged_builder(fonts, &text, 1.0, true);
        builder.push_default(StyleProperty::FontFamily(FontFamily::List(Cow::Owned(families))));
        builder.push_default(StyleProperty::FontSize(dots));
        builder.push_default(StyleProperty::FontWeight(weight));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(LINE_HEIGHT)));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        let mut layout = builder.build(&text);
        layout.break_all_lines(Some(width));
        let alignment = match align {
            Align::Start => Alignment::Start,
            Align::Center => Alignment::Center,
            Align::End => Alignment::End,
        };
        layout.align(alignment, AlignmentOptions::default());
        layout
    }
}

/// Paints a layout, `left` dots from the edge, on a strip as wide as the paper and as high as its lines. Ink that stands above
/// the first line or below the last (stacked marks) makes the strip higher rather than being lost.
fn paint(layout: &Layout<()>, path: Option<&Path>, width: usize, left: f32) -> Bitmap {
    let mut top = 0.0f32;
    let mut bottom = layout.height();
    if let Some(path) = path {
        top = top.min(path.bounds().top());
        bottom = bottom.max(path.bounds().bottom());
    }
    let height = (bottom - top).ceil().clamp(0.0, HIGHEST) as usize;
    fill(path, width, height, Transform::from_translate(left, -top))
}

/// The outlines of all glyphs of a layout, as one path.
fn outline(layout: &Layout<()>) -> Option<Path> {
    let mut pen = Pen(PathBuilder::new());
    for line in layout.lines() {
        for item in line.items() {
            let PositionedLayoutItem::GlyphRun(glyphs) = item else { continue };
            let run = glyphs.run();
            let Ok(font) = FontRef::from_index(run.font().data.as_ref(), run.font().index) else { continue };
            let coords: Vec<NormalizedCoord> =
                run.normalized_coords().iter().map(|bits| NormalizedCoord::from_bits(*bits)).collect();
            let outlines = font.outline_glyphs();
            for glyph in glyphs.positioned_glyphs() {
                let Some(outline) = outlines.get(GlyphId::new(glyph.id)) else { continue };
                let settings = DrawSettings::unhinted(Size::new(run.font_size()), LocationRef::new(&coords));
                let mut at = At { pen: &mut pen, x: glyph.x, y: glyph.y };
                // A glyph whose outline is broken is left out; the rest of the line stands.
                let _ = outline.draw(settings, &mut at);
            }
        }
    }
    pen.0.finish()
}

fn fill(path: Option<&Path>, width: usize, height: usize, place: Transform) -> Bitmap {
    let mut picture = Bitmap::white(width, height);
    let (Ok(w), Ok(h)) = (u32::try_from(width), u32::try_from(height)) else { return picture };
    let (Some(path), Some(mut mask)) = (path, Mask::new(w, h)) else { return picture };
    mask.fill_path(path, FillRule::Winding, true, place);
    for (place, ink) in mask.data().iter().enumerate() {
        if *ink >= INK {
            picture.blacken(place % width, place / width);
        }
    }
    picture
}

struct Pen(PathBuilder);

/// Draws an outline, whose y points up, at its place on the strip, whose y points down.
struct At<'a> {
    pen: &'a mut Pen,
    x: f32,
    y: f32,
}

impl OutlinePen for At<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.pen.0.move_to(self.x + x, self.y - y);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.pen.0.line_to(self.x + x, self.y - y);
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.pen.0.quad_to(self.x + cx, self.y - cy, self.x + x, self.y - y);
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let (dx, dy) = (self.x, self.y);
        self.pen.0.cubic_to(dx + ax, dy - ay, dx + bx, dy - by, dx + x, dy - y);
    }
    fn close(&mut self) {
        self.pen.0.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_width_of_paper_cuts_a_line_off() {
        use Direction::{LeftToRight, RightToLeft};
        let fonts = Fonts::new(&[
            include_bytes!("../../../ui/fonts/NotoSans-Regular.ttf"),
            include_bytes!("../../../ui/fonts/NotoSansArabic-Regular.ttf"),
            include_bytes!("../../../ui/fonts/NotoSansDevanagari-Regular.ttf"),
        ])
        .unwrap();
        let texts = [
            (
                "यह पर्ची किसी भी कियोस्क पर दिखाकर देखें कि बात कहाँ तक पहुँची। सँभालकर रखें: इससे केस खुलता है।",
                LeftToRight,
            ),
            ("Dr Okafor आपको 10:25 बजे बुलाएँगे, कृपया प्रतीक्षा क्षेत्र में बैठें।", LeftToRight),
            (
                "أظهر هذه القسيمة عند أي جهاز لترى إلى أين وصلت الحالة. احتفظ بها: فهي تفتح حالتك.",
                RightToLeft,
            ),
        ];
        let mut narrower = 0;
        for (text, direction) in texts {
            for (align, width) in [Align::Start, Align::Center, Align::End]
                .into_iter()
                .flat_map(|a| (300..600).map(move |w| (a, w)))
            {
                let (layout, path, left) =
                    fonts.fitted(text, TextSize::Normal, Weight::Regular, align, direction, width);
                let ink = path.unwrap().bounds();
                let right = f32::from(width) + BESIDE;
                assert!(
                    ink.left() + left >= -BESIDE && ink.right() + left <= right,
                    "{text} {align:?} leaves a paper of {width} dots: {ink:?}"
                );
                narrower += u32::from(layout.layout_max_advance() < f32::from(width));
            }
        }
        assert!(narrower > 0, "parley measures these texts as they are drawn: the second breaking can go");
    }

    #[test]
    fn a_file_that_is_no_font_is_named() {
        let error = Fonts::new(&[b"not a font"]).unwrap_err();
        assert_eq!(error, FontError::Unreadable { number: 1, of: 1 });
        assert!(error.to_string().starts_with("font file 1 of 1"));
        assert_eq!(Fonts::new(&[]).unwrap_err(), FontError::None);
    }
}

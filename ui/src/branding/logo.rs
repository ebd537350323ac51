//! A clinic's logo: an SVG that is read once and drawn in the size of the glass.

use crate::slint::{Image, Rgba8Pixel, SharedPixelBuffer};
use palette::Srgb;
use palette::color_difference::Wcag21RelativeContrast;
use resvg::tiny_skia::{Pixmap, PremultipliedColorU8, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree, roxmltree};
use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// The longest text of a logo in bytes: it is told to every kiosk, and stays there as long as the routines do.
const LONGEST: usize = 64 * 1024;
/// How wide and how high a logo may be in parts of the other.
const SHAPES: Range<f32> = 0.5..8.0;
/// The longest text of a logo in bytes when whatever is used again in it is written out: so much is drawn at most, by
/// the thread that answers the finger.
const LONGEST_WRITTEN_OUT: usize = 4 * LONGEST;
/// How deep its groups may lie in each other.
const DEEPEST: usize = 64;
/// The contrast at which a shape is seen: WCAG 2.2, 1.4.11.
const SEEN: f32 = 3.0;
/// Which part of what is drawn must be seen. Letters on a pale plate are some fifth of it.
const PART: f32 = 0.1;
/// How high a logo is drawn to be examined, in pixels.
const EXAMINED: u32 = 60;

/// A logo that can be drawn and seen.
#[derive(Clone)]
pub struct Logo(Arc<Tree>);

/// Why a logo cannot be used.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum LogoFault {
    /// It is another kind of file, or broken.
    #[error("this is no SVG that can be read: {reason}")]
    Unreadable {
        /// Where in the text, in bytes.
        at: usize,
        /// Why.
        reason: String,
    },
    /// It has words in it, which would look different, or be missing, with the fonts of another machine.
    #[error("there is text in the logo, which looks different with the fonts of each machine")]
    Text {
        /// Where in the text of the file, in bytes.
        at: usize,
    },
    /// It shows a picture that is made of dots, or lies elsewhere.
    #[error("there is a picture in the logo that is not drawn in lines")]
    Picture {
        /// Where in the text of the file, in bytes.
        at: usize,
    },
    /// Drawing it would take too long.
    #[error("the logo is too intricate: {what}")]
    Intricate {
        /// Where in the text of the file, in bytes.
        at: usize,
        /// What takes long.
        what: &'static str,
    },
    /// It is too long.
    #[error("the logo has {} kB, and {} kB is the most", .0.div_ceil(1024), LONGEST / 1024)]
    TooLong(usize),
    /// It is too long or too high.
    #[error("the logo is {0:.1} times as wide as high")]
    Shape(f32),
    /// It can hardly be seen.
    #[error("the logo can hardly be seen: {:.0} % of what is drawn has a contrast of {SEEN:.0} to 1 with white", .0 * 100.0)]
    Faint(f32),
}

impl LogoFault {
    /// Where in the text of the file it is, in bytes.
    pub fn at(&self) -> usize {
        match self {
            Self::Unreadable { at, .. }
            | Self::Text { at }
            | Self::Picture { at }
            | Self::Intricate { at, .. } => *at,
            Self::TooLong(_) | Self::Shape(_) | Self::Faint(_) => 0,
        }
    }

    /// What would be right.
    pub fn right(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => {
                "Ask whoever made the logo for it as an SVG file; every drawing program can write one."
            }
            Self::Text { .. } => {
                "Make paths of the letters (Inkscape: Path, Object to Path; Illustrator: Type, Create Outlines)."
            }
            Self::Picture { .. } => {
                "Take the form of it that was drawn in lines, or trace the picture (Inkscape: Path, Trace Bitmap)."
            }
            Self::TooLong(_) | Self::Intricate { .. } => {
                "Simplify its paths, or take the plain form of the logo that is used in small sizes."
            }
            Self::Shape(_) => "Take a form of it that is between half and eight times as wide as it is high.",
            Self::Faint(_) => {
                "Take the form of it that is made for white paper: it stands on a pale ground, in high contrast on white."
            }
        }
    }
}

// A tree is long, and says nothing to whoever reads a log.
impl fmt::Debug for Logo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Logo").field("shape", &self.shape()).finish_non_exhaustive()
    }
}

impl Logo {
    /// Reads the text of an SVG. Nothing that it names outside of itself is opened.
    pub fn read(svg: &str) -> Result<Self, LogoFault> {
        if svg.len() > LONGEST {
            return Err(LogoFault::TooLong(svg.len()));
        }
        let document = roxmltree::Document::parse(svg).map_err(|error| LogoFault::Unreadable {
            at: offset(svg, error.pos()),
            reason: error.to_string(),
        })?;
        for element in document.descendants().filter(roxmltree::Node::is_element) {
            let at = element.range().start;
            match element.tag_name().name() {
                "text" => return Err(LogoFault::Text { at }),
                "image" => return Err(LogoFault::Picture { at }),
                _ => {}
            }
        }
        is_soon_drawn(&document)?;
        let options = Options {
            image_href_resolver: ImageHrefResolver {
                resolve_data: Box::new(|_, _, _| None),
                resolve_string: Box::new(|_, _| None),
            },
            ..Options::default()
        };
        let tree = Tree::from_xmltree(&document, &options)
            .map_err(|error| LogoFault::Unreadable { at: 0, reason: error.to_string() })?;
        let logo = Self(Arc::new(tree));
        if !SHAPES.contains(&logo.shape()) {
            return Err(LogoFault::Shape(logo.shape()));
        }
        match logo.seen() {
            part if part < PART => Err(LogoFault::Faint(part)),
            _ => Ok(logo),
        }
    }

    /// How many times as wide as high it is.
    pub fn shape(&self) -> f32 {
        self.0.size().width() / self.0.size().height()
    }

    /// Draws it as large as it fits in so many pixels, in the middle of them.
    pub fn drawn(&self, width: u32, height: u32) -> Image {
        let Some(map) = self.map(width, height) else { return Image::default() };
        let mut picture = SharedPixelBuffer::<Rgba8Pixel>::new(map.width(), map.height());
        picture.make_mut_bytes().copy_from_slice(map.data());
        Image::from_rgba8_premultiplied(picture)
    }

    /// Draws it on white with black dots alone, as large as it fits: row by row, which dots are black. Those are black
    /// that can be told from white.
    pub fn in_black(&self, widest: u32, highest: u32) -> Vec<Vec<bool>> {
        let width = ((highest as f32 * self.shape()).round() as u32).clamp(1, widest);
        let height = ((width as f32 / self.shape()).round() as u32).clamp(1, highest);
        let Some(map) = self.map(width, height) else { return Vec::new() };
        map.pixels().chunks(width as usize).map(|row| row.iter().map(stands_out).collect()).collect()
    }

    fn map(&self, width: u32, height: u32) -> Option<Pixmap> {
        let mut map = Pixmap::new(width, height)?;
        let own = self.0.size();
        let scale = (map.width() as f32 / own.width()).min(map.height() as f32 / own.height());
        let beside = (map.width() as f32 - own.width() * scale) / 2.0;
        let above = (map.height() as f32 - own.height() * scale) / 2.0;
        let place = Transform::from_scale(scale, scale).post_translate(beside, above);
        resvg::render(&self.0, place, &mut map.as_mut());
        Some(map)
    }

    /// Which part of what is drawn stands apart from white.
    fn seen(&self) -> f32 {
        let Some(map) = self.map((EXAMINED as f32 * self.shape()) as u32, EXAMINED) else { return 0.0 };
        let drawn = map.pixels().iter().filter(|pixel| pixel.alpha() > 0);
        let (mut all, mut seen) = (0.0_f32, 0.0);
        for pixel in drawn {
            all += 1.0;
            if stands_out(pixel) {
                seen += 1.0;
            }
        }
        seen / all.max(1.0)
    }
}

/// Whether a pixel can be told from white on which it lies: what is half transparent is as pale as it looks.
fn stands_out(pixel: &PremultipliedColorU8) -> bool {
    let channel = |value: u8| f32::from(value) / 255.0 + 1.0 - f32::from(pixel.alpha()) / 255.0;
    let on_white = Srgb::new(channel(pixel.red()), channel(pixel.green()), channel(pixel.blue()));
    on_white.relative_contrast(Srgb::new(1.0, 1.0, 1.0)) >= SEEN
}

/// Holds what drawing costs below what a kiosk has time for, before anything is drawn.
fn is_soon_drawn(document: &roxmltree::Document<'_>) -> Result<(), LogoFault> {
    let intricate = |at: usize, what| Err(LogoFault::Intricate { at, what });
    let mut named = HashMap::new();
    for element in document.descendants().filter(roxmltree::Node::is_element) {
        let at = element.range().start;
        if element.ancestors().nth(DEEPEST).is_some() {
            return intricate(at, "its groups lie too deep in each other");
        }
        if element.tag_name().name() == "filter" {
            return intricate(at, "it has effects such as a blur or a shadow");
        }
        if let Some(id) = element.attribute("id") {
            named.insert(id, element);
        }
    }
    // In an attribute or in a style: a line may be broken into millions of dashes.
    if let Some(at) = document.input_text().find("dasharray") {
        return intricate(at, "it has broken lines");
    }
    let mut left = LONGEST_WRITTEN_OUT;
    if writes_out(document.root_element(), &named, DEEPEST, &mut left).is_none() {
        return intricate(0, "the same parts are used again too often in each other");
    }
    Ok(())
}

/// Takes from `left` what an element is long when all that is used in it is written out. `None`: that is not enough.
fn writes_out<'a>(
    element: roxmltree::Node<'a, '_>,
    named: &HashMap<&str, roxmltree::Node<'a, '_>>,
    depth: usize,
    left: &mut usize,
) -> Option<()> {
    let depth = depth.checked_sub(1)?;
    let attributes = element.attributes().map(|attribute| attribute.value().len()).sum::<usize>();
    *left = left.checked_sub(1 + attributes)?;
    for child in element.children().filter(roxmltree::Node::is_element) {
        writes_out(child, named, depth, left)?;
    }
    // A `use`, a pattern, a mask: whatever names another part may draw it.
    for attribute in element.attributes() {
        let value = attribute.value();
        let name = value.strip_prefix('#').or_else(|| value.strip_prefix("url(#")?.strip_suffix(')'));
        if let Some(used) = name.and_then(|name| named.get(name)) {
            writes_out(*used, named, depth, left)?;
        }
    }
    Some(())
}

/// Where a place lies in a text, in bytes.
fn offset(text: &str, place: roxmltree::TextPos) -> usize {
    let before =
        text.split_inclusive('\n').take(place.row.saturating_sub(1) as usize).map(str::len).sum::<usize>();
    let line = text.get(before..).unwrap_or_default();
    let column = line.char_indices().nth(place.col.saturating_sub(1) as usize).map_or(0, |(at, _)| at);
    before + column
}

#[cfg(test)]
mod tests;

//! The kiosk brings its own fonts, so that every language is drawn the same on every machine, also on
//! one that has no font at all.
//!
//! Two things are needed. [`register`] gives the fonts to Slint, with fallback from one script to the
//! other. [`prepare`] writes them into a folder beside a fontconfig file: where libfontconfig is present
//! but finds no font, the font library under Slint panics, so the program starts itself with
//! `FONTCONFIG_FILE` set. Without libfontconfig at all `register` alone is enough.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::{fs, io};

use skrifa::charmap::Charmap;
use skrifa::{FontRef, MetadataProvider};
use slint::fontique_011::{fontique, shared_collection};

const FILES: [(&str, &[u8]); 8] = [
    ("NotoSans-Regular.ttf", include_bytes!("../fonts/NotoSans-Regular.ttf")),
    ("NotoSans-Bold.ttf", include_bytes!("../fonts/NotoSans-Bold.ttf")),
    ("NotoSansArabic-Regular.ttf", include_bytes!("../fonts/NotoSansArabic-Regular.ttf")),
    ("NotoSansArabic-Bold.ttf", include_bytes!("../fonts/NotoSansArabic-Bold.ttf")),
    ("NotoSansDevanagari-Regular.ttf", include_bytes!("../fonts/NotoSansDevanagari-Regular.ttf")),
    ("NotoSansDevanagari-Bold.ttf", include_bytes!("../fonts/NotoSansDevanagari-Bold.ttf")),
    // The characters of GB 2312, which a tenth of the whole font draws. A name with a rarer one is drawn by a font
    // of the machine, where it has one: fonts-noto-cjk.
    ("NotoSansSC-Regular.ttf", include_bytes!("../fonts/NotoSansSC-Regular.ttf")),
    ("NotoSansSC-Bold.ttf", include_bytes!("../fonts/NotoSansSC-Bold.ttf")),
];

/// Their families, in the order in which they stand in for each other.
const FAMILIES: [&str; 4] = ["Noto Sans", "Noto Sans Arabic", "Noto Sans Devanagari", "Noto Sans SC"];

/// The variable that tells fontconfig where its settings are.
pub const VARIABLE: &str = "FONTCONFIG_FILE";

/// The font files themselves: Latin (with Cyrillic and Greek), Arabic, Devanagari, Han, each regular and bold.
pub fn fonts() -> [&'static [u8]; 8] {
    FILES.map(|(_, bytes)| bytes)
}

/// Where the fonts were laid, and what the environment must say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FontSettings {
    /// The value for [`VARIABLE`].
    pub file: PathBuf,
}

impl FontSettings {
    /// Whether this process was started with these settings.
    pub fn in_force(&self) -> bool {
        std::env::var_os(VARIABLE).is_some_and(|set| Path::new(&set) == self.file)
    }
}

/// The fonts could not be laid out.
#[derive(Debug, thiserror::Error)]
#[error(
    "the kiosk's fonts could not be written to {path}: {source}; give the kiosk a folder it may write to"
)]
pub struct FontError {
    /// The file or folder that could not be written.
    pub path: String,
    /// Why.
    pub source: io::Error,
}

/// Lays fonts and fontconfig settings into `folder` (made if need be). The program then starts itself
/// anew with [`VARIABLE`] set to the answer's `file`, unless it is in force already.
pub fn prepare(folder: &Path) -> Result<FontSettings, FontError> {
    let at = |path: &Path| {
        let path = path.display().to_string();
        move |source| FontError { path, source }
    };
    fs::create_dir_all(folder).map_err(at(folder))?;
    let folder = fs::canonicalize(folder).map_err(at(folder))?;
    for (name, bytes) in FILES {
        write_if_other(&folder.join(name), bytes).map_err(at(&folder.join(name)))?;
    }
    let file = folder.join("fonts.conf");
    write_if_other(&file, settings(&folder).as_bytes()).map_err(at(&file))?;
    Ok(FontSettings { file })
}

// A file that is right already stays untouched: the folder may be read-only on a locked-down machine.
fn write_if_other(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::read(path).is_ok_and(|present| present == bytes) {
        return Ok(());
    }
    let beside = path.with_extension("new");
    fs::write(&beside, bytes)?;
    fs::rename(&beside, path)
}

fn settings(folder: &Path) -> String {
    let folder = folder.display().to_string().replace('&', "&amp;").replace('<', "&lt;");
    let families = FAMILIES.map(|family| format!("<family>{family}</family>")).concat();
    let generic = ["sans-serif", "serif", "monospace", "system-ui", "ui-sans-serif", "emoji"]
        .map(|name| format!("  <alias><family>{name}</family><prefer>{families}</prefer></alias>\n"))
        .concat();
    format!(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE fontconfig SYSTEM \"urn:fontconfig:fonts.dtd\">\n<fontconfig>\n  \
         <dir>{folder}</dir>\n  <cachedir>{folder}/cache</cachedir>\n{generic}</fontconfig>\n"
    )
}

/// Gives the fonts to Slint: after the platform is chosen, before the first window is made. Every script
/// then falls back on these fonts first, whatever else the machine has.
pub fn register() {
    let mut collection = shared_collection();
    let mut families = Vec::new();
    for bytes in fonts() {
        let blob = fontique::Blob::new(Arc::new(bytes));
        for (family, _) in collection.register_fonts(blob, None) {
            if !families.contains(&family) {
                families.push(family);
            }
        }
    }
    for generic in [
        fontique::GenericFamily::SansSerif,
        fontique::GenericFamily::SystemUi,
        fontique::GenericFamily::UiSansSerif,
    ] {
        collection.set_generic_families(generic, families.iter().copied());
    }
    for script in [*b"Latn", *b"Cyrl", *b"Grek", *b"Arab", *b"Deva", *b"Hani"] {
        let key = fontique::FallbackKey::new(fontique::Script::from_bytes(script), None);
        collection.set_fallbacks(key, families.iter().copied());
    }
}

/// The characters of a text that the fonts cannot draw, regular or bold. A letter without a glyph is drawn as nothing
/// at all, and nobody notices.
pub fn without_glyph(text: &str) -> BTreeSet<char> {
    // Joiners, and the marks that keep directions apart, are never drawn.
    let is_drawn = |c: char| {
        !c.is_control() && !matches!(c, '\u{200c}'..='\u{200f}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let has =
        |c: char, weight: usize| CHARACTERS.iter().skip(weight).step_by(2).any(|map| map.map(c).is_some());
    let kinds = text.chars().filter(|c| is_drawn(*c)).collect::<BTreeSet<_>>();
    kinds.into_iter().filter(|c| !has(*c, 0) || !has(*c, 1)).collect()
}

/// Which characters each font has.
static CHARACTERS: LazyLock<Vec<Charmap<'static>>> = LazyLock::new(|| {
    fonts().into_iter().filter_map(|bytes| FontRef::new(bytes).ok()).map(|font| font.charmap()).collect()
});

/// A library that is looked up when the program runs, and the Debian package that brings it.
const LIBRARIES: [(&str, &str); 7] = [
    ("libX11.so.6", "libx11-6"),
    ("libX11-xcb.so.1", "libx11-xcb1"),
    ("libxcb.so.1", "libxcb1"),
    ("libXcursor.so.1", "libxcursor1"),
    ("libXi.so.6", "libxi6"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
];

/// The Debian packages that a window on X needs and this machine lacks. (libfontconfig is not among
/// them: without it the kiosk draws with its own fonts.) It looks where the loader looks, without loading.
pub fn missing_libraries() -> Vec<&'static str> {
    let folders = library_folders();
    let cache = fs::read("/etc/ld.so.cache").unwrap_or_default();
    LIBRARIES
        .iter()
        .filter(|(library, _)| {
            let in_folder = folders.iter().any(|folder| folder.join(library).exists());
            !in_folder && !contains(&cache, library.as_bytes())
        })
        .map(|(_, package)| *package)
        .collect()
}

fn library_folders() -> Vec<PathBuf> {
    let searched = std::env::var_os("LD_LIBRARY_PATH").unwrap_or_default();
    let architecture = std::env::consts::ARCH;
    std::env::split_paths(&searched)
        .filter(|folder| !folder.as_os_str().is_empty())
        .chain(
            [
                format!("/usr/lib/{architecture}-linux-gnu"),
                format!("/lib/{architecture}-linux-gnu"),
                "/usr/lib64".into(),
                "/lib64".into(),
                "/usr/lib".into(),
                "/lib".into(),
                "/usr/local/lib".into(),
            ]
            .map(PathBuf::from),
        )
        .collect()
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    // The cache ends each name with a zero: "libX11.so.6" must not be found in "libX11.so.60".
    let mut ended = needle.to_vec();
    ended.push(0);
    haystack.windows(ended.len()).any(|window| window == ended)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_are_laid_out_once_and_stay() {
        let folder = tempfile::tempdir().unwrap();
        let first = prepare(&folder.path().join("fonts")).unwrap();
        let second = prepare(&folder.path().join("fonts")).unwrap();
        assert_eq!(first, second);
        assert!(!first.in_force());
        assert!(fs::read_to_string(&first.file).unwrap().contains("<dir>"));
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_named() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let error = prepare(&file.path().join("fonts")).unwrap_err();
        assert!(error.to_string().contains(&file.path().display().to_string()));
    }

    #[test]
    fn a_letter_without_a_glyph_is_noticed() {
        assert_eq!(without_glyph("Aé文\u{2067}ब ж\n"), BTreeSet::new());
        assert_eq!(without_glyph("A𓀀ꦄ"), BTreeSet::from(['𓀀', 'ꦄ']));
    }

    #[test]
    fn a_library_name_is_matched_whole() {
        assert!(contains(b"x\0libXi.so.6\0", b"libXi.so.6"));
        assert!(!contains(b"x\0libXi.so.60\0", b"libXi.so.6"));
    }
}

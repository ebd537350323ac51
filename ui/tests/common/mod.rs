//! What tests and examples share.
#![allow(dead_code, missing_docs, clippy::unwrap_used)]

pub mod longer;
pub mod samples;
#[rustfmt::skip]
pub mod texts;

/// The glasses the kiosk is built for, all of 21 inches.
pub const SIZES: [(u32, u32); 3] = [(1080, 1920), (1920, 1080), (1280, 800)];

/// Where pictures go.
pub fn pictures() -> std::path::PathBuf {
    std::env::current_exe()
        .unwrap()
        .ancestors()
        .find(|folder| {
            folder.join("deps").is_dir() || folder.ends_with("debug") || folder.ends_with("release")
        })
        .map_or_else(std::env::temp_dir, std::path::Path::to_path_buf)
        .join("screens")
}

//! What norms of accessibility ask of the glass and can be measured there: names, signs, room and motion. The table of
//! `vestibule norms` names these tests.
#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;
mod edges;
mod motion;
mod names;
mod signs;
mod spacing;
#[path = "../common/stage.rs"]
mod stage;

//! Every fault of a device, at every moment of a visit, with the whole program: a desk that is really served, a kiosk at
//! whose glass somebody stands, and simulated devices on pseudo-terminals and sockets. In each file the table of what
//! must come stands above what plays it, one line a cell. `VESTIBULE_SHOW_TABLE=1` prints the tables as Markdown.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

#[path = "../support/mod.rs"]
mod support;

mod disk;
mod link;
mod lobby;
mod printer;
mod read_only;
mod scanner;
#[path = "../fleet/scene.rs"]
#[allow(dead_code, reason = "here it is only asked for its clinic and its requests")]
mod scene;
mod table;
mod terminal;
mod voice;

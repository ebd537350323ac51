//! Who may come in at the desk, for how long, and what is kept of what they do: asked over HTTP as the page asks.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod audit;
mod codes;
mod failing;
mod http;
mod lasting;
mod money;
mod pin;
mod roles;
#[path = "../running_desk/mod.rs"]
#[allow(dead_code, reason = "other tests use more of it")]
mod running_desk;

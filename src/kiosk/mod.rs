//! The kiosk: what a patient can do at it, what it shows, and the hands that carry it out.
//!
//! **Invariant:** [`session`] and [`screens`] are pure; [`runner`] alone touches the store, the devices,
//! the link and the clocks; [`window`] and [`front`] alone know Slint.

pub mod clock;
mod device_reports;
pub mod front;
mod nightly;
mod orders;
pub mod paper;
pub mod printing;
pub mod runner;
pub mod screens;
pub mod session;
pub mod till;
pub mod vitals;
pub mod voice;
pub mod window;

//! Vestibule: a clinic's lobby kiosk and the desk behind it.
//!
//! Arrows point inwards: [`front_desk`] imports nothing of ours but [`clinic`]; the kiosk's session imports
//! only those two; [`store`] and [`link`] stand around them.

pub mod bench;
pub mod clinic;
pub mod demo;
pub mod desk;
pub mod doctor;
pub mod front_desk;
pub mod interop;
pub mod kiosk;
pub mod link;
pub mod log;
pub mod norms;
pub mod routines;
pub mod speech;
pub mod store;
pub mod watchdog;

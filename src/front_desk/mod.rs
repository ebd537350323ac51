//! The rules of the front desk, pure: no clock, disk, screen, network or async.
//!
//! **Invariant:** nothing here asks what time it is or makes an id; both come in as arguments. The only
//! module of ours that may be imported is [`crate::clinic`].

pub mod address;
pub mod appointment;
pub mod arrival;
pub mod booking;
pub mod calendar;
pub mod closure;
pub mod code;
pub mod detail;
pub mod digits;
pub mod document;
pub mod duplicate;
pub mod family;
pub mod fleet;
pub mod form;
pub mod message;
pub mod money;
pub mod password;
pub mod patient;
pub mod payment;
pub mod payment_code;
pub mod phone;
pub mod provenance;
pub mod queue;
pub mod red_flag;
pub mod registration;
pub mod request;
pub mod retention;
pub mod role;
pub mod schedule;
pub mod scheme_number;
pub mod sign_in;
pub mod spread;
pub mod ticket;
pub mod urgency;
pub mod wait;

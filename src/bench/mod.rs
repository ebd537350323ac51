//! `vestibule bench`: how well the program does what cannot be right every time, and what it asks of people.

pub mod task;
pub mod wait;

//! `vestibule bench`: how well the program does what cannot be right every time.

pub mod wait;

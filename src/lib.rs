//! Vestibule: a clinic's lobby kiosk and the desk behind it.

//! The kiosk's end of the link.

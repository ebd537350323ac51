//! What people see. This crate draws and speaks; it knows no rules.

//! What the patient sees and touches.
#[allow(missing_docs, unsafe_code, clippy::all, clippy::unwrap_used)]
mod generated {
    slint::include_modules!();
}
pub use generated::*;
pub use slint;

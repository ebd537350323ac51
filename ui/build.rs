//! Compiles the kiosk's screens. Debug information keeps the element ids, by which tests find things.

fn main() {
    let settings =
        slint_build::CompilerConfiguration::new().with_style("fluent-light".into()).with_debug_info(true);
    slint_build::compile_with_config("kiosk/kiosk.slint", settings).expect("the kiosk's screens compile");
}

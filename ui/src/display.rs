//! The whole display, also where no window manager is: a kiosk's X session often has none, and then nobody
//! answers a window's wish to be full screen.

use slint::Window;
use slint::winit_030::WinitWindowAccessor;

/// Makes a window that is shown cover its display and take the keyboard. To be called now and then: a
/// display can be turned, or plugged in later.
pub fn cover(window: &Window) {
    window.set_fullscreen(true);
    window.with_winit_window(|window| {
        let display = window.current_monitor().or_else(|| window.available_monitors().next());
        if let Some(display) = display
            && display.size() != window.inner_size()
        {
            window.set_outer_position(display.position());
            // Answered by a resize event if not at once.
            let _ = window.request_inner_size(display.size());
        }
        if !window.has_focus() {
            window.focus_window();
        }
    });
}

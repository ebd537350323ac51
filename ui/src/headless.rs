//! The kiosk without a display: the real renderer draws into memory, and touches are put in by hand.
//! Demonstrations and tests use it; what they see is what a panel would show.

use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

use slint::platform::software_renderer::{MinimalSoftwareWindow, RepaintBufferType};
use slint::platform::{self, Platform, PointerEventButton, WindowAdapter, WindowEvent};
use slint::{LogicalPosition, PhysicalSize, PlatformError, Rgb8Pixel, Rgba8Pixel, SharedPixelBuffer};

/// What can go wrong when drawing without a display.
#[derive(Debug, thiserror::Error)]
pub enum HeadlessError {
    /// The program has already chosen how it draws.
    #[error("drawing without a display must be asked for before anything else is drawn: {0}")]
    TooLate(#[from] platform::SetPlatformError),
    /// The renderer refused.
    #[error("the screen could not be drawn: {0}")]
    Render(#[from] PlatformError),
    /// The picture could not be written.
    #[error("the picture {path} could not be written: {reason}")]
    Write {
        /// Where it should have gone.
        path: String,
        /// What stood in the way.
        reason: String,
    },
}

/// A screen in memory. Create it first, then the [`crate::KioskWindow`], and `show()` that.
pub struct Headless {
    window: Rc<MinimalSoftwareWindow>,
}

struct InMemory {
    window: Rc<MinimalSoftwareWindow>,
    started: Instant,
}

impl Platform for InMemory {
    fn create_window_adapter(&self) -> Result<Rc<dyn WindowAdapter>, PlatformError> {
        Ok(self.window.clone())
    }

    fn duration_since_start(&self) -> Duration {
        self.started.elapsed()
    }
}

/// Makes this thread draw into memory, on a glass of so many pixels, with the kiosk's own fonts.
pub fn headless(width: u32, height: u32) -> Result<Headless, HeadlessError> {
    let window = MinimalSoftwareWindow::new(RepaintBufferType::ReusedBuffer);
    let in_memory = InMemory { window: window.clone(), started: Instant::now() };
    platform::set_platform(Box::new(in_memory))?;
    crate::fonts::register();
    let headless = Headless { window };
    headless.resize(width, height);
    Ok(headless)
}

impl Headless {
    /// Turns or changes the glass. The application sets `Kiosk.mm` anew (see [`millimetre`]).
    pub fn resize(&self, width: u32, height: u32) {
        self.window.set_size(PhysicalSize::new(width, height));
    }

    /// Lets timers run, and draws everything.
    pub fn render(&self) -> Result<SharedPixelBuffer<Rgba8Pixel>, HeadlessError> {
        self.settle();
        Ok(self.window.take_snapshot()?)
    }

    /// Draws everything into a PNG file.
    pub fn write_png(&self, path: &Path) -> Result<(), HeadlessError> {
        write_png(&self.render()?, path)
    }

    /// Draws what has changed since the last time into `frame`, as a window on a panel does. Answers whether
    /// anything had to be drawn.
    pub fn draw_changes(&self, frame: &mut [Rgb8Pixel]) -> bool {
        self.settle();
        let width = self.window.size().width as usize;
        self.window.draw_if_needed(|renderer| {
            renderer.render(frame, width);
        })
    }

    /// A finger comes down.
    pub fn press_at(&self, x: f32, y: f32) {
        let position = LogicalPosition::new(x, y);
        self.send(WindowEvent::PointerMoved { position });
        self.send(WindowEvent::PointerPressed { position, button: PointerEventButton::Left });
    }

    /// The finger goes up again.
    pub fn release_at(&self, x: f32, y: f32) {
        let position = LogicalPosition::new(x, y);
        self.send(WindowEvent::PointerReleased { position, button: PointerEventButton::Left });
        self.send(WindowEvent::PointerExited);
    }

    /// Down and up.
    pub fn tap(&self, x: f32, y: f32) {
        self.press_at(x, y);
        self.release_at(x, y);
    }

    /// Characters from a real keyboard.
    pub fn type_text(&self, text: &str) {
        for character in text.chars() {
            self.send(WindowEvent::KeyPressed { text: character.into() });
            self.send(WindowEvent::KeyReleased { text: character.into() });
        }
    }

    fn send(&self, event: WindowEvent) {
        self.window.window().dispatch_event(event);
        self.settle();
    }

    // Change callbacks and timers run in an event loop's turn; here it is taken by hand.
    fn settle(&self) {
        platform::update_timers_and_animations();
    }
}

/// Pixels in a millimetre of a glass, from its pixels and its diagonal in inches.
pub fn millimetre(width: u32, height: u32, diagonal_inches: f32) -> f32 {
    let diagonal = (width as f32).hypot(height as f32);
    diagonal / (diagonal_inches * 25.4)
}

/// Writes a picture as PNG.
pub fn write_png(picture: &SharedPixelBuffer<Rgba8Pixel>, path: &Path) -> Result<(), HeadlessError> {
    let failed = |reason: String| HeadlessError::Write { path: path.display().to_string(), reason };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|e| failed(e.to_string()))?;
    }
    let file = std::fs::File::create(path).map_err(|e| failed(e.to_string()))?;
    let mut encoder = png::Encoder::new(std::io::BufWriter::new(file), picture.width(), picture.height());
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().map_err(|e| failed(e.to_string()))?;
    writer.write_image_data(picture.as_bytes()).map_err(|e| failed(e.to_string()))
}

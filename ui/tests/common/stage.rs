//! The kiosk on a glass in memory, as a test meets it: what there is to touch, what stands written, and
//! what a touch was told to be. Fonts and layout are the real ones; time stands still until it is moved.
#![allow(dead_code, clippy::unwrap_used)] // each test uses a part of it

use std::cell::RefCell;
use std::ops::ControlFlow;
use std::rc::Rc;
use std::time::Duration;

use i_slint_backend_testing::{
    AccessibleRole, ElementHandle, ElementQuery, TestingBackend, TestingBackendOptions, mock_elapsed_time,
};
use i_slint_core::item_tree::ItemRc;
use i_slint_core::items::{ComplexText, Orientation, SimpleText};
use i_slint_core::window::WindowInner;
use vestibule_ui::headless::millimetre;
use vestibule_ui::slint::platform::{PointerEventButton, WindowEvent};
use vestibule_ui::slint::{
    self, ComponentHandle, LogicalPosition, PhysicalSize, Rgba8Pixel, SharedPixelBuffer, SharedString,
};
use vestibule_ui::{Control, Kiosk, KioskWindow, Look, focus, fonts, keyboard};

/// What the kiosk was told.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    Touched(Control, i32),
    Typed(String),
    Erased,
    /// Whether a finger was put down, where on the pad, and how high the pad is, in parts of its width.
    Drawn(bool, f32, f32, f32),
}

/// A place on the glass, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

impl Place {
    pub fn right(&self) -> f32 {
        self.x + self.width
    }

    pub fn bottom(&self) -> f32 {
        self.y + self.height
    }

    pub fn centre(&self) -> LogicalPosition {
        LogicalPosition::new(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// Whether they have more than an edge in common.
    pub fn overlaps(&self, other: &Place) -> bool {
        let within = |a: f32, a_end: f32, b: f32, b_end: f32| a.max(b) + 0.5 < a_end.min(b_end);
        within(self.x, self.right(), other.x, other.right())
            && within(self.y, self.bottom(), other.y, other.bottom())
    }

    /// Whether it lies in a room that begins at the corner.
    pub fn is_within(&self, width: f32, height: f32) -> bool {
        self.x >= -0.5 && self.y >= -0.5 && self.right() <= width + 0.5 && self.bottom() <= height + 0.5
    }
}

/// Where within a place something is drawn on its ground, whose colour is that of the place's corner.
pub fn ink(picture: &SharedPixelBuffer<Rgba8Pixel>, place: &Place) -> Option<Place> {
    let (left, top) = (place.x.ceil().max(0.0) as u32, place.y.ceil().max(0.0) as u32);
    let right = (place.right().floor() as u32).min(picture.width());
    let bottom = (place.bottom().floor() as u32).min(picture.height());
    if left >= right || top >= bottom {
        return None;
    }
    let (left, right) = (left as usize, right as usize);
    let line = |y: u32| {
        let start = (y * picture.width()) as usize;
        &picture.as_slice()[start + left..start + right]
    };
    let ground = line(top)[0];
    let differs = |here: &Rgba8Pixel| {
        let apart = |a: u8, b: u8| a.abs_diff(b) > 48;
        apart(here.r, ground.r) || apart(here.g, ground.g) || apart(here.b, ground.b)
    };
    let (mut first, mut last, mut above, mut below) = (usize::MAX, 0, None, top);
    for y in top..bottom {
        let pixels = line(y);
        let Some(start) = pixels.iter().position(differs) else { continue };
        let end = pixels.iter().rposition(differs).unwrap();
        (first, last) = (first.min(start), last.max(end));
        above = above.or(Some(y));
        below = y;
    }
    let above = above?;
    Some(Place {
        x: (left + first) as f32,
        y: above as f32,
        width: (last - first + 1) as f32,
        height: (below - above + 1) as f32,
    })
}

/// Something to touch.
#[derive(Clone)]
pub struct Target {
    pub label: String,
    pub place: Place,
    /// A key of a keyboard, not a button.
    pub is_key: bool,
    pub element: ElementHandle,
}

/// A text as it stands on the glass.
#[derive(Debug, Clone)]
pub struct Written {
    pub text: String,
    pub place: Place,
    /// The size of its font.
    pub size: f32,
    /// What the text asks for: the width of its longest word, and its height at the width it has.
    pub longest_word: f32,
    pub height: f32,
}

/// The kiosk's window, and what it told.
pub struct Stage {
    pub window: KioskWindow,
    told: Rc<RefCell<Vec<Told>>>,
}

impl Stage {
    /// One for each thread, on a glass of the first size.
    pub fn new() -> Stage {
        let options = TestingBackendOptions {
            mock_time: true,
            renderer_name: Some("software".into()),
            ..TestingBackendOptions::default()
        };
        slint::platform::set_platform(Box::new(TestingBackend::new(options))).unwrap();
        fonts::register();
        let stage = Stage { window: KioskWindow::new().unwrap(), told: Rc::default() };
        focus::guide(&stage.window);
        let kiosk = stage.window.global::<Kiosk>();
        let told = stage.told.clone();
        keyboard::listen(&stage.window, move |what| {
            told.borrow_mut().push(match what {
                keyboard::Told::Typed(text) => Told::Typed(text),
                keyboard::Told::Erased => Told::Erased,
                keyboard::Told::Touched(control, index) => Told::Touched(control, index),
            });
        });
        let front = stage.window.as_weak();
        kiosk.on_struck(move |text| front.upgrade().is_some_and(|front| keyboard::takes(&front, &text)));
        let told = stage.told.clone();
        kiosk.on_drawn(move |down, x, y, height| told.borrow_mut().push(Told::Drawn(down, x, y, height)));
        stage.turn(crate::common::SIZES[0]);
        stage.window.show().unwrap();
        stage
    }

    /// Another glass.
    pub fn turn(&self, (width, height): (u32, u32)) {
        self.window.window().set_size(PhysicalSize::new(width, height));
        self.window.global::<Kiosk>().set_mm(millimetre(width, height, 21.0));
    }

    /// The screen as somebody wants it: how large, light on black, in reach from a wheelchair.
    pub fn look(&self, zoom: f32, contrast: bool, reach: bool) {
        self.window.global::<Kiosk>().set_look(Look { zoom, contrast, reach, ..Look::default() });
        self.settle();
    }

    /// Somebody has asked that what is struck twice in a moment counts once.
    pub fn steady(&self) {
        self.window.global::<Kiosk>().set_look(Look { zoom: 1.0, steady: true, ..Look::default() });
        self.settle();
    }

    /// A sample, as [`crate::common::samples::show`] puts it there.
    pub fn show(&self, screen: &str, tongue: &str) {
        crate::common::samples::show(&self.window, screen, tongue);
        self.settle();
        crate::common::samples::type_in(&self.window, screen);
        self.settle();
        self.told();
    }

    /// Lets what follows from a change follow.
    pub fn settle(&self) {
        mock_elapsed_time(Duration::from_millis(1));
        focus::keep(&self.window);
    }

    /// What was told since this was asked last.
    pub fn told(&self) -> Vec<Told> {
        self.told.take()
    }

    pub fn size(&self) -> (f32, f32) {
        let size = self.window.window().size();
        (size.width as f32, size.height as f32)
    }

    /// Pixels in millimetres of this glass.
    pub fn millimetres(&self, pixels: f32) -> f32 {
        pixels / self.window.global::<Kiosk>().get_mm()
    }

    /// Everything that can be touched, in the order in which it is drawn.
    pub fn targets(&self) -> Vec<Target> {
        let mut targets: Vec<Target> = Vec::new();
        let buttons =
            ElementQuery::from_root(&self.window).match_accessible_role(AccessibleRole::Button).find_all();
        for element in buttons {
            let (size, at) = (element.size(), element.absolute_position());
            let target = Target {
                label: element.accessible_label().unwrap_or_default().into(),
                place: Place { x: at.x, y: at.y, width: size.width, height: size.height },
                is_key: element.type_name().is_some_and(|name| name == "Key")
                    || element.bases().is_some_and(|mut bases| bases.any(|base| base == "Key")),
                element,
            };
            // One item may stand for several elements that were written one within the other.
            let same = targets.iter_mut().find(|t| t.label == target.label && t.place == target.place);
            match same {
                Some(same) => same.is_key |= target.is_key,
                None => targets.push(target),
            }
        }
        targets
    }

    /// Where codes and other pictures stand that say something.
    pub fn pictures(&self) -> Vec<Place> {
        let pictures =
            ElementQuery::from_root(&self.window).match_accessible_role(AccessibleRole::Image).find_all();
        let place = |element: &ElementHandle| {
            let (size, at) = (element.size(), element.absolute_position());
            Place { x: at.x, y: at.y, width: size.width, height: size.height }
        };
        pictures.iter().map(place).filter(|place| place.width > 0.0).collect()
    }

    /// The one target of this name.
    pub fn target(&self, label: &str) -> Target {
        let mut found: Vec<Target> = self.targets().into_iter().filter(|t| t.label == label).collect();
        assert_eq!(found.len(), 1, "{label:?} stands {} times on the glass", found.len());
        found.remove(0)
    }

    /// A finger touches the target of this name, and what the kiosk is told of it.
    pub fn touch(&self, label: &str) -> Vec<Told> {
        self.target(label).element.mock_single_click(PointerEventButton::Left);
        self.settle();
        self.told()
    }

    /// A finger comes down and stays.
    pub fn press(&self, position: LogicalPosition) {
        self.send(WindowEvent::PointerMoved { position });
        self.send(WindowEvent::PointerPressed { position, button: PointerEventButton::Left });
    }

    /// It goes up again.
    pub fn release(&self, position: LogicalPosition) {
        self.send(WindowEvent::PointerReleased { position, button: PointerEventButton::Left });
        self.send(WindowEvent::PointerExited);
    }

    /// A key of a real keyboard.
    pub fn strike(&self, text: impl Into<SharedString>) -> Vec<Told> {
        let text = text.into();
        self.send(WindowEvent::KeyPressed { text: text.clone() });
        self.send(WindowEvent::KeyReleased { text });
        self.settle();
        self.told()
    }

    pub fn send(&self, event: WindowEvent) {
        self.window.window().dispatch_event(event);
    }

    /// What is on the glass now.
    pub fn picture(&self) -> SharedPixelBuffer<Rgba8Pixel> {
        self.window.window().take_snapshot().unwrap()
    }

    /// Every text that can be seen.
    pub fn written(&self) -> Vec<Written> {
        let root = ItemRc::new_root(WindowInner::from_pub(self.window.window()).component());
        let adapter = WindowInner::from_pub(self.window.window()).window_adapter();
        let mut written = Vec::new();
        root.visit_descendants(|item| {
            let complex = item.downcast::<ComplexText>();
            let complex = complex.map(|t| (t.as_pin_ref().text(), t.as_pin_ref().font_size()));
            let simple = item.downcast::<SimpleText>();
            let simple = simple.map(|t| (t.as_pin_ref().text(), t.as_pin_ref().font_size()));
            let text = complex.or(simple).filter(|(text, _)| !text.is_empty() && item.is_visible());
            if let Some((text, size)) = text {
                let geometry = item.geometry();
                let at = item.map_to_window(geometry.origin);
                let asks = |orientation| {
                    item.borrow().as_ref().layout_info(orientation, geometry.size.width, &adapter, item).min
                };
                written.push(Written {
                    text: text.into(),
                    place: Place {
                        x: at.x,
                        y: at.y,
                        width: geometry.size.width,
                        height: geometry.size.height,
                    },
                    size: size.get(),
                    longest_word: asks(Orientation::Horizontal),
                    height: asks(Orientation::Vertical),
                });
            }
            ControlFlow::<()>::Continue(())
        });
        written
    }
}

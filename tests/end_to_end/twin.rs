//! A twin of the kiosk's screen in memory: the same session rules, the same Slint window, the same renderer.
//! It tells where on the real glass a button stands, and what the real glass must show.

use chrono::Utc;
use i_slint_backend_testing::{
    AccessibleRole, ElementHandle, TestingBackend, TestingBackendOptions, mock_elapsed_time,
};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;
use uuid::Uuid;
use vestibule::clinic::Clinic;
use vestibule::kiosk::screens;
use vestibule::kiosk::session::{Answer, Effect, Event, Moment, Place, Session, step};
use vestibule::kiosk::window::{Painter, connect};
use vestibule_ui::KioskWindow;
use vestibule_ui::slint::platform::PointerEventButton;
use vestibule_ui::slint::{ComponentHandle, PhysicalSize};

pub struct Twin {
    clinic: Clinic,
    window: KioskWindow,
    painter: Painter,
    session: Session,
    at: Duration,
    happened: Rc<RefCell<Vec<Event>>>,
    asked: Vec<Effect>,
}

impl Twin {
    pub fn new(clinic: Clinic, (width, height): (u32, u32)) -> Self {
        vestibule_ui::slint::platform::set_platform(Box::new(TestingBackend::new(TestingBackendOptions {
            mock_time: true,
            threading: false,
            renderer_name: Some("software".into()),
        })))
        .unwrap();
        vestibule_ui::fonts::register();
        let window = KioskWindow::new().unwrap();
        window.window().set_size(PhysicalSize::new(width, height));
        window.show().unwrap();
        let happened = Rc::new(RefCell::new(Vec::new()));
        let happening = Rc::clone(&happened);
        connect(&window, move |event| happening.borrow_mut().extend(event));
        let moment = Moment { now: Utc::now(), at: Duration::ZERO, id: Uuid::now_v7() };
        let mut twin = Self {
            clinic,
            window,
            painter: Painter::default(),
            session: Session::new(moment),
            at: Duration::ZERO,
            happened,
            asked: Vec::new(),
        };
        twin.paint();
        twin
    }

    fn button(&self, label: &str) -> ElementHandle {
        ElementHandle::find_by_accessible_label(&self.window, label)
            .find(|element| {
                matches!(
                    element.accessible_role(),
                    Some(AccessibleRole::Button | AccessibleRole::RadioButton | AccessibleRole::ListItem)
                )
            })
            .unwrap_or_else(|| panic!("the screen has no button \"{label}\""))
    }

    /// Touches the button with this label here, and says where the real one stands.
    pub fn touch(&mut self, label: &str) -> (i32, i32) {
        let button = self.button(label);
        let (position, size) = (button.absolute_position(), button.size());
        button.mock_single_click(PointerEventButton::Left);
        self.settle();
        let happened = std::mem::take(&mut *self.happened.borrow_mut());
        assert!(!happened.is_empty() || label == "⇧", "touching \"{label}\" does nothing");
        for event in happened {
            self.event(event);
        }
        ((position.x + size.width / 2.0) as i32, (position.y + size.height / 2.0) as i32)
    }

    /// Something happens that comes from elsewhere.
    pub fn event(&mut self, event: Event) {
        self.at += Duration::from_secs(1);
        let moment = Moment { now: Utc::now(), at: self.at, id: Uuid::now_v7() };
        let place = Place { clinic: &self.clinic, kiosk: "lobby" };
        let (session, effects) = step(self.session.clone(), event, place, moment);
        self.session = session;
        self.asked.extend(effects);
        self.paint();
    }

    /// The store's answer to what was asked last.
    pub fn answer(&mut self, answer: impl Into<Answer>) {
        let ask = self.asked.iter().rev().find_map(|effect| match effect {
            Effect::Ask(ask, _) => Some(*ask),
            _ => None,
        });
        self.event(Event::Answered(ask.expect("the twin has asked"), answer.into()));
    }

    /// The request that was raised last.
    pub fn request(&self) -> vestibule::front_desk::request::RequestId {
        let raised = self.asked.iter().rev().find_map(|effect| match effect {
            Effect::Raise(request) => Some(request.id),
            _ => None,
        });
        raised.expect("the twin has raised a request")
    }

    /// Time passes without anybody doing anything.
    pub fn wait(&mut self, time: Duration) {
        self.at += time;
        self.event(Event::Ticked);
    }

    fn paint(&mut self) {
        let kiosk = &self.clinic.kiosks[0];
        let devices = screens::Devices { scanner: true, ..kiosk.into() };
        let view = screens::view(&self.session, &self.clinic, devices);
        let panel = kiosk.panel;
        self.painter.paint(&self.window, &self.clinic.words, &self.clinic.branding, view, panel);
        self.settle();
    }

    /// Lets what follows from a change follow.
    fn settle(&self) {
        mock_elapsed_time(Duration::from_millis(1));
    }

    /// Red, green and blue of every pixel.
    pub fn picture(&self) -> Vec<u8> {
        let pixels = self.window.window().take_snapshot().unwrap();
        pixels.as_slice().iter().flat_map(|pixel| [pixel.r, pixel.g, pixel.b]).collect()
    }
}

//! Where keys stand. Everything that can be touched is reached by keys alone: by the Tab key and by the arrows of a
//! keyboard or of an assistive keypad, in the order of reading, round and round.
//!
//! Slint's own order is that in which parts are written down, which in a row is always from left to right, and it
//! has no arrows. So the order is made here, from what is on the glass: as it is written down, but rows are turned
//! where reading goes from right to left. First the banner, then the screen, then the frame with its two buttons.
//! Within a keyboard the arrows lead to the neighbouring key, and out of it above its first and below its last row.

use crate::repeats::Repeats;
use crate::{Kiosk, KioskWindow, ScreenKind, Way, keyboard};
use i_slint_core::accessibility::AccessibleStringProperty;
use i_slint_core::input::FocusReason;
use i_slint_core::item_tree::{ItemRc, ItemWeak, ParentItemTraversalMode, ensure_item_tree_instantiated};
use i_slint_core::items::{AccessibleRole, Clip, FocusScope};
use i_slint_core::window::WindowInner;
use slint::ComponentHandle;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Instant;

/// Makes keys move the focus on a window, and gives a new screen the focus where it begins.
pub fn guide(window: &KioskWindow) {
    let kiosk = window.global::<Kiosk>();
    let stood = Rc::new(RefCell::new(None::<ItemWeak>));
    let (moving, stands) = (window.as_weak(), Rc::clone(&stood));
    let repeats = Repeats::new();
    kiosk.on_moved(move |way| {
        if let Some(window) = moving.upgrade() {
            if repeats.is_one(way, Instant::now()) && window.global::<Kiosk>().get_look().steady {
                return;
            }
            window.global::<Kiosk>().set_keyed(true);
            go(&window, way);
            *stands.borrow_mut() = focused(&window).map(|item| item.downgrade());
        }
    });
    let (renewing, was_warned) = (window.as_weak(), Cell::new(false));
    kiosk.on_renewed(move || {
        let Some(window) = renewing.upgrade() else { return };
        let kiosk = window.global::<Kiosk>();
        let warned = kiosk.get_warning().shown;
        let over = was_warned.replace(warned) && !warned;
        if !warned && !over {
            keyboard::forget(&kiosk);
        }
        // After the warning, keys stand where they stood before.
        let before =
            stood.borrow().as_ref().filter(|_| over && kiosk.get_keyed()).and_then(ItemWeak::upgrade);
        match before.and_then(|before| stops(&window).into_iter().find(|stop| stop.item == before)) {
            Some(stop) => stop.take_focus(&window),
            None => begin(&window),
        }
        if !warned {
            *stood.borrow_mut() = focused(&window).map(|item| item.downgrade());
        }
    });
}

/// Gives the screen the keys where it begins, if what had them has gone: a list that finds its measures, or becomes
/// shorter, is made anew. To be called after every change, and now and then.
pub fn keep(window: &KioskWindow) {
    if focused(window).is_none() {
        begin(window);
    }
}

/// Which one of how many things on the screen has the focus, counted from 1; keys of keyboards are not counted.
pub fn position(window: &KioskWindow) -> Option<(usize, usize)> {
    let focused = focused(window)?;
    let counted: Vec<_> = stops(window).into_iter().filter(|stop| stop.keys.is_none()).collect();
    let at = counted.iter().position(|stop| stop.item == focused)?;
    Some((at + 1, counted.len()))
}

/// The name of what has the focus; nothing where it is at the window.
pub fn label(window: &KioskWindow) -> Option<String> {
    let focused = focused(window)?;
    stops(window).iter().find(|stop| stop.item == focused).map(Stop::label)
}

/// The names of everything that keys reach, in their order.
pub fn order(window: &KioskWindow) -> Vec<String> {
    stops(window).iter().map(|stop| stop.label()).collect()
}

/// Something on the glass that can be pressed, by a finger or by keys.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// Its name.
    pub label: String,
    /// Its middle.
    pub x: f32,
    /// Its middle.
    pub y: f32,
    /// Its height.
    pub height: f32,
    /// Whether it is a key of a keyboard on the glass.
    pub is_key: bool,
}

/// Everything that can be pressed, in the order of reading, and where it is.
pub fn spots(window: &KioskWindow) -> Vec<Spot> {
    stops(window).iter().map(Stop::spot).collect()
}

/// What has the focus; nothing where it is at the window.
pub fn spot(window: &KioskWindow) -> Option<Spot> {
    let focused = focused(window)?;
    stops(window).iter().find(|stop| stop.item == focused).map(Stop::spot)
}

/// Where a screen begins: at its first thing for who goes by keys, else at the window. Whoever comes to the welcome
/// is the next person.
fn begin(window: &KioskWindow) {
    let kiosk = window.global::<Kiosk>();
    let welcome = matches!(kiosk.get_screen(), ScreenKind::Welcome | ScreenKind::Closed);
    if welcome && !kiosk.get_warning().shown {
        kiosk.set_keyed(false);
    }
    if !kiosk.get_keyed() {
        return window.invoke_rest();
    }
    let stops = stops(window);
    match stops.get(start(&stops)) {
        Some(stop) => stop.take_focus(window),
        None => window.invoke_rest(),
    }
}

fn go(window: &KioskWindow, way: Way) {
    let stops = stops(window);
    if stops.is_empty() {
        return;
    }
    let onwards = match way {
        Way::Next | Way::Down => true,
        Way::Previous | Way::Up => false,
        Way::Right => !window.global::<Kiosk>().get_frame().rtl,
        Way::Left => window.global::<Kiosk>().get_frame().rtl,
    };
    let now = focused(window).and_then(|item| stops.iter().position(|stop| stop.item == item));
    let next = match now {
        None if onwards => start(&stops),
        None => (start(&stops) + stops.len() - 1) % stops.len(),
        Some(now) => key_beside(&stops, now, way).unwrap_or_else(|| {
            let leap = matches!(way, Way::Up | Way::Down);
            let group = stops[now].keys.as_ref().filter(|_| leap);
            beyond(&stops, now, onwards, group)
        }),
    };
    stops[next].take_focus(window);
}

/// The position of the first thing of the screen itself.
fn start(stops: &[Stop]) -> usize {
    stops.iter().position(|stop| stop.rank == Rank::Screen).unwrap_or(0)
}

/// The next stop on or back, beyond all keys of a group.
fn beyond(stops: &[Stop], now: usize, onwards: bool, group: Option<&ItemRc>) -> usize {
    let step = if onwards { 1 } else { stops.len() - 1 };
    let mut next = (now + step) % stops.len();
    while next != now && group.is_some() && stops[next].keys.as_ref() == group {
        next = (next + step) % stops.len();
    }
    next
}

/// The key that an arrow leads to within a keyboard: round a row, and to the nearest key of the row above or below.
/// Nothing where the keyboard ends, and outside of one.
fn key_beside(stops: &[Stop], now: usize, way: Way) -> Option<usize> {
    let group = stops[now].keys.as_ref()?;
    let here = stops[now].place;
    let mut keys: Vec<usize> =
        (0..stops.len()).filter(|at| stops[*at].keys.as_ref() == Some(group)).collect();
    if let Way::Left | Way::Right = way {
        keys.retain(|at| stops[*at].place.is_in_row_of(&here));
        keys.sort_by(|a, b| stops[*a].place.x.total_cmp(&stops[*b].place.x));
        let at = keys.iter().position(|at| *at == now)?;
        let step = if way == Way::Right { 1 } else { keys.len() - 1 };
        return keys.get((at + step) % keys.len()).copied();
    }
    let down = match way {
        Way::Down => true,
        Way::Up => false,
        _ => return None,
    };
    // How far away a row and a key are, rows first.
    let away = |at: &usize| {
        let there = stops[*at].place;
        let rows = if down { there.y - here.y } else { here.y - there.y };
        (rows, (there.middle() - here.middle()).abs())
    };
    keys.retain(|at| away(at).0 > here.height / 2.0);
    let nearest = keys.iter().map(|at| away(at).0).min_by(f32::total_cmp)?;
    keys.retain(|at| away(at).0 < nearest + here.height / 2.0);
    keys.into_iter().min_by(|a, b| away(a).1.total_cmp(&away(b).1))
}

/// In which order the parts of the glass are gone through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Banner,
    Screen,
    Frame,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    x: f32,
    y: f32,
    width: f32,
    height: f32,
}

impl Place {
    fn middle(&self) -> f32 {
        self.x + self.width / 2.0
    }

    fn is_in_row_of(&self, other: &Place) -> bool {
        self.y < other.y + other.height - 1.0 && other.y < self.y + self.height - 1.0
    }

    fn with(self, other: Place) -> Place {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Place {
            x,
            y,
            width: (self.x + self.width).max(other.x + other.width) - x,
            height: (self.y + self.height).max(other.y + other.height) - y,
        }
    }
}

/// Something that keys can stand at.
struct Stop {
    item: ItemRc,
    place: Place,
    rank: Rank,
    /// The keyboard that it is a key of.
    keys: Option<ItemRc>,
}

impl Stop {
    fn take_focus(&self, window: &KioskWindow) {
        WindowInner::from_pub(window.window()).set_focus_item(&self.item, true, FocusReason::Programmatic);
    }

    fn spot(&self) -> Spot {
        Spot {
            label: self.label(),
            x: self.place.middle(),
            y: self.place.y + self.place.height / 2.0,
            height: self.place.height,
            is_key: self.keys.is_some(),
        }
    }

    fn label(&self) -> String {
        let part = self.item.parent_item(ParentItemTraversalMode::StopAtPopups);
        part.and_then(|part| part.accessible_string_property(AccessibleStringProperty::Label))
            .unwrap_or_default()
            .into()
    }
}

/// What stands together: its stops in order, and the room that they take.
struct Block {
    stops: Vec<Stop>,
    place: Place,
}

fn focused(window: &KioskWindow) -> Option<ItemRc> {
    WindowInner::from_pub(window.window()).focus_item.borrow().upgrade()
}

fn stops(window: &KioskWindow) -> Vec<Stop> {
    let tree = WindowInner::from_pub(window.window()).component();
    ensure_item_tree_instantiated(&tree);
    let rtl = window.global::<Kiosk>().get_frame().rtl;
    let within = Within { rank: Rank::Screen, keys: None, rtl };
    let mut stops = block(&ItemRc::new_root(tree), &within).map_or_else(Vec::new, |block| block.stops);
    stops.sort_by_key(|stop| stop.rank);
    stops
}

/// What a part stands in.
#[derive(Clone)]
struct Within {
    rank: Rank,
    keys: Option<ItemRc>,
    rtl: bool,
}

fn block(item: &ItemRc, within: &Within) -> Option<Block> {
    if let Some(clip) = item.downcast::<Clip>() {
        let clip = clip.as_pin_ref();
        // What is not shown at all; what is only moved out of sight comes back when the focus goes there.
        if clip.is_visibility_clip() && clip.clip() {
            return None;
        }
    }
    if let Some(stop) = stop(item, within) {
        return Some(Block { place: stop.place, stops: vec![stop] });
    }
    let mut within = within.clone();
    match item.accessible_string_property(AccessibleStringProperty::Id).as_deref() {
        Some("banner") => within.rank = Rank::Banner,
        Some("frame") => within.rank = Rank::Frame,
        Some("keys") => within.keys = Some(item.clone()),
        _ => {}
    }
    let mut blocks = Vec::new();
    let mut child = item.first_child();
    while let Some(item) = child {
        blocks.extend(block(&item, &within));
        child = item.next_sibling();
    }
    joined(blocks, within.rtl)
}

/// A stop is the focus scope of a button that can be used.
fn stop(item: &ItemRc, within: &Within) -> Option<Stop> {
    item.downcast::<FocusScope>()?;
    let part = item.parent_item(ParentItemTraversalMode::StopAtPopups)?;
    let enabled = part.accessible_string_property(AccessibleStringProperty::Enabled);
    if part.accessible_role() != AccessibleRole::Button || enabled.is_some_and(|enabled| enabled == "false") {
        return None;
    }
    let geometry = item.geometry();
    let at = item.map_to_window(geometry.origin);
    let place = Place { x: at.x, y: at.y, width: geometry.size.width, height: geometry.size.height };
    let stop = Stop { item: item.clone(), place, rank: within.rank, keys: within.keys.clone() };
    (place.width > 0.0 && place.height > 0.0).then_some(stop)
}

/// Blocks one after the other. Rows are written down from left to right: read from right to left they are turned.
fn joined(blocks: Vec<Block>, rtl: bool) -> Option<Block> {
    let mut rows: Vec<Vec<Block>> = Vec::new();
    for block in blocks {
        let beside = |before: &Block| {
            block.place.x >= before.place.x + before.place.width - 1.0
                && block.place.is_in_row_of(&before.place)
        };
        match rows.last_mut() {
            Some(row) if rtl && row.last().is_some_and(beside) => row.push(block),
            _ => rows.push(vec![block]),
        }
    }
    let mut blocks = rows.into_iter().flat_map(|row| row.into_iter().rev());
    let mut all = blocks.next()?;
    for block in blocks {
        all.place = all.place.with(block.place);
        all.stops.extend(block.stops);
    }
    Some(all)
}

//! Binds the screen model to the Slint window, and touches to events.

use super::runner::Runner;
use super::screens::{self, Entry, Frame, Keys, Screen, Tone, View, Warning};
use super::session::{Event, Pen, Touch};
use super::voice::{Focus, Sound, Speaking, Struck};
use crate::clinic::Panel;
use crate::front_desk::payment_code::Centre;
use crate::store::StoreHandle;
use crate::watchdog::Watchdog;
use qrcode::{EcLevel, QrCode};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};
use vestibule_ui::branding::{Branding, logo_size};
use vestibule_ui::focus;
use vestibule_ui::headless::millimetre;
use vestibule_ui::keyboard::{self, Told};
use vestibule_ui::slint::{
    self, ComponentHandle, Image, Model, ModelRc, Rgb8Pixel, SharedPixelBuffer, SharedString, Timer,
    TimerMode, VecModel,
};
use vestibule_ui::words::Words;
use vestibule_ui::{
    BrandPalette, Choice, ClosedScreen, ConfirmScreen, Control, DoneScreen, EmergencyScreen, HelpScreen,
    Kiosk, KioskWindow, Look, NoticeScreen, PayItem, PayMeans, PayPart, PayScreen, PayWay, Pick,
    PreferencesScreen, QuestionScreen, ReviewRow, ReviewScreen, Said, ScreenKind, TalkScreen, WelcomeScreen,
};

/// How often time is let pass: the countdown shows seconds.
const TICK: Duration = Duration::from_millis(200);

/// A window with a kiosk behind it. It works for as long as this lives.
pub struct KioskFront {
    window: KioskWindow,
    glass: Rc<RefCell<Glass>>,
    _tick: Timer,
}

/// The kiosk and its glass.
struct Glass {
    // Before the runner, whose lock must outlive everything that has the store.
    voice: Rc<RefCell<Speaking>>,
    runner: Runner,
    painter: Painter,
}

/// Puts views on a window, and knows what is there already.
#[derive(Default)]
pub struct Painter {
    shown: Option<View>,
    size: Option<(u32, u32)>,
    branded: Option<Branded>,
    models: Models,
}

/// What makes the window the clinic's own, as it was put there.
struct Branded {
    branding: Arc<Branding>,
    /// The colours that the window had before.
    house: BrandPalette,
    /// In how many pixels the logo was drawn.
    logo: (u32, u32),
}

/// Lists on the glass. They are changed in place: a list that was made anew would take the focus, and a
/// finger that is down, from its buttons.
#[derive(Default)]
struct Models {
    languages: Rc<VecModel<Choice>>,
    text_sizes: Rc<VecModel<Choice>>,
    choices: Rc<VecModel<Choice>>,
    confirm: Rc<VecModel<SharedString>>,
    notice: Rc<VecModel<SharedString>>,
    done: Rc<VecModel<SharedString>>,
    needs: Rc<VecModel<Choice>>,
    emergency: Rc<VecModel<SharedString>>,
    talk: Rc<VecModel<SharedString>>,
    messages: Rc<VecModel<Said>>,
    answers: Rc<VecModel<Choice>>,
    strokes: Rc<VecModel<SharedString>>,
    review: Rc<VecModel<ReviewRow>>,
    items: Rc<VecModel<PayItem>>,
    ways: Rc<VecModel<PayWay>>,
    beneath: Rc<VecModel<SharedString>>,
}

/// Makes everything that happens at a window an event; `None` where the application itself has news.
pub fn connect(window: &KioskWindow, happen: impl Fn(Option<Event>) + Clone + 'static) {
    focus::guide(window);
    let kiosk = window.global::<Kiosk>();
    let told = happen.clone();
    keyboard::listen(window, move |what| match what {
        Told::Typed(text) => text.chars().for_each(|character| told(Some(Event::Typed(character)))),
        Told::Erased => told(Some(Event::Erased)),
        Told::Touched(control, index) => told(Some(Event::Touched(touch(control, index)))),
    });
    let drawn = happen.clone();
    kiosk.on_drawn(move |begins, x, y, height| {
        let pen = if begins { Pen::Down { x, y, height } } else { Pen::To { x, y } };
        drawn(Some(Event::Drawn(pen)));
    });
    kiosk.on_woken(move || happen(None));
}

/// Lets a voice hear of keys, before anything else comes of them, and of where they come to stand.
fn let_hear(window: &KioskWindow, voice: &Rc<RefCell<Speaking>>, happen: impl Fn(Option<Event>) + 'static) {
    let kiosk = window.global::<Kiosk>();
    // The window may live on when the kiosk behind it has ended; its voice must not.
    let (hears, front) = (Rc::downgrade(voice), window.as_weak());
    kiosk.on_struck(move |text| {
        let Some(hears) = hears.upgrade() else { return false };
        let struck = hears.borrow_mut().struck(&text);
        if struck == Struck::NeedHelp {
            if let Some(window) = front.upgrade() {
                window.global::<Kiosk>().invoke_picked(Pick::Letters, 0);
            }
            happen(Some(Event::Touched(Touch::NeedHelp)));
        }
        struck != Struck::Screen || front.upgrade().is_some_and(|window| keyboard::takes(&window, &text))
    });
    let (hears, front) = (Rc::downgrade(voice), window.as_weak());
    kiosk.on_focused(move |stop| {
        let Some(hears) = hears.upgrade() else { return };
        let position = front.upgrade().and_then(|window| focus::position(&window));
        hears.borrow_mut().focused(Focus {
            label: stop.label.into(),
            is_key: stop.is_key,
            chosen: stop.choosable.then_some(stop.chosen),
            position: position.filter(|_| !stop.is_key),
        });
    });
}

/// What wakes a kiosk's window from any thread; for [`Runner::start`].
pub fn waker(window: &KioskWindow) -> impl Fn() + Send + Sync + use<> {
    let window = window.as_weak();
    move || {
        // Without an event loop (it has ended, or the screen is drawn into memory) whoever draws pumps.
        let _ = window.upgrade_in_event_loop(|window| window.global::<Kiosk>().invoke_woken());
    }
}

impl KioskFront {
    /// Puts a kiosk behind a window.
    pub fn new(window: KioskWindow, runner: Runner) -> Self {
        let (place, words) = (runner.kiosk().voice.as_ref(), Arc::clone(&runner.clinic().words));
        let voice = Speaking::start(place, words, runner.store());
        Self::with_voice(window, runner, voice)
    }

    /// The same, with something else than headphones that the voice speaks into.
    pub fn speaking_into(sound: Box<dyn Sound>, window: KioskWindow, runner: Runner) -> Self {
        let (place, words) = (runner.kiosk().voice.clone(), Arc::clone(&runner.clinic().words));
        Self::with_voice(window, runner, Speaking::into(Some(sound), place.as_ref(), words))
    }

    fn with_voice(window: KioskWindow, runner: Runner, voice: Speaking) -> Self {
        let voice = Rc::new(RefCell::new(voice));
        let glass = Glass { voice: Rc::clone(&voice), runner, painter: Painter::default() };
        let glass = Rc::new(RefCell::new(glass));
        let (front, behind) = (window.as_weak(), Rc::downgrade(&glass));
        let happen = move |event: Option<Event>| {
            let (Some(window), Some(glass)) = (front.upgrade(), behind.upgrade()) else { return };
            let mut glass = glass.borrow_mut();
            match event {
                Some(event) => glass.runner.happen(event),
                None => glass.runner.pump(),
            }
            glass.show(&window);
            if glass.runner.must_restart() {
                // An error is that of an event loop that has ended already.
                let _ = slint::quit_event_loop();
            }
        };
        let (comes, hears, touched) = (happen.clone(), Rc::downgrade(&voice), window.as_weak());
        connect(&window, move |event| {
            // Keys were heard when they were struck; whatever else touches the glass is a finger.
            let by_keys = touched.upgrade().is_none_or(|window| window.global::<Kiosk>().get_keyed());
            let is_touch = matches!(event, Some(Event::Touched(_) | Event::Drawn(_)));
            if let Some(hears) = hears.upgrade().filter(|_| is_touch && !by_keys) {
                hears.borrow_mut().touched();
            }
            comes(event);
        });
        let_hear(&window, &voice, happen.clone());
        let tick = Timer::default();
        let (mut watchdog, watched) = (Watchdog::new(glass.borrow().runner.signs()), Rc::downgrade(&glass));
        tick.start(TimerMode::Repeated, TICK, move || {
            happen(None);
            // Here, in the loop that draws: a screen that stands still does not say that all is well.
            if let Some(glass) = watched.upgrade() {
                watchdog.look(glass.borrow().runner.store(), Instant::now());
            }
        });
        glass.borrow_mut().show(&window);
        Self { window, glass, _tick: tick }
    }

    /// The window.
    pub fn window(&self) -> &KioskWindow {
        &self.window
    }

    /// Takes what has happened meanwhile, and shows it.
    pub fn pump(&self) {
        let mut glass = self.glass.borrow_mut();
        glass.runner.pump();
        glass.show(&self.window);
    }

    /// What is on the glass.
    pub fn view(&self) -> View {
        self.glass.borrow().runner.view()
    }

    /// Whether the desk has ordered the program to start anew.
    pub fn must_restart(&self) -> bool {
        self.glass.borrow().runner.must_restart()
    }

    /// The kiosk's store.
    pub fn store(&self) -> StoreHandle {
        self.glass.borrow().runner.store().clone()
    }

    /// Shows the window and answers touches until it is closed.
    pub fn run(&self) -> Result<(), slint::PlatformError> {
        self.window.run()
    }
}

impl Glass {
    fn show(&mut self, window: &KioskWindow) {
        let (clinic, view) = (self.runner.clinic(), self.runner.view());
        self.voice.borrow_mut().shown(&view);
        self.painter.paint(window, &clinic.words, &clinic.branding, view, self.runner.kiosk().panel);
    }
}

impl Painter {
    /// Shows a view on a panel of so many inches. What has not changed is left alone: the renderer then
    /// draws nothing.
    pub fn paint(
        &mut self,
        window: &KioskWindow,
        words: &Words,
        branding: &Arc<Branding>,
        view: View,
        panel: Panel,
    ) {
        let size = window.window().size();
        if self.size != Some((size.width, size.height)) && size.width > 0 && size.height > 0 {
            self.size = Some((size.width, size.height));
            let mm = millimetre(size.width, size.height, panel.inches);
            window.global::<Kiosk>().set_mm(mm / window.window().scale_factor());
            window.global::<Kiosk>().set_lower_edge(panel.lower_edge_mm);
        }
        let shown = self.shown.as_ref();
        let kiosk = window.global::<Kiosk>();
        if shown.is_none_or(|shown| shown.frame.language != view.frame.language) {
            keyboard::put(window, words, words.language_or_english(&view.frame.language));
        }
        if shown.is_none_or(|shown| shown.frame != view.frame) {
            kiosk.set_frame(frame(&view.frame));
        }
        if shown.is_none_or(|shown| shown.look != view.look) {
            kiosk.set_look(Look {
                zoom: view.look.text_size.zoom(),
                contrast: view.look.contrast,
                reach: view.look.reach,
                still: view.look.stillness,
                steady: view.look.steady,
            });
        }
        if shown.is_none_or(|shown| shown.screen != view.screen) {
            self.models.set(&kiosk, &view.screen);
        }
        if shown.is_none_or(|shown| shown.warning != view.warning) {
            kiosk.set_warning(warning(view.warning.as_ref()));
        }
        self.shown = Some(view);
        self.brand(window, branding);
        focus::keep(window);
    }

    /// Puts the clinic's colours and logo on the window where others are there, or the logo has another size now.
    fn brand(&mut self, window: &KioskWindow, branding: &Arc<Branding>) {
        let kiosk = window.global::<Kiosk>();
        let house = match &self.branded {
            Some(branded) if Arc::ptr_eq(&branded.branding, branding) => None,
            Some(branded) => Some(branded.house.clone()),
            None => Some(kiosk.get_brand()),
        };
        if let Some(house) = house {
            kiosk.set_brand(branding.palette(&house));
            branding.put_shape(window);
            self.branded = Some(Branded { branding: Arc::clone(branding), house, logo: (0, 0) });
        }
        let size = logo_size(window);
        if let Some(branded) = self.branded.as_mut().filter(|branded| branded.logo != size) {
            branding.put_logo(window, size);
            branded.logo = size;
        }
    }
}

impl Models {
    fn set(&self, kiosk: &Kiosk<'_>, screen: &Screen) {
        let kind = match screen {
            Screen::Welcome(welcome) => {
                fill(&self.languages, welcome.languages.iter().map(choice));
                kiosk.set_welcome(WelcomeScreen {
                    title: (&welcome.title).into(),
                    prompt: (&welcome.prompt).into(),
                    languages: model(&self.languages),
                    have_appointment: (&welcome.have_appointment).into(),
                    appointments: (&welcome.appointments).into(),
                    pay: (&welcome.pay).into(),
                    new_here: (&welcome.new_here).into(),
                    need_help: (&welcome.need_help).into(),
                    for_somebody_else: (&welcome.for_somebody_else).into(),
                    here_for: (&welcome.here_for).into(),
                    scan_hint: (&welcome.scan_hint).into(),
                });
                ScreenKind::Welcome
            }
            Screen::Question(question) => {
                kiosk.set_question(self.question(question));
                ScreenKind::Question
            }
            Screen::Confirm(confirm) => {
                fill(&self.confirm, confirm.lines.iter().map(SharedString::from));
                kiosk.set_confirm(ConfirmScreen {
                    title: (&confirm.title).into(),
                    name: (&confirm.name).into(),
                    on_file: confirm.on_file,
                    lines: model(&self.confirm),
                    yes_label: (&confirm.yes).into(),
                    no_label: (&confirm.no).into(),
                    all_label: (&confirm.all).into(),
                });
                ScreenKind::Confirm
            }
            Screen::Notice(notice) => {
                fill(&self.notice, notice.lines.iter().map(SharedString::from));
                kiosk.set_notice(NoticeScreen {
                    tone: tone(notice.tone),
                    busy: notice.busy,
                    title: (&notice.title).into(),
                    lines: model(&self.notice),
                    primary_label: (&notice.primary).into(),
                    secondary_label: (&notice.secondary).into(),
                });
                ScreenKind::Notice
            }
            Screen::Done(done) => {
                fill(&self.done, done.lines.iter().map(SharedString::from));
                kiosk.set_done(DoneScreen {
                    title: (&done.title).into(),
                    number_label: (&done.number_label).into(),
                    number: (&done.number).into(),
                    lines: model(&self.done),
                    paper: (&done.paper).into(),
                    paper_tone: tone(done.paper_tone),
                    code: qr_image(&done.code, EcLevel::M),
                    code_label: (&done.code_label).into(),
                    // The longer text is drawn without much redundancy: on glass nothing rubs off.
                    calendar: qr_image(&done.calendar, EcLevel::L),
                    calendar_label: (&done.calendar_label).into(),
                    again_label: (&done.again).into(),
                    again_prints: done.again_prints,
                    pay_label: (&done.pay).into(),
                    another_label: (&done.another).into(),
                    finish_label: (&done.finish).into(),
                });
                ScreenKind::Done
            }
            Screen::Help(help) => {
                fill(&self.needs, help.choices.iter().map(choice));
                kiosk.set_help(HelpScreen {
                    title: (&help.title).into(),
                    call_label: (&help.call).into(),
                    emergency_label: (&help.emergency).into(),
                    prompt: (&help.prompt).into(),
                    choices: model(&self.needs),
                    case_label: (&help.case).into(),
                    back_label: (&help.back).into(),
                });
                ScreenKind::Help
            }
            Screen::Emergency(emergency) => {
                fill(&self.emergency, emergency.lines.iter().map(SharedString::from));
                kiosk.set_emergency(EmergencyScreen {
                    title: (&emergency.title).into(),
                    lines: model(&self.emergency),
                    told: (&emergency.told).into(),
                    answered: emergency.answered,
                    finish_label: (&emergency.finish).into(),
                    again_label: (&emergency.again).into(),
                });
                ScreenKind::Emergency
            }
            Screen::Talk(talk) => {
                kiosk.set_talk(self.talk(talk));
                ScreenKind::Talk
            }
            Screen::Review(review) => {
                let rows = review.rows.iter();
                fill(
                    &self.review,
                    rows.map(|row| ReviewRow {
                        question: (&row.question).into(),
                        answer: (&row.answer).into(),
                        given: row.given,
                    }),
                );
                kiosk.set_review(ReviewScreen {
                    title: (&review.title).into(),
                    hint: (&review.hint).into(),
                    rows: model(&self.review),
                    back_label: (&review.back).into(),
                    send_label: (&review.send).into(),
                });
                ScreenKind::Review
            }
            Screen::Pay(pay) => {
                kiosk.set_pay(self.pay(pay));
                ScreenKind::Pay
            }
            Screen::Closed(closed) => {
                fill(&self.languages, closed.languages.iter().map(choice));
                kiosk.set_closed(ClosedScreen {
                    languages: model(&self.languages),
                    title: (&closed.title).into(),
                    message: (&closed.message).into(),
                    way: (&closed.way).into(),
                });
                ScreenKind::Closed
            }
            Screen::Preferences(preferences) => {
                fill(&self.languages, preferences.languages.iter().map(choice));
                fill(&self.text_sizes, preferences.text_sizes.iter().map(choice));
                kiosk.set_preferences(PreferencesScreen {
                    title: (&preferences.title).into(),
                    languages: model(&self.languages),
                    text_label: (&preferences.text_label).into(),
                    text_sizes: model(&self.text_sizes),
                    contrast: choice(&preferences.contrast),
                    reach: choice(&preferences.reach),
                    stillness: choice(&preferences.stillness),
                    more_time: choice(&preferences.more_time),
                    steady: choice(&preferences.steady),
                    close_label: (&preferences.close).into(),
                });
                ScreenKind::Preferences
            }
        };
        kiosk.set_screen(kind);
        if kind != ScreenKind::Question && kind != ScreenKind::Confirm {
            self.forget(kiosk, kind);
        }
    }

    /// Nothing of a person stays in a screen that is not shown any more.
    fn forget(&self, kiosk: &Kiosk<'_>, kind: ScreenKind) {
        kiosk.set_question(QuestionScreen::default());
        kiosk.set_confirm(ConfirmScreen::default());
        if kind != ScreenKind::Talk {
            kiosk.set_talk(TalkScreen::default());
            fill(&self.talk, std::iter::empty());
            fill(&self.messages, std::iter::empty());
            fill(&self.answers, std::iter::empty());
        }
        if kind != ScreenKind::Review {
            kiosk.set_review(ReviewScreen::default());
            fill(&self.review, std::iter::empty());
        }
        if kind != ScreenKind::Pay {
            kiosk.set_pay(PayScreen::default());
            fill(&self.items, std::iter::empty());
            fill(&self.ways, std::iter::empty());
            fill(&self.beneath, std::iter::empty());
        }
        fill(&self.strokes, std::iter::empty());
        fill(&self.choices, std::iter::empty());
        fill(&self.confirm, std::iter::empty());
        if matches!(kind, ScreenKind::Welcome | ScreenKind::Closed) {
            kiosk.set_done(DoneScreen::default());
            kiosk.set_notice(NoticeScreen::default());
            kiosk.set_emergency(EmergencyScreen::default());
            fill(&self.done, std::iter::empty());
            fill(&self.notice, std::iter::empty());
        }
    }

    fn talk(&self, talk: &screens::Talk) -> TalkScreen {
        fill(&self.talk, talk.lines.iter().map(SharedString::from));
        let messages = talk.messages.iter();
        fill(
            &self.messages,
            messages.map(|said| Said { text: (&said.text).into(), who: (&said.who).into(), own: said.own }),
        );
        fill(&self.answers, talk.answers.iter().map(choice));
        TalkScreen {
            title: (&talk.title).into(),
            lines: model(&self.talk),
            messages: model(&self.messages),
            none: (&talk.none).into(),
            answers: model(&self.answers),
            write_label: (&talk.write).into(),
            close_label: (&talk.close).into(),
        }
    }

    fn pay(&self, pay: &screens::Pay) -> PayScreen {
        match pay {
            screens::Pay::Choose { title, items, total_label, total, note, ways, later } => {
                let items = items.iter();
                fill(
                    &self.items,
                    items.map(|item| PayItem { text: (&item.text).into(), amount: (&item.amount).into() }),
                );
                fill(
                    &self.ways,
                    ways.iter().map(|way| PayWay { label: (&way.label).into(), means: means(way.means) }),
                );
                PayScreen {
                    part: PayPart::Choose,
                    title: title.into(),
                    items: model(&self.items),
                    amount: total.into(),
                    amount_label: total_label.into(),
                    note: note.into(),
                    ways: model(&self.ways),
                    leave_label: later.into(),
                    ..PayScreen::default()
                }
            }
            screens::Pay::Card { title, amount, says, says_label, busy, stop, stopping } => PayScreen {
                part: PayPart::Card,
                title: title.into(),
                amount: amount.into(),
                says: says.into(),
                says_label: says_label.into(),
                busy: *busy,
                leave_label: stop.into(),
                leaving: *stopping,
                ..PayScreen::default()
            },
            screens::Pay::Code { title, amount, code, centre, code_label, lines, paid, other_way } => {
                fill(&self.beneath, lines.iter().map(SharedString::from));
                PayScreen {
                    part: PayPart::Code,
                    title: title.into(),
                    amount: amount.into(),
                    code: qr_image(code, EcLevel::M),
                    swiss_cross: *centre == Centre::SwissCross,
                    code_label: code_label.into(),
                    lines: model(&self.beneath),
                    paid_label: paid.into(),
                    leave_label: other_way.into(),
                    ..PayScreen::default()
                }
            }
        }
    }

    fn question(&self, question: &screens::Question) -> QuestionScreen {
        let labels = &question.labels;
        let [day_label, month_label, year_label] = labels.date.each_ref().map(SharedString::from);
        let mut screen = QuestionScreen {
            progress: (&question.progress).into(),
            progress_part: question.progress_part,
            title: (&question.title).into(),
            hint: (&question.hint).into(),
            error: (&question.error).into(),
            placeholder: (&labels.placeholder).into(),
            day_label,
            month_label,
            year_label,
            back_label: (&labels.back).into(),
            next_label: (&labels.next).into(),
            skip_label: (&labels.skip).into(),
            yes_label: (&labels.yes).into(),
            no_label: (&labels.no).into(),
            erase_label: (&labels.erase).into(),
            space_label: (&labels.space).into(),
            layout_label: (&labels.layout).into(),
            // Touching *Next* on an answer that does not do says how to put it right.
            can_go_next: true,
            keys: match question.keys {
                Keys::Own => vestibule_ui::Keys::Own,
                Keys::Latin => vestibule_ui::Keys::Latin,
                Keys::Address => vestibule_ui::Keys::Address,
            },
            ..QuestionScreen::default()
        };
        match &question.entry {
            Entry::Letters(text) => {
                screen.entry = vestibule_ui::Entry::Letters;
                screen.value = text.into();
            }
            Entry::Text(text) => {
                screen.entry = vestibule_ui::Entry::Text;
                screen.value = text.into();
            }
            Entry::Digits(text) => {
                screen.entry = vestibule_ui::Entry::Digits;
                screen.value = text.into();
            }
            Entry::Date([day, month, year], active) => {
                screen.entry = vestibule_ui::Entry::Date;
                screen.day = day.into();
                screen.month = month.into();
                screen.year = year.into();
                screen.active_part = i32::from(*active);
            }
            Entry::Choices(choices) => {
                screen.entry = vestibule_ui::Entry::Choices;
                fill(&self.choices, choices.iter().map(choice));
                screen.choices = model(&self.choices);
            }
            Entry::Statement(text) => {
                screen.entry = vestibule_ui::Entry::Statement;
                screen.statement = text.into();
            }
            Entry::Several(choices) => {
                screen.entry = vestibule_ui::Entry::Several;
                fill(&self.choices, choices.iter().map(choice));
                screen.choices = model(&self.choices);
            }
            Entry::Number { typed, unit, decimal, minus } => {
                screen.entry = vestibule_ui::Entry::Number;
                screen.value = typed.into();
                screen.unit = unit.into();
                screen.decimal_label = decimal.into();
                screen.with_minus = *minus;
            }
            Entry::Signature(signature) => {
                screen.entry = vestibule_ui::Entry::Signature;
                screen.statement = (&signature.statement).into();
                fill(&self.strokes, signature.strokes.iter().map(SharedString::from));
                screen.strokes = model(&self.strokes);
                screen.typing = signature.typing;
                screen.value = (&signature.name).into();
                screen.pad_label = (&signature.pad).into();
                screen.clear_label = (&signature.clear).into();
                screen.other_way_label = (&signature.other_way).into();
            }
        }
        screen
    }
}

fn model<T: Clone + 'static>(model: &Rc<VecModel<T>>) -> ModelRc<T> {
    ModelRc::from(Rc::clone(model))
}

/// Makes a list hold what it should, touching only rows that differ.
fn fill<T: Clone + PartialEq + 'static>(model: &VecModel<T>, rows: impl Iterator<Item = T>) {
    let mut count = 0;
    for row in rows {
        match model.row_data(count) {
            Some(there) if there == row => {}
            Some(_) => model.set_row_data(count, row),
            None => model.push(row),
        }
        count += 1;
    }
    while model.row_count() > count {
        model.remove(model.row_count() - 1);
    }
}

fn choice(choice: &screens::Choice) -> Choice {
    Choice { label: (&choice.label).into(), selected: choice.selected }
}

fn frame(frame: &Frame) -> vestibule_ui::Frame {
    vestibule_ui::Frame {
        clinic: (&frame.clinic).into(),
        help_label: (&frame.help).into(),
        start_over_label: (&frame.start_over).into(),
        language: (&frame.language).into(),
        rtl: frame.rtl,
        banner: (&frame.banner).into(),
        banner_action: (&frame.banner_action).into(),
        practice: (&frame.practice).into(),
        preferences_label: (&frame.preferences).into(),
    }
}

fn warning(warning: Option<&Warning>) -> vestibule_ui::Warning {
    match warning {
        None => vestibule_ui::Warning::default(),
        Some(warning) => vestibule_ui::Warning {
            shown: true,
            title: (&warning.title).into(),
            seconds: i32::try_from(warning.seconds).unwrap_or(i32::MAX),
            countdown: (&warning.countdown).into(),
            still_here_label: (&warning.still_here).into(),
        },
    }
}

fn tone(tone: Tone) -> vestibule_ui::Tone {
    match tone {
        Tone::Calm => vestibule_ui::Tone::Calm,
        Tone::Good => vestibule_ui::Tone::Good,
        Tone::Attention => vestibule_ui::Tone::Attention,
        Tone::Alarm => vestibule_ui::Tone::Alarm,
        Tone::Refused => vestibule_ui::Tone::Refused,
        Tone::Open => vestibule_ui::Tone::Open,
    }
}

fn means(means: screens::PayMeans) -> PayMeans {
    match means {
        screens::PayMeans::Card => PayMeans::Card,
        screens::PayMeans::Code => PayMeans::Code,
        screens::PayMeans::Desk => PayMeans::Desk,
    }
}

/// A touch of a control; the index is its position in its list.
fn touch(control: Control, index: i32) -> Touch {
    let position = usize::try_from(index).unwrap_or(usize::MAX);
    match control {
        Control::Language => Touch::Language(position),
        Control::HaveAppointment => Touch::HaveAppointment,
        Control::Appointments => Touch::Appointments,
        Control::Pay => Touch::Pay,
        Control::NewHere => Touch::NewHere,
        Control::NeedHelp => Touch::NeedHelp,
        Control::ForSomebodyElse => Touch::ForSomebodyElse,
        Control::AnotherPerson => Touch::AnotherPerson,
        Control::CheckInAll => Touch::CheckInAll,
        Control::CallPerson => Touch::CallPerson,
        Control::Emergency => Touch::Emergency,
        Control::MyCase => Touch::MyCase,
        Control::Talk => Touch::Talk,
        Control::Next => Touch::Next,
        Control::Back => Touch::Back,
        Control::Skip => Touch::Skip,
        Control::Yes => Touch::Yes,
        Control::No => Touch::No,
        Control::Choice => Touch::Choice(position),
        Control::Again => Touch::Again,
        Control::Finish => Touch::Finish,
        Control::StartOver => Touch::StartOver,
        Control::StillHere => Touch::StillHere,
        Control::Clear => Touch::Clear,
        Control::OtherWay => Touch::OtherWay,
        Control::Preferences => Touch::Preferences,
        Control::TextSize => Touch::TextSize(position),
        Control::Contrast => Touch::Contrast,
        Control::Reach => Touch::Reach,
        Control::Stillness => Touch::Stillness,
        Control::MoreTime => Touch::MoreTime,
        Control::Steady => Touch::Steady,
    }
}

/// A QR code without its quiet zone: the screen gives it one. Empty if the text does not fit; a ticket's and an
/// appointment's always do.
///
/// Each module is drawn as a square of pixels: Slint's software renderer steps through an image in 256ths of a
/// pixel, so one that is much smaller than its place loses its last columns, and a reader finds no code.
fn qr_image(text: &str, correction: EcLevel) -> Image {
    const SHARP: u32 = 512;
    if text.is_empty() {
        return Image::default();
    }
    let Ok(code) = QrCode::with_error_correction_level(text, correction) else { return Image::default() };
    let modules = code.width() as u32;
    let scale = (SHARP / modules).max(1);
    let side = modules * scale;
    let colours = code.to_colors();
    let mut pixels = SharedPixelBuffer::<Rgb8Pixel>::new(side, side);
    for (at, pixel) in (0..side * side).zip(pixels.make_mut_slice()) {
        let (x, y) = (at % side / scale, at / side / scale);
        let value = colours[(y * modules + x) as usize].select(0, 255);
        *pixel = Rgb8Pixel::new(value, value, value);
    }
    Image::from_rgb8(pixels)
}

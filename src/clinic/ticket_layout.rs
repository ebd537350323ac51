//! Reading `ticket.toml`: what stands on a ticket, from top to bottom.

use super::mistake::{AtLeastOne, Mistake};
use super::routine_files::{Reading, Setting};
use super::{Clinic, Finding, Localised};
use serde::Deserialize;
use toml::Spanned;
use vestibule_hardware::printer::{Align, TextSize, Weight};

/// The most lines of a layout. A ticket is read standing.
const MOST_LINES: usize = 40;
/// The most lines of text that a logo is high.
const HIGHEST_LOGO: u8 = 12;
/// The most empty lines in one place. A printer without a blade feeds four to be torn.
const HIGHEST_SPACE: u8 = 3;
/// How many lines of text a logo is high where nothing is written.
const LOGO: u8 = 4;
/// The longest text of the clinic's own, in characters: some five lines of narrow paper.
const LONGEST_TEXT: usize = 160;

/// What stands on a ticket, from top to bottom.
///
/// **Invariant:** it has the number once, large enough to be read at arm's length, and the code once: without
/// them nobody would know who is called, and no kiosk would know the ticket again.
#[derive(Debug, Clone, PartialEq)]
pub struct TicketLayout(Vec<TicketLine>);

/// One part of a ticket.
#[derive(Debug, Clone, PartialEq)]
pub enum TicketLine {
    /// The clinic's logo, where it has one, so many lines of text high.
    Logo {
        /// Lines of text, 3 mm each.
        lines: u8,
    },
    /// A thin line across the paper.
    Rule,
    /// So many empty lines.
    Space(u8),
    /// The number of the ticket.
    Number(TextSize),
    /// The code by which a kiosk knows the ticket again.
    Code,
    /// Words. Those that a ticket has nothing to say of (an appointment, where there is none) leave no gap.
    Words(TicketWords, Style),
}

/// What words say. There is none that says who the patient is: tickets are left lying about.
#[derive(Debug, Clone, PartialEq)]
pub enum TicketWords {
    /// The clinic's name.
    Clinic,
    /// "Your number".
    YourNumber,
    /// What is queued for.
    Service,
    /// When the appointment is.
    Appointment,
    /// With whom it is.
    Clinician,
    /// Where to sit.
    Seat,
    /// When the call is expected.
    Expected,
    /// When to ask at the desk.
    ComeBack,
    /// When the ticket was drawn.
    Issued,
    /// Words of the clinic's own.
    Own(Localised),
}

/// How words look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// How large.
    pub size: TextSize,
    /// How strong.
    pub weight: Weight,
    /// Which edge they keep to.
    pub align: Align,
}

impl Style {
    const PLAIN: Self = Self { size: TextSize::Normal, weight: Weight::Regular, align: Align::Start };
    const STRONG: Self = Self { weight: Weight::Bold, ..Self::PLAIN };
    const CENTRED: Self = Self { align: Align::Center, ..Self::PLAIN };
}

impl TicketWords {
    /// How they look where nothing is written.
    fn style(&self) -> Style {
        match self {
            Self::Clinic => Style { align: Align::Center, ..Style::STRONG },
            Self::YourNumber | Self::Service | Self::Issued | Self::Own(_) => Style::CENTRED,
            Self::Appointment | Self::ComeBack => Style::STRONG,
            Self::Clinician | Self::Seat | Self::Expected => Style::PLAIN,
        }
    }

    fn plain(self) -> TicketLine {
        let style = self.style();
        TicketLine::Words(self, style)
    }
}

impl Default for TicketLayout {
    /// The number first; then where to sit, when to expect the call and when to come back.
    fn default() -> Self {
        use TicketWords::{
            Appointment, Clinic, Clinician, ComeBack, Expected, Issued, Seat, Service, YourNumber,
        };
        Self(vec![
            TicketLine::Logo { lines: LOGO },
            Clinic.plain(),
            TicketLine::Rule,
            YourNumber.plain(),
            TicketLine::Number(TextSize::Huge),
            Service.plain(),
            TicketLine::Rule,
            Appointment.plain(),
            Clinician.plain(),
            Seat.plain(),
            Expected.plain(),
            ComeBack.plain(),
            TicketLine::Code,
            Issued.plain(),
        ])
    }
}

impl TicketLayout {
    /// Its parts in reading order.
    pub fn lines(&self) -> &[TicketLine] {
        &self.0
    }

    /// How many lines of text the logo is high on every paper; none where the clinic wants none there.
    pub fn logo(&self) -> Option<u8> {
        self.0.iter().find_map(|line| match line {
            TicketLine::Logo { lines } => Some(*lines),
            _ => None,
        })
    }

    /// The words of the clinic's own in a language, in reading order.
    pub fn own_words<'a>(&'a self, language: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter_map(move |line| match line {
            TicketLine::Words(TicketWords::Own(text), _) => Some(text.text(language)),
            _ => None,
        })
    }

    fn has(&self, words: &TicketWords) -> bool {
        self.0.iter().any(|line| matches!(line, TicketLine::Words(there, _) if there == words))
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct TicketFile {
    line: Vec<LineSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LineSection {
    show: Spanned<Shown>,
    lines: Option<Spanned<u8>>,
    size: Option<Spanned<TextSize>>,
    bold: Option<Spanned<bool>>,
    align: Option<Spanned<Align>>,
    text: Option<Spanned<Localised>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Shown {
    Logo,
    Rule,
    Space,
    Number,
    Code,
    Clinic,
    YourNumber,
    Service,
    Appointment,
    Clinician,
    Seat,
    Expected,
    ComeBack,
    Issued,
    Text,
}

/// Reads the layout; the default where nothing is written.
pub(super) fn ticket_layout(
    file: TicketFile,
    setting: &Setting<'_>,
) -> Result<TicketLayout, AtLeastOne<Mistake>> {
    let mut reading = Reading::new(setting);
    let (Some(first), Some(last)) = (file.line.first(), file.line.last()) else {
        return Ok(TicketLayout::default());
    };
    if file.line.len() > MOST_LINES {
        let right = format!("Take lines away: {MOST_LINES} are the most, and tickets are read standing.");
        reading.wrong(&last.show, format!("the ticket has {} lines", file.line.len()), right);
    }
    for (shown, what) in [(Shown::Number, "number"), (Shown::Code, "code")] {
        let mut there = file.line.iter().filter(|line| *line.show.as_ref() == shown);
        match (there.next(), there.next()) {
            (None, _) => reading.wrong(
                &first.show,
                format!("the ticket has no {what}"),
                format!("Add a part [[line]] with show = \"{what}\": without it the ticket is of no use."),
            ),
            (_, Some(second)) => {
                let right = "Remove one of them.";
                reading.wrong(&second.show, format!("the ticket has its {what} twice"), right);
            }
            _ => {}
        }
    }
    if let Some(second) = file.line.iter().filter(|line| *line.show.as_ref() == Shown::Logo).nth(1) {
        reading.wrong(&second.show, "the logo stands on the ticket twice", "Remove one of them.");
    }
    let lines = file.line.iter().map(|line| line.read(&mut reading)).collect();
    reading.end(TicketLayout(lines))
}

impl LineSection {
    fn read(&self, reading: &mut Reading<'_>) -> TicketLine {
        let words = match *self.show.as_ref() {
            Shown::Logo => {
                self.has_no_words("the logo", reading);
                return TicketLine::Logo { lines: self.height(LOGO, HIGHEST_LOGO, reading) };
            }
            Shown::Space => {
                self.has_no_words("a space", reading);
                return TicketLine::Space(self.height(1, HIGHEST_SPACE, reading));
            }
            Shown::Rule => {
                self.has_no_words("a rule", reading);
                self.has_no_height(reading);
                return TicketLine::Rule;
            }
            Shown::Code => {
                self.has_no_words("the code", reading);
                self.has_no_height(reading);
                return TicketLine::Code;
            }
            Shown::Number => return self.number(reading),
            Shown::Clinic => TicketWords::Clinic,
            Shown::YourNumber => TicketWords::YourNumber,
            Shown::Service => TicketWords::Service,
            Shown::Appointment => TicketWords::Appointment,
            Shown::Clinician => TicketWords::Clinician,
            Shown::Seat => TicketWords::Seat,
            Shown::Expected => TicketWords::Expected,
            Shown::ComeBack => TicketWords::ComeBack,
            Shown::Issued => TicketWords::Issued,
            Shown::Text => self.own(reading),
        };
        self.has_no_height(reading);
        if !matches!(words, TicketWords::Own(_)) {
            self.has_no_text(reading);
        }
        let usual = words.style();
        let weight = match self.bold.as_ref().map(|bold| *bold.as_ref()) {
            Some(true) => Weight::Bold,
            Some(false) => Weight::Regular,
            None => usual.weight,
        };
        let style = Style {
            size: self.size.as_ref().map_or(usual.size, |size| *size.as_ref()),
            weight,
            align: self.align.as_ref().map_or(usual.align, |align| *align.as_ref()),
        };
        TicketLine::Words(words, style)
    }

    fn number(&self, reading: &mut Reading<'_>) -> TicketLine {
        self.has_no_height(reading);
        self.has_no_text(reading);
        let set = [self.bold.as_ref().map(Spanned::span), self.align.as_ref().map(Spanned::span)];
        for span in set.into_iter().flatten() {
            let wrong = "the number always stands bold in the middle".to_string();
            reading.mistakes.push(Mistake { span, wrong, right: "Remove this key.".into() });
        }
        let size = self.size.as_ref().map_or(TextSize::Huge, |size| *size.as_ref());
        if let Some(written) = self.size.as_ref().filter(|_| size == TextSize::Normal) {
            let right = "Write size = \"large\" or \"huge\".";
            reading.wrong(written, "a number of this size cannot be read at arm's length", right);
        }
        TicketLine::Number(size)
    }

    fn own(&self, reading: &mut Reading<'_>) -> TicketWords {
        let Some(text) = &self.text else {
            let right = "Add text = { en = \"…\" }, in every language of the clinic.";
            reading.wrong(&self.show, "it is not said which text", right);
            return TicketWords::YourNumber;
        };
        if let Some((language, words)) =
            text.as_ref().each().find(|(_, words)| words.chars().count() > LONGEST_TEXT)
        {
            let wrong = format!("this text has {} characters in \"{language}\"", words.chars().count());
            reading.wrong(text, wrong, format!("Shorten it to {LONGEST_TEXT}: tickets are read standing."));
        }
        TicketWords::Own(reading.complete(text))
    }

    fn height(&self, otherwise: u8, highest: u8, reading: &mut Reading<'_>) -> u8 {
        let Some(written) = &self.lines else { return otherwise };
        let lines = *written.as_ref();
        if !(1..=highest).contains(&lines) {
            let right = format!("Write lines = 1 to {highest}: a line of text is 3 mm high.");
            reading.wrong(written, format!("{lines} lines of text are no height here"), right);
        }
        lines
    }

    fn has_no_height(&self, reading: &mut Reading<'_>) {
        if let Some(lines) = &self.lines {
            let right = "Remove it; a logo and a space have lines.";
            reading.wrong(lines, "this is as high as it is", right);
        }
    }

    fn has_no_text(&self, reading: &mut Reading<'_>) {
        if let Some(text) = &self.text {
            let right = "Write show = \"text\" for words of your own.";
            reading.wrong(text, "these words would not be printed: the program has its own here", right);
        }
    }

    fn has_no_words(&self, what: &str, reading: &mut Reading<'_>) {
        self.has_no_text(reading);
        let set = [
            self.size.as_ref().map(Spanned::span),
            self.bold.as_ref().map(Spanned::span),
            self.align.as_ref().map(Spanned::span),
        ];
        for span in set.into_iter().flatten() {
            let right = "Remove this key; words have size, bold and align.".into();
            reading.mistakes.push(Mistake { span, wrong: format!("{what} is no text"), right });
        }
    }
}

/// What is allowed and probably not meant.
pub(super) fn check_ticket_layout(clinic: &Clinic) -> Vec<Finding> {
    let layout = &clinic.routines.ticket_layout;
    let needed = [
        (TicketWords::Seat, "seat", "where to sit"),
        (TicketWords::Expected, "expected", "when the call is expected"),
        (TicketWords::ComeBack, "come-back", "when to ask at the desk if nobody calls"),
    ];
    let missing = needed.into_iter().filter(|(words, ..)| !layout.has(words));
    missing
        .map(|(_, show, what)| Finding {
            what: format!("Tickets do not say {what}."),
            advice: format!("Add a part [[line]] with show = \"{show}\" to ticket.toml."),
        })
        .collect()
}

#[cfg(test)]
mod tests;

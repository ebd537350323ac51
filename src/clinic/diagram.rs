//! The routines as a picture that a supervisor can read and sign: for each destination, what comes to it on
//! the left, and who answers by when, one after the other, until it ends at a person.

use super::Clinic;
use super::payments::Payments;
use super::routines::{Category, CategoryKind, Destination, Route, WordsAsked};
use crate::front_desk::calendar::Within;
use crate::front_desk::form::Form;
use crate::front_desk::queue::CountsFrom;
use crate::front_desk::request::RequestReason;
use crate::front_desk::urgency::Urgency;
use chrono::TimeDelta;
use std::fmt::Write;

const MARGIN: f32 = 40.0;
const WIDTH: f32 = 1400.0;
const TRIGGER_WIDTH: f32 = 600.0;
const BOX_WIDTH: f32 = 190.0;
const BOX_HEIGHT: f32 = 86.0;
const ARROW: f32 = 40.0;
const LINE: f32 = 18.0;
const LEFT: f32 = MARGIN + TRIGGER_WIDTH + ARROW;

/// Something that comes to a destination.
struct Trigger {
    title: String,
    details: Vec<String>,
    answer_within: Option<Within>,
    urgency: Urgency,
    /// The kiosk never decides it.
    never_decided: bool,
}

/// The routines of a clinic as an SVG picture. `mark` stands beside the place for the signature: it must change
/// when the routines do.
pub fn draw(clinic: &Clinic, mark: &str) -> String {
    let staff = clinic.staff_language();
    let mut picture = Picture { body: String::new(), y: MARGIN, widest: WIDTH };
    picture.heading(&format!("Routines of {}", clinic.name), 30.0);
    picture.paragraph("What comes to whom, and who must answer by when. A red frame: somebody may be in danger. A dashed frame: the kiosk never decides it.");
    picture.y += 14.0;

    let order = clinic.routines.destinations.iter();
    for destination in order {
        let triggers = triggers(clinic, &destination.id, staff);
        if !triggers.is_empty() {
            lane(&mut picture, clinic, destination, &triggers, staff);
        }
    }
    picture.heading("What else holds", 20.0);
    let complaint = &clinic.routines.complaint;
    picture.paragraph(&format!(
        "Complaints are answered within {}; the law followed is: {}.",
        complaint.answer_within, complaint.law
    ));
    picture.paragraph(&format!(
        "Whoever reports that something does not work is answered within {}.",
        complaint.reports_within
    ));
    picture.paragraph(&format!("Working days are the days on which it is open: {}.", opening_hours(clinic)));
    let otherwise = clinic.routines.destination(&clinic.routines.otherwise);
    picture.paragraph(&format!(
        "What no routine covers goes to {}. The kiosk decides none of it.",
        otherwise.map_or("nobody", |destination| destination.name.text(staff))
    ));
    for (urgency, meaning) in [
        (
            Urgency::Emergency,
            "Whoever writes of one of these sees at once what to do, and the desk is called",
        ),
        (Urgency::Urgent, "Whoever writes of one of these comes before everything that is routine"),
    ] {
        let flags = clinic.routines.red_flags.flags().iter().filter(|flag| flag.urgency == urgency);
        let names: Vec<_> = flags.map(|flag| flag.name.as_str()).collect();
        if !names.is_empty() {
            picture.paragraph(&format!("{meaning}: {}.", names.join("; ")));
        }
    }
    for form in &clinic.routines.forms {
        picture.paragraph(&form_in_words(form, clinic, staff));
    }
    if let Some(payments) = &clinic.routines.payments {
        picture.paragraph(&payments_in_words(payments, clinic, staff));
    }
    for paragraph in queue_in_words(clinic, staff) {
        picture.paragraph(&paragraph);
    }
    for companion in &clinic.routines.companions {
        let may: Vec<_> = companion.may.iter().map(|may| may.words()).collect();
        picture.paragraph(&format!(
            "Who is here for \u{201c}{}\u{201d} may {}.",
            companion.name.text(staff),
            if may.is_empty() { "do nothing alone".into() } else { may.join(", ") }
        ));
    }
    picture.y += 30.0;
    picture.heading("Read and approved", 20.0);
    picture.paragraph(&format!("Version {mark}"));
    for (position, label) in ["Name", "Date", "Signature"].into_iter().enumerate() {
        let x = MARGIN + position as f32 * 430.0;
        picture.rule(x, picture.y + 46.0, 380.0);
        picture.text(x, picture.y + 64.0, 13.0, "soft", label);
    }
    picture.y += 90.0;
    picture.finish(&format!("Routines of {}", clinic.name))
}

/// How patients can pay, whom by code, and what visits cost.
fn payments_in_words(payments: &Payments, clinic: &Clinic, staff: &str) -> String {
    let means: Vec<_> = payments.means.iter().map(|means| means.words()).collect();
    let mut words = format!("Patients pay {}", means.join(", "));
    if let Some(most) = payments.at_most {
        words.push_str(&format!(", at most {most} at a time"));
    }
    for service in &clinic.services {
        for (appointment, kind) in [(true, "booked"), (false, "not booked")] {
            let fees = payments.fees_for(&service.id, appointment);
            let fees: Vec<_> = fees.map(|fee| format!("{} {}", fee.text.text(staff), fee.amount)).collect();
            if !fees.is_empty() {
                words.push_str(&format!("; {}, {kind}: {}", service.name.text(staff), fees.join(", ")));
            }
        }
    }
    words.push('.');
    words
}

/// In which order the patients of each service are called, and where to; then what holds for all.
fn queue_in_words(clinic: &Clinic, staff: &str) -> Vec<String> {
    let rules = &clinic.routines.queue;
    let minutes = |span: TimeDelta| span.num_minutes();
    let of_service = clinic.services.iter().map(|service| {
        let policy = rules.policy(&service.id);
        let from = match policy.counts_from {
            CountsFrom::AppointmentTime => "by the time that is booked",
            CountsFrom::Arrival => "in the order in which they came",
            CountsFrom::LongestWait => "by how long they have been kept waiting",
        };
        let behind = match minutes(policy.walk_ins_behind) {
            0 => String::new(),
            behind => format!(", who has no appointment {behind} min after coming"),
        };
        let points: Vec<_> = rules.points_of(&service.id).map(|point| point.name.text(staff)).collect();
        format!(
            "{}: patients are called {from}{behind}; urgent ones count {} min earlier. They are called to {}.",
            service.name.text(staff),
            minutes(policy.urgent_ahead),
            points.join(", ")
        )
    });
    let groups: Vec<_> = rules
        .groups
        .iter()
        .map(|group| format!("{} ({} min)", group.name.text(staff), minutes(group.ahead)))
        .collect();
    let earlier = (!groups.is_empty()).then(|| format!("Called earlier: {}.", groups.join("; ")));
    let absent = format!(
        "Who does not come when called waits on at the old place and is called again after {} min; after {} calls in vain a \
         person looks for them.",
        minutes(rules.again_after),
        rules.tries
    );
    of_service.chain(earlier).chain([absent]).collect()
}

/// When a form is asked, how long it is, and what of it needs a person.
fn form_in_words(form: &Form, clinic: &Clinic, staff: &str) -> String {
    let occasions: Vec<_> = form.asked.iter().map(|occasion| occasion.words()).collect();
    let named = |id: &String| {
        clinic.service(id).map_or_else(|| id.clone(), |service| service.name.text(staff).to_string())
    };
    let services = match form.services.as_slice() {
        [] => "every service".to_string(),
        services => services.iter().map(named).collect::<Vec<_>>().join(", "),
    };
    let raised = form.questions.iter().flat_map(|question| {
        question.raise.iter().map(|rule| {
            let to = rule.to.as_ref().and_then(|to| clinic.routines.destination(to));
            let to = to.map_or(String::new(), |to| format!(", to {}", to.name.text(staff)));
            let urgency = match rule.urgency {
                Urgency::Routine => "",
                Urgency::Urgent => ", urgent",
                Urgency::Emergency => ", AN EMERGENCY",
            };
            let subject = rule.subject.as_deref().unwrap_or(question.text.text(staff));
            format!("{subject}{urgency}{to}")
        })
    });
    let raised: Vec<_> = raised.collect();
    let raised =
        if raised.is_empty() { String::new() } else { format!(" It raises: {}.", raised.join("; ")) };
    format!(
        "The form \u{201c}{}\u{201d} is asked {} for {services}, {}; {} questions at most.{raised}",
        form.title.text(staff),
        occasions.join(" and "),
        form.how_often.words(),
        form.questions.len(),
    )
}

fn opening_hours(clinic: &Clinic) -> String {
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let calendar = &clinic.routines.calendar;
    let open = DAYS.iter().zip(&calendar.week).filter(|(_, hours)| !hours.is_empty()).map(|(day, hours)| {
        let hours =
            hours.iter().map(|(from, until)| format!("{}–{}", from.format("%H:%M"), until.format("%H:%M")));
        format!("{day} {}", hours.collect::<Vec<_>>().join(" and "))
    });
    let mut written = open.collect::<Vec<_>>().join(", ");
    if !calendar.holidays.is_empty() {
        let closed = calendar.holidays.iter().map(|(day, name)| format!("{day} ({name})"));
        written = format!("{written}; closed on {}", closed.collect::<Vec<_>>().join(", "));
    }
    written
}

/// What comes to a destination first.
fn triggers(clinic: &Clinic, to: &str, staff: &str) -> Vec<Trigger> {
    let routines = &clinic.routines;
    let mut triggers = Vec::new();
    if routines.emergency.to == to {
        triggers.push(Trigger {
            title: routines.emergency.name.text(staff).to_string(),
            details: with_steps(
                vec!["Chosen by the patient, or red-flag words in anything that is typed".into()],
                &routines.emergency.steps,
            ),
            answer_within: Some(routines.emergency.answer_within),
            urgency: Urgency::Emergency,
            never_decided: false,
        });
    }
    for category in routines.categories.iter().filter(|category| category.to == to) {
        triggers.push(Trigger {
            title: category.name.text(staff).to_string(),
            details: with_steps(vec![about(category, staff)], &category.steps),
            answer_within: category.answer_within,
            urgency: category.urgency,
            never_decided: category.kind == CategoryKind::Decision,
        });
    }
    for reason in RequestReason::HANDED_OVER {
        let Route { to: first, answer_within, steps } = routines.route(reason, None, Urgency::Routine);
        if first == to {
            let covered = routines.hand_overs.iter().any(|hand_over| hand_over.reason == reason);
            let origin = if covered {
                "Handed over by the kiosk"
            } else {
                "Handed over by the kiosk; no routine covers it"
            };
            triggers.push(Trigger {
                title: reason.headline().to_string(),
                details: with_steps(vec![origin.into()], steps),
                answer_within,
                urgency: Urgency::Routine,
                never_decided: true,
            });
        }
    }
    triggers
}

fn about(category: &Category, staff: &str) -> String {
    let words = match category.words {
        WordsAsked::None => "",
        WordsAsked::Optional => "; may say more in own words",
        WordsAsked::Required => "; says it in own words",
    };
    format!("{}{words}. Is told: {}", category.kind.words(), category.told.text(staff))
}

fn with_steps(mut details: Vec<String>, steps: &[String]) -> Vec<String> {
    details.extend(steps.iter().enumerate().map(|(position, step)| format!("{}. {step}", position + 1)));
    details
}

fn lane(picture: &mut Picture, clinic: &Clinic, to: &Destination, triggers: &[Trigger], staff: &str) {
    let routines = &clinic.routines;
    let top = picture.y;
    picture.text(MARGIN, top + 20.0, 19.0, "strong", to.name.text(staff));
    let mut y = top + 34.0;
    let mut middles = Vec::new();
    for trigger in triggers {
        let lines: Vec<String> =
            trigger.details.iter().flat_map(|text| wrapped(text, TRIGGER_WIDTH - 170.0, 13.0)).collect();
        let height = 34.0 + lines.len() as f32 * LINE;
        let class = match (trigger.urgency, trigger.never_decided) {
            (Urgency::Emergency | Urgency::Urgent, _) => "danger",
            (Urgency::Routine, true) => "never",
            (Urgency::Routine, false) => "asked",
        };
        picture.rectangle(class, MARGIN, y, TRIGGER_WIDTH, height);
        picture.text(MARGIN + 14.0, y + 23.0, 15.0, "strong", &trigger.title);
        let within = trigger.answer_within.unwrap_or(to.answer_within);
        picture.text_end(MARGIN + TRIGGER_WIDTH - 14.0, y + 23.0, 14.0, &format!("within {within}"));
        for (position, text) in lines.iter().enumerate() {
            picture.text(MARGIN + 14.0, y + 43.0 + position as f32 * LINE, 13.0, "soft", text);
        }
        middles.push(y + height / 2.0);
        y += height + 8.0;
    }
    let middle = (middles[0] + middles[middles.len() - 1]) / 2.0;
    for from in middles {
        picture.elbow(MARGIN + TRIGGER_WIDTH, from, LEFT, middle);
    }
    let mut x = LEFT;
    for (position, destination) in routines.succession(&to.id).into_iter().enumerate() {
        if position > 0 {
            picture.elbow(x, middle, x + ARROW, middle);
            x += ARROW;
        }
        place(picture, destination, x, middle, position > 0, staff);
        x += BOX_WIDTH;
    }
    picture.widest = picture.widest.max(x + MARGIN);
    picture.y = y.max(middle + BOX_HEIGHT / 2.0) + 26.0;
}

/// Who answers; the time of the first one stands at what comes to it.
fn place(picture: &mut Picture, destination: &Destination, x: f32, middle: f32, timed: bool, staff: &str) {
    let class = if destination.person.is_some() { "person" } else { "place" };
    picture.rectangle(class, x, middle - BOX_HEIGHT / 2.0, BOX_WIDTH, BOX_HEIGHT);
    let time = timed.then(|| format!("then within {}", destination.answer_within));
    let lines = [
        Some(destination.name.text(staff)),
        destination.person.as_deref(),
        destination.reach.as_deref(),
        time.as_deref(),
    ];
    let lines: Vec<&str> = lines.into_iter().flatten().collect();
    let first = middle - (lines.len() as f32 - 1.0) * LINE / 2.0 + 5.0;
    for (position, text) in lines.into_iter().enumerate() {
        let class = if position == 0 { "strong" } else { "soft" };
        picture.text_middle(x + BOX_WIDTH / 2.0, first + position as f32 * LINE, 14.0, class, text);
    }
}

/// Breaks a text into lines of a width. A letter of a proportional font is about half as wide as it is high;
/// letters without case (Han, Kana) are as wide as they are high.
fn wrapped(text: &str, width: f32, size: f32) -> Vec<String> {
    let wide = |word: &str| {
        word.chars()
            .map(|c| if ('\u{2e80}'..'\u{fb00}').contains(&c) { size } else { size * 0.52 })
            .sum::<f32>()
    };
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in text.split_whitespace() {
        if !line.is_empty() && wide(&line) + wide(word) + size * 0.3 > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}

/// A picture that grows downwards.
struct Picture {
    body: String,
    y: f32,
    widest: f32,
}

impl Picture {
    fn heading(&mut self, text: &str, size: f32) {
        self.y += size;
        self.text(MARGIN, self.y, size, "strong", text);
        self.y += size * 0.7;
    }

    fn paragraph(&mut self, text: &str) {
        for line in wrapped(text, WIDTH - 2.0 * MARGIN, 15.0) {
            self.y += 21.0;
            self.text(MARGIN, self.y, 15.0, "plain", &line);
        }
        self.y += 4.0;
    }

    fn text(&mut self, x: f32, y: f32, size: f32, class: &str, text: &str) {
        self.put(format_args!(
            "<text x='{x}' y='{y}' font-size='{size}' class='{class}'>{}</text>",
            escaped(text)
        ));
    }

    fn text_end(&mut self, x: f32, y: f32, size: f32, text: &str) {
        self.put(format_args!(
            "<text x='{x}' y='{y}' font-size='{size}' class='strong' text-anchor='end'>{}</text>",
            escaped(text)
        ));
    }

    fn text_middle(&mut self, x: f32, y: f32, size: f32, class: &str, text: &str) {
        self.put(format_args!(
            "<text x='{x}' y='{y}' font-size='{size}' class='{class}' text-anchor='middle'>{}</text>",
            escaped(text)
        ));
    }

    fn rectangle(&mut self, class: &str, x: f32, y: f32, width: f32, height: f32) {
        self.put(format_args!(
            "<rect x='{x}' y='{y}' width='{width}' height='{height}' rx='8' class='{class}'/>"
        ));
    }

    fn rule(&mut self, x: f32, y: f32, width: f32) {
        self.put(format_args!("<path d='M{x} {y}h{width}' class='line'/>"));
    }

    /// A line with an arrow at its end, turning in the middle.
    fn elbow(&mut self, x: f32, y: f32, to_x: f32, to_y: f32) {
        let turn = (x + to_x) / 2.0;
        self.put(format_args!(
            "<path d='M{x} {y}H{turn}V{to_y}H{}' class='line' marker-end='url(#arrow)'/>",
            to_x - 2.0
        ));
    }

    fn put(&mut self, element: std::fmt::Arguments<'_>) {
        // Writing into a String cannot fail.
        let _ = writeln!(self.body, "{element}");
    }

    fn finish(self, title: &str) -> String {
        let (width, height) = (self.widest.max(WIDTH), self.y + MARGIN);
        format!(
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' width='{width}' height='{height}' role='img'>\n\
             <title>{}</title>\n<style>{STYLE}</style>\n\
             <defs><marker id='arrow' viewBox='0 0 10 10' refX='9' refY='5' markerWidth='8' markerHeight='8' orient='auto'><path d='M0 0L10 5L0 10z'/></marker></defs>\n\
             <rect width='{width}' height='{height}' fill='#fff'/>\n{}</svg>\n",
            escaped(title),
            self.body
        )
    }
}

const STYLE: &str = "text{font-family:'Noto Sans',sans-serif;fill:#10242a}.strong{font-weight:700}.soft{fill:#34474d}\
rect{fill:#fff;stroke:#6b7f83;stroke-width:1.5}.asked{fill:#f3f6f5}.danger{fill:#fde8e8;stroke:#86101f;stroke-width:3}\
.never{stroke-dasharray:7 5}.place{fill:#d9ecea;stroke:#0a4d54}.person{fill:#fff;stroke:#0a4d54;stroke-width:4}.line{fill:none;stroke:#6b7f83;stroke-width:1.5}";

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

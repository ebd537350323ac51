//! Prints a ticket in four languages on the simulated printer, and leaves the pictures in a folder:
//! `cargo run -p vestibule-hardware --example print_sample -- <folder> [profile]`.

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;

use vestibule_hardware::printer::simulator::{SimulatedPrinter, SimulatorOptions};
use vestibule_hardware::printer::{
    Align, Direction, Document, Element, Fonts, JobId, Printer, PrinterSettings, Profile, TextSize, Weight,
    encode,
};

const FONTS: &[&[u8]] = &[
    include_bytes!("../../ui/fonts/NotoSans-Regular.ttf"),
    include_bytes!("../../ui/fonts/NotoSans-Bold.ttf"),
    include_bytes!("../../ui/fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../../ui/fonts/NotoSansArabic-Bold.ttf"),
    include_bytes!("../../ui/fonts/NotoSansDevanagari-Regular.ttf"),
    include_bytes!("../../ui/fonts/NotoSansDevanagari-Bold.ttf"),
];

struct Words {
    direction: Direction,
    clinic: &'static str,
    your_number: &'static str,
    visit: &'static str,
    advice: &'static str,
}

const TICKETS: &[Words] = &[
    Words {
        direction: Direction::LeftToRight,
        clinic: "Riverside Clinic",
        your_number: "Your number",
        visit: "Appointment 10:40 with Dr. Mbeki\nRoom 12, first floor",
        advice: "Please take a seat in the waiting area. Your number is called on the screen.",
    },
    Words {
        direction: Direction::LeftToRight,
        clinic: "Clínica Ribera",
        your_number: "Su número",
        visit: "Cita a las 10:40 con la Dra. Núñez\nSala 12, primer piso",
        advice: "Por favor, tome asiento en la sala de espera. ¡Llamaremos su número en la pantalla!",
    },
    Words {
        direction: Direction::RightToLeft,
        clinic: "عيادة الضفة",
        your_number: "رقمك",
        visit: "موعد الساعة 10:40 مع د. Müller\nالغرفة 12، الطابق الأول",
        advice: "يرجى الجلوس في منطقة الانتظار. سيُنادى على رقمك على الشاشة.",
    },
    Words {
        direction: Direction::LeftToRight,
        clinic: "नदी तट क्लिनिक",
        your_number: "आपका नंबर",
        visit: "अपॉइंटमेंट 10:40, डॉ. श्रीवास्तव के साथ\nकमरा 12, पहली मंज़िल",
        advice: "कृपया प्रतीक्षा क्षेत्र में बैठें। आपका नंबर स्क्रीन पर बुलाया जाएगा।",
    },
];

fn text(text: &str, size: TextSize, weight: Weight, align: Align, direction: Direction) -> Element {
    Element::Text { text: text.to_owned(), size, weight, align, direction }
}

fn ticket(words: &Words) -> Document {
    let direction = words.direction;
    Document {
        elements: vec![
            text(words.clinic, TextSize::Large, Weight::Bold, Align::Center, direction),
            Element::Rule,
            text(words.your_number, TextSize::Normal, Weight::Regular, Align::Center, direction),
            text("A042", TextSize::Huge, Weight::Bold, Align::Center, Direction::LeftToRight),
            Element::Space(1),
            text(words.visit, TextSize::Normal, Weight::Bold, Align::Start, direction),
            Element::Space(1),
            text(words.advice, TextSize::Normal, Weight::Regular, Align::Start, direction),
            Element::Qr { payload: "https://clinic.example/q/7F3K-9Q2M-A042".to_owned(), module_dots: 8 },
            Element::Rule,
            text("24.11.2026 10:12", TextSize::Normal, Weight::Regular, Align::End, Direction::LeftToRight),
        ],
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let output = PathBuf::from(arguments.next().unwrap_or_else(|| "tickets".to_owned()));
    let profile = Profile::named(&arguments.next().unwrap_or_else(|| "simulated".to_owned()))?;
    std::fs::create_dir_all(&output)?;
    let fonts = Arc::new(Fonts::new(FONTS)?);
    let link = output.join("printer");
    let simulated = SimulatedPrinter::start(SimulatorOptions {
        link: link.clone(),
        output,
        profile: profile.clone(),
        fonts: Arc::clone(&fonts),
    })?;
    let mut printer = Printer::open(PrinterSettings::new(link, 115_200, profile.clone()))?;
    println!("{}: {:?}", printer.model().unwrap_or_default(), printer.status());
    for (number, words) in (1..).zip(TICKETS) {
        let bytes = encode(&ticket(words), &profile, &fonts, JobId::new(number))?;
        println!("ticket {number}: {} bytes, {:?}", bytes.len(), printer.print(&bytes, JobId::new(number)));
    }
    for ticket in simulated.tickets() {
        println!("{}", ticket.display());
    }
    Ok(())
}

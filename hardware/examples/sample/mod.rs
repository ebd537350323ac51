//! A ticket in four languages, as the examples print it.

use vestibule_hardware::printer::{Align, Direction, Document, Element, TextSize, Weight};

/// The letters of the four languages.
pub const FONTS: &[&[u8]] = &[
    include_bytes!("../../../ui/fonts/NotoSans-Regular.ttf"),
    include_bytes!("../../../ui/fonts/NotoSans-Bold.ttf"),
    include_bytes!("../../../ui/fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../../../ui/fonts/NotoSansArabic-Bold.ttf"),
    include_bytes!("../../../ui/fonts/NotoSansDevanagari-Regular.ttf"),
    include_bytes!("../../../ui/fonts/NotoSansDevanagari-Bold.ttf"),
];

/// What a ticket says in one language.
pub struct Words {
    /// The language, in English.
    pub language: &'static str,
    direction: Direction,
    clinic: &'static str,
    your_number: &'static str,
    visit: &'static str,
    advice: &'static str,
}

/// One ticket a language.
pub const TICKETS: &[Words] = &[
    Words {
        language: "English",
        direction: Direction::LeftToRight,
        clinic: "Riverside Clinic",
        your_number: "Your number",
        visit: "Appointment 10:40 with Dr. Mbeki\nRoom 12, first floor",
        advice: "Please take a seat in the waiting area. Your number is called on the screen.",
    },
    Words {
        language: "Spanish",
        direction: Direction::LeftToRight,
        clinic: "Clínica Ribera",
        your_number: "Su número",
        visit: "Cita a las 10:40 con la Dra. Núñez\nSala 12, primer piso",
        advice: "Por favor, tome asiento en la sala de espera. ¡Llamaremos su número en la pantalla!",
    },
    Words {
        language: "Arabic",
        direction: Direction::RightToLeft,
        clinic: "عيادة الضفة",
        your_number: "رقمك",
        visit: "موعد الساعة 10:40 مع د. Müller\nالغرفة 12، الطابق الأول",
        advice: "يرجى الجلوس في منطقة الانتظار. سيُنادى على رقمك على الشاشة.",
    },
    Words {
        language: "Hindi",
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

/// The ticket in this language.
pub fn ticket(words: &Words) -> Document {
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

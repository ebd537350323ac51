//! The codes that telephones pay by, judged by programs that others wrote: zxing-cpp reads the picture, and segno, qrbill,
//! pixcanvas, python-stdnum and Python itself say whether the text is what their schemes want. The glass is drawn by the
//! kiosk's own renderer.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

use qrcode::types::Color;
use qrcode::{EcLevel, QrCode};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::Arc;
use uuid::Uuid;
use vestibule::clinic::Panel;
use vestibule::front_desk::money::{Currency, Money};
use vestibule::front_desk::payment_code::{CodePayee, PaymentCode, PaymentReference, Scheme};
use vestibule::kiosk::screens::{Frame, Pay, Screen, View};
use vestibule::kiosk::session::Preferences;
use vestibule::kiosk::window::Painter;
use vestibule_ui::KioskWindow;
use vestibule_ui::headless::{headless, millimetre};
use vestibule_ui::slint::ComponentHandle;
use vestibule_ui::words::Words;

/// Scheme, currency, amount, and the fields of the payee.
type Case = (Scheme, &'static str, &'static str, &'static [(&'static str, &'static str)]);

const CASES: &[Case] = &[
    (Scheme::Epc, "EUR", "12.50", &[("name", "Vestibule Clinic"), ("iban", "ES9121000418450200051332")]),
    (
        Scheme::Epc,
        "EUR",
        "999999999.99",
        &[
            ("name", "Κλινική Αθηνών ΑΕ"),
            ("iban", "GR1601101250000000012300695"),
            ("bic", "ETHNGRAA"),
            ("purpose", "MDCS"),
            ("information", "Ευχαριστούμε"),
        ],
    ),
    (
        Scheme::Epc,
        "EUR",
        "0.01",
        &[("name", "Clínica Añil & Cía. «Niños»"), ("iban", "CH9300762011623852957"), ("bic", "POFICHBEXXX")],
    ),
    (
        Scheme::Swiss,
        "CHF",
        "1250.05",
        &[
            ("name", "Praxis Zürichberg AG"),
            ("iban", "CH4431999123000889012"),
            ("street", "Hochstrasse"),
            ("building", "12a"),
            ("postcode", "8044"),
            ("town", "Zürich"),
            ("country", "CH"),
            ("information", "Merci, grazie, engraziel"),
        ],
    ),
    (
        Scheme::Swiss,
        "EUR",
        "0.50",
        &[
            ("name", "Cabinet Été"),
            ("iban", "CH9300762011623852957"),
            ("postcode", "1200"),
            ("town", "Genève"),
            ("country", "CH"),
        ],
    ),
    (Scheme::Upi, "INR", "450.00", &[("address", "clinic@okbank"), ("name", "सिटी क्लिनिक & Sons + 50%")]),
    (
        Scheme::Upi,
        "INR",
        "1.05",
        &[
            ("address", "city.clinic-1@upi"),
            ("name", "City Clinic"),
            ("merchant_category", "8062"),
            ("note", "Dr. Rao: परामर्श?"),
        ],
    ),
    (
        Scheme::Pix,
        "BRL",
        "123.45",
        &[
            ("key", "123e4567-e12b-12d1-a456-426655440000"),
            ("name", "Clinica Sao Joao"),
            ("city", "Brasilia"),
        ],
    ),
    (
        Scheme::Pix,
        "BRL",
        "0.01",
        &[
            ("key", "11222333000181"),
            ("name", "Clinica"),
            ("city", "Sao Paulo"),
            ("information", "Consulta de hoje"),
        ],
    ),
    (Scheme::Pix, "BRL", "5.00", &[("key", "caixa@clinica.example"), ("name", "Clinica"), ("city", "Natal")]),
];

/// The picture of a code as the glass draws it, a row a text of 0 and 1.
fn rows(text: &str) -> Vec<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
    let modules: Vec<_> =
        code.to_colors().iter().map(|it| if *it == Color::Dark { '1' } else { '0' }).collect();
    modules.chunks(code.width()).map(|row| row.iter().collect()).collect()
}

/// Every currency that is listed, by its letters: its number and its places.
fn currencies() -> BTreeMap<String, (u16, u32)> {
    let letters = || 'A'..='Z';
    let all =
        letters().flat_map(|a| letters().flat_map(move |b| letters().map(move |c| format!("{a}{b}{c}"))));
    all.filter_map(|code| {
        let currency = Currency::parse(&code).unwrap();
        Some((code, (currency.numeric()?, currency.places())))
    })
    .collect()
}

#[test]
fn other_programs_read_every_code_as_it_was_meant() {
    let mut codes: Vec<Value> = Vec::new();
    for (scheme, currency, amount, fields) in CASES {
        let payee = CodePayee::read(*scheme, &fields.iter().copied().collect()).unwrap();
        // References of all kinds: among others those that look like a number, or have letters alone.
        for id in
            [Uuid::from_u128(1), Uuid::max(), Uuid::now_v7(), Uuid::now_v7(), Uuid::from_u128(0xABCD << 40)]
        {
            let reference = PaymentReference::of(id);
            let amount = Money::parse(amount, Currency::parse(currency).unwrap()).unwrap();
            let code = payee.code(amount, &reference).unwrap();
            codes.push(json!({
                "scheme": scheme, "fields": fields.iter().copied().collect::<BTreeMap<_, _>>(),
                "amount": amount.figures(), "currency": currency, "reference": reference,
                "text": code.text, "rows": rows(&code.text),
            }));
        }
    }
    let judged = judge(&json!({ "codes": codes, "currencies": currencies() }));
    assert_eq!(judged, CASES.len() * 5);
}

/// Panels: pixels, and the diagonal in inches.
const PANELS: [(u32, u32, f32); 3] = [(1080, 1920, 21.5), (1920, 1080, 21.5), (1280, 800, 10.1)];

#[test]
fn other_programs_read_every_code_from_the_glass_with_the_swiss_cross_over_its_middle() {
    let folder = tempfile::tempdir().unwrap();
    let screen = headless(1080, 1920).unwrap();
    let window = KioskWindow::new().unwrap();
    window.show().unwrap();
    let mut glass: Vec<Value> = Vec::new();
    for (width, height, inches) in PANELS {
        screen.resize(width, height);
        let mut painter = Painter::default();
        for (scheme, currency, amount, fields) in CASES {
            let payee = CodePayee::read(*scheme, &fields.iter().copied().collect()).unwrap();
            let amount = Money::parse(amount, Currency::parse(currency).unwrap()).unwrap();
            let code = payee.code(amount, &PaymentReference::of(Uuid::now_v7())).unwrap();
            let panel = Panel { inches, lower_edge_mm: 800.0 };
            painter.paint(&window, Words::own(), &Arc::default(), shown(&code), panel);
            let picture = folder.path().join(format!("{}.png", glass.len()));
            screen.write_png(&picture).unwrap();
            glass.push(json!({
                "scheme": scheme, "picture": picture, "text": code.text, "cross": *scheme == Scheme::Swiss,
                "pixels_in_a_mm": millimetre(width, height, inches),
            }));
        }
    }
    assert_eq!(judge(&json!({ "glass": glass })), CASES.len() * PANELS.len());
}

/// The screen of a code. Its texts are of no importance here.
fn shown(code: &PaymentCode) -> View {
    let words = |text: &str| text.to_string();
    View {
        frame: Frame {
            clinic: words("Clinic"),
            help: words("Help"),
            start_over: words("Start over"),
            language: words("en"),
            rtl: false,
            banner: String::new(),
            banner_action: String::new(),
            practice: String::new(),
            preferences: String::new(),
        },
        screen: Screen::Pay(Pay::Code {
            title: words("Pay with your phone"),
            amount: code.amount.to_string(),
            code: code.text.clone(),
            centre: code.centre,
            code_label: words("Scan this code with your banking app"),
            lines: vec![code.payee.clone(), code.account.clone(), code.reference.clone()],
            paid: words("I have paid"),
            other_way: words("Pay another way"),
        }),
        warning: None,
        look: Preferences::default(),
    }
}

/// Has the Python programs judge; answers how many they have judged. Whatever does not agree ends the test.
fn judge(given: &Value) -> usize {
    let python = std::env::var_os("VESTIBULE_PYTHON")
        .expect("VESTIBULE_PYTHON is not set: start the tests with tests/run, which makes that Python");
    let mut judge = Command::new(python)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/payment_codes/judge.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    judge.stdin.take().unwrap().write_all(given.to_string().as_bytes()).unwrap();
    let judged = judge.wait_with_output().unwrap();
    assert!(judged.status.success(), "{}", String::from_utf8_lossy(&judged.stderr));
    String::from_utf8_lossy(&judged.stdout).lines().count()
}

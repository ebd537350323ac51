use super::*;

fn svg(inner: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 200 100\">{inner}</svg>"
    )
}

fn fault(inner: &str) -> LogoFault {
    Logo::read(&svg(inner)).expect_err("it is refused")
}

#[test]
fn a_logo_is_drawn_in_the_middle_of_its_room_with_sharp_edges() {
    let logo = Logo::read(&svg("<rect width='200' height='100' fill='#7a1f5c'/>")).unwrap();
    assert!((logo.shape() - 2.0).abs() < 1e-3);
    for (width, height) in [(60, 60), (61, 120), (300, 60)] {
        let map = logo.map(width, height).unwrap();
        let scale = (width as f32 / 200.0).min(height as f32 / 100.0);
        let covered = map.pixels().iter().map(|pixel| f32::from(pixel.alpha()) / 255.0).sum::<f32>();
        assert!((covered - 200.0 * 100.0 * scale * scale).abs() < 2.0, "{width}x{height}: {covered}");
        let middle = map.pixel(width / 2, height / 2).unwrap();
        assert_eq!((middle.red(), middle.green(), middle.blue(), middle.alpha()), (0x7a, 0x1f, 0x5c, 255));
    }
    // A glass that has no size yet.
    assert_eq!(logo.drawn(0, 0).size().width, 0);
}

#[test]
fn what_cannot_be_seen_on_paper_is_refused() {
    for inner in [
        "",
        "<rect width='200' height='100' fill='white'/>",
        "<rect width='200' height='100' fill='#9fe3e8'/>",
        "<rect width='200' height='100' fill='black' opacity='0.2'/>",
        "<rect width='200' height='100' fill='#fff3c4'/><rect width='10' height='10'/>",
    ] {
        assert!(matches!(fault(inner), LogoFault::Faint(part) if part < PART), "{inner}: {:?}", fault(inner));
    }
    // Letters on a pale plate.
    assert!(
        Logo::read(&svg("<rect width='200' height='100' fill='#fff3c4'/><rect width='60' height='60'/>"))
            .is_ok()
    );
}

#[test]
fn whatever_would_look_different_elsewhere_is_refused_at_its_place() {
    let text = svg("<g>\n<text x='0' y='50'>Clinic</text></g>");
    let found = Logo::read(&text).unwrap_err();
    assert_eq!(found, LogoFault::Text { at: text.find("<text").unwrap() });
    for href in ["/etc/hostname", "https://example.org/logo.png", "logo.png", "//example.org/a.svg"] {
        for attribute in ["href", "xlink:href"] {
            let inner =
                format!("<rect width='200' height='100'/><image {attribute}='{href}' width='9' height='9'/>");
            assert!(matches!(fault(&inner), LogoFault::Elsewhere { .. }), "{inner}");
        }
    }
}

#[test]
fn what_is_no_svg_is_refused_at_its_place() {
    for (text, line) in [
        ("", 1),
        ("\u{89}PNG\r\n", 1),
        ("<svg xmlns='http://www.w3.org/2000/svg'>\n<rect>\n</svg>", 3),
        ("<html/>", 1),
    ] {
        let found = Logo::read(text).unwrap_err();
        let LogoFault::Unreadable { at, .. } = found else { panic!("{text:?}: {found:?}") };
        assert_eq!(text[..at].matches('\n').count() + 1, line, "{text:?}");
    }
    assert!(matches!(Logo::read(&" ".repeat(LONGEST + 1)), Err(LogoFault::TooLong(_))));
    let tall =
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 100'><rect width='10' height='100'/></svg>";
    assert!(matches!(Logo::read(tall), Err(LogoFault::Shape(_))));
    // A list of a list of a list …
    let lists: String =
        (1..12).map(|i| format!("<!ENTITY l{i} \"{}\">", format!("&l{};", i - 1).repeat(10))).collect();
    let bomb = format!(
        "<!DOCTYPE svg [<!ENTITY l0 \"x\">{lists}]><svg xmlns='http://www.w3.org/2000/svg'>&l11;</svg>"
    );
    assert!(matches!(Logo::read(&bomb), Err(LogoFault::Unreadable { .. })));
}

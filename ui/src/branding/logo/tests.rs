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
    for href in [
        "/etc/hostname",
        "https://example.org/logo.png",
        "logo.png",
        "//example.org/a.svg",
        "data:image/png;base64,AA==",
    ] {
        for attribute in ["href", "xlink:href"] {
            let inner =
                format!("<rect width='200' height='100'/><image {attribute}='{href}' width='9' height='9'/>");
            assert!(matches!(fault(&inner), LogoFault::Picture { .. }), "{inner}");
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

#[test]
fn what_would_take_long_to_draw_is_refused_before_it_is_drawn() {
    let doubled = |count: usize| -> String {
        let part = |i: usize| format!("<g id='p{i}'>{}</g>", format!("<use href='#p{}'/>", i + 1).repeat(2));
        let parts: String = (0..count).map(part).collect();
        format!("{parts}<g id='p{count}'><rect width='200' height='100'/></g>")
    };
    let deep = |count: usize| {
        let (open, close) = ("<g>".repeat(count), "</g>".repeat(count));
        format!("{open}<rect width='200' height='100'/>{close}")
    };
    let long = format!("M0 0{}", "L1 1 9 9".repeat(3000));
    let again = |count| format!("<path id='a' d='{long}'/>{}", "<use href='#a'/>".repeat(count));
    for refused in [
        // A million of one part, each a few letters long; a part in itself; a long part again and again.
        doubled(20),
        "<g id='a'><use href='#a'/></g>".into(),
        again(20),
        deep(100),
        deep(9000),
        "<filter id='f'><feGaussianBlur stdDeviation='900'/></filter><rect width='200' height='100'/>".into(),
        "<path d='M0 0L200 100' stroke='black' stroke-dasharray='0.0001'/>".into(),
        "<path d='M0 0L200 100' style='stroke:black;stroke-dasharray:0.0001'/>".into(),
        format!("<pattern id='q'>{}</pattern><rect fill='url(#q)'/>{}", doubled(20), deep(1)),
    ] {
        let start: String = refused.chars().take(70).collect();
        assert!(matches!(fault(&refused), LogoFault::Intricate { .. }), "{start}: {:?}", fault(&refused));
    }
    for taken in [doubled(3), deep(20), again(4)] {
        let start: String = taken.chars().take(70).collect();
        let found = Logo::read(&svg(&format!("<rect width='200' height='100'/>{taken}")));
        assert!(found.is_ok(), "{start}: {:?}", found.unwrap_err());
    }
}

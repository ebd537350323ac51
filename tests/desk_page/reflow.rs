//! The desk for who enlarges it, sets text wider apart, or sees edges badly: WCAG 1.4.10, 1.4.11 and 1.4.12.

use crate::language::SIDEWAYS;
use crate::looks::{CUT_OFF, a_busy_morning};
use crate::scene::Clinic;
use serde_json::json;

/// What 1.4.12 sets: lines, paragraphs, letters and words apart.
const WIDER: &str = "(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } '
        + 'p { margin-bottom: 2em !important }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return getComputedStyle(document.querySelector('#request-list p')).wordSpacing;
})()";

/// How many fields there are, and those whose edge stands apart from what is around it by less than 3:1.
const FAINT: &str = "(() => {
    const rgb = (colour) => (colour.match(/[\\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
    const linear = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const ground = (part) => {
        for (let each = part; each; each = each.parentElement) {
            const colour = rgb(getComputedStyle(each).backgroundColor);
            if (colour.length === 3 || colour[3] === 1) return luminance(colour);
        }
        return 1;
    };
    const fields = [...document.querySelectorAll('input, textarea, select')]
        .filter((field) => field.checkVisibility() && !['checkbox', 'radio', 'hidden'].includes(field.type));
    const faint = fields.filter((field) => {
        const edge = luminance(rgb(getComputedStyle(field).borderTopColor));
        return contrast(edge, ground(field.parentElement)) < 3;
    });
    return [fields.length, ...faint.map((field) => field.outerHTML.slice(0, 120))];
})()";

fn busy() -> Clinic {
    let mut clinic = Clinic::opens();
    a_busy_morning(&clinic);
    clinic.page.sees_in("#request-list", "Maria is on the way");
    clinic.page.sees_in("#arrivals", "Anna Nowak");
    clinic
}

/// 320 pixels are what 400 % leaves of 1280.
#[test]
fn at_four_hundred_percent_nothing_is_cut_off_or_moved_sideways() {
    let mut clinic = busy();
    clinic.page.act("size", json!({ "width": 320, "height": 512 }));
    clinic.page.picture("reflow-320", true);
    assert_eq!(clinic.page.evaluate(SIDEWAYS), 0);
    assert_eq!(clinic.page.evaluate(CUT_OFF), json!([]));
    clinic.ends_well();
}

#[test]
fn text_may_be_set_wider_apart() {
    let mut clinic = busy();
    assert_ne!(clinic.page.evaluate(WIDER), "0px");
    for (width, height) in [(1280, 800), (390, 844)] {
        clinic.page.act("size", json!({ "width": width, "height": height }));
        clinic.page.picture(&format!("reflow-wider-{width}"), true);
        assert_eq!(clinic.page.evaluate(SIDEWAYS), 0, "{width}");
        assert_eq!(clinic.page.evaluate(CUT_OFF), json!([]), "{width}");
    }
    clinic.ends_well();
}

#[test]
fn the_edges_of_fields_are_seen() {
    let mut clinic = busy();
    clinic.page.evaluate(
        "document.querySelectorAll('.fold, .tool').forEach((button) => {
            button.getAttribute('aria-expanded') === 'false' && button.click();
        })",
    );
    let looked_at = clinic.page.evaluate(FAINT);
    let looked_at = looked_at.as_array().unwrap();
    assert!(looked_at[0].as_u64() > Some(2) && looked_at.len() == 1, "{looked_at:?}");
    clinic.ends_well();
}

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
use super::*;
use crate::clinic::mistake::parsed;
use crate::front_desk::calendar::Within;

fn read(text: &str) -> Result<TicketLayout, Vec<String>> {
    let languages = ["en".to_string(), "es".to_string()];
    let setting = Setting {
        zone: chrono_tz::UTC,
        languages: &languages,
        required: &languages,
        services: &[],
        acknowledge: Within::Seconds(60),
    };
    let read = match parsed(text) {
        Ok(file) => ticket_layout(file, &setting),
        Err(mistake) => Err(mistake.into()),
    };
    let in_words = |mistake: Mistake| mistake.within("ticket.toml", text).to_string();
    read.map_err(|mistakes| mistakes.into_iter().map(in_words).collect())
}

const NUMBER: &str = "[[line]]\nshow = \"number\"\n";
const CODE: &str = "[[line]]\nshow = \"code\"\n";

#[test]
fn the_example_is_what_stands_where_nothing_is_written() {
    assert_eq!(read("").unwrap(), TicketLayout::default());
    assert_eq!(read(include_str!("../example/ticket.toml")).unwrap(), TicketLayout::default());
}

#[test]
fn a_layout_is_read_in_its_order_with_its_looks() {
    let text = format!(
        "{CODE}[[line]]\nshow = \"logo\"\nlines = 6\n[[line]]\nshow = \"space\"\nlines = 2\n{NUMBER}size = \"large\"\n[[line]]\nshow = \"text\"\nsize = \"large\"\nbold = true\nalign = \"end\"\ntext = {{ en = \"Keep your mask on\", es = \"Deje puesta la mascarilla\" }}\n"
    );
    let layout = read(&text).unwrap();
    assert_eq!(layout.logo(), Some(6));
    assert_eq!(layout.own_words("es").collect::<Vec<_>>(), ["Deje puesta la mascarilla"]);
    let [TicketLine::Code, TicketLine::Logo { .. }, TicketLine::Space(2), TicketLine::Number(size), last] =
        layout.lines()
    else {
        panic!("{layout:?}")
    };
    assert_eq!(*size, TextSize::Large);
    let style = Style { size: TextSize::Large, weight: Weight::Bold, align: Align::End };
    assert!(matches!(last, TicketLine::Words(TicketWords::Own(_), look) if *look == style), "{last:?}");
}

#[test]
fn what_would_make_a_ticket_useless_is_refused_with_its_line() {
    let table: &[(&str, &str)] = &[
        (CODE, "ticket.toml:2: the ticket has no number"),
        (NUMBER, "ticket.toml:2: the ticket has no code"),
        (&format!("{NUMBER}{CODE}{NUMBER}"), "ticket.toml:6: the ticket has its number twice"),
        (&format!("{NUMBER}size = \"normal\"\n{CODE}"), "ticket.toml:3: a number of this size"),
        (&format!("{NUMBER}align = \"end\"\n{CODE}"), "ticket.toml:3: the number always stands"),
        (&format!("{NUMBER}{CODE}[[line]]\nshow = \"logo\"\nlines = 13\n"), "ticket.toml:7: 13 lines"),
        (&format!("{NUMBER}{CODE}[[line]]\nshow = \"space\"\nlines = 4\n"), "ticket.toml:7: 4 lines"),
        (
            &format!("{NUMBER}{CODE}[[line]]\nshow = \"rule\"\nbold = true\n"),
            "ticket.toml:7: a rule is no text",
        ),
        (&format!("{NUMBER}{CODE}[[line]]\nshow = \"seat\"\nlines = 2\n"), "ticket.toml:7: this is as high"),
        (&format!("{NUMBER}{CODE}[[line]]\nshow = \"text\"\n"), "ticket.toml:6: it is not said which text"),
        (
            &format!("{NUMBER}{CODE}[[line]]\nshow = \"text\"\ntext = {{ en = \"Welcome\" }}\n"),
            "ticket.toml:7: this text is missing in \"es\"",
        ),
        (
            &format!("{NUMBER}{CODE}[[line]]\nshow = \"seat\"\ntext = {{ en = \"There\", es = \"Ahí\" }}\n"),
            "ticket.toml:7: these words would not be printed",
        ),
        (
            &format!(
                "{NUMBER}{CODE}[[line]]\nshow = \"text\"\ntext = {{ en = \"{}\", es = \"Sí\" }}\n",
                "x".repeat(161)
            ),
            "ticket.toml:7: this text has 161 characters",
        ),
        (&format!("{NUMBER}{CODE}{}", "[[line]]\nshow = \"rule\"\n".repeat(39)), "the ticket has 41 lines"),
        (&format!("{NUMBER}{CODE}[[line]]\nshow = \"name\"\n"), "unknown variant `name`"),
    ];
    for (text, expected) in table {
        let mistakes = read(text).unwrap_err();
        assert!(mistakes.iter().any(|mistake| mistake.contains(expected)), "{expected}: {mistakes:?}");
    }
}

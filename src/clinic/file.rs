//! Reading `clinic.toml`: every mistake is answered with the file, the line, what is wrong and what would
//! be right.

use super::mistake::{ClinicError, ClinicErrors, Mistake, mistake, parsed, text_of};
use super::routine_files::{self, RoutineTexts, Setting};
use super::*;
use crate::front_desk::calendar::Within;
use std::path::Path;
use toml::Spanned;

/// The origin of the desk's own facts. The link, which stands further out, has its own word for it; a test
/// holds the two together.
const DESK: &str = "desk";

/// What the clinic's file is called among those that are told.
const CLINIC: &str = "clinic.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    clinic: ClinicSection,
    arrival: Spanned<ArrivalWindow>,
    #[serde(default)]
    requests: RequestsSection,
    #[serde(default)]
    inactivity: InactivitySection,
    desk: DeskSection,
    consent: Spanned<Localised>,
    service: Vec<ServiceSection>,
    reason: Vec<ReasonSection>,
    #[serde(default)]
    site: Vec<SiteSection>,
    kiosk: Vec<KioskSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClinicSection {
    name: Spanned<String>,
    zone: Spanned<String>,
    languages: Vec<Spanned<String>>,
    data: PathBuf,
    /// The folder of the routines' files, seen from the clinic's file.
    routines: Option<PathBuf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RequestsSection {
    acknowledge_minutes: Spanned<u16>,
    come_back_minutes: u16,
}

impl Default for RequestsSection {
    fn default() -> Self {
        Self { acknowledge_minutes: Spanned::new(0..0, 3), come_back_minutes: 15 }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct InactivitySection {
    warn_after_seconds: Spanned<u64>,
    countdown_seconds: Spanned<u64>,
}

impl Default for InactivitySection {
    fn default() -> Self {
        Self { warn_after_seconds: Spanned::new(0..0, 45), countdown_seconds: Spanned::new(0..0, 30) }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DeskSection {
    address: Spanned<String>,
    link_key: Spanned<String>,
    provider_key: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ServiceSection {
    id: Spanned<String>,
    letter: Spanned<String>,
    name: Spanned<Localised>,
    seat: Spanned<Localised>,
    minutes_each: Spanned<u16>,
    service_points: Spanned<u16>,
    arrival: Option<Spanned<ArrivalWindow>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SiteSection {
    id: Spanned<String>,
    name: Spanned<Localised>,
    way: Spanned<Localised>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReasonSection {
    id: Spanned<String>,
    name: Spanned<Localised>,
    service: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KioskSection {
    name: Spanned<String>,
    series: Spanned<String>,
    #[serde(default = "default_panel")]
    panel_inches: Spanned<f32>,
    printer: Option<Spanned<PrinterPlace>>,
    scanner: Option<Spanned<ScannerPlace>>,
    terminal: Option<TerminalSection>,
    site: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TerminalSection {
    port: Spanned<String>,
    baud: Option<Spanned<u32>>,
    password: Option<Spanned<String>>,
}

fn default_panel() -> Spanned<f32> {
    Spanned::new(0..0, 21.5)
}

/// Reads and checks the clinic's file and the routines beside it. The first mistake is answered.
pub fn read(path: &Path) -> Result<Clinic, ClinicError> {
    read_all(path).map_err(|errors| errors.first)
}

/// The same, and every mistake is answered.
pub fn read_all(path: &Path) -> Result<Clinic, ClinicErrors> {
    let text = text_of(path)?;
    let clinic = read_texts(&path.display().to_string(), &text, &routines_beside(path)?)?;
    Ok(Clinic { file: Some(path.to_path_buf()), ..clinic })
}

/// The texts of the routines that a clinic's file names; where it names none, the example's that fit any clinic.
pub fn routines_beside(path: &Path) -> Result<RoutineTexts, ClinicError> {
    let named = parsed::<File>(&text_of(path)?).ok().and_then(|file| file.clinic.routines);
    match named {
        Some(folder) => RoutineTexts::in_folder(&path.parent().unwrap_or(Path::new("")).join(folder)),
        None => Ok(RoutineTexts::of_any_clinic()),
    }
}

/// The text of a clinic's file and of its routines, by the names of the files, as they are kept and told to the
/// kiosks. The keys of the link and of the payment provider and the terminals' passwords are taken out: what is told to
/// everybody is no secret any more.
pub fn texts_to_tell(path: &Path) -> Result<BTreeMap<String, String>, ClinicError> {
    let text = text_of(path)?;
    let named = path.display().to_string();
    let file: File = parsed(&text).map_err(|mistake| mistake.within(&named, &text))?;
    let passwords =
        file.kiosk.iter().filter_map(|kiosk| kiosk.terminal.as_ref()?.password.as_ref()).map(Spanned::span);
    let mut secrets: Vec<_> = passwords.map(|span| (span, NO_PASSWORD)).collect();
    secrets.push((file.desk.link_key.span(), NO_KEY));
    secrets.extend(file.desk.provider_key.as_ref().map(|key| (key.span(), NO_KEY)));
    // From the end, so that the places of those before stay what they are.
    secrets.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    let mut without_secrets = text;
    for (span, instead) in secrets {
        without_secrets.replace_range(span, &format!("\"{instead}\""));
    }
    let beside = routines_beside(path)?;
    let mut files: BTreeMap<_, _> =
        beside.files().map(|(name, text)| (name.to_string(), text.to_string())).collect();
    files.insert(CLINIC.to_string(), without_secrets);
    Ok(files)
}

/// Stands in the place of a key. It is long enough to be read as one.
const NO_KEY: &str = "not-told-to-anybody-whatever-they-ask";
/// Stands in the place of a terminal's password, and is what a terminal has without one.
const NO_PASSWORD: &str = "000000";

/// Reads what [`texts_to_tell`] made. Only its procedures are to be used: see [`Clinic::adopt`].
pub fn read_told(files: &BTreeMap<String, String>) -> Result<Clinic, ClinicErrors> {
    let routines = RoutineTexts::told(files);
    read_texts(CLINIC, files.get(CLINIC).map_or("", String::as_str), &routines)
}

/// Checks the text of a clinic's file with the example's routines; `name` is what errors call it.
pub fn read_text(name: &str, text: &str) -> Result<Clinic, ClinicError> {
    read_texts(name, text, &RoutineTexts::example()).map_err(|errors| errors.first)
}

/// Checks the text of a clinic's file with routines; `name` is what errors call it. Every mistake is answered.
pub fn read_texts(name: &str, text: &str, routines: &RoutineTexts) -> Result<Clinic, ClinicErrors> {
    let wrong = |mistake: Mistake| mistake.within(name, text);
    let file: File = parsed(text).map_err(wrong)?;
    let zone = zone(&file.clinic.zone).map_err(wrong)?;
    let languages = check_languages(&file.clinic.languages, &file.clinic.name).map_err(wrong)?;
    let acknowledge = Within::Seconds(u32::from(*file.requests.acknowledge_minutes.as_ref()) * 60);
    let window = |service: &ServiceSection| *service.arrival.as_ref().unwrap_or(&file.arrival).as_ref();
    let services: Vec<_> =
        file.service.iter().map(|service| (service.id.as_ref().clone(), window(service))).collect();
    let setting = Setting { zone, languages: &languages, acknowledge, services: &services };
    let routines = routine_files::read(routines, &setting)?;
    Ok(check(file, zone, languages, routines).map_err(wrong)?)
}

fn zone(written: &Spanned<String>) -> Result<Tz, Mistake> {
    written.as_ref().parse().map_err(|_| {
        mistake(
            written,
            format!("\"{}\" is no time zone", written.as_ref()),
            "Write a name of the IANA time zone database, such as \"Europe/Madrid\".",
        )
    })
}

fn check(file: File, zone: Tz, languages: Vec<String>, routines: Routines) -> Result<Clinic, Mistake> {
    if file.clinic.name.as_ref().trim().is_empty() {
        return Err(mistake(
            &file.clinic.name,
            "the clinic has no name",
            "Write the name that patients know.",
        ));
    }
    let complete = |text: &Spanned<Localised>| match languages.iter().find(|l| !text.as_ref().has(l)) {
        None => Ok(text.as_ref().clone()),
        Some(missing) => Err(mistake(
            text,
            format!("this text is missing in \"{missing}\""),
            format!("Add {missing} = \"…\": every text stands in every language the clinic offers."),
        )),
    };

    let mut services: Vec<Service> = Vec::new();
    for section in &file.service {
        let letter = section.letter.as_ref();
        let mut letters = letter.chars();
        let (Some(letter), None) = (letters.next().filter(char::is_ascii_uppercase), letters.next()) else {
            return Err(mistake(
                &section.letter,
                format!("\"{letter}\" is no ticket letter"),
                "Write one capital letter from A to Z.",
            ));
        };
        if services.iter().any(|other| other.letter == letter) {
            return Err(mistake(
                &section.letter,
                format!("the letter {letter} belongs to another service already"),
                "Give each service a letter of its own, or two patients would hold the same number.",
            ));
        }
        if services.iter().any(|other| other.id == *section.id.as_ref()) {
            return Err(mistake(
                &section.id,
                "this id belongs to another service already",
                "Choose another id.",
            ));
        }
        for number in [&section.minutes_each, &section.service_points] {
            if *number.as_ref() == 0 {
                return Err(mistake(number, "this cannot be 0", "Write a whole number of 1 or more."));
            }
        }
        services.push(Service {
            id: section.id.as_ref().clone(),
            letter,
            name: complete(&section.name)?,
            seat: complete(&section.seat)?,
            minutes_each: *section.minutes_each.as_ref(),
            service_points: *section.service_points.as_ref(),
            arrival: section.arrival.as_ref().map(check_window).transpose()?,
        });
    }
    if services.is_empty() {
        return Err(mistake(&file.clinic.name, "the clinic has no service", "Add a part [[service]]."));
    }

    let mut reasons = Vec::new();
    for section in &file.reason {
        if !services.iter().any(|service| service.id == *section.service.as_ref()) {
            let known: Vec<_> = services.iter().map(|service| service.id.as_str()).collect();
            return Err(mistake(
                &section.service,
                format!("there is no service \"{}\"", section.service.as_ref()),
                format!("Write one of: {}.", known.join(", ")),
            ));
        }
        reasons.push(Reason {
            id: section.id.as_ref().clone(),
            name: complete(&section.name)?,
            service: section.service.as_ref().clone(),
        });
    }
    if reasons.is_empty() {
        return Err(mistake(
            &file.clinic.name,
            "the clinic has no reason for visit",
            "Add a part [[reason]].",
        ));
    }

    let (warn, countdown) = (&file.inactivity.warn_after_seconds, &file.inactivity.countdown_seconds);
    if *countdown.as_ref() < 20 {
        return Err(mistake(
            countdown,
            "the countdown is too short for many people",
            "Write 20 or more: WCAG 2.2 (2.2.1) asks for at least 20 seconds to answer a warning.",
        ));
    }
    if !(10..=600).contains(warn.as_ref()) {
        return Err(mistake(warn, "this is no usable time until the warning", "Write 10 to 600 seconds."));
    }
    let arrival = check_window(&file.arrival)?;
    let mut sites: Vec<Site> = Vec::new();
    for section in &file.site {
        if section.id.as_ref().trim().is_empty() || sites.iter().any(|other| other.id == *section.id.as_ref())
        {
            return Err(mistake(
                &section.id,
                "this id is empty, or belongs to another site already",
                "Write a short word of its own, such as id = \"annexe\".",
            ));
        }
        sites.push(Site {
            id: section.id.as_ref().clone(),
            name: complete(&section.name)?,
            way: complete(&section.way)?,
        });
    }
    let acknowledge = &file.requests.acknowledge_minutes;
    if *acknowledge.as_ref() == 0 {
        return Err(mistake(acknowledge, "nobody can acknowledge within 0 minutes", "Write 1 or more."));
    }
    let address = &file.desk.address;
    let desk = address.as_ref().parse().ok().filter(|address: &SocketAddr| address.port() != 0);
    let desk = desk.ok_or_else(|| {
        mistake(
            address,
            format!("\"{}\" is no address and port", address.as_ref()),
            "Write for example \"127.0.0.1:8320\": figures, not a name, and a port that is not 0.",
        )
    })?;
    check_key(&file.desk.link_key, "link key", 16)?;
    if let Some(key) = &file.desk.provider_key {
        check_key(key, "key of the payment provider", 32)?;
    }

    let consent = complete(&file.consent)?;
    Ok(Clinic {
        name: file.clinic.name.into_inner(),
        zone,
        languages,
        arrival,
        services,
        reasons,
        consent,
        routines,
        practice: false,
        come_back_minutes: file.requests.come_back_minutes,
        inactivity: Inactivity {
            warn_after: Duration::from_secs(*warn.as_ref()),
            countdown: Duration::from_secs(*countdown.as_ref()),
        },
        desk,
        link_key: file.desk.link_key.into_inner(),
        provider_key: file.desk.provider_key.map(Spanned::into_inner),
        data: file.clinic.data,
        kiosks: check_kiosks(file.kiosk, &sites)?,
        sites,
        file: None,
    })
}

fn check_window(written: &Spanned<ArrivalWindow>) -> Result<ArrivalWindow, Mistake> {
    let window = *written.as_ref();
    if window.opens_before_minutes > 0 {
        return Ok(window);
    }
    Err(mistake(
        written,
        "check-in would open only when the appointment begins",
        "Write how many minutes before the start patients may check in: opens_before_minutes = 60.",
    ))
}

fn check_key(key: &Spanned<String>, what: &str, least: usize) -> Result<(), Mistake> {
    let wrong = if key.as_ref().len() < least {
        format!("the {what} is too short to keep anybody out")
    } else if !key.as_ref().chars().all(|letter| letter.is_ascii_graphic()) {
        format!(
            "a {what} is made of letters and figures without accents and spaces: it travels in an HTTP header"
        )
    } else {
        return Ok(());
    };
    let right = format!("Write {least} characters or more, at random: openssl rand -hex {least}");
    Err(mistake(key, wrong, right))
}

fn check_languages(written: &[Spanned<String>], name: &Spanned<String>) -> Result<Vec<String>, Mistake> {
    const SPOKEN: [&str; 4] = ["en", "es", "ar", "hi"];
    for (position, language) in written.iter().enumerate() {
        if written[..position].iter().any(|other| other.as_ref() == language.as_ref()) {
            return Err(mistake(
                language,
                format!("\"{}\" stands here twice", language.as_ref()),
                "Name each language once: each has one button.",
            ));
        }
        if !SPOKEN.contains(&language.as_ref().as_str()) {
            return Err(mistake(
                language,
                format!("the kiosk has no texts in \"{}\"", language.as_ref()),
                format!("Write any of: {}.", SPOKEN.join(", ")),
            ));
        }
    }
    if written.is_empty() {
        return Err(mistake(name, "the clinic offers no language", "Add languages = [\"en\"]."));
    }
    Ok(written.iter().map(|language| language.as_ref().clone()).collect())
}

fn check_kiosks(sections: Vec<KioskSection>, sites: &[Site]) -> Result<Vec<Kiosk>, Mistake> {
    let mut kiosks: Vec<Kiosk> = Vec::new();
    for section in sections {
        let series = section.series.as_ref();
        if series.is_empty() || !series.chars().all(|c| c.is_ascii_digit()) {
            return Err(mistake(&section.series, "a series is made of digits", "Write for example \"1\"."));
        }
        if let Some(other) = kiosks.first().filter(|other| other.series.len() != series.len()) {
            return Err(mistake(
                &section.series,
                format!("this series has not as many digits as \"{}\"", other.series),
                "Give all kiosks series of the same length, such as \"01\" to \"40\": only then no two of them can print the same number.",
            ));
        }
        if kiosks.iter().any(|other| other.series == *series || other.name == *section.name.as_ref()) {
            return Err(mistake(
                &section.series,
                "another kiosk has this name or series",
                "Give each kiosk a name and a series of its own, or two patients would hold the same number.",
            ));
        }
        check_kiosk_name(&section.name)?;
        if !(5.0..=100.0).contains(section.panel_inches.as_ref()) {
            return Err(mistake(
                &section.panel_inches,
                "no panel has this diagonal",
                "Write the diagonal of the panel in inches, such as 21.5: sizes on the screen follow from it.",
            ));
        }
        if let Some(printer) = &section.printer {
            if let Err(unknown) = vestibule_hardware::printer::Profile::named(&printer.as_ref().profile) {
                return Err(mistake(printer, unknown.to_string(), "Correct profile = … in this line."));
            }
            check_baud(printer, printer.as_ref().baud)?;
        }
        if let Some(scanner) = &section.scanner {
            check_baud(scanner, scanner.as_ref().baud)?;
        }
        if let Some(site) = &section.site
            && !sites.iter().any(|known| known.id == *site.as_ref())
        {
            let known: Vec<_> = sites.iter().map(|site| site.id.as_str()).collect();
            let right = match known.as_slice() {
                [] => "Add a part [[site]] with this id, a name and a way to it, or remove the line."
                    .to_string(),
                known => format!("Write one of: {}.", known.join(", ")),
            };
            return Err(mistake(site, format!("there is no site \"{}\"", site.as_ref()), right));
        }
        let terminal = section.terminal.map(check_terminal).transpose()?;
        kiosks.push(Kiosk {
            terminal,
            site: section.site.map(Spanned::into_inner),
            name: section.name.into_inner(),
            series: section.series.into_inner(),
            panel_inches: section.panel_inches.into_inner(),
            printer: section.printer.map(Spanned::into_inner),
            scanner: section.scanner.map(Spanned::into_inner),
        });
    }
    Ok(kiosks)
}

/// A kiosk's name is the origin of its facts, where the desk has a name too, and names the file of its store.
fn check_kiosk_name(name: &Spanned<String>) -> Result<(), Mistake> {
    let written = name.as_ref();
    if written == DESK {
        let right = "Choose another name, such as \"lobby\".";
        return Err(mistake(name, format!("no kiosk can be called \"{DESK}\": the desk is"), right));
    }
    let usual = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    if written.trim() != written
        || !(1..=40).contains(&written.chars().count())
        || !written.chars().all(usual)
    {
        return Err(mistake(
            name,
            format!("\"{written}\" is no name for a kiosk"),
            "Write up to 40 letters, figures, spaces, - and _, such as \"lobby\": the file of its store has this name.",
        ));
    }
    Ok(())
}

/// A port that begins with / is a serial device, any other one an address in the network.
fn check_terminal(written: TerminalSection) -> Result<TerminalPlace, Mistake> {
    let TerminalSection { port, baud, password } = written;
    let at = if port.as_ref().starts_with('/') {
        if let Some(baud) = &baud {
            check_baud(baud, *baud.as_ref())?;
        }
        // What ZVT terminals have when they leave the factory (PA00P016).
        let baud = baud.map_or(9600, Spanned::into_inner);
        TerminalPort::Serial { device: port.into_inner().into(), baud }
    } else {
        let address = port.as_ref().parse().ok().filter(|address: &SocketAddr| address.port() != 0);
        let Some(address) = address else {
            return Err(mistake(
                &port,
                format!("\"{}\" is no place of a card terminal", port.as_ref()),
                "Write its address and port in the network, such as \"192.168.1.50:20007\", or the serial device, such as \"/dev/vestibule/terminal\".",
            ));
        };
        if let Some(baud) = baud {
            let right = "Remove baud: it is the speed of a serial line.";
            return Err(mistake(&baud, "a terminal in the network has no speed", right));
        }
        TerminalPort::Network(address)
    };
    let Some(password) = password else {
        return Ok(TerminalPlace { port: at, password: NO_PASSWORD.into() });
    };
    if password.as_ref().len() != 6 || !password.as_ref().bytes().all(|byte| byte.is_ascii_digit()) {
        let right =
            "Write the six figures that the terminal's provider has set, in \"quotes\", or remove the line.";
        return Err(mistake(&password, "a terminal's password has six figures", right));
    }
    Ok(TerminalPlace { port: at, password: password.into_inner() })
}

fn check_baud<T>(place: &Spanned<T>, baud: u32) -> Result<(), Mistake> {
    if (300..=4_000_000).contains(&baud) {
        return Ok(());
    }
    let right = "Write the speed that is set on the device, such as baud = 9600, or leave it out.";
    Err(mistake(place, format!("{baud} baud is no speed of a serial line"), right))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint(from: &str, to: &str) -> (usize, String, String) {
        assert!(EXAMPLE.contains(from), "the example has no {from}");
        match read_text("clinic.toml", &EXAMPLE.replacen(from, to, 1)) {
            Err(ClinicError::Wrong { line, wrong, right, .. }) => (line, wrong, right),
            other => panic!("{to} was taken: {other:?}"),
        }
    }

    #[test]
    fn no_kiosk_takes_the_name_under_which_the_desk_tells_its_facts() {
        assert_eq!(DESK, crate::link::fact::DESK);
    }

    #[test]
    fn the_example_is_right() {
        let clinic = read_text("clinic.toml", EXAMPLE).unwrap();
        assert_eq!(clinic.languages, ["en", "es", "ar", "hi"]);
    }

    #[test]
    fn each_mistake_names_its_line_and_what_would_be_right() {
        for (from, to, wrong, right) in [
            ("Europe/Madrid", "Mars/Base", "no time zone", "Europe/Madrid"),
            ("letter = \"C\"", "letter = \"cc\"", "no ticket letter", "capital"),
            ("letter = \"B\"", "letter = \"C\"", "belongs to another service", "of its own"),
            ("service = \"blood\"", "service = \"bloood\"", "no service", "blood"),
            ("countdown_seconds = 30", "countdown_seconds = 5", "too short", "20"),
            ("zone =", "zoone =", "unknown field", "list"),
            ("name = \"Vestibule", "name = 5 #\"Vestibule", "invalid type", "quotes"),
            ("127.0.0.1:8320", "here", "no address", "127.0.0.1:8320"),
            ("hi = \"रक्त जाँच\"", "hi = \"\"", "missing in \"hi\"", "hi = "),
            ("[arrival]", "[arrival", "", "TOML"),
            ("series = \"1\"", "series = \"one\"", "digits", "\"1\""),
            (
                "panel_inches = 21.5",
                "site = \"annexe\"\npanel_inches = 21.5",
                "no site \"annexe\"",
                "[[site]]",
            ),
            (
                "link_key = \"change-me-change-me\"",
                "link_key = \"short\"",
                "link key is too short",
                "16 characters",
            ),
            (
                "address = \"127",
                "provider_key = \"0123456789abcdef\"\naddress = \"127",
                "key of the payment provider is too short",
                "32 characters",
            ),
            (
                "panel_inches = 21.5",
                "terminal = { port = \"COM3\" }\npanel_inches = 21.5",
                "no place of a card terminal",
                "192.168.1.50:20007",
            ),
            (
                "panel_inches = 21.5",
                "terminal = { port = \"192.168.1.50:0\" }\npanel_inches = 21.5",
                "no place of a card terminal",
                "/dev/",
            ),
            (
                "panel_inches = 21.5",
                "terminal = { port = \"192.168.1.50:20007\", baud = 9600 }\npanel_inches = 21.5",
                "has no speed",
                "Remove baud",
            ),
            (
                "panel_inches = 21.5",
                "terminal = { port = \"/dev/ttyS0\", baud = 7 }\npanel_inches = 21.5",
                "no speed of a serial line",
                "9600",
            ),
            (
                "panel_inches = 21.5",
                "terminal = { port = \"/dev/ttyS0\", password = \"12345\" }\npanel_inches = 21.5",
                "six figures",
                "in \"quotes\"",
            ),
            (
                "service_points = 2",
                "arrival = { opens_before_minutes = 0, closes_after_minutes = 5 }\nservice_points = 2",
                "only when the appointment begins",
                "opens_before_minutes",
            ),
        ] {
            let (line, said_wrong, said_right) = complaint(from, to);
            let at = EXAMPLE[..EXAMPLE.find(from).unwrap()].lines().count().max(1);
            assert!(said_wrong.contains(wrong), "{to}: {said_wrong}");
            assert!(said_right.contains(right), "{to}: {said_right}");
            assert!(line.abs_diff(at) <= 1, "{to}: line {line}, not {at}");
        }
    }
    #[test]
    fn a_terminal_is_in_the_network_or_on_a_serial_line() {
        let terminal = |written: &str| {
            let text = EXAMPLE.replacen("panel_inches = 21.5", &format!("terminal = {written}"), 1);
            read_text("clinic.toml", &text).unwrap().kiosks[0].terminal.clone().unwrap()
        };
        let network = TerminalPort::Network("192.168.1.50:20007".parse().unwrap());
        assert_eq!(
            terminal("{ port = \"192.168.1.50:20007\", password = \"123456\" }"),
            TerminalPlace { port: network, password: "123456".into() }
        );
        let serial = TerminalPort::Serial { device: "/dev/ttyS0".into(), baud: 9600 };
        let written = terminal("{ port = \"/dev/ttyS0\" }");
        assert_eq!(written, TerminalPlace { port: serial, password: "000000".into() });
        assert!(!format!("{written:?}").contains("000000"));
        // The example explains it without having one; so explained, it is right.
        let example =
            EXAMPLE.replace("# terminal =", "terminal =").replace("# provider_key =", "provider_key =");
        let clinic = read_text("clinic.toml", &example).unwrap();
        assert!(clinic.kiosks[0].terminal.is_some() && clinic.provider_key.is_some());
    }

    #[test]
    fn no_secret_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("clinic.toml");
        let secrets = ["0123456789abcdef-of-the-link", "0123456789abcdef0123456789abcdef", "864209"];
        let text = EXAMPLE
            .replace("routines = \"routines\"", "")
            .replace("change-me-change-me", secrets[0])
            .replacen("[desk]", &format!("[desk]\nprovider_key = \"{}\"", secrets[1]), 1)
            .replacen(
                "panel_inches = 21.5",
                &format!("terminal = {{ password = \"{}\", port = \"/dev/ttyS0\" }}", secrets[2]),
                1,
            );
        std::fs::write(&file, text).unwrap();
        let clinic = read(&file).unwrap();
        assert_eq!(clinic.provider_key.as_deref(), Some(secrets[1]));
        let told = texts_to_tell(&file).unwrap();
        for secret in secrets {
            assert!(told.values().all(|text| !text.contains(secret)), "{secret}");
        }
        let adopted = clinic.adopt(read_told(&told).unwrap());
        assert_eq!(
            (adopted.link_key.as_str(), adopted.provider_key.as_deref()),
            (secrets[0], Some(secrets[1]))
        );
        assert_eq!(adopted.kiosks[0].terminal.as_ref().unwrap().password, secrets[2]);
        assert_ne!(clinic.clone().for_practice().provider_key, clinic.provider_key);
    }
}

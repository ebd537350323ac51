//! Reading `clinic.toml`: every mistake is answered with the file, the line, what is wrong and what would
//! be right.

use super::mistake::{AtLeastOne, ClinicError, ClinicErrors, Mistake, mistake, parsed, text_of};
use super::routine_files::{self, RoutineTexts, Setting};
use super::*;
use crate::front_desk::calendar::Within;
use crate::front_desk::sign_in::SessionLimits;
use std::collections::BTreeSet;
use std::path::Path;
use toml::Spanned;
use vestibule_hardware::printer::Profile;
use vestibule_ui::words::{Language, TranslationFault};

/// What the clinic's file is called among those that are told.
const CLINIC: &str = "clinic.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    clinic: ClinicSection,
    #[serde(default)]
    branding: branding::Section,
    arrival: Spanned<ArrivalWindow>,
    #[serde(default)]
    requests: RequestsSection,
    #[serde(default)]
    inactivity: InactivitySection,
    desk: DeskSection,
    #[serde(default)]
    retention: retention::Section,
    consent: Spanned<Localised>,
    service: Vec<ServiceSection>,
    reason: Vec<ReasonSection>,
    #[serde(default)]
    site: Vec<SiteSection>,
    kiosk: Vec<kiosks::Section>,
    #[serde(default)]
    printer_profile: Vec<Spanned<Profile>>,
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
    metrics_key: Option<Spanned<String>>,
    /// Minutes without any act of a person until they are signed out.
    #[serde(default = "idle_minutes")]
    idle_minutes: Spanned<u16>,
    /// Hours after which everybody signs in anew.
    #[serde(default = "session_hours")]
    session_hours: Spanned<u16>,
}

fn idle_minutes() -> Spanned<u16> {
    Spanned::new(0..0, 15)
}

fn session_hours() -> Spanned<u16> {
    Spanned::new(0..0, 12)
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
    let beside = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    match named {
        Some(folder) => RoutineTexts::in_folder(&beside.join(folder)),
        None => RoutineTexts::of_any_clinic().with_added_in(beside),
    }
}

/// The text of a clinic's file and of its routines, by the names of the files, as they are kept and told to the
/// kiosks. The keys of the link, of the payment provider and of the metrics and the terminals' passwords are taken out:
/// what is told to everybody is no secret any more.
pub fn texts_to_tell(path: &Path) -> Result<BTreeMap<String, String>, ClinicError> {
    let text = text_of(path)?;
    let named = path.display().to_string();
    let file: File = parsed(&text).map_err(|mistake| mistake.within(&named, &text))?;
    let passwords = file.kiosk.iter().filter_map(kiosks::Section::terminal_password);
    let mut secrets: Vec<_> = passwords.map(|span| (span, terminal::NO_PASSWORD)).collect();
    secrets.push((file.desk.link_key.span(), NO_KEY));
    let keys = [&file.desk.provider_key, &file.desk.metrics_key].into_iter().flatten();
    secrets.extend(keys.map(|key| (key.span(), NO_KEY)));
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
    read_with(name, text, routines, Required::OfOurLanguages)
}

/// Each text of the clinic that lacks in a language that it added itself. It is shown in the clinic's first language.
pub fn untranslated(path: &Path) -> Result<Vec<ClinicError>, ClinicErrors> {
    let text = text_of(path)?;
    let read =
        read_with(&path.display().to_string(), &text, &routines_beside(path)?, Required::OfAllLanguages);
    Ok(read.err().into_iter().flatten().collect())
}

/// The languages that every text of the clinic must stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Required {
    /// Those that come with the program. A translation that the clinic adds is enough to offer its language.
    OfOurLanguages,
    OfAllLanguages,
}

fn read_with(
    name: &str,
    text: &str,
    routines: &RoutineTexts,
    required: Required,
) -> Result<Clinic, ClinicErrors> {
    let wrong = |mistake: Mistake| mistake.within(name, text);
    let file: File = parsed(text).map_err(wrong)?;
    let zone = zone(&file.clinic.zone).map_err(wrong)?;
    let (words, faults) = Words::with(routines.translations());
    let unnamed = routines.translations().filter_map(|(code, text)| no_locale(&words, code, text));
    let faults = faults.into_iter().chain(unnamed).map(|fault| {
        let TranslationFault { code, at, wrong, right } = fault;
        let text = routines.translations().find(|(of, _)| *of == code).map_or("", |(_, text)| text);
        Mistake { span: at..at, wrong, right }.within(&format!("{code}.ftl"), text)
    });
    if let Some(errors) = AtLeastOne::of(faults.collect()) {
        return Err(errors);
    }
    let languages = check_languages(&file.clinic.languages, &file.clinic.name, &words).map_err(wrong)?;
    let added: BTreeSet<&str> = routines.translations().map(|(code, _)| code).collect();
    let is_required = |code: &String| required == Required::OfAllLanguages || !added.contains(code.as_str());
    let required: Vec<String> = languages.iter().filter(|code| is_required(code)).cloned().collect();
    let acknowledge = Within::Seconds(u32::from(*file.requests.acknowledge_minutes.as_ref()) * 60);
    let window = |service: &ServiceSection| *service.arrival.as_ref().unwrap_or(&file.arrival).as_ref();
    let services: Vec<_> =
        file.service.iter().map(|service| (service.id.as_ref().clone(), window(service))).collect();
    let setting =
        Setting { zone, languages: &languages, required: &required, acknowledge, services: &services };
    let branding = branding::branding(&file.branding, routines, wrong)?;
    let routines = routine_files::read(routines, &setting)?;
    let spoken = Spoken { languages, required, words };
    let clinic = check(file, zone, spoken, routines).map_err(wrong)?;
    Ok(Clinic { branding: Arc::new(branding), ..clinic })
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

/// That the days and months of a translation have no names.
fn no_locale(words: &Words, code: &str, text: &str) -> Option<TranslationFault> {
    let locale = words.language(code)?.locale();
    let known = chrono::Locale::try_from(locale).is_ok();
    (!known).then(|| TranslationFault {
        code: code.to_string(),
        at: text.find("language-locale").unwrap_or_default(),
        wrong: format!("language-locale is \"{locale}\", and no such locale names days and months"),
        right: "Write a POSIX locale, such as vi_VN.".to_string(),
    })
}

/// What the clinic speaks.
struct Spoken {
    languages: Vec<String>,
    required: Vec<String>,
    words: Words,
}

fn check(file: File, zone: Tz, spoken: Spoken, routines: Routines) -> Result<Clinic, Mistake> {
    let Spoken { languages, required, words } = spoken;
    if file.clinic.name.as_ref().trim().is_empty() {
        return Err(mistake(
            &file.clinic.name,
            "the clinic has no name",
            "Write the name that patients know.",
        ));
    }
    let complete = |text: &Spanned<Localised>| match routine_files::lacking(text, &required) {
        None => Ok(text.as_ref().in_all(&languages)),
        Some(mistake) => Err(mistake),
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
    let queue = routines.queue.with_points_for(&services);
    let routines = Routines { queue, ..routines };

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
    if let Some(key) = &file.desk.metrics_key {
        check_key(key, "key of the metrics", 16)?;
    }

    let (idle, longest) = (&file.desk.idle_minutes, &file.desk.session_hours);
    if !(2..=120).contains(idle.as_ref()) {
        return Err(mistake(
            idle,
            "this is no usable time until somebody who does nothing is signed out",
            "Write 2 to 120 minutes; 15 fits most desks.",
        ));
    }
    if !(1..=24).contains(longest.as_ref()) {
        return Err(mistake(
            longest,
            "nobody works for so long",
            "Write 1 to 24 hours; 12 fits most shifts.",
        ));
    }
    let session = SessionLimits {
        idle: chrono::TimeDelta::minutes(i64::from(*idle.as_ref())),
        longest: chrono::TimeDelta::hours(i64::from(*longest.as_ref())),
    };

    let retention = retention::check(&file.retention)?;
    let consent = complete(&file.consent)?;
    Ok(Clinic {
        name: file.clinic.name.into_inner(),
        branding: Arc::default(),
        zone,
        languages,
        words: Arc::new(words),
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
        session,
        retention,
        link_key: file.desk.link_key.into_inner(),
        provider_key: file.desk.provider_key.map(Spanned::into_inner),
        metrics_key: file.desk.metrics_key.map(Spanned::into_inner),
        data: file.clinic.data,
        kiosks: kiosks::check(file.kiosk, &kiosks::check_profiles(file.printer_profile)?, &sites)?,
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

fn check_languages(
    written: &[Spanned<String>],
    name: &Spanned<String>,
    words: &Words,
) -> Result<Vec<String>, Mistake> {
    let spoken: Vec<&str> = words.languages().map(Language::code).collect();
    for (position, language) in written.iter().enumerate() {
        if written[..position].iter().any(|other| other.as_ref() == language.as_ref()) {
            return Err(mistake(
                language,
                format!("\"{}\" stands here twice", language.as_ref()),
                "Name each language once: each has one button.",
            ));
        }
        if !spoken.contains(&language.as_ref().as_str()) {
            return Err(mistake(
                language,
                format!("the kiosk has no texts in \"{}\"", language.as_ref()),
                format!(
                    "Write any of: {}. For another, lay its translation beside the routines: {}.ftl.",
                    spoken.join(", "),
                    language.as_ref()
                ),
            ));
        }
    }
    if written.is_empty() {
        return Err(mistake(name, "the clinic offers no language", "Add languages = [\"en\"]."));
    }
    Ok(written.iter().map(|language| language.as_ref().clone()).collect())
}

#[cfg(test)]
mod tests;

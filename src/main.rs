//! The command line, nothing else.

use chrono::Utc;
use clap::{Args, Parser, Subcommand};
use miette::{IntoDiagnostic, Result};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use vestibule::bench::wait::recorded;
use vestibule::clinic::{self, Clinic, SentenceFigures};
use vestibule::demo::{self, DemoOptions};
use vestibule::front_desk::request::RequestReason;
use vestibule::kiosk::front::{self, FrontError, Glass};
use vestibule::kiosk::paper::preview;
use vestibule::link::fact::DESK;
use vestibule::log::LogFormat;
use vestibule::store::Store;
use vestibule::{bench, desk, doctor, interop, norms, routines};
use vestibule_hardware::printer::Fonts;

/// The exit code of a kiosk that was ordered to start anew and could not by itself: whoever watches over it is to start
/// it (EX_TEMPFAIL of sysexits.h).
const START_AGAIN: u8 = 75;

/// A clinic's lobby kiosk, and the desk where people are.
#[derive(Parser)]
#[command(version, arg_required_else_help = true, subcommand_required = true)]
struct CommandLine {
    /// How the program says on the standard error what it does: text, or json (an object a line). Without it,
    /// VESTIBULE_LOG_FORMAT says so.
    #[arg(long, global = true, value_name = "FORMAT")]
    log_format: Option<LogFormat>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs a kiosk: full screen, with its printer and scanner, and the link to the desk.
    ///
    /// It needs no network: what the desk must know is kept on the disk and delivered by itself.
    #[command(after_help = "Example:\n  vestibule kiosk --clinic /etc/vestibule/clinic.toml --name lobby")]
    Kiosk {
        #[command(flatten)]
        clinic: ClinicFile,
        /// Which kiosk of the clinic's file this is; may be left out if there is only one.
        #[arg(long)]
        name: Option<String>,
        /// A window of WIDTHxHEIGHT pixels instead of the full screen.
        #[arg(long, value_name = "WIDTHxHEIGHT")]
        window: Option<Size>,
        /// A practice kiosk: it looks the same, says on every screen and paper that nothing is real, and can
        /// reach only the practice desk.
        #[arg(long)]
        practice: bool,
    },
    /// Serves the desk's page, where staff see who needs a person and who has arrived.
    #[command(
        after_help = "Example:\n  vestibule desk --clinic /etc/vestibule/clinic.toml\n\nThen open http://ADDRESS, the desk.address of the clinic's file, in a browser."
    )]
    Desk {
        #[command(flatten)]
        clinic: ClinicFile,
        /// A practice desk, for practice kiosks: with invented patients, a store and an address of its own (the
        /// port after that of desk.address).
        #[arg(long)]
        practice: bool,
        /// Only prints a code, good once and for an hour, with which whoever has lost every way in makes a new
        /// administrator on the page /sign-in. The desk may be running.
        #[arg(long)]
        administrator_code: bool,
    },
    /// Proves, draws, and puts in force what is written about who answers what.
    #[command(subcommand_required = true, arg_required_else_help = true)]
    Routines {
        #[command(subcommand)]
        command: RoutinesCommand,
    },
    /// Measures how well the program does what cannot be right every time.
    #[command(subcommand_required = true, arg_required_else_help = true)]
    Bench {
        #[command(subcommand)]
        command: BenchCommand,
    },
    /// Shows it all: a kiosk, the desk's page, a simulated printer and an invented clinic.
    ///
    /// The appointments are always around now. Nothing needs to be configured, and nothing is kept.
    #[command(
        after_help = "Examples:\n  vestibule demo\n  vestibule demo --headless --output pictures\n  vestibule demo --write-clinic clinic.toml"
    )]
    Demo {
        /// Without a display: plays patients from the welcome to the ticket, in each language, and writes
        /// every screen and ticket as PNG.
        #[arg(long)]
        headless: bool,
        /// Where --headless writes its pictures.
        #[arg(long, default_value = "vestibule-demo", value_name = "FOLDER")]
        output: PathBuf,
        /// Size of the window, or of the pictures.
        #[arg(long, value_name = "WIDTHxHEIGHT")]
        window: Option<Size>,
        /// Full screen.
        #[arg(long, conflicts_with_all = ["window", "headless"])]
        full_screen: bool,
        /// Only writes the example of a clinic's file, to begin one's own with.
        #[arg(long, value_name = "FILE")]
        write_clinic: Option<PathBuf>,
    },
    /// Takes patients and appointments over from FHIR R4 bundles (JSON, NDJSON) and CSV files, and from CSV files also
    /// what is owed.
    ///
    /// Every row that is refused is listed with its line and the reason. The same file a second time
    /// changes nothing. A desk that is running shows at once what is imported. The exit code is 3 when rows
    /// were refused, and 1 when a file could not be read at all.
    #[command(
        after_help = "Example:\n  vestibule import --clinic /etc/vestibule/clinic.toml patients.csv appointments.csv charges.csv\n\nThe first line of a CSV file names its columns; those in [ ] may be missing:\n  patients: id,family,birth_date[,given,number,sex,phone,address,contact_name,contact_phone,language,balance_due,currency]\n  appointments: id,patient,service,start[,clinician,minutes,status,site]\n  charges: id,patient,text,amount,currency[,day,withdrawn]\n\nAmounts are whole numbers of the smallest unit: 4250 and EUR for 42.50 euros. A charge is what one thing costs; withdrawn (yes or no) says that it is owed no longer."
    )]
    Import {
        #[command(flatten)]
        clinic: ClinicFile,
        /// The files, patients before their appointments and charges.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// What the system is called that the files come from. A second system needs another name, or its
        /// patient 1 would be taken for the first one's.
        #[arg(long, default_value = interop::DEFAULT_SOURCE, value_name = "NAME")]
        source: String,
    },
    /// Examines a machine: devices, disk, clock, network, desk, display; and says what to put right.
    #[command(
        after_help = "Examples:\n  vestibule doctor --clinic /etc/vestibule/clinic.toml --name lobby\n  vestibule doctor --json"
    )]
    Doctor {
        #[command(flatten)]
        clinic: ClinicFile,
        /// The kiosk of the clinic's file whose machine this is; without it, the desk's is examined.
        #[arg(long)]
        name: Option<String>,
        /// For programs.
        #[arg(long)]
        json: bool,
        /// Also prints a test page.
        #[arg(long)]
        print_test: bool,
        /// For whoever stands at the machine: prints a test page, asks to scan a code, to touch the screen and to
        /// listen, and whether all is as it should be.
        #[arg(long)]
        hands_on: bool,
    },
    /// Shows what the clinic has made of its tickets.
    #[command(subcommand_required = true, arg_required_else_help = true)]
    Ticket {
        #[command(subcommand)]
        command: TicketCommand,
    },
    /// Prints what norms of accessibility ask (EN 301 549, WCAG 2.2, Section 508, ADA), how kiosk and desk stand to each
    /// clause, and which tests measure it.
    #[command(after_help = "Examples:\n  vestibule norms | less\n  vestibule norms --markdown > norms.md")]
    Norms {
        /// As a document in Markdown.
        #[arg(long, conflicts_with = "json")]
        markdown: bool,
        /// For programs.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Subcommand)]
enum TicketCommand {
    /// Draws a ticket in each of the clinic's languages, as a kiosk's printer prints it, as PNG; and says how long it is,
    /// and how long the line takes for it.
    #[command(
        after_help = "Examples:\n  vestibule ticket preview --clinic /etc/vestibule/clinic.toml\n  vestibule ticket preview --name lobby --output pictures\n\nWhat stands on it is written in ticket.toml, beside the other routines."
    )]
    Preview {
        #[command(flatten)]
        clinic: ClinicFile,
        /// The kiosk whose printer is meant; without it, the first one's.
        #[arg(long)]
        name: Option<String>,
        /// Where the pictures are written.
        #[arg(long, default_value = "tickets", value_name = "FOLDER")]
        output: PathBuf,
    },
}

#[derive(Subcommand)]
enum BenchCommand {
    /// Compares estimators of waits with the plain average of today's waits, on simulated days, or on recorded ones.
    #[command(
        after_help = "Examples:\n  vestibule bench wait\n  vestibule bench wait --store /var/lib/vestibule/desk.db --clinic /etc/vestibule/clinic.toml\n  vestibule bench wait --csv days.csv --zone Europe/Madrid\n\nThe first line of a CSV file names its columns: arrived,called,finished,service[,appointment]. Times are like 2026-11-25T10:32:00."
    )]
    Wait {
        /// Where chance begins: the same seed simulates the same days.
        #[arg(long, default_value_t = 2026)]
        seed: u64,
        /// So many clinics of each kind are simulated.
        #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u64).range(1..=1000))]
        clinics: u64,
        /// So many days of each count.
        #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u16).range(1..=250))]
        days: u16,
        /// A desk's store: plays again what it has recorded.
        #[arg(long, value_name = "FILE", requires = "clinic", conflicts_with = "csv")]
        store: Option<PathBuf>,
        /// The clinic's file that belongs to the store.
        #[arg(long, value_name = "FILE")]
        clinic: Option<PathBuf>,
        /// A table of other people's days.
        #[arg(long, value_name = "FILE")]
        csv: Option<PathBuf>,
        /// The zone of times in the table that name none.
        #[arg(long, default_value = "UTC")]
        zone: chrono_tz::Tz,
    },
    /// Lets scripted patients check in at a real kiosk, and tells how long each is at it from the first touch to the ticket.
    ///
    /// What they do is counted and what the program does is measured; how long a person takes for it is reckoned from
    /// the literature. By scanned code, by touch, by a keypad, and by a keypad and the voice; in each language.
    Task,
}

#[derive(Subcommand)]
enum RoutinesCommand {
    /// Proves the routines: every request has a destination, every chain ends at a person, every text exists in
    /// every language, nothing shadows anything else, and the clinic's own sentences raise what they should.
    ///
    /// The exit code is 1 for mistakes; what is only worth a look does not change it.
    #[command(
        after_help = "Examples:\n  vestibule routines check --clinic /etc/vestibule/clinic.toml\n  vestibule routines check --diagram routines.svg"
    )]
    Check {
        #[command(flatten)]
        clinic: ClinicFile,
        /// Also draws them as a picture to read and sign.
        #[arg(long, value_name = "FILE.svg")]
        diagram: Option<PathBuf>,
    },
    /// Puts the routines as they stand in the files in force, at the desk and all kiosks, without a restart.
    ///
    /// To be run on the desk's machine. Who, when, before and after are recorded. Kiosks take them between two
    /// patients.
    #[command(
        after_help = "Examples:\n  vestibule routines apply --clinic /etc/vestibule/clinic.toml --by \"Elena Ruiz\" --practice\n  vestibule routines apply --clinic /etc/vestibule/clinic.toml --by \"Elena Ruiz\""
    )]
    Apply {
        #[command(flatten)]
        clinic: ClinicFile,
        /// Who changes them, as the record shall name it.
        #[arg(long)]
        by: String,
        /// Only at the practice desk and its kiosks: to try them before they hold.
        #[arg(long)]
        practice: bool,
    },
    /// Lists every change of the routines: who, when, and what.
    #[command(after_help = "Example:\n  vestibule routines history --clinic /etc/vestibule/clinic.toml")]
    History {
        #[command(flatten)]
        clinic: ClinicFile,
        /// Those of the practice desk.
        #[arg(long)]
        practice: bool,
    },
    /// Writes the example's routines into a folder, to begin one's own with.
    #[command(after_help = "Example:\n  vestibule routines write /etc/vestibule/routines")]
    Write {
        /// The folder; clinic.toml names it with routines = \"…\" in its part [clinic].
        folder: PathBuf,
    },
}

#[derive(Args)]
struct ClinicFile {
    /// The clinic's file.
    #[arg(long, default_value = "clinic.toml", value_name = "FILE")]
    clinic: PathBuf,
}

/// A size in pixels.
#[derive(Debug, Clone, Copy)]
struct Size(u32, u32);

impl std::str::FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text
            .split_once(['x', 'X', '×'])
            .and_then(|(width, height)| Some((width.trim().parse().ok()?, height.trim().parse().ok()?)));
        match parts {
            Some((width @ 320..=16_000, height @ 320..=16_000)) => Ok(Self(width, height)),
            _ => Err("write for example 1280x800; each side from 320 to 16000".into()),
        }
    }
}

fn main() -> ExitCode {
    let CommandLine { command, log_format } = CommandLine::parse();
    vestibule::log::begin(log_format);
    match run(command) {
        Ok(code) => code,
        Err(report) => {
            // A mistake in a file is shown with its line; any other error says its cause in its sentence.
            match report.source_code() {
                Some(_) => eprintln!("{report:?}"),
                None => eprintln!("vestibule: {report}"),
            }
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Kiosk { clinic, name, window, practice } => {
            let clinic = for_practice(clinic.read()?, practice);
            let name = only_kiosk(&clinic, name)?;
            let glass = window.map_or(Glass::FullScreen, |Size(width, height)| Glass::Window(width, height));
            match front::run(clinic.into(), &name, glass) {
                Err(error @ FrontError::NotStartedAgain(_)) => {
                    eprintln!("vestibule: {error}");
                    return Ok(ExitCode::from(START_AGAIN));
                }
                ended => ended.into_diagnostic()?,
            }
        }
        Command::Desk { clinic, practice, administrator_code } => {
            let clinic = for_practice(clinic.read()?, practice);
            if administrator_code {
                println!("{}", desk::administrator_code(&clinic).into_diagnostic()?.text());
                return Ok(ExitCode::SUCCESS);
            }
            if practice {
                demo::fill_practice_book(&clinic).into_diagnostic()?;
            }
            desk::run(clinic.into()).into_diagnostic()?;
        }
        Command::Routines { command } => return keep_routines(command),
        Command::Bench { command } => measure(command)?,
        Command::Demo { write_clinic: Some(path), .. } => write_clinic(&path)?,
        Command::Demo { headless, output, window, full_screen, write_clinic: None } => {
            let size = window.map(|Size(width, height)| (width, height));
            demo::run(DemoOptions { headless, output, size, full_screen }).into_diagnostic()?;
        }
        Command::Doctor { clinic, name, json, print_test, hands_on } => {
            return examine(&clinic.read()?, name.as_deref(), json, print_test || hands_on, hands_on);
        }
        Command::Ticket { command: TicketCommand::Preview { clinic, name, output } } => {
            return draw_tickets(&clinic.clinic, name.as_deref(), &output);
        }
        Command::Norms { markdown, json } => print_norms(markdown, json)?,
        Command::Import { clinic, files, source } => return import(&clinic.read()?, &files, &source),
    }
    Ok(ExitCode::SUCCESS)
}

fn print_norms(markdown: bool, json: bool) -> Result<()> {
    let table = match (markdown, json) {
        (true, _) => norms::markdown(),
        (_, true) => serde_json::to_string_pretty(&norms::NORMS).into_diagnostic()? + "\n",
        _ => norms::plain(),
    };
    write_out(&table)
}

/// Prints a long text; whoever reads it may have read enough.
fn write_out(text: &str) -> Result<()> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error).into_diagnostic(),
        _ => Ok(()),
    }
}

fn measure(command: BenchCommand) -> Result<()> {
    let BenchCommand::Wait { seed, clinics, days, store, clinic, csv, zone } = command else {
        return bench::task::print(&bench::task::LANGUAGES).into_diagnostic();
    };
    match (store, clinic, csv) {
        (Some(store), Some(clinic), _) => {
            bench::wait::print_recorded(
                &recorded::of_desk(&store, &clinic::read(&clinic)?).into_diagnostic()?,
            );
        }
        (_, _, Some(table)) => {
            bench::wait::print_recorded(&recorded::of_table(&table, zone).into_diagnostic()?);
        }
        _ => bench::wait::print_simulated(bench::wait::Size { seed, clinics, days: days.into() }),
    }
    Ok(())
}

fn for_practice(clinic: Clinic, practice: bool) -> Clinic {
    if practice { clinic.for_practice() } else { clinic }
}

fn keep_routines(command: RoutinesCommand) -> Result<ExitCode> {
    match command {
        RoutinesCommand::Check { clinic, diagram } => {
            return check_routines(&clinic.clinic, diagram.as_deref());
        }
        RoutinesCommand::Apply { clinic, by, practice } => {
            let read = for_practice(clinic.read()?, practice);
            let files = clinic::texts_to_tell(&clinic.clinic)?;
            let mut store = Store::open(&desk::store_path(&read), DESK).into_diagnostic()?;
            let changed = store.apply_routines(&by, files, Utc::now()).into_diagnostic()?;
            println!(
                "{}",
                if changed { "In force." } else { "Nothing has changed since they were applied last." }
            );
        }
        RoutinesCommand::History { clinic, practice } => {
            let read = for_practice(clinic.read()?, practice);
            let store = Store::open_to_read(&desk::store_path(&read), DESK).into_diagnostic()?;
            let history = store.map_or(Ok(Vec::new()), |store| store.routines_history()).into_diagnostic()?;
            for change in routines::changes(&history) {
                println!(
                    "{} {}\n{}",
                    change.at.with_timezone(&read.zone).format("%Y-%m-%d %H:%M"),
                    change.by,
                    change.what
                );
            }
        }
        RoutinesCommand::Write { folder } => write_routines(&folder)?,
    }
    Ok(ExitCode::SUCCESS)
}

impl ClinicFile {
    fn read(&self) -> Result<Clinic> {
        Ok(clinic::read(&self.clinic)?)
    }
}

/// The kiosk that is meant where its name was left out.
fn only_kiosk(clinic: &Clinic, name: Option<String>) -> Result<String> {
    match (name, clinic.kiosks.as_slice()) {
        (Some(name), _) => Ok(name),
        (None, [only]) => Ok(only.name.clone()),
        (None, several) => {
            let names: Vec<_> = several.iter().map(|kiosk| kiosk.name.as_str()).collect();
            Err(miette::miette!("give --name: the clinic's file names the kiosks {}", names.join(", ")))
        }
    }
}

/// The clinic, if nothing in its files is wrong; else every mistake is shown.
fn read_or_show_mistakes(path: &Path) -> Option<Clinic> {
    let errors = match clinic::read_all(path) {
        Ok(clinic) => return Some(clinic),
        Err(errors) => errors,
    };
    let count = 1 + errors.others.len();
    for error in errors {
        eprintln!("{:?}", miette::Report::new(error));
    }
    eprintln!("{count} mistake{} to put right.", if count == 1 { "" } else { "s" });
    None
}

/// Draws the tickets of a clinic.
fn draw_tickets(path: &Path, kiosk: Option<&str>, folder: &Path) -> Result<ExitCode> {
    let Some(clinic) = read_or_show_mistakes(path) else { return Ok(ExitCode::FAILURE) };
    let drawn = preview::draw(&clinic, kiosk, folder, Utc::now()).into_diagnostic()?;
    let told: String = drawn.iter().map(|ticket| format!("{ticket}\n")).collect();
    write_out(&told)?;
    Ok(ExitCode::SUCCESS)
}

/// Proves the routines, and draws them.
fn check_routines(path: &Path, diagram: Option<&Path>) -> Result<ExitCode> {
    let Some(clinic) = read_or_show_mistakes(path) else { return Ok(ExitCode::FAILURE) };
    let findings = clinic::check_routines(&clinic, Utc::now().with_timezone(&clinic.zone).date_naive());
    let mut told: String = findings.iter().map(|finding| format!("Worth a look: {finding}\n")).collect();
    let untranslated = clinic::untranslated(path).unwrap_or_default();
    for text in &untranslated {
        told += &format!("Worth a look: {text}. Patients read it in the clinic's first language.\n");
    }
    told.extend(clinic::hints(&clinic).iter().map(|hint| format!("Good to know: {hint}\n")));
    let routines = &clinic.routines;
    told += &format!(
        "{} categories and {} cases that the kiosk hands over reach {} destinations; every chain ends at a person; every text stands in {}{}.\n",
        routines.categories.len(),
        RequestReason::HANDED_OVER.len(),
        routines.destinations.len(),
        clinic.languages.join(", "),
        if untranslated.is_empty() { "" } else { ", but for those above" },
    );
    for (language, figures) in clinic::sentence_figures(routines) {
        let SentenceFigures { sentences, alarms, misses, false_alarms } = figures;
        told += &format!(
            "Red flags, {language}: {sentences} sentences; of {alarms} alarms {misses} missed; {false_alarms} false.\n"
        );
    }
    write_out(&told)?;
    if let Some(diagram) = diagram {
        let mark = routines::mark(&clinic::texts_to_tell(path)?);
        std::fs::write(diagram, clinic::diagram::draw(&clinic, &mark))
            .map_err(|error| miette::miette!("{}: {error}", diagram.display()))?;
        println!("{} is drawn: version {mark}.", diagram.display());
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes the example's routines; nothing is overwritten.
fn write_routines(folder: &Path) -> Result<()> {
    clinic::write_example_routines(folder)
        .map_err(|error| miette::miette!("{}: {error}; nothing was overwritten", folder.display()))?;
    println!(
        "The routines are written to {}: make them yours, then vestibule routines check.",
        folder.display()
    );
    Ok(())
}

fn write_clinic(path: &Path) -> Result<()> {
    let mut file = std::fs::File::create_new(path)
        .map_err(|error| miette::miette!("{}: {error}; nothing was overwritten", path.display()))?;
    std::io::Write::write_all(&mut file, clinic::EXAMPLE.as_bytes()).into_diagnostic()?;
    let folder = path.parent().unwrap_or(Path::new("")).join("routines");
    if folder.exists() {
        println!("{} is there already, and was left alone.", folder.display());
    } else {
        write_routines(&folder)?;
    }
    println!("{} is written: make it yours, then start vestibule desk and vestibule kiosk.", path.display());
    Ok(())
}

/// Imports file by file. Refused rows do not keep the others out, but the exit code tells of them.
fn import(clinic: &Clinic, files: &[PathBuf], source: &str) -> Result<ExitCode> {
    let mut store = Store::open(&desk::store_path(clinic), DESK).into_diagnostic()?;
    let mut refused = false;
    for file in files {
        let report = interop::import_from(source, file, clinic, &mut store, Utc::now()).into_diagnostic()?;
        print!("{report}");
        refused |= !report.rejected.is_empty();
    }
    Ok(if refused { ExitCode::from(3) } else { ExitCode::SUCCESS })
}

/// Examines this machine. The exit code is 1 if something does not work.
fn examine(
    clinic: &Clinic,
    kiosk: Option<&str>,
    json: bool,
    print_test: bool,
    hands_on: bool,
) -> Result<ExitCode> {
    let print_test = print_test
        .then(|| Fonts::new(&vestibule_ui::fonts::fonts()).map(Arc::new))
        .transpose()
        .into_diagnostic()?;
    let person = hands_on.then_some(&AtTheTerminal as &dyn doctor::Person);
    let mut findings = doctor::examine(clinic, kiosk, &doctor::Options { print_test, person, store: None });
    // A kiosk that draws on the graphics card itself needs none of them.
    if kiosk.is_some() && !cfg!(feature = "kms") {
        findings.push(window_libraries());
    }
    let told = match json {
        true => serde_json::to_string_pretty(&findings).into_diagnostic()? + "\n",
        false => findings.iter().map(|finding| format!("{finding}\n")).collect(),
    };
    write_out(&told)?;
    let works = findings.iter().all(|finding| finding.state != doctor::State::Bad);
    Ok(if works { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Whoever has started this program. They are spoken to on the standard error: the findings may go elsewhere.
struct AtTheTerminal;

impl doctor::Person for AtTheTerminal {
    fn please(&self, what: &str) {
        eprintln!("> {what}");
    }

    fn is_it_so(&self, question: &str) -> Option<bool> {
        for _ in 0..3 {
            eprint!("> {question} [y/n] ");
            let mut answer = String::new();
            match std::io::stdin().read_line(&mut answer) {
                Ok(0) | Err(_) => return None,
                Ok(_) => {}
            }
            match answer.trim() {
                "y" | "Y" | "yes" => return Some(true),
                "n" | "N" | "no" => return Some(false),
                _ => {}
            }
        }
        None
    }
}

fn window_libraries() -> doctor::Finding {
    let missing = vestibule_ui::fonts::missing_libraries();
    if missing.is_empty() {
        doctor::Finding::good("window", "The libraries of the kiosk's window are here.")
    } else {
        doctor::Finding::bad(
            "window",
            "The kiosk's window needs libraries that this machine lacks.",
            format!("Install them: apt-get install {}", missing.join(" ")),
        )
    }
}

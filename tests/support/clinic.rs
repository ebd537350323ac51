//! The example clinic in a folder of its own, and invented patients with appointments.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Timelike, Utc};
use serde::{Deserialize, Serialize};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use uuid::Uuid;
use vestibule::clinic::{self, Clinic};
use vestibule::front_desk::appointment::{Appointment, AppointmentId, AppointmentStatus};
use vestibule::front_desk::patient::{DateOfBirth, Patient, PatientId, PersonName, Source};

/// The kiosks of the clinic, with their series.
pub const KIOSKS: [(&str, &str); 2] = [("lobby", "1"), ("garden", "2")];

/// A clinic's folder. It is gone when the test is.
pub struct Place {
    pub folder: tempfile::TempDir,
    pub file: PathBuf,
    pub clinic: Arc<Clinic>,
}

impl Place {
    /// Writes the clinic's file and reads it as the program does.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        Self::made(folder, &data)
    }

    /// A clinic whose stores are elsewhere, on a disk of their own.
    pub fn with_data(data: &Path) -> Self {
        Self::made(tempfile::tempdir().unwrap(), data)
    }

    fn made(folder: tempfile::TempDir, data: &Path) -> Self {
        let file = folder.path().join("clinic.toml");
        std::fs::write(&file, text(data, folder.path(), free_address())).unwrap();
        clinic::write_example_routines(&folder.path().join("routines")).unwrap();
        let clinic = Arc::new(clinic::read(&file).unwrap());
        Self { folder, file, clinic }
    }

    /// The device of a kiosk: "printer" or "scanner".
    pub fn device(&self, kiosk: &str, device: &str) -> PathBuf {
        device_of(self.folder.path(), kiosk, device)
    }
}

fn device_of(folder: &Path, kiosk: &str, device: &str) -> PathBuf {
    folder.join(format!("{kiosk}-{device}"))
}

/// The example clinic with stores in `data`, devices in `devices`, and the desk at an address.
pub fn text(data: &Path, devices: &Path, desk: SocketAddr) -> String {
    let (rest, kiosks) = clinic::EXAMPLE.split_at(clinic::EXAMPLE.find("[[kiosk]]").unwrap());
    assert!(!kiosks.contains("[[service]]"), "the kiosks are the end of the example");
    let rest = [
        ("Europe/Madrid", zone_where_it_is_noon(Utc::now())),
        ("/var/lib/vestibule", data.display().to_string()),
        ("127.0.0.1:8320", desk.to_string()),
    ]
    .into_iter()
    .fold(rest.to_string(), |text, (from, to)| {
        assert!(text.contains(from), "the example has {from}");
        text.replacen(from, &to, 1)
    });
    KIOSKS.iter().fold(rest, |text, (name, series)| {
        let device = |device| device_of(devices, name, device).display().to_string();
        format!(
            "{text}[[kiosk]]\nname = \"{name}\"\nseries = \"{series}\"\n\
             printer = {{ port = \"{}\", profile = \"simulated\" }}\nscanner = {{ port = \"{}\" }}\n",
            device("printer"),
            device("scanner"),
        )
    })
}

/// No test runs over midnight: the clinic lies where it is about noon.
fn zone_where_it_is_noon(now: DateTime<Utc>) -> String {
    // POSIX counts westwards: Etc/GMT-5 is five hours ahead of UTC.
    format!("Etc/GMT{:+}", i64::from(now.hour()) - 12)
}

/// An address of this machine that nobody listens at. It lies below the ports that outgoing connections
/// get: a desk that is down would otherwise find its port taken when it comes back.
pub fn free_address() -> SocketAddr {
    (0..100)
        .map(|_| 20_000 + Uuid::now_v7().as_u128() % 12_000)
        .map(|port| SocketAddr::from((Ipv4Addr::LOCALHOST, u16::try_from(port).unwrap())))
        .find(|address| TcpListener::bind(address).is_ok())
        .expect("a free port")
}

/// Somebody with an appointment about now.
#[derive(Clone, Serialize, Deserialize)]
pub struct Guest {
    pub patient: Patient,
    pub appointment: Appointment,
}

impl Guest {
    /// The date of birth as it is typed.
    pub fn born(&self) -> String {
        self.patient.date_of_birth.date().format("%d%m%Y").to_string()
    }
}

/// So many people with appointments; each is known by a date of birth, a family name and a record number of
/// their own.
pub fn guests(count: usize) -> Vec<Guest> {
    let now = Utc::now();
    (0..count)
        .map(|index| {
            let born = NaiveDate::from_ymd_opt(1950, 1, 1).unwrap() + Days::new(index as u64);
            let patient = Patient {
                id: PatientId(Uuid::now_v7()),
                number: Some(format!("{}", 100_000 + index)),
                name: PersonName { given: "Alex".into(), family: format!("Guest{}", letters(index)) },
                date_of_birth: DateOfBirth::from_date(born, now.date_naive()).unwrap(),
                sex: None,
                phone: None,
                address: None,
                emergency_contact: None,
                language: None,
                source: Source::Imported,
                balance_due: None,
                further: Default::default(),
            };
            let appointment = Appointment {
                id: AppointmentId(Uuid::now_v7()),
                patient: patient.id,
                service: ["general", "blood", "children"][index % 3].into(),
                clinician: "Dr Chen".into(),
                starts_at: now + TimeDelta::minutes(10),
                minutes: 15,
                status: AppointmentStatus::Booked,
                site: None,
            };
            Guest { patient, appointment }
        })
        .collect()
}

fn letters(index: usize) -> String {
    let letter = |n: usize| char::from(b'a' + (n % 26) as u8);
    [letter(index / 26), letter(index)].iter().collect()
}

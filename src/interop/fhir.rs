//! FHIR R4 in JSON: a bundle of any type, a single resource, a list of resources, or a bulk export with one
//! resource a line (NDJSON). Patients, appointments and encounters are read, and practitioners for their
//! names.
//!
//! The handful of fields that a front desk needs is written down here. A library would bring every kind of
//! resource that there is, while nearly all of them are skipped unread here (an odd laboratory result is no
//! reason to refuse a patient), and would not say on which line of the file something stands.

use super::value::{self, Standing, filled, tidy};
use super::{Catalogued, Context, Found, ImportError, Lines, Place, Placed, Reason, Visit};
use crate::clinic::{Clinic, Service};
use crate::front_desk::appointment::Appointment;
use crate::front_desk::patient::{EmergencyContact, Patient, PatientId, PersonName, Source};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::path::Path;

/// Reads a FHIR file.
pub(super) fn read(path: &Path, text: &str, context: &Context, found: &mut Found) -> Result<(), ImportError> {
    let file = File { text, lines: Lines::of(text) };
    let mut links = Links::default();
    let resources = if is_one_a_line(path, text) {
        learn_from_beside(path, &mut links, context, found);
        file.one_a_line(found)
    } else {
        let raw = serde_json::from_str::<&RawValue>(text).map_err(|error| ImportError::BrokenJson {
            path: path.to_path_buf(),
            line: error.line(),
            column: error.column(),
            problem: problem(&error),
        })?;
        let mut resources = Vec::new();
        file.collect(raw, &mut resources, found);
        resources
    };
    for resource in &resources {
        links.learn(resource);
    }
    for resource in &resources {
        let judged = match resource.kind.as_str() {
            "Patient" => patient(&file, resource, context, found),
            "Appointment" => appointment(&file, resource, &links, context, found),
            "Encounter" => encounter(&file, resource, &links, context, found),
            _ => Ok(()),
        };
        if let Err(reason) = judged {
            found.reject(resource.place, resource.what(), reason);
        }
    }
    Ok(())
}

/// A bulk export has a file for each kind of resource, named by it. The files beside say what the clinicians
/// of its appointments are called, and whose appointments are to be left out. What cannot be read there is
/// told when that file itself is imported.
fn learn_from_beside(path: &Path, links: &mut Links, context: &Context, found: &mut Found) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for beside in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let name = beside.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let helps = ["Practitioner", "Patient"].iter().any(|kind| name.contains(kind));
        if beside == path || !helps || !is_named_one_a_line(&beside) {
            continue;
        }
        let Ok(text) = std::fs::read_to_string(&beside) else { continue };
        let file = File { text: &text, lines: Lines::of(&text) };
        for resource in file.one_a_line(&mut Found::default()) {
            links.learn(&resource);
            if let ("Patient", Some(key)) = (resource.kind.as_str(), resource.key())
                && file.parse(resource.raw).is_ok_and(|read: InUse| !read.in_use())
            {
                found.left_out.insert(context.patient_id(key));
            }
        }
    }
}

fn is_named_one_a_line(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ["ndjson", "jsonl"].iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// Whether each line is a resource of its own: a bulk export says so by its name, or its first line is a
/// whole one and more lines follow.
fn is_one_a_line(path: &Path, text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let mut first_is_whole =
        || lines.next().is_some_and(|line| serde_json::from_str::<&RawValue>(line).is_ok());
    is_named_one_a_line(path) || (first_is_whole() && lines.next().is_some())
}

/// What the JSON reader found wrong with the syntax, without the place, which stands in another line system.
fn problem(error: &serde_json::Error) -> String {
    let words = error.to_string();
    words.split(" at line ").next().unwrap_or_default().to_string()
}

/// The kinds of resource that are read.
const READ: [&str; 5] = ["Patient", "Appointment", "Encounter", "Practitioner", "PractitionerRole"];

/// The text and the places in it.
struct File<'a> {
    text: &'a str,
    lines: Lines,
}

/// A resource in the file.
struct Resource<'a> {
    kind: String,
    id: Option<String>,
    full_url: Option<String>,
    raw: &'a RawValue,
    place: Place,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Head {
    resource_type: Option<String>,
    id: Option<String>,
}

#[derive(Deserialize)]
struct Bundle<'a> {
    #[serde(borrow, default)]
    entry: Vec<Entry<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    full_url: Option<String>,
    #[serde(borrow)]
    resource: Option<&'a RawValue>,
}

impl<'a> File<'a> {
    fn position(&self, part: &str) -> usize {
        part.as_ptr() as usize - self.text.as_ptr() as usize
    }

    /// The place at which a part of the text begins.
    fn place(&self, part: &str, entry: Option<usize>) -> Place {
        Place { line: self.lines.at(self.position(part)), entry }
    }

    /// Parses a part of the text; an error says where in the file it is.
    fn parse<T: Deserialize<'a>>(&self, raw: &'a RawValue) -> Result<T, Reason> {
        serde_json::from_str(raw.get()).map_err(|error| {
            // The reader counts lines and bytes from the beginning of this part.
            let lines_before = raw.get().split_inclusive('\n').take(error.line().saturating_sub(1));
            let position = self.position(raw.get())
                + lines_before.map(str::len).sum::<usize>()
                + error.column().saturating_sub(1);
            let (line, column) = (self.lines.at(position), self.lines.column(position, self.text));
            Reason::NotOfItsKind { line, column }
        })
    }

    /// The resources of a bulk export.
    fn one_a_line(&self, found: &mut Found) -> Vec<Resource<'a>> {
        let mut resources = Vec::new();
        for line in self.text.lines().filter(|line| !line.trim().is_empty()) {
            match serde_json::from_str(line) {
                Ok(raw) => self.collect(raw, &mut resources, found),
                Err(error) => {
                    let reason = Reason::NotJson { problem: problem(&error), column: error.column() };
                    found.reject(self.place(line, None), "line", reason);
                }
            }
        }
        resources
    }

    /// Puts a resource on the list, or those that are inside a bundle or a list, in their order.
    fn collect(&self, raw: &'a RawValue, resources: &mut Vec<Resource<'a>>, found: &mut Found) {
        // Bundles may hold bundles; a stack of our own does not overflow however deep they go.
        let mut ahead = vec![(raw, None, None)];
        while let Some((raw, full_url, entry)) = ahead.pop() {
            let place = self.place(raw.get(), entry);
            let inside = if raw.get().starts_with('[') {
                self.parse::<Vec<&RawValue>>(raw)
                    .map(|list| list.into_iter().map(|raw| (raw, None)).collect())
            } else {
                match self.parse::<Head>(raw) {
                    Ok(Head { resource_type: None, .. }) => Err(Reason::NotAResource),
                    Ok(Head { resource_type: Some(kind), .. }) if kind == "Bundle" => self.inside_bundle(raw),
                    Ok(Head { resource_type: Some(kind), id }) => {
                        if READ.contains(&kind.as_str()) {
                            let id = id.filter(|id| !id.trim().is_empty());
                            resources.push(Resource { kind, id, full_url, raw, place });
                        } else {
                            found.other_resources += 1;
                        }
                        continue;
                    }
                    Err(reason) => Err(reason),
                }
            };
            match inside {
                Ok(inside) => {
                    let numbered = inside.into_iter().enumerate().rev();
                    ahead.extend(
                        numbered.map(|(at, (raw, full_url))| (raw, full_url, entry.or(Some(at + 1)))),
                    );
                }
                Err(reason) => found.reject(place, "object", reason),
            }
        }
    }

    fn inside_bundle(&self, raw: &'a RawValue) -> Result<Vec<(&'a RawValue, Option<String>)>, Reason> {
        let bundle: Bundle = self.parse(raw)?;
        let filled = |entry: Entry<'a>| entry.resource.map(|raw| (raw, entry.full_url));
        Ok(bundle.entry.into_iter().filter_map(filled).collect())
    }
}

impl Resource<'_> {
    fn what(&self) -> &'static str {
        match self.kind.as_str() {
            "Patient" => "Patient",
            "Appointment" => "Appointment",
            _ => "Encounter",
        }
    }

    /// What it is known by in its system: its id, or the UUID that a bundle gives it instead.
    fn key(&self) -> Option<&str> {
        let uuid = || self.full_url.as_deref().and_then(|url| url.strip_prefix("urn:uuid:"));
        self.id.as_deref().or_else(uuid)
    }
}

/// Who is meant by the references of a file.
#[derive(Default)]
struct Links {
    /// From the full URLs of a bundle's entries, such as `urn:uuid:…`, to kind and key.
    full_urls: HashMap<String, (String, String)>,
    /// Names of practitioners by their keys.
    practitioners: HashMap<String, String>,
    /// Whom roles belong to.
    roles: HashMap<String, Reference>,
}

impl Links {
    fn learn(&mut self, resource: &Resource) {
        let Some(key) = resource.key() else { return };
        if let Some(url) = &resource.full_url {
            self.full_urls.insert(url.clone(), (resource.kind.clone(), key.to_string()));
        }
        // Practitioners that cannot be read leave visits without a clinician's name, and no more.
        match resource.kind.as_str() {
            "Practitioner" => {
                if let Ok(practitioner) = serde_json::from_str::<Practitioner>(resource.raw.get())
                    && let Some(name) = practitioner.name.first().and_then(HumanName::whole)
                {
                    self.practitioners.insert(key.to_string(), name);
                }
            }
            "PractitionerRole" => {
                if let Ok(role) = serde_json::from_str::<PractitionerRole>(resource.raw.get())
                    && let Some(practitioner) = role.practitioner
                {
                    self.roles.insert(key.to_string(), practitioner);
                }
            }
            _ => {}
        }
    }

    /// Kind and key of what a reference means: `Patient/17`, `https://…/Patient/17/_history/2`, or the full
    /// URL of an entry of the same bundle. The kind is missing for a `urn:uuid:` from elsewhere.
    fn target(&self, reference: &Reference) -> Option<(Option<String>, String)> {
        let written = reference.reference.as_deref()?.trim();
        if let Some((kind, key)) = self.full_urls.get(written) {
            return Some((Some(kind.clone()), key.clone()));
        }
        if let Some(uuid) = written.strip_prefix("urn:uuid:") {
            return Some((reference.kind.clone(), uuid.to_string()));
        }
        let without_version = written.split("/_history/").next()?;
        let mut parts = without_version.rsplit('/');
        let (key, kind) = (parts.next()?, parts.next()?);
        // `Patient?identifier=…` asks a server; there is none here.
        (!key.is_empty() && !key.contains('?')).then(|| (Some(kind.to_string()), key.to_string()))
    }

    /// The clinic's site that a reference to a location names, by its key or by what is shown of it. Most
    /// locations are rooms, which are no sites.
    fn site(&self, reference: &Reference, clinic: &Clinic) -> Option<String> {
        let (kind, key) = self.target(reference)?;
        if kind.or_else(|| reference.kind.clone()).as_deref() != Some("Location") {
            return None;
        }
        let shown = reference.display.as_deref();
        [Some(key.as_str()), shown].into_iter().flatten().find_map(|text| value::site(clinic, text).ok()?)
    }

    /// The name of a practitioner, as the reference shows it or the practitioner's own record has it.
    fn clinician(&self, reference: &Reference) -> Option<String> {
        let target = self.target(reference);
        let kind = match &target {
            Some((Some(kind), _)) => Some(kind.as_str()),
            _ => reference.kind.as_deref(),
        };
        let asked = reference.reference.as_deref().unwrap_or_default();
        let is_practitioner = kind.map_or(asked.starts_with("Practitioner"), |kind| {
            kind == "Practitioner" || kind == "PractitionerRole"
        });
        if !is_practitioner {
            return None;
        }
        if let Some(shown) = reference.display.as_deref().and_then(filled) {
            return Some(shown);
        }
        let (kind, key) = target?;
        if kind.as_deref() == Some("Practitioner") {
            return self.practitioners.get(&key).cloned();
        }
        let owner = self.roles.get(&key)?;
        owner.display.as_deref().and_then(filled).or_else(|| {
            let (_, key) = self.target(owner)?;
            self.practitioners.get(&key).cloned()
        })
    }
}

/// Whom a reference means, if it may mean a patient.
struct MeantPatient {
    key: String,
    /// Not if only a `urn:uuid:` stands there and nothing says what it is.
    surely: bool,
}

impl Links {
    fn patient(&self, reference: &Reference) -> Option<MeantPatient> {
        match self.target(reference)? {
            (Some(kind), key) if kind == "Patient" => Some(MeantPatient { key, surely: true }),
            (None, key) => Some(MeantPatient { key, surely: false }),
            _ => None,
        }
    }

    /// The one patient among those who take part; rooms and clinicians may be mere `urn:uuid:` as well.
    fn only_patient<'a>(&self, actors: impl Iterator<Item = &'a Reference>) -> Result<String, Reason> {
        let mut meant: Vec<MeantPatient> = actors.filter_map(|actor| self.patient(actor)).collect();
        if meant.iter().any(|patient| patient.surely) {
            meant.retain(|patient| patient.surely);
        }
        meant.sort_by(|a, b| a.key.cmp(&b.key));
        meant.dedup_by(|a, b| a.key == b.key);
        match meant.as_slice() {
            [] => Err(Reason::NoPatient { field: "participant.actor" }),
            [patient] => Ok(patient.key.clone()),
            _ => Err(Reason::SeveralPatients),
        }
    }
}

#[derive(Deserialize)]
struct Reference {
    reference: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    display: Option<String>,
}

#[derive(Deserialize)]
struct Coding {
    code: Option<String>,
    display: Option<String>,
}

#[derive(Deserialize)]
struct CodeableConcept {
    #[serde(default)]
    coding: Vec<Coding>,
    text: Option<String>,
}

impl CodeableConcept {
    fn wordings(&self) -> impl Iterator<Item = &str> {
        let coded = self.coding.iter().flat_map(|coding| [coding.code.as_deref(), coding.display.as_deref()]);
        coded.chain([self.text.as_deref()]).flatten()
    }

    fn has_code(&self, wanted: &str) -> bool {
        self.coding.iter().any(|coding| coding.code.as_deref() == Some(wanted))
    }
}

#[derive(Deserialize)]
struct Period {
    start: Option<String>,
    end: Option<String>,
}

#[derive(Deserialize)]
struct HumanName {
    #[serde(rename = "use")]
    purpose: Option<String>,
    text: Option<String>,
    family: Option<String>,
    // Parts may be null where only an extension says something.
    #[serde(default)]
    given: Vec<Option<String>>,
    #[serde(default)]
    prefix: Vec<Option<String>>,
    period: Option<Period>,
}

impl HumanName {
    fn given(&self) -> String {
        self.given.iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    /// In one piece, as a practitioner is called.
    fn whole(&self) -> Option<String> {
        let prefix = self.prefix.iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
        let parts = [prefix, self.given(), self.family.clone().unwrap_or_default()];
        self.text.as_deref().and_then(filled).or_else(|| filled(&parts.join(" ")))
    }
}

#[derive(Deserialize)]
struct Practitioner {
    #[serde(default)]
    name: Vec<HumanName>,
}

#[derive(Deserialize)]
struct PractitionerRole {
    practitioner: Option<Reference>,
}

#[derive(Deserialize)]
struct Identifier {
    #[serde(rename = "type")]
    kind: Option<CodeableConcept>,
    value: Option<String>,
}

#[derive(Deserialize)]
struct ContactPoint {
    system: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    value: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Address {
    #[serde(rename = "use")]
    purpose: Option<String>,
    text: Option<String>,
    #[serde(default)]
    line: Vec<Option<String>>,
    city: Option<String>,
    postal_code: Option<String>,
}

#[derive(Deserialize)]
struct Contact {
    #[serde(default)]
    relationship: Vec<CodeableConcept>,
    name: Option<HumanName>,
    #[serde(default)]
    telecom: Vec<ContactPoint>,
}

#[derive(Deserialize)]
struct Communication {
    language: Option<CodeableConcept>,
    preferred: Option<bool>,
}

/// Whether anybody can still come with this record.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct InUse {
    active: Option<bool>,
    deceased_boolean: Option<bool>,
    deceased_date_time: Option<String>,
}

impl InUse {
    fn in_use(&self) -> bool {
        self.active != Some(false) && self.deceased_boolean != Some(true) && self.deceased_date_time.is_none()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PatientResource {
    #[serde(default)]
    identifier: Vec<Identifier>,
    #[serde(default)]
    name: Vec<HumanName>,
    birth_date: Option<String>,
    gender: Option<String>,
    #[serde(default)]
    telecom: Vec<ContactPoint>,
    #[serde(default)]
    address: Vec<Address>,
    #[serde(default)]
    contact: Vec<Contact>,
    #[serde(default)]
    communication: Vec<Communication>,
}

fn patient(file: &File, resource: &Resource, context: &Context, found: &mut Found) -> Result<(), Reason> {
    let id = context.patient_id(resource.key().ok_or(Reason::NoId { field: "id" })?);
    let refused = |found: &mut Found, reason| {
        found.refused.insert(id, resource.place);
        reason
    };
    let use_of: InUse = file.parse(resource.raw).map_err(|reason| refused(found, reason))?;
    if !use_of.in_use() {
        found.left_out.insert(id);
        found.records_left_out += 1;
        return Ok(());
    }
    let read: PatientResource = file.parse(resource.raw).map_err(|reason| refused(found, reason))?;
    let record = patient_record(&read, id, context).map_err(|reason| refused(found, reason))?;
    found.patients.push(Placed { place: resource.place, what: resource.what(), record });
    Ok(())
}

fn patient_record(read: &PatientResource, id: PatientId, context: &Context) -> Result<Patient, Reason> {
    let numbered =
        |identifier: &&Identifier| identifier.kind.as_ref().is_some_and(|kind| kind.has_code("MR"));
    let spoken = read.communication.iter().find(|spoken| spoken.preferred == Some(true));
    let language = spoken.or(read.communication.first()).and_then(|spoken| spoken.language.as_ref());
    Ok(Patient {
        id,
        number: read.identifier.iter().find(numbered).and_then(|found| filled(found.value.as_deref()?)),
        name: current_name(&read.name, context.now)?,
        date_of_birth: value::date_of_birth(
            read.birth_date.as_deref().unwrap_or_default(),
            "birthDate",
            context.today,
        )?,
        sex: value::sex(read.gender.as_deref().unwrap_or_default(), "gender")?,
        phone: phone(&read.telecom),
        address: read
            .address
            .iter()
            .filter(|address| !is_old(&address.purpose))
            .find_map(one_line)
            .map(Into::into),
        emergency_contact: emergency_contact(&read.contact),
        language: language
            .and_then(|language| language.coding.iter().find_map(|coding| filled(coding.code.as_deref()?))),
        source: Source::Imported,
        balance_due: None,
        further: Default::default(),
    })
}

fn is_old(purpose: &Option<String>) -> bool {
    purpose.as_deref() == Some("old")
}

/// The name that holds now, the official one before others.
fn current_name(names: &[HumanName], now: DateTime<Utc>) -> Result<PersonName, Reason> {
    let day = now.date_naive().to_string();
    let rank = |name: &&HumanName| match name.purpose.as_deref() {
        Some("official") => 0,
        Some("usual") => 1,
        None => 2,
        Some("old" | "maiden") => 4,
        Some(_) => 3,
    };
    let has_ended = |name: &HumanName| {
        // Days compare as texts; so does a year with a day.
        name.period.as_ref().and_then(|period| period.end.as_deref()).is_some_and(|end| end < day.as_str())
    };
    let name = names.iter().filter(|name| !has_ended(name)).min_by_key(rank).ok_or(Reason::NoName)?;
    let (given, family) = (name.given(), name.family.as_deref().unwrap_or_default());
    let text = name.text.as_deref().map(tidy).unwrap_or_default();
    if !given.trim().is_empty() || !family.trim().is_empty() || text.is_empty() {
        value::person_name(&given, family)
    } else if text.contains(' ') {
        Err(Reason::NameInOnePiece)
    } else {
        value::person_name("", &text)
    }
}

fn phone(telecom: &[ContactPoint]) -> Option<String> {
    let rank = |point: &&ContactPoint| match point.purpose.as_deref() {
        Some("mobile") => 0,
        Some("home") => 1,
        _ => 2,
    };
    let is_phone =
        |point: &&ContactPoint| point.system.as_deref() == Some("phone") && !is_old(&point.purpose);
    telecom.iter().filter(is_phone).min_by_key(rank).and_then(|point| filled(point.value.as_deref()?))
}

fn one_line(address: &Address) -> Option<String> {
    let street = address.line.iter().flatten().filter_map(|line| filled(line));
    let town = [&address.postal_code, &address.city].into_iter().flatten().filter_map(|part| filled(part));
    let town = filled(&town.collect::<Vec<_>>().join(" "));
    let parts: Vec<String> = street.chain(town).collect();
    address.text.as_deref().and_then(filled).or_else(|| filled(&parts.join(", ")))
}

/// The contact marked for emergencies (code C of HL7 table 0131), or else the first with name and number.
fn emergency_contact(contacts: &[Contact]) -> Option<EmergencyContact> {
    let complete = |contact: &Contact| {
        let name = contact.name.as_ref()?.whole()?;
        Some(EmergencyContact { name, phone: phone(&contact.telecom)?, relation: None })
    };
    let marked =
        |contact: &&Contact| contact.relationship.iter().any(|relationship| relationship.has_code("C"));
    contacts.iter().filter(marked).find_map(complete).or_else(|| contacts.iter().find_map(complete))
}

#[derive(Deserialize)]
struct Participant {
    actor: Option<Reference>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AppointmentResource {
    status: Option<String>,
    #[serde(default)]
    service_type: Vec<CodeableConcept>,
    #[serde(default)]
    specialty: Vec<CodeableConcept>,
    appointment_type: Option<CodeableConcept>,
    start: Option<String>,
    end: Option<String>,
    minutes_duration: Option<u32>,
    #[serde(default)]
    participant: Vec<Participant>,
}

fn appointment(
    file: &File,
    resource: &Resource,
    links: &Links,
    context: &Context,
    found: &mut Found,
) -> Result<(), Reason> {
    let key = resource.key().ok_or(Reason::NoId { field: "id" })?;
    let read: AppointmentResource = file.parse(resource.raw)?;
    let status = match value::appointment_status(read.status.as_deref().unwrap_or_default())? {
        Standing::InTheBook(status) => status,
        Standing::NotBooked => {
            found.not_booked += 1;
            return Ok(());
        }
    };
    let actors = || read.participant.iter().filter_map(|participant| participant.actor.as_ref());
    let clinician = actors().find_map(|actor| links.clinician(actor));
    let site = actors().find_map(|actor| links.site(actor, context.clinic));
    let patient = context.patient_id(&links.only_patient(actors())?);
    let starts_at = value::point_in_time(read.start.as_deref().unwrap_or_default(), "start", context)?;
    let ends_at = ending(&read.end, "end", context)?;
    let concepts = read.service_type.iter().chain(&read.specialty).chain(&read.appointment_type);
    let (service, without_service) = service(concepts, context);
    let length = match (read.minutes_duration, ends_at) {
        (Some(minutes), _) => minutes.into(),
        (None, Some(end)) => length(starts_at, end, "end")?,
        (None, None) => 0,
    };
    let (minutes, longer_than_a_day) = value::minutes(length, service);
    let record = Visit {
        appointment: Appointment {
            id: context.appointment_id("Appointment", key),
            patient,
            service: service.id.clone(),
            clinician: clinician.unwrap_or_default(),
            starts_at,
            minutes,
            status,
            site,
        },
        carries_out_another: false,
        without_service,
        longer_than_a_day,
    };
    found.visits.push(Placed { place: resource.place, what: resource.what(), record });
    Ok(())
}

#[derive(Deserialize)]
struct EncounterParticipant {
    individual: Option<Reference>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct EncounterResource {
    status: Option<String>,
    #[serde(rename = "type", default)]
    kinds: Vec<CodeableConcept>,
    service_type: Option<CodeableConcept>,
    subject: Option<Reference>,
    #[serde(default)]
    participant: Vec<EncounterParticipant>,
    #[serde(default)]
    appointment: Vec<Reference>,
    period: Option<Period>,
    #[serde(default)]
    location: Vec<EncounterLocation>,
}

#[derive(Deserialize)]
struct EncounterLocation {
    location: Option<Reference>,
}

fn encounter(
    file: &File,
    resource: &Resource,
    links: &Links,
    context: &Context,
    found: &mut Found,
) -> Result<(), Reason> {
    let key = resource.key().ok_or(Reason::NoId { field: "id" })?;
    let read: EncounterResource = file.parse(resource.raw)?;
    let status = value::encounter_status(read.status.as_deref().unwrap_or_default())?;
    let patient = read
        .subject
        .as_ref()
        .and_then(|subject| links.patient(subject))
        .map(|patient| patient.key)
        .ok_or(Reason::NoPatient { field: "subject" })?;
    let period = read.period.as_ref().ok_or(Reason::NoStart { field: "period.start" })?;
    let starts_at =
        value::point_in_time(period.start.as_deref().unwrap_or_default(), "period.start", context)?;
    let length = match ending(&period.end, "period.end", context)? {
        Some(end) => length(starts_at, end, "period.end")?,
        None => 0,
    };
    let (service, without_service) = service(read.service_type.iter().chain(&read.kinds), context);
    let clinician = read
        .participant
        .iter()
        .find_map(|participant| links.clinician(participant.individual.as_ref()?))
        .unwrap_or_default();
    // The appointment that it carries out is the same visit, and has the same identity here.
    let carried_out = read.appointment.iter().find_map(|reference| links.target(reference));
    let id = match &carried_out {
        Some((_, key)) => context.appointment_id("Appointment", key),
        None => context.appointment_id("Encounter", key),
    };
    let (minutes, longer_than_a_day) = value::minutes(length, service);
    let record = Visit {
        appointment: Appointment {
            id,
            patient: context.patient_id(&patient),
            service: service.id.clone(),
            clinician,
            starts_at,
            minutes,
            status,
            site: read.location.iter().find_map(|at| links.site(at.location.as_ref()?, context.clinic)),
        },
        carries_out_another: carried_out.is_some(),
        without_service,
        longer_than_a_day,
    };
    found.visits.push(Placed { place: resource.place, what: resource.what(), record });
    Ok(())
}

/// When something ends. An end without a time of day says nothing about its length.
fn ending(
    text: &Option<String>,
    field: &'static str,
    context: &Context,
) -> Result<Option<DateTime<Utc>>, Reason> {
    match text.as_deref().map(|text| value::point_in_time(text, field, context)) {
        None | Some(Err(Reason::NoTimeOfDay { .. } | Reason::NoStart { .. })) => Ok(None),
        Some(Ok(end)) => Ok(Some(end)),
        Some(Err(reason)) => Err(reason),
    }
}

/// The length in minutes, a started one counted.
fn length(starts_at: DateTime<Utc>, end: DateTime<Utc>, field: &'static str) -> Result<i64, Reason> {
    match (end - starts_at).num_seconds() {
        seconds @ 0.. => Ok(seconds / 60 + i64::from(seconds % 60 > 0)),
        _ => Err(Reason::EndsBeforeItBegins { field }),
    }
}

/// The service that an appointment is for. Other systems have catalogues of their own; what fits none of
/// the clinic's goes to the first service, where a person can send it on.
fn service<'a, 'b>(
    concepts: impl Iterator<Item = &'b CodeableConcept>,
    context: &Context<'a>,
) -> (&'a Service, Option<Catalogued>) {
    let concepts: Vec<&CodeableConcept> = concepts.collect();
    let mut wordings = concepts.iter().flat_map(|concept| concept.wordings());
    if let Some(service) = wordings.find_map(|wording| value::service(context.clinic, wording)) {
        return (service, None);
    }
    // Only what comes from a catalogue may stand in a report; free text may speak of the patient.
    let mut from_catalogue = concepts.iter().flat_map(|concept| &concept.coding);
    let wording = from_catalogue.find_map(|coding| filled(coding.display.as_ref().or(coding.code.as_ref())?));
    (&context.clinic.services[0], Some(Catalogued(wording)))
}

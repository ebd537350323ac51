//! Changed routines take effect while the desk runs, and the page says where the files on disk say something
//! else than what is in force.

use super::language::{Sentence, sentence};
use super::{Desk, locked};
use crate::clinic::{self, Clinic, InForce};
use crate::store::{AppliedRoutines, StoreError, StoreHandle};
use chrono::Utc;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often the files on disk are compared with what is in force.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// Whom the record names for the routines that were there before anybody applied any.
const FIRST_START: &str = "first start of the desk";

/// What the desk knows about its routines.
#[derive(Default)]
pub struct Adopted {
    /// How many times routines were applied, as far as this desk has followed.
    count: u64,
    /// The texts in force; none where none were ever applied.
    files: Option<BTreeMap<String, String>>,
    /// The texts with which the desk began, until they are recorded.
    unrecorded: Option<BTreeMap<String, String>>,
    /// Why what was applied is not in force; nothing where it is.
    trouble: Option<Sentence>,
    /// What the files on disk say otherwise; nothing where they do not.
    on_disk: Option<Sentence>,
    looked: Option<Instant>,
}

impl Adopted {
    /// What the page says about the routines.
    pub fn notes(&self) -> Vec<Sentence> {
        [&self.trouble, &self.on_disk].into_iter().flatten().cloned().collect()
    }

    /// Takes over what is in force by the store. A version that this program cannot use changes nothing.
    fn follow(&mut self, in_force: &InForce, count: u64, applied: Option<AppliedRoutines>) {
        self.count = count;
        self.looked = None;
        let Some(applied) = applied else { return };
        match clinic::read_told(&applied.files) {
            Ok(told) => {
                in_force.put(in_force.now().adopt(told));
                self.trouble = None;
                tracing::info!("routines are in force as they were applied");
            }
            Err(errors) => {
                let words = sentence(
                    "The routines that {by} applied cannot be used, those before stay in force: {error}",
                );
                let words = words.with("by", &applied.by).with("error", &errors.first);
                tracing::error!("{words}");
                self.trouble = Some(words);
            }
        }
        self.files = Some(applied.files);
    }
}

/// The routines with which a desk begins: those that were applied last. The first time ever, those of the
/// clinic's file are recorded as applied, so that the first change already has a before and an after; where that
/// cannot be kept (the disk is full), the desk starts all the same and [`look`] tries again.
pub async fn at_start(clinic: Arc<Clinic>, store: &StoreHandle) -> Result<(InForce, Adopted), StoreError> {
    let beside = clinic.file.as_deref().map(clinic::texts_to_tell);
    let (count, applied, unrecorded) = store
        .run_async(move |store| {
            let mut unrecorded = None;
            if store.routines_count()? == 0 {
                match beside {
                    Some(Ok(files)) => {
                        if let Err(error) = store.apply_routines(FIRST_START, files.clone(), Utc::now()) {
                            tracing::warn!("the routines of the first start cannot be recorded yet: {error}");
                            unrecorded = Some(files);
                        }
                    }
                    Some(Err(error)) => {
                        tracing::warn!("the routines of the first start cannot be recorded: {error}")
                    }
                    None => {}
                }
            }
            Ok((store.routines_count()?, store.routines_in_force()?, unrecorded))
        })
        .await?;
    let in_force = InForce::new(clinic);
    let mut adopted = Adopted { unrecorded, ..Adopted::default() };
    adopted.follow(&in_force, count, applied);
    Ok((in_force, adopted))
}

/// Follows what another process applied, and looks at the files. Answers whether the page has something new to
/// say. Nothing that goes wrong here ends the desk: it stays with what it has.
pub async fn look(desk: &Desk) -> bool {
    record_first_start(desk).await;
    let before = locked(&desk.adopted).notes();
    let known = locked(&desk.adopted).count;
    let asked = desk.ask(move |store| {
        let count = store.routines_count()?;
        let applied = if count == known { None } else { store.routines_in_force()? };
        Ok((count, applied))
    });
    let mut changed = false;
    if let Ok((count, applied)) = asked.await
        && count != known
    {
        locked(&desk.adopted).follow(&desk.clinic, count, applied);
        changed = true;
    }
    look_at_files(desk).await;
    changed || locked(&desk.adopted).notes() != before
}

async fn record_first_start(desk: &Desk) {
    let Some(files) = locked(&desk.adopted).unrecorded.take() else { return };
    let kept = files.clone();
    let recorded = desk.ask(move |store| {
        // Somebody may have applied routines meanwhile: then there is a record, and a better one.
        match store.routines_count()? {
            0 => store.apply_routines(FIRST_START, files, Utc::now()),
            _ => Ok(false),
        }
    });
    if recorded.await.is_err() {
        locked(&desk.adopted).unrecorded = Some(kept);
    }
}

async fn look_at_files(desk: &Desk) {
    let Some(path) = desk.clinic.now().file.clone() else { return };
    if locked(&desk.adopted).looked.is_some_and(|looked| looked.elapsed() < LOOK_EVERY) {
        return;
    }
    // Reading files may wait for a disk, which the page and the kiosks do not.
    let Ok(on_disk) = tokio::task::spawn_blocking(move || clinic::texts_to_tell(&path)).await else { return };
    let mut adopted = locked(&desk.adopted);
    adopted.looked = Some(Instant::now());
    adopted.on_disk = match (&on_disk, &adopted.files) {
        (Err(error), _) => Some(
            sentence("The routines on disk cannot be read, those in force stay: {error}")
                .with("error", error),
        ),
        (Ok(_), None) => None,
        (Ok(on_disk), Some(in_force)) => differences(on_disk, in_force),
    };
}

fn differences(on_disk: &BTreeMap<String, String>, in_force: &BTreeMap<String, String>) -> Option<Sentence> {
    let names = on_disk.keys().chain(in_force.keys().filter(|name| !on_disk.contains_key(*name)));
    let changed: Vec<_> =
        names.filter(|name| on_disk.get(*name) != in_force.get(*name)).map(String::as_str).collect();
    (!changed.is_empty()).then(|| {
        sentence(
            "Changed on disk but not applied: {names}. Run vestibule routines check, then vestibule routines apply.",
        )
        .with("names", changed.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(phrases: &str, hours: &str) -> BTreeMap<String, String> {
        BTreeMap::from([("phrases.toml".into(), phrases.into()), ("hours.toml".into(), hours.into())])
    }

    #[test]
    fn what_is_on_disk_and_not_in_force_is_named() {
        for (on_disk, words) in [
            (files("a", "b"), ""),
            (files("changed", "b"), "Changed on disk but not applied: phrases.toml."),
            (files("changed", "too"), "Changed on disk but not applied: hours.toml, phrases.toml."),
        ] {
            let said =
                differences(&on_disk, &files("a", "b")).map(|said| said.to_string()).unwrap_or_default();
            assert!(said.starts_with(words) && said.is_empty() == words.is_empty(), "{said}");
        }
    }

    #[test]
    fn routines_that_cannot_be_used_leave_those_before_in_force() {
        let clinic = clinic::read_text("clinic.toml", clinic::EXAMPLE).unwrap();
        let in_force = InForce::new(Arc::new(clinic));
        let told = |name: &str| {
            let text = clinic::EXAMPLE.replacen("Vestibule Clinic", name, 1);
            let files = BTreeMap::from([("clinic.toml".to_string(), text)]);
            AppliedRoutines { at: Utc::now(), by: "Elena".into(), files }
        };
        let mut adopted = Adopted::default();
        adopted.follow(&in_force, 1, Some(told("Other Clinic")));
        assert_eq!((in_force.now().name.as_str(), adopted.notes().len()), ("Other Clinic", 0));
        adopted.follow(&in_force, 2, Some(told("")));
        assert_eq!(in_force.now().name, "Other Clinic");
        assert!(
            adopted.notes()[0].to_string().contains("that Elena applied cannot be used"),
            "{:?}",
            adopted.notes()
        );
        adopted.follow(&in_force, 3, Some(told("Third Clinic")));
        assert_eq!((in_force.now().name.as_str(), adopted.notes().len()), ("Third Clinic", 0));
    }
}

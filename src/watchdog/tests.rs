use super::*;
use crate::store::Store;
use std::sync::mpsc::channel;

const EVERY: Duration = Duration::from_secs(10);

struct Watched {
    signs: SignsOfLife,
    store: StoreHandle,
    watchdog: Watchdog,
    told: Arc<Mutex<Vec<String>>>,
    now: Instant,
}

impl Watched {
    fn new(every: Option<Duration>) -> Self {
        let (signs, told) = (SignsOfLife::default(), Arc::new(Mutex::new(Vec::new())));
        let notes = Arc::clone(&told);
        let watchdog = Watchdog::telling(signs.clone(), every, move |state| {
            notes.lock().unwrap().push(state.to_string())
        });
        let store = StoreHandle::new(Store::in_memory("lobby").unwrap()).unwrap();
        Self { signs, store, watchdog, told, now: Instant::now() }
    }

    /// So many seconds later it looks; how often it said meanwhile that all is well.
    fn pass(&mut self, seconds: u64) -> usize {
        self.told.lock().unwrap().clear();
        for _ in 0..seconds {
            self.now += Duration::from_secs(1);
            self.watchdog.look(&self.store, self.now);
        }
        self.told.lock().unwrap().iter().filter(|told| *told == "WATCHDOG=1").count()
    }

    /// What was asked of the store is answered, in the time of the test.
    fn store_answers(&self) {
        let (signs, now) = (self.signs.clone(), self.now);
        let answers = move |_: &mut Store| {
            signs.show(Part::Store, now);
            Ok(())
        };
        self.store.run(answers).unwrap();
    }
}

#[test]
fn it_is_ready_when_it_looks_first_and_well_as_long_as_it_looks() {
    let mut watched = Watched::new(Some(EVERY));
    watched.watchdog.look(&watched.store, watched.now);
    assert_eq!(*watched.told.lock().unwrap(), ["READY=1", "WATCHDOG=1"]);
    for _ in 0..20 {
        watched.store_answers();
        assert_eq!(watched.pass(60), 6);
        assert!(!watched.told.lock().unwrap().iter().any(|told| told == "READY=1"));
    }
}

#[test]
fn where_nobody_watches_it_only_says_that_it_is_ready() {
    let mut watched = Watched::new(None);
    assert_eq!(watched.pass(9000), 0);
}

#[test]
fn a_store_that_does_not_answer_ends_it_and_one_that_is_only_slow_does_not() {
    let mut watched = Watched::new(Some(EVERY));
    watched.pass(1);
    let (go_on, held) = channel::<()>();
    let (begun, begins) = channel();
    watched
        .store
        .tell(move |_| {
            begun.send(()).unwrap();
            let _ = held.recv();
        })
        .unwrap();
    begins.recv().unwrap();
    assert_eq!(watched.pass(60), 6, "so long may it be busy");
    assert_eq!(watched.pass(60), 0);
    go_on.send(()).unwrap();
    watched.store_answers();
    assert!(watched.pass(30) > 0, "it goes on, and was not started anew meanwhile");
}

#[test]
fn a_thread_behind_a_device_is_expected_once_it_has_begun() {
    for part in [Part::Printing, Part::Till] {
        let mut watched = Watched::new(Some(EVERY));
        let patience = part.patience().as_secs();
        let pass = |watched: &mut Watched, seconds: u64| -> Vec<usize> {
            (0..seconds / 30)
                .map(|_| {
                    watched.store_answers();
                    watched.pass(30)
                })
                .collect()
        };
        // A kiosk without the device has no such thread.
        assert!(pass(&mut watched, 2 * patience).iter().all(|count| *count == 3), "{part:?}");
        watched.signs.show(part, watched.now);
        assert!(pass(&mut watched, patience).iter().all(|count| *count == 3), "{part:?}");
        assert!(pass(&mut watched, 120).iter().skip(1).all(|count| *count == 0), "{part:?}");
        assert_eq!(watched.signs.stalled(watched.now), Some(part));
    }
}

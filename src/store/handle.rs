//! The one thread that owns a store, and the handle through which everybody else asks it.
//!
//! SQLite has one writer at a time, and a decision such as "nobody has this request yet, so it is Maria's"
//! must read and write without anybody in between. One thread gives both; it also keeps waiting for the
//! disk away from the threads that draw the screen or answer the network.

use super::{Result, Store, StoreError};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;

type Job = Box<dyn FnOnce(&mut Store) + Send>;

/// A handle to the thread that owns a [`Store`]. Clones share the thread; when the last one is dropped, what
/// was asked before is finished and the store is closed.
#[derive(Clone)]
pub struct StoreHandle {
    owner: Arc<Owner>,
}

struct Owner {
    // `None` only while dropping: the closed channel is what ends the thread.
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl StoreHandle {
    /// Opens or makes the store in a file, as [`Store::open`], and gives it a thread of its own.
    pub fn open(path: &Path, origin: &str) -> Result<Self> {
        Self::new(Store::open(path, origin)?)
    }

    /// Gives a store a thread of its own.
    pub fn new(mut store: Store) -> Result<Self> {
        let (jobs, asked) = mpsc::channel::<Job>();
        let thread = std::thread::Builder::new()
            .name(format!("store of {}", store.origin()))
            .spawn(move || {
                for job in asked {
                    // A defect in one task must not take the store from everybody else: its transaction
                    // rolls back while unwinding, and whoever asked is told.
                    if catch_unwind(AssertUnwindSafe(|| job(&mut store))).is_err() {
                        tracing::error!("a task on the store panicked; its transaction was rolled back");
                    }
                }
            })
            .map_err(|_| StoreError::Abandoned)?;
        Ok(Self { owner: Arc::new(Owner { jobs: Some(jobs), thread: Some(thread) }) })
    }

    /// Does some work with the store and waits for its end. Not for async code, which would block its
    /// thread, nor from inside such work, which would wait for itself.
    pub fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Store) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (answer, answered) = mpsc::sync_channel(1);
        self.send(Box::new(move |store| {
            // Nobody waits any more only if the asking thread died; the work is done all the same.
            let _ = answer.send(work(store));
        }))?;
        answered.recv().map_err(|_| StoreError::Abandoned)?
    }

    /// Does some work with the store, for async code. The work is done even if nobody awaits its end.
    pub async fn run_async<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Store) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (answer, answered) = tokio::sync::oneshot::channel();
        self.send(Box::new(move |store| {
            let _ = answer.send(work(store));
        }))?;
        answered.await.map_err(|_| StoreError::Abandoned)?
    }

    /// Does some work with the store while the caller goes on: for the thread that draws the screen, which
    /// waits for nothing. What comes of it the work must tell by itself.
    pub fn tell(&self, work: impl FnOnce(&mut Store) + Send + 'static) -> Result<()> {
        self.send(Box::new(work))
    }

    fn send(&self, job: Job) -> Result<()> {
        let jobs = self.owner.jobs.as_ref().ok_or(StoreError::Abandoned)?;
        jobs.send(job).map_err(|_| StoreError::Abandoned)
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        self.jobs.take();
        if let Some(thread) = self.thread.take()
            // The last handle may have travelled into the thread with a job; a thread cannot wait for itself.
            && thread.thread().id() != std::thread::current().id()
        {
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_panics_is_told_and_the_next_is_done() {
        let handle = StoreHandle::new(Store::in_memory("lobby").unwrap()).unwrap();
        let failed = handle.run::<()>(|_| panic!("a defect, on purpose"));
        assert!(matches!(failed, Err(StoreError::Abandoned)));
        assert_eq!(handle.run(|store| store.undelivered_count()).unwrap(), 0);
    }

    #[test]
    fn dropping_the_last_handle_closes_the_store() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kiosk.db");
        for _ in 0..3 {
            let handle = StoreHandle::open(&path, "lobby").unwrap();
            let inside = handle.clone();
            handle.run(move |store| Ok((store.origin().to_string(), drop(inside)))).unwrap();
        }
        // A closed store has folded its write-ahead log back into the file.
        assert!(!folder.path().join("kiosk.db-wal").exists());
    }
}

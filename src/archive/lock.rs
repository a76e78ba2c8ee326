//! One writer at a time: an operating-system lock on an open file in `.git/crm/`. A dead process
//! holds nothing; waiting for a living one is bounded and then says who holds it.

#![allow(clippy::disallowed_methods, reason = "locks are open files of our own, outside the work tree")]

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Seek, Write};
use std::path::Path;
use std::thread;
use std::time::Duration;

use crate::error::{Error, Hint, Problem};

/// The first pause between two tries, in milliseconds; each further one is longer.
const FIRST_PAUSE: u64 = 2;
/// The longest pause, in milliseconds.
const LONGEST_PAUSE: u64 = 25;

/// The right to write, until it is dropped.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Waits for the lock in `folder` for at most `seconds`.
    ///
    /// # Errors
    /// When the folder cannot be written, or another process holds the lock all the time.
    pub fn take(folder: &Path, seconds: u64) -> crate::error::Result<Lock> {
        fs::create_dir_all(folder).map_err(|e| Error::file(folder, e))?;
        let path = folder.join("lock");
        let open = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = open.map_err(|e| Error::file(&path, e))?;
        let mut waited = 0;
        let mut pause = FIRST_PAUSE;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if waited < seconds.saturating_mul(1000) => {
                    thread::sleep(Duration::from_millis(pause));
                    waited += pause;
                    pause = (pause * 2).min(LONGEST_PAUSE);
                }
                Err(TryLockError::WouldBlock) => return Err(held(&path, seconds)),
                Err(TryLockError::Error(error)) => return Err(Error::file(&path, error)),
            }
        }
        // Who holds it, for whoever waits; the lock itself does not depend on it.
        let _ = file
            .set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| write!(file, "{}", std::process::id()));
        Ok(Lock { _file: file })
    }

    /// The process that holds the lock in `folder` now; nothing is waited for, and nothing written.
    pub fn holder(folder: &Path) -> Option<String> {
        let path = folder.join("lock");
        let file = File::open(&path).ok()?;
        let is_held = matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock));
        is_held.then(|| writer(&path))
    }
}

/// The right to use a file of ours beside others, or to put another in its place, until it is
/// dropped. It stands for the file; the lock itself is on one beside it.
#[derive(Debug)]
pub struct InUse {
    _file: File,
}

impl InUse {
    /// The right to use it beside others; `None` where it cannot be had within `wait`.
    pub fn with_others(path: &Path, wait: Duration) -> Option<InUse> {
        InUse::take(path, wait, File::try_lock_shared)
    }

    /// The right to put another in its place, when nobody uses it; `None` where it cannot be had
    /// within `wait`.
    pub fn alone(path: &Path, wait: Duration) -> Option<InUse> {
        InUse::take(path, wait, File::try_lock)
    }

    fn take(path: &Path, wait: Duration, lock: fn(&File) -> Result<(), TryLockError>) -> Option<InUse> {
        fs::create_dir_all(path.parent()?).ok()?;
        let open = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
        let file = open.or_else(|_| File::open(path)).ok()?;
        let mut waited = Duration::ZERO;
        let mut pause = Duration::from_millis(FIRST_PAUSE);
        loop {
            match lock(&file) {
                Ok(()) => return Some(InUse { _file: file }),
                Err(TryLockError::WouldBlock) if waited < wait => {
                    thread::sleep(pause);
                    waited += pause;
                    pause = (pause * 2).min(Duration::from_millis(LONGEST_PAUSE));
                }
                Err(_) => return None,
            }
        }
    }
}

fn held(path: &Path, seconds: u64) -> Error {
    Error::could_not(Problem::Locked { holder: writer(path), seconds }).hint(Hint::WaitForOther)
}

/// The number of the process that wrote itself into the lock last.
fn writer(path: &Path) -> String {
    let written = fs::read_to_string(path).unwrap_or_default();
    if written.is_empty() { "?".into() } else { written }
}

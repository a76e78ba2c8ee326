//! One writer at a time: an operating-system lock on an open file in `.git/crm/`. A dead process
//! holds nothing; waiting for a living one is bounded and then says who holds it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crate::error::{Error, Hint, Problem, Result};

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
    pub fn take(folder: &Path, seconds: u64) -> Result<Lock> {
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
}

fn held(path: &PathBuf, seconds: u64) -> Error {
    let mut holder = String::new();
    let read = File::open(path).and_then(|mut f| f.read_to_string(&mut holder));
    let holder = if read.is_ok() && !holder.is_empty() { holder } else { "?".into() };
    Error::could_not(Problem::Locked { holder, seconds }).hint(Hint::WaitForOther)
}

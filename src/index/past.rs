//! The indexes of past days: one for each commit that was asked about. A commit never changes, so its
//! index is built once; the latest asked for are kept, within a bound of disk.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rusqlite::{Connection, OpenFlags};

use super::{Answer, Source};
use crate::archive::platform;

/// The folder of these indexes, in that of the archive's own.
const FOLDER: &str = "past";
/// Bytes that all of them may take; the one that was asked last is kept in any case.
const MOST: u64 = 512 << 20;
/// Under which key an index of a past day keeps the folders that are no country.
const STRANGE: &str = "strange";

/// A file of the commit that the history is pinned at.
pub(super) fn file(source: &Source<'_>, commit: &str, ending: &str) -> PathBuf {
    source.history.crm_folder().join(FOLDER).join(format!("{commit}.{ending}"))
}

/// Where its index stands.
pub(super) fn path(source: &Source<'_>, commit: &str) -> PathBuf {
    file(source, commit, "sqlite")
}

/// Opens one that is whole: nothing is ever written to it again.
pub(super) fn open(path: &Path) -> Answer<Connection> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    note_use(path);
    Ok(connection)
}

/// Keeps the folders that stand where countries do and are none: nobody looks for them again.
pub(super) fn keep_strange(connection: &Connection, strange: &[String]) -> Answer<()> {
    let list = serde_json::to_string(strange).unwrap_or_default();
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?1, ?2)", (STRANGE, list)).map(|_| ())
}

/// What [`keep_strange`] kept.
pub(super) fn strange(connection: &Connection) -> Answer<Vec<String>> {
    let list: String =
        connection.query_row("SELECT value FROM meta WHERE key = ?1", [STRANGE], |r| r.get(0))?;
    serde_json::from_str(&list).map_err(|_| rusqlite::Error::QueryReturnedNoRows)
}

/// Notes that an index was asked just now. Only saves work later.
#[allow(
    clippy::disallowed_methods,
    reason = "the time stamp of a file of ours says which index was asked last"
)]
fn note_use(path: &Path) {
    let now = SystemTime::now();
    let _ = File::options().append(true).open(path).and_then(|file| file.set_modified(now));
}

/// Takes away the indexes that were not asked for the longest, until the others fit.
#[allow(clippy::disallowed_methods, reason = "the index is ours, disposable, and not in the work tree")]
pub(super) fn make_room(newest: &Path) {
    let entries = newest.parent().and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten();
    let mut kept: Vec<(i64, u64, PathBuf)> = entries
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter_map(|path| platform::stat(&path).ok().map(|stat| (stat.modified, stat.size, path)))
        .collect();
    kept.sort_unstable_by(|a, b| b.cmp(a));
    let mut bytes = 0_u64;
    for (_, size, path) in kept {
        bytes = bytes.saturating_add(size);
        if bytes > MOST && path != newest {
            let _ = fs::remove_file(path);
        }
    }
}

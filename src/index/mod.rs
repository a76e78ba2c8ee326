//! The index: a read model in SQLite, in `.git/crm/`, and the only room that names SQLite. It is
//! brought up to date before a read by one sweep; any doubt rebuilds it; where it cannot be written
//! it is built in memory. So deleting or damaging it never changes an answer. The folded text of all
//! cards is kept beside it, and only searches touch it (`text/`).
//!
//! It holds what follows from one card alone. What depends on today is asked with today.

pub mod ask;
mod calendar;
pub mod changes;
mod condition;
mod duties;
mod fill;
mod functions;
mod ground;
mod identities;
mod known;
mod list;
mod open_tables;
mod particulars;
mod past;
mod query;
mod read_ahead;
mod refresh;
mod related;
mod rows;
mod sandbox;
mod strays;
mod tables;
mod text;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::archive::sweep::Sweep;
use crate::archive::{InUse, Layout, Platform, platform, write};
use crate::error::{Error, Problem, Result};
use crate::history::History;

pub use ask::{Customer, Known};
pub use calendar::{CalendarRow, LogRow};
pub use duties::{SeedRow, Whose};
pub use identities::Identity;
pub use open_tables::{OpenColumn, OpenTable, open_tables};
pub use query::Rows;
pub(crate) use query::asks_changes;
pub use sandbox::Enough;
pub(crate) use strays::id_of;

/// Changes whenever the tables or what fills them change in a way that the program's version and
/// the declarations do not show.
const EDITION: &str = "13";
/// How the name of an index begins that is not yet complete.
const DRAFT: &str = "index-";
/// How long another process's refresh is waited for.
const BUSY: Duration = Duration::from_secs(20);

/// What an index is made from.
pub struct Source<'a> {
    /// The root of the archive.
    pub root: &'a Path,
    /// How folders are read.
    pub layout: &'a Layout,
    /// Which way the system is asked.
    pub platform: Platform,
    /// What HEAD has.
    pub history: &'a History,
}

/// A log of changes beside the file, copied into it now and then: a kill or a power cut leaves the
/// last state that was whole, and a change waits for the disk once at most.
const TUNING: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0;
     PRAGMA cache_size = -16000";

/// From this length on (bytes) the log is copied into the file after a write of one card, which has
/// little else to do.
const LONG_LOG: u64 = 2 << 20;
/// From this length on it is copied before anything else, so that reading it stays cheap.
const LONGEST_LOG: u64 = 32 << 20;

/// Copies the log of changes into the file, if it has this length. Only saves work later.
fn copy_log(connection: &Connection, path: &Path, length: u64) {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    if platform::stat(Path::new(&log)).is_ok_and(|stat| stat.size >= length) {
        let _ = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    }
}

/// What a question of the index gives.
pub type Answer<T> = rusqlite::Result<T>;

/// Asks an index that is up to date. Where the file turns out to be damaged, a new one is asked.
///
/// # Errors
/// When the archive cannot be listed.
pub fn answer<T>(source: &Source<'_>, question: impl Fn(&Index) -> Answer<T>) -> Result<T> {
    answer_alone(source, |index| question(index))
}

/// The same for a question that has the index to itself, as one in the sandbox.
///
/// # Errors
/// When the archive cannot be listed.
pub(crate) fn answer_alone<T>(source: &Source<'_>, question: impl Fn(&mut Index) -> Answer<T>) -> Result<T> {
    let mut index = Index::fresh(source)?;
    let damaged = inode(source);
    let first = question(&mut index);
    drop(index);
    match first {
        Err(error) if is_damage(&error) => {}
        other => return other.map_err(index_error),
    }
    if renew(source, damaged).is_ok()
        && let Ok(answer) = question(&mut Index::fresh(source)?)
    {
        return Ok(answer);
    }
    question(&mut Index::in_memory(source)?).map_err(index_error)
}

/// Asks the index as the last command left it, without looking at a card: `None` where HEAD has moved
/// since, or where there is any doubt. For questions whose answer is checked against disk and HEAD.
pub(crate) fn as_it_was<T>(source: &Source<'_>, question: impl Fn(&Index) -> Answer<T>) -> Option<T> {
    let index = Index::opened(&path(source), source).ok()?;
    let (_, head) = refresh::state(&index.connection).ok()?;
    let head_now = source.history.head().ok()??;
    (head? == head_now).then(|| question(&index).ok()).flatten()
}

/// Notes that HEAD moved by a commit of our own, of which it has no customer that the index never saw.
///
/// Only saves work: a note that cannot be made is made up for by the next refresh.
pub(crate) fn note_commit(source: &Source<'_>, old: Option<&str>, new: &str) {
    let Some(_in_use) = InUse::with_others(&users(source), Duration::ZERO) else { return };
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let Ok(connection) = Connection::open_with_flags(path(source), flags) else { return };
    let _ = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
    let _ = connection.execute_batch(TUNING);
    // Whoever is missing may be recorded as removed by this very commit: that is looked at again.
    let note = "UPDATE meta SET value = ?2 WHERE key = 'head' AND value = ?1 \
                AND NOT EXISTS (SELECT 1 FROM missing)";
    let _ = connection.execute(note, (old.unwrap_or(""), new));
    copy_log(&connection, &path(source), LONG_LOG);
}

/// An index that is up to date with the archive as it was when it was opened.
pub struct Index {
    connection: Connection,
    /// The sweep that it is up to date with; of a past day only its strange folders.
    sweep: Sweep,
    /// Whether queries may ask the field changes.
    has_changes: bool,
    /// Given back after the connection; `None` for one in memory.
    _in_use: Option<InUse>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Index")
    }
}

impl Index {
    /// Opens the index and brings it up to date.
    ///
    /// # Errors
    /// When the archive cannot be listed. Whatever is wrong with the index itself is no error.
    pub fn fresh(source: &Source<'_>) -> Result<Index> {
        let path = path(source);
        for _ in 0..3 {
            let tried = inode(source);
            match Index::at(&path, source) {
                Ok(index) => return Ok(index),
                Err(Trouble::Archive(error)) => return Err(error),
                Err(Trouble::Index(error)) if is_busy(&error) => break,
                Err(Trouble::Index(_)) => match renew(source, tried) {
                    // It is of this moment: nothing is looked at a second time.
                    Ok(Some(sweep)) => {
                        if let Ok(index) = Index::opened(&path, source) {
                            return Ok(Index { sweep, ..index });
                        }
                    }
                    Ok(None) => {}
                    Err(Trouble::Archive(error)) => return Err(error),
                    Err(Trouble::Index(_)) => break,
                },
            }
        }
        Index::in_memory(source)
    }

    /// An index that is in nobody's way: not kept, and complete.
    fn in_memory(source: &Source<'_>) -> Result<Index> {
        let built = Connection::open_in_memory().map_err(Trouble::Index).and_then(|connection| {
            prepare_empty(&connection, source)?;
            let sweep = refresh::refresh(&connection, source)?;
            Ok(Index { connection, sweep, has_changes: false, _in_use: None })
        });
        built.map_err(Trouble::into_error)
    }

    /// The index in its place, as it is.
    fn opened(path: &Path, source: &Source<'_>) -> Result<Index, Trouble> {
        let in_use = InUse::with_others(&users(source), BUSY).ok_or_else(Trouble::busy)?;
        let connection = if source.history.is_pinned() { past::open(path)? } else { open_own(path)? };
        let header: String =
            connection.query_row("SELECT value FROM meta WHERE key = 'header'", [], |r| r.get(0))?;
        if header != expected_header(source) {
            return Err(Trouble::stale());
        }
        Ok(Index { connection, sweep: Sweep::default(), has_changes: false, _in_use: Some(in_use) })
    }

    /// Folders that stand where countries do and are none.
    pub(crate) fn strange(&self) -> &[String] {
        &self.sweep.strange
    }

    /// The index in its place, brought up to date.
    fn at(path: &Path, source: &Source<'_>) -> Result<Index, Trouble> {
        let mut index = Index::opened(path, source)?;
        if source.history.is_pinned() {
            index.sweep.strange = past::strange(&index.connection)?;
            return Ok(index);
        }
        copy_log(&index.connection, path, LONGEST_LOG);
        index.sweep = refresh::refresh(&index.connection, source)?;
        Ok(index)
    }
}

/// Opens the index of the archive as it is now.
fn open_own(path: &Path) -> Answer<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    connection.execute_batch(TUNING)?;
    Ok(connection)
}

/// Puts a new index in the place of one that is missing or not believed, unless another process
/// did so meanwhile. Nobody may use the old one then: SQLite finds the log of changes by the
/// file's name, and would read one file's log into the other. The sweep of one that was built now.
fn renew(source: &Source<'_>, tried: Option<u64>) -> Result<Option<Sweep>, Trouble> {
    let _alone = InUse::alone(&users(source), BUSY).ok_or_else(Trouble::busy)?;
    if inode(source).is_some_and(|now| Some(now) != tried) {
        return Ok(None);
    }
    build(&path(source), source).map(Some)
}

/// Which file stands in the index's place.
fn inode(source: &Source<'_>) -> Option<u64> {
    platform::stat(&path(source)).ok().map(|stat| stat.inode)
}

/// Builds an index beside its place and puts it there whole.
#[allow(clippy::disallowed_methods, reason = "the index is ours, disposable, and not in the work tree")]
fn build(path: &Path, source: &Source<'_>) -> Result<Sweep, Trouble> {
    let folder = path.parent().unwrap_or(source.root);
    std::fs::create_dir_all(folder).map_err(|_| Trouble::stale())?;
    // What a kill left: nobody else builds now.
    write::remove_drafts(folder, DRAFT);
    let draft = tempfile::Builder::new()
        .prefix(DRAFT)
        .suffix(".tmp")
        .tempfile_in(folder)
        .map_err(|_| Trouble::stale())?;
    let connection = Connection::open(draft.path())?;
    connection.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -32000")?;
    prepare_empty(&connection, source)?;
    let sweep = refresh::refresh(&connection, source)?;
    if source.history.is_pinned() {
        past::keep_strange(&connection, &sweep.strange)?;
    } else {
        // As it is opened later: to turn it then would wait for the disk.
        connection.pragma_update(None, "journal_mode", "WAL")?;
    }
    connection.close().map_err(|(_, error)| error)?;
    // Not brought to the disk: a power cut leaves a file that is not believed, and is built anew.
    discard_logs(path)?;
    draft.persist(path).map_err(|_| Trouble::stale())?;
    if source.history.is_pinned() {
        past::make_room(path);
    }
    Ok(sweep)
}

fn prepare_empty(connection: &Connection, source: &Source<'_>) -> Result<(), Trouble> {
    connection.execute_batch(&tables::create())?;
    connection.execute(
        "INSERT INTO meta VALUES ('header', ?1), ('head', NULL), ('turn', '0')",
        [expected_header(source)],
    )?;
    Ok(())
}

/// What must be equal for an index to be believed.
fn expected_header(source: &Source<'_>) -> String {
    let declared = tables::create() + &tables::indices();
    format!("{EDITION} {} {:?} {declared}", env!("CARGO_PKG_VERSION"), source.layout)
}

fn path(source: &Source<'_>) -> PathBuf {
    match source.history.pinned() {
        Some(commit) => past::path(source, &commit),
        None => source.history.crm_folder().join("index.sqlite"),
    }
}

/// The file on which those who use the index have a lock.
fn users(source: &Source<'_>) -> PathBuf {
    source.history.crm_folder().join("index.use")
}

/// The logs of an index that is not believed go before it: they would be read into the new one.
#[allow(clippy::disallowed_methods, reason = "the index is ours, disposable, and not in the work tree")]
fn discard_logs(path: &Path) -> Result<(), Trouble> {
    for suffix in ["-journal", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        match std::fs::remove_file(PathBuf::from(name)) {
            Err(error) if !platform::is_absence(&error) => return Err(Trouble::stale()),
            _ => {}
        }
    }
    Ok(())
}

/// What can go wrong while the index is brought up to date.
enum Trouble {
    /// The archive itself cannot be read: that is for the user.
    Archive(Error),
    /// The index: that is mended without a word.
    Index(rusqlite::Error),
}

impl Trouble {
    fn stale() -> Trouble {
        Trouble::Index(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(11), None))
    }

    /// Another process keeps the index: that is no reason to build a new one.
    fn busy() -> Trouble {
        Trouble::Index(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(5), None))
    }

    fn into_error(self) -> Error {
        match self {
            Trouble::Archive(error) => error,
            Trouble::Index(error) => index_error(error),
        }
    }
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        Trouble::Index(error)
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Trouble::Archive(error)
    }
}

/// A question that SQLite could not answer.
pub(crate) fn index_error(error: rusqlite::Error) -> Error {
    Error::could_not(Problem::Index { reason: error.to_string() }).because(error)
}

/// Whether an error says that the file is damaged: then a new index gives the answer.
pub(crate) fn is_damage(error: &rusqlite::Error) -> bool {
    use rusqlite::Error as Sql;
    let code = error.sqlite_error_code();
    let of_file = matches!(
        code,
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::SystemIoFailure)
    );
    of_file
        || matches!(
            error,
            Sql::FromSqlConversionFailure(..)
                | Sql::InvalidColumnType(..)
                | Sql::IntegralValueOutOfRange(..)
                | Sql::Utf8Error(..)
                | Sql::QueryReturnedNoRows
        )
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

//! The history of every field: what each commit changed in which card, as a read model beside the index.
//! It grows commit by commit, and is built anew when history was rewritten, or on any doubt; where it
//! cannot be kept it is built in memory. It follows from the commits alone, in whatever order they came.

mod ask;
mod disputes;
mod fill;

use std::path::PathBuf;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use super::{Answer, Trouble};
use crate::archive::{InUse, write};
use crate::error::Result;
use crate::history::History;

pub use ask::{Change, CommitChanges, Wanted};

/// Changes whenever the tables or what fills them change in a way that the program's version does not
/// show.
const EDITION: &str = "2";
/// How long another process's refresh is waited for: a first build reads all of history.
const BUSY: Duration = Duration::from_secs(60);
/// How the name of a file begins that is not yet complete.
const DRAFT: &str = "changes-";

/// The tables. `corrected` is the time of a commit, but never before a parent's; with `depth`, the length
/// of the longest way to it, the order of commits is the same in every clone.
const TABLES: &str = "
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
    CREATE TABLE commits (n INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, time INTEGER NOT NULL,
        zone INTEGER NOT NULL, committed INTEGER NOT NULL, corrected INTEGER NOT NULL, depth INTEGER NOT NULL,
        author TEXT NOT NULL, email TEXT NOT NULL, sentence TEXT NOT NULL);
    CREATE TABLE parents (n INTEGER, parent INTEGER, PRIMARY KEY (n, parent)) WITHOUT ROWID;
    CREATE TABLE cards (n INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL);
    CREATE TABLE fields (card INTEGER, n INTEGER, place INTEGER, path TEXT NOT NULL, old TEXT, new TEXT,
        PRIMARY KEY (card, n, place)) WITHOUT ROWID;";

/// Every field change of history, up to HEAD.
#[derive(Debug)]
pub struct Changes {
    connection: Connection,
    /// Given back after the connection; `None` in memory.
    _in_use: Option<InUse>,
}

/// Asks the field changes up to HEAD of a history. Where the file turns out to be damaged, they are read
/// from history again.
///
/// # Errors
/// When history cannot be read.
pub fn answer<T>(history: &History, question: impl Fn(&Changes) -> Answer<T>) -> Result<T> {
    let changes = Changes::fresh(history)?;
    match question(&changes) {
        Err(error) if super::is_damage(&error) => {
            drop(changes);
            let again = Changes::in_memory(history).map_err(Trouble::into_error)?;
            question(&again).map_err(super::index_error)
        }
        answer => answer.map_err(super::index_error),
    }
}

impl Changes {
    fn fresh(history: &History) -> Result<Changes> {
        let opened = match Changes::at(history) {
            Err(Trouble::Index(error)) if !super::is_busy(&error) => {
                build(history).and_then(|()| Changes::at(history))
            }
            other => other,
        };
        match opened {
            Err(Trouble::Index(_)) => Changes::in_memory(history),
            other => other,
        }
        .map_err(Trouble::into_error)
    }

    /// The file in its place, brought up to HEAD.
    fn at(history: &History) -> Result<Changes, Trouble> {
        let in_use = InUse::with_others(&users(history), BUSY).ok_or_else(Trouble::busy)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path(history), flags)?;
        connection.busy_timeout(BUSY)?;
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000",
        )?;
        if value(&connection, "header")?.as_deref() != Some(header().as_str()) {
            return Err(Trouble::stale());
        }
        bring_up(&connection, history)?;
        Changes { connection, _in_use: Some(in_use) }.up_to_head(history)
    }

    fn in_memory(history: &History) -> Result<Changes, Trouble> {
        let connection = Connection::open_in_memory()?;
        prepare(&connection)?;
        bring_up(&connection, history)?;
        Changes { connection, _in_use: None }.up_to_head(history)
    }

    /// Only what stands below HEAD is asked: of a past day, less than there is.
    fn up_to_head(self, history: &History) -> Result<Changes, Trouble> {
        ask::give(&self.connection)?;
        let Some(pinned) = history.pinned() else { return Ok(self) };
        make_below(&self.connection)?;
        fill_below(&self.connection, "main", &pinned)?;
        Ok(self)
    }
}

/// The file of the field changes up to HEAD, for a connection that attaches it. It stays while this is kept.
pub(crate) struct Attachable {
    pub path: PathBuf,
    _in_use: Option<InUse>,
    _temporary: Option<tempfile::NamedTempFile>,
}

/// Brings the file up to HEAD, or makes one for a while where it cannot be kept.
///
/// # Errors
/// When history cannot be read.
pub(crate) fn attachable(history: &History) -> Result<Attachable> {
    let changes = Changes::fresh(history)?;
    if let Some(path) = changes.connection.path().filter(|path| !path.is_empty()) {
        let (path, _in_use) = (PathBuf::from(path), changes._in_use);
        return Ok(Attachable { path, _in_use, _temporary: None });
    }
    let somewhere = || -> Result<Attachable, Trouble> {
        let file = tempfile::NamedTempFile::new().map_err(|_| Trouble::stale())?;
        let connection = Connection::open(file.path())?;
        prepare(&connection)?;
        bring_up(&connection, history)?;
        Ok(Attachable { path: file.path().to_owned(), _in_use: None, _temporary: Some(file) })
    };
    somewhere().map_err(Trouble::into_error)
}

/// Where the field changes stand, once a connection has attached them.
pub(super) const FROM: &str = "history.fields f JOIN history.cards k ON k.n = f.card \
    JOIN history.commits h ON h.n = f.n";

/// Attaches the field changes to the connection of an index; of a past day, those up to its commit.
pub(super) fn attach(connection: &Connection, file: &Attachable, pinned: Option<&str>) -> Answer<()> {
    connection.execute("ATTACH ?1 AS history", [file.path.to_string_lossy()])?;
    // Temporary tables are gone when their place is changed, so that comes before.
    connection.execute_batch("PRAGMA temp_store = MEMORY")?;
    make_below(connection)?;
    match pinned {
        Some(commit) => fill_below(connection, "history", commit),
        None => connection.execute("INSERT INTO below SELECT n FROM history.commits", []).map(|_| ()),
    }
}

/// The commits that are asked about, where that is not all that stand in a file.
fn make_below(connection: &Connection) -> Answer<()> {
    connection.execute_batch("CREATE TEMP TABLE below (n INTEGER PRIMARY KEY)")
}

/// A commit and all below it, of a file that is open under this name.
fn fill_below(connection: &Connection, schema: &str, commit: &str) -> Answer<()> {
    let fill = format!(
        "WITH RECURSIVE b(n) AS (SELECT n FROM {schema}.commits WHERE id = ?1
             UNION SELECT p.parent FROM b JOIN {schema}.parents p ON p.n = b.n)
         INSERT INTO below SELECT n FROM b"
    );
    connection.execute(&fill, [commit]).map(|_| ())
}

fn path(history: &History) -> PathBuf {
    history.crm_folder().join("changes.sqlite")
}

/// The file on which those who use the changes have a lock.
fn users(history: &History) -> PathBuf {
    history.crm_folder().join("changes.use")
}

fn header() -> String {
    format!("{EDITION} {} {TABLES}", env!("CARGO_PKG_VERSION"))
}

fn value(connection: &Connection, key: &str) -> rusqlite::Result<Option<String>> {
    use rusqlite::OptionalExtension;
    let question = "SELECT value FROM meta WHERE key = ?1";
    Ok(connection.query_row(question, [key], |r| r.get(0)).optional()?.flatten())
}

fn prepare(connection: &Connection) -> Result<(), Trouble> {
    connection.execute_batch(TABLES)?;
    connection.execute("INSERT INTO meta VALUES ('header', ?1), ('head', NULL)", [header()])?;
    Ok(())
}

/// Reads what came since the last time. What stands at a commit of the past is not brought back to it.
fn bring_up(connection: &Connection, history: &History) -> Result<(), Trouble> {
    let Some(head) = history.head()? else { return Ok(()) };
    if value(connection, "head")?.as_deref() == Some(&head)
        || (history.is_pinned() && has(connection, &head)?)
    {
        return Ok(());
    }
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    // Another process may have been faster.
    let known = value(&transaction, "head")?;
    let goes_on = match &known {
        Some(known) => history.stands(known)?,
        None => true,
    };
    if !goes_on {
        return Err(Trouble::stale());
    }
    fill::fill(&transaction, history, known.as_deref())?;
    transaction.execute("UPDATE meta SET value = ?1 WHERE key = 'head'", [&head])?;
    transaction.commit()?;
    Ok(())
}

fn has(connection: &Connection, commit: &str) -> rusqlite::Result<bool> {
    connection.query_row("SELECT EXISTS (SELECT 1 FROM commits WHERE id = ?1)", [commit], |r| r.get(0))
}

/// Builds the file beside its place and puts it there whole, while nobody uses the old one.
#[allow(clippy::disallowed_methods, reason = "the file is ours, disposable, and not in the work tree")]
fn build(history: &History) -> Result<(), Trouble> {
    let folder = history.crm_folder();
    std::fs::create_dir_all(&folder).map_err(|_| Trouble::stale())?;
    let _alone = InUse::alone(&users(history), BUSY).ok_or_else(Trouble::busy)?;
    write::remove_drafts(&folder, DRAFT);
    let draft = tempfile::Builder::new()
        .prefix(DRAFT)
        .suffix(".tmp")
        .tempfile_in(&folder)
        .map_err(|_| Trouble::stale())?;
    let connection = Connection::open(draft.path())?;
    connection.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -32000",
    )?;
    prepare(&connection)?;
    bring_up(&connection, history)?;
    connection.close().map_err(|(_, error)| error)?;
    let path = path(history);
    super::discard_logs(&path)?;
    draft.persist(path).map_err(|_| Trouble::stale())?;
    Ok(())
}

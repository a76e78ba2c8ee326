//! Brings the index up to date by one sweep: cards whose metadata is as it was are not opened.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};

use super::fill::Filler;
use super::ground::{self, Ground, Reader};
use super::known::{self, BROKEN, Keeper, KnownFolder, NO_CARD};
use super::read_ahead::read_ahead;
use super::rows::CardRows;
use super::{Source, Trouble, strays, tables};
use crate::archive::sweep::{RACY, Sweep, SweptFolder};

/// Looks at most, while customers are being moved.
const LOOKS: u32 = 3;

/// What was found, and where it is read.
struct Found<'a> {
    sweep: &'a Sweep,
    ground: &'a Ground,
}

/// What has to be done.
#[derive(Default)]
struct Work {
    /// Cards to read.
    read: Vec<ToRead>,
    /// Rows that go.
    gone: Vec<i64>,
    /// Broken cards that go, by folder.
    mended: Vec<String>,
    /// Country folders that go.
    lost: Vec<String>,
    /// Country folders whose block is written anew, with the rows that stay.
    changed: BTreeMap<usize, Vec<i64>>,
    /// Whether a card went between the sweep and the reading.
    vanished: bool,
}

/// Brings the index up to date; the sweep that it is up to date with.
pub(super) fn refresh(connection: &Connection, source: &Source<'_>) -> Result<Sweep, Trouble> {
    let mut looks = 1;
    loop {
        let (turn, head) = state(connection)?;
        let mut known = known::load(connection)?;
        let trusted = |path: &str, modified: i64| {
            let folder = known.get_mut(path)?;
            let fits = folder.modified == modified && modified < folder.began - RACY;
            fits.then(|| folder.companies.take()).flatten()
        };
        let (sweep, ground) = ground::survey(source, trusted)?;
        let work = compare(&mut known, &sweep);
        let head_now = source.history.head()?.unwrap_or_default();
        if work.is_empty() && head.as_deref() == Some(&head_now) {
            return Ok(sweep);
        }
        let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
        if state(&transaction)?.0 != turn {
            // Another process was faster; its work may be ours.
            transaction.rollback()?;
            continue;
        }
        let before = missing(&transaction)?;
        let vanished = apply(
            &transaction,
            source,
            &Found { sweep: &sweep, ground: &ground },
            work,
            head.as_deref(),
            &head_now,
        )?;
        if looks < LOOKS && (vanished || missing(&transaction)?.iter().any(|m| !before.contains(m))) {
            // Somebody may be moving it right now, from a place still to be looked at to one that
            // was: a second look sees where it went.
            looks += 1;
            transaction.rollback()?;
            continue;
        }
        transaction.execute("UPDATE meta SET value = ?1 WHERE key = 'head'", [&head_now])?;
        transaction.execute("UPDATE meta SET value = value + 1 WHERE key = 'turn'", [])?;
        transaction.commit()?;
        return Ok(sweep);
    }
}

impl Work {
    fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.lost.is_empty()
    }
}

/// The customers that are nowhere in the layout, as far as the index knows.
fn missing(connection: &Connection) -> rusqlite::Result<BTreeSet<String>> {
    connection.prepare("SELECT folder FROM missing")?.query_map([], |r| r.get(0))?.collect()
}

pub(super) fn state(connection: &Connection) -> rusqlite::Result<(i64, Option<String>)> {
    let value = |key| -> rusqlite::Result<Option<String>> {
        connection.query_row("SELECT value FROM meta WHERE key = ?1", [key], |r| r.get(0))
    };
    let turn = value("turn")?.unwrap_or_default();
    Ok((turn.parse().unwrap_or(0), value("head")?))
}

/// What differs between what is known and what was swept.
fn compare(known: &mut BTreeMap<String, KnownFolder>, sweep: &Sweep) -> Work {
    let mut work = Work::default();
    for (at, folder) in sweep.folders.iter().enumerate() {
        match known.remove(&folder.path) {
            None => {
                work.changed.insert(at, vec![NO_CARD; folder.companies.len()]);
                let with_card = folder.cards.iter().enumerate().filter(|(_, card)| card.is_some());
                work.read.extend(with_card.map(|(company, _)| (at, company, None)));
            }
            Some(before) => compare_folder(&mut work, at, folder, before, sweep.began),
        }
    }
    for (path, before) in std::mem::take(known) {
        let companies = before.companies.unwrap_or_default();
        for (company, (_, row)) in companies.iter().zip(&before.cards) {
            work.forget(*row, || format!("{path}/{company}"));
        }
        work.lost.push(path);
    }
    work
}

fn compare_folder(work: &mut Work, at: usize, folder: &SweptFolder, before: KnownFolder, began: i64) {
    let list_is_same = before.companies.is_none();
    let names = before.companies.unwrap_or_default();
    let mut rows = Vec::with_capacity(folder.companies.len());
    // A list that was too young to be trusted is old enough now, and is trusted from here on.
    let grew_old = folder.modified >= before.began - RACY && folder.modified < began - RACY;
    let differs = names != folder.companies || folder.modified != before.modified;
    let mut changed = !list_is_same && (differs || grew_old);
    let mut old = 0;
    for (company, card) in folder.companies.iter().zip(&folder.cards) {
        if !list_is_same {
            while let Some(name) = names.get(old).filter(|name| *name < company) {
                work.forget(before.cards[old].1, || format!("{}/{name}", folder.path));
                old += 1;
            }
        }
        let is_known = list_is_same || names.get(old) == Some(company);
        let (stat, row) = if is_known {
            before.cards.get(old).copied().unwrap_or((None, NO_CARD))
        } else {
            (None, NO_CARD)
        };
        old += usize::from(is_known);
        let same = *card == stat && card.is_none_or(|c| c.modified.max(c.changed) < before.began - RACY);
        if same {
            rows.push(row);
            continue;
        }
        changed = true;
        if card.is_some() && row > NO_CARD {
            work.read.push((at, rows.len(), Some(row)));
        } else {
            work.forget(row, || format!("{}/{company}", folder.path));
            if card.is_some() {
                work.read.push((at, rows.len(), None));
            }
        }
        rows.push(NO_CARD);
    }
    if !list_is_same {
        for (name, (_, row)) in names.iter().zip(&before.cards).skip(old) {
            work.forget(*row, || format!("{}/{name}", folder.path));
        }
    }
    if changed {
        work.changed.insert(at, rows);
    }
}

impl Work {
    fn forget(&mut self, row: i64, folder: impl Fn() -> String) {
        match row {
            NO_CARD => {}
            BROKEN => self.mended.push(folder()),
            row => self.gone.push(row),
        }
    }
}

/// Does the work, within a transaction.
fn apply(
    connection: &Connection,
    source: &Source<'_>,
    found: &Found<'_>,
    mut work: Work,
    head: Option<&str>,
    head_now: &str,
) -> Result<bool, Trouble> {
    let fresh = head.is_none();
    let mut ids = BTreeSet::new();
    let mut some_went = !work.lost.is_empty() || !work.mended.is_empty();
    {
        let mut filler = Filler::new(connection)?;
        let mut text_id = connection.prepare("SELECT text_id FROM customers WHERE card = ?1")?;
        let again = work.read.iter().filter_map(|(_, _, row)| row.as_ref());
        for row in work.gone.iter().chain(again) {
            ids.extend(text_id.query_row([row], |r| r.get::<_, String>(0)).optional()?);
        }
        for row in &work.gone {
            filler.remove(*row)?;
        }
        for folder in &work.mended {
            connection.execute("DELETE FROM broken WHERE folder = ?1", [folder])?;
        }
        let come = fill(connection, found, &mut work, &mut filler)?;
        some_went |= ids.iter().any(|id| !come.contains(id));
        ids.extend(come);
    }
    for path in &work.lost {
        known::forget(connection, path)?;
    }
    let mut keeper = Keeper::new(connection)?;
    for (at, rows) in &work.changed {
        keeper.keep(found.sweep.began, &found.sweep.folders[*at], rows)?;
    }
    if fresh {
        connection.execute_batch(&tables::indices())?;
    }
    strays::part_twins(connection, source, &ids)?;
    let already_missing: bool =
        connection.query_row("SELECT EXISTS (SELECT 1 FROM missing)", [], |r| r.get(0))?;
    if head != Some(head_now) || some_went || already_missing {
        strays::note_missing(connection, source, found.sweep)?;
    }
    Ok(work.vanished)
}

/// A card to read: folder and company by place in the sweep, and the row that it had.
type ToRead = (usize, usize, Option<i64>);

/// Reads cards on other threads and fills the tables on this one; the ids of what was read.
fn fill(
    connection: &Connection,
    found: &Found<'_>,
    work: &mut Work,
    filler: &mut Filler<'_>,
) -> Result<BTreeSet<String>, Trouble> {
    let mut ids = BTreeSet::new();
    let to_read = std::mem::take(&mut work.read);
    let desk = || found.ground.reader();
    let read = |reader: &Reader<'_>, (at, company, _): &ToRead| read_rows(reader, found.sweep, *at, *company);
    read_ahead(&to_read, desk, read, |(at, company, before), card| {
        let row = match card {
            Some(rows) => {
                let row = filler.put(&rows, before)?;
                ids.insert(rows.id);
                row
            }
            None => {
                if let Some(before) = before {
                    filler.remove(before)?;
                }
                if found.ground.has_card(found.sweep, at, company) {
                    let folder = &found.sweep.folders[at];
                    let folder = format!("{}/{}", folder.path, folder.company(company));
                    connection.execute("INSERT OR REPLACE INTO broken VALUES (?1)", [folder])?;
                    BROKEN
                } else {
                    work.vanished = true;
                    NO_CARD
                }
            }
        };
        if let Some(rows) = work.changed.get_mut(&at) {
            rows[company] = row;
        }
        Ok::<(), Trouble>(())
    })?;
    Ok(ids)
}

/// The rows of a company's card, if that can be read.
fn read_rows(reader: &Reader<'_>, sweep: &Sweep, at: usize, company: usize) -> Option<CardRows> {
    let card = reader.card(sweep, at, company)?;
    let folder = &sweep.folders[at];
    Some(CardRows::of(folder, folder.company(company), &card))
}

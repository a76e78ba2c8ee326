//! What the index knows of country folders from its last sweep: the companies, and the metadata of
//! each card with the row that it has. Kept in parts, so that one changed card changes one of them.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Statement};

use crate::archive::SweptFolder;
use crate::archive::platform::Stat;
use crate::archive::sweep::Names;

/// The row of a company's folder that has no card.
pub(super) const NO_CARD: i64 = 0;
/// The row of a card that cannot be read.
pub(super) const BROKEN: i64 = -1;
/// Bytes per company in a part.
const ENTRY: usize = Stat::LEN + 8;
/// Companies in a part.
const PART: usize = 128;

/// What the index knows of a country folder.
pub(super) struct KnownFolder {
    pub modified: i64,
    pub began: i64,
    /// Taken out when the sweep may trust it; then the swept list is the same.
    pub companies: Option<Names>,
    pub cards: Vec<(Option<Stat>, i64)>,
}

/// Everything that is known, by path.
pub(super) fn load(connection: &Connection) -> rusqlite::Result<BTreeMap<String, KnownFolder>> {
    let mut folders = connection.prepare(
        "SELECT f.path, f.modified, f.began, n.companies FROM folders f JOIN companies n ON n.path = f.path",
    )?;
    let mut parts = connection.prepare("SELECT cards FROM parts WHERE path = ?1 ORDER BY part")?;
    let mut known = BTreeMap::new();
    let mut rows = folders.query([])?;
    while let Some(row) = rows.next()? {
        let path: String = row.get(0)?;
        let companies = Names::from_text(row.get_ref(3)?.as_str()?);
        let mut cards = Vec::with_capacity(companies.len());
        let mut blocks = parts.query([&path])?;
        while let Some(block) = blocks.next()? {
            cards.extend(block.get_ref(0)?.as_blob()?.chunks_exact(ENTRY).filter_map(decode));
        }
        if cards.len() != companies.len() {
            return Err(rusqlite::Error::QueryReturnedNoRows);
        }
        let companies = Some(companies);
        known.insert(path, KnownFolder { modified: row.get(1)?, began: row.get(2)?, companies, cards });
    }
    Ok(known)
}

/// The row of the card in a company's folder, without looking at any other.
pub(super) fn row_in(connection: &Connection, folder: &str) -> rusqlite::Result<Option<i64>> {
    let Some((path, company)) = folder.rsplit_once('/') else { return Ok(None) };
    let names = "SELECT companies FROM companies WHERE path = ?1";
    let names: Option<String> = connection.query_row(names, [path], |r| r.get(0)).optional()?;
    let Some(at) = names.and_then(|names| Names::from_text(&names).position(company)) else {
        return Ok(None);
    };
    let block = "SELECT cards FROM parts WHERE path = ?1 AND part = ?2";
    let part = i64::try_from(at / PART).unwrap_or(i64::MAX);
    let block: Option<Vec<u8>> = connection.query_row(block, (path, part), |r| r.get(0)).optional()?;
    let entry = block.and_then(|block| decode(block.chunks_exact(ENTRY).nth(at % PART)?));
    Ok(entry.map(|(_, row)| row).filter(|row| *row > NO_CARD))
}

fn decode(entry: &[u8]) -> Option<(Option<Stat>, i64)> {
    let (stat, row) = entry.split_at(Stat::LEN);
    let row = i64::from_le_bytes(row.try_into().ok()?);
    let stat = Stat::from_bytes(stat)?;
    Some(((row != NO_CARD).then_some(stat), row))
}

/// Keeps what was swept of folders; what is as it was is not written again.
pub(super) struct Keeper<'c> {
    folder: Statement<'c>,
    companies: Statement<'c>,
    part: Statement<'c>,
    rest: Statement<'c>,
}

impl<'c> Keeper<'c> {
    pub(super) fn new(connection: &'c Connection) -> rusqlite::Result<Keeper<'c>> {
        Ok(Keeper {
            folder: connection.prepare("INSERT OR REPLACE INTO folders VALUES (?1, ?2, ?3)")?,
            companies: connection.prepare(
                "INSERT INTO companies VALUES (?1, ?2)
                 ON CONFLICT DO UPDATE SET companies = excluded.companies WHERE companies <> excluded.companies",
            )?,
            part: connection.prepare(
                "INSERT INTO parts VALUES (?1, ?2, ?3)
                 ON CONFLICT DO UPDATE SET cards = excluded.cards WHERE cards <> excluded.cards",
            )?,
            rest: connection.prepare("DELETE FROM parts WHERE path = ?1 AND part >= ?2")?,
        })
    }

    /// Keeps one folder, with the row of each company's card.
    pub(super) fn keep(&mut self, began: i64, folder: &SweptFolder, rows: &[i64]) -> rusqlite::Result<()> {
        self.folder.execute((&folder.path, folder.modified, began))?;
        self.companies.execute((&folder.path, folder.companies.as_text()))?;
        let mut parts = 0;
        for (cards, rows) in folder.cards.chunks(PART).zip(rows.chunks(PART)) {
            let mut block = Vec::with_capacity(PART * ENTRY);
            for (card, row) in cards.iter().zip(rows) {
                block.extend_from_slice(&card.unwrap_or_default().to_bytes());
                block.extend_from_slice(&row.to_le_bytes());
            }
            self.part.execute((&folder.path, parts, block))?;
            parts += 1;
        }
        self.rest.execute((&folder.path, parts)).map(|_| ())
    }
}

/// Forgets a folder that is gone.
pub(super) fn forget(connection: &Connection, path: &str) -> rusqlite::Result<()> {
    for table in ["folders", "companies", "parts"] {
        connection.execute(&format!("DELETE FROM {table} WHERE path = ?1"), [path])?;
    }
    Ok(())
}

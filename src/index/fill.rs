//! Writing a card's rows. A table whose rows are as they were is not touched, so that a changed
//! card costs few pages.

use rusqlite::{Connection, OptionalExtension, Statement};

use super::rows::{CardRows, Row};
use super::tables;

/// Bytes of one table's digest.
const DIGEST: usize = 8;

/// The statements that fill the tables, prepared once.
pub(super) struct Filler<'c> {
    connection: &'c Connection,
    inserts: Vec<Statement<'c>>,
    deletes: Vec<Statement<'c>>,
    digests: Statement<'c>,
    keep_digests: Statement<'c>,
}

impl<'c> Filler<'c> {
    pub(super) fn new(connection: &'c Connection) -> rusqlite::Result<Filler<'c>> {
        let prepare = |sql: String| connection.prepare(&sql);
        Ok(Filler {
            connection,
            inserts: tables::of_cards().map(|t| prepare(t.insert())).collect::<Result<_, _>>()?,
            deletes: tables::of_cards()
                .map(|t| prepare(format!("DELETE FROM {} WHERE card = ?1", t.name())))
                .collect::<Result<_, _>>()?,
            digests: connection.prepare("SELECT digests FROM digests WHERE card = ?1")?,
            keep_digests: connection.prepare("INSERT OR REPLACE INTO digests VALUES (?1, ?2)")?,
        })
    }

    /// Takes a card's rows away.
    pub(super) fn remove(&mut self, card: i64) -> rusqlite::Result<()> {
        self.connection.execute("DELETE FROM digests WHERE card = ?1", [card])?;
        self.deletes.iter_mut().try_for_each(|delete| delete.execute([card]).map(|_| ()))
    }

    /// Writes a card's rows, and gives the number under which they stand: `before`, where the card
    /// had one.
    pub(super) fn put(&mut self, rows: &CardRows, before: Option<i64>) -> rusqlite::Result<i64> {
        let new = rows.digests();
        let old: Option<Vec<u8>> = match before {
            Some(card) => self.digests.query_row([card], |r| r.get(0)).optional()?,
            None => None,
        };
        let old = old.unwrap_or_default();
        if old == new
            && let Some(card) = before
        {
            return Ok(card);
        }
        let mut card = before;
        for (at, table) in rows.tables.iter().enumerate() {
            let digest = at * DIGEST..(at + 1) * DIGEST;
            if before.is_some() && old.get(digest.clone()) == new.get(digest) {
                continue;
            }
            if let Some(before) = before {
                self.deletes[at].execute([before])?;
            }
            for row in table {
                insert(&mut self.inserts[at], card, row)?;
                // The customer's own row is the first, and gives the number of all the others.
                card = card.or_else(|| Some(self.connection.last_insert_rowid()));
            }
        }
        let card = card.unwrap_or_default();
        self.keep_digests.execute((card, new))?;
        Ok(card)
    }
}

fn insert(statement: &mut Statement<'_>, card: Option<i64>, row: &Row) -> rusqlite::Result<()> {
    statement.raw_bind_parameter(1, card)?;
    for (at, value) in row.iter().enumerate() {
        statement.raw_bind_parameter(at + 2, value)?;
    }
    statement.raw_execute().map(|_| ())
}

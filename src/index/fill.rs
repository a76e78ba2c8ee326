//! Writing a card's rows. Rows that are as they were are not touched, so that a changed card costs few
//! pages, and a call logged on a long card one row.

use rusqlite::{Connection, OptionalExtension, Statement};

use super::rows::{CardRows, Digests, Row};
use super::tables::{self, CardTable};

/// The statements for one table.
struct Writer<'c> {
    /// Puts a row in its place, whatever stood there.
    put: Statement<'c>,
    /// Takes away a card's rows from a place on.
    cut: Option<Statement<'c>>,
    /// Takes away all rows of a card.
    clear: Statement<'c>,
}

impl<'c> Writer<'c> {
    fn new(connection: &'c Connection, table: CardTable) -> rusqlite::Result<Writer<'c>> {
        let name = table.name();
        let cut = format!("DELETE FROM {name} WHERE card = ?1 AND ordinal >= ?2");
        Ok(Writer {
            put: connection.prepare(&table.insert())?,
            cut: table.has_places().then(|| connection.prepare(&cut)).transpose()?,
            clear: connection.prepare(&format!("DELETE FROM {name} WHERE card = ?1"))?,
        })
    }

    /// Brings the rows of a card that is there already from what they were to what they are.
    fn change(&mut self, card: i64, rows: &[Row], old: &[u64], new: &[u64]) -> rusqlite::Result<()> {
        let Some(cut) = &mut self.cut else {
            self.clear.execute([card])?;
            return rows.iter().try_for_each(|row| insert(&mut self.put, Some(card), row));
        };
        for (_, row) in rows.iter().enumerate().filter(|(at, _)| old.get(*at) != new.get(*at)) {
            insert(&mut self.put, Some(card), row)?;
        }
        if old.len() > rows.len() {
            cut.execute((card, i64::try_from(rows.len()).unwrap_or(i64::MAX)))?;
        }
        Ok(())
    }
}

/// The statements that fill the tables, prepared once.
pub(super) struct Filler<'c> {
    connection: &'c Connection,
    writers: Vec<Writer<'c>>,
    digests: Statement<'c>,
    keep_digests: Statement<'c>,
}

impl<'c> Filler<'c> {
    pub(super) fn new(connection: &'c Connection) -> rusqlite::Result<Filler<'c>> {
        Ok(Filler {
            connection,
            writers: tables::of_cards().map(|t| Writer::new(connection, t)).collect::<Result<_, _>>()?,
            digests: connection.prepare("SELECT digests FROM digests WHERE card = ?1")?,
            keep_digests: connection.prepare("INSERT OR REPLACE INTO digests VALUES (?1, ?2)")?,
        })
    }

    /// Takes a card's rows away.
    pub(super) fn remove(&mut self, card: i64) -> rusqlite::Result<()> {
        self.connection.execute("DELETE FROM digests WHERE card = ?1", [card])?;
        self.writers.iter_mut().try_for_each(|writer| writer.clear.execute([card]).map(|_| ()))
    }

    /// Writes a card's rows, and gives the number under which they stand: `before`, where the card
    /// had one.
    pub(super) fn put(&mut self, rows: &CardRows, before: Option<i64>) -> rusqlite::Result<i64> {
        let new = rows.digests();
        let old: Option<Vec<u8>> = match before {
            Some(card) => self.digests.query_row([card], |r| r.get(0)).optional()?,
            None => None,
        };
        let card = match (before, old.map(|bytes| Digests::from_bytes(&bytes))) {
            (Some(card), Some(old)) if old == new => return Ok(card),
            (Some(card), Some(old)) => {
                for (at, (writer, table)) in self.writers.iter_mut().zip(&rows.tables).enumerate() {
                    if old.of(at) != new.of(at) {
                        writer.change(card, table, old.of(at), new.of(at))?;
                    }
                }
                card
            }
            (before, _) => {
                before.map_or(Ok(()), |card| self.remove(card))?;
                self.add(rows, before)?
            }
        };
        self.keep_digests.execute((card, new.to_bytes()))?;
        Ok(card)
    }

    /// Writes all rows of a card under this number, or a new one.
    fn add(&mut self, rows: &CardRows, mut card: Option<i64>) -> rusqlite::Result<i64> {
        for (writer, table) in self.writers.iter_mut().zip(&rows.tables) {
            for row in table {
                insert(&mut writer.put, card, row)?;
                // The customer's own row is the first, and gives the number of all the others.
                card = card.or_else(|| Some(self.connection.last_insert_rowid()));
            }
        }
        Ok(card.unwrap_or_default())
    }
}

/// What is not bound is NULL.
fn insert(statement: &mut Statement<'_>, card: Option<i64>, row: &Row) -> rusqlite::Result<()> {
    statement.clear_bindings();
    statement.raw_bind_parameter(1, card)?;
    for (at, value) in row {
        statement.raw_bind_parameter(at + 2, value)?;
    }
    statement.raw_execute().map(|_| ())
}

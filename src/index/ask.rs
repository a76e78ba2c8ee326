//! The questions that commands ask, as data in and data out.

use std::collections::HashSet;

use rusqlite::Row;

use super::rows::folded;
use super::{Answer, Index, known};
use crate::rules::duties::{waiting_fields, waits};
use crate::settings::Settings;

pub use super::functions::Asked;
pub use super::list::{Compare, Filter, Order, PLACE, Test, every_column, is_column};
pub use super::related::{RELATED, Related, related_column};
pub use super::rows::{folded as fold_name, split_number};

/// What identifies a customer to people and programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The id.
    pub id: String,
    /// The id that stands in the text: another one where the folder is a copy.
    pub text_id: String,
    /// The number, where the card has one.
    pub no: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// The folder, from the root.
    pub folder: String,
}

impl Known {
    /// Somebody of whom only the folder is known, as of a card that cannot be read.
    pub(crate) fn only_at(folder: &str) -> Known {
        let (id, text_id) = Default::default();
        Known { id, text_id, no: None, name: None, folder: folder.to_owned() }
    }
}

/// A customer with the columns that were asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Customer {
    /// Who it is.
    pub known: Known,
    /// The columns.
    pub columns: Vec<Option<Column>>,
}

/// What stands in a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Column {
    /// A text, a token or a day.
    Text(String),
    /// A number or a flag.
    Int(i64),
    /// A number with a fraction: only a query's own reckoning makes one.
    Real(f64),
}

/// A copied folder's number is the first one's: the copy gets its own with the next change.
pub(super) const OWN_NUMBER: &str = "iif(c.id = c.text_id, c.no, NULL)";
pub(super) const KNOWN: &str = "c.id, c.text_id, iif(c.id = c.text_id, c.no, NULL), c.name, c.folder";
/// Only these rows, as JSON; all, where there are none.
const ONLY: &str = "(?3 IS NULL OR c.card IN (SELECT value FROM json_each(?3)))";

/// Rows as [`ONLY`] takes them.
fn listed(only: Option<&[i64]>) -> Option<String> {
    only.map(|cards| serde_json::to_string(cards).unwrap_or_default())
}

pub(super) fn known(row: &Row<'_>) -> Answer<Known> {
    Ok(Known {
        id: row.get(0)?,
        text_id: row.get(1)?,
        no: row.get(2)?,
        name: row.get(3)?,
        folder: row.get(4)?,
    })
}

/// Of a customer without owner: that there never was one. Who was given to the pool had one before, and is
/// on nobody's list until somebody takes the customer.
pub(super) const NEVER_ASSIGNED: &str = "NOT EXISTS (SELECT 1 FROM assignments a WHERE a.card = c.card)";

impl Index {
    /// The rows of customers all of whose plans are visits that wait, since they are off the visit plan.
    pub(super) fn waiting(&self, owner: Option<&str>, settings: &Settings) -> Answer<Vec<i64>> {
        let fields = serde_json::to_string(&waiting_fields(&settings.followup)).unwrap_or_default();
        let mine = if owner.is_some() {
            format!("AND (c.owner = ?2 OR c.owner IS NULL AND {NEVER_ASSIGNED})")
        } else {
            "AND ?2 IS NULL".to_owned()
        };
        let mut statement = self.connection.prepare(&format!(
            "SELECT d.card, d.detail FROM dates d JOIN customers c ON c.card = d.card
             WHERE d.source = 'cadence' AND d.field IN (SELECT value FROM json_each(?1)) AND c.stage <> 'closed' {mine}"
        ))?;
        let rows = statement.query_map((fields, owner), |row| Ok((row.get(0)?, row.get(1)?)))?;
        let rows = rows.collect::<Answer<Vec<(i64, String)>>>()?;
        let waiting = rows.into_iter().filter(|(_, detail)| waits(detail, &settings.followup));
        Ok(waiting.map(|(card, _)| card).collect())
    }

    /// How many open customers have no planned next step: a visit that waits is none.
    pub fn without_plan(
        &self,
        owner: Option<&str>,
        only: Option<&[i64]>,
        settings: &Settings,
    ) -> Answer<i64> {
        let waiting = self.waiting(owner, settings)?;
        let only_these: Option<HashSet<&i64>> = only.map(|only| only.iter().collect());
        let is_asked = |card: &&i64| only_these.as_ref().is_none_or(|only| only.contains(card));
        let waiting = waiting.iter().filter(is_asked).count();
        Ok(self.unplanned(owner, only)? + i64::try_from(waiting).unwrap_or(i64::MAX))
    }

    /// Who has customers.
    pub fn owners(&self) -> Answer<Vec<String>> {
        let question = "SELECT DISTINCT owner FROM customers WHERE owner IS NOT NULL ORDER BY owner";
        self.connection.prepare(question)?.query_map([], |row| row.get(0))?.collect()
    }

    fn unplanned(&self, owner: Option<&str>, only: Option<&[i64]>) -> Answer<i64> {
        let mut idle =
            "SELECT count(*) FROM customers c WHERE planned IS NULL AND stage <> 'closed'".to_owned();
        // What is not asked for is not there, so that the index of those without a plan is enough.
        if owner.is_some() {
            idle += &format!(" AND (owner = ?1 OR owner IS NULL AND {NEVER_ASSIGNED})");
        }
        if only.is_some() {
            idle += &format!(" AND {ONLY}");
        }
        let mut statement = self.connection.prepare(&idle)?;
        for (at, value) in [(1, owner.map(str::to_owned)), (3, listed(only))] {
            if at <= statement.parameter_count() {
                statement.raw_bind_parameter(at, value)?;
            }
        }
        let mut rows = statement.raw_query();
        rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?.get(0)
    }

    /// The customers that a text may mean: by number, id or folder; else by exactly one of the
    /// names; else by a part of one.
    pub fn find(&self, text: &str) -> Answer<Vec<Known>> {
        let text = text.trim();
        let found = self.find_exactly(text)?;
        if !found.is_empty() {
            return Ok(found);
        }
        let name = folded(text);
        if name.is_empty() {
            return Ok(Vec::new());
        }
        let by_name = format!(
            "SELECT {KNOWN} FROM customers c
             WHERE instr(c.lookup, ?1) > 0 OR {OWN_NUMBER} = ?2 ORDER BY c.folder"
        );
        let found = self.list(&by_name, (format!("\n{name}\n"), text))?;
        if found.is_empty() { self.list(&by_name, (name, text)) } else { Ok(found) }
    }

    /// Who has a number.
    pub fn find_number(&self, no: &str) -> Answer<Vec<Known>> {
        let Some((series, running)) = split_number(no) else { return Ok(Vec::new()) };
        let question = format!(
            "SELECT {KNOWN} FROM customers c
             WHERE c.series = ?1 AND c.running = ?2 AND c.id = c.text_id ORDER BY c.folder"
        );
        self.list(&question, (series, running))
    }

    /// The folders of cards whose text has no number.
    pub fn unnumbered(&self) -> Answer<Vec<String>> {
        let mut statement = self.connection.prepare("SELECT folder FROM customers WHERE series IS NULL")?;
        statement.query_map([], |r| r.get(0))?.collect()
    }

    /// By number, id or folder: each by its own index.
    pub(crate) fn find_exactly(&self, text: &str) -> Answer<Vec<Known>> {
        let found = self.find_number(text)?;
        if !found.is_empty() {
            return Ok(found);
        }
        let mut found = self.with_id(&text.to_lowercase())?;
        if text.contains('/') {
            found.extend(self.in_folder(text)?);
        }
        Ok(found)
    }

    /// Whoever has the number that a text is, or stands in the folder that it names.
    pub(crate) fn in_place(&self, text: &str) -> Answer<Vec<Known>> {
        if text.contains('/') {
            return self.in_folder(text);
        }
        // A card that cannot be read may be meant, too.
        if self.broken()?.is_empty() { self.find_number(text.trim()) } else { Ok(Vec::new()) }
    }

    fn in_folder(&self, text: &str) -> Answer<Vec<Known>> {
        let Some(row) = known::row_in(&self.connection, folder_meant(text))? else { return Ok(Vec::new()) };
        self.list(&format!("SELECT {KNOWN} FROM customers c WHERE c.card = ?1"), [row])
    }

    /// The customer with an id. A copy has an id of its own, which only its row knows.
    fn with_id(&self, id: &str) -> Answer<Vec<Known>> {
        let by = |condition| format!("SELECT {KNOWN} FROM customers c WHERE {condition} ORDER BY c.folder");
        let mut found = self.list(&by("c.text_id = ?1 AND c.id = ?1"), [id])?;
        found.extend(self.list(&by("c.id <> c.text_id AND c.id = ?1"), [id])?);
        Ok(found)
    }

    /// The names of all customers, for near misses.
    pub fn names(&self) -> Answer<Vec<(Known, String)>> {
        let mut statement = self.connection.prepare(&format!("SELECT {KNOWN}, c.lookup FROM customers c"))?;
        statement.query_map([], |row| Ok((known(row)?, row.get(5)?)))?.collect()
    }

    fn list(&self, question: &str, values: impl rusqlite::Params) -> Answer<Vec<Known>> {
        self.connection.prepare(question)?.query_map(values, known)?.collect()
    }

    /// Every customer with its id and folder.
    pub fn everyone(&self) -> Answer<Vec<Known>> {
        self.list(&format!("SELECT {KNOWN} FROM customers c ORDER BY c.folder"), [])
    }

    /// The customer with this id.
    pub fn by_id(&self, id: &str) -> Answer<Option<Known>> {
        Ok(self.with_id(id)?.into_iter().next())
    }

    /// The letters of all numbers that customers have.
    pub fn series(&self) -> Answer<Vec<String>> {
        let question = "SELECT DISTINCT series FROM customers WHERE series IS NOT NULL";
        let mut statement = self.connection.prepare(question)?;
        statement.query_map([], |row| row.get(0))?.collect()
    }

    /// The numbers that more than one customer has.
    pub fn numbers_twice(&self) -> Answer<Vec<String>> {
        let question = "SELECT min(no) FROM customers WHERE running IS NOT NULL
             GROUP BY series, running HAVING count(*) > 1 ORDER BY series, running";
        let mut statement = self.connection.prepare(question)?;
        statement.query_map([], |row| row.get(0))?.collect()
    }

    /// The highest running number of a series, among customers that are there or are missed.
    pub fn highest(&self, series: &str) -> Answer<i64> {
        let there: Option<i64> = self.connection.query_row(
            "SELECT max(running) FROM customers WHERE series = ?1",
            [series],
            |r| r.get(0),
        )?;
        let mut missed = self.connection.prepare("SELECT no FROM missing WHERE no IS NOT NULL")?;
        let mut highest = there.unwrap_or(0);
        for no in missed.query_map([], |r| r.get::<_, String>(0))? {
            if let Some((s, running)) = split_number(&no?)
                && s == series
            {
                highest = highest.max(running);
            }
        }
        Ok(highest)
    }

    /// The folders of cards that cannot be read.
    pub fn broken(&self) -> Answer<Vec<String>> {
        let mut statement = self.connection.prepare("SELECT folder FROM broken ORDER BY folder")?;
        statement.query_map([], |r| r.get(0))?.collect()
    }

    /// The folders of cards of which something was left out.
    pub fn flawed(&self) -> Answer<Vec<String>> {
        let mut statement =
            self.connection.prepare("SELECT folder FROM customers WHERE flawed <> 0 ORDER BY folder")?;
        statement.query_map([], |r| r.get(0))?.collect()
    }

    /// Folders that are a copy of another customer's.
    pub fn copies(&self) -> Answer<Vec<Known>> {
        self.list(&format!("SELECT {KNOWN} FROM customers c WHERE c.id <> c.text_id ORDER BY c.folder"), [])
    }

    /// Customers that HEAD has and that are nowhere in the layout.
    pub fn missing(&self) -> Answer<Vec<Known>> {
        self.list("SELECT id, id, no, name, folder FROM missing ORDER BY folder", [])
    }

    /// Every row of every table of the archive, in an order of its own: for tests that compare two
    /// indexes.
    pub fn dump(&self) -> Answer<Vec<String>> {
        let mut lines = Vec::new();
        let tables =
            crate::sections::every_section().map(super::tables::name).chain(["dates", "broken", "missing"]);
        for table in tables {
            let of_card = table != "broken" && table != "missing";
            let question = match (table, of_card) {
                ("customers", _) => "SELECT * FROM customers".to_owned(),
                (_, true) => format!("SELECT c.folder, t.* FROM {table} t JOIN customers c USING (card)"),
                _ => format!("SELECT * FROM {table}"),
            };
            let mut statement = self.connection.prepare(&question)?;
            let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let cells = names.iter().enumerate().filter(|(_, name)| *name != "card");
                let line: Vec<String> = cells
                    .map(|(at, name)| row.get_ref(at).map(|v| format!("{name}={v:?}")))
                    .collect::<Answer<_>>()?;
                lines.push(format!("{table} {}", line.join(" ")));
            }
        }
        lines.sort_unstable();
        Ok(lines)
    }
}

/// The folder that a text names: its own path, or that of its card.
pub fn folder_meant(text: &str) -> &str {
    text.trim().trim_end_matches('/').trim_end_matches("/card.toml").trim_start_matches("./")
}

//! The tables, made from the declarations: one per section, with a column per field.

use crate::card::schema::{Kind, Section};
use crate::card::value::Value;
use crate::rules::facts;
use crate::sections::{SCHEMA, every_section};

/// Columns of `customers` that are no field: where the folder stands, and what finds it.
const PLACE: &str = "card INTEGER PRIMARY KEY, id TEXT NOT NULL, text_id TEXT NOT NULL, stage TEXT NOT NULL, \
     branch INTEGER NOT NULL, country TEXT NOT NULL, folder TEXT NOT NULL, series TEXT, running INTEGER, \
     flawed INTEGER NOT NULL, lookup TEXT NOT NULL";

/// Everything that makes an empty index.
pub fn create() -> String {
    let mut sql = String::from(
        "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
         CREATE TABLE folders (path TEXT PRIMARY KEY, modified INTEGER, began INTEGER) WITHOUT ROWID;
         CREATE TABLE companies (path TEXT PRIMARY KEY, companies TEXT);
         CREATE TABLE parts (path TEXT, part INTEGER, cards BLOB, PRIMARY KEY (path, part));
         CREATE TABLE broken (folder TEXT PRIMARY KEY) WITHOUT ROWID;
         CREATE TABLE missing (folder TEXT PRIMARY KEY, id TEXT, no TEXT, name TEXT) WITHOUT ROWID;
         CREATE TABLE digests (card INTEGER PRIMARY KEY, digests BLOB);
         CREATE TABLE dates (card INTEGER, ordinal INTEGER, source TEXT, record TEXT, field TEXT, who TEXT,
             date TEXT, detail TEXT, PRIMARY KEY (card, ordinal)) WITHOUT ROWID;\n",
    );
    for section in every_section() {
        sql += &table(section);
    }
    sql
}

/// What makes questions fast; made after the first filling.
pub fn indices() -> String {
    format!("{INDICES}CREATE INDEX customers_facts ON customers ({});\n", of_facts().join(", "))
}

/// What most questions in SQL ask, so that they need not look at whole rows: by country first.
fn of_facts() -> Vec<&'static str> {
    let facts = facts::stored().map(|(key, ..)| key).filter(|key| *key != facts::WAYS.0);
    ["country", "stage", "owner", "kind"].into_iter().chain(facts).collect()
}

const INDICES: &str = "CREATE INDEX customers_id ON customers (text_id);
     CREATE INDEX customers_no ON customers (series, running);
     CREATE INDEX customers_copy ON customers (text_id) WHERE id <> text_id;
     CREATE INDEX customers_flawed ON customers (folder) WHERE flawed <> 0;
     CREATE INDEX customers_idle ON customers (owner) WHERE planned IS NULL AND stage <> 'closed';
     CREATE INDEX customers_owner ON customers (owner);
     CREATE INDEX plans_day ON plans (date, by, requested_by, companions);
     CREATE INDEX followups_mark ON followups (date, by, how) WHERE how IN ('door_visit', 'invited_visit', 'phone');
     CREATE INDEX dates_date ON dates (source, field, who, date);
     ";

/// A card's rows stand together, so that a changed card touches few pages.
fn table(section: &Section) -> String {
    let fields = section.fields.iter().map(|f| format!(", {} {}", f.key, affinity(f.kind)));
    if section.key == SCHEMA.card.key {
        let facts = facts::stored().map(|(key, kind, _)| format!(", {key} {}", affinity(kind)));
        let all: String = fields.chain(facts).collect();
        return format!("CREATE TABLE customers ({PLACE}{all}, custom TEXT, external TEXT);\n");
    }
    let key = section.key;
    let fields: String = fields.collect();
    format!(
        "CREATE TABLE {key} (card INTEGER, ordinal INTEGER, parent TEXT, id TEXT{fields},
             PRIMARY KEY (card, ordinal)) WITHOUT ROWID;\n"
    )
}

pub fn affinity(kind: Kind) -> &'static str {
    match kind {
        Kind::Int { .. } | Kind::Flag => "INTEGER",
        _ => "TEXT",
    }
}

/// A table with rows of cards.
#[derive(Clone, Copy)]
pub enum CardTable {
    /// The table of a section; of the card itself, `customers`.
    Section(&'static Section),
    /// `dates`.
    Dates,
}

/// Every table with rows of cards: `customers` first, `dates` last.
pub fn of_cards() -> impl Iterator<Item = CardTable> {
    every_section().map(CardTable::Section).chain([CardTable::Dates])
}

impl CardTable {
    /// The name of the table.
    pub fn name(self) -> &'static str {
        match self {
            CardTable::Section(section) => name(section),
            CardTable::Dates => "dates",
        }
    }

    /// Whether a card's rows have places from 0 on, so that one of them can be replaced.
    pub fn has_places(self) -> bool {
        !matches!(self, CardTable::Section(section) if section.key == SCHEMA.card.key)
    }

    /// The statement that puts a row in its place: the number of the card, then the columns.
    pub fn insert(self) -> String {
        let columns = match self {
            CardTable::Section(section) if section.key == SCHEMA.card.key => {
                section.fields.len() + facts::stored().count() + 13
            }
            CardTable::Section(section) => section.fields.len() + 4,
            CardTable::Dates => 8,
        };
        format!("INSERT OR REPLACE INTO {} VALUES ({})", self.name(), vec!["?"; columns].join(", "))
    }
}

/// The table of a section.
pub fn name(section: &Section) -> &'static str {
    if section.key == SCHEMA.card.key { "customers" } else { section.key }
}

/// A value as a column has it.
pub fn column(value: &Value) -> rusqlite::types::Value {
    use rusqlite::types::Value as Sql;
    match value {
        Value::Flag(flag) => Sql::Integer(i64::from(*flag)),
        Value::Int(number) => Sql::Integer(*number),
        Value::Texts(items) => Sql::Text(serde_json::to_string(items).unwrap_or_default()),
        other => Sql::Text(other.text().into_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_needs_quotes_in_sql() {
        let connection = rusqlite::Connection::open_in_memory().expect("a database");
        connection.execute_batch(&create()).expect("tables");
        connection.execute_batch(&indices()).expect("indices");
        for section in every_section() {
            let keys: Vec<_> = section.fields.iter().map(|f| f.key).collect();
            let question = format!("SELECT {} FROM {}", keys.join(", "), name(section));
            connection.prepare(&question).expect(&question);
        }
        for table in of_cards() {
            connection.prepare(&table.insert()).expect("as many marks as columns");
        }
    }
}

//! From a card to its rows, on any thread. The number under which a card's rows stand is given
//! when they are written.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hash, Hasher};

use rusqlite::types::Value as Sql;

use super::tables;
use crate::archive::SweptFolder;
use crate::card::schema::Described;
use crate::card::{Card, Record, Section, Value};
use crate::rules::duties::{SOURCES, Seed};
use crate::rules::facts::{self, FactValue, Seen};
use crate::sections::{Basics, SCHEMA, every_section};

/// The filled columns of a row by their place, without the number of its card. Most columns of a long
/// section are empty on most records.
pub(super) type Row = Vec<(usize, Sql)>;

/// The filled ones of all columns in their order.
fn filled(columns: impl IntoIterator<Item = Sql>) -> Row {
    columns.into_iter().enumerate().filter(|(_, value)| *value != Sql::Null).collect()
}

/// What a card becomes in the index.
pub(super) struct CardRows {
    /// The id that stands in the text.
    pub id: String,
    /// The rows of each table, in the order of [`tables::of_cards`].
    pub tables: Vec<Vec<Row>>,
}

impl CardRows {
    pub(super) fn of(folder: &SweptFolder, company: &str, card: &Card) -> CardRows {
        let seen = Seen::of(card);
        let mut tables = vec![vec![customer_row(folder, company, &seen)]];
        for section in every_section().skip(1) {
            tables.push(section_rows(section, card));
        }
        tables.push(dates(&seen));
        CardRows { id: card.basics.id.clone(), tables }
    }

    /// The digests of all rows: rows that are as they were are not written again.
    pub(super) fn digests(&self) -> Digests {
        Digests(self.tables.iter().map(|rows| rows.iter().map(digest).collect()).collect())
    }
}

/// A digest of each row of a card, table by table.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Digests(Vec<Vec<u64>>);

impl Digests {
    /// Of the rows of one table.
    pub(super) fn of(&self, table: usize) -> &[u64] {
        self.0.get(table).map_or(&[], Vec::as_slice)
    }

    /// For the index: of each table how many rows, then their digests.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let numbers =
            self.0.iter().flat_map(|rows| std::iter::once(rows.len() as u64).chain(rows.iter().copied()));
        numbers.flat_map(u64::to_le_bytes).collect()
    }

    /// The inverse of [`Digests::to_bytes`]; nothing, where that is not understood.
    pub(super) fn from_bytes(bytes: &[u8]) -> Digests {
        let mut numbers = bytes.chunks_exact(8).filter_map(|b| b.try_into().ok()).map(u64::from_le_bytes);
        let mut tables = Vec::new();
        while let Some(rows) = numbers.next() {
            tables.push(numbers.by_ref().take(usize::try_from(rows).unwrap_or(0)).collect());
        }
        Digests(tables)
    }
}

fn digest(row: &Row) -> u64 {
    // The same words at each start: digests are kept.
    let mut hasher = foldhash::quality::FixedState::with_seed(0).build_hasher();
    for (at, value) in row {
        at.hash(&mut hasher);
        match value {
            Sql::Null => {}
            Sql::Integer(number) => number.hash(&mut hasher),
            Sql::Real(number) => number.to_bits().hash(&mut hasher),
            Sql::Text(text) => text.hash(&mut hasher),
            Sql::Blob(bytes) => bytes.hash(&mut hasher),
        }
    }
    hasher.finish()
}

/// The rows of a section, or of a child section with the ids of the records that hold them.
fn section_rows(section: &'static Section, card: &Card) -> Vec<Row> {
    let records: Vec<(Option<&str>, &Record)> = match SCHEMA.position(section.key) {
        Some(at) => card.sections[at].iter().map(|r| (None, r)).collect(),
        None => {
            let holder = SCHEMA.sections.iter().position(|s| s.child.is_some_and(|c| c.key == section.key));
            let holders = holder.and_then(|at| card.sections.get(at)).into_iter().flatten();
            holders.flat_map(|h| h.children.iter().map(|c| (Some(h.id.as_str()), c))).collect()
        }
    };
    (0..)
        .zip(records)
        .map(|(ordinal, (parent, record))| {
            let values =
                || record.values.iter().enumerate().filter_map(|(at, value)| Some((at, value.as_ref()?)));
            let mut row = Vec::with_capacity(values().count() + 3);
            row.push((0, Sql::Integer(ordinal)));
            row.extend(parent.map(|parent| (1, Sql::Text(parent.to_owned()))));
            row.push((2, Sql::Text(record.id.clone())));
            row.extend(values().map(|(at, value)| (at + 3, tables::column(value))));
            row
        })
        .collect()
}

/// The days of a card that may need attention: whatever a source of duties wants to be asked about.
/// Each has whom it is for: the owner, where the source names nobody.
fn dates(seen: &Seen<'_>) -> Vec<Row> {
    let owner = seen.card.basics.get(Basics::SECTION, "owner").map(|owner| owner.text().into_owned());
    let owner = owner.unwrap_or_default();
    let seeds = SOURCES
        .iter()
        .flat_map(|source| (source.from.seeds)(seen).into_iter().map(move |seed| (source.kind.key, seed)));
    let row = |(ordinal, (source, seed)): (i64, (&str, Seed))| {
        let Seed { record, field, date, who, detail } = seed;
        let who = if who.is_empty() { owner.clone() } else { who };
        let texts = [source.to_owned(), record, field.to_owned(), who, date, detail].map(Sql::Text);
        filled([Sql::Integer(ordinal)].into_iter().chain(texts))
    };
    (0..).zip(seeds).map(row).collect()
}

fn text(value: Option<&str>) -> Sql {
    value.map_or(Sql::Null, |v| Sql::Text(v.to_owned()))
}

fn customer_row(folder: &SweptFolder, company: &str, seen: &Seen<'_>) -> Row {
    let card = seen.card;
    let no = card.basics.get(Basics::SECTION, "no").map(Value::text);
    let number = no.as_deref().and_then(split_number);
    let left_out = card.findings.iter().any(|f| f.left_out);
    let mut row = Vec::with_capacity(Basics::SECTION.fields.len() + 16);
    row.extend([
        Sql::Text(card.basics.id.clone()),
        Sql::Text(card.basics.id.clone()),
        Sql::Text(folder.branch.stage().token().into()),
        Sql::Integer(folder.branch as i64),
        Sql::Text(folder.country.code().into()),
        Sql::Text(format!("{}/{company}", folder.path)),
        text(number.as_ref().map(|(series, _)| series.as_str())),
        number.map_or(Sql::Null, |(_, running)| Sql::Integer(running)),
        Sql::Integer(i64::from(left_out)),
        Sql::Text(lookup(card)),
    ]);
    row.extend(card.basics.values.iter().map(|value| value.as_ref().map_or(Sql::Null, tables::column)));
    row.extend(facts::stored().map(|(.., of)| sql(of(seen))));
    let custom: toml::Table = card.custom.iter().cloned().collect();
    let external: BTreeMap<&String, &String> =
        card.external.iter().map(|(key, value)| (key, value)).collect();
    row.push(json(&plain_json(toml::Value::Table(custom)), card.custom.is_empty()));
    row.push(json(&external, external.is_empty()));
    filled(row)
}

/// A fact as a column has it.
pub(super) fn sql(value: FactValue) -> Sql {
    match value {
        FactValue::Nothing => Sql::Null,
        FactValue::Number(number) => Sql::Integer(number),
        FactValue::Text(text) => Sql::Text(text),
    }
}

fn json(table: &impl serde::Serialize, is_empty: bool) -> Sql {
    if is_empty { Sql::Null } else { Sql::Text(serde_json::to_string(table).unwrap_or_default()) }
}

/// Own fields as JSON: a day is the text that a card has.
fn plain_json(value: toml::Value) -> serde_json::Value {
    match value {
        toml::Value::Datetime(stamp) => stamp.to_string().into(),
        toml::Value::Array(items) => items.into_iter().map(plain_json).collect(),
        toml::Value::Table(table) => table.into_iter().map(|(key, v)| (key, plain_json(v))).collect(),
        toml::Value::String(text) => text.into(),
        toml::Value::Boolean(flag) => flag.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
    }
}

/// The series and the running number of `L0007`; letters in upper case.
pub fn split_number(no: &str) -> Option<(String, i64)> {
    let digits_at = no.find(|c: char| c.is_ascii_digit())?;
    let (series, running) = no.split_at(digits_at);
    let fits = !series.is_empty() && series.bytes().all(|b| b.is_ascii_alphabetic());
    fits.then(|| running.parse().ok()).flatten().map(|running| (series.to_ascii_uppercase(), running))
}

/// What finds a customer by name: each of its names, its people and their mail addresses, its keys in
/// other programs and its former ids, folded, between line breaks.
fn lookup(card: &Card) -> String {
    let mut lines = String::from("\n");
    let mut line = |text: &str| {
        lines.push_str(&folded(text));
        lines.push('\n');
    };
    for key in ["name", "short_name", "local_name", "email", "website"] {
        card.basics.get(Basics::SECTION, key).into_iter().for_each(|value| line(&value.text()));
    }
    let contacts = crate::sections::Contact::SECTION;
    let channels = crate::sections::Channel::SECTION;
    for contact in card.of(&SCHEMA, contacts.key) {
        contact.get(contacts, "name").into_iter().for_each(|value| line(&value.text()));
        for channel in &contact.children {
            channel.get(channels, "value").into_iter().for_each(|value| line(&value.text()));
        }
    }
    card.external.iter().map(|(_, key)| key).chain(&card.former_ids).for_each(|key| line(key));
    lines
}

/// Text as it is compared: case, accents and width folded, spaces at the ends gone.
pub fn folded(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::is_combining_mark;
    if text.is_ascii() {
        return text.trim().to_ascii_lowercase();
    }
    let plain: String = text.trim().nfkd().filter(|c| !is_combining_mark(*c)).collect();
    caseless::default_case_fold_str(&plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_a_series_and_a_running_number() {
        assert_eq!(split_number("L0007"), Some(("L".into(), 7)));
        assert_eq!(split_number("l7"), Some(("L".into(), 7)));
        assert_eq!(split_number("0007"), None);
        assert_eq!(split_number("L7b"), None);
    }

    #[test]
    fn names_are_compared_without_case_accents_and_width() {
        assert_eq!(folded("Müller"), "muller");
        assert_eq!(folded("ＡＢＣ"), "abc");
        assert_eq!(folded("Straße"), folded("STRASSE"));
    }
}

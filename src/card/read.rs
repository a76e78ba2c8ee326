//! Reading a card: from text to values, with every finding in one pass. A faulty value is left
//! out and said with its place; its record stays, like one that a hand has half filled. Only text
//! that is no TOML makes a card unreadable.

use std::collections::HashSet;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::id;
use super::near::nearest;
use super::path::Place;
use super::schema::{Described, Kind, Section};
use super::value::{Fault, Value};
use crate::i18n::{Text, messages};

/// The sections that a card may have.
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    /// The card's own top level.
    pub card: &'static Section,
    /// The kinds of record, in the order in which they are written.
    pub sections: &'static [&'static Section],
}

impl Schema {
    /// Where the section with this key stands in [`Schema::sections`].
    pub fn position(&self, key: &str) -> Option<usize> {
        self.sections.iter().position(|s| s.key == key)
    }
}

/// The key of the other values of fields that were changed in two ways; see [`super::merge`]. Not
/// read here, and no finding.
pub(crate) const CONFLICTS: &str = "conflicts";

/// A card as it was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Card {
    /// The card's own fields, and its id.
    pub basics: Record,
    /// The records, a list per section of the schema.
    pub sections: Vec<Vec<Record>>,
    /// The company's own fields, under `[custom]`.
    pub custom: Vec<(String, toml::Value)>,
    /// The customer's keys in other programs, under `[external]`.
    pub external: Vec<(String, String)>,
    /// The ids and numbers of cards that were merged into this one.
    pub former_ids: Vec<String>,
    /// What is wrong with it, with places.
    pub findings: Vec<Finding>,
}

/// One record, or the card's own top level.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// The id; derived where the text has none.
    pub id: String,
    /// Whether the id stands in the text.
    pub id_given: bool,
    /// A value per field of the section.
    pub values: Vec<Option<Value>>,
    /// The records in it.
    pub children: Vec<Record>,
    /// Its place among the tables of its section in the text, counted from 0.
    pub position: usize,
}

impl Record {
    /// The value of the `field`-th field of its section.
    pub fn value(&self, field: usize) -> Option<&Value> {
        self.values.get(field).and_then(Option::as_ref)
    }

    /// The value of the field with this key.
    pub fn get(&self, section: &Section, key: &str) -> Option<&Value> {
        section.position(key).and_then(|field| self.value(field))
    }

    /// Its children as their Rust type, half-filled ones left out.
    pub fn children<T: Described>(&self) -> Vec<T> {
        self.children.iter().filter_map(T::from_record).collect()
    }
}

impl Card {
    /// The records of a section as their Rust type, half-filled ones left out.
    pub fn records<T: Described>(&self, schema: &Schema) -> Vec<T> {
        self.of(schema, T::SECTION.key).iter().filter_map(T::from_record).collect()
    }

    /// The records of a section.
    pub fn of(&self, schema: &Schema, key: &str) -> &[Record] {
        schema.position(key).and_then(|at| self.sections.get(at)).map_or(&[], Vec::as_slice)
    }

    /// Every id in the card but its own, in the order of the text.
    pub fn record_ids(&self) -> impl Iterator<Item = &str> {
        let records = self.sections.iter().flatten();
        records.flat_map(|r| std::iter::once(r).chain(&r.children)).map(|r| r.id.as_str())
    }

    /// Whether every id stands in the text.
    pub fn ids_complete(&self) -> bool {
        let mut records = self.sections.iter().flatten().flat_map(|r| std::iter::once(r).chain(&r.children));
        self.basics.id_given && records.all(|r| r.id_given)
    }
}

/// What is wrong at one place of a card.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What is wrong.
    pub flaw: Flaw,
    /// The path in the card, such as `plans[8hq2td].date`.
    pub path: String,
    /// Where in the text, in bytes.
    pub at: usize,
    /// Whether something was left out because of it.
    pub left_out: bool,
}

impl Finding {
    /// Whether it says that a required field is missing.
    pub fn is_missing(&self) -> bool {
        matches!(self.flaw, Flaw::Missing { .. })
    }
}

messages! {
    /// What can be wrong with a card that is TOML.
    pub enum Flaw {
        Value { fault: Fault } = "bad_value":
            "{fault}", "{fault}", "{fault}";
        UnknownKey { key: String } = "unknown_key":
            "no field is called ‘{key}’; it is kept", "没有名为“{key}”的字段；内容已保留", "沒有名為「{key}」的欄位；內容已保留";
        NearKey { key: String, near: String } = "near_key":
            "no field is called ‘{key}’; did you mean {near}?", "没有名为“{key}”的字段；是不是 {near}？", "沒有名為「{key}」的欄位；是不是 {near}？";
        Missing { key: String } = "missing_field":
            "‘{key}’ is missing", "缺少“{key}”", "缺少「{key}」";
        NotRecords { key: String } = "not_records":
            "‘{key}’ must be records: write [[{key}]] above each", "“{key}”应写成记录：请在每条记录上方写 [[{key}]]", "「{key}」應寫成紀錄：請在每筆紀錄上方寫 [[{key}]]";
        TwinId { id: String } = "twin_id":
            "the id {id} stands here a second time; this record gets one of its own", "编号 {id} 重复出现；这条记录将得到新的编号", "編號 {id} 重複出現；這筆紀錄將得到新的編號";
    }
}

/// Text that is no TOML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// What the parser says.
    pub message: String,
    /// Where, in bytes.
    pub at: usize,
}

/// Line and column, both from 1, of a place in a text; columns count characters.
pub fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at.min(text.len())).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |n| n + 1);
    (
        before.matches('\n').count() + 1,
        before[line_start..].trim_start_matches('\u{feff}').chars().count() + 1,
    )
}

/// Reads a card.
///
/// # Errors
/// When the text is no TOML.
pub fn read(text: &str, schema: &Schema) -> Result<Card, Unreadable> {
    let table = DeTable::parse(text).map_err(|error| Unreadable {
        message: error.message().to_owned(),
        at: error.span().map_or(0, |span| span.start),
    })?;
    let mut reader = Reader { schema, card: Card::default(), taken: HashSet::new() };
    reader.read(text, table.get_ref());
    Ok(reader.card)
}

struct Reader<'a> {
    schema: &'a Schema,
    card: Card,
    taken: HashSet<String>,
}

impl Reader<'_> {
    fn read(&mut self, text: &str, table: &DeTable<'_>) {
        let section = self.schema.card;
        self.card.sections = vec![Vec::new(); self.schema.sections.len()];
        self.card.basics.values = vec![None; section.fields.len()];
        self.card.basics.id_given = given_id(table).is_some();
        self.card.basics.id = given_id(table).map_or_else(|| id::derived_card(text), str::to_owned);
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            if let Some(at) = self.schema.position(name) {
                self.card.sections[at] = self.records(self.schema.sections[at], value, Place::Top(name));
            } else if name == "custom" {
                self.card.custom = self.table(value, name);
            } else if name == "external" {
                let keys = self.table(value, name);
                self.card.external = keys.into_iter().map(|(key, value)| (key, plain(&value))).collect();
            } else if name == "former_ids" {
                self.former_ids(value);
            } else if let Some(field) = section.position(name) {
                self.card.basics.values[field] = self.value(section, field, value, Place::Top(name));
            } else if name != "id" && name != CONFLICTS {
                let known =
                    section.fields.iter().map(|f| f.key).chain(self.schema.sections.iter().map(|s| s.key));
                self.unknown(name, Place::Top(name), key.span().start, known);
            }
        }
        let missing =
            section.fields.iter().zip(&self.card.basics.values).filter(|(f, v)| f.required && v.is_none());
        let missing: Vec<&str> = missing.map(|(f, _)| f.key).collect();
        for key in missing {
            self.find(Flaw::Missing { key: key.into() }, Place::Top(key), 0, false);
        }
    }

    fn records(
        &mut self,
        section: &'static Section,
        value: &Spanned<DeValue<'_>>,
        path: Place<'_>,
    ) -> Vec<Record> {
        let DeValue::Array(items) = value.get_ref() else {
            self.find(Flaw::NotRecords { key: section.key.into() }, path, value.span().start, true);
            return Vec::new();
        };
        let mut twins: Vec<String> = Vec::new();
        let mut records = Vec::with_capacity(items.len());
        for (position, item) in items.iter().enumerate() {
            let DeValue::Table(table) = item.get_ref() else {
                self.find(Flaw::NotRecords { key: section.key.into() }, path, item.span().start, true);
                continue;
            };
            let id = self.record_id(section, table, item.span().start, path, &mut twins);
            let place = Place::Record(&path, &id);
            let record = self.record(section, table, place, item.span().start);
            let id_given = given_id(table) == Some(id.as_str());
            records.push(Record { id, id_given, position, ..record });
        }
        records
    }

    /// The id in the text, unless it is missing or taken: then one that follows from the values.
    fn record_id(
        &mut self,
        section: &Section,
        table: &DeTable<'_>,
        at: usize,
        path: Place<'_>,
        twins: &mut Vec<String>,
    ) -> String {
        if let Some(id) = given_id(table) {
            if self.taken.insert(id.to_owned()) {
                return id.to_owned();
            }
            self.find(Flaw::TwinId { id: id.into() }, Place::Record(&path, id), at, false);
        }
        let values = canonical(table.iter().map(|(key, value)| (key.get_ref().as_ref(), owned(value))));
        let mut twin = twins.iter().filter(|v| **v == values).count();
        twins.push(values.clone());
        loop {
            let id = id::derived_record(&self.card.basics.id, section.key, &values, twin);
            if self.taken.insert(id.clone()) {
                return id;
            }
            twin += 1;
        }
    }

    /// One record, without its id.
    fn record(
        &mut self,
        section: &'static Section,
        table: &DeTable<'_>,
        path: Place<'_>,
        at: usize,
    ) -> Record {
        let mut record = Record { values: vec![None; section.fields.len()], ..Record::default() };
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            if let Some(child) = section.child.filter(|c| c.key == name) {
                record.children = self.records(child, value, Place::In(&path, name));
            } else if let Some(field) = section.position(name) {
                record.values[field] = self.value(section, field, value, Place::In(&path, name));
            } else if name != "id" {
                let known = section.fields.iter().map(|f| f.key).chain(section.child.map(|c| c.key));
                self.unknown(name, Place::In(&path, name), key.span().start, known);
            }
        }
        for (field, value) in section.fields.iter().zip(&record.values) {
            if field.required && value.is_none() && !table.contains_key(field.key) {
                let place = Place::In(&path, field.key);
                self.find(Flaw::Missing { key: field.key.into() }, place, at, false);
            }
        }
        record
    }

    fn value(
        &mut self,
        section: &Section,
        field: usize,
        raw: &Spanned<DeValue<'_>>,
        path: Place<'_>,
    ) -> Option<Value> {
        match Value::read(section.fields[field].kind, raw.get_ref()) {
            Ok(value) => Some(value),
            Err(fault) => {
                self.find(Flaw::Value { fault }, path, raw.span().start, true);
                None
            }
        }
    }

    /// A table of keys that no section declares.
    fn table(&mut self, value: &Spanned<DeValue<'_>>, name: &str) -> Vec<(String, toml::Value)> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(Text::new("a table", "表（table）", "表格（table）"), value, name);
            return Vec::new();
        };
        table.iter().map(|(key, value)| (key.get_ref().to_string(), owned(value))).collect()
    }

    fn former_ids(&mut self, value: &Spanned<DeValue<'_>>) {
        match Value::read(Kind::Texts, value.get_ref()) {
            Ok(Value::Texts(ids)) => self.card.former_ids = ids,
            _ => self.wrong_type(Kind::Texts.label(), value, "former_ids"),
        }
    }

    fn wrong_type(&mut self, wanted: Text, value: &Spanned<DeValue<'_>>, name: &str) {
        let fault = Fault::WrongType { wanted, value: value.get_ref().type_str().into() };
        self.find(Flaw::Value { fault }, Place::Top(name), value.span().start, true);
    }

    fn unknown<'k>(&mut self, key: &str, path: Place<'_>, at: usize, known: impl Iterator<Item = &'k str>) {
        let flaw = match nearest(key, known) {
            Some(near) => Flaw::NearKey { key: key.into(), near: near.into() },
            None => Flaw::UnknownKey { key: key.into() },
        };
        self.find(flaw, path, at, false);
    }

    fn find(&mut self, flaw: Flaw, path: Place<'_>, at: usize, left_out: bool) {
        self.card.findings.push(Finding { flaw, path: path.to_string(), at, left_out });
    }
}

/// An id that stands in the text and can be one.
fn given_id<'t>(table: &'t DeTable<'_>) -> Option<&'t str> {
    table.get("id")?.get_ref().as_str().filter(|id| id::can_be_given(id))
}

/// The values of a record in an order of their own, without its id.
pub(super) fn canonical<'k>(entries: impl Iterator<Item = (&'k str, toml::Value)>) -> String {
    let mut lines: Vec<String> =
        entries.filter(|(key, _)| *key != "id").map(|(key, value)| format!("{key}={value}")).collect();
    lines.sort_unstable();
    lines.join("\n")
}

/// A value as one line of text.
pub fn plain(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A value without its place in the text. What is out of range becomes its text.
fn owned(value: &Spanned<DeValue<'_>>) -> toml::Value {
    let text = || toml::Value::String(value.get_ref().type_str().to_owned());
    toml::Value::deserialize(ValueDeserializer::from(value.clone())).unwrap_or_else(|_| text())
}

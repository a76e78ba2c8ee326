//! Cards and rows as JSON: an array with an object a line, or JSON Lines. A card has its own keys
//! and sections, as `crm show --format json` gives them, and nothing that is computed but the
//! stage and the country, which its folder says. Every field is there, with `null` where nothing is
//! known, so that all objects have the same keys.

use std::io::Write;

use serde_json::{Map, Value as Json};

use super::tables::{Column, Table};
use super::{Cell, Fault, Rows, Subject, Words};
use crate::card::{Record, Section};
use crate::exchange::heads::FORMER_IDS;
use crate::sections::SCHEMA;

/// A whole card.
pub fn card(subject: &Subject<'_>) -> Json {
    let card = subject.card;
    let mut object = Map::new();
    object.insert("id".into(), card.basics.id.as_str().into());
    push_fields(&mut object, SCHEMA.card, &card.basics);
    object.insert("stage".into(), subject.stage.into());
    object.insert("country".into(), subject.country.into());
    if !card.custom.is_empty() {
        let entries = card.custom.iter().map(|(key, value)| (key.clone(), of_toml(value)));
        object.insert("custom".into(), Json::Object(entries.collect()));
    }
    if !card.external.is_empty() {
        let entries = card.external.iter().map(|(key, value)| (key.clone(), value.as_str().into()));
        object.insert("external".into(), Json::Object(entries.collect()));
    }
    if !card.former_ids.is_empty() {
        object.insert(FORMER_IDS.into(), card.former_ids.as_slice().into());
    }
    for section in SCHEMA.sections {
        object.insert(section.key.into(), records(section, card.of(&SCHEMA, section.key)));
    }
    Json::Object(object)
}

fn records(section: &'static Section, records: &[Record]) -> Json {
    let object = |record: &Record| {
        let mut object = Map::new();
        object.insert("id".into(), record.id.as_str().into());
        push_fields(&mut object, section, record);
        if let Some(child) = section.child {
            object.insert(child.key.into(), self::records(child, &record.children));
        }
        Json::Object(object)
    };
    records.iter().map(object).collect()
}

fn push_fields(object: &mut Map<String, Json>, section: &Section, record: &Record) {
    for (at, field) in section.fields.iter().enumerate() {
        let cell = record.value(at).map_or(Cell::Empty, |v| Cell::of(field.kind, v, Words::Keys));
        object.insert(field.key.into(), of_cell(&cell));
    }
}

/// One row, by the keys of its columns.
pub fn row(columns: &[Column], cells: &[Cell]) -> Json {
    columns
        .iter()
        .zip(cells)
        .map(|(column, cell)| (column.key.clone(), of_cell(cell)))
        .collect::<Map<_, _>>()
        .into()
}

fn of_cell(cell: &Cell) -> Json {
    match cell {
        Cell::Empty => Json::Null,
        Cell::Text(text) => text.as_str().into(),
        Cell::List(items) => items.as_slice().into(),
        Cell::Int(number) => (*number).into(),
        Cell::Number(number) => (*number).into(),
        Cell::Flag(flag, _) => (*flag).into(),
        Cell::Date(day) => day.to_string().into(),
    }
}

/// A value that no field declares. JSON has no days and moments: they are text.
fn of_toml(value: &toml::Value) -> Json {
    match value {
        toml::Value::String(text) => text.as_str().into(),
        toml::Value::Integer(number) => (*number).into(),
        toml::Value::Float(number) if number.is_finite() => (*number).into(),
        toml::Value::Boolean(flag) => (*flag).into(),
        toml::Value::Array(items) => items.iter().map(of_toml).collect(),
        toml::Value::Table(table) => {
            table.iter().map(|(key, value)| (key.clone(), of_toml(value))).collect::<Map<_, _>>().into()
        }
        other => other.to_string().into(),
    }
}

/// How objects stand in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One array.
    Array,
    /// One object a line.
    Lines,
}

/// Escapes what a person does not see, or a terminal might obey, in finished JSON.
pub type Escape = fn(&str) -> String;

/// Objects that are being written.
pub struct Objects<W: Write> {
    into: W,
    layout: Layout,
    escape: Escape,
    columns: Vec<Column>,
    count: usize,
}

impl<W: Write> Objects<W> {
    /// Begins an array, or lines. The columns are those of the table whose rows are to come, if
    /// any.
    pub fn new(into: W, layout: Layout, escape: Escape, table: Option<&Table>) -> Self {
        let columns = table.map(|t| t.columns.clone()).unwrap_or_default();
        Objects { into, layout, escape, columns, count: 0 }
    }

    /// Writes an object.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn push(&mut self, object: &Json) -> Result<(), Fault> {
        let before = match (self.layout, self.count) {
            (Layout::Lines, 0) => "",
            (Layout::Lines, _) => "\n",
            (Layout::Array, 0) => "[\n",
            (Layout::Array, _) => ",\n",
        };
        self.count += 1;
        self.into.write_all(before.as_bytes())?;
        Ok(self.into.write_all((self.escape)(&object.to_string()).as_bytes())?)
    }

    /// Ends the array or the last line.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn finish(mut self) -> Result<(), Fault> {
        let end = match (self.layout, self.count) {
            (Layout::Lines, 0) => "",
            (Layout::Lines, _) => "\n",
            (Layout::Array, 0) => "[]\n",
            (Layout::Array, _) => "\n]\n",
        };
        self.into.write_all(end.as_bytes())?;
        Ok(self.into.flush()?)
    }
}

impl<W: Write> Rows for Objects<W> {
    fn row(&mut self, _: usize, cells: &[Cell]) -> Result<(), Fault> {
        let object = row(&self.columns, cells);
        self.push(&object)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::card::read::read;

    const CARD: &str = "id = \"0mqk3v9xw2ht\"\nno = \"L0007\"\nname = \"Müller\"\nsincerity = 90\n\
        tags = [\"a, b\"]\nformer_ids = [\"1abc\"]\nclosed = 2026-03-01\n\
        [custom]\nvip = true\nborn = 2020-01-02\nweight = 1.5\ndeep = { a = [1, \"x\"] }\n[external]\nerp = 4711\n\
        [[contacts]]\nid = \"k3f9q2\"\nname = \"Anna\"\nmain = true\n\
        [[contacts.channels]]\nid = \"z07w4c\"\nkind = \"phone\"\nvalue = \"030 123\"\n";

    #[test]
    fn everything_of_a_card_comes_along() {
        let card = read(CARD, &SCHEMA).expect("a card");
        let object = super::card(&Subject { card: &card, stage: "closed", country: "DE" });
        let mut expected = json!({
            "id": "0mqk3v9xw2ht", "no": "L0007", "name": "Müller", "sincerity": 90, "tags": ["a, b"],
            "closed": "2026-03-01", "stage": "closed", "country": "DE",
            "custom": { "vip": true, "born": "2020-01-02", "weight": 1.5, "deep": { "a": [1, "x"] } },
            "external": { "erp": "4711" }, "former_ids": ["1abc"],
            "contacts": [{
                "id": "k3f9q2", "name": "Anna", "main": true,
                "channels": [{ "id": "z07w4c", "kind": "phone", "value": "030 123" }],
            }],
        });
        let with_nulls = |object: &mut Json, section: &Section| {
            let object = object.as_object_mut().expect("an object");
            for field in section.fields {
                object.entry(field.key).or_insert(Json::Null);
            }
        };
        with_nulls(&mut expected, SCHEMA.card);
        with_nulls(&mut expected["contacts"][0], SCHEMA.sections[0]);
        with_nulls(&mut expected["contacts"][0]["channels"][0], SCHEMA.sections[0].child.expect("channels"));
        for section in SCHEMA.sections {
            let object = expected.as_object_mut().expect("an object");
            object.entry(section.key).or_insert(json!([]));
        }
        assert_eq!(object, expected);
    }

    #[test]
    fn no_field_has_the_key_of_something_else_in_the_object() {
        for key in ["stage", "country", "custom", "external", "former_ids"] {
            assert!(SCHEMA.card.field(key).is_none() && SCHEMA.position(key).is_none(), "{key}");
        }
    }

    #[test]
    fn an_array_and_lines_hold_the_same_and_may_be_empty() {
        let written = |layout, objects: &[Json]| {
            let mut bytes = Vec::new();
            let mut out = Objects::new(&mut bytes, layout, str::to_owned, None);
            objects.iter().for_each(|o| out.push(o).expect("memory"));
            out.finish().expect("memory");
            String::from_utf8(bytes).expect("UTF-8")
        };
        let two = [json!({ "a": 1 }), json!({ "b": "中文" })];
        assert_eq!(written(Layout::Lines, &two), "{\"a\":1}\n{\"b\":\"中文\"}\n");
        let array: Json = serde_json::from_str(&written(Layout::Array, &two)).expect("JSON");
        assert_eq!(array, json!(two));
        assert_eq!(
            (written(Layout::Array, &[]), written(Layout::Lines, &[])),
            ("[]\n".into(), String::new())
        );
    }

    #[test]
    fn a_row_has_the_keys_of_its_columns_and_typed_values() {
        let columns = ["name", "tags", "n", "day"].map(|key| Column::given(key, "Head")).to_vec();
        let cells = [Cell::Text("a".into()), Cell::List(vec!["b".into()]), Cell::Int(3), Cell::Empty];
        assert_eq!(row(&columns, &cells), json!({ "name": "a", "tags": ["b"], "n": 3, "day": null }));
    }
}

//! JSON and JSON Lines: the values, not their labels, under stable keys. Text is as the card
//! has it; what a terminal might obey or a person not see is written as `\uXXXX`.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::safe;
use crate::view::{Block, Cell, Fields, Table, View};

/// One value: an array for a single table, else an object.
pub(super) fn pretty(view: &View) -> String {
    let value = match view.blocks.as_slice() {
        [Block::Table(table)] => Value::Array(objects(table)),
        blocks => Value::Object(object(blocks)),
    };
    escape(&format!("{value:#}")) + "\n"
}

/// One object a line: the rows of a single table, else the whole.
pub(super) fn lines(view: &View) -> String {
    let values = match view.blocks.as_slice() {
        [] => Vec::new(),
        [Block::Table(table)] => objects(table),
        blocks => vec![Value::Object(object(blocks))],
    };
    values.iter().map(|value| escape(&value.to_string()) + "\n").collect()
}

/// Several blocks as one object: fields without a key at the top, the rest under their keys.
fn object(blocks: &[Block]) -> Map<String, Value> {
    let mut object = Map::new();
    let mut texts = Vec::new();
    for block in blocks {
        match block {
            Block::Fields(fields) if fields.key.is_empty() => fill(&mut object, fields),
            Block::Fields(fields) => {
                let mut inner = Map::new();
                fill(&mut inner, fields);
                insert(&mut object, &fields.key, Value::Object(inner));
            }
            Block::Table(table) => {
                let key = if table.key.is_empty() { "rows" } else { &table.key };
                match object.get_mut(key) {
                    Some(Value::Array(rows)) => rows.extend(objects(table)),
                    _ => insert(&mut object, key, Value::Array(objects(table))),
                }
            }
            Block::Text(text) => texts.push(Value::from(text.as_str())),
        }
    }
    if texts.len() > 1 {
        insert(&mut object, "text", Value::Array(texts));
    } else if let Some(text) = texts.pop() {
        insert(&mut object, "text", text);
    }
    object
}

/// The rows of a table.
fn objects(table: &Table) -> Vec<Value> {
    let row = |cells: &[Cell]| {
        let mut object = Map::new();
        for (index, column) in table.columns.iter().enumerate() {
            insert(&mut object, &column.key, cells.get(index).map_or(Value::Null, value));
        }
        Value::Object(object)
    };
    table.rows.iter().map(|each| row(&each.cells)).collect()
}

fn fill(object: &mut Map<String, Value>, fields: &Fields) {
    for (key, _, cell) in &fields.rows {
        insert(object, key, value(cell));
    }
}

/// Inserts under a key that is still free, so that a second column of one name
/// (`crm sql 'select a.id, b.id …'`) does not replace the first: `id`, `id_2`.
fn insert(object: &mut Map<String, Value>, key: &str, value: Value) {
    let mut free = key.to_string();
    let mut count = 1;
    while object.contains_key(&free) {
        count += 1;
        free = format!("{key}_{count}");
    }
    object.insert(free, value);
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Text(text) | Cell::Marked(text, _) => Value::from(text.as_str()),
        Cell::List(texts) => Value::from(texts.as_slice()),
        Cell::Int(number) => Value::from(*number),
        Cell::Real(number) => Value::from(*number),
        Cell::Flag(yes, _) => Value::from(*yes),
        Cell::Date(day) => Value::from(day.to_string()),
        Cell::Choice(token, _) => Value::from(token.as_str()),
        Cell::Choices(choices) => choices.iter().map(|(token, _)| token.as_str()).collect(),
        Cell::Records(records) => {
            let object = |record: &Fields| {
                let mut object = Map::new();
                fill(&mut object, record);
                Value::Object(object)
            };
            records.iter().map(object).collect()
        }
    }
}

/// Escapes what is unsafe in finished JSON. Outside of strings there is only ASCII and the
/// line feeds of the layout, and inside control characters are escaped already.
pub fn escape(json: &str) -> String {
    let unsafe_here = |c: char| c != '\n' && safe::is_unsafe(c);
    if !json.contains(unsafe_here) {
        return json.to_string();
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if unsafe_here(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing into a String cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{Column, Give, Row};
    use chrono::NaiveDate;
    use serde_json::json;

    fn fields(key: &str, rows: Vec<(&str, Cell)>) -> Fields {
        let row = |(key, cell): (&str, Cell)| (key.to_string(), "Label".to_string(), cell);
        Fields { key: key.into(), title: None, rows: rows.into_iter().map(row).collect() }
    }

    fn table(key: &str, columns: &[&str], rows: Vec<Vec<Cell>>) -> Block {
        let column = |key: &&str| Column { key: key.to_string(), label: "Label".into(), give: Give::Wrap };
        let row = |cells| Row { cells, ..Row::default() };
        Block::Table(Table {
            key: key.into(),
            title: Some("Title".into()),
            columns: columns.iter().map(column).collect(),
            rows: rows.into_iter().map(row).collect(),
        })
    }

    fn parsed(blocks: Vec<Block>) -> Value {
        let text = pretty(&View { blocks });
        serde_json::from_str(&text).expect("what we write is JSON")
    }

    #[test]
    fn every_kind_of_cell_gives_its_value() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 10).expect("a day of the calendar");
        let channel = fields("", vec![("kind", Cell::Choice("email".into(), "E-mail".into()))]);
        for (cell, expected) in [
            (Cell::Empty, json!(null)),
            (Cell::Text("a \"b\"\n".into()), json!("a \"b\"\n")),
            (Cell::List(vec!["a".into(), "b".into()]), json!(["a", "b"])),
            (Cell::Int(-7), json!(-7)),
            (Cell::Flag(true, "yes".into()), json!(true)),
            (Cell::Date(day), json!("2026-03-10")),
            (Cell::Records(vec![channel]), json!([{ "kind": "email" }])),
            (Cell::Records(vec![]), json!([])),
        ] {
            assert_eq!(value(&cell), expected);
        }
    }

    #[test]
    fn one_table_is_an_array_with_the_keys_in_order() {
        let rows = vec![vec![Cell::Int(1), Cell::Empty], vec![Cell::Int(2)]];
        let view = View::of(table("contacts", &["no", "name"], rows));
        let expected = "[\n  {\n    \"no\": 1,\n    \"name\": null\n  },\n  {\n    \"no\": 2,\n    \"name\": null\n  }\n]\n";
        assert_eq!(pretty(&view), expected);
        assert_eq!(lines(&view), "{\"no\":1,\"name\":null}\n{\"no\":2,\"name\":null}\n");
    }

    #[test]
    fn an_empty_table_is_an_empty_array_and_no_line() {
        let view = View::of(table("contacts", &["no"], vec![]));
        assert_eq!((pretty(&view).as_str(), lines(&view).as_str()), ("[]\n", ""));
    }

    #[test]
    fn several_blocks_are_one_object() {
        let blocks = vec![
            Block::Fields(fields("", vec![("no", Cell::Text("L0007".into()))])),
            Block::Fields(fields("computed", vec![("stage", Cell::Empty)])),
            table("contacts", &["name"], vec![vec![Cell::Text("Anna".into())]]),
            table("contacts", &["name"], vec![vec![Cell::Text("Bob".into())]]),
            table("", &["n"], vec![]),
            Block::Text("one".into()),
        ];
        let expected = json!({
            "no": "L0007",
            "computed": { "stage": null },
            "contacts": [{ "name": "Anna" }, { "name": "Bob" }],
            "rows": [],
            "text": "one",
        });
        assert_eq!(lines(&View { blocks: blocks.clone() }), format!("{expected}\n"));
        assert_eq!(parsed(blocks), expected);
        let texts = vec![Block::Text("one".into()), Block::Text("two".into())];
        assert_eq!(parsed(texts), json!({ "text": ["one", "two"] }));
    }

    #[test]
    fn a_second_column_of_one_name_is_kept() {
        let rows = vec![vec![Cell::Int(1), Cell::Int(2), Cell::Int(3)]];
        let blocks = vec![table("rows", &["id", "id", "id"], rows)];
        assert_eq!(parsed(blocks), json!([{ "id": 1, "id_2": 2, "id_3": 3 }]));
    }

    #[test]
    fn nothing_reaches_a_terminal_that_it_would_obey_and_nothing_is_changed() {
        let nasty = "\u{1b}[2J\u{9b}\u{7f}\u{202e}\u{200b}\u{2028}\u{e0041}\u{7}\r\n\"\\中文👩\u{200d}🔧";
        let view = View::of(Block::Fields(fields("", vec![(nasty, Cell::Text(nasty.into()))])));
        for text in [pretty(&view), lines(&view)] {
            assert!(!text.contains(|c| c != '\n' && safe::is_unsafe(c)), "{text}");
            assert!(text.contains("\\u202e") && text.contains("中文"));
            let value: Value = serde_json::from_str(&text).expect("what we write is JSON");
            assert_eq!(value[nasty], nasty);
        }
    }
}

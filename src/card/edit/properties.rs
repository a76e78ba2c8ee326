//! The editor against chance: made-up documents, made-up edits, any text as a value.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use toml::{Table, Value};

use super::values::{get, get_mut, is_within, read, remove, same, table_mut, tables, with_line_feeds};
use super::{Edit, EditError, Step, apply};

/// Statements of every kind, and comments that look like statements.
const STATEMENTS: [&str; 34] = [
    "",
    "",
    "# a comment",
    "  # [a] indented",
    "a = 1",
    "b = \"text\" # own",
    "  c = 'literal'",
    "d=[1, 2]",
    "d = [\n  1, # one\n  2\n]",
    "d = [\n  1,\n  2,\n] # own",
    "d = [ # first\n]",
    "e = []",
    "e = [{ a = 1 }, { b = [{ c = 1 }] }]",
    "e = [\n  { a = 1 },\n]",
    "f = { a = 1, b.c = 2, b.d = 3 }",
    "f = {}",
    "a.b = 1",
    "a.c = { d = 1 }",
    "b . 'a' = 2",
    "a.b.c = 3",
    "g = \"\"\"\n# no comment\n\n[a]\n\"\"\"",
    "g = '''\n'''",
    "[a]",
    "[a.b] # own",
    "[a.b.c]",
    "[ b . \"c\" ]",
    "[[a]]",
    "[[ a ]] # own",
    "[[a.b]]",
    "  [[a.b]]",
    "[[a.b.c]]",
    "[[b]]",
    "[b.d]",
    "[c]",
];

const KEYS: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "new key"];

/// A document of statements, each taken in if the document stays valid with it.
fn document() -> impl Strategy<Value = String> {
    let lines = vec(select(&STATEMENTS[..]), 0..24);
    (lines, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(lines, dos, mark, finished)| {
        let mut text = String::new();
        for line in lines {
            let longer = format!("{text}{line}\n");
            if longer.parse::<Table>().is_ok() {
                text = longer;
            }
        }
        if !finished {
            text.truncate(text.trim_end_matches('\n').len());
        }
        if dos {
            text = text.replace('\n', "\r\n");
        }
        if mark { format!("\u{feff}{text}") } else { text }
    })
}

fn value() -> impl Strategy<Value = Value> {
    let table = |entries: &[(&str, i64)]| {
        let entries = entries.iter().map(|&(key, number)| (key.to_owned(), Value::from(number)));
        Value::Table(entries.collect())
    };
    let nested = Table::from_iter([("b".to_owned(), table(&[("c", 1)])), ("z".to_owned(), table(&[]))]);
    select(vec![
        Value::from(1),
        Value::from("x"),
        Value::from("y\nz"),
        Value::from(true),
        Value::from(vec![1, 2]),
        Value::from(vec![2, 3]),
        Value::Array(Vec::new()),
        Value::Array(vec![table(&[("a", 1)])]),
        Value::Array(vec![table(&[("b", 1)]), table(&[("a", 1), ("c", 2)])]),
        table(&[]),
        table(&[("b", 1), ("new", 2)]),
        Value::Table(nested),
    ])
}

/// An edit in outline: which table, which key, what to do there.
type Outline = (Index, &'static str, u8, Value, Index);

fn outline() -> impl Strategy<Value = Outline> {
    // Half of the edits set a key, so that some follow each other.
    let what = select(vec![0_u8, 0, 0, 0, 0, 1, 2, 3, 4, 5]);
    (any::<Index>(), select(&KEYS[..]), what, value(), any::<Index>())
}

/// Does an edit to `value` and returns it; `None` when the outline does not fit the value.
fn edit(value: &mut Value, (at, key, what, new, number): Outline) -> Option<Edit> {
    let tables = tables(value);
    let table = tables[at.index(tables.len())].clone();
    let key = key.to_owned();
    let path = [&table[..], &[Step::Key(key.clone())]].concat();
    let length = get(value, &path).and_then(Value::as_array).map(Vec::len);
    let order: Vec<String> = KEYS.iter().map(|&key| key.to_owned()).collect();
    let last = Step::Key(key.clone());
    Some(match (what, length) {
        (0, _) => {
            table_mut(value, &table).insert(key.clone(), new.clone());
            Edit::Set { table, key, value: new, order }
        }
        (1, _) => {
            get(value, &path)?;
            remove(value, &table, &last);
            Edit::Unset { table, key }
        }
        (2, _) => {
            let record: Vec<_> = new.as_table()?.clone().into_iter().collect();
            let section = table_mut(value, &table);
            let section = section.entry(key.clone()).or_insert(Value::Array(Vec::new()));
            section.as_array_mut()?.push(new);
            Edit::AddRecord { table, section: key, record, section_order: order }
        }
        (3, Some(_)) => {
            get_mut(value, &path).as_array_mut()?.push(new.clone());
            Edit::AddElement { table, key, value: new }
        }
        (4 | 5, Some(length)) if length > 0 => {
            let index = number.index(length);
            remove(value, &path, &Step::Index(index));
            if what == 4 {
                Edit::RemoveElement { table, key, index }
            } else {
                Edit::RemoveRecord { table, section: key, index }
            }
        }
        _ => return None,
    })
}

/// Removes every empty table and array from the table it is in: whether one is left behind is the
/// business of the text.
fn without_empty(value: Value) -> Value {
    match value {
        Value::Table(table) => {
            let entries = table.into_iter().map(|(key, value)| (key, without_empty(value)));
            Value::Table(entries.filter(|(_, value)| !is_empty(value)).collect())
        }
        Value::Array(array) => Value::Array(array.into_iter().map(without_empty).collect()),
        scalar => scalar,
    }
}

/// Without what may differ: empty tables, and line breaks, which are read back as the file's.
fn comparable(value: Value) -> Value {
    without_empty(with_line_feeds(value))
}

fn is_empty(value: &Value) -> bool {
    value.as_table().is_some_and(Table::is_empty) || value.as_array().is_some_and(Vec::is_empty)
}

fn headers(text: &str) -> usize {
    text.lines().filter(|line| line.trim_start_matches(['\u{feff}', ' ']).starts_with('[')).count()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_edits_of_any_document_give_the_expected_values(
        text in document(),
        outlines in vec(outline(), 1..8),
    ) {
        let mut expected = read(&text);
        let mut edits = Vec::new();
        for outline in outlines {
            let mut changed = expected.clone();
            let Some(edit) = edit(&mut changed, outline) else { continue };
            edits.push(edit);
            match apply(&text, &edits) {
                Ok(_) => expected = changed,
                // An array of tables takes tables only, and a text within one edit may have lost
                // the table that the outline still sees.
                Err(EditError::Mismatch { path }) => panic!("{path}: {edits:?}\n{text}"),
                Err(_) => drop(edits.pop()),
            }
        }
        let result = apply(&text, &edits).expect("every edit was tried");
        prop_assert!(
            same(&comparable(read(&result)), &comparable(expected)),
            "{:?}\n--- source\n{}\n--- text\n{}", edits, text, result
        );
    }

    #[test]
    fn what_is_added_keeps_every_byte_and_what_is_removed_adds_none(
        text in document(),
        outline in outline(),
    ) {
        let source = read(&text);
        let mut changed = source.clone();
        let Some(edit) = edit(&mut changed, outline) else { return Ok(()) };
        let Ok(result) = apply(&text, std::slice::from_ref(&edit)) else { return Ok(()) };
        match edit {
            Edit::Set { ref table, ref key, .. } => {
                let is_there = get(&source, table).is_some_and(|table| table.get(key).is_some());
                prop_assert!(
                    is_there || is_within(&text, &result),
                    "{:?}\n{}\n---\n{}", edit, text, result
                );
            }
            Edit::AddRecord { .. } | Edit::AddElement { .. } => {
                prop_assert!(is_within(&text, &result), "{:?}\n{}\n---\n{}", edit, text, result);
            }
            _ => prop_assert!(is_within(&result, &text), "{:?}\n{}\n---\n{}", edit, text, result),
        }
    }

    #[test]
    fn what_is_added_and_removed_again_leaves_the_bytes(text in document(), outline in outline()) {
        let source = read(&text);
        let mut changed = source.clone();
        let Some(add) = edit(&mut changed, outline) else { return Ok(()) };
        let (table, key) = match &add {
            Edit::Set { table, key, .. } => (table.clone(), key.clone()),
            Edit::AddRecord { table, section, .. } => (table.clone(), section.clone()),
            Edit::AddElement { table, key, .. } => (table.clone(), key.clone()),
            _ => return Ok(()),
        };
        let entries = get(&source, &table).and_then(Value::as_table).expect("the outline's table");
        let undo = match (entries.get(&key), &add) {
            (None, _) if !entries.is_empty() => Edit::Unset { table, key },
            (Some(Value::Array(old)), Edit::AddRecord { .. } | Edit::AddElement { .. })
                if !old.is_empty() =>
            {
                Edit::RemoveElement { table, key, index: old.len() }
            }
            _ => return Ok(()),
        };
        let Ok(added) = apply(&text, std::slice::from_ref(&add)) else { return Ok(()) };
        let removed = apply(&added, &[undo]).expect("what was added can be removed");
        if headers(&removed) > headers(&text) {
            // A table known by the headers below it got its own, which stays.
            prop_assert!(is_within(&text, &removed), "{:?}\n{}\n---\n{}", add, text, removed);
            return Ok(());
        }
        // Blank lines that open the file are held for those of the line that is removed.
        let visible = |text: &str| text.trim_start_matches(['\u{feff}', '\r', '\n']).to_owned();
        prop_assert_eq!(
            visible(&removed), visible(&text),
            "{:?}\n--- source\n{}\n--- added\n{}", add, text, added
        );
    }

    #[test]
    fn any_text_is_written_in_any_quotes(
        old in "[a-z \n]{0,12}",
        style in 0..4_usize,
        new in any::<String>(),
        tricky in "[\"'\\\\\n\r\t a]{0,12}",
    ) {
        let old = match style {
            0 => format!("\"{}\"", old.replace('\n', "\\n")),
            1 => format!("'{}'", old.replace('\n', " ")),
            2 => format!("\"\"\"{old}\"\"\""),
            _ => format!("'''\n{old}'''"),
        };
        let source = format!("# above\na = 1\nk = {old} # own\nz = 'z'");
        for new in [new, tricky] {
            let edit = Edit::Set {
                table: Vec::new(),
                key: "k".to_owned(),
                value: Value::from(new.as_str()),
                order: Vec::new(),
            };
            let result = apply(&source, &[edit]).expect("a text can always be written");
            let value = read(&result);
            prop_assert_eq!(value["k"].as_str(), Some(new.as_str()), "{}", result);
            prop_assert!(result.starts_with("# above\na = 1\nk = "));
            prop_assert!(result.ends_with(" # own\nz = 'z'"));
        }
    }

    #[test]
    fn a_basic_string_set_and_set_back_leaves_the_bytes(
        old in "[a-zäß ]{0,12}",
        new in any::<String>(),
        tricky in "[\"'\\\\\n\r\t a]{0,12}",
        dos in any::<bool>(),
    ) {
        let source = format!("a = 1\nk = \"{old}\" # own\nz = 'z'\n");
        let source = if dos { source.replace('\n', "\r\n") } else { source };
        for new in [new, tricky] {
            let edits = [new.as_str(), old.as_str()].map(|text| Edit::Set {
                table: Vec::new(),
                key: "k".to_owned(),
                value: Value::from(text),
                order: Vec::new(),
            });
            prop_assert_eq!(&apply(&source, &edits).expect("a text can always be written"), &source);
        }
    }
}

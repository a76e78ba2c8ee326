//! Plain operations on `toml::Value` for the tests: what an edit means, without any text.

use toml::{Table, Value};

use super::Step;

/// Every place in `value`: the path of a table or array, and a step into it.
pub(super) fn places(value: &Value) -> Vec<(Vec<Step>, Step)> {
    fn walk(value: &Value, path: &[Step], found: &mut Vec<(Vec<Step>, Step)>) {
        let steps: Vec<(Step, &Value)> = match value {
            Value::Table(table) => table.iter().map(|(k, v)| (Step::from(k.as_str()), v)).collect(),
            Value::Array(array) => array.iter().enumerate().map(|(i, v)| (Step::Index(i), v)).collect(),
            _ => Vec::new(),
        };
        for (step, value) in steps {
            found.push((path.to_vec(), step.clone()));
            walk(value, &[path, &[step]].concat(), found);
        }
    }
    let mut found = Vec::new();
    walk(value, &[], &mut found);
    found
}

/// The paths of all tables, the root among them.
pub(super) fn tables(value: &Value) -> Vec<Vec<Step>> {
    let mut paths = vec![Vec::new()];
    for (table, step) in places(value) {
        let path = [table, vec![step]].concat();
        if get(value, &path).is_some_and(Value::is_table) {
            paths.push(path);
        }
    }
    paths
}

pub(super) fn get<'v>(value: &'v Value, path: &[Step]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, step| match step {
        Step::Key(key) => value.get(key),
        Step::Index(index) => value.get(index),
    })
}

pub(super) fn get_mut<'v>(value: &'v mut Value, path: &[Step]) -> &'v mut Value {
    path.iter().fold(value, |value, step| {
        let entry = match step {
            Step::Key(key) => value.get_mut(key),
            Step::Index(index) => value.get_mut(index),
        };
        entry.expect("the path comes from this value")
    })
}

pub(super) fn table_mut<'v>(value: &'v mut Value, path: &[Step]) -> &'v mut Table {
    let table = get_mut(value, path).as_table_mut();
    table.expect("the path leads to a table")
}

/// Removes an entry, and the tables and arrays that this leaves empty: a table that is named by
/// its entries only goes with them, and which one that is, is the business of the text.
pub(super) fn remove(value: &mut Value, table: &[Step], step: &Step) {
    match (get_mut(value, table), step) {
        (Value::Table(table), Step::Key(key)) => drop(table.remove(key)),
        (Value::Array(array), Step::Index(index)) => drop(array.remove(*index)),
        _ => panic!("the step comes from this value"),
    }
    prune(value, table);
}

/// Removes empty tables and arrays from the end of `path` up.
pub(super) fn prune(value: &mut Value, path: &[Step]) {
    for depth in (1..=path.len()).rev() {
        let is_empty = match get(value, &path[..depth]) {
            Some(Value::Table(table)) => table.is_empty(),
            Some(Value::Array(array)) => array.is_empty(),
            Some(_) => false,
            None => true,
        };
        if !is_empty {
            return;
        }
        if let (Step::Key(key), Some(Value::Table(_))) = (&path[depth - 1], get(value, &path[..depth - 1])) {
            table_mut(value, &path[..depth - 1]).remove(key);
        }
    }
}

/// Whether two values are the same; NaN is NaN and -0.0 is not 0.0.
pub(super) fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Float(a), Value::Float(b)) => a.is_nan() && b.is_nan() || a.to_bits() == b.to_bits(),
        // TOML 1.1 may leave out the seconds, the editor does not.
        (Value::Datetime(a), Value::Datetime(b)) => {
            let seconds = |time: &toml::value::Datetime| {
                time.time.map(|time| (time.second.unwrap_or(0), time.nanosecond.unwrap_or(0)))
            };
            let minutes = |time: &toml::value::Datetime| time.time.map(|t| (t.hour, t.minute));
            (a.date, a.offset, minutes(a), seconds(a)) == (b.date, b.offset, minutes(b), seconds(b))
        }
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Table(a), Value::Table(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        _ => one == other,
    }
}

/// The value with `\n` for each `\r\n`.
pub(super) fn with_line_feeds(mut value: Value) -> Value {
    match &mut value {
        Value::String(text) => *text = text.replace("\r\n", "\n"),
        Value::Array(array) => {
            for element in array.iter_mut() {
                *element = with_line_feeds(element.clone());
            }
        }
        Value::Table(table) => {
            for (_, entry) in table.iter_mut() {
                *entry = with_line_feeds(entry.clone());
            }
        }
        _ => {}
    }
    value
}

/// Whether the bytes of `part` stand in `whole` in this order.
pub(super) fn is_within(part: &str, whole: &str) -> bool {
    let mut bytes = whole.bytes();
    part.bytes().all(|byte| bytes.any(|other| other == byte))
}

pub(super) fn read(text: &str) -> Value {
    match toml::from_str(text) {
        Ok(table) => Value::Table(table),
        Err(error) => panic!("{error}\n{text}"),
    }
}

//! The other values of fields that two people set to two values: `[[conflicts]]`, each with the path of
//! the field and a value. The field itself shows one of them; see [`super::merge`].

use toml::{Table, Value};

use super::edit::{Edit, Step};
use super::read::{CONFLICTS, plain};

/// A field with more than one value.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// The path, such as `contacts[k3f9q2].title`, or `@stage`, `@country`, `@folder` of a place.
    pub path: String,
    /// The values that the field does not show, as lines of text, in their order.
    pub others: Vec<String>,
}

/// The conflicts of a card, by path.
pub fn all(card: &Table) -> Vec<Conflict> {
    let mut found: Vec<Conflict> = Vec::new();
    for (path, value) in entries(card) {
        match found.iter_mut().find(|conflict| conflict.path == path) {
            Some(conflict) => conflict.others.push(plain(value)),
            None => found.push(Conflict { path: path.to_owned(), others: vec![plain(value)] }),
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

/// The value of a conflict that reads like this text.
pub fn value<'c>(card: &'c Table, path: &str, text: &str) -> Option<&'c Value> {
    entries(card).find(|(of, value)| *of == path && plain(value) == text).map(|(_, value)| value)
}

/// The value at a path.
pub fn at<'c>(card: &'c Table, path: &str) -> Option<&'c Value> {
    let mut at: Option<&Value> = None;
    for part in path.split('.') {
        let (key, id) = part.split_once('[').map_or((part, None), |(key, rest)| (key, Some(rest)));
        let table = at.map_or(Some(card), Value::as_table)?;
        at = Some(match id {
            None => table.get(key)?,
            Some(rest) => {
                let id = rest.trim_end_matches(']');
                let is_it = |record: &&Value| record.get("id").and_then(Value::as_str) == Some(id);
                table.get(key)?.as_array()?.iter().find(is_it)?
            }
        });
    }
    at
}

/// The edit that takes away the conflicts of fields that other edits set or remove: whoever writes a field
/// has decided it.
pub fn decided_by(card: &Table, edits: &[Edit]) -> Option<Edit> {
    card.get(CONFLICTS)?;
    let decided: Vec<String> = edits
        .iter()
        .filter_map(|edit| match edit {
            Edit::Set { table, key, .. } | Edit::Unset { table, key } => path_of(card, table, key),
            Edit::RemoveRecord { table, section, index } => {
                let record = [&table[..], &[Step::from(section.as_str())]].concat();
                path_of(card, &[&record[..], &[Step::Index(*index)]].concat(), "")
            }
            _ => None,
        })
        .collect();
    let lies_in = |path: &str, decided: &String| {
        path.strip_prefix(decided.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    decide(card, |path| decided.iter().any(|decided| lies_in(path, decided)))
}

/// Whether an edit is itself about the conflicts.
pub fn is_decision(edit: &Edit) -> bool {
    matches!(edit, Edit::Set { table, key, .. } | Edit::Unset { table, key }
        if table.is_empty() && key == CONFLICTS)
}

/// How a conflict names the entry of a table: records by their ids.
fn path_of(card: &Table, table: &[Step], key: &str) -> Option<String> {
    let (mut path, mut at) = (String::new(), None::<&Value>);
    for step in table {
        match step {
            Step::Key(key) => {
                at = at.map_or(Some(card), Value::as_table)?.get(key);
                path += &format!("{}{key}", if path.is_empty() { "" } else { "." });
            }
            Step::Index(index) => {
                at = at?.as_array()?.get(*index);
                path += &format!("[{}]", at?.get("id")?.as_str()?);
            }
        }
    }
    if !key.is_empty() {
        path += &format!("{}{key}", if path.is_empty() { "" } else { "." });
    }
    Some(path)
}

/// The edit that takes away the conflicts of paths that are decided; none where there are none.
pub fn decide(card: &Table, is_decided: impl Fn(&str) -> bool) -> Option<Edit> {
    let all = card.get(CONFLICTS)?.as_array()?;
    let path = |entry: &Value| entry.get("path").and_then(Value::as_str).map(str::to_owned);
    let left: Vec<Value> =
        all.iter().filter(|entry| !path(entry).is_some_and(|path| is_decided(&path))).cloned().collect();
    if left.len() == all.len() {
        return None;
    }
    let (table, key) = (Vec::new(), CONFLICTS.to_owned());
    Some(match left.is_empty() {
        true => Edit::Unset { table, key },
        false => Edit::Set { table, key, value: Value::Array(left), order: Vec::new() },
    })
}

/// The same of a card's text, which is parsed only where it may have a conflict.
pub fn decide_in(text: &str, is_decided: impl Fn(&str) -> bool) -> Option<Edit> {
    decide(&text_with_conflicts(text)?, is_decided)
}

/// A card's text as a table, where it may have a conflict.
pub fn text_with_conflicts(text: &str) -> Option<Table> {
    text.contains(CONFLICTS).then(|| text.parse().ok()).flatten()
}

fn entries(card: &Table) -> impl Iterator<Item = (&str, &Value)> {
    let all = card.get(CONFLICTS).and_then(Value::as_array).into_iter().flatten();
    all.filter_map(|entry| Some((entry.get("path")?.as_str()?, entry.get("value")?)))
}

#[cfg(test)]
mod tests {
    use super::super::edit;
    use super::*;

    const CARD: &str = "name = \"A\"\nphone = \"2\"\n\n[[conflicts]]\npath = \"phone\"\nvalue = \"1\"\n\n[[conflicts]]\npath = \"city\"\nvalue = \"Bremen\"\n";

    #[test]
    fn conflicts_are_listed_by_path_and_decided_one_by_one() {
        let table: Table = CARD.parse().expect("a card");
        let paths: Vec<String> = all(&table).into_iter().map(|conflict| conflict.path).collect();
        assert_eq!(paths, ["city", "phone"]);
        assert_eq!(value(&table, "phone", "1"), Some(&Value::from("1")));
        let edit = decide(&table, |path| path == "phone").expect("an edit");
        let text = edit::apply(CARD, &[edit]).expect("a card");
        let table: Table = text.parse().expect("a card");
        assert_eq!(all(&table).len(), 1);
        let edit = decide(&table, |path| path == "city").expect("an edit");
        assert_eq!(edit::apply(&text, &[edit]).expect("a card").trim_end(), "name = \"A\"\nphone = \"2\"");
    }
}

//! Where something stands in the text of a card, in bytes: for findings of rules, which know a value
//! and not its place. Read only where there is a finding, so that reading a card stays cheap.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::edit::Step;

/// The place of a table, or of a key in it.
pub fn place(text: &str, table: &[Step], key: Option<&str>) -> Option<usize> {
    let document = DeTable::parse(text).ok()?;
    let (mut at, mut here) = (0, Here::Table(document.get_ref()));
    for step in table {
        let (start, value) = here.step(step)?;
        (at, here) = (start, Here::of(value)?);
    }
    match key {
        Some(key) => here.step(&key.into()).map(|(start, _)| start),
        None => Some(at),
    }
}

/// A text at the top of the card under a key that may be no field's, with its place.
pub fn text_at_top(text: &str, key: &str) -> Option<(usize, String)> {
    let document = DeTable::parse(text).ok()?;
    let (at, value) = Here::Table(document.get_ref()).step(&key.into())?;
    Some((at, value.as_str()?.to_owned()))
}

/// The ids that a customer had before, such as those of cards that were merged into this one: a
/// list, or a table by id.
pub fn former_ids(text: &str) -> Vec<String> {
    if !text.contains("former_ids") {
        return Vec::new();
    }
    let Ok(document) = DeTable::parse(text) else { return Vec::new() };
    match document.get_ref().get("former_ids").map(Spanned::get_ref) {
        Some(DeValue::Array(ids)) => {
            ids.iter().filter_map(|id| id.get_ref().as_str()).map(str::to_owned).collect()
        }
        Some(DeValue::Table(ids)) => ids.keys().map(|id| id.get_ref().to_string()).collect(),
        _ => Vec::new(),
    }
}

/// What a step goes down from.
enum Here<'a> {
    Table(&'a DeTable<'a>),
    Array(&'a toml::de::DeArray<'a>),
}

impl<'a> Here<'a> {
    fn of(value: &'a DeValue<'a>) -> Option<Here<'a>> {
        match value {
            DeValue::Table(table) => Some(Here::Table(table)),
            DeValue::Array(array) => Some(Here::Array(array)),
            _ => None,
        }
    }

    fn step(&self, step: &Step) -> Option<(usize, &'a DeValue<'a>)> {
        match (self, step) {
            (Here::Table(table), Step::Key(key)) => {
                let (name, value) = table.iter().find(|(name, _)| name.get_ref() == key.as_str())?;
                Some((name.span().start, value.get_ref()))
            }
            (Here::Array(array), Step::Index(index)) => {
                array.get(*index).map(|value| (value.span().start, value.get_ref()))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_and_their_keys_are_found() {
        let text = "name = \"A\"\n\n[[contacts]]\nname = \"B\"\n\n[[contacts]]\nname = \"C\"\nmain = true\n";
        let second: Vec<Step> = vec!["contacts".into(), 1.into()];
        let at = place(text, &second, None).expect("the record");
        assert_eq!(&text[at..at + 12], "[[contacts]]");
        assert_eq!(text[..at].matches('\n').count(), 5);
        let at = place(text, &second, Some("main")).expect("the key");
        assert!(text[at..].starts_with("main = true"));
        assert_eq!(place(text, &second, Some("title")), None);
        assert_eq!(place(text, &[], Some("name")), Some(0));
    }

    #[test]
    fn former_ids_are_read_in_either_form() {
        assert_eq!(former_ids("former_ids = [\"abc\", \"def\"]\n"), ["abc", "def"]);
        assert_eq!(former_ids("[former_ids]\nabc = 2026-01-01\n"), ["abc"]);
        assert!(former_ids("name = \"A\"\n").is_empty());
    }
}

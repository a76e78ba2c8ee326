//! The heads of the tables that go out and come in again: of the columns that are no field, of
//! fields, of a company's own fields; and the names of sheets. What is written here is known here.

use super::columns::folded;
use crate::card::{Field, Section};
use crate::i18n::{Lang, Text};
use crate::sections::{SCHEMA, every_section};

/// The table of all customers.
pub const CUSTOMERS: Text = Text::new("Customers", "客户", "客戶");
/// The id of a card.
pub const CARD_ID: Text = Text::new("Id", "内部编号", "內部編號");
/// The id of a record.
pub const RECORD_ID: Text = Text::new("Record id", "记录编号", "紀錄編號");
/// The stage of a customer.
pub const STAGE: Text = Text::new("Stage", "阶段", "階段");
/// The country of a customer.
pub const COUNTRY: Text = Text::new("Country", "国家/地区", "國家/地區");
/// Whose record it is, by number; by id while there is none.
pub const CUSTOMER: Text = Text::new("Customer no.", "客户编号", "客戶編號");
/// Whose record it is, for people.
pub const CUSTOMER_NAME: Text = Text::new("Customer's name", "所属客户", "所屬客戶");
/// The id of the record that holds this one.
pub const PARENT: Text = Text::new("Belongs to", "所属记录", "所屬紀錄");
/// The key of the former ids of a card.
pub const FORMER_IDS: &str = "former_ids";

/// A column that is no field of its section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Special {
    /// The id: of the card among the customers, of the record in every other table.
    Id,
    /// Whose record it is.
    Customer,
    /// The name of the customer; for people only.
    CustomerName,
    /// The record that holds this one.
    Parent,
    /// The stage.
    Stage,
    /// The country.
    Country,
}

impl Special {
    /// Each with its key and the labels that it has.
    const ALL: [(Special, &'static str, &'static [Text]); 6] = [
        (Special::Id, "id", &[CARD_ID, RECORD_ID]),
        (Special::Customer, "customer", &[CUSTOMER]),
        (Special::CustomerName, "customer_name", &[CUSTOMER_NAME]),
        (Special::Parent, "parent", &[PARENT]),
        (Special::Stage, "stage", &[STAGE]),
        (Special::Country, "country", &[COUNTRY]),
    ];

    /// The key for scripts.
    pub fn key(self) -> &'static str {
        Special::ALL.iter().find(|(special, ..)| *special == self).map_or("", |(_, key, _)| *key)
    }
}

/// The column that is no field and has this head: its key, or its label in any language.
pub fn special(head: &str) -> Option<Special> {
    let head = folded(head);
    let has = |labels: &[Text]| labels.iter().flat_map(Text::every).any(|l| folded(l) == head);
    let found = Special::ALL.iter().find(|(_, key, labels)| folded(key) == head || has(labels));
    found.map(|(special, ..)| *special)
}

/// The field of a section that has this head: its key, its label in any language, or
/// `label (key)`.
pub fn field(section: &'static Section, head: &str) -> Option<&'static Field> {
    if let Some(field) = key_behind(head).and_then(|key| section.field(key)) {
        return Some(field);
    }
    let head = folded(head);
    let by_key = section.fields.iter().find(|f| folded(f.key) == head);
    by_key.or_else(|| section.fields.iter().find(|f| f.label.every().any(|l| folded(l) == head)))
}

/// A table of a card whose keys are its owner's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnTable {
    /// `[custom]`.
    Custom,
    /// `[external]`.
    External,
}

/// The table and key of `custom.KEY`, `external.KEY` and `label (custom.KEY)`.
pub fn own(head: &str) -> Option<(OwnTable, &str)> {
    let named = |text| match str::split_once(text, '.') {
        Some(("custom", key)) if !key.is_empty() => Some((OwnTable::Custom, key)),
        Some(("external", key)) if !key.is_empty() => Some((OwnTable::External, key)),
        _ => None,
    };
    named(head.trim()).or_else(|| named(key_behind(head)?))
}

/// The key in `label (key)`.
fn key_behind(head: &str) -> Option<&str> {
    head.trim().strip_suffix(')')?.rsplit_once(" (").map(|(_, key)| key)
}

/// The head of a field: its label, unless another column of its table is known by that.
pub(super) fn of_field(section: &'static Section, at: &'static Field, lang: Lang) -> String {
    let label = at.label.get(lang);
    let is_its_own = special(label).is_none() && field(section, label).is_some_and(|f| f.key == at.key);
    if is_its_own { label.to_owned() } else { with_key(label, at.key) }
}

/// A label that another column has already, told apart by the key.
pub(super) fn with_key(label: &str, key: &str) -> String {
    format!("{label} ({key})")
}

/// Most characters in the name of a sheet.
const LONGEST_SHEET: usize = 31;

/// The name of a section's sheet: its label, without what spreadsheets refuse.
pub fn sheet(section: &'static Section, lang: Lang) -> String {
    let label = if section.key == SCHEMA.card.key { CUSTOMERS } else { section.label };
    let usable = |c: char| if "[]:*?/\\".contains(c) || c.is_control() { ' ' } else { c };
    let name: String = label.get(lang).chars().map(usable).take(LONGEST_SHEET).collect();
    name.trim_matches(['\'', ' ']).to_owned()
}

/// The section that a sheet or a word names: by key, label or name of a sheet in any language.
pub fn section(name: &str) -> Option<&'static Section> {
    let name = folded(name);
    let is = |section: &&'static Section| {
        let labels = section.label.every().chain(section.one.every());
        folded(section.key) == name
            || Lang::ALL.into_iter().any(|lang| folded(&sheet(section, lang)) == name)
            || labels.into_iter().any(|label| folded(label) == name)
    };
    every_section().find(is)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn special_columns_are_known_by_key_and_by_every_label() {
        for (meant, key, labels) in Special::ALL {
            assert_eq!((special(key), meant.key()), (Some(meant), key));
            for label in labels.iter().flat_map(Text::every) {
                assert_eq!(special(label), Some(meant), "{label}");
            }
        }
        assert_eq!(special("Name"), None);
    }

    #[test]
    fn every_field_is_known_by_the_head_that_it_gets() {
        for at in every_section().flat_map(|s| s.fields.iter().map(move |f| (s, f))) {
            let (section, declared) = at;
            let heads = Lang::ALL.map(|lang| of_field(section, declared, lang));
            for head in heads.iter().map(String::as_str).chain([declared.key]) {
                let place = format!("{}.{} as {head}", section.key, declared.key);
                assert_eq!(special(head), None, "{place}");
                assert_eq!(own(head), None, "{place}");
                assert_eq!(field(section, head).map(|f| f.key), Some(declared.key), "{place}");
            }
        }
    }

    #[test]
    fn a_second_column_of_a_label_is_known_by_its_key() {
        let head = with_key("Name", "short_name");
        assert_eq!(field(SCHEMA.card, &head).map(|f| f.key), Some("short_name"));
        assert_eq!(own(&with_key("Phone", "custom.phone 2")), Some((OwnTable::Custom, "phone 2")));
        assert_eq!(own("external.erp.no"), Some((OwnTable::External, "erp.no")));
        assert_eq!(own("custom."), None);
    }

    #[test]
    fn sheets_have_names_that_spreadsheets_take_and_that_are_known_again() {
        for lang in Lang::ALL {
            let mut seen = HashSet::new();
            for section in every_section() {
                let name = sheet(section, lang);
                let length = name.chars().map(char::len_utf16).sum::<usize>();
                assert!((1..=LONGEST_SHEET).contains(&length), "{name}");
                assert!(!name.contains(['[', ']', ':', '*', '?', '/', '\\']), "{name}");
                assert!(name.to_lowercase() != "history" && seen.insert(name.to_lowercase()), "{name}");
                assert_eq!(super::section(&name).map(|s| s.key), Some(section.key), "{name}");
                assert_eq!(super::section(section.key).map(|s| s.key), Some(section.key));
            }
        }
    }
}

//! The sections of a card, one file each. **One declaration** gives the typed struct that rules
//! use and the static description from which everything else follows: reading, paths, key order,
//! the arguments of `crm SECTION add`, columns, CSV heads, JSON keys, SQL tables, completion,
//! `crm fields` and `docs/fields.md`.
//!
//! To add a field: one line. To add a section: one file, and one line in [`SCHEMA`].

mod actions;
mod basics;
mod care;
mod contacts;
mod declare;
mod followups;
mod hands;
mod negotiations;
mod plans;
mod reports;

pub use actions::Action;
pub use basics::{Basics, ContactMode, CustomerKind, Nature, Willingness};
pub use care::{Care, ChangeKind, Development, Occasion, Review, Revision};
pub use contacts::{Channel, ChannelKind, Contact, Role};
pub use followups::{Followup, How, Purpose, Question, Verdict};
pub use hands::{Handover, Reentry};
pub use negotiations::Negotiation;
pub use plans::Plan;
pub use reports::{Report, ReportKind};

use crate::card::path::Path;
use crate::card::read::Schema;
use crate::card::schema::{Described, Field, Section};

/// Every section of a card, in the order in which they are written.
pub static SCHEMA: Schema = Schema {
    card: Basics::SECTION,
    sections: &[
        Contact::SECTION,
        Followup::SECTION,
        Plan::SECTION,
        Action::SECTION,
        Negotiation::SECTION,
        Development::SECTION,
        Care::SECTION,
        Revision::SECTION,
        Review::SECTION,
        Handover::SECTION,
        Reentry::SECTION,
    ],
};

/// The sections of books: what belongs to no single customer, one file per kind in `books/`.
pub static BOOKS: Schema = Schema { card: reports::Book::SECTION, sections: &[Report::SECTION] };

/// The section with this key.
pub fn section(key: &str) -> Option<&'static Section> {
    SCHEMA.sections.iter().find(|s| s.key == key).copied()
}

/// Every section and child section, the card's own top level first.
pub fn every_section() -> impl Iterator<Item = &'static Section> {
    std::iter::once(SCHEMA.card)
        .chain(SCHEMA.sections.iter().flat_map(|s| std::iter::once(*s).chain(s.child)))
}

/// The field at a place of a card: `phone`, `contacts[k3f9q2].title`.
pub fn field_at(path: &str) -> Option<&'static Field> {
    match Path::parse(path, |key| SCHEMA.position(key).is_some()).ok()? {
        Path::Field(key) => SCHEMA.card.field(&key),
        Path::Record { section: key, child, field, .. } => {
            let section = section(&key)?;
            let section = match child {
                Some((key, _)) => section.child.filter(|c| c.key == key)?,
                None => section,
            };
            section.field(&field?)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::card::value::Value;

    #[test]
    fn every_field_is_explained_with_an_example_that_its_kind_takes() {
        let today = chrono::NaiveDate::from_ymd_opt(2026, 3, 11).expect("a day");
        for section in every_section() {
            for field in section.fields {
                let place = format!("{}.{}", section.key, field.key);
                for text in field.label.every().chain(field.help.every()) {
                    assert!(!text.trim().is_empty(), "{place} lacks a text");
                }
                let value = Value::typed(field.kind, field.example, today);
                assert!(value.is_ok(), "{place}: the example is refused: {value:?}");
            }
        }
    }

    #[test]
    fn keys_are_plain_tokens_and_stand_once() {
        for section in every_section() {
            let mut seen = HashSet::from(["id"]);
            for field in section.fields {
                let plain =
                    field.key.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit());
                assert!(plain && seen.insert(field.key), "{}.{}", section.key, field.key);
                if let Some(choices) = field.kind.choices() {
                    let tokens: HashSet<_> = choices.all.iter().map(|c| c.token).collect();
                    assert_eq!(tokens.len(), choices.all.len(), "{}.{}", section.key, field.key);
                }
            }
        }
    }

    #[test]
    fn a_label_names_one_choice_only() {
        for field in every_section().flat_map(|s| s.fields) {
            let Some(choices) = field.kind.choices() else { continue };
            for choice in choices.all {
                for label in choice.label.every().chain(choice.also.iter().copied()).chain([choice.token]) {
                    assert_eq!(choices.meant(label).map(|c| c.token), Some(choice.token), "{label}");
                }
            }
        }
    }
}

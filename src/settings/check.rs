//! `[check]`: what `crm check` wants of a card.

use serde::Deserialize;

use crate::sections::{SCHEMA, section};

/// `[check]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(default)]
pub struct Check {
    /// A card of which fewer per cent of the mandatory fields are filled is a finding.
    pub completeness: u8,
    /// A follow-up that is entered more than so many days after its day is late.
    pub late_days: i64,
    /// What must be on a card.
    pub mandatory: Mandatory,
}

impl Default for Check {
    fn default() -> Self {
        Check { completeness: 80, late_days: 1, mandatory: Mandatory::default() }
    }
}

/// `[check.mandatory]`: fields and sections that a card must have, by kind of card.
/// `a|b` is either of two, `contacts.channels` a record in a record.
#[derive(Clone, Debug, Deserialize)]
#[serde(default)]
pub struct Mandatory {
    /// Of a company; a card that does not say its kind is one.
    pub enterprise: Vec<String>,
    /// Of a person.
    pub person: Vec<String>,
    /// Of whoever is a customer, besides.
    pub customer: Vec<String>,
}

impl Default for Mandatory {
    fn default() -> Self {
        let list = |items: &[&str]| items.iter().map(|&item| item.to_owned()).collect();
        Mandatory {
            enterprise: list(&["name", "owner", "phone|contacts.channels", "address", "contacts"]),
            person: list(&["name", "owner", "phone|contacts.channels", "address"]),
            customer: list(&[
                "payment_attitude",
                "payment_time",
                "payment_method",
                "bank_dealings",
                "finance_holder",
                "dealing_figures",
            ]),
        }
    }
}

impl Check {
    /// The first key whose value cannot be, with the value.
    pub(super) fn fault(&self) -> Option<(&'static str, String)> {
        if self.completeness > 100 {
            return Some(("check.completeness", self.completeness.to_string()));
        }
        if self.late_days < 0 {
            return Some(("check.late_days", self.late_days.to_string()));
        }
        let lists = [
            ("check.mandatory.enterprise", &self.mandatory.enterprise),
            ("check.mandatory.person", &self.mandatory.person),
            ("check.mandatory.customer", &self.mandatory.customer),
        ];
        lists.into_iter().find_map(|(key, items)| {
            let bad = items.iter().find(|item| !item.split('|').all(|path| can_be_filled(path.trim())));
            bad.map(|item| (key, item.clone()))
        })
    }
}

/// Whether a path without ids names something of a card: a field, a section, or what is in one.
fn can_be_filled(path: &str) -> bool {
    match path.split_once('.') {
        None => SCHEMA.card.field(path).is_some() || section(path).is_some(),
        Some((key, inner)) => {
            section(key).is_some_and(|s| s.field(inner).is_some() || s.child.is_some_and(|c| c.key == inner))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_name_what_there_is() {
        assert_eq!(Check::default().fault(), None);
    }

    #[test]
    fn a_mandatory_field_that_there_is_not_is_refused() {
        let text = "[check.mandatory]\nperson = [\"name\", \"phone|telefax\"]";
        assert!(crate::settings::Settings::read(text).is_err());
        let text = "[check.mandatory]\nperson = [\"name\", \"contacts.birthday\"]";
        assert!(crate::settings::Settings::read(text).is_ok());
        assert!(crate::settings::Settings::read("[check]\ncompleteness = 101").is_err());
        assert!(crate::settings::Settings::read("[check]\nlate_days = -1").is_err());
    }
}

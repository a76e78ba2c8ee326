//! How complete a card is: of what its kind must have, how much is there.

use super::reading::plain;
use super::says::{Label, Labels};
use super::{Finding, Look, Mend, Said, Severity};
use crate::card::value::Value;
use crate::i18n::Text;
use crate::sections::{SCHEMA, section};

/// The token of a card about a person.
const PERSON: &str = "person";
/// The stage in which there are dealings.
const CUSTOMER: &str = "customer";

impl Look<'_> {
    /// Fewer of the mandatory fields than the company wants; of a card that was asked for by name, all
    /// that lack.
    pub(super) fn completeness(&mut self) {
        let check = &self.settings.check;
        let is_person = self.card.basics.get(SCHEMA.card, "kind").is_some_and(|k| k.text() == PERSON);
        let of_kind = if is_person { &check.mandatory.person } else { &check.mandatory.enterprise };
        let of_dealings: &[String] =
            if self.filed.stage == CUSTOMER { &check.mandatory.customer } else { &[] };
        let own = self.settings.fields.iter().filter(|(_, field)| field.required);
        let mandatory = of_kind.len() + of_dealings.len() + own.clone().count();
        let lacking: Vec<&String> =
            of_kind.iter().chain(of_dealings).filter(|item| !self.is_filled(item)).collect();
        let mut missing: Vec<Label> = lacking.iter().map(|item| Label::Declared(label(item))).collect();
        let own_lacking = own.filter(|(key, _)| !self.has_own(key));
        missing.extend(own_lacking.map(|(key, field)| Label::Own(key.clone(), Box::new(field.clone()))));
        if missing.is_empty() {
            return;
        }
        let percent = (mandatory - missing.len()) * 100 / mandatory;
        let enough = percent >= usize::from(check.completeness);
        if enough && !self.filed.by_name {
            return;
        }
        let mend = match (lacking.first().map(|item| first_field(item)), missing.first()) {
            (Some(path), _) if SCHEMA.card.field(path).is_some() => {
                Mend::Fill { card: self.name(), path: path.to_owned() }
            }
            (None, Some(Label::Own(key, _))) => {
                Mend::Fill { card: self.name(), path: format!("custom.{key}") }
            }
            _ => Mend::EditCard { card: self.name() },
        };
        let mut finding = Finding::new(Said::Incomplete { percent, missing: Labels(missing) }, mend);
        if enough {
            finding.severity = Severity::Note;
        }
        self.find(finding);
    }

    /// Whether one of the ways to fill in an item is taken.
    fn is_filled(&self, item: &str) -> bool {
        item.split('|').any(|path| self.is_there(path.trim()))
    }

    fn has_own(&self, key: &str) -> bool {
        self.card.custom.iter().any(|(k, value)| k == key && !plain(value).trim().is_empty())
    }

    fn is_there(&self, path: &str) -> bool {
        if let Some(value) = self.card.basics.get(SCHEMA.card, path) {
            return has_content(value);
        }
        let (key, inner) = path.split_once('.').unwrap_or((path, ""));
        let Some(section) = section(key) else { return false };
        self.card.of(&SCHEMA, key).iter().any(|record| {
            let child = section.child.is_some_and(|c| c.key == inner) && !record.children.is_empty();
            inner.is_empty() || child || record.get(section, inner).is_some_and(has_content)
        })
    }
}

fn has_content(value: &Value) -> bool {
    !value.text().trim().is_empty()
}

/// The path of an item that is named first.
fn first_field(item: &str) -> &str {
    item.split('|').next().unwrap_or(item).trim()
}

/// What people call an item.
fn label(item: &str) -> Text {
    let path = first_field(item);
    if let Some(field) = SCHEMA.card.field(path) {
        return field.label;
    }
    let (key, inner) = path.split_once('.').unwrap_or((path, ""));
    let Some(section) = section(key) else { return Text::new("?", "？") };
    let child = section.child.filter(|c| c.key == inner).map(|c| c.label);
    section.field(inner).map(|f| f.label).or(child).unwrap_or(section.label)
}

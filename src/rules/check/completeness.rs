//! How complete a card is: of what its kind must have, how much is there.

use super::says::Label;
use super::{Finding, Look, Mend, Said, Severity};
use crate::card::value::Value;
use crate::i18n::{List, Text};
use crate::rules::filled::{self, Filled};
use crate::sections::{SCHEMA, section};

impl Look<'_> {
    /// Fewer of the mandatory fields than the company wants; of a card that was asked for by name, all
    /// that lack.
    pub(super) fn completeness(&mut self) {
        let kind = self.card.basics.get(SCHEMA.card, "kind").map(Value::text).unwrap_or_default();
        let wanted = filled::wanted(self.settings, &kind, self.filed.stage);
        let filled = Filled::of(self.card);
        let lacking: Vec<&String> = wanted.items.iter().filter(|item| !filled.has(item)).copied().collect();
        let mut missing: Vec<Label> = lacking.iter().map(|item| Label::Declared(label(item))).collect();
        let own_lacking = wanted.own.iter().filter(|(key, _)| !self.has_own(key));
        missing
            .extend(own_lacking.map(|(key, field)| Label::Own((*key).clone(), Box::new((*field).clone()))));
        if missing.is_empty() {
            return;
        }
        let percent = wanted.percent(wanted.items.len() + wanted.own.len() - missing.len());
        let enough = percent >= usize::from(self.settings.check.completeness);
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
        let mut finding = Finding::new(Said::Incomplete { percent, missing: List(missing) }, mend);
        if enough {
            finding.severity = Severity::Note;
        }
        self.find(finding);
    }

    fn has_own(&self, key: &str) -> bool {
        self.card.custom.iter().any(|(k, value)| k == key && filled::has_own_content(value))
    }
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
    let Some(section) = section(key) else { return Text::new("?", "？", "？") };
    let child = section.child.filter(|c| c.key == inner).map(|c| c.label);
    section.field(inner).map(|f| f.label).or(child).unwrap_or(section.label)
}

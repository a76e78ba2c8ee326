//! What reading the card found, and what its values say that cannot be: words that are in no list,
//! references that lead nowhere, people who are not in the team.

use super::spots::{Spot, spots};
use super::{Finding, Fix, Look, Mend, Said};
use crate::card::read::Flaw;
use crate::card::{Field, Kind, Record, Value};
use crate::sections::SCHEMA;

impl Look<'_> {
    /// What reading left out, did not know or had to make up.
    pub(super) fn reading(&mut self) {
        let mut twins = 0;
        for finding in &self.card.findings {
            let field = finding.path.clone();
            let said = Said::Flaw { field, flaw: finding.flaw.clone() };
            let found = match finding.flaw {
                Flaw::TwinId { .. } => {
                    twins += 1;
                    Finding::new(said, Mend::Fixable).fixed_by(Fix::Adopt)
                }
                _ => Finding::new(said, Mend::EditCard { card: self.name() }),
            };
            self.found.push(found.at(Some(finding.at)));
        }
        self.missing_ids(twins);
    }

    /// Ids and number that the text lacks, as after a card was written by hand.
    fn missing_ids(&mut self, twins: usize) {
        let lacking = || spots(self.card).filter(|spot| !spot.record.id_given);
        let count = lacking().count().saturating_sub(twins);
        if count > 0 {
            let at = lacking().next().and_then(|spot| self.place(&spot.table(), None));
            let finding = Finding::new(Said::MissingId { count }, Mend::Fixable).fixed_by(Fix::Adopt);
            self.find(finding.at(at));
        }
        let flawed = self.card.findings.iter().any(|f| f.path == "no");
        if !flawed && self.card.basics.get(SCHEMA.card, "no").is_none() {
            self.find(Finding::new(Said::MissingNumber, Mend::Fixable).fixed_by(Fix::Adopt));
        }
    }

    /// Values that fit their kind and still say nothing, and values of the company's own fields.
    pub(super) fn values(&mut self) {
        let card = self.card;
        for (key, value) in &card.custom {
            let Some(own) = self.settings.fields.get(key) else { continue };
            let Err(fault) = own.typed(&plain(value), self.today) else { continue };
            let field = format!("custom.{key}");
            let mend = Mend::Fill { card: self.name(), path: field.clone() };
            let at = self.place(&["custom".into()], Some(key));
            self.find(Finding::new(Said::BadOwnValue { field, fault }, mend).at(at));
        }
        for spot in spots(card) {
            for (field, value) in spot.section.fields.iter().zip(&spot.record.values) {
                if let Some(value) = value
                    && let Some(finding) = self.value(&spot, field, value)
                {
                    let at = self.place(&spot.table(), Some(field.key));
                    self.find(finding.at(at));
                }
            }
        }
    }

    fn value(&self, spot: &Spot<'_>, field: &Field, value: &Value) -> Option<Finding> {
        let (card, path) = (self.name(), || spot.path(field.key));
        match field.kind {
            Kind::Choice(choices) | Kind::Choices(choices) if choices.open => {
                let tokens: Vec<&str> = match value {
                    Value::Texts(tokens) => tokens.iter().map(String::as_str).collect(),
                    Value::Choice(token) => vec![token],
                    _ => Vec::new(),
                };
                let token = tokens.into_iter().find(|token| choices.get(token).is_none())?;
                let said = Said::UnlistedChoice { field: path(), value: token.to_owned() };
                Some(Finding::new(said, Mend::ChooseListed { card, path: path(), field: field.key.into() }))
            }
            Kind::Reference(section) => {
                let there = |record: &Record| record.id == value.text();
                if self.card.of(&SCHEMA, section).iter().any(there) {
                    return None;
                }
                let (field, id) = (path(), value.text().into_owned());
                let said = Said::BrokenReference { field, section: section.into(), id };
                Some(Finding::new(said, Mend::Unset { card, path: path() }))
            }
            Kind::Member if !self.settings.team.is_empty() => {
                if self.settings.member(&value.text()).is_some() {
                    return None;
                }
                let said = Said::UnknownMember { field: path(), key: value.text().into_owned() };
                Some(Finding::new(said, Mend::NameMember { card, path: path() }))
            }
            _ => None,
        }
    }
}

/// A value of a company's own field as it would be typed.
pub(super) fn plain(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

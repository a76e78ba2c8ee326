//! Every record of a card with the way to it.

use crate::card::edit::Step;
use crate::card::{Card, Record, Section};
use crate::sections::SCHEMA;

/// A record, or the card's own top level.
#[derive(Clone, Copy)]
pub(super) struct Spot<'a> {
    pub section: &'static Section,
    pub record: &'a Record,
    holder: Option<(&'static Section, &'a Record)>,
}

impl Spot<'_> {
    /// The way to its table.
    pub fn table(&self) -> Vec<Step> {
        if self.section.key == SCHEMA.card.key {
            return Vec::new();
        }
        let holder = self.holder.iter().copied();
        let own = std::iter::once((self.section, self.record));
        holder.chain(own).flat_map(|(s, r)| [Step::from(s.key), Step::from(r.position)]).collect()
    }

    /// How a person names a field of it: `contacts[k3f9q2].title`.
    pub fn path(&self, key: &str) -> String {
        if self.section.key == SCHEMA.card.key {
            return key.to_owned();
        }
        let own = format!("{}[{}].{key}", self.section.key, self.record.id);
        match self.holder {
            Some((section, record)) => format!("{}[{}].{own}", section.key, record.id),
            None => own,
        }
    }
}

/// The card's own top level, then every record and what is in it.
pub(super) fn spots(card: &Card) -> impl Iterator<Item = Spot<'_>> {
    let top = Spot { section: SCHEMA.card, record: &card.basics, holder: None };
    std::iter::once(top).chain(records(card))
}

/// Every record and what is in it.
fn records(card: &Card) -> impl Iterator<Item = Spot<'_>> {
    let sections = SCHEMA.sections.iter().copied().zip(&card.sections);
    sections.flat_map(|(section, records)| {
        records.iter().flat_map(move |record| {
            let inner = section.child.into_iter().flat_map(move |child| {
                record.children.iter().map(move |inner| Spot {
                    section: child,
                    record: inner,
                    holder: Some((section, record)),
                })
            });
            std::iter::once(Spot { section, record, holder: None }).chain(inner)
        })
    })
}

/// The records of one section.
pub(super) fn of_section<'a>(
    card: &'a Card,
    section: &'static Section,
) -> impl Iterator<Item = Spot<'a>> + use<'a> {
    let records = card.of(&SCHEMA, section.key);
    records.iter().map(move |record| Spot { section, record, holder: None })
}

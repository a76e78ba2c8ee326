//! What of a card is filled, and what of it a company wants filled. `crm check` and
//! the fact `completeness` count by the same words.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::card::{Card, Value};
use crate::sections::SCHEMA;
use crate::settings::{OwnField, Settings};

/// The token of a card about a person.
const PERSON: &str = "person";
/// The stage in which there are dealings.
const CUSTOMER: &str = "customer";

/// Every path that can be filled, with its place: a field, a section, what is in one.
static PATHS: LazyLock<HashMap<String, usize>> = LazyLock::new(|| {
    let own = SCHEMA.card.fields.iter().map(|field| field.key.to_owned());
    let inner = SCHEMA.sections.iter().flat_map(|section| {
        let fields = section.fields.iter().map(|field| field.key).chain(section.child.map(|c| c.key));
        std::iter::once(section.key.to_owned()).chain(fields.map(|key| format!("{}.{key}", section.key)))
    });
    own.chain(inner).zip(0..).collect()
});

/// Which of everything that can be filled is filled: a bit for each path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled(Vec<u8>);

impl Filled {
    /// What of a card is filled.
    pub fn of(card: &Card) -> Filled {
        let mut bits = Vec::with_capacity(PATHS.len());
        bits.extend((0..SCHEMA.card.fields.len()).map(|at| card.basics.value(at).is_some_and(has_content)));
        for (section, records) in SCHEMA.sections.iter().zip(&card.sections) {
            bits.push(!records.is_empty());
            bits.extend(
                (0..section.fields.len())
                    .map(|at| records.iter().any(|r| r.value(at).is_some_and(has_content))),
            );
            bits.extend(section.child.map(|_| records.iter().any(|r| !r.children.is_empty())));
        }
        Filled(
            bits.chunks(8)
                .map(|byte| byte.iter().rev().fold(0, |all, bit| all << 1 | u8::from(*bit)))
                .collect(),
        )
    }

    /// As the index keeps it.
    pub fn to_text(&self) -> String {
        let digits = self.0.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
        digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
    }

    /// From what the index keeps.
    pub fn from_text(text: &str) -> Filled {
        let digit = |byte: u8| char::from(byte).to_digit(16).unwrap_or(0) as u8;
        Filled(text.as_bytes().chunks_exact(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect())
    }

    /// Whether one of the ways to fill an item is taken: `a|b` is either of two.
    pub fn has(&self, item: &str) -> bool {
        self.has_one_of(&places(item))
    }

    fn has_one_of(&self, places: &[usize]) -> bool {
        places.iter().any(|at| self.0.get(at / 8).is_some_and(|byte| byte >> (at % 8) & 1 == 1))
    }
}

/// The places of the ways to fill an item.
fn places(item: &str) -> Vec<usize> {
    item.split('|').filter_map(|path| PATHS.get(path.trim()).copied()).collect()
}

/// What a company wants filled on a card.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// Items of the declared fields and sections.
    pub items: Vec<&'a String>,
    /// Fields of the company's own.
    pub own: Vec<(&'a String, &'a OwnField)>,
}

/// What is wanted of a card of this kind in this stage, both by token.
pub fn wanted<'a>(settings: &'a Settings, kind: &str, stage: &str) -> Wanted<'a> {
    let mandatory = &settings.check.mandatory;
    let of_kind = if kind == PERSON { &mandatory.person } else { &mandatory.enterprise };
    let of_dealings: &[String] = if stage == CUSTOMER { &mandatory.customer } else { &[] };
    Wanted {
        items: of_kind.iter().chain(of_dealings).collect(),
        own: settings.fields.iter().filter(|(_, field)| field.required).collect(),
    }
}

impl Wanted<'_> {
    /// The per cent that so many filled ones are; whole, rounded down. Nothing wanted is all there.
    pub fn percent(&self, there: usize) -> usize {
        percent(there, self.items.len() + self.own.len())
    }
}

fn percent(there: usize, all: usize) -> usize {
    (there * 100).checked_div(all).unwrap_or(100)
}

/// What a company wants filled on cards of every kind and stage, looked up once: for a question about
/// many cards.
#[derive(Clone, Debug)]
pub struct Wants {
    /// The places of each item: of companies and persons, and of each without and with dealings.
    items: [[Vec<Vec<usize>>; 2]; 2],
    /// The keys of the company's own fields.
    own: Vec<String>,
}

impl Wants {
    /// What the settings want.
    pub fn of(settings: &Settings) -> Wants {
        let places_of = |kind, stage| wanted(settings, kind, stage).items.iter().map(|i| places(i)).collect();
        let of_kind = |kind| [places_of(kind, ""), places_of(kind, CUSTOMER)];
        let own = wanted(settings, "", "").own.iter().map(|(key, _)| (*key).clone()).collect();
        Wants { items: [of_kind(""), of_kind(PERSON)], own }
    }

    /// How much of it a card has, in per cent; `own_filled` has the company's own fields that are
    /// filled, a key a line.
    pub fn percent(&self, kind: &str, stage: &str, filled: &Filled, own_filled: &str) -> usize {
        let items = &self.items[usize::from(kind == PERSON)][usize::from(stage == CUSTOMER)];
        let there = items.iter().filter(|places| filled.has_one_of(places)).count();
        let own = self.own.iter().filter(|key| own_filled.lines().any(|line| line == *key)).count();
        percent(there + own, items.len() + self.own.len())
    }
}

/// Whether a field of the company's own holds anything.
pub fn has_own_content(value: &toml::Value) -> bool {
    match value {
        toml::Value::String(text) => !text.trim().is_empty(),
        toml::Value::Array(items) => items.iter().any(has_own_content),
        _ => true,
    }
}

fn has_content(value: &Value) -> bool {
    !value.text().trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_is_kept_and_read_again() {
        let text = "name = \"A\"\ncity = \" \"\n[[contacts]]\nname = \"B\"\n[[contacts.channels]]\nkind = \"email\"\nvalue = \"b@a.example\"\n";
        let card = crate::card::read::read(text, &SCHEMA).expect("a card");
        let filled = Filled::from_text(&Filled::of(&card).to_text());
        for item in ["name", "contacts", "contacts.name", "contacts.channels", "phone|contacts.channels"] {
            assert!(filled.has(item), "{item}");
        }
        for item in ["city", "phone", "contacts.title", "followups", "plans.date", "nothing"] {
            assert!(!filled.has(item), "{item}");
        }
    }

    #[test]
    fn every_path_has_a_bit_of_its_own() {
        let mut places: Vec<usize> = PATHS.values().copied().collect();
        places.sort_unstable();
        assert!(places.iter().copied().eq(0..places.len()));
    }
}

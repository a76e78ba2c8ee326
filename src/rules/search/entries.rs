//! What of a card is text, and where it stands: one walk, by which cards are folded and hits are
//! shown.

use std::borrow::Cow;

use super::sounds::Named;
use crate::card::read::plain;
use crate::card::schema::Described;
use crate::card::{Card, Field, Kind, Record, Section, Value};
use crate::sections::{Basics, Channel, Contact, SCHEMA};

/// A place in a card.
#[derive(Clone, Copy, Debug)]
pub enum Place<'a> {
    /// A field of the card itself.
    Field(&'static Field),
    /// A field of a record.
    Record(&'static Section, &'a Record, &'static Field),
    /// A field of a record in a record: the holder's section, the holder, the child, its field.
    Child(&'static Section, &'a Record, &'a Record, &'static Field),
    /// A field of the company's own.
    Custom(&'a str),
    /// The key in another program.
    External(&'a str),
    /// The ids and numbers of cards that were merged into this one.
    FormerIds,
    /// The folder.
    Folder,
}

impl Place<'_> {
    /// The place as scripts and `crm get` name it: `contacts[k3f9q2].name`.
    pub fn path(&self) -> String {
        match self {
            Place::Field(field) => field.key.to_owned(),
            Place::Record(section, record, field) => format!("{}[{}].{}", section.key, record.id, field.key),
            Place::Child(section, record, child, field) => {
                let key = section.child.map_or("", |c| c.key);
                format!("{}[{}].{key}[{}].{}", section.key, record.id, child.id, field.key)
            }
            Place::Custom(key) => format!("custom.{key}"),
            Place::External(key) => format!("external.{key}"),
            Place::FormerIds => "former_ids".to_owned(),
            Place::Folder => "folder".to_owned(),
        }
    }
}

/// How much a place says of who the customer is: what is found in the first comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The number and the names.
    Names,
    /// The people.
    People,
    /// Everything else.
    Rest,
}

/// One text of a card.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// Where it stands.
    pub place: Place<'a>,
    /// As the card has it.
    pub text: Cow<'a, str>,
    pub(super) part: Part,
    /// Whether it may be a telephone number.
    pub(super) is_number: bool,
    /// Whose name it is, where Chinese characters in it are found by their sound.
    pub(super) named: Option<Named>,
}

/// Every text of a card, in its order, the folder last.
pub fn each<'a>(card: &'a Card, folder: &'a str, mut take: impl FnMut(Entry<'a>)) {
    for (field, value) in values(Basics::SECTION, &card.basics) {
        let (part, named) = match field.key {
            "no" => (Part::Names, None),
            "name" | "short_name" | "local_name" => (Part::Names, Some(Named::Other)),
            "city" => (Part::Rest, Some(Named::Other)),
            _ => (Part::Rest, None),
        };
        let is_number = field.kind == Kind::Phone;
        take(Entry { place: Place::Field(field), text: value, part, is_number, named });
    }
    for (section, records) in SCHEMA.sections.iter().zip(&card.sections) {
        records.iter().for_each(|record| each_of_record(section, record, &mut take));
    }
    let rest = |place, text, is_number| Entry { place, text, part: Part::Rest, is_number, named: None };
    for (key, value) in card.custom.iter().filter(|(_, value)| !value.is_bool()) {
        take(rest(Place::Custom(key), Cow::Owned(plain(value)), value.is_str()));
    }
    for (key, value) in &card.external {
        take(rest(Place::External(key), Cow::Borrowed(value), true));
    }
    if !card.former_ids.is_empty() {
        take(rest(Place::FormerIds, Cow::Owned(card.former_ids.join(", ")), false));
    }
    take(rest(Place::Folder, Cow::Borrowed(folder), false));
}

fn each_of_record<'a>(section: &'static Section, record: &'a Record, take: &mut impl FnMut(Entry<'a>)) {
    let is_person = section.key == Contact::SECTION.key;
    let part = if is_person { Part::People } else { Part::Rest };
    for (field, text) in values(section, record) {
        let named = (is_person && field.key == "name").then_some(Named::Person);
        let is_number = field.kind == Kind::Phone;
        take(Entry { place: Place::Record(section, record, field), text, part, is_number, named });
    }
    let Some(of_child) = section.child else { return };
    for child in &record.children {
        for (field, text) in values(of_child, child) {
            let is_number = of_child.key == Channel::SECTION.key && field.key == "value";
            let place = Place::Child(section, record, child, field);
            take(Entry { place, text, part, is_number, named: None });
        }
    }
}

/// The fields of a record that hold text. Words of a list, flags, plain numbers, moments and ids are for
/// filters; a word that an open list does not have is the person's own.
fn values<'a>(
    section: &'static Section,
    record: &'a Record,
) -> impl Iterator<Item = (&'static Field, Cow<'a, str>)> {
    section.fields.iter().enumerate().filter_map(move |(at, field)| {
        let value = record.value(at)?;
        let is_text = match (value, field.kind) {
            (Value::Flag(_) | Value::Int(_) | Value::Moment(_), _) | (_, Kind::Reference(_)) => false,
            (Value::Choice(token), Kind::Choice(choices)) => choices.get(token).is_none(),
            (Value::Texts(tokens), Kind::Choices(choices)) => {
                tokens.iter().any(|token| choices.get(token).is_none())
            }
            _ => true,
        };
        is_text.then(|| (field, value.text()))
    })
}

//! From a path to the place in a card that it names.

use super::adopt::table_of;
use crate::card::edit::Step;
use crate::card::near::nearest;
use crate::card::path::Path;
use crate::card::schema::{Field, Section};
use crate::card::{Card, Record};
use crate::error::{Error, Hint, Problem, Result};
use crate::sections::SCHEMA;

/// How many records are shown where none was meant.
const SHOWN: usize = 8;

/// A place in a card that was found.
pub(super) enum Target<'a> {
    /// A field of a table: the card's own, or a record's.
    Field { table: Vec<Step>, section: &'static Section, field: &'static Field, record: &'a Record },
    /// A field of the company's own.
    Custom(String),
    /// A whole record: where its section stands, the section's key and the place in it.
    Record { table: Vec<Step>, section: &'static Section, index: usize },
    /// The child section of a record.
    Children { table: Vec<Step>, child: &'static Section, record: &'a Record },
}

pub(super) fn parse_path(text: &str) -> Result<Path> {
    let is_section = |key: &str| SCHEMA.position(key).is_some();
    Path::parse(text, is_section)
        .map_err(|_| Error::usage(Problem::NotAPath { text: text.into() }).hint(Hint::PathForms))
}

pub(super) fn target<'a>(card: &'a Card, path: &Path) -> Result<Target<'a>> {
    match path {
        Path::Custom(key) => Ok(Target::Custom(key.clone())),
        Path::Field(key) => {
            let field = field_of(SCHEMA.card, key)?;
            Ok(Target::Field { table: Vec::new(), section: SCHEMA.card, field, record: &card.basics })
        }
        Path::Section(key) => Err(Error::usage(Problem::NotAField { path: key.clone() }).hint(Hint::ShowIt)),
        Path::Record { section: key, id, child, field } => {
            let section = crate::sections::section(key).ok_or_else(|| no_section(key))?;
            let record = by_id(card.of(&SCHEMA, key), section, id)?;
            let table = table_of(section, record);
            let Some((child_key, child_id)) = child else {
                return in_record(table, section, record, field.as_deref());
            };
            let child = section.child.filter(|c| c.key == child_key).ok_or_else(|| no_section(child_key))?;
            let inner = by_id(&record.children, child, child_id)?;
            match field {
                None => Ok(Target::Record { table, section: child, index: inner.position }),
                Some(key) => {
                    let mut table = table;
                    table.extend(table_of(child, inner));
                    Ok(Target::Field { table, section: child, field: field_of(child, key)?, record: inner })
                }
            }
        }
    }
}

fn in_record<'a>(
    table: Vec<Step>,
    section: &'static Section,
    record: &'a Record,
    field: Option<&str>,
) -> Result<Target<'a>> {
    match field {
        None => Ok(Target::Record { table: Vec::new(), section, index: record.position }),
        Some(key) => match section.child.filter(|c| c.key == key) {
            Some(child) => Ok(Target::Children { table, child, record }),
            None => Ok(Target::Field { table, section, field: field_of(section, key)?, record }),
        },
    }
}

pub(super) fn no_section(key: &str) -> Error {
    Error::usage(Problem::NoSuchField { key: key.into() }).hint(Hint::SeeFields)
}

/// The record with this id, or with the only one that begins so.
pub(super) fn by_id<'a>(records: &'a [Record], section: &'static Section, id: &str) -> Result<&'a Record> {
    meant(records, id, |record| &record.id).ok_or_else(|| no_such_record(records, section, id))
}

/// The error for an id or name that no single record has, with those that there are.
pub(super) fn no_such_record(records: &[Record], section: &'static Section, id: &str) -> Error {
    let first = section.fields.first().map_or("", |field| field.key);
    let line = |record: &Record| {
        let name = record.get(section, first).map(|value| value.text().into_owned());
        format!("{}  {}", record.id, name.unwrap_or_default())
    };
    let there = records.iter().take(SHOWN).map(line).chain((records.len() > SHOWN).then(|| "…".to_owned()));
    Error::not_found(Problem::NoSuchRecord { section: section.label, id: id.to_owned() }).detail(there)
}

/// Of things with ids, the one with just this id, else the only one whose id begins so. Ids are in
/// lower case, whatever is typed.
pub(super) fn meant<'a, T>(all: &'a [T], typed: &str, id_of: impl Fn(&T) -> &str) -> Option<&'a T> {
    let typed = typed.trim().to_lowercase();
    if let Some(exactly) = all.iter().find(|one| id_of(one).eq_ignore_ascii_case(&typed)) {
        return Some(exactly);
    }
    let mut found = all.iter().filter(|one| !typed.is_empty() && id_of(one).starts_with(&typed));
    found.next().filter(|_| found.next().is_none())
}

/// A field by its key, or by a label in any language.
pub(crate) fn field_of(section: &'static Section, key: &str) -> Result<&'static Field> {
    if let Some(field) = section.field(key) {
        return Ok(field);
    }
    let folded = key.to_lowercase();
    if let Some(field) = section.fields.iter().find(|f| f.label.every().any(|l| l.to_lowercase() == folded)) {
        return Ok(field);
    }
    let error = Error::usage(Problem::NoSuchField { key: key.into() });
    Err(match key {
        "stage" | "country" => error.hint(Hint::Move),
        "id" => Error::refused(Problem::IdIsKept),
        _ => match nearest(key, section.fields.iter().map(|f| f.key)) {
            Some(near) => error.hint(Hint::DidYouMean { near: near.into() }),
            None => error.hint(Hint::SeeFields),
        },
    })
}

//! Records that stand within a customer's row, as in JSON of our own: lists of objects by section.

use serde_json::Value as Json;

use super::Refusal;
use super::fill::{Filling, same};
use super::row::Wanted;
use crate::card::Record;
use crate::card::edit::{Edit, Step};
use crate::card::schema::Section;
use crate::card::value::{Value, join_list};
use crate::error::Result;
use crate::sections::SCHEMA;
use crate::workspace::Workspace;
use crate::workspace::adopt::table_of;
use crate::workspace::compose::NewRecord;
use crate::workspace::create::section_order;

impl Workspace {
    /// The records of a cell that is a JSON list of objects; `None` for any other cell.
    pub(super) fn nested(
        &self,
        section: &'static Section,
        cell: &str,
    ) -> Option<std::result::Result<Vec<NewRecord>, Refusal>> {
        let Json::Array(items) = serde_json::from_str(cell.trim()).ok()? else { return None };
        Some(items.iter().map(|item| self.nested_record(section, item)).collect())
    }

    fn nested_record(
        &self,
        section: &'static Section,
        item: &Json,
    ) -> std::result::Result<NewRecord, Refusal> {
        let mut record = NewRecord::default();
        let Json::Object(entries) = item else {
            return Err(Refusal::NoRecord { section: section.one, text: item.to_string() });
        };
        for (key, value) in entries {
            match (key.as_str(), section.child.filter(|child| child.key == key)) {
                ("id", _) => record.id = value.as_str().map(str::to_owned),
                (_, Some(child)) => {
                    let items = value.as_array().into_iter().flatten();
                    record.children =
                        items.map(|item| self.nested_record(child, item)).collect::<Result<_, _>>()?;
                }
                _ => {
                    // A key that nobody declares is no field here.
                    let Some(field) = section.field(key) else { continue };
                    if let Some(text) = text_of(value).filter(|text| !self.is_absent(text)) {
                        record.values.push((field.key, self.cell_value(section, field.key, key, &text)?));
                    }
                }
            }
        }
        match record.lacks(section) {
            Some(key) => Err(Refusal::Lacks { field: section.field(key).map_or(section.one, |f| f.label) }),
            None => Ok(record),
        }
    }
}

/// A JSON value as a cell says it.
fn text_of(value: &Json) -> Option<String> {
    match value {
        Json::Null => None,
        Json::String(text) => Some(text.clone()),
        Json::Array(items) => {
            let texts: Vec<String> = items.iter().filter_map(text_of).collect();
            Some(join_list(&texts))
        }
        other => Some(other.to_string()),
    }
}

/// Puts the records of a row into a card: those that are there get what they lack.
pub(super) fn fill(filling: &mut Filling<'_>, wanted: &Wanted) -> Result<()> {
    let card = &filling.open.card;
    let mut taken: Vec<String> = card.record_ids().map(str::to_owned).collect();
    for (section, records) in &wanted.records {
        put(filling, section, card.of(&SCHEMA, section.key), records, &[], &mut taken)?;
    }
    Ok(())
}

fn put(
    filling: &mut Filling<'_>,
    section: &'static Section,
    there: &[Record],
    records: &[NewRecord],
    table: &[Step],
    taken: &mut Vec<String>,
) -> Result<()> {
    for record in records {
        let Some(known) = there.iter().find(|known| is_it(section, known, record)) else {
            let (_, entries) = record.entries(section, taken)?;
            let order = if table.is_empty() { section_order() } else { vec![section.key.to_owned()] };
            filling.edits.push(Edit::AddRecord {
                table: table.to_vec(),
                section: section.key.to_owned(),
                record: entries,
                section_order: order,
            });
            continue;
        };
        let mut inner = table.to_vec();
        inner.extend(table_of(section, known));
        for (key, value) in &record.values {
            filling.value(section, known, inner.clone(), key, value);
        }
        if let Some(child) = section.child {
            put(filling, child, &known.children, &record.children, &inner, taken)?;
        }
    }
    Ok(())
}

/// Whether a record of a card is the one that a row says: by its id, else by all that the row says.
fn is_it(section: &Section, known: &Record, record: &NewRecord) -> bool {
    match &record.id {
        Some(id) => known.id.eq_ignore_ascii_case(id),
        None => says(section, known, &record.values),
    }
}

/// Whether a record has all these values.
pub(super) fn says(section: &Section, known: &Record, values: &[(&'static str, Value)]) -> bool {
    values.iter().all(|(key, value)| known.get(section, key).is_some_and(|old| same(old, value)))
}

//! A row of a known customer: empty fields are filled, differing ones listed, and changed only
//! when that was asked for.

use super::{ImportOptions, Imported, Wanted, channel, channels_of, contact_of, new_contact};
use crate::card::edit::{Edit, Step};
use crate::card::read::plain;
use crate::card::schema::{Described, Section};
use crate::card::value::Value;
use crate::card::{Kind, Record};
use crate::error::Result;
use crate::sections::{Channel, Contact, SCHEMA};
use crate::workspace::adopt::table_of;
use crate::workspace::change::set;
use crate::workspace::{OpenCard, Transaction};

/// A value that differs from the card's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The line of the sheet.
    pub line: u64,
    /// The customer's number.
    pub no: String,
    /// The path in the card.
    pub path: String,
    /// What the card has.
    pub card: String,
    /// What the sheet has.
    pub sheet: String,
}

/// What one row changes about a card.
struct Filling<'a> {
    open: &'a OpenCard,
    line: u64,
    overwrite: bool,
    edits: Vec<Edit>,
    differing: Vec<Difference>,
}

impl Transaction<'_> {
    pub(super) fn fill_in(
        &mut self,
        open: &OpenCard,
        wanted: &Wanted,
        line: u64,
        options: &ImportOptions,
        done: &mut Imported,
    ) -> Result<()> {
        let mut filling =
            Filling { open, line, overwrite: options.overwrite, edits: Vec::new(), differing: Vec::new() };
        for (key, value) in wanted.basics.iter().filter(|(key, _)| *key != "no" && *key != "name") {
            filling.value(SCHEMA.card, &open.card.basics, Vec::new(), key, value);
        }
        filling.custom(wanted);
        match contact_of(open, wanted) {
            Some(contact) => self.fill_contact(&mut filling, contact, wanted)?,
            None => {
                if let Some(record) = new_contact(wanted) {
                    let is_first = open.card.of(&SCHEMA, Contact::SECTION.key).is_empty();
                    let mut record = record;
                    record.values.retain(|(key, _)| is_first || *key != "main");
                    let (_, edit) = self.workspace.add_record_edit(&open.card, Contact::SECTION, &record)?;
                    filling.edits.push(edit);
                }
            }
        }
        let Filling { edits, differing, .. } = filling;
        let name = wanted.name().unwrap_or_default();
        if edits.is_empty() && differing.is_empty() {
            done.same += 1;
        } else if !edits.is_empty() {
            self.edit(open, &edits)?;
            done.filled.push((line, name));
        }
        done.differing.extend(differing);
        Ok(())
    }

    fn fill_contact(&self, filling: &mut Filling<'_>, contact: &Record, wanted: &Wanted) -> Result<()> {
        let table = table_of(Contact::SECTION, contact);
        for (key, value) in wanted.contact.iter().filter(|(key, _)| *key != "name") {
            filling.value(Contact::SECTION, contact, table.clone(), key, value);
        }
        for (kind, value) in &wanted.channels {
            let of_kind: Vec<_> = channels_of(contact).filter(|(_, k, _)| k == kind).collect();
            if of_kind.iter().any(|(_, _, v)| v == value) {
                continue;
            }
            match of_kind.first() {
                Some((record, _, _)) => {
                    let mut table = table.clone();
                    table.extend(table_of(Channel::SECTION, record));
                    filling.value(Channel::SECTION, record, table, "value", &Value::Text(value.clone()));
                }
                None => {
                    let mut taken = filling.open.card.record_ids().map(str::to_owned).collect();
                    let (_, record) = channel(kind, value).entries(Channel::SECTION, &mut taken)?;
                    filling.edits.push(Edit::AddRecord {
                        table: table.clone(),
                        section: Channel::SECTION.key.to_owned(),
                        record,
                        section_order: vec![Channel::SECTION.key.to_owned()],
                    });
                }
            }
        }
        Ok(())
    }
}

impl Filling<'_> {
    fn value(
        &mut self,
        section: &'static Section,
        record: &Record,
        table: Vec<Step>,
        key: &str,
        value: &Value,
    ) {
        let old = record.get(section, key);
        match old {
            Some(old) if same(old, value) => return,
            Some(old) => {
                let path = match section.field(key).map(|f| f.kind) {
                    Some(Kind::Choice(_)) | None => key.to_owned(),
                    Some(_) if section.key == SCHEMA.card.key => key.to_owned(),
                    Some(_) => format!("{}[{}].{key}", section.key, record.id),
                };
                self.differs(path, old.text().into_owned(), value.text().into_owned());
            }
            None => {}
        }
        if old.is_none() || self.overwrite {
            self.edits.push(set(table, section, key, value));
        }
    }

    fn custom(&mut self, wanted: &Wanted) {
        for (key, value) in &wanted.custom {
            let old = self.open.card.custom.iter().find(|(k, _)| k == key).map(|(_, v)| plain(v));
            if old.as_ref() == Some(value) {
                continue;
            }
            if old.is_none() || self.overwrite {
                self.edits.push(Edit::Set {
                    table: vec!["custom".into()],
                    key: key.clone(),
                    value: toml::Value::String(value.clone()),
                    order: Vec::new(),
                });
            }
            if let Some(old) = old {
                self.differs(format!("custom.{key}"), old, value.clone());
            }
        }
    }

    fn differs(&mut self, path: String, card: String, sheet: String) {
        let no = self.open.known.no.clone().unwrap_or_default();
        self.differing.push(Difference { line: self.line, no, path, card, sheet });
    }
}

/// Lists are sets: order and repetition do not count.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Texts(a), Value::Texts(b)) => {
            a.iter().all(|x| b.contains(x)) && b.iter().all(|x| a.contains(x))
        }
        _ => a == b,
    }
}

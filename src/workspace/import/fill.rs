//! A row of a known customer: empty fields are filled, differing ones listed, and changed only
//! when that was asked for.

use super::row::{Wanted, channel, channels_of, followup};
use super::{ImportOptions, Imported};
use crate::card::edit::{Edit, Step};
use crate::card::read::plain;
use crate::card::schema::{Described, Section};
use crate::card::value::{Value, join_list};
use crate::card::{Kind, Record};
use crate::error::Result;
use crate::exchange::dated_log::LogEntry;
use crate::sections::{Channel, Contact, Followup, SCHEMA};
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
pub(super) struct Filling<'a> {
    pub(super) open: &'a OpenCard,
    pub(super) line: u64,
    pub(super) overwrite: bool,
    pub(super) edits: Vec<Edit>,
    pub(super) differing: Vec<Difference>,
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
        filling.keyed("custom", &wanted.custom);
        filling.keyed("external", &wanted.external);
        match wanted.contact_of(open) {
            Some(contact) => self.fill_contact(&mut filling, contact, wanted)?,
            None => {
                if let Some(record) = wanted.new_contact() {
                    let is_first = open.card.of(&SCHEMA, Contact::SECTION.key).is_empty();
                    let mut record = record;
                    record.values.retain(|(key, _)| is_first || *key != "main");
                    let (_, edit) = self.workspace.add_record_edit(&open.card, Contact::SECTION, &record)?;
                    filling.edits.push(edit);
                }
            }
        }
        super::nested::fill(&mut filling, wanted)?;
        filling.former_ids(&wanted.former_ids);
        for entry in wanted.log.iter().filter(|entry| !has_entry(open, entry)) {
            let (_, edit) =
                self.workspace.add_record_edit(&open.card, Followup::SECTION, &followup(entry))?;
            filling.edits.push(edit);
        }
        let Filling { edits, differing, .. } = filling;
        let name = wanted.name().or_else(|| open.known.name.clone()).unwrap_or_default();
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
    pub(super) fn value(
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

    /// Values under keys of their own: the company's fields, and the keys of other programs.
    fn keyed(&mut self, table: &str, wanted: &[(String, String)]) {
        for (key, value) in wanted {
            let card = &self.open.card;
            let old = match table {
                "external" => card.external.iter().find(|(k, _)| k == key).map(|(_, v)| v.clone()),
                _ => card.custom.iter().find(|(k, _)| k == key).map(|(_, v)| plain(v)),
            };
            let listed = card.custom.iter().find(|(k, _)| k == key).and_then(|(_, v)| list_of(v));
            if old.as_ref() == Some(value) || listed.as_ref() == Some(value) {
                continue;
            }
            if old.is_none() || self.overwrite {
                self.edits.push(Edit::Set {
                    table: vec![table.into()],
                    key: key.clone(),
                    value: toml::Value::String(value.clone()),
                    order: Vec::new(),
                });
            }
            if let Some(old) = old {
                self.differs(format!("{table}.{key}"), old, value.clone());
            }
        }
    }

    /// Ids of cards that were merged into this one: a set that only grows.
    fn former_ids(&mut self, wanted: &[String]) {
        let mut ids = self.open.card.former_ids.clone();
        ids.extend(wanted.iter().filter(|id| !self.open.card.former_ids.contains(id)).cloned());
        if ids.len() > self.open.card.former_ids.len() {
            let value = Value::Texts(ids);
            self.edits.push(set(Vec::new(), SCHEMA.card, "former_ids", &value));
        }
    }

    fn differs(&mut self, path: String, card: String, sheet: String) {
        let no = self.open.known.no.clone().unwrap_or_default();
        self.differing.push(Difference { line: self.line, no, path, card, sheet });
    }
}

/// A list of the company's own as a sheet says it.
fn list_of(value: &toml::Value) -> Option<String> {
    let items: Vec<String> = value.as_array()?.iter().map(plain).collect();
    Some(join_list(&items))
}

/// Whether a card has an entry of a log already.
fn has_entry(open: &OpenCard, entry: &LogEntry) -> bool {
    let section = Followup::SECTION;
    let is = |record: &Record, key: &str, value: &Value| record.get(section, key) == Some(value);
    let (day, text) = (Value::Date(entry.day), Value::Text(entry.text.clone()));
    open.card.of(&SCHEMA, section.key).iter().any(|r| is(r, "date", &day) && is(r, "topic", &text))
}

/// Lists are sets: order and repetition do not count.
pub(super) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Texts(a), Value::Texts(b)) => {
            a.iter().all(|x| b.contains(x)) && b.iter().all(|x| a.contains(x))
        }
        _ => a == b,
    }
}

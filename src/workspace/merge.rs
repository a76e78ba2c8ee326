//! `crm merge CARD --into CARD`: two cards of one customer become one. Records are united, empty fields
//! filled, papers moved along; what differs stays as the second card has it, and is said. The id and
//! the number of the first are kept in `former_ids`, so that it is still found by them.

use std::collections::{HashMap, HashSet};

use toml::{Table, Value};

use super::adopt::table_of;
use super::compose::no_random;
use super::create::section_order;
use super::{OpenCard, Transaction};
use crate::archive::{CARD, names};
use crate::card::edit::{Edit, Step};
use crate::card::read::plain;
use crate::card::schema::{Described, Kind, Section};
use crate::card::{Record, id};
use crate::error::{Error, Problem, Result};
use crate::index::ask::{fold_name, split_number};
use crate::sections::{Contact, SCHEMA};

/// The key that holds the ids and numbers of cards that were merged into one.
const FORMER_IDS: &str = "former_ids";
/// The moment at which a follow-up was typed.
const ENTERED: &str = "entered_at";
/// Fields that are no fact about the customer but about the card.
const OF_THE_CARD: [&str; 3] = ["id", "no", FORMER_IDS];

/// A value in which two cards of one customer differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differing {
    /// The path in the card.
    pub path: String,
    /// What stays.
    pub kept: String,
    /// What the other card had.
    pub other: String,
}

/// The work on the card that stays.
struct Union<'a> {
    into: &'a OpenCard,
    /// What each record of the other card is called in this one.
    ids: HashMap<String, String>,
    taken: HashSet<String>,
    edits: Vec<Edit>,
    differing: Vec<Differing>,
}

impl Transaction<'_> {
    /// Unites `other` with `into`, which stays; the values in which they differ.
    ///
    /// # Errors
    /// When both are one card, or a card cannot be edited.
    pub fn merge(&mut self, other: &OpenCard, into: &OpenCard) -> Result<Vec<Differing>> {
        if other.place.folder == into.place.folder {
            return Err(Error::usage(Problem::SameCard { no: into.known.no.clone().unwrap_or_default() }));
        }
        let unreadable = |e: toml::de::Error| {
            super::unreadable(
                &other.place.card(),
                &other.text,
                &crate::card::Unreadable {
                    message: e.message().to_owned(),
                    at: e.span().map_or(0, |span| span.start),
                },
            )
        };
        let text: Table = toml::from_str(&other.text).map_err(unreadable)?;
        let taken = into.card.record_ids().map(str::to_owned).collect();
        let mut union = Union { into, ids: HashMap::new(), taken, edits: Vec::new(), differing: Vec::new() };
        union.match_records(other)?;
        union.values(&text);
        for section in SCHEMA.sections {
            union.records(section, other, &text)?;
        }
        union.former_ids(other);
        let Union { edits, differing, .. } = union;
        self.edit(into, &edits)?;
        self.take_papers(other, into)?;
        if let Some((series, running)) = other.known.no.as_deref().and_then(split_number) {
            self.retire(&series, running)?;
        }
        self.touch(&other.card.basics.id);
        Ok(differing)
    }

    /// The other folder goes; the papers in it come into a folder of their own beside the card.
    fn take_papers(&mut self, other: &OpenCard, into: &OpenCard) -> Result<()> {
        let from = other.place.folder.clone();
        if !self.workspace.has_papers(&from)? {
            self.changes.removed.push(other.place.card());
            return Ok(());
        }
        let taken = self.workspace.entries_of(&into.place.folder)?;
        let company = other.place.company().to_owned();
        let is_free = |name: &str| !taken.iter().any(|t| names::fold(t) == names::fold(name));
        let no = other.known.no.as_deref().unwrap_or(&other.known.id);
        let name = if is_free(&company) { company } else { names::with_number(&company, &from, no) };
        let to = format!("{}/{name}", into.place.folder);
        self.changes.removed.push(format!("{to}/{CARD}"));
        self.changes.renames.push((from, to));
        Ok(())
    }
}

impl super::Workspace {
    /// Whether anything but the card stands in a folder.
    fn has_papers(&self, folder: &str) -> Result<bool> {
        Ok(self.entries_of(folder)?.iter().any(|name| name != CARD))
    }

    fn entries_of(&self, folder: &str) -> Result<Vec<String>> {
        let path = self.root.join(folder);
        let entries = std::fs::read_dir(&path).map_err(|e| Error::file(&path, e))?;
        let name = |entry: std::fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
        entries.map(|entry| entry.map(name).map_err(|e| Error::file(&path, e))).collect()
    }
}

impl Union<'_> {
    /// Which record of the other card is one of this card already, and new ids where two records that
    /// are not the same have one.
    fn match_records(&mut self, other: &OpenCard) -> Result<()> {
        for (section, records) in SCHEMA.sections.iter().zip(&other.card.sections) {
            let here = self.into.card.of(&SCHEMA, section.key);
            for record in records {
                let same = here.iter().find(|r| is_same(section, r, record));
                self.name(record, same)?;
                for child in &record.children {
                    let twin = same.and_then(|s| s.children.iter().find(|c| c.values == child.values));
                    self.name(child, twin)?;
                }
            }
        }
        Ok(())
    }

    fn name(&mut self, record: &Record, same: Option<&Record>) -> Result<()> {
        let own = match same {
            Some(same) => same.id.clone(),
            None if self.taken.contains(&record.id) => {
                id::random_record(|id| self.taken.contains(id)).map_err(no_random)?
            }
            None => record.id.clone(),
        };
        self.taken.insert(own.clone());
        self.ids.insert(record.id.clone(), own);
        Ok(())
    }

    /// The card's own values, and the tables that no section declares.
    fn values(&mut self, text: &Table) {
        let here: Table = toml::from_str(&self.into.text).unwrap_or_default();
        for (key, value) in text.iter().filter(|(key, _)| !OF_THE_CARD.contains(&key.as_str())) {
            match (value, here.get(key)) {
                _ if SCHEMA.position(key).is_some() => {}
                (Value::Table(table), there) => {
                    let there = there.and_then(Value::as_table).cloned().unwrap_or_default();
                    for (inner, value) in table {
                        self.value(vec![key.as_str().into()], inner, value, there.get(inner), Vec::new());
                    }
                }
                (value, there) => self.value(Vec::new(), key, value, there, SCHEMA.card.key_order()),
            }
        }
    }

    fn value(
        &mut self,
        table: Vec<Step>,
        key: &str,
        value: &Value,
        there: Option<&Value>,
        order: Vec<String>,
    ) {
        let new = match (there, value) {
            (None, value) => value.clone(),
            (Some(Value::Array(here)), Value::Array(more)) => {
                let mut all = here.clone();
                all.extend(more.iter().filter(|item| !here.contains(item)).cloned());
                Value::Array(all)
            }
            (Some(here), value) => {
                if here != value {
                    let steps = table.iter().filter_map(|step| match step {
                        Step::Key(key) => Some(format!("{key}.")),
                        Step::Index(_) => None,
                    });
                    let path = steps.collect::<String>() + key;
                    self.differing.push(Differing { path, kept: plain(here), other: plain(value) });
                }
                return;
            }
        };
        if there != Some(&new) {
            self.edits.push(Edit::Set { table, key: key.to_owned(), value: new, order });
        }
    }

    /// The records of a section: those that are here already get what they lack, the others are added.
    fn records(&mut self, section: &'static Section, other: &OpenCard, text: &Table) -> Result<()> {
        let here = self.into.card.of(&SCHEMA, section.key);
        let tables = text.get(section.key).and_then(Value::as_array);
        for record in other.card.of(&SCHEMA, section.key) {
            let Some(table) = tables.and_then(|t| t.get(record.position)).and_then(Value::as_table) else {
                continue;
            };
            match here.iter().find(|r| is_same(section, r, record)) {
                Some(same) => self.fill(section, same, record, table),
                None => {
                    let record = self.entries(section, record, table);
                    let (section, section_order) = (section.key.to_owned(), section_order());
                    self.edits.push(Edit::AddRecord { table: Vec::new(), section, record, section_order });
                }
            }
        }
        Ok(())
    }

    fn fill(&mut self, section: &'static Section, same: &Record, record: &Record, text: &Table) {
        let place = table_of(section, same);
        for (at, field) in section.fields.iter().enumerate() {
            let (Some(value), Some(raw)) = (record.value(at), text.get(field.key)) else { continue };
            match same.value(at) {
                None if field.key != "main" => {
                    let value = self.referred(section, field.key, raw);
                    let (table, key) = (place.clone(), field.key.to_owned());
                    self.edits.push(Edit::Set { table, key, value, order: section.key_order() });
                }
                Some(kept) if kept != value && !matches!(field.kind, Kind::Flag) && field.key != ENTERED => {
                    let path = format!("{}[{}].{}", section.key, same.id, field.key);
                    let (kept, other) = (kept.text().into_owned(), value.text().into_owned());
                    self.differing.push(Differing { path, kept, other });
                }
                _ => {}
            }
        }
        let Some(child) = section.child else { return };
        let tables = text.get(child.key).and_then(Value::as_array);
        for inner in record.children.iter().filter(|c| !same.children.iter().any(|s| s.values == c.values)) {
            if let Some(table) = tables.and_then(|t| t.get(inner.position)).and_then(Value::as_table) {
                let record = self.entries(child, inner, table);
                let (section, section_order) = (child.key.to_owned(), vec![child.key.to_owned()]);
                self.edits.push(Edit::AddRecord { table: place.clone(), section, record, section_order });
            }
        }
    }

    /// A record of the other card as it comes into this one: with keys that nobody declares, its id,
    /// and references to what the records are called here.
    fn entries(&self, section: &'static Section, record: &Record, text: &Table) -> Vec<(String, Value)> {
        let own = self.ids.get(&record.id).unwrap_or(&record.id).clone();
        let has_main =
            self.into.card.of(&SCHEMA, Contact::SECTION.key).iter().any(|r| {
                r.get(Contact::SECTION, "main").is_some_and(|v| *v == crate::card::Value::Flag(true))
            });
        let is_second_main = |key: &str| key == "main" && section.key == Contact::SECTION.key && has_main;
        let mut entries = vec![("id".to_owned(), Value::String(own))];
        for (key, value) in text.iter().filter(|(key, _)| *key != "id" && !is_second_main(key)) {
            let value = match section.child.filter(|child| child.key == key) {
                None => self.referred(section, key, value),
                Some(child) => {
                    let children = record.children.iter().filter_map(|inner| {
                        let table = value.as_array()?.get(inner.position)?.as_table()?;
                        Some(Value::Table(self.entries(child, inner, table).into_iter().collect()))
                    });
                    Value::Array(children.collect())
                }
            };
            entries.push((key.clone(), value));
        }
        entries
    }

    /// A reference as it is called here; any other value as it is.
    fn referred(&self, section: &Section, key: &str, value: &Value) -> Value {
        let is_reference = section.field(key).is_some_and(|f| matches!(f.kind, Kind::Reference(_)));
        match value.as_str().filter(|_| is_reference).and_then(|id| self.ids.get(id)) {
            Some(id) => Value::String(id.clone()),
            None => value.clone(),
        }
    }

    fn former_ids(&mut self, other: &OpenCard) {
        let mut ids = self.into.card.former_ids.clone();
        let own = [Some(other.card.basics.id.clone()), other.known.no.clone()];
        let more = own.into_iter().flatten().chain(other.card.former_ids.clone());
        ids.extend(more.filter(|id| !self.into.card.former_ids.contains(id)));
        let value = Value::Array(ids.into_iter().map(Value::String).collect());
        let (table, key) = (Vec::new(), FORMER_IDS.to_owned());
        self.edits.push(Edit::Set { table, key, value, order: SCHEMA.card.key_order() });
    }
}

/// Whether two records of two cards are one: a person of one name, else all that they say.
fn is_same(section: &Section, a: &Record, b: &Record) -> bool {
    if section.key == Contact::SECTION.key {
        let name = |r: &Record| r.get(section, "name").map(|n| fold_name(&n.text()));
        return name(a).is_some() && name(a) == name(b);
    }
    let says = |r: &Record| -> Vec<Option<crate::card::Value>> {
        // What a record is called elsewhere, and when it was typed, is no part of what it says.
        let is_aside = |at: usize| {
            let field = &section.fields[at];
            matches!(field.kind, Kind::Reference(_)) || field.key == ENTERED
        };
        (0..section.fields.len()).filter(|at| !is_aside(*at)).map(|at| r.value(at).cloned()).collect()
    };
    says(a) == says(b)
}

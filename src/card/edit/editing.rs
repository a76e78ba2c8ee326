//! Applies edits one by one, on the text and on the values alike.
//!
//! Setting a table or an array goes down to what differs, so that comments and the writing of equal
//! parts stay.

use std::collections::HashSet;

use toml::de::DeTable;
use toml::{Table, Value};

use super::blocks::{self, Record, is_records};
use super::entries::{self, Entry};
use super::error::path_text;
use super::layout::Layout;
use super::lines::{Cut, end_as, splice};
use super::model::Model;
use super::place::Place;
use super::{Edit, EditError, Step};

/// A document on its way through the edits.
pub(super) struct Editing<'s> {
    source: &'s str,
    /// The new text, once there is one.
    text: Option<String>,
    model: Model<'s>,
}

impl<'s> Editing<'s> {
    pub(super) fn new(source: &'s str, document: &'s DeTable<'s>) -> Self {
        Self { source, text: None, model: Model::document(document) }
    }

    /// The new text, when it holds what it shall.
    pub(super) fn finish(self) -> Result<String, EditError> {
        let Some(text) = self.text else {
            return Ok(self.source.to_owned());
        };
        let difference = match DeTable::parse(&text) {
            Ok(parsed) => self.model.difference(parsed.get_ref()),
            Err(_) => Some(String::new()),
        };
        match difference {
            Some(path) => Err(EditError::Mismatch { path }),
            None => Ok(text),
        }
    }

    /// Applies `edits` in turn.
    pub(super) fn apply(&mut self, mut edits: &[Edit]) -> Result<(), EditError> {
        while let Some(first) = edits.first() {
            let done = match edits {
                [Edit::Set { table, .. }, Edit::Set { table: next, .. }, ..] if table != next => {
                    self.set_apart(edits)?
                }
                _ => 0,
            };
            if done == 0 {
                self.apply_one(first)?;
            }
            edits = &edits[done.max(1)..];
        }
        Ok(())
    }

    /// Writes new keys with scalars into tables that have a header each, as far as `edits` does
    /// that and goes to another table each time, and returns how many edits these were.
    ///
    /// Their cuts cannot meet, so that one layout does for all of them. Without this, giving each
    /// record of a large document a key would read the document once for each record.
    fn set_apart(&mut self, edits: &[Edit]) -> Result<usize, EditError> {
        let layout = Layout::read(self.text.as_deref().unwrap_or(self.source));
        let mut scopes = HashSet::new();
        let mut cuts = Vec::new();
        let mut done = 0;
        for edit in edits {
            let Edit::Set { table, key, value, order } = edit else { break };
            let entry = Entry { key, value, order };
            let Some(scope) = layout.scopes.iter().position(|scope| scope.is_at(table)) else { break };
            if value.is_table() || value.is_array() || !scopes.insert(scope) {
                break;
            }
            let old = self.model.at(&join(table, Step::from(entry.key)));
            match old.map(|old| old.holds(value)) {
                Some(true) => {}
                Some(false) => break,
                None => {
                    self.model.table_at(table)?.insert(key.clone().into(), Model::new(value));
                    cuts.extend(entries::insert(&layout, table, &entry));
                }
            }
            done += 1;
        }
        if !cuts.is_empty() {
            self.cut(cuts);
        }
        Ok(done)
    }

    fn apply_one(&mut self, edit: &Edit) -> Result<(), EditError> {
        match edit {
            Edit::Set { table, key, value, order } => self.set(table, &Entry { key, value, order }),
            Edit::Unset { table, key } => self.unset(table, key),
            Edit::AddRecord { table, section, record, section_order } => {
                let record = Record { section, entries: record, order: section_order, text: None };
                self.add_record(table, &record)
            }
            Edit::CopyRecord { table, section, text, section_order } => {
                let entries = copied(text, table, section)?;
                let text = Some(text.as_str());
                self.add_record(table, &Record { section, entries: &entries, order: section_order, text })
            }
            Edit::RemoveRecord { table, section, index } => self.remove_element(table, section, *index),
            Edit::AddElement { table, key, value } => self.add_element(table, key, value),
            Edit::RemoveElement { table, key, index } => self.remove_element(table, key, *index),
        }
    }

    fn layout(&self) -> Layout<'_> {
        Layout::read(self.text.as_deref().unwrap_or(self.source))
    }

    fn cut(&mut self, cuts: Vec<Cut>) {
        let text = self.text.as_deref().unwrap_or(self.source);
        let mut new = splice(text, cuts);
        end_as(text, &mut new);
        self.text = Some(new);
    }

    fn set(&mut self, table: &[Step], entry: &Entry<'_>) -> Result<(), EditError> {
        let path = join(table, Step::from(entry.key));
        let Some(old) = self.model.at(&path) else {
            return self.insert(table, entry);
        };
        if old.holds(entry.value) {
            return Ok(());
        }
        match (old, entry.value) {
            (Model::Table(_), Value::Table(new)) if !new.is_empty() => self.set_entries(&path, new),
            (Model::Array(_), Value::Array(new)) if !new.is_empty() => self.set_elements(table, entry, new),
            _ => self.replace(table, entry),
        }
    }

    /// Turns the table at `path` into `new`, which has entries.
    fn set_entries(&mut self, path: &[Step], new: &Table) -> Result<(), EditError> {
        let entries = self.model.table_at(path)?.keys();
        let gone = entries.filter(|key| !new.contains_key(&***key));
        let gone: Vec<String> = gone.map(|key| key.to_string()).collect();
        let order: Vec<String> = new.keys().cloned().collect();
        for (key, value) in new {
            let order = &order;
            self.set(path, &Entry { key, value, order })?;
        }
        // The old entries go last: without any entry, a table may go with its last one.
        gone.iter().try_for_each(|key| self.unset(path, key))
    }

    /// Turns an array into `new`, which has elements: some are taken out or some appended where
    /// that is all, tables are changed in place, and anything else is written anew.
    fn set_elements(&mut self, table: &[Step], entry: &Entry<'_>, new: &[Value]) -> Result<(), EditError> {
        let path = join(table, Step::from(entry.key));
        let old = self.model.array_at(&path)?;
        let mut gone = surplus(old, new);
        let kept = old.len() - gone.len();
        if !gone.is_empty() && kept < new.len() {
            if !old.iter().all(Model::is_table) || !is_records(entry.value) {
                return self.replace(table, entry);
            }
            gone = (new.len()..old.len()).collect();
            let common = old.len().min(new.len());
            for (index, value) in new[..common].iter().enumerate() {
                self.set_record(&path, index, value)?;
            }
        }
        for index in gone.into_iter().rev() {
            self.remove(&join(&path, Step::Index(index)))?;
        }
        let there = self.model.array_at(&path)?.len();
        let mut added = new.iter().skip(there);
        added.try_for_each(|value| self.add_element(table, entry.key, value))
    }

    /// Turns the record `index` of the array at `path` into the table `new`.
    fn set_record(&mut self, path: &[Step], index: usize, new: &Value) -> Result<(), EditError> {
        let record = join(path, Step::Index(index));
        match new {
            Value::Table(new) => self.set_entries(&record, new),
            _ => Err(EditError::NotATable(path_text(&record))),
        }
    }

    /// Writes an entry that is not there.
    fn insert(&mut self, table: &[Step], entry: &Entry<'_>) -> Result<(), EditError> {
        if let Value::Array(records) = entry.value
            && is_records(entry.value)
            && matches!(self.layout().locate_nearest(table), (_, Place::Statements))
        {
            let mut records = records.iter().filter_map(Value::as_table);
            return records.try_for_each(|record| {
                let entries: Vec<_> = record.clone().into_iter().collect();
                let record = Record { section: entry.key, entries: &entries, order: entry.order, text: None };
                self.add_record(table, &record)
            });
        }
        self.put(table, entry)?;
        let cuts = entries::insert(&self.layout(), table, entry);
        self.cut(cuts);
        Ok(())
    }

    /// Sets an entry in the values.
    fn put(&mut self, table: &[Step], entry: &Entry<'_>) -> Result<(), EditError> {
        let entries = self.model.table_at(table)?;
        entries.insert(entry.key.to_owned().into(), Model::new(entry.value));
        Ok(())
    }

    /// Writes an entry in the place of its old value.
    fn replace(&mut self, table: &[Step], entry: &Entry<'_>) -> Result<(), EditError> {
        let path = join(table, Step::from(entry.key));
        let layout = Layout::read(self.text.as_deref().unwrap_or(self.source));
        if let Place::Value(node) = layout.locate(&path) {
            let old = self.model.at(&path);
            if node.is_multi_line()
                && layout.source[node.span.clone()].contains("\r\n")
                && old.is_some_and(|old| old.holds_lines(entry.value))
            {
                return Ok(());
            }
            let cuts = entries::replace(&layout, &node, entry.value);
            self.put(table, entry)?;
            self.cut(cuts);
            return Ok(());
        }
        let cuts = entries::remove(&layout, &path);
        self.model.remove(&path);
        self.cut(cuts);
        self.insert(table, entry)
    }

    fn unset(&mut self, table: &[Step], key: &str) -> Result<(), EditError> {
        let path = join(table, Step::from(key));
        if self.model.at(&path).is_none() {
            return Err(EditError::NoSuchKey(path_text(&path)));
        }
        self.remove(&path)
    }

    /// Removes what is at `path`, and the tables above it that are not written but through it.
    fn remove(&mut self, path: &[Step]) -> Result<(), EditError> {
        if self.model.remove(path).is_none() {
            return Err(EditError::NoSuchElement(path_text(path)));
        }
        let layout = Layout::read(self.text.as_deref().unwrap_or(self.source));
        for depth in (1..path.len()).rev() {
            let above = &path[..depth];
            let is_empty = self.model.at(above).is_some_and(|above| above.is_empty());
            if !is_empty || layout.stands_alone(above) {
                break;
            }
            self.model.remove(above);
        }
        let cuts = entries::remove(&layout, path);
        self.cut(cuts);
        Ok(())
    }

    fn add_record(&mut self, table: &[Step], record: &Record<'_>) -> Result<(), EditError> {
        let new: Table = record.entries.iter().cloned().collect();
        let new = Value::Table(new);
        let path = join(table, Step::from(record.section));
        let section = self
            .model
            .table_at(table)?
            .entry(record.section.to_owned().into())
            .or_insert_with(|| Model::Array(Vec::new()));
        match section.open() {
            Model::Array(elements) => elements.push(Model::new(&new)),
            _ => return Err(EditError::NotAnArray(path_text(&path))),
        }
        let layout = self.layout();
        let cuts = match (layout.locate(&path), layout.locate_nearest(table)) {
            (Place::Value(node), _) => entries::append_element(&layout, &node, &new),
            (_, (depth, Place::Statements)) => {
                vec![blocks::insert_record(&layout, &table[..depth], table, record)]
            }
            _ => {
                let entry =
                    Entry { key: record.section, value: &Value::Array(vec![new]), order: record.order };
                entries::insert(&layout, table, &entry)
            }
        };
        self.cut(cuts);
        Ok(())
    }

    fn add_element(&mut self, table: &[Step], key: &str, value: &Value) -> Result<(), EditError> {
        let path = join(table, Step::from(key));
        let elements = self.model.array_at(&path)?;
        let layout = Layout::read(self.text.as_deref().unwrap_or(self.source));
        if let Place::Value(node) = layout.locate(&path) {
            elements.push(Model::new(value));
            let cuts = entries::append_element(&layout, &node, value);
            self.cut(cuts);
            return Ok(());
        }
        let Value::Table(record) = value else {
            return Err(EditError::NotAnArray(path_text(&path)));
        };
        let entries: Vec<_> = record.clone().into_iter().collect();
        let record = Record { section: key, entries: &entries, order: &[], text: None };
        self.add_record(table, &record)
    }

    fn remove_element(&mut self, table: &[Step], key: &str, index: usize) -> Result<(), EditError> {
        let path = join(table, Step::from(key));
        self.model.array_at(&path)?;
        self.remove(&join(&path, Step::Index(index)))
    }
}

/// The entries of the one record in `text`, which stands in `section` of the table at `table`.
fn copied(text: &str, table: &[Step], section: &str) -> Result<Vec<(String, Value)>, EditError> {
    let mut found: Table = toml::from_str(text).map_err(|error| EditError::invalid(text, &error))?;
    let keys = table.iter().filter_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Index(_) => None,
    });
    for key in keys.chain([section]) {
        found = match found.remove(key) {
            Some(Value::Table(below)) => below,
            Some(Value::Array(mut records)) if records.len() == 1 => match records.pop() {
                Some(Value::Table(record)) => record,
                _ => return Err(EditError::NotAnArray(section.to_owned())),
            },
            _ => return Err(EditError::NoSuchKey(section.to_owned())),
        };
    }
    Ok(found.into_iter().collect())
}

/// The elements of `old` to take out so that the others begin `new`.
fn surplus(old: &[Model<'_>], new: &[Value]) -> Vec<usize> {
    let mut kept = 0;
    let mut gone = Vec::new();
    for (index, element) in old.iter().enumerate() {
        if new.get(kept).is_some_and(|value| element.holds(value)) {
            kept += 1;
        } else {
            gone.push(index);
        }
    }
    gone
}

fn join(path: &[Step], last: Step) -> Vec<Step> {
    let mut joined = path.to_vec();
    joined.push(last);
    joined
}

//! The text of a new card, and the values of a new record, in the declared order.

use super::Workspace;
use crate::card::id;
use crate::card::schema::Section;
use crate::card::value::Value;
use crate::error::{Error, Problem, Result};
use crate::sections::SCHEMA;

/// A record that is to be written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewRecord {
    /// The id that it had elsewhere: kept where the card has no other record of that id.
    pub id: Option<String>,
    /// The values, by key.
    pub values: Vec<(&'static str, Value)>,
    /// The records in it.
    pub children: Vec<NewRecord>,
}

impl NewRecord {
    /// A record with these values.
    pub fn of(values: impl IntoIterator<Item = (&'static str, Value)>) -> NewRecord {
        NewRecord { values: values.into_iter().collect(), ..NewRecord::default() }
    }

    /// Adds a value where there is one.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: Option<Value>) -> NewRecord {
        self.values.extend(value.map(|v| (key, v)));
        self
    }

    /// The value of a field.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.values.iter().find(|(known, _)| *known == key).map(|(_, value)| value)
    }

    /// The first required field that it lacks.
    pub fn lacks(&self, section: &Section) -> Option<&'static str> {
        section.fields.iter().find(|f| f.required && self.get(f.key).is_none()).map(|f| f.key)
    }

    /// The entries as the editor takes them, with a new id that `taken` does not know.
    pub(super) fn entries(
        &self,
        section: &Section,
        taken: &mut Vec<String>,
    ) -> Result<(String, Vec<(String, toml::Value)>)> {
        let is_taken = |id: &str| taken.iter().any(|t| t == id);
        let id = match self.id.as_deref().filter(|id| id::is_record(id) && !is_taken(id)) {
            Some(id) => id.to_owned(),
            None => id::random_record(is_taken).map_err(no_random)?,
        };
        taken.push(id.clone());
        let mut entries = vec![("id".to_owned(), toml::Value::String(id.clone()))];
        for field in section.fields {
            if let Some(value) = self.get(field.key) {
                entries.push((field.key.to_owned(), value.to_toml()));
            }
        }
        if let Some(child) = section.child.filter(|_| !self.children.is_empty()) {
            let tables = self.children.iter().map(|c| {
                let (_, entries) = c.entries(child, taken)?;
                Ok(toml::Value::Table(entries.into_iter().collect()))
            });
            entries.push((child.key.to_owned(), toml::Value::Array(tables.collect::<Result<_>>()?)));
        }
        Ok((id, entries))
    }
}

pub(super) fn no_random(error: getrandom::Error) -> Error {
    Error::could_not(Problem::NoRandom).because(error)
}

/// A card that is to be written.
#[derive(Clone, Debug, Default)]
pub(super) struct NewCard {
    pub id: String,
    pub former_ids: Vec<String>,
    pub basics: NewRecord,
    pub sections: Vec<(&'static Section, Vec<NewRecord>)>,
    pub custom: Vec<(String, String)>,
    pub external: Vec<(String, String)>,
}

impl Workspace {
    /// The text of a new card.
    pub(super) fn compose(&self, card: &NewCard) -> Result<String> {
        let mut text = format!("id = \"{}\"\n", card.id);
        for field in SCHEMA.card.fields {
            if let Some((_, value)) = card.basics.values.iter().find(|(key, _)| *key == field.key) {
                push_line(&mut text, field.key, &value.to_toml());
            }
        }
        if !card.former_ids.is_empty() {
            push_line(&mut text, "former_ids", &Value::Texts(card.former_ids.clone()).to_toml());
        }
        for (table, entries) in [("custom", &card.custom), ("external", &card.external)] {
            if !entries.is_empty() {
                text += &format!("\n[{table}]\n");
            }
            for (key, value) in entries {
                push_line(&mut text, key, &toml::Value::String(value.clone()));
            }
        }
        let mut taken = Vec::new();
        for (section, records) in &card.sections {
            for record in records {
                let (_, entries) = record.entries(section, &mut taken)?;
                push_record(&mut text, section.key, &entries);
            }
        }
        Ok(text)
    }
}

fn push_record(text: &mut String, path: &str, entries: &[(String, toml::Value)]) {
    *text += &format!("\n[[{path}]]\n");
    let is_child =
        |value: &toml::Value| value.as_array().is_some_and(|a| a.first().is_some_and(toml::Value::is_table));
    for (key, value) in entries.iter().filter(|(_, v)| !is_child(v)) {
        push_line(text, key, value);
    }
    for (key, value) in entries.iter().filter(|(_, v)| is_child(v)) {
        for table in value.as_array().into_iter().flatten().filter_map(toml::Value::as_table) {
            let entries: Vec<_> = table.iter().map(|(k, v)| (k.clone(), v.clone())).collect();
            push_record(text, &format!("{path}.{key}"), &entries);
        }
    }
}

fn push_line(text: &mut String, key: &str, value: &toml::Value) {
    let bare = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    let key = if bare { key.to_owned() } else { toml::Value::String(key.to_owned()).to_string() };
    *text += &format!("{key} = {value}\n");
}

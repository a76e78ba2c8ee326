//! `crm restore`: brings a card back as it was on a past day, or one place in it; also a card that was
//! closed or removed since.

use toml::Value;

use super::target::{Target, by_id, no_section, parse_path, target};
use super::{Basis, Mode, OpenCard, Saved, Transaction, Workspace, short};
use crate::card::edit::{Edit, Step};
use crate::card::path::Path;
use crate::error::{Error, Hint, Problem, Result};
use crate::history::NewFile;
use crate::i18n::sentence::Sentence;
use crate::index::Known;
use crate::sections::SCHEMA;

/// What was brought back.
#[derive(Debug)]
pub struct Restored {
    /// What it was read from.
    pub basis: Basis,
    /// The commit.
    pub saved: Saved,
    /// The number of the customer.
    pub no: String,
}

impl Workspace {
    /// Brings a card back to what it was at a commit or at the end of a day: all of it with the place of its
    /// folder, or what stands at one path.
    ///
    /// # Errors
    /// When there was no such customer then, or the place is taken by another.
    pub fn restore(&self, card: &str, when: &str, path: Option<&str>, mode: Mode) -> Result<Restored> {
        let mut transaction = self.begin(mode)?;
        let (then, basis) = self.as_of(when)?;
        let id = self.id_ever(card)?;
        let known = then.ask(|index| index.by_id(&id))?.ok_or_else(|| {
            let commit = short(&basis.entry.commit);
            Error::not_found(Problem::NotThereThen { card: card.into(), commit }).hint(Hint::SeeHistory)
        })?;
        let was = then.read(&known)?;
        let now = self.ask(|index| index.by_id(&id))?;
        let now = now.map(|known| transaction.open(&known)).transpose()?;
        let no = known.no.clone().unwrap_or_else(|| known.id.clone());
        match (now, path) {
            (Some(now), None) => transaction.whole_back(&was, &now)?,
            (Some(now), Some(path)) => transaction.part_back(&was, &now, path)?,
            (None, None) => transaction.customer_back(&then, &known, &was)?,
            (None, Some(_)) => return Err(Error::not_found(Problem::NoSuchCard { query: card.into() })),
        }
        let what = path.map_or_else(|| no.clone(), |path| format!("{no} {path}"));
        let saved = transaction.commit(&Sentence::Restored { what, commit: short(&basis.entry.commit) })?;
        Ok(Restored { basis, saved, no })
    }
}

impl Transaction<'_> {
    /// The text as it was, in the folder where it was.
    fn whole_back(&mut self, was: &OpenCard, now: &OpenCard) -> Result<()> {
        self.replace_text(now, &was.text)?;
        let (from, to) = (&now.place.folder, &was.place.folder);
        if from == to {
            return Ok(());
        }
        if self.workspace.root.join(to).exists() {
            return Err(Error::could_not(Problem::InTheWay { path: to.clone() }));
        }
        self.move_folder(now, to);
        Ok(())
    }

    /// A customer who was removed, with the papers of then.
    fn customer_back(&mut self, then: &Workspace, known: &Known, was: &OpenCard) -> Result<()> {
        for file in then.history.head_files_below(&known.folder)? {
            if self.workspace.root.join(&file.path).exists() {
                return Err(Error::could_not(Problem::InTheWay { path: file.path }));
            }
            let bytes = then.history.content_of(&file.id)?;
            self.changes.files.insert(file.path, NewFile::new(bytes, None));
        }
        self.touch(&was.card.basics.id);
        Ok(())
    }

    /// What stood at one path: a value, or a whole record.
    fn part_back(&mut self, was: &OpenCard, now: &OpenCard, path: &str) -> Result<()> {
        let nothing = || Error::not_found(Problem::NothingThere { path: path.to_owned() });
        let whole = whole_ids(was, parse_path(path)?)?;
        let here = whole_ids(now, parse_path(path)?).ok().and_then(|path| target(&now.card, &path).ok());
        let edits = match (target(&was.card, &whole)?, here) {
            (
                Target::Field { section, field, record, .. },
                Some(Target::Field { table, record: own, .. }),
            ) => {
                if field.key == "no" {
                    let no = now.known.no.clone().unwrap_or_default();
                    return Err(Error::refused(Problem::NumberIsKept { no }));
                }
                match record.get(section, field.key) {
                    Some(value) => vec![super::change::set(table, section, field.key, value)],
                    None if own.get(section, field.key).is_some() => {
                        vec![Edit::Unset { table, key: field.key.to_owned() }]
                    }
                    None => Vec::new(),
                }
            }
            (Target::Custom(key), _) => {
                let value = was.card.custom.iter().find(|(k, _)| *k == key).map(|(_, value)| value.clone());
                let (table, order) = (vec![Step::from("custom")], Vec::new());
                match value {
                    Some(value) => vec![Edit::Set { table, key, value, order }],
                    None => vec![Edit::Unset { table, key }],
                }
            }
            (Target::Record { section, index, .. }, here) => {
                let Path::Record { section: key, child: None, .. } = &whole else { return Err(nothing()) };
                let record = record_of(&was.text, key, index).ok_or_else(nothing)?;
                let mut edits = Vec::new();
                if let Some(Target::Record { index, .. }) = here {
                    edits.push(Edit::RemoveRecord { table: Vec::new(), section: section.key.into(), index });
                }
                edits.push(Edit::AddRecord {
                    table: Vec::new(),
                    section: section.key.to_owned(),
                    record,
                    section_order: super::create::section_order(),
                });
                edits
            }
            _ => return Err(nothing()),
        };
        self.edit(now, &edits)
    }
}

/// A path with the ids of its records in full.
fn whole_ids(open: &OpenCard, path: Path) -> Result<Path> {
    let Path::Record { section, id, child, field } = path else { return Ok(path) };
    let declared = crate::sections::section(&section).ok_or_else(|| no_section(&section))?;
    let record = by_id(open.card.of(&SCHEMA, &section), declared, &id)?;
    let child = match child {
        Some((key, id)) => {
            let child = declared.child.filter(|child| child.key == key).ok_or_else(|| no_section(&key))?;
            let inner = by_id(&record.children, child, &id)?;
            Some((key, inner.id.clone()))
        }
        None => None,
    };
    Ok(Path::Record { section, id: record.id.clone(), child, field })
}

/// A record as its text has it, by its place in the section.
fn record_of(text: &str, section: &str, index: usize) -> Option<Vec<(String, Value)>> {
    let card: toml::Table = toml::from_str(text).ok()?;
    let record = card.get(section)?.as_array()?.get(index)?.as_table()?;
    Some(record.iter().map(|(key, value)| (key.clone(), value.clone())).collect())
}

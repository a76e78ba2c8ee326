//! The merge of files that are no cards: papers, settings, books. Nothing that either side wrote is
//! lost: of a file that both changed both stay, side by side.

use std::collections::{BTreeMap, BTreeSet};

use git2::{Oid, Repository};
use toml::{Table, Value};

use super::super::git_error;
use super::draft::{self, Entry, Name};
use super::{Joining, Said};
use crate::archive::{BOOKS as BOOKS_FOLDER, SETTINGS};
use crate::card::conflicts::decide;
use crate::card::edit::{self, Edit, Step};
use crate::card::merge::{Merged, Sides, merge, merged_lines};
use crate::error::Result;
use crate::sections::{BOOKS, SCHEMA};

/// Files whose lines may be merged: git's own.
const LINES: [&[u8]; 2] = [b".gitattributes", b".gitignore"];
/// How much of an id stands in the name of a file that steps aside.
const SHORT: usize = 7;

impl Joining<'_> {
    /// Merges what three trees have at a path. What steps aside has another name.
    pub(super) fn files(
        &mut self,
        path: &[Name],
        sides: Sides<Option<Entry>>,
    ) -> Result<BTreeMap<Name, Entry>> {
        let name = path.last().cloned().unwrap_or_default();
        let Sides { base, ours, theirs } = sides;
        let alone = |entry: Option<Entry>| entry.map(|entry| (name.clone(), entry)).into_iter().collect();
        if ours == theirs || theirs == base {
            return Ok(alone(ours));
        }
        if ours == base {
            return Ok(alone(theirs));
        }
        let is_folder = |entry: Option<Entry>| entry.is_none_or(|entry| entry.is_folder());
        match (ours, theirs) {
            (ours, theirs) if is_folder(ours) && is_folder(theirs) => {
                let base = base.filter(Entry::is_folder);
                let folder = self.folder(path, Sides { base, ours, theirs })?;
                Ok(alone(folder))
            }
            (Some(one), Some(other)) => match self.one_file(path, base, (one, other))? {
                Some(entry) => Ok(alone(Some(entry))),
                None => Ok(self.side_by_side(path, one, other)),
            },
            // Changed here and removed there: the change stays.
            (one, other) => {
                self.said.push(Said::PaperKept { path: text(path) });
                Ok(alone(one.or(other)))
            }
        }
    }

    /// Merges folders name by name.
    pub(super) fn folder(&mut self, path: &[Name], sides: Sides<Option<Entry>>) -> Result<Option<Entry>> {
        let inner = self.inner(sides)?;
        let merged = self.entries(path, &inner)?;
        draft::write(self.repo(), &merged)
    }

    /// Merges the entries of folders.
    pub(super) fn entries(
        &mut self,
        path: &[Name],
        inner: &Sides<BTreeMap<Name, Entry>>,
    ) -> Result<BTreeMap<Name, Entry>> {
        let names: BTreeSet<&Name> =
            inner.as_ref().into_array().into_iter().flat_map(BTreeMap::keys).collect();
        let mut merged: BTreeMap<Name, Entry> = BTreeMap::new();
        let mut aside = Vec::new();
        for name in names {
            let below = [path, std::slice::from_ref(name)].concat();
            let of = inner.as_ref().map(|entries| entries.get(name).copied());
            for (found, entry) in self.files(&below, of)? {
                if found == *name {
                    merged.insert(found, entry);
                } else {
                    aside.push((found, entry));
                }
            }
        }
        for (name, entry) in aside {
            merged.entry(name).or_insert(entry);
        }
        Ok(merged)
    }

    pub(super) fn inner(&self, sides: Sides<Option<Entry>>) -> Result<Sides<BTreeMap<Name, Entry>>> {
        let of = |entry: Option<Entry>| draft::entries(self.repo(), entry.map(|entry| entry.id));
        Ok(Sides { base: of(sides.base)?, ours: of(sides.ours)?, theirs: of(sides.theirs)? })
    }

    /// A file whose two states can be one: settings and books merge like cards, git's own files by lines.
    fn one_file(
        &mut self,
        path: &[Name],
        base: Option<Entry>,
        (ours, theirs): (Entry, Entry),
    ) -> Result<Option<Entry>> {
        let name = path.last().map_or(&[][..], Vec::as_slice);
        let is_file = |entry: &Entry| super::super::tree::FILES.contains(&entry.mode);
        if !is_file(&ours) || !is_file(&theirs) {
            return Ok(None);
        }
        let read =
            |id: Oid| -> Result<Option<String>> { Ok(String::from_utf8(self.history.content(id)?).ok()) };
        let base = base.filter(is_file).map(|entry| read(entry.id)).transpose()?.flatten();
        let (Some(one), Some(other)) = (read(ours.id)?, read(theirs.id)?) else { return Ok(None) };
        let texts = Sides { base: base.as_deref().unwrap_or(""), ours: &*one, theirs: &*other };
        let merged = if LINES.contains(&name) {
            merged_lines(texts)
        } else if name.ends_with(b".toml") && path.len() < super::COMPANY {
            let merged = if path.len() == 1 && name == SETTINGS.as_bytes() {
                settings(texts)
            } else {
                let is_book = path.first().is_some_and(|folder| folder == BOOKS_FOLDER.as_bytes());
                let schema = if is_book { &BOOKS } else { &SCHEMA };
                merge(texts.base, texts.ours, texts.theirs, schema).ok()
            };
            if let Some(merged) = &merged {
                let fields = merged.clashes.iter().map(|clash| clash.path.clone());
                self.said.extend(fields.map(|field| Said::Conflict { no: text(path), field }));
            }
            merged.map(|merged| merged.text)
        } else {
            None
        };
        let Some(merged) = merged else { return Ok(None) };
        let id = self.repo().blob(merged.as_bytes()).map_err(git_error)?;
        Ok(Some(Entry { id, mode: ours.mode.max(theirs.mode) }))
    }

    /// Both states of a file: the one that is greater by bytes keeps the name.
    fn side_by_side(&mut self, path: &[Name], one: Entry, other: Entry) -> BTreeMap<Name, Entry> {
        let name = path.last().cloned().unwrap_or_default();
        let bytes = |entry: &Entry| content(self.repo(), entry);
        let one_is_greater =
            (one.is_folder(), bytes(&one), one.id) > (other.is_folder(), bytes(&other), other.id);
        let (stays, steps) = if one_is_greater { (one, other) } else { (other, one) };
        let aside = beside(&name, &steps.id.to_string()[..SHORT]);
        let folder = &path[..path.len().saturating_sub(1)];
        let filed = text(&[folder, std::slice::from_ref(&aside)].concat());
        self.said.push(Said::PaperTwice { path: text(path), other: filed });
        BTreeMap::from([(name, stays), (aside, steps)])
    }
}

fn content(repo: &Repository, entry: &Entry) -> Vec<u8> {
    repo.find_blob(entry.id).map(|blob| blob.content().to_vec()).unwrap_or_default()
}

/// A path as people read it.
pub(super) fn text(path: &[Name]) -> String {
    String::from_utf8_lossy(&path.join(&b'/')).into_owned()
}

/// A name with an id in it: `offer (1234567).pdf`.
pub(super) fn beside(name: &[u8], id: &str) -> Name {
    let dot = name.iter().rposition(|byte| *byte == b'.').filter(|at| *at > 0).unwrap_or(name.len());
    [&name[..dot], b" (", id.as_bytes(), b")", &name[dot..]].concat()
}

/// The settings, merged like a card. Of the numbers that are not given again the highest counts.
fn settings(texts: Sides<&str>) -> Option<Merged> {
    let mut merged = merge(texts.base, texts.ours, texts.theirs, &SCHEMA).ok()?;
    merged.clashes.retain(|clash| !clash.path.starts_with(RETIRED));
    let highest = highest(&[texts.ours, texts.theirs]);
    let table: Table = toml::from_str(&merged.text).ok()?;
    let at = || vec![Step::Key(RETIRED.to_owned())];
    let mut edits = Vec::new();
    for (series, number) in highest {
        let stands = table.get(RETIRED).and_then(|t| t.get(&series)).and_then(Value::as_integer);
        if stands != Some(number) {
            edits.push(Edit::Set { table: at(), key: series, value: number.into(), order: Vec::new() });
        }
    }
    edits.extend(decide(&table, |path| path.starts_with(RETIRED)));
    merged.text = edit::apply(&merged.text, &edits).ok()?;
    Some(merged)
}

/// The table of the highest numbers that are not given again, by series.
const RETIRED: &str = "retired";

fn highest(texts: &[&str]) -> BTreeMap<String, i64> {
    let mut highest = BTreeMap::new();
    for table in texts.iter().filter_map(|text| toml::from_str::<Table>(text).ok()) {
        let numbers = table.get(RETIRED).and_then(Value::as_table).into_iter().flatten();
        for (series, number) in numbers.filter_map(|(series, n)| Some((series.clone(), n.as_integer()?))) {
            let known = highest.entry(series).or_insert(number);
            *known = number.max(*known);
        }
    }
    highest
}

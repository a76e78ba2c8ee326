//! Fields that two people set to two values: who set which, and deciding for one of them.

use std::ops::ControlFlow;

use toml::Table;

use super::history::place_meant;
use super::target::{Target, parse_path, target};
use super::{OpenCard, Transaction, Workspace, number};
use crate::archive::{CARD, Place, SETTINGS, Stage};
use crate::card::conflicts::{self, Conflict};
use crate::card::edit::{Edit, Step};
use crate::card::merge::PLACES;
use crate::card::read::plain;
use crate::error::{Error, Hint, Problem, Result};
use crate::history::{Entry, History};
use crate::index::Known;
use crate::index::changes::{self, Wanted};
use crate::sections::{self, SCHEMA};

/// A field with its values.
#[derive(Clone, Debug)]
pub struct Disputed {
    /// The customer.
    pub known: Known,
    /// The path, such as `contacts[k3f9q2].title`, or `@stage`, `@country`, `@folder`.
    pub path: String,
    /// The values, the one that the field shows first.
    pub values: Vec<Candidate>,
}

/// One of the values.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The value as one line; `None` for no value.
    pub value: Option<String>,
    /// Where the customer would stand, when it is about the place.
    pub place: Option<Place>,
    /// The last commit that set it, where history knows one.
    pub set: Option<Entry>,
}

impl Workspace {
    /// Every field with more than one value; of one customer, where one is named.
    ///
    /// # Errors
    /// When the archive or its history cannot be read.
    pub fn disputed(&self, card: Option<&str>) -> Result<Vec<Disputed>> {
        let all = match card {
            Some(SETTINGS) => Vec::new(),
            Some(card) => vec![self.find(card)?],
            None => self.everyone()?,
        };
        let mut disputed = Vec::new();
        if card.is_none_or(|card| card == SETTINGS) {
            disputed.extend(self.disputed_settings()?);
        }
        for known in all {
            let Some(table) = self.with_conflicts(&format!("{}/{CARD}", known.folder)) else { continue };
            for conflict in conflicts::all(&table) {
                disputed.push(self.with_authors(&known, &table, conflict)?);
            }
        }
        Ok(disputed)
    }

    /// A file that can be read and has conflicts.
    fn with_conflicts(&self, path: &str) -> Option<Table> {
        let bytes = self.file(path).ok().flatten()?;
        conflicts::text_with_conflicts(std::str::from_utf8(&bytes).ok()?)
    }

    /// Settings with more than one value.
    fn disputed_settings(&self) -> Result<Vec<Disputed>> {
        let Some(table) = self.with_conflicts(SETTINGS) else { return Ok(Vec::new()) };
        let known = Known { no: Some(SETTINGS.to_owned()), ..Known::only_at(SETTINGS) };
        let disputed = conflicts::all(&table).into_iter().map(|Conflict { path, others }| {
            let shown = conflicts::at(&table, &path).map(plain);
            let values = std::iter::once(shown).chain(others.into_iter().map(Some));
            let values = values.map(|value| Candidate { set: None, place: None, value }).collect();
            Disputed { known: known.clone(), path, values }
        });
        let mut disputed: Vec<Disputed> = disputed.collect();
        self.find_setters(&mut disputed)?;
        Ok(disputed)
    }

    /// Finds for each value of a setting the last commit that gave it.
    fn find_setters(&self, disputed: &mut [Disputed]) -> Result<()> {
        let said = |bytes: &[u8], path: &str| {
            let table: Table = std::str::from_utf8(bytes).ok()?.parse().ok()?;
            conflicts::at(&table, path).map(plain)
        };
        self.history.revisions(SETTINGS, |revision| {
            let mut is_open = false;
            for Disputed { path, values, .. } in disputed.iter_mut() {
                let new = said(&revision.new, path);
                let is_new = revision.old.iter().all(|old| said(old, path) != new);
                for candidate in values.iter_mut().filter(|candidate| candidate.set.is_none()) {
                    candidate.set = Some(revision.entry.clone()).filter(|_| is_new && candidate.value == new);
                    is_open |= candidate.set.is_none();
                }
            }
            if is_open { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })
    }

    fn with_authors(&self, known: &Known, card: &Table, conflict: Conflict) -> Result<Disputed> {
        let Conflict { path, others } = conflict;
        let shown = match PLACES.iter().position(|place| *place == path) {
            Some(at) => known.folder.split('/').nth(at).map(str::to_owned),
            None => conflicts::at(card, &path).map(plain),
        };
        let wanted = Wanted { cards: vec![known.id.clone()], path: Some(path.clone()), ..Wanted::default() };
        let commits = changes::answer(&self.history, |changes| changes.of(&wanted))?;
        let set = |value: &Option<String>| {
            let sets = |change: &changes::Change| change.path == path && change.new == *value;
            commits.iter().find(|commit| commit.changes.iter().any(sets)).map(|commit| commit.entry.clone())
        };
        let values = std::iter::once(shown).chain(others.into_iter().map(Some));
        let of_place = PLACES.iter().position(|place| *place == path);
        let place = |value: &Option<String>| {
            let folder = with_name(&known.folder, of_place?, value.as_deref()?);
            self.layout.place(&folder)
        };
        let values = values.map(|value| Candidate { set: set(&value), place: place(&value), value });
        let mut values: Vec<Candidate> = values.collect();
        self.find_by_hand(&format!("{}/{CARD}", known.folder), &path, &mut values)?;
        Ok(Disputed { known: known.clone(), path, values })
    }

    /// Finds who wrote the values that no commit gave to the field: of a card that was half-typed, such a value
    /// came to history as one of two.
    fn find_by_hand(&self, file: &str, path: &str, values: &mut [Candidate]) -> Result<()> {
        let said = |bytes: &[u8]| -> Vec<String> {
            let table = std::str::from_utf8(bytes).ok().and_then(|text| text.parse::<Table>().ok());
            let Some(table) = table else { return Vec::new() };
            let others = conflicts::all(&table).into_iter().filter(|of| of.path == path);
            conflicts::at(&table, path)
                .map(plain)
                .into_iter()
                .chain(others.flat_map(|of| of.others))
                .collect()
        };
        let is_open = |candidate: &Candidate| candidate.set.is_none() && candidate.value.is_some();
        if !values.iter().any(is_open) {
            return Ok(());
        }
        self.history.revisions(file, |revision| {
            let (new, old) = (said(&revision.new), revision.old.iter().map(|old| said(old)));
            let old: Vec<String> = old.flatten().collect();
            for candidate in values.iter_mut().filter(|candidate| is_open(candidate)) {
                let is_new = candidate.value.as_ref().is_some_and(|v| new.contains(v) && !old.contains(v));
                candidate.set = Some(revision.entry.clone()).filter(|_| is_new);
            }
            if values.iter().any(is_open) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })
    }
}

impl Transaction<'_> {
    /// Decides a conflict for one of the values, or for the one that this person set; the path and the value.
    ///
    /// # Errors
    /// When there is no conflict at the path, or nobody set such a value.
    pub fn take_value(&mut self, open: &OpenCard, path: &str, wanted: &str) -> Result<(String, String)> {
        let all = self.workspace.disputed(Some(&open.known.id))?;
        // A person may name the place by its label.
        let meant = place_meant(path).or_else(|_| self.workspace.column(path)).unwrap_or_default();
        let is_meant = |disputed: &&Disputed| {
            let place = disputed.path.trim_start_matches('@');
            [path, meant.as_str()].iter().any(|path| *path == disputed.path || *path == place)
        };
        let disputed = all.iter().find(is_meant).ok_or_else(|| {
            let problem = Problem::NoConflict { card: number(&open.card), path: path.to_owned() };
            Error::not_found(problem).hint(Hint::ListConflicts)
        })?;
        let member = self.workspace.member_key(wanted).ok();
        let emails = member.and_then(|key| self.workspace.settings.member(&key)).map(|member| &member.emails);
        let [of_stage, of_country, _] = PLACES;
        let stage = Stage::meant(wanted).filter(|_| disputed.path == of_stage);
        let country = self.workspace.settings.country(wanted, None).ok().map(|reading| reading.country);
        let country = country.filter(|_| disputed.path == of_country);
        let is_place = |place: &Place| stage == Some(place.stage()) || country == Some(place.country);
        let choices = sections::field_at(&disputed.path).and_then(|field| field.kind.choices());
        let token = choices.and_then(|choices| choices.meant(wanted)).map(|choice| choice.token);
        let of_value = |candidate: &&Candidate| {
            let value = candidate.value.as_deref();
            value == Some(wanted)
                || token.is_some() && value == token
                || candidate.place.as_ref().is_some_and(is_place)
        };
        let of_person = |candidate: &&Candidate| {
            candidate.set.as_ref().is_some_and(|entry| {
                entry.author == wanted
                    || entry.email == wanted
                    || emails.is_some_and(|emails| emails.contains(&entry.email))
            })
        };
        let found = disputed.values.iter().find(of_value).or_else(|| disputed.values.iter().find(of_person));
        let value = found.and_then(|candidate| candidate.value.clone()).ok_or_else(|| {
            Error::not_found(Problem::NotACandidate { value: wanted.to_owned() }).hint(Hint::ListConflicts)
        })?;
        self.decide_for(open, &disputed.path, &value)?;
        Ok((disputed.path.clone(), value))
    }

    /// Decides a conflict of the settings for one of the values.
    ///
    /// # Errors
    /// When there is no conflict at the path, or no such value in it.
    pub fn take_setting(&mut self, path: &str, wanted: &str) -> Result<()> {
        let no_conflict = || {
            let problem = Problem::NoConflict { card: SETTINGS.to_owned(), path: path.to_owned() };
            Error::not_found(problem).hint(Hint::ListConflicts)
        };
        let bytes = self.workspace.file(SETTINGS)?.unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let card: Table = text.parse().unwrap_or_default();
        let decided = conflicts::decide(&card, |of| of == path).ok_or_else(no_conflict)?;
        let mut edits = vec![decided];
        if conflicts::at(&card, path).map(plain).as_deref() != Some(wanted) {
            let value = conflicts::value(&card, path, wanted).cloned().ok_or_else(|| {
                Error::not_found(Problem::NotACandidate { value: wanted.to_owned() })
                    .hint(Hint::ListConflicts)
            })?;
            let (table, key) = path.rsplit_once('.').map_or(("", path), |(table, key)| (table, key));
            let table = table.split('.').filter(|key| !key.is_empty()).map(Step::from).collect();
            edits.push(Edit::Set { table, key: key.to_owned(), value, order: Vec::new() });
        }
        let after = super::transaction::edited(SETTINGS, &text, &edits)?;
        self.put(SETTINGS.to_owned(), after, Some(History::id_of(&bytes)))
    }

    fn decide_for(&mut self, open: &OpenCard, path: &str, value: &str) -> Result<()> {
        let card: Table = open.text.parse().unwrap_or_default();
        let decided = conflicts::decide(&card, |of| of == path);
        if let Some(at) = PLACES.iter().position(|place| *place == path) {
            self.edit(open, &decided.into_iter().collect::<Vec<_>>())?;
            let to = with_name(&open.place.folder, at, value);
            if to != open.place.folder {
                if self.workspace.root.join(&to).exists() {
                    return Err(Error::could_not(Problem::InTheWay { path: to }));
                }
                self.move_folder(open, &to);
            }
            return Ok(());
        }
        let (table, key) = place_of(open, path)?;
        let chosen = conflicts::value(&card, path, value).cloned();
        let set = chosen.map(|value| Edit::Set { table, key, value, order: SCHEMA.card.key_order() });
        self.edit(open, &set.into_iter().chain(decided).collect::<Vec<_>>())
    }
}

/// A folder with another name in place of the one at this depth.
fn with_name(folder: &str, at: usize, name: &str) -> String {
    let mut names: Vec<&str> = folder.split('/').collect();
    if let Some(of_depth) = names.get_mut(at) {
        *of_depth = name;
    }
    names.join("/")
}

/// The table and the key that a path means; a field that nobody declared stands at the top.
fn place_of(open: &OpenCard, path: &str) -> Result<(Vec<Step>, String)> {
    let undeclared = || (Vec::new(), path.to_owned());
    match parse_path(path).and_then(|parsed| target(&open.card, &parsed)) {
        Ok(Target::Field { table, field, .. }) => Ok((table, field.key.to_owned())),
        Ok(Target::Custom(key)) => Ok((vec!["custom".into()], key)),
        Err(_) if !path.contains(['.', '[']) => Ok(undeclared()),
        Err(error) => Err(error),
        Ok(_) => Err(Error::usage(Problem::NotSettable { path: path.to_owned() }).hint(Hint::SeeFields)),
    }
}

//! Where a customer is filed: move, close, reopen, rename, remove. A move is a rename of the folder,
//! so that the papers beside the card travel along.

use super::change::set;
use super::create::{Desk, named};
use super::{OpenCard, Transaction};
use crate::archive::{SETTINGS, Stage, names};
use crate::card::edit::{Edit, Step};
use crate::card::value::Value;
use crate::card::{Country, conflicts};
use crate::error::{Error, Problem, Result};
use crate::history::History;
use crate::index::ask;
use crate::sections::SCHEMA;

/// What changes about a customer's place.
#[derive(Clone, Debug, Default)]
pub struct Move {
    /// The new stage.
    pub stage: Option<Stage>,
    /// The new country.
    pub country: Option<Country>,
    /// The new name; the folder follows it.
    pub name: Option<String>,
    /// Why it is closed; only when the stage becomes closed.
    pub reason: Option<String>,
}

impl Transaction<'_> {
    /// Moves a customer; whether there is anything to move.
    ///
    /// # Errors
    /// When the new place cannot be made.
    pub fn relocate(&mut self, open: &OpenCard, wish: &Move, desk: &mut Desk) -> Result<bool> {
        let mut edits = Vec::new();
        if let Some(name) = &wish.name {
            named(name)?;
            edits.push(set(Vec::new(), SCHEMA.card, "name", &Value::Text(name.clone())));
        }
        let stage = wish.stage.unwrap_or(open.place.stage());
        self.note_closing(open, stage, wish, &mut edits)?;
        let given = open.card.basics.get(SCHEMA.card, "country_original");
        if let (Some(old), Some(_), None) = (self.old_folder(open), wish.country, given) {
            let old = Value::Text(old.to_owned());
            edits.push(set(Vec::new(), SCHEMA.card, "country_original", &old));
        }
        self.edit(open, &edits)?;
        self.decide_place(open, wish)?;
        let to = self.new_place(open, wish, stage, desk)?;
        if to != open.place.folder {
            self.move_folder(open, &to);
        }
        Ok(!self.changes.is_empty())
    }

    /// Who moves a customer has decided where it stands.
    fn decide_place(&mut self, open: &OpenCard, wish: &Move) -> Result<()> {
        let moved = [
            ("@stage", wish.stage.is_some() || wish.country.is_some()),
            ("@country", wish.country.is_some()),
            ("@folder", wish.name.is_some()),
        ];
        let is_decided = |path: &str| moved.iter().any(|(place, is)| *is && *place == path);
        let decided = conflicts::decide_in(&open.text, is_decided);
        self.edit(open, &decided.into_iter().collect::<Vec<_>>())
    }

    /// Moves a customer's folder, with what is staged in it.
    pub(super) fn move_folder(&mut self, open: &OpenCard, to: &str) {
        self.move_staged(&open.place.folder, to);
        self.changes.renames.push((open.place.folder.clone(), to.to_owned()));
        self.touch(&open.card.basics.id);
    }

    /// A decision is stored with its day, author and reason; a reopened customer has none.
    fn note_closing(
        &mut self,
        open: &OpenCard,
        stage: Stage,
        wish: &Move,
        edits: &mut Vec<Edit>,
    ) -> Result<()> {
        let was_closed = open.place.stage() == Stage::Closed;
        if stage == Stage::Closed && !was_closed {
            let me = Value::Text(self.workspace.me()?);
            edits.push(set(Vec::new(), SCHEMA.card, "closed", &Value::Date(self.workspace.today())));
            edits.push(set(Vec::new(), SCHEMA.card, "closed_by", &me));
            if let Some(reason) = &wish.reason {
                edits.push(set(Vec::new(), SCHEMA.card, "close_reason", &Value::Text(reason.clone())));
            }
        } else if stage != Stage::Closed && was_closed {
            let there = ["closed", "closed_by", "close_reason"].into_iter();
            let there = there.filter(|key| open.card.basics.get(SCHEMA.card, key).is_some());
            edits.extend(there.map(|key| Edit::Unset { table: Vec::new(), key: key.to_owned() }));
        }
        Ok(())
    }

    fn new_place(&self, open: &OpenCard, wish: &Move, stage: Stage, desk: &mut Desk) -> Result<String> {
        let country = wish.country.unwrap_or(open.place.country);
        let branch = self.workspace.layout().filing(stage, country);
        let same_folder = branch == open.place.branch
            && country == open.place.country
            && (wish.country.is_none() || self.old_folder(open).is_none());
        if same_folder && wish.name.is_none() {
            return Ok(open.place.folder.clone());
        }
        let no = open.card.basics.get(SCHEMA.card, "no").map(|v| v.text().into_owned()).unwrap_or_default();
        let Some(name) = &wish.name else {
            return self.workspace.free_folder(branch, country, open.place.company(), &no, desk);
        };
        let (parent, company) = open.place.folder.rsplit_once('/').unwrap_or(("", ""));
        if same_folder && names::fold(&names::safe(name, parent, &no)) == names::fold(company) {
            return Ok(format!("{parent}/{}", names::safe(name, parent, &no)));
        }
        self.workspace.free_folder(branch, country, name, &no, desk)
    }

    /// The name of the country's folder, when that is an old or wrong code.
    fn old_folder<'a>(&self, open: &'a OpenCard) -> Option<&'a str> {
        let folder = open.place.folder.split('/').nth(1)?;
        self.workspace.layout().old_country(folder).map(|_| folder)
    }

    /// A card that is edited and moved in one commit is written at its new place.
    pub(super) fn move_staged(&mut self, from: &str, to: &str) {
        let prefix = format!("{from}/");
        let staged: Vec<String> =
            self.changes.files.keys().filter(|k| k.starts_with(&prefix)).cloned().collect();
        for path in staged {
            if let Some(file) = self.changes.files.remove(&path) {
                self.changes.files.insert(format!("{to}{}", &path[from.len()..]), file);
            }
        }
    }

    /// Gives a customer the next number of this desk; the one it had is given to nobody any more. A folder
    /// that has the number behind its name gets the new one.
    ///
    /// # Errors
    /// When the card or the settings cannot be edited.
    pub fn renumber(&mut self, open: &OpenCard) -> Result<String> {
        let before = open.card.basics.get(SCHEMA.card, "no").map(|v| v.text().into_owned());
        let no = self.workspace.next_number(&mut None)?;
        self.edit(open, &[set(Vec::new(), SCHEMA.card, "no", &Value::Text(no.clone()))])?;
        let Some(before) = before else { return Ok(no) };
        if let Some((series, running)) = ask::split_number(&before) {
            self.retire(&series, running)?;
        }
        let (parent, company) = open.place.folder.rsplit_once('/').unwrap_or(("", &open.place.folder));
        if let Some(name) = company.strip_suffix(&format!(" ({before})")) {
            self.move_folder(open, &format!("{parent}/{}", names::with_number(name, parent, &no)));
        }
        Ok(no)
    }

    /// Removes a customer, with everything in the folder that history knows. The number is retired.
    ///
    /// # Errors
    /// When the settings cannot be edited.
    pub fn remove(&mut self, open: &OpenCard, reason: &str) -> Result<()> {
        let folder = &open.place.folder;
        let files = self.workspace.history.head_files_below(folder)?;
        self.changes.removed.extend(files.into_iter().map(|f| f.path));
        let no = open.card.basics.get(SCHEMA.card, "no").map(|v| v.text().into_owned());
        if let Some((series, running)) = no.as_deref().and_then(ask::split_number) {
            self.retire(&series, running)?;
        }
        self.touch(&open.card.basics.id);
        self.note(reason);
        Ok(())
    }

    /// Keeps in crm.toml that a number was given, so that it is never given again.
    pub(super) fn retire(&mut self, series: &str, running: i64) -> Result<()> {
        let path = self.workspace.root.join(SETTINGS);
        let on_disk = std::fs::read_to_string(&path).map_err(|e| Error::file(&path, e))?;
        let (before, replaces) = match self.changes.files.get(SETTINGS) {
            Some(file) => (self.text_of(SETTINGS)?.unwrap_or_default(), file.replaces.clone()),
            None => (on_disk.clone(), Some(History::id_of(on_disk.as_bytes()))),
        };
        let settings = crate::settings::Settings::read(&before);
        let retired = settings.ok().and_then(|s| s.retired.get(series).copied()).unwrap_or(0);
        if i64::from(retired) >= running {
            return Ok(());
        }
        let edit = Edit::Set {
            table: vec![Step::Key("retired".into())],
            key: series.to_owned(),
            value: toml::Value::Integer(running),
            order: Vec::new(),
        };
        let after = super::transaction::edited(SETTINGS, &before, &[edit])?;
        if crate::settings::Settings::read(&after).is_err() {
            return Err(Error::could_not(Problem::CannotEdit {
                path: SETTINGS.into(),
                reason: "retired".into(),
            }));
        }
        self.put(SETTINGS.to_owned(), after, replaces)?;
        Ok(())
    }
}

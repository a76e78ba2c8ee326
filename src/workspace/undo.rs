//! `crm undo`: takes back what one commit did, as a new commit, and leaves what was done since. Each card
//! is merged of three: the commit's own state is the base, what stands now is ours, and the state before
//! the commit is theirs. Where the same place was changed again, nothing at all is taken back.

use std::collections::{BTreeMap, HashMap};

use super::{Known, Mode, OpenCard, Saved, Transaction, Workspace, number, short};
use crate::archive::{CARD, SETTINGS};
use crate::card::compare::differences;
use crate::card::merge::{MergeError, PLACES, merge};
use crate::card::path::is_below;
use crate::card::{Card, read};
use crate::error::{Error, Hint, Problem, Result};
use crate::history::{Entry, FileChange, History, Id, NewFile};
use crate::i18n::sentence::Sentence;
use crate::index::{Index, ask};
use crate::sections::SCHEMA;
use crate::settings::Settings;

/// Places that a refusal names at most.
const NAMED: usize = 20;

/// What was taken back.
#[derive(Debug)]
pub struct Undone {
    /// The commit that was taken back.
    pub entry: Entry,
    /// The new commit.
    pub saved: Saved,
    /// How many customers it touched.
    pub customers: usize,
}

/// A card on one side of the commit.
struct State {
    folder: String,
    text: String,
    card: Card,
}

/// A customer that the commit touched.
#[derive(Default)]
struct Touched {
    was: Option<State>,
    became: Option<State>,
}

/// Two values at a place that was changed again since.
struct Clash {
    no: String,
    path: String,
    now: Option<String>,
    before: Option<String>,
}

impl Workspace {
    /// Takes back a commit, or the last one that a command in this clone made.
    ///
    /// # Errors
    /// When there is no such commit, it is the first or a merge, or something that it changed was changed
    /// again since: then nothing is written, and every such place is named with both values.
    pub fn undo(&self, commit: Option<&str>, mode: Mode) -> Result<Undone> {
        let mut transaction = self.begin(mode)?;
        let entry = self.commit_to_undo(commit)?;
        let mut undo = Undo::of(self, &entry)?;
        undo.settle(&mut transaction)?;
        if !undo.clashes.is_empty() {
            return Err(refusal(&entry, &undo.clashes));
        }
        let customers = transaction.touched();
        transaction.note(&entry.commit);
        let sentence = Sentence::Undone { sentence: entry.sentence.clone(), commit: short(&entry.commit) };
        let saved = transaction.commit(&sentence)?;
        if saved.commit.is_some() {
            undo.home.iter().try_for_each(|(from, to)| self.bring_home(from, to))?;
        }
        Ok(Undone { entry, saved, customers })
    }

    fn commit_to_undo(&self, commit: Option<&str>) -> Result<Entry> {
        let entry = match commit {
            Some(text) => self.history.commit_named(text)?.ok_or_else(|| {
                Error::not_found(Problem::NoSuchCommit { text: text.into() }).hint(Hint::SeeHistory)
            })?,
            None => self
                .history
                .last_own()?
                .ok_or_else(|| Error::not_found(Problem::NothingToUndo).hint(Hint::SeeHistory))?,
        };
        let commit = short(&entry.commit);
        if !self.history.stands(&entry.commit)? {
            return Err(Error::not_found(Problem::NotInHistory { commit }).hint(Hint::SeeHistory));
        }
        match self.history.parents_of(&entry.commit)?.len() {
            0 => Err(Error::refused(Problem::FirstCommit)),
            1 => Ok(entry),
            _ => Err(Error::refused(Problem::MergeCommit { commit }).hint(Hint::RestoreInstead)),
        }
    }
}

/// The way back of one commit.
struct Undo<'w> {
    workspace: &'w Workspace,
    cards: BTreeMap<String, Touched>,
    /// Files that are no cards.
    files: Vec<FileChange>,
    clashes: Vec<Clash>,
    /// Folders of papers that a merge of customers took along, and where they were.
    home: Vec<(String, String)>,
    /// The highest number of each series that comes free.
    retired: BTreeMap<String, i64>,
}

impl<'w> Undo<'w> {
    fn of(workspace: &'w Workspace, entry: &Entry) -> Result<Undo<'w>> {
        let mut undo = Undo {
            workspace,
            cards: BTreeMap::new(),
            files: Vec::new(),
            clashes: Vec::new(),
            home: Vec::new(),
            retired: BTreeMap::new(),
        };
        for change in workspace.history.files_of(&entry.commit)? {
            let folder = change.path.strip_suffix(CARD).and_then(|f| f.strip_suffix('/'));
            let Some(folder) = folder.filter(|f| f.matches('/').count() == 2) else {
                undo.files.push(change);
                continue;
            };
            let (was, became) = (undo.state(folder, &change.was)?, undo.state(folder, &change.became)?);
            if let Some(was) = was {
                let id = was.card.basics.id.clone();
                undo.cards.entry(id).or_default().was = Some(was);
            }
            if let Some(became) = became {
                let id = became.card.basics.id.clone();
                undo.cards.entry(id).or_default().became = Some(became);
            }
        }
        Ok(undo)
    }

    fn state(&self, folder: &str, content: &Option<Id>) -> Result<Option<State>> {
        let Some(content) = content else { return Ok(None) };
        let path = format!("{folder}/{CARD}");
        let text = String::from_utf8_lossy(&self.workspace.history.content_of(content)?).into_owned();
        let card = read::read(&text, &SCHEMA).map_err(|u| super::unreadable(&path, &text, &u))?;
        Ok(Some(State { folder: folder.to_owned(), text, card }))
    }

    /// Puts everything that goes back into the transaction, and collects what cannot.
    fn settle(&mut self, transaction: &mut Transaction<'_>) -> Result<()> {
        let everyone = self.workspace.ask(Index::everyone)?;
        let now: HashMap<String, Known> =
            everyone.into_iter().map(|known| (known.id.clone(), known)).collect();
        let cards = std::mem::take(&mut self.cards);
        for (id, touched) in &cards {
            let open = now.get(id).map(|known| transaction.open(known)).transpose()?;
            match (&touched.was, &touched.became, open) {
                (Some(was), Some(became), Some(open)) => {
                    self.change_back(transaction, was, became, &open)?;
                    self.papers_travel(was, became);
                }
                (None, Some(became), Some(open)) => self.take_away(transaction, became, &open)?,
                (Some(was), None, None) => {
                    let took =
                        |of: &Touched| of.became.as_ref().is_some_and(|b| b.card.former_ids.contains(id));
                    let survivor = cards.iter().find(|(_, of)| took(of)).and_then(|(id, _)| now.get(id));
                    let papers = survivor.and_then(|survivor| {
                        self.workspace.papers_of_merged(&survivor.folder, &was.folder, &number(&was.card))
                    });
                    self.home.extend(papers.map(|papers| (papers, was.folder.clone())));
                    self.bring_back(transaction, was)?;
                }
                (Some(was), Some(_), None) => {
                    self.clash(&number(&was.card), "@folder", None, Some(&was.folder))
                }
                (Some(was), None, Some(open)) => {
                    self.clash(&number(&was.card), "@folder", Some(&open.place.folder), Some(&was.folder));
                }
                (None, _, None) | (None, None, Some(_)) => {}
            }
        }
        for change in std::mem::take(&mut self.files) {
            self.file_back(transaction, &change)?;
        }
        for (series, running) in std::mem::take(&mut self.retired) {
            transaction.retire(&series, running)?;
        }
        Ok(())
    }

    fn clash(&mut self, no: &str, path: &str, now: Option<&str>, before: Option<&str>) {
        let [now, before] = [now, before].map(|value| value.map(str::to_owned));
        self.clashes.push(Clash { no: no.to_owned(), path: path.to_owned(), now, before });
    }

    /// A card that the commit changed or moved.
    fn change_back(
        &mut self,
        transaction: &mut Transaction<'_>,
        was: &State,
        became: &State,
        open: &OpenCard,
    ) -> Result<()> {
        let no = number(&open.card);
        let merged = merge(&became.text, &open.text, &was.text, &SCHEMA)
            .map_err(|error| not_merged(&open.place.card(), error))?;
        for clash in &merged.clashes {
            self.clash(&no, &clash.path, Some(&clash.ours), Some(&clash.theirs));
        }
        for kept in &merged.kept {
            let [now, before] = [&open.card, &was.card].map(|card| values_at(card, &kept.path));
            self.clash(&no, &kept.path, now.as_deref(), before.as_deref());
        }
        transaction.replace_text(open, &merged.text)?;
        let Some(folder) = self.place_back(was, became, open, &no) else { return Ok(()) };
        if folder != open.place.folder {
            if self.workspace.root.join(&folder).exists() {
                self.clash(&no, "@folder", Some(&open.place.folder), Some(&folder));
                return Ok(());
            }
            transaction.move_folder(open, &folder);
        }
        Ok(())
    }

    /// Where a card goes back to: stage, country and company each on its own. `None`, where one of them was
    /// changed again.
    fn place_back(&mut self, was: &State, became: &State, open: &OpenCard, no: &str) -> Option<String> {
        let mut parts = Vec::new();
        let mut fits = true;
        let folders = [&was.folder, &became.folder, &open.place.folder];
        for (at, path) in PLACES.into_iter().enumerate() {
            let [before, after, now] = folders.map(|folder| folder.split('/').nth(at).unwrap_or(""));
            if before != after && now != after && now != before {
                self.clash(no, path, Some(now), Some(before));
                fits = false;
            }
            parts.push(if now == after { before } else { now });
        }
        fits.then(|| parts.join("/"))
    }

    /// A card that the commit added: it goes, if nothing was added to it since.
    fn take_away(
        &mut self,
        transaction: &mut Transaction<'_>,
        became: &State,
        open: &OpenCard,
    ) -> Result<()> {
        let no = number(&open.card);
        let since = differences(Some(&became.card), Some(&open.card), &SCHEMA);
        for one in &since {
            self.clash(&no, &one.path, one.new.as_deref(), one.old.as_deref());
        }
        let folder = &open.place.folder;
        if *folder != became.folder {
            self.clash(&no, "@folder", Some(folder), Some(&became.folder));
        }
        let files = self.workspace.history.head_files_below(folder)?;
        for file in &files {
            let below = file.path.strip_prefix(folder.as_str()).unwrap_or("");
            let came_along = self.files.iter().any(|f| {
                f.became.as_ref() == Some(&file.id) && f.path == format!("{}{below}", became.folder)
            });
            if !came_along && file.path != open.place.card() {
                self.clash(&no, &file.path, Some(&file.path), None);
            }
        }
        self.files.retain(|f| !f.path.starts_with(&format!("{}/", became.folder)));
        transaction.changes.removed.extend(files.into_iter().map(|file| file.path));
        transaction.touch(&open.card.basics.id);
        if let Some((series, running)) = ask::split_number(&no) {
            let highest = self.retired.entry(series).or_default();
            *highest = (*highest).max(running);
        }
        Ok(())
    }

    /// A card that the commit removed comes back; the papers beside it are files like others.
    fn bring_back(&mut self, transaction: &mut Transaction<'_>, was: &State) -> Result<()> {
        let path = format!("{}/{CARD}", was.folder);
        if self.workspace.root.join(&path).exists() {
            self.clash(&number(&was.card), "@folder", Some(&was.folder), Some(&was.folder));
            return Ok(());
        }
        let file = NewFile::new(was.text.clone(), None);
        transaction.changes.files.insert(path, file);
        transaction.touch(&was.card.basics.id);
        Ok(())
    }

    /// Papers that moved with their folder move back with it. One that was changed on the way is not
    /// followed.
    fn papers_travel(&mut self, was: &State, became: &State) {
        if was.folder == became.folder {
            return;
        }
        let below = |path: &str, folder: &str| {
            path.strip_prefix(folder).filter(|rest| rest.starts_with('/')).map(str::to_owned)
        };
        let (mut left, mut came) = (BTreeMap::new(), BTreeMap::new());
        for file in std::mem::take(&mut self.files) {
            match (below(&file.path, &was.folder), below(&file.path, &became.folder)) {
                (Some(rest), _) if file.became.is_none() => drop(left.insert(rest, file.was)),
                (_, Some(rest)) if file.was.is_none() => drop(came.insert(rest, file.became)),
                _ => self.files.push(file),
            }
        }
        if left != came {
            self.clash(&number(&became.card), "@folder", Some(&became.folder), Some(&was.folder));
        }
    }

    /// A paper, the settings, or another file.
    fn file_back(&mut self, transaction: &mut Transaction<'_>, change: &FileChange) -> Result<()> {
        let history = &self.workspace.history;
        let now = history.head_id(&change.path)?;
        if now == change.was {
            return Ok(());
        }
        if change.path == SETTINGS {
            return self.settings_back(transaction, change);
        }
        if now != change.became || self.workspace.id_on_disk(&change.path)? != now {
            let [now, was] = [&now, &change.was].map(|id| id.as_deref().map(short));
            self.clash("", &change.path, now.as_deref(), was.as_deref());
            return Ok(());
        }
        match &change.was {
            None => transaction.changes.removed.push(change.path.clone()),
            Some(was) => {
                let file = NewFile::new(history.content_of(was)?, now);
                transaction.changes.files.insert(change.path.clone(), file);
            }
        }
        Ok(())
    }

    /// The settings merge like a card. Numbers that were given stay given.
    fn settings_back(&mut self, transaction: &mut Transaction<'_>, change: &FileChange) -> Result<()> {
        let text = |id: &Option<Id>| -> Result<String> {
            let bytes = id.as_ref().map(|id| self.workspace.history.content_of(id)).transpose()?;
            Ok(String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned())
        };
        let (was, became) = (text(&change.was)?, text(&change.became)?);
        let plain = |text: &str| {
            let mut table: toml::Table = toml::from_str(text).unwrap_or_default();
            table.remove("retired");
            table
        };
        if plain(&was) == plain(&became) {
            return Ok(());
        }
        let now = self.workspace.file(SETTINGS)?.unwrap_or_default();
        let now = String::from_utf8_lossy(&now).into_owned();
        let merged = merge(&became, &now, &was, &SCHEMA).map_err(|error| not_merged(SETTINGS, error))?;
        for clash in merged.clashes.iter().filter(|clash| !clash.path.starts_with("retired")) {
            self.clash(SETTINGS, &clash.path, Some(&clash.ours), Some(&clash.theirs));
        }
        if Settings::read(&merged.text).is_err() {
            self.clash(SETTINGS, SETTINGS, None, None);
            return Ok(());
        }
        let replaces = Some(History::id_of(now.as_bytes()));
        let file = NewFile::new(merged.text, replaces);
        transaction.changes.files.insert(SETTINGS.to_owned(), file);
        Ok(())
    }
}

/// What stands at a place, for a person to compare.
fn values_at(card: &Card, path: &str) -> Option<String> {
    let all = differences(None, Some(card), &SCHEMA);
    let below = all.into_iter().filter(|d| is_below(&d.path, path));
    let values: Vec<String> = below.filter_map(|d| d.new).collect();
    (!values.is_empty()).then(|| values.join(", "))
}

fn not_merged(path: &str, error: MergeError) -> Error {
    Error::could_not(Problem::CannotEdit { path: path.to_owned(), reason: error.to_string() }).because(error)
}

/// The refusal, with both values of each place that was changed again.
fn refusal(entry: &Entry, clashes: &[Clash]) -> Error {
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "–".to_owned());
    let line = |clash: &Clash| {
        format!("{} {}: {} → {}", clash.no, clash.path, value(&clash.now), value(&clash.before))
            .trim()
            .to_owned()
    };
    let mut lines: Vec<String> = clashes.iter().take(NAMED).map(line).collect();
    if clashes.len() > NAMED {
        lines.push("…".to_owned());
    }
    let problem = Problem::ChangedSince { commit: short(&entry.commit), count: clashes.len() };
    Error::refused(problem).detail(lines).hint(Hint::RestorePlace)
}

//! The one way of writing: everything is validated first, under the lock; then one commit with one
//! sentence. Edits by hand to a card that is about to be written are committed before, on their own.

use std::collections::HashSet;

use super::{NewRecord, OpenCard, Workspace};
use crate::archive::Lock;
use crate::card::Section;
use crate::card::edit::{self, Edit};
use crate::card::{conflicts, read};
use crate::error::{Error, Problem, Result};
use crate::history::{Changes, Content, History, Id, NewFile};
use crate::i18n::Say;
use crate::i18n::notice::Notice;
use crate::i18n::sentence::Sentence;
use crate::index::{self, Known};
use crate::sections::SCHEMA;

/// Bytes of new content from which on they are stored rather than held in memory.
const HELD_MOST: usize = 4 << 20;

/// Whether a transaction commits or only shows what it would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It commits.
    Write,
    /// It touches nothing.
    DryRun,
}

/// Changes that become one commit.
#[derive(Debug)]
pub struct Transaction<'w> {
    pub(super) workspace: &'w Workspace,
    /// `None` when nothing will be written.
    lock: Option<Lock>,
    pub(super) changes: Changes,
    /// The files whose new content is held in memory, and how long that is.
    held: Vec<String>,
    held_bytes: usize,
    /// The cards that the commit names, in order, and the same to look one up.
    cards: Vec<String>,
    named: HashSet<String>,
    body: Vec<String>,
    /// What is to be said beside the sentence.
    pub notices: Vec<Notice>,
}

/// What a transaction did.
#[derive(Clone, Debug)]
pub struct Saved {
    /// The commit; `None` when there was nothing to change, or for a dry run.
    pub commit: Option<Id>,
    /// The sentence in the archive's language.
    pub sentence: String,
    /// What is to be said beside it.
    pub notices: Vec<Notice>,
}

impl Workspace {
    /// Begins a transaction: takes the lock, finishes what a kill left, and looks whether the
    /// repository takes a commit now.
    ///
    /// # Errors
    /// When another process holds the lock, git knows nobody, or the repository is in the middle
    /// of something.
    pub fn begin(&self, mode: Mode) -> Result<Transaction<'_>> {
        self.only_now()?;
        self.check_format()?;
        let lock = match mode {
            Mode::Write => {
                let lock = Lock::take(&self.history.crm_folder(), self.settings.archive.lock_wait)?;
                self.recover()?;
                self.history.writable()?;
                self.history.identity()?;
                Some(lock)
            }
            Mode::DryRun => None,
        };
        let (changes, held, cards, named, body, notices) = Default::default();
        Ok(Transaction { workspace: self, lock, changes, held, held_bytes: 0, cards, named, body, notices })
    }

    fn check_format(&self) -> Result<()> {
        let (format, known) = (self.settings.format.0, crate::settings::FORMAT);
        if format > known {
            return Err(Error::could_not(Problem::NewerFormat { format, known }));
        }
        Ok(())
    }
}

impl Transaction<'_> {
    /// Whether it only shows what it would do.
    pub fn is_dry_run(&self) -> bool {
        self.lock.is_none()
    }

    /// Reads a card under the lock, after committing edits that were made to it by hand.
    ///
    /// # Errors
    /// When the card is gone or cannot be read.
    pub fn open(&mut self, known: &Known) -> Result<OpenCard> {
        let open = self.workspace.read_again(known)?;
        if let Some(text) = self.text_of(&open.place.card())? {
            return self.workspace.parsed(&open, text);
        }
        if self.is_dry_run() {
            return Ok(open);
        }
        match self.workspace.adopt(&open)? {
            None => Ok(open),
            Some((adopted, notices)) => {
                self.notices.extend(notices);
                Ok(adopted)
            }
        }
    }

    /// Changes a card. Nothing is written before [`Transaction::commit`].
    ///
    /// # Errors
    /// When the editor cannot make a change without touching something else.
    pub fn edit(&mut self, open: &OpenCard, edits: &[Edit]) -> Result<()> {
        let path = open.place.card();
        let before = self.text_of(&path)?.unwrap_or_else(|| open.text.clone());
        let after = edited(&path, &before, &with_decisions(&before, edits))?;
        if after == before {
            return Ok(());
        }
        let replaces = match self.changes.files.get(&path) {
            Some(file) => file.replaces.clone(),
            None => Some(History::id_of(before.as_bytes())),
        };
        self.put(path, after, replaces)?;
        self.touch(&open.card.basics.id);
        Ok(())
    }

    /// Gives a file a new text.
    pub(super) fn put(&mut self, path: String, text: String, replaces: Option<Id>) -> Result<()> {
        self.held_bytes += text.len();
        self.held.push(path.clone());
        self.changes.files.insert(path, NewFile::new(text, replaces));
        if self.held_bytes >= HELD_MOST { self.store_held() } else { Ok(()) }
    }

    /// Brings what is held in memory to the object store, as one pack, and keeps the ids: so that a long
    /// import needs no more memory than a short one. Until the commit nothing refers to the pack, and git
    /// throws it away in its time when the commit is never made.
    ///
    /// A dry run stores nothing; of new files, which nobody looks at again, it forgets the text.
    fn store_held(&mut self) -> Result<()> {
        self.held_bytes = 0;
        let is_dry_run = self.is_dry_run();
        let (mut paths, mut contents) = (Vec::new(), Vec::new());
        for path in std::mem::take(&mut self.held) {
            match self.changes.files.get_mut(&path) {
                Some(file) if is_dry_run && file.replaces.is_some() => {}
                Some(_) if is_dry_run => drop(self.changes.files.remove(&path)),
                // What was put twice has been taken already.
                Some(NewFile { content: Content::Bytes(bytes), .. }) if !bytes.is_empty() => {
                    contents.push(std::mem::take(bytes));
                    paths.push(path);
                }
                _ => {}
            }
        }
        for (path, id) in paths.iter().zip(self.workspace.history.store(&contents)?) {
            if let Some(file) = self.changes.files.get_mut(path) {
                file.content = Content::Stored(id);
            }
        }
        Ok(())
    }

    /// The text that a file is to have, where this transaction changes it.
    pub(super) fn text_of(&self, path: &str) -> Result<Option<String>> {
        let Some(file) = self.changes.files.get(path) else { return Ok(None) };
        let bytes = self.workspace.history.bytes_of(&file.content)?;
        Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// Names a card in the commit's trailers.
    pub(super) fn touch(&mut self, id: &str) {
        if self.named.insert(id.to_owned()) {
            self.cards.push(id.to_owned());
        }
    }

    /// Adds a line below the sentence, such as a reason.
    pub fn note(&mut self, line: &str) {
        self.body.push(line.to_owned());
    }

    /// The text that a card will have, and the one that it has: for a dry run.
    pub fn preview(&self, open: &OpenCard) -> Option<(String, String)> {
        let after = self.text_of(&open.place.card()).ok()??;
        Some((open.text.clone(), after))
    }

    /// Commits everything as one commit with one sentence.
    ///
    /// # Errors
    /// When a file was changed meanwhile or the disk refuses; card and history are then as they were.
    pub fn commit(self, sentence: &Sentence) -> Result<Saved> {
        let subject = one_line(&sentence.say(self.workspace.language()));
        let mut saved = Saved { commit: None, sentence: subject, notices: self.notices };
        if self.lock.is_none() || self.changes.is_empty() {
            return Ok(saved);
        }
        let old = self.workspace.history.head()?;
        let message = message(&saved.sentence, &self.body, &self.cards);
        let commit = self.workspace.carry_out(&self.changes, &message)?;
        self.workspace.note_commit(&self.changes, old.as_deref(), &commit);
        if !matches!(self.workspace.history.left_journal(), Ok(None)) {
            saved.notices.push(Notice::GitIndexLater);
        }
        saved.commit = Some(commit);
        Ok(saved)
    }

    /// Adds a record to a card; the id of the record.
    ///
    /// # Errors
    /// When a required field is missing.
    pub fn add_record(
        &mut self,
        open: &OpenCard,
        section: &'static Section,
        record: &NewRecord,
    ) -> Result<String> {
        let (id, edit) = self.workspace.add_record_edit(&open.card, section, record)?;
        self.edit(open, &[edit])?;
        Ok(id)
    }

    /// Replaces the whole text of a card, as an editor left it.
    ///
    /// # Errors
    /// When the text cannot be hashed.
    pub fn replace_text(&mut self, open: &OpenCard, text: &str) -> Result<()> {
        if text == open.text {
            return Ok(());
        }
        let replaces = Some(History::id_of(open.text.as_bytes()));
        self.put(open.place.card(), text.to_owned(), replaces)?;
        self.touch(&open.card.basics.id);
        Ok(())
    }

    /// Where a folder will stand.
    pub fn folder_of(&self, folder: &str) -> String {
        let moved = self.changes.renames.iter().find(|(from, _)| from == folder);
        moved.map_or_else(|| folder.to_owned(), |(_, to)| to.clone())
    }

    /// How many cards are changed so far.
    pub fn touched(&self) -> usize {
        self.cards.len()
    }

    /// Whether there is anything to commit.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

impl Workspace {
    /// Tells the index that HEAD moved, unless HEAD has a customer now that the index never saw.
    pub(super) fn note_commit(&self, changes: &Changes, old: Option<&str>, new: &str) {
        if changes.files.values().all(|file| file.replaces.is_some()) {
            index::note_commit(&self.source(), old, new);
        }
    }

    /// Reads a card again, where it stands now.
    fn read_again(&self, known: &Known) -> Result<OpenCard> {
        let here = self.read(known);
        match here {
            Ok(open) if open.card.basics.id == known.id || open.card.basics.id == known.text_id => Ok(open),
            other => match self.ask(|index| index.by_id(&known.id))? {
                Some(moved) if moved.folder != known.folder => self.read(&moved),
                _ => other,
            },
        }
    }

    /// A card with another text.
    pub(super) fn parsed(&self, open: &OpenCard, text: String) -> Result<OpenCard> {
        let card =
            read::read(&text, &SCHEMA).map_err(|u| super::unreadable(&open.place.card(), &text, &u))?;
        let known =
            Known { id: card.basics.id.clone(), text_id: card.basics.id.clone(), ..open.known.clone() };
        Ok(OpenCard { known, place: open.place.clone(), text, card })
    }
}

/// Edits, and what they decide: a field that is written has no other values any more.
fn with_decisions(text: &str, edits: &[Edit]) -> Vec<Edit> {
    let mut edits = edits.to_vec();
    if let Some(card) = conflicts::text_with_conflicts(text)
        && !edits.iter().any(conflicts::is_decision)
    {
        edits.extend(conflicts::decided_by(&card, &edits));
    }
    edits
}

/// Edits a text; a refusal of the editor names the file.
pub(super) fn edited(path: &str, text: &str, edits: &[Edit]) -> Result<String> {
    edit::apply(text, edits).map_err(|fault| {
        Error::could_not(Problem::CannotEdit { path: path.to_owned(), reason: fault.to_string() })
            .because(fault)
    })
}

fn message(subject: &str, body: &[String], cards: &[String]) -> String {
    let mut message = format!("{subject}\n");
    for line in body {
        message += &format!("\n{}\n", one_line(line));
    }
    if !cards.is_empty() {
        message.push('\n');
        for id in cards {
            message += &format!("Card: {}\n", one_line(id));
        }
    }
    message
}

/// A sentence in history is one line, whatever was typed.
pub(super) fn one_line(text: &str) -> String {
    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

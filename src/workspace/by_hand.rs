//! `crm commit`: takes in what was done by hand, as one commit. What was removed waits until a
//! person says that it is meant.

use std::collections::BTreeSet;

use super::transaction::Transaction;
use super::{OpenCard, Workspace};
use crate::archive::{CARD, SETTINGS};
use crate::error::{Error, Result};
use crate::history::{Content, HandChange, HandChangeKind, History, NewFile};
use crate::i18n::List;
use crate::i18n::notice::Notice;
use crate::i18n::sentence::Sentence;
use crate::index::{Known, ask};

/// What `crm commit` found.
#[derive(Debug, Default)]
pub struct HandEdits {
    /// The numbers of customers whose cards were edited, moved, copied or made by hand.
    pub customers: Vec<String>,
    /// Papers that are taken in.
    pub papers: Vec<String>,
    /// Cards and papers that are gone and wait for `--removed`.
    pub waiting: Vec<String>,
    /// Cards that are gone, and are taken out of the archive now.
    pub removed: Vec<String>,
    /// What was left out, and why.
    pub errors: Vec<Error>,
}

impl HandEdits {
    /// What a commit of them says.
    pub fn sentence(&self) -> Sentence {
        match (self.customers.as_slice(), self.removed.as_slice()) {
            ([no], []) => Sentence::EditedByHand { no: no.clone() },
            ([], []) => Sentence::PapersByHand { count: self.papers.len() },
            ([], removed) => Sentence::RemovedByHand { names: List(removed.to_vec()) },
            (customers, []) => Sentence::ManyEditedByHand { count: customers.len() },
            (customers, removed) => {
                Sentence::EditedAndRemovedByHand { count: customers.len(), names: List(removed.to_vec()) }
            }
        }
    }
}

/// Whether removals are recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removals {
    /// They wait.
    Wait,
    /// They are recorded.
    Record,
}

impl Transaction<'_> {
    /// Takes in everything that was done by hand.
    ///
    /// # Errors
    /// When the archive cannot be listed. A card that cannot be read is left out and said.
    pub fn take_in_hand_edits(&mut self, removals: Removals) -> Result<HandEdits> {
        let changes = self.workspace.history.hand_changes()?;
        let mut found = HandEdits::default();
        let mut next = None;
        for folder in self.edited_folders(&changes)? {
            if let Err(error) = self.take_in_card(&folder, &mut next, &mut found) {
                found.errors.push(error);
            }
        }
        let moved: Vec<String> = self.changes.renames.iter().map(|(from, _)| format!("{from}/")).collect();
        for change in changes.iter().filter(|c| !moved.iter().any(|from| c.path.starts_with(from))) {
            match change.kind {
                HandChangeKind::Gone => self.take_in_removal(&change.path, removals, &mut found)?,
                _ if change.path.ends_with(&format!("/{CARD}")) => {}
                _ => self.take_in_file(&change.path, &mut found)?,
            }
        }
        Ok(found)
    }

    /// Folders of cards that differ from HEAD, and of cards that lack an id.
    fn edited_folders(&self, changes: &[HandChange]) -> Result<BTreeSet<String>> {
        let suffix = format!("/{CARD}");
        let cards = changes.iter().filter(|c| c.kind != HandChangeKind::Gone);
        let mut folders: BTreeSet<String> =
            cards.filter_map(|c| c.path.strip_suffix(&suffix).map(str::to_owned)).collect();
        folders.retain(|f| self.workspace.layout.place(f).is_some());
        folders.extend(self.workspace.ask(crate::index::Index::copies)?.into_iter().map(|k| k.folder));
        Ok(folders)
    }

    pub(super) fn take_in_card(
        &mut self,
        folder: &str,
        next: &mut Option<u32>,
        found: &mut HandEdits,
    ) -> Result<()> {
        let open = self.workspace.open_folder(folder)?;
        let Some(adoption) = self.workspace.adoption(&open, next)? else { return Ok(()) };
        self.changes.files.extend(adoption.changes.files);
        self.changes.renames.extend(adoption.changes.renames);
        self.notices.extend(adoption.notices);
        self.touch(&adoption.id);
        found.customers.push(adoption.no);
        Ok(())
    }

    fn take_in_removal(&mut self, path: &str, removals: Removals, found: &mut HandEdits) -> Result<()> {
        let Some(folder) = customer_folder(path).filter(|f| self.workspace.layout.place(f).is_some()) else {
            return Ok(());
        };
        if removals == Removals::Wait {
            found.waiting.push(path.to_owned());
            return Ok(());
        }
        self.changes.removed.push(path.to_owned());
        if path.ends_with(&format!("/{CARD}")) {
            let known = self.workspace.known_in_head(folder)?;
            if let Some((series, running)) =
                known.as_ref().and_then(|k| k.no.as_deref()).and_then(ask::split_number)
            {
                self.retire(&series, running)?;
            }
            if let Some(known) = known {
                self.touch(&known.id);
                found.removed.push(known.no.unwrap_or(known.id));
            }
        }
        Ok(())
    }

    /// A paper beside a card, or the settings.
    fn take_in_file(&mut self, path: &str, found: &mut HandEdits) -> Result<()> {
        let of_customer = customer_folder(path).is_some_and(|f| self.workspace.layout.place(f).is_some());
        if !of_customer && path != SETTINGS {
            return Ok(());
        }
        let on_disk = self.workspace.root.join(path);
        let size = std::fs::symlink_metadata(&on_disk).map_err(|e| Error::file(&on_disk, e))?.len();
        let most = self.workspace.settings.papers.max_mib;
        if size > most.saturating_mul(1 << 20) {
            self.notices.push(Notice::PaperTooLarge { path: path.to_owned(), most });
            return Ok(());
        }
        if self.workspace.history.is_filtered(path) {
            let id = self.workspace.history.filtered_id(path, !self.is_dry_run())?;
            // The library that listed the changes knows no filters of others.
            if self.workspace.history.head_id(path)?.as_ref() == Some(&id) {
                return Ok(());
            }
            let file = NewFile { content: Content::Stored(id.clone()), replaces: Some(id) };
            self.changes.files.insert(path.to_owned(), file);
            found.papers.push(path.to_owned());
            return Ok(());
        }
        let bytes = std::fs::read(&on_disk).map_err(|e| Error::file(&on_disk, e))?;
        let replaces = Some(History::id_of(&bytes));
        self.changes.files.insert(path.to_owned(), NewFile::new(bytes, replaces));
        found.papers.push(path.to_owned());
        Ok(())
    }
}

impl Workspace {
    pub(super) fn open_folder(&self, folder: &str) -> Result<OpenCard> {
        let found = self.ask(|index| index.find(folder))?;
        let known = found.into_iter().find(|k| k.folder == folder);
        self.read(&known.unwrap_or_else(|| Known::only_at(folder)))
    }

    /// Who a customer was whose folder HEAD still has.
    fn known_in_head(&self, folder: &str) -> Result<Option<Known>> {
        let missing = self.ask(crate::index::Index::missing)?;
        Ok(missing.into_iter().find(|k| k.folder == folder))
    }
}

/// The first three levels of a path: the folder of a customer.
fn customer_folder(path: &str) -> Option<&str> {
    let end = path.match_indices('/').nth(2).map(|(at, _)| at)?;
    Some(&path[..end])
}

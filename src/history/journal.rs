//! The journal: what is left to do of a commit whose objects are written. It is brought to the
//! disk before the first file of the work tree is touched; a command that finds one finishes it
//! before anything else. Every step may be done twice.
//!
//! The order: journal, work tree, reference, git's index, journal away.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::took::BY_CRM;
use super::tree::TreeFile;
use super::{History, Id, git_error, oid};
use crate::archive::platform::{is_absence, sync_file};
use crate::archive::write::{self, Durable};
use crate::error::{Error, Hint, Problem, Result};

/// What is left to do of a commit.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Journal {
    /// The full name of the branch that moves.
    pub branch: String,
    /// The commit that it was at; `None` for the first.
    pub old: Option<Id>,
    /// The commit that it goes to.
    pub new: Id,
    /// Folders that move on the disk: from, to.
    pub renames: Vec<(String, String)>,
    /// Every file in which the two commits differ.
    pub files: Vec<FileStep>,
    /// Every folder above one of them; without, git computes its cached trees anew.
    #[serde(default)]
    pub folders: Vec<FolderStep>,
}

/// The tree of one folder before and after a commit.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FolderStep {
    /// The path from the root; empty for the root.
    pub path: String,
    /// `None` where the folder was not there.
    pub old: Option<Id>,
    /// `None` where it is there no more.
    pub new: Option<Id>,
}

/// One file of a commit.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FileStep {
    /// The path from the root.
    pub path: String,
    /// What the file was, on the disk after renames; `None` where it was not there.
    pub old: Option<Id>,
    /// What it becomes; `None` where it goes.
    pub new: Option<Id>,
    /// As git writes it.
    pub mode: i32,
}

impl FileStep {
    pub(super) fn moved(path: &str, file: &TreeFile) -> FileStep {
        FileStep {
            path: path.to_owned(),
            old: Some(file.id.clone()),
            new: Some(file.id.clone()),
            mode: file.mode,
        }
    }

    pub(super) fn gone(path: &str, old: Option<Id>) -> FileStep {
        FileStep { path: path.to_owned(), old, new: None, mode: 0o100_644 }
    }
}

impl History {
    fn journal_path(&self) -> PathBuf {
        self.crm_folder().join("journal.json")
    }

    /// Brings the journal to the disk.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write_journal(&self, journal: &Journal) -> Result<()> {
        let path = self.journal_path();
        write::through(&path, Durable::Each, |file| {
            serde_json::to_writer(file, journal).map_err(|e| Error::file(&path, e.into()))
        })
    }

    /// The journal that a killed command left, if any. One that is not whole was never brought to
    /// the disk, so nothing of its commit was done.
    ///
    /// # Errors
    /// When there is one that the disk does not give.
    pub fn left_journal(&self) -> Result<Option<Journal>> {
        let path = self.journal_path();
        match fs::read(&path) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok()),
            Err(error) if is_absence(&error) => Ok(None),
            Err(error) => Err(Error::file(&path, error)),
        }
    }

    /// Takes the journal away.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn drop_journal(&self) -> Result<()> {
        write::remove(&self.crm_folder(), &self.journal_path())
    }

    /// Whether the commit of a left journal can still be finished: its branch stands where it was, at
    /// the new commit, or above it.
    ///
    /// # Errors
    /// When the repository cannot be read.
    pub fn can_finish(&self, journal: &Journal) -> Result<bool> {
        let head = self.head()?;
        let whole = self.repo.find_commit(oid(&journal.new)?).is_ok();
        let on_branch = self.branch().is_ok_and(|b| b == journal.branch);
        Ok(whole && on_branch && (head == journal.old || self.stands(&journal.new)?))
    }

    /// The new content of a file of the journal.
    ///
    /// # Errors
    /// When the object store cannot be read.
    pub fn content_of(&self, id: &str) -> Result<Vec<u8>> {
        self.content(oid(id)?)
    }

    /// Moves the reference and brings git's index up to date.
    ///
    /// # Errors
    /// When the branch has moved meanwhile, or git's files cannot be written.
    pub fn finish(&self, journal: &Journal, sentence: &str) -> Result<()> {
        self.move_branch(journal, sentence)?;
        // libgit2 does not wait for the disk, and the journal goes next.
        let reference = self.repo.commondir().join(&journal.branch);
        sync_file(&reference).map_err(|e| Error::file(&reference, e))?;
        self.update_git_index(journal)
    }

    fn move_branch(&self, journal: &Journal, sentence: &str) -> Result<()> {
        let new = oid(&journal.new)?;
        if self.stands(&journal.new)? {
            return Ok(());
        }
        let log = format!("{BY_CRM}{sentence}");
        let moved = match &journal.old {
            Some(old) => self.repo.reference_matching(&journal.branch, new, true, oid(old)?, &log),
            None => self.repo.reference(&journal.branch, new, false, &log),
        };
        moved.map(|_| ()).map_err(|e| match e.code() {
            git2::ErrorCode::Modified | git2::ErrorCode::Exists => {
                Error::could_not(Problem::BranchMoved).hint(Hint::TryAgain)
            }
            git2::ErrorCode::Locked => {
                Error::could_not(Problem::GitBusy { file: format!("{}.lock", journal.branch) })
            }
            _ => git_error(e),
        })
    }

    /// Takes away the locks of git's that a killed command of ours left: only those that carry
    /// this journal's commit or index, since a living git may hold one too.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn release_own_locks(&self, journal: &Journal) -> Result<()> {
        let lock = self.repo.commondir().join(format!("{}.lock", journal.branch));
        if let Ok(content) = fs::read(&lock) {
            let ours = journal.new.as_bytes().starts_with(content.trim_ascii_end()) && self.is_younger(&lock);
            if ours {
                write::remove(self.repo.commondir(), &lock)?;
            }
        }
        self.release_own_index_lock()
    }

    /// Whether a file was made after the journal.
    fn is_younger(&self, path: &Path) -> bool {
        let changed = |p: &Path| fs::metadata(p).and_then(|m| m.modified());
        match (changed(path), changed(&self.journal_path())) {
            (Ok(file), Ok(journal)) => file >= journal,
            _ => false,
        }
    }
}

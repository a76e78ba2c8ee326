//! What one commit did to files, and which commit the last command of this clone made: for taking it back.

use git2::DiffOptions;

use super::{Entry, History, Id, git_error, oid};
use crate::error::Result;

/// A file in which a commit differs from the one before it. A moved file is one that went and one that
/// came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// The path from the root.
    pub path: String,
    /// The id of its content before; `None` where it was not there.
    pub was: Option<Id>,
    /// The id of its content after; `None` where it is not there.
    pub became: Option<Id>,
}

/// How the reflog names what `crm` did.
pub(super) const BY_CRM: &str = "crm: ";
/// What it says behind that of a command that a kill stopped and another one finished.
pub(crate) const INTERRUPTED: &str = "finish an interrupted command";

impl History {
    /// The commit that the last command in this clone made and that HEAD still has; `None` where none is
    /// known. What a sync brought was made by others.
    ///
    /// # Errors
    /// When the repository cannot be read.
    pub fn last_own(&self) -> Result<Option<Entry>> {
        let reflog = self.repo.reflog(&self.branch()?).map_err(git_error)?;
        for line in reflog.iter() {
            let said = line.message().ok().flatten();
            let Some(said) = said.and_then(|text| text.strip_prefix(BY_CRM)) else { continue };
            let Ok(commit) = self.repo.find_commit(line.id_new()) else { continue };
            let entry = Entry::of(&commit);
            let is_own = said == entry.sentence || said == INTERRUPTED && self.is_by_me(&commit);
            if is_own && commit.parent_count() < 2 && self.stands(&entry.commit)? {
                return Ok(Some(entry));
            }
        }
        Ok(None)
    }

    fn is_by_me(&self, commit: &git2::Commit<'_>) -> bool {
        self.identity().is_ok_and(|me| commit.author().email_bytes() == me.email.as_bytes())
    }

    /// The parents of a commit.
    ///
    /// # Errors
    /// When there is no such commit.
    pub fn parents_of(&self, commit: &str) -> Result<Vec<Id>> {
        let commit = self.repo.find_commit(oid(commit)?).map_err(git_error)?;
        Ok(commit.parent_ids().map(|id| id.to_string()).collect())
    }

    /// The files in which a commit differs from its only parent. Names that are not UTF-8 are left out.
    ///
    /// # Errors
    /// When the repository cannot be read.
    pub fn files_of(&self, commit: &str) -> Result<Vec<FileChange>> {
        let commit = self.repo.find_commit(oid(commit)?).map_err(git_error)?;
        let tree = commit.tree().map_err(git_error)?;
        let before = commit.parent(0).and_then(|parent| parent.tree()).map_err(git_error)?;
        let mut options = DiffOptions::new();
        options.include_typechange(true).ignore_submodules(true);
        let diff =
            self.repo.diff_tree_to_tree(Some(&before), Some(&tree), Some(&mut options)).map_err(git_error)?;
        let id = |file: git2::DiffFile<'_>| file.exists().then(|| file.id().to_string());
        let change = |delta: git2::DiffDelta<'_>| {
            let path = delta.new_file().path_bytes().or_else(|| delta.old_file().path_bytes())?;
            let path = String::from_utf8(path.to_vec()).ok()?;
            Some(FileChange { path, was: id(delta.old_file()), became: id(delta.new_file()) })
        };
        Ok(diff.deltas().filter_map(change).collect())
    }
}

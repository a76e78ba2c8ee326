//! What was done in the work tree by hand: everything in which it differs from HEAD.

use git2::{Delta, DiffOptions};

use super::{History, git_error};
use crate::error::Result;

/// One file that differs from HEAD.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandChange {
    /// The path from the root.
    pub path: String,
    /// What was done to it.
    pub kind: HandChangeKind,
}

/// What was done to a file by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandChangeKind {
    /// It is new.
    New,
    /// Its content differs.
    Changed,
    /// It is gone.
    Gone,
}

impl History {
    /// Every file that differs from HEAD, whether it is staged or not; ignored ones are not
    /// listed. Paths that are not UTF-8 are left out.
    ///
    /// # Errors
    /// When the repository or the work tree cannot be read.
    pub fn hand_changes(&self) -> Result<Vec<HandChange>> {
        let tree = self.head_tree()?;
        let mut options = DiffOptions::new();
        options.include_untracked(true).recurse_untracked_dirs(true).ignore_submodules(true);
        let diff = self
            .repo
            .diff_tree_to_workdir_with_index(tree.as_ref(), Some(&mut options))
            .map_err(git_error)?;
        let change = |delta: git2::DiffDelta<'_>| {
            let kind = match delta.status() {
                Delta::Added | Delta::Untracked => HandChangeKind::New,
                Delta::Modified | Delta::Typechange | Delta::Conflicted => HandChangeKind::Changed,
                Delta::Deleted => HandChangeKind::Gone,
                _ => return None,
            };
            let file = if kind == HandChangeKind::Gone { delta.old_file() } else { delta.new_file() };
            Some(HandChange { path: String::from_utf8(file.path_bytes()?.to_vec()).ok()?, kind })
        };
        let mut changes: Vec<HandChange> = diff.deltas().filter_map(change).collect();
        changes.sort_by(|a, b| a.path.cmp(&b.path));
        changes.dedup_by(|a, b| a.path == b.path);
        Ok(changes)
    }
}

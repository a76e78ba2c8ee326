//! A merge as a journal: what it does to the work tree, step by step.

use std::collections::BTreeMap;

use git2::{Delta, Oid, Tree};

use super::Joined;
use crate::error::Result;
use crate::history::journal::FileStep;
use crate::history::prepare::objects_of;
use crate::history::{History, Journal, Stamp, git_error, oid};

impl History {
    /// Merges another commit with HEAD, and prepares the commit that brings it about. That one is its first
    /// parent, so that a past day means the same in every clone. Where ours brings nothing of its own it is
    /// that commit itself. `can_move` says of which folders the disk can be moved.
    ///
    /// # Errors
    /// When the two have no commit in common, or the object store cannot be written.
    pub fn prepare_join(
        &self,
        theirs: &str,
        can_move: impl Fn(&str, &str) -> bool,
        message: impl FnOnce(&Joined) -> String,
        stamp: &Stamp,
    ) -> Result<(Joined, Journal, String)> {
        let prepared = self.gathered(|own| {
            let mut joined = own.join(theirs)?;
            joined.moves.retain(|(from, to)| can_move(from, to));
            let message = message(&joined);
            let journal = own.journal_of(&joined, theirs, &message, stamp)?;
            let objects = objects_of(&journal, journal.files.iter())?;
            Ok(((joined, journal, message), objects))
        })?;
        self.sync_objects(&prepared.1, true)?;
        Ok(prepared)
    }

    fn journal_of(&self, joined: &Joined, theirs: &str, message: &str, stamp: &Stamp) -> Result<Journal> {
        let head = self.head_commit()?.map(|commit| commit.id());
        let theirs = oid(theirs)?;
        let tree = oid(&joined.tree)?;
        let goes_on = match head {
            Some(head) => self.repo.graph_descendant_of(theirs, head).map_err(git_error)?,
            None => true,
        };
        let commit = if goes_on {
            theirs
        } else {
            let parents: Vec<Oid> = [theirs].into_iter().chain(head).collect();
            self.commit_object(tree, &parents, message, stamp)?
        };
        let new = self.repo.find_commit(commit).and_then(|commit| commit.tree()).map_err(git_error)?;
        let old = self.head_tree()?;
        let files = self.steps_between(old.as_ref(), &new, &joined.moves)?;
        let folders = self.folder_steps(&files, old, new.id())?;
        Ok(Journal {
            branch: self.branch()?,
            old: head.map(|head| head.to_string()),
            new: commit.to_string(),
            renames: joined.moves.clone(),
            files,
            folders,
        })
    }

    /// Every file in which two trees differ. A folder that moves takes its files along.
    fn steps_between(
        &self,
        old: Option<&Tree<'_>>,
        new: &Tree<'_>,
        moves: &[(String, String)],
    ) -> Result<Vec<FileStep>> {
        let diff = self.repo.diff_tree_to_tree(old, Some(new), None).map_err(git_error)?;
        let mut steps = BTreeMap::new();
        for delta in diff.deltas() {
            let (was, is) = (delta.old_file(), delta.new_file());
            let file = if delta.status() == Delta::Deleted { &was } else { &is };
            let Some(path) = file.path_bytes().and_then(|path| std::str::from_utf8(path).ok()) else {
                continue;
            };
            let id = |file: &git2::DiffFile<'_>| (!file.id().is_zero()).then(|| file.id().to_string());
            let mode = i32::try_from(u32::from(is.mode())).unwrap_or(0o100_644);
            let step = FileStep { path: path.to_owned(), old: id(&was), new: id(&is), mode };
            steps.insert(path.to_owned(), step);
        }
        for (from, to) in moves {
            for file in self.head_files_below(from)? {
                let moved = format!("{to}{}", &file.path[from.len()..]);
                let step = steps.entry(moved.clone()).or_insert_with(|| FileStep::gone(&moved, None));
                step.old = Some(file.id);
                // Whoever comes to its place finds it free.
                if let Some(there) = steps.get_mut(&file.path).filter(|step| step.new.is_some()) {
                    there.old = None;
                }
            }
        }
        Ok(steps.into_values().collect())
    }
}

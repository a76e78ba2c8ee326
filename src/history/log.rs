//! What a commit says of itself, and the commits that changed one file.

use std::ops::ControlFlow;

use git2::{Commit, Sort};

use super::{History, Id, git_error, tree};
use crate::error::Result;

/// One commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The id of the commit.
    pub commit: Id,
    /// When its author made it, in seconds since 1970.
    pub seconds: i64,
    /// Minutes east of UTC.
    pub offset: i32,
    /// When it was committed, in seconds since 1970: later than its author's time after a rebase.
    pub committed: i64,
    /// The author's name.
    pub author: String,
    /// The author's mail address.
    pub email: String,
    /// The first line of the message.
    pub sentence: String,
}

impl Entry {
    pub(super) fn of(commit: &Commit<'_>) -> Entry {
        let author = commit.author();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Entry {
            commit: commit.id().to_string(),
            seconds: author.when().seconds(),
            offset: author.when().offset_minutes(),
            committed: commit.time().seconds(),
            author: text(author.name_bytes()),
            email: text(author.email_bytes()),
            sentence: commit.summary_bytes().map(text).unwrap_or_default(),
        }
    }
}

/// A commit that changed a file.
#[derive(Debug)]
pub struct Revision {
    /// The commit.
    pub entry: Entry,
    /// What the file became; empty where it went.
    pub new: Vec<u8>,
    /// What each parent had; empty where it had no such file.
    pub old: Vec<Vec<u8>>,
}

impl History {
    /// Shows the commits in which a file differs from every parent, the newest first, until `look` has enough.
    ///
    /// # Errors
    /// When the repository cannot be read.
    pub fn revisions(&self, path: &str, mut look: impl FnMut(Revision) -> ControlFlow<()>) -> Result<()> {
        let Some(head) = self.head_commit()? else { return Ok(()) };
        let content = |commit: &Commit<'_>| -> Result<Option<git2::Oid>> {
            Ok(tree::entry(&commit.tree().map_err(git_error)?, path)?.map(|(id, ..)| id))
        };
        let bytes = |id: Option<git2::Oid>| id.map_or_else(|| Ok(Vec::new()), |id| self.content(id));
        let mut walk = self.repo.revwalk().map_err(git_error)?;
        walk.set_sorting(Sort::TOPOLOGICAL | Sort::TIME).map_err(git_error)?;
        walk.push(head.id()).map_err(git_error)?;
        for id in walk {
            let commit = id.and_then(|id| self.repo.find_commit(id)).map_err(git_error)?;
            let now = content(&commit)?;
            let before = commit.parents().map(|parent| content(&parent)).collect::<Result<Vec<_>>>()?;
            if before.contains(&now) {
                continue;
            }
            let old = before.into_iter().map(bytes).collect::<Result<_>>()?;
            if look(Revision { entry: Entry::of(&commit), new: bytes(now)?, old }).is_break() {
                break;
            }
        }
        Ok(())
    }
}

//! The history of one card, followed by its id through moves and renames: a commit counts when
//! the card differs from what every parent had.

use std::collections::HashMap;

use git2::{Commit, Oid, Sort, Tree};

use super::tree::entry;
use super::{History, Id, git_error};
use crate::archive::CARD;
use crate::error::Result;

/// One commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The id of the commit.
    pub commit: Id,
    /// Seconds since 1970.
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
    /// Where the card stood after the commit; `None` when the commit took it away.
    pub folder: Option<String>,
}

impl History {
    /// The commits that changed the card that stands at `folder` in HEAD, newest first. `is_same`
    /// tells whether a text is a card of this customer.
    ///
    /// # Errors
    /// When the repository cannot be read.
    pub fn card_log(&self, folder: &str, is_same: &dyn Fn(&[u8]) -> bool) -> Result<Vec<Entry>> {
        let Some(head) = self.head_commit()? else { return Ok(Vec::new()) };
        let mut places: HashMap<Oid, String> = HashMap::from([(head.id(), folder.to_owned())]);
        let mut entries = Vec::new();
        for commit in self.walk(head.id())? {
            let commit = commit?;
            let Some(place) = places.remove(&commit.id()) else { continue };
            if self.follow(&commit, &place, is_same, &mut places)? {
                entries.push(describe(&commit, Some(place)));
            }
        }
        Ok(entries)
    }

    /// Every commit on HEAD, newest first, at most `limit`.
    ///
    /// # Errors
    /// When the repository cannot be read.
    pub fn log(&self, limit: usize) -> Result<Vec<Entry>> {
        let Some(head) = self.head_commit()? else { return Ok(Vec::new()) };
        self.walk(head.id())?.take(limit).map(|commit| Ok(describe(&commit?, None))).collect()
    }

    fn walk(&self, from: Oid) -> Result<impl Iterator<Item = Result<Commit<'_>>>> {
        let mut walk = self.repo.revwalk().map_err(git_error)?;
        walk.set_sorting(Sort::TOPOLOGICAL | Sort::TIME).map_err(git_error)?;
        walk.push(from).map_err(git_error)?;
        Ok(walk.map(|id| id.and_then(|id| self.repo.find_commit(id)).map_err(git_error)))
    }

    /// Notes where the card stood in each parent; whether it differs from what all of them had.
    fn follow(
        &self,
        commit: &Commit<'_>,
        place: &str,
        is_same: &dyn Fn(&[u8]) -> bool,
        places: &mut HashMap<Oid, String>,
    ) -> Result<bool> {
        let tree = commit.tree().map_err(git_error)?;
        let Some(here) = card_at(&tree, place)? else { return Ok(false) };
        let mut differs = true;
        for parent in commit.parents() {
            let before = parent.tree().map_err(git_error)?;
            let there = match card_at(&before, place)? {
                Some(id) => Some((place.to_owned(), id)),
                None => self.moved_from(&before, &tree, is_same)?,
            };
            if let Some((old_place, id)) = there {
                differs &= id != here || old_place != place;
                places.insert(parent.id(), old_place);
            }
        }
        Ok(differs)
    }

    /// Where this customer's card stood before it was moved: among the cards that went away.
    fn moved_from(
        &self,
        before: &Tree<'_>,
        after: &Tree<'_>,
        is_same: &dyn Fn(&[u8]) -> bool,
    ) -> Result<Option<(String, Oid)>> {
        let diff = self.repo.diff_tree_to_tree(Some(before), Some(after), None).map_err(git_error)?;
        for delta in diff.deltas().filter(|d| d.status() == git2::Delta::Deleted) {
            let Some(path) = delta.old_file().path().and_then(|p| p.to_str()) else { continue };
            let Some(folder) = path.strip_suffix(CARD).and_then(|p| p.strip_suffix('/')) else { continue };
            if is_same(&self.content(delta.old_file().id())?) {
                return Ok(Some((folder.to_owned(), delta.old_file().id())));
            }
        }
        Ok(None)
    }
}

fn card_at(tree: &Tree<'_>, folder: &str) -> Result<Option<Oid>> {
    Ok(entry(tree, &format!("{folder}/{CARD}"))?.map(|(id, _, _)| id))
}

pub(super) fn describe(commit: &Commit<'_>, folder: Option<String>) -> Entry {
    let author = commit.author();
    Entry {
        commit: commit.id().to_string(),
        seconds: author.when().seconds(),
        offset: author.when().offset_minutes(),
        committed: commit.time().seconds(),
        author: String::from_utf8_lossy(author.name_bytes()).into_owned(),
        email: String::from_utf8_lossy(author.email_bytes()).into_owned(),
        sentence: commit.summary_bytes().map(|s| String::from_utf8_lossy(s).into_owned()).unwrap_or_default(),
        folder,
    }
}

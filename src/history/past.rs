//! A past day: which commit stood then, and the archive as that commit has it. A history that is pinned
//! at a commit takes it for HEAD, so that everything that is asked of HEAD is answered as of then.

use std::path::Path;

use git2::build::CheckoutBuilder;
use git2::{ErrorCode, Oid, Sort, Tree, TreeWalkMode, TreeWalkResult};

use super::tree::{FILES, card_in, trees_in};
use super::{Entry, History, Id, git_error, oid};
use crate::archive::platform::Stat;
use crate::archive::{CARD, Layout, Sweep, SweptFolder};
use crate::error::Result;

/// The customers that a commit has.
#[derive(Debug)]
pub struct Filed {
    /// As a sweep of its work tree finds them; a card's metadata is its size alone.
    pub sweep: Sweep,
    /// The id of each card's content, by folder and company as in the sweep; empty where there is no card.
    pub cards: Vec<Vec<Id>>,
}

impl History {
    /// The same repository, for which HEAD is this commit: for reading.
    ///
    /// # Errors
    /// When there is no such commit.
    pub fn pinned_at(&self, commit: &str) -> Result<History> {
        let mut pinned = History::open(&self.root)?;
        let commit = oid(commit)?;
        pinned.repo.find_commit(commit).map_err(git_error)?;
        pinned.pinned = Some(commit);
        Ok(pinned)
    }

    /// Whether it is pinned at a commit of the past.
    pub fn is_pinned(&self) -> bool {
        self.pinned.is_some()
    }

    /// The commit of the past that it is pinned at.
    pub fn pinned(&self) -> Option<Id> {
        self.pinned.map(|id| id.to_string())
    }

    /// The commit that a person names by its id or the beginning of it, by a branch or a tag; `None`
    /// where there is none, or more than one.
    ///
    /// # Errors
    /// When the repository cannot be read.
    pub fn commit_named(&self, text: &str) -> Result<Option<Entry>> {
        match self.repo.revparse_single(text).and_then(|object| object.peel_to_commit()) {
            Ok(commit) => Ok(Some(Entry::of(&commit))),
            Err(e) if matches!(e.code(), ErrorCode::NotFound | ErrorCode::Ambiguous) => Ok(None),
            Err(e) if matches!(e.code(), ErrorCode::InvalidSpec | ErrorCode::Peel) => Ok(None),
            Err(e) => Err(git_error(e)),
        }
    }

    /// The last commit on HEAD's line of first parents that was made before `end` (seconds since 1970).
    ///
    /// # Errors
    /// When the repository cannot be read.
    pub fn commit_before(&self, end: i64) -> Result<Option<Entry>> {
        let Some(head) = self.head_commit()? else { return Ok(None) };
        let mut walk = self.repo.revwalk().map_err(git_error)?;
        walk.set_sorting(Sort::TOPOLOGICAL).map_err(git_error)?;
        walk.simplify_first_parent().map_err(git_error)?;
        walk.push(head.id()).map_err(git_error)?;
        for id in walk {
            let commit = id.and_then(|id| self.repo.find_commit(id)).map_err(git_error)?;
            if commit.time().seconds() < end {
                return Ok(Some(Entry::of(&commit)));
            }
        }
        Ok(None)
    }

    /// The customers that HEAD has, filed as a layout says, with the ids of their cards.
    ///
    /// # Errors
    /// When the repository cannot be read.
    pub fn filed(&self, layout: &Layout) -> Result<Filed> {
        // A commit never changes: what was read of it is old enough.
        let sweep = Sweep { began: i64::MAX, ..Sweep::default() };
        let mut filed = Filed { sweep, cards: Vec::new() };
        let Some(root) = self.head_tree()? else { return Ok(filed) };
        for (stage, id) in in_order(&root) {
            let Some(branch) = layout.branch(&stage) else { continue };
            let countries = self.repo.find_tree(id).map_err(git_error)?;
            for (name, id) in in_order(&countries) {
                let path = format!("{stage}/{name}");
                let Some(country) = layout.country(&name) else {
                    filed.sweep.strange.push(path);
                    continue;
                };
                if layout.country_name(country) != name && layout.old_country(&name).is_some() {
                    filed.sweep.strange.push(path.clone());
                }
                let (mut companies, mut cards, mut ids) = (Vec::new(), Vec::new(), Vec::new());
                let tree = self.repo.find_tree(id).map_err(git_error)?;
                for (company, id) in in_order(&tree) {
                    let card = card_in(&self.repo.find_tree(id).map_err(git_error)?);
                    cards.push(card.map(|_| Stat::default()));
                    ids.push(card.map(|id| id.to_string()).unwrap_or_default());
                    companies.push(company);
                }
                let companies = companies.into_iter().collect();
                filed.sweep.folders.push(SweptFolder {
                    branch,
                    country,
                    path,
                    modified: 0,
                    companies,
                    cards,
                });
                filed.cards.push(ids);
            }
        }
        Ok(filed)
    }

    /// The content of every card of HEAD, wherever it stands, with its folder.
    ///
    /// # Errors
    /// When the repository cannot be read.
    pub fn cards_anywhere(&self) -> Result<Vec<(String, Id)>> {
        let mut cards = Vec::new();
        let Some(root) = self.head_tree()? else { return Ok(cards) };
        root.walk(TreeWalkMode::PreOrder, |folder, entry| {
            if entry.name_bytes() == CARD.as_bytes() && FILES.contains(&entry.filemode()) {
                cards.push((folder.trim_end_matches('/').to_owned(), entry.id().to_string()));
            }
            TreeWalkResult::Ok
        })
        .map_err(git_error)?;
        Ok(cards)
    }

    /// Lays HEAD's files out in a folder, byte for byte as they were committed.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn lay_out(&self, folder: &Path) -> Result<()> {
        let Some(tree) = self.head_tree()? else { return Ok(()) };
        let mut checkout = CheckoutBuilder::new();
        checkout.target_dir(folder).disable_filters(true).update_index(false).force();
        self.repo.checkout_tree(tree.as_object(), Some(&mut checkout)).map_err(git_error)
    }
}

/// The folders below a tree, by name as a sweep sorts them.
fn in_order(tree: &Tree<'_>) -> Vec<(String, Oid)> {
    let mut folders: Vec<_> = trees_in(tree).collect();
    folders.sort_unstable();
    folders
}

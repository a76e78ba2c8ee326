//! What each commit did to the cards: which files named `card.toml` came, went or changed where customers
//! stand, as against each parent. Trees that are equal are not opened.

use std::cmp::Ordering;
use std::collections::HashMap;

use git2::{Commit, ObjectType, Oid, Sort, Tree, TreeEntry};

use super::tree::card_in;
use super::{Entry, History, Id, git_error, oid};
use crate::error::Result;

/// Folders above a card: stage, country, company.
const DEPTH: usize = 3;

/// One state of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardState {
    /// The folder in which it stood.
    pub folder: String,
    /// The id of its content.
    pub content: Id,
}

/// A card that differs between a parent and a commit. Both states are of one folder; a card that was
/// moved is one that went and one that came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// In the parent.
    pub old: Option<CardState>,
    /// In the commit.
    pub new: Option<CardState>,
}

/// A commit with what it did.
#[derive(Clone, Debug)]
pub struct CommitSteps {
    /// The commit.
    pub entry: Entry,
    /// Its parents, the first one first.
    pub parents: Vec<Id>,
    /// The steps as against each parent; of a first commit, as against nothing.
    pub steps: Vec<Vec<Step>>,
}

impl History {
    /// Hands over every commit below HEAD that is not below `known`, parents before children.
    ///
    /// # Errors
    /// When the repository cannot be read, or `each` fails.
    pub fn each_commit(
        &self,
        known: Option<&str>,
        mut each: impl FnMut(CommitSteps) -> Result<()>,
    ) -> Result<()> {
        let Some(head) = self.head_commit()? else { return Ok(()) };
        let mut walk = self.repo.revwalk().map_err(git_error)?;
        walk.set_sorting(Sort::TOPOLOGICAL | Sort::REVERSE).map_err(git_error)?;
        walk.push(head.id()).map_err(git_error)?;
        if let Some(known) = known {
            walk.hide(oid(known)?).map_err(git_error)?;
        }
        let mut trees = Trees { history: self, by_folder: HashMap::new() };
        for id in walk {
            let commit = id.and_then(|id| self.repo.find_commit(id)).map_err(git_error)?;
            each(trees.steps_of(&commit)?)?;
        }
        Ok(())
    }
}

/// The trees that were seen last, by folder: most commits change one of them a little.
struct Trees<'h> {
    history: &'h History,
    by_folder: HashMap<String, Tree<'h>>,
}

impl<'h> Trees<'h> {
    fn steps_of(&mut self, commit: &Commit<'h>) -> Result<CommitSteps> {
        let tree = commit.tree_id();
        let mut parents: Vec<Option<Oid>> = Vec::new();
        for parent in commit.parents() {
            parents.push(Some(parent.tree_id()));
        }
        if parents.is_empty() {
            parents.push(None);
        }
        let mut steps = Vec::with_capacity(parents.len());
        for parent in parents {
            let mut found = Vec::new();
            self.compare("", DEPTH, (parent, Some(tree)), &mut found)?;
            steps.push(found);
        }
        let parents = commit.parent_ids().map(|id| id.to_string()).collect();
        Ok(CommitSteps { entry: Entry::of(commit), parents, steps })
    }

    fn tree(&mut self, folder: &str, id: Oid) -> Result<Tree<'h>> {
        if let Some(tree) = self.by_folder.get(folder).filter(|tree| tree.id() == id) {
            return Ok(tree.clone());
        }
        self.history.repo.find_tree(id).map_err(git_error)
    }

    /// The cards in which two trees of a folder differ, with so many folders between it and a card.
    fn compare(
        &mut self,
        folder: &str,
        depth: usize,
        (old, new): (Option<Oid>, Option<Oid>),
        found: &mut Vec<Step>,
    ) -> Result<()> {
        if old == new {
            return Ok(());
        }
        let old = old.map(|id| self.tree(folder, id)).transpose()?;
        let new = new.map(|id| self.tree(folder, id)).transpose()?;
        if depth == 0 {
            let [old, new] = [&old, &new].map(|tree| tree.as_ref().and_then(card_in));
            if old != new {
                let state = |id: Oid| CardState { folder: folder.to_owned(), content: id.to_string() };
                found.push(Step { old: old.map(state), new: new.map(state) });
            }
            return Ok(());
        }
        for (name, old, new) in pairs(old.as_ref(), new.as_ref()) {
            let below = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            self.compare(&below, depth - 1, (old, new), found)?;
        }
        if let Some(tree) = new {
            self.by_folder.insert(folder.to_owned(), tree);
        }
        Ok(())
    }
}

/// The folders right below two trees in which they differ, by name.
fn pairs(old: Option<&Tree<'_>>, new: Option<&Tree<'_>>) -> Vec<(String, Option<Oid>, Option<Oid>)> {
    let mut old = old.into_iter().flat_map(Tree::iter).filter(is_folder).peekable();
    let mut new = new.into_iter().flat_map(Tree::iter).filter(is_folder).peekable();
    let mut differ = Vec::new();
    let name = |entry: &TreeEntry<'_>| String::from_utf8(entry.name_bytes().to_vec());
    loop {
        // Entries of a tree are sorted by their names' bytes, a folder's with a slash behind it.
        let order = match (old.peek(), new.peek()) {
            (Some(old), Some(new)) => {
                let with_slash = |entry: &TreeEntry<'_>| [entry.name_bytes(), b"/"].concat();
                if old.name_bytes() == new.name_bytes() {
                    Ordering::Equal
                } else {
                    with_slash(old).cmp(&with_slash(new))
                }
            }
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return differ,
        };
        let was = if order == Ordering::Greater { None } else { old.next() };
        let is = if order == Ordering::Less { None } else { new.next() };
        let [was_id, is_id] = [&was, &is].map(|entry| entry.as_ref().map(TreeEntry::id));
        // A name that is not UTF-8 is no customer's.
        if was_id != is_id
            && let Some(Ok(name)) = was.or(is).map(|entry| name(&entry))
        {
            differ.push((name, was_id, is_id));
        }
    }
}

fn is_folder(entry: &TreeEntry<'_>) -> bool {
    entry.kind() == Some(ObjectType::Tree)
}

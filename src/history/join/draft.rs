//! A tree that is being changed: folders are read when something in them changes, and written once.

use std::collections::BTreeMap;

use git2::{ObjectType, Oid, Repository};

use super::super::git_error;
use crate::error::Result;

/// What a tree has under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) id: Oid,
    /// As git writes it: `0o100644`.
    pub(super) mode: i32,
}

/// The mode of a folder.
pub(super) const FOLDER: i32 = 0o040_000;

impl Entry {
    pub(super) fn folder(id: Oid) -> Entry {
        Entry { id, mode: FOLDER }
    }

    pub(super) fn is_folder(&self) -> bool {
        self.mode == FOLDER
    }
}

/// The name of an entry, as bytes: it need not be UTF-8.
pub(super) type Name = Vec<u8>;

/// The entries of a tree by name.
pub(super) fn entries(repo: &Repository, tree: Option<Oid>) -> Result<BTreeMap<Name, Entry>> {
    let Some(tree) = tree else { return Ok(BTreeMap::new()) };
    let tree = repo.find_tree(tree).map_err(git_error)?;
    let entry = |e: git2::TreeEntry<'_>| {
        let mode = if e.kind() == Some(ObjectType::Tree) { FOLDER } else { e.filemode() };
        (e.name_bytes().to_vec(), Entry { id: e.id(), mode })
    };
    Ok(tree.iter().map(entry).collect())
}

/// Writes a tree; `None` for one without entries, which git does not keep.
pub(super) fn write(repo: &Repository, entries: &BTreeMap<Name, Entry>) -> Result<Option<Entry>> {
    if entries.is_empty() {
        return Ok(None);
    }
    let mut builder = repo.treebuilder(None).map_err(git_error)?;
    for (name, entry) in entries {
        builder.insert(name.as_slice(), entry.id, entry.mode).map_err(git_error)?;
    }
    Ok(Some(Entry::folder(builder.write().map_err(git_error)?)))
}

/// A tree that is being changed.
pub(super) struct Draft<'r> {
    repo: &'r Repository,
    root: Item,
}

enum Item {
    Stored(Entry),
    Open(BTreeMap<Name, Item>),
}

impl<'r> Draft<'r> {
    pub(super) fn of(repo: &'r Repository, tree: Option<Oid>) -> Draft<'r> {
        let root = tree.map_or_else(|| Item::Open(BTreeMap::new()), |id| Item::Stored(Entry::folder(id)));
        Draft { repo, root }
    }

    /// Puts an entry at a path, or takes away what is there.
    pub(super) fn put(&mut self, path: &[Name], entry: Option<Entry>) -> Result<()> {
        let Some((name, folders)) = path.split_last() else { return Ok(()) };
        let mut at = &mut self.root;
        for folder in folders {
            let inner = at.opened(self.repo)?;
            at = inner.entry(folder.clone()).or_insert_with(|| Item::Open(BTreeMap::new()));
        }
        let inner = at.opened(self.repo)?;
        match entry {
            Some(entry) => drop(inner.insert(name.clone(), Item::Stored(entry))),
            None => drop(inner.remove(name)),
        }
        Ok(())
    }

    /// The names in a folder.
    pub(super) fn names(&mut self, path: &[Name]) -> Result<Vec<Name>> {
        let mut at = &mut self.root;
        for folder in path {
            match at.opened(self.repo)?.get_mut(folder) {
                Some(item) => at = item,
                None => return Ok(Vec::new()),
            }
        }
        Ok(at.opened(self.repo)?.keys().cloned().collect())
    }

    /// Writes what was changed.
    pub(super) fn write(self) -> Result<Oid> {
        match self.root.written(self.repo)? {
            Some(root) => Ok(root.id),
            None => self.repo.treebuilder(None).and_then(|builder| builder.write()).map_err(git_error),
        }
    }
}

impl Item {
    /// The entries below, read where they are stored. A file in the way goes.
    fn opened(&mut self, repo: &Repository) -> Result<&mut BTreeMap<Name, Item>> {
        if let Item::Stored(entry) = self {
            let tree = entry.is_folder().then_some(entry.id);
            let inner = entries(repo, tree)?.into_iter().map(|(name, e)| (name, Item::Stored(e)));
            *self = Item::Open(inner.collect());
        }
        match self {
            Item::Open(inner) => Ok(inner),
            Item::Stored(_) => unreachable!("it was opened right above"),
        }
    }

    fn written(self, repo: &Repository) -> Result<Option<Entry>> {
        match self {
            Item::Stored(entry) => Ok(Some(entry)),
            Item::Open(inner) => {
                let mut entries = BTreeMap::new();
                for (name, item) in inner {
                    entries.extend(item.written(repo)?.map(|entry| (name, entry)));
                }
                write(repo, &entries)
            }
        }
    }
}

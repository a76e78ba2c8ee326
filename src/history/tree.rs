//! Reading a commit's tree: one file, the files below a folder, and every customer.

use std::collections::HashMap;

use git2::{ErrorCode, ObjectType, Oid, Repository, Tree};
use sha1::{Digest, Sha1};

use super::{History, Id, git_error};
use crate::archive::{CARD, Layout};
use crate::error::Result;

/// A file in a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeFile {
    /// The path from the root.
    pub path: String,
    /// The id of its content.
    pub id: Id,
    /// As git writes it: `0o100644`.
    pub mode: i32,
}

impl History {
    /// The tree of HEAD; `None` before the first commit.
    pub(super) fn head_tree(&self) -> Result<Option<Tree<'_>>> {
        self.head_commit()?.map(|c| c.tree().map_err(git_error)).transpose()
    }

    /// What HEAD has at a path, as bytes; `None` where it has no file.
    ///
    /// # Errors
    /// When the repository cannot be read.
    pub fn head_file(&self, path: &str) -> Result<Option<Vec<u8>>> {
        let Some(tree) = self.head_tree()? else { return Ok(None) };
        match entry(&tree, path)? {
            Some((id, ObjectType::Blob, _)) => self.content(id).map(Some),
            _ => Ok(None),
        }
    }

    /// The id of what HEAD has at a path.
    ///
    /// # Errors
    /// When the repository cannot be read.
    pub fn head_id(&self, path: &str) -> Result<Option<Id>> {
        let Some(tree) = self.head_tree()? else { return Ok(None) };
        Ok(entry(&tree, path)?.map(|(id, _, _)| id.to_string()))
    }

    /// The id that a file of these bytes would have. Only compared with others: what git stores, git
    /// hashes itself, and looks for forged content while it does.
    pub fn id_of(bytes: &[u8]) -> Id {
        let mut sha1 = Sha1::new_with_prefix(format!("blob {}\0", bytes.len()));
        sha1.update(bytes);
        sha1.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    pub(super) fn content(&self, id: Oid) -> Result<Vec<u8>> {
        self.repo.find_blob(id).map(|blob| blob.content().to_vec()).map_err(git_error)
    }

    /// The files that HEAD has below a folder.
    ///
    /// # Errors
    /// When the repository cannot be read.
    pub fn head_files_below(&self, folder: &str) -> Result<Vec<TreeFile>> {
        let Some(root) = self.head_tree()? else { return Ok(Vec::new()) };
        let Some((id, ObjectType::Tree, _)) = entry(&root, folder)? else { return Ok(Vec::new()) };
        let tree = self.repo.find_tree(id).map_err(git_error)?;
        let mut files = Vec::new();
        tree.walk(git2::TreeWalkMode::PreOrder, |below, entry| {
            if entry.kind() == Some(ObjectType::Blob) {
                let path = format!("{folder}/{below}{}", String::from_utf8_lossy(entry.name_bytes()));
                files.push(TreeFile { path, id: entry.id().to_string(), mode: entry.filemode() });
            }
            git2::TreeWalkResult::Ok
        })
        .map_err(git_error)?;
        Ok(files)
    }

    /// The folders of all customers that HEAD has, sorted.
    ///
    /// # Errors
    /// When the repository cannot be read.
    pub fn head_customers(&self, layout: &Layout) -> Result<Vec<String>> {
        let mut folders = Vec::new();
        let Some(root) = self.head_tree()? else { return Ok(folders) };
        for (stage, id) in trees_in(&root) {
            if layout.branch(&stage).is_none() {
                continue;
            }
            let countries = self.repo.find_tree(id).map_err(git_error)?;
            for (country, id) in trees_in(&countries) {
                let companies = self.repo.find_tree(id).map_err(git_error)?;
                folders
                    .extend(trees_in(&companies).map(|(company, _)| format!("{stage}/{country}/{company}")));
            }
        }
        folders.sort_unstable();
        Ok(folders)
    }

    /// The cards that HEAD has at these folders, where it has one.
    ///
    /// # Errors
    /// When the repository cannot be read.
    pub fn head_cards<'f>(&self, folders: impl Iterator<Item = &'f str>) -> Result<Vec<(String, Vec<u8>)>> {
        let Some(root) = self.head_tree()? else { return Ok(Vec::new()) };
        let mut cards = Vec::new();
        for folder in folders {
            if let Some((id, ObjectType::Blob, _)) = entry(&root, &format!("{folder}/{CARD}"))? {
                cards.push((folder.to_owned(), self.content(id)?));
            }
        }
        Ok(cards)
    }
}

/// The folders of a commit. The trees above them are read once and kept: that of a country has as many
/// entries as companies, and to read it anew for each of them costs the square of their number.
pub(super) struct Folders<'r> {
    repo: &'r Repository,
    read: HashMap<String, Option<Tree<'r>>>,
}

impl<'r> Folders<'r> {
    pub(super) fn new(repo: &'r Repository, root: Tree<'r>) -> Folders<'r> {
        Folders { repo, read: HashMap::from([(String::new(), Some(root))]) }
    }

    /// The id of a folder's tree; the root's path is empty.
    pub(super) fn id(&mut self, path: &str) -> Result<Option<Oid>> {
        if let Some(tree) = self.read.get(path) {
            return Ok(tree.as_ref().map(Tree::id));
        }
        let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
        if !self.read.contains_key(above) {
            let tree = self.id(above)?.map(|id| self.repo.find_tree(id).map_err(git_error)).transpose()?;
            self.read.insert(above.to_owned(), tree);
        }
        let entry = self.read.get(above).and_then(Option::as_ref).and_then(|tree| tree.get_name(name));
        Ok(entry.filter(|entry| entry.kind() == Some(ObjectType::Tree)).map(|entry| entry.id()))
    }
}

/// What a tree has at a path.
pub(super) fn entry(tree: &Tree<'_>, path: &str) -> Result<Option<(Oid, ObjectType, i32)>> {
    match tree.get_path(std::path::Path::new(path)) {
        Ok(entry) => Ok(entry.kind().map(|kind| (entry.id(), kind, entry.filemode()))),
        Err(e) if e.code() == ErrorCode::NotFound => Ok(None),
        Err(e) => Err(git_error(e)),
    }
}

/// The modes under which git keeps a file that is no link.
pub(super) const FILES: [i32; 2] = [0o100_644, 0o100_755];

/// The card in the tree of a company's folder; a link is none.
pub(super) fn card_in(company: &Tree<'_>) -> Option<Oid> {
    company.get_name(CARD).filter(|entry| FILES.contains(&entry.filemode())).map(|entry| entry.id())
}

/// The folders right below a tree; a name that is not UTF-8 is no customer's.
pub(super) fn trees_in<'t>(tree: &'t Tree<'_>) -> impl Iterator<Item = (String, Oid)> + 't {
    tree.iter()
        .filter(|entry| entry.kind() == Some(ObjectType::Tree))
        .filter_map(|entry| Some((String::from_utf8(entry.name_bytes().to_vec()).ok()?, entry.id())))
}

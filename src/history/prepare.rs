//! Preparing a commit: blobs, trees and the commit itself are written to the object store and
//! brought to the disk, on HEAD's tree, without moving any reference and without looking at
//! git's index. So what the user staged elsewhere is not touched.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use git2::build::TreeUpdateBuilder;
use git2::{FileMode, ObjectType, Oid, Signature};

use super::journal::{FileStep, FolderStep, Journal};
use super::{History, Id, git_error};
use crate::archive::platform::{Platform, git_mode, sync_file, sync_file_system};
use crate::error::{Error, Result};

/// From so many files on, objects are written as one pack.
const PACK_FROM: usize = 200;

/// What a commit changes.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Files with their new content, by path from the root.
    pub files: BTreeMap<String, NewFile>,
    /// Files that go.
    pub removed: Vec<String>,
    /// Folders that move on the disk, with everything in them: from, to.
    pub renames: Vec<(String, String)>,
}

/// The new content of a file.
#[derive(Clone, Debug)]
pub struct NewFile {
    /// The content.
    pub bytes: Vec<u8>,
    /// What stands on the disk in its place, by id; `None` for a new file.
    pub replaces: Option<Id>,
}

impl Changes {
    /// Whether there is nothing to commit.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.removed.is_empty() && self.renames.is_empty()
    }
}

/// When and by whom a commit is made.
#[derive(Clone, Debug)]
pub struct Stamp {
    /// The person.
    pub identity: super::Identity,
    /// Seconds since 1970.
    pub seconds: i64,
    /// Minutes east of UTC.
    pub offset: i32,
}

impl History {
    /// Writes the objects of a commit with `message` on HEAD, and gives the steps that are left.
    ///
    /// # Errors
    /// When the object store cannot be written.
    pub fn prepare(&self, changes: &Changes, message: &str, stamp: &Stamp) -> Result<Journal> {
        let bulk = changes.files.len() >= PACK_FROM;
        if !bulk {
            return self.prepare_here(changes, message, stamp, false);
        }
        // The store in memory stays with its repository: a bulk commit has one of its own, or later
        // commits would be written to memory only.
        let own = History::open(&self.root)?;
        own.prepare_here(changes, message, stamp, true)
    }

    fn prepare_here(&self, changes: &Changes, message: &str, stamp: &Stamp, bulk: bool) -> Result<Journal> {
        let odb = self.repo.odb().map_err(git_error)?;
        let pack = if bulk { Some(odb.add_new_mempack_backend(1000).map_err(git_error)?) } else { None };
        let parent = self.head_commit()?;
        let (files, tree) = self.tree_with(changes, parent.as_ref())?;
        let commit = self.commit_object(tree, parent.as_ref(), message, stamp)?;
        if let Some(pack) = pack {
            let mut bytes = git2::Buf::new();
            pack.dump(&self.repo, &mut bytes).map_err(git_error)?;
            let mut writer = odb.packwriter().map_err(git_error)?;
            writer.write_all(&bytes).map_err(|e| Error::file(self.repo.path(), e))?;
            writer.commit().map_err(git_error)?;
            pack.reset().map_err(git_error)?;
        }
        let old_tree = parent.as_ref().map(|p| p.tree().map_err(git_error)).transpose()?;
        let folders = self.folder_steps(&files, old_tree.as_ref(), tree)?;
        let journal = Journal {
            branch: self.branch()?,
            old: parent.map(|p| p.id().to_string()),
            new: commit.to_string(),
            renames: changes.renames.clone(),
            files,
            folders,
        };
        self.sync_objects(&journal, commit, bulk)?;
        Ok(journal)
    }

    fn commit_object(
        &self,
        tree: Oid,
        parent: Option<&git2::Commit<'_>>,
        message: &str,
        stamp: &Stamp,
    ) -> Result<Oid> {
        let time = git2::Time::new(stamp.seconds, stamp.offset);
        let signature =
            Signature::new(&stamp.identity.name, &stamp.identity.email, &time).map_err(git_error)?;
        let tree = self.repo.find_tree(tree).map_err(git_error)?;
        let parents: Vec<_> = parent.into_iter().collect();
        self.repo.commit(None, &signature, &signature, message, &tree, &parents).map_err(git_error)
    }

    /// The new tree, and for each file what it was and what it becomes.
    fn tree_with(
        &self,
        changes: &Changes,
        parent: Option<&git2::Commit<'_>>,
    ) -> Result<(Vec<FileStep>, Oid)> {
        let mut steps: BTreeMap<String, FileStep> = BTreeMap::new();
        for (from, to) in &changes.renames {
            for file in self.head_files_below(from)? {
                let moved = format!("{to}{}", &file.path[from.len()..]);
                steps.insert(moved.clone(), FileStep::moved(&moved, &file));
                steps.insert(file.path.clone(), FileStep::gone(&file.path, Some(file.id)));
            }
        }
        for path in &changes.removed {
            // What goes may have come to this place by a move of this very commit.
            let old = match steps.get(path) {
                Some(moved) => moved.new.clone(),
                None => self.head_id(path)?,
            };
            steps.insert(path.clone(), FileStep::gone(path, old));
        }
        for (path, file) in &changes.files {
            let new = Some(self.repo.blob(&file.bytes).map_err(git_error)?.to_string());
            let moved = steps.remove(path).filter(|s| s.new.is_some());
            let mode = match moved {
                Some(moved) => moved.mode,
                None => i32::try_from(git_mode(&self.root.join(path))).unwrap_or(0o100_644),
            };
            steps
                .insert(path.clone(), FileStep { path: path.clone(), old: file.replaces.clone(), new, mode });
        }
        let steps: Vec<FileStep> = steps.into_values().collect();
        let tree = self.updated_tree(&steps, parent)?;
        Ok((steps, tree))
    }

    fn updated_tree(&self, steps: &[FileStep], parent: Option<&git2::Commit<'_>>) -> Result<Oid> {
        let base = match parent {
            Some(commit) => commit.tree().map_err(git_error)?,
            None => {
                let empty = self.repo.treebuilder(None).and_then(|b| b.write()).map_err(git_error)?;
                self.repo.find_tree(empty).map_err(git_error)?
            }
        };
        let mut update = TreeUpdateBuilder::new();
        for step in steps {
            match &step.new {
                Some(id) => {
                    let mode = match step.mode {
                        0o100_755 => FileMode::BlobExecutable,
                        0o120_000 => FileMode::Link,
                        _ => FileMode::Blob,
                    };
                    update.upsert(step.path.as_str(), super::oid(id)?, mode);
                }
                None if super::tree::entry(&base, &step.path)?.is_some() => {
                    update.remove(step.path.as_str());
                }
                None => {}
            }
        }
        update.create_updated(&self.repo, &base).map_err(git_error)
    }

    /// The folders above the files, with their trees before and after.
    fn folder_steps(
        &self,
        files: &[FileStep],
        old: Option<&git2::Tree<'_>>,
        new: Oid,
    ) -> Result<Vec<FolderStep>> {
        let new = self.repo.find_tree(new).map_err(git_error)?;
        let above = files.iter().flat_map(|f| f.path.match_indices('/').map(|(at, _)| &f.path[..at]));
        let id = |tree: &git2::Tree<'_>, path: &str| match path {
            "" => Ok(Some(tree.id().to_string())),
            path => {
                let entry = super::tree::entry(tree, path)?;
                Ok(entry.filter(|(_, kind, _)| *kind == ObjectType::Tree).map(|(id, _, _)| id.to_string()))
            }
        };
        let step = |path: &str| {
            let old = old.map(|tree| id(tree, path)).transpose()?.flatten();
            Ok(FolderStep { path: path.to_owned(), old, new: id(&new, path)? })
        };
        above.chain([""]).collect::<BTreeSet<&str>>().into_iter().map(step).collect()
    }

    /// Brings the new objects to the disk, before anything refers to them.
    fn sync_objects(&self, journal: &Journal, commit: Oid, bulk: bool) -> Result<()> {
        if bulk
            && sync_file_system(self.repo.path(), Platform::Native)
                .map_err(|e| Error::file(self.repo.path(), e))?
        {
            return Ok(());
        }
        let files = journal.files.iter().filter_map(|f| f.new.as_deref());
        let folders = journal.folders.iter().filter_map(|f| f.new.as_deref());
        let mut ids: Vec<Oid> = files.chain(folders).map(super::oid).collect::<Result<_>>()?;
        ids.push(commit);
        ids.sort_unstable();
        ids.dedup();
        for id in ids {
            let hex = id.to_string();
            // What is not there as a file of its own is in a pack.
            let object = self.repo.commondir().join("objects").join(&hex[..2]).join(&hex[2..]);
            sync_file(&object).map_err(|e| Error::file(&object, e))?;
        }
        if bulk { self.sync_packs() } else { Ok(()) }
    }

    /// Brings the packs to the disk, where the system cannot bring everything at once.
    fn sync_packs(&self) -> Result<()> {
        let folder = self.repo.commondir().join("objects").join("pack");
        let packs = std::fs::read_dir(&folder).map_err(|e| Error::file(&folder, e))?;
        packs.filter_map(std::result::Result::ok).try_for_each(|pack| {
            let pack = pack.path();
            sync_file(&pack).map_err(|e| Error::file(&pack, e))
        })
    }
}

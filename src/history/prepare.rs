//! Preparing a commit: blobs, trees and the commit itself are written to the object store and
//! brought to the disk, on HEAD's tree, without moving any reference and without looking at
//! git's index. So what the user staged elsewhere is not touched.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use git2::build::TreeUpdateBuilder;
use git2::{FileMode, ObjectType, Oid, Signature};

use super::journal::{FileStep, FolderStep, Journal};
use super::tree::Folders;
use super::{History, Id, git_error};
use crate::archive::platform::{Platform, git_mode, sync_file, sync_file_system};
use crate::error::{Error, Result};

/// From so many files on, objects are written as one pack.
pub(super) const PACK_FROM: usize = 200;

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
    pub content: Content,
    /// What stands on the disk in its place, by id; `None` for a new file.
    pub replaces: Option<Id>,
}

/// What a file is to hold.
#[derive(Clone, Debug)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// What the object store has under this id already.
    Stored(Id),
}

impl NewFile {
    /// A file with these bytes.
    pub fn new(bytes: impl Into<Vec<u8>>, replaces: Option<Id>) -> NewFile {
        NewFile { content: Content::Bytes(bytes.into()), replaces }
    }

    /// The id that the file gets.
    pub fn id(&self) -> Id {
        match &self.content {
            Content::Bytes(bytes) => History::id_of(bytes),
            Content::Stored(id) => id.clone(),
        }
    }

    fn is_stored(&self) -> bool {
        matches!(self.content, Content::Stored(_))
    }
}

impl Changes {
    /// Whether there is nothing to commit.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.removed.is_empty() && self.renames.is_empty()
    }

    /// Whether its objects come in packs.
    fn is_bulk(&self) -> bool {
        self.files.len() >= PACK_FROM || self.files.values().any(NewFile::is_stored)
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
    /// When the object store cannot be written, or a commit that is to be signed cannot be.
    pub fn prepare(&self, changes: &Changes, message: &str, stamp: &Stamp) -> Result<Journal> {
        let bulk = changes.is_bulk();
        let journal = match bulk {
            true => self.in_one_pack(|own| {
                let journal = own.prepare_here(changes, message, stamp)?;
                // What was stored before is in a pack of its own.
                let is_new =
                    |step: &&FileStep| !changes.files.get(&step.path).is_some_and(NewFile::is_stored);
                let objects = objects_of(&journal, journal.files.iter().filter(is_new))?;
                Ok((journal, objects))
            })?,
            false => self.prepare_here(changes, message, stamp)?,
        };
        self.sync_objects(&journal, bulk)?;
        Ok(journal)
    }

    /// The content of a file that is to be committed.
    ///
    /// # Errors
    /// When the object store cannot be read.
    pub fn bytes_of<'c>(&self, content: &'c Content) -> Result<Cow<'c, [u8]>> {
        match content {
            Content::Bytes(bytes) => Ok(Cow::Borrowed(bytes)),
            Content::Stored(id) => self.content_of(id).map(Cow::Owned),
        }
    }

    fn prepare_here(&self, changes: &Changes, message: &str, stamp: &Stamp) -> Result<Journal> {
        let parent = self.head_commit()?;
        let (files, tree) = self.tree_with(changes, parent.as_ref())?;
        let parents: Vec<Oid> = parent.iter().map(git2::Commit::id).collect();
        let commit = self.commit_object(tree, &parents, message, stamp)?;
        let old_tree = parent.as_ref().map(|p| p.tree().map_err(git_error)).transpose()?;
        let folders = self.folder_steps(&files, old_tree, tree)?;
        Ok(Journal {
            branch: self.branch()?,
            old: parent.map(|p| p.id().to_string()),
            new: commit.to_string(),
            renames: changes.renames.clone(),
            files,
            folders,
        })
    }

    /// Writes the object of a commit with these parents, signed where git's settings ask for it.
    pub(super) fn commit_object(
        &self,
        tree: Oid,
        parents: &[Oid],
        message: &str,
        stamp: &Stamp,
    ) -> Result<Oid> {
        let time = git2::Time::new(stamp.seconds, stamp.offset);
        let person = Signature::new(&stamp.identity.name, &stamp.identity.email, &time).map_err(git_error)?;
        let tree = self.repo.find_tree(tree).map_err(git_error)?;
        let find = |id: &Oid| self.repo.find_commit(*id).map_err(git_error);
        let parents: Vec<git2::Commit<'_>> = parents.iter().map(find).collect::<Result<_>>()?;
        let parents: Vec<&git2::Commit<'_>> = parents.iter().collect();
        let commit = self.repo.commit_create_buffer(&person, &person, message, &tree, &parents);
        let commit = commit.map_err(git_error)?;
        match self.signature(&commit)? {
            None => self.repo.odb().and_then(|odb| odb.write(ObjectType::Commit, &commit)),
            Some(signature) => {
                commit.as_str().and_then(|text| self.repo.commit_signed(text, &signature, None))
            }
        }
        .map_err(git_error)
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
            let new = Some(match &file.content {
                Content::Bytes(bytes) => self.repo.blob(bytes).map_err(git_error)?.to_string(),
                Content::Stored(id) => id.clone(),
            });
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
    pub(super) fn folder_steps(
        &self,
        files: &[FileStep],
        old: Option<git2::Tree<'_>>,
        new: Oid,
    ) -> Result<Vec<FolderStep>> {
        let mut new = Folders::new(&self.repo, self.repo.find_tree(new).map_err(git_error)?);
        let mut old = old.map(|tree| Folders::new(&self.repo, tree));
        let above = files.iter().flat_map(|f| f.path.match_indices('/').map(|(at, _)| &f.path[..at]));
        let mut step = |path: &str| {
            let old = old.as_mut().map(|old| old.id(path)).transpose()?.flatten();
            let hex = |id: Oid| id.to_string();
            Ok(FolderStep { path: path.to_owned(), old: old.map(hex), new: new.id(path)?.map(hex) })
        };
        above.chain([""]).collect::<BTreeSet<&str>>().into_iter().map(&mut step).collect()
    }

    /// Brings the new objects to the disk, before anything refers to them.
    pub(super) fn sync_objects(&self, journal: &Journal, bulk: bool) -> Result<()> {
        if bulk
            && sync_file_system(self.repo.path(), Platform::Native)
                .map_err(|e| Error::file(self.repo.path(), e))?
        {
            return Ok(());
        }
        for id in objects_of(journal, journal.files.iter())? {
            let hex = id.to_string();
            // What is not there as a file of its own is in a pack.
            let object = self.repo.commondir().join("objects").join(&hex[..2]).join(&hex[2..]);
            sync_file(&object).map_err(|e| Error::file(&object, e))?;
        }
        if bulk { self.sync_packs() } else { Ok(()) }
    }
}

/// The objects of a commit: itself, the trees of its folders, and these files.
pub(super) fn objects_of<'j>(
    journal: &'j Journal,
    files: impl Iterator<Item = &'j FileStep>,
) -> Result<Vec<Oid>> {
    let folders = journal.folders.iter().filter_map(|f| f.new.as_deref());
    let ids = files.filter_map(|f| f.new.as_deref()).chain(folders).chain([journal.new.as_str()]);
    let mut ids: Vec<Oid> = ids.map(super::oid).collect::<Result<_>>()?;
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

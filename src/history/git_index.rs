//! Keeps git's own index up to date after a commit made on HEAD's tree, or `git status` would show
//! the commit reverted. The fast way copies the index and changes the entries of the commit; what
//! it does not understand is left to libgit2.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, UNIX_EPOCH};

use git2::{IndexEntry, IndexTime};

use super::index_file::{self, Change, Stat, TreeChange};
use super::journal::{FolderStep, Journal};
use super::{History, Id, git_error, oid};
use crate::archive::platform::{GitStat, git_stat};
use crate::archive::write::{self, Durable};
use crate::error::{Error, Hint, Problem, Result};

/// How often another git's lock on the index is waited for, and how long each time.
const TRIES: u32 = 100;
const PAUSE: Duration = Duration::from_millis(20);

impl History {
    /// Brings the entries of the journal's files up to date.
    pub(super) fn update_git_index(&self, journal: &Journal) -> Result<()> {
        let path = self.repo.path().join("index");
        let changes = self.index_changes(journal)?;
        if let Some(bytes) = self.patched(&path, journal, &changes)? {
            return self.replace_index(&path, &bytes);
        }
        self.update_by_libgit2(&path, journal, &changes)
    }

    fn index_changes(&self, journal: &Journal) -> Result<Vec<Change>> {
        let change = |step: &super::journal::FileStep| {
            let path = step.path.clone().into_bytes();
            let Some(id) = &step.new else { return Ok(Change::Remove { path }) };
            // A file that was edited by hand since is not this commit's: git is to read it.
            let file = self.root.join(&step.path);
            let before = git_stat(&file);
            let content = fs::read(&file).ok().map(|bytes| History::id_of(&bytes)).transpose()?;
            let ours = content.as_ref() == Some(id);
            let on_disk = if ours { before.map(stat).unwrap_or_default() } else { Stat::default() };
            let mode = u32::try_from(step.mode).unwrap_or(0o100_644);
            Ok(Change::Put { path, mode, id: bytes_of(oid(id)?), stat: on_disk })
        };
        journal.files.iter().map(change).collect()
    }

    /// The index with the changes; `None` when it must be left to libgit2.
    fn patched(&self, path: &Path, journal: &Journal, changes: &[Change]) -> Result<Option<Vec<u8>>> {
        let index = match fs::read(path) {
            Ok(index) => index,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(Error::file(path, e)),
        };
        let modified = fs::metadata(path).and_then(|m| m.modified()).map_err(|e| Error::file(path, e))?;
        let written =
            modified.duration_since(UNIX_EPOCH).map_or(0, |d| u32::try_from(d.as_secs()).unwrap_or(0));
        let id = |id: &Option<Id>| id.as_deref().map(|id| Ok(bytes_of(oid(id)?))).transpose();
        let tree = |folder: &FolderStep| {
            let (old, new) = (id(&folder.old)?, id(&folder.new)?);
            Ok(TreeChange { path: folder.path.clone().into_bytes(), old, new })
        };
        let trees = journal.folders.iter().map(tree).collect::<Result<Vec<_>>>()?;
        Ok(index_file::patch(&index, written, changes, &trees).ok())
    }

    fn draft_path(&self) -> PathBuf {
        self.crm_folder().join("index.new")
    }

    /// Puts a new index in the place of the old one under git's own lock. The lock is a link to
    /// the finished file: a kill leaves nothing that cannot be told from a living git's lock.
    #[allow(
        clippy::disallowed_methods,
        reason = "git's own lock is taken as git takes it: a new file under that name, then renamed"
    )]
    fn replace_index(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        let draft = self.draft_path();
        write::file(&draft, bytes, Durable::Later)?;
        let lock = path.with_extension("lock");
        for _ in 0..TRIES {
            match fs::hard_link(&draft, &lock) {
                Ok(()) => {
                    fs::rename(&lock, path).map_err(|e| Error::file(path, e))?;
                    return write::remove(&self.crm_folder(), &draft);
                }
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => thread::sleep(PAUSE),
                // A file system without links: the lock is a copy.
                Err(_) => match fs::File::create_new(&lock) {
                    Ok(mut file) => {
                        file.write_all(bytes).map_err(|e| Error::file(&lock, e))?;
                        drop(file);
                        fs::rename(&lock, path).map_err(|e| Error::file(path, e))?;
                        return write::remove(&self.crm_folder(), &draft);
                    }
                    Err(e) if e.kind() == io::ErrorKind::AlreadyExists => thread::sleep(PAUSE),
                    Err(e) => return Err(Error::file(&lock, e)),
                },
            }
        }
        Err(Error::could_not(Problem::GitBusy { file: lock.display().to_string() }).hint(Hint::StaleGitLock))
    }

    /// Takes away an index lock that is ours: the same file as our draft, or the beginning of a copy.
    pub(super) fn release_own_index_lock(&self) -> Result<()> {
        let lock = self.repo.path().join("index.lock");
        let draft = self.draft_path();
        let (Ok(a), Ok(b)) = (git_stat(&lock), git_stat(&draft)) else { return Ok(()) };
        let is_copy = || match (fs::read(&lock), fs::read(&draft)) {
            (Ok(lock), Ok(draft)) => !lock.is_empty() && draft.starts_with(&lock),
            _ => false,
        };
        if a.inode != 0 && (a.device, a.inode) == (b.device, b.inode) || is_copy() {
            write::remove(self.repo.path(), &lock)?;
        }
        Ok(())
    }

    /// By libgit2, on our draft: its own lock on git's index could not be told from a living git's
    /// after a kill. An index that is not there is made from the new commit, or git would see every
    /// other file as removed.
    fn update_by_libgit2(&self, path: &Path, journal: &Journal, changes: &[Change]) -> Result<()> {
        let draft = self.draft_path();
        write::remove(&self.crm_folder(), &draft)?;
        write::remove(&self.crm_folder(), &draft.with_extension("new.lock"))?;
        let there = match fs::read(path) {
            Ok(bytes) => Some(bytes),
            Err(e) if e.kind() == io::ErrorKind::NotFound => None,
            Err(e) => return Err(Error::file(path, e)),
        };
        if let Some(bytes) = &there {
            write::file(&draft, bytes, Durable::Later)?;
        }
        let mut index = git2::Index::open(&draft).map_err(git_error)?;
        if there.is_none() {
            let new = self.repo.find_commit(oid(&journal.new)?).and_then(|c| c.tree()).map_err(git_error)?;
            index.read_tree(&new).map_err(git_error)?;
        }
        for change in changes {
            match change {
                Change::Remove { path } => {
                    let path = String::from_utf8_lossy(path).into_owned();
                    index.remove_path(Path::new(&path)).map_err(git_error)?;
                }
                Change::Put { path, mode, id, stat } => {
                    index.add(&entry(path, *mode, *id, stat)?).map_err(git_error)?;
                }
            }
        }
        index.write().map_err(git_error)?;
        let bytes = fs::read(&draft).map_err(|e| Error::file(&draft, e))?;
        self.replace_index(path, &bytes)
    }
}

fn entry(path: &[u8], mode: u32, id: [u8; 20], stat: &Stat) -> Result<IndexEntry> {
    let time = |(seconds, nanoseconds): (u32, u32)| {
        IndexTime::new(i32::try_from(seconds).unwrap_or(i32::MAX), nanoseconds)
    };
    Ok(IndexEntry {
        ctime: time(stat.ctime),
        mtime: time(stat.mtime),
        dev: stat.dev,
        ino: stat.ino,
        mode,
        uid: stat.uid,
        gid: stat.gid,
        file_size: stat.size,
        id: git2::Oid::from_bytes(&id).map_err(git_error)?,
        flags: 0,
        flags_extended: 0,
        path: path.to_vec(),
    })
}

fn stat(on_disk: GitStat) -> Stat {
    Stat {
        ctime: on_disk.changed,
        mtime: on_disk.modified,
        dev: on_disk.device,
        ino: on_disk.inode,
        uid: on_disk.user,
        gid: on_disk.group,
        size: on_disk.size,
    }
}

fn bytes_of(id: git2::Oid) -> [u8; 20] {
    let mut bytes = [0; 20];
    bytes.copy_from_slice(&id.as_bytes()[..20]);
    bytes
}

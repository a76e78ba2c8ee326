//! Keeps git's own index up to date after a commit made on HEAD's tree, or `git status` would show
//! the commit reverted. The fast way copies the index and changes the entries of the commit; what
//! it does not understand is left to libgit2.

use std::fs;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use git2::{IndexEntry, IndexTime};

use super::index_file::{self, Change, Patched, Stat, TreeChange};
use super::journal::{FolderStep, Journal};
use super::{History, Id, git_error, oid};
use crate::archive::platform::{self, GitStat, git_stat};
use crate::archive::write::{self, Durable};
use crate::error::{Error, Hint, Problem, Result};

/// How often another git's lock on the index is waited for, and how long each time.
const TRIES: u32 = 100;
const PAUSE: Duration = Duration::from_millis(20);

/// git's index as it was read.
struct Base {
    /// `None` where there is no index yet.
    bytes: Option<Vec<u8>>,
    state: State,
}

/// What tells whether git's index is still the one that was read: another program replaces it by a
/// new file, and the last bytes are a checksum of all others.
#[derive(PartialEq, Eq)]
struct State {
    stat: Option<platform::Stat>,
    checksum: Vec<u8>,
}

impl Base {
    fn read(path: &Path) -> Result<Base> {
        // The state first: what comes between is seen as a change.
        let state = State::of(path)?;
        let bytes = match fs::read(path) {
            Ok(bytes) => Some(bytes),
            Err(e) if e.kind() == io::ErrorKind::NotFound => None,
            Err(e) => return Err(Error::file(path, e)),
        };
        Ok(Base { bytes, state })
    }
}

impl State {
    const CHECKSUM: u64 = 20;

    fn of(path: &Path) -> Result<State> {
        let read = || -> io::Result<State> {
            let stat = Some(platform::stat(path)?);
            let mut file = fs::File::open(path)?;
            let from = file.seek(SeekFrom::End(0))?.saturating_sub(State::CHECKSUM);
            file.seek(SeekFrom::Start(from))?;
            let mut checksum = Vec::new();
            file.read_to_end(&mut checksum)?;
            Ok(State { stat, checksum })
        };
        match read() {
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(State { stat: None, checksum: Vec::new() }),
            state => state.map_err(|e| Error::file(path, e)),
        }
    }
}

/// How putting the new index in place went.
enum Placing {
    Done,
    /// Another program holds git's lock.
    Locked,
    /// Another program has written the index since it was read.
    Outdated,
}

impl History {
    /// Brings the entries of the journal's files up to date.
    pub(super) fn update_git_index(&self, journal: &Journal) -> Result<()> {
        let path = self.repo.path().join("index");
        let changes = self.index_changes(journal)?;
        let draft = self.draft_path();
        for _ in 0..TRIES {
            let base = Base::read(&path)?;
            match self.patched(&base, journal, &changes)? {
                Some(patched) => write::pieces(&draft, patched.pieces(), Durable::Later)?,
                None => self.draft_by_libgit2(&base, journal, &changes)?,
            }
            match self.put_in_place(&path, &base)? {
                Placing::Done => return write::remove(&self.crm_folder(), &draft),
                Placing::Locked => thread::sleep(PAUSE),
                Placing::Outdated => {}
            }
        }
        let file = path.with_extension("lock").display().to_string();
        Err(Error::could_not(Problem::GitBusy { file }).hint(Hint::StaleGitLock))
    }

    fn index_changes(&self, journal: &Journal) -> Result<Vec<Change>> {
        let change = |step: &super::journal::FileStep| {
            let path = step.path.clone().into_bytes();
            let Some(id) = &step.new else { return Ok(Change::Remove { path }) };
            // A file that was edited by hand since is not this commit's: git is to read it.
            let file = self.root.join(&step.path);
            let before = git_stat(&file);
            let content = fs::read(&file).ok().map(|bytes| History::id_of(&bytes));
            let ours = content.as_ref() == Some(id);
            let on_disk = if ours { before.map(stat).unwrap_or_default() } else { Stat::default() };
            let mode = u32::try_from(step.mode).unwrap_or(0o100_644);
            Ok(Change::Put { path, mode, id: bytes_of(oid(id)?), stat: on_disk })
        };
        // What another program has committed on top is that program's.
        let is_top = self.head()?.as_deref() == Some(&journal.new);
        let mut ours = Vec::with_capacity(journal.files.len());
        for step in &journal.files {
            if is_top || self.head_id(&step.path)? == step.new {
                ours.push(change(step)?);
            }
        }
        Ok(ours)
    }

    /// The index with the changes; `None` when it must be left to libgit2.
    fn patched<'b>(
        &self,
        base: &'b Base,
        journal: &Journal,
        changes: &[Change],
    ) -> Result<Option<Patched<'b>>> {
        let Some(index) = &base.bytes else { return Ok(None) };
        let modified = base.state.stat.map_or(0, |stat| stat.modified / 1_000_000_000);
        let id = |id: &Option<Id>| id.as_deref().map(|id| Ok(bytes_of(oid(id)?))).transpose();
        let tree = |folder: &FolderStep| {
            let (old, new) = (id(&folder.old)?, id(&folder.new)?);
            Ok(TreeChange { path: folder.path.clone().into_bytes(), old, new })
        };
        let trees = journal.folders.iter().map(tree).collect::<Result<Vec<_>>>()?;
        Ok(index_file::patch(index, u32::try_from(modified).unwrap_or(0), changes, &trees).ok())
    }

    fn draft_path(&self) -> PathBuf {
        self.crm_folder().join("index.new")
    }

    /// Puts the draft in the place of the index under git's own lock, unless the index is no longer
    /// the one that the draft was made from. The lock is a link to the finished file: a kill leaves
    /// nothing that cannot be told from a living git's lock.
    #[allow(
        clippy::disallowed_methods,
        reason = "git's own lock is taken as git takes it: a new file under that name, then renamed"
    )]
    fn put_in_place(&self, path: &Path, base: &Base) -> Result<Placing> {
        let draft = self.draft_path();
        let lock = path.with_extension("lock");
        match fs::hard_link(&draft, &lock) {
            Ok(()) => {}
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => return Ok(Placing::Locked),
            // A file system without links: the lock is a copy.
            Err(_) => match fs::File::create_new(&lock) {
                Ok(mut file) => {
                    let copied = fs::File::open(&draft).and_then(|mut draft| io::copy(&mut draft, &mut file));
                    copied.map_err(|e| Error::file(&lock, e))?;
                }
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => return Ok(Placing::Locked),
                Err(e) => return Err(Error::file(&lock, e)),
            },
        }
        // From here on every git waits.
        if State::of(path)? != base.state {
            write::remove(self.repo.path(), &lock)?;
            return Ok(Placing::Outdated);
        }
        fs::rename(&lock, path).map_err(|e| Error::file(path, e))?;
        Ok(Placing::Done)
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
    fn draft_by_libgit2(&self, base: &Base, journal: &Journal, changes: &[Change]) -> Result<()> {
        let draft = self.draft_path();
        write::remove(&self.crm_folder(), &draft)?;
        write::remove(&self.crm_folder(), &draft.with_extension("new.lock"))?;
        if let Some(bytes) = &base.bytes {
            write::file(&draft, bytes, Durable::Later)?;
        }
        let mut index = git2::Index::open(&draft).map_err(git_error)?;
        if base.bytes.is_none() {
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
        index.write().map_err(git_error)
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

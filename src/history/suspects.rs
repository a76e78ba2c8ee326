//! Which files of the work tree may differ from git's index, by names and metadata alone. libgit2 walks on
//! one thread and asks each folder what it ignores; that nothing was done by hand, as it nearly always is,
//! is seen here in a fraction of that time. Whoever is named is only suspected: libgit2 then decides.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use git2::IndexEntry;

use crate::archive::platform::{GitStat, git_file};

/// So many are as well found by libgit2 alone.
const MOST: usize = 2000;
/// Threads at most: more wait for the same disk.
const THREADS: usize = 4;
/// Levels above the companies' folders, which one thread lists: the others share what is below.
const LISTED_ALONE: usize = 3;
/// Of an entry's flags: not to be looked at, or one side of a conflict.
const NOT_PLAIN: u16 = 0x8000 | 0x3000;
/// Of its further flags: only announced, or not in the work tree.
const NOT_THERE: u16 = 0x2000 | 0x4000;

/// A file as the index has it.
struct Known {
    path: Vec<u8>,
    mode: u32,
    stat: GitStat,
    is_plain: bool,
}

impl From<IndexEntry> for Known {
    #[allow(clippy::cast_sign_loss, reason = "the index keeps seconds as 32 bits without a sign")]
    fn from(entry: IndexEntry) -> Self {
        let time = |time: git2::IndexTime| (time.seconds() as u32, time.nanoseconds());
        Known {
            mode: entry.mode,
            stat: GitStat {
                changed: time(entry.ctime),
                modified: time(entry.mtime),
                device: entry.dev,
                inode: entry.ino,
                user: entry.uid,
                group: entry.gid,
                size: entry.file_size,
            },
            is_plain: entry.flags & NOT_PLAIN == 0 && entry.flags_extended & NOT_THERE == 0,
            path: entry.path,
        }
    }
}

/// A folder that is still to be listed: where it is, and its path from the root with a `/` behind it.
type Folder = (PathBuf, Vec<u8>);

struct Search {
    known: Vec<Known>,
    seen: Vec<AtomicBool>,
    /// When the index was written: what changed since, or in that moment, may have changed once more.
    written: (u32, u32),
    found: Mutex<Vec<Vec<u8>>>,
}

/// The suspects, by path from the root; `None` where they are too many to be named.
///
/// # Errors
/// When a folder cannot be listed.
pub(super) fn suspects(
    root: &Path,
    index: impl Iterator<Item = IndexEntry>,
    written: (u32, u32),
) -> io::Result<Option<Vec<Vec<u8>>>> {
    let mut known: Vec<Known> = index.map(Known::from).collect();
    known.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    let seen = known.iter().map(|_| AtomicBool::new(false)).collect();
    let search = Search { known, seen, written, found: Mutex::default() };
    let mut folders = vec![(root.to_owned(), Vec::new())];
    for _ in 0..LISTED_ALONE {
        let mut below = Vec::new();
        for folder in &folders {
            search.list(folder, &mut below)?;
        }
        folders = below;
    }
    search.all_below(&folders)?;
    let gone = search.known.iter().zip(&search.seen).filter(|(_, seen)| !seen.load(Ordering::Relaxed));
    let gone = gone.map(|(known, _)| known.path.clone());
    let found = search.found.into_inner().unwrap_or_else(PoisonError::into_inner);
    let all: Vec<Vec<u8>> = found.into_iter().chain(gone).take(MOST + 1).collect();
    Ok((all.len() <= MOST).then_some(all))
}

impl Search {
    /// Looks through folders and everything below them, on several threads.
    fn all_below(&self, folders: &[Folder]) -> io::Result<()> {
        let next = AtomicUsize::new(0);
        let work = || -> io::Result<()> {
            while let Some(folder) = folders.get(next.fetch_add(1, Ordering::Relaxed)) {
                if self.are_too_many() {
                    break;
                }
                let mut below = Vec::new();
                self.list(folder, &mut below)?;
                while let Some(folder) = below.pop() {
                    self.list(&folder, &mut below)?;
                }
            }
            Ok(())
        };
        let threads = thread::available_parallelism().map_or(1, usize::from).min(THREADS);
        thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
            let mut all = vec![work()];
            let died = || Err(io::Error::other("a thread that lists folders has died"));
            all.extend(others.into_iter().map(|other| other.join().unwrap_or_else(|_| died())));
            all.into_iter().collect()
        })
    }

    fn are_too_many(&self) -> bool {
        self.found.lock().unwrap_or_else(PoisonError::into_inner).len() > MOST
    }

    fn suspect(&self, path: Vec<u8>) {
        self.found.lock().unwrap_or_else(PoisonError::into_inner).push(path);
    }

    /// Looks at the files of a folder, and gives the folders in it.
    fn list(&self, (folder, path): &Folder, below: &mut Vec<Folder>) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name();
            if name.eq_ignore_ascii_case(".git") {
                // A repository in a company's folder is for libgit2 to judge.
                if !path.is_empty() {
                    self.suspect(path.clone());
                }
                continue;
            }
            let mut path = [path, name.as_encoded_bytes()].concat();
            if entry.file_type()?.is_dir() {
                path.push(b'/');
                below.push((entry.path(), path));
            } else if !self.is_as_known(&path, &entry.path()) {
                self.suspect(path);
            }
        }
        Ok(())
    }

    /// Whether the index has the file, with the metadata that it has.
    fn is_as_known(&self, path: &[u8], file: &Path) -> bool {
        let Ok(at) = self.known.binary_search_by(|known| known.path.as_slice().cmp(path)) else {
            return false;
        };
        self.seen[at].store(true, Ordering::Relaxed);
        let known = &self.known[at];
        let Ok((stat, mode)) = git_file(file) else { return false };
        // The number of a device may be another after each start of the computer.
        let stat = GitStat { device: known.stat.device, ..stat };
        known.is_plain && known.mode == mode && known.stat == stat && stat.modified < self.written
    }
}

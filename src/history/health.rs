//! What a clone is like: what kind of clone git made of it, how it is set, and what stands in git's own
//! folder. Only looked at, never changed.

use std::fs;
use std::path::{Path, PathBuf};

use super::remote::DRIVER_ATTRIBUTE;
use super::{History, git_error};
use crate::archive::CARD;
use crate::archive::platform::{git_mode, is_absence, stat};
use crate::error::{Error, Result};

/// The hooks that git would run where `crm` writes history itself.
const HOOKS: [&str; 6] = [
    "pre-commit",
    "prepare-commit-msg",
    "commit-msg",
    "post-commit",
    "reference-transaction",
    "post-index-change",
];
/// Where git looks to guess how many loose objects there are: one folder of 256.
const SAMPLED: &str = "17";
/// How many folders the loose objects are in.
const FOLDERS: usize = 256;
/// From so many loose objects on git packs them by itself, unless `gc.auto` says otherwise.
const PACKS_FROM: usize = 6_700;

/// A lock file of git.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GitLock {
    /// The file.
    pub file: PathBuf,
    /// Since when it is there, in seconds since 1970.
    pub since: i64,
}

/// Why an index can be read by git and not by `crm`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexKind {
    /// In two files.
    Split,
    /// Without the files that are left out of the work tree.
    Sparse,
}

impl History {
    /// git's own folder: of all work trees together, where there are several.
    pub fn git_folder(&self) -> &Path {
        self.repo.commondir()
    }

    /// Whether `.gitattributes` in the work tree, by which git goes, has cards merged by `crm`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn has_merge_attribute(&self) -> Result<bool> {
        let path = self.root.join(".gitattributes");
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if is_absence(&e) => String::new(),
            Err(e) => return Err(Error::file(&path, e)),
        };
        Ok(text
            .lines()
            .map(str::split_whitespace)
            .any(|mut words| words.next() == Some(CARD) && words.any(|word| word == DRIVER_ATTRIBUTE)))
    }

    /// Whether the oldest commits were left out when the clone was made.
    pub fn is_shallow(&self) -> bool {
        self.repo.is_shallow()
    }

    /// Whether files are left out of the work tree.
    ///
    /// # Errors
    /// When git's configuration cannot be read.
    pub fn is_sparse(&self) -> Result<bool> {
        self.config_flag("core.sparseCheckout")
    }

    /// The remotes from which git fetches objects only when they are asked for.
    ///
    /// # Errors
    /// When git's configuration cannot be read.
    pub fn promisors(&self) -> Result<Vec<String>> {
        let mut promisors = Vec::new();
        for remote in self.remotes()? {
            if self.config_flag(&format!("remote.{remote}.promisor"))? {
                promisors.push(remote);
            }
        }
        Ok(promisors)
    }

    fn remotes(&self) -> Result<Vec<String>> {
        let names = self.repo.remotes().map_err(git_error)?;
        Ok(names.iter().filter_map(|name| name.ok().flatten().map(str::to_owned)).collect())
    }

    /// What kind git's index is of, where it is one that only git reads.
    ///
    /// # Errors
    /// When git's configuration cannot be read.
    pub fn index_kind(&self) -> Result<Option<IndexKind>> {
        let unread = git2::Index::open(&self.repo.path().join("index")).err();
        let names = |extension: &str| unread.as_ref().is_some_and(|e| e.message().contains(extension));
        Ok(if names("'link'") || self.config_flag("core.splitIndex")? {
            Some(IndexKind::Split)
        } else if names("'sdir'") {
            Some(IndexKind::Sparse)
        } else {
            None
        })
    }

    /// Whether anything tells that git's index may be of such a kind, without reading it.
    pub(super) fn may_have_foreign_index(&self) -> Result<bool> {
        let folder = self.repo.path();
        let entries = fs::read_dir(folder).map_err(|e| Error::file(folder, e))?;
        let is_part = |entry: fs::DirEntry| entry.file_name().to_string_lossy().starts_with("sharedindex.");
        Ok(entries.flatten().any(is_part) || self.config_flag("core.splitIndex")? || self.is_sparse()?)
    }

    /// The lock files of git that are there now.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn git_locks(&self) -> Result<Vec<GitLock>> {
        let (own, shared) = (self.repo.path(), self.repo.commondir());
        let mut files: Vec<PathBuf> = ["index.lock", "HEAD.lock"].map(|name| own.join(name)).into();
        files.extend(["config.lock", "packed-refs.lock"].map(|name| shared.join(name)));
        files.extend(self.branch().ok().map(|branch| shared.join(format!("{branch}.lock"))));
        let lock = |file: PathBuf| match stat(&file) {
            Ok(stat) => Ok(Some(GitLock { file, since: stat.modified / 1_000_000_000 })),
            Err(e) if is_absence(&e) => Ok(None),
            Err(e) => Err(Error::file(&file, e)),
        };
        files.into_iter().filter_map(|file| lock(file).transpose()).collect()
    }

    /// The hooks that git would run and `crm` does not, by name.
    ///
    /// # Errors
    /// When git's configuration cannot be read.
    pub fn hooks(&self) -> Result<Vec<(&'static str, PathBuf)>> {
        let named = self.first_path(&["core.hooksPath"])?.map(|folder| self.root.join(folder));
        let folder = named.unwrap_or_else(|| self.repo.commondir().join("hooks"));
        let runs = |path: &Path| path.is_file() && (!cfg!(unix) || git_mode(path) == 0o100_755);
        let hooks = HOOKS.into_iter().map(|hook| (hook, folder.join(hook)));
        Ok(hooks.filter(|(_, path)| runs(path)).collect())
    }

    /// About how many objects wait to be packed, where there are so many that git would pack them now.
    ///
    /// # Errors
    /// When git's configuration or the object store cannot be read.
    pub fn loose_objects(&self) -> Result<Option<usize>> {
        let named = self.config("gc.auto")?.and_then(|number| number.parse().ok());
        let most = match named.unwrap_or(PACKS_FROM) {
            0 => return Ok(None),
            most => most.div_ceil(FOLDERS),
        };
        let folder = self.repo.commondir().join("objects").join(SAMPLED);
        let sampled = match fs::read_dir(&folder) {
            Ok(objects) => {
                objects.filter_map(|object| object.ok()).filter(|o| is_object(&o.file_name())).count()
            }
            Err(e) if is_absence(&e) => 0,
            Err(e) => return Err(Error::file(&folder, e)),
        };
        Ok((sampled > most).then_some(sampled * FOLDERS))
    }
}

/// Whether a file in a folder of objects is one, and no draft.
fn is_object(name: &std::ffi::OsStr) -> bool {
    name.to_str().is_some_and(|name| name.len() == 38 && name.bytes().all(|b| b.is_ascii_hexdigit()))
}

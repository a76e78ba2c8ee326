//! History: the only room that names git2. Commits built on HEAD's tree ([`prepare`]) and signed
//! where git is set so ([`sign`]), the journal that lets the next command finish what a kill left
//! ([`journal`]), git's own index kept up to date (`git_index`), and reading back: trees ([`tree`]),
//! the history of one card ([`log`]) and what the clone is like ([`health`]). libgit2 is built without
//! network: what goes over it, and what only the git program can tell, is asked of that ([`remote`]).
//! The work tree is written by `archive/`.

pub mod backup;
mod by_hand;
mod filters;
mod git_index;
pub mod health;
pub mod identity;
mod index_file;
pub mod join;
pub mod journal;
pub mod log;
mod pack;
pub mod past;
pub mod prepare;
pub mod remote;
pub mod sign;
pub mod steps;
mod suspects;
pub mod took;
pub mod tree;

use std::fs;
use std::path::{Path, PathBuf};

use git2::{ErrorCode, Oid, RepositoryState};

use crate::archive::platform::for_shell;
use crate::error::{Error, Hint, Problem, Result};
pub use by_hand::{HandChange, HandChangeKind};
pub use identity::Identity;
pub use journal::Journal;
pub use log::{Entry, Revision};
pub use past::Filed;
pub use prepare::{Changes, Content, NewFile, Stamp};
pub use steps::{CardState, CommitSteps, Step};
pub use took::FileChange;

/// The id of a commit or a blob, in hexadecimal.
pub type Id = String;

/// The branch of a new archive.
const FIRST_BRANCH: &str = "main";
/// The folder in which a new repository is made.
pub(crate) const DRAFT: &str = ".crm-new.tmp";

/// The repository of an archive.
pub struct History {
    repo: git2::Repository,
    root: PathBuf,
    /// The commit that is taken for HEAD, where it is one of the past.
    pinned: Option<Oid>,
}

impl std::fmt::Debug for History {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("History").field("root", &self.root).finish_non_exhaustive()
    }
}

/// What a folder is to git before an archive is made in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// In no work tree.
    Free,
    /// The root of a work tree.
    Root,
    /// Somewhere below the root of a work tree.
    Below,
}

impl History {
    /// Opens the repository whose work tree has its root at `root`.
    ///
    /// # Errors
    /// When there is none, or it is not the root of its work tree.
    pub fn open(root: &Path) -> Result<History> {
        // As git does: an object is checked when it is written and by `git fsck`, not at each reading.
        git2::opts::strict_hash_verification(false);
        let repo = git2::Repository::open(root).map_err(|e| unopened(root, e))?;
        if repo.is_bare() {
            return Err(Error::could_not(Problem::NoRepository { folder: root.display().to_string() }));
        }
        Ok(History { repo, root: root.to_owned(), pinned: None })
    }

    /// Makes a repository at `root` that knows our merge of cards and who works there, or opens the one
    /// that is there. A new one is made beside its place and put there whole: half a repository, or the
    /// lock of a setting that was being written, would be in the way of the next try.
    ///
    /// # Errors
    /// When the disk refuses.
    #[allow(
        clippy::disallowed_methods,
        reason = "the folder is a draft of ours in which nobody has a paper, and goes in one step to its place"
    )]
    pub fn init(root: &Path, identity: Option<&Identity>) -> Result<History> {
        let mut options = git2::RepositoryInitOptions::new();
        options.initial_head(FIRST_BRANCH).no_reinit(false);
        let draft = root.join(DRAFT);
        if !root.join(".git").exists() {
            let _ = fs::remove_dir_all(&draft);
            git2::Repository::init_opts(&draft, &options).map_err(git_error)?;
            History::open(&draft)?.set_up(identity)?;
            fs::rename(draft.join(".git"), root.join(".git")).map_err(|e| Error::file(root, e))?;
        }
        let _ = fs::remove_dir(&draft);
        let history = History::open(root)?;
        history.set_up(identity)?;
        Ok(history)
    }

    /// What git's configuration must say of this clone.
    fn set_up(&self, identity: Option<&Identity>) -> Result<()> {
        if let Some(identity) = identity {
            self.set_identity(identity)?;
        }
        self.register_driver()
    }

    /// What `folder` is to git.
    pub fn ground(folder: &Path) -> Ground {
        let Ok(repo) = git2::Repository::discover(folder) else { return Ground::Free };
        let Some(workdir) = repo.workdir() else { return Ground::Free };
        let same = |a: &Path, b: &Path| a.canonicalize().ok() == b.canonicalize().ok();
        if same(workdir, folder) { Ground::Root } else { Ground::Below }
    }

    /// Where `crm` keeps its lock, journal and index: never committed, always disposable.
    pub fn crm_folder(&self) -> PathBuf {
        self.repo.path().join("crm")
    }

    /// The root of the work tree.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether a commit may be made now.
    ///
    /// # Errors
    /// During a merge, rebase, cherry-pick, revert or bisect, and with a detached HEAD: with the
    /// way out.
    pub fn writable(&self) -> Result<()> {
        let way_out = match self.repo.state() {
            RepositoryState::Clean => {
                if self.repo.head_detached().map_err(git_error)? {
                    return Err(Error::could_not(Problem::DetachedHead).hint(Hint::SwitchToBranch));
                }
                // A commit would be made, and git's index could not follow.
                if self.may_have_foreign_index()? && self.index_kind()?.is_some() {
                    return Err(foreign_index());
                }
                return Ok(());
            }
            RepositoryState::Merge => "git merge --abort",
            RepositoryState::Revert | RepositoryState::RevertSequence => "git revert --abort",
            RepositoryState::CherryPick | RepositoryState::CherryPickSequence => "git cherry-pick --abort",
            RepositoryState::Bisect => "git bisect reset",
            RepositoryState::Rebase | RepositoryState::RebaseInteractive | RepositoryState::RebaseMerge => {
                "git rebase --abort"
            }
            RepositoryState::ApplyMailbox | RepositoryState::ApplyMailboxOrRebase => "git am --abort",
        };
        let operation = way_out.split(' ').nth(1).unwrap_or("").to_owned();
        Err(Error::could_not(Problem::Unfinished { operation }).hint(Hint::Run { command: way_out.into() }))
    }

    /// The full name of the branch that HEAD is on, born or not.
    fn branch(&self) -> Result<String> {
        let head = self.repo.find_reference("HEAD").map_err(git_error)?;
        match head.symbolic_target().ok().flatten() {
            Some(branch) => Ok(branch.to_owned()),
            None => Err(Error::could_not(Problem::DetachedHead).hint(Hint::SwitchToBranch)),
        }
    }

    /// The commit that HEAD names; `None` before the first.
    fn head_commit(&self) -> Result<Option<git2::Commit<'_>>> {
        if let Some(pinned) = self.pinned {
            return self.repo.find_commit(pinned).map(Some).map_err(git_error);
        }
        match self.repo.head().and_then(|head| head.peel_to_commit()) {
            Ok(commit) => Ok(Some(commit)),
            Err(e) if matches!(e.code(), ErrorCode::UnbornBranch | ErrorCode::NotFound) => Ok(None),
            Err(e) => Err(git_error(e)),
        }
    }

    /// The id of the commit that HEAD names; `None` before the first.
    ///
    /// # Errors
    /// When the repository cannot be read.
    pub fn head(&self) -> Result<Option<Id>> {
        Ok(self.head_commit()?.map(|c| c.id().to_string()))
    }

    /// Whether a commit is HEAD, or stands below it: another program may have committed on top.
    ///
    /// # Errors
    /// When the repository cannot be read.
    pub fn stands(&self, commit: &str) -> Result<bool> {
        match self.head()? {
            Some(head) => self.goes_on(commit, &head),
            None => Ok(false),
        }
    }

    /// Whether a commit is another one or goes on from it.
    ///
    /// # Errors
    /// When git cannot be read.
    pub fn goes_on(&self, from: &str, commit: &str) -> Result<bool> {
        let (from, commit) = (oid(from)?, oid(commit)?);
        Ok(from == commit || self.repo.graph_descendant_of(commit, from).map_err(git_error)?)
    }
}

/// Why a repository could not be opened.
fn unopened(root: &Path, error: git2::Error) -> Error {
    let folder = root.display().to_string();
    match error.code() {
        ErrorCode::NotFound => Error::could_not(Problem::NoRepository { folder }).hint(Hint::GitInit),
        ErrorCode::Owner => {
            let trust = Hint::TrustFolder { folder: for_shell(root) };
            Error::could_not(Problem::ForeignOwner { folder }).hint(trust)
        }
        _ if error.message().to_lowercase().contains("extensions.partialclone") => {
            Error::could_not(Problem::PartialClone).hint(Hint::FetchAll)
        }
        _ => git_error(error),
    }
}

/// An error of libgit2.
pub(crate) fn git_error(error: git2::Error) -> Error {
    if ["'link'", "'sdir'"].iter().any(|extension| error.message().contains(extension)) {
        return foreign_index().because(error);
    }
    Error::could_not(Problem::Git { reason: error.message().to_owned() }).because(error)
}

fn foreign_index() -> Error {
    Error::could_not(Problem::ForeignIndex).hint(Hint::SeeDoctor)
}

fn oid(id: &str) -> Result<Oid> {
    Oid::from_str(id).map_err(git_error)
}

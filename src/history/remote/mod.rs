//! The archive of the others: fetch and push by the `git` program, and what came of it. Everything else
//! is local.

mod address;
mod outcome;
pub(super) mod program;

use std::path::Path;
use std::time::Duration;

pub use address::Address;
pub use program::Terminal;

use self::outcome::failure;
use self::program::{git, git_within};
use super::{FIRST_BRANCH, History, Id, git_error};
use crate::error::{Error, Hint, Problem, Result};

/// The name of the remote.
const REMOTE: &str = "origin";
/// The merge of cards for those who merge with plain git: a setting of git's, and its value.
pub const DRIVER: (&str, &str) = ("merge.crm.driver", "crm merge-driver %O %A %B %P");
/// How `.gitattributes` asks for it.
pub const DRIVER_ATTRIBUTE: &str = "merge=crm";
/// How long the others may take to answer who only asks whether they are there.
const BRIEFLY: Duration = Duration::from_secs(15);
/// What git calls it.
const DRIVER_NAME: (&str, &str) = ("merge.crm.name", "cards of crm");

/// What became of a push.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pushed {
    /// The others have it.
    Done,
    /// Somebody was faster: fetch and merge again.
    LostRace,
}

impl History {
    /// Where the others' archive is; `None` where this one is on this computer only.
    ///
    /// # Errors
    /// When git's configuration cannot be read.
    pub fn remote(&self) -> Result<Option<String>> {
        match self.repo.find_remote(REMOTE) {
            Ok(remote) => Ok(remote.url().map(str::to_owned).ok()),
            Err(e) if e.code() == git2::ErrorCode::NotFound => Ok(None),
            Err(e) => Err(git_error(e)),
        }
    }

    /// Keeps where the others' archive is, instead of where it was.
    ///
    /// # Errors
    /// When git's configuration cannot be written.
    pub fn set_remote(&self, url: &str) -> Result<()> {
        if self.remote()?.is_some() {
            return self.repo.remote_set_url(REMOTE, url).map_err(git_error);
        }
        self.repo.remote(REMOTE, url).map(|_| ()).map_err(git_error)?;
        let branch = self.short_branch()?;
        self.set_config(&format!("branch.{branch}.remote"), REMOTE)?;
        self.set_config(&format!("branch.{branch}.merge"), &format!("refs/heads/{branch}"))
    }

    /// Forgets where the others' archive is.
    ///
    /// # Errors
    /// When git's configuration cannot be written.
    pub fn forget_remote(&self) -> Result<()> {
        self.repo.remote_delete(REMOTE).map_err(git_error)
    }

    /// Tells plain git to merge cards as we do.
    ///
    /// # Errors
    /// When git's configuration cannot be written.
    pub fn register_driver(&self) -> Result<()> {
        for (key, value) in [DRIVER_NAME, DRIVER] {
            if self.config(key)?.is_none() {
                self.set_config(key, value)?;
            }
        }
        Ok(())
    }

    /// Whether plain git was told to merge cards as we do.
    ///
    /// # Errors
    /// When git's configuration cannot be read.
    pub fn has_driver(&self) -> Result<bool> {
        Ok(self.config(DRIVER.0)?.is_some())
    }

    /// Looks whether there is a git program that is new enough.
    ///
    /// # Errors
    /// When there is none.
    pub fn has_git(&self) -> Result<()> {
        program::is_there(&self.root)
    }

    /// Looks whether the others can be reached now, and let us in.
    ///
    /// # Errors
    /// When they cannot, do not, or take their time.
    pub fn greet(&self) -> Result<()> {
        let answer = git_within(&self.root, &["ls-remote", REMOTE, "HEAD"], Terminal::Nobody, BRIEFLY)?;
        if answer.status.success() { Ok(()) } else { Err(failure(&answer)) }
    }

    /// Fetches what the others have; the id of their head, `None` where they have none.
    ///
    /// # Errors
    /// When the others cannot be reached, or do not let us in.
    pub fn fetch(&self, terminal: Terminal) -> Result<Option<Id>> {
        program::is_there(&self.root)?;
        let branch = self.short_branch()?;
        let tracked = format!("refs/remotes/{REMOTE}/{branch}");
        let refspec = format!("+refs/heads/{branch}:{tracked}");
        let args = ["fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head"];
        let args = [&args[..], &["--no-auto-maintenance", REMOTE, &refspec]].concat();
        let answer = git(&self.root, &args, terminal)?;
        if !answer.status.success() {
            // Others who have no branch yet have nothing to fetch.
            let is_there = heads(REMOTE, &self.root)?.contains(&branch);
            return if is_there { Err(failure(&answer)) } else { Ok(None) };
        }
        match self.repo.refname_to_id(&tracked) {
            Ok(id) => Ok(Some(id.to_string())),
            Err(e) if e.code() == git2::ErrorCode::NotFound => Ok(None),
            Err(e) => Err(git_error(e)),
        }
    }

    /// Gives the others a commit.
    ///
    /// # Errors
    /// When the others cannot be reached, or do not take it.
    pub fn push(&self, commit: &str, terminal: Terminal) -> Result<Pushed> {
        let refspec = format!("{commit}:refs/heads/{}", self.short_branch()?);
        let args = ["push", "--porcelain", "--no-verify", "--no-recurse-submodules", "--quiet"];
        let answer = git(&self.root, &[&args[..], &[REMOTE, &refspec]].concat(), terminal)?;
        if answer.status.success() {
            return Ok(Pushed::Done);
        }
        if outcome::is_lost_race(&answer) { Ok(Pushed::LostRace) } else { Err(failure(&answer)) }
    }

    /// Has git pack what is loose, where it is much.
    pub fn tidy(&self, terminal: Terminal) {
        if matches!(self.loose_objects(), Ok(Some(_))) {
            // What is not packed today is packed another day.
            let _ = git(&self.root, &["maintenance", "run", "--auto", "--quiet"], terminal);
        }
    }

    /// The branch that is checked out here and the one of the others, where these are two.
    ///
    /// # Errors
    /// When the repository cannot be read.
    pub fn side_branch(&self) -> Result<Option<(String, String)>> {
        let here = self.short_branch()?;
        let tracked = format!("refs/remotes/{REMOTE}/");
        let head = self.repo.find_reference(&format!("{tracked}HEAD")).ok();
        let target = head.and_then(|head| head.symbolic_target().ok().flatten().map(str::to_owned));
        let named = target.and_then(|target| target.strip_prefix(&tracked).map(str::to_owned));
        let has_first = || self.repo.find_reference(&format!("{tracked}{FIRST_BRANCH}")).is_ok();
        let theirs = named.or_else(|| has_first().then(|| FIRST_BRANCH.to_owned()));
        Ok(theirs.filter(|theirs| *theirs != here).map(|theirs| (here, theirs)))
    }

    fn short_branch(&self) -> Result<String> {
        let branch = self.branch()?;
        Ok(branch.strip_prefix("refs/heads/").unwrap_or(&branch).to_owned())
    }
}

/// Whether git says how far it is with a whole archive.
fn progress(terminal: Terminal) -> &'static str {
    if matches!(terminal, Terminal::Person(_)) { "--progress" } else { "--quiet" }
}

/// What an address has: the branches, and `HEAD` where that names one of them.
fn heads(url: &str, folder: &Path) -> Result<Vec<String>> {
    program::is_there(folder)?;
    let answer = git(folder, &["ls-remote", url, "HEAD", "refs/heads/*"], Terminal::Nobody)?;
    if !answer.status.success() {
        return Err(failure(&answer));
    }
    let names = answer.stdout.lines().filter_map(|line| line.split_once('\t')).map(|(_, name)| name);
    Ok(names.map(|name| name.trim_start_matches("refs/heads/").to_owned()).collect())
}

/// Makes a copy of the archive at an address, with its history.
///
/// # Errors
/// When the address cannot be reached or does not let us in, and when there is nothing.
pub fn clone(address: &Address, folder: &Path, terminal: Terminal) -> Result<()> {
    let above = folder.ancestors().skip(1).find(|above| above.is_dir()).unwrap_or(folder);
    let url = address.for_git();
    let heads = if address.is_unused_folder()? { Vec::new() } else { heads(&url, above)? };
    let Some(first) = heads.first() else {
        let problem = Problem::NothingAtRemote { url };
        return Err(Error::could_not(problem).hint(Hint::InitWithRemote));
    };
    // A new bare repository may name a branch that nobody has pushed.
    let branch = heads.iter().find(|head| ["HEAD", FIRST_BRANCH].contains(&head.as_str())).unwrap_or(first);
    let target = folder.to_string_lossy();
    let progress = progress(terminal);
    let mut args = vec!["clone", progress, "--no-recurse-submodules", "--origin", REMOTE];
    if branch != "HEAD" {
        args.extend(["--branch", branch]);
    }
    args.extend([&*url, &*target]);
    let answer = git(above, &args, terminal)?;
    if answer.status.success() { Ok(()) } else { Err(failure(&answer)) }
}

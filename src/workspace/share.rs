//! An archive and its others: beginning to share one, and taking a copy of one that is shared.

use std::path::Path;

use super::{Clock, Workspace, init};
use crate::archive::Platform;
use crate::error::{Error, Hint, Problem, Result};
use crate::history::Identity;
use crate::history::remote::{self, Pushed, Terminal};

/// What a desk is, where it is not to be what git says.
#[derive(Clone, Debug, Default)]
pub struct DeskOptions {
    /// Who works there.
    pub identity: Option<Identity>,
    /// The letters of the numbers that it gives.
    pub series: Option<String>,
}

/// Whether an archive may begin at an address: looked at before anything is committed, so that two
/// archives with two beginnings cannot arise.
///
/// # Errors
/// When something is there already, or the address cannot be reached.
pub fn check_remote(url: &str, folder: &Path) -> Result<()> {
    let existing = folder.ancestors().find(|above| above.is_dir()).unwrap_or(folder);
    if remote::is_empty(url, existing)? {
        return Ok(());
    }
    let problem = Problem::RemoteHasArchive { url: url.to_owned() };
    Err(Error::could_not(problem).hint(Hint::CloneTheirs))
}

/// Takes a copy of the archive at an address.
///
/// # Errors
/// When the folder has something in it, the address cannot be reached or has no archive.
pub fn clone(
    url: &str,
    folder: &Path,
    desk: &DeskOptions,
    clock: Clock,
    platform: Platform,
    terminal: Terminal,
) -> Result<Workspace> {
    init::check(folder)?;
    remote::clone(url, folder, terminal)?;
    let workspace = Workspace::open(folder, clock, platform)?;
    workspace.history.register_driver()?;
    workspace.set_desk(desk)?;
    workspace.note_synced()?;
    Ok(workspace)
}

impl Workspace {
    /// Begins to share a new archive at an address where there is nothing.
    ///
    /// # Errors
    /// When the address cannot be reached, or somebody was faster.
    pub fn share(&self, url: &str, terminal: Terminal) -> Result<()> {
        self.history.set_remote(url)?;
        let Some(head) = self.history.head()? else { return Ok(()) };
        match self.history.push(&head, terminal)? {
            Pushed::Done => self.note_synced(),
            Pushed::LostRace => {
                let problem = Problem::RemoteHasArchive { url: url.to_owned() };
                Err(Error::could_not(problem).hint(Hint::CloneTheirs))
            }
        }
    }

    /// Keeps what a desk is.
    ///
    /// # Errors
    /// When git's configuration cannot be written.
    pub fn set_desk(&self, desk: &DeskOptions) -> Result<()> {
        desk.identity.iter().try_for_each(|identity| self.history.set_identity(identity))?;
        desk.series.iter().try_for_each(|series| self.history.set_series(series))
    }
}

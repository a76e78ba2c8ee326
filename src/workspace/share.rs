//! An archive and its others: beginning to share one, and taking a copy of one that is shared.

use std::path::Path;

use super::{Clock, SyncOutcome, Synced, Workspace, init};
use crate::archive::write::clear_made;
use crate::archive::{Platform, SETTINGS};
use crate::error::{Error, Hint, Problem, Result};
use crate::history::Identity;
use crate::history::remote::{self, Address, Pushed, Terminal};

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
/// When something is there already, the address cannot be reached, or is a folder of the archive itself.
pub fn check_remote(address: &Address, folder: &Path) -> Result<()> {
    outside(address, folder)?;
    let existing = folder.ancestors().find(|above| above.is_dir()).unwrap_or(folder);
    if address.is_empty(existing)? { Ok(()) } else { Err(has_archive(address)) }
}

/// Looks that others are not to meet in the archive itself.
fn outside(address: &Address, folder: &Path) -> Result<()> {
    match address {
        Address::Folder(place) if place.starts_with(folder) => {
            Err(Error::usage(Problem::RemoteInside { url: address.to_string() }))
        }
        _ => Ok(()),
    }
}

fn has_archive(address: &Address) -> Error {
    Error::could_not(Problem::RemoteHasArchive { url: address.to_string() }).hint(Hint::CloneTheirs)
}

/// Takes a copy of the archive at an address.
///
/// # Errors
/// When the folder has something in it, the address cannot be reached or has no archive.
pub fn clone(
    address: &Address,
    folder: &Path,
    desk: &DeskOptions,
    clock: Clock,
    platform: Platform,
    terminal: Terminal,
) -> Result<Workspace> {
    init::check(folder)?;
    let was_there = folder.exists();
    remote::clone(address, folder, terminal)?;
    if !folder.join(SETTINGS).exists() {
        clear_made(folder, was_there)?;
        let problem = Problem::NoArchiveThere { url: address.to_string() };
        return Err(Error::could_not(problem).hint(Hint::CheckRemote));
    }
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
    pub fn share(&self, address: &Address, terminal: Terminal) -> Result<()> {
        address.make_ready()?;
        self.history.set_remote(&address.for_git())?;
        let Some(head) = self.history.head()? else { return Ok(()) };
        match self.history.push(&head, terminal)? {
            Pushed::Done => self.note_synced(),
            Pushed::LostRace => Err(has_archive(address)),
        }
    }

    /// Syncs at another address from now on: the first for an archive that was on this computer only, or
    /// where the others went.
    ///
    /// # Errors
    /// When the sync cannot be done there; then the address stays as it was.
    pub fn sync_at(&self, address: &Address, terminal: Terminal) -> Result<Synced> {
        self.only_now()?;
        outside(address, &self.root)?;
        address.make_ready()?;
        let before = self.history.remote()?;
        self.history.set_remote(&address.for_git())?;
        let synced = self.sync(terminal).and_then(|synced| match synced.outcome {
            SyncOutcome::Offline(error) => Err(error),
            _ => Ok(synced),
        });
        if synced.is_err() {
            match before {
                Some(url) => self.history.set_remote(&url)?,
                None => self.history.forget_remote()?,
            }
        }
        synced
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

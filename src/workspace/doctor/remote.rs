//! What it takes to bring the archive together with others: the git program, others who answer, and the
//! merge of cards.

use super::{Finding, Look, Mend, Reach, Said};
use crate::error::{Hint, Problem, Result};
use crate::history::remote::{DRIVER, DRIVER_ATTRIBUTE};
use crate::workspace::sync::LONG_AGO;

/// There is a git program, and it is not too old.
pub(super) fn program(look: &Look<'_>) -> Result<Vec<Finding>> {
    let missing = look.workspace.history.has_git().err();
    let found = missing.map(|error| look.shared(Said::of(&error), Mend::Hint { hint: Hint::InstallGit }));
    Ok(found.into_iter().collect())
}

/// There is a remote, and it answers.
pub(super) fn remote(look: &Look<'_>) -> Result<Vec<Finding>> {
    if !look.is_shared {
        let said = Said::Problem { problem: Box::new(Problem::NoRemote) };
        return Ok(vec![Finding::note(said, Mend::Hint { hint: Hint::AddRemote })]);
    }
    let history = &look.workspace.history;
    if look.reach == Reach::Offline || history.has_git().is_err() {
        return Ok(Vec::new());
    }
    let found = history.greet().err().map(|error| match error.problem() {
        Problem::Offline { .. } | Problem::RemoteTooSlow { .. } => {
            Finding::note(Said::of(&error), Mend::AskLater)
        }
        _ => Finding::of_error(&error),
    });
    Ok(found.into_iter().collect())
}

/// The last sync is not too long ago.
pub(super) fn last_sync(look: &Look<'_>) -> Result<Vec<Finding>> {
    if !look.is_shared {
        return Ok(Vec::new());
    }
    let said = match look.workspace.days_since_sync() {
        Some(days) if days < LONG_AGO => return Ok(Vec::new()),
        Some(days) => Said::SyncedLongAgo { days },
        None => Said::NeverSynced,
    };
    Ok(vec![Finding::warning(said, Mend::Sync)])
}

/// git merges cards by our program.
pub(super) fn merge_driver(look: &Look<'_>) -> Result<Vec<Finding>> {
    let is_registered = look.workspace.history.has_driver()?;
    let (key, value) = DRIVER;
    let missing = || look.shared(Said::NoMergeDriver, Mend::RegisterMerge { key, value });
    Ok((!is_registered).then(missing).into_iter().collect())
}

/// `.gitattributes` leaves the merge of cards to it.
pub(super) fn merge_attribute(look: &Look<'_>) -> Result<Vec<Finding>> {
    let is_there = look.workspace.history.has_merge_attribute()?;
    let mend = Mend::AddMergeAttribute { attribute: DRIVER_ATTRIBUTE };
    let missing = || look.shared(Said::NoMergeAttribute, mend);
    Ok((!is_there).then(missing).into_iter().collect())
}

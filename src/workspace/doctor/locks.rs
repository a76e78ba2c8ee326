//! Who else writes now, and locks that nobody holds any more.

use super::{Finding, Look, Mend, Said};
use crate::archive::Lock;
use crate::archive::platform::for_shell;
use crate::error::Result;
use crate::history::health::GitLock;

/// A lock of git's that is older than so many minutes belongs to nobody: git holds one for seconds.
const STALE: i64 = 10;
const SECONDS_OF_A_MINUTE: i64 = 60;

/// Whether another command of `crm` is writing.
pub(super) fn ours(look: &Look<'_>) -> Result<Vec<Finding>> {
    let holder = Lock::holder(&look.workspace.history.crm_folder());
    let held =
        |holder: String| Finding::note(Said::LockHeld { holder: holder.clone() }, Mend::Wait { holder });
    Ok(holder.map(held).into_iter().collect())
}

/// Whether a command was interrupted, and nothing has been written since.
pub(super) fn unfinished(look: &Look<'_>) -> Result<Vec<Finding>> {
    let history = &look.workspace.history;
    let is_left = history.left_journal()?.is_some() && Lock::holder(&history.crm_folder()).is_none();
    Ok(is_left.then(|| Finding::warning(Said::Unfinished, Mend::Finish)).into_iter().collect())
}

/// Whether a lock of git's is there.
pub(super) fn gits(look: &Look<'_>) -> Result<Vec<Finding>> {
    let found = |lock: GitLock| {
        let minutes = look.seconds_since(lock.since) / SECONDS_OF_A_MINUTE;
        let said = Said::GitLock { file: lock.file.display().to_string(), minutes };
        let mend = Mend::RemoveLock { file: for_shell(&lock.file) };
        if minutes < STALE { Finding::note(said, mend) } else { Finding::error(said, mend) }
    };
    Ok(look.workspace.history.git_locks()?.into_iter().map(found).collect())
}

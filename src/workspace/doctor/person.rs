//! Who commits at this desk, how commits are signed, and what git would run at each of them.

use super::{Finding, Look, Mend, Said};
use crate::error::Result;
use crate::history::sign::Signing;

/// git knows who commits.
pub(super) fn identity(look: &Look<'_>) -> Result<Vec<Finding>> {
    look.workspace.history.identity().map(|_| Vec::new())
}

/// How commits are signed, where they are.
pub(super) fn signing(look: &Look<'_>) -> Result<Vec<Finding>> {
    let signed = |Signing { format, key, .. }| {
        Finding::note(Said::Signed { format: format.token().to_owned(), key }, Mend::Unsign)
    };
    Ok(look.workspace.history.signing()?.map(signed).into_iter().collect())
}

/// Hooks that only git runs.
pub(super) fn hooks(look: &Look<'_>) -> Result<Vec<Finding>> {
    let not_run = |(hook, path): (&str, std::path::PathBuf)| {
        let said = Said::HookNotRun { hook: hook.to_owned(), path: path.display().to_string() };
        Finding::note(said, Mend::RunHook { hook: hook.to_owned() })
    };
    Ok(look.workspace.history.hooks()?.into_iter().map(not_run).collect())
}

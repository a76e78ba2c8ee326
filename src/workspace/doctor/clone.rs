//! What kind of clone it is: whether all of history and all files are here, in a form that `crm` reads.

use super::{Finding, Look, Mend, Said};
use crate::error::Result;
use crate::history::health::IndexKind;

/// git's index is one that `crm` keeps up to date.
pub(super) fn index(look: &Look<'_>) -> Result<Vec<Finding>> {
    let found = |kind| match kind {
        IndexKind::Split => Finding::error(Said::SplitIndex, Mend::JoinIndex),
        IndexKind::Sparse => Finding::error(Said::SparseIndex, Mend::FillIndex),
    };
    Ok(look.workspace.history.index_kind()?.map(found).into_iter().collect())
}

/// Everything in history is here.
pub(super) fn partial(look: &Look<'_>) -> Result<Vec<Finding>> {
    let found = |remote: String| {
        Finding::error(Said::PartialClone { remote: remote.clone() }, Mend::FetchAll { remote })
    };
    Ok(look.workspace.history.promisors()?.into_iter().map(found).collect())
}

/// History is here from its beginning.
pub(super) fn shallow(look: &Look<'_>) -> Result<Vec<Finding>> {
    let found = || Finding::warning(Said::ShallowClone, Mend::Unshallow);
    Ok(look.workspace.history.is_shallow().then(found).into_iter().collect())
}

/// All files are in the work tree.
pub(super) fn sparse(look: &Look<'_>) -> Result<Vec<Finding>> {
    let found = || Finding::error(Said::SparseCheckout, Mend::CheckOutAll);
    Ok(look.workspace.history.is_sparse()?.then(found).into_iter().collect())
}

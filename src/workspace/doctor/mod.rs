//! `crm doctor`: whether this clone is set so that `crm`, git and those who share the archive get along.
//! `crm check` looks at cards and folders; here it is git's folder, its settings, the remote and the
//! disk. One file per subject, one function per check; nothing is changed.

mod clone;
mod disk;
mod leavings;
mod locks;
mod person;
mod remote;
mod says;

use crate::error::{Error, Problem, Result};
use crate::rules::check::Severity;
use crate::workspace::Workspace;
pub use says::{Mend, Said};

/// Whether the remote is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// It is.
    Online,
    /// It is not.
    Offline,
}

/// One thing to know about a clone.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// How much it matters; what is but a note is nothing wrong.
    pub severity: Severity,
    /// What it is.
    pub said: Said,
    /// What mends it, or what it is good for.
    pub mend: Mend,
}

impl Finding {
    fn error(said: Said, mend: Mend) -> Finding {
        Finding { severity: Severity::Error, said, mend }
    }

    fn warning(said: Said, mend: Mend) -> Finding {
        Finding { severity: Severity::Warning, said, mend }
    }

    fn note(said: Said, mend: Mend) -> Finding {
        Finding { severity: Severity::Note, said, mend }
    }

    /// What stops every command, as a finding.
    fn of_error(error: &Error) -> Finding {
        let mend = error.first_hint().map_or(Mend::ByHand, |hint| Mend::Hint { hint: hint.clone() });
        Finding::error(Said::of(error), mend)
    }

    /// Why the repository cannot even be opened, where that is a matter of the clone.
    pub fn of_unopened(error: &Error) -> Option<Finding> {
        let is_of_clone = matches!(error.problem(), Problem::ForeignOwner { .. } | Problem::PartialClone);
        is_of_clone.then(|| Finding::of_error(error))
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        match &self.said {
            Said::Problem { problem } => problem.code(),
            said => said.code(),
        }
    }
}

/// What the checks look at together.
struct Look<'a> {
    workspace: &'a Workspace,
    reach: Reach,
    /// Whether others have the archive too.
    is_shared: bool,
}

impl Look<'_> {
    /// Seconds since a moment, in seconds since 1970; none where the moment has yet to come.
    fn seconds_since(&self, moment: i64) -> i64 {
        (self.workspace.clock.now.timestamp() - moment).max(0)
    }

    /// As grave as that is where others are involved: but a note where nobody else has the archive.
    fn shared(&self, said: Said, mend: Mend) -> Finding {
        if self.is_shared { Finding::warning(said, mend) } else { Finding::note(said, mend) }
    }
}

/// One check: what it finds.
type Check = fn(&Look<'_>) -> Result<Vec<Finding>>;

const CHECKS: [Check; 18] = [
    person::identity,
    person::signing,
    person::hooks,
    remote::program,
    remote::remote,
    remote::last_sync,
    remote::merge_driver,
    remote::merge_attribute,
    locks::ours,
    locks::unfinished,
    locks::gits,
    clone::index,
    clone::partial,
    clone::shallow,
    clone::sparse,
    disk::folding,
    leavings::conflict_copies,
    leavings::loose_objects,
];

impl Workspace {
    /// Looks at the clone; what is found, the worst first.
    ///
    /// # Errors
    /// On a past day, and when git's configuration cannot be read. A check that fails is a finding.
    pub fn examine(&self, reach: Reach) -> Result<Vec<Finding>> {
        self.only_now()?;
        let look = Look { workspace: self, reach, is_shared: self.history.remote()?.is_some() };
        let found = |check: &Check| check(&look).unwrap_or_else(|error| vec![Finding::of_error(&error)]);
        let mut found: Vec<Finding> = CHECKS.iter().flat_map(found).collect();
        found.sort_by_key(|finding| finding.severity);
        Ok(found)
    }
}

//! `crm doctor`.

use clap::Args;

use super::Outcome;
use super::console::Console;
use super::say::say;
use crate::error::Result;
use crate::i18n::notice::Notice;
use crate::report;
use crate::rules::check::Severity;
use crate::workspace::doctor::{Finding, Reach};

#[derive(Args, Debug)]
pub(crate) struct DoctorArgs {
    #[arg(long, help = say!("Do not ask the remote", "不连接远程仓库", "不連線遠端儲存庫"))]
    pub offline: bool,
}

pub(super) fn run(console: &Console, args: &DoctorArgs) -> Result<Outcome> {
    let found = match console.workspace() {
        Ok(workspace) => workspace.examine(if args.offline { Reach::Offline } else { Reach::Online })?,
        Err(error) => vec![Finding::of_unopened(&error).ok_or(error)?],
    };
    console.show(&report::doctor::findings(&found, console.lang()))?;
    Ok(told(console, &found))
}

/// Says how much was found; the exit code follows.
fn told(console: &Console, found: &[Finding]) -> Outcome {
    let count = |severity| found.iter().filter(|finding| finding.severity == severity).count();
    let [errors, warnings, notes] = Severity::ALL.map(count);
    if errors + warnings == 0 {
        console.say(&Notice::AllWell { notes });
        return Outcome::Done;
    }
    console.say(&Notice::Examined { errors, warnings, notes });
    Outcome::Found
}

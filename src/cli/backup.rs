//! `crm backup`.

use super::Outcome;
use super::archive::absolute;
use super::args::BackupArgs;
use super::console::Console;
use crate::error::Result;
use crate::i18n::notice::Notice;
use crate::workspace::backup;

pub(super) fn run(console: &Console, args: &BackupArgs) -> Result<Outcome> {
    let folder = absolute(console, &args.folder)?;
    if let Some(from) = &args.restore {
        let from = absolute(console, from)?;
        if !console.common.dry_run {
            let sound = backup::restore(&from, &folder)?;
            let folder = folder.display().to_string();
            console.say(&Notice::Restored { folder, commits: sound.commits });
        }
        return Ok(Outcome::Done);
    }
    let workspace = console.workspace()?;
    let made = workspace.backup(&folder, console.mode())?;
    let path = made.mirror.display().to_string();
    let beside = made.uncommitted.map(|(beside, count)| (beside.display().to_string(), count));
    match made.sound {
        Some(sound) => {
            let customers = made.customers;
            console.say(&Notice::BackupMade { customers, commits: sound.commits, path: path.clone() });
            if let Some((path, count)) = &beside {
                console.say(&Notice::BackupUncommitted { count: *count, path: path.clone() });
            }
            console.say(&Notice::BackupRestore { path: path.clone() });
            if let Some((path, _)) = beside {
                console.say(&Notice::BackupRestoreCopies { path });
            }
        }
        None => {
            console.say(&Notice::BackupWould { path: path.clone() });
            if let Some((_, count)) = beside {
                console.say(&Notice::BackupWouldCopy { count });
            }
        }
    }
    console.print_key(&path)?;
    Ok(Outcome::Done)
}

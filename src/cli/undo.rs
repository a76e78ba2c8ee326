//! `crm undo` and `crm restore`.

use super::Outcome;
use super::args::{RestoreArgs, UndoArgs};
use super::console::Console;
use super::say::say;
use crate::error::Result;
use crate::i18n::notice::Notice;

pub(super) fn undo(console: &Console, args: &UndoArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    if console.can_ask() && !console.common.yes && !console.common.dry_run {
        let would = workspace.undo(args.commit.as_deref(), crate::workspace::Mode::DryRun)?;
        console.say(&Notice::WouldDo { sentence: would.saved.sentence });
        console.confirm(say!("Take it back?", "确定撤销？", "確定復原？"))?;
    }
    let undone = workspace.undo(args.commit.as_deref(), console.mode())?;
    console.say_saved(&undone.saved);
    Ok(Outcome::Done)
}

pub(super) fn restore(console: &Console, args: &RestoreArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let restored = workspace.restore(&args.card, &args.to, args.path.as_deref(), console.mode())?;
    console.say(&super::console::as_of(&restored.basis));
    console.say_saved(&restored.saved);
    if !console.common.dry_run {
        console.print_key(&restored.no)?;
    }
    Ok(Outcome::Done)
}

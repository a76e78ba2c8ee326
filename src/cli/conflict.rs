//! `crm conflict`, and the merge of cards for plain git.

use std::fs;

use super::Outcome;
use super::args::{ConflictArgs, ConflictCommand, ConflictTakeArgs, MergeDriverArgs};
use super::console::Console;
use crate::archive::SETTINGS;
use crate::archive::write::{self, Durable};
use crate::card::merge::{MergeError, merge};
use crate::error::{Error, Problem, Result};
use crate::i18n::notice::Notice;
use crate::i18n::sentence::Sentence;
use crate::report;
use crate::sections::SCHEMA;

pub(super) fn run(console: &Console, args: ConflictArgs) -> Result<Outcome> {
    match args.command {
        ConflictCommand::List(args) => list(console, args.card.as_deref()),
        ConflictCommand::Take(args) => take(console, &args),
    }
}

/// Lists them; the answer is no where there are any.
fn list(console: &Console, card: Option<&str>) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let disputed = workspace.disputed(card)?;
    console.show(&report::conflicts::conflicts(&disputed, workspace.settings(), console.lang()))?;
    if disputed.is_empty() {
        console.say(&Notice::NoConflicts);
        return Ok(Outcome::Done);
    }
    console.say(&Notice::Conflicts { count: disputed.len() });
    Ok(Outcome::Found)
}

fn take(console: &Console, args: &ConflictTakeArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    if args.card == SETTINGS {
        let mut transaction = workspace.begin(console.mode())?;
        transaction.take_setting(&args.path, &args.value)?;
        let (no, path, value) = (args.card.clone(), args.path.clone(), args.value.clone());
        let saved = transaction.commit(&Sentence::ConflictTaken { no, path, value })?;
        console.say_saved(&saved);
        return Ok(Outcome::Done);
    }
    let known = workspace.find(&args.card)?;
    let mut transaction = workspace.begin(console.mode())?;
    let open = transaction.open(&known)?;
    let (path, value) = transaction.take_value(&open, &args.path, &args.value)?;
    let (no, path) = (crate::workspace::number(&open.card), workspace.called(&path));
    let saved = transaction.commit(&Sentence::ConflictTaken { no, path, value })?;
    console.say_saved(&saved);
    Ok(Outcome::Done)
}

/// Merges three files for git, into the second. Git takes a failure for a conflict and keeps ours.
pub(super) fn merge_driver(args: &MergeDriverArgs) -> Result<Outcome> {
    let read = |path: &std::path::PathBuf| fs::read_to_string(path).map_err(|e| Error::file(path, e));
    let (base, ours, theirs) = (read(&args.base)?, read(&args.ours)?, read(&args.theirs)?);
    let merged = merge(&base, &ours, &theirs, &SCHEMA).map_err(|error| match error {
        MergeError::TwoCards { one, other } => Error::refused(Problem::TwoCards { one, other }),
        other => {
            let reason = other.to_string();
            Error::refused(Problem::CardsNotMerged { path: args.path.clone(), reason })
        }
    })?;
    write::file(&args.ours, merged.text.as_bytes(), Durable::Later)?;
    Ok(Outcome::Done)
}

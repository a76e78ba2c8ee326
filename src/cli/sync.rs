//! `crm clone` and `crm sync`.

use std::io::{self, Write};

use super::archive::{absolute, address, ask_who, person, say_found};
use super::args::{CloneArgs, SyncArgs};
use super::console::Console;
use super::say::say;
use super::{Outcome, ask};
use crate::error::{Error, Problem, Result};
use crate::history::remote::Terminal;
use crate::i18n::Say;
use crate::i18n::notice::Notice;
use crate::workspace::{self, DeskOptions, SyncOutcome, Workspace};

/// Who sees what git says.
pub(super) fn terminal(console: &Console) -> Terminal {
    if console.can_ask() { Terminal::Person(show) } else { Terminal::Nobody }
}

/// Shows git's own progress as it comes.
fn show(piece: &[u8]) {
    let _ = io::stderr().write_all(piece);
}

pub(super) fn clone(console: &Console, args: CloneArgs) -> Result<Outcome> {
    let folder = absolute(console, &args.folder)?;
    let identity = args.me.as_deref().map(person).transpose()?;
    let desk = DeskOptions { identity, series: args.series.as_deref().map(series).transpose()? };
    if console.common.dry_run {
        let (url, folder) = (args.url.clone(), folder.display().to_string());
        console.say(&Notice::WouldClone { url, folder });
        return Ok(Outcome::Done);
    }
    let clock = console.clock()?;
    let url = address(console, &args.url)?;
    let workspace = workspace::clone(&url, &folder, &desk, clock, console.platform(), terminal(console))?;
    if workspace.identity().is_err()
        && console.can_ask()
        && let Some(identity) = ask_who()?
    {
        workspace.set_desk(&DeskOptions { identity: Some(identity), series: None })?;
    }
    if let Some(free) = workspace.free_series()?.filter(|_| desk.series.is_none()) {
        let question = say!(
            "Letters of the numbers that this desk gives, other than those of the other desks",
            "本机编号系列的字母（与其他电脑不同）",
            "這台電腦編號系列的字母（與其他電腦不同）"
        );
        let answer = if console.can_ask() { ask::line(question, &free)? } else { None };
        let letters = answer.as_deref().map_or(Ok(free), series)?;
        workspace.set_desk(&DeskOptions { identity: None, series: Some(letters) })?;
    }
    let customers = workspace.everyone()?.len();
    console.say(&Notice::Cloned { folder: workspace.root().display().to_string(), customers });
    if let Ok(series) = workspace.series() {
        console.say(&Notice::SeriesIs { series });
    }
    if let Err(error) = workspace.identity() {
        console.warn(&error);
    }
    Ok(Outcome::Done)
}

/// The letters of a series as typed.
pub(super) fn series(text: &str) -> Result<String> {
    let letters = text.trim().to_ascii_uppercase();
    if !letters.is_empty() && letters.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Ok(letters);
    }
    Err(Error::usage(Problem::NotASeries { text: text.to_owned() }))
}

/// What a sync would do: nothing of the archive changes, here or at the others'.
fn look(console: &Console, workspace: &Workspace, args: &SyncArgs, terminal: Terminal) -> Result<Outcome> {
    if let Some(url) = &args.remote {
        let url = address(console, url)?.to_string();
        console.say(&Notice::SyncWouldGo { url });
        return Ok(Outcome::Done);
    }
    let ahead = match workspace.look_ahead(terminal) {
        Err(error) if matches!(error.problem(), Problem::Offline { .. }) && !args.require_online => {
            console.warn(&error);
            console.say(&Notice::SyncOffline);
            return Ok(Outcome::Done);
        }
        ahead => ahead?,
    };
    say_found(console, &ahead.by_hand);
    if ahead.adopts {
        console.say(&Notice::WouldDo {
            sentence: ahead.by_hand.sentence().say(workspace.language()).into_owned(),
        });
    }
    match (ahead.receives, ahead.sends || ahead.adopts) {
        (None, false) => console.say(&Notice::NothingNew),
        (receives, sends) => {
            if let Some(count) = receives {
                console.say(&Notice::SyncWouldReceive { count });
            }
            if sends {
                console.say(&Notice::SyncWouldSend);
            }
        }
    }
    Ok(if ahead.by_hand.errors.is_empty() { Outcome::Done } else { Outcome::InPart })
}

pub(super) fn run(console: &Console, args: &SyncArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let terminal = if args.auto { Terminal::Nobody } else { terminal(console) };
    let synced = match &args.remote {
        _ if console.common.dry_run => return look(console, &workspace, args, terminal),
        Some(url) => workspace.sync_at(&address(console, url)?, terminal)?,
        None => workspace.sync(terminal)?,
    };
    synced.notices.iter().for_each(|notice| console.say(notice));
    say_found(console, &synced.by_hand);
    match synced.outcome {
        SyncOutcome::NothingNew if args.auto => {}
        SyncOutcome::NothingNew => console.say(&Notice::NothingNew),
        SyncOutcome::Synced { received, sent, .. } => {
            match received {
                None => {}
                Some(0) => console.say(&Notice::SyncReceivedRest),
                Some(count) => console.say(&Notice::SyncReceived { count }),
            }
            if sent {
                console.say(&Notice::SyncSent);
            }
        }
        SyncOutcome::Offline(error) if args.require_online => return Err(error),
        SyncOutcome::Offline(error) => {
            console.warn(&error);
            console.say(&Notice::SyncOffline);
        }
    }
    let in_part = !synced.by_hand.errors.is_empty();
    Ok(if in_part { Outcome::InPart } else { Outcome::Done })
}

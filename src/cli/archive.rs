//! Commands about the archive as a whole: init, me, commit.

use std::path::{Path, PathBuf};

use super::args::{CommitArgs, InitArgs, MeArgs};
use super::console::Console;
use super::say::say;
use super::{Outcome, ask, country};
use crate::card::Country;
use crate::error::{Error, Hint, Problem, Result};
use crate::history::Identity;
use crate::history::remote::Address;
use crate::i18n::notice::Notice;
use crate::settings::Settings;
use crate::workspace::{self, DeskOptions, HandEdits, InitOptions, Removals, Workspace};

/// The home country of a new archive where none is named.
const HOME: &str = "CN";

pub(super) fn init(console: &Console, args: InitArgs) -> Result<Outcome> {
    let folder = absolute(console, &args.folder)?;
    let settings = Settings::default();
    let text = args.home.as_deref().unwrap_or(HOME);
    let reading = country::read(&settings, "--home", text, None)?;
    country::say_reading(console, &settings, text, &reading);
    let home = reading.country;
    let who = args.me.as_deref().map(person).transpose()?;
    workspace::check_new(&folder)?;
    let letters = args.series.as_deref().map(super::sync::series).transpose()?;
    let remote = args.remote.as_deref().map(|text| address(console, text)).transpose()?;
    if let Some(remote) = &remote {
        workspace::check_remote(remote, &folder)?;
    }
    if console.common.dry_run {
        console.say(&Notice::WouldMakeArchive { folder: folder.display().to_string() });
        return Ok(Outcome::Done);
    }
    let workspace = create(console, &folder, home, who)?;
    workspace.set_desk(&DeskOptions { identity: None, series: letters })?;
    console.say(&Notice::ArchiveMade { folder: workspace.root().display().to_string() });
    if let Some(remote) = &remote {
        workspace.share(remote, super::sync::terminal(console))?;
        console.say(&Notice::SyncSent);
    }
    console.say(&Notice::TryNext);
    Ok(Outcome::Done)
}

/// Makes an archive; asks on a terminal who works here, when git does not know.
fn create(console: &Console, folder: &Path, home: Country, who: Option<Identity>) -> Result<Workspace> {
    let make = |identity| {
        let options = InitOptions { language: console.lang(), home, identity };
        let clock = console.clock()?;
        workspace::init(folder, &options, clock, console.platform())
    };
    match make(who) {
        Err(error) if *error.problem() == Problem::NoIdentity && console.can_ask() => {
            make(Some(ask_who()?.ok_or(error)?))
        }
        made => made,
    }
}

/// A person as typed: `Lin <lin@example.com>`.
pub(super) fn person(text: &str) -> Result<Identity> {
    let fault = || Error::usage(Problem::NotAPerson { text: text.to_owned() }).hint(Hint::WhoYouAreForm);
    Identity::parse(text).ok_or_else(fault)
}

pub(super) fn ask_who() -> Result<Option<Identity>> {
    let Some(name) = ask::line(
        say!("Your name, for the history", "您的姓名（记入历史）", "您的姓名（記入歷史紀錄）"),
        "",
    )?
    else {
        return Ok(None);
    };
    let Some(email) = ask::line(say!("Your mail address", "您的邮箱", "您的電子郵件地址"), "")?
    else {
        return Ok(None);
    };
    Ok(Identity::parse(&format!("{name} <{email}>")))
}

/// Where an archive is shared, as typed.
pub(super) fn address(console: &Console, text: &str) -> Result<Address> {
    Address::read(text, |folder| absolute(console, folder))
}

pub(super) fn absolute(console: &Console, folder: &Path) -> Result<PathBuf> {
    let joined = console.working_folder()?.join(folder);
    // `.` and `..` in what was typed would hide an archive above.
    Ok(joined.components().fold(PathBuf::new(), |mut path, part| {
        match part {
            std::path::Component::ParentDir => {
                path.pop();
            }
            std::path::Component::CurDir => {}
            other => path.push(other),
        }
        path
    }))
}

pub(super) fn me(console: &Console, args: &MeArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    if let Some(text) = &args.person {
        let identity = person(text)?;
        if !console.common.dry_run {
            workspace.set_identity(&identity)?;
        }
    }
    let Identity { name, email } = workspace.identity()?;
    console.say(&Notice::IsYou { name, email });
    console.print_key(&workspace.me()?)?;
    Ok(Outcome::Done)
}

pub(super) fn commit(console: &Console, args: CommitArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let mut transaction = workspace.begin(console.mode())?;
    let removals = if args.removed { Removals::Record } else { Removals::Wait };
    let found = transaction.take_in_hand_edits(removals)?;
    say_found(console, &found);
    let saved = transaction.commit(&found.sentence())?;
    console.say_saved(&saved);
    Ok(if found.errors.is_empty() { Outcome::Done } else { Outcome::InPart })
}

/// Says what was left out of what was done by hand, and what waits.
pub(super) fn say_found(console: &Console, found: &HandEdits) {
    for error in &found.errors {
        console.fail(error);
    }
    if !found.waiting.is_empty() {
        for path in found.waiting.iter().filter(|p| p.ends_with("card.toml")) {
            console.say(&Notice::Line { text: format!("- {path}") });
        }
        console.say(&Notice::Waiting { count: found.waiting.len() });
    }
}

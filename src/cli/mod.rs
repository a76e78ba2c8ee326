//! argv, environment, clock, terminal, and the files that the user names. One file per family of
//! commands: arguments to plain values, one call of the library, a view to the renderer. The only
//! room with clap and printing; it holds no rule of the trade.

mod archive;
mod args;
mod ask;
mod backup;
mod brief;
mod check;
mod conflict;
mod console;
mod country;
mod customers;
mod demo;
mod doctor;
mod dup;
mod edit;
mod export;
mod fill;
mod followup;
mod hands;
mod history;
mod import;
mod list;
mod manual;
mod mapping;
mod merge;
mod place;
mod records;
mod remind;
mod say;
mod schedule;
mod search;
mod several;
mod sql;
mod sync;
mod undo;
mod usage;

use std::ffi::OsString;
use std::process::ExitCode;

use args::Command;
use console::Console;

use crate::card::schema::Described;
use crate::error::{Error, Result};
use crate::sections::{Action, Development, Negotiation, Review};

/// What a command that did not fail has to tell the shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All is done.
    Done,
    /// Something was left out, and that was said.
    InPart,
    /// The answer is no: a check found something, and that was said.
    Found,
}

/// Runs the program.
pub fn main() -> ExitCode {
    #[allow(clippy::disallowed_methods, reason = "this is the room that reads argv")]
    let argv: Vec<OsString> = std::env::args_os().collect();
    let code = run(&argv);
    ExitCode::from(code)
}

fn run(argv: &[OsString]) -> u8 {
    say::choose_language(argv);
    let parsed = match usage::parse(argv) {
        Ok(parsed) => parsed,
        Err(code) => return code,
    };
    let console = Console::new(&parsed.common);
    match dispatch(&console, parsed.command) {
        Ok(Outcome::Done) => 0,
        Ok(Outcome::Found) => crate::error::Kind::Refused.exit_code(),
        Ok(Outcome::InPart) => crate::error::Kind::InPart.exit_code(),
        Err(error) if console::is_broken_pipe(&error) => 0,
        Err(error) => {
            console.fail(&error);
            error.kind().exit_code()
        }
    }
}

fn dispatch(console: &Console, command: Command) -> Result<Outcome, Error> {
    match command {
        Command::Init(args) => archive::init(console, args),
        Command::Demo(args) => demo::run(console, args),
        Command::Me(args) => archive::me(console, &args),
        Command::Add(args) => customers::add(console, args),
        Command::Show(args) => customers::show(console, &args),
        Command::Get(args) => customers::get(console, &args),
        Command::Set(args) => customers::set(console, &args),
        Command::Unset(args) => customers::unset(console, &args),
        Command::Edit(args) => edit::run(console, &args),
        Command::Move(args) => place::relocate(console, args),
        Command::Close(args) => place::close(console, &args),
        Command::Remove(args) => place::remove(console, &args),
        Command::List(args) => list::run(console, args),
        Command::Search(args) => search::run(console, args),
        Command::Sql(args) => sql::run(console, &args),
        Command::Dup(args) => dup::run(console, &args),
        Command::Followup(args) => followup::run(console, args),
        Command::Fill(args) => fill::run(console, &args),
        Command::Remind(args) => remind::run(console, args),
        Command::Revise(args) => hands::revise(console, &args),
        Command::Handover(args) => hands::handover(console, &args),
        Command::Pool(args) => hands::pool(console, args),
        Command::Contact(args) => records::contacts(console, args),
        Command::Action(args) => records::run(console, Action::SECTION, args),
        Command::Negotiation(args) => records::run(console, Negotiation::SECTION, args),
        Command::Development(args) => records::run(console, Development::SECTION, args),
        Command::Review(args) => records::run(console, Review::SECTION, args),
        Command::History(args) => history::run(console, args),
        Command::Undo(args) => undo::undo(console, &args),
        Command::Renumber(args) => place::renumber(console, &args),
        Command::Restore(args) => undo::restore(console, &args),
        Command::Commit(args) => archive::commit(console, args),
        Command::Clone(args) => sync::clone(console, args),
        Command::Sync(args) => sync::run(console, &args),
        Command::Conflict(args) => conflict::run(console, args),
        Command::MergeDriver(args) => conflict::merge_driver(&args),
        Command::Check(args) => check::run(console, &args),
        Command::Doctor(args) => doctor::run(console, &args),
        Command::Fields(args) => manual::fields(console, &args),
        Command::Config(args) => manual::config(console, &args),
        Command::Backup(args) => backup::run(console, &args),
        Command::Merge(args) => merge::run(console, &args),
        Command::Import(args) => import::run(console, &args),
        Command::Export(args) => export::run(console, args),
        Command::Completions(args) => manual::completions(console, &args),
        Command::Man => manual::man(console),
    }
}

/// The reference of every command, for `docs/cli.md`.
pub fn reference() -> String {
    manual::reference()
}

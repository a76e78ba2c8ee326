//! What explains the program: fields, settings, completions, the manual page, `docs/cli.md`.

use std::fmt::Write;

use super::args::{CompletionsArgs, FieldsArgs, NameArgs};
use super::console::Console;
use super::{Outcome, usage};
use crate::archive::SETTINGS;
use crate::card::near::nearest;
use crate::error::{Error, Hint, Problem, Result};
use crate::index::open_tables;
use crate::report;
use crate::sections::every_section;
use crate::settings::{KEYS, Settings};

/// The settings of the archive, or the defaults where there is none.
fn settings(console: &Console) -> Result<Settings> {
    match console.workspace() {
        Ok(workspace) => Ok(workspace.settings().clone()),
        Err(error) if matches!(error.problem(), Problem::NoArchive { .. }) => Ok(Settings::default()),
        Err(error) => Err(error),
    }
}

pub(super) fn fields(console: &Console, args: &FieldsArgs) -> Result<Outcome> {
    if args.sql {
        return tables(console, args.name.as_deref());
    }
    let settings = settings(console)?;
    let Some(name) = &args.name else {
        console.show(&report::fields::all(&settings, console.lang()))?;
        return Ok(Outcome::Done);
    };
    let view = report::fields::one(name, &settings, console.lang()).ok_or_else(|| {
        let keys = every_section().flat_map(|s| s.fields).map(|f| f.key);
        let error = Error::not_found(Problem::NoSuchField { key: name.clone() });
        match nearest(name, keys) {
            Some(near) => error.hint(Hint::DidYouMean { near: near.into() }),
            None => error.hint(Hint::SeeFields),
        }
    })?;
    console.show(&view)?;
    Ok(Outcome::Done)
}

/// The tables and columns of SQL.
fn tables(console: &Console, name: Option<&str>) -> Result<Outcome> {
    let view = report::query::tables(name, console.lang()).ok_or_else(|| {
        let name = name.unwrap_or_default();
        let tables = open_tables();
        let columns = tables.iter().flat_map(|table| table.columns.iter().map(|column| column.key));
        let known = tables.iter().map(|table| table.name).chain(columns);
        let error = Error::not_found(Problem::NoSuchColumn { key: name.to_owned() });
        match nearest(&name.to_lowercase(), known) {
            Some(near) => error.hint(Hint::DidYouMean { near: near.into() }),
            None => error.hint(Hint::SeeTables),
        }
    })?;
    console.show(&view)?;
    Ok(Outcome::Done)
}

pub(super) fn config(console: &Console, args: &NameArgs) -> Result<Outcome> {
    let workspace = match console.workspace() {
        Ok(workspace) => workspace,
        // Who looks for the setting that is right needs the list all the more.
        Err(error) if matches!(error.problem(), Problem::Settings { .. }) => {
            let prefix = args.name.as_deref().unwrap_or("");
            console.show(&report::settings::settings(&toml::Table::new(), prefix, console.lang()))?;
            return Err(error);
        }
        Err(error) => return Err(error),
    };
    let text = workspace.file(SETTINGS)?.unwrap_or_default();
    let file: toml::Table = toml::from_str(&String::from_utf8_lossy(&text)).unwrap_or_default();
    let prefix = args.name.as_deref().unwrap_or("");
    let view = report::settings::settings(&file, prefix, console.lang());
    if Console::is_empty(&view) {
        let error = Error::not_found(Problem::NoSuchSetting { key: prefix.into() });
        return Err(match nearest(prefix, KEYS.iter().map(|s| s.key)) {
            Some(near) => error.hint(Hint::DidYouMean { near: near.into() }),
            None => error.hint(Hint::SeeConfig),
        });
    }
    console.show(&view)?;
    workspace.check_settings()?;
    Ok(Outcome::Done)
}

pub(super) fn completions(console: &Console, args: &CompletionsArgs) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut usage::command(), "crm", &mut script);
    console.print(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Done)
}

pub(super) fn man(console: &Console) -> Result<Outcome> {
    let mut page = Vec::new();
    clap_mangen::Man::new(usage::command()).render(&mut page).map_err(|e| Error::file("man".as_ref(), e))?;
    console.print(&String::from_utf8_lossy(&page))?;
    Ok(Outcome::Done)
}

/// Every command with its help, as Markdown.
pub(super) fn reference() -> String {
    let mut text = String::from("# Commands\n\nMade from the program's own help; a test keeps it so.\n");
    let mut command = usage::command();
    command.build();
    section(&mut text, &mut command, "crm");
    text
}

fn section(text: &mut String, command: &mut clap::Command, name: &str) {
    let help = command.clone().term_width(100).render_help().to_string();
    let help: Vec<&str> = help.lines().map(str::trim_end).collect();
    // Writing to a string cannot fail.
    let _ = write!(text, "\n## `{name}`\n\n```text\n{}\n```\n", help.join("\n").trim_end());
    for sub in command.get_subcommands_mut() {
        let name = format!("{name} {}", sub.get_name());
        section(text, sub, &name);
    }
}

//! `crm fill`: a routine letter or page from a template, with what the card knows.

use std::fs;
use std::path::Path;

use super::Outcome;
use super::args::FillArgs;
use super::console::Console;
use crate::archive::write::{self, Durable};
use crate::card::near::nearest;
use crate::error::{Error, Hint, Problem, Result};
use crate::i18n::notice::Notice;
use crate::index::ask::{Compare, Filter, Test, every_column, is_column};
use crate::render;
use crate::report::columns;
use crate::rules::template::{self, Form};

/// Placeholders that are of the day and the desk, not of the card.
const TODAY: &str = "today";
const ME: &str = "me";

pub(super) fn run(console: &Console, args: &FillArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let text = fs::read_to_string(&args.template).map_err(|e| Error::file(&args.template, e))?;
    let parts = template::parts(&text);
    let keys = template::keys(&parts);
    let known = |key: &&str| [TODAY, ME].contains(key) || is_column(key);
    if let Some(key) = keys.iter().find(|key| !known(key)) {
        let every = every_column().map(|(key, _)| key).chain([TODAY, ME]);
        let error = Error::refused(Problem::NoPlaceholder { key: (*key).to_owned() });
        return Err(match nearest(key, every) {
            Some(near) => error.hint(Hint::DidYouMean { near: near.into() }),
            None => error.hint(Hint::SeeFields),
        });
    }
    let customer = workspace.find(&args.card)?;
    let wanted: Vec<String> = keys.iter().filter(|key| is_column(key)).map(|key| (*key).to_owned()).collect();
    let is_this_one = Test { key: "id".into(), is_list: false, how: Compare::Is, value: customer.id.clone() };
    let filter = Filter { tests: vec![is_this_one], ..Filter::default() };
    let found = workspace.customers(&filter, &wanted, &[])?.0.into_iter().next();
    let values = found.map(|customer| customer.columns).unwrap_or_default();
    let (settings, lang) = (workspace.settings(), console.lang());
    let me = workspace.me()?;
    let value = |key: &str| match key {
        TODAY => workspace.today().to_string(),
        ME => settings.member(&me).map_or(me.clone(), |member| member.name.clone()),
        _ => {
            let at = wanted.iter().position(|wanted| wanted == key);
            let raw = at.and_then(|at| values.get(at)).and_then(Option::as_ref);
            render::plain(&columns::cell(key, raw, settings, lang))
        }
    };
    let empty: Vec<&str> = keys.iter().copied().filter(|key| value(key).trim().is_empty()).collect();
    let ending = args.template.extension().map(|ending| ending.to_string_lossy().into_owned());
    let filled = template::fill(&parts, Form::of_ending(&ending.unwrap_or_default()), value);
    match args.out.as_ref().filter(|_| !console.common.dry_run) {
        Some(out) => {
            if out.exists() {
                console.confirm(super::say::say!("Replace the file?", "替换该文件？", "取代該檔案？"))?;
            }
            write::file(&absolute(console, out)?, filled.as_bytes(), Durable::Each)?;
        }
        None => console.print(&filled)?,
    }
    if !empty.is_empty() {
        console.say(&Notice::PlaceholdersEmpty { keys: empty.into_iter().collect() });
    }
    Ok(Outcome::Done)
}

fn absolute(console: &Console, path: &Path) -> Result<std::path::PathBuf> {
    Ok(console.working_folder()?.join(path))
}

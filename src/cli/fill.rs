//! `crm fill`: a routine letter, page or sheet from a template, with what the card knows.

use std::fs;
use std::path::Path;

use super::Outcome;
use super::args::FillArgs;
use super::console::Console;
use super::say::say;
use crate::archive::write::{self, Durable};
use crate::card::near::nearest;
use crate::error::{Error, Hint, Problem, Result};
use crate::exchange::office::{self, Office};
use crate::i18n::Text;
use crate::i18n::notice::Notice;
use crate::index::ask::{Compare, Filter, Test, every_column};
use crate::render;
use crate::report::columns;
use crate::rules::template::{self, Form};
use crate::workspace::Workspace;

/// Placeholders that are of the day and the desk, not of the card.
const TODAY: Text = Text::new("today", "今天", "今天");
const ME: Text = Text::new("me", "本人", "本人");

/// A template, as it was read.
enum Template {
    Text(String, Form),
    Office(Office),
}

/// What a placeholder stands for.
enum Asked {
    Today,
    Me,
    /// The column with this key.
    Column(String),
}

pub(super) fn run(console: &Console, args: &FillArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let template = Template::open(&args.template)?;
    if let (Template::Office(_), None) = (&template, &args.out) {
        return Err(Error::usage(Problem::OfficeToStdout).hint(Hint::GiveOut));
    }
    let asked: Vec<(String, Asked)> =
        template.keys().into_iter().map(|key| asked(&workspace, key)).collect::<Result<_>>()?;
    let customer = workspace.find(&args.card)?;
    let column = |asked: &Asked| if let Asked::Column(key) = asked { Some(key.clone()) } else { None };
    let wanted: Vec<String> = asked.iter().filter_map(|(_, asked)| column(asked)).collect();
    let is_this_one = Test { key: "id".into(), is_list: false, how: Compare::Is, value: customer.id.clone() };
    let filter = Filter { tests: vec![is_this_one], ..Filter::default() };
    let found = workspace.customers(&filter, &wanted, &[])?.0.into_iter().next();
    let values = found.map(|customer| customer.columns).unwrap_or_default();
    let (settings, lang) = (workspace.settings(), console.lang());
    let me = workspace.me()?;
    let value = |placeholder: &str| match asked.iter().find(|(key, _)| key == placeholder).map(|(_, a)| a) {
        None => String::new(),
        Some(Asked::Today) => workspace.today().to_string(),
        Some(Asked::Me) => settings.member(&me).map_or(me.clone(), |member| member.name.clone()),
        Some(Asked::Column(key)) => {
            let at = wanted.iter().position(|wanted| wanted == key);
            let raw = at.and_then(|at| values.get(at)).and_then(Option::as_ref);
            render::plain(&columns::cell(key, raw, settings, lang))
        }
    };
    let filled = template.fill(&args.template, value)?;
    match args.out.as_ref().filter(|_| !console.common.dry_run) {
        Some(out) => {
            if out.exists() {
                console.confirm(say!("Replace the file?", "替换该文件？", "取代該檔案？"))?;
            }
            write::file(&console.working_folder()?.join(out), &filled, Durable::Each)?;
        }
        None => {
            if let Template::Text(..) = template {
                console.print(&String::from_utf8_lossy(&filled))?;
            }
        }
    }
    let empty = asked.iter().map(|(key, _)| key.as_str()).filter(|key| value(key).trim().is_empty());
    let empty: Vec<&str> = empty.collect();
    if !empty.is_empty() {
        console.say(&Notice::PlaceholdersEmpty { keys: empty.into_iter().collect() });
    }
    Ok(Outcome::Done)
}

/// What a placeholder stands for: a column by its key or label, the day, or who fills.
fn asked(workspace: &Workspace, key: String) -> Result<(String, Asked)> {
    let is = |word: Text| word.every().any(|word| word.eq_ignore_ascii_case(&key));
    if is(TODAY) {
        return Ok((key, Asked::Today));
    }
    if is(ME) {
        return Ok((key, Asked::Me));
    }
    if let Ok(column) = workspace.column(&key) {
        return Ok((key, Asked::Column(column)));
    }
    let near = nearest(&key, every_column().map(|(key, _)| key).chain([TODAY.en, ME.en]));
    let hint = near.map_or(Hint::SeeFields, |near| Hint::DidYouMean { near: near.into() });
    Err(Error::refused(Problem::NoPlaceholder { key }).hint(hint))
}

impl Template {
    fn open(path: &Path) -> Result<Template> {
        let bytes = fs::read(path).map_err(|e| Error::file(path, e))?;
        let ending = path.extension().map(|ending| ending.to_string_lossy()).unwrap_or_default();
        if office::is_office(&ending) {
            return Office::open(bytes).map(Template::Office).map_err(|fault| not_a_template(path, fault));
        }
        let text = String::from_utf8(bytes)
            .map_err(|_| Error::usage(Problem::TemplateNotText { path: path.display().to_string() }))?;
        Ok(Template::Text(text, Form::of_ending(&ending)))
    }

    /// What the placeholders ask for, each once.
    fn keys(&self) -> Vec<String> {
        match self {
            Template::Text(text, _) => template::keys(text).into_iter().map(str::to_owned).collect(),
            Template::Office(office) => office.keys(),
        }
    }

    fn fill(&self, path: &Path, value: impl Fn(&str) -> String) -> Result<Vec<u8>> {
        match self {
            Template::Text(text, form) => Ok(template::fill(text, *form, value).into_bytes()),
            Template::Office(office) => office.fill(value).map_err(|fault| not_a_template(path, fault)),
        }
    }
}

fn not_a_template(path: &Path, fault: office::OfficeFault) -> Error {
    Error::usage(Problem::NoTemplate { path: path.display().to_string(), fault })
}

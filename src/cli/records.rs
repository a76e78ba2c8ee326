//! `crm contact add|list|remove` and the like: the records of any section, from its declaration.

use chrono::NaiveDate;

use super::Outcome;
use super::args::{
    CardArgs, ContactArgs, ContactCommand, RecordAddArgs, RecordArgs, RecordCommand, RecordRemoveArgs,
};
use super::console::Console;
use super::customers::{number, say_findings, showing};
use crate::card::schema::{Described, Kind, Section, Typed};
use crate::card::value::Value;
use crate::error::{Error, Hint, Problem, Result};
use crate::i18n::notice::Notice;
use crate::i18n::sentence::Sentence;
use crate::report;
use crate::sections::{Contact, Negotiation};
use crate::workspace::{Assignment, NewRecord, OpenCard, Workspace};

/// The people at a customer: one may take the place of another.
pub(super) fn contacts(console: &Console, args: ContactArgs) -> Result<Outcome> {
    let section = Contact::SECTION;
    match args.command {
        ContactCommand::Add(args) => add(console, section, &args.record, args.replaces.as_deref()),
        ContactCommand::List(args) => list(console, section, &args),
        ContactCommand::Remove(args) => remove(console, section, &args),
    }
}

pub(super) fn run(console: &Console, section: &'static Section, args: RecordArgs) -> Result<Outcome> {
    match args.command {
        RecordCommand::Add(args) => add(console, section, &args, None),
        RecordCommand::List(args) => list(console, section, &args),
        RecordCommand::Remove(args) => remove(console, section, &args),
    }
}

fn add(
    console: &Console,
    section: &'static Section,
    args: &RecordAddArgs,
    replaces: Option<&str>,
) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let known = workspace.find(&args.card)?;
    let mut transaction = workspace.begin(console.mode())?;
    let open = transaction.open(&known)?;
    let record = read_record(&workspace, &open, section, &args.values)?;
    // What it is about says more than its day.
    let kind = |key: &str| section.field(key).map_or(Kind::Text, |field| field.kind);
    let values = &record.values;
    let name = values.iter().find(|(key, _)| kind(key) != Kind::Date).or(values.first());
    let name = name.map(|(key, value)| value.label(kind(key), workspace.language()).into_owned());
    let name = name.unwrap_or_default();
    let id = match replaces {
        Some(old) => transaction.replace_contact(&open, old, record)?,
        None => transaction.add_record(&open, section, &record)?,
    };
    let saved =
        transaction.commit(&Sentence::RecordAdded { no: number(&open), section: section.one, name })?;
    console.say_saved(&saved);
    console.print_key(&id)?;
    Ok(Outcome::Done)
}

/// `KEY=VALUE…`; a word without `=` is the first field. A key that is a kind of the child section,
/// such as `email` for channels, makes a child.
fn read_record(
    workspace: &Workspace,
    open: &OpenCard,
    section: &'static Section,
    words: &[String],
) -> Result<NewRecord> {
    let mut record = NewRecord::default();
    for word in words {
        let assignment = match Assignment::parse(word) {
            Ok(assignment) => assignment,
            Err(_) => {
                let Some(first) = section.fields.first() else { continue };
                Assignment::set(first.key, word)
            }
        };
        let Assignment { path, value, .. } = &assignment;
        if section.field(path).is_none()
            && let Some(child) = section.child
            && let Some(inner) = workspace.child_of_kind(&open.card, child, path, value)?
        {
            record.children.push(inner);
            continue;
        }
        workspace.give(&open.card, section, &mut record, &assignment)?;
    }
    fill_in(workspace, section, &mut record);
    // A round is one that was held.
    let date = record.get("date").and_then(|date| NaiveDate::from_value(Some(date)));
    match date.filter(|date| section.key == Negotiation::SECTION.key && *date > workspace.today()) {
        Some(date) => Err(Error::usage(Problem::InTheFuture { date }).hint(Hint::PlanInstead)),
        None => Ok(record),
    }
}

/// What a person need not type: a record that has to have a day is of today, and who enters it is by whom.
fn fill_in(workspace: &Workspace, section: &'static Section, record: &mut NewRecord) {
    if let Some(date) = section.field("date").filter(|f| f.required && f.kind == Kind::Date)
        && record.get(date.key).is_none()
    {
        record.values.push((date.key, Value::Date(workspace.today())));
    }
    if let Some(by) = section.field("by").filter(|f| f.kind == Kind::Member)
        && record.get(by.key).is_none()
        && let Ok(me) = workspace.me()
    {
        record.values.push((by.key, Value::Text(me)));
    }
}

fn list(console: &Console, section: &'static Section, args: &CardArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let open = workspace.read(&workspace.find(&args.card)?)?;
    let view = report::card::section(&open, section, showing(console, &workspace));
    if Console::is_empty(&view) {
        console.say(&Notice::NoneYet { what: section.label });
    }
    console.show(&view)?;
    Ok(say_findings(console, &open))
}

fn remove(console: &Console, section: &'static Section, args: &RecordRemoveArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let known = workspace.find(&args.card)?;
    let mut transaction = workspace.begin(console.mode())?;
    let open = transaction.open(&known)?;
    let path = format!("{}[{}]", section.key, args.id);
    let records = open.card.of(&crate::sections::SCHEMA, section.key);
    let record = records.iter().find(|r| r.id.starts_with(&args.id));
    let first = section.fields.first().map_or("", |f| f.key);
    let name = record.and_then(|r| r.get(section, first)).map(|v| v.text().into_owned());
    let name = name.unwrap_or_else(|| args.id.clone());
    transaction.assign(&open, &[Assignment::unset(&path)])?;
    let saved =
        transaction.commit(&Sentence::RecordRemoved { no: number(&open), section: section.one, name })?;
    console.say_saved(&saved);
    Ok(Outcome::Done)
}

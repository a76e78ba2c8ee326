//! Commands about one card: add, show, get, set, unset.

use std::collections::HashSet;

use super::Outcome;
use super::args::{AddArgs, GetArgs, SetArgs, ShowArgs, UnsetArgs};
use super::console::Console;
use super::several::{self, Chosen};
use crate::archive::Stage;
use crate::card::conflicts;
use crate::card::schema::Described;
use crate::card::value::{Value, split_list};
use crate::card::{Card, Country, Kind};
use crate::error::{Error, Hint, Problem, Result};
use crate::exchange::heads;
use crate::i18n::Text;
use crate::i18n::notice::Notice;
use crate::i18n::sentence::Sentence;
use crate::index::Known;
use crate::index::ask::split_number;
use crate::report::changes::Changed;
use crate::report::{self, Detail, Showing};
use crate::rules::facts;
use crate::sections::{Channel, Contact, SCHEMA};
use crate::settings::is_series;
use crate::workspace::{
    Assignment, Desk, Mode, NewCustomer, NewRecord, OpenCard, Transaction, Verb, Workspace,
    stage_meant as stage,
};

const NAME: Text = Text::new("Name", "客户名称", "客戶名稱");
const ORIGINAL: &str = "country_original";
const COUNTRY: Text =
    Text::new("Country (ZZ while not known)", "国家/地区（不知道时填 ZZ）", "國家/地區（不知道時填 ZZ）");

pub(super) fn add(console: &Console, args: AddArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let (name, values) = match &args.name {
        Some(word) if word.contains('=') => {
            (None, std::iter::once(word.clone()).chain(args.values.clone()).collect())
        }
        name => (name.clone(), args.values.clone()),
    };
    let mut basics = NewRecord::default().with("name", name.map(Value::Text));
    let mut custom = Vec::new();
    // A name that has a `=` in it can be given as a field.
    read_values(&workspace, &values, &mut basics, &mut custom)?;
    let name = match basics.get("name") {
        Some(name) => name.text().into_owned(),
        None => {
            let name = console.require(None, NAME)?;
            basics.values.push(("name", Value::Text(name.clone())));
            name
        }
    };
    let typed = match &args.country {
        None if console.can_ask() => super::ask::line(COUNTRY.get(console.lang()), "ZZ")?,
        given => given.clone(),
    };
    let stage = args.stage.as_deref().map_or(Ok(Stage::Prospect), stage)?;
    let country = match &typed {
        Some(text) => country(console, &workspace, text, &mut basics)?,
        None => Country::UNKNOWN,
    };
    let contact = contact(&workspace, &args, &mut basics)?;
    let sections = contact.map(|c| vec![(Contact::SECTION, vec![c])]).unwrap_or_default();
    if basics.get("owner").is_none() {
        basics.values.push(("owner", Value::Text(workspace.me()?)));
    }
    let customer = NewCustomer { own: None, stage, country, basics, sections, custom, external: Vec::new() };
    super::dup::ask_before_adding(console, &workspace, &customer, args.anyway)?;
    let mut transaction = workspace.begin(console.mode())?;
    let added = transaction.add(customer, &mut Desk::default())?;
    let saved = transaction.commit(&Sentence::Added { no: added.no.clone(), name: name.clone() })?;
    if console.common.dry_run {
        console.say_saved(&saved);
    } else {
        console.say(&Notice::Added { no: added.no.clone(), name, folder: added.folder.clone() });
        if country == Country::UNKNOWN {
            console.say(&Notice::UnknownCountry { no: added.no.clone() });
        }
        // A word that is not listed is kept, and said.
        say_findings(console, &workspace.read(&Known::only_at(&added.folder))?);
    }
    console.print_key(&added.no)?;
    Ok(Outcome::Done)
}

/// The country of a card that is to be made; what stood there is kept, when that was an old code.
fn country(console: &Console, workspace: &Workspace, text: &str, basics: &mut NewRecord) -> Result<Country> {
    let given = |key: &str| basics.get(key).map(Value::text);
    let reading = super::country::read(workspace.settings(), "--country", text, given("city").as_deref())?;
    super::country::say_reading(console, workspace.settings(), text, &reading);
    if let Some(original) = reading.original.filter(|_| given(ORIGINAL).is_none()) {
        basics.values.push((ORIGINAL, Value::Text(original)));
    }
    Ok(reading.country)
}

/// `KEY=VALUE` of a card that is to be made.
fn read_values(
    workspace: &Workspace,
    values: &[String],
    basics: &mut NewRecord,
    custom: &mut Vec<(String, String)>,
) -> Result<()> {
    for text in values {
        let assignment = Assignment::parse(text)?;
        if let Some(key) = assignment.path.strip_prefix("custom.") {
            let value = assignment.value;
            if custom.iter().any(|(known, _)| known == key) {
                return Err(Error::usage(Problem::GivenTwice { path: assignment.path }));
            }
            if let Some(own) = workspace.settings().fields.get(key) {
                own.typed(&value, workspace.today())
                    .map_err(|fault| Error::usage(Problem::BadCustom { key: key.into(), fault }))?;
            }
            custom.push((key.to_owned(), value));
            continue;
        }
        if crate::workspace::field_of(SCHEMA.card, &assignment.path)?.key == "no" {
            return Err(Error::refused(Problem::NumberIsKept { no: assignment.value }));
        }
        workspace.give(&Card::default(), SCHEMA.card, basics, &assignment)?;
    }
    Ok(())
}

/// The contact of `--contact 'Name <mail>'` with the number of `--phone`; a number without a
/// person is the company's.
fn contact(workspace: &Workspace, args: &AddArgs, basics: &mut NewRecord) -> Result<Option<NewRecord>> {
    let checked = |kind: Kind, key: &str, text: &str| {
        let field = SCHEMA.card.field(key).map_or(NAME, |f| f.label);
        Value::typed(kind, text, workspace.today())
            .map_err(|fault| Error::usage(Problem::BadValue { field, fault }))
    };
    let phone = args.phone.as_deref().map(|p| checked(Kind::Phone, "phone", p)).transpose()?;
    let Some(text) = args.contact.as_deref().map(str::trim) else {
        if phone.is_some() && basics.get("phone").is_some() {
            return Err(Error::usage(Problem::GivenTwice { path: "phone".to_owned() }));
        }
        basics.values.extend(phone.map(|p| ("phone", p)));
        return Ok(None);
    };
    let (name, mail) = match text.split_once('<') {
        Some((name, mail)) => (name.trim(), Some(mail.trim_end_matches('>').trim())),
        None => (text, None),
    };
    let mail = mail.map(|m| checked(Kind::Email, "email", m)).transpose()?;
    let name = if name.is_empty() {
        mail.as_ref().map_or(String::new(), |m| m.text().into_owned())
    } else {
        name.to_owned()
    };
    let mut contact = NewRecord::of([("name", Value::Text(name)), ("main", Value::Flag(true))]);
    for (kind, value) in [("email", mail), ("phone", phone)] {
        let Some(value) = value else { continue };
        contact.children.extend(workspace.child_of_kind(
            &Card::default(),
            Channel::SECTION,
            kind,
            &value.text(),
        )?);
    }
    Ok(Some(contact))
}

pub(super) fn detail(console: &Console) -> Detail {
    if console.for_scripts() { Detail::Whole } else { Detail::People }
}

/// How a card is shown.
pub(super) fn showing<'a>(console: &Console, workspace: &'a Workspace) -> Showing<'a> {
    let (settings, today) = (workspace.settings(), workspace.today());
    Showing { settings, today, detail: detail(console), lang: console.lang() }
}

pub(super) fn show(console: &Console, args: &ShowArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let open = workspace.read(&workspace.find(&args.card)?)?;
    let showing = showing(console, &workspace);
    match &args.section {
        None => {
            console.show(&report::card::card(&open, showing))?;
            let count =
                conflicts::text_with_conflicts(&open.text).map_or(0, |card| conflicts::all(&card).len());
            if count > 0 {
                console.say(&Notice::HasConflicts { count, no: number(&open) });
            }
        }
        Some(key) => {
            let section = section_meant(key)?;
            let view = report::card::section(&open, section, showing);
            if Console::is_empty(&view) {
                console.say(&Notice::NoneYet { what: section.label });
            }
            console.show(&view)?;
        }
    }
    Ok(say_findings(console, &open))
}

/// What is wrong with a card that is shown; whether something was left out.
pub(super) fn say_findings(console: &Console, open: &OpenCard) -> Outcome {
    for finding in &open.card.findings {
        let flaw = open.explain(finding);
        if finding.left_out { console.fail(&flaw) } else { console.warn(&flaw) }
    }
    if open.card.findings.iter().any(|f| f.left_out) { Outcome::InPart } else { Outcome::Done }
}

fn section_meant(text: &str) -> Result<&'static crate::card::Section> {
    let found = heads::section(text).filter(|section| SCHEMA.position(section.key).is_some());
    found.ok_or_else(|| Error::usage(Problem::NoSuchField { key: text.into() }).hint(Hint::SeeFields))
}

pub(super) fn get(console: &Console, args: &GetArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let open = workspace.read(&workspace.find(&args.card)?)?;
    let is_field = crate::workspace::field_of(SCHEMA.card, &args.path).is_ok();
    let value = match facts::meant(&args.path).filter(|_| !is_field) {
        Some(fact) => workspace.fact(&open, fact),
        None => workspace.value_at(&open, &args.path)?,
    };
    match value {
        Some(value) => console.print(&format!("{value}\n"))?,
        None => return Err(Error::not_found(Problem::NothingThere { path: args.path.clone() })),
    }
    Ok(Outcome::Done)
}

pub(super) fn set(console: &Console, args: &SetArgs) -> Result<Outcome> {
    let at = args.words.iter().position(|w| w.contains('=')).unwrap_or(args.words.len());
    let (cards, changes) = args.words.split_at(at);
    let assignments = Assignment::parse_all(changes)?;
    if cards.is_empty() && args.condition.is_none() {
        return Err(
            Error::usage(Problem::Missing { what: Text::new("CARD", "客户", "客戶") }).hint(Hint::BeExact)
        );
    }
    if assignments.is_empty() {
        return Err(Error::usage(Problem::Missing {
            what: Text::new("PATH=VALUE", "字段=值", "欄位=值")
        })
        .hint(Hint::Assignment));
    }
    change(console, cards, args.condition.as_deref(), &assignments)
}

pub(super) fn unset(console: &Console, args: &UnsetArgs) -> Result<Outcome> {
    // The first word is a customer, and so are those that can only be one.
    let is_card = |(at, word): (usize, &String)| at == 0 && args.condition.is_none() || is_exact(word);
    let at = args.words.iter().enumerate().position(|w| !is_card(w)).unwrap_or(args.words.len());
    let (cards, paths) = args.words.split_at(at);
    if paths.is_empty() {
        return Err(
            Error::usage(Problem::Missing { what: Text::new("PATH", "字段", "欄位") }).hint(Hint::PathForms)
        );
    }
    let assignments: Vec<Assignment> = paths.iter().map(|p| Assignment::unset(p)).collect();
    change(console, cards, args.condition.as_deref(), &assignments)
}

/// Whether a word is a number, an id, a folder or `-`, and so no field.
fn is_exact(word: &str) -> bool {
    let number = split_number(word).is_some_and(|(series, _)| is_series(&series));
    let id = word.len() == 12 && word.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_lowercase());
    let is_field = SCHEMA.card.field(word).is_some();
    word == "-" || word.contains('/') || (number || id) && !is_field
}

fn change(
    console: &Console,
    cards: &[String],
    condition: Option<&str>,
    assignments: &[Assignment],
) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let Chosen { known, outcome } = several::chosen(console, &workspace, cards, condition)?;
    say_kept_choices(console, assignments);
    if several::looks_first(console, &known) {
        let mut transaction = workspace.begin(Mode::DryRun)?;
        let (changed, _) = assign_all(&workspace, &mut transaction, &known, assignments)?;
        if let [only] = known.as_slice() {
            show_preview(console, transaction.preview(&workspace.read(only)?))?;
        } else {
            several::agreed(console, &changed, several::change_question())?;
        }
        if transaction.is_empty() {
            console.say(&Notice::NothingToDo);
            return Ok(outcome);
        }
        if console.common.dry_run {
            let touched = changed_customers(&changed);
            console.say_saved(&transaction.commit(&sentence(&workspace, &touched, assignments))?);
            return Ok(outcome);
        }
    }
    let mut transaction = workspace.begin(Mode::Write)?;
    let (changed, no) = assign_all(&workspace, &mut transaction, &known, assignments)?;
    let touched = if known.len() == 1 { vec![no] } else { changed_customers(&changed) };
    let saved = transaction.commit(&sentence(&workspace, &touched, assignments))?;
    console.say_saved(&saved);
    Ok(outcome)
}

/// Makes the changes of every customer; what changes, and the number of the last one.
fn assign_all(
    workspace: &Workspace,
    transaction: &mut Transaction<'_>,
    known: &[Known],
    assignments: &[Assignment],
) -> Result<(Vec<Changed>, String)> {
    let (mut changed, mut no) = (Vec::new(), String::new());
    for one in known {
        let open = transaction.open(one)?;
        no = number(&open);
        let mut changed_to = None;
        for assignment in assignments {
            let now = changed_to.as_ref().unwrap_or(&open);
            match transaction.assign(now, std::slice::from_ref(assignment)) {
                Err(error) if known.len() > 1 && several::is_nothing_there(&error) => {}
                done => changed_to = done?.or(changed_to),
            }
        }
        let after = changed_to.as_ref().unwrap_or(&open);
        if after.text == open.text {
            continue;
        }
        let name = open.card.basics.get(SCHEMA.card, "name").map(|v| v.text().into_owned());
        let value = |open: &OpenCard, a: &Assignment| workspace.value_at(open, &a.path).ok().flatten();
        let row = |a: &Assignment| Changed {
            id: open.card.basics.id.clone(),
            no: no.clone(),
            name: name.clone().unwrap_or_default(),
            path: a.path.clone(),
            old: value(&open, a),
            new: value(after, a),
        };
        let rows: Vec<Changed> = assignments.iter().map(row).collect();
        // What is no single value, such as a channel, has none to compare.
        let differs = |row: &&Changed| row.old != row.new;
        let some = rows.iter().any(|row| differs(&row));
        changed.extend(rows.iter().filter(|row| !some || differs(row)).cloned());
    }
    Ok((changed, no))
}

/// The numbers of those who change, each customer once.
fn changed_customers(changed: &[Changed]) -> Vec<String> {
    let mut seen = HashSet::new();
    changed.iter().filter(|c| seen.insert(&c.id)).map(|c| c.no.clone()).collect()
}

fn sentence(workspace: &Workspace, touched: &[String], assignments: &[Assignment]) -> Sentence {
    let mut seen = HashSet::new();
    let paths = assignments.iter().map(|a| workspace.called(&a.path));
    let paths = paths.filter(|path| seen.insert(path.clone())).collect();
    match touched {
        [no] => Sentence::Changed { no: no.clone(), paths },
        many => Sentence::ManyChanged { count: many.len(), paths },
    }
}

/// A word that an open list does not have is kept, and that is said once.
fn say_kept_choices(console: &Console, assignments: &[Assignment]) {
    for assignment in assignments.iter().filter(|a| matches!(a.verb, Verb::Set | Verb::Add)) {
        let Some(field) = SCHEMA.card.field(&assignment.path) else { continue };
        let Some(choices) = field.kind.choices().filter(|choices| choices.open) else { continue };
        let typed =
            if field.kind.is_list() { split_list(&assignment.value) } else { vec![assignment.value.clone()] };
        for choice in typed.into_iter().filter(|word| choices.meant(word).is_none()) {
            console.say(&Notice::ChoiceKept { choice });
        }
    }
}

/// The lines that a dry run would change.
pub(super) fn show_preview(console: &Console, preview: Option<(String, String)>) -> Result<()> {
    let Some((before, after)) = preview else { return Ok(()) };
    let old: Vec<&str> = before.lines().collect();
    let new: Vec<&str> = after.lines().collect();
    let gone = old.iter().filter(|l| !new.contains(l)).map(|l| format!("- {l}\n"));
    let come = new.iter().filter(|l| !old.contains(l)).map(|l| format!("+ {l}\n"));
    let text: String = gone.chain(come).collect();
    console.print(&crate::render::safe::text(&text))
}

/// The number of a customer, or the id while there is none.
pub(super) fn number(open: &OpenCard) -> String {
    crate::workspace::number(&open.card)
}

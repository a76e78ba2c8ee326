//! Commands about where a customer is filed: move, close, remove.

use super::args::{CardArgs, CloseArgs, MoveArgs, RemoveArgs};
use super::console::Console;
use super::customers::number;
use super::say::say;
use super::several::{self, Chosen};
use super::{Outcome, country};
use crate::archive::Stage;
use crate::card::Country;
use crate::error::{Error, Problem, Result};
use crate::i18n::Text;
use crate::i18n::notice::Notice;
use crate::i18n::sentence::Sentence;
use crate::index::Known;
use crate::report::changes::Changed;
use crate::sections::SCHEMA;
use crate::workspace::{Desk, Mode, Move, Transaction, Workspace, stage_meant as stage};

const REASON: Text = Text::new("Reason", "原因", "原因");

pub(super) fn relocate(console: &Console, args: MoveArgs) -> Result<Outcome> {
    let wish = Move {
        stage: args.stage.as_deref().map(stage).transpose()?,
        country: None,
        name: args.name,
        reason: None,
    };
    if wish.stage.is_none() && args.country.is_none() && wish.name.is_none() {
        let what = Text::new(
            "--stage, --country or --name",
            "--stage、--country 或 --name",
            "--stage、--country 或 --name",
        );
        return Err(Error::usage(Problem::Missing { what }));
    }
    let country = args.country.as_deref();
    move_all(console, &args.cards, args.condition.as_deref(), &wish, country)
}

pub(super) fn close(console: &Console, args: &CloseArgs) -> Result<Outcome> {
    let reason = console.require(args.reason.clone(), REASON)?;
    let wish = Move { stage: Some(Stage::Closed), reason: Some(reason), ..Move::default() };
    move_all(console, &args.cards, args.condition.as_deref(), &wish, None)
}

/// Moves customers. A country is read for each, since its town may decide what an old code means.
fn move_all(
    console: &Console,
    cards: &[String],
    condition: Option<&str>,
    wish: &Move,
    country: Option<&str>,
) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let Chosen { known, outcome } = several::chosen(console, &workspace, cards, condition)?;
    if known.len() > 1 && wish.name.is_some() {
        return Err(Error::usage(Problem::OneName));
    }
    let countries = match country {
        Some(text) => countries(console, &workspace, &known, text)?,
        None => vec![None; known.len()],
    };
    if several::looks_first(console, &known) {
        let mut transaction = workspace.begin(Mode::DryRun)?;
        let (changed, last) = relocate_all(&mut transaction, &known, &countries, wish)?;
        several::agreed(console, &changed, several::move_question())?;
        if transaction.is_empty() {
            console.say(&Notice::NothingToDo);
            return Ok(outcome);
        }
        if console.common.dry_run {
            console.say_saved(&transaction.commit(&sentence(changed.len(), last, wish))?);
            return Ok(outcome);
        }
    }
    let mut transaction = workspace.begin(Mode::Write)?;
    let (changed, last) = relocate_all(&mut transaction, &known, &countries, wish)?;
    let saved = transaction.commit(&sentence(changed.len(), last, wish))?;
    console.say_saved(&saved);
    Ok(outcome)
}

/// Moves every customer; what changes, and the number and folder of the last one that moves.
fn relocate_all(
    transaction: &mut Transaction<'_>,
    known: &[Known],
    countries: &[Option<Country>],
    wish: &Move,
) -> Result<(Vec<Changed>, (String, String))> {
    let mut desk = Desk::default();
    let (mut changed, mut last) = (Vec::new(), (String::new(), String::new()));
    for (one, country) in known.iter().zip(countries) {
        let open = transaction.open(one)?;
        let before = open.place.folder.clone();
        let count = transaction.touched();
        transaction.relocate(&open, &Move { country: *country, ..wish.clone() }, &mut desk)?;
        let (no, to) = (number(&open), transaction.folder_of(&before));
        if transaction.touched() > count {
            let name = open.card.basics.get(SCHEMA.card, "name").map(|v| v.text().into_owned());
            let (name, path) = (name.unwrap_or_default(), "folder".to_owned());
            let id = open.card.basics.id.clone();
            let (old, new) = (Some(before), Some(to.clone()));
            changed.push(Changed { id, no: no.clone(), name, path, old, new });
            last = (no, to);
        }
    }
    Ok((changed, last))
}

fn sentence(count: usize, last: (String, String), wish: &Move) -> Sentence {
    let (no, to) = last;
    match (count, &wish.reason, &wish.name) {
        (1, Some(reason), _) => Sentence::Closed { no, reason: reason.clone() },
        (1, None, Some(name)) if wish.stage.is_some() || wish.country.is_some() => {
            Sentence::MovedAndRenamed { no, to, name: name.clone() }
        }
        (1, None, Some(name)) => Sentence::Renamed { no, name: name.clone() },
        (1, None, None) => Sentence::Moved { no, to },
        (count, Some(reason), _) => Sentence::ManyClosed { count, reason: reason.clone() },
        (count, None, _) => Sentence::ManyMoved { count },
    }
}

/// The country that a text means for each of these customers. What is to be said is said once.
fn countries(
    console: &Console,
    workspace: &Workspace,
    known: &[Known],
    text: &str,
) -> Result<Vec<Option<Country>>> {
    let settings = workspace.settings();
    let mut readings = Vec::new();
    for known in known {
        let open = workspace.read(known)?;
        let city = open.card.basics.get(SCHEMA.card, "city").map(|v| v.text().into_owned());
        let reading = country::read(settings, "--country", text, city.as_deref())?;
        if !readings.contains(&reading) {
            country::say_reading(console, settings, text, &reading);
        }
        readings.push(reading);
    }
    Ok(readings.into_iter().map(|reading| Some(reading.country)).collect())
}

/// Gives a customer another number, where two desks gave the same one.
pub(super) fn renumber(console: &Console, args: &CardArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let known = workspace.find(&args.card)?;
    let mut transaction = workspace.begin(console.mode())?;
    let open = transaction.open(&known)?;
    let new = transaction.renumber(&open)?;
    let saved = transaction.commit(&Sentence::Renumbered { no: number(&open), new: new.clone() })?;
    console.say_saved(&saved);
    console.print_key(&new)?;
    Ok(Outcome::Done)
}

pub(super) fn remove(console: &Console, args: &RemoveArgs) -> Result<Outcome> {
    let reason = console.require(args.reason.clone(), REASON)?;
    let workspace = console.workspace()?;
    for card in &args.cards {
        let known = workspace.find(card)?;
        let name = known.name.clone().unwrap_or_default();
        let no = known.no.clone().unwrap_or_else(|| known.id.clone());
        console.confirm(
            &say!("Remove {} from the archive?", "从档案中删除 {}？", "從客戶檔案中刪除 {}？")
                .replace("{}", &format!("{no} {name}")),
        )?;
        let mut transaction = workspace.begin(console.mode())?;
        let open = transaction.open(&known)?;
        transaction.remove(&open, &reason)?;
        let saved = transaction.commit(&Sentence::Removed { no, name })?;
        console.say_saved(&saved);
    }
    Ok(Outcome::Done)
}

//! Commands about where a customer is filed: move, close, remove.

use super::args::{CloseArgs, MoveArgs, RemoveArgs};
use super::console::Console;
use super::customers::{MANY, number, stage};
use super::say::say;
use super::{Outcome, country};
use crate::archive::Stage;
use crate::card::Country;
use crate::error::{Error, Problem, Result};
use crate::i18n::Text;
use crate::i18n::sentence::Sentence;
use crate::index::Known;
use crate::sections::SCHEMA;
use crate::workspace::{Desk, Move, Workspace};

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
    move_all(console, &args.cards, &wish, args.country.as_deref())
}

pub(super) fn close(console: &Console, args: &CloseArgs) -> Result<Outcome> {
    let reason = console.require(args.reason.clone(), REASON)?;
    let wish = Move { stage: Some(Stage::Closed), reason: Some(reason), ..Move::default() };
    move_all(console, &args.cards, &wish, None)
}

/// Moves customers. A country is read for each, since its town may decide what an old code means.
fn move_all(console: &Console, cards: &[String], wish: &Move, country: Option<&str>) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let known = cards.iter().map(|c| workspace.find(c)).collect::<Result<Vec<_>>>()?;
    // A customer that is named twice moves once.
    let mut seen = std::collections::HashSet::new();
    let known: Vec<_> = known.into_iter().filter(|k| seen.insert(k.folder.clone())).collect();
    let countries = match country {
        Some(text) => countries(console, &workspace, &known, text)?,
        None => vec![None; known.len()],
    };
    if known.len() >= MANY {
        console.confirm(
            &say!("Move {} customers?", "移动 {} 个客户？", "移動 {} 個客戶？")
                .replace("{}", &known.len().to_string()),
        )?;
    }
    let mut transaction = workspace.begin(console.mode())?;
    let mut desk = Desk::default();
    let mut last = (String::new(), String::new());
    for (known, country) in known.iter().zip(countries) {
        let open = transaction.open(known)?;
        let before = open.place.folder.clone();
        transaction.relocate(&open, &Move { country, ..wish.clone() }, &mut desk)?;
        last = (number(&open), transaction.folder_of(&before));
    }
    let (no, to) = last;
    let sentence = match (known.len(), &wish.reason, &wish.name) {
        (1, Some(reason), _) => Sentence::Closed { no, reason: reason.clone() },
        (1, None, Some(name)) => Sentence::Renamed { no, name: name.clone() },
        (1, None, None) => Sentence::Moved { no, to },
        (count, Some(reason), _) => Sentence::ManyClosed { count, reason: reason.clone() },
        (count, None, _) => Sentence::ManyMoved { count },
    };
    let saved = transaction.commit(&sentence)?;
    console.say_saved(&saved);
    Ok(Outcome::Done)
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

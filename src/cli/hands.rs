//! `crm handover`, `crm pool` and `crm revise`: whose customer it is, and whether the card is right.

use super::Outcome;
use super::args::{CardArgs, HandoverArgs, PoolArgs, PoolCommand, PoolPlanArgs, ReviseArgs};
use super::console::Console;
use super::customers::number;
use super::say::say;
use crate::error::{Error, Problem, Result};
use crate::i18n::notice::Notice;
use crate::i18n::sentence::Sentence;
use crate::i18n::{List, Say, Text};
use crate::index::Known;
use crate::index::ask::{Compare, Filter, Test};
use crate::report;
use crate::workspace::{Mode, PoolMove, Workspace, owner_of};

const REASON: Text = Text::new("Reason", "原因", "原因");
/// What a list of customers who change hands shows.
const SHOWN: [&str; 4] = ["no", "name", "country", "next_contact"];

pub(super) fn handover(console: &Console, args: &HandoverArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    // Who is in the team no more may have customers all the same.
    let from = match workspace.member_key(&args.from) {
        Err(unknown) if workspace.customers_of(&args.from)?.is_empty() => return Err(unknown),
        Err(_) => args.from.clone(),
        Ok(from) => from,
    };
    let to = workspace.worker_key(&args.to)?;
    if from == to {
        return Err(Error::usage(Problem::SameHand { who: to }));
    }
    let reason = console.require(args.reason.clone(), REASON)?;
    let known = workspace.customers_of(&from)?;
    if known.is_empty() {
        return Err(Error::not_found(Problem::NothingToHand { from }));
    }
    let outcome = show(console, &workspace, Filter { owner: Some(from.clone()), ..Filter::default() })?;
    let question = say!(
        "Give these {} customers to {to}?",
        "把这 {} 个客户移交给 {to}？",
        "將這 {} 個客戶移交給 {to}？"
    );
    console.confirm(&question.replace("{}", &known.len().to_string()).replace("{to}", &to))?;
    let mut transaction = workspace.begin(console.mode())?;
    let mut handed = Vec::new();
    for one in &known {
        let open = transaction.open(one)?;
        // Somebody else may have got the customer while the question stood.
        if owner_of(&open).as_deref() == Some(&from) {
            transaction.hand(&open, Some(&to), Some(&reason))?;
            handed.push(one);
        }
    }
    transaction.note(&reason);
    let saved = transaction.commit(&Sentence::HandedOver { count: handed.len(), from, to })?;
    console.say_saved(&saved);
    // A script has its list, and asks for a brief where it wants one.
    if saved.commit.is_some() && !console.for_scripts() {
        for one in handed {
            console.print("\n")?;
            super::brief::show_brief(console, &workspace, &workspace.read(one)?)?;
        }
    }
    Ok(outcome)
}

/// Shows the customers of a filter; whether all could be read.
fn show(console: &Console, workspace: &Workspace, filter: Filter) -> Result<Outcome> {
    let keys = SHOWN.map(str::to_owned);
    let (customers, losses) = workspace.customers(&filter, &keys, &[])?;
    console.show(&report::daily::customers(&customers, &keys, workspace.settings(), console.lang()))?;
    Ok(console.ended(&losses))
}

pub(super) fn pool(console: &Console, args: PoolArgs) -> Result<Outcome> {
    match args.command {
        None => list(console),
        Some(PoolCommand::Plan(args)) => plan(console, &args),
        Some(PoolCommand::Release) => release(console),
        Some(PoolCommand::Claim(args)) => claim(console, &args),
    }
}

/// Who is in the pool: customers without an owner, who are not closed.
fn list(console: &Console) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let test =
        |key: &str, how, value: &str| Test { key: key.into(), is_list: false, how, value: value.into() };
    let tests = vec![test("owner", Compare::Is, ""), test("stage", Compare::IsNot, "closed")];
    let keys = ["no", "name", "country", "stage", "last_followup"].map(str::to_owned);
    let filter = Filter { tests, ..Filter::default() };
    let (customers, losses) = workspace.customers(&filter, &keys, &[])?;
    if customers.is_empty() && console.is_watched() {
        console.say(&Notice::PoolEmpty);
    }
    console.show(&report::daily::customers(&customers, &keys, workspace.settings(), console.lang()))?;
    Ok(console.ended(&losses))
}

fn plan(console: &Console, args: &PoolPlanArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let owner = super::list::owner(&workspace, args.owner.as_deref())?;
    let (moves, losses) = workspace.pool_plan(owner.as_deref(), args.days, console.lang())?;
    if moves.is_empty() && console.is_watched() {
        console.say(&Notice::NobodyToPool { days: args.days });
    }
    show_plan(console, &moves)?;
    Ok(console.ended(&losses))
}

fn show_plan(console: &Console, moves: &[PoolMove]) -> Result<()> {
    console.show(&report::remind::pool(moves, console.lang()))
}

/// Gives to the pool whoever is due today; shown first, one commit.
fn release(console: &Console) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let today = workspace.today();
    let (mut due, losses) = workspace.pool_plan(None, 0, console.lang())?;
    due.retain(|one| one.date <= today);
    if due.is_empty() && console.is_watched() {
        console.say(&Notice::NobodyToPool { days: 0 });
    }
    show_plan(console, &due)?;
    let outcome = console.ended(&losses);
    if due.is_empty() {
        return Ok(outcome);
    }
    let question =
        say!("Give these {} customers to the pool?", "把这 {} 个客户放入公海？", "將這 {} 個客戶放入公海？");
    console.confirm(&question.replace("{}", &due.len().to_string()))?;
    let mut transaction = workspace.begin(console.mode())?;
    let mut count = 0;
    for one in &due {
        let open = transaction.open(&one.customer)?;
        if workspace.still_goes(&open, one) {
            transaction.hand(&open, None, Some(&one.why))?;
            count += 1;
        }
    }
    let saved = transaction.commit(&Sentence::PoolReleased { count })?;
    console.say_saved(&saved);
    Ok(outcome)
}

fn claim(console: &Console, args: &CardArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let known = workspace.find(&args.card)?;
    let mut transaction = workspace.begin(console.mode())?;
    let open = transaction.open(&known)?;
    transaction.claim(&open)?;
    let saved = transaction.commit(&Sentence::PoolClaimed { no: number(&open), who: workspace.me()? })?;
    console.say_saved(&saved);
    Ok(Outcome::Done)
}

/// Confirms sections of a card; without any, says what is left.
pub(super) fn revise(console: &Console, args: &ReviseArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let known: Known = workspace.find(&args.card)?;
    let sections =
        if args.all { workspace.settings().cadence.revision_sections.clone() } else { args.sections.clone() };
    let looks = sections.is_empty();
    let mut transaction = workspace.begin(if looks { Mode::DryRun } else { console.mode() })?;
    let open = transaction.open(&known)?;
    let revised = transaction.revise(&open, &sections)?;
    let no = number(&open);
    if !looks {
        let named = sections.iter().map(|typed| workspace.section_label(typed));
        let sections: List = named.collect();
        let sections = sections.say(workspace.language()).into_owned();
        let saved = transaction.commit(&Sentence::Revised { no: no.clone(), sections })?;
        console.say_saved(&saved);
    }
    let left = revised.left.iter().map(|(key, label)| format!("{} ({key})", label.get(console.lang())));
    let left: List = left.collect();
    console.say(&match revised.rests {
        Some((last, next)) => Notice::RevisionRests { no, last, next },
        None if left.0.is_empty() => Notice::RevisionDone { no },
        None => Notice::RevisionLeft { no, left },
    });
    Ok(Outcome::Done)
}

//! `crm dup`, and the question before a customer is added who may be there already.

use clap::Args;

use super::Outcome;
use super::console::Console;
use super::say::say;
use crate::error::{Error, Hint, Kind, Problem, Result};
use crate::i18n::Say;
use crate::i18n::notice::Notice;
use crate::report;
use crate::rules::likeness::{ALIKE, Particulars, SURE};
use crate::workspace::{Alike, NewCustomer, Workspace};

#[derive(Args, Debug)]
pub(crate) struct DupArgs {
    #[arg(value_name = "NAME|CARD", help = say!("Only those like this name, mail address, phone or customer", "只看与此名称、邮箱、电话或客户相近的", "只看與此名稱、電子郵件、電話或客戶相近的"))]
    pub what: Option<String>,
    #[arg(long, value_name = "N", help = say!("The lowest score, 1 to 100 (default 70)", "最低相似度，1 到 100（默认 70）", "最低相似度，1 到 100（預設 70）"))]
    pub min: Option<u8>,
}

/// Those like a new customer that are named one by one.
const NAMED: usize = 5;

pub(super) fn run(console: &Console, args: &DupArgs) -> Result<Outcome> {
    let least = match args.min {
        None => ALIKE,
        Some(min @ 1..=100) => min,
        Some(min) => {
            return Err(Error::usage(Problem::BadOption { option: "--min".into(), value: min.to_string() }));
        }
    };
    let workspace = console.workspace()?;
    if let Some(text) = &args.what {
        return like(console, &workspace, text, least);
    }
    let (twins, losses) = workspace.duplicates(least)?;
    if twins.is_empty() {
        console.say(&Notice::NoDuplicates);
    }
    console.show(&report::dup::twins(&twins, console.lang()))?;
    Ok(console.ended(&losses))
}

/// Those like a customer, or like what was typed. A name is never taken for a card: whoever asks
/// whether a name is there already wants to see the card that has it.
fn like(console: &Console, workspace: &Workspace, text: &str, least: u8) -> Result<Outcome> {
    let known = workspace.named_exactly(text)?;
    let particulars = match &known {
        Some(known) => workspace.particulars_of(known)?,
        None => Particulars::typed(text),
    };
    let alike = workspace.customers_like(&particulars, least, known.as_ref())?;
    if alike.is_empty() {
        console.say(&Notice::NoDuplicates);
    }
    console.show(&report::dup::alike(&alike, workspace.settings(), console.lang()))?;
    Ok(Outcome::Done)
}

/// Says who is like a customer that is to be added. One who is nearly surely the same is added only
/// if a person says so, on the terminal or by an option.
pub(super) fn ask_before_adding(
    console: &Console,
    workspace: &Workspace,
    customer: &NewCustomer,
    anyway: bool,
) -> Result<()> {
    let alike = workspace.customers_like(&customer.particulars(), ALIKE, None)?;
    let Some(first) = alike.first() else { return Ok(()) };
    let may_add = anyway || console.common.yes || console.common.dry_run || first.likeness.score < SURE;
    if !may_add && !console.can_ask() {
        let (no, name) = number_and_name(first);
        let why = first.likeness.clone();
        return Err(
            Error::refused(Problem::MayBeThere { no: no.clone(), name, why }).hint(Hint::AddAnyway { no })
        );
    }
    for alike in alike.iter().take(NAMED) {
        let (no, name) = number_and_name(alike);
        let why = alike.likeness.say(console.lang()).into_owned();
        console.say(&Notice::MayLookAlike { no, name, why });
    }
    if may_add || super::ask::yes(say!("Add anyway?", "仍要新增吗？", "仍要新增嗎？"))? {
        return Ok(());
    }
    Err(Error::new(Kind::Refused, Problem::NotConfirmed))
}

/// The number, or the folder while there is none, and the name.
fn number_and_name(alike: &Alike) -> (String, String) {
    let known = &alike.known;
    (known.no.clone().unwrap_or_else(|| known.folder.clone()), known.name.clone().unwrap_or_default())
}

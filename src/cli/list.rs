//! `crm list`.

use super::Outcome;
use super::args::ListArgs;
use super::console::Console;
use super::customers::stage;
use crate::card::near::nearest;
use crate::error::{Error, Hint, Problem, Result};
use crate::i18n::notice::Notice;
use crate::index::ask::{Filter, Order, is_column};
use crate::report::{columns, daily};
use crate::rules::facts::FACTS;
use crate::sections::SCHEMA;
use crate::workspace::Workspace;

pub(super) fn run(console: &Console, args: ListArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let Asked { filter, columns: named, order } = asked(console, &workspace, args)?;
    let keys = if named.is_empty() { columns::USUAL.map(str::to_owned).to_vec() } else { named };
    let (customers, losses) = workspace.customers(&filter, &keys, &order)?;
    if customers.is_empty() {
        console.say(&Notice::NoCustomers);
    }
    console.show(&daily::customers(&customers, &keys, workspace.settings(), console.lang()))?;
    Ok(if console.say_losses(&losses) { Outcome::InPart } else { Outcome::Done })
}

/// What a list is asked for.
pub(super) struct Asked {
    pub(super) filter: Filter,
    /// The keys of the columns that were named, if any.
    pub(super) columns: Vec<String>,
    pub(super) order: Vec<Order>,
}

/// The options of a list as plain values.
pub(super) fn asked(console: &Console, workspace: &Workspace, args: ListArgs) -> Result<Asked> {
    let filter = Filter {
        stage: args.stage.as_deref().map(stage).transpose()?.map(|s| s.token().to_owned()),
        country: args.country.as_deref().map(|text| country(console, workspace, text)).transpose()?,
        owner: owner(workspace, args.owner.as_deref())?,
        tags: args.tag,
        without_plan: args.no_next_step,
    };
    let columns = args.columns.iter().map(|c| column(workspace, c)).collect::<Result<_>>()?;
    let order = args.sort.iter().map(|key| order(workspace, key)).collect::<Result<_>>()?;
    Ok(Asked { filter, columns, order })
}

/// The code of a country that a person typed.
fn country(console: &Console, workspace: &Workspace, text: &str) -> Result<String> {
    let reading = super::country::read(workspace.settings(), "--country", text, None)?;
    super::country::say_reading(console, workspace.settings(), text, &reading);
    Ok(reading.country.code().to_owned())
}

/// A member of the team by key or name, `me`, or nobody for `all`.
pub(super) fn owner(workspace: &Workspace, typed: Option<&str>) -> Result<Option<String>> {
    match typed {
        None | Some("all" | "全部" | "所有") => Ok(None),
        Some("me" | "我") => workspace.me().map(Some),
        Some(name) => workspace.member_key(name).map(Some),
    }
}

fn order(workspace: &Workspace, typed: &str) -> Result<Order> {
    let (key, descending) = typed.strip_prefix('-').map_or((typed, false), |key| (key, true));
    Ok(Order { key: column(workspace, key)?, descending })
}

/// The key of a column that a person means by its key or its label.
fn column(workspace: &Workspace, typed: &str) -> Result<String> {
    let typed = typed.trim();
    if is_column(typed) {
        return Ok(typed.to_owned());
    }
    let facts = FACTS.iter().map(|f| (f.key, f.label));
    let mut labels = SCHEMA.card.fields.iter().map(|f| (f.key, f.label)).chain(facts);
    let folded = typed.to_lowercase();
    if let Some((key, _)) = labels.find(|(_, label)| label.every().any(|l| l.to_lowercase() == folded)) {
        return Ok(key.to_owned());
    }
    if workspace.settings().fields.contains_key(typed) {
        return Ok(format!("custom.{typed}"));
    }
    let known = SCHEMA
        .card
        .fields
        .iter()
        .map(|f| f.key)
        .chain(FACTS.iter().map(|f| f.key))
        .chain(["stage", "country", "folder", "id"]);
    let error = Error::usage(Problem::NoSuchColumn { key: typed.into() });
    Err(match nearest(typed, known) {
        Some(near) => error.hint(Hint::DidYouMean { near: near.into() }),
        None => error.hint(Hint::SeeFields),
    })
}

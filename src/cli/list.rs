//! `crm list`.

use super::Outcome;
use super::args::ListArgs;
use super::console::Console;
use crate::error::{Error, Problem, Result};
use crate::i18n::Text;
use crate::i18n::notice::Notice;
use crate::report::{self, daily};
use crate::workspace::{Listing, USUAL, Wish, Workspace};

pub(super) fn run(console: &Console, args: ListArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    if let Some(None) = args.view {
        console.show(&report::views::views(workspace.settings(), console.lang()))?;
        return Ok(Outcome::Done);
    }
    let mut list = asked(console, &workspace, args)?;
    if list.columns.is_empty() {
        list.columns = USUAL.map(str::to_owned).to_vec();
    }
    let (customers, losses) = workspace.customers(&list.filter, &list.columns, &list.order)?;
    if customers.is_empty() {
        console.say(&Notice::NoCustomers);
    }
    let view = daily::customers(&customers, &list.columns, workspace.settings(), console.lang());
    console.show(&daily::with_heads(view, &list.heads))?;
    Ok(console.ended(&losses))
}

/// The options of a list as plain values.
pub(super) fn asked(console: &Console, workspace: &Workspace, args: ListArgs) -> Result<Listing> {
    if let Some(None) = args.view {
        return Err(Error::usage(Problem::Missing {
            what: Text::new("--view NAME", "--view 名称", "--view 名稱"),
        }));
    }
    let wish = Wish {
        view: args.view.flatten(),
        stage: args.stage,
        country: args.country,
        owner: args.owner,
        tags: args.tag,
        without_plan: args.no_next_step,
        tests: args.tests,
        condition: args.condition,
        columns: args.columns,
        sort: args.sort,
    };
    listing(console, workspace, &wish)
}

/// The list that a person wants.
pub(super) fn listing(console: &Console, workspace: &Workspace, wish: &Wish) -> Result<Listing> {
    let country = |text: &str| {
        let settings = workspace.settings();
        let reading = super::country::read(settings, "--country", text, None)?;
        super::country::say_reading(console, settings, text, &reading);
        Ok(reading.country)
    };
    workspace.listing(wish, console.lang(), &country)
}

/// A member of the team by key or name, `me`, or nobody for `all`.
pub(super) fn owner(workspace: &Workspace, typed: Option<&str>) -> Result<Option<String>> {
    typed.map_or(Ok(None), |typed| workspace.owner_meant(typed))
}

//! `crm history`.

use super::Outcome;
use super::args::HistoryArgs;
use super::console::Console;
use crate::error::Result;
use crate::i18n::notice::Notice;
use crate::render::Format;
use crate::report;
use crate::workspace::Past;

/// Commits of the whole archive that are shown where nothing narrows them.
const USUAL: usize = 50;

pub(super) fn run(console: &Console, args: HistoryArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let day = |option: &str, text: Option<&str>| {
        text.map(|text| console.day(option, text, workspace.today())).transpose()
    };
    let (since, until) = (day("--since", args.since.as_deref())?, day("--until", args.until.as_deref())?);
    if let (Some(from), Some(to)) = (since, until) {
        super::brief::in_order(from, to)?;
    }
    let narrowed = args.card.is_some() || args.path.is_some() || since.is_some() || until.is_some();
    let usual = (!narrowed && args.by.is_none()).then_some(USUAL);
    let with_fields = args.card.is_some() || args.path.is_some();
    let path = args.path.or(args.place);
    let past = Past {
        card: args.card,
        path,
        since,
        until,
        by: args.by,
        limit: args.limit.or(usual).filter(|limit| *limit > 0),
    };
    let commits = workspace.history(&past)?;
    if commits.is_empty() {
        console.say(&Notice::NoHistory);
    }
    let (zone, lang) = (workspace.settings().time_zone(), console.lang());
    let view = match console.common.format {
        _ if !with_fields => report::history::commits(&commits, zone, lang),
        Format::Table | Format::Ics => report::history::fields(&commits, zone, lang),
        Format::Csv => report::history::lines(&commits, zone, lang),
        Format::Json | Format::JsonLines => report::history::whole(&commits, zone, lang),
    };
    console.show(&view)?;
    Ok(Outcome::Done)
}

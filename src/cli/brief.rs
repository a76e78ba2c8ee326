//! `crm followup brief`, `--why` and `calendar`: what to know before a visit, where a day comes from, plan
//! against actual.

use chrono::{Datelike, Days, NaiveDate};

use super::Outcome;
use super::args::{CalendarArgs, CardArgs, ReportArgs};
use super::console::Console;
use super::customers::{number, say_findings};
use super::followup::mine;
use crate::error::{Error, Problem, Result};
use crate::i18n::Say;
use crate::i18n::notice::Notice;
use crate::report;
use crate::report::brief::Beside;
use crate::report::calendar::Period;
use crate::rules::duties::Rhythm;
use crate::rules::plans;
use crate::sections::Plan;
use crate::workspace::{NextDay, OpenCard, Workspace};

/// Days of a calendar that names none: five weeks.
const USUAL_DAYS: u64 = 35;

pub(super) fn brief(console: &Console, args: &CardArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let open = workspace.read(&workspace.find(&args.card)?)?;
    show_brief(console, &workspace, &open)?;
    Ok(say_findings(console, &open))
}

/// Shows the page to read before a visit.
pub(super) fn show_brief(console: &Console, workspace: &Workspace, open: &OpenCard) -> Result<()> {
    let beside =
        Beside { local: workspace.local_time(open), holiday: workspace.next_holiday(open.place.country) };
    let (settings, today) = (workspace.settings(), workspace.today());
    let view = report::brief::brief(open, &beside, settings, today, console.lang());
    console.show(&if console.for_scripts() { view } else { report::brief::for_people(view) })
}

/// Says where a customer's next day comes from.
pub(super) fn why(console: &Console, card: &str) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let open = workspace.read(&workspace.find(card)?)?;
    let no = number(&open);
    let next = workspace.next_day(&open);
    if console.for_scripts() {
        console.show(&report::brief::why(&no, &next, console.lang()))?;
        return Ok(say_findings(console, &open));
    }
    let notice = match next {
        NextDay::Planned(Plan { date, id, by: Some(by), .. }) => Notice::WhyPlan { no, date, id, by: by.0 },
        NextDay::Planned(Plan { date, id, .. }) => Notice::WhyNobodysPlan { no, date, id },
        NextDay::Rhythm { date, last, rhythm: Rhythm::Own(every) } => {
            Notice::WhyOwn { no, date, last, every: every.say(console.lang()).into_owned() }
        }
        NextDay::Rhythm { date, last, rhythm: Rhythm::Usual(every) } => {
            let key = if open.place.stage().token() == "customer" { "customers" } else { "prospects" };
            Notice::WhyUsual {
                no,
                date,
                last,
                every: every.say(console.lang()).into_owned(),
                key: format!("cadence.{key}"),
            }
        }
        NextDay::NoContact => Notice::WhyNoContact { no },
        NextDay::NoRhythm => Notice::WhyNoRhythm { no },
    };
    console.answer(&notice)?;
    for plan in plans::waiting(&open.card, &workspace.settings().followup) {
        console.say(&Notice::VisitWaits { id: plan.id, date: plan.date });
    }
    Ok(say_findings(console, &open))
}

pub(super) fn calendar(console: &Console, args: &CalendarArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let owner = mine(&workspace, args.owner.as_deref())?;
    let today = workspace.today();
    let monday = today - Days::new(today.weekday().num_days_from_monday().into());
    let from = args.from.as_deref().map_or(Ok(monday), |text| console.day("--from", text, today))?;
    let last = from + Days::new(USUAL_DAYS - 1);
    let to = args.to.as_deref().map_or(Ok(last), |text| console.day("--to", text, today))?;
    in_order(from, to)?;
    let (rows, losses) = workspace.calendar(from, to, owner.as_deref())?;
    if rows.is_empty() {
        workspace.check_owner(owner.as_deref())?;
    }
    let width = console.width().filter(|_| !console.for_scripts());
    let period = Period { from, to, today, width, all: args.all };
    let beside = workspace.calendar_columns()?;
    let view = report::calendar::calendar(&rows, period, &beside, workspace.settings(), console.lang());
    if view.blocks.is_empty() && console.is_watched() {
        console.say(&Notice::NothingInCalendar);
    }
    console.show(&if console.for_scripts() { report::calendar::for_scripts(view) } else { view })?;
    Ok(console.ended(&losses))
}

/// Refuses days that end before they begin.
pub(super) fn in_order(from: NaiveDate, to: NaiveDate) -> Result<()> {
    if from <= to { Ok(()) } else { Err(Error::usage(Problem::EndsBeforeBegins { from, to })) }
}

/// What was done: by default since the last weekly report.
pub(super) fn report(console: &Console, args: &ReportArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let owner = mine(&workspace, args.owner.as_deref())?;
    let today = workspace.today();
    let to = args.to.as_deref().map_or(Ok(today), |text| console.day("--to", text, today))?;
    let (rows, losses) = match &args.from {
        Some(text) => {
            let from = console.day("--from", text, today)?;
            in_order(from, to)?;
            workspace.log_of(from, to, owner.as_deref())?
        }
        None => workspace.log_since_reports(to, owner.as_deref())?,
    };
    if rows.is_empty() {
        workspace.check_owner(owner.as_deref())?;
    }
    if rows.is_empty() && console.is_watched() {
        console.say(&Notice::NothingInCalendar);
    }
    console.show(&report::log::log(&rows, workspace.settings(), console.lang()))?;
    Ok(console.ended(&losses))
}

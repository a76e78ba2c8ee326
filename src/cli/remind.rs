//! `crm remind`: every duty with a date, for people, for cron, and as a calendar; ticking off.

use std::io::{ErrorKind, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

use chrono::Days;

use super::Outcome;
use super::args::{RemindArgs, RemindCommand, RemindDoneArgs, RemindListArgs, RemindTextArgs, ReportsArgs};
use super::console::Console;
use super::followup::mine;
use super::say::say;
use super::schedule;
use crate::error::{Error, Hint, Problem, Result};
use crate::i18n::notice::Notice;
use crate::i18n::sentence::Sentence;
use crate::i18n::{Say, Text};
use crate::index::Known;
use crate::render::{Format, Paper, render};
use crate::report;
use crate::rules::duties::holiday::HOLIDAY;
use crate::rules::duties::reports::{DAILY_REPORT, WEEKLY_REPORT};
use crate::rules::duties::{BIRTHDAY, NO_NEXT_STEP, OWN_HOLIDAY, kinds};
use crate::rules::holidays::Unknown;
use crate::sections::ReportKind;
use crate::view::View;
use crate::workspace::{About, Duty, Heard, Reminders, Wanted, Workspace};

/// How long the program of `remind.send` may take: whoever asks next waits for it.
const SENDING: Duration = Duration::from_secs(300);
/// How often is looked whether it is done.
const LOOK: Duration = Duration::from_millis(20);

pub(super) fn run(console: &Console, args: RemindArgs) -> Result<Outcome> {
    match args.command {
        Some(RemindCommand::Done(args)) => done(console, &args),
        Some(RemindCommand::Text(args)) => text(console, &args),
        Some(RemindCommand::Reports(args)) => reports(console, &args),
        None if args.list.install => schedule::install(console, args.list.owner.as_deref()),
        None if args.list.new => tell(console, &args.list),
        None => list(console, &args.list),
    }
}

fn wanted(workspace: &Workspace, args: &RemindListArgs) -> Result<Wanted> {
    let owner = mine(workspace, args.owner.as_deref())?;
    Ok(Wanted { days: args.days, owner, kinds: args.kind.clone(), ..Wanted::default() })
}

fn view(console: &Console, workspace: &Workspace, duties: &[Duty]) -> View {
    let view = report::remind::duties(duties, workspace.settings(), workspace.today(), console.lang());
    if console.for_scripts() {
        return view;
    }
    let me = workspace.me().ok();
    report::remind::for_people(view, me.as_deref(), console.lang())
}

/// Every duty that is due. Nothing due prints nothing.
fn list(console: &Console, args: &RemindListArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let wanted = wanted(&workspace, args)?;
    let mut reminders = workspace.remind(&wanted, console.lang())?;
    if console.common.format == Format::Ics {
        workspace.date_changes(&mut reminders.duties);
    }
    let is_empty = reminders.duties.is_empty();
    if is_empty {
        workspace.check_owner(wanted.owner.as_deref())?;
    }
    // A calendar without events is one too: an empty feed takes old ones away.
    console.show(&view(console, &workspace, &reminders.duties))?;
    if console.is_watched() && is_empty {
        console.say(&Notice::NoDuties);
    }
    if (console.is_watched() || !is_empty) && reminders.without_plan > 0 {
        console.say(&Notice::WithoutPlan { count: reminders.without_plan });
    }
    if console.is_watched() || args.kind.iter().any(|kind| kind == HOLIDAY) {
        say_unknown(console, &workspace, &reminders);
    }
    Ok(console.ended(&reminders.losses))
}

/// A country or year of which no holidays are known is said, not guessed.
fn say_unknown(console: &Console, workspace: &Workspace, reminders: &Reminders) {
    for (country, unknown) in &reminders.unknown {
        let country = workspace.settings().country_name(*country, console.lang()).to_owned();
        console.say(&match unknown {
            Unknown::Country => Notice::NoHolidays { country },
            Unknown::Year { first, last } => Notice::NoHolidaysThen { country, first: *first, last: *last },
        });
    }
}

/// What this computer has not told yet: once each, whoever else asks at the same second. What could not be
/// handed on is told again.
fn tell(console: &Console, args: &RemindListArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let told = workspace.told()?;
    let mut wanted = wanted(&workspace, args)?;
    wanted.since = told.since(wanted.owner.as_deref());
    let owner = wanted.owner.as_deref();
    let mut reminders = workspace.remind(&wanted, console.lang())?;
    if reminders.duties.is_empty() {
        workspace.check_owner(owner)?;
    }
    let kinds = kinds().map(|kind| kind.key);
    let kinds: Vec<&str> = kinds.filter(|kind| wanted.asks_for(kind, workspace.settings())).collect();
    // Programs are not told how many have no next step.
    let heard = Heard::of(&reminders, kinds.contains(&NO_NEXT_STEP) && !console.for_scripts());
    told.keep_new(owner, &mut reminders);
    if console.common.format == Format::Ics {
        workspace.date_changes(&mut reminders.duties);
    }
    let mut text = String::new();
    if !reminders.duties.is_empty() {
        let paper = Paper { lang: console.lang(), width: None, color: false, format: console.common.format };
        text = render(&view(console, &workspace, &reminders.duties), &paper);
    }
    if reminders.without_plan > 0 && !console.for_scripts() {
        text += &format!("{}\n", Notice::WithoutPlan { count: reminders.without_plan }.say(console.lang()));
    }
    if !text.is_empty() {
        hand_on(console, &workspace, &text)?;
    }
    if !console.common.dry_run {
        told.remember(owner, &kinds, &heard)?;
    }
    Ok(console.ended(&reminders.losses))
}

/// To the program of `remind.send`, where this computer allows it; else to stdout.
fn hand_on(console: &Console, workspace: &Workspace, text: &str) -> Result<()> {
    let send = &workspace.settings().remind.send;
    let Some((program, arguments)) = send.split_first().filter(|_| !console.common.dry_run) else {
        return console.print(text);
    };
    if !workspace.may_send()? {
        console.say(&Notice::SendNotAllowed { program: program.clone() });
        return console.print(text);
    }
    let failed = |reason: String| Error::could_not(Problem::SendFailed { program: program.clone(), reason });
    #[allow(
        clippy::disallowed_methods,
        reason = "the program of the settings, allowed on this computer; nothing from a card is an argument"
    )]
    let child = Command::new(program).args(arguments).stdin(Stdio::piped()).spawn();
    let mut child = child.map_err(|e| failed(e.to_string()))?;
    let input = child.stdin.take();
    let bytes = text.as_bytes().to_vec();
    let writing = thread::spawn(move || input.map_or(Ok(()), |mut input| input.write_all(&bytes)));
    let status = finished(&mut child).map_err(|e| failed(e.to_string()))?;
    let Some(status) = status else {
        let minutes = SENDING.as_secs() / 60;
        let reason = say!("not done after {} minutes", "{} 分钟后仍未完成", "{} 分鐘後仍未完成");
        return Err(failed(reason.replace("{}", &minutes.to_string())));
    };
    let written = writing.join().unwrap_or_else(|_| Err(ErrorKind::Other.into()));
    match written {
        _ if !status.success() => Err(failed(status.to_string())),
        // Who does not read the text to its end and is content has got it.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(failed(error.to_string())),
        _ => Ok(()),
    }
}

/// How a program ended; `None` where it had to be stopped.
fn finished(child: &mut Child) -> std::io::Result<Option<ExitStatus>> {
    let mut waited = Duration::ZERO;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if waited >= SENDING {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(LOOK);
        waited += LOOK;
    }
}

/// Ticks off a greeting or a report.
fn done(console: &Console, args: &RemindDoneArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let today = workspace.today();
    // A report is nobody's customer: what stands in that place is its day.
    let is_report = [WEEKLY_REPORT, DAILY_REPORT].contains(&args.kind.as_str());
    let on = match (&args.on, &args.whom) {
        (Some(text), _) => Some(console.day("--on", text, today)?),
        (None, Some(text)) if is_report => Some(console.day(say!("DAY", "日期", "日期"), text, today)?),
        _ => None,
    };
    let named = super::list::owner(&workspace, args.owner.as_deref())?;
    let is_country =
        |whom: &String| super::country::read(workspace.settings(), "COUNTRY", whom, None).is_ok();
    let of_customer = args.whom.as_ref().is_some_and(|whom| !is_country(whom)) && args.owner.is_none();
    let owner = match args.kind.as_str() {
        BIRTHDAY | OWN_HOLIDAY => None,
        // Who names a customer means that one, whoever has it.
        HOLIDAY if of_customer => None,
        HOLIDAY => mine(&workspace, args.owner.as_deref())?,
        _ => Some(named.map_or_else(|| workspace.me(), Ok)?),
    };
    let open = workspace.to_tick(&args.kind, owner.clone(), on, console.lang())?;
    let nothing = || Error::not_found(Problem::NothingToTick { kind: args.kind.clone().into() });
    match args.kind.as_str() {
        BIRTHDAY | OWN_HOLIDAY => {
            let card = args.whom.clone().ok_or_else(missing)?;
            let known = workspace.find(&card)?;
            let with = args.with.as_deref().map(|with| workspace.contact_meant(&known, with)).transpose()?;
            let is_whom = |about: &About| match (&with, about) {
                (Some(id), About::Record(contact)) => id == contact,
                (with, _) => with.is_none(),
            };
            let of_customer = |duty: &&Duty| duty.customer.as_ref().is_some_and(|c| c.id == known.id);
            let of_person = open.iter().filter(of_customer).filter(|duty| is_whom(&duty.about));
            let duties: Vec<&Duty> = of_person.collect();
            match &duties[..] {
                [] => Err(nothing()),
                [duty] => greet(console, &workspace, duty, &[known]),
                several => {
                    let lines = several.iter().map(|duty| format!("{}  {}", duty.date, duty.what));
                    let (kind, count) = (args.kind.clone(), several.len());
                    let error = Error::usage(Problem::SeveralToTick { kind: kind.into(), count });
                    Err(error.detail(lines).hint(Hint::NamePerson))
                }
            }
        }
        HOLIDAY => {
            let whom = args.whom.clone().ok_or_else(missing)?;
            let (country, customer) = holiday_of(console, &workspace, &whom)?;
            let is_there = |duty: &&Duty| duty.country.as_deref() == Some(&country);
            let Some(duty) = open.iter().find(is_there) else {
                let of_all = workspace.to_tick(HOLIDAY, None, on, console.lang())?;
                let is_of_others = of_all.iter().any(|duty| is_there(&duty));
                return Err(if is_of_others { nothing().hint(Hint::OfOthers) } else { nothing() });
            };
            let customers = match customer {
                Some(known) => vec![known],
                None => workspace.not_greeted(duty, owner.as_deref())?,
            };
            greet(console, &workspace, duty, &customers)
        }
        _ => match &open[..] {
            [] => Err(nothing()),
            [duty] => report_came_in(console, &workspace, duty),
            several => {
                let days = several.iter().map(|duty| duty.date.to_string());
                let kind = args.kind.clone();
                let count = several.len();
                Err(Error::usage(Problem::SeveralToTick { kind: kind.into(), count })
                    .detail(days)
                    .hint(Hint::NameDay))
            }
        },
    }
}

fn missing() -> Error {
    Error::usage(Problem::Missing {
        what: Text::new("CARD or COUNTRY", "客户或国家/地区", "客戶或國家/地區"),
    })
}

/// A country, or the customer who is meant with the customer's country.
fn holiday_of(console: &Console, workspace: &Workspace, whom: &str) -> Result<(String, Option<Known>)> {
    let settings = workspace.settings();
    if let Ok(reading) = super::country::read(settings, "COUNTRY", whom, None) {
        super::country::say_reading(console, settings, whom, &reading);
        return Ok((reading.country.code().to_owned(), None));
    }
    let known = workspace.find(whom)?;
    let country = workspace.read(&known)?.place.country;
    Ok((country.code().to_owned(), Some(known)))
}

fn greet(console: &Console, workspace: &Workspace, duty: &Duty, customers: &[Known]) -> Result<Outcome> {
    let mut transaction = workspace.begin(console.mode())?;
    let mut greeted = 0;
    for known in customers {
        let open = transaction.open(known)?;
        greeted += usize::from(transaction.greet(&open, duty)?);
    }
    if greeted == 0 {
        return Err(Error::not_found(Problem::NothingToTick { kind: duty.kind.into() }));
    }
    let what = format!("{} {}", duty.label.get(workspace.language()), duty.date);
    let saved = transaction.commit(&Sentence::Greeted { count: greeted, what })?;
    console.say_saved(&saved);
    Ok(Outcome::Done)
}

/// The text of a greeting, in the language of whoever gets it.
fn text(console: &Console, args: &RemindTextArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let known = workspace.find(&args.card)?;
    let open = workspace.read(&known)?;
    let text = workspace.greeting(&open, &args.kind, args.with.as_deref())?;
    console.print(&format!("{}\n", crate::render::safe::line(&text)))?;
    Ok(super::customers::say_findings(console, &open))
}

/// Who handed in which report when: what came in late stays in the list, what is missing is there by its day.
fn reports(console: &Console, args: &ReportsArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let today = workspace.today();
    let four_weeks = today - Days::new(28);
    let from = args.from.as_deref().map_or(Ok(four_weeks), |text| console.day("--from", text, today))?;
    let to = args.to.as_deref().map_or(Ok(today), |text| console.day("--to", text, today))?;
    super::brief::in_order(from, to)?;
    let owner = super::list::owner(&workspace, args.owner.as_deref())?;
    let (owed, losses) = workspace.owed_reports(from, to, owner.as_deref())?;
    if owed.is_empty() && console.is_watched() {
        console.say(&Notice::NoReports);
    }
    console.show(&report::remind::reports(&owed, console.lang()))?;
    Ok(console.ended(&losses))
}

fn report_came_in(console: &Console, workspace: &Workspace, duty: &Duty) -> Result<Outcome> {
    let kind = if duty.kind == DAILY_REPORT { ReportKind::Daily } else { ReportKind::Weekly };
    let who = duty.who.clone().unwrap_or_default();
    let mut transaction = workspace.begin(console.mode())?;
    transaction.report_came_in(kind, &who, duty.date)?;
    let saved = transaction.commit(&Sentence::ReportCameIn { what: kind.label(), who, date: duty.date })?;
    console.say_saved(&saved);
    if let Some(deadline) = workspace.missed_deadline(kind, duty.date) {
        console.say(&Notice::ReportLate { what: kind.label(), at: deadline });
    }
    Ok(Outcome::Done)
}

//! `crm followup`: the daily list; log, plan, drop, list.

use super::Outcome;
use super::args::{CardArgs, DropArgs, FollowupArgs, FollowupCommand, LogArgs, PlanArgs, TodayArgs};
use super::console::Console;
use super::customers::{number, say_findings, showing};
use super::say::say;
use crate::card::schema::Described;
use crate::card::value::day;
use crate::error::{Error, Hint, Problem, Result};
use crate::i18n::notice::Notice;
use crate::i18n::sentence::Sentence;
use crate::i18n::{Lang, Text};
use crate::index::Known;
use crate::report;
use crate::sections::{Followup, How, SCHEMA, Verdict};
use crate::view::View;
use crate::workspace::{Assignment, Daily, NewAction, NewFollowup, NextStep, Workspace, field_of};

const HOW: Text = Text::new(
    "How (phone, email, visit, chat, sms, other)",
    "方式（电话/邮件/登门/网络对话/短信/其它）",
    "方式（電話/郵件/登門/網路對話/簡訊/其他）",
);
const TOPIC: Text = Text::new("Topic", "主题", "主題");
const REASON: Text = Text::new("Reason", "原因", "原因");

pub(super) fn run(console: &Console, args: FollowupArgs) -> Result<Outcome> {
    match args.command {
        None => match &args.why {
            Some(card) => super::brief::why(console, card),
            None => today(console, &args.today),
        },
        Some(FollowupCommand::Log(args)) => log(console, args),
        Some(FollowupCommand::Plan(args)) => plan(console, args),
        Some(FollowupCommand::Drop(args)) => give_up(console, &args),
        Some(FollowupCommand::List(args)) => list(console, &args),
        Some(FollowupCommand::Brief(args)) => super::brief::brief(console, &args),
        Some(FollowupCommand::Calendar(args)) => super::brief::calendar(console, &args),
        Some(FollowupCommand::Report(args)) => super::brief::report(console, &args),
    }
}

fn today(console: &Console, args: &TodayArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let owner = mine(&workspace, args.owner.as_deref())?;
    let condition = args.condition.as_deref().map(|text| workspace.condition(text)).transpose()?;
    let daily = workspace.daily(args.days, owner.as_deref(), condition.as_ref(), console.lang())?;
    if daily.due.is_empty() {
        workspace.check_owner(owner.as_deref())?;
    }
    show_daily(console, &workspace, &daily)
}

/// With a team the list is mine; without one, everybody's.
pub(super) fn mine(workspace: &Workspace, typed: Option<&str>) -> Result<Option<String>> {
    match typed {
        Some(typed) => super::list::owner(workspace, Some(typed)),
        None if workspace.settings().team.is_empty() => Ok(None),
        // A desk that git does not know, such as cron's, sees everybody's.
        None => Ok(workspace.me().ok().filter(|me| workspace.settings().member(me).is_some())),
    }
}

/// Shows the daily list. Nothing due prints nothing, so that cron mails only news.
pub(super) fn show_daily(console: &Console, workspace: &Workspace, daily: &Daily) -> Result<Outcome> {
    let view = report::daily::daily(&daily.due, workspace.settings(), workspace.today(), console.lang());
    let me = workspace.me().ok();
    let people = |view| report::daily::for_people(view, me.as_deref(), console.lang());
    let view = if console.for_scripts() { view } else { people(view) };
    console.show(&view)?;
    if console.is_watched() {
        if daily.due.is_empty() {
            console.say(&Notice::NothingDue);
        }
        if daily.without_plan > 0 {
            console.say(&Notice::WithoutPlan { count: daily.without_plan });
        }
    } else if !daily.due.is_empty() && daily.without_plan > 0 {
        console.say(&Notice::WithoutPlan { count: daily.without_plan });
    }
    if let Some(days) = workspace.synced_long_ago().filter(|_| console.is_watched()) {
        console.say(&Notice::SyncedLongAgo { days });
    }
    Ok(console.ended(&daily.losses))
}

/// The way of contact that a person typed.
fn how(text: &str) -> Result<How> {
    let choice = How::CHOICES.meant(text).and_then(|c| How::from_token(c.token));
    choice.ok_or_else(|| Error::usage(Problem::NoSuchHow { value: text.into() }).hint(Hint::Hows))
}

fn log(console: &Console, args: LogArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let known = workspace.find(&args.card)?;
    let today = workspace.today();
    let how_text = console.require(args.how, HOW)?;
    let date = args.on.as_deref().map_or(Ok(today), |text| console.day("--on", text, today))?;
    let mut new = NewFollowup {
        date,
        how: how(&how_text)?,
        topic: console.require(args.topic, TOPIC)?,
        note: args.note,
        with: args.with,
        settles: args.settles,
        more: args.values.iter().map(|word| Assignment::parse(word)).collect::<Result<_>>()?,
        actions: args.action.iter().map(|text| action(&workspace, text)).collect::<Result<_>>()?,
        questions: args.question.iter().map(|text| question(text)).collect(),
        reenter: args.reenter,
        next: None,
    };
    if let Some(text) = args.next.as_deref() {
        new.next = Some(NextStep {
            date: console.day("--next", text, today)?,
            how: args.next_how.as_deref().map(how).transpose()?,
            goal: args.goal,
            ..NextStep::default()
        });
    }
    ask_verdict(console, &workspace, &known, &mut new)?;
    let mut transaction = workspace.begin(console.mode())?;
    let open = transaction.open(&known)?;
    let logged = transaction.log_followup(&open, &new)?;
    let no = number(&open);
    let sentence = Sentence::FollowedUp { no: no.clone(), how: new.how.label(), topic: new.topic };
    let saved = transaction.commit(&sentence)?;
    console.say_saved(&saved);
    if let Some(plan) = &logged.settled {
        let goal = plan.goal.as_ref().map(|g| match console.lang() {
            Lang::En => format!(": {g}"),
            Lang::ZhCn | Lang::ZhTw => format!("：{g}"),
        });
        console.say(&Notice::Settled {
            id: plan.id.clone(),
            date: plan.date.to_string(),
            goal: goal.unwrap_or_default(),
        });
    }
    if let Some(visits) = logged.visits_too_many {
        console.say(&Notice::TooManyVisits { no: no.clone(), visits });
    }
    match new.next {
        Some(next) => console.say(&Notice::NextIs { date: next.date.to_string() }),
        None if !logged.has_next_step => console.say(&Notice::NoNextStep { no }),
        None => {}
    }
    console.print_key(&logged.followup)?;
    Ok(Outcome::Done)
}

/// `WHAT, WHO, DATE`: who and the day may be left out, and what is to be done may have commas where who stands
/// behind it. What is typed is kept as it is.
fn action(workspace: &Workspace, text: &str) -> Result<NewAction> {
    const COMMAS: [char; 2] = [',', '，'];
    let today = workspace.today();
    let dated =
        text.rsplit_once(COMMAS).and_then(|(rest, last)| Some((day::typed(last.trim(), today).ok()?, rest)));
    let (date, rest) = dated.map_or((None, text), |(date, rest)| (Some(date), rest));
    let (what, who) = rest.rsplit_once(COMMAS).unwrap_or((rest, ""));
    let (what, who) = (what.trim(), who.trim());
    let says_nothing = what.trim_matches(COMMAS).trim().is_empty();
    if says_nothing || what.contains(COMMAS) && workspace.member_key(who).is_err() {
        return Err(Error::usage(Problem::BadAction { text: text.into() }).hint(Hint::ActionAdd));
    }
    let who = Some(who.to_owned()).filter(|who| !who.is_empty());
    Ok(NewAction { what: what.to_owned(), who, date })
}

/// `QUESTION=ANSWER`; the answer may be left out.
fn question(text: &str) -> (String, Option<String>) {
    match text.split_once('=') {
        Some((question, answer)) => (question.trim().to_owned(), Some(answer.trim().to_owned())),
        None => (text.trim().to_owned(), None),
    }
}

const VERDICT: Text = Text::new(
    "Too many visits without result: won, abandoned, or again to go on (Enter: say it later)",
    "多次拜访未见实效：won 成交、abandoned 放弃、again 继续拜访（回车：以后再说）",
    "多次拜訪未見實效：won 成交、abandoned 放棄、again 繼續拜訪（Enter：以後再說）",
);
/// The words for going on with visits.
const AGAIN: [&str; 4] = ["again", "继续拜访", "繼續拜訪", "继续"];

/// At the visit that is one too many, a person is asked for the verdict: won, abandoned with a
/// reason, or a reason to go on. Without an answer, and elsewhere, the duty stays in `crm remind`.
fn ask_verdict(console: &Console, workspace: &Workspace, known: &Known, new: &mut NewFollowup) -> Result<()> {
    let decides = |key: &str| {
        field_of(Followup::SECTION, key).is_ok_and(|field| ["verdict", "effective"].contains(&field.key))
    };
    let decided = new.more.iter().any(|given| decides(&given.path)) || new.reenter.is_some();
    if decided || !console.can_ask() || !workspace.is_last_visit(known, new.how)? {
        return Ok(());
    }
    // Another word is asked again, an empty line is no answer: what was typed for the entry is not lost.
    while let Some(answer) = super::ask::line(VERDICT.get(console.lang()), "")? {
        let verdict = Verdict::CHOICES.meant(&answer).and_then(|choice| Verdict::from_token(choice.token));
        if verdict == Some(Verdict::Won) {
            new.more.push(Assignment::set("verdict", Verdict::Won.token()));
            break;
        }
        if verdict.is_none() && !AGAIN.contains(&answer.to_lowercase().as_str()) {
            continue;
        }
        let Some(reason) = super::ask::line(REASON.get(console.lang()), "")? else { continue };
        match verdict {
            Some(verdict) => {
                new.more.push(Assignment::set("verdict", verdict.token()));
                new.more.push(Assignment::set("abandon_reason", &reason));
            }
            None => new.reenter = Some(reason),
        }
        break;
    }
    Ok(())
}

fn plan(console: &Console, args: PlanArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let known = workspace.find(&args.card)?;
    let step = NextStep {
        date: console.day(say!("DATE", "日期", "日期"), &args.date, workspace.today())?,
        how: args.how.as_deref().map(how).transpose()?,
        goal: args.goal,
        by: args.by,
        companions: args.companions,
        requested_by: args.requested_by,
        reenter: args.reenter,
    };
    let mut transaction = workspace.begin(console.mode())?;
    let open = transaction.open(&known)?;
    let id = transaction.plan_followup(&open, &step)?;
    let saved = transaction.commit(&Sentence::Planned { no: number(&open), date: step.date })?;
    console.say_saved(&saved);
    console.print_key(&id)?;
    Ok(Outcome::Done)
}

fn give_up(console: &Console, args: &DropArgs) -> Result<Outcome> {
    let reason = console.require(args.reason.clone(), REASON)?;
    let workspace = console.workspace()?;
    let known = workspace.find(&args.card)?;
    let mut transaction = workspace.begin(console.mode())?;
    let open = transaction.open(&known)?;
    let plan = transaction.drop_plan(&open, &args.id, &reason)?;
    let saved = transaction.commit(&Sentence::PlanDropped { no: number(&open), date: plan.date, reason })?;
    console.say_saved(&saved);
    Ok(Outcome::Done)
}

fn list(console: &Console, args: &CardArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let open = workspace.read(&workspace.find(&args.card)?)?;
    let mut view = View::default();
    for section in SCHEMA.sections.iter().filter(|s| s.key == "followups" || s.key == "plans") {
        let mut part = report::card::section(&open, section, showing(console, &workspace));
        for block in &mut part.blocks {
            if let crate::view::Block::Table(table) = block {
                table.title = Some(section.label.get(console.lang()).to_owned());
                if table.rows.is_empty() {
                    console.say(&Notice::NoneYet { what: section.label });
                }
            }
        }
        view.blocks.extend(part.blocks);
    }
    console.show(&view)?;
    Ok(say_findings(console, &open))
}

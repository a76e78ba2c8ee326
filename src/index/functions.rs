//! The functions that questions have beside SQLite's own. None reads the clock: today is given, and
//! SQLite's functions of days are put behind a guard.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::{Value as Sql, ValueRef};
use rusqlite::{Connection, params_from_iter};

use super::Answer;
use super::rows::folded;
use crate::card::value::{Birthday, Period, day};
use crate::rules::condition::{OF_DAYS, SqlFault, is_now};
use crate::rules::facts::{self, Asking, FactValue};
use crate::rules::filled::Wants;
use crate::settings::Settings;

/// What a question is asked with.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The day that is today.
    pub today: NaiveDate,
    /// The settings of the archive.
    pub settings: Settings,
}

/// What a condition did wrong while it was answered: the first of it. SQLite itself only passes on that
/// something was.
#[derive(Clone, Debug, Default)]
pub(super) struct Faults(Arc<Mutex<Option<SqlFault>>>);

impl Faults {
    pub(super) fn keep(&self, fault: SqlFault) {
        if let Ok(mut kept) = self.0.lock() {
            kept.get_or_insert(fault);
        }
    }

    pub(super) fn take(&self) -> Option<SqlFault> {
        self.0.lock().ok().and_then(|mut kept| kept.take())
    }

    fn stop(&self, fault: SqlFault) -> rusqlite::Error {
        let code = fault.code();
        self.keep(fault);
        rusqlite::Error::UserFunctionError(code.into())
    }
}

const PURE: FunctionFlags = FunctionFlags::SQLITE_UTF8.union(FunctionFlags::SQLITE_DETERMINISTIC);

/// Gives a connection the functions.
pub(super) fn give(connection: &Connection, asked: &Asked, faults: &Faults) -> Answer<()> {
    let today = asked.today;
    let faults = faults.clone();
    let home = asked.settings.home().code();
    connection.create_scalar_function("today", 0, PURE, move |_| Ok(today.to_string()))?;
    connection.create_scalar_function("home", 0, PURE, move |_| Ok(home))?;
    connection.create_scalar_function("plus", 2, PURE, move |c| plus(c, &faults))?;
    let zone = asked.settings.time_zone();
    connection.create_scalar_function("in_zone", 1, PURE, move |c| Ok(in_zone(c, zone)))?;
    connection.create_scalar_function("folded", 1, PURE, |c| Ok(text(c, 0).map(|t| folded(&t))))?;
    connection.create_scalar_function("has", 2, PURE, has)?;
    connection.create_scalar_function("age", 1, PURE, move |c| Ok(age(c, today)))?;
    give_facts(connection, asked)
}

/// The moment of a second since 1970 in the archive's time zone, as SQL compares it: `2026-03-11 09:30:00`.
fn in_zone(context: &Context<'_>, zone: Tz) -> Option<String> {
    let moment = DateTime::from_timestamp(context.get(0).ok()?, 0)?;
    Some(moment.with_timezone(&zone).format("%Y-%m-%d %H:%M:%S").to_string())
}

/// Gives a connection a function for each fact that is computed at the question.
fn give_facts(connection: &Connection, asked: &Asked) -> Answer<()> {
    let asked = Arc::new((asked.clone(), Wants::of(&asked.settings)));
    for fact in facts::every() {
        let facts::From::Question(columns, answer) = fact.from else { continue };
        let asked = Arc::clone(&asked);
        let count = i32::try_from(columns.len()).unwrap_or(-1);
        connection.create_scalar_function(of_fact(fact.key).as_str(), count, PURE, move |context| {
            let given: Vec<FactValue> = (0..context.len()).map(|at| given(context, at)).collect();
            let (Asked { today, settings }, wants) = &*asked;
            let asking = Asking { settings, wants, today: *today };
            Ok(super::rows::sql(answer(&asking, &given)))
        })?;
    }
    Ok(())
}

/// The function that computes a fact.
pub(super) fn of_fact(key: &str) -> String {
    format!("fact_{key}")
}

fn given(context: &Context<'_>, at: usize) -> FactValue {
    match context.get_raw(at) {
        ValueRef::Integer(number) => FactValue::Number(number),
        _ => text(context, at).map_or(FactValue::Nothing, FactValue::Text),
    }
}

/// Puts SQLite's functions of days behind a guard that refuses the clock, and searches in texts in the
/// place of those whose time grows with the square of a text. Only for a person's question.
pub(super) fn guard(connection: &Connection, faults: &Faults) -> Answer<()> {
    connection.create_scalar_function("instr", 2, PURE, |c| Ok(instr(c)))?;
    connection.create_scalar_function("replace", 3, PURE, |c| Ok(replace(c)))?;
    for name in OF_DAYS {
        let (plain, faults) = (Connection::open_in_memory()?, faults.clone());
        connection.create_scalar_function(*name, -1, PURE, move |c| of_days(c, &plain, name, &faults))?;
    }
    Ok(())
}

/// The same function of a connection that has nothing else.
fn of_days(context: &Context<'_>, plain: &Connection, name: &str, faults: &Faults) -> Answer<Sql> {
    let given: Vec<Sql> = (0..context.len()).map(|at| context.get(at)).collect::<Answer<_>>()?;
    let least = if name == "strftime" { 2 } else { 1 };
    let of_machine =
        |text: &str| is_now(text) || ["localtime", "utc"].contains(&text.trim().to_lowercase().as_str());
    let clock = given.iter().any(|v| matches!(v, Sql::Text(text) if of_machine(text)));
    if clock || given.len() < least {
        return Err(faults.stop(SqlFault::Clock));
    }
    let marks = vec!["?"; given.len()].join(", ");
    plain.query_row(&format!("SELECT {name}({marks})"), params_from_iter(given), |r| r.get(0))
}

fn text(context: &Context<'_>, at: usize) -> Option<String> {
    match context.get_raw(at) {
        ValueRef::Text(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(number.to_string()),
        ValueRef::Null | ValueRef::Blob(_) => None,
    }
}

/// At which character a text begins in another, from 1; 0 where it does not.
fn instr(context: &Context<'_>) -> Option<i64> {
    let (all, part) = (text(context, 0)?, text(context, 1)?);
    let before = all.find(&part).map(|at| all[..at].chars().count() + 1);
    Some(before.and_then(|at| i64::try_from(at).ok()).unwrap_or(0))
}

fn replace(context: &Context<'_>) -> Option<String> {
    let (all, part, other) = (text(context, 0)?, text(context, 1)?, text(context, 2)?);
    Some(if part.is_empty() { all } else { all.replace(&part, &other) })
}

/// `plus(day, '1m')`, `plus(day, '-14d')`: nothing, where there is no day.
fn plus(context: &Context<'_>, faults: &Faults) -> Answer<Option<String>> {
    let (Some(from), Some(length)) = (text(context, 0), text(context, 1)) else { return Ok(None) };
    let from = day::iso(from.trim()).map_err(|_| faults.stop(SqlFault::NotADay { value: from.clone() }))?;
    let (back, plain) = match length.trim().strip_prefix('-') {
        Some(plain) => (true, plain.trim()),
        None => (false, length.trim().trim_start_matches('+')),
    };
    let period =
        Period::parse(plain).map_err(|_| faults.stop(SqlFault::NotALength { value: length.clone() }))?;
    Ok(if back { period.before(from) } else { period.after(from) }.map(|d| d.to_string()))
}

/// `has(tags, 'fair')`: whether a list has this item, or a text is this one; case, accents and width
/// are folded.
fn has(context: &Context<'_>) -> Answer<bool> {
    let (Some(all), Some(item)) = (text(context, 0), text(context, 1)) else { return Ok(false) };
    let item = folded(&item);
    Ok(match serde_json::from_str::<Vec<String>>(&all) {
        Ok(items) => items.iter().any(|i| folded(i) == item),
        Err(_) => folded(&all) == item,
    })
}

/// The age in full years of a birthday, where the year is known.
fn age(context: &Context<'_>, today: NaiveDate) -> Option<i32> {
    Birthday::parse(&text(context, 0)?).ok()?.age_on(today)
}

//! The functions that questions have beside SQLite's own. None reads the clock: today is given, and
//! SQLite's functions of days are put behind a guard.

use std::sync::{Arc, Mutex};

use chrono::NaiveDate;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::{Value as Sql, ValueRef};
use rusqlite::{Connection, params_from_iter};

use super::Answer;
use super::rows::folded;
use crate::card::value::{Birthday, Period, day};
use crate::rules::condition::{ConditionFault, OF_DAYS, is_now};

/// What a question is asked with.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The day that is today.
    pub today: NaiveDate,
    /// The home country's code.
    pub home: String,
}

/// What a condition did wrong while it was answered: the first of it. SQLite itself only passes on that
/// something was.
#[derive(Clone, Debug, Default)]
pub(super) struct Faults(Arc<Mutex<Option<ConditionFault>>>);

impl Faults {
    pub(super) fn keep(&self, fault: ConditionFault) {
        if let Ok(mut kept) = self.0.lock() {
            kept.get_or_insert(fault);
        }
    }

    pub(super) fn take(&self) -> Option<ConditionFault> {
        self.0.lock().ok().and_then(|mut kept| kept.take())
    }

    fn stop(&self, fault: ConditionFault) -> rusqlite::Error {
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
    let home = asked.home.clone();
    connection.create_scalar_function("today", 0, PURE, move |_| Ok(today.to_string()))?;
    connection.create_scalar_function("home", 0, PURE, move |_| Ok(home.clone()))?;
    connection.create_scalar_function("plus", 2, PURE, move |c| plus(c, &faults))?;
    connection.create_scalar_function("folded", 1, PURE, |c| Ok(text(c, 0).map(|t| folded(&t))))?;
    connection.create_scalar_function("has", 2, PURE, has)?;
    connection.create_scalar_function("age", 1, PURE, move |c| Ok(age(c, today)))
}

/// Puts SQLite's functions of days behind a guard that refuses the clock. Only while a person's
/// condition is answered.
pub(super) fn guard_days(connection: &Connection, faults: &Faults) -> Answer<()> {
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
        return Err(faults.stop(ConditionFault::Clock));
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

/// `plus(day, '1m')`, `plus(day, '-14d')`: nothing, where there is no day.
fn plus(context: &Context<'_>, faults: &Faults) -> Answer<Option<String>> {
    let (Some(from), Some(length)) = (text(context, 0), text(context, 1)) else { return Ok(None) };
    let from =
        day::iso(from.trim()).map_err(|_| faults.stop(ConditionFault::NotADay { value: from.clone() }))?;
    let (back, plain) = match length.trim().strip_prefix('-') {
        Some(plain) => (true, plain.trim()),
        None => (false, length.trim().trim_start_matches('+')),
    };
    let period = Period::parse(plain)
        .map_err(|_| faults.stop(ConditionFault::NotALength { value: length.clone() }))?;
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

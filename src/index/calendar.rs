//! Plans and contacts of days, for the calendar of plan against actual.

use std::collections::BTreeMap;

use rusqlite::ToSql;

use super::ask::{KNOWN, known};
use super::{Answer, Index, Known};

/// What was planned for a customer, and what was done, within some days.
#[derive(Clone, Debug)]
pub struct CalendarRow {
    /// The customer.
    pub customer: Known,
    /// ISO 3166-1.
    pub country: String,
    /// Day, way of contact, and the day on which the plan was given up.
    pub plans: Vec<(String, Option<String>, Option<String>)>,
    /// Day and way of contact.
    pub contacts: Vec<(String, Option<String>)>,
}

/// A contact that was made, with the customer.
#[derive(Clone, Debug)]
pub struct LogRow {
    /// The customer.
    pub customer: Known,
    /// ISO 3166-1.
    pub country: String,
    /// The day.
    pub date: String,
    /// The way of contact, by token.
    pub how: Option<String>,
    /// What it was about.
    pub topic: Option<String>,
    /// What was said.
    pub note: Option<String>,
    /// Who made it.
    pub by: Option<String>,
}

/// The customers whom a member looks after, and those with a plan of these days in which the member shares.
const MINE: &str = "AND c.card IN (
         SELECT card FROM customers WHERE owner = ?1 UNION ALL
         SELECT p.card FROM plans p WHERE p.date BETWEEN ?2 AND ?3 AND (p.by = ?1 OR p.requested_by = ?1
             OR (p.companions IS NOT NULL AND EXISTS (SELECT 1 FROM json_each(p.companions) j WHERE j.value = ?1))))";

impl Index {
    /// Every contact of the days between two, both included, in their order; of one member, or of all.
    pub fn log(&self, from: &str, to: &str, by: Option<&str>) -> Answer<Vec<LogRow>> {
        let question = format!(
            "SELECT {KNOWN}, c.country, f.date, f.how, f.topic, f.note, f.by
             FROM followups f JOIN customers c ON c.card = f.card
             WHERE f.date BETWEEN ?1 AND ?2 AND (?3 IS NULL OR f.by = ?3)
             ORDER BY f.date, c.series, c.running, f.ordinal"
        );
        let mut statement = self.connection.prepare(&question)?;
        let rows = statement.query_map((from, to, by), |row| {
            Ok(LogRow {
                customer: known(row)?,
                country: row.get(5)?,
                date: row.get(6)?,
                how: row.get(7)?,
                topic: row.get(8)?,
                note: row.get(9)?,
                by: row.get(10)?,
            })
        })?;
        rows.collect()
    }

    /// The customers of a member who are not closed, with plans and contacts of the days between two, both
    /// included; also customers whose plan the member shares. In the order of the numbers.
    pub fn calendar(&self, from: &str, to: &str, owner: Option<&str>) -> Answer<Vec<CalendarRow>> {
        let (whose, with): (_, &[&dyn ToSql]) = match &owner {
            Some(owner) => (MINE, &[owner, &from, &to]),
            None => ("", &[]),
        };
        let question = format!(
            "SELECT {KNOWN}, c.country, c.card FROM customers c WHERE c.stage <> 'closed' {whose}
             ORDER BY c.series, c.running, c.folder"
        );
        let mut statement = self.connection.prepare(&question)?;
        let mut rows = statement.query(with)?;
        let (mut all, mut places) = (Vec::new(), BTreeMap::new());
        while let Some(row) = rows.next()? {
            let card: i64 = row.get(6)?;
            places.insert(card, all.len());
            let (plans, contacts) = Default::default();
            all.push(CalendarRow { customer: known(row)?, country: row.get(5)?, plans, contacts });
        }
        let each = "SELECT date, how, dropped FROM plans WHERE card = ?3 AND date BETWEEN ?1 AND ?2";
        let mut plans = self.connection.prepare(each)?;
        let each = "SELECT date, how FROM followups WHERE card = ?3 AND date BETWEEN ?1 AND ?2";
        let mut contacts = self.connection.prepare(each)?;
        for (card, at) in places {
            let rows =
                plans.query_map((from, to, card), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            all[at].plans = rows.collect::<Answer<_>>()?;
            let rows = contacts.query_map((from, to, card), |row| Ok((row.get(0)?, row.get(1)?)))?;
            all[at].contacts = rows.collect::<Answer<_>>()?;
        }
        Ok(all)
    }
}

//! Plans and contacts of days, for the calendar of plan against actual.

use std::collections::BTreeMap;

use rusqlite::ToSql;

use super::ask::{Column, KNOWN, known};
use super::duties::of_marks;
use super::functions::{self, Asked, Faults};
use super::list::{column, expression};
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
    /// What the columns hold that were asked for.
    pub columns: Vec<Option<Column>>,
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
    /// When it was entered.
    pub entered_at: Option<String>,
}

/// In which plan a member has a part, and in which contact. What nobody is named in is the owner's.
const PART_IN_PLAN: &str = "(by = ?1 OR requested_by = ?1 OR (companions IS NOT NULL
     AND EXISTS (SELECT 1 FROM json_each(companions) j WHERE j.value = ?1)))";
const PART_IN_CONTACT: &str = "(by = ?1 OR (companions IS NOT NULL
     AND EXISTS (SELECT 1 FROM json_each(companions) j WHERE j.value = ?1)))";

impl Index {
    /// Every contact of the days between two, both included, in their order; of one member, or of all.
    pub fn log(&self, days: (&str, &str), by: Option<&str>) -> Answer<Vec<LogRow>> {
        self.contacts("f.date BETWEEN ?1 AND ?2", days, by)
    }

    /// Every contact up to a day that was made or entered on another one or later; of one member, or of all.
    pub fn log_entered(&self, days: (&str, &str), by: Option<&str>) -> Answer<Vec<LogRow>> {
        self.contacts("f.date <= ?2 AND (f.date >= ?1 OR f.entered_at >= date(?1, '-1 day'))", days, by)
    }

    fn contacts(&self, condition: &str, (from, to): (&str, &str), by: Option<&str>) -> Answer<Vec<LogRow>> {
        let question = format!(
            "SELECT {KNOWN}, c.country, f.date, f.how, f.topic, f.note, f.by, f.entered_at
             FROM followups f JOIN customers c ON c.card = f.card
             WHERE {condition} AND (?3 IS NULL OR f.by = ?3)
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
                entered_at: row.get(11)?,
            })
        })?;
        rows.collect()
    }

    /// The customers of a member with the plans and contacts of the days between two, both included, in which
    /// the member has a part, in the order of the numbers; others' customers for these alone. A contact that
    /// kept a plan is of everybody who has a part in the plan. Without a member, everybody's. Closed customers
    /// are there for what was planned or done in these days.
    pub(crate) fn calendar(
        &self,
        (from, to): (&str, &str),
        owner: Option<&str>,
        columns: &[String],
        asked: &Asked,
    ) -> Answer<Vec<CalendarRow>> {
        functions::give(&self.connection, asked, &Faults::default())?;
        // A name narrows it down to what the index finds at once; all of them are gone through in their order.
        let mine = format!(
            "WHERE c.card IN (SELECT card FROM customers WHERE owner = ?1 UNION ALL
             SELECT card FROM plans WHERE date BETWEEN ?2 AND ?3 AND {PART_IN_PLAN} UNION ALL
             SELECT card FROM followups WHERE date BETWEEN ?2 AND ?3 AND {} AND {PART_IN_CONTACT})",
            of_marks(&asked.settings.followup.visits())
        );
        let (whose, with): (&str, &[&dyn ToSql]) = match &owner {
            Some(owner) => (&mine, &[owner, &from, &to]),
            None => ("", &[]),
        };
        let wanted: String = columns.iter().map(|key| format!(", {}", expression(key))).collect();
        let question = format!(
            "SELECT {KNOWN}, c.country, c.card, c.owner, c.stage{wanted} FROM customers c {whose}
             ORDER BY c.series, c.running, c.folder"
        );
        let mut statement = self.connection.prepare(&question)?;
        let mut rows = statement.query(with)?;
        // Those of cards in their order, so that the pages of a table are read one after the other.
        let (mut all, mut places) = (Vec::new(), BTreeMap::new());
        let mut is_closed = Vec::new();
        while let Some(row) = rows.next()? {
            let of_member = owner.is_none_or(|who| row.get_ref(7).is_ok_and(|o| o.as_str() == Ok(who)));
            places.insert(row.get::<_, i64>(6)?, (all.len(), of_member));
            is_closed.push(row.get_ref(8)?.as_str()? == "closed");
            let (plans, contacts) = Default::default();
            let columns = (9..9 + columns.len()).map(|at| column(row, at)).collect::<Answer<_>>()?;
            all.push(CalendarRow { customer: known(row)?, country: row.get(5)?, plans, contacts, columns });
        }
        let of_days = "card = ?4 AND date BETWEEN ?2 AND ?3";
        let each = format!(
            "SELECT date, how, dropped FROM plans WHERE {of_days}
             AND (?1 IS NULL OR {PART_IN_PLAN} OR (by IS NULL AND ?5))"
        );
        let mut plans = self.connection.prepare(&each)?;
        let each = format!(
            "SELECT date, how FROM followups WHERE {of_days}
             AND (?1 IS NULL OR {PART_IN_CONTACT} OR (by IS NULL AND ?5) OR settles IN
                 (SELECT id FROM plans WHERE card = ?4 AND ({PART_IN_PLAN} OR (by IS NULL AND ?5))))"
        );
        let mut contacts = self.connection.prepare(&each)?;
        for (card, (at, of_member)) in places {
            let asked = (owner, from, to, card, of_member);
            let rows = plans.query_map(asked, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            all[at].plans = rows.collect::<Answer<_>>()?;
            let rows = contacts.query_map(asked, |row| Ok((row.get(0)?, row.get(1)?)))?;
            all[at].contacts = rows.collect::<Answer<_>>()?;
        }
        let mut is_closed = is_closed.into_iter();
        all.retain(|row: &CalendarRow| {
            let has_some = !row.plans.is_empty() || !row.contacts.is_empty();
            is_closed.next() != Some(true) || has_some
        });
        Ok(all)
    }
}

//! The days of cards that a source of duties wants to look at, by its windows: from the index alone.

use super::ask::{KNOWN, NEVER_ASSIGNED, known};
use super::{Answer, Index, Known};
use crate::rules::duties::{Kept, Window};

/// A day of a card, with whose it is.
#[derive(Clone, Debug)]
pub struct SeedRow {
    /// The customer.
    pub customer: Known,
    /// ISO 3166-1.
    pub country: String,
    /// The stage, by token.
    pub stage: String,
    /// The owner of the customer.
    pub owner: Option<String>,
    /// The day of the last follow-up.
    pub last_followup: Option<String>,
    /// The id of the record; empty for the card as a whole.
    pub record: String,
    /// Which of the source's days it is.
    pub field: String,
    /// What windows compare.
    pub date: String,
    /// What else the source keeps.
    pub detail: String,
    /// Whom it is for, where that is not the owner.
    pub who: Option<String>,
}

impl SeedRow {
    /// The seed as its source takes it.
    pub fn kept(&self) -> Kept<'_> {
        Kept { stage: &self.stage, field: &self.field, date: &self.date, detail: &self.detail }
    }
}

/// Whose duties are asked for, and of which customers.
#[derive(Clone, Copy, Debug, Default)]
pub struct Whose<'a> {
    /// Only those of this member, and those of customers who never had an owner.
    pub owner: Option<&'a str>,
    /// Only of these rows.
    pub only: Option<&'a [i64]>,
}

/// Everybody who has such a day, found from one to the next: so that the days of each are looked up by the
/// index, and not all of them gone through.
const EVERYBODY: &str = "AND d.who IN (WITH RECURSIVE each(who) AS (
         SELECT min(who) FROM dates WHERE source = ?1 AND field = ?2 UNION ALL
         SELECT (SELECT min(who) FROM dates WHERE source = ?1 AND field = ?2 AND who > each.who)
         FROM each WHERE each.who IS NOT NULL) SELECT who FROM each WHERE who IS NOT NULL)";

/// The condition under which the index of calls and visits is enough: that these are all visits, which is
/// usual.
pub(super) fn of_marks(visit_modes: &[String]) -> &'static str {
    let usual = ["door_visit", "invited_visit", "phone"];
    let is_usual = visit_modes.iter().all(|mode| usual.contains(&mode.as_str()));
    if is_usual { "how IN ('door_visit', 'invited_visit', 'phone')" } else { "1" }
}

impl Index {
    /// The days of one source in its windows, of customers that are not closed; the earliest first.
    pub fn seeds(&self, source: &str, windows: &[Window], whose: Whose<'_>) -> Answer<Vec<SeedRow>> {
        let mine = format!("AND d.who IN (?5, '') AND (d.who <> '' OR {NEVER_ASSIGNED})");
        let mine = if whose.owner.is_some() { mine.as_str() } else { EVERYBODY };
        let only = if whose.only.is_some() { "AND c.card IN (SELECT value FROM json_each(?6))" } else { "" };
        let question = format!(
            "SELECT {KNOWN}, c.country, c.stage, c.owner, c.last_followup, d.record, d.field, d.date, d.detail, nullif(d.who, '')
             FROM dates d JOIN customers c ON c.card = d.card
             WHERE d.source = ?1 AND d.field = ?2 AND d.date BETWEEN ?3 AND ?4 AND c.stage <> 'closed' {mine} {only}
             ORDER BY d.date, c.folder, d.record"
        );
        let mut statement = self.connection.prepare(&question)?;
        let cards = whose.only.map(|cards| serde_json::to_string(cards).unwrap_or_default());
        let mut seeds = Vec::new();
        for window in windows {
            statement.raw_bind_parameter(1, source)?;
            statement.raw_bind_parameter(2, window.field)?;
            statement.raw_bind_parameter(3, &window.from)?;
            statement.raw_bind_parameter(4, &window.to)?;
            if statement.parameter_count() >= 5 {
                statement.raw_bind_parameter(5, whose.owner)?;
            }
            if statement.parameter_count() >= 6 {
                statement.raw_bind_parameter(6, &cards)?;
            }
            let mut rows = statement.raw_query();
            while let Some(row) = rows.next()? {
                seeds.push(SeedRow {
                    customer: known(row)?,
                    country: row.get(5)?,
                    stage: row.get(6)?,
                    owner: row.get(7)?,
                    last_followup: row.get(8)?,
                    record: row.get(9)?,
                    field: row.get(10)?,
                    date: row.get(11)?,
                    detail: row.get(12)?,
                    who: row.get(13)?,
                });
            }
        }
        Ok(seeds)
    }

    /// How many visits each person made on each day between two, both included; `modes` are the ways that
    /// are visits.
    pub fn visits(&self, from: &str, to: &str, modes: &[String]) -> Answer<Vec<(String, String, i64)>> {
        let question = format!(
            "SELECT date, by, count(*) FROM followups WHERE date BETWEEN ?1 AND ?2 AND by IS NOT NULL
             AND {} AND how IN (SELECT value FROM json_each(?3)) GROUP BY date, by",
            of_marks(modes)
        );
        let modes = serde_json::to_string(modes).unwrap_or_default();
        let mut statement = self.connection.prepare(&question)?;
        statement.query_map((from, to, modes), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect()
    }

    /// The folders of countries, from the root; some may have no customer any more.
    pub fn country_folders(&self) -> Answer<Vec<String>> {
        let mut statement = self.connection.prepare("SELECT path FROM folders WHERE instr(path, '/') > 0")?;
        statement.query_map([], |row| row.get(0))?.collect()
    }

    /// The customers in a country whom a member looks after and who got no greeting for a holiday yet.
    pub fn not_greeted(
        &self,
        country: &str,
        holiday: &str,
        day: &str,
        owner: Option<&str>,
    ) -> Answer<Vec<Known>> {
        let question = format!(
            "SELECT {KNOWN} FROM customers c WHERE c.stage <> 'closed' AND c.country = ?1
             AND (?4 IS NULL OR c.owner = ?4 OR c.owner IS NULL AND {NEVER_ASSIGNED})
             AND NOT EXISTS (SELECT 1 FROM cares k WHERE k.card = c.card AND k.holiday = ?2 AND k.date = ?3 AND k.done IS NOT NULL)
             ORDER BY c.series, c.running, c.folder"
        );
        let mut statement = self.connection.prepare(&question)?;
        statement.query_map((country, holiday, day, owner), known)?.collect()
    }

    /// How many customers somebody took from the pool on a day: they had no owner before.
    pub fn hands_on(&self, who: &str, day: &str) -> Answer<i64> {
        let question = "SELECT count(*) FROM assignments a WHERE owner = ?1 AND date = ?2 AND before IS NULL
             AND EXISTS (SELECT 1 FROM assignments b WHERE b.card = a.card AND b.owner IS NULL)";
        self.connection.query_row(question, (who, day), |row| row.get(0))
    }

    /// How many open customers somebody has.
    pub fn held_by(&self, who: &str) -> Answer<i64> {
        let question = "SELECT count(*) FROM customers WHERE owner = ?1 AND stage <> 'closed'";
        self.connection.query_row(question, [who], |row| row.get(0))
    }
}

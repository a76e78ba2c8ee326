//! The question for what a likeness is seen by: names, addresses and numbers of every customer, from
//! the rows of the index, so that no card is read.

use std::collections::HashMap;

use super::ask::{KNOWN, known};
use super::{Answer, Index, Known};
use crate::rules::likeness::Particulars;

/// The columns of a customer that say something, in the order of the question.
const FIELDS: [&str; 7] = ["name", "local_name", "short_name", "email", "phone", "fax", "website"];

impl Index {
    /// What every customer's likeness is seen by, in the order of the numbers.
    pub fn particulars(&self) -> Answer<Vec<(Known, Particulars)>> {
        let question = format!(
            "SELECT {KNOWN}, c.card, c.country, c.{} FROM customers c ORDER BY c.series, c.running, c.folder",
            FIELDS.join(", c.")
        );
        let mut statement = self.connection.prepare(&question)?;
        let mut rows = statement.query([])?;
        let mut all = Vec::new();
        let mut places: HashMap<i64, usize> = HashMap::new();
        while let Some(row) = rows.next()? {
            places.insert(row.get(5)?, all.len());
            let mut particulars = Particulars { country: row.get(6)?, ..Particulars::default() };
            for (at, key) in FIELDS.into_iter().enumerate() {
                if let Some(value) = row.get(7 + at)? {
                    particulars.take(key, value);
                }
            }
            all.push((known(row)?, particulars));
        }
        let mut statement = self.connection.prepare("SELECT card, kind, value FROM channels")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (kind, value): (Option<String>, Option<String>) = (row.get(1)?, row.get(2)?);
            let customer = places.get(&row.get(0)?).and_then(|at| all.get_mut(*at));
            if let (Some((_, particulars)), Some(kind), Some(value)) = (customer, kind, value) {
                particulars.take(&kind, value);
            }
        }
        Ok(all)
    }

    /// The customer whom a text names beyond doubt: by number, id or folder.
    pub fn named_exactly(&self, text: &str) -> Answer<Option<Known>> {
        Ok(self.find_exactly(text.trim())?.into_iter().next())
    }
}

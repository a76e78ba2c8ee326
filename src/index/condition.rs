//! A person's condition over the customers' own columns, answered in the sandbox.

use rusqlite::types::Value as Sql;

use super::functions::Asked;
use super::list::expression;
use super::sandbox::{self, Bounds, LOOKS};
use super::{Answer, Index};
use crate::rules::condition::{BadSql, Condition};

/// The one name through which a condition sees customers.
const THROUGH: &str = "asked";
impl Index {
    /// The rows of the customers that fulfil a condition. A condition that cannot be answered is
    /// not a fault of the index, and comes back with its place.
    pub(crate) fn matching(
        &mut self,
        condition: &Condition,
        asked: &Asked,
    ) -> Answer<Result<Vec<i64>, BadSql>> {
        let columns: String =
            condition.columns.iter().map(|key| format!(", {} AS \"{key}\"", expression(key))).collect();
        let before = format!(
            "WITH {THROUGH} AS (SELECT c.card AS \"asked card\"{columns} FROM customers c)
             SELECT \"asked card\" FROM {THROUGH} WHERE ("
        );
        let question = format!("{before}{}\n)", condition.sql);
        let bounds = Bounds {
            through: THROUGH.to_owned(),
            rows: vec!["customers"],
            looks: LOOKS,
            ..Bounds::default()
        };
        let answer = sandbox::run(&mut self.connection, asked, &bounds, |connection| {
            let mut statement = connection.prepare(&question)?;
            let rows = statement.query_map([], |row| row.get::<_, Sql>(0))?;
            rows.map(|row| Ok(if let Sql::Integer(card) = row? { card } else { 0 })).collect()
        })?;
        Ok(answer.map_err(|refusal| {
            let at = refusal.at.and_then(|at| at.checked_sub(before.len()));
            BadSql { fault: refusal.fault, at: at.map(|at| condition.place_of(at)), near: None }
        }))
    }
}

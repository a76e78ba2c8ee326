//! SQL that a person writes: a condition over the columns of a customer, and a whole query. What is
//! wrong with it is said with its place in the text.

use super::{Losses, Workspace};
use crate::error::{Error, Hint, Problem, Result};
use crate::index::ask::{Asked, every_column, is_column};
use crate::index::changes::attachable;
use crate::index::{self, Answer, Enough, Index, Rows, asks_changes};
use crate::rules::condition::{self, BadSql, Columns, Condition, Query, SqlFault};

impl Workspace {
    /// Reads a condition: one SQL expression over the columns of a customer.
    ///
    /// # Errors
    /// When it is none, or names what there is not: with the place and the near name.
    pub fn condition(&self, text: &str) -> Result<Condition> {
        let mut own: Vec<String> = self.settings.fields.keys().cloned().collect();
        // Fields that only cards know: looked up when a condition may mean one.
        if text.to_lowercase().contains("custom") {
            own.extend(self.ask(index::Index::own_keys)?);
        }
        let key = |name: &str| match name.strip_prefix("custom.") {
            Some(key) => own.iter().any(|o| o == key).then(|| name.to_owned()).filter(|n| is_column(n)),
            None => self.column_meant(name).filter(|key| is_column(key)),
        };
        let names = every_column().map(|(key, _)| key.to_owned());
        let names = names.chain(own.iter().map(|key| format!("custom.{key}"))).collect();
        condition::read(text, &Columns { key: &key, names })
            .map_err(|bad| in_text(|fault| Problem::Condition { fault }, text, &bad))
    }

    /// The rows of the customers that fulfil a condition, in an index; none, where there is no
    /// condition.
    pub(super) fn only(
        index: &mut Index,
        condition: Option<&Condition>,
        asked: &Asked,
    ) -> Answer<Result<Option<Vec<i64>>>> {
        let Some(condition) = condition else { return Ok(Ok(None)) };
        let answer = index.matching(condition, asked)?;
        let bad = |bad| in_text(|fault| Problem::Condition { fault }, &condition.text, &bad);
        Ok(answer.map(Some).map_err(bad))
    }

    /// Answers a query over the tables of the index: one SELECT. `enough` says when somebody has
    /// waited long enough.
    ///
    /// # Errors
    /// When it is no query, cannot be answered, or goes too far: with the place in the text.
    pub fn query(&self, text: &str, enough: Option<Enough>) -> Result<(Rows, Losses)> {
        let bad = |bad: BadSql| in_text(|fault| Problem::Query { fault }, text, &bad);
        let query = Query::read(text).map_err(bad)?;
        let asked = self.asked();
        let changes = asks_changes(text).then(|| attachable(&self.history)).transpose()?;
        let answer = index::answer_alone(&self.source(), |index| {
            if let Some(changes) = &changes {
                index.give_changes(changes, self.history.pinned().as_deref())?;
            }
            let rows = index.query(&query, &asked, enough.clone())?;
            Ok(rows.map(|rows| Losses::of(index).map(|losses| (rows, losses))))
        })?;
        let (rows, losses) = answer.map_err(bad)?.map_err(index::index_error)?;
        Ok((rows, self.explain(losses)))
    }
}

/// The error for SQL: the line with its place, and the mend.
fn in_text(problem: impl FnOnce(SqlFault) -> Problem, text: &str, bad: &BadSql) -> Error {
    let error = Error::usage(problem(bad.fault.clone()));
    let is_query = matches!(error.problem(), Problem::Query { .. });
    let error = match bad.at {
        Some(at) => error.detail(marked(text, at.min(text.len()))),
        None => error.detail([text.replace(['\t', '\n'], " ")]),
    };
    match &bad.near {
        Some(near) => error.hint(Hint::DidYouMean { near: near.clone().into() }),
        None if !matches!(bad.fault, SqlFault::NoColumn { .. } | SqlFault::NoTable { .. }) => error,
        None if is_query => error.hint(Hint::SeeTables),
        None => error.hint(Hint::SeeColumns),
    }
}

/// The line of a place, and a caret below the place.
fn marked(text: &str, at: usize) -> [String; 2] {
    let begin = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[begin..].lines().next().unwrap_or("").replace('\t', " ");
    let before = text[begin..at].replace('\t', " ");
    let caret = format!("{}^", " ".repeat(unicode_width::UnicodeWidthStr::width(before.as_str())));
    [line, caret]
}

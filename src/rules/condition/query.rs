//! A whole query: one SELECT. Its names are the database's to know; here is looked only at what it
//! is, so that anything else is refused in plain words, with its place.

use super::tokens::{Form, Token, tokens};
use super::{BadSql, SqlFault, bare};

/// Characters that a query has at most.
const LONGEST: usize = 100_000;
/// Words with which a query begins.
const FIRST: [&str; 2] = ["SELECT", "WITH"];

/// Functions that a query may call besides those of conditions: over many rows, and of lists.
pub const OF_QUERIES: &[&str] = &[
    "avg",
    "char",
    "count",
    "cume_dist",
    "dense_rank",
    "first_value",
    "format",
    "group_concat",
    "hex",
    "json",
    "json_array",
    "json_each",
    "json_group_array",
    "json_group_object",
    "json_object",
    "json_quote",
    "json_type",
    "json_valid",
    "lag",
    "last_value",
    "lead",
    "nth_value",
    "ntile",
    "octet_length",
    "percent_rank",
    "printf",
    "quote",
    "rank",
    "row_number",
    "string_agg",
    "sum",
    "total",
    "unicode",
];

/// A query that was looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// As it was written, without a semicolon at its end.
    pub text: String,
    /// Its names with their places, in lower case and without quotes.
    names: Vec<(String, usize)>,
    /// The tables that it makes itself: `WITH n(i) AS (…)`.
    own: Vec<String>,
}

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    /// When it is no SELECT, or more than one: with the place.
    pub fn read(text: &str) -> Result<Query, BadSql> {
        let bad = |fault, at| BadSql { fault, at: Some(at), near: None };
        let text = text.trim_end().trim_end_matches(';').trim_end();
        if text.chars().count() > LONGEST {
            return Err(bad(SqlFault::TooLong { most: LONGEST }, 0));
        }
        let tokens = tokens(text).map_err(|fault| match fault.fault {
            SqlFault::NotOne { .. } => BadSql { fault: SqlFault::OneQuery, ..fault },
            _ => fault,
        })?;
        let Some(first) = tokens.first() else { return Err(bad(SqlFault::Empty, 0)) };
        if !FIRST.iter().any(|word| word.eq_ignore_ascii_case(first.text)) {
            return Err(bad(SqlFault::NotAQuery { word: first.text.to_owned() }, first.at));
        }
        let is_name = |token: &&Token<'_>| matches!(token.kind, Form::Name | Form::Quoted);
        let names = tokens.iter().filter(is_name).map(|t| (bare(t.text).to_lowercase(), t.at));
        let own = (1..tokens.len()).filter(|at| tokens[*at].text.eq_ignore_ascii_case("AS"));
        let own = own.filter_map(|at| own_table(&tokens[..at], &tokens[at + 1..]));
        Ok(Query { text: text.to_owned(), names: names.collect(), own: own.collect() })
    }

    /// The tables that it makes itself.
    pub fn own_tables(&self) -> Vec<String> {
        self.own.clone()
    }

    /// Whether a name stands in it.
    pub fn names(&self, name: &str) -> bool {
        self.place_of(name).is_some()
    }

    /// Where a name stands first, in bytes.
    pub fn place_of(&self, name: &str) -> Option<usize> {
        let name = name.to_lowercase();
        self.names.iter().find(|(known, _)| *known == name).map(|(_, at)| *at)
    }
}

/// The name of a table that stands before `AS (`, maybe with the names of its columns.
fn own_table(before: &[Token<'_>], after: &[Token<'_>]) -> Option<String> {
    let is_how =
        |word: &&Token<'_>| ["NOT", "MATERIALIZED"].iter().any(|how| how.eq_ignore_ascii_case(word.text));
    if after.iter().find(|word| !is_how(word))?.text != "(" {
        return None;
    }
    let columns = before
        .last()
        .filter(|t| t.text == ")")
        .map_or(before.len(), |_| before.iter().rposition(|t| t.text == "(").unwrap_or(0));
    let name = before[..columns].last()?;
    matches!(name.kind, Form::Name | Form::Quoted).then(|| bare(name.text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn fault(text: &str) -> (SqlFault, usize) {
        let bad = Query::read(text).expect_err(text);
        (bad.fault, bad.at.expect("a place"))
    }

    #[test]
    fn one_select_is_a_query() {
        for text in ["select 1", "WITH a AS (SELECT 1) SELECT * FROM a ;\n", "-- why\nSELECT ';' FROM facts;"]
        {
            Query::read(text).expect(text);
        }
        assert_eq!(fault(" ; "), (SqlFault::Empty, 0));
        assert_eq!(fault("SELECT 1; SELECT 2"), (SqlFault::OneQuery, 8));
        let not = |word: &str| SqlFault::NotAQuery { word: word.into() };
        for word in ["ATTACH", "PRAGMA", "INSERT", "explain", "VALUES"] {
            assert_eq!(fault(&format!(" {word} x")), (not(word), 1));
        }
        assert_eq!(fault("SELECT 'a"), (SqlFault::NotClosed, 7));
    }

    #[test]
    fn names_are_found_with_their_places() {
        let query = Query::read("SELECT \"Name\" FROM facts").expect("a query");
        assert_eq!((query.place_of("name"), query.place_of("FACTS")), (Some(7), Some(19)));
        assert!(!query.names("contacts"));
        let text =
            "WITH RECURSIVE n(i, j) AS (SELECT 1), \"m\" AS NOT MATERIALIZED (SELECT 2) SELECT i AS x FROM n";
        assert_eq!(Query::read(text).expect("a query").own_tables(), ["n", "m"]);
    }
}

//! What is asked of the field changes.

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, Row, ToSql, params_from_iter};

use super::super::Answer;
use super::super::rows::folded;
use super::Changes;
use crate::card::path::is_below;
use crate::history::Entry;

/// What is wanted of history.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Only these customers, by id; none for all.
    pub cards: Vec<String>,
    /// Of one place in cards, and what is below it: `phone`, `contacts[k3f]`, `contacts[k3f9q2].title`.
    pub path: Option<String>,
    /// From this second on.
    pub since: Option<i64>,
    /// Before this second.
    pub until: Option<i64>,
    /// By whom, by a part of name or mail address.
    pub by: Option<String>,
    /// Commits at most.
    pub limit: Option<usize>,
}

/// One value that a commit changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The id of the card.
    pub card: String,
    /// The place: `phone`, `contacts[k3f9q2].title`, `@country`.
    pub path: String,
    /// What it was.
    pub old: Option<String>,
    /// What it became.
    pub new: Option<String>,
}

/// A commit with the values that it changed.
#[derive(Clone, Debug)]
pub struct CommitChanges {
    /// The commit.
    pub entry: Entry,
    /// In the order of the card. Nothing, where neither a card nor a place is asked about.
    pub changes: Vec<Change>,
}

/// The columns of a commit.
const COMMIT: &str = "c.id, c.time, c.zone, c.committed, c.author, c.email, c.sentence";
/// The newest first, the same in every clone.
const NEWEST: &str = "c.corrected DESC, c.depth DESC, c.id DESC";

impl Changes {
    /// The commits that are wanted, the newest first, with the values that are.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn of(&self, wanted: &Wanted) -> Answer<Vec<CommitChanges>> {
        let Tests { sql, values } = self.tests(wanted)?;
        let question = match (wanted.cards.as_slice(), &wanted.path) {
            ([], None) => {
                format!("SELECT {COMMIT}, NULL FROM commits c WHERE {sql} ORDER BY {NEWEST}")
            }
            _ => format!(
                "SELECT {COMMIT}, k.id, f.path, f.old, f.new
                 FROM fields f JOIN cards k ON k.n = f.card JOIN commits c ON c.n = f.n
                 WHERE {sql} ORDER BY {NEWEST}, k.id, f.place"
            ),
        };
        let mut statement = self.connection.prepare(&question)?;
        let mut rows = statement.query(params_from_iter(&values))?;
        let mut found: Vec<CommitChanges> = Vec::new();
        while let Some(row) = rows.next()? {
            let commit: String = row.get(0)?;
            if found.last().is_none_or(|last| last.entry.commit != commit) {
                if wanted.limit.is_some_and(|most| found.len() >= most) {
                    break;
                }
                found.push(CommitChanges { entry: entry(commit, row)?, changes: Vec::new() });
            }
            if let (Some(card), Some(last)) = (row.get::<_, Option<String>>(7)?, found.last_mut()) {
                let (path, old, new) = (row.get(8)?, row.get(9)?, row.get(10)?);
                last.changes.push(Change { card, path, old, new });
            }
        }
        Ok(found)
    }

    /// The ids of customers that once had this number or just this name.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn once_named(&self, text: &str) -> Answer<Vec<String>> {
        let mut statement = self.connection.prepare(
            "SELECT DISTINCT k.id FROM fields f JOIN cards k ON k.n = f.card
             WHERE f.path IN ('no', 'name', 'id') AND folded(coalesce(f.new, f.old)) = ?1 ORDER BY k.id",
        )?;
        statement.query_map([folded(text)], |r| r.get(0))?.collect()
    }

    /// The conditions, with their values.
    fn tests(&self, wanted: &Wanted) -> Answer<Tests> {
        let mut tests = Tests { sql: "1".to_owned(), values: Vec::new() };
        if let Some(since) = wanted.since {
            tests.add("c.time >= ?", since);
        }
        if let Some(until) = wanted.until {
            tests.add("c.time < ?", until);
        }
        if let Some(by) = &wanted.by {
            tests.add("(instr(folded(c.author), ?) OR instr(folded(c.email), ?))", folded(by));
        }
        if !wanted.cards.is_empty() {
            let cards = serde_json::to_string(&wanted.cards).unwrap_or_default();
            let these = "f.card IN (SELECT n FROM cards WHERE id IN (SELECT value FROM json_each(?)))";
            tests.add(these, cards);
        }
        if let Some(path) = &wanted.path {
            tests.add("is_below(f.path, ?)", path.clone());
        }
        let is_past = "SELECT EXISTS (SELECT 1 FROM temp.sqlite_schema WHERE name = 'below')";
        if self.connection.query_row(is_past, [], |r| r.get(0))? {
            tests.sql += " AND c.n IN temp.below";
        }
        Ok(tests)
    }
}

/// Conditions on commits and fields, with the values in them.
struct Tests {
    sql: String,
    values: Vec<Box<dyn ToSql>>,
}

impl Tests {
    fn add(&mut self, test: &str, value: impl ToSql + 'static) {
        self.values.push(Box::new(value));
        self.sql += &format!(" AND {}", test.replace('?', &format!("?{}", self.values.len())));
    }
}

fn entry(commit: String, row: &Row<'_>) -> Answer<Entry> {
    Ok(Entry {
        commit,
        seconds: row.get(1)?,
        offset: row.get(2)?,
        committed: row.get(3)?,
        author: row.get(4)?,
        email: row.get(5)?,
        sentence: row.get(6)?,
    })
}

/// Gives a connection the functions of these questions.
pub(super) fn give(connection: &Connection) -> Answer<()> {
    let pure = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("folded", 1, pure, |c| Ok(folded(c.get_raw(0).as_str()?)))?;
    connection.create_scalar_function("is_below", 2, pure, |c| {
        Ok(is_below(c.get_raw(0).as_str()?, c.get_raw(1).as_str()?))
    })
}

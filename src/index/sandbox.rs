//! Where a person's SQL runs: it reads what its question was given, and nothing else. Read only,
//! the clock refused, its steps counted. A condition is read word by word before
//! ([`crate::rules::condition`]); this holds whatever gets through.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::{Connection, ErrorCode};

use super::functions::{self, Asked, Faults};
use super::{Answer, is_damage};
use crate::rules::condition::{ConditionFault, FUNCTIONS};

/// Steps of SQLite's machine between two looks.
const STRIDE: u32 = 10_000;
/// Looks that a question may take: about a thousand steps for each of 500,000 customers.
pub(super) const LOOKS: u32 = 50_000;
/// The longest text that a question may make (bytes); a card's own rows are far below.
const LARGEST: i32 = 64 << 20;
/// Nested brackets.
const DEEPEST: i32 = 200;

/// What a question may read, and how far it may go.
pub(super) struct Bounds<'b> {
    /// The name through which tables are read, and no other way.
    pub through: &'b str,
    /// The table of its rows, which are counted also where no column is looked at.
    pub rows: &'static str,
    /// Functions that our own part of the question calls.
    pub ours: &'static [&'static str],
    /// Looks at most.
    pub looks: u32,
}

/// Runs a question of a person. The connection is as before afterwards.
pub(super) fn run<T>(
    connection: &mut Connection,
    asked: &Asked,
    bounds: &Bounds<'_>,
    question: impl FnOnce(&Connection) -> Answer<T>,
) -> Answer<Result<T, Refusal>> {
    let faults = Faults::default();
    functions::give(connection, asked, &faults)?;
    functions::guard_days(connection, &faults)?;
    let looked = Arc::new(AtomicU32::new(0));
    let limits =
        set(connection, [(Limit::SQLITE_LIMIT_LENGTH, LARGEST), (Limit::SQLITE_LIMIT_EXPR_DEPTH, DEEPEST)])?;
    for (option, on) in OPTIONS {
        connection.set_db_config(option, on)?;
    }
    connection.authorizer(Some(authorizer(bounds, faults.clone())))?;
    let (counter, most) = (Arc::clone(&looked), bounds.looks);
    let stride = i32::try_from(STRIDE).unwrap_or(i32::MAX);
    connection.progress_handler(stride, Some(move || counter.fetch_add(1, Ordering::Relaxed) >= most))?;
    let answer = question(connection);
    connection.authorizer(None::<fn(AuthContext<'_>) -> Authorization>)?;
    connection.progress_handler(0, None::<fn() -> bool>)?;
    set(connection, limits)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false)?;
    match answer {
        Ok(answer) => Ok(Ok(answer)),
        Err(error) if is_damage(&error) => Err(error),
        Err(error) => Ok(Err(refusal(error, faults.take()))),
    }
}

/// Text in double quotes is a name, never a text; nothing changes the file behind SQLite's back.
const OPTIONS: [(DbConfig, bool); 4] = [
    (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
    (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
    (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
    (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
];

/// Sets limits; what they were.
fn set<const N: usize>(connection: &Connection, limits: [(Limit, i32); N]) -> Answer<[(Limit, i32); N]> {
    let mut before = limits;
    for (at, (limit, value)) in limits.into_iter().enumerate() {
        before[at] = (limit, connection.set_limit(limit, value)?);
    }
    Ok(before)
}

/// Why a question of a person was not answered.
#[derive(Debug)]
pub(super) struct Refusal {
    pub fault: ConditionFault,
    /// The place in the SQL, in bytes.
    pub at: Option<usize>,
}

fn authorizer(
    bounds: &Bounds<'_>,
    faults: Faults,
) -> impl for<'c> FnMut(AuthContext<'c>) -> Authorization + Send + 'static {
    let through = bounds.through.to_owned();
    let (rows, ours) = (bounds.rows, bounds.ours);
    move |context: AuthContext<'_>| {
        let what = match context.action {
            AuthAction::Select => None,
            AuthAction::Read { table_name, column_name } => {
                let allowed = table_name == through || context.accessor == Some(through.as_str());
                let allowed = allowed || (table_name == rows && column_name.is_empty());
                (!allowed).then(|| table_name.to_owned())
            }
            AuthAction::Function { function_name } => {
                let name = function_name.to_ascii_lowercase();
                let known = FUNCTIONS.contains(&name.as_str()) || ours.contains(&name.as_str());
                (!known).then(|| format!("{function_name}()"))
            }
            _ => Some("SQL".to_owned()),
        };
        let Some(what) = what else { return Authorization::Allow };
        faults.keep(ConditionFault::NotAllowed { what });
        Authorization::Deny
    }
}

fn refusal(error: rusqlite::Error, kept: Option<ConditionFault>) -> Refusal {
    use rusqlite::Error as Sql;
    if let Some(fault) = kept {
        return Refusal { fault, at: None };
    }
    let in_steps = error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted);
    let too_large = error.sqlite_error_code() == Some(ErrorCode::TooBig);
    match error {
        _ if in_steps => Refusal { fault: ConditionFault::TooManySteps, at: None },
        Sql::SqlInputError { msg, offset, .. } => {
            let syntax = msg.contains("syntax error") || msg == "incomplete input";
            let name = msg.strip_prefix("wrong number of arguments to function ").map(str::to_owned);
            let fault = match name {
                _ if syntax => ConditionFault::NotUnderstood,
                Some(name) => ConditionFault::Arguments { name },
                None => ConditionFault::Refused { reason: msg },
            };
            Refusal { fault, at: usize::try_from(offset).ok() }
        }
        _ if too_large => Refusal { fault: ConditionFault::TooLarge, at: None },
        other => Refusal { fault: ConditionFault::Refused { reason: other.to_string() }, at: None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connection() -> Connection {
        let connection = Connection::open_in_memory().expect("a database");
        connection
            .execute_batch("CREATE TABLE secret (x); CREATE TABLE given (y); INSERT INTO given VALUES (1)")
            .expect("tables");
        connection
    }

    fn ask(sql: &str, looks: u32) -> Result<i64, ConditionFault> {
        let mut connection = connection();
        let bounds = Bounds { through: "asked", rows: "given", ours: &[], looks };
        let whole = format!("WITH asked AS (SELECT y FROM given) {sql}");
        let answer =
            run(&mut connection, &Asked::default(), &bounds, |c| c.query_row(&whole, [], |r| r.get(0)));
        // Whatever came of it, the connection is free again.
        connection.execute_batch("DROP TABLE secret").expect("free again");
        answer.expect("no damage").map_err(|refusal| refusal.fault)
    }

    #[test]
    fn only_what_the_question_was_given_is_read() {
        assert_eq!(ask("SELECT y FROM asked", LOOKS), Ok(1));
        for sql in [
            "SELECT count(x) FROM secret",
            "SELECT y FROM given",
            "SELECT y FROM asked WHERE y IN secret",
            "SELECT y FROM asked WHERE y IN (SELECT x FROM secret)",
            "SELECT name FROM sqlite_schema",
            "SELECT name FROM pragma_table_info('secret')",
            "SELECT load_extension('x')",
            "SELECT random() FROM asked",
            "INSERT INTO given VALUES (2)",
            "DELETE FROM given",
        ] {
            let answer = ask(sql, LOOKS);
            assert!(matches!(answer, Err(ConditionFault::NotAllowed { .. })), "{sql}: {answer:?}");
        }
        for sql in [
            "SELECT y FROM asked WHERE \"nothing\" = 'nothing'",
            "SELECT y FROM asked WHERE y = 1 ; SELECT 2",
        ] {
            assert!(ask(sql, LOOKS).is_err(), "{sql}");
        }
    }

    #[test]
    fn the_steps_of_a_question_are_counted() {
        let mut connection = Connection::open_in_memory().expect("a database");
        let many = "CREATE TABLE given (y); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300) INSERT INTO given SELECT i FROM n";
        connection.execute_batch(many).expect("rows");
        let sql =
            "WITH asked AS (SELECT y FROM given) SELECT max(a.y + b.y * c.y) FROM asked a, asked b, asked c";
        let mut run = |looks| {
            let bounds = Bounds { through: "asked", rows: "given", ours: &[], looks };
            let ask = |c: &Connection| c.query_row(sql, [], |r| r.get::<_, i64>(0));
            super::run(&mut connection, &Asked::default(), &bounds, ask)
                .expect("no damage")
                .map_err(|r| r.fault)
        };
        assert_eq!(run(10), Err(ConditionFault::TooManySteps));
        assert_eq!(run(10), Err(ConditionFault::TooManySteps), "the same bound again");
    }

    #[test]
    fn functions_of_days_answer_without_the_clock() {
        assert_eq!(
            ask(
                "SELECT CAST(julianday('2026-03-12') - julianday('2026-03-11') AS INTEGER) * y FROM asked",
                LOOKS
            ),
            Ok(1)
        );
        for sql in [
            "SELECT date('no' || 'w') FROM asked",
            "SELECT date('2026-03-11', 'localtime') FROM asked",
            "SELECT strftime('%Y') FROM asked",
            "SELECT date() FROM asked",
        ] {
            assert_eq!(ask(sql, LOOKS), Err(ConditionFault::Clock), "{sql}");
        }
        assert!(matches!(
            ask("SELECT CURRENT_DATE FROM asked", LOOKS),
            Err(ConditionFault::NotAllowed { .. })
        ));
    }
}

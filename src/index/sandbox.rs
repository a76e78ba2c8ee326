//! Where a person's SQL runs: it reads what its question was given, and nothing else. Read only,
//! the clock refused, its steps, its memory and, where somebody waits, its time bounded. A condition
//! is read word by word before ([`crate::rules::condition`]); this holds whatever gets through.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::{Connection, ErrorCode, ffi};

use super::functions::{self, Asked, Faults};
use super::{Answer, is_damage};
use crate::rules::condition::{FUNCTIONS, SqlFault};
use crate::rules::facts;

/// Steps of SQLite's machine between two looks.
const STRIDE: i32 = 1_000;
/// Looks that a question may take: about a thousand steps for each of 500,000 customers.
pub(super) const LOOKS: u32 = 500_000;
/// The longest text that a question may make (bytes); a card's own rows are far below.
const LARGEST: i32 = 4 << 20;
/// Nested brackets.
const DEEPEST: i32 = 200;
/// The longest pattern of LIKE and GLOB: what it costs grows with its length times that of the text.
const LONGEST_PATTERN: i32 = 200;
/// What SQLite may hold in memory from a question on (bytes), beside an index that is in memory.
const MEMORY: i64 = 192 << 20;
/// Functions that our own part of a question calls, and signs that are functions.
const OURS: &[&str] = &["age", "in_zone", "group_concat", "->", "->>"];
/// Words of the clock, which SQLite calls like functions.
const CLOCK: &[&str] = &["current_date", "current_time", "current_timestamp"];

/// What writes, as people call it.
const WRITING: &str = "INSERT, UPDATE, DELETE";

/// Whether somebody has waited long enough. Only who may read the clock can say.
pub type Enough = Arc<dyn Fn() -> bool + Send + Sync>;

/// What a question may read and call, and how far it may go.
#[derive(Clone, Default)]
pub(super) struct Bounds {
    /// What a person may name: our views, and functions that are asked like tables.
    pub open: Vec<String>,
    /// How the names begin through which our own part reads tables. No other part of the question can
    /// name these.
    pub through: String,
    /// Tables whose rows are counted also where no column is looked at.
    pub rows: Vec<&'static str>,
    /// Tables that the question makes itself: their rows are counted too.
    pub own: Vec<String>,
    /// Functions, besides those of conditions.
    pub functions: &'static [&'static str],
    /// Looks at most.
    pub looks: u32,
    /// Whether to stop, whatever the steps.
    pub enough: Option<Enough>,
}

/// Runs a question of a person. The connection is as before afterwards; SQLite's memory stays
/// bounded, since that cannot be taken back.
pub(super) fn run<T>(
    connection: &mut Connection,
    asked: &Asked,
    bounds: &Bounds,
    question: impl FnOnce(&Connection) -> Answer<T>,
) -> Answer<Result<T, Refusal>> {
    let faults = Faults::default();
    functions::give(connection, asked, &faults)?;
    functions::guard(connection, &faults)?;
    bound_memory(connection)?;
    let limits = set(connection, LIMITS)?;
    for (option, on) in OPTIONS {
        connection.set_db_config(option, on)?;
    }
    connection.authorizer(Some(authorizer(bounds.clone(), faults.clone())))?;
    connection.progress_handler(STRIDE, Some(looker(bounds, &faults)))?;
    let answer = question(connection);
    connection.authorizer(None::<fn(AuthContext<'_>) -> Authorization>)?;
    connection.progress_handler(0, None::<fn() -> bool>)?;
    set(connection, limits)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false)?;
    match answer {
        Ok(answer) => Ok(Ok(answer)),
        Err(error) if is_damage(&error) && !is_memory(&error) => Err(error),
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

const LIMITS: [(Limit, i32); 4] = [
    (Limit::SQLITE_LIMIT_LENGTH, LARGEST),
    (Limit::SQLITE_LIMIT_EXPR_DEPTH, DEEPEST),
    (Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, LONGEST_PATTERN),
    (Limit::SQLITE_LIMIT_ATTACHED, 0),
];

/// Sets limits; what they were.
fn set<const N: usize>(connection: &Connection, limits: [(Limit, i32); N]) -> Answer<[(Limit, i32); N]> {
    let mut before = limits;
    for (at, (limit, value)) in limits.into_iter().enumerate() {
        before[at] = (limit, connection.set_limit(limit, value)?);
    }
    Ok(before)
}

/// Bounds what SQLite holds: of the whole process, so only when the index is up to date. Sorting
/// stays in memory too, so that it fills no disk.
fn bound_memory(connection: &Connection) -> Answer<()> {
    let number = |pragma| connection.query_row(pragma, [], |r| r.get::<_, i64>(0));
    let in_memory = connection.path().is_none_or(str::is_empty);
    let own = if in_memory { number("PRAGMA page_count")? * number("PRAGMA page_size")? } else { 0 };
    let limit = format!("PRAGMA hard_heap_limit = {}", MEMORY + own);
    connection.query_row(&limit, [], |_| Ok(()))?;
    connection.execute_batch("PRAGMA temp_store = MEMORY")
}

/// Counts looks, and asks whether somebody has waited long enough.
fn looker(bounds: &Bounds, faults: &Faults) -> impl FnMut() -> bool + Send + 'static {
    let looked = AtomicU32::new(0);
    let (most, enough, faults) = (bounds.looks, bounds.enough.clone(), faults.clone());
    move || {
        if enough.as_ref().is_some_and(|enough| enough()) {
            faults.keep(SqlFault::TooSlow);
            return true;
        }
        looked.fetch_add(1, Ordering::Relaxed) >= most
    }
}

/// Why a question of a person was not answered.
#[derive(Debug)]
pub(super) struct Refusal {
    pub fault: SqlFault,
    /// The place in the SQL, in bytes.
    pub at: Option<usize>,
}

fn authorizer(
    bounds: Bounds,
    faults: Faults,
) -> impl for<'c> FnMut(AuthContext<'c>) -> Authorization + Send + 'static {
    move |context: AuthContext<'_>| {
        let fault = match context.action {
            AuthAction::Select | AuthAction::Recursive => None,
            AuthAction::Read { table_name, column_name } => {
                let ours = |name: &str| !bounds.through.is_empty() && name.starts_with(&bounds.through);
                let of_main = context.database_name == Some("main") && !is_list(table_name);
                let is_open = bounds.open.iter().any(|open| open == table_name);
                let name =
                    if of_main && is_open { format!("main.{table_name}") } else { table_name.to_owned() };
                let is_open = is_open && !of_main;
                let is_own = !of_main && bounds.own.iter().any(|own| own.eq_ignore_ascii_case(table_name));
                let counted = column_name.is_empty() && (is_own || bounds.rows.contains(&table_name));
                let allowed = is_open || counted || ours(table_name) || context.accessor.is_some_and(ours);
                (!allowed).then_some(SqlFault::NoTable { name })
            }
            AuthAction::Function { function_name } => {
                let name = function_name.to_ascii_lowercase();
                let is_in = |list: &[&str]| list.contains(&name.as_str());
                let known = is_in(FUNCTIONS) || is_in(OURS) || is_in(bounds.functions);
                let known = known || facts::every().any(|fact| functions::of_fact(fact.key) == name);
                match known {
                    true => None,
                    false if is_in(CLOCK) => Some(SqlFault::Clock),
                    false => Some(SqlFault::NotAllowed { what: format!("{function_name}()") }),
                }
            }
            AuthAction::Insert { .. } | AuthAction::Update { .. } | AuthAction::Delete { .. } => {
                Some(SqlFault::NotAllowed { what: WRITING.to_owned() })
            }
            AuthAction::Pragma { pragma_name, .. } => {
                Some(SqlFault::NotAllowed { what: format!("PRAGMA {pragma_name}") })
            }
            _ => Some(SqlFault::NotAllowed { what: "SQL".to_owned() }),
        };
        let Some(fault) = fault else { return Authorization::Allow };
        faults.keep(fault);
        Authorization::Deny
    }
}

/// Functions that are asked like tables, for the items of a list.
fn is_list(table: &str) -> bool {
    table == "json_each"
}

/// Whether the memory was not enough, which says nothing of the file.
fn is_memory(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::OutOfMemory)
        || error.sqlite_error().is_some_and(|e| e.extended_code == ffi::SQLITE_IOERR_NOMEM)
}

fn refusal(error: rusqlite::Error, kept: Option<SqlFault>) -> Refusal {
    use rusqlite::Error as Sql;
    let code = error.sqlite_error_code();
    let fault = match error {
        _ if kept.is_some() => kept.unwrap_or(SqlFault::NotUnderstood),
        _ if code == Some(ErrorCode::OperationInterrupted) => SqlFault::TooManySteps,
        _ if is_memory(&error) => SqlFault::TooMuchMemory,
        Sql::SqlInputError { msg, offset, .. } => {
            return Refusal { fault: said(msg), at: usize::try_from(offset).ok() };
        }
        _ if code == Some(ErrorCode::TooBig) => SqlFault::TooLarge,
        Sql::SqliteFailure(_, Some(message)) => said(message),
        other => SqlFault::Refused { reason: other.to_string() },
    };
    Refusal { fault, at: None }
}

/// What SQLite says of a question that it cannot read, in our words.
fn said(message: String) -> SqlFault {
    let name = |begin: &str| {
        let name = message.strip_prefix(begin)?.split(" - ").next()?;
        Some(name.trim_matches('"').to_owned())
    };
    if let Some(key) = name("no such column: ") {
        return SqlFault::NoColumn { key };
    }
    if let Some(name) = name("no such table: ") {
        return SqlFault::NoTable { name };
    }
    if let Some(name) = name("no such function: ") {
        return SqlFault::NoFunction { name };
    }
    if let Some(name) = name("ambiguous column name: ") {
        return SqlFault::Unclear { name };
    }
    if let Some(name) = name("wrong number of arguments to function ") {
        return SqlFault::Arguments { name };
    }
    if message.starts_with("cannot modify ") {
        return SqlFault::NotAllowed { what: WRITING.to_owned() };
    }
    if message.contains("syntax error") || message == "incomplete input" {
        return SqlFault::NotUnderstood;
    }
    SqlFault::Refused { reason: message }
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

    fn ask(sql: &str, looks: u32) -> Result<i64, SqlFault> {
        let mut connection = connection();
        let bounds = Bounds { through: "asked".into(), rows: vec!["given"], looks, ..Bounds::default() };
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
            let refused = matches!(answer, Err(SqlFault::NotAllowed { .. } | SqlFault::NoTable { .. }));
            assert!(refused, "{sql}: {answer:?}");
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
            let bounds = Bounds { through: "asked".into(), rows: vec!["given"], looks, ..Bounds::default() };
            let ask = |c: &Connection| c.query_row(sql, [], |r| r.get::<_, i64>(0));
            super::run(&mut connection, &Asked::default(), &bounds, ask)
                .expect("no damage")
                .map_err(|r| r.fault)
        };
        assert_eq!(run(10), Err(SqlFault::TooManySteps));
        assert_eq!(run(10), Err(SqlFault::TooManySteps), "the same bound again");
    }

    #[test]
    fn a_question_is_stopped_when_somebody_has_waited_long_enough() {
        let mut connection = Connection::open_in_memory().expect("a database");
        let enough: Enough = Arc::new(|| true);
        let bounds =
            Bounds { own: vec!["n".into()], looks: LOOKS, enough: Some(enough), ..Bounds::default() };
        let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";
        let answer = run(&mut connection, &Asked::default(), &bounds, |c| {
            c.query_row(endless, [], |r| r.get::<_, i64>(0))
        });
        assert_eq!(answer.expect("no damage").map_err(|refusal| refusal.fault), Err(SqlFault::TooSlow));
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
            assert_eq!(ask(sql, LOOKS), Err(SqlFault::Clock), "{sql}");
        }
        assert_eq!(ask("SELECT CURRENT_DATE FROM asked", LOOKS), Err(SqlFault::Clock));
    }
}

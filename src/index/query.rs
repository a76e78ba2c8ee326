//! A person's query over the open tables, answered in the sandbox.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, Row};

use super::ask::Column;
use super::changes::{self, Attachable};
use super::functions::Asked;
use super::open_tables::{CHANGES, OpenTable, open_tables};
use super::sandbox::{self, Bounds, Enough, Refusal};
use super::{Answer, Index, tables};
use crate::card::near::nearest;
use crate::rules::condition::{BadSql, FUNCTIONS, OF_QUERIES, Query, SqlFault};
use crate::sections::every_section;

/// Looks that a query may take: a few seconds.
const LOOKS: u32 = 200_000;
/// What a cell costs beside its text (bytes), in the answer and where it is shown.
const CELL: usize = 96;
/// What an answer may cost: far above that of every customer in twenty columns.
const MEMORY: usize = 384 << 20;

/// What a query answered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    /// The names of the columns, as the query has them.
    pub columns: Vec<String>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<Option<Column>>>,
}

/// Whether a query may ask the field changes, which are brought up to date only then.
pub(crate) fn asks_changes(query: &str) -> bool {
    query.to_lowercase().contains(CHANGES)
}

impl Index {
    /// Gives queries the field changes up to the commit that is HEAD for the index.
    pub(crate) fn give_changes(&mut self, file: &Attachable, pinned: Option<&str>) -> Answer<()> {
        changes::attach(&self.connection, file, pinned)?;
        self.has_changes = true;
        Ok(())
    }

    /// Answers a query. One that cannot be answered is not a fault of the index, and comes back with
    /// its place.
    pub(crate) fn query(
        &mut self,
        query: &Query,
        asked: &Asked,
        enough: Option<Enough>,
    ) -> Answer<Result<Rows, BadSql>> {
        let mut tables = open_tables();
        tables.retain(|table| table.name != CHANGES || self.has_changes);
        let through = name_of_ours(&query.text);
        let bounds = Bounds {
            open: tables.iter().map(|t| t.name.to_owned()).chain(["json_each".to_owned()]).collect(),
            through: through.clone(),
            rows: every_section()
                .map(tables::name)
                .chain(["dates", "fields", "cards", "commits", "below"])
                .collect(),
            own: query.own_tables(),
            functions: OF_QUERIES,
            looks: LOOKS,
            enough,
        };
        // Views are gone when the place for temporary ones is changed, so that comes before.
        self.connection.execute_batch("PRAGMA temp_store = MEMORY")?;
        let all = |of: &dyn Fn(&OpenTable) -> String| tables.iter().map(of).collect::<String>();
        self.connection.execute_batch(&all(&|table| table.view(&through)))?;
        let answer =
            sandbox::run(&mut self.connection, asked, &bounds, |connection| rows(connection, &query.text));
        self.connection.execute_batch(&all(&|table| table.without_view(&through)))?;
        Ok(answer?
            .and_then(|rows| rows.ok_or(Refusal { fault: SqlFault::TooMuchMemory, at: None }))
            .map_err(|refusal| placed(refusal, query, &tables)))
    }
}

/// How the names of our own views begin: in a way that the query does not have, so that it cannot name
/// them.
fn name_of_ours(query: &str) -> String {
    let mut name = "ours_".to_owned();
    let query = query.to_lowercase();
    while query.contains(&name) {
        name.push('_');
    }
    name
}

/// The rows of a query; none, where they are more than memory is there for.
fn rows(connection: &Connection, query: &str) -> Answer<Option<Rows>> {
    let mut statement = connection.prepare(query)?;
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let (mut all, mut size) = (Vec::new(), 0);
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        let cells = (0..columns.len()).map(|at| cell(row, at)).collect::<Answer<Vec<_>>>()?;
        size += cells.iter().map(cost).sum::<usize>();
        if size > MEMORY {
            return Ok(None);
        }
        all.push(cells);
    }
    Ok(Some(Rows { columns, rows: all }))
}

fn cost(cell: &Option<Column>) -> usize {
    CELL + if let Some(Column::Text(text)) = cell { 2 * text.len() } else { 0 }
}

fn cell(row: &Row<'_>, at: usize) -> Answer<Option<Column>> {
    Ok(match row.get::<_, Sql>(at)? {
        Sql::Integer(number) => Some(Column::Int(number)),
        Sql::Text(text) => Some(Column::Text(text)),
        Sql::Real(number) => Some(Column::Real(number)),
        Sql::Blob(bytes) => Some(Column::Text(bytes.iter().map(|byte| format!("{byte:02X}")).collect())),
        Sql::Null => None,
    })
}

/// A refusal with its place in the query, and the name that may have been meant.
fn placed(refusal: Refusal, query: &Query, tables: &[OpenTable]) -> BadSql {
    let place = |name: &str| refusal.at.or_else(|| query.place_of(name.rsplit('.').next().unwrap_or(name)));
    let near = |name: &str, known: Vec<&str>| nearest(&name.to_lowercase(), known).map(str::to_owned);
    let (fault, at, near) = match refusal.fault {
        SqlFault::NoColumn { key } => {
            let bare = key.rsplit('.').next().unwrap_or(&key).trim_matches('"').to_owned();
            let at = place(&bare);
            let named = |at: usize| query.text.as_bytes().get(at) == Some(&b'"');
            match near(&bare, columns(query, tables)) {
                None if at.is_some_and(named) => (SqlFault::InDoubleQuotes { text: bare }, at, None),
                near => (SqlFault::NoColumn { key }, at, near),
            }
        }
        SqlFault::NoTable { name } => {
            let bare = name.rsplit('.').next().unwrap_or(&name).to_owned();
            let near = near(&bare, tables.iter().map(|table| table.name).collect());
            (SqlFault::NoTable { name }, place(&bare), near)
        }
        SqlFault::NoFunction { name } => {
            let near = near(&name, FUNCTIONS.iter().chain(OF_QUERIES).copied().collect());
            let at = place(&name);
            (SqlFault::NoFunction { name }, at, near.map(|name| format!("{name}()")))
        }
        SqlFault::NotAllowed { what } => {
            let at = place(what.trim_end_matches("()"));
            (SqlFault::NotAllowed { what }, at, None)
        }
        fault => (fault, refusal.at, None),
    };
    BadSql { fault, at, near }
}

/// The columns of the tables that a query names; of all, where it names none.
fn columns<'t>(query: &Query, tables: &'t [OpenTable]) -> Vec<&'t str> {
    let keys = |of: &dyn Fn(&&OpenTable) -> bool| {
        tables.iter().filter(of).flat_map(|table| table.columns.iter().map(|c| c.key)).collect::<Vec<_>>()
    };
    let named = keys(&|table| query.names(table.name));
    if named.is_empty() { keys(&|_| true) } else { named }
}

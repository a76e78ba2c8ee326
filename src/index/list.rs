//! Lists of customers: which, with which columns, in which order. Every column is one of a list
//! ([`is_column`]), so that nothing that was typed is ever SQL but a condition in its sandbox.

use rusqlite::types::Value as Sql;
use rusqlite::{Row, params_from_iter};

use super::ask::{Column, Customer, KNOWN, OWN_NUMBER, known};
use super::functions::{self, Asked, Faults};
use super::related::{RELATED, related_column};
use super::{Answer, Index};
use crate::i18n::Text;
use crate::rules::facts::{self, fact};
use crate::sections::SCHEMA;

/// Which customers a list has: those that pass every part.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only this stage, by token.
    pub stage: Option<String>,
    /// Only this country, by code.
    pub country: Option<String>,
    /// Only customers of this member of the team.
    pub owner: Option<String>,
    /// Only customers with all of these tags.
    pub tags: Vec<String>,
    /// Only open customers without a planned next step.
    pub without_plan: bool,
    /// What columns must hold.
    pub tests: Vec<Test>,
    /// Only those that fulfil this condition.
    pub condition: Option<crate::rules::condition::Condition>,
}

/// What a column must hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    /// The key of the column.
    pub key: String,
    /// Whether the column holds a list.
    pub is_list: bool,
    /// How it is compared.
    pub how: Compare,
    /// The value; empty for a column that holds nothing.
    pub value: String,
}

/// How a column is compared; case, accents and width are folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    /// It is the value, or a list has it.
    Is,
    /// It is not.
    IsNot,
    /// It has the value as a part.
    Has,
}

/// A column to sort by, and whether the greatest comes first.
#[derive(Clone, Debug)]
pub struct Order {
    /// The key of the column.
    pub key: String,
    /// The greatest first.
    pub descending: bool,
}

impl Test {
    /// The test as SQL, and what its marks stand for.
    fn sql(&self, values: &mut Vec<Sql>) -> String {
        let column = expression(&self.key);
        if self.value.is_empty() {
            let empty = format!("coalesce({column}, '') IN ('', '[]')");
            return if self.how == Compare::IsNot { format!("NOT {empty}") } else { empty };
        }
        values.push(Sql::Text(super::rows::folded(&self.value)));
        let part = |of: &str| match self.how {
            Compare::Has => format!("instr(folded({of}), ?) > 0"),
            Compare::Is | Compare::IsNot => format!("folded({of}) = ?"),
        };
        let found = if self.is_list {
            let array = format!("iif(json_valid({column}), {column}, json_array({column}))");
            format!("EXISTS (SELECT 1 FROM json_each({array}) j WHERE {})", part("j.value"))
        } else {
            format!("coalesce({}, 0)", part(&column))
        };
        if self.how == Compare::IsNot { format!("NOT {found}") } else { found }
    }
}

impl Index {
    /// The customers that pass a filter, with these columns. The filter's condition is answered
    /// before, by [`Index::matching`]: `only` are the rows that fulfil it.
    pub(crate) fn customers(
        &self,
        filter: &Filter,
        only: Option<&[i64]>,
        columns: &[String],
        order: &[Order],
        asked: &Asked,
    ) -> Answer<Vec<Customer>> {
        functions::give(&self.connection, asked, &Faults::default())?;
        let mut conditions = vec!["1".to_owned()];
        let mut values: Vec<Sql> = Vec::new();
        let fields = [("stage", &filter.stage), ("country", &filter.country), ("owner", &filter.owner)];
        for (column, value) in fields {
            if let Some(value) = value {
                conditions.push(format!("c.{column} = ?"));
                values.push(Sql::Text(value.clone()));
            }
        }
        for tag in &filter.tags {
            conditions.push("EXISTS (SELECT 1 FROM json_each(c.tags) WHERE json_each.value = ?)".into());
            values.push(Sql::Text(tag.clone()));
        }
        if filter.without_plan {
            let waiting = self.waiting(None, &asked.settings)?;
            conditions.push(
                "(c.planned IS NULL OR c.card IN (SELECT value FROM json_each(?))) AND c.stage <> 'closed'"
                    .into(),
            );
            values.push(Sql::Text(serde_json::to_string(&waiting).unwrap_or_default()));
        }
        for test in &filter.tests {
            conditions.push(test.sql(&mut values));
        }
        if let Some(only) = only {
            conditions.push("c.card IN (SELECT value FROM json_each(?))".into());
            values.push(Sql::Text(serde_json::to_string(only).unwrap_or_default()));
        }
        let wanted: String = columns.iter().map(|c| format!(", {}", expression(c))).collect();
        let sorted: String = order
            .iter()
            .map(|o| {
                format!("{0} IS NULL, {0}{1}, ", expression(&o.key), if o.descending { " DESC" } else { "" })
            })
            .collect();
        let question = format!(
            "SELECT {KNOWN}{wanted} FROM customers c WHERE {} ORDER BY {sorted}c.branch, c.country, c.folder",
            conditions.join(" AND ")
        );
        let mut statement = self.connection.prepare(&question)?;
        let rows = statement.query_map(params_from_iter(values), |row| {
            let columns = (5..5 + columns.len()).map(|at| column(row, at)).collect::<Answer<_>>()?;
            Ok(Customer { known: known(row)?, columns })
        })?;
        rows.collect()
    }

    /// The keys that cards have under `[custom]`, each once.
    pub fn own_keys(&self) -> Answer<Vec<String>> {
        let question = "SELECT DISTINCT j.key FROM customers c, json_each(c.custom) j
             WHERE c.custom IS NOT NULL ORDER BY j.key";
        self.connection.prepare(question)?.query_map([], |r| r.get(0))?.collect()
    }
}

pub(super) fn column(row: &Row<'_>, at: usize) -> Answer<Option<Column>> {
    Ok(match row.get::<_, Sql>(at)? {
        Sql::Integer(number) => Some(Column::Int(number)),
        Sql::Text(text) => Some(Column::Text(text)),
        Sql::Real(number) => Some(Column::Text(number.to_string())),
        Sql::Null | Sql::Blob(_) => None,
    })
}

/// The columns of a customer's place, and the id.
pub const PLACE: [(&str, Text); 4] = [
    ("id", Text::new("Id", "内部编号", "內部編號")),
    ("stage", Text::new("Stage", "阶段", "階段")),
    ("country", Text::new("Country", "国家/地区", "國家/地區")),
    ("folder", Text::new("Folder", "文件夹", "資料夾")),
];

/// Every column but those of the company's own: key and label.
pub fn every_column() -> impl Iterator<Item = (&'static str, Text)> {
    let fields = SCHEMA.card.fields.iter().map(|f| (f.key, f.label));
    let facts = facts::every().map(|f| (f.key, f.label));
    fields.chain(PLACE).chain(facts).chain(RELATED.iter().map(|r| (r.key, r.label)))
}

/// Whether a list can have this column.
pub fn is_column(key: &str) -> bool {
    PLACE.iter().any(|(k, _)| *k == key)
        || SCHEMA.card.field(key).is_some_and(|f| f.key == key)
        || fact(key).is_some()
        || related_column(key).is_some()
        || key.strip_prefix("custom.").is_some_and(is_own_key)
}

/// Whether a field of the company's own can be asked for by this key.
fn is_own_key(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}

/// The SQL of a column; only for keys that [`is_column`] knows, so that nothing else is ever SQL.
pub(super) fn expression(key: &str) -> String {
    if let Some(related) = related_column(key) {
        return related.sql();
    }
    if let Some(facts::From::Question(columns, _)) = fact(key).map(|fact| &fact.from) {
        return format!("{}(c.{})", functions::of_fact(key), columns.join(", c."));
    }
    match key.strip_prefix("custom.") {
        Some(own) if is_column(key) => format!("json_extract(c.custom, '$.\"{own}\"')"),
        _ if key == "no" => OWN_NUMBER.to_owned(),
        _ if is_column(key) => format!("c.{key}"),
        _ => "NULL".to_owned(),
    }
}

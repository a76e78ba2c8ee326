//! Customers that an input names, as `-` takes them: by the line, as objects, or as the CSV that
//! `crm list` prints.

use csv::StringRecord;

use super::Workspace;
use crate::error::{Error, Problem, Result};
use crate::exchange::cells::unguard;
use crate::index::ask::every_column;
use crate::rules::views::READY;

/// What names a customer in an object or a row; the first one that is there is taken.
const KEYS: [&str; 3] = ["id", "no", "folder"];

impl Workspace {
    /// The words by which an input names customers, in its order: a line each, which is a number, an id, a
    /// folder, a name, or an object that has one of the first three; or a table with such a column, under
    /// a head in any language.
    ///
    /// # Errors
    /// When an object or a row names nobody, with its line.
    pub fn named_in(&self, text: &str) -> Result<Vec<String>> {
        let text = text.trim_start_matches('\u{feff}');
        let table = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut rows = table.into_records().filter_map(std::result::Result::ok);
        if let Some(heads) = rows.next() {
            let columns: Vec<usize> = KEYS.iter().filter_map(|key| self.column_under(key, &heads)).collect();
            if !columns.is_empty() {
                return rows.map(|row| in_row(&row, &columns)).collect();
            }
        }
        let lines = text.lines().map(str::trim).enumerate().filter(|(_, line)| !line.is_empty());
        lines.map(|(at, line)| in_line(line, at as u64 + 1)).collect()
    }

    /// Where a column stands whose head lists have for this key: its label, or what a view calls it.
    fn column_under(&self, key: &str, heads: &StringRecord) -> Option<usize> {
        let labels = every_column().filter(|(k, _)| *k == key).map(|(_, label)| label);
        let ready =
            READY.iter().flat_map(|view| view.columns).filter(|(k, _)| *k == key).map(|(_, head)| *head);
        let mut known: Vec<&str> = labels.chain(ready).flat_map(|text| text.every()).collect();
        let saved = self.settings.views.values().filter_map(|view| view.heads.get(key));
        known.extend(saved.map(String::as_str));
        heads.iter().position(|head| known.contains(&&*unguard(head.trim())))
    }
}

fn in_row(row: &StringRecord, columns: &[usize]) -> Result<String> {
    let cells = columns.iter().filter_map(|column| row.get(*column)).map(str::trim);
    let named = cells.map(unguard).find(|cell| !cell.is_empty());
    let number = row.position().map_or(0, csv::Position::line);
    named.map(|cell| cell.into_owned()).ok_or_else(|| Error::usage(Problem::NotALine { number }))
}

fn in_line(line: &str, number: u64) -> Result<String> {
    if !line.starts_with('{') {
        return Ok(line.to_owned());
    }
    let object: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
    let named = KEYS.into_iter().find_map(|key| object.get(key)?.as_str());
    named.map(str::to_owned).ok_or_else(|| Error::usage(Problem::NotALine { number }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_input_names_a_customer_in_every_form() {
        assert_eq!(in_line("L0007", 1).ok().as_deref(), Some("L0007"));
        assert_eq!(in_line(r#"{"no":"L7","id":"0mqk3v9xw2ht"}"#, 1).ok().as_deref(), Some("0mqk3v9xw2ht"));
        assert_eq!(in_line(r#"{"name":"A","no":"L7"}"#, 1).ok().as_deref(), Some("L7"));
        assert!(in_line(r#"{"name":"A"}"#, 3).is_err());
        assert!(in_line("{broken", 3).is_err());
    }
}

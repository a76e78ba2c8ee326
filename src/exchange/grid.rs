//! The filled cells of a sheet as heads and rows: titles above the heads are passed over, heads in
//! two rows are joined, and a cell that is merged over several rows counts for each of them.

use std::collections::{BTreeSet, HashMap};

use super::sheet::{SheetFault, SheetRow};
use super::table::RowSource;

/// A sheet: only cells that have something in them, row by row, from left to right.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    /// The number of each row, from 0, and its cells with the number of their column.
    pub rows: Vec<(u32, Vec<(u32, String)>)>,
    /// Cells that were merged.
    pub merged: Vec<Span>,
}

/// Cells that were merged into one, whose text stands in the first of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Span {
    /// The first and the last row.
    pub rows: (u32, u32),
    /// The first and the last column.
    pub columns: (u32, u32),
}

impl Span {
    fn is_wide(&self) -> bool {
        self.columns.1 > self.columns.0
    }

    fn has(&self, row: u32, column: u32) -> bool {
        (self.rows.0..=self.rows.1).contains(&row) && (self.columns.0..=self.columns.1).contains(&column)
    }
}

impl Grid {
    /// Adds a cell that has something in it. They come row by row, but for files of odd programs.
    pub(super) fn push(&mut self, row: u32, column: u32, text: String) {
        if text.is_empty() {
            return;
        }
        let at = match self.rows.last() {
            Some((last, _)) if *last == row => self.rows.len() - 1,
            Some((last, _)) if *last > row => match self.rows.binary_search_by_key(&row, |(row, _)| *row) {
                Ok(at) => at,
                Err(at) => {
                    self.rows.insert(at, (row, Vec::new()));
                    at
                }
            },
            _ => {
                self.rows.push((row, Vec::new()));
                self.rows.len() - 1
            }
        };
        let cells = &mut self.rows[at].1;
        let behind = cells.iter().rposition(|(other, _)| *other < column).map_or(0, |at| at + 1);
        cells.insert(behind, (column, text));
    }

    /// The heads, and the rows below them.
    pub(super) fn open(mut self) -> Result<(Vec<String>, GridRows), SheetFault> {
        let titles = self.titles();
        self.rows.drain(..titles);
        let Some((head_row, _)) = self.rows.first() else { return Err(SheetFault::Empty) };
        let head_row = *head_row;
        let two = self.has_two_rows_of_heads();
        let columns: BTreeSet<u32> =
            self.rows.iter().flat_map(|(_, cells)| cells.iter().map(|(column, _)| *column)).collect();
        let columns: Vec<u32> = columns.into_iter().collect();
        let upper = columns.iter().map(|c| self.head(head_row, *c)).collect::<Vec<_>>();
        let heads = if two {
            let lower = columns.iter().map(|c| own(&self.rows[1].1, *c).to_owned()).collect::<Vec<_>>();
            joined(&upper, &lower)
        } else {
            upper
        };
        self.rows.drain(..if two { 2 } else { 1 });
        let first = head_row + if two { 2 } else { 1 };
        let mut merged: Vec<Span> = self
            .merged
            .into_iter()
            .filter(|span| span.rows.0 >= first && span.rows.1 > span.rows.0)
            .collect();
        merged.sort_by_key(|span| std::cmp::Reverse(span.rows.0));
        let rows = self.rows.into_iter();
        Ok((heads, GridRows { rows, columns, merged, standing: HashMap::new(), done: 0 }))
    }

    /// How many rows above the heads are titles: each has a single cell, which is merged over
    /// several columns, or stands above a table that mostly has several cells in a row.
    fn titles(&self) -> usize {
        let is_wide = |row: u32| self.merged.iter().any(|span| span.rows.0 == row && span.is_wide());
        let single = self.rows.iter().take_while(|(_, cells)| cells.len() == 1).count();
        let below = &self.rows[single..];
        let several = below.iter().filter(|(_, cells)| cells.len() > 1).count();
        if several * 2 > below.len() {
            return single;
        }
        self.rows[..single].iter().take_while(|(row, _)| is_wide(*row)).count()
    }

    /// Whether the second row has heads too: below a merged head of the first row it has several
    /// cells, and nowhere else do both rows have a text of their own.
    fn has_two_rows_of_heads(&self) -> bool {
        let [(upper, upper_cells), (lower, lower_cells), ..] = self.rows.as_slice() else { return false };
        if *lower != upper + 1 {
            return false;
        }
        let groups: Vec<&Span> =
            self.merged.iter().filter(|s| s.rows == (*upper, *upper) && s.is_wide()).collect();
        let in_group = |column: u32| groups.iter().any(|s| s.has(*upper, column));
        let parted = groups
            .iter()
            .any(|s| lower_cells.iter().filter(|(column, _)| s.has(*upper, *column)).count() > 1);
        let both = |column: u32| !own(upper_cells, column).is_empty() && !own(lower_cells, column).is_empty();
        parted && !lower_cells.iter().any(|(column, _)| !in_group(*column) && both(*column))
    }

    /// The text over a column, also where it stands in a cell that was merged with this one.
    fn head(&self, row: u32, column: u32) -> String {
        let Some((_, cells)) = self.rows.first() else { return String::new() };
        let place = match self.merged.iter().find(|s| s.rows.0 == row && s.has(row, column)) {
            Some(span) => span.columns.0,
            None => column,
        };
        own(cells, place).to_owned()
    }
}

/// The text of a row in a column.
fn own(cells: &[(u32, String)], column: u32) -> &str {
    cells.iter().find(|(at, _)| *at == column).map_or("", |(_, text)| text)
}

/// Heads in two rows: the lower one, with the upper one before it where the lower would be twice.
fn joined(upper: &[String], lower: &[String]) -> Vec<String> {
    let plain: Vec<&String> =
        upper.iter().zip(lower).map(|(upper, lower)| if lower.is_empty() { upper } else { lower }).collect();
    let is_twin = |head: &String| plain.iter().filter(|other| **other == head).count() > 1;
    plain
        .iter()
        .zip(upper)
        .map(|(head, upper)| match is_twin(head) && !upper.is_empty() && upper != *head {
            true => format!("{upper} {head}"),
            false => (*head).clone(),
        })
        .collect()
}

/// The rows below the heads.
pub(super) struct GridRows {
    rows: std::vec::IntoIter<(u32, Vec<(u32, String)>)>,
    columns: Vec<u32>,
    /// Cells that are merged over rows, the lowest first.
    merged: Vec<Span>,
    /// Texts that stand for rows below as well: by column, up to which row.
    standing: HashMap<u32, (u32, String)>,
    done: u64,
}

impl GridRows {
    /// How many rows there are in all.
    pub(super) fn count(&self) -> u64 {
        self.rows.len() as u64 + self.done
    }
}

impl RowSource for GridRows {
    fn next_row(&mut self) -> Option<Result<SheetRow, SheetFault>> {
        let (row, own_cells) = self.rows.next()?;
        self.done += 1;
        while let Some(span) = self.merged.pop_if(|span| span.rows.0 <= row) {
            let text = if span.rows.0 == row { own(&own_cells, span.columns.0) } else { "" };
            self.standing.insert(span.columns.0, (span.rows.1, text.to_owned()));
        }
        let mut own_cells = own_cells.into_iter().peekable();
        let cells = self.columns.iter().map(|column| {
            let own = own_cells.next_if(|(at, _)| at == column).map(|(_, text)| text);
            let above = || self.standing.get(column).filter(|(last, _)| *last >= row);
            own.or_else(|| above().map(|(_, text)| text.clone())).unwrap_or_default()
        });
        Some(Ok(SheetRow { line: u64::from(row) + 1, cells: cells.collect() }))
    }

    fn done(&self) -> u64 {
        self.done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Row and column of the first and of the last cell.
    type Corners = ((u32, u32), (u32, u32));

    /// A sheet as it looks: rows of texts, and merged cells.
    fn grid(rows: &[&[&str]], merged: &[Corners]) -> Grid {
        let mut grid = Grid::default();
        for (row, cells) in (0..).zip(rows) {
            for (column, text) in (0..).zip(*cells) {
                grid.push(row, column, (*text).to_owned());
            }
        }
        let span = |&(from, to): &Corners| Span { rows: (from.0, to.0), columns: (from.1, to.1) };
        grid.merged = merged.iter().map(span).collect();
        grid
    }

    fn open(grid: Grid) -> (Vec<String>, Vec<(u64, Vec<String>)>) {
        let (heads, mut rows) = grid.open().expect("a table");
        let count = rows.count();
        let read: Vec<_> = std::iter::from_fn(|| rows.next_row())
            .map(|r| r.expect("a row"))
            .map(|r| (r.line, r.cells))
            .collect();
        assert_eq!((rows.done(), rows.count()), (count, count));
        (heads, read)
    }

    #[test]
    fn titles_and_empty_edges_are_passed_over() {
        let (heads, rows) = open(grid(
            &[
                &["", "", "客户名单"],
                &[],
                &["", "", "2026-03"],
                &["", "", "name", "", "city"],
                &["", "", "Elbe", "", "Köln"],
                &[],
                &["", "", "Rhein"],
            ],
            &[((0, 2), (0, 4))],
        ));
        assert_eq!(heads, ["name", "city"]);
        assert_eq!(rows, [(5, vec!["Elbe".into(), "Köln".into()]), (7, vec!["Rhein".into(), String::new()])]);
    }

    #[test]
    fn a_single_column_has_no_title() {
        let (heads, rows) = open(grid(&[&["name"], &["Elbe"], &["Rhein", "a note"], &["Main"]], &[]));
        assert_eq!(heads, ["name", ""]);
        assert_eq!(rows.len(), 3);
        let (heads, _) = open(grid(&[&["Customers"], &["name"], &["Elbe"]], &[((0, 0), (0, 3))]));
        assert_eq!(heads, ["name"]);
    }

    #[test]
    fn heads_in_two_rows_are_joined_where_they_would_be_twins() {
        let rows: &[&[&str]] = &[
            &["Customer", "Buyer", "", "Forwarder", ""],
            &["", "Name", "Phone", "Name", "City"],
            &["Elbe", "Ute", "1", "Jan", "Köln"],
        ];
        let merged = [((0, 0), (1, 0)), ((0, 1), (0, 2)), ((0, 3), (0, 4))];
        let (heads, rows) = open(grid(rows, &merged));
        assert_eq!(heads, ["Customer", "Buyer Name", "Phone", "Forwarder Name", "City"]);
        assert_eq!(rows, [(3, ["Elbe", "Ute", "1", "Jan", "Köln"].map(str::to_owned).to_vec())]);
    }

    #[test]
    fn a_merged_head_over_one_row_leaves_the_first_row_a_row() {
        let rows: &[&[&str]] = &[&["Customer", "Phones", ""], &["Elbe", "1", "2"]];
        let (heads, rows) = open(grid(rows, &[((0, 1), (0, 2))]));
        assert_eq!(heads, ["Customer", "Phones", "Phones"]);
        assert_eq!(rows.len(), 1);
    }

    #[test]
    fn a_cell_merged_over_rows_stands_for_each() {
        let rows: &[&[&str]] = &[
            &["name", "contact"],
            &["Elbe", "Ute"],
            &["", "Jan"],
            &[],
            &["", "Ida"],
            &["", "Tom"],
            &["Rhein", "Eva"],
        ];
        let (_, rows) = open(grid(rows, &[((1, 0), (4, 0))]));
        let names: Vec<_> = rows.iter().map(|(line, cells)| (*line, cells[0].as_str())).collect();
        assert_eq!(names, [(2, "Elbe"), (3, "Elbe"), (5, "Elbe"), (6, ""), (7, "Rhein")]);
    }

    #[test]
    fn cells_may_come_in_any_order() {
        let mut grid = Grid::default();
        for (row, column, text) in
            [(1, 1, "Köln"), (0, 1, "city"), (0, 0, "name"), (1, 0, "Elbe"), (1, 2, "")]
        {
            grid.push(row, column, text.to_owned());
        }
        assert_eq!(
            open(grid),
            (vec!["name".into(), "city".into()], vec![(2, vec!["Elbe".into(), "Köln".into()])])
        );
    }

    #[test]
    fn an_empty_sheet_has_no_heads() {
        assert_eq!(Grid::default().open().map(|_| ()).expect_err("empty"), SheetFault::Empty);
    }
}

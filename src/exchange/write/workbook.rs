//! A workbook: a sheet for each table, with typed cells. Text is always text, whatever it looks
//! like: a phone number loses no zero, and nothing is a formula.

use std::borrow::Cow;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::tables::Table;
use super::{Cell, Fault, Rows};
use crate::exchange::cells::{guard, unguard};

/// What a cell holds at most, in UTF-16 units.
pub const LONGEST_CELL: usize = 32_767;
/// What a sheet holds at most, the heads among them.
pub const MOST_ROWS: u32 = 1_048_576;
/// Numbers with more digits lose the last ones.
const EXACT: i64 = 999_999_999_999_999;
/// Widths of columns, in cells of a terminal: a Chinese character takes two.
const NARROWEST: usize = 8;
const WIDEST: usize = 50;
/// Room for the arrow of the filter.
const ARROW: usize = 3;

/// A workbook that is being written. The rows wait in nameless files until it is finished, so that
/// an archive of any size needs little memory.
pub struct Book {
    workbook: Workbook,
    sheets: Vec<Sheet>,
    day: Format,
}

/// How far a sheet is.
struct Sheet {
    next: u32,
    widths: Vec<usize>,
}

impl Book {
    /// Begins a workbook with a sheet for each table. `drafts` is the folder in which rows wait;
    /// `today` is the day that the file names as its own.
    ///
    /// # Errors
    /// When the folder takes no files.
    pub fn new(tables: &[Table], drafts: &Path, today: NaiveDate) -> Result<Book, Fault> {
        let mut workbook = Workbook::new();
        workbook.set_tempdir(drafts).map_err(refused)?;
        if let Some(made) = serial(today) {
            workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
        }
        let bold = Format::new().set_bold();
        let mut sheets = Vec::with_capacity(tables.len());
        for table in tables {
            let sheet = workbook.add_worksheet_with_constant_memory().map_err(refused)?;
            sheet.set_name(&table.name).and_then(|s| s.set_freeze_panes(1, 0)).map_err(refused)?;
            let mut widths = Vec::with_capacity(table.columns.len());
            for (at, column) in (0..).zip(&table.columns) {
                sheet.write_string_with_format(0, at, &column.head, &bold).map_err(refused)?;
                widths.push(column.head.width() + ARROW);
            }
            sheets.push(Sheet { next: 1, widths });
        }
        Ok(Book { workbook, sheets, day: Format::new().set_num_format("yyyy-mm-dd") })
    }

    /// Writes the file.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn finish<W: Write + Send>(mut self, into: W) -> Result<(), Fault> {
        for (at, sheet) in self.sheets.iter().enumerate() {
            let page = self.workbook.worksheet_from_index(at).map_err(refused)?;
            for (column, width) in (0..).zip(&sheet.widths) {
                let width = u32::try_from((*width).clamp(NARROWEST, WIDEST) + 1).unwrap_or(u32::MAX);
                page.set_column_width(column, width).map_err(refused)?;
            }
            let last = u16::try_from(sheet.widths.len()).unwrap_or(u16::MAX).saturating_sub(1);
            page.autofilter(0, 0, sheet.next - 1, last).map_err(refused)?;
        }
        caught(|| self.workbook.save_to_writer(into))
    }
}

impl Rows for Book {
    fn row(&mut self, table: usize, cells: &[Cell]) -> Result<(), Fault> {
        let Some(sheet) = self.sheets.get_mut(table) else { return Ok(()) };
        if sheet.next >= MOST_ROWS {
            return Err(Fault::TooManyRows);
        }
        let page = self.workbook.worksheet_from_index(table).map_err(refused)?;
        for (column, cell) in cells.iter().enumerate() {
            let at = u16::try_from(column).unwrap_or(u16::MAX);
            let text = cell.text();
            let length = text.encode_utf16().count();
            if length > LONGEST_CELL {
                return Err(Fault::TooLong { column, length });
            }
            let text = kept(text);
            if let Some(width) = sheet.widths.get_mut(column) {
                let longest = text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
                *width = longest.max(*width);
            }
            caught(|| put(page, sheet.next, at, cell, &text, &self.day))?;
        }
        sheet.next += 1;
        Ok(())
    }
}

/// What is read from a cell loses a guard; a text that looks guarded gets one to lose.
fn kept(text: Cow<'_, str>) -> Cow<'_, str> {
    if *unguard(&text) == *text { text } else { Cow::Owned(guard(&text).into_owned()) }
}

#[allow(
    clippy::cast_precision_loss,
    reason = "numbers of more digits than a spreadsheet holds are written as text"
)]
fn put(
    page: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    text: &str,
    day: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => return Ok(()),
        Cell::Int(number) if (-EXACT..=EXACT).contains(number) => {
            page.write_number(row, column, *number as f64)?
        }
        Cell::Number(number) => page.write_number(row, column, *number)?,
        Cell::Flag(flag, _) => page.write_boolean(row, column, *flag)?,
        Cell::Date(date) => match serial(*date) {
            Some(date) => page.write_date_with_format(row, column, &date, day)?,
            None => page.write_string(row, column, text)?,
        },
        Cell::Text(_) | Cell::List(_) | Cell::Int(_) => page.write_string(row, column, text)?,
    };
    Ok(())
}

/// A day as spreadsheets count; before March 1900 they count wrongly.
fn serial(day: NaiveDate) -> Option<ExcelDateTime> {
    let first = NaiveDate::from_ymd_opt(1900, 3, 1)?;
    let year = u16::try_from(day.year()).ok().filter(|_| day >= first)?;
    let [month, of_month] = [day.month(), day.day()].map(|n| u8::try_from(n).unwrap_or(1));
    ExcelDateTime::from_ymd(year, month, of_month).ok()
}

/// The library panics where the waiting rows fill the disk: that is a fault like any other.
fn caught<T>(write: impl FnOnce() -> Result<T, XlsxError>) -> Result<T, Fault> {
    match catch_unwind(AssertUnwindSafe(write)) {
        Ok(done) => done.map_err(refused),
        Err(panic) => {
            let said = panic.downcast_ref::<String>().map_or("", String::as_str);
            let reason = said.split("message: \"").nth(1).and_then(|rest| rest.split('"').next());
            Err(Fault::Other(reason.unwrap_or(said).to_owned()))
        }
    }
}

fn refused(error: XlsxError) -> Fault {
    match error {
        XlsxError::IoError(error) => Fault::Disk(error),
        other => Fault::Other(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};

    use super::*;
    use crate::exchange::write::tables::Column;

    fn day(year: i32, month: u32, of_month: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, of_month).expect("a day")
    }

    fn table(name: &str, heads: &[&str]) -> Table {
        Table::given(name, heads.iter().map(|head| Column::given(head, head)).collect())
    }

    fn book(tables: &[Table]) -> Book {
        let drafts = tempfile::tempdir().expect("a folder");
        Book::new(tables, drafts.path(), day(2026, 3, 11)).expect("a workbook")
    }

    fn written(tables: &[Table], rows: &[(usize, Vec<Cell>)]) -> Vec<u8> {
        let mut book = book(tables);
        rows.iter().for_each(|(table, cells)| book.row(*table, cells).expect("a row"));
        let mut bytes = Vec::new();
        book.finish(&mut bytes).expect("a file");
        bytes
    }

    fn read(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
        Xlsx::new(Cursor::new(bytes)).expect("a workbook")
    }

    #[test]
    fn cells_keep_their_types() {
        let text = |text: &str| Cell::Text(text.to_owned());
        let cells = vec![
            text("杭州临安五金有限公司"),
            text("0431555001"),
            Cell::Int(90),
            Cell::Int(i64::MAX),
            Cell::Number(1.5),
            Cell::Flag(true, "是"),
            Cell::Date(day(2026, 3, 18)),
            Cell::Date(day(1899, 1, 1)),
            Cell::List(vec!["a, b".into(), "c".into()]),
            Cell::Empty,
            text("=1+1"),
        ];
        let heads: Vec<String> = (0..cells.len()).map(|at| format!("列{at}")).collect();
        let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
        let mut book = read(written(&[table("客户", &heads)], &[(0, cells)]));
        assert_eq!(book.sheet_names(), ["客户"]);
        let range = book.worksheet_range("客户").expect("a sheet");
        let row: Vec<Data> = range.rows().nth(1).expect("a row").to_vec();
        let string = |text: &str| Data::String(text.to_owned());
        assert_eq!(row[0], string("杭州临安五金有限公司"));
        assert_eq!(row[1], string("0431555001"));
        assert_eq!(row[2], Data::Float(90.0));
        assert_eq!(row[3], string("9223372036854775807"));
        assert_eq!(row[4], Data::Float(1.5));
        assert_eq!(row[5], Data::Bool(true));
        let Data::DateTime(date) = &row[6] else { panic!("{:?}", row[6]) };
        assert_eq!(date.to_ymd_hms_milli(), (2026, 3, 18, 0, 0, 0, 0));
        assert_eq!(row[7], string("1899-01-01"));
        assert_eq!(row[8], string("\"a, b\", c"));
        assert_eq!(row[9], Data::Empty);
        assert_eq!(row[10], string("=1+1"));
        assert!(book.worksheet_formula("客户").expect("a sheet").is_empty(), "a formula");
    }

    #[test]
    fn text_comes_back_as_it_was() {
        let texts = [
            " a ",
            "a\nb",
            "a\r\nb",
            "\ta",
            "_x0041_",
            "\u{1}",
            "a & <b> \"c\"",
            "中文👩\u{200d}🔧",
            "'=1",
            "=1",
            "''+A1",
            "'quoted'",
        ];
        let rows: Vec<_> = texts.iter().map(|t| (0, vec![Cell::Text((*t).to_owned())])).collect();
        let mut book = read(written(&[table("a", &["h"])], &rows));
        let range = book.worksheet_range("a").expect("a sheet");
        for (row, text) in range.rows().skip(1).zip(texts) {
            let Data::String(read) = &row[0] else { panic!("{text:?}: {:?}", row[0]) };
            assert_eq!(unguard(read), text, "{text:?}");
        }
    }

    #[test]
    fn every_table_has_its_sheet_and_rows_may_come_in_any_order_of_tables() {
        let tables = [table("Customers", &["a"]), table("Contacts", &["b"]), table("Plans", &["c"])];
        let row = |text: &str| vec![Cell::Text(text.to_owned())];
        let mut book = read(written(&tables, &[(0, row("1")), (1, row("2")), (0, row("3")), (1, row("4"))]));
        assert_eq!(book.sheet_names(), ["Customers", "Contacts", "Plans"]);
        let column = |book: &mut Xlsx<_>, name| -> Vec<String> {
            let range = book.worksheet_range(name).expect("a sheet");
            range.rows().map(|row| row[0].to_string()).collect()
        };
        assert_eq!(column(&mut book, "Customers"), ["a", "1", "3"]);
        assert_eq!(column(&mut book, "Contacts"), ["b", "2", "4"]);
        assert_eq!(column(&mut book, "Plans"), ["c"]);
    }

    #[test]
    fn heads_are_filtered_and_columns_as_wide_as_their_content() {
        let cells = vec![Cell::Text("杭州临安五金有限公司\nx".into()), Cell::Empty];
        let mut book = book(&[table("a", &["名称", "n"])]);
        book.row(0, &cells).expect("a row");
        assert_eq!(book.sheets[0].widths, [20, 1 + ARROW]);
        let mut bytes = Vec::new();
        book.finish(&mut bytes).expect("a file");
        let names = read(bytes);
        let filter = names.defined_names().iter().find(|(name, _)| name.contains("FilterDatabase"));
        assert_eq!(filter.map(|(_, range)| range.as_str()), Some("a!$A$1:$B$2"));
    }

    #[test]
    fn the_same_tables_give_the_same_file() {
        let rows = [(0, vec![Cell::Date(day(2026, 3, 1))])];
        assert_eq!(written(&[table("a", &["h"])], &rows), written(&[table("a", &["h"])], &rows));
    }

    #[test]
    fn a_full_disk_is_said_in_the_words_of_the_system() {
        let full = "Couldn't write to xml file: Os { code: 28, message: \"No space left on device\" }";
        let fault = caught::<()>(|| std::panic::panic_any(full.to_owned()));
        assert!(
            matches!(&fault, Err(Fault::Other(reason)) if reason == "No space left on device"),
            "{fault:?}"
        );
    }

    #[test]
    fn what_a_cell_cannot_hold_is_refused_and_not_cut() {
        let mut book = book(&[table("a", &["h", "i"])]);
        let row = |length| vec![Cell::Empty, Cell::Text("𝄞".repeat(length))];
        book.row(0, &row(LONGEST_CELL / 2)).expect("it fits");
        let refused = book.row(0, &row(LONGEST_CELL / 2 + 1));
        assert!(matches!(refused, Err(Fault::TooLong { column: 1, length: 32_768 })), "{refused:?}");
    }
}

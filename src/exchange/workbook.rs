//! Workbooks of spreadsheet programs: xlsx, xls, xlsb, ods. Typed cells become text as a person
//! would type it. The library that reads them keeps the whole workbook in memory, and so do we.
//!
//! What a number looks like in its sheet is not kept: a postal code that is stored as the number
//! 1234 and shown as 01234 comes as `1234`.

use std::io::{BufReader, Read, Seek, SeekFrom};

use calamine::{
    Data, Dimensions, ExcelDateTime, Ods, Reader, SheetType, SheetVisible, Sheets, Xls, Xlsb, Xlsx,
};

use super::cells::unguard;
use super::encoding::unreadable;
use super::grid::{Grid, Span};
use super::sheet::SheetFault;
use super::table::{Opened, Told};
use crate::i18n::List;

/// What an ods has in its first bytes.
const OPEN_DOCUMENT: &[u8] = b"application/vnd.oasis.opendocument";

type Book<'s, R> = Sheets<BufReader<&'s mut R>>;

/// Reads a sheet: the one of this name, else the first that has anything, visible ones before hidden.
pub(super) fn open<R: Read + Seek>(
    source: &mut R,
    name: &str,
    wanted: Option<&str>,
) -> Result<Opened, SheetFault> {
    let mut book = book(source, name)?;
    let sheets: Vec<_> =
        book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).cloned().collect();
    let names: Vec<String> = sheets.iter().map(|sheet| sheet.name.clone()).collect();
    let candidates: Vec<&String> = match wanted {
        Some(wanted) => vec![named(&names, wanted)?],
        None => {
            let (shown, hidden): (Vec<_>, Vec<_>) =
                sheets.iter().partition(|sheet| sheet.visible == SheetVisible::Visible);
            shown.iter().chain(&hidden).map(|sheet| &sheet.name).collect()
        }
    };
    for sheet in candidates {
        let mut grid = cells(&mut book, sheet)?;
        if grid.rows.is_empty() {
            continue;
        }
        grid.merged = merged(&mut book, sheet)?;
        let (heads, rows) = grid.open()?;
        let told = Told {
            sheet: Some(sheet.clone()),
            other_sheets: names.iter().filter(|other| *other != sheet).cloned().collect(),
            bytes: Some(rows.count()),
            ..Told::default()
        };
        return Ok(Opened { heads, rows: Box::new(rows), told });
    }
    Err(SheetFault::Empty)
}

/// The sheet that a person named, also in other letters.
fn named<'n>(names: &'n [String], wanted: &str) -> Result<&'n String, SheetFault> {
    let folded = |name: &str| caseless::default_case_fold_str(name.trim());
    let same = names.iter().find(|name| *name == wanted);
    let alike = || names.iter().find(|name| folded(name) == folded(wanted));
    same.or_else(alike)
        .ok_or_else(|| SheetFault::NoSuchSheet { name: wanted.to_owned(), sheets: List(names.to_vec()) })
}

/// Opens a workbook of any kind. Its name may lie; its bytes do not.
fn book<'s, R: Read + Seek>(source: &'s mut R, name: &str) -> Result<Book<'s, R>, SheetFault> {
    let mut first = Vec::new();
    source.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    source.take(128).read_to_end(&mut first).map_err(unreadable)?;
    source.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    let name = name.to_ascii_lowercase();
    if !first.starts_with(b"PK\x03\x04") {
        return old_book(source);
    }
    let says_open_document = first.windows(OPEN_DOCUMENT.len()).any(|part| part == OPEN_DOCUMENT);
    if says_open_document || name.ends_with(".ods") {
        return Ods::new(BufReader::new(source)).map(Sheets::Ods).map_err(|e| fault(&e.into()));
    }
    if name.ends_with(".xlsb") {
        return Xlsb::new(BufReader::new(source)).map(Sheets::Xlsb).map_err(|e| fault(&e.into()));
    }
    Xlsx::new(BufReader::new(source)).map(Sheets::Xlsx).map_err(|e| fault(&e.into()))
}

/// An xls; or an xlsx that is locked by a password, which is wrapped like one.
fn old_book<'s, R: Read + Seek>(source: &'s mut R) -> Result<Book<'s, R>, SheetFault> {
    let locked = Xlsx::new(BufReader::new(&mut *source)).err();
    if locked.is_some_and(|e| matches!(e, calamine::XlsxError::Password)) {
        return Err(SheetFault::Password);
    }
    source.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    Xls::new(BufReader::new(source)).map(Sheets::Xls).map_err(|e| fault(&e.into()))
}

fn fault(error: &calamine::Error) -> SheetFault {
    use calamine::{Error, OdsError, XlsError, XlsxError};
    match error {
        Error::Xlsx(XlsxError::Password)
        | Error::Xls(XlsError::Password)
        | Error::Ods(OdsError::Password) => SheetFault::Password,
        other => SheetFault::BrokenWorkbook { reason: other.to_string() },
    }
}

/// The filled cells of a sheet. Those of an xlsx are read one by one: a single cell at the far end
/// of a sheet would else make the library lay out all cells up to there.
fn cells<R: Read + Seek>(book: &mut Book<'_, R>, sheet: &str) -> Result<Grid, SheetFault> {
    let mut grid = Grid::default();
    if let Sheets::Xlsx(book) = book {
        let broken = |e: calamine::XlsxError| fault(&e.into());
        let mut cells = book.worksheet_cells_reader(sheet).map_err(broken)?;
        while let Some(cell) = cells.next_cell().map_err(broken)? {
            let (row, column) = cell.get_position();
            grid.push(row, column, text(&Data::from(cell.get_value().clone())));
        }
        return Ok(grid);
    }
    let range = book.worksheet_range(sheet).map_err(|e| fault(&e))?;
    let (first_row, first_column) = range.start().unwrap_or_default();
    for (row, column, cell) in range.used_cells() {
        grid.push(first_row + number(row), first_column + number(column), text(cell));
    }
    Ok(grid)
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Cells that were merged, where the kind of workbook tells.
fn merged<R: Read + Seek>(book: &mut Book<'_, R>, sheet: &str) -> Result<Vec<Span>, SheetFault> {
    let merged = match book {
        Sheets::Xlsx(book) => book.merge_cells_by_sheet_name(sheet).map_err(|e| fault(&e.into()))?,
        Sheets::Xls(book) => book.merge_cells_by_sheet_name(sheet).map_err(|e| fault(&e.into()))?,
        Sheets::Xlsb(_) | Sheets::Ods(_) => Vec::new(),
    };
    let span =
        |Dimensions { start, end }: Dimensions| Span { rows: (start.0, end.0), columns: (start.1, end.1) };
    Ok(merged.into_iter().map(span).collect())
}

/// A typed cell as text. An error of a formula is nothing.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) => unguard(text.trim()).into_owned(),
        Data::Bool(flag) => flag.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => decimal(*number),
        Data::DateTime(moment) => day_or_moment(moment),
        Data::DateTimeIso(text) => text.strip_suffix("T00:00:00").unwrap_or(text).to_owned(),
        Data::DurationIso(text) => text.clone(),
    }
}

/// A number as spreadsheets show it: to fifteen digits, so that 0.1 + 0.2 is 0.3.
fn decimal(number: f64) -> String {
    let shown =
        if number.fract() == 0.0 { number } else { format!("{number:.14e}").parse().unwrap_or(number) };
    if shown == 0.0 { "0".to_owned() } else { shown.to_string() }
}

/// `2026-03-18`, with a time `2026-03-18T09:30:00`; a time alone `09:30:00`, and counted hours alike,
/// `30:00:00`.
fn day_or_moment(moment: &ExcelDateTime) -> String {
    let days = moment.as_f64();
    let Some(at) = moment.as_datetime().filter(|_| days >= 0.0) else {
        return decimal(days);
    };
    if moment.is_duration() {
        let seconds = (days * 86_400.0).round() as u64;
        return format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    let time = at.time().format("%H:%M:%S%.f").to_string();
    if days < 1.0 {
        time
    } else if time == "00:00:00" {
        at.date().to_string()
    } else {
        format!("{}T{time}", at.date())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use rust_xlsxwriter::{ExcelDateTime as Moment, Format, Formula, Workbook};

    use super::*;
    use crate::exchange::table::{self, Reading, Table};

    fn open(bytes: &[u8], name: &str, sheet: Option<&str>) -> Result<Table, SheetFault> {
        let reading = Reading { sheet: sheet.map(str::to_owned), ..Reading::default() };
        table::open(Cursor::new(bytes.to_vec()), name, &reading)
    }

    fn rows(table: Table) -> Vec<(u64, Vec<String>)> {
        table.rows.map(|row| row.expect("a row")).map(|row| (row.line, row.cells)).collect()
    }

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    /// An empty sheet, one with every type of cell, and a hidden one.
    fn typed() -> Vec<u8> {
        let mut book = Workbook::new();
        book.add_worksheet().set_name("Empty").expect("a name");
        let sheet = book.add_worksheet().set_name("客户 Types").expect("a name");
        for (column, head) in (0..)
            .zip(["text", "day", "moment", "time", "hours", "whole", "decimal", "percent", "flag", "error"])
        {
            sheet.write(0, column, head).expect("a head");
        }
        let format = |format: &str| Format::new().set_num_format(format);
        let moment = Moment::from_ymd(2026, 3, 18).expect("a day");
        sheet.write(2, 0, " '=1+1 ").expect("text");
        sheet.write_with_format(2, 1, &moment, &format("yyyy-mm-dd")).expect("a day");
        let half_past_nine = moment.clone().and_hms(9, 30, 0).expect("a time");
        sheet.write_with_format(2, 2, &half_past_nine, &format("yyyy/m/d h:mm")).expect("a moment");
        sheet.write_with_format(2, 3, 0.75, &format("hh:mm")).expect("a time");
        sheet.write_with_format(2, 4, 1.25, &format("[h]:mm:ss")).expect("hours");
        sheet.write(2, 5, 12).expect("a number");
        sheet.write(2, 6, 0.1 + 0.2).expect("a number");
        sheet.write_with_format(2, 7, 0.15, &format("0%")).expect("a number");
        sheet.write(2, 8, true).expect("a flag");
        sheet.write_formula(2, 9, Formula::new("=NA()").set_result("#N/A")).expect("a formula");
        let hidden = book.add_worksheet().set_name("Hidden").expect("a name").set_hidden(true);
        hidden.write(0, 0, "secret").expect("text");
        book.save_to_buffer().expect("a workbook")
    }

    #[test]
    fn typed_cells_become_text() {
        let table = open(&typed(), "x.xlsx", None).expect("a table");
        assert_eq!(table.told.sheet.as_deref(), Some("客户 Types"));
        assert_eq!(table.told.other_sheets, ["Empty", "Hidden"]);
        assert_eq!(table.told.bytes, Some(1));
        assert_eq!(table.heads.len(), 10);
        let cells = [
            "=1+1",
            "2026-03-18",
            "2026-03-18T09:30:00",
            "18:00:00",
            "30:00:00",
            "12",
            "0.3",
            "0.15",
            "true",
            "",
        ];
        assert_eq!(rows(table), [(3, texts(&cells))]);
    }

    #[test]
    fn decimals_are_as_they_are_shown() {
        for (number, shown) in [
            (12.5, "12.5"),
            (1.1 + 2.2, "3.3"),
            (-0.0, "0"),
            (1e-7, "0.0000001"),
            (9_007_199_254_740_991.0, "9007199254740991"),
            (-1234.56, "-1234.56"),
            (1e21, "1000000000000000000000"),
        ] {
            assert_eq!(decimal(number), shown);
        }
    }

    #[test]
    fn a_sheet_is_named_in_any_letters() {
        let bytes = typed();
        let table = open(&bytes, "x.xlsx", Some(" hidden ")).expect("a table");
        assert_eq!((table.told.sheet.as_deref(), table.heads), (Some("Hidden"), texts(&["secret"])));
        let fault = open(&bytes, "x.xlsx", Some("Kunden")).map(|_| ()).expect_err("no such sheet");
        let sheets = ["Empty", "客户 Types", "Hidden"].into_iter().collect();
        assert_eq!(fault, SheetFault::NoSuchSheet { name: "Kunden".into(), sheets });
        assert_eq!(open(&bytes, "x.xlsx", Some("Empty")).map(|_| ()), Err(SheetFault::Empty));
    }

    #[test]
    fn merged_titles_heads_and_cells_are_understood() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        let plain = Format::new();
        sheet.merge_range(1, 1, 1, 5, "客户名单", &plain).expect("a title");
        sheet.merge_range(3, 1, 4, 1, "客户名称", &plain).expect("a head");
        sheet.merge_range(3, 2, 3, 3, "采购", &plain).expect("a head");
        sheet.merge_range(3, 4, 3, 5, "货代", &plain).expect("a head");
        for (column, head) in (2..).zip(["姓名", "电话", "姓名", "城市"]) {
            sheet.write(4, column, head).expect("a head");
        }
        sheet.merge_range(5, 1, 6, 1, "青木机械", &plain).expect("a name");
        for (row, cells) in (5..).zip([["Ute", "1", "Jan", "Köln"], ["Ida", "2", "Tom", "Ulm"]]) {
            for (column, text) in (2..).zip(cells) {
                sheet.write(row, column, text).expect("text");
            }
        }
        let table = open(&book.save_to_buffer().expect("a workbook"), "x.xlsx", None).expect("a table");
        assert_eq!(table.heads, ["客户名称", "采购 姓名", "电话", "货代 姓名", "城市"]);
        let (first, second) =
            (["青木机械", "Ute", "1", "Jan", "Köln"], ["青木机械", "Ida", "2", "Tom", "Ulm"]);
        assert_eq!(rows(table), [(6, texts(&first)), (7, texts(&second))]);
    }

    /// A blank at the end of the sheet costs nothing.
    #[test]
    fn a_single_cell_at_the_far_end_is_no_burden() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write(0, 0, "name").expect("text").write(0, 1, "city").expect("text");
        sheet.write(1, 0, "Elbe").expect("text").write(1, 1, "Köln").expect("text");
        sheet.write(1_048_575, 16_383, " ").expect("text");
        let table = open(&book.save_to_buffer().expect("a workbook"), "x.xlsx", None).expect("a table");
        assert_eq!(rows(table), [(2, texts(&["Elbe", "Köln"]))]);
    }

    /// The old kind, whatever the file is called.
    #[test]
    fn an_xls_is_read_like_an_xlsx() {
        let bytes = include_bytes!("../../tests/fixtures/customers.xls");
        for name in ["customers.xls", "customers.csv"] {
            let table = open(bytes, name, None).expect("a table");
            assert_eq!(table.told.sheet.as_deref(), Some("客户"));
            assert_eq!(table.heads, ["客户名称", "首次联系", "最近联系", "数量", "金额"]);
            let first = ["青木机械", "2026-03-18", "2026-03-18T09:30:00", "12", "12.5"];
            assert_eq!(
                rows(table),
                [(3, texts(&first)), (4, texts(&["青木机械", "未定", "", "true", "0.3"]))]
            );
        }
    }

    #[test]
    fn an_ods_is_read_likewise() {
        let bytes = include_bytes!("../../tests/fixtures/customers.ods");
        for name in ["customers.ods", "customers.xlsx"] {
            let table = open(bytes, name, None).expect("a table");
            assert_eq!(table.heads, ["客户名称", "首次联系", "最近联系", "数量", "金额", "重要"]);
            let cells = ["青木机械", "2026-03-18", "2026-03-18T09:30:00", "12", "12.5", "true"];
            assert_eq!(rows(table), [(2, texts(&cells))]);
        }
    }

    #[test]
    fn what_is_no_workbook_is_said() {
        let whole = typed();
        let cut = open(&whole[..whole.len() / 2], "x.xlsx", None).map(|_| ());
        assert!(matches!(cut, Err(SheetFault::BrokenWorkbook { .. })), "{cut:?}");
        let page = open(b"<html><table></table></html>", "x.xls", None).map(|_| ());
        assert_eq!(page, Err(SheetFault::WebPage));
        let text = open(b"name\tcity\nElbe\tUlm\n", "x.xls", None).expect("a table");
        assert_eq!(text.told.delimiter, Some(b'\t'));
    }
}

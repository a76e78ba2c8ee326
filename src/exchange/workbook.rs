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
use super::table::{RowSource, Told};

type Book<'s, R> = Sheets<BufReader<&'s mut R>>;

/// Reads a sheet: the one of this name, else the first that has anything, visible ones before hidden.
pub(super) fn open<R: Read + Seek>(
    source: &mut R,
    name: &str,
    wanted: Option<&str>,
) -> Result<(Vec<String>, Box<dyn RowSource>, Told), SheetFault> {
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
        return Ok((heads, Box::new(rows), told));
    }
    Err(SheetFault::Empty)
}

/// The sheet that a person named, also in other letters.
fn named<'n>(names: &'n [String], wanted: &str) -> Result<&'n String, SheetFault> {
    let folded = |name: &str| caseless::default_case_fold_str(name.trim());
    let same = names.iter().find(|name| *name == wanted);
    let alike = || names.iter().find(|name| folded(name) == folded(wanted));
    same.or_else(alike)
        .ok_or_else(|| SheetFault::NoSuchSheet { name: wanted.to_owned(), sheets: names.join(", ") })
}

/// Opens a workbook of any kind. Its name may lie; its bytes do not.
fn book<'s, R: Read + Seek>(source: &'s mut R, name: &str) -> Result<Book<'s, R>, SheetFault> {
    let mut first = [0; 4];
    source.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    source.read_exact(&mut first).map_err(unreadable)?;
    source.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    let name = name.to_ascii_lowercase();
    if first != *b"PK\x03\x04" {
        return old_book(source);
    }
    if name.ends_with(".ods") {
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

/// `2026-03-18`, with a time `2026-03-18T09:30:00`, a time alone `09:30:00`; hours that were counted
/// stay a number of days, as they are stored.
fn day_or_moment(moment: &ExcelDateTime) -> String {
    let Some(at) = moment.as_datetime().filter(|_| !moment.is_duration()) else {
        return decimal(moment.as_f64());
    };
    let days = moment.as_f64();
    if days < 0.0 {
        return decimal(days);
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

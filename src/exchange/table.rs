//! A table of another program, of whatever kind: its heads, and its rows one after the other.
//!
//! Text (CSV and its kin, JSON Lines) is read as it is asked for, so a file may be larger than the
//! memory. A workbook and a JSON array are in memory as a whole.

use std::io::{Read, Seek, SeekFrom};

use super::encoding::{Encoding, recognise, unreadable};
use super::sheet::{REASON_HEAD, ROW_HEAD, SheetFault, SheetRow};
use super::{delimited, json_lines, workbook};

/// What a person said about a file; what is not said is recognised.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// How the bytes of a text stand for characters. A byte-order mark is right against it.
    pub encoding: Option<Encoding>,
    /// What parts the cells.
    pub delimiter: Option<u8>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// What kind of file it is.
    pub form: Option<Form>,
}

/// The kinds of files that have a table in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// CSV and its kin.
    Delimited,
    /// xlsx, xls, xlsb, ods.
    Workbook,
    /// One JSON object a line, or a JSON array of objects.
    JsonLines,
}

impl Form {
    /// The kind that a file's name says by its ending.
    pub fn of_path(name: &str) -> Option<Form> {
        let (_, ending) = name.rsplit_once('.')?;
        Some(match ending.to_ascii_lowercase().as_str() {
            "csv" | "tsv" | "tab" | "txt" => Form::Delimited,
            "xlsx" | "xlsm" | "xls" | "xlsb" | "ods" | "et" => Form::Workbook,
            "jsonl" | "ndjson" | "json" => Form::JsonLines,
            _ => return None,
        })
    }
}

/// A table: the heads, the rows, and what was recognised.
pub struct Table {
    /// The column heads.
    pub heads: Vec<String>,
    /// The rows.
    pub rows: Rows,
    /// How the file was read.
    pub told: Told,
}

/// How a file was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    /// The encoding of a text.
    pub encoding: Option<Encoding>,
    /// The encoding was neither said nor proven by a byte-order mark, and is not UTF-8.
    pub encoding_was_guessed: bool,
    /// What parts the cells of a text.
    pub delimiter: Option<u8>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The workbook's other sheets.
    pub other_sheets: Vec<String>,
    /// What [`Rows::done`] comes to: bytes of a text, rows of a workbook.
    pub bytes: Option<u64>,
}

/// Where rows come from.
pub(super) trait RowSource: Send {
    /// The next row that has anything in it.
    fn next_row(&mut self) -> Option<Result<SheetRow, SheetFault>>;
    /// How far the file has been read: bytes of a text, rows of a workbook.
    fn done(&self) -> u64;
}

/// The rows of a table, one after the other. Empty ones are left out.
///
/// A fault that [is of one row](SheetFault::is_of_one_row) may be followed by further rows; any
/// other is the last that comes.
pub struct Rows {
    source: Box<dyn RowSource>,
    /// Cells to take off before each row: those that a file of refused rows has.
    before: usize,
    ended: bool,
}

impl Rows {
    /// How far the file has been read, up to [`Told::bytes`].
    pub fn done(&self) -> u64 {
        self.source.done()
    }
}

impl Iterator for Rows {
    type Item = Result<SheetRow, SheetFault>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let mut next = self.source.next_row();
        match &mut next {
            Some(Ok(row)) => drop(row.cells.drain(..self.before.min(row.cells.len()))),
            Some(Err(fault)) => self.ended = !fault.is_of_one_row(),
            None => self.ended = true,
        }
        next
    }
}

/// Opens a table. `name` is the file's, whose ending says what kind it is where the first bytes do
/// not. The heads of a file of refused rows are taken off again.
///
/// # Errors
/// When the file has no heads, or is none of the kinds, or its encoding is not recognised.
pub fn open(
    mut source: impl Read + Seek + Send + 'static,
    name: &str,
    reading: &Reading,
) -> Result<Table, SheetFault> {
    let size = source.seek(SeekFrom::End(0)).map_err(unreadable)?;
    let (mut heads, rows, told) = match form(&mut source, name, reading)? {
        Form::Workbook => workbook::open(&mut source, name, reading.sheet.as_deref())?,
        text => {
            let recognised = recognise(&mut source, reading.encoding)?;
            let told = Told {
                encoding: Some(recognised.encoding),
                encoding_was_guessed: recognised.guessed,
                bytes: Some(size),
                ..Told::default()
            };
            if text == Form::JsonLines {
                json_lines::open(source, name, &recognised, told)?
            } else {
                delimited::open(source, &recognised, reading.delimiter, told)?
            }
        }
    };
    let was_refused =
        matches!(heads.as_slice(), [row, reason, ..] if row == ROW_HEAD && reason == REASON_HEAD);
    let before = if was_refused { 2 } else { 0 };
    heads.drain(..before);
    Ok(Table { heads, rows: Rows { source: rows, before, ended: false }, told })
}

/// The kind of a file: as said; a workbook when it begins like one, whatever its name; else as its
/// name says. Old programs name delimited text and web pages `.xls`.
fn form(source: &mut (impl Read + Seek), name: &str, reading: &Reading) -> Result<Form, SheetFault> {
    if let Some(said) = reading.form {
        return Ok(said);
    }
    let mut first = Vec::new();
    source.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    source.take(4096).read_to_end(&mut first).map_err(unreadable)?;
    if first.starts_with(b"PK\x03\x04") || first.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Ok(Form::Workbook);
    }
    let text = first.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&first).trim_ascii_start();
    match Form::of_path(name) {
        Some(Form::Workbook) if text.starts_with(b"<") => Err(SheetFault::WebPage),
        Some(Form::Workbook) => Ok(Form::Delimited),
        Some(form) => Ok(form),
        None => {
            let object = text.strip_prefix(b"[").map_or(text, <[u8]>::trim_ascii_start);
            Ok(if object.starts_with(b"{") { Form::JsonLines } else { Form::Delimited })
        }
    }
}

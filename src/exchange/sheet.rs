//! A table of text: CSV with the delimiter that the file uses.

use csv::{ByteRecord, ReaderBuilder, WriterBuilder};

use super::cells::{guard, unguard};
use crate::i18n::messages;

/// Heads that a file of refused rows has before the original ones.
pub const ROW_HEAD: &str = "crm_row";
/// See [`ROW_HEAD`].
pub const REASON_HEAD: &str = "crm_reason";
const DELIMITERS: [u8; 4] = *b",;\t|";

/// A table of text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// The column heads.
    pub heads: Vec<String>,
    /// The rows.
    pub rows: Vec<SheetRow>,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetRow {
    /// The line of the file, from 1, as an editor counts.
    pub line: u64,
    /// The cells.
    pub cells: Vec<String>,
}

messages! {
    /// Why a file is no table.
    pub enum SheetFault {
        NotUtf8 { at: usize } = "not_utf8":
            "the file is not UTF-8 (byte {at})", "文件不是 UTF-8 编码（第 {at} 字节）";
        Empty = "empty_sheet":
            "the file has no heads", "文件没有表头";
        Broken { reason: String } = "broken_sheet":
            "{reason}", "{reason}";
    }
}

/// Reads CSV: UTF-8, with or without a byte-order mark, parted by comma, semicolon, tab or bar.
///
/// The heads of a file of refused rows are taken off again.
///
/// # Errors
/// When the bytes are no such text.
pub fn read(bytes: &[u8]) -> Result<Sheet, SheetFault> {
    let text = std::str::from_utf8(bytes).map_err(|e| SheetFault::NotUtf8 { at: e.valid_up_to() })?;
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(text))
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut sheet = Sheet::default();
    let mut record = ByteRecord::new();
    let mut back = 0;
    let mut lines = Lines { text: text.as_bytes(), at: 0, line: 1 };
    while reader.read_byte_record(&mut record).map_err(|e| SheetFault::Broken { reason: e.to_string() })? {
        let line = lines.of_row(record.position().map_or(0, csv::Position::byte));
        let cells = record.iter().map(|cell| unguard(String::from_utf8_lossy(cell).trim()).into_owned());
        let mut cells: Vec<String> = cells.collect();
        if cells.iter().all(String::is_empty) {
            continue;
        }
        if sheet.heads.is_empty() {
            let refused = cells.first().is_some_and(|c| c == ROW_HEAD)
                && cells.get(1).is_some_and(|c| c == REASON_HEAD);
            back = if refused { 2 } else { 0 };
            sheet.heads = cells.split_off(back);
        } else {
            let cells = cells.split_off(back.min(cells.len()));
            sheet.rows.push(SheetRow { line, cells });
        }
    }
    if sheet.heads.is_empty() { Err(SheetFault::Empty) } else { Ok(sheet) }
}

/// Counts lines as an editor does, from one row to the next.
struct Lines<'t> {
    text: &'t [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line in which a row begins; the reader may stand before the break that ends the last one.
    fn of_row(&mut self, byte: u64) -> u64 {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX).min(self.text.len());
        let breaks = self.text[byte..].iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let passed = &self.text[self.at.min(byte + breaks)..byte + breaks];
        self.line += passed.iter().filter(|b| **b == b'\n').count() as u64;
        self.at = byte + breaks;
        self.line
    }
}

/// The delimiter that the first line has most of.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or("");
    let count = |d: u8| first.bytes().filter(|b| *b == d).count();
    DELIMITERS.into_iter().rev().max_by_key(|d| count(*d)).unwrap_or(b',')
}

/// The file of refused rows: number and reason, then the original cells.
pub fn refused(heads: &[String], rows: &[(&SheetRow, String)]) -> Vec<u8> {
    let mut writer = WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let own = [ROW_HEAD.to_owned(), REASON_HEAD.to_owned()];
    let head = own.iter().chain(heads).map(|h| guard(h).into_owned());
    let mut written = writer.write_record(head);
    for (row, reason) in rows {
        let number = [row.line.to_string(), reason.clone()];
        let cells = number.iter().chain(&row.cells).map(|c| guard(c).into_owned());
        written = written.and_then(|()| writer.write_record(cells));
    }
    // Writing to memory cannot fail, and rows may be of any length.
    written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_the_files_own() {
        for text in ["a,b\n1,2\n", "a;b\n1;2\n", "a\tb\n1\t2\n", "\u{feff}a|b\r\n1|2\r\n"] {
            let sheet = read(text.as_bytes()).expect(text);
            assert_eq!(sheet.heads, ["a", "b"], "{text}");
            assert_eq!(sheet.rows[0].cells, ["1", "2"], "{text}");
            assert_eq!(sheet.rows[0].line, 2);
        }
    }

    #[test]
    fn refused_rows_come_back_as_they_were() {
        let sheet = read(b"name,phone\n=cmd(),1,2\n").expect("a sheet");
        let file = refused(&sheet.heads, &[(&sheet.rows[0], "3 cells".into())]);
        let again = read(&file).expect("a sheet");
        assert_eq!(again.heads, sheet.heads);
        assert_eq!(again.rows[0].cells, sheet.rows[0].cells);
    }

    #[test]
    fn bytes_that_are_no_utf8_are_said() {
        assert_eq!(read(b"a,\xff\n"), Err(SheetFault::NotUtf8 { at: 2 }));
    }
}

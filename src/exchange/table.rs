//! A table of another program, of whatever kind: its heads, and its rows one after the other.
//!
//! Text (CSV and its kin, JSON Lines) is read as it is asked for, so a file may be larger than the
//! memory. A workbook and a JSON array are in memory as a whole.

use std::io::{Read, Seek, SeekFrom};

use super::encoding::{Encoding, recognise, unreadable};
use super::sheet::{REASON_HEAD, ROW_HEAD, SheetFault, SheetRow};
use super::{delimited, json_lines, mail, workbook};

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
    /// A mail, or a mailbox.
    Mail,
}

impl Form {
    /// The kind that a file's name says by its ending.
    pub fn of_path(name: &str) -> Option<Form> {
        let (_, ending) = name.rsplit_once('.')?;
        Some(match ending.to_ascii_lowercase().as_str() {
            "csv" | "tsv" | "tab" | "txt" => Form::Delimited,
            "xlsx" | "xlsm" | "xls" | "xlsb" | "ods" | "et" => Form::Workbook,
            "jsonl" | "ndjson" | "json" => Form::JsonLines,
            "eml" | "mbox" => Form::Mail,
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

/// A table before the heads of a file of refused rows are taken off.
pub(super) struct Opened {
    pub heads: Vec<String>,
    pub rows: Box<dyn RowSource>,
    pub told: Told,
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
    let Opened { mut heads, rows, told } = match form(&mut source, name, reading)? {
        Form::Workbook => workbook::open(&mut source, name, reading.sheet.as_deref())?,
        Form::Mail => mail::open(source, size)?,
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
    if name.to_ascii_lowercase().ends_with(".msg") {
        return Err(SheetFault::OutlookMail);
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

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use encoding_rs::{BIG5, GB18030};
    use proptest::prelude::*;

    use super::*;

    type NumberedRows = Vec<(u64, Vec<String>)>;

    fn read(bytes: &[u8], reading: &Reading) -> (Vec<String>, NumberedRows, Told) {
        let size = bytes.len() as u64;
        let mut table = open(Cursor::new(bytes.to_vec()), "x.csv", reading).expect("a table");
        let rows =
            table.rows.by_ref().map(|row| row.expect("a row")).map(|row| (row.line, row.cells)).collect();
        assert_eq!((table.rows.done(), table.told.bytes), (size, Some(size)));
        (table.heads, rows, table.told)
    }

    fn cells(text: &str) -> Vec<Vec<String>> {
        let (heads, rows, _) = read(text.as_bytes(), &Reading::default());
        std::iter::once(heads).chain(rows.into_iter().map(|(_, cells)| cells)).collect()
    }

    /// The cases of the csv-spectrum collection, with values of our own.
    #[test]
    fn every_quirk_of_csv_is_read() {
        for (text, expected) in [
            (
                "name,street,city\nElbe,9 Kai St.,\"Ulm, BW\"",
                [["name", "street", "city"], ["Elbe", "9 Kai St.", "Ulm, BW"]],
            ),
            ("x,y,z\n7,\"\",\"\"", [["x", "y", "z"], ["7", "", ""]]),
            ("x,y,z\r\n7,\"\",\"\"", [["x", "y", "z"], ["7", "", ""]]),
            ("x,y,z\n7,\"so \"\"so\"\" so\",8\n", [["x", "y", "z"], ["7", "so \"so\" so", "8"]]),
            (
                "k,v,w\n7,\"{\"\"kind\"\": \"\"Pump\"\", \"\"bars\"\": [10.5, 2]}\",\n",
                [["k", "v", "w"], ["7", "{\"kind\": \"Pump\", \"bars\": [10.5, 2]}", ""]],
            ),
            ("x,y,z\n\"Twice a \nyear\",5,6\n", [["x", "y", "z"], ["Twice a \nyear", "5", "6"]]),
            ("x,y,z\r\n\"Twice a \r\nyear\",5,6\r\n", [["x", "y", "z"], ["Twice a \r\nyear", "5", "6"]]),
            ("x,y,z\n7,\"so \n\"\"so\"\" \nso\",8\n", [["x", "y", "z"], ["7", "so \n\"so\" \nso", "8"]]),
            ("x,y,z\n7,8,9\n", [["x", "y", "z"], ["7", "8", "9"]]),
            ("x,y,z\r\n7,8,9\r\n", [["x", "y", "z"], ["7", "8", "9"]]),
            ("x,y,z\r7,8,9\r", [["x", "y", "z"], ["7", "8", "9"]]),
            ("x,y,z\n7,8,ʦ\n", [["x", "y", "z"], ["7", "8", "ʦ"]]),
            (
                "Phone No,Where it is,City\n20957,51�26'37.8\"N 10�2'17.9\"E,Ulm",
                [["Phone No", "Where it is", "City"], ["20957", "51�26'37.8\"N 10�2'17.9\"E", "Ulm"]],
            ),
        ] {
            assert_eq!(cells(text), expected, "{text}");
        }
    }

    #[test]
    fn the_delimiter_is_the_files_own_or_as_said() {
        for (text, delimiter) in [
            ("a,b\n1,2\n", b','),
            ("a;b\n1;2\n", b';'),
            ("a\tb\n1\t2\n", b'\t'),
            ("\u{feff}a|b\r\n1|2\r\n", b'|'),
        ] {
            let (heads, rows, told) = read(text.as_bytes(), &Reading::default());
            assert_eq!(heads, ["a", "b"], "{text}");
            assert_eq!(rows, [(2, vec!["1".to_owned(), "2".to_owned()])], "{text}");
            assert_eq!(told.delimiter, Some(delimiter));
        }
        let reading = Reading { delimiter: Some(b'^'), ..Reading::default() };
        assert_eq!(read(b"a^b\n1^2,3\n", &reading).1, [(2, vec!["1".to_owned(), "2,3".to_owned()])]);
        let (heads, rows, told) = read(b"\xef\xbb\xbfsep=;\r\na,x;b\r\n1;2\r\n", &Reading::default());
        assert_eq!((heads, told.delimiter), (vec!["a,x".to_owned(), "b".to_owned()], Some(b';')));
        assert_eq!(rows[0].0, 3);
    }

    #[test]
    fn rows_keep_as_many_cells_as_they_have() {
        assert_eq!(cells("a,b\n1\n1,2,3\n,,,\n"), [vec!["a", "b"], vec!["1"], vec!["1", "2", "3"]]);
    }

    #[test]
    fn a_byte_that_stands_for_nothing_ends_the_rows() {
        let bytes = b"a,b\n1,2\n\"x\ny\",\xff\n3,4\n".to_vec();
        let reading = Reading { encoding: Some(Encoding::Utf8), ..Reading::default() };
        let table = open(Cursor::new(bytes), "x.csv", &reading).expect("a table");
        let rows: Vec<_> = table.rows.collect();
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[1], Err(SheetFault::NotUtf8 { at: 15, line: 4 }));
    }

    #[test]
    fn the_kind_of_a_file_is_known_by_its_bytes_then_by_its_name() {
        let form = |bytes: &[u8], name: &str| form(&mut Cursor::new(bytes), name, &Reading::default());
        assert_eq!(form(b"PK\x03\x04", "x.csv"), Ok(Form::Workbook));
        assert_eq!(form(b"a,b", "x.xlsx"), Ok(Form::Delimited));
        assert_eq!(form(b"{\"a\":1}", "x.csv"), Ok(Form::Delimited));
        assert_eq!(form(b"{\"a\":1}", "-"), Ok(Form::JsonLines));
        assert_eq!(form(b" [ {\"a\":1}]", "list"), Ok(Form::JsonLines));
        assert_eq!(form(b"[a],b", "list"), Ok(Form::Delimited));
        assert_eq!(form(b"a,b", "x.JSONL"), Ok(Form::JsonLines));
        let said = Reading { form: Some(Form::JsonLines), ..Reading::default() };
        assert_eq!(super::form(&mut Cursor::new(b"a,b"), "x.csv", &said), Ok(Form::JsonLines));
    }

    #[test]
    fn a_file_without_heads_is_no_table() {
        for text in ["", "\n\n", ",,\n", "\u{feff}"] {
            let fault = open(Cursor::new(text), "x.csv", &Reading::default()).map(|_| ());
            assert_eq!(fault, Err(SheetFault::Empty), "{text:?}");
        }
    }

    /// Text as some program wrote it out.
    fn written(table: &[Vec<String>], delimiter: u8, crlf: bool) -> String {
        let ending = if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        let mut writer =
            csv::WriterBuilder::new().delimiter(delimiter).terminator(ending).from_writer(Vec::new());
        for row in table {
            writer.write_record(row).expect("a record");
        }
        String::from_utf8(writer.into_inner().expect("bytes")).expect("text")
    }

    fn encoded(text: &str, how: usize) -> (Vec<u8>, Encoding) {
        match how {
            0 => (text.as_bytes().to_vec(), Encoding::Utf8),
            1 => (format!("\u{feff}{text}").into_bytes(), Encoding::Utf8),
            2 => (GB18030.encode(text).0.into_owned(), Encoding::Gb18030),
            3 => (BIG5.encode(text).0.into_owned(), Encoding::Big5),
            4 => (
                format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect(),
                Encoding::Utf16,
            ),
            _ => (
                format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect(),
                Encoding::Utf16,
            ),
        }
    }

    proptest! {
        #[test]
        fn any_table_reads_back_as_it_was_written(
            rows in prop::collection::vec(prop::collection::vec("[a-z中文公司0-9,;|\t\"' \r\n-]{0,8}", 3), 1..8),
            delimiter in prop::sample::select(b",;\t|".to_vec()),
            crlf: bool,
            how in 0_usize..6,
        ) {
            let heads = ["name", "名字", "city"].map(str::to_owned).to_vec();
            let table: Vec<Vec<String>> = std::iter::once(heads).chain(rows).collect();
            let (bytes, encoding) = encoded(&written(&table, delimiter, crlf), how);
            let reading = Reading { encoding: Some(encoding), delimiter: Some(delimiter), ..Reading::default() };
            let (heads, rows, told) = read(&bytes, &reading);
            let meant = |cell: &String| super::super::cells::unguard(cell.trim()).into_owned();
            let expected = table.iter().map(|row| row.iter().map(meant).collect::<Vec<_>>());
            let expected: Vec<_> = expected.filter(|row| row.iter().any(|cell| !cell.is_empty())).collect();
            let found: Vec<_> = std::iter::once(heads).chain(rows.into_iter().map(|(_, cells)| cells)).collect();
            prop_assert_eq!(found, expected);
            prop_assert_eq!((told.encoding, told.delimiter), (Some(encoding), Some(delimiter)));
        }
    }
}

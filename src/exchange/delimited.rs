//! Text parted by a delimiter: the delimiter that the file uses, and its rows one after the other.
//!
//! Quotes are read by rule here and not by the csv library, since rows come with the line that an
//! editor counts, and a quote that is never closed is a fault: the library takes the rest of the
//! file for one cell and says nothing.

use std::io::{self, Read, Seek};

use super::cells::unguard;
use super::decoded::{Decoded, Lines, fault};
use super::encoding::Recognised;
use super::sheet::{SheetFault, SheetRow};
use super::table::{Opened, RowSource, Told};

/// The delimiters that are recognised. Where two would do, the one that is rarer in texts is meant.
const DELIMITERS: [u8; 4] = *b"\t|;,";
/// Bytes that are read at once, and by which the delimiter is recognised.
const CHUNK: usize = 64 * 1024;
/// Rows by which the delimiter is recognised.
const ROWS: usize = 100;
/// Bytes of the longest row. No customer needs more; a quote that was not closed does.
const LONGEST_ROW: usize = 4 * 1024 * 1024;

/// Reads the heads; the rows are read when they are asked for.
pub(super) fn open<R: Read + Seek + Send + 'static>(
    mut source: R,
    recognised: &Recognised,
    given: Option<u8>,
    told: Told,
) -> Result<Opened, SheetFault> {
    let mut sample = Vec::new();
    // A byte that stands for nothing is a fault of its row, which is read later.
    let _ = Decoded::new(&mut source, recognised)?.take(CHUNK as u64).read_to_end(&mut sample);
    let (said, skipped) = said_delimiter(&sample);
    let delimiter = given.or(said).unwrap_or_else(|| delimiter(&sample));
    let mut rows = Records::new(Decoded::new(source, recognised)?, delimiter);
    for _ in 0..skipped {
        rows.byte().map_err(|e| fault(e, 1))?;
    }
    let heads = rows.next_row().ok_or(SheetFault::Empty)??.cells;
    Ok(Opened { heads, rows: Box::new(rows), told: Told { delimiter: Some(delimiter), ..told } })
}

/// `sep=;` as the first line, by which a spreadsheet program is told the delimiter; and the length
/// of that line.
fn said_delimiter(sample: &[u8]) -> (Option<u8>, usize) {
    let line = sample.split(|b| matches!(b, b'\r' | b'\n')).next().unwrap_or_default();
    let bare = line.strip_prefix(b"\"").and_then(|l| l.strip_suffix(b"\"")).unwrap_or(line);
    match bare {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter] if delimiter.is_ascii() => {
            (Some(*delimiter), line.len())
        }
        _ => (None, 0),
    }
}

/// The delimiter that parts the first rows into most cells, and into as many cells in every row.
fn delimiter(sample: &[u8]) -> u8 {
    let points = |delimiter: u8| {
        let mut rows = Records::new(sample, delimiter);
        let Some(Ok(heads)) = rows.next_row() else { return (0.0, 0) };
        let counts: Vec<usize> =
            std::iter::from_fn(|| rows.next_row()?.ok()).take(ROWS).map(|r| r.cells.len()).collect();
        let alike = counts.iter().filter(|c| **c == heads.cells.len()).count();
        let more = heads.cells.len() - 1;
        (more as f64 * (1 + alike) as f64 / (1 + counts.len()) as f64, more)
    };
    let mut best = (b',', 0.0);
    for delimiter in DELIMITERS {
        let (points, more) = points(delimiter);
        if more > 0 && points > best.1 {
            best = (delimiter, points);
        }
    }
    best.0
}

/// Where in a row the next byte stands.
#[derive(Clone, Copy, PartialEq)]
enum At {
    /// At the beginning of a cell.
    Begin,
    /// In a cell.
    Cell,
    /// Between the quotes of a cell.
    Quoted,
    /// Behind a quote in a quoted cell: its end, or half of a quote that is meant.
    Quote,
}

/// Rows of delimited text, with quotes as spreadsheets write them.
struct Records<R> {
    source: R,
    buffer: Box<[u8]>,
    at: usize,
    filled: usize,
    delimiter: u8,
    lines: Lines,
    /// The last byte was CR: an LF right behind it belongs to the same line end.
    after_return: bool,
    finished: bool,
}

impl<R: Read> Records<R> {
    fn new(source: R, delimiter: u8) -> Self {
        Self {
            source,
            buffer: vec![0; CHUNK].into_boxed_slice(),
            at: 0,
            filled: 0,
            delimiter,
            lines: Lines::default(),
            after_return: false,
            finished: false,
        }
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        if self.at == self.filled {
            (self.at, self.filled) = (0, 0);
            self.filled = self.source.read(&mut self.buffer)?;
        }
        Ok(self.buffer[..self.filled].get(self.at).copied())
    }

    fn byte(&mut self) -> io::Result<Option<u8>> {
        let byte = self.peek()?;
        if let Some(byte) = byte {
            self.at += 1;
            self.lines.pass_byte(byte);
        }
        Ok(byte)
    }

    /// The next row that has anything in it.
    fn next_row(&mut self) -> Option<Result<SheetRow, SheetFault>> {
        while !self.finished {
            match self.record() {
                Err(fault) => {
                    self.finished = true;
                    return Some(Err(fault));
                }
                Ok(row) if row.cells.iter().all(String::is_empty) => {}
                Ok(row) => return Some(Ok(row)),
            }
        }
        None
    }

    /// Passes the LF of a CRLF.
    fn end_line(&mut self) -> Result<(), SheetFault> {
        if self.after_return && self.peek().map_err(|e| fault(e, self.lines.line))? == Some(b'\n') {
            self.at += 1;
            self.lines.pass_byte(b'\n');
        }
        self.after_return = false;
        Ok(())
    }

    /// The next row, also an empty one; `finished` is set by the last.
    fn record(&mut self) -> Result<SheetRow, SheetFault> {
        self.end_line()?;
        let line = self.lines.line;
        let (mut cells, mut cell, mut at) = (Vec::new(), Vec::new(), At::Begin);
        let (mut length, mut opened) = (0, line);
        loop {
            let byte = self.byte().map_err(|e| fault(e, self.lines.line))?;
            length += 1;
            let is_too_long = length > LONGEST_ROW;
            at = match (at, byte) {
                (At::Quoted, _) if is_too_long => return Err(SheetFault::OpenQuote { line: opened }),
                (At::Quoted, None) => return Err(SheetFault::OpenQuote { line: opened }),
                _ if is_too_long => return Err(SheetFault::LongRow { line }),
                (At::Quoted, Some(b'"')) => At::Quote,
                (At::Quoted, Some(byte)) => {
                    cell.push(byte);
                    At::Quoted
                }
                (At::Quote, Some(b'"')) => {
                    cell.push(b'"');
                    At::Quoted
                }
                (At::Begin, Some(b'"')) => {
                    opened = self.lines.line;
                    At::Quoted
                }
                (_, Some(byte)) if byte == self.delimiter => {
                    cells.push(text(&std::mem::take(&mut cell)));
                    At::Begin
                }
                (_, None | Some(b'\r' | b'\n')) => {
                    self.after_return = byte == Some(b'\r');
                    self.finished = byte.is_none();
                    cells.push(text(&cell));
                    return Ok(SheetRow { line, cells });
                }
                (_, Some(byte)) => {
                    cell.push(byte);
                    At::Cell
                }
            };
        }
    }
}

/// A cell as it is meant: without blanks around it, and freed of its guard.
fn text(cell: &[u8]) -> String {
    unguard(String::from_utf8_lossy(cell).trim()).into_owned()
}

impl<R: Read + Seek + Send> RowSource for Records<Decoded<R>> {
    fn next_row(&mut self) -> Option<Result<SheetRow, SheetFault>> {
        Records::next_row(self)
    }

    fn done(&self) -> u64 {
        self.source.bytes_read()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(text: &[u8], delimiter: u8) -> Result<Vec<(u64, Vec<String>)>, SheetFault> {
        let mut records = Records::new(text, delimiter);
        std::iter::from_fn(|| records.next_row()).map(|row| row.map(|r| (r.line, r.cells))).collect()
    }

    fn lines(text: &str) -> Vec<u64> {
        rows(text.as_bytes(), b',').expect("rows").into_iter().map(|(line, _)| line).collect()
    }

    #[test]
    fn lines_are_counted_as_an_editor_does() {
        assert_eq!(lines("a,b\n1,2\n\n\n3,4\n"), [1, 2, 5]);
        assert_eq!(lines("a,b\r\n1,2\r\n\r\n3,4\r\n"), [1, 2, 4]);
        assert_eq!(lines("a,b\r1,2\r\r3,4"), [1, 2, 4]);
        assert_eq!(lines("a,b\n\"1\n\r\n\r2\",3\n4,5\n"), [1, 2, 6]);
        assert_eq!(lines(",,\n \na,b\n"), [3]);
    }

    #[test]
    fn a_quote_that_is_never_closed_is_a_fault() {
        let fault = rows(b"a,b\n1,2\n3,\"4\n5,6\n7,8\n", b',').expect_err("an open quote");
        assert_eq!(fault, SheetFault::OpenQuote { line: 3 });
        let long = format!("a,\"{}", "x\n".repeat(LONGEST_ROW));
        assert_eq!(rows(long.as_bytes(), b','), Err(SheetFault::OpenQuote { line: 1 }));
        let long = format!("a\nb{}", "x".repeat(LONGEST_ROW));
        assert_eq!(rows(long.as_bytes(), b','), Err(SheetFault::LongRow { line: 2 }));
    }

    #[test]
    fn a_quote_within_a_cell_is_a_letter() {
        assert_eq!(
            rows(b"3/4\" pipe,\"5\"\" pipe\" \n", b',').expect("rows")[0].1,
            ["3/4\" pipe", "5\" pipe"]
        );
    }

    #[test]
    fn the_delimiter_is_the_one_that_parts_every_row_alike() {
        for (text, expected) in [
            ("a,b\n1,2\n", b','),
            ("a;b\n1;2\n", b';'),
            ("a\tb\n1\t2\n", b'\t'),
            ("a|b\r\n1|2\r\n", b'|'),
            ("only\none\n", b','),
            // Decimal commas, and a comma in a head.
            ("Firma, Ort;Preis\nElbe;1,50\nRhein;2,75\n", b';'),
            // Lists in cells, also in the head.
            ("name,tags; more,country\nA,x; y; z,DE\nB,x,FR\n", b','),
            // The semicolons of the head are between quotes.
            ("\"a; b; c\",\"d\"\n1,2\n", b','),
            ("name|country\nA, B; C|DE\nD, E; F|FR\n", b'|'),
        ] {
            assert_eq!(delimiter(text.as_bytes()) as char, expected as char, "{text}");
        }
    }

    #[test]
    fn the_delimiter_may_be_said_in_the_first_line() {
        assert_eq!(said_delimiter(b"sep=;\r\na;b\n"), (Some(b';'), 5));
        assert_eq!(said_delimiter(b"\"SEP=|\"\na|b\n"), (Some(b'|'), 7));
        assert_eq!(said_delimiter(b"sep=,x\n"), (None, 0));
        assert_eq!(said_delimiter(b"separator\n"), (None, 0));
    }

    fn by_the_library(text: &[u8], delimiter: u8) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new();
        let mut reader = reader.delimiter(delimiter).flexible(true).has_headers(false).from_reader(text);
        let records = reader.byte_records().map(|r| r.expect("a record"));
        let rows = records.map(|r| r.iter().map(super::text).collect::<Vec<_>>());
        rows.filter(|cells| !cells.iter().all(String::is_empty)).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        /// The csv library is the second witness, over texts that are all quotes and line ends.
        #[test]
        fn rows_are_those_of_the_csv_library(text in "[ab,;\"\r\n']{0,40}") {
            match rows(text.as_bytes(), b',') {
                Ok(rows) => {
                    let cells: Vec<_> = rows.into_iter().map(|(_, cells)| cells).collect();
                    prop_assert_eq!(cells, by_the_library(text.as_bytes(), b','));
                }
                Err(fault) => prop_assert!(matches!(fault, SheetFault::OpenQuote { .. }), "{fault:?}"),
            }
        }
    }
}

//! One table as CSV or with tabs: for a file, with a byte-order mark, by which Excel on Windows
//! knows UTF-8, and CRLF; for a pipe without both. Cells that a spreadsheet would run are guarded.

use std::io::Write;

use csv::{Terminator, Writer, WriterBuilder};

use super::tables::Table;
use super::{Cell, Fault, Rows};
use crate::exchange::cells::guard;

/// Who reads what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// A spreadsheet that opens a file.
    Spreadsheet,
    /// A program behind a pipe.
    Pipe,
}

/// A table that is being written.
pub struct Delimited<W: Write> {
    writer: Writer<W>,
}

impl<W: Write> Delimited<W> {
    /// Begins a table with its heads.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn new(mut into: W, delimiter: u8, reader: Reader, table: &Table) -> Result<Self, Fault> {
        let terminator = match reader {
            Reader::Spreadsheet => {
                into.write_all("\u{feff}".as_bytes())?;
                Terminator::CRLF
            }
            Reader::Pipe => Terminator::Any(b'\n'),
        };
        let mut writer = WriterBuilder::new().delimiter(delimiter).terminator(terminator).from_writer(into);
        writer.write_record(table.columns.iter().map(|c| guard(&c.head).into_owned())).map_err(refused)?;
        Ok(Delimited { writer })
    }

    /// Writes what is still kept back.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn finish(mut self) -> Result<(), Fault> {
        Ok(self.writer.flush()?)
    }
}

impl<W: Write> Rows for Delimited<W> {
    fn row(&mut self, _: usize, cells: &[Cell]) -> Result<(), Fault> {
        let texts = cells.iter().map(|cell| match cell {
            // A number or a day is never run.
            Cell::Int(_) | Cell::Number(_) | Cell::Date(_) => cell.text().into_owned(),
            _ => guard(&cell.text()).into_owned(),
        });
        self.writer.write_record(texts).map_err(refused)
    }
}

fn refused(error: csv::Error) -> Fault {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Fault::Disk(error),
        other => Fault::Other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::sheet;
    use crate::exchange::write::tables::Column;

    fn written(delimiter: u8, reader: Reader, rows: &[Vec<Cell>]) -> Vec<u8> {
        let columns = ["客户名称", "备注"].map(|head| Column::given(head, head)).to_vec();
        let table = Table::given("", columns);
        let mut bytes = Vec::new();
        let mut out = Delimited::new(&mut bytes, delimiter, reader, &table).expect("memory");
        rows.iter().for_each(|row| out.row(0, row).expect("memory"));
        out.finish().expect("memory");
        bytes
    }

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    #[test]
    fn a_file_is_for_excel_and_a_pipe_for_programs() {
        let rows =
            [vec![text("Müller, \"Söhne\""), Cell::Flag(true, "是")], vec![Cell::Int(-3), text("a\nb")]];
        assert_eq!(
            String::from_utf8(written(b',', Reader::Spreadsheet, &rows)).expect("UTF-8"),
            "\u{feff}客户名称,备注\r\n\"Müller, \"\"Söhne\"\"\",是\r\n-3,\"a\nb\"\r\n"
        );
        assert_eq!(
            String::from_utf8(written(b'\t', Reader::Pipe, &rows)).expect("UTF-8"),
            "客户名称\t备注\n\"Müller, \"\"Söhne\"\"\"\t是\n-3\t\"a\nb\"\n"
        );
    }

    #[test]
    fn what_is_written_is_read_again() {
        let list = Cell::List(vec!["a;b".into(), "c".into()]);
        let rows = [
            vec![text("=1+1"), text("+49 30 123")],
            vec![text("'@x"), list],
            vec![text("-"), text("a\r\n\"b\";\tc")],
        ];
        for delimiter in [b',', b'\t'] {
            let sheet =
                sheet::read(std::io::Cursor::new(written(delimiter, Reader::Spreadsheet, &rows)), "a.csv")
                    .expect("a sheet");
            assert_eq!(sheet.heads, ["客户名称", "备注"]);
            let cells: Vec<_> = sheet.rows.iter().map(|r| r.cells.clone()).collect();
            assert_eq!(
                cells,
                [["=1+1", "+49 30 123"], ["'@x", "\"a;b\", c"], ["-", "a\r\n\"b\";\tc"]]
                    .map(|row| row.map(str::to_owned).to_vec())
            );
        }
    }
}

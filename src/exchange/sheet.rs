//! Rows of a table, why a file is none, and the file of rows that were refused.

use std::io::{Read, Seek};

use csv::WriterBuilder;

use super::cells::guard;
use super::encoding::Encoding;
use super::table::{self, Reading};
use crate::i18n::{List, messages};

/// Heads that a file of refused rows has before the original ones.
pub const ROW_HEAD: &str = "crm_row";
/// See [`ROW_HEAD`].
pub const REASON_HEAD: &str = "crm_reason";

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
    /// The line of the file, from 1, as an editor counts; in a workbook the number of the row.
    pub line: u64,
    /// The cells.
    pub cells: Vec<String>,
}

messages! {
    /// Why a file is no table, or a row no row.
    pub enum SheetFault {
        Unreadable { reason: String } = "sheet_unreadable":
            "{reason}", "{reason}", "{reason}";
        Empty = "empty_sheet":
            "the file has no heads", "文件没有表头", "檔案沒有標題列";
        NotUtf8 { at: u64, line: u64 } = "not_utf8":
            "byte {at}, in line {line}, is not UTF-8", "第 {line} 行中的第 {at} 字节不是 UTF-8 编码", "第 {line} 行中的第 {at} 個位元組不是 UTF-8 編碼";
        Undecodable { encoding: Encoding, at: u64, line: u64 } = "undecodable":
            "byte {at}, in line {line}, is not {encoding}", "第 {line} 行中的第 {at} 字节不是 {encoding} 编码", "第 {line} 行中的第 {at} 個位元組不是 {encoding} 編碼";
        NoEncoding { at: u64, line: u64, like: String } = "unknown_encoding":
            "byte {at}, in line {line}, is not UTF-8, and the text is not Chinese in GB18030 or Big5; it may be {like}: save it as UTF-8", "第 {line} 行中的第 {at} 字节不是 UTF-8 编码，文件也不像 GB18030 或 Big5 编码的中文，可能是 {like} 编码：请另存为 UTF-8", "第 {line} 行中的第 {at} 位元組不是 UTF-8 編碼，檔案也不像 GB18030 或 Big5 編碼的中文，可能是 {like} 編碼：請另存為 UTF-8";
        OpenQuote { line: u64 } = "open_quote":
            "the quote that opens in line {line} is never closed", "第 {line} 行开始的引号一直没有结束", "第 {line} 行開始的引號一直沒有結束";
        LongRow { line: u64 } = "long_row":
            "the row that begins in line {line} is too long", "第 {line} 行开始的一行数据过长", "從第 {line} 行開始的一筆資料過長";

        NoMail = "no_mail":
            "the file is no mail: it has neither a sender nor an id", "文件不是有效的邮件：既没有发件人，也没有邮件标识", "檔案不是有效的郵件：既沒有寄件人，也沒有郵件識別碼";
        TornMail { line: u64 } = "torn_mail":
            "mail {line} of the mailbox has neither a sender nor an id", "邮箱文件中的第 {line} 封既没有发件人，也没有邮件标识", "信箱檔案中的第 {line} 封既沒有寄件人，也沒有郵件識別碼";
        OutlookMail = "outlook_mail":
            "a mail in Outlook's own format cannot be read: save it as .eml", "无法读取 Outlook 专用格式的邮件：请另存为 .eml", "無法讀取 Outlook 專用格式的郵件：請另存為 .eml";

        WebPage = "web_page":
            "the file is called a workbook but is a web page: open it in a spreadsheet program and save it as xlsx", "文件名是工作簿，内容却是网页：请用表格软件打开，再另存为 xlsx", "檔案名稱是活頁簿，內容卻是網頁：請用試算表軟體開啟，再另存為 xlsx";
        BrokenWorkbook { reason: String } = "broken_workbook":
            "the workbook cannot be read: {reason}", "无法读取工作簿：{reason}", "無法讀取活頁簿：{reason}";
        Password = "workbook_password":
            "the workbook is locked by a password: save it without one", "工作簿设有密码：请另存为不带密码的文件", "活頁簿設有密碼：請另存為不帶密碼的檔案";
        NoSuchSheet { name: String, sheets: List } = "no_such_sheet":
            "the workbook has no sheet ‘{name}’; it has {sheets}", "工作簿中没有“{name}”工作表；现有：{sheets}", "活頁簿中沒有「{name}」工作表；現有：{sheets}";

        BrokenJson { line: u64, reason: String } = "broken_json":
            "line {line} is no JSON: {reason}", "第 {line} 行不是有效的 JSON（{reason}）", "第 {line} 行不是有效的 JSON（{reason}）";
        BrokenArray { line: u64, reason: String } = "broken_json_array":
            "from line {line} on the file is no JSON: {reason}", "从第 {line} 行起不是有效的 JSON（{reason}）", "從第 {line} 行起不是有效的 JSON（{reason}）";
        NoObject { line: u64 } = "no_json_object":
            "what begins in line {line} is no object with keys and values", "第 {line} 行不是由键和值组成的对象", "第 {line} 行不是由鍵和值組成的物件";
        NewKey { line: u64, key: String } = "new_json_key":
            "line {line} has a key that no line before had: ‘{key}’", "第 {line} 行有前面各行都没有的键“{key}”", "第 {line} 行有前面各行都沒有的鍵「{key}」";
        KeyTwice { line: u64, key: String } = "json_key_twice":
            "line {line} has ‘{key}’ twice", "第 {line} 行有两个“{key}”", "第 {line} 行有兩個「{key}」";
    }
}

impl SheetFault {
    /// The line at fault, where one is.
    pub fn line(&self) -> Option<u64> {
        match self {
            Self::BrokenJson { line, .. }
            | Self::NoObject { line }
            | Self::NewKey { line, .. }
            | Self::TornMail { line }
            | Self::KeyTwice { line, .. } => Some(*line),
            _ => None,
        }
    }

    /// Whether only one row is at fault, so that others may follow.
    pub fn is_of_one_row(&self) -> bool {
        matches!(
            self,
            Self::BrokenJson { .. }
                | Self::NoObject { .. }
                | Self::NewKey { .. }
                | Self::KeyTwice { .. }
                | Self::TornMail { .. }
        )
    }
}

/// Reads a whole table, as [`table::open`] does.
///
/// # Errors
/// When the file or a row of it cannot be read.
pub fn read(source: impl Read + Seek + Send + 'static, name: &str) -> Result<Sheet, SheetFault> {
    let table = table::open(source, name, &Reading::default())?;
    Ok(Sheet { heads: table.heads, rows: table.rows.collect::<Result<_, _>>()? })
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
    use std::io::Cursor;

    use super::*;

    #[test]
    fn refused_rows_come_back_as_they_were() {
        let sheet = read(Cursor::new(b"name,phone\n=cmd(),1,2\n"), "x.csv").expect("a sheet");
        let file = refused(&sheet.heads, &[(&sheet.rows[0], "3 cells".into())]);
        let again = read(Cursor::new(file), "x.rejected.csv").expect("a sheet");
        assert_eq!(again.heads, sheet.heads);
        assert_eq!(again.rows[0].cells, sheet.rows[0].cells);
    }
}

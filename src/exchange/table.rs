//! Tables of every kind.
use super::sheet::{self, SheetFault, SheetRow};
use std::io::{Read, Seek};
/// Encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8
    Utf8,
}
impl Encoding {
    /// The word.
    pub fn token(self) -> &'static str {
        "utf-8"
    }
    /// The encoding meant.
    pub fn meant(text: &str) -> Option<Encoding> {
        (text == "utf-8").then_some(Encoding::Utf8)
    }
}
/// Form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Delimited
    Delimited,
}
/// What was said.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// .
    pub encoding: Option<Encoding>,
    /// .
    pub delimiter: Option<u8>,
    /// .
    pub sheet: Option<String>,
    /// .
    pub form: Option<Form>,
}
/// Told.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// .
    pub encoding: Option<Encoding>,
    /// .
    pub encoding_was_guessed: bool,
    /// .
    pub delimiter: Option<u8>,
    /// .
    pub sheet: Option<String>,
    /// .
    pub other_sheets: Vec<String>,
    /// .
    pub bytes: Option<u64>,
}
/// Rows.
pub struct Rows(Box<dyn Iterator<Item = Result<SheetRow, SheetFault>> + Send>, u64);
impl Iterator for Rows {
    type Item = Result<SheetRow, SheetFault>;
    fn next(&mut self) -> Option<Self::Item> {
        self.1 += 1;
        self.0.next()
    }
}
impl Rows {
    /// done
    pub fn done(&self) -> u64 {
        self.1
    }
}
/// Table.
pub struct Table {
    /// .
    pub heads: Vec<String>,
    /// .
    pub rows: Rows,
    /// .
    pub told: Told,
}
/// Opens.
pub fn open(
    mut source: impl Read + Seek + Send + 'static,
    _: &str,
    _: &Reading,
) -> Result<Table, SheetFault> {
    let mut bytes = Vec::new();
    source.read_to_end(&mut bytes).map_err(|e| SheetFault::Broken { reason: e.to_string() })?;
    let sheet = sheet::read(&bytes)?;
    let told = Told { bytes: Some(sheet.rows.len() as u64), ..Told::default() };
    Ok(Table { heads: sheet.heads, rows: Rows(Box::new(sheet.rows.into_iter().map(Ok)), 0), told })
}

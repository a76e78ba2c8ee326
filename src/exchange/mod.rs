//! Files of other programs: bytes to rows and back, and which column means what. No files are
//! opened here, and nothing is written into the archive.

pub mod cells;
pub mod columns;
pub mod dated_log;
mod decoded;
mod delimited;
pub mod encoding;
mod grid;
pub mod heads;
mod json_lines;
mod mail;
pub mod mapping;
pub mod office;
pub mod record_columns;
pub mod sheet;
pub mod table;
mod usual_characters;
mod workbook;
pub mod write;

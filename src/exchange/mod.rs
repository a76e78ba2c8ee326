//! Files of other programs: bytes to rows and back, and which column means what. No files are
//! opened here, and nothing is written into the archive.

pub mod cells;
pub mod columns;
pub mod dated_log;
pub mod heads;
pub mod mapping;
pub mod record_columns;
pub mod sheet;
pub mod table;
pub mod write;

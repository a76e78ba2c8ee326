//! Reports: a question in, a [`crate::view::View`] out. Computed first, shaped then; nothing here
//! prints or writes, and today is an argument.

pub mod brief;
pub mod calendar;
pub mod card;
pub mod changes;
pub mod check;
pub mod columns;
pub mod conflicts;
pub mod daily;
pub mod doctor;
pub mod dup;
pub mod export;
pub mod fields;
pub mod history;
pub mod import;
pub mod log;
pub mod query;
pub mod remind;
pub mod search;
pub mod settings;
pub mod views;

pub use card::{Detail, Showing};

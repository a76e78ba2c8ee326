//! The card: what it may hold ([`schema`]), the values of the trade ([`value`]), how a place in
//! it is named ([`path`]), how it is read ([`read`]), in what two readings differ ([`compare`]) and
//! how its text is changed without touching anything else ([`edit`]), and how two changes of one
//! card become one ([`merge`]).
//!
//! Pure: text in, text out. No file, no clock, no git. The sections themselves are declared in
//! `sections/`.

pub mod compare;
pub mod conflicts;
pub mod country;
mod country_alias;
mod country_city;
mod country_old;
mod country_read;
mod country_table;
#[cfg(test)]
mod country_tests;
mod country_zones;
pub mod edit;
pub mod id;
pub mod locate;
pub mod merge;
pub mod near;
pub mod path;
pub mod read;
#[cfg(test)]
mod sample;
pub mod schema;
pub mod value;

pub use country::Country;
pub use read::{Card, Finding, Record, Unreadable};
pub use schema::{Choice, Choices, Field, Kind, Section};
pub use value::Value;

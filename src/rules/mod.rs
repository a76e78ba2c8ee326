//! The rules of the trade: pure functions of a card, the settings and today. One rule a file.
//! They answer; they never print, read files or know the time.

pub mod brief;
pub mod check;
pub mod condition;
pub mod contact_kinds;
pub mod duties;
pub mod entries;
pub mod facts;
pub mod filled;
pub mod greetings;
pub mod holidays;
pub mod likeness;
pub mod marks;
pub mod plans;
pub mod search;
pub mod template;
pub mod views;
pub mod visits;

//! Which customers may be one and the same: names folded, addresses, numbers and web sites,
//! a score from 0 to 100 and the reasons.
//!
//! A [`Sketch`] is a customer as it is compared, made once from its [`Particulars`]; [`compare`]
//! looks at two, [`pairs`] and [`Lookalikes`] at many. Words and hosts that many share are data:
//! `legal_forms.rs`, `trade_words.rs`, `places.rs`, `free_hosts.rs`.

mod free_hosts;
mod groups;
mod keys;
mod legal_forms;
mod letters;
mod names;
mod of_card;
mod places;
mod score;
mod simplified_table;
mod sketch;
mod trade_words;

pub use groups::{Lookalikes, pairs};
pub use letters::simplified;
pub use score::{ALIKE, Likeness, Reason, SURE, compare};
pub use sketch::{Particulars, Sketch, own_hosts};

#[cfg(test)]
mod messy_names;

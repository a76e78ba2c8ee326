//! `crm` keeps a trading company's customers as plain text: a folder for the stage, inside it one
//! for the country, inside it one for the company, and in that folder one card. Every change is a
//! git commit.
//!
//! The rooms, in order: a room uses those above it, nobody uses `cli`. `tests/cli/house.rs` reads
//! the sources and holds this order.
//!
//! | room | what lives there |
//! |---|---|
//! | [`i18n`] | languages, labels and messages, compiled in |
//! | [`card`] | the schema's words, values, paths, reading, the lossless editor. Pure |
//! | [`sections`] | one file per section of a card: one declaration gives everything else |
//! | [`settings`] | types and defaults of `crm.toml`. Pure |
//! | [`rules`] | pure functions of card, settings and today, one a file |
//! | [`exchange`] | files of other programs: bytes to rows and back. Pure |
//! | [`error`] | one error type: kind, stable code, message, hints; exit codes |
//! | [`archive`] | layout, names, sweep, lock, atomic writes; the only room that writes in the work tree |
//! | [`history`] | the only room that names git2 |
//! | [`index`] | the only room that names SQLite |
//! | [`workspace`] | the library's face: open, read, one transaction for every write |
//! | [`view`] | what there is to show, before anybody decides how |
//! | [`report`] | a question in, a [`view::View`] out |
//! | [`render`] | a view to a table, JSON, JSON Lines, CSV or a calendar |
//! | [`cli`] | argv, environment, clock, terminal: the only room with clap and printing |
//!
//! What the program keeps on disk: the archive itself (`crm.toml`, a `card.toml` per customer, `books/`),
//! and in `.git/crm/`, all of it disposable, `lock`, `index.sqlite`, `index.use`, `text` and `text.use` (what is
//! searched), `changes.sqlite` and `changes.use` (field changes), `past/` (indexes of past days), `told` and `told.use` (what was
//! reminded of), and for the length of a command `journal.json`, `index.new`, `names-*`, `signing-*` and `laid-out-*`.

#![forbid(unsafe_code)]

pub mod archive;
pub mod card;
#[doc(hidden)]
pub mod cli;
pub mod error;
pub mod exchange;
pub mod history;
pub mod i18n;
pub mod index;
pub mod render;
pub mod report;
pub mod rules;
pub mod sections;
pub mod settings;
pub mod view;
pub mod workspace;

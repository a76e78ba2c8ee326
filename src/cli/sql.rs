//! `crm sql`.

use std::io::{self, Read};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use super::Outcome;
use super::args::SqlArgs;
use super::console::Console;
use crate::error::{Error, Result};
use crate::index::Enough;
use crate::report;

/// How long somebody waits for a query, whatever it does.
const PATIENCE: Duration = Duration::from_secs(10);
/// The word for a query that is read from the input.
const INPUT: &str = "-";

pub(super) fn run(console: &Console, args: &SqlArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let query = if args.query == INPUT { from_input()? } else { args.query.clone() };
    let (rows, losses) = workspace.query(&query, Some(patience()))?;
    console.show(&report::query::rows(rows))?;
    Ok(console.ended(&losses))
}

/// Counts from the first time that it is asked: the query runs then, and the index is up to date.
fn patience() -> Enough {
    let began = OnceLock::new();
    #[allow(clippy::disallowed_methods, reason = "this is the room that reads the clock")]
    Arc::new(move || began.get_or_init(Instant::now).elapsed() > PATIENCE)
}

fn from_input() -> Result<String> {
    let mut text = String::new();
    io::stdin().lock().read_to_string(&mut text).map_err(|e| Error::file("stdin".as_ref(), e))?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

//! Asking on a terminal: one line at a time, with a default.

use std::io::{self, BufRead, Write};

use super::say::say;
use crate::error::{Error, Result};

/// Asks for a line; `None` when there is no answer and no default.
pub(crate) fn line(question: &str, default: &str) -> Result<Option<String>> {
    let shown = if default.is_empty() { String::new() } else { format!(" [{default}]") };
    let mut stderr = io::stderr().lock();
    // A prompt that cannot be shown is answered by the default.
    let _ = write!(stderr, "{question}{shown}: ").and_then(|()| stderr.flush());
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer).map_err(|e| Error::file("stdin".as_ref(), e))?;
    let answer = answer.trim();
    let answer = if answer.is_empty() { default } else { answer };
    Ok((!answer.is_empty()).then(|| answer.to_owned()))
}

/// Asks for yes or no; no answer is no.
pub(crate) fn yes(question: &str) -> Result<bool> {
    let answer = line(&format!("{question} {}", say!("[y/N]", "[是(y)/否(N)]", "[是(y)/否(N)]")), "")?;
    let answer = answer.unwrap_or_default().to_lowercase();
    Ok(matches!(answer.as_str(), "y" | "yes" | "是" | "好" | "对" | "對"))
}

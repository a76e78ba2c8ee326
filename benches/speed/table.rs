//! The table that the program prints: one row a figure, with the limit of design.md section 8.
//! Measures nothing.

use crate::measure::{Pairs, median};

/// One line of the table.
pub(crate) struct Row {
    job: String,
    ours: String,
    beside: String,
    ratio: String,
    limit: String,
    verdict: &'static str,
    /// Said below the table.
    pub(crate) note: Option<String>,
}

impl Row {
    /// A comparison in wall time; `limit` is the greatest ratio that design.md allows.
    pub(crate) fn compared(job: &str, pairs: &Pairs, command: &str, limit: Option<f64>) -> Self {
        let ratios = pairs.ratios();
        let middle = median(&ratios);
        let (least, most) = (ratios.first().unwrap_or(&f64::NAN), ratios.last().unwrap_or(&f64::NAN));
        Row {
            job: job.to_owned(),
            ours: format!("{:.1} ms", median(&pairs.ours)),
            beside: format!("{:.1} ms ({command})", median(&pairs.beside)),
            ratio: format!("{middle:.2} ({least:.2}–{most:.2})"),
            limit: limit.map_or_else(|| "–".to_owned(), |limit| format!("≤ {limit} ×")),
            verdict: verdict(middle, limit),
            note: None,
        }
    }

    /// A figure with a greatest value in its own unit.
    pub(crate) fn figure(job: &str, value: f64, unit: &str, limit: Option<f64>) -> Self {
        Row {
            job: job.to_owned(),
            ours: format!("{value:.1} {unit}"),
            beside: "–".to_owned(),
            ratio: "–".to_owned(),
            limit: limit.map_or_else(|| "–".to_owned(), |limit| format!("< {limit} {unit}")),
            verdict: verdict(value, limit),
            note: None,
        }
    }

    /// The same figure of another command beside it.
    pub(crate) fn with_beside(mut self, (value, other): (f64, f64), unit: &str, command: &str) -> Self {
        self.beside = format!("{other:.1} {unit} ({command})");
        self.ratio = format!("{:.2}", value / other);
        self
    }

    /// A job that could not be measured.
    pub(crate) fn failed(job: &str, reason: &str) -> Self {
        let mut row = Row::left_out(job, reason.lines().next().unwrap_or_default());
        row.verdict = "failed";
        row
    }

    /// A job that this machine has no means to measure.
    pub(crate) fn left_out(job: &str, reason: &str) -> Self {
        let none = || "–".to_owned();
        let (job, note) = (job.to_owned(), Some(reason.to_owned()));
        Row { job, ours: none(), beside: none(), ratio: none(), limit: none(), verdict: "left out", note }
    }

    /// With something to be said below the table.
    pub(crate) fn noted(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}

fn verdict(value: f64, limit: Option<f64>) -> &'static str {
    match limit {
        None => "–",
        Some(limit) if value <= limit => "met",
        Some(_) => "MISSED",
    }
}

/// The rows of each archive as a table in Markdown, and the notes below it.
pub(crate) fn markdown(rows: &[(usize, Row)]) -> String {
    let mut table =
        "| job | cards | crm | beside | ratio (of pairs) | limit | |\n|---|---|---|---|---|---|---|\n"
            .to_owned();
    let mut notes = String::new();
    for (cards, row) in rows {
        let Row { job, ours, beside, ratio, limit, verdict, note } = row;
        let mark = note.as_ref().map_or_else(String::new, |note| {
            let number = notes.lines().count() + 1;
            notes.push_str(&format!("{number}. {}\n", note.replace('\n', " ")));
            format!(" [{number}]")
        });
        table.push_str(&format!(
            "| {job}{mark} | {cards} | {ours} | {beside} | {ratio} | {limit} | {verdict} |\n"
        ));
    }
    if notes.is_empty() { table } else { format!("{table}\n{notes}") }
}

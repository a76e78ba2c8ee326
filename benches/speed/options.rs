//! The words behind `cargo bench --bench speed --`. Starts nothing.

use std::path::PathBuf;

/// What is asked of one run.
pub(crate) struct Options {
    /// Numbers of cards, one archive each.
    pub(crate) sizes: Vec<usize>,
    pub(crate) seed: u64,
    /// Pairs that count.
    pub(crate) runs: usize,
    pub(crate) crm: PathBuf,
    /// Where archives stay for the next run.
    pub(crate) keep: Option<PathBuf>,
    /// Jobs to run; none means all but those that must be asked for.
    pub(crate) only: Vec<String>,
    /// Jobs that must be asked for, and were.
    pub(crate) also: Vec<String>,
    /// How many writes the bytes on disk are measured over.
    pub(crate) writes: usize,
    /// Make the archives and stop.
    pub(crate) generate: bool,
}

pub(crate) const USAGE: &str = "\
cargo bench --bench speed -- [--cards 10000] [--large] [--runs 7] [--seed 1] [--crm PATH] [--keep DIR]
                             [--history] [--team] [--writes] [--only JOB,JOB…] [--generate]
JOB: followup, remind, sql, changed, rebuild, search, past, check, set, large-card, version, history, import, memory, disk, sync, dup";

impl Options {
    /// Reads the arguments; the error is one sentence.
    pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let (mut cards, mut large, mut crm) =
            (10_000, false, option_env!("CARGO_BIN_EXE_crm").map(PathBuf::from));
        let mut options = Options {
            sizes: Vec::new(),
            seed: 1,
            runs: 7,
            crm: PathBuf::new(),
            keep: None,
            only: Vec::new(),
            also: Vec::new(),
            writes: 100,
            generate: false,
        };
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("{argument} wants a value"));
            match argument.as_str() {
                "--bench" => {}
                "--large" => large = true,
                "--generate" => options.generate = true,
                "--history" => options.also.push("history".to_owned()),
                "--team" => options.also.push("sync".to_owned()),
                "--writes" => options.writes = 1000,
                "--cards" => cards = number(&value()?)?,
                "--runs" => options.runs = number(&value()?)?,
                "--seed" => options.seed = number(&value()?)? as u64,
                "--crm" => crm = Some(PathBuf::from(value()?)),
                "--keep" => options.keep = Some(absolute(&value()?)?),
                "--only" => options.only.extend(value()?.split(',').map(str::to_owned)),
                other => return Err(format!("{other} is no option of this program")),
            }
        }
        options.sizes.push(cards);
        if large {
            options.sizes.push(100_000);
        }
        match crm {
            Some(path) => {
                options.crm =
                    std::fs::canonicalize(&path).map_err(|error| format!("{}: {error}", path.display()))?
            }
            None if options.generate => {}
            None => return Err("cargo gave no crm program, and there is no --crm PATH".to_owned()),
        }
        Ok(options)
    }

    /// Whether a job is to run.
    pub(crate) fn wants(&self, job: &str, asked_for: bool) -> bool {
        let named = |list: &[String]| list.iter().any(|name| name == job);
        if self.only.is_empty() { !asked_for || named(&self.also) } else { named(&self.only) }
    }
}

fn number(text: &str) -> Result<usize, String> {
    match text.replace('_', "").parse() {
        Ok(number) if number > 0 => Ok(number),
        _ => Err(format!("{text} is no whole number above 0")),
    }
}

fn absolute(text: &str) -> Result<PathBuf, String> {
    std::path::absolute(text).map_err(|error| format!("{text}: {error}"))
}

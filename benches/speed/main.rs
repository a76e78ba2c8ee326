//! How fast `crm` is: prints the table of `docs/design.md` section 8 against the named commands, in
//! one run on one machine, over generated archives.
//!
//! ```text
//! cargo bench --bench speed                                  10,000 cards, all but the history
//! cargo bench --bench speed -- --history --large --writes    all there is; about 20 minutes
//! cargo bench --bench speed -- --keep /tmp/speed --only set  one job, on an archive that stays
//! cargo bench --bench speed -- --generate --keep /tmp/speed  the archives alone
//! ```
//!
//! `--cards N` and `--seed N` change the archive, `--runs N` the number of pairs (7), `--crm PATH` the
//! program (else the one that cargo built), `--large` adds 100,000 cards, `--writes` takes 1,000 writes
//! instead of 100 for the bytes on disk. Wanted: `git`; `rg`, else `grep` stands in and the table says
//! so; `/usr/bin/time` for memory. The archives stand in `TMPDIR`, or in `--keep DIR`; let that be a
//! disk, not memory.
//!
//! How it measures. Every comparison runs by turns, A B A B, after one turn that does not count; a ratio
//! is that of a pair, and the table has the median, least and greatest. Warm file cache. The environment
//! is cleared (PATH, a HOME of our own, `CRM_TODAY` = the day of the archive, no settings of the system's
//! or the user's git). Before a comparison three seconds pass, since git and `crm` both read again what is
//! as young as their index. Output goes to files, because `grep` gives up early on `/dev/null`.
//! A job that fails says so in its row, with what the command said on stderr; the others go on.
//!
//! Rooms: `options` the arguments, `words` and `card` what a card says, `archive` cards on disk and in
//! git, `measure` times and memory, `reading` and `writing` the jobs, `table` the output. Nothing of
//! `crm`'s own code is used.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "this program's work is files, processes, clocks and printing"
)]

mod archive;
mod card;
mod measure;
mod options;
mod reading;
mod syncing;
mod table;
mod words;
mod writing;

use archive::{Archive, TODAY};
use measure::Sandbox;
use options::{Options, USAGE};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use table::Row;

/// One archive with all that is needed to measure on it.
pub(crate) struct Bench {
    pub(crate) sandbox: Sandbox,
    pub(crate) options: Options,
    pub(crate) archive: Archive,
    /// Holds the archive, its copies and the sandbox.
    pub(crate) folder: PathBuf,
    pub(crate) has_rg: bool,
    pub(crate) has_peak: bool,
}

impl Bench {
    /// The limit of design.md for archives of this size.
    pub(crate) fn limit(&self, at_10_000: f64, at_100_000: f64) -> Option<f64> {
        Some(if self.archive.count >= 100_000 { at_100_000 } else { at_10_000 })
    }

    /// The running number of the card that single writes go to.
    pub(crate) fn middle_card(&self) -> usize {
        42.min(self.archive.count)
    }
}

/// A job by its name on the command line.
struct Measured {
    name: &'static str,
    /// Whether it runs on the first archive alone.
    first_only: bool,
    /// Whether it must be asked for.
    asked_for: bool,
    run: fn(&Bench) -> Result<Vec<Row>, String>,
}

const fn job(name: &'static str, run: fn(&Bench) -> Result<Vec<Row>, String>) -> Measured {
    Measured { name, first_only: false, asked_for: false, run }
}

const JOBS: &[Measured] = &[
    job("followup", reading::followup),
    job("remind", reading::remind),
    job("sql", reading::sql),
    job("changed", reading::changed),
    job("rebuild", reading::rebuild),
    job("search", reading::search),
    job("past", reading::past),
    job("check", reading::check),
    job("memory", reading::memory),
    job("dup", reading::duplicates),
    job("set", writing::set),
    Measured { asked_for: true, ..job("sync", syncing::sync) },
    Measured { first_only: true, ..job("large-card", writing::large_card) },
    Measured { first_only: true, ..job("version", reading::version) },
    Measured { first_only: true, asked_for: true, ..job("history", reading::history) },
    Measured { first_only: true, ..job("import", writing::import) },
    Measured { first_only: true, ..job("disk", writing::disk) },
];

fn main() -> ExitCode {
    if std::env::args().len() == 1 {
        // `cargo test --all-targets` starts benches without arguments.
        println!("This measures for minutes; start it so:\n{USAGE}");
        return ExitCode::SUCCESS;
    }
    let options = match Options::parse(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(error) => {
            eprintln!("{error}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    if let Some(unknown) = options.only.iter().find(|name| !JOBS.iter().any(|job| job.name == name.as_str()))
    {
        eprintln!("{unknown} is no job of this program\n{USAGE}");
        return ExitCode::from(2);
    }
    match measure_all(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn measure_all(options: Options) -> Result<(), String> {
    let temporary = tempfile::tempdir().map_err(|error| format!("no temporary folder: {error}"))?;
    let folder = options.keep.clone().unwrap_or_else(|| temporary.path().to_owned());
    let (sizes, mut options, mut rows) = (options.sizes.clone(), options, Vec::new());
    for (place, &size) in sizes.iter().enumerate() {
        let bench = prepare(options, &folder, size)?;
        if bench.options.generate {
            println!("{}", bench.archive.root.display());
        } else {
            rows.extend(measure_archive(&bench, place == 0).into_iter().map(|row| (size, row)));
        }
        options = bench.options;
    }
    if !options.generate {
        println!("\n{}", table::markdown(&rows));
    }
    Ok(())
}

/// Makes the archive, and says on which machine and over what the figures are taken.
fn prepare(options: Options, folder: &Path, size: usize) -> Result<Bench, String> {
    let folder = folder.to_owned();
    let sandbox = Sandbox::create(options.crm.clone(), &folder, TODAY.to_string())?;
    eprintln!("{size} cards: making the archive in {}", folder.display());
    let root = folder.join(format!("archive-{size}-{}", options.seed));
    let archive = Archive::create(&sandbox, root, size, options.seed)?;
    let (has_rg, has_peak) = (sandbox.has("rg"), sandbox.has_peak());
    let (due, mean) = archive.figures();
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let git = sandbox.program("git", &["--version"]).output()?;
    println!("{size} cards of {mean} bytes on average, {due} of them due; {cores} cores; {}.", git.trim());
    if !matches!(size, 10_000 | 100_000) {
        println!("The limits are those for 10,000 and 100,000 cards.");
    }
    Ok(Bench { sandbox, options, archive, folder, has_rg, has_peak })
}

fn measure_archive(bench: &Bench, first: bool) -> Vec<Row> {
    let mut rows = Vec::new();
    for job in JOBS {
        if (job.first_only && !first) || !bench.options.wants(job.name, job.asked_for) {
            continue;
        }
        eprintln!("{} cards: {}", bench.archive.count, job.name);
        match (job.run)(bench) {
            Ok(measured) => rows.extend(measured),
            Err(error) => {
                eprintln!("{error}");
                rows.push(Row::failed(job.name, &error));
            }
        }
    }
    rows
}

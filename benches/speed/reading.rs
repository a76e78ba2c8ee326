//! The jobs that only read: the daily list with its index current, stale and gone, its memory,
//! the start of the program, the history of a card. Archives are left as they were found.

use crate::Bench;
use crate::archive::{at, read, write};
use crate::card::{TEAM, with_note};
use crate::measure::{Job, Pairs, median, milliseconds};
use crate::table::Row;
use std::fs::{self, File};
use std::path::PathBuf;
use std::time::SystemTime;

const FOLLOWUP: &[&str] = &["followup", "--owner", "all"];
const STATUS: &[&str] = &["status", "--porcelain"];
const MEGABYTE: f64 = 1_000_000.0;

impl Bench {
    fn followup(&self) -> Job<'_> {
        self.sandbox.crm(&self.archive.root, FOLLOWUP)
    }

    fn status(&self) -> Job<'_> {
        self.sandbox.git(&self.archive.root, STATUS)
    }

    /// `rg`, or `grep` where there is none, and how the table names it.
    fn text_search(&self) -> (Job<'_>, &'static str) {
        if self.has_rg {
            (self.sandbox.program("rg", &["-c", "next"]).arg(&self.archive.root), "rg -c next")
        } else {
            let job =
                self.sandbox.program("grep", &["-rc", "--exclude-dir=.git", "next"]).arg(&self.archive.root);
            (job, "grep -rc next: no rg here")
        }
    }

    /// Takes the index of `crm` away.
    fn forget_index(&self) -> Result<(), String> {
        let folder = self.archive.root.join(".git").join("crm");
        if folder.exists() { fs::remove_dir_all(&folder).map_err(at(&folder)) } else { Ok(()) }
    }
}

/// The list of the day, nothing changed since the last one.
pub(crate) fn followup(bench: &Bench) -> Result<Vec<Row>, String> {
    let lines = bench.followup().output()?.lines().count();
    let left = bench.status().output()?;
    if !left.is_empty() {
        return Err(format!("git status is not clean after crm followup: {left}"));
    }
    let pairs = Pairs::measure(bench.options.runs, |_| bench.followup().time(), |_| bench.status().time())?;
    let row =
        Row::compared("`crm followup`, index up to date", &pairs, "git status", bench.limit(0.45, 0.25));
    let (due, _) = bench.archive.figures();
    Ok(vec![row.noted(format!("{due} cards have a plan that is due; crm printed {lines} lines."))])
}

/// Who has as many customers as one person looks after.
const SALESPERSON: &str = "zhao";
/// How many those are.
const LOOKED_AFTER: usize = 200;

/// The duties of one salesperson beside the list of the day, and the calendar of five weeks.
pub(crate) fn remind(bench: &Bench) -> Result<Vec<Row>, String> {
    let archive = bench.archive.copy(&bench.sandbox, "remind")?;
    for index in archive.spread(LOOKED_AFTER) {
        let path = archive.root.join(archive.card(index).path);
        let mut text = read(&path)?;
        for member in TEAM {
            text = text.replace(&format!("\"{member}\""), &format!("\"{SALESPERSON}\""));
        }
        write(&path, &text)?;
    }
    bench.sandbox.git(&archive.root, &["commit", "-qam", "One salesperson"]).run()?;
    let crm = |words: &[&str]| bench.sandbox.crm(&archive.root, words);
    crm(&["followup"]).run()?;
    archive.settle(&bench.sandbox)?;
    let lines = |words: &[&str]| Ok::<usize, String>(crm(words).output()?.lines().count());
    let paired = |words: &[&str], beside: &[&str]| {
        Pairs::measure(bench.options.runs, |_| crm(words).time(), |_| crm(beside).time())
    };
    let remind = ["remind", "--owner", SALESPERSON];
    let pairs = paired(&remind, FOLLOWUP)?;
    let title = "`crm remind` of one salesperson";
    let note = format!("{LOOKED_AFTER} customers; crm printed {} lines.", lines(&remind)?);
    let of_remind = Row::compared(title, &pairs, "crm followup --owner all", Some(1.3)).noted(note);
    // The smallest question there is costs the start and the sweep.
    let calendar = ["followup", "calendar", "--owner", SALESPERSON];
    let pairs = paired(&calendar, &["sql", "SELECT 1"])?;
    let title = "`crm followup calendar` of one, five weeks, without the sweep";
    let more = median(&pairs.ours) - median(&pairs.beside);
    let note = format!(
        "{:.1} ms beside {:.1} ms of `crm sql \"SELECT 1\"`, which sweeps too; crm printed {} lines.",
        median(&pairs.ours),
        median(&pairs.beside),
        lines(&calendar)?
    );
    let of_calendar = Row::figure(title, more, "ms", Some(100.0)).noted(note);
    archive.discard()?;
    Ok(vec![of_remind, of_calendar])
}

/// Questions over all customers, beside the list of the day: what is asked, and the command.
const QUESTIONS: [(&str, &[&str]); 4] = [
    ("a count over facts", &["sql", "SELECT country, count(*) FROM facts GROUP BY country"]),
    (
        "facts that are computed at the question",
        &["sql", "SELECT count(*), avg(completeness) FROM facts WHERE days_silent > 30 AND has_next_step"],
    ),
    (
        "a join of two sections",
        &["sql", "SELECT count(*) FROM contacts k JOIN channels h ON h.card = k.card AND h.parent = k.id"],
    ),
    ("a list by condition", &["list", "--where", "overdue_days > 30 AND country = 'DE'"]),
];

/// Questions in SQL and conditions, nothing changed since the last one.
pub(crate) fn sql(bench: &Bench) -> Result<Vec<Row>, String> {
    let measured = |(title, words): &(&str, &[&str])| {
        let job = || bench.sandbox.crm(&bench.archive.root, words);
        job().output()?;
        let pairs = Pairs::measure(bench.options.runs, |_| job().time(), |_| bench.followup().time())?;
        Ok(Row::compared(&format!("SQL: {title}"), &pairs, "crm followup", Some(1.3)))
    };
    QUESTIONS.iter().map(measured).collect()
}

/// A card that the harness changed by hand, and how it was before.
struct Changed {
    path: PathBuf,
    text: String,
    modified: SystemTime,
}

impl Changed {
    fn remember(path: PathBuf) -> Result<Self, String> {
        let modified = fs::metadata(&path).and_then(|metadata| metadata.modified()).map_err(at(&path))?;
        Ok(Changed { text: read(&path)?, modified, path })
    }

    fn change(&self, round: usize) -> Result<(), String> {
        write(&self.path, &with_note(&self.text, round))
    }

    fn restore(&self) -> Result<(), String> {
        write(&self.path, &self.text)?;
        let file = File::options().write(true).open(&self.path).map_err(at(&self.path))?;
        file.set_modified(self.modified).map_err(at(&self.path))
    }
}

/// The list of the day after 1,000 cards were changed on disk. Before each measured command the cards
/// are put back, both indexes are brought up to date, and the cards are changed anew.
pub(crate) fn changed(bench: &Bench) -> Result<Vec<Row>, String> {
    let many = bench.archive.spread(1000.min(bench.archive.count / 10));
    let cards =
        many.iter().map(|&index| Changed::remember(bench.archive.root.join(bench.archive.card(index).path)));
    let cards = cards.collect::<Result<Vec<Changed>, String>>()?;
    let restore = || -> Result<(), String> {
        cards.iter().try_for_each(Changed::restore)?;
        bench.followup().run()?;
        bench.status().run()
    };
    let change = |round: usize| {
        restore()?;
        cards.iter().try_for_each(|card| card.change(round))
    };
    let ours = |turn: usize| change(2 * turn).and_then(|()| bench.followup().time());
    let beside = |turn: usize| change(2 * turn + 1).and_then(|()| bench.status().time());
    let pairs = Pairs::measure(bench.options.runs, ours, beside);
    let seen = bench.status().output().map(|listed| listed.lines().count());
    let restored = cards.iter().try_for_each(Changed::restore);
    let (pairs, seen, ()) = (pairs?, seen?, restored?);
    if seen != cards.len() {
        return Err(format!("git status saw {seen} changes, not {}", cards.len()));
    }
    bench.archive.settle(&bench.sandbox)?;
    let job = format!("the same after {} cards changed", cards.len());
    Ok(vec![Row::compared(&job, &pairs, "git status", bench.limit(0.9, 0.3))])
}

/// The index built from nothing.
pub(crate) fn rebuild(bench: &Bench) -> Result<Vec<Row>, String> {
    let ours = |_| bench.forget_index().and_then(|()| bench.followup().time());
    let pairs = Pairs::measure(bench.options.runs, ours, |_| bench.text_search().0.time())?;
    let folder = bench.archive.root.join(".git").join("crm");
    if !folder.exists() {
        return Err(format!("crm followup left no index in {}", folder.display()));
    }
    let named = bench.text_search().1;
    Ok(vec![Row::compared("index built from nothing", &pairs, named, bench.limit(6.0, 6.0))])
}

/// A word and two Chinese characters, looked for in all text of all cards.
pub(crate) fn search(bench: &Bench) -> Result<Vec<Row>, String> {
    let mut rows = Vec::new();
    // The archive is settled, so that no text is too young to be kept.
    bench.archive.settle(&bench.sandbox)?;
    for (what, text) in [("a word", "Hydraulics"), ("two Chinese characters", "宁波")] {
        let job = || bench.sandbox.crm(&bench.archive.root, &["search", text]);
        let first = milliseconds(job().time()?);
        let pairs = Pairs::measure(bench.options.runs, |_| job().time(), |_| bench.followup().time())?;
        let limit = bench.limit(1.6, 1.6);
        let row = Row::compared(&format!("`crm search`, {what}"), &pairs, "crm followup", limit);
        let lines = job().output()?.lines().count();
        rows.push(row.noted(format!("{text}: crm printed {lines} lines; its first run took {first:.0} ms.")));
    }
    if bench.has_peak {
        let peak =
            bench.sandbox.crm(&bench.archive.root, &["search", "Hydraulics"]).peak()?.1 as f64 / MEGABYTE;
        rows.push(Row::figure("peak memory of `crm search`", peak, "MB", Some(100.0)));
    }
    Ok(rows)
}

/// Every rule over every card and file.
pub(crate) fn check(bench: &Bench) -> Result<Vec<Row>, String> {
    // Nearly every generated card lacks something, so that crm exits 0 with as many lines.
    let job = || bench.sandbox.crm(&bench.archive.root, &["check"]);
    let lines = job().output()?.lines().count();
    let pairs = Pairs::measure(bench.options.runs, |_| job().time(), |_| bench.text_search().0.time())?;
    let named = bench.text_search().1;
    let row = Row::compared("`crm check`", &pairs, named, bench.limit(3.0, 3.0));
    Ok(vec![row.noted(format!("crm printed {lines} lines."))])
}

/// Peak memory of the list of the day, with its index and without.
pub(crate) fn memory(bench: &Bench) -> Result<Vec<Row>, String> {
    let title = "peak memory of `crm followup`";
    if !bench.has_peak {
        return Ok(vec![Row::left_out(
            title,
            "/usr/bin/time with -f is not here: peak memory was left out.",
        )]);
    }
    let limit = (bench.archive.count >= 100_000).then_some(100.0);
    let status = bench.status().peak()?.1 as f64 / MEGABYTE;
    bench.forget_index()?;
    let mut rows = Vec::new();
    for state in ["index built from nothing", "index up to date"] {
        let peak = bench.followup().peak()?.1 as f64 / MEGABYTE;
        let row = Row::figure(&format!("{title}, {state}"), peak, "MB", limit);
        rows.push(row.with_beside((peak, status), "MB", "git status"));
    }
    Ok(rows)
}

/// Duplicates over the whole archive, with the index up to date.
pub(crate) fn duplicates(bench: &Bench) -> Result<Vec<Row>, String> {
    let mut seconds = Vec::new();
    for turn in 0..=bench.options.runs {
        let taken = bench.sandbox.crm(&bench.archive.root, &["dup"]).time()?.as_secs_f64();
        if turn > 0 {
            seconds.push(taken);
        }
    }
    let limit = (bench.archive.count < 100_000).then_some(2.0);
    Ok(vec![Row::figure("duplicates over the archive", median(&seconds), "s", limit)])
}

/// The start of the program.
pub(crate) fn version(bench: &Bench) -> Result<Vec<Row>, String> {
    let ours = |_| bench.sandbox.crm_alone(&["--version"]).time();
    let beside = |_| bench.sandbox.program("git", &["--version"]).time();
    // The times are of a millisecond, so there are more of them.
    let pairs = Pairs::measure(5 * bench.options.runs, ours, beside)?;
    Ok(vec![Row::compared("`crm --version`", &pairs, "git --version", Some(2.0))])
}

/// The history of one card among 20,000 commits.
pub(crate) fn history(bench: &Bench) -> Result<Vec<Row>, String> {
    let card = bench.archive.card(bench.middle_card());
    let copy = bench.archive.copy(&bench.sandbox, "history")?;
    copy.add_history(&bench.sandbox, 20_000, (bench.middle_card(), 1250))?;
    let log = || bench.sandbox.git(&copy.root, &["log", "--oneline", "--", &card.path]);
    let ours = || bench.sandbox.crm(&copy.root, &["history", &card.number]);
    let commits = log().output()?.lines().count();
    let first = milliseconds(ours().time()?);
    let pairs = Pairs::measure(bench.options.runs, |_| ours().time(), |_| log().time())?;
    let row = Row::compared(
        "history of one card among 20,000 commits",
        &pairs,
        "git log, changed-paths",
        Some(1.0),
    );
    let lines = ours().output()?.lines().count();
    let note = format!(
        "git log finds {commits} commits; crm printed {lines} lines; its first run took {first:.0} ms."
    );
    let changes = copy.root.join(".git").join("crm").join("changes.sqlite");
    let built = |_| fs::remove_file(&changes).map_err(at(&changes)).and_then(|()| ours().time());
    let all = |_| bench.sandbox.git(&copy.root, &["log", "-p", "--no-color"]).time();
    let whole = Pairs::measure(bench.options.runs.min(3), built, all)?;
    copy.discard()?;
    let whole =
        Row::compared("field changes of 20,000 commits, from nothing", &whole, "git log -p", Some(1.0));
    Ok(vec![row.noted(note), whole])
}

/// A past day: one that was never asked before, beside the index built from nothing; and asked again,
/// beside today.
pub(crate) fn past(bench: &Bench) -> Result<Vec<Row>, String> {
    let then = || bench.followup().arg("--as-of").arg("HEAD");
    let kept = bench.archive.root.join(".git").join("crm").join("past");
    let new = |_| {
        if kept.exists() {
            fs::remove_dir_all(&kept).map_err(at(&kept))?;
        }
        then().time()
    };
    let from_nothing = |_| bench.forget_index().and_then(|()| bench.followup().time());
    let first = Pairs::measure(bench.options.runs, new, from_nothing)?;
    let again = Pairs::measure(bench.options.runs, |_| then().time(), |_| bench.followup().time())?;
    Ok(vec![
        Row::compared("a past day never asked before", &first, "index built from nothing", Some(3.0)),
        Row::compared("the same day asked again", &again, "crm followup", Some(1.0)),
    ])
}

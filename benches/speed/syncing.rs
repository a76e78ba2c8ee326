//! The jobs of a team: a sync that brings cards both ways, and one that finds nothing new.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::Bench;
use crate::archive::{read, remove, write};
use crate::card::with_phone;
use crate::measure::Pairs;
use crate::table::Row;

/// Cards that each side changes.
const CHANGED: usize = 1_000;

/// A shared repository and two desks with a clone of it.
struct Team<'b> {
    bench: &'b Bench,
    hub: PathBuf,
    ours: PathBuf,
    theirs: PathBuf,
}

impl<'b> Team<'b> {
    fn new(bench: &'b Bench, name: &str) -> Result<Team<'b>, String> {
        let at = |what: &str| bench.folder.join(format!("{name}-{what}"));
        let team = Team { bench, hub: at("hub"), ours: at("ours"), theirs: at("theirs") };
        team.discard()?;
        let clone = |from: &Path, to: &Path, how: &[&str]| {
            let words = [&["clone", "-q"], how].concat();
            bench.sandbox.program("git", &words).arg(from).arg(to).run()
        };
        clone(&bench.archive.root, &team.hub, &["--bare"])?;
        for desk in [&team.ours, &team.theirs] {
            clone(&team.hub, desk, &[])?;
            for [key, value] in
                [["gc.auto", "0"], ["user.name", "Lin"], ["user.email", "lin@company.example"]]
            {
                bench.sandbox.git(desk, &["config", key, value]).run()?;
            }
            bench.sandbox.crm(desk, &["followup"]).run()?;
        }
        Ok(team)
    }

    /// Both sides change cards, none of them the same; the others push.
    fn change(&self, round: usize) -> Result<(), String> {
        let many = self.bench.archive.spread(2 * CHANGED.min(self.bench.archive.count / 10));
        for (side, desk) in [&self.theirs, &self.ours].into_iter().enumerate() {
            self.bench.sandbox.git(desk, &["pull", "-q", "--ff-only"]).run()?;
            for index in many.iter().skip(side).step_by(2) {
                let path = desk.join(self.bench.archive.card(*index).path);
                let phone = format!("+86 574 {round:04} {index:06}");
                write(&path, &with_phone(&read(&path)?, &phone))?;
            }
            self.bench.sandbox.git(desk, &["commit", "-q", "-a", "-m", "Phones"]).run()?;
        }
        self.bench.sandbox.git(&self.theirs, &["push", "-q"]).run()?;
        self.bench.sandbox.crm(&self.ours, &["followup"]).run()
    }

    fn discard(&self) -> Result<(), String> {
        [&self.hub, &self.ours, &self.theirs].into_iter().try_for_each(|folder| remove(folder))
    }
}

/// A sync beside what plain git needs for the same.
pub(crate) fn sync(bench: &Bench) -> Result<Vec<Row>, String> {
    let (with_crm, with_git) = (Team::new(bench, "sync")?, Team::new(bench, "plain")?);
    let ours = |round: usize| -> Result<Duration, String> {
        with_crm.change(round)?;
        bench.sandbox.crm(&with_crm.ours, &["sync"]).time()
    };
    let beside = |round: usize| -> Result<Duration, String> {
        with_git.change(round)?;
        let pull = ["pull", "-q", "--no-rebase", "--no-edit"];
        let pulled = bench.sandbox.git(&with_git.ours, &pull).time()?;
        Ok(pulled + bench.sandbox.git(&with_git.ours, &["push", "-q"]).time()?)
    };
    let pairs = Pairs::measure(bench.options.runs.min(5), ours, beside)?;
    if !bench.sandbox.is_clean(&with_crm.ours)? {
        return Err("git status is not clean after a sync".to_owned());
    }
    let changed = 2 * CHANGED.min(bench.archive.count / 10);
    let title = format!("sync that brings {} cards each way", changed / 2);
    let both = Row::compared(&title, &pairs, "git pull && git push", Some(1.5));
    let nothing = |_| bench.sandbox.crm(&with_crm.ours, &["sync"]).time();
    let fetch = |_| bench.sandbox.git(&with_crm.ours, &["fetch", "-q"]).time();
    let pairs = Pairs::measure(bench.options.runs, nothing, fetch)?;
    let nothing = Row::compared("sync with nothing new", &pairs, "git fetch", Some(1.2));
    with_crm.discard()?;
    with_git.discard()?;
    Ok(vec![both, nothing])
}

//! The jobs that write: one field of a card, of a large card, an import, and what writes take on disk.
//! Each works on a copy of the archive, and looks whether git finds it clean afterwards.

use crate::Bench;
use crate::archive::{Archive, read, remove, write};
use crate::card::{import_rows, with_phone};
use crate::measure::{Pairs, median};
use crate::table::Row;
use std::time::Duration;

const MEGABYTE: f64 = 1_000_000.0;
const IMPORTED: usize = 10_000;

/// A telephone number that is another one in every turn.
fn value(turn: usize) -> String {
    format!("+86 574 5550 {turn:04}")
}

impl Bench {
    /// One field set by the measured program.
    fn set(&self, archive: &Archive, number: &str, turn: usize) -> Result<Duration, String> {
        let assignment = format!("phone={}", value(turn));
        self.sandbox.crm(&archive.root, &["set", number, &assignment]).time()
    }

    /// The same edit made by hand, which is not counted, then added and committed.
    fn add_and_commit(&self, archive: &Archive, path: &str, turn: usize) -> Result<Duration, String> {
        let card = archive.root.join(path);
        write(&card, &with_phone(&read(&card)?, &value(turn)))?;
        let added = self.sandbox.git(&archive.root, &["add", path]).time()?;
        let committed = self.sandbox.git(&archive.root, &["commit", "-q", "-m", "m"]).time()?;
        Ok(added + committed)
    }

    fn commits(&self, archive: &Archive) -> Result<usize, String> {
        let count = self.sandbox.git(&archive.root, &["rev-list", "--count", "HEAD"]).output()?;
        count.trim().parse().map_err(|_| format!("git rev-list --count said {count}"))
    }

    /// An error if git sees anything but `commits` commits, a clean work tree and an index equal to HEAD.
    fn expect_sound(&self, archive: &Archive, commits: usize) -> Result<(), String> {
        let left = self.sandbox.git(&archive.root, &["status", "--porcelain"]).output()?;
        if !left.is_empty() {
            return Err(format!("git status is not clean after the writes: {left}"));
        }
        let tree = |arguments: &[&str]| self.sandbox.git(&archive.root, arguments).output();
        if tree(&["write-tree"])? != tree(&["rev-parse", "HEAD^{tree}"])? {
            return Err("git write-tree gives another tree than HEAD's".to_owned());
        }
        match self.commits(archive)? {
            found if found == commits => Ok(()),
            found => Err(format!("there are {found} commits after the writes, not {commits}")),
        }
    }
}

/// One change written, on disk, committed: to a card that is named by its folder, as `git add` names it,
/// and to one named by its number, for which every card is asked whether it is as it was.
pub(crate) fn set(bench: &Bench) -> Result<Vec<Row>, String> {
    let card = bench.archive.card(bench.middle_card());
    let (ours, other) =
        (bench.archive.copy(&bench.sandbox, "set")?, bench.archive.copy(&bench.sandbox, "git")?);
    let folder = card.path.trim_end_matches("/card.toml");
    let ways = [
        ("one change written and committed, card named by its folder", folder),
        ("the same, card named by its number", card.number.as_str()),
    ];
    let (runs, mut rows) = (bench.options.runs, Vec::new());
    for (at, (job, name)) in ways.into_iter().enumerate() {
        let value = |turn| at * (runs + 1) + turn;
        let pairs = Pairs::measure(
            runs,
            |turn| bench.set(&ours, name, value(turn)),
            |turn| bench.add_and_commit(&other, &card.path, value(turn)),
        )?;
        rows.push(Row::compared(job, &pairs, "git add, git commit", bench.limit(0.5, 0.5)));
    }
    let commits = 2 + 2 * runs + 1;
    bench.expect_sound(&ours, commits)?;
    bench.expect_sound(&other, commits)?;
    ours.discard()?;
    other.discard()?;
    Ok(rows)
}

/// The same on a card of 1 MB, beside a card of 3 KB.
pub(crate) fn large_card(bench: &Bench) -> Result<Vec<Row>, String> {
    let small = bench.archive.card(bench.middle_card());
    let archive = bench.archive.copy(&bench.sandbox, "large-card")?;
    let large = archive.add_large_card(&bench.sandbox)?;
    let pairs = Pairs::measure(
        bench.options.runs,
        |turn| bench.set(&archive, &large.number, turn),
        |turn| bench.set(&archive, &small.number, turn),
    )?;
    bench.expect_sound(&archive, 2 + 2 * (bench.options.runs + 1))?;
    archive.discard()?;
    let job = format!("the same on a card of {} KB", large.text.len() / 1000);
    let beside = format!("crm set, card of {:.1} KB", small.text.len() as f64 / 1000.0);
    Ok(vec![Row::compared(&job, &pairs, &beside, Some(3.0))])
}

/// 10,000 rows imported into a new archive: time and peak memory.
pub(crate) fn import(bench: &Bench) -> Result<Vec<Row>, String> {
    let rows = bench.folder.join("import.csv");
    write(&rows, &import_rows(bench.options.seed, IMPORTED))?;
    let (mut seconds, mut peaks) = (Vec::new(), Vec::new());
    for _ in 0..bench.options.runs.min(3) {
        let root = bench.folder.join("imported");
        remove(&root)?;
        let init = bench.sandbox.crm_alone(&["init"]).arg(&root);
        init.arg("--lang").arg("zh-CN").arg("--home").arg("CN").run()?;
        let job = bench.sandbox.crm(&root, &["import"]).arg(&rows).arg("--yes");
        if bench.has_peak {
            let (taken, peak) = job.peak()?;
            seconds.push(taken.as_secs_f64());
            peaks.push(peak as f64 / MEGABYTE);
        } else {
            seconds.push(job.time()?.as_secs_f64());
        }
        if !bench.sandbox.is_clean(&root)? {
            return Err("git status is not clean after the import".to_owned());
        }
    }
    let root = bench.folder.join("imported");
    let listed = bench.sandbox.git(&root, &["ls-files", "-z", "--", "*/card.toml"]).output()?;
    let cards = listed.matches('\0').count();
    remove(&root)?;
    let (runs, title) = (seconds.len(), format!("import of {IMPORTED} rows"));
    let time = Row::figure(&format!("{title}, time"), median(&seconds), "s", Some(10.0));
    let time =
        time.noted(format!("Median of {runs} imports into a new archive; the last one made {cards} cards."));
    let memory = match peaks.is_empty() {
        true => Row::left_out(&format!("{title}, peak memory"), "/usr/bin/time with -f is not here."),
        false => Row::figure(&format!("{title}, peak memory"), median(&peaks), "MB", Some(150.0)),
    };
    Ok(vec![time, memory])
}

/// Bytes that `.git` grows by, before and after packing, and loose objects before.
struct Growth {
    loose: f64,
    packed: f64,
    objects: String,
}

impl Growth {
    fn measure(
        bench: &Bench,
        name: &str,
        mut one: impl FnMut(&Archive, usize, usize) -> Result<Duration, String>,
    ) -> Result<Self, String> {
        let archive = bench.archive.copy(&bench.sandbox, name)?;
        for key in ["gc.auto", "maintenance.auto"] {
            bench.sandbox.git(&archive.root, &["config", key, "0"]).run()?;
        }
        bench.sandbox.git(&archive.root, &["gc", "-q"]).run()?;
        let start = archive.bytes_on_disk()? as f64;
        for (turn, index) in archive.spread(bench.options.writes).into_iter().enumerate() {
            one(&archive, index, turn)?;
        }
        let objects = bench.sandbox.git(&archive.root, &["count-objects"]).output()?;
        let loose = archive.bytes_on_disk()? as f64 - start;
        bench.sandbox.git(&archive.root, &["gc", "-q"]).run()?;
        let packed = archive.bytes_on_disk()? as f64 - start;
        archive.discard()?;
        Ok(Growth { loose, packed, objects: objects.trim().to_owned() })
    }
}

/// Bytes on disk of 1,000 writes, before and after packing.
pub(crate) fn disk(bench: &Bench) -> Result<Vec<Row>, String> {
    let ours = Growth::measure(bench, "disk-crm", |archive, index, turn| {
        bench.set(archive, &bench.archive.card(index).number, turn)
    })?;
    let other = Growth::measure(bench, "disk-git", |archive, index, turn| {
        bench.add_and_commit(archive, &bench.archive.card(index).path, turn)
    })?;
    let writes = bench.options.writes.min(bench.archive.count);
    let scaled = |bytes: f64| bytes * 1000.0 / writes as f64 / MEGABYTE;
    let row = |state: &str, ours: f64, other: f64| {
        let job = format!("bytes on disk per 1,000 writes, {state}");
        let figures = (scaled(ours), scaled(other));
        Row::figure(&job, figures.0, "MB", None).with_beside(figures, "MB", "git add, git commit")
    };
    let note = format!(
        "Blocks of .git without .git/crm, growth over {writes} writes to as many cards, scaled to 1,000; \
         packing on its own is off; loose before packing: {}.",
        ours.objects
    );
    Ok(vec![
        row("before packing", ours.loose, other.loose).noted(note),
        row("after git gc", ours.packed, other.packed),
    ])
}

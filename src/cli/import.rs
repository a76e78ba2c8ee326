//! `crm import FILE`.

use std::fs;
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Outcome;
use super::args::ImportArgs;
use super::console::Console;
use super::customers::{MANY, stage};
use super::say::say;
use crate::archive::Stage;
use crate::error::{Error, Hint, Kind, Problem, Result};
use crate::exchange::columns::{self, Meaning};
use crate::exchange::sheet::{self, Sheet};
use crate::i18n::notice::Notice;
use crate::i18n::sentence::Sentence;
use crate::i18n::{Lang, Say};
use crate::report;
use crate::settings::Settings;
use crate::workspace::import::{ImportOptions, Imported};

pub(super) fn run(console: &Console, args: &ImportArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let file = fs::File::open(&args.file).map_err(|e| Error::file(&args.file, e))?;
    let sheet = sheet::read(file, &args.file.to_string_lossy())
        .map_err(|fault| Error::usage(Problem::Sheet { path: args.file.display().to_string(), fault }))?;
    let meanings = meanings(&sheet, args, workspace.settings())?;
    say_unclaimed(console, &sheet, &meanings);
    let stage = args.stage.as_deref().map_or(Ok(Stage::Prospect), stage)?;
    let options = ImportOptions { meanings, stage, overwrite: args.overwrite };
    let mut transaction = workspace.begin(console.mode())?;
    let bar = progress_bar(console, sheet.rows.len());
    let done = transaction.import(&sheet, &options, &mut |at| bar.set_position(at as u64))?;
    bar.finish_and_clear();
    if console.common.dry_run || console.for_scripts() {
        console.show(&report::import::rows(&done, console.lang()))?;
    }
    say_counts(console, &done, args.overwrite)?;
    let changed = done.new.len() + done.filled.len();
    if changed >= MANY && console.can_ask() {
        console
            .confirm(&say!("Write {} customers?", "写入 {} 个客户？").replace("{}", &changed.to_string()))?;
    }
    let file = args.file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let (new, changed) = (done.new.len(), done.filled.len());
    let saved = transaction.commit(&Sentence::Imported { file, new, changed })?;
    console.say_saved(&saved);
    give_back(console, &args.file, &sheet, &done)
}

/// What each column means: recognised, then as `--map` says.
fn meanings(sheet: &Sheet, args: &ImportArgs, settings: &Settings) -> Result<Vec<Option<Meaning>>> {
    let labels = |key: &str| {
        let own = settings.fields.get(key);
        Lang::ALL.iter().filter_map(|l| own.map(|f| f.label(key, *l).to_owned())).collect()
    };
    let own: Vec<(String, Vec<String>)> =
        settings.fields.keys().map(|key| (key.clone(), labels(key))).collect();
    let mut meanings = columns::recognise(&sheet.heads, &own);
    for text in &args.map {
        let (head, field) = text
            .rsplit_once('=')
            .ok_or_else(|| Error::usage(Problem::BadMapping { text: text.clone() }).hint(Hint::MapTargets))?;
        let at = sheet.heads.iter().position(|h| h == head.trim());
        let at = at.ok_or_else(|| Error::usage(Problem::NoSuchHead { head: head.into() }))?;
        let meaning = columns::parse(field)
            .ok_or_else(|| Error::usage(Problem::NoSuchField { key: field.into() }).hint(Hint::MapTargets))?;
        meanings[at] = Some(meaning);
    }
    if !meanings.contains(&Some(Meaning::Field("name"))) {
        return Err(Error::usage(Problem::NoNameColumn).hint(Hint::MapIt));
    }
    Ok(meanings)
}

fn say_unclaimed(console: &Console, sheet: &Sheet, meanings: &[Option<Meaning>]) {
    let unclaimed: Vec<&str> =
        sheet.heads.iter().zip(meanings).filter(|(_, m)| m.is_none()).map(|(h, _)| h.as_str()).collect();
    if !unclaimed.is_empty() {
        console.say(&Notice::ImportUnclaimed { heads: unclaimed.join(", ") });
    }
}

fn say_counts(console: &Console, done: &Imported, overwrite: bool) -> Result<()> {
    let (new, filled, same, refused) = (done.new.len(), done.filled.len(), done.same, done.refused.len());
    console.say(&Notice::ImportCounts { new, filled, same, refused });
    if let Some(view) = report::import::differing(done, console.lang()).filter(|_| !console.for_scripts()) {
        console.show(&view)?;
    }
    let count = done.differing.len();
    if count > 0 {
        console.say(&if overwrite {
            Notice::ImportReplaced { count }
        } else {
            Notice::ImportDiffering { count }
        });
    }
    Ok(())
}

/// A bar on a terminal; nothing elsewhere.
fn progress_bar(console: &Console, rows: usize) -> ProgressBar {
    let target = if console.is_watched() && !console.common.quiet {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(Some(rows as u64), target);
    match ProgressStyle::with_template("{bar:40} {pos}/{len}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// Rows that cannot be taken go back in a file, with number and reason.
#[allow(
    clippy::disallowed_methods,
    reason = "a file beside the one that the person named; the archive is not touched"
)]
fn give_back(console: &Console, file: &Path, sheet: &Sheet, done: &Imported) -> Result<Outcome> {
    if done.refused.is_empty() {
        return Ok(Outcome::Done);
    }
    let count = done.refused.len();
    if console.common.dry_run {
        return Err(Error::new(Kind::InPart, Problem::RowsWouldBeRefused { count }));
    }
    let rows: Vec<_> =
        done.refused.iter().map(|(row, why)| (row, why.say(console.lang()).into_owned())).collect();
    let bytes = sheet::refused(&sheet.heads, &rows);
    let path = rejected_path(file, &bytes);
    fs::write(&path, bytes).map_err(|e| Error::file(&path, e))?;
    let path = path.display().to_string();
    Err(Error::new(Kind::InPart, Problem::RowsRefused { count, path: path.clone() })
        .hint(Hint::MendRows { path }))
}

/// `customers.csv` → `customers.csv.rejected.csv`; where such a file stands, with other rows or
/// half mended, `customers.csv.2.rejected.csv`.
fn rejected_path(file: &Path, bytes: &[u8]) -> PathBuf {
    let named = |ending: &str| {
        let mut name = file.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let others = (2..).map(|n: u32| named(&format!(".{n}.rejected.csv")));
    let free = |path: &PathBuf| fs::read(path).map_or(true, |there| there == bytes);
    std::iter::once(named(".rejected.csv")).chain(others).find(free).unwrap_or_default()
}

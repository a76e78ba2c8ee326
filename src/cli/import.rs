//! `crm import [SECTION] FILE`.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Outcome;
use super::args::ImportArgs;
use super::console::Console;
use super::mapping::{self, Said};
use super::say::say;
use super::several::MANY;
use crate::archive::platform::for_shell;
use crate::archive::write::{self, Durable};
use crate::error::{Error, Hint, Kind, Problem, Result};
use crate::exchange::mapping::Columns;
use crate::exchange::sheet::{self, SheetRow};
use crate::exchange::table::{self, Reading, Table, Told};
use crate::i18n::notice::Notice;
use crate::i18n::sentence::Sentence;
use crate::i18n::{List, Say};
use crate::report;
use crate::sections::SCHEMA;
use crate::workspace::import::{ImportOptions, Imported, Shared};
use chrono::Datelike;

/// Doubts that are said line by line.
const SHOWN: usize = 20;
/// Reasons of refused rows that are said; each row's own is in the file that gives it back.
const REASONS: usize = 3;

pub(super) fn run(console: &Console, args: &ImportArgs) -> Result<Outcome> {
    let (word, file) = (args.section.as_deref(), args.file.as_deref().unwrap_or(Path::new("")));
    let workspace = console.workspace()?;
    let mut said = Said::gather(&workspace, args, word)?;
    let Table { heads, mut rows, told } = open(file, &said)?;
    let columns = said.columns(&heads, workspace.settings())?;
    if args.guess {
        let sample = rows.next().and_then(std::result::Result::ok).map(|row| row.cells).unwrap_or_default();
        let keep = args.keep.as_deref();
        mapping::guess(console, &workspace, &said, (&heads, &sample), &columns, told.encoding, keep)?;
        return Ok(Outcome::Done);
    }
    check(&columns, &heads)?;
    say_told(console, &told, &heads, &columns);
    let year = said.year(console, &columns, workspace.today().year())?;
    let word = word.or(said.section.map(|section| section.key));
    let Said { stage, countries, .. } = said;
    let (overwrite, anyway) = (args.overwrite, args.anyway);
    let place = file.display().to_string();
    let options = ImportOptions { file: place, heads, columns, stage, overwrite, anyway, countries, year };
    let mut transaction = workspace.begin(console.mode())?;
    let bar = progress_bar(console, told.bytes);
    let rows = std::iter::from_fn(|| {
        let row = rows.next()?;
        bar.set_position(rows.done());
        Some(row)
    });
    let done = transaction.import(rows, &options)?;
    bar.finish_and_clear();
    if console.common.dry_run || console.for_scripts() {
        console.show(&report::import::rows(&done, console.lang()))?;
    }
    say_counts(console, &done, overwrite)?;
    let (new, changed) = (done.new.len(), done.filled.len());
    if new + changed >= MANY && console.can_ask() {
        let question = say!("Write {} rows?", "写入 {} 行？", "寫入 {} 筆？")
            .replace("{}", &(new + changed).to_string());
        console.confirm(&question)?;
    }
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let saved = transaction.commit(&Sentence::Imported { file: name, new, changed })?;
    console.say_saved(&saved);
    give_back(console, file, &Again { word, args, year: options.year }, &options.heads, &done)
}

fn open(file: &Path, said: &Said) -> Result<Table> {
    let mut reading = said.reading.clone();
    let mut table = read(file, &reading)?;
    // Of a workbook of ours, records are on the sheet of their section.
    let is_meant = |sheet: &String| said.section.is_some_and(|section| mapping::is_sheet_of(sheet, section));
    if reading.sheet.is_none()
        && !table.told.sheet.as_ref().is_some_and(is_meant)
        && let Some(sheet) = table.told.other_sheets.iter().find(|sheet| is_meant(sheet))
    {
        reading.sheet = Some(sheet.clone());
        table = read(file, &reading)?;
    }
    if reading.sheet.is_some() {
        // Whoever names a sheet knows that there are others.
        table.told.other_sheets.clear();
    }
    // A column without a head is not lost: it gets the name of its place.
    for (at, head) in table.heads.iter_mut().enumerate().filter(|(_, head)| head.trim().is_empty()) {
        *head = say!("column_{}", "第{}列", "第{}欄").replace("{}", &(at + 1).to_string());
    }
    Ok(table)
}

fn read(file: &Path, reading: &Reading) -> Result<Table> {
    let source = File::open(file).map_err(|e| Error::file(file, e))?;
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    table::open(source, &name, reading).map_err(|fault| Error::sheet(&file.display().to_string(), fault))
}

/// Whether the columns say enough to take a row, and nothing twice.
fn check(columns: &Columns, heads: &[String]) -> Result<()> {
    if let Some((one, other, field)) = columns.twins(heads) {
        let (one, other) = (one.to_owned(), other.to_owned());
        return Err(Error::usage(Problem::TwinColumns { one, other, field }));
    }
    if !columns.have_name() {
        return Err(Error::usage(Problem::NoNameColumn).hint(Hint::MapIt));
    }
    if !columns.have_customer() {
        return Err(Error::usage(Problem::NoCustomerColumn).hint(Hint::MapCustomer));
    }
    Ok(())
}

/// What was recognised and is worth a word: a guessed encoding, other sheets, columns that nobody claims.
fn say_told(console: &Console, told: &Told, heads: &[String], columns: &Columns) {
    if let Some(encoding) = told.encoding.filter(|_| told.encoding_was_guessed) {
        console.say(&Notice::ImportEncoding { encoding: encoding.token().to_owned() });
    }
    if let (Some(sheet), false) = (&told.sheet, told.other_sheets.is_empty()) {
        console.say(&Notice::ImportSheet { sheet: sheet.clone(), others: List(told.other_sheets.clone()) });
    }
    let tokens = columns.tokens();
    let unclaimed = heads.iter().zip(&tokens).filter(|(_, token)| token.is_none()).map(|(h, _)| h.as_str());
    let unclaimed: List = unclaimed.collect();
    match columns {
        _ if unclaimed.0.is_empty() => {}
        Columns::Customers(_) => console.say(&Notice::ImportUnclaimed { heads: unclaimed }),
        Columns::Records(..) => console.say(&Notice::ImportLeftOut { heads: unclaimed }),
    }
}

fn say_counts(console: &Console, done: &Imported, overwrite: bool) -> Result<()> {
    let (new, filled, same, refused) = (done.new.len(), done.filled.len(), done.same, done.refused.len());
    console.say(&Notice::ImportCounts { new, filled, same, refused });
    say_reasons(console, done);
    if let Some(view) = report::import::differing(done, console.lang()).filter(|_| !console.for_scripts()) {
        console.show(&view)?;
    }
    for (key, value) in &done.unlisted {
        let field = SCHEMA.card.field(key).map_or(SCHEMA.card.one, |field| field.label);
        console.say(&Notice::ImportUnlisted { field, value: value.clone() });
    }
    for (line, doubt) in done.doubts.iter().take(SHOWN) {
        console.say(&Notice::ImportDoubt { line: *line, text: doubt.say(console.lang()).into_owned() });
    }
    if done.doubts.len() > SHOWN {
        console.say(&Notice::AndMore { count: done.doubts.len() - SHOWN });
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

/// Why rows were refused: what many of them share is said once, with one of them.
fn say_reasons(console: &Console, done: &Imported) {
    let reasons = done.reasons();
    let (said, others) = reasons.split_at(reasons.len().min(REASONS));
    for Shared { count, line, refusal } in said {
        let reason = refusal.say(console.lang()).into_owned();
        console.say(&Notice::ImportRefused { count: *count, line: *line, reason });
    }
    let count = others.iter().map(|shared| shared.count).sum();
    if count > 0 {
        console.say(&Notice::ImportRefusedElse { count });
    }
}

/// A bar on a terminal; nothing elsewhere.
pub(super) fn progress_bar(console: &Console, length: Option<u64>) -> ProgressBar {
    let target = if console.is_watched() && !console.common.quiet {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(length, target);
    match ProgressStyle::with_template("{bar:40} {percent} %") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// Rows that cannot be taken go back in a file, with number and reason.
fn give_back(
    console: &Console,
    file: &Path,
    again: &Again<'_>,
    heads: &[String],
    done: &Imported,
) -> Result<Outcome> {
    if done.refused.is_empty() {
        return Ok(Outcome::Done);
    }
    let count = done.refused.len();
    if console.common.dry_run {
        return Err(Error::new(Kind::InPart, Problem::RowsWouldBeRefused { count }));
    }
    let reasons = done.refused.iter().map(|(row, why)| (row, why.say(console.lang()).into_owned()));
    let rows: Vec<(&SheetRow, String)> = reasons.collect();
    let bytes = sheet::refused(heads, &rows);
    let path = rejected_path(file, &bytes);
    write::file(&path, &bytes, Durable::Each)?;
    let words = again.words(&path);
    let path = path.display().to_string();
    Err(Error::new(Kind::InPart, Problem::RowsRefused { count, path }).hint(Hint::MendRows { words }))
}

/// What was said of a sheet and holds for the rows that come back. How it was to be read does not: they come
/// back in a file of ours.
struct Again<'a> {
    word: Option<&'a str>,
    args: &'a ImportArgs,
    year: Option<i32>,
}

impl Again<'_> {
    /// The words behind `crm import` that take a file in as the sheet was.
    fn words(&self, path: &Path) -> String {
        let mut words: Vec<String> = self.word.map(typed).into_iter().collect();
        words.push(typed(&path.to_string_lossy()));
        let mut put = |option: &str, value: &str| words.extend([option.to_owned(), typed(value)]);
        self.args.map.iter().for_each(|map| put("--map", map));
        self.args.key.iter().for_each(|key| put("--key", key));
        self.args.stage.iter().for_each(|stage| put("--stage", stage));
        self.year.iter().for_each(|year| put("--year", &year.to_string()));
        words.extend(self.args.overwrite.then(|| "--overwrite".to_owned()));
        words.join(" ")
    }
}

/// A word as it is typed in a shell, in quotes where it must.
fn typed(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "._-+/=@:,".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) { word.to_owned() } else { for_shell(Path::new(word)) }
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
    let is_free = |path: &PathBuf| match fs::read(path) {
        Ok(there) => there == bytes,
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    };
    std::iter::once(named(".rejected.csv")).chain(others).find(is_free).unwrap_or_default()
}

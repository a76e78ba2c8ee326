//! `crm export FILE`.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::ExportArgs;
use super::console::Console;
use super::import::progress_bar;
use super::list::asked;
use super::say::say;
use super::{Outcome, archive};
use crate::archive::write::{Durable, through};
use crate::card::Section;
use crate::error::{Error, Hint, Problem, Result};
use crate::exchange::heads;
use crate::exchange::write::delimited::{Delimited, Reader};
use crate::exchange::write::objects::{Layout, Objects};
use crate::exchange::write::tables::{OwnKeys, Table};
use crate::exchange::write::workbook::Book;
use crate::exchange::write::{Cell, Fault, Rows, Words};
use crate::i18n::notice::Notice;
use crate::index::{Customer, Known};
use crate::render::{Format, json, safe};
use crate::report;
use crate::sections::{SCHEMA, every_section};
use crate::workspace::{Export, Exported, Listing, Workspace, explain};

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// One table, its cells parted by this.
    Delimited(u8),
    /// A sheet for each table.
    Workbook,
    /// Cards.
    Json(Layout),
}

/// Where it is written.
enum Target {
    Stdout,
    File(PathBuf),
}

impl Target {
    /// What people call it.
    fn name(&self) -> String {
        match self {
            Target::Stdout => say!("the standard output", "标准输出", "標準輸出").to_owned(),
            Target::File(path) => path.display().to_string(),
        }
    }

    fn reader(&self) -> Reader {
        match self {
            Target::Stdout => Reader::Pipe,
            Target::File(_) => Reader::Spreadsheet,
        }
    }

    /// Where a workbook's rows wait.
    fn drafts(&self) -> &Path {
        match self {
            Target::File(path) => path.parent().unwrap_or(path),
            Target::Stdout => Path::new("."),
        }
    }
}

/// One export.
struct Job<'a> {
    console: &'a Console,
    workspace: &'a Workspace,
    kind: Kind,
    words: Words,
    target: Target,
    section: Option<&'static Section>,
    /// The customers with the columns that were named.
    customers: Vec<Customer>,
    columns: Vec<String>,
}

pub(super) fn run(console: &Console, args: ExportArgs) -> Result<Outcome> {
    let kind = kind(console, &args.file)?;
    let section = args.section.as_deref().map(section).transpose()?;
    let target = target(console, &args)?;
    let workspace = console.workspace()?;
    let words = match kind {
        Kind::Json(_) => Words::Keys,
        _ if args.keys => Words::Keys,
        _ => Words::Labels(console.lang()),
    };
    let Listing { filter, mut columns, order, .. } = asked(console, &workspace, args.list)?;
    let mut seen = std::collections::HashSet::new();
    columns.retain(|key| seen.insert(key.clone()));
    if let Some(section) = section.filter(|_| !columns.is_empty()) {
        let (first, second) = ("--columns".to_owned(), format!("--section {}", section.key));
        return Err(Error::usage(Problem::NotTogether { first, second }));
    }
    let (customers, losses) = workspace.customers(&filter, &columns, &order)?;
    let job = Job { console, workspace: &workspace, kind, words, target, section, customers, columns };
    if console.common.dry_run {
        console.say(&Notice::WouldExport { customers: job.customers.len(), file: job.target.name() });
    } else {
        let done = job.write()?;
        job.say(&done);
        done.errors.iter().for_each(|error| console.fail(error));
        if !done.errors.is_empty() {
            console.say_losses(&losses);
            return Ok(Outcome::InPart);
        }
    }
    Ok(console.ended(&losses))
}

/// The kind of file, by the ending of its name; for a pipe, by `--format`.
fn kind(console: &Console, file: &Path) -> Result<Kind> {
    if file == Path::new("-") {
        return match console.common.format {
            Format::Csv => Ok(Kind::Delimited(b',')),
            Format::Json => Ok(Kind::Json(Layout::Array)),
            Format::JsonLines => Ok(Kind::Json(Layout::Lines)),
            Format::Table | Format::Ics => Err(Error::usage(Problem::NoFormat).hint(Hint::SayFormat)),
        };
    }
    let ending = file.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "csv" => Ok(Kind::Delimited(b',')),
        "tsv" => Ok(Kind::Delimited(b'\t')),
        "xlsx" => Ok(Kind::Workbook),
        "json" => Ok(Kind::Json(Layout::Array)),
        "jsonl" => Ok(Kind::Json(Layout::Lines)),
        _ => {
            let path = file.display().to_string();
            Err(Error::usage(Problem::NoEnding { path }).hint(Hint::FileEndings))
        }
    }
}

fn section(typed: &str) -> Result<&'static Section> {
    let keys = || {
        let keys = every_section().skip(1).map(|s| s.key);
        std::iter::once("customers").chain(keys).collect()
    };
    heads::section(typed).ok_or_else(|| {
        Error::usage(Problem::NoSuchSection { key: typed.into() }).hint(Hint::SectionKeys { keys: keys() })
    })
}

/// The file, unless that would cost one that is there.
fn target(console: &Console, args: &ExportArgs) -> Result<Target> {
    if args.file == Path::new("-") {
        return Ok(Target::Stdout);
    }
    let path = archive::absolute(console, &args.file)?;
    let folder = path.parent().unwrap_or(&path);
    if !folder.is_dir() {
        return Err(Error::file(folder, std::io::ErrorKind::NotFound.into()));
    }
    let is_there = path.symlink_metadata().is_ok();
    if is_there && (path.is_dir() || !(args.force || console.common.yes)) {
        let error = Error::refused(Problem::FileThere { path: args.file.display().to_string() });
        return Err(if path.is_dir() { error } else { error.hint(Hint::SayForce) });
    }
    Ok(Target::File(path))
}

impl Job<'_> {
    /// Whether cards are written whole, and not as rows.
    fn is_of_cards(&self) -> bool {
        let whole = self.section.is_none_or(|s| s.key == SCHEMA.card.key);
        matches!(self.kind, Kind::Json(_)) && whole && self.columns.is_empty()
    }

    /// Whether a column follows from what the cards have, so that they are read twice.
    fn needs_own_keys(&self) -> bool {
        let has_customers = self.section.is_none_or(|s| s.key == SCHEMA.card.key);
        !self.is_of_cards() && self.columns.is_empty() && has_customers
    }

    fn write(&self) -> Result<Exported> {
        // What the writer of workbooks would print of a full disk is said as an error.
        let hook = std::panic::take_hook();
        if self.kind == Kind::Workbook {
            std::panic::set_hook(Box::new(|_| {}));
        }
        let done = self.write_out();
        std::panic::set_hook(hook);
        done
    }

    fn write_out(&self) -> Result<Exported> {
        let passes = if self.needs_own_keys() { 2 } else { 1 };
        let bar = progress_bar(self.console, Some((self.customers.len() * passes) as u64));
        let done = match &self.target {
            Target::File(path) => through(path, Durable::Each, |file| self.fill(file, &|| bar.inc(1))),
            Target::Stdout => {
                let mut bytes = Vec::new();
                self.fill(&mut bytes, &|| bar.inc(1)).and_then(|done| self.print(bytes).map(|()| done))
            }
        };
        bar.finish_and_clear();
        done
    }

    /// A pipe gets it as it is, a terminal gets it harmless.
    fn print(&self, bytes: Vec<u8>) -> Result<()> {
        let text = String::from_utf8_lossy(&bytes);
        match self.kind {
            Kind::Delimited(_) if self.console.is_terminal() => self.console.print(&safe::text(&text)),
            _ => self.console.print(&text),
        }
    }

    fn fill<W: Write + Send>(&self, into: W, progress: &dyn Fn()) -> Result<Exported> {
        let known: Vec<Known> = self.customers.iter().map(|c| c.known.clone()).collect();
        let file = self.target.name();
        let export = Export { customers: &known, words: self.words, file: &file, progress };
        if self.is_of_cards() {
            return self.fill_cards(into, &export);
        }
        if !self.columns.is_empty() {
            return self.fill_list(into, &file);
        }
        let own = if self.needs_own_keys() { self.workspace.own_keys(&export) } else { OwnKeys::default() };
        let only = match self.kind {
            Kind::Workbook => self.section,
            _ => Some(self.section.unwrap_or(SCHEMA.card)),
        };
        let tables = self.workspace.tables(&own, only, self.words);
        self.fill_tables(into, &tables, &file, |rows| {
            self.workspace.export_rows(&export, &tables, &own, rows)
        })
    }

    fn fill_cards<W: Write>(&self, into: W, export: &Export<'_>) -> Result<Exported> {
        let Kind::Json(layout) = self.kind else { return Ok(Exported::default()) };
        let mut objects = Objects::new(into, layout, json::escape, None);
        let done = self.workspace.export_cards(export, &mut |card| objects.push(card))?;
        objects.finish().map_err(|fault| self.explain(fault, export.file))?;
        Ok(done)
    }

    /// A list: exactly the columns that were named.
    fn fill_list<W: Write + Send>(&self, into: W, file: &str) -> Result<Exported> {
        let settings = self.workspace.settings();
        let (table, rows) = report::export::list(&self.customers, &self.columns, settings, self.words);
        self.fill_tables(into, std::slice::from_ref(&table), file, |out| {
            for row in &rows {
                out.row(0, row).map_err(|fault| place_in_list(fault, file, &table, row))?;
            }
            Ok(Exported { customers: rows.len(), ..Exported::default() })
        })
    }

    fn fill_tables<W: Write + Send>(
        &self,
        into: W,
        tables: &[Table],
        file: &str,
        fill: impl FnOnce(&mut dyn Rows) -> Result<Exported>,
    ) -> Result<Exported> {
        let fail = |fault| self.explain(fault, file);
        let Some(first) = tables.first() else { return Ok(Exported::default()) };
        match self.kind {
            Kind::Delimited(delimiter) => {
                let reader = self.target.reader();
                let mut rows = Delimited::new(into, delimiter, reader, first).map_err(fail)?;
                let done = fill(&mut rows)?;
                rows.finish().map_err(fail)?;
                Ok(done)
            }
            Kind::Workbook => {
                let today = self.workspace.today();
                let mut book = Book::new(tables, self.target.drafts(), today).map_err(fail)?;
                let done = fill(&mut book)?;
                book.finish(into).map_err(fail)?;
                Ok(done)
            }
            Kind::Json(layout) => {
                let mut rows = Objects::new(into, layout, json::escape, Some(first));
                let done = fill(&mut rows)?;
                rows.finish().map_err(fail)?;
                Ok(done)
            }
        }
    }

    fn explain(&self, fault: Fault, file: &str) -> Error {
        explain(fault, file, |_| file.to_owned())
    }

    /// How much went where.
    fn say(&self, done: &Exported) {
        let (customers, records, file) = (done.customers, done.records, self.target.name());
        let is_whole = self.is_of_cards() || (self.kind == Kind::Workbook && self.section.is_none());
        self.console.say(&if !self.columns.is_empty() {
            Notice::ExportedList { customers, file }
        } else if is_whole {
            Notice::Exported { customers, records, file }
        } else {
            match self.section.filter(|s| s.key != SCHEMA.card.key) {
                Some(section) => Notice::ExportedRecords { section: section.label, records, customers, file },
                None => Notice::ExportedCustomers { customers, file },
            }
        });
    }
}

/// The place of a cell of a list: its row by the first cell, and its column.
fn place_in_list(fault: Fault, file: &str, table: &Table, row: &[Cell]) -> Error {
    let first = row.first().map(|cell| cell.text().into_owned()).unwrap_or_default();
    explain(fault, file, |column| format!("{first} {}", table.place(row, column)))
}

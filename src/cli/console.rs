//! What surrounds a command: terminal, environment, clock, and how it speaks. Answers go to
//! stdout, everything else to stderr.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use chrono::{NaiveDate, Utc};

use super::args::{ColorWhen, Common};
use super::{Outcome, say};
use crate::archive::{Platform, locate};
use crate::card::value::day;
use crate::error::{Error, Hint, Kind, Problem, Result};
use crate::i18n::notice::Notice;
use crate::i18n::{Lang, Say};
use crate::render::{Format, Paper, render, safe};
use crate::report;
use crate::view::{Block, View};
use crate::workspace::{self, Basis, Clock, Losses, Mode, Saved, Workspace};

/// Missing customers that are named one by one.
const NAMED: usize = 5;

/// What surrounds a command.
#[derive(Debug)]
pub(crate) struct Console {
    pub(crate) common: Common,
    width: Option<usize>,
    color_out: bool,
    color_err: bool,
}

/// One variable of the environment, unless it is empty or not text.
#[allow(clippy::disallowed_methods, reason = "this is the room that reads the environment")]
pub(crate) fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The folder of temporary files.
#[allow(clippy::disallowed_methods, reason = "this is the room that reads the environment")]
pub(super) fn temporary_folder() -> PathBuf {
    std::env::temp_dir()
}

/// Whether an error only says that nobody reads any more.
pub(super) fn is_broken_pipe(error: &Error) -> bool {
    use std::error::Error as _;
    let cause = error.source().and_then(|e| e.downcast_ref::<io::Error>());
    cause.is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
}

impl ColorWhen {
    /// Whether colour is wanted on what is a terminal or not.
    pub(super) fn holds(self, is_terminal: bool) -> bool {
        let plain = || environment("NO_COLOR").is_some() || environment("TERM").as_deref() == Some("dumb");
        match self {
            ColorWhen::Always => true,
            ColorWhen::Never => false,
            ColorWhen::Auto => is_terminal && !plain(),
        }
    }
}

impl Console {
    pub(super) fn new(common: &Common) -> Console {
        let terminal = io::stdout().is_terminal();
        Console {
            common: common.clone(),
            width: terminal.then(terminal_width),
            color_out: common.color.holds(terminal),
            color_err: common.color.holds(io::stderr().is_terminal()),
        }
    }

    /// The language of this run.
    pub(crate) fn lang(&self) -> Lang {
        say::lang()
    }

    /// Whether scripts read the answer.
    pub(crate) fn for_scripts(&self) -> bool {
        self.common.format != Format::Table
    }

    /// Whether a person can be asked.
    pub(crate) fn can_ask(&self) -> bool {
        io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    /// Whether a person watches: then an empty answer is said too.
    pub(crate) fn is_watched(&self) -> bool {
        io::stderr().is_terminal()
    }

    /// Whether the answer goes to a terminal.
    pub(crate) fn is_terminal(&self) -> bool {
        self.width.is_some()
    }

    /// Whether a command writes, or only says what it would write.
    pub(crate) fn mode(&self) -> Mode {
        if self.common.dry_run { Mode::DryRun } else { Mode::Write }
    }

    /// The folder in which the command runs.
    pub(crate) fn working_folder(&self) -> Result<PathBuf> {
        #[allow(clippy::disallowed_methods, reason = "this is the room that reads the environment")]
        std::env::current_dir().map_err(|e| Error::file(".".as_ref(), e))
    }

    /// Now, and the day that stands for today where one is named.
    pub(crate) fn clock(&self) -> Result<Clock> {
        #[allow(clippy::disallowed_methods, reason = "this is the room that reads the clock")]
        let now = Utc::now();
        let named = self.common.today.clone().or_else(|| environment("CRM_TODAY"));
        let today = named.map(|text| {
            let bad = |_| Error::usage(Problem::BadOption { option: "--today".into(), value: text.clone() });
            day::typed(&text, now.date_naive()).map_err(bad)
        });
        Ok(Clock { now, today: today.transpose()? })
    }

    /// Which way the system is asked for files; another one for tests.
    pub(crate) fn platform(&self) -> Platform {
        match environment("CRM_PORTABLE").as_deref() {
            None => Platform::Native,
            Some("folding") => Platform::Folding,
            Some(_) => Platform::Portable,
        }
    }

    /// The archive of `-C`, `CRM_ARCHIVE`, or the nearest one upwards.
    pub(crate) fn workspace(&self) -> Result<Workspace> {
        let working = self.working_folder()?;
        let named = self.common.archive.clone().or_else(|| environment("CRM_ARCHIVE").map(PathBuf::from));
        let root = locate::root(named.as_deref(), &working)?;
        let now = Workspace::open(&root, self.clock()?, self.platform())?;
        if !say::is_chosen() {
            say::fall_back_to(now.language());
        }
        let Some(when) = &self.common.as_of else { return Ok(now) };
        let (then, basis) = now.as_of(when)?;
        self.say(&as_of(&basis));
        Ok(then)
    }

    /// A day that a person typed for an option.
    pub(crate) fn day(&self, option: &str, text: &str, today: NaiveDate) -> Result<NaiveDate> {
        let bad = |_| {
            let problem = Problem::BadOption { option: option.into(), value: text.into() };
            Error::usage(problem).hint(Hint::Days)
        };
        day::spoken(text, today).map_err(bad)
    }

    /// Shows a view on stdout.
    pub(crate) fn show(&self, view: &View) -> Result<()> {
        let paper =
            Paper { lang: self.lang(), width: self.width, color: self.color_out, format: self.common.format };
        if self.common.format == Format::Ics && !crate::render::calendar::can(view) {
            return Err(Error::usage(Problem::NoCalendar));
        }
        let left_out = if self.common.format == Format::Csv { crate::render::csv::left_out(view) } else { 0 };
        self.print(&render(view, &paper))?;
        if left_out > 0 {
            self.say(&Notice::CsvLeftOut { count: left_out });
        }
        Ok(())
    }

    /// Whether a view has any row.
    pub(crate) fn is_empty(view: &View) -> bool {
        view.blocks.iter().all(|b| matches!(b, Block::Table(t) if t.rows.is_empty()))
    }

    /// Prints text on stdout, as it is.
    pub(crate) fn print(&self, text: &str) -> Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())
            .and_then(|()| out.flush())
            .map_err(|e| Error::file("stdout".as_ref(), e))
    }

    /// Prints a sentence that is the answer itself.
    pub(crate) fn answer(&self, notice: &Notice) -> Result<()> {
        self.print(&format!("{}\n", safe::line(&notice.say(self.lang()))))
    }

    /// The cells of a terminal's line, where the answer goes to one.
    pub(crate) fn width(&self) -> Option<usize> {
        self.width
    }

    /// Prints the number or id of what was made, for scripts.
    pub(crate) fn print_key(&self, key: &str) -> Result<()> {
        self.print(&format!("{}\n", safe::line(key)))
    }

    /// Says something on stderr, unless `--quiet`.
    pub(crate) fn say(&self, notice: &Notice) {
        if !self.common.quiet {
            let text = notice.say(self.lang());
            match notice {
                Notice::DemoTry { .. } => text.split('\n').for_each(complain),
                _ => complain(&text),
            }
        }
    }

    /// Says what a transaction did or would do.
    pub(crate) fn say_saved(&self, saved: &Saved) {
        for notice in &saved.notices {
            self.say(notice);
        }
        let sentence = saved.sentence.clone();
        match &saved.commit {
            Some(_) => self.say(&Notice::Done { sentence }),
            None if self.common.dry_run => self.say(&Notice::WouldDo { sentence }),
            None => self.say(&Notice::NothingToDo),
        }
    }

    /// Says an error: one line, what belongs to it, and what one can do.
    pub(super) fn fail(&self, error: &Error) {
        say_error(error, self.common.format, self.color_err);
    }

    /// Says likewise what a person should look at, although nothing was left out.
    pub(super) fn warn(&self, error: &Error) {
        say_fault(error, Weight::Warning, self.common.format, self.color_err);
    }

    /// Says what a list does not show; whether something was left out.
    pub(crate) fn say_losses(&self, losses: &Losses) -> bool {
        for error in &losses.errors {
            self.fail(error);
        }
        for folder in &losses.strange {
            self.say(&super::country::strange_folder(folder));
        }
        for (folder, country) in &losses.old {
            self.say(&super::country::old_folder(folder, *country));
        }
        for copy in &losses.copies {
            self.say(&Notice::IsACopy { folder: copy.folder.clone() });
        }
        for missing in losses.missing.iter().take(NAMED) {
            let no = missing.no.clone().unwrap_or_else(|| missing.id.clone());
            let (name, folder) = (missing.name.clone().unwrap_or_default(), missing.folder.clone());
            let stray = losses.strays.iter().find(|(id, _)| *id == missing.id);
            self.say(&match stray {
                Some((_, stray)) => Notice::MissingCardStray { no, name, folder, stray: stray.clone() },
                None => Notice::MissingCard { no, name, folder },
            });
        }
        if losses.missing.len() > NAMED {
            self.say(&Notice::MissingMore { count: losses.missing.len() - NAMED });
        }
        if !losses.missing.is_empty() {
            self.say(&Notice::MissingMend);
        }
        losses.in_part()
    }

    /// Says what a list does not show, and how the command ended by that.
    pub(crate) fn ended(&self, losses: &Losses) -> Outcome {
        if self.say_losses(losses) { Outcome::InPart } else { Outcome::Done }
    }

    /// A value that must be there: asked for on a terminal, else an error.
    pub(crate) fn require(&self, given: Option<String>, what: crate::i18n::Text) -> Result<String> {
        if let Some(given) = given.filter(|g| !g.trim().is_empty()) {
            return Ok(given);
        }
        let asked = if self.can_ask() { super::ask::line(what.get(self.lang()), "")? } else { None };
        asked.ok_or_else(|| Error::usage(Problem::Missing { what }))
    }

    /// Whether a person agrees: `--yes`, or an answer on a terminal.
    pub(crate) fn confirm(&self, question: &str) -> Result<()> {
        if self.common.yes || self.common.dry_run {
            return Ok(());
        }
        if self.can_ask() && super::ask::yes(question)? {
            return Ok(());
        }
        Err(Error::new(Kind::Refused, Problem::NotConfirmed).hint(Hint::SayYes))
    }
}

/// Which commit an answer is from.
pub(super) fn as_of(basis: &Basis) -> Notice {
    let entry = &basis.entry;
    let (commit, when) = (workspace::short(&entry.commit), report::history::moment(entry, basis.zone));
    Notice::AsOf { commit, when, sentence: entry.sentence.clone(), today: basis.today }
}

/// Writes one line to stderr, whatever a card or argv has put into it; where nobody listens, nothing
/// is lost.
fn complain(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", safe::line(line));
}

/// Says an error: one line, what belongs to it, and what one can do; to a script, as one object.
pub(super) fn say_error(error: &Error, format: Format, color: bool) {
    say_fault(error, Weight::Error, format, color);
}

/// How bad it is.
#[derive(Clone, Copy)]
enum Weight {
    Error,
    Warning,
}

impl Weight {
    /// The word before what is said, in a colour where there are colours.
    fn word(self, color: bool) -> String {
        let (word, style) = match self {
            Weight::Error => (say::say!("error", "错误", "錯誤"), "1;31"),
            Weight::Warning => (say::say!("warning", "警告", "警告"), "1;33"),
        };
        if color { format!("\x1b[{style}m{word}\x1b[0m") } else { word.to_owned() }
    }

    /// What a script gets (`docs/scripts.md`): a warning has no kind, since no exit code follows from it,
    /// and stands in a key of its own.
    fn object(self, error: &Error) -> serde_json::Value {
        let mut object = serde_json::json!({
            "kind": error.kind().token(),
            "code": error.code(),
            "message": error.message(say::lang()),
            "details": error.details(),
            "hints": error.hints(say::lang()),
        });
        match (self, object.as_object_mut()) {
            (Weight::Warning, Some(keys)) => {
                keys.shift_remove("kind");
                serde_json::json!({ "warning": object })
            }
            _ => object,
        }
    }
}

/// Says an error behind the word for how bad it is.
fn say_fault(error: &Error, weight: Weight, format: Format, color: bool) {
    if matches!(format, Format::Json | Format::JsonLines) {
        let _ = writeln!(io::stderr().lock(), "{}", weight.object(error));
        return;
    }
    let (message, hints) = (error.message(say::lang()), error.hints(say::lang()));
    let word = weight.word(color);
    let colon = say::say!(": ", "：", "：");
    let _ = writeln!(io::stderr().lock(), "{word}{colon}{}", safe::line(&message));
    for line in error.details() {
        complain(&format!("  {line}"));
    }
    for hint in hints {
        complain(&format!("{}{colon}{hint}", say::say!("hint", "提示", "提示")));
    }
}

/// The width of the terminal in cells.
fn terminal_width() -> usize {
    let named = environment("COLUMNS").and_then(|c| c.parse().ok());
    named.or_else(measured_width).unwrap_or(80).max(20)
}

#[cfg(unix)]
fn measured_width() -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(io::stdout()).ok()?;
    (size.ws_col > 0).then(|| usize::from(size.ws_col))
}

#[cfg(not(unix))]
fn measured_width() -> Option<usize> {
    None
}

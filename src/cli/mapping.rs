//! What the columns of a file mean: recognised, then as a mapping of the archive says, then as `--map` and
//! `--key` say; and the proposal of a mapping.

use std::collections::BTreeMap;

use super::args::ImportArgs;
use super::console::Console;
use crate::archive::Stage;
use crate::card::schema::Described;
use crate::card::{Country, Section};
use crate::error::{Error, Hint, Problem, Result};
use crate::exchange::encoding::Encoding;
use crate::exchange::heads;
use crate::exchange::mapping::{self, Columns, Mapping, Proposed};
use crate::exchange::table::{Form, Reading};
use crate::i18n::notice::Notice;
use crate::i18n::sentence::Sentence;
use crate::i18n::{Lang, Text};
use crate::sections::{Followup, SCHEMA};
use crate::settings::Settings;
use crate::workspace::Workspace;

/// What stands for a field that nobody claims in a proposal.
const LEFT_OUT: &str = "-";
const YEAR: Text = Text::new(
    "The year of the newest entry of the log",
    "跟进情况中最近一条记录的年份",
    "跟進情況中最近一筆紀錄的年份",
);

/// What was said about a file, on the command line and in mappings.
pub(super) struct Said {
    /// The section of the records; `None` for customers.
    pub section: Option<&'static Section>,
    /// How the file is read.
    pub reading: Reading,
    /// The stage of new customers.
    pub stage: Stage,
    /// What stands for a country.
    pub countries: BTreeMap<String, Country>,
    key: Option<String>,
    year: Option<i32>,
    /// Head and meaning, the last one holds.
    columns: Vec<(String, String)>,
    /// Whether each of `columns` must be in the file.
    typed_from: usize,
}

impl Said {
    /// Gathers what was said.
    ///
    /// # Errors
    /// When a mapping is not there or cannot be read, or a word is no section, encoding or stage.
    pub(super) fn gather(workspace: &Workspace, args: &ImportArgs, word: Option<&str>) -> Result<Said> {
        let mut whole = Mapping::default();
        let mut typed = Vec::new();
        for text in &args.map {
            match text.rsplit_once('=') {
                Some((left, right)) => typed.push((left.trim().to_owned(), right.trim().to_owned())),
                None => whole = merged(whole, workspace.mapping(text)?),
            }
        }
        let said = |given: &Option<String>, kept: Option<String>| given.clone().or(kept);
        let section = match word.map(str::to_owned).or(whole.section) {
            Some(word) => Some(section_meant(&word)?),
            None => {
                let of_sheet = args.sheet.as_deref().and_then(|sheet| section_meant(sheet).ok());
                of_sheet.or_else(|| args.file.as_ref().and_then(|file| section_of(&file.to_string_lossy())))
            }
        };
        let stage = said(&args.stage, whole.stage);
        let stage = stage.as_deref().map_or(Ok(Stage::Prospect), crate::workspace::stage_meant)?;
        let encoding = said(&args.encoding, whole.encoding).map(|text| encoding_meant(&text)).transpose()?;
        let delimiter =
            said(&args.delimiter, whole.delimiter).map(|text| delimiter_meant(&text)).transpose()?;
        let reading = Reading { encoding, delimiter, sheet: said(&args.sheet, whole.sheet), form: None };
        let mut countries = BTreeMap::new();
        for (name, code) in &whole.countries {
            let reading = super::country::read(workspace.settings(), "--map", code, None)?;
            countries.insert(name.trim().to_uppercase(), reading.country);
        }
        let columns: Vec<_> = whole.columns.into_iter().collect();
        let typed_from = columns.len();
        let (key, year) = (said(&args.key, whole.key), args.year.or(whole.year));
        let columns = columns.into_iter().chain(typed).collect();
        Ok(Said { section, reading, stage, countries, key, year, columns, typed_from })
    }

    /// What each column means. `YU=RS`, where no column is called YU, says what stands for a country.
    ///
    /// # Errors
    /// When a column that was named on the command line is not there, or a meaning is none.
    pub(super) fn columns(&mut self, heads: &[String], settings: &Settings) -> Result<Columns> {
        let own = own_labels(settings);
        let mut columns = Columns::recognise(self.section, heads, &own);
        for (at, (head, meaning)) in self.columns.iter().enumerate() {
            let place = heads.iter().position(|h| h == head);
            if place.is_none()
                && meaning.len() <= 3
                && let Ok(reading) = settings.country(meaning, None)
            {
                self.countries.insert(head.to_uppercase(), reading.country);
                continue;
            }
            let Some(place) = place else {
                if at < self.typed_from {
                    // A mapping may know more columns than one file has.
                    continue;
                }
                return Err(Error::usage(Problem::NoSuchHead { head: head.clone() }));
            };
            if !columns.set(place, meaning) {
                let unknown = Problem::NoSuchField { key: meaning.clone() };
                return Err(Error::usage(unknown).hint(Hint::MapTargets));
            }
        }
        if let Some(key) = &self.key {
            let place = heads.iter().position(|head| head == key || head.eq_ignore_ascii_case(key));
            let place = place.ok_or_else(|| Error::usage(Problem::NoSuchHead { head: key.clone() }))?;
            columns.set_key(place, &heads[place]);
        }
        Ok(columns)
    }

    /// The year of the newest entry of a dated log, which is asked for on a terminal. Without one, rows
    /// whose days have no year are given back.
    pub(super) fn year(&self, console: &Console, columns: &Columns, this_year: i32) -> Result<Option<i32>> {
        if self.year.is_some() || columns.log().is_none() || !console.can_ask() {
            return Ok(self.year);
        }
        let answer = super::ask::line(YEAR.get(console.lang()), &this_year.to_string())?;
        Ok(answer.and_then(|text| text.trim().parse().ok()))
    }

    /// A mapping that says what was said and recognised.
    fn proposal(
        &self,
        heads: &[String],
        samples: &[String],
        columns: &Columns,
        encoding: Option<Encoding>,
    ) -> String {
        let mut said = Vec::new();
        let mut put = |key: &'static str, value: Option<String>| said.extend(value.map(|value| (key, value)));
        put("section", self.section.map(|section| section.key.to_owned()));
        put("encoding", encoding.map(|encoding| encoding.token().to_owned()));
        put("sheet", self.reading.sheet.clone());
        put("key", self.key.clone());
        put("year", self.year.map(|year| year.to_string()));
        let proposed: Vec<Proposed<'_>> = heads
            .iter()
            .zip(columns.tokens())
            .enumerate()
            .map(|(at, (head, meaning))| Proposed {
                head,
                meaning,
                sample: samples.get(at).map(String::as_str),
            })
            .collect();
        let unclaimed: String = match self.section {
            Some(_) => LEFT_OUT.to_owned(),
            None => format!("custom.{}", "KEY"),
        };
        mapping::propose(&said, &proposed, &unclaimed)
    }
}

/// Prints a proposal, or keeps it in the archive.
///
/// # Errors
/// When a mapping of that name is there.
pub(super) fn guess(
    console: &Console,
    workspace: &Workspace,
    said: &Said,
    (heads, samples): (&[String], &[String]),
    columns: &Columns,
    encoding: Option<Encoding>,
    keep: Option<&str>,
) -> Result<()> {
    let text = said.proposal(heads, samples, columns, encoding);
    let Some(name) = keep else { return console.print(&text) };
    let mut transaction = workspace.begin(console.mode())?;
    let path = transaction.keep_mapping(name, &text)?;
    let saved = transaction.commit(&Sentence::MappingKept { name: name.to_owned() })?;
    console.say_saved(&saved);
    if !console.common.dry_run {
        console.say(&Notice::MappingKept { path, name: name.to_owned() });
    }
    Ok(())
}

/// The section that a kind of file has the records of: a mail is a follow-up.
fn section_of(file: &str) -> Option<&'static Section> {
    (Form::of_path(file) == Some(Form::Mail)).then_some(Followup::SECTION)
}

/// The section that a word names.
pub(super) fn section_meant(word: &str) -> Result<&'static Section> {
    heads::section(word)
        .filter(|section| section.key != SCHEMA.card.key)
        .ok_or_else(|| Error::usage(Problem::NoSuchField { key: word.into() }).hint(Hint::SeeFields))
}

/// Whether a sheet is called as a section is.
pub(super) fn is_sheet_of(sheet: &str, section: &Section) -> bool {
    heads::section(sheet).is_some_and(|called| called.key == section.key)
}

fn encoding_meant(text: &str) -> Result<Encoding> {
    Encoding::meant(text).ok_or_else(|| Error::usage(Problem::NoEncoding { text: text.into() }))
}

fn delimiter_meant(text: &str) -> Result<u8> {
    match text.as_bytes() {
        [one] if one.is_ascii() => Ok(*one),
        b"tab" | b"\\t" => Ok(b'\t'),
        _ => Err(Error::usage(Problem::NoDelimiter { text: text.into() })),
    }
}

/// The company's own fields with their labels.
fn own_labels(settings: &Settings) -> Vec<(String, Vec<String>)> {
    let labels = |key: &str| {
        let own = settings.fields.get(key);
        Lang::ALL.iter().filter_map(|l| own.map(|f| f.label(key, *l).to_owned())).collect()
    };
    settings.fields.keys().map(|key| (key.clone(), labels(key))).collect()
}

/// Two mappings as one; the second goes before the first.
fn merged(first: Mapping, second: Mapping) -> Mapping {
    let mut columns = first.columns;
    columns.extend(second.columns);
    let mut countries = first.countries;
    countries.extend(second.countries);
    Mapping {
        section: second.section.or(first.section),
        encoding: second.encoding.or(first.encoding),
        delimiter: second.delimiter.or(first.delimiter),
        sheet: second.sheet.or(first.sheet),
        key: second.key.or(first.key),
        year: second.year.or(first.year),
        stage: second.stage.or(first.stage),
        columns,
        countries,
    }
}

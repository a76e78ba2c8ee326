//! How a kind of file is read, kept in the archive as `imports/NAME.toml`: what each column means, and
//! what cannot be seen in the file itself.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;

use super::columns::{self, Meaning};
use super::heads;
use super::record_columns;
use crate::card::Section;
use crate::card::near::nearest;
use crate::i18n::{TomlSays, messages};

/// The folder of the archive where mappings are kept.
pub const FOLDER: &str = "imports";

/// A mapping, as it is written.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(default, deny_unknown_fields)]
pub struct Mapping {
    /// The section of the records; without one, the rows are customers.
    pub section: Option<String>,
    /// The encoding of a text file.
    pub encoding: Option<String>,
    /// What parts the cells of a text file: one character, or `tab`.
    pub delimiter: Option<String>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The column with the customer's key in the other program.
    pub key: Option<String>,
    /// The year of the newest entry of a dated log.
    pub year: Option<i32>,
    /// The stage of new customers.
    pub stage: Option<String>,
    /// Heads, and what each means.
    pub columns: BTreeMap<String, String>,
    /// What stands for a country in the file, with the code that is meant.
    pub countries: BTreeMap<String, String>,
}

messages! {
    /// Why a mapping cannot be used.
    pub enum MappingFault {
        NotToml { reason: TomlSays } = "mapping_not_toml":
            "{reason}", "{reason}", "{reason}";
        UnknownKey { key: String } = "mapping_unknown_key":
            "there is no key {key} in a mapping", "对照表中没有名为 {key} 的键", "對照表中沒有名為 {key} 的鍵";
        NearKey { key: String, near: &'static str } = "mapping_near_key":
            "there is no key {key} in a mapping; did you mean {near}?", "对照表中没有名为 {key} 的键；是不是 {near}？", "對照表中沒有名為 {key} 的鍵；是不是 {near}？";
        BadValue { key: String, value: String } = "mapping_bad_value":
            "{value} is no value for {key}", "{value} 不能作为 {key} 的值", "{value} 不能作為 {key} 的值";
        NoName { name: String } = "mapping_no_name":
            "‘{name}’ is no name of a mapping: letters, digits, - and _", "“{name}”不能作为对照表的名称：请用字母、数字、- 和 _", "「{name}」不能作為對照表的名稱：請用字母、數字、- 和 _";
    }
}

impl Mapping {
    /// Reads a mapping.
    ///
    /// # Errors
    /// When the text is no TOML or has a key that there is not.
    pub fn read(text: &str) -> Result<Mapping, MappingFault> {
        let not_toml = |error: toml::de::Error| MappingFault::NotToml { reason: error.message().into() };
        let table: toml::Table = toml::from_str(text).map_err(not_toml)?;
        for (key, value) in &table {
            let key = key.clone();
            if !KEYS.contains(&key.as_str()) {
                return Err(match nearest(&key, KEYS.iter().copied()) {
                    Some(near) => MappingFault::NearKey { key, near },
                    None => MappingFault::UnknownKey { key },
                });
            }
            let alone = toml::Table::from_iter([(key.clone(), value.clone())]);
            alone
                .try_into::<Mapping>()
                .map_err(|_| MappingFault::BadValue { key, value: value.to_string() })?;
        }
        toml::from_str(text).map_err(not_toml)
    }
}

/// The keys of a mapping.
const KEYS: [&str; 9] =
    ["section", "encoding", "delimiter", "sheet", "key", "year", "stage", "columns", "countries"];

/// The path of a mapping in the archive.
///
/// # Errors
/// When the name is none for a file.
pub fn path(name: &str) -> Result<String, MappingFault> {
    let usable = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    match !name.is_empty() && name.chars().all(usable) {
        true => Ok(format!("{FOLDER}/{name}.toml")),
        false => Err(MappingFault::NoName { name: name.to_owned() }),
    }
}

/// A column of a proposal: the head, what it seems to mean, and a cell for the reader.
pub struct Proposed<'a> {
    /// The head.
    pub head: &'a str,
    /// What it means, as a mapping says it; nothing where nobody claims it.
    pub meaning: Option<String>,
    /// A cell that is filled.
    pub sample: Option<&'a str>,
}

/// A mapping as text, with the sample of each column behind it; `said` are keys with values that
/// were given or recognised.
pub fn propose(said: &[(&str, String)], columns: &[Proposed<'_>], unclaimed: &str) -> String {
    let mut text = String::new();
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    for (key, value) in said {
        let _ = writeln!(text, "{key} = {}", if *key == "year" { value.clone() } else { quoted(value) });
    }
    text += if text.is_empty() { "[columns]\n" } else { "\n[columns]\n" };
    for column in columns {
        let (mark, meaning) = match &column.meaning {
            Some(meaning) => ("", meaning.clone()),
            None => ("# ", unclaimed.to_owned()),
        };
        let sample = column.sample.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        let sample: String = sample.chars().filter(|c| !c.is_control()).take(40).collect();
        let line = format!("{mark}{} = {}", quoted(column.head), quoted(&meaning));
        let _ = writeln!(text, "{}", format!("{line}  # {sample}").trim_end_matches([' ', '#']));
    }
    text
}

/// What a mapping file says of a customer's column: the inverse of [`columns::parse`].
pub fn token(meaning: &Meaning) -> String {
    match meaning {
        Meaning::Field(key) => (*key).to_owned(),
        Meaning::Country => "country".into(),
        Meaning::Stage => "stage".into(),
        Meaning::Contact(key) => format!("contact.{key}"),
        Meaning::Channel(kind) => format!("channel.{kind}"),
        Meaning::Custom(key) => format!("custom.{key}"),
        Meaning::External(key) => format!("external.{key}"),
        Meaning::Log => "log".into(),
        Meaning::CardId => "id".into(),
        Meaning::Section(section) => section.key.into(),
        Meaning::FormerIds => heads::FORMER_IDS.into(),
        Meaning::Nothing => "-".into(),
    }
}

/// What the columns mean, of customers or of the records of a section.
#[derive(Clone, Debug)]
pub enum Columns {
    /// Rows of customers.
    Customers(Vec<Option<Meaning>>),
    /// Rows of records.
    Records(&'static Section, Vec<Option<record_columns::Meaning>>),
}

impl Columns {
    /// What the heads mean by themselves. `own` are the company's own fields with their labels.
    pub fn recognise(
        section: Option<&'static Section>,
        heads: &[String],
        own: &[(String, Vec<String>)],
    ) -> Columns {
        match section {
            None => Columns::Customers(columns::recognise(heads, own)),
            Some(section) => Columns::Records(section, record_columns::recognise(section, heads)),
        }
    }

    /// Says what a column means; `false` when there is no such meaning.
    pub fn set(&mut self, at: usize, token: &str) -> bool {
        match self {
            Columns::Customers(meanings) => match columns::parse(token) {
                Some(meaning) => meanings[at] = Some(meaning),
                None => return false,
            },
            Columns::Records(section, meanings) => match record_columns::parse(section, token) {
                Some(meaning) => meanings[at] = Some(meaning),
                None => return false,
            },
        }
        true
    }

    /// Makes a column the customer's key in another program.
    pub fn set_key(&mut self, at: usize, key: &str) {
        match self {
            Columns::Customers(meanings) => meanings[at] = Some(Meaning::External(key.to_owned())),
            Columns::Records(_, meanings) => {
                meanings[at] = Some(record_columns::Meaning::External(key.to_owned()));
            }
        }
    }

    /// What each column means, as a mapping says it.
    pub fn tokens(&self) -> Vec<Option<String>> {
        match self {
            Columns::Customers(meanings) => meanings.iter().map(|m| m.as_ref().map(token)).collect(),
            Columns::Records(_, meanings) => {
                meanings.iter().map(|m| m.as_ref().map(record_columns::token)).collect()
            }
        }
    }

    /// Two columns that mean one and the same, and what: a card has one place for it.
    pub fn twins<'h>(&self, heads: &'h [String]) -> Option<(&'h str, &'h str, String)> {
        let one_of_many = |meaning: &Meaning| matches!(meaning, Meaning::Channel(_) | Meaning::Section(_));
        let means = |at: usize| match self {
            Columns::Customers(meanings) => match &meanings[at] {
                Some(Meaning::Nothing) => None,
                Some(meaning) => (!one_of_many(meaning)).then(|| token(meaning)),
                None => Some(token(&Meaning::Custom(heads[at].clone()))),
            },
            Columns::Records(_, meanings) => match &meanings[at] {
                None | Some(record_columns::Meaning::Nothing) => None,
                Some(meaning) => Some(record_columns::token(meaning)),
            },
        };
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        heads.iter().enumerate().find_map(|(at, head)| {
            let meaning = means(at)?;
            let before = seen.insert(meaning.clone(), head)?;
            Some((before, head.as_str(), meaning))
        })
    }

    /// Whether a column says the name of a new customer.
    pub fn have_name(&self) -> bool {
        match self {
            Columns::Customers(meanings) => meanings.contains(&Some(Meaning::Field("name"))),
            Columns::Records(..) => true,
        }
    }

    /// Whether a row can say whom a record belongs to.
    pub fn have_customer(&self) -> bool {
        use record_columns::Meaning as M;
        let names =
            |m: &Option<M>| matches!(m, Some(M::Customer | M::CustomerName | M::External(_) | M::Sender));
        match self {
            Columns::Customers(_) => true,
            Columns::Records(_, meanings) => meanings.iter().any(names),
        }
    }

    /// The place of a dated log.
    pub fn log(&self) -> Option<usize> {
        match self {
            Columns::Customers(meanings) => meanings.iter().position(|m| *m == Some(Meaning::Log)),
            Columns::Records(..) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proposal_is_a_mapping() {
        let heads: Vec<String> =
            ["客户名", "国家", "颜色", "跟进情况"].iter().map(|h| (*h).to_owned()).collect();
        let columns = Columns::recognise(None, &heads, &[]);
        let tokens = columns.tokens();
        let proposed: Vec<Proposed<'_>> = heads
            .iter()
            .zip(tokens)
            .map(|(head, meaning)| Proposed { head, meaning, sample: Some("red \" # \n blue") })
            .collect();
        let text = propose(&[("encoding", "gb18030".into()), ("year", "2010".into())], &proposed, "-");
        let mapping = Mapping::read(&text).expect(&text);
        assert_eq!(mapping.encoding.as_deref(), Some("gb18030"));
        assert_eq!(mapping.year, Some(2010));
        let mut again =
            Columns::recognise(None, &heads.iter().map(|_| "?".to_owned()).collect::<Vec<_>>(), &[]);
        for (head, token) in &mapping.columns {
            let at = heads.iter().position(|h| h == head).expect("a head");
            assert!(again.set(at, token), "{token}");
        }
        assert_eq!(again.tokens(), columns.tokens(), "{text}");
        assert!(text.contains("# \"颜色\" = \"-\""), "{text}");
    }

    #[test]
    fn a_key_that_there_is_not_is_said_and_a_name_is_a_name() {
        assert!(Mapping::read("colour = 1").is_err());
        assert_eq!(path("old-sheet_1"), Ok("imports/old-sheet_1.toml".to_owned()));
        assert!(path("../x").is_err() && path("").is_err());
    }
}

//! The words in which sections and fields are declared. Static descriptions only: everything
//! that lists, reads, checks, edits, indexes, documents or completes a field walks these.

use super::value::Value;
use crate::i18n::{Lang, Text};

/// A kind of record in a card, or the card's own top level.
#[derive(Debug)]
pub struct Section {
    /// The TOML key of the array of tables, and the name of the SQL table.
    pub key: &'static str,
    /// The heading: "Contacts".
    pub label: Text,
    /// What one record is called: "contact".
    pub one: Text,
    /// What the section is for.
    pub help: Text,
    /// The fields, in the order in which they are written. `id` comes before all of them.
    pub fields: &'static [Field],
    /// The one kind of record that a record of this section may hold.
    pub child: Option<&'static Section>,
}

impl Section {
    /// The field with this key, or with this former key.
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        self.position(key).map(|at| &self.fields[at])
    }

    /// Where the field with this key stands in [`Section::fields`].
    pub fn position(&self, key: &str) -> Option<usize> {
        let now = self.fields.iter().position(|f| f.key == key);
        now.or_else(|| self.fields.iter().position(|f| f.formerly.contains(&key)))
    }

    /// The keys of a record in the order in which they are written: id, fields, child.
    pub fn key_order(&self) -> Vec<String> {
        std::iter::once("id")
            .chain(self.fields.iter().map(|f| f.key))
            .chain(self.child.map(|c| c.key))
            .map(str::to_owned)
            .collect()
    }
}

/// One field of a section.
#[derive(Debug)]
pub struct Field {
    /// The TOML key: ASCII snake_case, no SQL keyword that needs quotes, no keyword of Rust.
    pub key: &'static str,
    /// What people see.
    pub label: Text,
    /// What it is for, in one sentence.
    pub help: Text,
    /// A value as it is typed.
    pub example: &'static str,
    /// What may stand in it.
    pub kind: Kind,
    /// A record without it is half-filled: refused on writing, reported on reading.
    pub required: bool,
    /// Shown where records are listed.
    pub column: bool,
    /// Personal data that a list shows only when asked for.
    pub private: bool,
    /// Earlier keys: read as this one.
    pub formerly: &'static [&'static str],
}

/// What may stand in a field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// Any text of one or more lines.
    Text,
    /// A list of short texts, such as tags. A set: order and repetition do not count.
    Texts,
    /// Yes or no.
    Flag,
    /// A whole number within bounds, both included.
    Int {
        /// The least.
        min: i64,
        /// The greatest.
        max: i64,
    },
    /// A day of the calendar.
    Date,
    /// A day and month, with or without the year.
    Birthday,
    /// A moment with its offset from UTC.
    Moment,
    /// An amount with its ISO 4217 currency.
    Money,
    /// A price per unit.
    Price,
    /// A number with its unit.
    Quantity,
    /// A length of time in calendar units.
    Period,
    /// One token of a list.
    Choice(&'static Choices),
    /// Several tokens of a list: a set.
    Choices(&'static Choices),
    /// A mail address.
    Email,
    /// A telephone number, as typed.
    Phone,
    /// A web address.
    Web,
    /// A country, by its code of ISO 3166-1.
    Country,
    /// A member of the team, by key.
    Member,
    /// The id of a record of another section of the same card.
    Reference(&'static str),
}

impl Kind {
    /// The stable name for scripts, `docs/fields.md` and `[fields]` in crm.toml.
    pub fn token(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Texts => "list",
            Kind::Flag => "flag",
            Kind::Int { .. } => "int",
            Kind::Date => "date",
            Kind::Birthday => "birthday",
            Kind::Moment => "moment",
            Kind::Money => "money",
            Kind::Price => "price",
            Kind::Quantity => "quantity",
            Kind::Period => "period",
            Kind::Choice(_) => "choice",
            Kind::Choices(_) => "choices",
            Kind::Email => "email",
            Kind::Phone => "phone",
            Kind::Web => "web",
            Kind::Country => "country",
            Kind::Member => "member",
            Kind::Reference(_) => "reference",
        }
    }
}

impl Kind {
    /// The tokens that a value takes, where they are listed.
    pub fn choices(self) -> Option<&'static Choices> {
        match self {
            Kind::Choice(choices) | Kind::Choices(choices) => Some(choices),
            _ => None,
        }
    }

    /// Whether a value has several items.
    pub fn is_list(self) -> bool {
        matches!(self, Kind::Texts | Kind::Choices(_))
    }

    /// What a value of this kind is called.
    pub fn label(self) -> Text {
        match self {
            Kind::Text => Text::new("a text", "文字", "文字"),
            Kind::Texts => Text::new("a list of texts", "文字列表", "文字清單"),
            Kind::Flag => {
                Text::new("yes or no (true, false)", "是或否（true、false）", "是或否（true、false）")
            }
            Kind::Int { .. } => Text::new("a whole number", "整数", "整數"),
            Kind::Date => Text::new("a day", "日期", "日期"),
            Kind::Birthday => Text::new("a birthday", "生日", "生日"),
            Kind::Moment => Text::new("a moment", "日期时间", "日期時間"),
            Kind::Money => Text::new("an amount with its currency", "带币种的金额", "帶幣別的金額"),
            Kind::Price => Text::new("a price", "单价", "單價"),
            Kind::Quantity => Text::new("a number with its unit", "带单位的数量", "帶單位的數量"),
            Kind::Period => Text::new("a length of time", "时长", "時間長度"),
            Kind::Choice(_) => Text::new("one of the listed words", "可选项中的一项", "可選項目之一"),
            Kind::Choices(_) => Text::new("a list of the listed words", "可选项的列表", "可選項目的清單"),
            Kind::Email => Text::new("a mail address", "电子邮箱地址", "電子郵件地址"),
            Kind::Phone => Text::new("a telephone number", "电话号码", "電話號碼"),
            Kind::Web => Text::new("a web address", "网址", "網址"),
            Kind::Country => Text::new("a country", "国家/地区", "國家/地區"),
            Kind::Member => Text::new("a member of the team", "团队成员", "團隊成員"),
            Kind::Reference(_) => Text::new("the id of a record", "记录的编号", "紀錄的編號"),
        }
    }
}

/// Sections are declared once each, under a key of their own.
impl PartialEq for Section {
    fn eq(&self, other: &Section) -> bool {
        self.key == other.key
    }
}

/// The tokens that a choice may take.
#[derive(Debug, PartialEq)]
pub struct Choices {
    /// In the order in which they are offered.
    pub all: &'static [Choice],
    /// Whether a company may use a token that is not listed: kept and reported, never dropped.
    pub open: bool,
}

/// One token of a choice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// What is stored: ASCII snake_case.
    pub token: &'static str,
    /// What people see and may type.
    pub label: Text,
    /// Other words that people type for it.
    pub also: &'static [&'static str],
}

impl Choices {
    /// The choice with this token.
    pub fn get(&self, token: &str) -> Option<&'static Choice> {
        self.all.iter().find(|c| c.token == token)
    }

    /// What people call a token; a token that is not listed is its own name.
    pub fn label<'a>(&self, token: &'a str, lang: Lang) -> &'a str {
        self.get(token).map_or(token, |choice| choice.label.get(lang))
    }

    /// The choice that a person means by a token, a label in any language or another word.
    pub fn meant(&self, typed: &str) -> Option<&'static Choice> {
        let typed = fold(typed);
        self.all.iter().find(|c| {
            c.token == typed
                || c.label.every().any(|label| fold(label) == typed)
                || c.also.iter().any(|word| fold(word) == typed)
        })
    }
}

/// Letters alike for typing: lower case, `-` and space as `_`.
fn fold(word: &str) -> String {
    word.trim().to_lowercase().replace(['-', ' '], "_")
}

/// A Rust type that can stand in a declared section: it carries the kind of its field.
pub trait Typed: Sized {
    /// What may stand in the field.
    const KIND: Kind;
    /// Whether a record without it is half-filled.
    const REQUIRED: bool = true;
    /// The value, where the card has one that fits.
    fn from_value(value: Option<&Value>) -> Option<Self>;
}

impl<T: Typed> Typed for Option<T> {
    const KIND: Kind = T::KIND;
    const REQUIRED: bool = false;
    fn from_value(value: Option<&Value>) -> Option<Self> {
        Some(value.and_then(|v| T::from_value(Some(v))))
    }
}

/// A declared section with its Rust type.
pub trait Described: Sized {
    /// The static description.
    const SECTION: &'static Section;
    /// The typed record; `None` while a required field is missing.
    fn from_record(record: &super::Record) -> Option<Self>;
}

//! A company's own fields (R-041): declared in `crm.toml` in the same words as the built-in
//! ones, stored in a card under `[custom]`.
//!
//! ```toml
//! [fields.port_of_discharge]
//! kind = "text"
//! label_en = "Port of discharge"
//! label_zh = "卸货港"
//! help_en = "Where the goods leave the ship."
//! example = "Hamburg"
//! ```

use chrono::NaiveDate;
use serde::Deserialize;

use crate::card::Kind;
use crate::card::value::{Fault, Offered, Value};
use crate::i18n::{Lang, List};

/// One field of the company's own.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(default, deny_unknown_fields)]
pub struct OwnField {
    kind: String,
    /// The tokens of a choice.
    pub choices: Vec<String>,
    label_en: Option<String>,
    label_zh: Option<String>,
    help_en: Option<String>,
    help_zh: Option<String>,
    /// A value as it is typed.
    pub example: Option<String>,
    /// Whether a card lacks something without it.
    pub required: bool,
}

/// What may stand in a field of the company's own.
#[derive(Clone, Debug, PartialEq)]
pub enum OwnKind {
    /// As a built-in field of this kind.
    Built(Kind),
    /// One of these words.
    OneOf(Vec<String>),
}

impl OwnField {
    /// What may stand in it. A field that names no kind holds text.
    pub fn kind(&self) -> OwnKind {
        self.try_kind().unwrap_or(OwnKind::Built(Kind::Text))
    }

    pub(super) fn check(&self) -> Result<(), String> {
        self.try_kind().map(|_| ()).ok_or_else(|| self.kind.clone())
    }

    fn try_kind(&self) -> Option<OwnKind> {
        Some(OwnKind::Built(match self.kind.as_str() {
            "" | "text" => Kind::Text,
            "list" => Kind::Texts,
            "flag" => Kind::Flag,
            "int" => Kind::Int { min: i64::MIN, max: i64::MAX },
            "date" => Kind::Date,
            "money" => Kind::Money,
            "price" => Kind::Price,
            "quantity" => Kind::Quantity,
            "period" => Kind::Period,
            "email" => Kind::Email,
            "phone" => Kind::Phone,
            "web" => Kind::Web,
            "choice" if !self.choices.is_empty() => return Some(OwnKind::OneOf(self.choices.clone())),
            _ => return None,
        }))
    }

    /// What people see; the key where nothing is said.
    pub fn label<'a>(&'a self, key: &'a str, lang: Lang) -> &'a str {
        pick(lang, &self.label_en, &self.label_zh).unwrap_or(key)
    }

    /// What it is for.
    pub fn help(&self, lang: Lang) -> &str {
        pick(lang, &self.help_en, &self.help_zh).unwrap_or("")
    }

    /// Reads what a person typed.
    ///
    /// # Errors
    /// When the text is no value of the field's kind.
    pub fn typed(&self, text: &str, today: NaiveDate) -> Result<Value, Fault> {
        match self.kind() {
            OwnKind::Built(kind) => Value::typed(kind, text, today),
            OwnKind::OneOf(words) if words.iter().any(|w| w == text.trim()) => {
                Ok(Value::Choice(text.trim().into()))
            }
            OwnKind::OneOf(words) => {
                let offered = |word: &String| Offered { token: word.clone(), label: None };
                Err(Fault::NotAChoice {
                    value: text.into(),
                    choices: List(words.iter().map(offered).collect()),
                })
            }
        }
    }
}

/// The text of a language, else of another one: half a translation is better than none.
pub(super) fn pick<'a>(lang: Lang, en: &'a Option<String>, zh: &'a Option<String>) -> Option<&'a str> {
    let (first, second) = match lang {
        Lang::En => (en, zh),
        // One label serves both ways of writing Chinese.
        Lang::ZhCn | Lang::ZhTw => (zh, en),
    };
    first.as_deref().or(second.as_deref())
}

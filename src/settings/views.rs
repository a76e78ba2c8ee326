//! Saved lists (R-213): `[views.NAME]` in `crm.toml`. A view is looked at when it is used.
//!
//! ```toml
//! [views.fair]
//! label_en = "Met at the fair"
//! label_zh = "展会客户"
//! columns = ["no", "name", "country", "custom.booth"]
//! heads = { name = "Company" }
//! sort = ["-next_followup"]
//! stage = "prospect"
//! tag = ["canton-fair"]
//! where = "sincerity >= 50"
//! ```

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use toml::de::{DeTable, DeValue};

use super::own_fields::pick;
use crate::card::read::line_and_column;
use crate::i18n::Lang;

/// One saved list.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(default, deny_unknown_fields)]
pub struct SavedView {
    /// The label in English.
    pub label_en: Option<String>,
    /// The label in Chinese.
    pub label_zh: Option<String>,
    /// The columns.
    pub columns: Vec<String>,
    /// The heads of columns, where they differ from the labels.
    pub heads: BTreeMap<String, String>,
    /// What it is sorted by; `-KEY` for the greatest first.
    #[serde(deserialize_with = "one_or_many")]
    pub sort: Vec<String>,
    /// Only this stage.
    pub stage: Option<String>,
    /// Only this country.
    pub country: Option<String>,
    /// Only customers of this member of the team.
    pub owner: Option<String>,
    /// Only customers with all of these tags.
    #[serde(deserialize_with = "one_or_many")]
    pub tag: Vec<String>,
    /// Only customers that fulfil this condition.
    #[serde(rename = "where")]
    pub condition: Option<String>,
}

fn one_or_many<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Said {
        One(String),
        Many(Vec<String>),
    }
    Ok(match Said::deserialize(from)? {
        Said::One(one) => vec![one],
        Said::Many(many) => many,
    })
}

impl SavedView {
    /// What people see; the key where nothing is said.
    pub fn label<'a>(&'a self, key: &'a str, lang: Lang) -> &'a str {
        pick(lang, &self.label_en, &self.label_zh).unwrap_or(key)
    }

    /// Whether a text is one of the labels.
    pub fn is_called(&self, folded: &str) -> bool {
        [&self.label_en, &self.label_zh].into_iter().flatten().any(|label| label.to_lowercase() == folded)
    }
}

/// Line and column (from 1) of what a view says for a key: of this value in it, where it is one of
/// several.
pub fn place_in(text: &str, view: &str, key: &str, value: &str) -> Option<(usize, usize)> {
    let table = DeTable::parse(text).ok()?;
    let DeValue::Table(views) = table.get_ref().get("views")?.get_ref() else { return None };
    let DeValue::Table(view) = views.get(view)?.get_ref() else { return None };
    let said = view.get(key)?;
    let at = match said.get_ref() {
        DeValue::Array(items) => {
            let is_value = |item: &&toml::Spanned<DeValue<'_>>| item.get_ref().as_str() == Some(value);
            items.iter().find(is_value).map_or(said.span(), toml::Spanned::span)
        }
        DeValue::Table(inner) => {
            inner.iter().find(|(k, _)| k.get_ref() == value).map_or(said.span(), |(k, _)| k.span())
        }
        _ => said.span(),
    };
    Some(line_and_column(text, at.start))
}

#[cfg(test)]
mod tests {
    use super::super::Settings;
    use super::*;

    const TEXT: &str = "format = 1\n[views.fair]\nlabel_zh = \"展会\"\ncolumns = [\"no\",\n  \"citty\"]\nsort = \"-no\"\ntag = [\"a\", \"b\"]\nwhere = \"x > 1\"\nheads = { nam = \"N\" }\n";

    #[test]
    fn a_view_is_read_with_one_word_or_many() {
        let settings = Settings::read(TEXT).expect("a view");
        let view = &settings.views["fair"];
        assert_eq!((view.sort.as_slice(), view.tag.len()), (["-no".to_owned()].as_slice(), 2));
        assert_eq!(view.condition.as_deref(), Some("x > 1"));
        assert_eq!((view.label("fair", Lang::ZhCn), view.label("fair", Lang::En)), ("展会", "展会"));
        assert!(view.is_called("展会"));
    }

    #[test]
    fn a_key_that_no_view_has_is_an_error() {
        let bad = Settings::read("[views.fair]\ncolums = [\"no\"]\n").expect_err("misspelt");
        assert_eq!(bad.line, 2);
    }

    #[test]
    fn the_place_of_what_a_view_says_is_found() {
        assert_eq!(place_in(TEXT, "fair", "columns", "citty"), Some((5, 3)));
        assert_eq!(place_in(TEXT, "fair", "where", "x > 1"), Some((8, 9)));
        assert_eq!(place_in(TEXT, "fair", "heads", "nam"), Some((9, 11)));
        assert_eq!(place_in(TEXT, "none", "where", ""), None);
    }
}

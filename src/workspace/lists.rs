//! Lists of customers: from what a person typed, or a saved view says, to the question that the
//! index is asked. Columns are named by key or by label, in any language.

use std::collections::BTreeMap;

use super::views::Said;
use super::{Losses, Workspace};
use crate::archive::Stage;
use crate::card::near::nearest;
use crate::card::value::Value;
use crate::card::{Card, Country, Kind};
use crate::error::{Error, Hint, Problem, Result};
use crate::i18n::Lang;
use crate::index::ask::{self, Compare, Filter, Order, Test, every_column, is_column};
use crate::index::{self, Customer, Index};
use crate::rules::facts::fact;
use crate::sections::SCHEMA;
use crate::settings::OwnKind;

/// The columns of a list where none are named.
pub const USUAL: [&str; 7] = ["no", "name", "country", "stage", "owner", "last_followup", "next_followup"];

/// Reads a country that a person typed, and says what there is to say of it.
type ReadCountry<'a> = &'a dyn Fn(&str) -> Result<Country>;

/// What a person wants listed, as typed. What is empty comes from the view, where one is named.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// A view by its name or label.
    pub view: Option<String>,
    /// Only this stage.
    pub stage: Option<String>,
    /// Only this country.
    pub country: Option<String>,
    /// Only customers of this member of the team, or `me`.
    pub owner: Option<String>,
    /// Only customers with all of these tags.
    pub tags: Vec<String>,
    /// Only open customers without a planned next step.
    pub without_plan: bool,
    /// `FIELD=VALUE`.
    pub tests: Vec<String>,
    /// A condition in SQL.
    pub condition: Option<String>,
    /// The columns.
    pub columns: Vec<String>,
    /// What it is sorted by.
    pub sort: Vec<String>,
}

impl Wish {
    /// Whether nobody is left out.
    pub fn is_everyone(&self) -> bool {
        let words = [&self.view, &self.stage, &self.country, &self.owner, &self.condition];
        let some = words.iter().any(|word| word.is_some()) || self.without_plan;
        !some && self.tags.is_empty() && self.tests.is_empty()
    }
}

/// A list that can be asked for.
#[derive(Clone, Debug)]
pub struct Listing {
    /// Which customers.
    pub filter: Filter,
    /// The keys of the columns; empty, where none are named.
    pub columns: Vec<String>,
    /// The heads of columns that are not their labels, by key.
    pub heads: BTreeMap<String, String>,
    /// What it is sorted by.
    pub order: Vec<Order>,
}

impl Workspace {
    /// The customers that pass a filter, with these columns.
    ///
    /// # Errors
    /// When the archive cannot be listed, or the filter's condition cannot be answered.
    pub fn customers(
        &self,
        filter: &Filter,
        columns: &[String],
        order: &[Order],
    ) -> Result<(Vec<Customer>, Losses)> {
        let asked = self.asked();
        let answer = index::answer_alone(&self.source(), |index| {
            let only = match Workspace::only(index, filter.condition.as_ref(), &asked)? {
                Ok(only) => only,
                Err(bad) => return Ok(Err(bad)),
            };
            let customers = index.customers(filter, only.as_deref(), columns, order, &asked)?;
            Ok(Ok((customers, Losses::of(index)?)))
        })?;
        let (customers, losses) = answer?;
        Ok((customers, self.explain(losses)))
    }

    /// The list that a person wants.
    ///
    /// # Errors
    /// When a word of it means nothing; one of a saved view with its place in the settings.
    pub fn listing(&self, wish: &Wish, lang: Lang, country_meant: ReadCountry<'_>) -> Result<Listing> {
        let view = wish.view.as_deref().map(|name| self.view(name, lang)).transpose()?.unwrap_or_default();
        let stage = Said::of(&wish.stage, &view.saved.stage);
        let country = Said::of(&wish.country, &view.saved.country);
        let owner = Said::of(&wish.owner, &view.saved.owner);
        let condition = Said::of(&wish.condition, &view.saved.condition);
        let tests = wish.tests.iter().map(|text| self.test(text, country_meant)).collect::<Result<_>>()?;
        let country = self.said(&view, "country", country, country_meant)?;
        let filter = Filter {
            stage: self.said(&view, "stage", stage, stage_meant)?.map(|s| s.token().to_owned()),
            country: country.map(|c| c.code().to_owned()),
            owner: self.said(&view, "owner", owner, |text| self.owner_meant(text))?.flatten(),
            tags: if wish.tags.is_empty() { view.saved.tag.clone() } else { wish.tags.clone() },
            without_plan: wish.without_plan,
            tests,
            condition: self.said(&view, "where", condition, |text| self.condition(text))?,
        };
        let columns =
            self.all_said(&view, "columns", &wish.columns, &view.saved.columns, |t| self.column(t))?;
        let order = self.all_said(&view, "sort", &wish.sort, &view.saved.sort, |t| self.order(t))?;
        let mut heads = BTreeMap::new();
        for (column, head) in &view.saved.heads {
            let key = self.column(column).map_err(|e| self.in_view(&view, "heads", column, e))?;
            heads.insert(key, head.clone());
        }
        Ok(Listing { filter, columns, heads, order })
    }

    /// A member of the team by key or name, `me`, or nobody for `all`.
    ///
    /// # Errors
    /// When nobody is meant.
    pub fn owner_meant(&self, typed: &str) -> Result<Option<String>> {
        match typed {
            "all" | "全部" | "所有" => Ok(None),
            "me" | "我" => self.me().map(Some),
            name => self.member_key(name).map(Some),
        }
    }

    /// Looks, where a list of somebody is empty, whether that is somebody: without a team whoever has a customer
    /// is, and whoever asks. A name with an error in it is no empty list.
    ///
    /// # Errors
    /// When nobody is called so, or the archive cannot be listed.
    pub fn check_owner(&self, name: Option<&str>) -> Result<()> {
        let Some(name) = name else { return Ok(()) };
        if !self.settings.team.is_empty() || self.me().is_ok_and(|me| me == name) {
            return Ok(());
        }
        let owners = self.ask(Index::owners)?;
        match owners.iter().any(|owner| owner == name) {
            true => Ok(()),
            false => Err(Error::usage(Problem::NoSuchMember { name: name.to_owned() })
                .hint(Hint::Members { keys: owners.into_iter().collect() })),
        }
    }

    pub(super) fn order(&self, typed: &str) -> Result<Order> {
        let (key, descending) = typed.strip_prefix('-').map_or((typed, false), |key| (key, true));
        Ok(Order { key: self.column(key)?, descending })
    }

    /// The key of a column that a person means by its key or its label.
    ///
    /// # Errors
    /// When there is none, with the near one.
    pub fn column(&self, typed: &str) -> Result<String> {
        let typed = typed.trim();
        if let Some(key) = self.column_meant(typed) {
            return Ok(key);
        }
        let own = self.settings.fields.keys().map(String::as_str);
        let known = every_column().map(|(key, _)| key).chain(own);
        let error = Error::usage(Problem::NoSuchColumn { key: typed.into() });
        Err(match nearest(&typed.to_lowercase(), known) {
            Some(near) => error.hint(Hint::DidYouMean { near: near.into() }),
            None => error.hint(Hint::SeeFields),
        })
    }

    pub(super) fn column_meant(&self, typed: &str) -> Option<String> {
        let folded = typed.to_lowercase();
        if is_column(&folded) && !folded.starts_with("custom.") {
            return Some(folded);
        }
        if is_column(typed) {
            return Some(typed.to_owned());
        }
        let labelled = every_column().find(|(_, label)| label.every().any(|l| l.to_lowercase() == folded));
        if let Some((key, _)) = labelled {
            return Some(key.to_owned());
        }
        let is_called = |key: &str, field: &crate::settings::OwnField| {
            key == typed || Lang::ALL.into_iter().any(|lang| field.label(key, lang).to_lowercase() == folded)
        };
        let own = self.settings.fields.iter().find(|(key, field)| is_called(key, field));
        own.map(|(key, _)| format!("custom.{key}"))
    }

    /// `FIELD=VALUE`, `FIELD!=VALUE` and `FIELD~=PART`; no value asks for an empty field.
    fn test(&self, text: &str, country_meant: ReadCountry<'_>) -> Result<Test> {
        let not_one = || Error::usage(Problem::NotATest { text: text.to_owned() }).hint(Hint::Tests);
        let (left, value) = text.split_once('=').ok_or_else(not_one)?;
        let (typed, how) = match left.as_bytes().last() {
            Some(b'!') => (&left[..left.len() - 1], Compare::IsNot),
            Some(b'~') => (&left[..left.len() - 1], Compare::Has),
            Some(_) => (left, Compare::Is),
            None => return Err(not_one()),
        };
        let (key, value) = (self.column(typed)?, value.trim());
        let kind = self.kind_of(&key);
        let is_list = kind.is_some_and(Kind::is_list);
        let value = match how {
            _ if value.is_empty() => String::new(),
            Compare::Has => value.to_owned(),
            Compare::Is | Compare::IsNot => self.value_meant(&key, kind, value, country_meant)?,
        };
        Ok(Test { key, is_list, how, value })
    }

    fn kind_of(&self, key: &str) -> Option<Kind> {
        if let Some(fact) = fact(key) {
            return Some(fact.kind);
        }
        let own = key.strip_prefix("custom.").and_then(|own| self.settings.fields.get(own));
        if let Some(OwnKind::Built(kind)) = own.map(|f| f.kind()) {
            return Some(kind);
        }
        let field = SCHEMA.card.field(key).map(|f| f.kind);
        field.or_else(|| ask::related_column(key).map(ask::Related::kind))
    }

    /// A value as the index has it: tokens, codes and days in place of what people type.
    fn value_meant(
        &self,
        key: &str,
        kind: Option<Kind>,
        text: &str,
        country_meant: ReadCountry<'_>,
    ) -> Result<String> {
        match (key, kind) {
            ("stage", _) => stage_meant(text).map(|s| s.token().to_owned()),
            ("country", _) => country_meant(text).map(|c| c.code().to_owned()),
            (_, Some(Kind::Member)) => Ok(self.owner_meant(text)?.unwrap_or_default()),
            (_, Some(Kind::Texts | Kind::Text) | None) => Ok(text.to_owned()),
            (_, Some(Kind::Choices(choices))) => {
                Ok(choices.meant(text).map_or(text, |choice| choice.token).to_owned())
            }
            (_, Some(kind @ (Kind::Choice(_) | Kind::Flag | Kind::Int { .. } | Kind::Date))) => {
                let label = every_column().find(|(k, _)| *k == key).map(|(_, label)| label);
                let value = match (SCHEMA.card.field(key), label) {
                    (Some(field), _) => self.typed(&Card::default(), field, text)?,
                    (None, label) => Value::typed(kind, text, self.today()).map_err(|fault| match label {
                        Some(field) => Error::usage(Problem::BadValue { field, fault }),
                        None => Error::usage(Problem::BadCustom { key: key.to_owned(), fault }),
                    })?,
                };
                Ok(match value {
                    Value::Flag(flag) => i64::from(flag).to_string(),
                    other => other.text().into_owned(),
                })
            }
            _ => Ok(text.to_owned()),
        }
    }
}

/// A stage that a person typed.
///
/// # Errors
/// When there is none.
pub fn stage_meant(text: &str) -> Result<Stage> {
    Stage::meant(text)
        .ok_or_else(|| Error::usage(Problem::NoSuchStage { value: text.into() }).hint(Hint::Stages))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::views::READY;

    #[test]
    fn every_column_of_a_ready_view_is_one_that_lists_have() {
        for view in READY {
            for (key, _) in view.columns {
                assert!(is_column(key), "{}: {key}", view.name);
            }
        }
    }

    #[test]
    fn no_two_columns_have_one_key() {
        let keys: Vec<_> = every_column().map(|(key, _)| key).collect();
        let set: std::collections::HashSet<_> = keys.iter().collect();
        assert_eq!(keys.len(), set.len());
    }
}

//! Saved views: which one is meant, what it says where nothing was typed, and where in the settings
//! it stands.

use super::Workspace;
use crate::archive::SETTINGS;
use crate::card::near::nearest;
use crate::error::{Error, Hint, Problem, Result};
use crate::i18n::Lang;
use crate::rules::views::{READY, ready};
use crate::settings::{SavedView, place_in};

/// A view with the name under which it stands in the settings; a ready one has none.
#[derive(Default)]
pub(super) struct View {
    pub name: Option<String>,
    pub saved: SavedView,
}

/// A word, and whether the view says it.
pub(super) struct Said<'w> {
    pub text: &'w str,
    pub in_view: bool,
}

impl<'w> Said<'w> {
    /// What was typed goes before what the view says.
    pub fn of(typed: &'w Option<String>, saved: &'w Option<String>) -> Option<Said<'w>> {
        let typed = typed.as_deref().map(|text| Said { text, in_view: false });
        typed.or_else(|| saved.as_deref().map(|text| Said { text, in_view: true }))
    }
}

impl Workspace {
    /// A view by its name or label: one of the settings, else a ready one.
    pub(super) fn view(&self, typed: &str, lang: Lang) -> Result<View> {
        let folded = typed.trim().to_lowercase();
        let views = &self.settings.views;
        let by_name = views.iter().find(|(name, _)| name.to_lowercase() == folded);
        if let Some((name, saved)) = by_name.or_else(|| views.iter().find(|(_, v)| v.is_called(&folded))) {
            return Ok(View { name: Some(name.clone()), saved: saved.clone() });
        }
        let Some(ready) = ready(typed) else {
            let names = views.keys().map(String::as_str).chain(READY.iter().map(|v| v.name));
            let error = Error::not_found(Problem::NoSuchView { name: typed.to_owned() });
            return Err(match nearest(&folded, names) {
                Some(near) => error.hint(Hint::DidYouMean { near: near.into() }),
                None => error.hint(Hint::SeeViews),
            });
        };
        let columns = ready.columns.iter();
        let saved = SavedView {
            columns: columns.clone().map(|(key, _)| (*key).to_owned()).collect(),
            heads: columns.map(|(key, head)| ((*key).to_owned(), head.get(lang).to_owned())).collect(),
            condition: ready.condition.map(str::to_owned),
            ..SavedView::default()
        };
        Ok(View { name: None, saved })
    }

    pub(super) fn said<T>(
        &self,
        view: &View,
        key: &str,
        said: Option<Said<'_>>,
        read: impl Fn(&str) -> Result<T>,
    ) -> Result<Option<T>> {
        let Some(said) = said else { return Ok(None) };
        let value = read(said.text);
        value.map(Some).map_err(|e| if said.in_view { self.in_view(view, key, said.text, e) } else { e })
    }

    pub(super) fn all_said<T>(
        &self,
        view: &View,
        key: &str,
        typed: &[String],
        saved: &[String],
        read: impl Fn(&str) -> Result<T>,
    ) -> Result<Vec<T>> {
        if !typed.is_empty() {
            return typed.iter().map(|text| read(text)).collect();
        }
        saved.iter().map(|text| read(text).map_err(|e| self.in_view(view, key, text, e))).collect()
    }

    /// An error of a saved view, with its place in the settings.
    pub(super) fn in_view(&self, view: &View, key: &str, value: &str, error: Error) -> Error {
        let Some(name) = &view.name else { return error };
        let text = self.file(SETTINGS).ok().flatten().unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let place = match place_in(&text, name, key, value) {
            Some((line, column)) => format!("{SETTINGS}:{line}:{column}"),
            None => format!("{SETTINGS}: views.{name}.{key}"),
        };
        error.in_settings(place)
    }
}

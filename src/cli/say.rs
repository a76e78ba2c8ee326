//! The language of this run, chosen before anything is parsed, so that help speaks it too.

use std::ffi::OsString;
use std::sync::OnceLock;

use crate::i18n::Lang;

static LANG: OnceLock<Lang> = OnceLock::new();

/// The language of this run.
pub(crate) fn lang() -> Lang {
    LANG.get().copied().unwrap_or(Lang::En)
}

/// Whether somebody named a language; else the archive's is taken.
pub(crate) fn is_chosen() -> bool {
    LANG.get().is_some()
}

/// Takes the language from `--lang`, else `CRM_LANG`, `LC_ALL`, `LANG`.
pub(super) fn choose_language(argv: &[OsString]) {
    let texts: Vec<String> = argv.iter().map(|a| a.to_string_lossy().into_owned()).collect();
    let behind = |flag: &str| texts.iter().position(|t| t == flag).and_then(|at| texts.get(at + 1)).cloned();
    let joined = texts.iter().find_map(|t| t.strip_prefix("--lang=").map(str::to_owned));
    let named = joined.or_else(|| behind("--lang"));
    let environment = ["CRM_LANG", "LC_ALL", "LANG"].into_iter().filter_map(super::console::environment);
    let chosen = named.into_iter().chain(environment).find_map(|tag| Lang::from_tag(&tag));
    if let Some(lang) = chosen {
        // Set once, before anything reads it.
        let _ = LANG.set(lang);
    }
}

/// Takes the archive's language where nobody named one.
pub(super) fn fall_back_to(lang: Lang) {
    let _ = LANG.set(lang);
}

/// A text of the command line in every language; the one of this run.
macro_rules! say {
    ($en:literal, $zh_cn:literal, $zh_tw:literal) => {
        $crate::i18n::Text::new($en, $zh_cn, $zh_tw).get($crate::cli::say::lang())
    };
}
pub(crate) use say;

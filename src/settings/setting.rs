//! How a key of `crm.toml` is declared.

use crate::i18n::Text;

/// One key of `crm.toml`.
#[derive(Debug)]
pub struct Setting {
    /// The dotted key.
    pub key: &'static str,
    /// The default, as TOML; empty where there is none.
    pub default: &'static str,
    /// A value as it is written, where there is no default.
    pub example: &'static str,
    /// What it is for.
    pub help: Text,
}

/// A key with its default.
pub(super) const fn key(
    key: &'static str,
    default: &'static str,
    en: &'static str,
    zh_cn: &'static str,
    zh_tw: &'static str,
) -> Setting {
    Setting { key, default, example: "", help: Text::new(en, zh_cn, zh_tw) }
}

/// A key without a default.
pub(super) const fn free(
    key: &'static str,
    example: &'static str,
    en: &'static str,
    zh_cn: &'static str,
    zh_tw: &'static str,
) -> Setting {
    Setting { key, default: "", example, help: Text::new(en, zh_cn, zh_tw) }
}

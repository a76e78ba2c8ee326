//! The kinds of finding: code, severity, and what `crm check --explain` says of each. The tables
//! stand beside, those of cards and those of the archive.

use super::about_archive::OF_ARCHIVE;
use super::about_cards::OF_CARDS;
use super::about_rules::OF_RULES;
use crate::i18n::Text;

/// How much a finding matters. The worst comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Something is wrong or left out: `crm check` exits 1.
    Error,
    /// Something is likely wrong: exits 1 with `--strict`.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// Every severity, the worst first.
    pub const ALL: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

    /// The token for scripts.
    pub const fn token(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }

    /// What people see.
    pub const fn label(self) -> Text {
        match self {
            Severity::Error => Text::new("error", "错误", "錯誤"),
            Severity::Warning => Text::new("warning", "警告", "警告"),
            Severity::Note => Text::new("note", "提示", "提示"),
        }
    }
}

/// A kind of finding.
#[derive(Debug)]
pub struct About {
    /// The stable code, for scripts, `--only` and `--explain`.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Where the rule comes from: rows of the requirements, a standard, a page of `docs/`.
    pub source: &'static str,
    /// What it means, in one sentence.
    pub what: Text,
    /// Why it matters.
    pub why: Text,
    /// How it is mended.
    pub mend: Text,
}

/// A text of the explanations.
pub(super) const fn t(en: &'static str, zh_cn: &'static str, zh_tw: &'static str) -> Text {
    Text::new(en, zh_cn, zh_tw)
}

/// Every kind of finding, those of cards first.
pub const ABOUT: [&[About]; 3] = [OF_CARDS, OF_RULES, OF_ARCHIVE];

/// Every kind of finding, in the order of the tables.
pub fn every() -> impl Iterator<Item = &'static About> {
    ABOUT.into_iter().flatten()
}

/// The kind of finding with this code.
pub fn about(code: &str) -> Option<&'static About> {
    every().find(|about| about.code == code)
}

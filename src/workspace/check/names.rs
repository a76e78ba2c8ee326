//! What the names of files tell: drafts of ours, harmless leavings, second versions that a program
//! for sharing files or for merging left.

use crate::archive::write::DRAFT;
use crate::archive::{CARD, SETTINGS};

/// What systems and office programs leave in every folder. In nobody's way, and git ignores it.
const HARMLESS: [&str; 5] = [".ds_store", "thumbs.db", "desktop.ini", ".gitkeep", ".gitignore"];
/// What programs for sharing files write into the name of a second version.
const COPY_MARKS: [&str; 6] =
    ["conflicted copy", "sync-conflict", "conflict copy", "冲突副本", "冲突文件", "衝突複本"];
/// Endings that editors and merges give to the version that they put aside.
const ASIDE: [&str; 6] = [".orig", ".rej", ".bak", "~", ".theirs.toml", ".swp"];
/// Our own files, of which there is one each.
const OURS: [&str; 3] = [CARD, SETTINGS, "schemes.toml"];

/// Whether a file is a draft that a command was writing.
pub(super) fn is_draft(name: &str) -> bool {
    name.starts_with(DRAFT) && name.ends_with(".tmp")
}

/// Whether a file is what systems leave lying.
pub(super) fn is_harmless(name: &str) -> bool {
    let folded = name.to_lowercase();
    HARMLESS.contains(&folded.as_str()) || name.starts_with("~$")
}

/// The file of which this is a second version, if it is one.
pub(super) fn copy_of(name: &str) -> Option<String> {
    let folded = name.to_lowercase();
    if OURS.contains(&name) {
        return None;
    }
    for ours in OURS {
        let stem = ours.trim_end_matches(".toml");
        let plain = folded.trim_start_matches(['.', '~', '#']);
        let Some(rest) = plain.strip_prefix(stem) else { continue };
        let apart = !rest.starts_with(|c: char| c.is_alphanumeric());
        if apart && (rest.contains(".toml") || ASIDE.iter().any(|end| rest.ends_with(end))) {
            return Some(ours.to_owned());
        }
    }
    has_copy_mark(&folded).then(|| original(name))
}

/// Whether a name in small letters bears the mark of a program for sharing files.
pub(in crate::workspace) fn has_copy_mark(folded: &str) -> bool {
    COPY_MARKS.iter().any(|mark| folded.contains(mark))
}

/// The name without the mark of the program and what stands with it in brackets.
fn original(name: &str) -> String {
    let (stem, end) = name.rsplit_once('.').map_or((name, ""), |(stem, end)| (stem, end));
    let at = stem.find(['(', '（', '[']).or_else(|| stem.to_lowercase().find(".sync-conflict"));
    let stem = at.and_then(|at| stem.get(..at)).unwrap_or(stem).trim_end();
    if end.is_empty() { stem.to_owned() } else { format!("{stem}.{end}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn second_versions_are_known_by_their_names() {
        for name in [
            "card (Lin's conflicted copy 2026-03-01).toml",
            "card-DESKTOP-4F2.toml",
            "card (1).toml",
            "card.toml.orig",
            "card.theirs.toml",
            "card.sync-conflict-20260301-101010-ABC.toml",
            "Card.toml",
            "card.toml~",
            ".card.toml.swp",
        ] {
            assert_eq!(copy_of(name).as_deref(), Some("card.toml"), "{name}");
        }
        assert_eq!(copy_of("offer (冲突副本 2026).pdf").as_deref(), Some("offer.pdf"));
        for name in ["card.toml", "cards.toml", "cardboard box.pdf", "card of Anna.jpg", "offer (1).pdf"] {
            assert_eq!(copy_of(name), None, "{name}");
        }
    }

    #[test]
    fn drafts_and_leavings_are_told_apart() {
        assert!(is_draft(".crm-a1b2.tmp") && !is_draft("notes.tmp"));
        assert!(is_harmless("Thumbs.db") && is_harmless("~$offer.docx") && !is_harmless("offer.docx"));
    }
}

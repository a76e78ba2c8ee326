//! Which names the disk takes for one, and which customers' folders clash there.

use std::collections::BTreeMap;

use super::{Finding, Look, Mend, Said};
use crate::archive::disk::Folding;
use crate::archive::names;
use crate::error::Result;

/// The disk keeps names apart, or none of history's fall together on it.
pub(super) fn folding(look: &Look<'_>) -> Result<Vec<Finding>> {
    let workspace = look.workspace;
    let folding = Folding::of(&workspace.history.crm_folder(), workspace.platform)?;
    if folding == Folding::default() {
        return Ok(Vec::new());
    }
    let what = match (folding.case, folding.composition) {
        (true, true) => Said::FoldsBoth,
        (true, false) => Said::FoldsCase,
        (false, _) => Said::FoldsComposition,
    };
    let folders = workspace.history.head_customers(&workspace.layout)?;
    let clashes = clashes(&folders).into_iter().map(|(folder, other)| {
        Finding::error(
            Said::NamesClash { folder: folder.to_owned(), other: other.to_owned() },
            Mend::RenameElsewhere,
        )
    });
    Ok(clashes.chain([Finding::note(what, Mend::NamesAreWatched)]).collect())
}

/// Folders that are one to such a disk, each with the first of its name.
fn clashes(folders: &[String]) -> Vec<(&str, &str)> {
    let mut by_name: BTreeMap<String, &str> = BTreeMap::new();
    let mut clashes = Vec::new();
    for folder in folders {
        match by_name.get(&names::fold(folder)) {
            Some(first) => clashes.push((folder.as_str(), *first)),
            None => {
                by_name.insert(names::fold(folder), folder);
            }
        }
    }
    clashes
}

#[cfg(test)]
mod tests {
    use super::clashes;

    #[test]
    fn folders_clash_by_case_and_by_composition_within_a_country() {
        let folders = [
            "customers/DE-Germany/NORDWIND",
            "customers/DE-Germany/Nordwind",
            "customers/DE-Germany/\u{c4}hre",
            "customers/DE-Germany/A\u{308}hre",
            "customers/NL-Netherlands/nordwind",
        ]
        .map(str::to_owned);
        assert_eq!(
            clashes(&folders),
            [
                ("customers/DE-Germany/Nordwind", "customers/DE-Germany/NORDWIND"),
                ("customers/DE-Germany/A\u{308}hre", "customers/DE-Germany/\u{c4}hre"),
            ]
        );
    }
}

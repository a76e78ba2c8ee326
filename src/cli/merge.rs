//! `crm merge CARD --into CARD`.

use super::Outcome;
use super::args::MergeArgs;
use super::console::Console;
use super::customers::number;
use super::say::say;
use crate::error::Result;
use crate::i18n::notice::Notice;
use crate::i18n::sentence::Sentence;
use crate::workspace::Differing;

pub(super) fn run(console: &Console, args: &MergeArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let (card, into) = (workspace.find(&args.card)?, workspace.find(&args.into)?);
    let mut transaction = workspace.begin(console.mode())?;
    let (other, into) = (transaction.open(&card)?, transaction.open(&into)?);
    let differing = transaction.merge(&other, &into)?;
    let (no, stays) = (number(&other), number(&into));
    let name = other.known.name.clone().unwrap_or_default();
    for Differing { path, kept, other } in differing {
        console.say(&Notice::MergeDiffers { path, kept, no: no.clone(), other });
    }
    // As with `crm remove`: a customer goes, so nobody's silence is a yes.
    let question = say!("Merge {} into {}?", "把 {} 合并到 {}？", "把 {} 合併到 {}？");
    let both = [format!("{no} {name}"), format!("{stays} {}", into.known.name.as_deref().unwrap_or(""))];
    console.confirm(&both.iter().fold(question.to_owned(), |text, one| text.replacen("{}", one, 1)))?;
    let saved = transaction.commit(&Sentence::Merged { no, name, into: stays.clone() })?;
    console.say_saved(&saved);
    if !console.common.dry_run {
        console.print_key(&stays)?;
    }
    Ok(Outcome::Done)
}

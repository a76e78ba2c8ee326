//! `crm edit`: a card in the person's own editor. The result is checked before it is saved, and
//! nothing typed is lost.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::args::CardArgs;
use super::console::{Console, environment, temporary_folder};
use super::customers::{number, say_findings, show_preview};
use super::say::say;
use super::{Outcome, ask};
use crate::error::{Error, Hint, Problem, Result};
use crate::i18n::notice::Notice;
use crate::i18n::sentence::Sentence;
use crate::workspace::{OpenCard, Workspace};

/// Editors to try where the environment names none.
const EDITORS: &str = if cfg!(windows) { "notepad" } else { "vi" };

pub(super) fn run(console: &Console, args: &CardArgs) -> Result<Outcome> {
    let workspace = console.workspace()?;
    workspace.only_now()?;
    let editor = editor(console)?;
    let known = workspace.find(&args.card)?;
    // Edits by hand are committed first, so that history tells the two apart. The lock is not held
    // while the person types.
    let mut transaction = workspace.begin(console.mode())?;
    let open = transaction.open(&known)?;
    drop(transaction);
    let draft = draft(console, &open)?;
    let text = type_until_valid(console, &workspace, &open, (&editor, &draft))?;
    let mut transaction = workspace.begin(console.mode())?;
    let now = transaction.open(&known)?;
    if now.text != open.text {
        let path = open.place.card();
        return Err(Error::could_not(Problem::ChangedMeanwhile { path }).hint(kept(&draft)));
    }
    let edited = workspace.check_text(&open, &text)?;
    transaction.replace_text(&now, &text)?;
    if console.common.dry_run {
        show_preview(console, transaction.preview(&now))?;
    }
    let saved = transaction.commit(&Sentence::Edited { no: number(&edited) })?;
    console.say_saved(&saved);
    // A draft that is saved is needed no more; one that cannot be removed harms nobody.
    #[allow(clippy::disallowed_methods, reason = "our own draft, outside the archive")]
    let _ = fs::remove_file(&draft);
    Ok(say_findings(console, &edited))
}

fn kept(draft: &Path) -> Hint {
    Hint::KeptAt { path: draft.display().to_string() }
}

/// The text that is edited, in a file of its own that outlives a mishap.
#[allow(clippy::disallowed_methods, reason = "our own draft, outside the archive")]
fn draft(console: &Console, open: &OpenCard) -> Result<PathBuf> {
    let folder = temporary_folder();
    let folder = if folder.is_dir() { folder } else { console.working_folder()? };
    let file = tempfile::Builder::new()
        .prefix(&format!("crm-{}-", open.card.basics.id))
        .suffix(".toml")
        .tempfile_in(&folder);
    let file = file.map_err(|e| Error::file(&folder, e))?;
    let (_, path) = file.keep().map_err(|e| Error::file(&folder, e.error))?;
    fs::write(&path, &open.text).map_err(|e| Error::file(&path, e))?;
    Ok(path)
}

/// Starts the editor until the text is a card of this customer, or the person gives up.
fn type_until_valid(
    console: &Console,
    workspace: &Workspace,
    open: &OpenCard,
    (editor, draft): (&str, &Path),
) -> Result<String> {
    loop {
        start_editor(editor, draft)?;
        let text = fs::read_to_string(draft).map_err(|e| Error::file(draft, e))?;
        let fault = match workspace.check_text(open, &text) {
            Ok(edited) if edited.card.basics.id != open.card.basics.id => Error::refused(Problem::IdIsKept),
            Ok(edited) => match edited.card.findings.iter().find(|f| f.left_out || f.is_missing()) {
                Some(finding) => edited.explain(finding),
                None => return Ok(text),
            },
            Err(error) => error,
        };
        console.say(&Notice::EditAgain { reason: fault.message(console.lang()) });
        for line in fault.details() {
            console.say(&Notice::Line { text: format!("  {line}") });
        }
        if !console.can_ask() || !ask::yes(say!("Go on editing?", "继续编辑？", "繼續編輯？"))? {
            return Err(Error::refused(Problem::NotSaved { path: draft.display().to_string() }));
        }
    }
}

/// `$VISUAL` or `$EDITOR` with its arguments, else the usual one of the system.
fn editor(console: &Console) -> Result<String> {
    match environment("VISUAL").or_else(|| environment("EDITOR")) {
        Some(named) => Ok(named),
        None if console.can_ask() => Ok(EDITORS.to_owned()),
        None => Err(Error::usage(Problem::NoTerminal).hint(Hint::NameEditor)),
    }
}

/// Starts the editor; the path of our own draft is its last argument.
#[allow(
    clippy::disallowed_methods,
    reason = "the person's own editor on a draft of ours; nothing from a card is an argument"
)]
fn start_editor(editor: &str, draft: &Path) -> Result<()> {
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or(EDITORS);
    let failed = |reason: String| {
        Error::could_not(Problem::NoEditor { program: editor.to_owned(), reason }).hint(kept(draft))
    };
    let status = Command::new(program).args(words).arg(draft).status().map_err(|e| failed(e.to_string()))?;
    if status.success() { Ok(()) } else { Err(failed(status.to_string())) }
}

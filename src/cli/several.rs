//! Many customers at once: who is meant (named, by a condition, read from the input), and what would
//! change, shown before it is done.

use std::collections::HashSet;
use std::io::{self, Read};

use super::Outcome;
use super::console::Console;
use super::say::say;
use crate::error::{Error, Hint, Kind, Problem, Result};
use crate::i18n::Text;
use crate::index::Known;
use crate::index::ask::Filter;
use crate::report;
use crate::report::changes::Changed;
use crate::workspace::Workspace;

/// From so many customers on, a change is shown before it is made.
pub(super) const MANY: usize = 10;
/// The word for customers that are read from the input.
const INPUT: &str = "-";

/// The customers that a command is about.
pub(super) struct Chosen {
    /// Each once.
    pub known: Vec<Known>,
    /// Whether some could not be looked at.
    pub outcome: Outcome,
}

/// Who is meant by words, and by a condition.
pub(super) fn chosen(
    console: &Console,
    workspace: &Workspace,
    words: &[String],
    condition: Option<&str>,
) -> Result<Chosen> {
    if words.is_empty() && condition.is_none() {
        return Err(
            Error::usage(Problem::Missing { what: Text::new("CARD", "客户", "客戶") }).hint(Hint::BeExact)
        );
    }
    if !words.is_empty() && condition.is_some() {
        return Err(Error::usage(Problem::NamedAndWhere));
    }
    let mut named = Vec::new();
    for word in words {
        if word == INPUT {
            named.extend(workspace.named_in(&from_input()?)?)
        } else {
            named.push(word.clone())
        }
    }
    let mut known = workspace.find_all(&named)?;
    let mut outcome = Outcome::Done;
    if let Some(text) = condition {
        let filter = Filter { condition: Some(workspace.condition(text)?), ..Filter::default() };
        let (customers, losses) = workspace.customers(&filter, &[], &[])?;
        known.extend(customers.into_iter().map(|c| c.known));
        if console.say_losses(&losses) {
            outcome = Outcome::InPart;
        }
    }
    let mut seen = HashSet::new();
    known.retain(|k| seen.insert(k.folder.clone()));
    match (known.is_empty(), condition) {
        (false, _) => Ok(Chosen { known, outcome }),
        (true, Some(text)) => Err(Error::not_found(Problem::NobodyFits { condition: text.to_owned() })),
        (true, None) => Err(Error::not_found(Problem::NobodyNamed)),
    }
}

/// What the input says.
fn from_input() -> Result<String> {
    let mut text = String::new();
    io::stdin().lock().read_to_string(&mut text).map_err(|e| Error::file("stdin".as_ref(), e))?;
    Ok(text)
}

/// Whether to look first, before anything is written: a dry run, and a change of more than one
/// customer, so that what does not fit for one of them leaves all as they are.
pub(super) fn looks_first(console: &Console, known: &[Known]) -> bool {
    console.common.dry_run || known.len() > 1
}

/// Shows what would change, and asks from [`MANY`] customers on; whether to go on.
pub(super) fn agreed(console: &Console, changed: &[Changed], question: &str) -> Result<bool> {
    let customers = changed.iter().map(|c| &c.id).collect::<HashSet<_>>().len();
    let shown = console.common.dry_run || (customers >= MANY && !console.common.yes);
    if shown && !changed.is_empty() {
        console.show(&report::changes::changes(changed, console.lang()))?;
    }
    if customers >= MANY {
        console.confirm(&question.replace("{}", &customers.to_string()))?;
    }
    Ok(!console.common.dry_run)
}

/// The question before many are changed.
pub(super) fn change_question() -> &'static str {
    say!("Change {} customers?", "修改 {} 个客户？", "修改 {} 個客戶？")
}

/// The question before many are moved.
pub(super) fn move_question() -> &'static str {
    say!("Move {} customers?", "移动 {} 个客户？", "移動 {} 個客戶？")
}

/// Whether an error only says that a card does not have what is to be removed.
pub(super) fn is_nothing_there(error: &Error) -> bool {
    error.kind() == Kind::NotFound && matches!(error.problem(), Problem::NothingThere { .. })
}

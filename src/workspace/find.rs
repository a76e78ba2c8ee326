//! CARD: the customer that a person means by a number, an id, a folder or a name.

use super::Workspace;
use crate::card::near::nearest;
use crate::error::{Error, Hint, Problem, Result};
use crate::index::{Known, ask};

/// Candidates that an error lists at most.
const LISTED: usize = 20;

impl Workspace {
    /// The one customer that a text means.
    ///
    /// # Errors
    /// When there is none, with the near names; when there is more than one, with all of them.
    pub fn find(&self, text: &str) -> Result<Known> {
        let mut found = self.ask(|index| index.find(text))?;
        match found.len() {
            1 => Ok(found.remove(0)),
            0 => Err(self.nobody(text)?),
            _ => Err(several(text, &found)),
        }
    }

    fn nobody(&self, text: &str) -> Result<Error> {
        let names = self.ask(crate::index::Index::names)?;
        let folded = ask::fold_name(text);
        let words = names.iter().flat_map(|(known, lookup)| {
            let lines = lookup.split('\n').filter(|l| !l.is_empty());
            lines.flat_map(|line| std::iter::once(line).chain(line.split(' '))).map(move |word| (known, word))
        });
        let words: Vec<(&Known, &str)> = words.collect();
        let near = nearest(&folded, words.iter().map(|(_, word)| *word));
        let error = Error::not_found(Problem::NoSuchCard { query: text.into() });
        Ok(match near {
            Some(near) => {
                let mut meant: Vec<String> =
                    words.iter().filter(|(_, w)| *w == near).map(|(k, _)| line(k)).collect();
                meant.dedup();
                meant.truncate(LISTED);
                error.hint(Hint::DidYouMean { near: meant.join("; ") })
            }
            None => error.hint(Hint::ListThem),
        })
    }
}

fn several(text: &str, found: &[Known]) -> Error {
    let lines = found.iter().take(LISTED).map(line);
    let error = Error::not_found(Problem::SeveralCards { query: text.into(), count: found.len() });
    error.detail(lines).hint(Hint::BeExact)
}

/// One customer as a line: number, name, folder.
fn line(known: &Known) -> String {
    let no = known.no.as_deref().unwrap_or(&known.id);
    let name = known.name.as_deref().unwrap_or("");
    format!("{no}  {name}  ({})", known.folder)
}

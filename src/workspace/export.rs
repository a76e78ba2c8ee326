//! Export: the customers that were chosen, card by card, as rows of tables or as whole cards. One
//! card is in memory at a time.

use super::{OpenCard, Workspace, number};
use crate::card::Section;
use crate::error::{Error, Hint, Problem, Result};
use crate::exchange::write::tables::{OwnKeys, Table};
use crate::exchange::write::{Fault, Rows, Subject, Words, objects, workbook};
use crate::index::Known;
use crate::sections::SCHEMA;

/// Whom an export is about, in which words, and who is told how far it is.
pub struct Export<'a> {
    /// The customers, in order.
    pub customers: &'a [Known],
    /// The words of heads and cells.
    pub words: Words,
    /// The file, for errors.
    pub file: &'a str,
    /// Is told of each card that is done.
    pub progress: &'a dyn Fn(),
}

/// What went out.
#[derive(Debug, Default)]
pub struct Exported {
    /// Customers.
    pub customers: usize,
    /// Records of their sections.
    pub records: usize,
    /// What is wrong with cards that were read before and cannot be read any more.
    pub errors: Vec<Error>,
}

impl Workspace {
    /// The company's own keys in these cards: they are columns, and so must be known before the
    /// first row is written.
    pub fn own_keys(&self, export: &Export<'_>) -> OwnKeys {
        let mut own = OwnKeys::default();
        for known in export.customers {
            // One that cannot be read is said when its row is due.
            if let Ok(open) = self.read(known) {
                own.add(&open.card);
            }
            (export.progress)();
        }
        own
    }

    /// The tables of an archive: of all sections, or of one.
    pub fn tables(&self, own: &OwnKeys, only: Option<&'static Section>, words: Words) -> Vec<Table> {
        let label = |key: &str| match words {
            Words::Keys => None,
            Words::Labels(lang) => self.settings.fields.get(key).map(|f| f.label(key, lang).to_owned()),
        };
        match only {
            None => Table::all(own, &label, words),
            Some(section) if section.key == SCHEMA.card.key => vec![Table::of_customers(own, &label, words)],
            Some(section) => vec![Table::of_section(section, words)],
        }
    }

    /// Writes the rows of every customer. `own` are the keys with which the tables were made.
    ///
    /// # Errors
    /// When the file cannot hold a row, or a card got a further key meanwhile.
    pub fn export_rows(
        &self,
        export: &Export<'_>,
        tables: &[Table],
        own: &OwnKeys,
        into: &mut dyn Rows,
    ) -> Result<Exported> {
        let has_own = tables.iter().any(Table::is_of_customers);
        self.each(export, |open, done| {
            if has_own && !own.has_all_of(&open.card) {
                let path = open.place.card();
                return Err(Error::could_not(Problem::ChangedMeanwhile { path }).hint(Hint::TryAgain));
            }
            for (at, table) in tables.iter().enumerate() {
                for row in table.rows(&subject(open, export.words)) {
                    let place = |column| format!("{} {}", number(&open.card), table.place(&row, column));
                    into.row(at, &row).map_err(|fault| explain(fault, export.file, place))?;
                    done.records += usize::from(!table.is_of_customers());
                }
            }
            Ok(())
        })
    }

    /// Gives every customer as a whole card.
    ///
    /// # Errors
    /// When `push` refuses.
    pub fn export_cards(
        &self,
        export: &Export<'_>,
        push: &mut dyn FnMut(&serde_json::Value) -> Result<(), Fault>,
    ) -> Result<Exported> {
        self.each(export, |open, done| {
            let card = objects::card(&subject(open, Words::Keys));
            push(&card).map_err(|fault| explain(fault, export.file, |_| number(&open.card)))?;
            done.records += open.card.record_ids().count();
            Ok(())
        })
    }

    /// Reads each card in turn. One that cannot be read is left out, and that is said.
    fn each(
        &self,
        export: &Export<'_>,
        mut take: impl FnMut(&OpenCard, &mut Exported) -> Result<()>,
    ) -> Result<Exported> {
        let mut done = Exported::default();
        for known in export.customers {
            match self.read(known) {
                Ok(open) => {
                    take(&open, &mut done)?;
                    done.customers += 1;
                }
                Err(error) => done.errors.push(error),
            }
            (export.progress)();
        }
        Ok(done)
    }
}

/// A card with the words of its place.
fn subject(open: &OpenCard, words: Words) -> Subject<'_> {
    let stage = open.place.stage();
    let stage = match words {
        Words::Keys => stage.token(),
        Words::Labels(lang) => stage.label().get(lang),
    };
    Subject { card: &open.card, stage, country: open.place.country.code() }
}

/// Why a file cannot be written, with the place of the cell.
pub fn explain(fault: Fault, file: &str, place: impl Fn(usize) -> String) -> Error {
    let refused = |problem| Error::refused(problem).hint(Hint::OtherKindOfFile);
    match fault {
        Fault::TooLong { column, length } => {
            refused(Problem::CellTooLong { place: place(column), length, most: workbook::LONGEST_CELL })
        }
        Fault::TooManyRows => {
            refused(Problem::SheetTooLong { file: file.to_owned(), most: workbook::MOST_ROWS })
        }
        Fault::Disk(cause) => Error::file(file.as_ref(), cause),
        Fault::Other(reason) => {
            Error::could_not(Problem::File { path: file.to_owned(), reason: reason.into() })
        }
    }
}

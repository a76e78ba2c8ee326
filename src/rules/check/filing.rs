//! The folder is the filing. What a card says itself about its country, its stage or its closing is
//! held against where it stands; and what two people filed or wrote in two ways.

use super::{Finding, Look, Mend, Said};
use crate::card::conflicts::{self, Conflict};
use crate::card::country::Written;
use crate::card::{Country, locate};
use crate::i18n::List;
use crate::sections::SCHEMA;

impl Look<'_> {
    /// Fields and places of which nobody has decided yet.
    pub(super) fn conflicts(&mut self) {
        let Some(table) = conflicts::text_with_conflicts(self.text) else { return };
        for Conflict { path, others } in conflicts::all(&table) {
            let at = self.text.find("[[conflicts]]");
            let mend = Mend::TakeValue { card: self.name(), path: path.clone() };
            self.find(Finding::new(Said::Conflict { path, others: List(others) }, mend).at(at));
        }
    }

    /// Country and closing, as the card has them and as the folder has them.
    pub(super) fn filing(&mut self) {
        // Not a field: but a person or another program may have written it.
        let says_country = self.card.findings.iter().any(|f| f.path == "country");
        if says_country && let Some((at, said)) = locate::text_at_top(self.text, "country") {
            match Country::parse(&said) {
                Ok(country) if country != self.filed.country => {
                    let (folder, code) = (self.filed.country.code().to_owned(), country.code().to_owned());
                    let mend = Mend::MoveCountry { card: self.name(), country: Written(country) };
                    let said = Said::CountryDisagrees { card: code, folder };
                    self.find(Finding::new(said, mend).at(Some(at)));
                }
                _ => {}
            }
        }
        let closed = self.card.basics.get(SCHEMA.card, "closed");
        match (closed, self.filed.stage) {
            (Some(day), "prospect" | "customer") => {
                let said = Said::ClosedElsewhere { day: day.text().into_owned() };
                let at = self.place(&[], Some("closed"));
                self.find(Finding::new(said, Mend::UnsetClosing { card: self.name() }).at(at));
            }
            (None, "closed") => {
                self.find(Finding::new(Said::ClosedWithoutDay, Mend::SetClosing { card: self.name() }));
            }
            _ => {}
        }
    }
}

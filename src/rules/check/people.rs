//! Who is to be turned to: at most one main contact, and one who is still there. And the next
//! step, which no open customer may be without.

use super::spots::{Spot, of_section};
use super::{Finding, Fix, Look, Mend, Said};
use crate::card::Value;
use crate::card::edit::Edit;
use crate::card::schema::{Described, Typed};
use crate::rules::plans;
use crate::sections::Contact;

/// The stage of customers with whom dealings have ended.
const CLOSED: &str = "closed";

impl Look<'_> {
    /// The main contacts.
    pub(super) fn people(&mut self) {
        let card = self.card;
        let is_main = |spot: &Spot<'_>| spot.record.get(spot.section, "main") == Some(&Value::Flag(true));
        let (current, ended): (Vec<_>, Vec<_>) =
            of_section(card, Contact::SECTION).filter(is_main).partition(|spot| self.ended(spot).is_none());
        for spot in current.iter().skip(1) {
            let path = spot.path("main");
            let said = Said::TwoMainContacts { first: name(&current[0]), second: name(spot) };
            let mend = Mend::Set { card: self.name(), path, value: "no".into() };
            let at = self.place(&spot.table(), Some("main"));
            self.find(Finding::new(said, mend).at(at));
        }
        let others_stay =
            of_section(card, Contact::SECTION).any(|spot| !is_main(&spot) && self.ended(&spot).is_none());
        for spot in &ended {
            let Some(until) = self.ended(spot) else { continue };
            let said = Said::EndedMainContact { name: name(spot), until };
            let found = if current.is_empty() {
                if !others_stay {
                    continue;
                }
                Finding::new(said, Mend::NameMain { card: self.name() })
            } else {
                let edit = Edit::Unset { table: spot.table(), key: "main".to_owned() };
                Finding::new(said, Mend::Fixable).fixed_by(Fix::Edit(vec![edit]))
            };
            let at = self.place(&spot.table(), Some("main"));
            self.find(found.at(at));
        }
    }

    /// The last day of a person in the position, if that is over.
    fn ended(&self, spot: &Spot<'_>) -> Option<chrono::NaiveDate> {
        let until = chrono::NaiveDate::from_value(spot.record.get(spot.section, "until"))?;
        (until < self.today).then_some(until)
    }

    /// An open customer for whom nothing is planned, or only visits that wait.
    pub(super) fn next_step(&mut self) {
        if self.filed.stage != CLOSED && plans::next(self.card, &self.settings.followup).is_none() {
            self.find(Finding::new(Said::NoNextStep, Mend::Plan { card: self.name() }));
        }
    }
}

fn name(spot: &Spot<'_>) -> String {
    spot.record.get(spot.section, "name").map_or_else(|| spot.record.id.clone(), |v| v.text().into_owned())
}

//! What a card says that a likeness can be seen by.

use super::Particulars;
use crate::card::schema::Described;
use crate::card::{Card, Record};
use crate::sections::{Basics, Channel, Contact, SCHEMA};

impl Particulars {
    /// The particulars of a card; the country is where its folder stands.
    pub fn of_card(card: &Card, country: &str) -> Particulars {
        let mut particulars = Particulars { country: country.to_owned(), ..Particulars::default() };
        for key in ["name", "short_name", "local_name", "email", "phone", "fax", "website"] {
            if let Some(value) = card.basics.get(Basics::SECTION, key) {
                particulars.take(key, value.text().into_owned());
            }
        }
        for channel in card.of(&SCHEMA, Contact::SECTION.key).iter().flat_map(|c| &c.children) {
            particulars.take_channel(channel);
        }
        particulars
    }

    fn take_channel(&mut self, channel: &Record) {
        let text = |key| channel.get(Channel::SECTION, key).map(|v| v.text().into_owned());
        if let (Some(kind), Some(value)) = (text("kind"), text("value")) {
            self.take(&kind, value);
        }
    }
}

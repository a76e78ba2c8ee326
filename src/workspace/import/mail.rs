//! What follows from a mail: whose record it is, by the addresses on it, and what it says of the
//! contact that it was.

use super::Refusal;
use super::matching::KnownCustomers;
use crate::card::read::Card;
use crate::card::schema::Described;
use crate::card::value::Value;
use crate::index::{Known, ask};
use crate::sections::{Contact, Followup, SCHEMA};
use crate::workspace::{OpenCard, Workspace};

/// Who wrote a mail, and to whom.
pub(super) struct Mail<'r> {
    /// The address of the sender.
    pub sender: &'r str,
    /// Those of the recipients, and of who got a copy.
    pub others: Vec<String>,
}

impl Mail<'_> {
    /// The customer who has an address of it: the sender's, else one of the others.
    pub(super) fn customer_among<'k>(&self, known: &'k KnownCustomers) -> Result<&'k Known, Refusal> {
        if let [sender] = known.with_address([self.sender]).as_slice() {
            return Ok(sender);
        }
        match known.with_address(self.everybody()).as_slice() {
            [found] => Ok(found),
            [] => Err(Refusal::NoAddress { addresses: self.everybody().collect() }),
            several => {
                let line = |known: &&Known| known.no.clone().unwrap_or_else(|| known.id.clone());
                Err(Refusal::SeveralAddresses { customers: several.iter().map(line).collect() })
            }
        }
    }

    /// Every address on it, the sender's first.
    fn everybody(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.sender).chain(self.others.iter().map(String::as_str))
    }
}

impl Workspace {
    /// Fills in what follows from a mail: the day in the archive's zone, whether the customer wrote, who
    /// of us and of them.
    pub(super) fn complete_mail(
        &self,
        open: &OpenCard,
        mail: &Mail<'_>,
        known: &KnownCustomers,
        values: &mut Vec<(&'static str, Value)>,
    ) -> crate::error::Result<()> {
        let incoming = known.with_address([mail.sender]).iter().any(|k| k.id == open.known.id);
        let by = match mail.everybody().find_map(|address| self.settings.member_by_email(address)) {
            Some(member) => member.key.clone(),
            None => self.me()?,
        };
        let sent = values.iter().find_map(|(key, value)| match value {
            Value::Moment(moment) if *key == "sent_at" => Some(*moment),
            _ => None,
        });
        let day = sent.map(|moment| moment.with_timezone(&self.settings.time_zone()).date_naive());
        let with = mail.everybody().find_map(|address| contact_at(&open.card, address));
        let follows = [
            ("date", day.map(Value::Date)),
            ("by", Some(Value::Text(by))),
            ("incoming", incoming.then_some(Value::Flag(true))),
            ("contact", with.map(Value::Text)),
        ];
        for (key, value) in follows {
            let is_said = values.iter().any(|(said, _)| *said == key);
            values.extend(value.filter(|_| !is_said).map(|value| (key, value)));
        }
        let order = |key: &str| Followup::SECTION.position(key);
        values.sort_by_key(|(key, _)| order(key));
        Ok(())
    }
}

/// The id of the contact with an address.
fn contact_at(card: &Card, address: &str) -> Option<String> {
    let folded = ask::fold_name(address);
    let contacts = card.of(&SCHEMA, Contact::SECTION.key).iter();
    let mut having = contacts.filter(|record| {
        let contact = Contact::from_record(record);
        contact.is_some_and(|c| c.channels.iter().any(|channel| ask::fold_name(&channel.value) == folded))
    });
    having.next().map(|record| record.id.clone())
}

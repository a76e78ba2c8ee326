//! Which column of a sheet of records means what: the customer whom the record belongs to, the record
//! that holds it, and the fields of the section.

use super::columns::folded;
use super::heads::{self, OwnTable, Special, special};
use crate::card::schema::Section;

/// What a column of a sheet of records means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// The customer, by number, id, folder or name.
    Customer,
    /// The customer's name, which is compared with the card's.
    CustomerName,
    /// The customer's country, where the customer is meant by name.
    Country,
    /// The customer's key in another program.
    External(String),
    /// Who sent a mail: it belongs to the customer who has an address of the sender or the recipients.
    Sender,
    /// The record that holds this one, by id or name.
    Parent,
    /// The id of the record.
    RecordId,
    /// A field of the section.
    Field(&'static str),
    /// The column is left out.
    Nothing,
}

/// Heads that name the customer, as other programs call them.
const CUSTOMERS: &[&str] =
    &["customerno", "customernumber", "客户编号", "客戶編號", "客户", "客戶", "company"];
/// Heads that say the customer's name.
const NAMES: &[&str] = &["companyname", "客户名称", "客戶名稱", "客户名", "公司名称", "公司名稱", "公司"];
/// Heads that say the customer's country.
const COUNTRIES: &[&str] = &["country", "国家", "國家", "国家地区", "國家地區"];
/// Heads that name the sender of a mail.
const SENDERS: &[&str] = &["sender", "from", "发件人", "寄件人"];

/// What each column means; `None` for one that nothing claims.
pub fn recognise(section: &'static Section, heads: &[String]) -> Vec<Option<Meaning>> {
    heads.iter().map(|head| meaning(section, head)).collect()
}

fn meaning(section: &'static Section, head: &str) -> Option<Meaning> {
    match special(head) {
        Some(Special::Customer) => return Some(Meaning::Customer),
        Some(Special::CustomerName) => return Some(Meaning::CustomerName),
        Some(Special::Parent) => return Some(Meaning::Parent),
        Some(Special::Id) => return Some(Meaning::RecordId),
        Some(Special::Stage | Special::Country) | None => {}
    }
    if let Some(field) = heads::field(section, head) {
        return Some(Meaning::Field(field.key));
    }
    if let Some((OwnTable::External, key)) = heads::own(head) {
        return Some(Meaning::External(key.to_owned()));
    }
    let head = folded(head);
    let is_one_of = |heads: &[&str]| heads.contains(&head.as_str());
    match () {
        () if is_one_of(CUSTOMERS) => Some(Meaning::Customer),
        () if is_one_of(NAMES) => Some(Meaning::CustomerName),
        () if is_one_of(COUNTRIES) => Some(Meaning::Country),
        () if is_one_of(SENDERS) && section.field("recipients").is_some() => Some(Meaning::Sender),
        () => None,
    }
}

/// Reads what a mapping says: `customer`, `name`, `country`, `sender`, `parent`, `id`, `external.x`, `-`, or a field
/// of the section.
pub fn parse(section: &'static Section, text: &str) -> Option<Meaning> {
    let text = text.trim();
    if let Some(key) = text.strip_prefix("external.").filter(|key| !key.is_empty()) {
        return Some(Meaning::External(key.to_owned()));
    }
    match text {
        "-" => Some(Meaning::Nothing),
        "customer" => Some(Meaning::Customer),
        "customer_name" => Some(Meaning::CustomerName),
        "customer_country" => Some(Meaning::Country),
        "sender" => Some(Meaning::Sender),
        "parent" => Some(Meaning::Parent),
        "id" => Some(Meaning::RecordId),
        key => section.field(key).map(|field| Meaning::Field(field.key)),
    }
}

/// What a mapping file says of a meaning: the inverse of [`parse`].
pub fn token(meaning: &Meaning) -> String {
    match meaning {
        Meaning::Customer => "customer".into(),
        Meaning::CustomerName => "customer_name".into(),
        Meaning::Country => "customer_country".into(),
        Meaning::External(key) => format!("external.{key}"),
        Meaning::Sender => "sender".into(),
        Meaning::Parent => "parent".into(),
        Meaning::RecordId => "id".into(),
        Meaning::Field(key) => (*key).to_owned(),
        Meaning::Nothing => "-".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::schema::Described;
    use crate::sections::{Contact, Followup};

    fn meanings(section: &'static Section, heads: &[&str]) -> Vec<Option<Meaning>> {
        recognise(section, &heads.iter().map(|h| (*h).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn heads_of_records_are_known_in_every_language() {
        let expected = [
            Some(Meaning::Customer),
            Some(Meaning::Field("date")),
            Some(Meaning::Field("how")),
            Some(Meaning::Field("topic")),
            None,
        ];
        assert_eq!(meanings(Followup::SECTION, &["customer", "date", "how", "topic", "rating"]), expected);
        assert_eq!(
            meanings(Followup::SECTION, &["客户编号", "日期", "跟进方式", "跟进主题", "评分"]),
            expected
        );
    }

    #[test]
    fn a_field_of_the_section_goes_before_a_head_of_the_customer() {
        assert_eq!(
            meanings(Contact::SECTION, &["Customer", "Company name", "Name", "Record id"]),
            [
                Some(Meaning::Customer),
                Some(Meaning::CustomerName),
                Some(Meaning::Field("name")),
                Some(Meaning::RecordId)
            ]
        );
    }

    #[test]
    fn a_mapping_is_read_as_it_is_written() {
        for meaning in [
            Meaning::Customer,
            Meaning::CustomerName,
            Meaning::Country,
            Meaning::External("ref".into()),
            Meaning::Parent,
            Meaning::RecordId,
            Meaning::Field("topic"),
            Meaning::Nothing,
        ] {
            assert_eq!(parse(Followup::SECTION, &token(&meaning)), Some(meaning));
        }
        assert_eq!(parse(Followup::SECTION, "colour"), None);
    }
}

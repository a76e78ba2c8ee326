//! Which column means what: by the field's key, its label in any language, or a usual head of
//! other programs; else as a mapping says.

use super::heads::{self, OwnTable, Special, special};
use crate::card::schema::Described;
use crate::card::{Kind, Section};
use crate::i18n::Text;
use crate::sections::{Channel, ChannelKind, Contact, SCHEMA};

/// What a column means.
#[derive(Clone, Debug, PartialEq)]
pub enum Meaning {
    /// A field of the card itself.
    Field(&'static str),
    /// The country.
    Country,
    /// The stage.
    Stage,
    /// A field of the contact of the row.
    Contact(&'static str),
    /// A channel of the contact of the row, by the token of its kind.
    Channel(&'static str),
    /// A field of the company's own.
    Custom(String),
    /// The customer's key in another program.
    External(String),
    /// A log of follow-ups: days with their texts.
    Log,
    /// The records of a section, as a list of objects.
    Section(&'static Section),
    /// The id of the card.
    CardId,
    /// The ids of cards that were merged into it.
    FormerIds,
    /// The column is left out.
    Nothing,
}

/// Heads of other programs that are no key and no label of ours. Compared as [`folded`].
const USUAL: &[(&str, Meaning)] = &[
    ("companyname", Meaning::Field("name")),
    ("company", Meaning::Field("name")),
    ("customername", Meaning::Field("name")),
    ("客户名", Meaning::Field("name")),
    ("公司", Meaning::Field("name")),
    ("公司名", Meaning::Field("name")),
    ("公司名称", Meaning::Field("name")),
    ("country", Meaning::Country),
    ("countryregion", Meaning::Country),
    ("国家", Meaning::Country),
    ("国家地区", Meaning::Country),
    ("国别", Meaning::Country),
    ("stage", Meaning::Stage),
    ("阶段", Meaning::Stage),
    ("contact", Meaning::Contact("name")),
    ("contactname", Meaning::Contact("name")),
    ("contactperson", Meaning::Contact("name")),
    ("联系人", Meaning::Contact("name")),
    ("联系人姓名", Meaning::Contact("name")),
    ("姓名", Meaning::Contact("name")),
    ("contacttitle", Meaning::Contact("title")),
    ("jobtitle", Meaning::Contact("title")),
    ("职位", Meaning::Contact("title")),
    ("联系人职位", Meaning::Contact("title")),
    ("联系电话", Meaning::Channel("phone")),
    ("电话号码", Meaning::Channel("phone")),
    ("tel", Meaning::Channel("phone")),
    ("telephone", Meaning::Channel("phone")),
    ("mail", Meaning::Channel("email")),
    ("emailaddress", Meaning::Channel("email")),
    ("邮箱", Meaning::Channel("email")),
    ("zip", Meaning::Field("postal_code")),
    ("zipcode", Meaning::Field("postal_code")),
    ("postcode", Meaning::Field("postal_code")),
    ("web", Meaning::Field("website")),
    ("homepage", Meaning::Field("website")),
    ("网址", Meaning::Field("website")),
    ("网站", Meaning::Field("website")),
    ("公司网站", Meaning::Field("website")),
    ("公司地址", Meaning::Field("address")),
    ("客户地址", Meaning::Field("address")),
    ("state", Meaning::Field("region")),
    ("province", Meaning::Field("region")),
    ("remarks", Meaning::Field("remark")),
    ("notes", Meaning::Field("remark")),
    ("产品", Meaning::Field("products")),
    ("product", Meaning::Field("products")),
    ("类型", Meaning::Field("biz_type")),
    ("跟进情况", Meaning::Log),
    ("跟進情況", Meaning::Log),
    ("跟进记录", Meaning::Log),
    ("跟進記錄", Meaning::Log),
    ("followuplog", Meaning::Log),
    ("contactlog", Meaning::Log),
];

/// What each column means; `None` for one that nothing claims. `own` are the keys of the company's
/// own fields with their labels.
pub fn recognise(heads: &[String], own: &[(String, Vec<String>)]) -> Vec<Option<Meaning>> {
    let has_contact = heads.iter().any(|h| usual(h) == Some(Meaning::Contact("name")));
    heads.iter().map(|head| meaning(head, has_contact, own)).collect()
}

fn meaning(head: &str, has_contact: bool, own: &[(String, Vec<String>)]) -> Option<Meaning> {
    // What an export writes: the id, `custom.x`, `external.y`.
    if let Some(Special::Id) = special(head) {
        return Some(Meaning::CardId);
    }
    if head.trim() == heads::FORMER_IDS {
        return Some(Meaning::FormerIds);
    }
    if let Some(section) = SCHEMA.sections.iter().find(|section| section.key == head.trim()) {
        return Some(Meaning::Section(section));
    }
    match heads::own(head) {
        Some((OwnTable::Custom, key)) => return Some(Meaning::Custom(key.to_owned())),
        Some((OwnTable::External, key)) => return Some(Meaning::External(key.to_owned())),
        None => {}
    }
    let head = folded(head);
    // With a person in the row, the phone, fax and mail are that person's.
    if has_contact && let Some(kind) = channel(&head) {
        return Some(Meaning::Channel(kind));
    }
    let declared = SCHEMA.card.fields.iter().find(|f| folded(f.key) == head || is_label(f.label, &head));
    if let Some(field) = declared {
        return Some(Meaning::Field(field.key));
    }
    match usual(&head) {
        Some(Meaning::Channel(kind)) if !has_contact => return on_card(kind).map(Meaning::Field),
        Some(meaning) => return Some(meaning),
        None => {}
    }
    if let Some((key, _)) =
        own.iter().find(|(key, labels)| folded(key) == head || labels.iter().any(|l| folded(l) == head))
    {
        return Some(Meaning::Custom(key.clone()));
    }
    let contact = Contact::SECTION.fields.iter().find(|f| is_label(f.label, &head) || folded(f.key) == head);
    contact.filter(|_| has_contact).map(|f| Meaning::Contact(f.key))
}

fn is_label(label: Text, head: &str) -> bool {
    label.every().any(|l| folded(l) == head)
}

fn usual(head: &str) -> Option<Meaning> {
    let head = folded(head);
    USUAL.iter().find(|(usual, _)| *usual == head).map(|(_, meaning)| meaning.clone())
}

/// The kind of channel that a head names.
fn channel(head: &str) -> Option<&'static str> {
    let by_kind = ChannelKind::CHOICES.all.iter().filter(|c| c.token != "other");
    let mut named = by_kind.filter(|c| {
        folded(c.token) == head || is_label(c.label, head) || c.also.iter().any(|a| folded(a) == head)
    });
    named.next().map(|c| c.token).or(match usual(head) {
        Some(Meaning::Channel(kind)) => Some(kind),
        _ => None,
    })
}

/// The card's own field for a kind of channel.
fn on_card(kind: &str) -> Option<&'static str> {
    ["phone", "fax", "email"].into_iter().find(|key| *key == kind)
}

/// Reads what a mapping says: `name`, `country`, `contact.title`, `channel.phone`, `custom.x`, `-`.
pub fn parse(text: &str) -> Option<Meaning> {
    let text = text.trim();
    let static_key = |fields: &'static [crate::card::Field], key: &str| {
        fields.iter().find(|f| f.key == key).map(|f| f.key)
    };
    match text.split_once('.') {
        None => match text {
            "-" => Some(Meaning::Nothing),
            "country" => Some(Meaning::Country),
            "stage" => Some(Meaning::Stage),
            "log" => Some(Meaning::Log),
            "id" => Some(Meaning::CardId),
            heads::FORMER_IDS => Some(Meaning::FormerIds),
            key => static_key(SCHEMA.card.fields, key).map(Meaning::Field),
        },
        Some(("contact" | "contacts", key)) => static_key(Contact::SECTION.fields, key).map(Meaning::Contact),
        Some(("channel" | "channels", kind)) => {
            let Some(Kind::Choice(choices)) = Channel::SECTION.field("kind").map(|f| f.kind) else {
                return None;
            };
            choices.meant(kind).map(|c| Meaning::Channel(c.token))
        }
        Some(("custom", key)) if !key.is_empty() => Some(Meaning::Custom(key.to_owned())),
        Some(("external", key)) if !key.is_empty() => Some(Meaning::External(key.to_owned())),
        Some(_) => None,
    }
}

/// A head as it is compared: lower case, letters and digits only.
pub(super) fn folded(head: &str) -> String {
    head.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meanings(heads: &[&str]) -> Vec<Option<Meaning>> {
        recognise(&heads.iter().map(|h| (*h).to_owned()).collect::<Vec<_>>(), &[])
    }

    #[test]
    fn heads_of_other_programs_and_of_every_language_are_known() {
        assert_eq!(
            meanings(&[
                "customerID",
                "companyName",
                "contactName",
                "contactTitle",
                "postalCode",
                "country",
                "phone",
                "fax"
            ]),
            [
                None,
                Some(Meaning::Field("name")),
                Some(Meaning::Contact("name")),
                Some(Meaning::Contact("title")),
                Some(Meaning::Field("postal_code")),
                Some(Meaning::Country),
                Some(Meaning::Channel("phone")),
                Some(Meaning::Channel("fax")),
            ]
        );
        assert_eq!(
            meanings(&["客户名称", "国家/地区", "联系人姓名", "职位", "电子邮箱"]),
            [
                Some(Meaning::Field("name")),
                Some(Meaning::Country),
                Some(Meaning::Contact("name")),
                Some(Meaning::Contact("title")),
                Some(Meaning::Channel("email")),
            ]
        );
    }

    #[test]
    fn without_a_person_the_phone_is_the_companys() {
        assert_eq!(
            meanings(&["Company", "Phone"]),
            [Some(Meaning::Field("name")), Some(Meaning::Field("phone"))]
        );
    }

    #[test]
    fn every_usual_head_maps_to_something_declared() {
        for (head, meaning) in USUAL {
            assert_eq!(*head, folded(head));
            match meaning {
                Meaning::Field(key) => assert!(SCHEMA.card.field(key).is_some(), "{key}"),
                Meaning::Contact(key) => assert!(Contact::SECTION.field(key).is_some(), "{key}"),
                Meaning::Channel(kind) => assert!(ChannelKind::from_token(kind).is_some(), "{kind}"),
                _ => {}
            }
        }
    }
}

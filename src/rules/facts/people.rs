//! What the people and their channels say: whether the customer can be reached, and through whom.

use super::{COUNT, Empty, Fact, FactValue, From, Seen};
use crate::card::schema::Described;
use crate::card::{Kind, Value};
use crate::i18n::Text;
use crate::sections::{Basics, Channel, Contact, SCHEMA};

pub(super) static FACTS: &[Fact] = &[
    Fact {
        key: "contact_count",
        label: Text::new("Number of contacts", "联系人数", "聯絡人數"),
        help: Text::new(
            "How many people are on the card, those who have left too.",
            "卡片上有多少位联系人，包括已离任的。",
            "卡片上有多少位聯絡人，包括已離任的。",
        ),
        empty: Empty::Never,
        kind: COUNT,
        unit: None,
        from: From::Card(|seen| FactValue::count(seen.card.of(&SCHEMA, Contact::SECTION.key).len())),
    },
    Fact {
        key: "has_main_contact",
        label: Text::new("Main contact named", "是否有主要联系人", "是否有主要聯絡人"),
        help: Text::new(
            "Whether somebody is marked as the main contact.",
            "是否有联系人标为主要联系人。",
            "是否有聯絡人標為主要聯絡人。",
        ),
        empty: Empty::Never,
        kind: Kind::Flag,
        unit: None,
        from: From::Card(|seen| {
            let contacts = seen.card.of(&SCHEMA, Contact::SECTION.key);
            let is_main = |v: Option<&Value>| matches!(v, Some(Value::Flag(true)));
            FactValue::flag(contacts.iter().any(|c| is_main(c.get(Contact::SECTION, "main"))))
        }),
    },
    Fact {
        key: "has_email",
        label: Text::new("Has e-mail", "是否有邮箱", "是否有電子郵件"),
        help: Text::new(
            "Whether the customer or one of its people has a mail address.",
            "客户或其联系人是否有电子邮箱。",
            "客戶或其聯絡人是否有電子郵件地址。",
        ),
        empty: Empty::Never,
        kind: Kind::Flag,
        unit: None,
        from: From::Card(|seen| FactValue::flag(is_reached_by(seen, "email", &["email"]))),
    },
    Fact {
        key: "has_phone",
        label: Text::new("Has phone", "是否有电话", "是否有電話"),
        help: Text::new(
            "Whether the customer has a switchboard, or one of its people a phone or mobile.",
            "客户是否有总机，或其联系人是否有电话或手机。",
            "客戶是否有總機，或其聯絡人是否有電話或手機。",
        ),
        empty: Empty::Never,
        kind: Kind::Flag,
        unit: None,
        from: From::Card(|seen| FactValue::flag(is_reached_by(seen, "phone", &["phone", "mobile"]))),
    },
];

/// Whether the card has this field, or one of its people a channel of these kinds.
fn is_reached_by(seen: &Seen<'_>, field: &str, kinds: &[&str]) -> bool {
    let section = Channel::SECTION;
    let fits = |kind: &Value| kinds.contains(&kind.text().as_ref());
    let contacts = seen.card.of(&SCHEMA, Contact::SECTION.key);
    let mut channels = contacts.iter().flat_map(|contact| &contact.children);
    seen.card.basics.get(Basics::SECTION, field).is_some()
        || channels.any(|c| c.get(section, "value").is_some() && c.get(section, "kind").is_some_and(fits))
}

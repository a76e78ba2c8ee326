//! A small schema for the tests of this room, which knows no section by itself.

use super::read::Schema;
use super::schema::{Field, Kind, Section};
use crate::i18n::Text;

const NO_TEXT: Text = Text::new("", "", "");

const fn field(key: &'static str, kind: Kind) -> Field {
    Field {
        key,
        label: NO_TEXT,
        help: NO_TEXT,
        example: "",
        kind,
        required: false,
        column: false,
        private: false,
        formerly: &[],
    }
}

const fn section(key: &'static str, fields: &'static [Field], child: Option<&'static Section>) -> Section {
    Section { key, label: NO_TEXT, one: NO_TEXT, help: NO_TEXT, fields, child }
}

static CARD: Section = section(
    "card",
    &[
        field("no", Kind::Text),
        field("name", Kind::Text),
        field("phone", Kind::Phone),
        field("tags", Kind::Texts),
        field("sincerity", Kind::Int { min: 0, max: 100 }),
        field("remark", Kind::Text),
    ],
    None,
);

static CHANNELS: Section =
    section("channels", &[field("kind", Kind::Text), field("value", Kind::Text)], None);

static CONTACTS: Section = section(
    "contacts",
    &[field("name", Kind::Text), field("title", Kind::Text), field("languages", Kind::Texts)],
    Some(&CHANNELS),
);

static FOLLOWUPS: Section = section(
    "followups",
    &[field("date", Kind::Date), field("topic", Kind::Text), field("note", Kind::Text)],
    None,
);

/// A card with contacts, their channels, and follow-ups.
pub static SCHEMA: Schema = Schema { card: &CARD, sections: &[&CONTACTS, &FOLLOWUPS] };

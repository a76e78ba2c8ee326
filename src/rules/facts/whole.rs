//! What the card as a whole and its place say: how complete it is, and where the customer is.

use super::{Empty, Fact, FactValue, From, Stored};
use crate::card::Kind;
use crate::i18n::Text;
use crate::rules::filled::{self, Filled};

pub(super) static FACTS: &[Fact] = &[
    Fact {
        key: "is_domestic",
        label: Text::new("Domestic", "是否国内客户", "是否國內客戶"),
        help: Text::new(
            "Whether the customer is in the home country: archive.home.",
            "客户是否在本国（archive.home）。",
            "客戶是否在本國（archive.home）。",
        ),
        empty: Empty::Never,
        kind: Kind::Flag,
        unit: None,
        from: From::Question(&["country"], |asking, columns| {
            FactValue::flag(columns[0].text() == asking.settings.home().code())
        }),
    },
    Fact {
        key: "completeness",
        label: Text::new("Completeness (%)", "完整度(%)", "完整度(%)"),
        help: Text::new(
            "Per cent of the fields that the company wants filled: check.mandatory and its own required fields. crm check says which are missing.",
            "公司要求填写的字段（check.mandatory 和自定义必填字段）已填的百分数。缺少哪些由 crm check 列出。",
            "公司要求填寫的欄位（check.mandatory 和自訂必填欄位）已填的百分比。缺少哪些由 crm check 列出。",
        ),
        empty: Empty::Never,
        kind: Kind::Int { min: 0, max: 100 },
        unit: Some(Text::new("per cent", "百分数", "百分比")),
        from: From::Question(&["kind", "stage", "filled", "own_filled"], |asking, columns| {
            let filled = Filled::from_text(columns[2].text());
            let (kind, stage) = (columns[0].text(), columns[1].text());
            FactValue::count(asking.wants.percent(kind, stage, &filled, columns[3].text()))
        }),
    },
];

/// Which of everything that can be filled is filled.
pub(super) const FILLED: Stored =
    ("filled", Kind::Text, |seen| FactValue::Text(Filled::of(seen.card).to_text()));

/// The company's own fields that are filled, a key a line.
pub(super) const OWN_FILLED: Stored = ("own_filled", Kind::Text, |seen| {
    let keys = seen.card.custom.iter().filter(|(_, value)| filled::has_own_content(value));
    let keys: Vec<&str> = keys.map(|(key, _)| key.as_str()).collect();
    if keys.is_empty() { FactValue::Nothing } else { FactValue::Text(keys.join("\n")) }
});

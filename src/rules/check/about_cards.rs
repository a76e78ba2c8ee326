//! What `crm check --explain` says of the findings of one card.

use super::codes::{About, Severity};
use crate::i18n::Text;

const fn t(en: &'static str, zh_cn: &'static str) -> Text {
    Text::new(en, zh_cn)
}

/// Mended by `--fix`.
const FIX: Text = t("`crm check --fix`.", "`crm check --fix`。");

/// Those of one card.
pub(super) const OF_CARDS: &[About] = &[
    About {
        code: "card_unreadable",
        severity: Severity::Error,
        source: "TOML 1.0, UTF-8",
        what: t("The card is no TOML, or no UTF-8 text.", "卡片不是有效的 TOML，或不是 UTF-8 文字。"),
        why: t(
            "The customer is in no list, and no command writes to the card.",
            "该客户不在任何清单中，任何命令都不会写入这张卡片。",
        ),
        mend: t(
            "Mend the line that is named in a text editor, or take an older version from history.",
            "用文本编辑器修正所指的那一行，或从历史中取回旧版本。",
        ),
    },
    About {
        code: "bad_value",
        severity: Severity::Error,
        source: "R-021, docs/fields.md",
        what: t("A value is not of the kind that its field takes.", "某个值不符合该字段的类型。"),
        why: t(
            "It is left out of lists and sums as if it were not there.",
            "清单和合计会略过它，就像没有填写一样。",
        ),
        mend: t(
            "Write it as the message says; `crm fields FIELD` has an example.",
            "按提示改写；`crm fields 字段` 有示例。",
        ),
    },
    About {
        code: "missing_field",
        severity: Severity::Error,
        source: "docs/fields.md",
        what: t("A record lacks a field that it cannot be without.", "某条记录缺少必需的字段。"),
        why: t(
            "A half-filled record is kept and shown, but rules leave it out.",
            "填了一半的记录会保留并显示，但各项规则会略过它。",
        ),
        mend: t("Fill it in, or remove the record.", "补上该字段，或删除这条记录。"),
    },
    About {
        code: "not_records",
        severity: Severity::Error,
        source: "docs/format.md",
        what: t("A section is written as a value or a single table.", "某个部分被写成了一个值或单个表。"),
        why: t("Nothing in it is read.", "其中的内容都读不到。"),
        mend: t(
            "Write its key in double brackets above each record, such as [[contacts]].",
            "在每条记录上方用双方括号写出它的键，如 [[contacts]]。",
        ),
    },
    About {
        code: "twin_id",
        severity: Severity::Warning,
        source: "docs/format.md",
        what: t(
            "Two records of the card have the same id, as after a block was copied.",
            "卡片中有两条记录编号相同，例如复制了一段。",
        ),
        why: t(
            "A reference or a command could mean either; the second is shown under an id of its own.",
            "引用和命令无法区分它们；第二条会以自己的编号显示。",
        ),
        mend: FIX,
    },
    About {
        code: "unknown_key",
        severity: Severity::Warning,
        source: "docs/format.md",
        what: t("No field has this key.", "没有哪个字段使用这个键。"),
        why: t("It is kept, but no list and no rule sees it.", "内容会保留，但清单和规则都看不到。"),
        mend: t(
            "Move it to [custom], rename it to a field of `crm fields`, or remove it.",
            "移到 [custom] 下，改成 `crm fields` 中的字段，或删去。",
        ),
    },
    About {
        code: "near_key",
        severity: Severity::Warning,
        source: "docs/format.md",
        what: t(
            "No field has this key, but one is written almost so.",
            "没有哪个字段使用这个键，但有一个很相近。",
        ),
        why: t(
            "It is most likely a slip, and the value is in no list.",
            "多半是笔误，这个值不会出现在清单中。",
        ),
        mend: t(
            "Correct the key. It is not done for you, because it is a guess.",
            "请改正键名。这只是推测，程序不会自动更改。",
        ),
    },
    About {
        code: "missing_id",
        severity: Severity::Note,
        source: "docs/format.md",
        what: t(
            "The card or records of it were written by hand without an id.",
            "卡片或其中的记录是手写的，没有编号。",
        ),
        why: t(
            "They are shown under an id that follows from their text, and that changes with it.",
            "它们按文字推算的编号显示，文字一改编号也变。",
        ),
        mend: t(
            "`crm check --fix`, `crm commit`, or the next change writes it.",
            "`crm check --fix`、`crm commit` 或下一次修改时写入。",
        ),
    },
    About {
        code: "missing_number",
        severity: Severity::Note,
        source: "docs/format.md",
        what: t("The card has no number yet.", "卡片还没有编号。"),
        why: t("People and papers name customers by number.", "人员和单据都用编号指称客户。"),
        mend: t(
            "`crm check --fix`, `crm commit`, or the next change gives one.",
            "`crm check --fix`、`crm commit` 或下一次修改时发放。",
        ),
    },
    About {
        code: "bad_own_value",
        severity: Severity::Error,
        source: "R-041",
        what: t(
            "A value under [custom] is not of the kind that [fields] in crm.toml declares.",
            "[custom] 下的某个值不符合 crm.toml 中 [fields] 的声明。",
        ),
        why: t("The company's own lists and filters cannot use it.", "公司自己的清单和筛选无法使用它。"),
        mend: t("Write it as the message says, or change the declaration.", "按提示改写，或修改声明。"),
    },
    About {
        code: "unlisted_choice",
        severity: Severity::Warning,
        source: "R-031",
        what: t("A word is not in the list of its field.", "某个词不在该字段的列表中。"),
        why: t(
            "It is kept, but is counted and filtered apart from the listed ones.",
            "内容会保留，但统计和筛选时与列表中的分开。",
        ),
        mend: t(
            "Choose a listed word, or leave it if the company means it.",
            "选用列表中的词；确有需要也可保留。",
        ),
    },
    About {
        code: "broken_reference",
        severity: Severity::Error,
        source: "docs/format.md",
        what: t("A field names a record that the card does not have.", "某个字段引用的记录不在卡片中。"),
        why: t(
            "With whom one spoke, or which plan was kept, cannot be said any more.",
            "无法再知道与谁联系过，或完成了哪条计划。",
        ),
        mend: t(
            "Name another record, unset the field, or take the record back from history.",
            "改为引用其他记录，清除该字段，或从历史中取回那条记录。",
        ),
    },
    About {
        code: "unknown_member",
        severity: Severity::Error,
        source: "R-027",
        what: t("A card names somebody who is not in the team.", "卡片上的人不在团队名单中。"),
        why: t("The customer is on nobody's list of the day.", "该客户不会出现在任何人的当日清单上。"),
        mend: t(
            "Name a member by the key of [[team]], or add the person there.",
            "改用 [[team]] 中的代号，或把此人加入名单。",
        ),
    },
    About {
        code: "two_main_contacts",
        severity: Severity::Warning,
        source: "R-022",
        what: t("Two people are marked as the main contact.", "有两个人标为主要联系人。"),
        why: t(
            "Letters and lists take the first, which may be the wrong one.",
            "信函和清单会取第一个，可能不对。",
        ),
        mend: t("Leave the mark with one of them.", "只保留其中一个。"),
    },
    About {
        code: "ended_main_contact",
        severity: Severity::Warning,
        source: "R-022",
        what: t("The main contact has left the position.", "主要联系人已经离任。"),
        why: t("Letters would go to somebody who is no longer there.", "信函会寄给已经不在的人。"),
        mend: t(
            "Where another main contact is there, `crm check --fix` takes the mark away; else name one.",
            "已有其他主要联系人时，`crm check --fix` 会取消标记；否则请指定一位。",
        ),
    },
    About {
        code: "no_next_step",
        severity: Severity::Warning,
        source: "R-007",
        what: t("Nothing is planned with an open customer.", "未停止往来的客户没有下一步计划。"),
        why: t("Nobody will be reminded of this customer.", "没有人会得到跟进提醒。"),
        mend: t("Plan the next contact, or close the customer.", "计划下一次跟进，或停止往来。"),
    },
    About {
        code: "future_day",
        severity: Severity::Error,
        source: "R-072",
        what: t("A day on which something happened has not come yet.", "已经发生的事情，日期却在将来。"),
        why: t(
            "The last follow-up and all that is counted from it are wrong.",
            "上次跟进以及由此推算的一切都会出错。",
        ),
        mend: t("Correct the day; what is to come is a plan.", "请更正日期；将来的事应记为计划。"),
    },
    About {
        code: "days_reversed",
        severity: Severity::Error,
        source: "R-028",
        what: t("A person left a position before taking it.", "任职截止早于任职起始。"),
        why: t("It cannot be said who was there on a day.", "无法判断某一天是谁在任。"),
        mend: t("Correct one of the two days.", "更正其中一个日期。"),
    },
    About {
        code: "late_entry",
        severity: Severity::Note,
        source: "R-080",
        what: t("A follow-up was entered later than the company allows.", "跟进的录入晚于公司规定。"),
        why: t("What is written from memory is less reliable.", "事后回忆的内容不够可靠。"),
        mend: t(
            "Enter the next one at once; the bound is check.late_days.",
            "下次请及时录入；期限由 check.late_days 设置。",
        ),
    },
    About {
        code: "incomplete",
        severity: Severity::Warning,
        source: "R-034, R-209",
        what: t("The card has too few of the fields that its kind must have.", "卡片的必填项填得太少。"),
        why: t("Grading, credit and quotations need them.", "分级、授信和报价都要用到。"),
        mend: t(
            "Fill them in. The lists are check.mandatory.enterprise, person and customer; the bound is check.completeness.",
            "请补填。清单由 check.mandatory.enterprise、person 和 customer 设置，界限由 check.completeness 设置。",
        ),
    },
    About {
        code: "country_disagrees",
        severity: Severity::Warning,
        source: "docs/format.md",
        what: t(
            "The card has a key `country` that says another country than the folder.",
            "卡片中的 `country` 与文件夹的国家/地区不同。",
        ),
        why: t(
            "The folder counts; whoever reads the card believes the other.",
            "以文件夹为准；读卡片的人却会看到另一个。",
        ),
        mend: t("Move the customer, or take the line out of the card.", "移动客户，或从卡片中删去这一行。"),
    },
    About {
        code: "closed_elsewhere",
        severity: Severity::Warning,
        source: "R-007, docs/format.md",
        what: t(
            "The card has a day of closing, and the folder is not among the closed.",
            "卡片有停止日期，文件夹却不在停止往来之下。",
        ),
        why: t(
            "The folder counts: the customer is treated as open.",
            "以文件夹为准：该客户仍按往来客户处理。",
        ),
        mend: t("Unset the day, or close the customer.", "清除停止日期，或停止往来。"),
    },
    About {
        code: "closed_without_day",
        severity: Severity::Note,
        source: "docs/format.md",
        what: t(
            "The folder is among the closed, and the card does not say since when.",
            "文件夹在停止往来之下，卡片却没有写停止日期。",
        ),
        why: t(
            "A decision is kept with its day and reason; a folder that was dragged has none.",
            "决定应有日期和原因；拖动文件夹不会留下这些。",
        ),
        mend: t("Write day and reason.", "补上日期和原因。"),
    },
];

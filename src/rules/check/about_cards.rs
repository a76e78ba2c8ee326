//! What `crm check --explain` says of the findings that reading one card makes.

use super::codes::{About, Severity, t};
use crate::i18n::Text;

/// Mended by `--fix`.
const FIX: Text = t("`crm check --fix`.", "`crm check --fix`。", "`crm check --fix`。");

/// Those of what a card is made of.
pub(super) const OF_CARDS: &[About] = &[
    About {
        code: "card_unreadable",
        severity: Severity::Error,
        source: "TOML 1.0, UTF-8",
        what: t(
            "The card is no TOML, or no UTF-8 text.",
            "卡片不是有效的 TOML，或不是 UTF-8 文字。",
            "卡片不是有效的 TOML，或不是 UTF-8 文字。",
        ),
        why: t(
            "The customer is in no list, and no command writes to the card.",
            "该客户不在任何清单中，任何命令都不会写入这张卡片。",
            "該客戶不在任何清單中，任何指令都不會寫入這張卡片。",
        ),
        mend: t(
            "Mend the line that is named in a text editor, or take an older version from history.",
            "用文本编辑器修正所指的那一行，或从历史中取回旧版本。",
            "用文字編輯器修正所指的那一行，或從歷史紀錄中取回舊版本。",
        ),
    },
    About {
        code: "bad_value",
        severity: Severity::Error,
        source: "R-021, docs/fields.md",
        what: t(
            "A value is not of the kind that its field takes.",
            "某个值不符合该字段的类型。",
            "某個值不符合該欄位的類型。",
        ),
        why: t(
            "It is left out of lists and sums as if it were not there.",
            "清单和合计会略过它，就像没有填写一样。",
            "清單和合計會略過它，就像沒有填寫一樣。",
        ),
        mend: t(
            "Write it as the message says; `crm fields FIELD` has an example.",
            "按提示改写；`crm fields 字段` 有示例。",
            "依提示改寫；`crm fields 欄位` 有範例。",
        ),
    },
    About {
        code: "missing_field",
        severity: Severity::Error,
        source: "docs/fields.md",
        what: t(
            "A record lacks a field that it cannot be without.",
            "某条记录缺少必需的字段。",
            "某筆紀錄缺少必要的欄位。",
        ),
        why: t(
            "A half-filled record is kept and shown, but rules leave it out.",
            "填了一半的记录会保留并显示，但各项规则会略过它。",
            "填了一半的紀錄會保留並顯示，但各項規則會略過它。",
        ),
        mend: t(
            "Fill it in, or remove the record.",
            "补上该字段，或删除这条记录。",
            "補上該欄位，或刪除這筆紀錄。",
        ),
    },
    About {
        code: "not_records",
        severity: Severity::Error,
        source: "docs/format.md",
        what: t(
            "A section is written as a value or a single table.",
            "某个部分被写成了一个值或单个表。",
            "某個部分被寫成了一個值或單一表格。",
        ),
        why: t("Nothing in it is read.", "其中的内容都读不到。", "其中的內容都讀不到。"),
        mend: t(
            "Write its key in double brackets above each record, such as [[contacts]].",
            "在每条记录上方用双方括号写出它的键，如 [[contacts]]。",
            "在每筆紀錄上方用雙方括號寫出它的鍵，例如 [[contacts]]。",
        ),
    },
    About {
        code: "twin_id",
        severity: Severity::Warning,
        source: "docs/format.md",
        what: t(
            "Two records of the card have the same id, as after a block was copied.",
            "卡片中有两条记录编号相同，例如复制了一段。",
            "卡片中有兩筆紀錄編號相同，例如複製了一段。",
        ),
        why: t(
            "A reference or a command could mean either; the second is shown under an id of its own.",
            "引用和命令无法区分它们；第二条会以自己的编号显示。",
            "參照和指令無法區分它們；第二筆會以自己的編號顯示。",
        ),
        mend: FIX,
    },
    About {
        code: "unknown_key",
        severity: Severity::Warning,
        source: "docs/format.md",
        what: t("No field has this key.", "没有哪个字段使用这个键。", "沒有任何欄位使用這個鍵。"),
        why: t(
            "It is kept, but no list and no rule sees it.",
            "内容会保留，但清单和规则都看不到。",
            "內容會保留，但清單和規則都看不到。",
        ),
        mend: t(
            "Move it to [custom], rename it to a field of `crm fields`, or remove it.",
            "移到 [custom] 下，改成 `crm fields` 中的字段，或删去。",
            "移到 [custom] 之下，改成 `crm fields` 中的欄位，或刪去。",
        ),
    },
    About {
        code: "near_key",
        severity: Severity::Warning,
        source: "docs/format.md",
        what: t(
            "No field has this key, but one is written almost so.",
            "没有哪个字段使用这个键，但有一个很相近。",
            "沒有任何欄位使用這個鍵，但有一個很相近。",
        ),
        why: t(
            "It is most likely a slip, and the value is in no list.",
            "多半是笔误，这个值不会出现在清单中。",
            "多半是筆誤，這個值不會出現在清單中。",
        ),
        mend: t(
            "Correct the key. It is not done for you, because it is a guess.",
            "请改正键名。这只是推测，程序不会自动更改。",
            "請更正鍵名。這只是推測，程式不會自動更改。",
        ),
    },
    About {
        code: "missing_id",
        severity: Severity::Note,
        source: "docs/format.md",
        what: t(
            "The card or records of it were written by hand without an id.",
            "卡片或其中的记录是手写的，没有编号。",
            "卡片或其中的紀錄是手寫的，沒有編號。",
        ),
        why: t(
            "They are shown under an id that follows from their text, and that changes with it.",
            "它们按文字推算的编号显示，文字一改编号也变。",
            "它們以依文字推算的編號顯示，文字一改，編號也跟著變。",
        ),
        mend: t(
            "`crm check --fix`, `crm commit`, or the next change writes it.",
            "`crm check --fix`、`crm commit` 或下一次修改时写入。",
            "`crm check --fix`、`crm commit` 或下一次修改時寫入。",
        ),
    },
    About {
        code: "missing_number",
        severity: Severity::Note,
        source: "docs/format.md",
        what: t("The card has no number yet.", "卡片还没有编号。", "卡片還沒有編號。"),
        why: t(
            "People and papers name customers by number.",
            "人员和单据都用编号指称客户。",
            "人員和單據都用編號指稱客戶。",
        ),
        mend: t(
            "`crm check --fix`, `crm commit`, or the next change gives one.",
            "`crm check --fix`、`crm commit` 或下一次修改时发放。",
            "`crm check --fix`、`crm commit` 或下一次修改時發放。",
        ),
    },
    About {
        code: "bad_own_value",
        severity: Severity::Error,
        source: "R-041",
        what: t(
            "A value under [custom] is not of the kind that [fields] in crm.toml declares.",
            "[custom] 下的某个值不符合 crm.toml 中 [fields] 的声明。",
            "[custom] 下的某個值不符合 crm.toml 中 [fields] 的宣告。",
        ),
        why: t(
            "The company's own lists and filters cannot use it.",
            "公司自己的清单和筛选无法使用它。",
            "公司自己的清單與篩選無法使用它。",
        ),
        mend: t(
            "Write it as the message says, or change the declaration.",
            "按提示改写，或修改声明。",
            "依提示改寫，或修改宣告。",
        ),
    },
    About {
        code: "unlisted_choice",
        severity: Severity::Warning,
        source: "R-031",
        what: t(
            "A word is not in the list of its field.",
            "某个词不在该字段的列表中。",
            "某個詞不在該欄位的清單中。",
        ),
        why: t(
            "It is kept, but is counted and filtered apart from the listed ones.",
            "内容会保留，但统计和筛选时与列表中的分开。",
            "內容會保留，但統計和篩選時與清單中的分開。",
        ),
        mend: t(
            "Choose a listed word, or leave it if the company means it.",
            "选用列表中的词；确有需要也可保留。",
            "選用清單中的詞；確有需要也可保留。",
        ),
    },
    About {
        code: "broken_reference",
        severity: Severity::Error,
        source: "docs/format.md",
        what: t(
            "A field names a record that the card does not have.",
            "某个字段引用的记录不在卡片中。",
            "某個欄位參照的紀錄不在卡片中。",
        ),
        why: t(
            "With whom one spoke, or which plan was kept, cannot be said any more.",
            "无法再知道与谁联系过，或完成了哪条计划。",
            "無法再知道與誰聯絡過，或完成了哪一項計畫。",
        ),
        mend: t(
            "Name another record, unset the field, or take the record back from history.",
            "改为引用其他记录，清除该字段，或从历史中取回那条记录。",
            "改為參照其他紀錄，清除該欄位，或從歷史紀錄中取回那筆紀錄。",
        ),
    },
    About {
        code: "unknown_member",
        severity: Severity::Error,
        source: "R-027",
        what: t(
            "A card names somebody who is not in the team.",
            "卡片上的人不在团队名单中。",
            "卡片上的人不在團隊名單中。",
        ),
        why: t(
            "The customer is on nobody's list of the day.",
            "该客户不会出现在任何人的当日清单上。",
            "該客戶不會出現在任何人的當日清單上。",
        ),
        mend: t(
            "Name a member by the key of [[team]], or add the person there.",
            "改用 [[team]] 中的代号，或把此人加入名单。",
            "改用 [[team]] 中的代號，或把此人加入名單。",
        ),
    },
];

//! What `crm check --explain` says of the findings of one card.

use super::codes::{About, Severity};
use crate::i18n::Text;

const fn t(en: &'static str, zh_cn: &'static str, zh_tw: &'static str) -> Text {
    Text::new(en, zh_cn, zh_tw)
}

/// Mended by `--fix`.
const FIX: Text = t("`crm check --fix`.", "`crm check --fix`。", "`crm check --fix`。");

/// Those of one card.
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
            "它們以按文字推算的編號顯示，文字一改編號也跟著變。",
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
    About {
        code: "two_main_contacts",
        severity: Severity::Warning,
        source: "R-022",
        what: t(
            "Two people are marked as the main contact.",
            "有两个人标为主要联系人。",
            "有兩個人標為主要聯絡人。",
        ),
        why: t(
            "Letters and lists take the first, which may be the wrong one.",
            "信函和清单会取第一个，可能不对。",
            "信函和清單會取第一個，可能不對。",
        ),
        mend: t("Leave the mark with one of them.", "只保留其中一个。", "只保留其中一個。"),
    },
    About {
        code: "ended_main_contact",
        severity: Severity::Warning,
        source: "R-022",
        what: t("The main contact has left the position.", "主要联系人已经离任。", "主要聯絡人已經離任。"),
        why: t(
            "Letters would go to somebody who is no longer there.",
            "信函会寄给已经不在的人。",
            "信函會寄給已經不在的人。",
        ),
        mend: t(
            "Where another main contact is there, `crm check --fix` takes the mark away; else name one.",
            "已有其他主要联系人时，`crm check --fix` 会取消标记；否则请指定一位。",
            "已有其他主要聯絡人時，`crm check --fix` 會取消標記；否則請指定一位。",
        ),
    },
    About {
        code: "no_next_step",
        severity: Severity::Warning,
        source: "R-007",
        what: t(
            "Nothing is planned with an open customer.",
            "未停止往来的客户没有下一步计划。",
            "未停止往來的客戶沒有下一步計畫。",
        ),
        why: t(
            "Nobody will be reminded of this customer.",
            "没有人会得到跟进提醒。",
            "沒有人會收到跟進提醒。",
        ),
        mend: t(
            "Plan the next contact, or close the customer.",
            "计划下一次跟进，或停止往来。",
            "計畫下一次跟進，或停止往來。",
        ),
    },
    About {
        code: "future_day",
        severity: Severity::Error,
        source: "R-072",
        what: t(
            "A day on which something happened has not come yet.",
            "已经发生的事情，日期却在将来。",
            "已經發生的事情，日期卻在未來。",
        ),
        why: t(
            "The last follow-up and all that is counted from it are wrong.",
            "上次跟进以及由此推算的一切都会出错。",
            "上次跟進以及由此推算的一切都會出錯。",
        ),
        mend: t(
            "Correct the day; what is to come is a plan.",
            "请更正日期；将来的事应记为计划。",
            "請更正日期；未來的事應記為計畫。",
        ),
    },
    About {
        code: "days_reversed",
        severity: Severity::Error,
        source: "R-028",
        what: t(
            "A person left a position before taking it.",
            "任职截止早于任职起始。",
            "任職迄日早於任職起日。",
        ),
        why: t(
            "It cannot be said who was there on a day.",
            "无法判断某一天是谁在任。",
            "無法判斷某一天是誰在任。",
        ),
        mend: t("Correct one of the two days.", "更正其中一个日期。", "更正其中一個日期。"),
    },
    About {
        code: "late_entry",
        severity: Severity::Note,
        source: "R-080",
        what: t(
            "A follow-up was entered later than the company allows.",
            "跟进的录入晚于公司规定。",
            "跟進的登錄晚於公司規定。",
        ),
        why: t(
            "What is written from memory is less reliable.",
            "事后回忆的内容不够可靠。",
            "事後回憶的內容不夠可靠。",
        ),
        mend: t(
            "Enter the next one at once; the bound is check.late_days.",
            "下次请及时录入；期限由 check.late_days 设置。",
            "下次請及時登錄；期限由 check.late_days 設定。",
        ),
    },
    About {
        code: "incomplete",
        severity: Severity::Warning,
        source: "R-034, R-209",
        what: t(
            "The card has too few of the fields that its kind must have.",
            "卡片的必填项填得太少。",
            "卡片的必填欄位填得太少。",
        ),
        why: t(
            "Grading, credit and quotations need them.",
            "分级、授信和报价都要用到。",
            "分級、授信和報價都要用到。",
        ),
        mend: t(
            "Fill them in. The lists are check.mandatory.enterprise, person and customer; the bound is check.completeness.",
            "请补填。清单由 check.mandatory.enterprise、person 和 customer 设置，界限由 check.completeness 设置。",
            "請補填。清單由 check.mandatory.enterprise、person 和 customer 設定，界限由 check.completeness 設定。",
        ),
    },
    About {
        code: "country_disagrees",
        severity: Severity::Warning,
        source: "docs/format.md",
        what: t(
            "The card has a key `country` that says another country than the folder.",
            "卡片中的 `country` 与文件夹的国家/地区不同。",
            "卡片中的 `country` 與資料夾的國家/地區不同。",
        ),
        why: t(
            "The folder counts; whoever reads the card believes the other.",
            "以文件夹为准；读卡片的人却会看到另一个。",
            "以資料夾為準；讀卡片的人卻會看到另一個。",
        ),
        mend: t(
            "Move the customer, or take the line out of the card.",
            "移动客户，或从卡片中删去这一行。",
            "移動客戶，或從卡片中刪去這一行。",
        ),
    },
    About {
        code: "closed_elsewhere",
        severity: Severity::Warning,
        source: "R-007, docs/format.md",
        what: t(
            "The card has a day of closing, and the folder is not among the closed.",
            "卡片有停止日期，文件夹却不在停止往来之下。",
            "卡片有停止日期，資料夾卻不在停止往來之下。",
        ),
        why: t(
            "The folder counts: the customer is treated as open.",
            "以文件夹为准：该客户仍按往来客户处理。",
            "以資料夾為準：該客戶仍按往來客戶處理。",
        ),
        mend: t(
            "Unset the day, or close the customer.",
            "清除停止日期，或停止往来。",
            "清除停止日期，或停止往來。",
        ),
    },
    About {
        code: "closed_without_day",
        severity: Severity::Note,
        source: "docs/format.md",
        what: t(
            "The folder is among the closed, and the card does not say since when.",
            "文件夹在停止往来之下，卡片却没有写停止日期。",
            "資料夾在停止往來之下，卡片卻沒有寫停止日期。",
        ),
        why: t(
            "A decision is kept with its day and reason; a folder that was dragged has none.",
            "决定应有日期和原因；拖动文件夹不会留下这些。",
            "決定應有日期和原因；拖曳資料夾不會留下這些。",
        ),
        mend: t("Write day and reason.", "补上日期和原因。", "補上日期和原因。"),
    },
];

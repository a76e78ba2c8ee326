//! What `crm check --explain` says of the findings that the trade's rules make of one card.

use super::codes::{About, Severity, t};

/// Those of the rules about what a card says.
pub(super) const OF_RULES: &[About] = &[
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
        code: "conflict",
        severity: Severity::Warning,
        source: "docs/team.md",
        what: t(
            "Two people set a field to two values while they were apart; the card keeps both and shows one.",
            "两人各自填写了不同的值；卡片保留两个值，只显示其中一个。",
            "兩人各自填寫了不同的值；卡片保留兩個值，只顯示其中一個。",
        ),
        why: t(
            "Nobody has decided yet which of them is right.",
            "还没有人决定哪一个是对的。",
            "還沒有人決定哪一個才對。",
        ),
        mend: t(
            "Take one of them with `crm conflict take`, or write the field anew.",
            "用 `crm conflict take` 选定一个，或重新填写该字段。",
            "用 `crm conflict take` 選定一個，或重新填寫該欄位。",
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

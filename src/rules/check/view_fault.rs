//! Why a saved view cannot be used: the reason within the finding `bad_view`.

use crate::i18n::messages;
use crate::rules::condition::SqlFault;

messages! {
    /// Why a saved view cannot be used.
    pub enum ViewFault {
        NoColumn { key: String } = "no_column":
            "no column is called ‘{key}’", "没有名为“{key}”的列", "沒有名為「{key}」的欄";
        Condition { fault: SqlFault } = "condition":
            "{fault}", "{fault}", "{fault}";
        Word { key: String, value: String } = "word":
            "{key}: ‘{value}’ means nothing", "{key}：“{value}”没有意义", "{key}：「{value}」沒有意義";
    }
}

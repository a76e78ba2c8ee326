//! What can be wrong with a condition or a query, and where.

use crate::i18n::messages;

messages! {
    /// What can be wrong with SQL that a person wrote.
    pub enum SqlFault {
        Empty = "condition_empty":
            "nothing is asked", "没有写查询内容", "沒有寫查詢內容";
        TooLong { most: usize } = "condition_too_long":
            "this has more than {most} characters", "超过 {most} 个字符", "超過 {most} 個字元";
        NotUnderstood = "condition_not_understood":
            "this cannot be understood at the mark", "无法理解标出的位置", "無法理解標出的位置";
        NotClosed = "condition_not_closed":
            "what begins at the mark does not end", "标出的位置有开头而没有结尾", "標出的位置有開頭而沒有結尾";
        NotOne { word: String } = "condition_not_one":
            "a condition is a single expression; ‘{word}’ cannot stand in it", "条件只能是一个表达式，其中不能有“{word}”", "條件只能是一個運算式，其中不能有「{word}」";
        NotAQuery { word: String } = "query_not_a_query":
            "a query begins with SELECT or WITH, not with ‘{word}’: it only looks", "查询以 SELECT 或 WITH 开头，不能是“{word}”：只能查看", "查詢以 SELECT 或 WITH 開頭，不能是「{word}」：只能查看";
        OneQuery = "query_one":
            "one query at a time: something stands behind the semicolon", "一次只能有一条查询：分号后面还有内容", "一次只能有一個查詢：分號後面還有內容";
        NoColumn { key: String } = "condition_no_column":
            "no column is called ‘{key}’", "没有名为“{key}”的列", "沒有名為「{key}」的欄";
        NoTable { name: String } = "query_no_table":
            "no table is called ‘{name}’", "没有名为“{name}”的表", "沒有名為「{name}」的資料表";
        Unclear { name: String } = "query_unclear":
            "more than one table has a column ‘{name}’: write TABLE.{name}", "不止一个表有“{name}”列：请写成 表名.{name}", "不只一個資料表有「{name}」欄：請寫成 表名.{name}";
        InDoubleQuotes { text: String } = "condition_in_double_quotes":
            "no column is called ‘{text}’; a text stands in single quotes: '{text}'", "没有名为“{text}”的列；文字要用单引号：'{text}'", "沒有名為「{text}」的欄；文字要用單引號：'{text}'";
        NoFunction { name: String } = "condition_no_function":
            "no function is called ‘{name}’", "没有名为“{name}”的函数", "沒有名為「{name}」的函式";
        Clock = "condition_clock":
            "the clock is not read: write a day such as '2026-03-11', or today()", "查询不读取系统时钟：请写明日期，如 '2026-03-11'，或用 today()", "查詢不讀取系統時鐘：請寫明日期，如 '2026-03-11'，或用 today()";
        NotADay { value: String } = "condition_not_a_day":
            "‘{value}’ is no day for plus()", "“{value}”不能作为 plus() 的日期", "「{value}」不能作為 plus() 的日期";
        NotALength { value: String } = "condition_not_a_length":
            "‘{value}’ is no length of time for plus(): write 14d, 2w, 1m or 1y", "“{value}”不能作为 plus() 的时长：请写 14d、2w、1m 或 1y", "「{value}」不能作為 plus() 的時長：請寫 14d、2w、1m 或 1y";
        TooManySteps = "condition_too_many_steps":
            "this takes too many steps; make it simpler", "计算量过大；请简化", "運算量過大；請簡化";
        TooSlow = "query_too_slow":
            "this takes too long; make it simpler", "耗时过长；请简化", "耗時過長；請簡化";
        TooMuchMemory = "query_too_much_memory":
            "this takes too much memory; ask for less at once", "占用内存过多；请缩小查询范围", "佔用記憶體過多；請縮小查詢範圍";
        Arguments { name: String } = "condition_arguments":
            "{name} has the wrong number of values", "{name} 的参数个数不对", "{name} 的參數個數不對";
        TooLarge = "condition_too_large":
            "this makes a text that is too large", "产生的文字过大", "產生的文字過大";
        NotAllowed { what: String } = "condition_not_allowed":
            "{what} cannot be used here", "这里不能使用 {what}", "這裡不能使用 {what}";
        Refused { reason: String } = "condition_refused":
            "this cannot be answered: {reason}", "无法查询：{reason}", "無法查詢：{reason}";
    }
}

/// What is wrong, where, and what may have been meant.
#[derive(Clone, Debug, PartialEq)]
pub struct BadSql {
    /// What is wrong.
    pub fault: SqlFault,
    /// The place in the text, in bytes; none, where it only showed in the answer.
    pub at: Option<usize>,
    /// The name that is nearest to the one that was written.
    pub near: Option<String>,
}

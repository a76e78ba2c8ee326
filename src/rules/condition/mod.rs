//! The language of conditions: one SQL expression over the columns of a customer. Read word by
//! word, so that a misspelt name is an error with its place, and nothing but what stands in these
//! lists ever reaches the database.

mod tokens;

use crate::card::near::nearest;
use crate::i18n::messages;
use tokens::{Form, Token, tokens};

/// Characters that a condition has at most.
pub const LONGEST: usize = 10_000;

/// Words of SQL that may stand in an expression.
const WORDS: &[&str] = &[
    "AND", "AS", "BETWEEN", "BINARY", "CASE", "CAST", "COLLATE", "DISTINCT", "ELSE", "END", "ESCAPE",
    "FALSE", "FROM", "GLOB", "IN", "INTEGER", "IS", "ISNULL", "LIKE", "NOCASE", "NOT", "NOTNULL", "NULL",
    "NUMERIC", "OR", "REAL", "RTRIM", "TEXT", "THEN", "TRUE", "WHEN",
];
/// Words that would make more of an expression than one.
const NOT_ONE: &[&str] = &[
    "ALTER", "ATTACH", "CREATE", "DELETE", "DETACH", "DROP", "EXISTS", "INSERT", "PRAGMA", "SELECT", "UNION",
    "UPDATE", "VACUUM", "VALUES", "WITH",
];
/// Functions that a condition may call: they only look at what they are given.
pub const FUNCTIONS: &[&str] = &[
    "abs",
    "coalesce",
    "concat",
    "concat_ws",
    "date",
    "datetime",
    "folded",
    "glob",
    "has",
    "home",
    "ifnull",
    "iif",
    "instr",
    "json_array_length",
    "json_extract",
    "julianday",
    "length",
    "like",
    "lower",
    "ltrim",
    "max",
    "min",
    "nullif",
    "plus",
    "replace",
    "round",
    "rtrim",
    "sign",
    "strftime",
    "substr",
    "substring",
    "time",
    "timediff",
    "today",
    "trim",
    "typeof",
    "unixepoch",
    "upper",
];
/// Functions that answer from the clock when no day is named.
pub const OF_DAYS: &[&str] = &["date", "datetime", "julianday", "strftime", "time", "timediff", "unixepoch"];
/// Words that are the clock.
const CLOCK: &[&str] = &["CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP"];

messages! {
    /// What can be wrong with a condition.
    pub enum ConditionFault {
        Empty = "condition_empty":
            "the condition is empty", "条件为空", "條件為空";
        TooLong { most: usize } = "condition_too_long":
            "the condition has more than {most} characters", "条件超过 {most} 个字符", "條件超過 {most} 個字元";
        NotUnderstood = "condition_not_understood":
            "the condition cannot be understood at the mark", "无法理解条件中标出的位置", "無法理解條件中標出的位置";
        NotClosed = "condition_not_closed":
            "what begins at the mark does not end", "标出的位置有开头而没有结尾", "標出的位置只有開頭，沒有結尾";
        NotOne { word: String } = "condition_not_one":
            "a condition is a single expression; ‘{word}’ cannot stand in it", "条件只能是一个表达式，其中不能有“{word}”", "條件只能是一個運算式，其中不能有「{word}」";
        NoColumn { key: String } = "condition_no_column":
            "no column is called ‘{key}’", "没有名为“{key}”的列", "沒有名為「{key}」的欄";
        InDoubleQuotes { text: String } = "condition_in_double_quotes":
            "no column is called ‘{text}’; a text stands in single quotes: '{text}'", "没有名为“{text}”的列；文字要用单引号：'{text}'", "沒有名為「{text}」的欄；文字要用單引號：'{text}'";
        NoFunction { name: String } = "condition_no_function":
            "no function is called ‘{name}’", "没有名为“{name}”的函数", "沒有名為「{name}」的函式";
        Clock = "condition_clock":
            "a condition does not read the clock: write a day such as '2026-03-11', or today()", "条件不读取系统时钟：请写明日期，如 '2026-03-11'，或用 today()", "條件不讀取系統時鐘：請寫明日期，例如 '2026-03-11'，或用 today()";
        NotADay { value: String } = "condition_not_a_day":
            "‘{value}’ is no day for plus()", "“{value}”不能作为 plus() 的日期", "「{value}」不能作為 plus() 的日期";
        NotALength { value: String } = "condition_not_a_length":
            "‘{value}’ is no length of time for plus(): write 14d, 2w, 1m or 1y", "“{value}”不能作为 plus() 的时长：请写 14d、2w、1m 或 1y", "「{value}」不能作為 plus() 的時間長度：請寫 14d、2w、1m 或 1y";
        TooManySteps = "condition_too_many_steps":
            "the condition takes too many steps; make it simpler", "条件计算量过大；请简化", "條件的運算步驟太多；請簡化";
        Arguments { name: String } = "condition_arguments":
            "{name} has the wrong number of values", "{name} 的参数个数不对", "{name} 的引數個數不對";
        TooLarge = "condition_too_large":
            "the condition makes a text that is too large", "条件中产生的文字过大", "條件產生的文字過長";
        NotAllowed { what: String } = "condition_not_allowed":
            "a condition cannot use {what}", "条件不能使用 {what}", "條件中不能使用 {what}";
        Refused { reason: String } = "condition_refused":
            "the condition cannot be answered: {reason}", "无法按此条件查询：{reason}", "無法依此條件查詢：{reason}";
    }
}

/// What is wrong with a condition, where, and what may have been meant.
#[derive(Clone, Debug, PartialEq)]
pub struct BadCondition {
    /// What is wrong.
    pub fault: ConditionFault,
    /// The place in the text, in bytes; none, where it only showed in the answer.
    pub at: Option<usize>,
    /// The name that is nearest to the one that was written.
    pub near: Option<String>,
}

/// A condition that was read: an expression in which every name is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Condition {
    /// As it was written.
    pub text: String,
    /// As the database is asked.
    pub sql: String,
    /// The columns that it names, each once.
    pub columns: Vec<String>,
    /// Where the words of `sql` stand in `text`, in bytes.
    places: Vec<(usize, usize)>,
}

impl Condition {
    /// The place in the text of a place in the SQL.
    pub fn place_of(&self, at: usize) -> usize {
        let before = self.places.iter().rev().find(|(sql, _)| *sql <= at);
        before.map_or(0, |(_, text)| *text)
    }
}

/// The columns that a condition may name.
pub struct Columns<'a> {
    /// The key of a column by its key or its label.
    pub key: &'a dyn Fn(&str) -> Option<String>,
    /// Every name, for near misses.
    pub names: Vec<String>,
}

/// Reads a condition.
///
/// # Errors
/// When it is more than one expression, or has a name that is not known: with the place.
pub fn read(text: &str, columns: &Columns<'_>) -> Result<Condition, BadCondition> {
    let bad = |fault, at| Err(BadCondition { fault, at: Some(at), near: None });
    if text.trim().is_empty() {
        return bad(ConditionFault::Empty, 0);
    }
    if text.chars().count() > LONGEST {
        return bad(ConditionFault::TooLong { most: LONGEST }, 0);
    }
    let tokens = tokens(text)?;
    let mut reader =
        Reader { columns, tokens: &tokens, at: 0, open: Vec::new(), condition: Condition::default() };
    while reader.at < tokens.len() {
        reader.step()?;
    }
    if let Some(open) = reader.open.last() {
        return bad(ConditionFault::NotClosed, open.at);
    }
    Ok(Condition { text: text.to_owned(), ..reader.condition })
}

/// A bracket that is not yet closed.
struct Open {
    at: usize,
    /// Whether it holds what a function of days is given.
    of_days: bool,
}

struct Reader<'a> {
    columns: &'a Columns<'a>,
    tokens: &'a [Token<'a>],
    at: usize,
    open: Vec<Open>,
    condition: Condition,
}

impl Reader<'_> {
    fn step(&mut self) -> Result<(), BadCondition> {
        let token = self.tokens[self.at];
        self.at += 1;
        match (token.kind, token.text) {
            (Form::Name, word) => self.name(token, word),
            (Form::Quoted, text) => self.in_quotes(token, text),
            (Form::Sign, ".") => Err(not_understood(token)),
            (Form::Sign, "(") => {
                self.open.push(Open { at: token.at, of_days: false });
                self.put(token, "(");
                Ok(())
            }
            (Form::Sign, ")") => {
                self.open.pop().ok_or_else(|| not_understood(token))?;
                self.put(token, ")");
                Ok(())
            }
            (Form::Text, text) => {
                if self.open.last().is_some_and(|o| o.of_days) && is_now(text.trim_matches('\'')) {
                    return Err(clock(token));
                }
                self.put(token, text);
                Ok(())
            }
            (Form::Number | Form::Sign, text) => {
                self.put(token, text);
                Ok(())
            }
        }
    }

    fn put(&mut self, token: Token<'_>, sql: &str) {
        self.condition.sql.push(' ');
        self.condition.places.push((self.condition.sql.len(), token.at));
        self.condition.sql += sql;
    }

    fn next_is(&self, sign: &str) -> bool {
        self.tokens.get(self.at).is_some_and(|t| t.kind == Form::Sign && t.text == sign)
    }

    fn name(&mut self, token: Token<'_>, word: &str) -> Result<(), BadCondition> {
        let is = |list: &[&str]| list.iter().any(|w| w.eq_ignore_ascii_case(word));
        if is(CLOCK) {
            return Err(clock(token));
        }
        if self.next_is("(") && !is(WORDS) {
            return self.function(token, word);
        }
        if self.next_is(".") {
            return self.own_field(token, word);
        }
        if let Some(key) = (self.columns.key)(word) {
            self.column(token, &key);
            return Ok(());
        }
        if is(NOT_ONE) {
            let fault = ConditionFault::NotOne { word: word.to_owned() };
            return Err(BadCondition { fault, at: Some(token.at), near: None });
        }
        if is(WORDS) {
            self.put(token, word);
            return Ok(());
        }
        Err(self.no_column(token, word))
    }

    fn function(&mut self, token: Token<'_>, word: &str) -> Result<(), BadCondition> {
        let name = word.to_ascii_lowercase();
        if NOT_ONE.iter().any(|w| w.eq_ignore_ascii_case(word)) {
            let fault = ConditionFault::NotOne { word: word.to_owned() };
            return Err(BadCondition { fault, at: Some(token.at), near: None });
        }
        if !FUNCTIONS.contains(&name.as_str()) {
            let near = nearest(&name, FUNCTIONS.iter().copied()).map(|n| format!("{n}()"));
            let fault = ConditionFault::NoFunction { name: word.to_owned() };
            return Err(BadCondition { fault, at: Some(token.at), near });
        }
        let bracket = self.tokens[self.at];
        self.at += 1;
        let of_days = OF_DAYS.contains(&name.as_str());
        if of_days && self.next_is(")") {
            return Err(clock(token));
        }
        self.put(token, &name);
        self.open.push(Open { at: bracket.at, of_days });
        self.put(bracket, "(");
        Ok(())
    }

    /// `custom.KEY`, the only name with a dot.
    fn own_field(&mut self, token: Token<'_>, word: &str) -> Result<(), BadCondition> {
        let key = self.tokens.get(self.at + 1).filter(|t| matches!(t.kind, Form::Name | Form::Quoted));
        let Some(key) = key.filter(|_| word.eq_ignore_ascii_case("custom")) else {
            return Err(self.no_column(token, word));
        };
        let named = format!("custom.{}", bare(key.text));
        self.at += 2;
        match (self.columns.key)(&named) {
            Some(known) => self.column(token, &known),
            None => return Err(self.no_column(token, &named)),
        }
        Ok(())
    }

    fn in_quotes(&mut self, token: Token<'_>, text: &str) -> Result<(), BadCondition> {
        if self.next_is(".") {
            return self.own_field(token, &bare(text));
        }
        let name = bare(text);
        match (self.columns.key)(&name) {
            Some(key) => self.column(token, &key),
            None if text.starts_with('"') && nearest(&name, self.names()).is_none() => {
                let fault = ConditionFault::InDoubleQuotes { text: name };
                return Err(BadCondition { fault, at: Some(token.at), near: None });
            }
            None => return Err(self.no_column(token, &name)),
        }
        Ok(())
    }

    fn column(&mut self, token: Token<'_>, key: &str) {
        self.put(token, &format!("\"{key}\""));
        if !self.condition.columns.iter().any(|c| c == key) {
            self.condition.columns.push(key.to_owned());
        }
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.names.iter().map(String::as_str)
    }

    fn no_column(&self, token: Token<'_>, key: &str) -> BadCondition {
        let near = nearest(&key.to_lowercase(), self.names()).map(str::to_owned);
        BadCondition { fault: ConditionFault::NoColumn { key: key.to_owned() }, at: Some(token.at), near }
    }
}

/// A name without its quotes.
fn bare(text: &str) -> String {
    let Some(quote) = text.chars().next().filter(|c| ['"', '`', '['].contains(c)) else {
        return text.to_owned();
    };
    let inner = &text[1..text.len() - 1];
    if quote == '[' {
        inner.to_owned()
    } else {
        inner.replace(&format!("{quote}{quote}"), &quote.to_string())
    }
}

/// Whether SQLite would take this for the clock.
pub fn is_now(text: &str) -> bool {
    ["now", "subsec", "subsecond"].iter().any(|word| text.trim().eq_ignore_ascii_case(word))
}

fn not_understood(token: Token<'_>) -> BadCondition {
    BadCondition { fault: ConditionFault::NotUnderstood, at: Some(token.at), near: None }
}

fn clock(token: Token<'_>) -> BadCondition {
    BadCondition { fault: ConditionFault::Clock, at: Some(token.at), near: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> Option<String> {
        let known = ["city", "sincerity", "next_followup", "custom.port"];
        if name == "城市" || name.eq_ignore_ascii_case("Town of office") {
            return Some("city".into());
        }
        known.iter().find(|k| k.eq_ignore_ascii_case(name)).map(|k| (*k).to_owned())
    }

    fn read_it(text: &str) -> Result<Condition, BadCondition> {
        let names = ["city", "sincerity", "next_followup", "custom.port"].map(str::to_owned).to_vec();
        read(text, &Columns { key: &key, names })
    }

    #[track_caller]
    fn fault(text: &str) -> (ConditionFault, usize) {
        let bad = read_it(text).expect_err(text);
        (bad.fault, bad.at.expect("a place"))
    }

    #[test]
    fn every_word_is_passed_on_and_every_name_is_in_quotes() {
        let read =
            read_it("City LIKE 'K%' and custom.port IS NOT NULL -- why\n or sincerity>=50").expect("read");
        assert_eq!(read.sql, " \"city\" LIKE 'K%' and \"custom.port\" IS NOT NULL or \"sincerity\" >= 50");
        assert_eq!(read.columns, ["city", "custom.port", "sincerity"]);
    }

    #[test]
    fn labels_name_columns_too() {
        assert_eq!(read_it("城市 = '基尔'").expect("read").columns, ["city"]);
        assert_eq!(read_it("\"Town of office\" = 'Kiel'").expect("read").columns, ["city"]);
    }

    #[test]
    fn a_place_in_the_sql_is_a_place_in_the_text() {
        let read = read_it("city = 'Kiel' AND sincerity > 5").expect("read");
        let at = read.sql.find("\"sincerity\"").expect("the column");
        assert_eq!(read.place_of(at), "city = 'Kiel' AND ".len());
    }

    #[test]
    fn a_misspelt_name_is_an_error_with_its_place_and_the_near_one() {
        let bad = read_it("sincerity > 5 AND citty = 'x'").expect_err("misspelt");
        assert_eq!((bad.at, bad.near.as_deref()), (Some(18), Some("city")));
        let bad = read_it("\"citty\" = 'x'").expect_err("misspelt in quotes");
        assert_eq!(bad.near.as_deref(), Some("city"));
        let bad = read_it("custom.pord = 'x'").expect_err("misspelt own field");
        assert_eq!(bad.near.as_deref(), Some("custom.port"));
        let bad = read_it("uper(city) = 'X'").expect_err("misspelt function");
        assert_eq!(bad.near.as_deref(), Some("upper()"));
    }

    #[test]
    fn a_text_in_double_quotes_is_never_taken_for_a_text() {
        assert_eq!(
            fault("city = \"Hamburg\""),
            (ConditionFault::InDoubleQuotes { text: "Hamburg".into() }, 7)
        );
    }

    #[test]
    fn only_one_expression_is_a_condition() {
        let not_one = |word: &str| ConditionFault::NotOne { word: word.into() };
        assert_eq!(fault("1; DROP TABLE customers"), (not_one(";"), 1));
        assert_eq!(fault("city IN (SELECT 1)"), (not_one("SELECT"), 9));
        assert_eq!(fault("1 UNION VALUES(1)"), (not_one("UNION"), 2));
        assert_eq!(fault("exists(1)"), (not_one("exists"), 0));
        assert_eq!(fault("city = 'a') OR (1"), (ConditionFault::NotUnderstood, 10));
        assert_eq!(fault("(city = 'a'"), (ConditionFault::NotClosed, 0));
        assert_eq!(fault("city = 'a"), (ConditionFault::NotClosed, 7));
        assert_eq!(fault("1 /* open"), (ConditionFault::NotClosed, 2));
        assert_eq!(fault("city = ?1"), (ConditionFault::NotUnderstood, 7));
        assert_eq!(fault("  "), (ConditionFault::Empty, 0));
    }

    #[test]
    fn the_clock_is_refused_in_every_dress() {
        for text in [
            "next_followup < date('now')",
            "next_followup < DATE( 'NOW' , '+1 day')",
            "next_followup < date()",
            "next_followup < current_date",
            "CURRENT_TIMESTAMP > '2026'",
            "unixepoch('subsec') > 1",
        ] {
            assert_eq!(fault(text).0, ConditionFault::Clock, "{text}");
        }
        assert!(read_it("city = 'now' AND next_followup < date('2026-03-11', '+1 day')").is_ok());
    }

    #[test]
    fn functions_that_do_more_than_look_are_not_known() {
        for text in ["load_extension('x')", "randomblob(9)", "random()", "readfile('x')", "zeroblob(9)"] {
            assert!(matches!(fault(text).0, ConditionFault::NoFunction { .. }), "{text}");
        }
    }
}

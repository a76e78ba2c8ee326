//! Why a text or a TOML value is no value of a field.

use std::borrow::Cow;

use crate::i18n::{Lang, List, Say, Text, messages};

messages! {
    /// Why a value does not fit.
    pub enum Fault {
        Empty = "empty":
            "nothing is given", "没有填写内容", "沒有填寫內容";
        WrongType { wanted: Text, value: String } = "wrong_type":
            "{wanted} is wanted here, not {value}", "这里应填{wanted}，不是 {value}", "這裡應填{wanted}，不是 {value}";
        NotANumber { value: String } = "not_a_number":
            "‘{value}’ is not a whole number", "“{value}”不是整数", "「{value}」不是整數";
        OutOfRange { value: i64, min: i64, max: i64 } = "out_of_range":
            "{value} is not between {min} and {max}", "{value} 不在 {min} 到 {max} 之间", "{value} 不在 {min} 到 {max} 之間";
        NotAFlag { value: String } = "not_a_flag":
            "‘{value}’ is neither yes nor no", "“{value}”既不是“是”也不是“否”", "「{value}」既不是「是」也不是「否」";
        NotADay { value: String } = "not_a_day":
            "‘{value}’ is not a day: write 2026-03-18, +7d, +2m, fri or today", "“{value}”不是日期：请写 2026-03-18、+7d、+2m、周五 或 今天", "「{value}」不是日期：請寫 2026-03-18、+7d、+2m、週五 或 今天";
        NotABirthday { value: String } = "not_a_birthday":
            "‘{value}’ is not a birthday: write 1980-03-15, or 03-15 without the year", "“{value}”不是生日：请写 1980-03-15，不知道年份就写 03-15", "「{value}」不是生日：請寫 1980-03-15，不知道年份就寫 03-15";
        NotAMoment { value: String } = "not_a_moment":
            "‘{value}’ is not a moment: write 2026-03-18T09:30:00+08:00", "“{value}”不是日期时间：请写 2026-03-18T09:30:00+08:00", "「{value}」不是日期時間：請寫 2026-03-18T09:30:00+08:00";
        NotAPeriod { value: String } = "not_a_period":
            "‘{value}’ is not a length of time: write 14d, 2w, 3m or 1y", "“{value}”不是时长：请写 14d、2w、3m 或 1y", "「{value}」不是時間長度：請寫 14d、2w、3m 或 1y";
        NotMoney { value: String } = "not_money":
            "‘{value}’ is not an amount with its currency: write 12500.00 USD", "“{value}”不是带币种的金额：请写 12500.00 USD", "「{value}」不是帶幣別的金額：請寫 12500.00 USD";
        UnknownCurrency { value: String } = "unknown_currency":
            "‘{value}’ is not a currency of ISO 4217", "“{value}”不是 ISO 4217 币种", "「{value}」不是 ISO 4217 幣別";
        TooManyDecimals { value: String, currency: String, most: u32 } = "too_many_decimals":
            "‘{value}’ has more decimals than {currency} knows ({most})", "“{value}”的小数位多于 {currency} 允许的 {most} 位", "「{value}」的小數位數多於 {currency} 允許的 {most} 位";
        NotAQuantity { value: String } = "not_a_quantity":
            "‘{value}’ is not a number with its unit: write 500 pcs", "“{value}”不是带单位的数量：请写 500 pcs", "「{value}」不是帶單位的數量：請寫 500 pcs";
        NotAPrice { value: String } = "not_a_price":
            "‘{value}’ is not a price: write 0.0135 USD or 13.50 USD / 1000 pcs", "“{value}”不是单价：请写 0.0135 USD 或 13.50 USD / 1000 pcs", "「{value}」不是單價：請寫 0.0135 USD 或 13.50 USD / 1000 pcs";
        NotAChoice { value: String, choices: List<Offered> } = "not_a_choice":
            "‘{value}’ is not one of: {choices}", "“{value}”不在可选项之中：{choices}", "「{value}」不在可選項目之中：{choices}";
        NotAnEmail { value: String } = "not_an_email":
            "‘{value}’ is not a mail address", "“{value}”不是电子邮箱地址", "「{value}」不是電子郵件地址";
        NotAPhone { value: String } = "not_a_phone":
            "‘{value}’ is not a telephone number", "“{value}”不是电话号码", "「{value}」不是電話號碼";
        NotAWebAddress { value: String } = "not_a_web_address":
            "‘{value}’ is not a web address", "“{value}”不是网址", "「{value}」不是網址";
        NoTime { value: String } = "no_time":
            "‘{value}’ is no length of time: leave the field empty for none", "“{value}”不是时长：不需要时请留空", "「{value}」不是時間長度：不需要時請留空";
        NotACountry { value: String } = "not_a_country_value":
            "no country is called ‘{value}’", "没有名为“{value}”的国家或地区", "沒有名為「{value}」的國家或地區";
    }
}

/// A word of a list that is offered: people who read no English see what it means, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// The word that may be typed.
    pub token: String,
    /// What people call it, where that is another word.
    pub label: Option<Text>,
}

impl Say for Offered {
    fn say(&self, lang: Lang) -> Cow<'_, str> {
        match self.label.filter(|_| lang != Lang::En) {
            Some(label) => Cow::Owned(format!("{}（{}）", label.get(lang), self.token)),
            None => Cow::Borrowed(&self.token),
        }
    }
}

//! The rounds of a negotiation. Their numbers follow from their days and are not stored.

use chrono::NaiveDate;

use super::declare::{section, t};
use crate::card::value::{Member, Money};

section! {
    /// One round of a negotiation.
    pub struct Negotiation = "negotiations", t("Negotiation", "谈判内容", "談判內容"), t("negotiation round", "谈判轮次", "談判輪次"),
        t("What was negotiated, round by round.", "每一轮谈判的内容。", "每一輪談判的內容。");
    content: String, t("Content", "谈判内容", "談判內容"), t("What was negotiated.", "谈了什么。", "談了什麼。"), "Price for 500 pcs", column;
    date: NaiveDate, t("Date", "日期", "日期"), t("The day of the round.", "谈判的日期。", "談判的日期。"), "2026-03-11", column;
    offer: Option<Money>, t("Our offer", "我方报价", "我方報價"), t("What we offered.", "我方的报价。", "我方的報價。"), "12500.00 USD", column;
    counter: Option<Money>, t("Counter-offer", "对方还价", "對方還價"), t("What they offered.", "对方的还价。", "對方的還價。"), "11000.00 USD", column;
    by: Option<Member>, t("By", "谈判人", "談判人"), t("Who of us negotiated.", "我方的谈判人。", "我方的談判人。"), "lin", column;
}

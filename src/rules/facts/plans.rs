//! What the plans say: the next step, and how late it is.

use std::cell::LazyCell;

use super::followups::since;
use super::{Asking, COUNT, DAYS, Empty, Fact, FactValue, From, Stored};
use crate::card::Kind;
use crate::card::value::{Period, day};
use crate::i18n::Text;
use crate::rules::visits::Ways;
use crate::sections::{How, Plan};

const NOTHING_PLANNED: Empty =
    Empty::When(Text::new("No next step is planned.", "没有计划下一步。", "尚未計畫下一步。"));

pub(super) static FACTS: &[Fact] = &[
    Fact {
        key: "next_followup",
        label: Text::new("Next follow-up", "下次跟进", "下次跟進"),
        help: Text::new(
            "The day of the earliest open plan. Visits to a customer who is off the visit plan wait and are none.",
            "最早一条未完成计划的日期。客户已退出拜访计划时，拜访暂停，不算在内。",
            "最早一項未完成計畫的日期。客戶已退出拜訪計畫時，拜訪暫停，不算在內。",
        ),
        empty: NOTHING_PLANNED,
        kind: Kind::Date,
        unit: None,
        from: From::Question(&["planned", "may_wait"], next_step),
    },
    Fact {
        key: "open_plans",
        label: Text::new("Open plans", "未完成计划数", "未完成計畫數"),
        help: Text::new(
            "How many plans are neither kept nor given up; visits that wait are counted.",
            "既未完成也未放弃的计划有多少条；暂停的拜访也计入。",
            "既未完成也未放棄的計畫有多少項；暫停的拜訪也計入。",
        ),
        empty: Empty::Never,
        kind: COUNT,
        unit: None,
        from: From::Card(|seen| FactValue::count(seen.open.len())),
    },
    Fact {
        key: "has_next_step",
        label: Text::new("Next step planned", "是否已计划下一步", "是否已計畫下一步"),
        help: Text::new(
            "Whether a plan is open that does not wait.",
            "是否有未完成且未暂停的计划。",
            "是否有未完成且未暫停的計畫。",
        ),
        empty: Empty::Never,
        kind: Kind::Flag,
        unit: None,
        from: From::Question(&["planned", "may_wait"], |asking, columns| {
            FactValue::flag(next_step(asking, columns) != FactValue::Nothing)
        }),
    },
    Fact {
        key: "overdue_days",
        label: Text::new("Days overdue", "逾期天数", "逾期天數"),
        help: Text::new(
            "Days from the earliest open plan to today; 0 where it is due today or later.",
            "从最早一条未完成计划到今天的天数；计划在今天或以后时为 0。",
            "從最早一項未完成計畫到今天的天數；計畫在今天或以後時為 0。",
        ),
        empty: NOTHING_PLANNED,
        kind: COUNT,
        unit: Some(DAYS),
        from: From::Question(&["planned", "may_wait"], |asking, columns| {
            next_step(asking, columns).as_day().map_or(FactValue::Nothing, |day| since(asking.today, day))
        }),
    },
    Fact {
        key: "next_contact",
        label: Text::new("Next contact", "下次联系", "下次聯絡"),
        help: Text::new(
            "The earliest open plan; without one, the last contact and the customer's rhythm, else that of the stage (cadence). crm followup --why says which.",
            "最早一条未完成计划；没有计划时，按上次联系和该客户的频率，或该阶段的频率（cadence）推算。crm followup --why 说明来源。",
            "最早一項未完成計畫；沒有計畫時，依上次聯絡和該客戶的頻率，或該階段的頻率（cadence）推算。crm followup --why 說明來源。",
        ),
        empty: Empty::When(Text::new(
            "Nothing is planned, and there was no contact or no rhythm.",
            "没有计划，也没有联系过或没有频率。",
            "沒有計畫，也沒有聯絡過或沒有頻率。",
        )),
        kind: Kind::Date,
        unit: None,
        from: From::Question(
            &["planned", "may_wait", "last_contact", "contact_every", "stage"],
            |asking, columns| {
                let planned = next_step(asking, columns);
                if planned != FactValue::Nothing {
                    return planned;
                }
                let own = Period::parse(columns[3].text()).ok().filter(|every| every.is_some_time());
                let every = own.or_else(|| asking.settings.cadence.contact(columns[4].text()));
                let next = columns[2].as_day().zip(every).and_then(|(last, every)| every.after(last));
                FactValue::day(next)
            },
        ),
    },
];

/// The day of the earliest open plan, whether it waits or not.
pub(super) const PLANNED: Stored =
    ("planned", Kind::Date, |seen| FactValue::day(seen.open.first().map(|plan| plan.date)));

/// Of a customer whose plans may wait, by the settings: the days and ways of the open plans, a line each;
/// then, behind an empty line, how often each way was taken.
pub(super) const MAY_WAIT: Stored = ("may_wait", Kind::Text, |seen| {
    if !seen.open.iter().any(|plan| plan.how.is_some_and(|how| seen.ways.may_suspend(how))) {
        return FactValue::Nothing;
    }
    let line = |plan: &Plan| format!("{} {}\n", day::text(plan.date), plan.how.map_or("", How::token));
    let plans: String = seen.open.iter().map(line).collect();
    FactValue::Text(format!("{plans}\n{}", seen.ways_text))
});

/// The day of the earliest open plan that does not wait, of the columns `planned` and `may_wait`.
fn next_step(asking: &Asking<'_>, columns: &[FactValue]) -> FactValue {
    let Some((plans, ways)) = columns[1].text().split_once("\n\n") else { return columns[0].clone() };
    let followup = &asking.settings.followup;
    // Most plans are no visits, and for them the ways need not be read.
    let ways = LazyCell::new(|| Ways::from_text(ways));
    let goes_on = |line: &&str| {
        let how = line.split_once(' ').map_or("", |(_, how)| how);
        !followup.visit_modes.iter().any(|mode| mode == how) || !ways.suspends(how, followup)
    };
    let next = plans.lines().find(goes_on).and_then(|line| line.split(' ').next());
    next.map_or(FactValue::Nothing, |day| FactValue::Text(day.to_owned()))
}

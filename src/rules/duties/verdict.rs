//! A verdict after the fifth visit without result: won, abandoned, or a re-entry to the
//! visit plan with its reason. Due from the day of the visit that was one too many.

use chrono::{Datelike, NaiveDate};

use super::{Due, Horizon, Kept, Kind, OfCards, Seed, Source, What, Window, detail};
use crate::i18n::{Say, Text};
use crate::rules::facts::Seen;
use crate::rules::visits::{Standing, Ways};
use crate::sections::How;
use crate::settings::IN_PERSON;

pub(super) static SOURCE: Source = Source {
    kind: Kind {
        key: "verdict",
        label: Text::new("Verdict", "跟踪结果", "追蹤結果"),
        help: Text::new(
            "Too many visits without result: until it is won, abandoned or re-entered.",
            "多次拜访未见实效：到跟进记录写明成交或放弃，或重新列入拜访计划为止。",
            "多次拜訪未見實效：到跟進紀錄寫明成交或放棄，或重新列入拜訪計畫為止。",
        ),
    },
    from: OfCards { seeds, windows, due },
};

/// How many contacts since the last result are kept with their days; the visit that is one too many is among
/// them, or the latest one stands for it.
const FIRST: usize = 16;

/// The tokens of the ways that count unless a company says otherwise.
pub(super) fn usual() -> Vec<String> {
    IN_PERSON.map(|how| how.token().to_owned()).to_vec()
}

/// Counts sort as texts of five digits: by the usual visits, and by contacts of every way that may be one, for
/// a company that counts other ways too.
fn seeds(seen: &Seen<'_>) -> Vec<Seed> {
    let ways = &seen.ways;
    if ways.abandoned {
        return Vec::new();
    }
    let usual = usual();
    let seed = |field, count: i64| Seed {
        field,
        date: format!("{:05}", count.min(99_999)),
        detail: detail(&[
            &seen.ways_text,
            &first_days(seen, |how| field == "any" || IN_PERSON.contains(&how)),
        ]),
        ..Seed::default()
    };
    let counts = [("usual", ways.without_result(&usual)), ("any", ways.since_result())];
    counts.into_iter().filter(|(_, count)| *count > 1).map(|(field, count)| seed(field, count)).collect()
}

/// The days of the first contacts since the last result, by these ways: a way a line, with its days as their
/// number in the common era, which is short.
fn first_days(seen: &Seen<'_>, is_asked: impl Fn(How) -> bool) -> String {
    let mut lines: Vec<(How, String)> = Vec::new();
    for (date, how) in seen.since_result.iter().filter(|(_, how)| is_asked(*how)).take(FIRST) {
        let day = format!(" {}", date.num_days_from_ce());
        match lines.iter_mut().find(|(of, _)| of == how) {
            Some((_, days)) => *days += &day,
            None => lines.push((*how, day)),
        }
    }
    lines.iter().map(|(how, days)| format!("{}{days}\n", how.token())).collect()
}

/// The day of the contact of one of these ways that came after so many others, as [`first_days`] has it.
fn nth_day(first_days: &str, modes: &[String], which: usize) -> Option<NaiveDate> {
    let of_modes = first_days.lines().filter_map(|line| line.split_once(' '));
    let of_modes = of_modes.filter(|(how, _)| modes.iter().any(|mode| mode == how));
    let days = of_modes.flat_map(|(_, days)| days.split(' ').filter_map(|day| day.parse().ok()));
    let mut days: Vec<i32> = days.collect();
    days.sort_unstable();
    days.get(which).and_then(|day| NaiveDate::from_num_days_from_ce_opt(*day))
}

fn windows(horizon: &Horizon<'_>) -> Vec<Window> {
    let followup = &horizon.settings.followup;
    let usual = usual();
    let field = if followup.visit_modes.iter().all(|mode| usual.contains(mode)) { "usual" } else { "any" };
    let from = format!("{:05}", followup.visits_without_result.clamp(0, 99_999));
    vec![Window { field, from, to: "99999".into() }]
}

fn due(horizon: &Horizon<'_>, kept: &Kept<'_>) -> Option<Due> {
    let followup = &horizon.settings.followup;
    let ways = Ways::from_text(kept.part(0));
    let modes = &followup.visit_modes;
    let Standing::Dropped { visits } = ways.standing(modes, followup.visits_without_result) else {
        return None;
    };
    // The day of the visit that was one too many; with more that came after it, the duty is the same one.
    let which = usize::try_from(followup.visits_without_result - 1).unwrap_or_default();
    let date = nth_day(kept.part(1), modes, which).or_else(|| ways.last_visit(modes))?;
    let what = What::Verdict { visits }.say(horizon.lang).into_owned();
    (date <= horizon.until).then(|| Due { date, turn: date.to_string(), what })
}

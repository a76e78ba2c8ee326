//! Visits without result: five of them end the visiting, until a result comes or somebody
//! re-enters the customer with a reason. Calls and mails do not count.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::card::schema::{Described, Typed};
use crate::card::value::day;
use crate::card::{Card, Record};
use crate::sections::{Followup, How, Reentry, SCHEMA};
use crate::settings;

type Moment = DateTime<FixedOffset>;

/// The token of a row of visits that was given up.
const ABANDONED: &str = "abandoned";
/// The token of a row of visits that led to a deal.
const WON: &str = "won";

/// How often each way of contact was taken since the last result, and when last; as the index keeps it,
/// since which ways are visits is a setting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ways {
    /// By the token of the way.
    ways: BTreeMap<String, Way>,
    /// Whether the customer was given up, and neither came back nor bought since.
    pub abandoned: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Way {
    since_result: i64,
    last: Option<NaiveDate>,
}

/// Where a customer stands in the visit plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Visits go on.
    On,
    /// So many visits brought no result: the customer is dropped, and a verdict is wanted.
    Dropped {
        /// How many.
        visits: i64,
    },
    /// Given up by a person.
    Abandoned,
}

/// The contacts since the last result that may be visits, the earliest first: the day and the way.
pub type SinceResult = Vec<(NaiveDate, How)>;

impl Ways {
    /// What a card says.
    pub fn of(card: &Card) -> Ways {
        Ways::with_days(card).0
    }

    /// The same, with the contacts since the last result.
    pub fn with_days(card: &Card) -> (Ways, SinceResult) {
        let section = Followup::SECTION;
        let (mut ways, mut days) = (Ways::default(), SinceResult::new());
        let mut events: Vec<(NaiveDate, Option<Moment>, u8, usize)> = Vec::new();
        let followups = card.of(&SCHEMA, section.key);
        let at = |key| section.position(key).unwrap_or_default();
        let (date_at, how_at, verdict_at, effective_at, entered_at) =
            (at("date"), at("how"), at("verdict"), at("effective"), at("entered_at"));
        let reentries = card.of(&SCHEMA, Reentry::SECTION.key);
        let back = |record: &Record| NaiveDate::from_value(record.get(Reentry::SECTION, "date"));
        // On the day of a return, what was entered before it is before it; what came with it or after it counts.
        let entered = |record: &Record, day: NaiveDate| {
            let is_day_of_return = reentries.iter().any(|one| back(one) == Some(day));
            is_day_of_return.then(|| Moment::from_value(record.value(entered_at))).flatten()
        };
        events.extend(followups.iter().enumerate().filter_map(|(at, record)| {
            let day = NaiveDate::from_value(record.value(date_at))?;
            Some((day, entered(record, day), 1, at))
        }));
        events.extend(reentries.iter().filter_map(|record| {
            let moment = Moment::from_value(record.get(Reentry::SECTION, "entered_at"));
            Some((back(record)?, moment.or(Some(Moment::MAX_UTC.into())), 0, 0))
        }));
        events.sort_unstable();
        for (date, _, kind, at) in events {
            if kind == 0 {
                ways.begin_anew();
                days.clear();
                continue;
            }
            let record = &followups[at];
            let Some(how) = record.value(how_at) else { continue };
            days.extend(
                How::from_value(Some(how)).filter(|how| settings::may_be_visit(*how)).map(|how| (date, how)),
            );
            let way = ways.ways.entry(how.text().into_owned()).or_default();
            way.since_result += 1;
            way.last = way.last.max(Some(date));
            let verdict = record.value(verdict_at).map(|v| v.text().into_owned());
            if bool::from_value(record.value(effective_at)) == Some(true) || verdict.as_deref() == Some(WON) {
                ways.begin_anew();
                days.clear();
            }
            if verdict.as_deref() == Some(ABANDONED) {
                ways.abandoned = true;
            }
        }
        (ways, days)
    }

    fn begin_anew(&mut self) {
        self.ways.values_mut().for_each(|way| way.since_result = 0);
        self.abandoned = false;
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.ways.is_empty()
    }

    /// How many visits brought no result; `modes` are the ways that are visits.
    pub fn without_result(&self, modes: &[String]) -> i64 {
        self.of_modes(modes).map(|way| way.since_result).sum()
    }

    /// How many contacts there were since the last result that may be visits.
    pub fn since_result(&self) -> i64 {
        let may_be = |how: &str| How::from_token(how).is_some_and(settings::may_be_visit);
        self.ways.iter().filter(|(how, _)| may_be(how)).map(|(_, way)| way.since_result).sum()
    }

    /// The day of the latest visit.
    pub fn last_visit(&self, modes: &[String]) -> Option<NaiveDate> {
        self.of_modes(modes).filter_map(|way| way.last).max()
    }

    fn of_modes<'a>(&'a self, modes: &'a [String]) -> impl Iterator<Item = &'a Way> + 'a {
        modes.iter().filter_map(|mode| self.ways.get(mode))
    }

    /// Where the customer stands, with the ways that are visits and how many without result are too many.
    pub fn standing(&self, modes: &[String], most: i64) -> Standing {
        let visits = self.without_result(modes);
        match (self.abandoned, visits >= most) {
            (true, _) => Standing::Abandoned,
            (false, true) => Standing::Dropped { visits },
            (false, false) => Standing::On,
        }
    }

    /// Whether some settings would let a plan of this way wait.
    pub fn may_suspend(&self, how: How) -> bool {
        settings::may_be_visit(how) && (self.abandoned || self.since_result() > 1)
    }

    /// Whether a plan of this way waits: it is a visit, and the customer is off the visit plan.
    pub fn suspends(&self, how: &str, followup: &settings::Followup) -> bool {
        let modes = &followup.visit_modes;
        modes.iter().any(|mode| mode == how)
            && self.standing(modes, followup.visits_without_result) != Standing::On
    }

    /// As the index keeps it: a way a line, with count and day, and `!` for one who was given up.
    pub fn to_text(&self) -> String {
        let mut text = String::with_capacity(32 * self.ways.len());
        for (how, way) in &self.ways {
            let last = way.last.map(day::text).unwrap_or_default();
            for part in [how, " ", &way.since_result.to_string(), " ", &last, "\n"] {
                text.push_str(part);
            }
        }
        match self.abandoned {
            true => text.push('!'),
            false => drop(text.pop()),
        }
        text
    }

    /// The inverse of [`Ways::to_text`].
    pub fn from_text(text: &str) -> Ways {
        let mut ways = Ways::default();
        for line in text.lines() {
            let mut words = line.split(' ');
            match (words.next(), words.next().and_then(|count| count.parse().ok())) {
                (Some("!"), _) => ways.abandoned = true,
                (Some(how), Some(since_result)) => {
                    let last = words.next().and_then(|day| day::iso(day).ok());
                    ways.ways.insert(how.to_owned(), Way { since_result, last });
                }
                _ => {}
            }
        }
        ways
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODES: [&str; 2] = ["door_visit", "invited_visit"];

    /// A card of follow-ups: `v` a visit, `e` one with a result, `c` a call, `a` one that gave up, `r` a return.
    fn ways(story: &str) -> Ways {
        let mut text = String::from("name = \"A\"\n");
        let mut back = String::new();
        for (at, event) in story.chars().enumerate() {
            let date = format!("2026-03-{:02}", at + 1);
            let more = match event {
                'v' => "how = \"door_visit\"",
                'i' => "how = \"invited_visit\"",
                'e' => "how = \"door_visit\"\neffective = true",
                'w' => "how = \"phone\"\nverdict = \"won\"",
                'a' => "how = \"door_visit\"\nverdict = \"abandoned\"",
                'r' => {
                    back += &format!("[[reentries]]\ndate = {date}\nreason = \"x\"\n");
                    continue;
                }
                _ => "how = \"phone\"",
            };
            text += &format!("[[followups]]\ndate = {date}\ntopic = \"x\"\n{more}\n");
        }
        Ways::of(&crate::card::read::read(&(text + &back), &SCHEMA).expect("a card"))
    }

    #[test]
    fn five_visits_without_result_drop_a_customer_and_nothing_else_does() {
        let modes = MODES.map(str::to_owned).to_vec();
        let cases = [
            ("vvvv", Standing::On),
            ("vvviv", Standing::Dropped { visits: 5 }),
            ("vvvvevvvv", Standing::On),
            ("vvvvwvvvv", Standing::On),
            ("ccccccccc", Standing::On),
            ("vvvvvr", Standing::On),
            ("vvvvvrvvvvv", Standing::Dropped { visits: 5 }),
            ("va", Standing::Abandoned),
            ("var", Standing::On),
            ("vaw", Standing::On),
            ("vae", Standing::On),
        ];
        for (story, standing) in cases {
            let ways = ways(story);
            assert_eq!(ways.standing(&modes, 5), standing, "{story}");
            assert_eq!(Ways::from_text(&ways.to_text()), ways, "{story}");
        }
        // On the day of the return itself, what was entered after it counts.
        let day = "date = 2026-03-11";
        let visit = |at: &str| {
            format!(
                "[[followups]]\n{day}\ntopic = \"x\"\nhow = \"door_visit\"\nentered_at = 2026-03-11T{at}:00+08:00\n"
            )
        };
        let back = format!("[[reentries]]\n{day}\nreason = \"x\"\nentered_at = 2026-03-11T10:00:00+08:00\n");
        let text = format!("name = \"A\"\n{}{}{back}", visit("09:00"), visit("11:00"));
        let card = crate::card::read::read(&text, &SCHEMA).expect("a card");
        assert_eq!(Ways::of(&card).without_result(&modes), 1);
        // Which ways are visits is a setting.
        assert_eq!(ways("vvviv").standing(&modes[..1], 5), Standing::On);
    }
}

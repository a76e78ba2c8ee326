//! A verdict after the fifth visit without result: won, abandoned, or a re-entry to the
//! visit plan with its reason. Due from the day of the last visit on.

use super::{Due, Horizon, Kept, Kind, OfCards, Seed, Source, What, Window};
use crate::i18n::{Say, Text};
use crate::rules::facts::Seen;
use crate::rules::visits::{Standing, Ways};
use crate::sections::How;

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

/// The ways that are visits unless a company says otherwise.
pub(super) fn usual() -> Vec<String> {
    [How::DoorVisit, How::InvitedVisit].map(|how| how.token().to_owned()).to_vec()
}

/// Counts sort as texts of five digits: by the usual visits, and by contacts of every way for a company
/// that counts other ways too.
fn seeds(seen: &Seen<'_>) -> Vec<Seed> {
    let ways = &seen.ways;
    if ways.abandoned {
        return Vec::new();
    }
    let seed = |field, count: i64| Seed {
        field,
        date: format!("{:05}", count.min(99_999)),
        detail: seen.ways_text.clone(),
        ..Seed::default()
    };
    let counts = [("usual", ways.without_result(&usual())), ("any", ways.since_result())];
    counts.into_iter().filter(|(_, count)| *count > 1).map(|(field, count)| seed(field, count)).collect()
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
    let ways = Ways::from_text(kept.detail);
    let Standing::Dropped { visits } = ways.standing(&followup.visit_modes, followup.visits_without_result)
    else {
        return None;
    };
    let date = ways.last_visit(&followup.visit_modes)?;
    let what = What::Verdict { visits }.say(horizon.lang).into_owned();
    (date <= horizon.until).then(|| Due { date, turn: date.to_string(), what })
}

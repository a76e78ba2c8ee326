//! Notes of a supervisor: open until the owner answers.

use super::{Due, Horizon, Kept, Kind, OfCards, Seed, Source, What, Window, detail};
use crate::card::Record;
use crate::card::schema::Described;
use crate::i18n::{Say, Text};
use crate::rules::facts::Seen;
use crate::sections::{Review, SCHEMA};

pub(super) static SOURCE: Source = Source {
    kind: Kind {
        key: "review",
        label: Text::new("Review", "主管批注", "主管批註"),
        help: Text::new(
            "A supervisor's note: until it has an answer.",
            "主管的批注：到填写答复为止。",
            "主管的批註：到填寫答覆為止。",
        ),
    },
    from: OfCards { seeds, windows, due },
};

fn seeds(seen: &Seen<'_>) -> Vec<Seed> {
    // Also one that a hand wrote without its day.
    let text = |record: &Record, key: &str| {
        record.get(Review::SECTION, key).map(|value| value.text().trim().to_owned()).unwrap_or_default()
    };
    let all = seen.card.of(&SCHEMA, Review::SECTION.key).iter();
    let open = all.filter(|review| text(review, "answer").is_empty() && !text(review, "note").is_empty());
    open.map(|review| Seed {
        record: review.id.clone(),
        field: "date",
        date: text(review, "date"),
        who: String::new(),
        detail: detail(&[&text(review, "by"), &text(review, "note")]),
    })
    .collect()
}

fn windows(horizon: &Horizon<'_>) -> Vec<Window> {
    Window::up_to("date", horizon.until)
}

fn due(horizon: &Horizon<'_>, kept: &Kept<'_>) -> Option<Due> {
    let note = kept.part(1).to_owned();
    let what = match kept.part(0) {
        "" => note,
        by => {
            let by = horizon.settings.member(by).map_or(by, |member| &member.name).to_owned();
            What::Note { by, note }.say(horizon.lang).into_owned()
        }
    };
    // Without a day it is open from now on, and the same tomorrow.
    let (date, turn) = if kept.date.is_empty() { (horizon.today, "open") } else { (kept.day()?, "") };
    Some(Due { date, turn: turn.to_owned(), what })
}

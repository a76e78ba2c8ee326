//! Notes of a supervisor: open until the owner answers.

use super::{Due, Horizon, Kept, Kind, OfCards, Seed, Source, What, Window, detail};
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
    let open = seen.card.records::<Review>(&SCHEMA).into_iter();
    let open = open.filter(|review| review.answer.as_deref().is_none_or(|answer| answer.trim().is_empty()));
    open.map(|review| Seed {
        record: review.id,
        field: "date",
        date: review.date.to_string(),
        who: String::new(),
        detail: detail(&[review.by.as_ref().map_or("", |by| &by.0), &review.note]),
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
    Some(Due { date: kept.day()?, turn: String::new(), what })
}

//! `crm search`.

use super::Outcome;
use super::args::SearchArgs;
use super::console::Console;
use super::list;
use crate::error::Result;
use crate::i18n::notice::Notice;
use crate::render::Format;
use crate::report::search::{Telling, as_rows, for_people, for_scripts};
use crate::workspace::{Search, Wish};

/// Places of one card that people see, unless they ask for all.
const PLACES: usize = 8;

pub(super) fn run(console: &Console, args: SearchArgs) -> Result<Outcome> {
    let text = args.words.join(" ");
    let workspace = console.workspace()?;
    let query = workspace.words(&text)?;
    let wish = Wish {
        stage: args.stage,
        country: args.country,
        owner: args.owner,
        tags: args.tag,
        condition: args.condition,
        ..Wish::default()
    };
    let filter = match wish.is_everyone() {
        true => None,
        false => Some(list::listing(console, &workspace, &wish)?.filter),
    };
    let limit = Some(args.limit).filter(|limit| *limit > 0);
    let search = Search { query, filter, limit };
    let answer = workspace.search(&search)?;
    let telling = Telling { query: &search.query, settings: workspace.settings(), lang: console.lang() };
    match console.common.format {
        Format::Table | Format::Ics => {
            let (view, more_places) = for_people(&answer.cards, &telling, limit.map(|_| PLACES));
            console.show(&view)?;
            if more_places > 0 {
                console.say(&Notice::MorePlaces { count: more_places });
            }
        }
        Format::Csv => console.show(&as_rows(&answer.cards, &telling))?,
        Format::Json | Format::JsonLines => console.show(&for_scripts(&answer.cards, &telling))?,
    }
    if answer.more > 0 {
        console.say(&Notice::MoreFound { count: answer.more });
    }
    if answer.cards.is_empty() {
        console.say(&Notice::NothingFound { text });
    }
    Ok(console.ended(&answer.losses))
}

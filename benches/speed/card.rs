//! One card of the generated archive: where it is filed and what it says. Pure: the same seed and
//! running number always give the same bytes. Writes no files.

use crate::words;
use chrono::{Days, NaiveDate};
use std::fmt::Write as _;

/// A small generator of pseudo-random numbers (splitmix64), so that archives are the same everywhere.
pub(crate) struct Prng(u64);

impl Prng {
    /// A stream of its own for each pair of seed and running number.
    pub(crate) fn new(seed: u64, index: usize) -> Self {
        let mut prng = Prng(seed.wrapping_mul(0xD1B5_4A32_D192_ED03) ^ index as u64);
        prng.next();
        prng
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `end - 1`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn pick(&mut self, words: &[&'static str]) -> &'static str {
        words[self.below(words.len())]
    }

    /// Different words of the list, as the inside of a TOML array.
    fn several(&mut self, words: &[&'static str], most: usize) -> String {
        let start = self.below(words.len());
        let count = 1 + self.below(most);
        let chosen = words.iter().cycle().skip(start).take(count);
        chosen.map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ")
    }

    /// Crockford base32, lower case, five bits a character.
    fn id(&mut self, length: usize) -> String {
        const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
        (0..length).map(|_| char::from(ALPHABET[self.below(32)])).collect()
    }
}

/// A customer as the archive files it.
pub(crate) struct Card {
    pub(crate) id: String,
    /// `C0042`.
    pub(crate) number: String,
    /// From the root of the archive to the card, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
    /// Whether a plan is due today or before.
    pub(crate) due: bool,
}

/// A company as it stands on a card, in a row of an import and in the name of a folder.
pub(crate) struct Company {
    pub(crate) country: usize,
    pub(crate) name: String,
    short_name: String,
}

/// The keys of the team.
pub(crate) const TEAM: &[&str] = &["lin", "wang", "chen"];
const HOW: &[&str] =
    &["email", "email", "email", "phone", "web_chat", "door_visit", "invited_visit", "sms", "other"];

/// A company in a country drawn as in life: 40 % in one, 15 % in the next, 5 % at home.
pub(crate) fn company(prng: &mut Prng, index: usize) -> Company {
    let country = match prng.below(100) {
        0..40 => 0,
        40..55 => 1,
        55..60 => 2,
        _ => 3 + prng.below(words::COUNTRIES.len() - 3),
    };
    let script = words::script(words::COUNTRIES[country].0);
    let (first, trade, form) = (prng.pick(script.first), prng.pick(script.trade), prng.pick(script.form));
    let name = format!("{first} {trade} {index:05} {form}");
    Company { country, name, short_name: format!("{first} {index}") }
}

/// The card with the running number `index` (from 1) of the archive with this seed.
pub(crate) fn card(seed: u64, index: usize, today: NaiveDate) -> Card {
    let prng = &mut Prng::new(seed, index);
    let company = company(prng, index);
    let outlook = Outlook::draw(prng);
    let (code, label, _, _) = words::COUNTRIES[company.country];
    let stage = match (outlook, prng.below(100)) {
        (Outlook::Nothing, 0..80) => "停止往来",
        (_, 0..60) => "潜在客户",
        _ if code == "CN" => "国内客户",
        _ => "国外客户",
    };
    let (id, number) = (prng.id(12), format!("C{index:04}"));
    let owner = prng.pick(TEAM);
    let mut text = head(prng, &company, [&id, &number, owner]);
    contacts(prng, &mut text, index);
    followups(prng, &mut text, 8, (owner, today));
    plans(prng, &mut text, outlook, (owner, today));
    let path = format!("{stage}/{code}-{label}/{}/card.toml", company.name);
    Card { id, number, path, text, due: outlook == Outlook::Due }
}

/// A card of about 1 MB: the card `index` with 200 orders of ten lines and 2,000 follow-ups.
pub(crate) fn large_card(seed: u64, index: usize, today: NaiveDate) -> Card {
    let mut card = card(seed, index, today);
    let prng = &mut Prng::new(seed ^ 1, index);
    followups(prng, &mut card.text, 1992, ("lin", today));
    for order in 1..=200 {
        let id = prng.id(6);
        let date = today - Days::new(prng.below(900) as u64);
        card.text.push_str(&format!("\n[[orders]]\nid = \"{id}\"\nno = \"S26C{order:03}\"\ndate = {date}\n"));
        for _ in 0..10 {
            let (id, item, quantity) = (prng.id(6), prng.pick(words::PRODUCTS), 50 * (1 + prng.below(80)));
            let (cents, note) = (prng.below(90_000) + 100, note(prng));
            let price = format!("{}.{:02} USD", cents / 100, cents % 100);
            card.text.push_str(&format!("\n[[orders.lines]]\nid = \"{id}\"\nitem = \"{item}\"\n"));
            card.text.push_str(&format!(
                "quantity = \"{quantity} pcs\"\nprice = \"{price}\"\nnote = \"{note}\"\n"
            ));
        }
    }
    card
}

/// What is planned with a customer: 1 % is due, 10 % have no plan.
#[derive(Clone, Copy, PartialEq)]
enum Outlook {
    Due,
    Nothing,
    Later,
}

impl Outlook {
    fn draw(prng: &mut Prng) -> Self {
        match prng.below(1000) {
            0..10 => Outlook::Due,
            10..110 => Outlook::Nothing,
            _ => Outlook::Later,
        }
    }
}

fn head(prng: &mut Prng, company: &Company, [id, number, owner]: [&str; 3]) -> String {
    let mut text = format!("id = \"{id}\"\nno = \"{number}\"\n");
    let (_, _, _, city) = words::COUNTRIES[company.country];
    let digits = number.trim_start_matches('C');
    let nature = prng.pick(&["trader", "buyer"]);
    let biz_type = prng.pick(&["trading_company", "trading_company", "buying_office", "personal"]);
    let street = prng.pick(words::STREETS);
    let house = 1 + prng.below(240);
    let fields = [
        ("name", company.name.clone()),
        ("short_name", company.short_name.clone()),
        ("owner", owner.to_owned()),
        ("industry", prng.pick(words::INDUSTRIES).to_owned()),
        ("main_business", prng.pick(words::BUSINESSES).to_owned()),
        ("nature", nature.to_owned()),
        ("biz_type", biz_type.to_owned()),
        ("website", format!("https://www.company-{digits}.example")),
        ("address", format!("{street} {house}, {} {city}", 10_000 + prng.below(89_999))),
        ("city", city.to_owned()),
    ];
    for (key, value) in fields {
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "{key} = \"{value}\"");
    }
    let (tags, products) = (prng.several(words::TAGS, 3), prng.several(words::PRODUCTS, 4));
    text.push_str(&format!("tags = [{tags}]\nproducts = [{products}]\n"));
    text
}

fn contacts(prng: &mut Prng, text: &mut String, index: usize) {
    for person in 0..2 {
        let (id, name, title) = (prng.id(6), prng.pick(words::PEOPLE), prng.pick(words::TITLES));
        let (role, main) = if person == 0 { ("decision_maker", "main = true\n") } else { ("influencer", "") };
        text.push_str(&format!("\n[[contacts]]\nid = \"{id}\"\nname = \"{name}\"\ntitle = \"{title}\"\n"));
        text.push_str(&format!("role = \"{role}\"\n{main}"));
        let number = phone(index, person);
        let second = match prng.pick(&["phone", "mobile", "wechat", "whatsapp"]) {
            "wechat" => ("wechat", format!("wx_{index}_{person}")),
            kind => (kind, number),
        };
        for (kind, value) in [("email", format!("buyer{person}@company-{index:04}.example")), second] {
            let id = prng.id(6);
            text.push_str(&format!(
                "\n[[contacts.channels]]\nid = \"{id}\"\nkind = \"{kind}\"\nvalue = \"{value}\"\n"
            ));
        }
    }
}

/// A telephone number that no other card has.
pub(crate) fn phone(index: usize, person: usize) -> String {
    format!("+1 {} 555 {:04}", 201 + 2 * (index / 10_000) + person, index % 10_000)
}

fn followups(prng: &mut Prng, text: &mut String, count: usize, (by, today): (&str, NaiveDate)) {
    let step = 900 / count.max(1) + 1;
    for number in (0..count).rev() {
        let back = 25 + (number * 900 / count.max(1)) + prng.below(step);
        let (id, date, how) = (prng.id(6), today - Days::new(back as u64), prng.pick(HOW));
        let (topic, note) = (prng.pick(words::TOPICS), note(prng));
        text.push_str(&format!("\n[[followups]]\nid = \"{id}\"\ndate = {date}\nhow = \"{how}\"\n"));
        text.push_str(&format!("topic = \"{topic}\"\nnote = \"{note}\"\nby = \"{by}\"\n"));
    }
}

fn plans(prng: &mut Prng, text: &mut String, outlook: Outlook, (by, today): (&str, NaiveDate)) {
    let mut dates = match outlook {
        Outlook::Nothing => return,
        Outlook::Due => vec![today - Days::new(prng.below(20) as u64)],
        Outlook::Later => vec![today + Days::new(1 + prng.below(120) as u64)],
    };
    if prng.below(3) == 0 {
        dates.push(today + Days::new(121 + prng.below(60) as u64));
    }
    for date in dates {
        let (id, how, goal) = (prng.id(6), prng.pick(HOW), prng.pick(words::GOALS));
        text.push_str(&format!("\n[[plans]]\nid = \"{id}\"\ndate = {date}\nhow = \"{how}\"\n"));
        text.push_str(&format!("goal = \"{goal}\"\nby = \"{by}\"\n"));
    }
}

/// A note of 60 to 200 characters.
fn note(prng: &mut Prng) -> String {
    let least = 60 + prng.below(60);
    let mut note = prng.pick(words::SENTENCES).to_owned();
    while note.chars().count() < least {
        let sentence = prng.pick(words::SENTENCES);
        if !note.contains(sentence) {
            note.push(' ');
            note.push_str(sentence);
        }
    }
    note
}

/// The text of a card with another telephone number of the company: the edit that `crm set` makes.
pub(crate) fn with_phone(text: &str, value: &str) -> String {
    let mut lines: Vec<String> =
        text.lines().filter(|line| !line.starts_with("phone = ")).map(str::to_owned).collect();
    let behind = lines.iter().position(|line| line.starts_with("short_name = ")).map_or(0, |place| place + 1);
    lines.insert(behind, format!("phone = \"{value}\""));
    lines.join("\n") + "\n"
}

/// The text of a card with its first note changed, as a person's editor leaves it.
pub(crate) fn with_note(text: &str, round: usize) -> String {
    text.replacen("\nnote = \"", &format!("\nnote = \"({round}) "), 1)
}

/// `count` rows for an import, none of them a customer of the archive with this seed.
pub(crate) fn import_rows(seed: u64, count: usize) -> String {
    let mut csv = "companyName,country,contactName,contactTitle,phone,address,city\n".to_owned();
    for index in 1..=count {
        let prng = &mut Prng::new(seed ^ 0xC5F, index);
        let company = company(prng, index);
        let (code, chinese, english, city) = words::COUNTRIES[company.country];
        let country = [code, chinese, english][prng.below(3)];
        let (person, title, street) =
            (prng.pick(words::PEOPLE), prng.pick(words::TITLES), prng.pick(words::STREETS));
        let (phone, house) = (phone(index, 0), 1 + prng.below(240));
        let _ = writeln!(
            csv,
            "{},{country},{person},{title},{phone},\"{street} {house}, {city}\",{city}",
            company.name
        );
    }
    csv
}

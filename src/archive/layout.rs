//! The folder is the filing: `stage/country/company`. Stage and country are read from the
//! folder names, in any language that `crm` speaks; they are written in the archive's.

use super::names;
use crate::card::country::{self, Country};
use crate::i18n::{Lang, Text};
use crate::settings::{Settings, tongue};

/// How far dealings with a customer have come. It is where the folder stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// No order yet.
    Prospect,
    /// A customer.
    Customer,
    /// No more dealings.
    Closed,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Stage; 3] = [Stage::Prospect, Stage::Customer, Stage::Closed];

    /// The token for scripts.
    pub const fn token(self) -> &'static str {
        match self {
            Stage::Prospect => "prospect",
            Stage::Customer => "customer",
            Stage::Closed => "closed",
        }
    }

    /// What people see.
    pub const fn label(self) -> Text {
        match self {
            Stage::Prospect => Text::new("Prospect", "潜在客户"),
            Stage::Customer => Text::new("Customer", "客户"),
            Stage::Closed => Text::new("Closed", "停止往来"),
        }
    }

    /// The stage that a person means by a token or a label.
    pub fn meant(typed: &str) -> Option<Stage> {
        let folded = typed.trim().to_lowercase();
        let plural = |s: Stage| format!("{}s", s.token()) == folded;
        Stage::ALL.into_iter().find(|s| {
            s.token() == folded || plural(*s) || s.label().every().any(|l| l.to_lowercase() == folded)
        })
    }
}

/// The four folders at the root: stage, and for customers home or abroad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Branch {
    /// Prospects, of any country.
    Prospects,
    /// Customers abroad.
    Customers,
    /// Customers in the home country.
    Domestic,
    /// Closed, of any country.
    Closed,
}

impl Branch {
    /// Every branch, in order.
    pub const ALL: [Branch; 4] = [Branch::Prospects, Branch::Customers, Branch::Domestic, Branch::Closed];

    /// The folder's name in every language.
    pub const fn label(self) -> Text {
        match self {
            Branch::Prospects => Text::new("prospects", "潜在客户"),
            Branch::Customers => Text::new("customers", "国外客户"),
            Branch::Domestic => Text::new("domestic", "国内客户"),
            Branch::Closed => Text::new("closed", "停止往来"),
        }
    }

    /// The stage of a customer in this folder.
    pub const fn stage(self) -> Stage {
        match self {
            Branch::Prospects => Stage::Prospect,
            Branch::Customers | Branch::Domestic => Stage::Customer,
            Branch::Closed => Stage::Closed,
        }
    }
}

/// Where a customer's folder stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The folder at the root.
    pub branch: Branch,
    /// The country.
    pub country: Country,
    /// The path from the archive's root, with `/`: `潜在客户/DE-德国/Müller`.
    pub folder: String,
}

impl Place {
    /// The path of the card from the archive's root.
    pub fn card(&self) -> String {
        format!("{}/{}", self.folder, super::CARD)
    }

    /// The name of the company's own folder.
    pub fn company(&self) -> &str {
        self.folder.rsplit('/').next().unwrap_or(&self.folder)
    }

    /// The stage.
    pub fn stage(&self) -> Stage {
        self.branch.stage()
    }
}

/// The names of folders in one archive.
#[derive(Clone, Debug)]
pub struct Layout {
    names: [String; 4],
    home: Country,
    lang: Lang,
}

impl Layout {
    /// The layout that the settings ask for.
    pub fn new(settings: &Settings) -> Layout {
        let lang = settings.language();
        let folders = &settings.archive.folders;
        let own = [&folders.prospects, &folders.customers, &folders.domestic, &folders.closed];
        let names = std::array::from_fn(|i| {
            own[i]
                .clone()
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| Branch::ALL[i].label().get(lang).to_owned())
        });
        Layout { names, home: settings.home(), lang }
    }

    /// The setting of a folder's name that cannot be one: not safe, or taken for another stage's.
    pub fn bad_folder(settings: &Settings) -> Option<(&'static str, String)> {
        let layout = Layout::new(settings);
        let keys = ["prospects", "customers", "domestic", "closed"];
        Branch::ALL.into_iter().zip(keys).find_map(|(branch, key)| {
            let name = layout.branch_name(branch);
            let taken = Branch::ALL.into_iter().filter(|b| *b != branch).any(|other| {
                names::fold(layout.branch_name(other)) == names::fold(name)
                    || other.label().every().any(|label| names::fold(label) == names::fold(name))
            });
            (taken || !names::is_safe(name)).then(|| (key, name.to_owned()))
        })
    }

    /// The name under which a branch is written.
    pub fn branch_name(&self, branch: Branch) -> &str {
        &self.names[branch as usize]
    }

    /// The branch that a folder at the root is: by its own name, else by that of any language.
    pub fn branch(&self, folder: &str) -> Option<Branch> {
        let own = Branch::ALL.into_iter().find(|b| self.branch_name(*b) == folder);
        own.or_else(|| Branch::ALL.into_iter().find(|b| b.label().every().any(|name| name == folder)))
    }

    /// The name under which a country is written: `DE-德国`.
    pub fn country_name(&self, country: Country) -> String {
        country.folder_label(tongue(self.lang))
    }

    /// The country that a folder is: `DE-德国`, or a code or name with exactly one meaning.
    pub fn country(&self, folder: &str) -> Option<Country> {
        let code = folder.split('-').next().unwrap_or("");
        let usual = Country::from_code(code).filter(|c| self.country_name(*c) == folder);
        usual.or_else(|| Country::parse(folder).ok())
    }

    /// The country of today of a folder that an old or wrong code names: `ZR-扎伊尔`.
    pub fn old_country(&self, folder: &str) -> Option<Country> {
        let reading = country::read(folder, None).ok().filter(|reading| reading.original.is_some())?;
        Some(reading.country)
    }

    /// The branch in which a customer of a stage and country is filed.
    pub fn filing(&self, stage: Stage, country: Country) -> Branch {
        match stage {
            Stage::Prospect => Branch::Prospects,
            Stage::Closed => Branch::Closed,
            Stage::Customer if country == self.home => Branch::Domestic,
            Stage::Customer => Branch::Customers,
        }
    }

    /// Reads where a folder stands from its path; `None` when it is at no place for a customer.
    pub fn place(&self, folder: &str) -> Option<Place> {
        let mut parts = folder.split('/');
        let (branch, country, company) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || company.is_empty() {
            return None;
        }
        Some(Place {
            branch: self.branch(branch)?,
            country: self.country(country)?,
            folder: folder.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(toml: &str) -> Layout {
        Layout::new(&Settings::read(toml).expect("settings"))
    }

    #[test]
    fn folders_are_read_in_any_language_and_written_in_the_archives() {
        let chinese = layout("[archive]\nlanguage = \"zh-CN\"");
        assert_eq!(chinese.branch("prospects"), Some(Branch::Prospects));
        assert_eq!(chinese.branch_name(Branch::Customers), "国外客户");
        let germany = chinese.country("DE-Germany").expect("Germany");
        assert_eq!(chinese.country_name(germany), "DE-德国");
        assert_eq!(chinese.country("Germany"), Some(germany));
        assert_eq!(chinese.country("Atlantis"), None);
    }

    #[test]
    fn a_folder_with_an_old_code_is_the_country_of_today_or_none() {
        let chinese = layout("[archive]\nlanguage = \"zh-CN\"");
        let of = |folder| chinese.country(folder).map(Country::code);
        assert_eq!(of("ZR-扎伊尔"), Some("CD"));
        assert_eq!(of("BL-巴勒斯坦"), Some("PS"));
        assert_eq!(of("YU-南斯拉夫联盟"), None);
        assert_eq!(chinese.old_country("ZR-扎伊尔").map(Country::code), Some("CD"));
        assert_eq!(chinese.old_country("BL-圣巴泰勒米"), None);
        assert_eq!(chinese.old_country("DE"), None);
    }

    #[test]
    fn the_country_decides_between_home_and_abroad() {
        let layout = layout("");
        let of = |code| layout.filing(Stage::Customer, Country::from_code(code).expect(code));
        assert_eq!(of("CN"), Branch::Domestic);
        assert_eq!(of("HK"), Branch::Customers);
    }

    #[test]
    fn only_three_levels_are_a_place() {
        let layout = layout("");
        assert!(layout.place("prospects/DE-Germany/Müller").is_some());
        assert!(layout.place("prospects/DE-Germany").is_none());
        assert!(layout.place("prospects/DE-Germany/Müller/old").is_none());
        assert!(layout.place("other/DE-Germany/Müller").is_none());
    }

    #[test]
    fn a_folder_name_that_leaves_the_layout_is_refused() {
        for name in ["a/b", ".git", "..", "/tmp", "customers", "国外客户", "Closed", "a."] {
            let settings = Settings::read(&format!("[archive.folders]\nprospects = \"{name}\"")).expect(name);
            assert_eq!(Layout::bad_folder(&settings), Some(("prospects", name.into())), "{name}");
        }
        let settings = Settings::read("[archive.folders]\nprospects = \"leads\"").expect("settings");
        assert_eq!(Layout::bad_folder(&settings), None);
    }

    #[test]
    fn a_folder_name_of_the_companys_own_counts() {
        let layout = layout("[archive.folders]\nprospects = \"leads\"");
        assert_eq!(layout.branch("leads"), Some(Branch::Prospects));
    }
}

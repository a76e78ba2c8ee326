//! Country codes that old lists hold and ISO 3166-1 no longer has, or never had: what they mean
//! today. Data only; how a text is read with it stands in `country_read.rs`.
//!
//! Codes, dates and four-letter codes are those of ISO 3166-3, from the Debian package iso-codes
//! 4.15.0 (`iso_3166-3.json`): every code withdrawn since 1989, which is what a list of the nineties
//! may hold. Codes that ISO has given again (AI, BQ, BY, GE, SK) are read as what they are today.
//! KT and BL are of no standard: lists of the trade have them by mistake for Côte d'Ivoire and for
//! Palestine.

/// An old or wrong code, and the countries of today that it may mean.
#[derive(Debug, PartialEq, Eq)]
pub struct Old {
    /// The code as lists have it.
    pub code: &'static str,
    /// Its three letters; empty where there are none of its own.
    pub alpha3: &'static str,
    /// Names of the country in its time, and the labels of old lists. A name that means one country
    /// of today is not here but among the aliases.
    pub names: &'static [&'static str],
    /// The countries of today, the likeliest first.
    pub to: &'static [&'static str],
    /// Countries that it meant before most lists were made: for the oldest records only.
    pub before: &'static [&'static str],
    /// The code in ISO 3166-3; empty where ISO never withdrew it.
    pub standard: &'static str,
    /// The day from which it was no longer valid; empty where ISO never withdrew it.
    pub until: &'static str,
}

impl Old {
    /// Whether it is read without asking: it has one meaning.
    pub fn automatic(&self) -> bool {
        self.to.len() == 1 && self.before.is_empty()
    }
}

/// Every old or wrong code. One that ISO withdrew twice stands here twice.
pub static OLD: &[Old] = &[
    Old {
        code: "AN",
        alpha3: "ANT",
        names: &["Netherlands Antilles", "Dutch Antilles", "荷属安的列斯", "荷属安的列斯群岛"],
        to: &["CW", "SX", "BQ"],
        before: &[],
        standard: "ANHH",
        until: "2010-12-15",
    },
    Old {
        // No label of old lists, no withdrawal: the code of Saint Barthélemy, printed for Palestine.
        code: "BL",
        alpha3: "",
        names: &[],
        to: &["PS", "BL"],
        before: &[],
        standard: "",
        until: "",
    },
    Old {
        code: "BU",
        alpha3: "BUR",
        names: &["Socialist Republic of the Union of Burma"],
        to: &["MM"],
        before: &[],
        standard: "BUMM",
        until: "1989-12-05",
    },
    Old {
        code: "CS",
        alpha3: "CSK",
        names: &["Czechoslovakia", "捷克斯洛伐克"],
        to: &["CZ", "SK"],
        before: &[],
        standard: "CSHH",
        until: "1993-06-15",
    },
    Old {
        code: "CS",
        alpha3: "SCG",
        names: &["Serbia and Montenegro", "塞尔维亚和黑山", "塞黑"],
        to: &["RS", "ME"],
        before: &[],
        standard: "CSXX",
        until: "2006-09-26",
    },
    Old {
        code: "DD",
        alpha3: "DDR",
        names: &["German Democratic Republic", "East Germany", "GDR", "民主德国", "东德"],
        to: &["DE"],
        before: &[],
        standard: "DDDE",
        until: "1990-10-30",
    },
    Old {
        code: "FX",
        alpha3: "FXX",
        names: &["Metropolitan France", "France, Metropolitan", "法国本土"],
        to: &["FR"],
        before: &[],
        standard: "FXFR",
        until: "1997-07-14",
    },
    Old { code: "KT", alpha3: "", names: &[], to: &["CI"], before: &[], standard: "", until: "" },
    Old {
        code: "NT",
        alpha3: "NTZ",
        names: &["Neutral Zone", "中立区"],
        to: &["SA", "IQ"],
        before: &[],
        standard: "NTHH",
        until: "1993-07-12",
    },
    Old {
        code: "SU",
        alpha3: "SUN",
        names: &["USSR", "Soviet Union", "Union of Soviet Socialist Republics", "苏联", "前苏联"],
        to: &["RU", "UA", "BY", "KZ", "UZ", "TM", "TJ", "KG", "AZ", "AM", "GE", "MD", "EE", "LV", "LT"],
        before: &[],
        standard: "SUHH",
        until: "1992-08-30",
    },
    Old {
        code: "TP",
        alpha3: "TMP",
        names: &["Portuguese Timor"],
        to: &["TL"],
        before: &[],
        standard: "TPTL",
        until: "2002-05-20",
    },
    Old {
        code: "YD",
        alpha3: "YMD",
        names: &[
            "Democratic Yemen",
            "People's Democratic Republic of Yemen",
            "South Yemen",
            "民主也门",
            "南也门",
        ],
        to: &["YE"],
        before: &[],
        standard: "YDYE",
        until: "1990-08-14",
    },
    Old {
        // The federation of Serbia and Montenegro from 1992 on; before that the six republics.
        code: "YU",
        alpha3: "YUG",
        names: &[
            "Yugoslavia",
            "Federal Republic of Yugoslavia",
            "Socialist Federal Republic of Yugoslavia",
            "南斯拉夫",
            "南斯拉夫联盟",
            "南联盟",
            "南斯拉夫联盟共和国",
            "前南斯拉夫",
        ],
        to: &["RS", "ME"],
        before: &["BA", "HR", "MK", "SI", "XK"],
        standard: "YUCS",
        until: "2003-07-23",
    },
    Old {
        code: "ZR",
        alpha3: "ZAR",
        names: &["Zaire", "Republic of Zaire", "扎伊尔", "扎伊尔共和国"],
        to: &["CD"],
        before: &[],
        standard: "ZRCD",
        until: "1997-07-14",
    },
];

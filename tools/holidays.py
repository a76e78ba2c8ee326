#!/usr/bin/env python3
"""Makes src/rules/holidays/days.txt and names.txt: the public holidays of the world.

Source:   the PyPI package holidays 0.109 (https://github.com/vacanza/holidays).
          The Chinese names, the keys and what is a festival's own day stand in
          tools/holiday_names.txt and are ours.
Licence:  MIT, Copyright (c) Vacanza Team and individual contributors, (c)
          dr-prodigy 2017-2023, (c) ryanss 2014-2017; no code of it is copied.
Check:    the Chinese festivals are compared with the PyPI package lunardate
          0.3.0; nothing is taken from it.

Run once a year, and when a country moves a holiday:

    python3 -m venv VENV
    VENV/bin/pip install holidays==0.109 lunardate==0.3.0
    VENV/bin/python tools/holidays.py

A newer package may be used; then change the version here and the years, and
read the diff of the tables before it is committed.
"""

import re
import sys
import unicodedata
from collections import Counter
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path

# The script has the package's own name; it must not find itself.
TOOLS = Path(__file__).resolve().parent
sys.path = [place for place in sys.path if Path(place or ".").resolve() != TOOLS]

import holidays
from holidays.constants import GOVERNMENT, OPTIONAL, PUBLIC, WORKDAY
from holidays.groups import buddhist, hindu, islamic, mongolian, sinhala, tibetan
from lunardate import LunarDate

HOLIDAYS, LUNARDATE = "0.109", "0.3.0"
FIRST, LAST = 2024, 2035
ROOT = TOOLS.parent
NAMES = TOOLS / "holiday_names.txt"
COUNTRIES = ROOT / "src" / "card" / "country_table.rs"
TABLES = ROOT / "src" / "rules" / "holidays"

# What a country itself calls its public holidays is wider than what the
# package files under PUBLIC: the federal holidays of Canada, the general
# holidays of Hong Kong and Macao, beside those that every employer must give.
WIDER = {"CA": (PUBLIC, GOVERNMENT), "HK": (PUBLIC, OPTIONAL), "MO": (PUBLIC, OPTIONAL)}

# Under martial law the holidays of Ukraine are kept, and people work.
WORKED = {"UA": WORKDAY}

# The last year for which the package has the whole list, where it is earlier:
# the calendars of Sri Lanka and Nepal are computed no further. `check_ends`
# stops when another list breaks off.
ENDS = {"LK": 2026, "NP": 2032}

# The package has no public holidays of these places: nobody lives there.
NOBODY = {"BV", "HM", "IO"}

OWN, BESIDE, INSTEAD, OFF, AT_WORK = "", "b", "i", "o", "w"
KIND_OF = {"+": BESIDE, "=": INSTEAD, "-": OFF}

# What the package says of a day behind its name. "In lieu" and "substitute"
# are its other words for observed.
SAID = re.compile(r" \((observed|in lieu|substitute day)?(?:, )?(estimated)?\)$")

# A day off for which another day is worked; the package names that day.
SHIFTED = re.compile(r"Day off \(substituted from \d\d/\d\d/\d{4}\)")


def say_every_estimate():
    """Has the package say where a date is reckoned and not yet announced.

    It leaves this out for some countries, as for all of India. The Chinese
    calendar is left alone: its days are reckoned by a rule that all keep.
    """
    for group in (
        buddhist.BuddhistCalendarHolidays,
        hindu.HinduCalendarHolidays,
        islamic.IslamicHolidays,
        mongolian.MongolianCalendarHolidays,
        sinhala.SinhalaCalendarHolidays,
        tibetan.TibetanCalendarHolidays,
    ):
        silent = group.__init__

        def loud(self, *args, silent=silent, **keywords):
            keywords["show_estimated"] = True
            silent(self, *args, **keywords)

        group.__init__ = loud


def slug(name):
    """An ASCII snake_case key made from an English name."""
    plain = unicodedata.normalize("NFKD", name.replace("'", "").replace("ʻ", ""))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    key = re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")
    if any(c.isalpha() and not c.isascii() for c in plain):
        sys.exit(f"a letter without an ASCII form: {name}")
    return key


class Names:
    """tools/holiday_names.txt, looked up by the name in the source."""

    def __init__(self):
        self.known, self.unused = {}, set()
        for number, line in enumerate(NAMES.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                self.read(number, line)

    def read(self, number, line):
        parts = [part.strip() for part in line.split("|")]
        if not 3 <= len(parts) <= 5:
            sys.exit(f"{NAMES}:{number}: three to five parts are wanted")
        english, simplified, traditional, key, sources = parts + [""] * (5 - len(parts))
        kind = KIND_OF.get(key[:1], OWN)
        key = key.lstrip("+=-") or slug(english)
        sources = [source.strip() for source in sources.split(";") if source.strip()]
        of_single_lands = sources and all(re.match("[A-Z]{2}:", source) for source in sources)
        if kind != INSTEAD and not of_single_lands and english not in sources:
            sources.append(english)
        for source in sources:
            if source in self.known:
                sys.exit(f"{NAMES}:{number}: {source} is there twice")
            if source != english:
                self.unused.add(source)
            self.known[source] = ((key, english, simplified, traditional), kind)

    def find(self, code, source):
        """The row of a name, and the kind of its days."""
        for known in (f"{code}:{source}", source):
            if known in self.known:
                self.unused.discard(known)
                return self.known[known]
        return (slug(source), source), OWN

    def check_used(self):
        if self.unused:
            sys.exit(f"not in the package: {'; '.join(sorted(self.unused))}")


def days_of(names, code, year):
    """Every day of a year: {(date, row): (kind, is_estimated)}."""
    language = "en_US" if "en_US" in getattr(holidays, code).supported_languages else None
    found = {}

    def add(categories, at_work):
        calendar = holidays.country_holidays(code, years=year, categories=categories, language=language)
        for day, together in calendar.items():
            for name in together.split("; "):
                said = SAID.search(name)
                plain = "Day off" if SHIFTED.fullmatch(name) else SAID.sub("", name)
                row, kind = names.find(code, plain)
                if said and said[1] and kind != OFF:
                    kind = INSTEAD
                if at_work and kind == OWN:
                    kind = AT_WORK
                is_estimated = bool(said and said[2])
                before = found.get((day, row))
                # The festival's own day is said rather than the day off for another one.
                if before is None or order(kind) < order(before[0]):
                    found[day, row] = (kind, is_estimated)

    add(WIDER.get(code, (PUBLIC,)), at_work=False)
    if code in WORKED:
        add((WORKED[code],), at_work=True)
    return found


def order(kind):
    return [OWN, AT_WORK, BESIDE, INSTEAD, OFF].index(kind)


def check_ends(code, years):
    """Stops when a holiday that came every year no longer comes."""
    last = ENDS.get(code, LAST)
    by_row = {}
    for year, days in years.items():
        for (_, row), (kind, _) in days.items():
            if kind != OFF:
                by_row.setdefault(row, set()).add(year)
    for row, seen in by_row.items():
        if len(seen) >= 3 and max(seen) < last and seen == set(range(FIRST, max(seen) + 1)):
            sys.exit(f"{code}: {row[1]} is known to {max(seen)} only")


def check_chinese_calendar(calendars):
    """Stops when a Chinese festival is not on its day of the moon."""
    moon = {"spring_festival": (1, 1), "dragon_boat_festival": (5, 5), "mid_autumn_festival": (8, 15)}
    for key, (month, day) in moon.items():
        for code in ("CN", "TW"):
            for year, days in calendars[code].items():
                own = [d for (d, row), (kind, _) in days.items() if row[0] == key and kind == OWN]
                if min(own) != LunarDate(year, month, day).to_solar_date():
                    sys.exit(f"{code} {year}: {key} on {min(own)}")


def runs(days, places):
    """The days of one year as text: `0210-0212:7`, a run of one name's days in one word."""
    words = []
    rest = sorted((day, places[row], kind + "e" * is_estimated) for (day, row), (kind, is_estimated) in days)
    while rest:
        first, place, flags = rest[0]
        last = first
        while (last + timedelta(1), place, flags) in rest:
            last += timedelta(1)
        rest = [r for r in rest if r[1:] != (place, flags) or r[0] > last]
        span = f"{first:%m%d}" if first == last else f"{first:%m%d}-{last:%m%d}"
        words.append(f"{span}:{place}{flags}")
    return " ".join(words)


def block(code, years, places):
    """A country: its years with the days of all of them, then a line a year with the others."""
    dated = {
        year: {((d.month, d.day), row, said): ((d, row), said) for (d, row), said in days.items()}
        for year, days in years.items()
    }
    always = set.intersection(*(set(days) for days in dated.values()))
    lines = []
    for year, days in dated.items():
        if year == FIRST:
            lines.append(f"{code} {FIRST}-{max(years)} {runs([days[same] for same in always], places)}")
        others = runs([day for same, day in days.items() if same not in always], places)
        lines.append(f"{year} {others}".rstrip())
    return "\n".join(line.rstrip() for line in lines) + "\n"


def main():
    if (version("holidays"), version("lunardate")) != (HOLIDAYS, LUNARDATE):
        sys.exit(f"holidays {HOLIDAYS} and lunardate {LUNARDATE} are wanted")
    say_every_estimate()
    names = Names()
    ours = set(re.findall(r'Row \{ code: "(..)"', COUNTRIES.read_text(encoding="utf-8")))
    codes = sorted(ours & set(holidays.list_supported_countries(include_aliases=False)))

    calendars = {}
    for code in codes:
        years = {year: days_of(names, code, year) for year in range(FIRST, ENDS.get(code, LAST) + 1)}
        if (not any(years.values())) != (code in NOBODY):
            sys.exit(f"{code}: with holidays or without, unlike before")
        if code not in NOBODY:
            check_ends(code, years)
            calendars[code] = years
    check_chinese_calendar(calendars)
    names.check_used()

    count = Counter(row for years in calendars.values() for days in years.values() for _, row in days)
    rows = sorted(count, key=lambda row: (-count[row], row))
    places = {row: place for place, row in enumerate(rows)}
    blocks = [block(code, years, places) for code, years in calendars.items()]
    (TABLES / "names.txt").write_text("".join("|".join(row) + "\n" for row in rows), encoding="utf-8")
    (TABLES / "days.txt").write_text("".join(blocks), encoding="utf-8")

    translated = sum(len(row) == 4 for row in rows)
    shown = sum(count[row] for row in rows if len(row) == 4)
    print(f"{len(calendars)} countries, {sum(count.values())} days, {len(rows)} names, {translated} in Chinese")
    print(f"{shown / sum(count.values()):.1%} of the days have a Chinese name")
    for name in ("names.txt", "days.txt"):
        print(f"{name}: {(TABLES / name).stat().st_size} bytes")


if __name__ == "__main__":
    main()

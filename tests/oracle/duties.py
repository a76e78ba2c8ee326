"""Every duty that is due on a day, for everybody: `duties.py ARCHIVE TODAY`. Read from the cards, the book
of reports and crm.toml alone; nothing of crm's own code is used.

One object a line, sorted: kind, card (its id), record (an id, or the member of a report), date, who.
Greetings for public holidays are left out; they need a table of holidays.

TODAY `-` reads days from stdin, one a line, and ends each answer with an empty line.
"""

import calendar
import datetime
import json
import pathlib
import sys
import tomllib

ROOT = pathlib.Path(sys.argv[1])
DAY = datetime.timedelta(days=1)
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
READ = {}


def toml(path):
    """A file, parsed once for each content that it has."""
    raw = path.read_bytes()
    if READ.get(path, (None,))[0] != raw:
        READ[path] = (raw, tomllib.loads(raw.decode("utf-8")))
    return READ[path][1]


class Settings:
    """crm.toml with the defaults that a new one shows as comments."""

    DEFAULTS = {
        "cadence.prospects": "1m",
        "cadence.customers": "1m",
        "cadence.nurture": "1m",
        "cadence.revision": "2m",
        "cadence.untouched": "90d",
        "followup.visit_modes": ["door_visit", "invited_visit"],
        "followup.visits_without_result": 5,
        "remind.off": [],
        "remind.plan_days": 0,
        "remind.birthday_days": 3,
        "remind.weekly_report": "Sun 20:30",
        "remind.daily_report": "18:30",
        "remind.daily_report_days": 60,
        "pool.prospects": "60d",
        "pool.customers": "180d",
        "pool.warn_days": 7,
        "check.late_days": 1,
        "archive.folders.prospects": "prospects",
        "archive.folders.customers": "customers",
        "archive.folders.domestic": "domestic",
        "archive.folders.closed": "closed",
    }

    def __init__(self, tables):
        self.tables = tables

    def __getitem__(self, path):
        value = self.tables
        for key in path.split("."):
            if not isinstance(value, dict) or key not in value:
                return self.DEFAULTS[path]
            value = value[key]
        return value

    def stages(self):
        """Folder to stage; a customer at home is a customer."""
        folder = lambda key: self["archive.folders." + key]
        return {
            folder("prospects"): "prospect",
            folder("customers"): "customer",
            folder("domestic"): "customer",
            folder("closed"): "closed",
        }

    def by_stage(self, table, stage):
        return self[f"{table}.{stage}s"]


def later(day, length):
    """So long after a day: days, weeks, or calendar months and years clamped to the month's end. Nothing,
    where the length is empty."""
    if not length:
        return None
    number, unit = int(length[:-1]), length[-1]
    if unit in "dw":
        return day + DAY * number * (7 if unit == "w" else 1)
    month = day.month - 1 + number * (12 if unit == "y" else 1)
    year, month = day.year + month // 12, month % 12 + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def is_due(day, today, ahead=0):
    return day is not None and day <= today + DAY * ahead


class Customer:
    """A card, with what several rules ask of it."""

    def __init__(self, card, stage, settings):
        self.card, self.stage, self.settings = card, stage, settings
        self.owner = card.get("owner")
        self.followups = card.get("followups", [])
        kept = {f["settles"] for f in self.followups if "settles" in f}
        self.open_plans = [p for p in card.get("plans", []) if "dropped" not in p and p["id"] not in kept]
        # News to many is no contact.
        self.last_contact = max((f["date"] for f in self.followups if not f.get("mailing")), default=None)
        self.count_visits()

    def count_visits(self):
        """Visits since the last result or re-entry; whether the customer was given up; the last visit."""
        modes = self.settings["followup.visit_modes"]
        returns = self.card.get("reentries", [])
        # On the day of a return the moments of entry tell what was before it.
        entered = lambda event: event["entered_at"].timestamp() if "entered_at" in event else None
        days = {r["date"] for r in returns}
        early = lambda f: (entered(f) or 0) if f["date"] in days else 0
        story = [(f["date"], early(f), 1, f) for f in self.followups]
        story += [(r["date"], entered(r) or float("inf"), 0, r) for r in returns]
        self.fruitless, self.abandoned, self.too_many = 0, False, None
        for day, _, is_contact, event in sorted(story, key=lambda e: e[:3]):
            if not is_contact:
                self.fruitless, self.abandoned, self.too_many = 0, False, None
                continue
            if event["how"] in modes:
                self.fruitless += 1
                if self.is_dropped and not self.too_many:
                    self.too_many = day
            if event.get("effective") or event.get("verdict") == "won":
                self.fruitless, self.abandoned, self.too_many = 0, False, None
            if event.get("verdict") == "abandoned":
                self.abandoned = True

    @property
    def is_dropped(self):
        return self.fruitless >= self.settings["followup.visits_without_result"]


# Each rule gives what is due of one customer on a day: record, day, and who, where that is not the owner.


def plan(customer, today):
    """R-073, R-077: from its day on; no visit to somebody who is off the visit plan."""
    settings = customer.settings
    for p in customer.open_plans:
        is_visit = p.get("how") in settings["followup.visit_modes"]
        if is_visit and (customer.is_dropped or customer.abandoned):
            continue
        if is_due(p["date"], today, settings["remind.plan_days"]):
            yield p["id"], p["date"], p.get("by")


def action(customer, today):
    """R-076: until it is done; without a day, from the day on which it was agreed."""
    agreed = {f["id"]: f["date"] for f in customer.followups}
    for a in customer.card.get("actions", []):
        day = a.get("date") or agreed.get(a.get("followup")) or today
        if "done" not in a and is_due(day, today, customer.settings["remind.plan_days"]):
            yield a["id"], day, a.get("who")


def verdict(customer, today):
    """R-074: five visits or more without a result want won, abandoned or a reason to go on."""
    if customer.is_dropped and not customer.abandoned and is_due(customer.too_many, today):
        yield "", customer.too_many, None


def review(customer, today):
    """R-082: until it has an answer."""
    for r in customer.card.get("reviews", []):
        if not r.get("answer", "").strip() and is_due(r["date"], today):
            yield r["id"], r["date"], None


def birthday(customer, today):
    """R-069, R-206: some days ahead, up to the day; 29 February on 28 February of other years; not once the
    person has left, nor in a year in which a greeting was sent."""
    greeted = {
        (c.get("contact"), c["date"].year)
        for c in customer.card.get("cares", [])
        if c["kind"] == "birthday" and "done" in c
    }
    for person in customer.card.get("contacts", []):
        born = person.get("birthday")
        if born is None:
            continue
        month, day = (int(part) for part in str(born).split("-")[-2:])
        for near in range(customer.settings["remind.birthday_days"] + 1):
            on = today + DAY * near
            kept_on = min(day, calendar.monthrange(on.year, month)[1])
            has_left = "until" in person and person["until"] < on
            if (on.month, on.day) == (month, kept_on) and not has_left and (person["id"], on.year) not in greeted:
                yield person["id"], on, None


def cadence(customer, today):
    """R-046, R-047, R-067: where nothing is planned, the last contact plus the rhythm."""
    modes, off = customer.settings["followup.visit_modes"], customer.is_dropped or customer.abandoned
    # A visit to somebody who is off the visit plan waits, and is no next step.
    planned = [p for p in customer.open_plans if not (off and p.get("how") in modes)]
    if planned or customer.last_contact is None:
        return
    usual = customer.settings.by_stage("cadence", customer.stage)
    day = later(customer.last_contact, customer.card.get("contact_every") or usual)
    if is_due(day, today):
        yield "", day, None


def nurture(customer, today):
    """R-058, X-11: the last mailing plus the rhythm, until the first reply; never against the customer's will."""
    if not customer.card.get("nurture") or customer.card.get("no_mailings"):
        return
    mailed = [f["date"] for f in customer.followups if f.get("mailing")]
    if mailed and any(f.get("incoming") and f["date"] >= min(mailed) for f in customer.followups):
        return
    day = later(max(mailed), customer.settings["cadence.nurture"]) if mailed else today
    if is_due(day, today):
        yield "", day, None


def revision(customer, today):
    """R-015, X-08: two calendar months after the last full one, else after the first contact."""
    full = [r["done"] for r in customer.card.get("revisions", []) if "done" in r]
    since = max(full, default=None) or min((f["date"] for f in customer.followups), default=None)
    day = since and later(since, customer.settings["cadence.revision"])
    if is_due(day, today):
        yield "", day, None


def late_entry(customer, today):
    """R-080: told on the day of its entry."""
    for f in customer.followups:
        entered = f["entered_at"].date() if "entered_at" in f else f["date"]
        if entered == today and (entered - f["date"]).days > customer.settings["check.late_days"]:
            yield f["id"], entered, f.get("by")


def untouched(customer, today):
    """Nobody was in contact for long, whatever is planned."""
    last = customer.last_contact
    day = last and later(last, customer.settings["cadence.untouched"])
    if is_due(day, today):
        yield "", day, None


def pool(customer, today):
    """Goes to the pool so long after the last contact or change of hands; the owner is warned before."""
    if customer.owner is None or customer.card.get("keep"):
        return
    hands = [a["date"] for a in customer.card.get("assignments", [])]
    since = max(hands + [customer.last_contact] if customer.last_contact else hands, default=None)
    day = since and later(since, customer.settings.by_stage("pool", customer.stage))
    if is_due(day, today, customer.settings["pool.warn_days"]):
        yield "", day, None


OF_CUSTOMERS = [plan, action, verdict, review, birthday, cadence, nurture, revision, late_entry, untouched, pool]


def reports_in(kind):
    book = ROOT / "books" / "reports.toml"
    records = toml(book).get("reports", []) if book.exists() else []
    return {(r["by"], r["date"]) for r in records if r["kind"] == kind}


def daily_reports(customers, settings, today):
    """R-079: of each day on which somebody made visits, until the report is in."""
    if not settings["remind.daily_report"]:
        return
    modes = {"door_visit", "invited_visit", *settings["followup.visit_modes"]}
    visits = (f for c in customers for f in c.followups if f["how"] in modes and "by" in f)
    for who, day in {(f["by"], f["date"]) for f in visits if f["date"] <= today} - reports_in("daily"):
        yield who, day


def weekly_reports(settings, today):
    """R-193: of each member who sells, on the day of the week that the settings name; since the first report
    that ever came in, so many days back, each that is missing."""
    if not settings["remind.weekly_report"]:
        return
    weekday = WEEKDAYS.index(settings["remind.weekly_report"][:3].lower())
    last = today - DAY * ((today.weekday() - weekday) % 7)
    came_in = reports_in("weekly")
    first = max(min((day for _, day in came_in), default=last), today - DAY * settings["remind.daily_report_days"])
    days = [last] + [last - 7 * DAY * n for n in range(1, 60) if last - 7 * DAY * n >= first]
    for member in settings.tables.get("team", []):
        roles = member.get("roles", [])
        if member.get("active", True) and (not roles or "sales" in roles):
            for day in days:
                if (member["key"], day) not in came_in:
                    yield member["key"], day


def duties(today):
    settings = Settings(toml(ROOT / "crm.toml"))
    stages, customers = settings.stages(), []
    for path in ROOT.glob("*/*/*/card.toml"):
        customers.append(Customer(toml(path), stages[path.parts[-4]], settings))
    found = []
    for customer in customers:
        for rule in OF_CUSTOMERS if customer.stage != "closed" else []:
            for record, day, who in rule(customer, today):
                found.append((rule.__name__, customer.card["id"], record, day, who or customer.owner))
    found += [("daily_report", "", who, day, who) for who, day in daily_reports(customers, settings, today)]
    found += [("weekly_report", "", who, day, who) for who, day in weekly_reports(settings, today)]
    keys = ["kind", "card", "record", "date", "who"]
    off = settings["remind.off"]
    wanted = [dict(zip(keys, duty)) for duty in found if duty[0] not in off]
    return sorted(json.dumps(duty, default=str, ensure_ascii=False) for duty in wanted)


def main():
    days = (line.strip() for line in sys.stdin) if sys.argv[2] == "-" else [sys.argv[2]]
    for day in days:
        for line in duties(datetime.date.fromisoformat(day)):
            print(line)
        if sys.argv[2] == "-":
            print(flush=True)


main()

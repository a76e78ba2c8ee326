"""The facts of every card, counted from the cards alone: `facts.py ARCHIVE TODAY`. One object a line,
in the order of the folders. Nothing of crm's own code is used."""

import calendar
import datetime
import json
import pathlib
import sys
import tomllib

root = pathlib.Path(sys.argv[1])
today = datetime.date.fromisoformat(sys.argv[2])
settings = tomllib.loads((root / "crm.toml").read_text("utf-8"))
home = settings.get("archive", {}).get("home", "CN")
visit_modes = settings.get("followup", {}).get("visit_modes", ["door_visit", "invited_visit"])

ENTERPRISE = ["name", "owner", "phone|contacts.channels", "address", "contacts"]
PERSON = ["name", "owner", "phone|contacts.channels", "address"]
CUSTOMER = [
    "payment_attitude",
    "payment_time",
    "payment_method",
    "bank_dealings",
    "finance_holder",
    "dealing_figures",
]


def filled(card, path):
    value = card
    for key in path.split("."):
        if isinstance(value, list):
            value = [record[key] for record in value if key in record]
        else:
            value = value.get(key)
        if not value:
            return False
    return bool(value.strip() if isinstance(value, str) else value)


def completeness(card, stage):
    wanted = (PERSON if card.get("kind") == "person" else ENTERPRISE) + (
        CUSTOMER if stage == "customer" else []
    )
    there = sum(any(filled(card, path) for path in item.split("|")) for item in wanted)
    return there * 100 // len(wanted)


def days(later, earlier):
    return None if earlier is None else max(0, (later - earlier).days)


def reached(card, field, kinds):
    channels = [channel for c in card.get("contacts", []) for channel in c.get("channels", [])]
    return int(field in card or any(channel["kind"] in kinds for channel in channels))


def without_result(card):
    """Visits since the last result or re-entry, and whether the customer was given up."""
    story = [(f["date"], 0, at, f) for at, f in enumerate(card.get("followups", []))]
    story += [(r["date"], 1, at, r) for at, r in enumerate(card.get("reentries", []))]
    count, abandoned = 0, False
    for _, kind, _, event in sorted(story, key=lambda entry: entry[:3]):
        if kind == 1:
            count, abandoned = 0, False
            continue
        count += event["how"] in visit_modes
        if event.get("effective") or event.get("verdict") == "won":
            count = 0
        abandoned = abandoned or event.get("verdict") == "abandoned"
    return count, abandoned


def later(day, length):
    """So long after a day: days, weeks, or calendar months clamped to the month's end."""
    number, unit = int(length[:-1]), length[-1]
    if unit in "dw":
        return day + datetime.timedelta(days=number * (7 if unit == "w" else 1))
    month = day.month - 1 + number * (12 if unit == "y" else 1)
    year, month = day.year + month // 12, month % 12 + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def next_contact(card, stage, planned, contacts):
    cadence = settings.get("cadence", {})
    usual = {"prospect": cadence.get("prospects", "1m"), "customer": cadence.get("customers", "1m")}
    every = card.get("contact_every") or usual.get(stage)
    return planned or (later(max(contacts), every) if contacts and every else None)


STAGES = {"prospects": "prospect", "customers": "customer", "domestic": "customer", "closed": "closed"}
for path in sorted(root.glob("*/*/*/card.toml")):
    stage, country = STAGES[path.parts[-4]], path.parts[-3][:2]
    card = tomllib.loads(path.read_text("utf-8"))
    followups = card.get("followups", [])
    dates = [f["date"] for f in followups]
    settled = {f.get("settles") for f in followups}
    plans = [p for p in card.get("plans", []) if "dropped" not in p and p["id"] not in settled]
    visits = [f["date"] for f in followups if f["how"] in {"door_visit", "invited_visit", *visit_modes}]
    contacts = [f["date"] for f in followups if not f.get("mailing")]
    count, abandoned = without_result(card)
    waits = abandoned or count >= 5
    planned = min((p["date"] for p in plans if not (waits and p.get("how") in visit_modes)), default=None)
    facts = {
        "name": card["name"],
        "followups": len(followups),
        "first_followup": min(dates, default=None),
        "last_followup": max(dates, default=None),
        "first_year": min(dates).year if dates else None,
        "days_silent": days(today, max(dates, default=None)),
        "last_visit": max(visits, default=None),
        "visits_without_result": count,
        "on_visit_plan": int(count < 5 and not abandoned),
        "last_contact": max(contacts, default=None),
        "next_contact": next_contact(card, stage, planned, contacts),
        "next_followup": planned,
        "open_plans": len(plans),
        "has_next_step": int(planned is not None),
        "overdue_days": days(today, planned),
        "contact_count": len(card.get("contacts", [])),
        "has_main_contact": int(any(c.get("main") for c in card.get("contacts", []))),
        "has_email": reached(card, "email", ["email"]),
        "has_phone": reached(card, "phone", ["phone", "mobile"]),
        "is_domestic": int(country == home),
        "completeness": completeness(card, stage),
    }
    print(json.dumps(facts, default=str, ensure_ascii=False))

"""Plan against actual, counted from the cards alone: `marks.py ARCHIVE FROM TO TODAY`. Nothing of crm's own
code is used.

Prints JSON: {"cells": {"NO LINE DAY": "C X"}, "totals": {NO: {...}}, "days": {"LINE DAY": count}}, where LINE is
plan or actual and NO of the sum is "". The letters of a cell are sorted.

R-084: a contact on the day of a plan of its kind keeps it (CS, XS); else it keeps one of another day of the
same ISO week (CN, XN); else nobody planned it (UC, UX). Each plan counts for one contact. A plan without a way
is a call; ways that are neither call nor visit have no marks. A plan that was given up by its day is none.
R-085: kept rate = (CS + XS) / (C + X); missed is a plan of a past day that no contact kept.
"""

import collections
import datetime
import json
import pathlib
import sys
import tomllib

ROOT = pathlib.Path(sys.argv[1])
FROM, TO, TODAY = (datetime.date.fromisoformat(text) for text in sys.argv[2:5])
SETTINGS = tomllib.loads((ROOT / "crm.toml").read_text("utf-8"))
VISITS = {"door_visit", "invited_visit", *SETTINGS.get("followup", {}).get("visit_modes", [])}
COLUMNS = ["planned", "kept", "moved", "unplanned", "missed"]


def kind(how):
    if how in VISITS:
        return "X"
    return "C" if how in (None, "phone") else None


def within(day):
    return FROM <= day <= TO


def matched(plans, contacts):
    """The mark of each contact, and which plans were kept. Plans and contacts of one kind and ISO week are
    matched among themselves: first those of one day, then the rest in the order of their days."""
    marks, kept = {}, set()
    for same_day in (True, False):
        for at in sorted(contacts, key=lambda at: contacts[at]):
            if at in marks:
                continue
            fits = [
                plan
                for plan in sorted(plans, key=lambda plan: plans[plan])
                if plan not in kept
                and (plans[plan] == contacts[at] if same_day else plans[plan].isocalendar()[:2] == contacts[at].isocalendar()[:2])
            ]
            if fits:
                kept.add(fits[0])
                marks[at] = "S" if same_day else "N"
    return marks, kept


def count(card):
    """The cells of one customer and the totals."""
    cells, totals = collections.defaultdict(list), dict.fromkeys(COLUMNS, 0)
    for letter in "CX":
        plans = {
            at: p["date"]
            for at, p in enumerate(card.get("plans", []))
            if kind(p.get("how")) == letter and not ("dropped" in p and p["dropped"] <= p["date"])
        }
        contacts = {at: f["date"] for at, f in enumerate(card.get("followups", [])) if kind(f["how"]) == letter}
        marks, kept = matched(plans, contacts)
        for at, day in plans.items():
            if within(day):
                cells["plan", day].append(letter)
                totals["planned"] += 1
                totals["missed"] += day < TODAY and at not in kept
        for at, day in contacts.items():
            if within(day):
                mark = marks.get(at)
                cells["actual", day].append(letter + mark if mark else "U" + letter)
                totals[{"S": "kept", "N": "moved", None: "unplanned"}[mark]] += 1
    return cells, totals


def with_rate(totals):
    planned = totals["planned"]
    return totals | {"kept_rate": (totals["kept"] * 200 + planned) // (planned * 2) if planned else None}


def main():
    answer = {"cells": {}, "totals": {}, "days": collections.Counter()}
    whole = dict.fromkeys(COLUMNS, 0)
    for path in ROOT.glob("*/*/*/card.toml"):
        card = tomllib.loads(path.read_text("utf-8"))
        cells, totals = count(card)
        if not any(totals.values()):
            continue
        answer["totals"][card["no"]] = with_rate(totals)
        whole = {key: whole[key] + totals[key] for key in COLUMNS}
        for (row, day), letters in cells.items():
            answer["cells"][f"{card['no']} {row} {day}"] = " ".join(sorted(letters))
            answer["days"][f"{row} {day}"] += len(letters)
    answer["totals"][""] = with_rate(whole)
    print(json.dumps(answer))


main()

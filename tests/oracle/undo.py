"""What an archive is without one of its commits, value by value: an independent check of `crm undo`.

usage: undo.py ARCHIVE COMMIT    prints JSON: {"refused": [paths], "cards": {id: {path: value}}}
       undo.py ARCHIVE           prints the cards of HEAD alike
A value goes back to what it was before the commit, if it still is what the commit made of it; a list goes
back item by item. Whatever was changed again is refused, and so is a record or a card that came with the
commit and has grown since.
"""

import json
import re
import sys

from archive import git, state

ARCHIVE = sys.argv[1]
LISTS = {"tags", "products", "former_ids"}


def items(value):
    return set(value.split(", ")) if value else set()


def records(values):
    """The places of records in a card: `contacts[k3f9q2].`, `contacts[k3f9q2].channels[z07w4c].`"""
    places = set()
    for path in values:
        for end in re.finditer(r"\]\.", path):
            places.add(path[: end.end()])
    return places


def below(values, place):
    return {path: value for path, value in values.items() if path.startswith(place)}


def take_back(was, became, now, refused):
    """The values of one card, with the step from `was` to `became` taken back."""
    after = dict(now)
    for place in records(was) | records(became):
        came = not below(was, place) and below(became, place)
        went = below(was, place) and not below(became, place)
        there = below(now, place)
        if came and there and there != below(became, place):
            refused.append(place)
        if went and there and there != below(was, place):
            refused.append(place)
    for path in set(was) | set(became):
        old, new, here = was.get(path), became.get(path), now.get(path)
        if old == new:
            continue
        if path in LISTS:
            back = (items(here) - (items(new) - items(old))) | (items(old) - items(new))
            after[path] = ", ".join(sorted(back))
            if not back:
                after.pop(path)
        elif here == new:
            after.pop(path, None)
            if old is not None:
                after[path] = old
        elif here != old:
            refused.append(path)
    return after


def sorted_lists(cards):
    for values in cards.values():
        for path in LISTS & set(values):
            values[path] = ", ".join(sorted(items(values[path])))
    return cards


def main():
    now, refused = state(ARCHIVE, "HEAD"), []
    if len(sys.argv) > 2:
        commit = sys.argv[2]
        was, became = state(ARCHIVE, commit + "^"), state(ARCHIVE, commit)
        for card in set(was) | set(became):
            old, new, here = was.get(card), became.get(card), now.get(card)
            if old == new:
                continue
            if old is None:
                if here == new:
                    now.pop(card)
                elif here is not None:
                    refused.append(card)
            elif new is None:
                if here is None:
                    now[card] = old
                else:
                    refused.append(card)
            elif here is None:
                refused.append(card)
            else:
                now[card] = take_back(old, new, here, refused)
    json.dump({"refused": sorted(refused), "cards": sorted_lists(now)}, sys.stdout)


main()

"""What happened to every value of every card, by git's own output: an independent check of `crm history`.

usage: history.py ARCHIVE
Walks the commits of HEAD, oldest first, reads every card of each with git and tomllib, and compares what
follows. Prints JSON: {card id: [[commit, path, old, new], ...]}. A commit with several parents counts where
it differs from all of them. Shares nothing with the program.
"""

import json
import subprocess
import sys
import tomllib

ARCHIVE = sys.argv[1]


def git(*arguments):
    done = subprocess.run(["git", "-C", ARCHIVE, *arguments], capture_output=True, check=True)
    return done.stdout


CONTENTS = {}


def content(blob):
    if blob not in CONTENTS:
        CONTENTS[blob] = git("cat-file", "blob", blob).decode()
    return CONTENTS[blob]


def one_line(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return str(value) if not hasattr(value, "isoformat") else value.isoformat()


def flat(card):
    """Every value by its path."""
    values = {}

    def take(table, place):
        for key, value in table.items():
            if isinstance(value, list) and value and isinstance(value[0], dict):
                for record in value:
                    take(record, f"{place}{key}[{record['id']}].")
            elif isinstance(value, dict):
                take(value, f"{place}{key}.")
            elif key != "id" or not place:
                values[place + key] = one_line(value)

    take(card, "")
    return values


def state(commit):
    """The cards that a commit has: id to values, with the three folders above."""
    cards = {}
    for line in git("ls-tree", "-r", "-z", commit).decode().split("\0"):
        if not line:
            continue
        meta, path = line.split("\t", 1)
        parts = path.split("/")
        if len(parts) != 4 or parts[3] != "card.toml":
            continue
        values = flat(tomllib.loads(content(meta.split()[2])))
        values |= {"@stage": parts[0], "@country": parts[1], "@folder": parts[2]}
        cards[values["id"]] = values
    return cards


def main():
    states, changes = {}, {}
    for line in git("rev-list", "--reverse", "--topo-order", "--parents", "HEAD").decode().splitlines():
        commit, *parents = line.split()
        states[commit] = state(commit)
        now = states[commit]
        before = [states[parent] for parent in parents] or [{}]
        for card in sorted(set(now) | set(before[0])):
            new = now.get(card, {})
            olds = [past.get(card, {}) for past in before]
            for path in sorted(set(new) | set(olds[0])):
                if all(old.get(path) != new.get(path) for old in olds):
                    changes.setdefault(card, []).append([commit, path, olds[0].get(path), new.get(path)])
    json.dump(changes, sys.stdout)


main()

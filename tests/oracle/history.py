"""What happened to every value of every card, by git's own output: an independent check of `crm history`.

usage: history.py ARCHIVE
Walks the commits of HEAD, oldest first, and compares the cards of each with those of its parents. Prints
JSON: {card id: [[commit, path, old, new], ...]}. A commit with several parents counts where it differs from
all of them.
"""

import json
import sys

from archive import git, state

ARCHIVE = sys.argv[1]


def main():
    states, changes = {}, {}
    for line in git(ARCHIVE, "rev-list", "--reverse", "--topo-order", "--parents", "HEAD").decode().splitlines():
        commit, *parents = line.split()
        states[commit] = state(ARCHIVE, commit)
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

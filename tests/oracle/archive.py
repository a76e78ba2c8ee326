"""The cards of an archive at a commit, by git's own output and tomllib. Shares nothing with the program."""

import subprocess
import tomllib


def git(archive, *arguments):
    done = subprocess.run(["git", "-C", archive, *arguments], capture_output=True, check=True)
    return done.stdout


CONTENTS = {}


def content(archive, blob):
    if blob not in CONTENTS:
        CONTENTS[blob] = git(archive, "cat-file", "blob", blob).decode()
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


def state(archive, commit):
    """The cards that a commit has: id to values, with the three folders above."""
    cards = {}
    for line in git(archive, "ls-tree", "-r", "-z", commit).decode().split("\0"):
        if not line:
            continue
        meta, path = line.split("\t", 1)
        parts = path.split("/")
        if len(parts) != 4 or parts[3] != "card.toml":
            continue
        values = flat(tomllib.loads(content(archive, meta.split()[2])))
        values |= {"@stage": parts[0], "@country": parts[1], "@folder": parts[2]}
        cards[values["id"]] = values
    return cards

"""The lexicon (``bib/data/lexicon.txt``) and the names of containers (``data/containers.txt``), from records of works."""

from __future__ import annotations

import math
import re
from collections import Counter
from pathlib import Path

from bib.folding import unaccent
from bib.strings.features import ROLES
from bib.strings.training.records import Parts
from bib.wordlists import lines_of

#: The package whose ``data`` are read.
_PACKAGE = "bib.strings.training"
#: Words seen less often say nothing.
_RAREST = 4
#: A container must be named by so many works.
_RAREST_CONTAINER = 2
#: One level of the lexicon is this many doublings.
_STEP = 1.5

_WORD = re.compile(r"[^\W\d_]{2,}")


def write_lexicon(parts: Parts, lexicon: Path, containers_file: Path) -> None:
    """Writes in how many works each word stands in each role, as levels, and the containers that several works name."""
    counts = {role: Counter[str]() for role in ROLES}
    containers: Counter[str] = Counter()
    for record in parts.articles:
        for family, given in record.authors:
            counts["family"].update(_words(family))
            counts["given"].update(word for word in _words(given) if len(word) > 2)
        counts["title"].update(_words(record.title))
        counts["container"].update(_words(record.container))
        containers[record.container.rstrip(".")] += 1
    for role, name in (("publisher", "publishers"), ("place", "places")):
        for line in lines_of(name, package=_PACKAGE):
            counts[role].update(dict.fromkeys(_words(line), 8))
    words = sorted({word for counter in counts.values() for word, count in counter.items() if count >= _RAREST})
    lines = (f"{word}: {''.join(str(_level(counts[role][word])) for role in ROLES)}\n" for word in words)
    head = (
        "# Words of references, and how often works have them as part of a family name, given name, title, container,\n"
        "# publisher, place: a digit each on a logarithmic scale, 0 never. Made by `python -m bib.strings.training`.\n"
    )
    lexicon.write_text(head + "".join(lines), encoding="utf-8")
    names = sorted(
        name for name, count in containers.items() if count >= _RAREST_CONTAINER and len(name) < 100 and "#" not in name
    )
    head = "# Journals, books and proceedings as references print them. Made by `python -m bib.strings.training`.\n"
    containers_file.write_text(head + "".join(f"{name}\n" for name in names), encoding="utf-8")


def _words(text: str) -> set[str]:
    return set(_WORD.findall(unaccent(text).lower()))


def _level(count: int) -> int:
    return min(9, math.ceil(math.log2(1 + count) / _STEP)) if count >= 2 else 0

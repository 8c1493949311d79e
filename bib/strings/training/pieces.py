"""What records are put together from: names, titles, publishers, numbers, drawn at random from real works and from phrases."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import yaml

from bib.strings.training.records import Parts, People, Record
from bib.wordlists import lines_of

#: The package whose ``data`` are read.
_PACKAGE = "bib.strings.training"


@cache
def phrases() -> Mapping[str, Sequence[str]]:
    """``data/phrases.yaml``: conferences, universities, organisations and the like, {0} standing for a topic or place."""
    text = files("bib.strings.training").joinpath("data", "phrases.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Sequence[str]] = yaml.safe_load(text)
    return found


class Pieces:
    """Draws the pieces of records."""

    def __init__(self, parts: Parts, draw: random.Random) -> None:
        self._parts = parts
        self._draw = draw
        self._publishers = lines_of("publishers", package=_PACKAGE)
        self._places = lines_of("places", package=_PACKAGE)

    def _chance(self, share: float) -> bool:
        return self._draw.random() < share

    def _any(self, name: str) -> str:
        """One of the phrases of that name, with a topic, a place or a number in it."""
        phrase = self._draw.choice(phrases()[name])
        if "{" not in phrase:
            return phrase
        if name == "universities":
            return phrase.format(self._draw.choice(self._places).split(",")[0])
        if name == "reports":
            return phrase.format(self._number(2, 4000))
        return phrase.format(self._topic(), self._topic())

    def _number(self, first: int, last: int) -> str:
        return str(self._draw.randrange(first, last))

    def _base(self) -> Record:
        return self._draw.choice(self._parts.articles)

    def _topic(self) -> str:
        """One to three words of a title, as the name of a subject."""
        words = re.findall(r"[^\W\d_]{4,}", self._base().title)
        start = self._draw.randrange(max(1, len(words) - 2))
        topic = " ".join(words[start : start + self._draw.choice((1, 1, 2, 2, 3))]) or "Science"
        return topic.title() if self._chance(0.8) else topic

    def _people(self, most: int) -> People:
        return self._base().authors[:most]

    def _someone(self, most: int = 5) -> People:
        """Authors of a work that is no article: few, sometimes an organisation, often with full given names."""
        if self._chance(0.12):
            return self._organisation()
        people = self._people(self._draw.choice((1, 1, 1, 2, 2, 3, most)))
        return self._with_full_names(people) if self._chance(0.4) else people

    def _with_full_names(self, people: People) -> People:
        return tuple((family, self._draw.choice(self._parts.given)) for family, _ in people)

    def _organisation(self) -> People:
        return ((self._any("organisations"), ""),)

    def _varied(self, title: str) -> str:
        """The title, sometimes with a translation in brackets or a year at its end."""
        if self._chance(0.03):
            return f"{title} [{self._base().title}]"
        return f"{title}{self._draw.choice((' ', ', ', ': ', ' in '))}{self._number(1950, 2026)}" if self._chance(0.02) else title

    def _book_title(self) -> str:
        if self._chance(0.2):
            return self._any("book titles")
        return self._base().title if self._chance(0.6) else self._draw.choice(self._parts.books)

    def _publisher(self, share: float = 1.0) -> str:
        if not self._chance(share):
            return ""
        return self._any("universities") if self._chance(0.2) else self._draw.choice(self._publishers)

    def _place(self, share: float) -> str:
        return self._draw.choice(self._places) if self._chance(share) else ""

    def _pages(self, share: float) -> str:
        first = self._draw.randrange(1, 900)
        return f"{first}-{first + self._draw.randrange(1, 40)}" if self._chance(share) else ""

    def _volume(self, share: float, last: int) -> str:
        return self._number(1, last) if self._chance(share) else ""

    def _edition(self) -> str:
        return self._any("editions") if self._chance(0.25) else ""

    def _series(self) -> str:
        return self._any("series") if self._chance(0.1) else ""

    def _month(self, share: float) -> int:
        return self._draw.randrange(1, 13) if self._chance(share) else 0

    def _url(self, share: float) -> str:
        if not self._chance(share):
            return ""
        start = self._draw.choice(("https://www.", "http://", "https://", "www."))
        folder, end = self._draw.choice(("a", "news", "pub", "data")), self._draw.choice(("", ".html", ".pdf", "/"))
        return f"{start}{self._any('sites')}/{folder}/{self._number(10, 99999)}{end}"

"""What records are put together from: names, titles, publishers, numbers, drawn at random from real works and from phrases."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
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


@cache
def abroad() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """``data/abroad.yaml``: a language's titles and containers in parts."""
    text = files("bib.strings.training").joinpath("data", "abroad.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, Sequence[str]]] = yaml.safe_load(text)
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
        if name in ("universities", "newspapers"):
            return phrase.format(self._draw.choice(self._places).split(",")[0])
        if name in ("reports", "extents"):
            return phrase.format(self._number(2, 4000))
        return phrase.format(self._topic(), self._topic())

    def _number(self, first: int, last: int) -> str:
        return str(self._draw.randrange(first, last))

    def _base(self) -> Record:
        """A real article of the registry or of a list, sometimes as if it were written in another language."""
        if self._chance(0.12) and self._parts.listed:
            return self._draw.choice(self._parts.listed)
        article = self._draw.choice(self._parts.articles)
        return self._foreign(article) if self._chance(0.12) else article

    def _foreign(self, article: Record) -> Record:
        """The article as if it were written in another language."""
        language = self._draw.choices(("pt", "es", "fr", "de"), (5, 2, 2, 3))[0]
        parts = abroad()[language]
        title = self._draw.choice(parts["titles"]).format(**self._foreign_parts(parts))
        if self._chance(0.1) and language != "de":
            title = title.lower()
        container = self._draw.choice(parts["containers"]).format(T=self._draw.choice(parts["subjects of containers"]))
        return replace(article, title=title[0].upper() + title[1:], container=container, language=language)

    def _foreign_parts(self, parts: Mapping[str, Sequence[str]]) -> dict[str, str]:
        """Openings ("O", "O2"), subjects with a preposition ("S", "S3") and without ("S1", "S2"), and a place ("P")."""
        subjects = self._draw.sample(list(parts["subjects"]), 4)
        bare = [subject.split(maxsplit=1)[-1] for subject in subjects]
        opening, later = self._draw.sample(list(parts["openings"]), 2)
        later = later[0].lower() + later[1:]
        place = self._draw.choice(parts["places"])
        return {"O": opening, "O2": later, "S": subjects[0], "S3": subjects[3], "S1": bare[1], "S2": bare[2], "P": place}

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
        if self._chance(0.03):
            return ((self._any("single names"), ""),)
        people = self._people(self._draw.choice((1, 1, 1, 2, 2, 3, most)))
        return self._with_full_names(people) if self._chance(0.4) else people

    def _with_full_names(self, people: People) -> People:
        return tuple((family, self._draw.choice(self._parts.given)) for family, _ in people)

    def _organisation(self) -> People:
        name = self._any("organisations")
        if self._chance(0.15) and "(" not in name and (acronym := acronym_of(name)):
            name = self._draw.choice(("{0} ({1})", "{0} ({1})", "{1} – {0}", "{1} - {0}", "{1} ({0})", "{0} - {1}")).format(
                name, acronym
            )
        people: People = ((name, ""),)
        return people + self._people(2) if self._chance(0.05) else people

    def _editors(self) -> People:
        return self._organisation() if self._chance(0.06) else self._people(self._draw.choice((1, 2, 2, 3, 4)))

    def _credit(self) -> str:
        """Who translated the book or wrote its preface, as it is printed behind the title; mostly nothing."""
        if not self._chance(0.06):
            return ""
        names = [f"{self._draw.choice(self._parts.given)} {family}" for family, _ in self._people(self._draw.choice((1, 1, 2)))]
        if self._chance(0.35):
            initials = [f"{name[0]}. {name.split(maxsplit=1)[1]}" for name in names]
            return f"({' & '.join(initials)}, {self._any('translators')})"
        return self._any("credits") + " " + self._draw.choice((" and ", " e ", " & ", " y ", " et ", " und ")).join(names)

    def _varied(self, title: str) -> str:
        """The title, sometimes with a translation in brackets, an acronym before it, or years at its end."""
        if self._chance(0.04):
            return f"{title} [{self._base().title}]"
        if self._chance(0.02):
            acronym = acronym_of(self._any("organisations")) or acronym_of(self._base().container) or "NMR"
            return self._draw.choice(("The {0}: {1}", "{0}: {1}", "{0} – {1}", "O {0} – {1}", "{0} - {1}")).format(acronym, title)
        if self._chance(0.03):
            year = int(self._number(1750, 2026))
            later = year + int(self._number(1, 80))
            end = (" {0}", ", {0}", ": {0}", " in {0}", " ({0}-{1})", " ({0}–{1})", ", {0}–{1}", ": {0}-{1}", " em {0}", " ({0})")
            return title + self._draw.choice(end).format(year, later)
        return title

    def _book_title(self) -> str:
        if self._chance(0.2):
            return self._any("book titles")
        if self._chance(0.07):
            return self._topic().split()[0]
        title = self._base().title if self._chance(0.6) else self._draw.choice(self._parts.books)
        if self._chance(0.12) and ":" not in title:
            return f"{title}{self._draw.choice((': ', ': ', '. ', ' – '))}{self._any('book titles')}"
        return self._varied(title)

    def _publisher(self, share: float = 1.0) -> str:
        if not self._chance(share):
            return ""
        if self._chance(0.06):
            return self._any("companies")
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


def acronym_of(name: str) -> str:
    """The capitals that a name of several words begins its words with, empty where they make no acronym."""
    letters = "".join(word[0] for word in name.replace("(", "").split() if word[0].isupper())
    return letters if 2 < len(letters) < 8 else ""

"""Records of works that do not exist, put together from pieces of real ones: books, chapters, theses, reports, pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from bib.strings.training.pieces import Pieces, phrases
from bib.strings.training.records import Record
from bib.strings.training.styles import months


class Maker(Pieces):
    """Makes records at random, of kinds in proportions like those of real lists."""

    def records(self, count: int) -> Iterator[Record]:
        """``count`` records."""
        makers: Mapping[Callable[[], Record], float] = {
            self._article: 0.48, self._chapter: 0.15, self._book: 0.11, self._conference: 0.05, self._thesis: 0.05,
            self._report: 0.05, self._page: 0.05, self._news: 0.04, self._preprint: 0.02, self._software: 0.01, self._law: 0.02,
            self._entry: 0.015,
        }  # fmt: skip
        for _ in range(count):
            yield self._draw.choices(list(makers), list(makers.values()))[0]()

    # Kinds

    def _article(self) -> Record:
        base = self._base()
        if self._chance(0.12):
            return replace(base, title="")  # physics and chemistry print none
        if self._chance(0.1):
            base = replace(base, authors=self._with_full_names(base.authors))
        if not base.issue and self._chance(0.45):
            base = replace(base, issue=self._any("issues"))
        if base.issue and self._chance(0.05):
            base = replace(base, volume="")
        if self._chance(0.1):
            prefix = self._draw.choice(("", "", "", "e", "S", "L", "D"))
            base = replace(base, page=prefix + self._number(1, self._draw.choice((40, 300, 3000, 99_999, 9_999_999))))
        if self._chance(0.04):
            base = replace(base, container=self._draw.choice(phrases()["containers with places"]).format(base.container))
        if self._chance(0.01):
            base = replace(base, editors=self._people(1))  # who handled it: "Lind A, editor."
        base = replace(base, title=self._varied(base.title))
        return base if self._chance(0.6) else replace(base, doi="")

    def _chapter(self) -> Record:
        base = self._base()
        return Record(
            kind="chapter",
            authors=self._someone(),
            title=base.title,
            year=base.year,
            language=base.language,
            container=self._book_title(),
            editors=self._editors() if self._chance(0.8) else (),
            publisher=self._publisher(0.93),
            place=self._place(0.75),
            page=self._pages(0.85),
            edition=self._edition(),
            volume=self._volume(0.15, 20),
            series=self._series(),
            credit=self._credit(),
            doi=base.doi if self._chance(0.2) else "",
        )

    def _book(self) -> Record:
        base = self._base()
        people, edited = self._someone(), self._chance(0.12)
        return Record(
            kind="book",
            authors=() if edited else people,
            editors=people if edited else (),
            title=base.title if base.language else self._book_title(),
            year=base.year,
            language=base.language,
            publisher=self._publisher(0.95),
            place=self._place(0.75),
            edition=self._edition(),
            volume=self._volume(0.08, 9),
            series=self._series(),
            extent=self._any("extents") if self._chance(0.15) else "",
            credit=self._credit(),
            url=self._url(0.1),
            doi=base.doi if self._chance(0.1) else "",
        )

    def _conference(self) -> Record:
        base = self._base()
        number = self._draw.choice(("", f"{self._number(2, 40)}th ", f"{base.year} ", "IEEE ", "ACM ", "XII ", "First "))
        event = number + self._any("conferences")
        acronym = "".join(word[0] for word in event.split() if word[0].isupper())[:6]
        acronym += self._draw.choice(("", f"'{base.year % 100:02}", f" {base.year}"))
        return Record(
            kind="conference",
            authors=self._people(6),
            title=base.title,
            year=base.year,
            language=base.language,
            container=self._themed(self._draw.choice(phrases()["proceedings"]).format(event, acronym)),
            editors=self._people(3) if self._chance(0.15) else (),
            publisher=self._any("proceedings publishers"),
            place=self._place(0.6),
            page=self._pages(0.75),
            volume=self._volume(0.15, 9000),
            series=self._series(),
            month=self._month(0.2),
        )

    def _themed(self, proceedings: str) -> str:
        """Proceedings, sometimes with the theme of the meeting before or behind."""
        if self._chance(0.1):
            return f"{self._book_title()}{self._draw.choice(('. ', ': ', ', '))}{proceedings}"
        return f"{proceedings}: {self._book_title()}" if self._chance(0.05) else proceedings

    def _thesis(self) -> Record:
        base = self._base()
        return Record(
            kind="thesis",
            authors=self._with_full_names(self._people(1)) if self._chance(0.4) else self._people(1),
            title=base.title,
            year=base.year,
            language=base.language,
            publisher=self._any("universities"),
            place=self._place(0.5),
            number=self._any("degrees"),
            extent=self._any("extents") if self._chance(0.25) else "",
            url=self._url(0.3),
        )

    def _report(self) -> Record:
        base = self._base()
        publisher = self._any("organisations") if self._chance(0.8) else self._publisher()
        return Record(
            kind="report",
            authors=self._organisation() if self._chance(0.6) else self._someone(),
            title=self._varied(base.title),
            year=base.year,
            language=base.language,
            number=self._any("reports"),
            publisher=publisher if self._chance(0.7) else "",
            place=self._place(0.5),
            url=self._url(0.5),
        )

    def _page(self) -> Record:
        base = self._base()
        site = self._draw.choice((self._any("newspapers"), self._any("organisations"), self._topic(), self._base().container))
        return Record(
            kind="page",
            authors=self._organisation() if self._chance(0.7) else self._someone(2),
            title=self._varied(base.title) if self._chance(0.5) else f"{self._topic()} {self._topic()}",
            year=base.year,
            language=base.language,
            container=site if self._chance(0.35) else "",
            publisher=self._any("organisations") if self._chance(0.25) else "",
            place=self._place(0.25),
            month=self._month(0.3),
            day=self._draw.randrange(1, 29),
            url=self._url(1),
        )

    def _news(self) -> Record:
        base = self._base()
        return Record(
            kind="news",
            authors=self._someone(2),
            title=self._varied(base.title),
            year=base.year,
            language=base.language,
            container=self._any("newspapers") if self._chance(0.7) else self._base().container,
            place=self._place(0.3),
            month=self._month(1),
            day=self._draw.randrange(1, 29),
            page=self._draw.choice(("A1", "B4", "12", "")),
            url=self._url(0.6),
        )

    def _law(self) -> Record:
        base = self._base()
        number = self._draw.choice(
            (
                self._number(1, 999),
                f"{self._number(1, 15)}.{self._number(100, 999)}",
                f"{self._number(1990, 2025)}/{self._number(1, 900)}",
            )
        )
        of_month = months("pt" if self._chance(0.7) else "es")[self._draw.randrange(12)].rstrip(".")
        date = f"{self._number(1, 31)} de {of_month} de {base.year}" if self._chance(0.8) else str(base.year)
        title = self._draw.choice(phrases()["laws"]).format(number, date)
        return Record(
            kind="news",
            authors=((self._any("states"), ""),) if self._chance(0.85) else (),
            title=f"{title}. {base.title}" if self._chance(0.3) else title,
            year=base.year,
            language=base.language,
            container=self._any("gazettes"),
            place=self._place(0.4),
            month=self._month(1),
            day=self._draw.randrange(1, 29),
            url=self._url(0.5),
        )

    def _entry(self) -> Record:
        """An entry of a reference work: a subject, an organism, a person."""
        base, work = self._base(), self._any("reference works")
        person = f"{self._draw.choice(self._parts.given)} {self._people(1)[0][0]}"
        return Record(
            kind="page",
            authors=self._organisation() if self._chance(0.3) else self._someone(2),
            title=self._draw.choice((person, self._topic(), self._topic().capitalize())),
            year=base.year,
            language=base.language,
            container=f"{work} {base.year}" if self._chance(0.15) else work,
            publisher=self._publisher(0.3),
            place=self._place(0.2),
            month=self._month(0.2),
            day=self._draw.randrange(1, 29),
            url=self._url(0.7),
        )

    def _preprint(self) -> Record:
        base = self._base()
        number = self._number(100_000, 999_999)
        return Record(
            kind="article",
            authors=base.authors,
            title=base.title,
            year=base.year,
            language=base.language,
            container=self._any("preprint servers"),
            page=number if self._chance(0.4) else "",
            doi=f"10.1101/{base.year}.01.02.{number}" if self._chance(0.6) else "",
        )

    def _software(self) -> Record:
        base = self._base()
        return Record(
            kind="page",
            authors=self._someone(4),
            title=f"{self._topic()}: {base.title}" if self._chance(0.6) else self._topic(),
            year=base.year,
            language=base.language,
            number=self._any("software"),
            publisher=self._any("repositories"),
            place="Vienna, Austria" if self._chance(0.3) else "",
            url=self._url(0.8),
        )

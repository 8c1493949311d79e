"""Prints records in styles made up at random, knowing for every character which field it belongs to."""

from __future__ import annotations

import re
from dataclasses import replace

from bib.strings.labels import INDEX, OTHER
from bib.strings.notes import take_notes
from bib.strings.tokens import is_hole, tokenise
from bib.strings.training.aligning import Example, flat
from bib.strings.training.printed_names import print_names
from bib.strings.training.printing import Page
from bib.strings.training.records import Record
from bib.strings.training.styles import Style, abroad

#: Shares of strings with a broken line's hyphens in them, and of their words that are broken.
_BROKEN, _BROKEN_PIECES = 0.04, 0.3
#: Share of strings whose marks stand as some programs take them from a PDF: "Phys .Rev .B ,94( 2016)".
_LOOSE = 0.04

_MARKS = re.compile(r"([.,;:(])\s?")
_LETTERS = re.compile(r"[a-z]{5,}")


def render(record: Record, style: Style) -> Example | None:
    """The record as a string in the style, with the label of each token; ``None`` where two fields run into one word.

    A work in another language is cited in that language.
    """
    style = replace(style, language=record.language) if record.language else style
    pieces = _Printer(record, style).print()
    if style.chance(_BROKEN):
        pieces = [(label, _broken(text) if style.chance(_BROKEN_PIECES) else text) for label, text in pieces]
    if style.chance(_LOOSE):
        spacing = style.pick(" {}", " {}", "{}")
        pieces = [(label, _MARKS.sub(lambda mark: spacing.format(mark[1]), text)) for label, text in pieces]
    raw = "".join(text for _, text in pieces)
    labels = [INDEX.get(label, OTHER) for label, text in pieces for _ in text]
    tokens = tokenise(raw, take_notes(raw).holes)
    allowed = []
    for word, (start, end) in zip(tokens.words, tokens.spans, strict=True):
        found = {OTHER} if is_hole(word) else set(labels[start:end])
        if len(found) > 1 and flat(word):
            return None
        # A mark may always be "other".
        allowed.append(sum(1 << label for label in found | (set() if flat(word) else {OTHER})))
    return Example(raw, tokens, tuple(allowed), "rendered")


def _broken(text: str) -> str:
    """A word divided at the end of a line that is no more: "Informa- tion"."""
    match = _LETTERS.search(text)
    middle = match.start() + len(match.group()) // 2 if match else 0
    return f"{text[:middle]}- {text[middle:]}" if match else text


class _Printer(Page):
    """One record in one style, by the kind of work."""

    def print(self) -> list[tuple[str, str]]:
        """The whole reference."""
        record, style = self._record, self._style
        if style.chance(0.15):
            self._put("", style.any("labels"))
        titled = self._print_head()
        if record.title and not titled:
            self._print_title()
        {
            "article": self._print_article, "chapter": self._print_chapter, "conference": self._print_conference,
            "thesis": self._print_thesis, "report": self._print_report, "page": self._print_page, "news": self._print_news,
        }.get(record.kind, self._print_book)()  # fmt: skip
        if not self._dated and style.chance(0.96):
            self._bracketed(
                self._print_date if record.month and style.chance(0.5) else self._print_year, ", ", ". ", " (", " ", "; "
            )
        self._put("", style.any("ends"))
        self._print_identifiers()
        return [(label, text) for label, text in self._out if text]

    # Kinds

    def _print_article(self) -> None:
        style, record = self._style, self._record
        if record.editors:
            self._put("editor", print_names(record.editors, style, style.names))
            self._put("", style.pick(", editor ", ", editor. ", ", ed. ", " (ed.) "))
        container = record.container if style.dotted else record.container.replace(".", "")
        if "." not in container and style.chance(0.12):
            mark = "." if style.dotted else ""
            container = " ".join(f"{word[:4]}{mark}" if len(word) > 5 else word for word in container.split())
        if container.startswith("The ") and style.chance(0.3):
            container = container[4:]
        if record.title and style.chance(0.06):
            self._put("", style.pick("In: ", "In ", "in "))
        self._put_emphasised("container", container)
        if style.names.startswith("FAM") and style.chance(0.25):  # as ABNT prints it
            self._put("", ", ")
            self._put("location", style.any("places of journals"))
        if not record.issue and style.chance(0.015):
            self._bracketed(lambda: self._put("issue", style.any("special issues")), ", ", ", ", " (")
        self._print_locator()

    def _print_chapter(self) -> None:
        self._fill(self._style.chapter)

    def _print_conference(self) -> None:
        plain = not self._record.editors and self._style.chance(0.8)
        self._fill(self._style.any("conference") if plain else self._style.chapter)

    def _print_book(self) -> None:
        style, record = self._style, self._record
        self._drop_mark()
        for put in (self._print_credit, self._print_edition) if style.chance(0.6) else (self._print_edition, self._print_credit):
            put()
        self._print_volume_of_book()
        if style.language != "fr":
            self._print_series()
        if record.publisher or record.place:
            imprint = style.pick("L, U", "L, U, Y", "L : U", style.imprint) if style.language == "fr" else style.imprint
            self._put("", " " if imprint.startswith("(") else style.pick(". ", ". ", ", "))
            self._fill(imprint)
        if style.language == "fr":
            self._print_series()
        self._print_extent()

    def _print_thesis(self) -> None:
        style, record = self._style, self._record
        if record.extent:
            self._drop_mark()
            if not self._dated and style.chance(0.6):
                self._put("", ". ")
                self._print_year()
                self._dated = style.chance(0.3)  # ABNT prints it at the end once more
            self._print_extent()
            self._put("", ". ")
        if style.chance(0.5):
            self._drop_mark()
            self._bracketed(lambda: self._put("", record.number.strip("[]")), " (", " [", ". ", ", ")
            self._put("", style.pick(". ", ", "))
        else:
            self._put("", record.number + style.pick(". ", ", ", " – ", " - "))
        self._fill(style.any("thesis"))

    def _print_report(self) -> None:
        record = self._record
        if record.number:
            self._drop_mark()
            self._bracketed(lambda: self._put("", record.number.strip("()")), " (", ". ", ", ")
            self._put("", self._style.pick(". ", ", "))
        if record.publisher or record.place:
            self._fill(self._style.imprint)

    def _print_page(self) -> None:
        style, record = self._style, self._record
        if record.number:
            self._drop_mark()
            self._bracketed(lambda: self._put("", record.number.strip("()")), " ", ". ", " (")
            self._put("", ". ")
        elif style.chance(0.15):
            self._drop_mark()
            self._put("", style.pick(" [Internet]. ", " [Online]. ", ". [online] "))
        if record.container:
            self._put_emphasised("container", record.container)
            self._put("", ". ")
        if record.publisher or record.place:
            self._fill(style.imprint)
        if record.month and not self._dated:
            self._put("", style.pick(", ", ". ", " "))
            self._print_date()

    def _print_news(self) -> None:
        style, record = self._style, self._record
        if not record.container:
            self._drop_mark()
        self._put_emphasised("container", record.container)
        if record.place:
            self._put("", ", ")
            self._put("location", record.place)
        if not self._dated:
            self._bracketed(self._print_year if style.chance(0.15) else self._print_date, ", ", ". ", " ", " (", "; ")
        if record.page:
            self._put("", style.pick(", p. ", ", ", ", pp. "))
            self._put("pages", record.page)

    def _print_identifiers(self) -> None:
        style, record = self._style, self._record
        if record.url and style.chance(0.85):
            self._put("", " " + (abroad("addresses", style.language) or style.any("addresses")) + record.url)
            if style.chance(0.5):
                self._put("", abroad("accessed", style.language) or style.any("accessed"))
        if record.doi and style.chance(0.6):
            self._put("", style.any("dois") + record.doi + style.pick("", ".", ""))
        if style.chance(0.03):
            self._put("", style.any("remarks"))

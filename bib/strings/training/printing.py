"""The parts of a printed reference that works of all kinds have: names, dates, titles, numbers, imprints.

Each piece is printed with the field that it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bib.strings.training.printed_names import FIRST_INVERTED, GIVEN_FIRST, print_names
from bib.strings.training.records import Record
from bib.strings.training.styles import Style, editions_abroad, months

_CLOSING = {"(": ")", "[": "]", "«": " »", "“": "”"}
_FIELDS = re.compile(r"\b[ECPLUY]\b|(?:(?!\b[ECPLUY]\b).)+")
_NUMBERS = re.compile(r"[YMDVIP](?![a-z])|[^YMDVIP]+|.")
#: What goes out of a template with a field that the record lacks.
_WITHOUT = {
    "editors": r",? ?(?:edited by |[Ee]ds?\.? )?\bE\b,? ?(?:\((?:Eds?|eds?|Hrsg|Org)\.?\)|[Ee]ds?\.|editors\.)?[:,.;]? ?",
    "place": r"\bL ?: |, L\b|: L\b|\bL, |\bL\b",
    "publisher": r" ?: U\b|\bU, |\bU: |, U\b|; U\b|\bU\b",
    "page": r",? ?\((?:pp\. |S\. )?P\)|[,.;]? ?(?:pp\.? |p\. |S\. |pages )?\bP\b(?: in )?",
    "issue": r",? ?(?:no\. |No\. |n\. |H\. )I|\s?[(\[]I[)\]]|/I|\.I|, I|(?<=V) I|I(?=:)",
    "volume": r"(?:[Vv]ol\. |v\. |Bd\. )?V[,:;]? ?",
    "first page": r"[:;,]?\s?(?:pp\. |p\. |S\. )?P",
}


class Page:
    """What is printed of one record in one style, as (label, text) pieces: the parts that works of all kinds have."""

    def __init__(self, record: Record, style: Style) -> None:
        self._record = record
        self._style = style
        self._out: list[tuple[str, str]] = []
        self._dated = False

    # Pieces

    def _put(self, label: str, text: str) -> None:
        """Adds a piece; of marks and blanks that would stand twice only one is printed."""
        last = self._out[-1][1] if self._out else ""
        if text and not label and last:
            mark = last.rstrip()[-1:]
            if mark and ((text[0] == "." and mark in ".?!,”") or (text[0] == "," and mark == ",")):
                text = text[1:]
            if last[-1] == " ":
                text = text.lstrip(" ")
        if text:
            self._out.append((label, text))

    def _bracketed(self, put: Callable[[], None], *openings: str) -> None:
        """What ``put`` prints behind one of the openings, and the closing bracket if that was an opening one."""
        opening = self._style.pick(*openings)
        self._put("", opening)
        put()
        self._put("", _CLOSING.get(opening.strip()[-1:], ""))

    def _put_emphasised(self, label: str, text: str) -> None:
        mark = self._style.emphasis if text else ""
        self._put("", mark)
        self._put(label, text)
        self._put("", mark)

    def _drop_mark(self) -> None:
        """Takes the mark after the title back, where something other than a sentence follows."""
        if self._out and not self._out[-1][0] and self._out[-1][1].strip() in (".", ",", ""):
            self._out.pop()

    # Authors, date, title

    def _print_head(self) -> bool:
        """Authors and the date behind them, or without authors the title and the date; whether the title was printed."""
        record, style = self._record, self._style
        people = record.authors or record.editors
        if people and not (record.kind in ("page", "news") and style.chance(0.15)):
            self._put("author" if record.authors else "editor", print_names(people, style, style.names))
            if not record.authors:
                self._put("", style.any("editor_marks"))
            self._print_date_of_authors()
            return False
        if "Y" not in style.year or style.chance(0.5):
            return False
        self._print_title()
        self._drop_mark()
        self._bracketed(self._print_year, ". (", " (", ". ")
        self._put("", style.pick(". ", " "))
        return True

    def _print_date_of_authors(self) -> None:
        style, record = self._style, self._record
        if "Y" not in style.year:
            given_first = style.names in GIVEN_FIRST
            self._put("", style.pick(", ", ", ", ". ", ": ") if given_first else style.pick(". ", ". ", ", ", ": ", " "))
            return
        before, after = style.year.split("Y")
        self._put("", before)
        if record.month and record.kind in ("news", "page", "conference") and "(" in before:
            day = f" {record.day}" if record.day else ""
            self._put("date", f"{record.year}, {months('en')[record.month - 1]}{day}")
            self._dated = True
        else:
            self._print_year()
        self._put("", after)

    def _print_year(self) -> None:
        style = self._style
        suffix = style.pick("a", "b") if style.chance(0.04) else ""
        status = style.pick("in press", "n.d.", "forthcoming", "s.d.") if style.chance(0.015) else ""
        self._put("date", status or f"{self._record.year}{suffix}")
        self._dated = True

    def _print_date(self) -> None:
        """Month, and day where there is one, with the year."""
        style, record = self._style, self._record
        names = months(style.language if style.language != "en" else style.pick("en", "short", "dotted"))
        month, day, year = names[(record.month or 1) - 1], record.day, record.year
        if not day:
            text = style.pick(f"{month} {year}", f"{year} {month}")
        elif style.language in ("pt", "es"):
            of = " de " if style.language == "es" else " "
            text = f"{day}{of}{month}{of}{year}"
        else:
            numeric = f"{day:02}-{record.month or 1:02}-{year}"
            text = style.pick(f"{day} {month} {year}", f"{month} {day}, {year}", f"{year} {month} {day}", numeric)
        self._put("date", text)
        self._dated = True

    def _print_title(self) -> None:
        style, record = self._style, self._record
        title = record.title.rstrip(".")
        if style.chance(0.08):
            title = title.upper() if style.chance(0.3) else title.title()
        whole = record.kind in ("book", "thesis", "report")
        opening, _, closing = style.quotes.partition("|") if not whole or style.chance(0.1) else ("", "", "")
        if opening:
            inside = style.after_title.strip() if style.chance(0.5) else ""
            self._put("", opening)
            self._put("title", title)
            self._put("", inside + closing)
            self._put("", " " if inside else style.after_title)
        elif whole:
            self._put_emphasised("title", title)
            self._put("", style.after_title if style.after_title.strip() else ". ")
        else:
            self._put("title", title)
            self._put("", " " if title[-1:] in "?!" else style.after_title)

    # Numbers

    def _print_pages(self) -> None:
        first, dash, last = self._record.page.partition("-")
        if dash and len(first) == len(last) and first.isdigit() and self._style.chance(0.25):
            same = next((place for place in range(len(first)) if first[place] != last[place]), len(first) - 1)
            last = last[same:]
        elif dash and self._style.chance(0.1):
            last = dash = ""
        self._put("pages", f"{first}{self._style.dash}{last}" if dash else first)

    def _print_locator(self) -> None:
        """Volume, issue and pages, and the year among them where the style puts it there."""
        style, record = self._style, self._record
        form = style.locator
        if not record.volume and not record.page:
            return
        if self._dated:
            form = re.sub(r"Y; ?|Y, | \(Y\)", "", form)
        elif style.year == "late" and "Y" not in form:
            form = style.any("late_year") + form
        elif style.year == "late in brackets" and "Y" not in form:
            form = style.pick("(Y) ", "(Y); ", "(Y), ", "(Y). ") + form
        for name, value in (("issue", record.issue), ("first page", record.page), ("volume", record.volume)):
            if not value:
                form = re.sub(_WITHOUT[name], "", form)
        self._put("", "" if self._out[-1][1].endswith(" ") else style.pick(". ", " ", ", ", " ", ", ", ": "))
        for part in _NUMBERS.findall(form):
            match part:
                case "Y":
                    self._print_year()
                case "M":
                    self._put("date", style.draw.choice(months(style.pick("short", "short", "dotted", "en"))))
                case "D":
                    self._put("date", str(style.draw.randrange(1, 32)))
                case "V":
                    self._put("volume", record.volume)
                case "I":
                    self._put("issue", record.issue)
                case "P":
                    self._print_pages()
                case _:
                    self._put("", part)

    def _print_volume_of_book(self) -> None:
        if self._record.volume:
            self._bracketed(
                lambda: self._put("volume", self._record.volume), ", Vol. ", " (Vol. ", ", vol. ", ", Bd. ", ". Vol. ", ", v. "
            )

    def _print_edition(self) -> None:
        edition, style = self._record.edition, self._style
        forms = editions_abroad(style.language)
        if edition and forms and style.chance(0.7):
            before, _, mark = style.pick(*forms).partition("|")
            self._bracketed(
                lambda: self._out.extend((("edition", before.format(style.draw.randrange(2, 12))), ("", mark))),
                ". ",
                ", ",
                " (",
                " ",
            )
        elif edition:
            opened = style.chance(0.3)
            self._put("", " (" if opened else style.pick(", ", ". ", " "))
            self._put("edition", edition)
            self._put("", style.pick(" ed.", " edn", " edition", " ed", ". ed."))
            self._put("", ")" if opened else "")

    def _print_series(self) -> None:
        record, style = self._record, self._style
        if not record.series:
            return
        if style.language == "fr":
            self._bracketed(lambda: self._put("series", record.series), ", coll. « ", ", coll. “", " (coll. ", ", collection ")
            return
        self._bracketed(lambda: self._put("series", record.series), ". ", " (", ", ")
        if style.chance(0.3):
            number = str(style.draw.randrange(2, 400))
            _, closing = self._out.pop() if self._out[-1][1] == ")" else ("", "")
            self._put("", style.pick("; ", ", ", " ", ", v. ", ", Vol. ", "; Bd. ", ", no. ") + number + closing)

    def _print_credit(self) -> None:
        credit = self._record.credit
        if credit.startswith("("):
            self._put("", f" {credit}")
        elif credit:
            self._bracketed(lambda: self._put("", credit), ". ", ". ", ", ", " (")

    def _print_extent(self) -> None:
        if self._record.extent:
            self._put("", self._style.pick(". ", ", ", ". ", "; ") + self._record.extent)

    # Templates

    def _fill(self, template: str) -> None:
        """A template of ``data/styles.yaml`` with the record's fields, without those that it lacks."""
        record = self._record
        for name in ("editors", "place", "publisher", "page"):
            if not getattr(record, name):
                template = re.sub(_WITHOUT[name], " ", template)
        if self._dated:
            template = re.sub(r"[,;:] Y\b|\bY\b[,;.]? ?", "", template)
        template = re.sub(r"\(\s+(?=\S)", "(", re.sub(r"\s+(?=[).,;])", "", re.sub(r"\(\s*\)", "", template)))
        template = re.sub(r" {2,}", " ", template).strip(" ;,")
        for part in _FIELDS.findall(template):
            match part:
                case "E":
                    self._put("editor", print_names(record.editors, self._style, self._form_of_editors()))
                case "C":
                    self._put_emphasised("container", record.container)
                    self._print_credit()
                    self._print_edition()
                    self._print_volume_of_book()
                    self._print_series()
                case "P":
                    self._print_pages()
                case "L":
                    self._put("location", record.place)
                case "U":
                    self._put("publisher", record.publisher)
                case "Y":
                    self._print_year()
                case _:
                    self._put("", _singular(part) if len(record.editors) == 1 else part)

    def _form_of_editors(self) -> str:
        """Editors are turned less often than authors: "In A. Lind & B. Moor (Eds.)"."""
        form = self._style.names
        if form in ("Fam, I. I.", "Fam, I.I.") and self._style.chance(0.7):
            return "I. I. Fam"
        return "Given Fam" if form == FIRST_INVERTED and self._style.chance(0.7) else form


def _singular(part: str) -> str:
    return part.replace("Eds.", "Ed.").replace("eds.", "ed.").replace("(eds)", "(ed)").replace("editors", "editor")

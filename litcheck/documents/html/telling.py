"""The text of a page as its reader goes through it, and where its lists, citations and raised runs came to stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from lxml import etree

from litcheck.documents.html.lists import HEADINGS
from litcheck.documents.html.numbers import item_numbers
from litcheck.documents.html.page import Page
from litcheck.documents.html.stylesheet import Looks
from litcheck.documents.html.trees import tag_of, text_in
from litcheck.documents.marks import is_marked
from litcheck.documents.prose import Prose
from litcheck.limits import Allowance

_BLOCKS = frozenset(
    (
        *HEADINGS,
        *(
            "p",
            "pre",
            "blockquote",
            "ul",
            "ol",
            "dl",
            "table",
            "section",
            "article",
            "main",
            "header",
            "footer",
            "aside",
            "address",
        ),
        *("figure", "hr", "fieldset", "form", "body", "details", "center"),
    )
)
_LINES = frozenset({"div", "li", "dt", "dd", "tr", "caption", "figcaption", "br", "summary", "legend"})
_CELLS = frozenset({"td", "th"})
#: What only a table holds that lays out a page.
_OF_PAGES = HEADINGS | {"table"}
_QUOTES = "“”"
#: Elements between two looks at the clock.
_STEPS = 1000

#: What has to be done when an element ends.
_Ending = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Told:
    """The text and where things came to stand in it, as offsets that may have white space at their ends.

    ``places`` has the entries, the headings of lists, and the links to entries.
    """

    prose: Prose = field(default_factory=Prose)
    raised: list[tuple[int, int]] = field(default_factory=list)
    places: dict[etree._Element, tuple[int, int]] = field(default_factory=dict)


def tell(page: Page, allowance: Allowance) -> Told:
    """All parts of the page in reading order."""
    teller = _Teller(page, allowance)
    for part in page.parts:
        teller.tell(part.root)
        teller.told.prose.end_block()
    return teller.told


class _Teller:
    """Goes through the parts. A note is told after the paragraph or table with the first link that refers to it."""

    def __init__(self, page: Page, allowance: Allowance) -> None:
        self.told = Told()
        self._page = page
        self._prose = self.told.prose
        self._allowance = allowance
        self._notes = set(page.notes.values())
        self._referred: set[etree._Element] = set()
        self._waiting: list[tuple[str, etree._Element]] = []
        self._numbers: dict[etree._Element, str] = {}
        #: What is printed before the next words: an item's number, a note's mark.
        self._label = ""
        #: Of the tables that are open, whether each only lays out the page.
        self._tables: list[bool] = []
        self._entries = self._raised = self._kept = 0

    def tell(self, root: etree._Element, *, in_note: bool = False) -> None:
        """Everything in ``root``. Elements are gone through one after the other, however deep they stand."""
        sheet = self._page.sheet(root)
        endings: list[list[_Ending]] = []
        walk = etree.iterwalk(root, events=("start", "end"))
        for step, (event, element) in enumerate(walk):
            if step % _STEPS == 0:
                self._allowance.check_time()
            if event == "end":
                for ending in reversed(endings.pop()):
                    ending()
                if element is not root and element.tail:
                    self._write(element.tail)
                continue
            looks = sheet.looks(element)
            if element is not root and self._is_silent(element, looks, in_note=in_note):
                endings.append([])
                walk.skip_subtree()
            elif (self._entries or in_note) and is_marked(element, "labels") and element not in self._page.entries:
                self._label = text_in(element)
                endings.append([])
                walk.skip_subtree()
            else:
                endings.append(self._begin(element, looks, in_note=in_note))
                if element.text:
                    self._write(element.text)

    def _is_silent(self, element: etree._Element, looks: Looks, *, in_note: bool) -> bool:
        """Whether nothing of the element is told here."""
        if element in self._notes or self._page.is_left_out(element, hidden=bool(looks.hidden)):
            return True
        if in_note:
            return self._page.is_back_link(element)
        # The number of an entry may be a link back to the text; arrows and the like are not printed.
        return bool(self._entries) and (
            is_marked(element, "back_links")
            or (self._page.is_back_link(element) and not any(character.isalnum() for character in text_in(element)))
        )

    def _begin(self, element: etree._Element, looks: Looks, *, in_note: bool) -> list[_Ending]:
        """Does what the beginning of the element asks for, and gives what its end will ask for, last things first."""
        tag = tag_of(element)
        page, prose = self._page, self._prose
        endings: list[_Ending] = []
        if tag in _BLOCKS or tag in _LINES:
            end = prose.end_block if tag in _BLOCKS else prose.end_line
            end()
            if tag != "br" and not in_note:
                endings.append(self._tell_notes)
            endings.append(end)
        if tag in _CELLS and self._tables and self._tables[-1]:
            prose.end_line()
            endings.append(prose.end_line)
        elif tag in _CELLS:
            prose.begin_cell()
            endings.append(prose.end_cell)
        elif tag == "table":
            self._tables.append(_lays_out(element))
            endings.append(self._end_table)
        elif tag == "ol" and not looks.unnumbered:
            self._numbers.update(item_numbers(element))
        elif tag == "li":
            self._label = self._numbers.pop(element, self._label if in_note else "")
        elif tag == "pre":
            self._kept += 1
            endings.append(self._end_kept)
        elif tag == "q":
            self._write(_QUOTES[0])
            endings.append(partial(self._write, _QUOTES[1]))
        elif (tag == "sup" or looks.raised) and not self._raised:
            self._raised += 1
            endings.append(partial(self._end_raised, prose.place))
        if element in page.entries:
            self._entries += 1
            endings.append(self._end_entry)
        if element in page.entries or element in page.headings or element in page.cited:
            endings.append(partial(self._end_place, element, prose.place))
        note = page.notes.get(element)
        if note is not None and note not in self._referred:
            self._referred.add(note)
            self._waiting.append((text_in(element), note))
        return endings

    def _write(self, text: str) -> None:
        if self._label and not text.isspace():
            self._prose.add(f"{self._label} ")
            self._label = ""
        if self._kept:
            self._prose.keep(text)
        else:
            self._prose.add(text)

    def _tell_notes(self) -> None:
        """The notes that the text so far refers to, unless it is within a table or an entry."""
        if self._entries or not all(self._tables):
            return
        while self._waiting:
            mark, note = self._waiting.pop(0)
            self._prose.end_block()
            self._label = "" if self._prints_mark(note, mark) else mark
            self.tell(note, in_note=True)
            self._prose.end_block()

    def _prints_mark(self, note: etree._Element, mark: str) -> bool:
        """Whether a note begins with its mark outside of a link back, which is left out."""
        in_link = any(text_in(link) == mark and self._page.is_back_link(link) for link in note.iter("a"))
        return not in_link and tag_of(note) != "li" and text_in(note).startswith(f"{mark} ")

    def _end_table(self) -> None:
        self._tables.pop()

    def _end_kept(self) -> None:
        self._kept -= 1

    def _end_entry(self) -> None:
        self._entries -= 1

    def _end_raised(self, start: int) -> None:
        self._raised -= 1
        self.told.raised.append((start, self._prose.place))

    def _end_place(self, element: etree._Element, start: int) -> None:
        self.told.places[element] = (start, self._prose.place)


def _lays_out(table: etree._Element) -> bool:
    """Whether a table only lays out the page: it says so, holds headings or tables, or has no row of several cells."""
    if table.get("role", "") in ("presentation", "none"):
        return True
    in_one_column = True
    for element in table.iterdescendants():
        tag = tag_of(element)
        if tag in _OF_PAGES:
            return True
        if tag in _CELLS and (after := element.getnext()) is not None and tag_of(after) in _CELLS:
            in_one_column = False
    return in_one_column

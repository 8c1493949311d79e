"""Reference lists laid out anew in many ways, with the exact place of every entry.

Used by ``benchmarks.splitting``. A document is made of lines, a line of pieces that say which entry they belong to, so that
offsets are counted and never guessed.
"""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

#: As much of an article's body as stands before a list that is laid out; bodies alone are measured whole.
LONGEST_BODY = 30_000
LINES_A_PAGE = 46
SHARE_RUN_TOGETHER = 0.15
SHARE_REPEATED = 0.25

HEADINGS = (
    *("REFERENCES", "7. References", "VII. LITERATURE CITED", "# Bibliography", "**Works cited**", "References:"),
    *(
        "6 References cited",
        "Referências",
        "5. REFERÊNCIAS BIBLIOGRÁFICAS",
        "Referencias",
        "Bibliografía",
        "LITERATURA CITADA",
        "Literatur",
    ),
    *(
        "Références",
        "8. Literaturverzeichnis",
        "Références bibliographiques",
        "Riferimenti bibliografici",
        "Literatuurlijst",
        "Bibliografia",
    ),
    *("Piśmiennictwo", "Použitá literatura", "Список литературы", "ЛИТЕРАТУРА", "Список використаних джерел", "KAYNAKÇA"),
    *("Βιβλιογραφία", "Referenser", "Referanser", "Litteratur", "Lähteet", "Irodalomjegyzék", "Referințe bibliografice"),
    *("Popis literature", "المراجع", "فهرست منابع", "מקורות", "参考文献", "參考文獻", "引用文献", "참고문헌", "Daftar Pustaka"),
    *("Tài liệu tham khảo", "Referències bibliogràfiques", "Referencias bibliográficas", "三、参考文献", "References and Notes"),
)
TAILS = (
    "Appendix A\n\nThe instruments were checked by hand before each of the three seasons (Lund, 2012; Roe et al., 2015). No "
    "fault was found in any of them, and none was expected. The readings are given in Table A1.",
    "Table 1. Walls and what grows on them (after Lund, 2012)\n\n"
    "Wall\tMoss\tYear\nNorth\t12.3\t2010\nSouth\t1.7\t2011\nEast\t4.4\t2012",
    "Figure captions\n\nFigure 1. Moss on a northern wall in 2010 (left) and 2012 (right).\n\nFigure 2. The same, after Lund and "
    "Roe (2013), with the walls that were washed.",
    "Author notes\n\nAnna Lund, Department of Moss, University of the Hill, 12 Hill Road. Correspondence: a.lund@moss.example\n\n"
    "Bo Roe, Institute of Walls, 3 Wall Street.",
    "Acknowledgements\n\nWe thank C. Eide, P. Dahl and two reviewers for what they said about an earlier version, and the Fund "
    "for Moss (grant 2010/123-4) for paying.",
    "Supplementary material\n\nS1 Table. All walls, with their age in 2015. (XLSX)\n\n"
    "S2 Figure. Weather at the site, 1990–2015. (PDF)",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One way to lay a list out."""

    heading: str = "References"
    """``*`` for one of many languages, empty for none."""
    label: Callable[[int, str], str] = lambda _number, _raw: ""
    blank: int = 0
    """Blank lines between entries."""
    width: int = 0
    """Characters a line, 0 for a line an entry."""
    first: str = ""
    """Indentation of an entry's first line."""
    hang: str = ""
    """Indentation of its other lines."""
    breaks_words: bool = False
    """Whether lines also end inside long words and after hyphens."""
    identifier: str = ""
    """What stands before an identifier instead of a blank: a line's end or two."""
    repeats: str = ""
    """What stands for the authors of some entries."""
    together: bool = False
    """Whether some entries share a paragraph with the next."""
    one_paragraph: bool = False
    pages: str = ""
    """Running lines: ``plain``, ``alternating``, ``journal`` or ``numbers``, then ``\\f``: form feeds, ``_``: blank lines."""
    tail: bool = False
    parts: int = 1
    """Chapters, each with its own list."""
    supplement: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a line and what they belong to: an entry by number, the label of an entry (below 0), or nothing."""

    text: str
    entry: int | None = None


Line = list[Piece]


@dataclass(frozen=True, slots=True)
class Gold:
    """Where an entry is, with and without its label, and its text without what interrupts it."""

    labelled: int
    start: int
    end: int
    text: str


def lay_out(body: str, raws: Sequence[str], title: str, layout: Layout, rng: random.Random) -> tuple[str, list[Gold]]:
    """A document with the body and its entries laid out, and the place of every entry."""
    lines: list[Line] = []
    numbers = list(range(len(raws)))
    paragraphs = body[-LONGEST_BODY:].split("\n")[1:]
    parts = layout.parts
    supplementary = numbers[len(numbers) * 2 // 3 :] if layout.supplement else []
    main = numbers[: len(numbers) - len(supplementary)]
    for part in range(parts):
        if parts > 1:
            lines += plain(["", f"Chapter {part + 1}", ""])
        lines += plain(_set(paragraphs[len(paragraphs) * part // parts : len(paragraphs) * (part + 1) // parts], layout.width))
        lines += _list(raws, main[len(main) * part // parts : len(main) * (part + 1) // parts], layout, layout.heading, rng)
    if layout.supplement:
        lines += plain(["", *_set(TAILS[0].split("\n"), layout.width)])
        lines += _list(raws, supplementary, layout, layout.heading and "Supplementary references", rng)
    if layout.tail:
        lines += plain(["", *_set(rng.choice(TAILS).split("\n"), layout.width)])
    return _joined(_paged(lines, layout.pages, title, rng) if layout.pages else lines)


def plain(lines: Iterable[str]) -> list[Line]:
    """Lines that belong to no entry."""
    return [[Piece(line)] for line in lines]


def _list(raws: Sequence[str], numbers: Sequence[int], layout: Layout, heading: str, rng: random.Random) -> list[Line]:
    heading = rng.choice(HEADINGS) if heading == "*" else heading
    lines = plain(["", heading, ""] if heading else ["", ""])
    joined: list[Line] = []
    for place, number in enumerate(numbers):
        raw = raws[number]
        if layout.repeats and place and rng.random() < SHARE_REPEATED:
            raw = re.sub(r"^[^()\n]{4,150}?(?=\s\(?(?:19|20)\d\d)", layout.repeats, raw)
        entry = _entry(number, layout.label(place + 1, raw), raw, layout)
        runs_on = layout.one_paragraph or (layout.together and rng.random() < SHARE_RUN_TOGETHER)
        if joined and runs_on:
            joined[-1] = [*joined[-1], Piece(" "), *entry[0]]
            joined += entry[1:]
        else:
            joined += plain([""] * (layout.blank if joined else 0)) + entry
    return lines + joined


def _entry(number: int, label: str, raw: str, layout: Layout) -> list[Line]:
    head, found, identifier = raw, False, ""
    if layout.identifier:
        match = re.search(r"\s(?=(?:https?://|doi:|DOI:? |10\.\d{4})\S)", raw)
        if match:
            head, found, identifier = raw[: match.start()], True, raw[match.end() :]
    lines = _wrapped(number, label, head, layout)
    if found:
        lines += plain([""] * (len(layout.identifier) - 1))
        lines += [[Piece(layout.hang), Piece(identifier, number)]]
    return lines


def _wrapped(number: int, label: str, raw: str, layout: Layout) -> list[Line]:
    if not layout.width:
        return [[Piece(layout.first), *_label(number, label), Piece(raw, number)]]
    set_lines = textwrap.wrap(
        label.replace(" ", "\0") + raw,
        layout.width,
        initial_indent=layout.first,
        subsequent_indent=layout.hang,
        break_long_words=layout.breaks_words,
        break_on_hyphens=layout.breaks_words,
    )
    lines: list[Line] = []
    for place, line in enumerate(set_lines):
        indent = layout.hang if place else layout.first
        own = line[len(indent) :]
        if place:
            lines.append([Piece(indent), Piece(own, number)])
        else:
            lines.append([Piece(indent), *_label(number, label), Piece(own[len(label) :], number)])
    return lines


def _label(number: int, label: str) -> list[Piece]:
    """A label, without the blanks and the bullet before it."""
    own = label.lstrip(" •-")
    return [Piece(label[: len(label) - len(own)]), Piece(own, -number - 1)]


def _set(paragraphs: Sequence[str], width: int) -> list[str]:
    """Paragraphs as they are, or in lines of ``width``."""
    if not width:
        return list(paragraphs)
    return [line for paragraph in paragraphs for line in (textwrap.wrap(paragraph, width, break_on_hyphens=False) or [""])]


def _paged(lines: Sequence[Line], form: str, title: str, rng: random.Random) -> list[Line]:
    """The lines with a page's foot and the next one's head among them."""
    paged: list[Line] = []
    page = rng.randint(1, 900)
    short = title[:60].rsplit(" ", 1)[0] if len(title) > 60 else title
    authors = "Lund and Roe" if rng.random() < 0.5 else "A. LUND ET AL."
    room = rng.randint(10, LINES_A_PAGE)
    for line in lines:
        if room == 0:
            paged += plain(_break(form, page, short, authors))
            page += 1
            room = LINES_A_PAGE
        paged.append(line)
        room -= 1
    return paged


def _break(form: str, page: int, short: str, authors: str) -> list[str]:
    foot: list[str] = []
    head: list[str] = []
    if form.startswith("plain"):
        foot, head = [str(page)], [short.upper()]
    elif form.startswith("alternating"):
        head = [f"{page + 1}    {authors}"] if page % 2 else [f"{short}    {page + 1}"]
    elif form.startswith("journal"):
        foot = [f"Annals of Walls | www.walls.example    {page}    March 2018 | Volume 9 | Article 345"]
        head = [f"{authors}    {short}"]
    else:
        foot = [f"- {page} -"]
    around = [""] if "_" in form else []
    if "\f" in form:
        head = ["\f" + head[0], *head[1:]] if head else ["\f"]
    return [*around, *foot, *head, *around]


def _joined(lines: Sequence[Line]) -> tuple[str, list[Gold]]:
    text: list[str] = []
    at = 0
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    words: dict[int, list[str]] = {}
    for line in lines:
        for piece in line:
            if piece.entry is not None and piece.text:
                starts.setdefault(piece.entry, at)
                ends[piece.entry] = at + len(piece.text)
                words.setdefault(piece.entry, []).append(piece.text)
            text.append(piece.text)
            at += len(piece.text)
        text.append("\n")
        at += 1
    golds = [
        Gold(starts.get(-entry - 1, starts[entry]), starts[entry], ends[entry], " ".join(words[entry]))
        for entry in sorted(starts)
        if entry >= 0
    ]
    return "".join(text), golds


def numbered(form: str) -> Callable[[int, str], str]:
    """Labels with the number in ``form``."""
    return lambda number, _raw: form.format(number)


def key(_number: int, raw: str) -> str:
    """A key of the first name and the year: ``[Lee20]``."""
    year = re.search(r"(?:19|20)(\d\d)", raw)
    name = re.search(r"[A-Z][A-Za-z]{1,2}", raw)
    return f"[{name.group() if name else 'Xyz'}{year.group(1) if year else '00'}] "


LAYOUTS: dict[str, Layout] = {
    "a line each": Layout(),
    "a line each, heading of any language": Layout(heading="*"),
    "blank lines": Layout(blank=1, heading="*"),
    "blank lines, two": Layout(blank=2),
    "no heading": Layout(heading=""),
    "no heading, blank lines": Layout(heading="", blank=1),
    "no heading, tail": Layout(heading="", tail=True),
    "no heading, wrapped at 80": Layout(heading="", width=80),
    "no heading, wrapped at 80, tail": Layout(heading="", width=80, tail=True),
    "no heading, wrapped at 80, hanging": Layout(heading="", width=80, hang="    "),
    "no heading, wrapped at 70, blank lines": Layout(heading="", width=70, blank=1),
    "no heading, [1], wrapped at 80": Layout(heading="", label=numbered("[{}] "), width=80),
    "no heading, 1., a line each": Layout(heading="", label=numbered("{}. ")),
    "wrapped at 60": Layout(width=60),
    "wrapped at 80": Layout(width=80, heading="*"),
    "wrapped at 100": Layout(width=100),
    "wrapped at 80, words broken": Layout(width=80, breaks_words=True),
    "wrapped at 70, blank lines": Layout(width=70, blank=1),
    "wrapped at 80, hanging": Layout(width=80, hang="    "),
    "wrapped at 60, hanging by a tab": Layout(width=60, hang="\t"),
    "wrapped at 80, first lines indented": Layout(width=80, first="    "),
    "wrapped at 80, all indented": Layout(width=80, first="  ", hang="  "),
    "[1]": Layout(label=numbered("[{}] "), heading="*"),
    "1.": Layout(label=numbered("{}. ")),
    "(1), blank lines": Layout(label=numbered("({}) "), blank=1),
    "1)": Layout(label=numbered("{}) ")),
    "1": Layout(label=numbered("{} ")),
    "1 glued": Layout(label=numbered("{}")),
    "[1], wrapped at 80": Layout(label=numbered("[{}] "), width=80),
    "1., wrapped at 70": Layout(label=numbered("{}. "), width=70),
    "1., wrapped at 80, hanging": Layout(label=numbered("{}. "), width=80, hang="    "),
    "1), wrapped at 80, blank lines": Layout(label=numbered("{}) "), width=80, blank=1),
    "1, wrapped at 80": Layout(label=numbered("{} "), width=80),
    "1 glued, wrapped at 80": Layout(label=numbered("{}"), width=80),
    "1., right-aligned, wrapped": Layout(label=numbered("{:>3}. "), width=80, hang="     "),
    "[1], all in one paragraph": Layout(label=numbered("[{}] "), one_paragraph=True),
    "1., all in one paragraph": Layout(label=numbered("{}. "), one_paragraph=True),
    "[Lee20]": Layout(label=key),
    "[Lee20], wrapped at 80": Layout(label=key, width=80),
    "bullets": Layout(label=numbered("• ")),
    "bullets, wrapped at 80": Layout(label=numbered("- "), width=80),
    "DOI on a line": Layout(identifier="\n"),
    "DOI on a line, wrapped at 80": Layout(identifier="\n", width=80),
    "DOI in a paragraph": Layout(identifier="\n\n"),
    "DOI in a paragraph, blank lines": Layout(identifier="\n\n", blank=1),
    "DOI in a paragraph, blank lines, no heading": Layout(identifier="\n\n", blank=1, heading=""),
    "DOI in a paragraph, 1., blank lines": Layout(identifier="\n\n", blank=1, label=numbered("{}. ")),
    "pages, plain": Layout(width=80, pages="plain"),
    "pages, plain, blank lines around": Layout(width=80, pages="plain_"),
    "pages, alternating": Layout(width=80, pages="alternating"),
    "pages, alternating, form feeds": Layout(width=80, pages="alternating\f_"),
    "pages, journal": Layout(width=90, pages="journal_"),
    "pages, journal, form feeds, hanging": Layout(width=90, pages="journal\f", hang="    "),
    "pages, journal, blank lines": Layout(width=90, pages="journal_", blank=1),
    "pages, numbers": Layout(width=80, pages="numbers"),
    "pages, alternating, [1]": Layout(width=80, pages="alternating_", label=numbered("[{}] ")),
    "pages, journal, 1.": Layout(width=80, pages="journal\f", label=numbered("{}. ")),
    "pages, numbers, no heading": Layout(width=80, pages="numbers_", heading=""),
    "same authors, ———.": Layout(repeats="———."),
    "same authors, ———, wrapped at 80": Layout(repeats="———", width=80),
    "same authors, ------, blank lines": Layout(repeats="------", blank=1),
    "run together": Layout(together=True),
    "run together, blank lines": Layout(together=True, blank=1),
    "run together, 1.": Layout(together=True, label=numbered("{}. ")),
    "run together, [1], blank lines": Layout(together=True, blank=1, label=numbered("[{}] ")),
    "tail": Layout(tail=True),
    "tail, blank lines": Layout(tail=True, blank=1),
    "tail, wrapped at 80": Layout(tail=True, width=80),
    "tail, 1., wrapped at 80": Layout(tail=True, width=80, label=numbered("{}. ")),
    "a supplement's list": Layout(supplement=True, tail=True),
    "a supplement's list, wrapped at 80": Layout(supplement=True, tail=True, width=80),
    "a list a chapter": Layout(parts=3),
    "a list a chapter, wrapped at 80": Layout(parts=3, width=80),
    "a list a chapter, no heading": Layout(parts=3, heading="", blank=1),
}

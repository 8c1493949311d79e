"""Volume, issue, pages and date in the numbers of a reference string."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bib.strings.dates import MONTH, YEAR

_NUMBER_LABEL = (
    r"(?P<label>(?<![^\W\d_])(?:(?P<volume>[Vv]ol(?:ume|s)?|VOL|[Vv]|[Bb]d|Band|Jg|[Tt]omo?e?|[Tt](?=\.))|(?P<issue>[Nn]os?|NO|[Nn]r|[Nn]|[Nn]º|[Nn]°|[Nn]úm(?:ero)?|[Nn]um(?:ber)?|[Ii]ss(?:ue)?|Heft|H(?=\.)|[Ff]asc)"
    r"|(?P<pages>[Pp]p?|[Pp]gs?|[Pp]ages?|[Pp]áginas?|[Pp]ágs?|S(?=\.)|[Ss]eiten?|[Aa]rt(?:icle)?(?:\s?(?:[Nn]o|ID|[Nn]umber))?|[Pp]aper(?:\s[Nn]o)?|[Ee]id))"
    r"\.?\s?[º°:.#]?\s?(?=[A-Za-z]{0,4}-?\d|[IVXLC]{1,6}\b|\())"
)
_TOKEN = re.compile(
    rf"{_NUMBER_LABEL}"
    rf"|(?P<month>(?<![^\W\d_])(?i:{MONTH}(?:\s?[/–-]\s?{MONTH})?)(?![^\W\d_]))"
    r"|(?P<suppl>(?<![^\W\d_])(?:[Ss]uppl(?:ement[oa]?)?|[Ss]upl|SUPPL|[Pp]t|[Ss]pecial\s[Ii]ssue|[Ss]pec(?:\sNo)?|Web\sServer\sissue|[Dd]atabase\sissue)\b\.?)"
    r"|(?P<season>\b(?:Spring|Summer|Autumn|Fall|Winter)\b)"
    r"|(?P<group>[(\[][^()\[\]]{0,60}[)\]])"
    r"|(?P<range>[A-Za-z]{0,4}\.?\d[\dA-Za-z.]{0,12}\s?(?:--|[-–—−‒‐])\s?[A-Za-z]{0,4}\.?\d[\dA-Za-z]{0,12}(?:[-–]\d{1,4})?(?![\w–-]))"
    r"|(?P<number>(?<!\w)[A-Za-z]{0,6}\.?-?\d[\w.-]{0,24}(?<=[\w])(?!\w)(?:\s?/\s?\d{1,4}(?!\d))?)"
    r"|(?P<roman>(?<!\w)[IVXLC]{1,7}(?=\s?[:(]))"
    r"|(?P<mark>[\s.,;:–—&-])"
    r"|(?P<word>[^\W_]+|.)"
)
_DIGIT = re.compile(r"\d")
#: Characters before a digit that may hold its label or month, and words after the last digit that end a run.
_LOOK_BACK = 70
_LOOK_AHEAD = 2
_YEAR = re.compile(rf"(?:c|©\s?)?({YEAR})[a-z]?\Z")
_YEARS = re.compile(rf"{YEAR}\s?[-–—]\s?{YEAR}")
_GROUP_YEAR = re.compile(
    rf"[(\[]\s?(?:{MONTH}\s?(?:\d{{1,2}},?\s)?)?(?:c|©\s?)?{YEAR}[a-z]?(?:[,\s]\s?{MONTH}(?:\s\d{{1,2}})?)?\s?[)\]]\Z",
    re.IGNORECASE,
)
_GROUP_ISSUE = re.compile(
    r"[(\[]\s?(?:(?:[Nn]os?|[Nn]º?|[Nn]r|[Ii]ssue|Pt|[Pp]art)\.?\s?)?(?:[A-Za-z]{0,3}\d[\w/–.,&\s-]{0,24}|[A-Z]|[IVX]{1,5}|\d{0,3}\s?[Ss]up+l?[\w.\s]{0,20}|[Ss]pec[\w.\s]{0,16}|[Ww]eb\s[Ss]erver[\w\s]{0,10}|[Dd]atabase[\w\s]{0,10})\s?[)\]]\Z"
    rf"|[(\[]{MONTH}(?:[-–/\s]{{1,3}}{MONTH})?[)\]]\Z",
    re.IGNORECASE,
)
_GROUP_PARTS = re.compile(r"[(\[].{0,40}?(?:\b[Pp]p?\.|\b[Vv]ol\.|\bpages?\b|\bno\.|\bBd\.)\s?[A-Za-z]?\d")
_PAGE_TOTAL = re.compile(r"\s?(?:pp?|págs?|páginas|pages|S|f|ff|fls?|Seiten|с)\b\.?(?!\s?\d)")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|e|ª|º|a|ed)\Z")


@dataclass(frozen=True, slots=True)
class Token:
    """One token of the numeric parts of a string."""

    kind: str
    start: int
    end: int
    text: str
    label: str = ""


@dataclass(slots=True)
class Run:
    """Numbers, labels and punctuation in a row, and the fields that they spell as spans in the text."""

    start: int
    end: int
    fields: dict[str, tuple[int, int]] = field(default_factory=dict)
    labelled: bool = False
    worth: float = 0.0


def find_runs(text: str, start: int, *, dated: bool) -> list[Run]:
    """The numeric runs of ``text`` from ``start`` on, in order. ``dated``: the year is known already."""
    runs: list[Run] = []
    current: list[Token] = []
    for token in _tokens(text, start):
        if token.kind == "word":
            if current:
                runs.extend(_run(text, current, dated=dated))
                current = []
        elif current or token.kind != "mark":
            current.append(token)
    if current:
        runs.extend(_run(text, current, dated=dated))
    return runs


def _tokens(text: str, start: int) -> Iterator[Token]:
    """The tokens of the parts of ``text`` that lie near a digit; a ``word`` stands for everything else."""
    place = start
    while digit := _DIGIT.search(text, place):
        near = (
            text.find(" ", max(place, digit.start() - _LOOK_BACK), digit.start()) if digit.start() - _LOOK_BACK > place else place
        )
        if near > place:
            yield Token("word", place, near, "")
            place = near
        words = 0
        while place < len(text) and words < _LOOK_AHEAD:
            match = _TOKEN.match(text, place)
            assert match is not None
            token = _token(text, match)
            words = words + 1 if token.kind == "word" else 0 if token.kind != "mark" else words
            place = match.end()
            yield token


def _token(text: str, match: re.Match[str]) -> Token:
    kind = match.lastgroup or "word"
    label = ""
    if match.group("label") is not None:
        kind = "label"
        label = "volume" if match.group("volume") else "issue" if match.group("issue") else "pages"
    elif kind == "group" and not _is_numeric_group(match.group()):
        kind = "word"
    elif kind == "number":
        if _PAGE_TOTAL.match(text, match.end()):
            kind = "total"
        elif (_ORDINAL.match(match.group()) and not _YEAR.match(match.group())) or not _is_plain_number(
            match.group(), text, match.start()
        ):
            kind = "word"
    return Token(kind, match.start(), match.end(), match.group(), label)


def _is_numeric_group(group: str) -> bool:
    return bool(_GROUP_YEAR.match(group) or _GROUP_ISSUE.match(group) or _GROUP_PARTS.match(group))


_LETTERS_FIRST = re.compile(r"[A-Za-z]+")


def _is_plain_number(number: str, text: str, start: int) -> bool:
    """Whether a number may locate an article: not "COVID-19", "H1N1" or "10.5 kg" in a title."""
    letters = _LETTERS_FIRST.match(number)
    if letters and (len(letters.group()) > 3 and not number[len(letters.group()) :].lstrip(".-").isdigit()):
        return False
    if text[start - 1 : start] in ("'", "’", "‘"):
        return False  # "ECHT ’94"
    if letters and number[letters.end() : letters.end() + 1] == "-" and len(letters.group()) > 2:
        return False
    return not (
        letters and len(letters.group()) > 1 and letters.group().isupper() and len(number) - letters.end() <= 2 and start == 0
    )


def _run(text: str, tokens: list[Token], *, dated: bool) -> list[Run]:
    while tokens and tokens[-1].kind in ("mark", "roman"):
        tokens = tokens[:-1]
    while tokens and tokens[0].kind == "mark":
        tokens = tokens[1:]
    if not any(token.kind in ("number", "range", "group", "total") for token in tokens):
        return []
    run = Run(tokens[0].start, tokens[-1].end)
    _Reader(text, tokens, run, dated=dated).read()
    names = set(run.fields)
    run.worth = sum(
        {"volume": 1.0, "issue": 0.7, "pages": 1.2, "date": 0.6}[name]
        for name in names
        if name in ("volume", "issue", "pages", "date")
    )
    if run.labelled and len(names - {"date"}) == 1:
        run.worth += 0.5
    return [run] if run.fields or any(token.kind == "total" for token in tokens) else []


class _Reader:
    """Reads the fields off the tokens of one run."""

    def __init__(self, text: str, tokens: Sequence[Token], run: Run, *, dated: bool) -> None:
        self._text = text
        self._tokens = [token for token in tokens if token.kind != "mark"]
        self._run = run
        self._dated = dated
        self._pending = ""

    def read(self) -> None:
        """Fills the run's fields. Months, seasons and totals of pages say nothing by themselves."""
        if not self._dated:
            bracketed = next((t for t in self._tokens if t.kind == "group" and _GROUP_YEAR.match(t.text)), None)
            if bracketed:
                self._put("date", (bracketed.start + 1, bracketed.end - 1))
        readers = {
            "label": self._read_label,
            "group": self._read_group,
            "suppl": self._read_suppl,
            "range": self._read_range,
            "roman": self._read_roman,
            "number": self._read_number,
        }
        for place, token in enumerate(self._tokens):
            reader = readers.get(token.kind)
            if reader:
                reader(place, token)

    def _put(self, name: str, span: tuple[int, int]) -> None:
        self._run.fields.setdefault(name, span)

    def _has(self, name: str) -> bool:
        return name in self._run.fields

    def _read_label(self, place: int, token: Token) -> None:
        self._pending = token.label
        self._run.labelled = True

    def _read_group(self, place: int, token: Token) -> None:
        inner = (token.start + 1, token.end - 1)
        pending, self._pending = self._pending, ""
        if _GROUP_YEAR.match(token.text):
            if self._has("date") or not self._dated:
                return
            if self._has("volume") and not self._has("issue") and self._text[token.start - 1] != " ":
                self._put("issue", inner)
            return
        if pending and pending not in self._run.fields:
            self._put(pending, inner)
        elif _GROUP_PARTS.match(token.text):
            for run in find_runs(self._text[: inner[1]], inner[0], dated=True):
                self._run.labelled = self._run.labelled or run.labelled
                for name, span in run.fields.items():
                    self._put(name, span)
        elif (self._has("volume") or place + 1 < len(self._tokens)) and _GROUP_ISSUE.match(token.text):
            self._put("issue", _trimmed(self._text, *inner))

    def _read_suppl(self, place: int, token: Token) -> None:
        end = token.end
        following = self._next(place)
        if following and following.kind == "number" and self._text[token.end : following.start].strip(" .") == "":
            end = following.end
        before = self._tokens[place - 1] if place else None
        start = token.start
        if before and self._has("volume") and before.kind == "number" and before.end != self._run.fields["volume"][1]:
            start = before.start
        if self._has("issue") and self._run.fields["issue"][1] <= start:
            start = self._run.fields["issue"][0]
            del self._run.fields["issue"]
        if self._has("volume"):
            self._put("issue", (start, end))

    def _read_range(self, place: int, token: Token) -> None:
        pending, self._pending = self._pending, ""
        if pending and not self._has(pending):
            self._put(pending, (token.start, token.end))
        elif not self._has("volume") and self._marks_after(token).startswith((":", "(")) and not self._is_year_range(token):
            self._put("volume", (token.start, token.end))
        elif not self._dated and not self._has("date") and self._is_year_range(token):
            self._put("date", (token.start, token.end))
        elif not self._has("pages") and (self._has("volume") or not _YEARS.fullmatch(token.text)):
            self._put("pages", (token.start, token.end))

    @staticmethod
    def _is_year_range(token: Token) -> bool:
        return re.fullmatch(rf"{YEAR}\s?[-–/]\s?(?:{YEAR}|\d\d)", token.text) is not None

    def _read_roman(self, place: int, token: Token) -> None:
        if not self._has("volume"):
            self._put("volume", (token.start, token.end))

    def _read_number(self, place: int, token: Token) -> None:
        pending, self._pending = self._pending, ""
        span = (token.start, token.end)
        if self._run.fields.get("issue", (0, 0))[1] >= token.end:
            return
        if pending:
            self._put(pending, span)
            return
        if not self._dated and not self._has("date") and _YEAR.match(token.text) and not self._is_after_colon(token):
            self._put_date(place, token)
            return
        if self._is_day(place, token):
            return
        if not self._has("volume") and not self._has("pages"):
            article = token.text[:1].isalpha() and len(token.text) >= 5
            self._put("pages" if article or (len(token.text) >= 6 and token.text.isdigit()) else "volume", span)
        elif not self._has("pages"):
            following = self._next(place)
            follows = following is not None and (
                following.kind == "range"
                or (following.kind == "number" and (self._dated or self._has("date") or not _YEAR.match(following.text)))
            )
            if (
                follows
                and not self._has("issue")
                and self._has("volume")
                and not token.text[:1].isalpha()
                and len(token.text) <= 4
            ):
                self._put("issue", span)
            else:
                self._put("pages", span)

    def _put_date(self, place: int, token: Token) -> None:
        start, end = token.start, token.end
        before = self._tokens[place - 1] if place else None
        if before and before.kind in ("month", "season") and self._text[before.end : start].strip(" .,") == "":
            start = before.start
        for following in self._tokens[place + 1 : place + 3]:
            gap = self._text[end : following.start].strip(" .,-")
            day = following.kind == "number" and following.text.isdigit() and int(following.text) <= 31 and end > token.end
            if gap == "" and (following.kind in ("month", "season") or (day and self._text[end : following.start].strip() == "")):
                end = following.end
            else:
                break
        self._put("date", (start, end))

    def _is_day(self, place: int, token: Token) -> bool:
        """Whether a number is the day beside a month: "2010 Jan 30"."""
        date = self._run.fields.get("date")
        if date and date[0] <= token.start < date[1]:
            return True
        before = self._tokens[place - 1] if place else None
        following = self._next(place)
        beside = (before and before.kind == "month") or (following and following.kind == "month")
        return bool(beside and token.text.isdigit() and int(token.text[:3]) <= 31)

    def _is_after_colon(self, token: Token) -> bool:
        return self._has("volume") and self._text[: token.start].rstrip().endswith(":")

    def _marks_after(self, token: Token) -> str:
        return self._text[token.end : token.end + 3].lstrip()

    def _next(self, place: int) -> Token | None:
        return self._tokens[place + 1] if place + 1 < len(self._tokens) else None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " .,;":
        start += 1
    while end > start and text[end - 1] in " ,;":
        end -= 1
    return start, end

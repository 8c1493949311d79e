"""A reference string to labelled segments, by rule."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bib.model import SEGMENT_LABELS, Segment
from bib.strings.authors import Head, read_head
from bib.strings.books import find_in, publisher_at, read_book, read_publisher
from bib.strings.clean import Clean, clean
from bib.strings.locators import Run, find_runs
from bib.strings.notes import Notes
from bib.strings.titles import cut_before_locator, first_sentence, is_container, known_share, quoted_title

#: Strings longer than this are no references; only their beginning is read.
LONGEST = 6000

#: A run worth this much has a volume and pages: the last such run counts, whatever stood in the title.
_CERTAIN = 2.2
#: A title before a year in its middle has at least so many characters.
_SHORTEST_TITLE = 8

_TRIM = " .,;:–—-/"
#: A rest of names before the year in brackets: letters that typesetting left ("H. t. (2016)"), or a last name without initials.
_STRAY_NAME = re.compile(
    r"[\s,.;]{0,4}(?:[^\W\d_]\.?|(?P<last>(?:and|&|y|e|et|und)\s[^\W\d_a-z][\w'’-]{1,30}))?"
    r"[\s,.;]{0,3}[(\[](?P<year>(?:1[5-9]|20)\d\d)[a-z]?[)\]][.,:]?\s"
)
_IMPRINT = re.compile(r"\(\s?(?P<imprint>[^\W\d_a-zß-ÿ][^()\d]{2,90}?)\s?[,\s]\s?(?P<year>(?:1[5-9]|20)\d\d[a-z]?)\s?\)")
_DESCRIPTION = re.compile(
    r"\s?[\[(][^\[\]()]{0,80}\b(?:thesis|dissertation|tese|dissertação|tesis|trabalho\sde|software|data\s?set|video|film|podcast|blog|post|preprint|paper\spresent|"
    r"poster|audio|r\spackage|mobile\sapp|powerpoint|apresentação|unpublished|magazine|webinar|infographic|slides|press\srelease|working\spaper|"
    r"conference|letter\sto)[^\[\]()]{0,80}[\])]\.?$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Draft:
    """Segments while they are collected, as spans in the cleaned text."""

    text: str
    spans: dict[str, tuple[int, int]]

    def add(self, label: str, start: int, end: int) -> None:
        """Adds a segment unless it is empty, has its label already or overlaps another."""
        if start >= end or label in self.spans:
            return
        if any(start < other_end and other_start < end for other_start, other_end in self.spans.values()):
            return
        self.spans[label] = (start, end)


def segment(raw: str, notes: Notes) -> tuple[Segment, ...]:
    """The labelled pieces of ``raw`` in order of their place, none overlapping another."""
    raw = raw[:LONGEST]
    cleaned = clean(raw, [(start, end) for start, end in notes.holes if end <= len(raw)])
    draft = _Draft(cleaned.text, {})
    if cleaned.text.strip():
        _read(cleaned, draft)
    return _segments(raw, cleaned, draft, notes)


def _read(cleaned: Clean, draft: _Draft) -> None:
    text = cleaned.text
    head = _with_stray_name(text, read_head(text))
    if head.names:
        draft.add("editor" if head.role else "author", head.names[0], _trimmed(text, *head.names, keep=".—–-_")[1])
    if head.date:
        draft.add("date", *head.date)
    start = _skip(text, head.rest)
    end = len(text.rstrip())
    runs = find_runs(text, start, dated=head.date is not None)
    locator = _locator(text, start, runs)
    introduction = find_in(text, start, end)
    imprint = _IMPRINT.search(text, start)
    if imprint and "date" not in draft.spans and not (locator and locator.worth > 2 and "volume" in locator.fields):
        _read_imprint(draft, start, imprint, introduction, runs)
    elif introduction:
        _read_chapter(draft, start, introduction, end, runs)
    elif locator:
        _read_article(draft, head, start, end, locator)
    else:
        _read_monograph(cleaned, draft, start, end, runs)
    _late_date(draft, runs)


def _with_stray_name(text: str, head: Head) -> Head:
    """Takes the year that a stray letter or a last name without initials parts from the names."""
    if not head.names or head.date:
        return head
    stray = _STRAY_NAME.match(text, head.names[1])
    if stray is None:
        return head
    names_end = stray.end("last") if stray["last"] else head.names[1]
    return replace(head, names=(head.names[0], names_end), date=stray.span("year"), rest=stray.end())


def _read_imprint(
    draft: _Draft, start: int, imprint: re.Match[str], introduction: tuple[int, int] | None, runs: list[Run]
) -> None:
    """A book whose place, publisher and year stand together in brackets: "Title (Cambridge: University Press, 2016), 12-34"."""
    text = draft.text
    draft.add("date", *imprint.span("year"))
    for run in runs:
        if run.start >= imprint.end() and "pages" in run.fields:
            draft.add("pages", *run.fields["pages"])
    read_publisher(text, *imprint.span("imprint"), draft.add)
    if introduction and introduction[0] < imprint.start():
        quoted = quoted_title(text, start, introduction[0] + 1)
        draft.add("title", *(quoted or _trimmed(text, start, introduction[0] + 1)))
        read_book(text, introduction[1], imprint.start(), draft.add, titled="container")
        return
    quoted = quoted_title(text, start, imprint.start())
    if quoted:
        draft.add("title", *quoted)
        read_book(text, quoted[1], imprint.start(), draft.add, titled="container")
    else:
        read_book(text, start, imprint.start(), draft.add, titled="title")


def _skip(text: str, start: int) -> int:
    while start < len(text) and text[start] in _TRIM:
        start += 1
    return start


def _locator(text: str, start: int, runs: list[Run]) -> Run | None:
    """The run that locates an article: the last of those that say most."""
    best: Run | None = None
    for run in runs:
        if "volume" not in run.fields and "issue" not in run.fields and "pages" not in run.fields:
            continue
        if run.start <= start + 3 or (run.worth < 1.5 and run.end < len(text.rstrip()) - 40 and not run.labelled):
            continue
        if not _stands_apart(text, run):
            continue
        if best is None or run.worth >= min(best.worth, _CERTAIN):
            best = run
    return best


def _stands_apart(text: str, run: Run) -> bool:
    """Whether a lone number locates anything: labelled, a range, or the last of the string; not the "90" of a title."""
    if run.labelled or len(set(run.fields) - {"date"}) > 1:
        return True
    if "pages" in run.fields:
        start, end = run.fields["pages"]
        return any(dash in text[start:end] for dash in "-–—−") or (
            "volume" not in run.fields and end >= len(text.rstrip(_TRIM + "()"))
        )
    lone = run.fields.get("volume", run.fields.get("issue", (0, 0)))
    if "date" in run.fields:
        return text[lone[0] - 1 : lone[0]] != "-"
    before = text[: run.start].rstrip()
    container = before[max(before.rfind(". "), before.rfind("? ")) + 1 :]
    last = lone[1] >= len(text.rstrip(_TRIM + "()"))
    named = before[-1:] not in ",:;" or (before[-1:] == "," and known_share(container) > 0)
    return last and named and len(container.split()) <= 8 and is_container(container)


def _add_run(draft: _Draft, run: Run) -> None:
    for name in ("volume", "issue", "pages", "date"):
        if name in run.fields:
            draft.add(name, *run.fields[name])


def _read_article(draft: _Draft, head: Head, start: int, end: int, run: Run) -> None:
    text = draft.text
    quoted = quoted_title(text, start, run.start)
    if quoted:
        _add_run(draft, run)
        draft.add("title", *quoted)
        _read_container(draft, quoted[1], run.start, run)
        return
    commas = head.style in ("names", "full") and text[head.names[1] : head.names[1] + 1] in (",", ":") if head.names else False
    cut = cut_before_locator(text, start, run.start, commas=commas or bool(head.date and "," in text[head.date[1] : head.rest]))
    journal = "volume" in run.fields or "issue" in run.fields
    if not journal and not is_container(text[cut.container[0] : cut.container[1]]):
        _add_run(draft, run)
        read_book(text, start, run.start, draft.add, titled="title")
        read_publisher(text, run.end, end, draft.add)
        return
    if not journal and publisher_at(text, cut.container[0], cut.container[1]):
        _add_run(draft, run)
        read_book(text, start, run.start, draft.add, titled="title")
        return
    _add_run(draft, run)
    draft.add("title", *_trimmed(text, *cut.title))
    _read_container(draft, cut.container[0], _date_before(draft, cut.container, run), run)


def _date_before(draft: _Draft, container: tuple[int, int], run: Run) -> int:
    """Where the container ends: before a date that words part from the numbers ("Rev Educ. 2005 abril 11 …;337:99")."""
    if "date" in draft.spans:
        return container[1]
    dates = [found for found in find_runs(draft.text[: container[1]], container[0], dated=False) if "date" in found.fields]
    if not dates or container[1] - dates[-1].end > 30:
        return container[1]
    draft.add("date", *dates[-1].fields["date"])
    return dates[-1].start


def _read_container(draft: _Draft, start: int, end: int, run: Run) -> None:
    """The container between title and numbers; a place behind it where the style labels its volumes."""
    text = draft.text
    start, end = _trimmed(text, start, end)
    introduction = re.match(r"(?:in:?|In:?|Em:|In)\s(?=[^\W\d_a-z])", text[start:end])
    if introduction:
        start += introduction.end()
    if run.labelled and run.fields.get("volume", run.fields.get("issue", (0, 0)))[0] > 0:
        comma = text.rfind(", ", start, end)
        place = text[comma + 2 : end].strip(" ,.")
        if comma > start and place[:1].isupper() and len(place.split()) <= 3 and _labels_volume(text, run):
            first = text.find(", ", start, end)
            if len(text[first + 2 : end].split()) <= 4 and first - start > 12:
                comma = first
            elif first != comma:
                comma = end
            if comma < end:
                draft.add("location", *_trimmed(text, comma + 2, end))
            end = comma
    volume = run.fields.get("volume")
    letter = re.search(r"(?:Rev|Lett|Phys|Nucl|Instrum|J)\s?\.$", text[start:end].rstrip())
    if letter and volume and re.fullmatch(r"[A-G]\s?\d{1,4}", text[volume[0] : volume[1]]):
        draft.spans["volume"] = (volume[0] + 1, volume[1])
        end = volume[0] + 1
    draft.add("container", *_trimmed(text, start, end, keep="."))


def _labels_volume(text: str, run: Run) -> bool:
    return re.match(r"[Vv]\.|[Aa]no|[Nn]\.|[Vv]ol", text[run.start : run.start + 4]) is not None


def _read_chapter(draft: _Draft, start: int, introduction: tuple[int, int], end: int, runs: list[Run]) -> None:
    text = draft.text
    quoted = quoted_title(text, start, introduction[0] + 1)
    title = quoted or (start, introduction[0] + 1)
    pages_before = [run for run in runs if run.end <= introduction[0] + 1 and "pages" in run.fields and run.labelled]
    if pages_before:
        draft.add("pages", *pages_before[-1].fields["pages"])
        title = (title[0], min(title[1], pages_before[-1].start))
    after = [run for run in runs if run.start >= introduction[1]]
    ending = end
    for run in after:
        labelled_volume = "volume" in run.fields and ("pages" in run.fields or run.labelled)
        for name in ("pages", "date"):
            if name in run.fields and (
                name != "pages" or run.labelled or "–" in _of(text, run.fields[name]) or "-" in _of(text, run.fields[name])
            ):
                draft.add(name, *run.fields[name])
        if labelled_volume:
            draft.add("volume", *run.fields["volume"])
            if "issue" in run.fields:
                draft.add("issue", *run.fields["issue"])
    draft.add("title", *_trimmed(text, *title))
    book_end = ending
    located = [run for run in after if "pages" in run.fields or ("date" in run.fields and run.worth < 1)]
    if located:
        last = located[-1]
        first_located = next((run for run in located if not re.fullmatch(r"[^,.]{0,3}", text[introduction[1] : run.start])), last)
        book_end = first_located.start if _closes_title(text, first_located) else ending
        read_publisher_after = first_located.end
    else:
        read_publisher_after = ending
    read_book(text, introduction[1], _before_open(text, introduction[1], book_end), draft.add, titled="container")
    if "publisher" not in draft.spans and read_publisher_after < end:
        read_publisher(text, read_publisher_after, end, draft.add)


def _closes_title(text: str, run: Run) -> bool:
    """Whether numbers stand behind the book's title, not inside it ("Advances in 2010 …")."""
    before = text[: run.start].rstrip()
    return before[-1:] in ".,;:([)" or run.labelled or text[run.start] == "("


def _before_open(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " (,;[":
        end -= 1
    return end


def _of(text: str, span: tuple[int, int]) -> str:
    return text[span[0] : span[1]]


def _read_monograph(cleaned: Clean, draft: _Draft, start: int, end: int, runs: list[Run]) -> None:
    """A book, thesis, report or page: title, then perhaps a container, place and publisher, and the year last."""
    text = draft.text
    quoted = quoted_title(text, start, end)
    dates = [run for run in runs if "date" in run.fields and "date" not in draft.spans]
    if dates and "date" not in draft.spans:
        draft.add("date", *dates[-1].fields["date"])
    for run in runs:
        if "pages" in run.fields and run.labelled:
            draft.add("pages", *run.fields["pages"])
    limit = end
    if "date" in draft.spans and draft.spans["date"][0] > start:
        limit = draft.spans["date"][0]
    while limit > start and text[limit - 1] in " (,;[":
        limit -= 1
    if quoted:
        draft.add("title", *quoted)
        rest = _trimmed(text, quoted[1], limit)
        if is_container(_of(text, rest)) and not publisher_at(text, *rest):
            draft.add("container", *rest)
        else:
            read_publisher(text, rest[0], limit, draft.add)
        return
    title_end = first_sentence(text, start, limit)
    rest = _trimmed(text, title_end, limit)
    if _is_plain_container(cleaned, (start, title_end), rest):
        draft.add("title", *_trimmed(text, start, title_end))
        draft.add("container", *rest)
        return
    read_book(text, start, limit if limit > start else end, draft.add, titled="title")
    if limit < end and "publisher" not in draft.spans:
        read_publisher(text, draft.spans.get("date", (limit, limit))[1], end, draft.add)


def _is_plain_container(cleaned: Clean, title: tuple[int, int], rest: tuple[int, int]) -> bool:
    """Whether what follows the title is a journal without numbers: emphasised, or named like one."""
    text = cleaned.text
    piece = _of(text, rest)
    if not piece or publisher_at(text, *rest) or ":" in piece or len(piece.split()) > 8:
        return False
    if _emphasised(cleaned, rest):
        return True
    if _emphasised(cleaned, title) or not is_container(piece):
        return False
    return known_share(piece) >= 0.5


def _emphasised(cleaned: Clean, span: tuple[int, int]) -> bool:
    first = cleaned.places[span[0]]
    return first > 0 and cleaned.raw[first - 1] in "*_"


def _late_date(draft: _Draft, runs: list[Run]) -> None:
    """A year that no other rule took: the last one of the string, cut out of the title or container where it must be."""
    if "date" in draft.spans:
        return
    dates = [run.fields["date"] for run in reversed(runs) if "date" in run.fields]
    for date in dates:
        draft.add("date", *date)
        if "date" in draft.spans:
            return
    for date in dates:
        for label in ("container", "title"):
            start, end = draft.spans.get(label, (0, 0))
            if start + _SHORTEST_TITLE < date[0] < end:
                _cut_out(draft, label, date)
                return


def _cut_out(draft: _Draft, label: str, date: tuple[int, int]) -> None:
    """Parts a title (or container) at the year in its middle: "Finding structure in time 1990 Cognitive Science"."""
    start, end = draft.spans.pop(label)
    draft.add(label, *_trimmed(draft.text, start, date[0]))
    draft.add("date", *date)
    rest = _trimmed(draft.text, date[1], end)
    if label == "title" and is_container(_of(draft.text, rest)):
        draft.add("container", *rest)


def _trimmed(text: str, start: int, end: int, *, keep: str = "") -> tuple[int, int]:
    while start < end and (text[start] in _TRIM or text[start] in ")]"):
        start += 1
    while end > start and text[end - 1] in " ,;:–—([" and text[end - 1] not in keep:
        end -= 1
    return start, end


def _until_hole(raw: str, first: int, last: int, notes: Notes) -> int:
    """Where a field ends that runs into an address or a note: before it."""
    for start, _ in sorted(notes.holes):
        if first < start < last:
            return first + len(raw[first:start].rstrip(" ,;:([<–—-"))
    return last


def _segments(raw: str, cleaned: Clean, draft: _Draft, notes: Notes) -> tuple[Segment, ...]:
    found: list[Segment] = []
    for label, (start, end) in draft.spans.items():
        first, last = cleaned.raw_span(start, end)
        if label in ("title", "container", "publisher", "location"):
            last = _until_hole(raw, first, last, notes)
        if label == "title" and (description := _DESCRIPTION.search(raw, first, last)) and description.start() > first + 4:
            last = description.start()
        found.append(Segment(label=label, start=first, end=last, text=raw[first:last]))
    for label, span in (("label", notes.label_span), ("doi", notes.doi_span), ("url", notes.url_span)):
        if span and not any(span.start < other.end and other.start < span.end for other in found):
            found.append(Segment(label=label, start=span.start, end=span.end, text=span.of(raw)))
    found = [item for item in found if item.label in SEGMENT_LABELS and item.end <= len(raw)]
    return tuple(sorted(found, key=lambda item: item.start))

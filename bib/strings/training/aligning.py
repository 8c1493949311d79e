"""Fields given beside a string → what each of its tokens may be called.

The sources say what the fields are, not where they stand. A token gets a set of labels, as bits: one where its place is
certain, several where it is not, and training sums over what is left open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from bib.folding import unaccent
from bib.strings.labels import INDEX, LABELS, OTHER
from bib.strings.notes import take_notes
from bib.strings.tokens import SIGN, Tokens, is_hole, tokenise

ALL = (1 << len(LABELS)) - 1
_OTHER_BIT = 1 << OTHER
#: Some label "61(2)" and "54, No. 5" as a volume.
_VOLUME_WITH_ISSUE = re.compile(
    r"\s*(?:vol(?:ume)?\.?)?\s*([\w.-]{1,12}?)\s*(?:[(:/]|,\s*(?=[nN(])|\s(?=no))\s*\(?(?:no|nr|n|issue|number)?\.?\s*([\w./–-]{1,16})\)?[\s,.:;]*",
    re.IGNORECASE,
)
#: A field may stand in so many pieces where others interrupt it.
_MOST_PIECES = 4
#: Initials and marks between one family name and the next.
_MOST_BETWEEN_NAMES = 30
#: Fields that more than one place may fit are put in this order.
_ORDER = (
    "title",
    "author",
    "container",
    "volume",
    "issue",
    "pages",
    "date",
    "publisher",
    "location",
    "editor",
    "series",
    "edition",
)
#: Before these fields stands usually the field named, and where a value occurs twice, the one nearest to it is meant.
_AFTER: Mapping[str, tuple[str, ...]] = {
    "volume": ("container", "series", "title"),
    "issue": ("volume", "container"),
    "pages": ("issue", "volume", "container", "publisher"),
    "date": ("author", "pages", "container"),
    "publisher": ("location", "container", "title"),
    "location": ("publisher", "title"),
    "editor": ("container", "title"),
}


@cache
def _markers() -> Mapping[str, frozenset[str]]:
    """Words that name a field and are not part of it."""
    text = files("bib.strings.training").joinpath("data", "markers.yaml").read_text(encoding="utf-8")
    return {label: frozenset(map(str, words)) for label, words in yaml.safe_load(text).items()}


@dataclass(frozen=True, slots=True)
class Example:
    """A string for training: its tokens, and for each the labels that it may have, as bits in the order of ``LABELS``."""

    raw: str
    tokens: Tokens
    allowed: tuple[int, ...]
    source: str


def words_of_tokens(tokens: Tokens) -> tuple[str, ...]:
    """Each token as it is compared: folded letters and digits, empty for marks and holes."""
    return tuple("" if word[0] == SIGN else flat(word) for word in tokens.words)


def flat(text: str) -> str:
    """Letters and digits alone, in lower case without accents."""
    return re.sub(r"[\W_]+", "", unaccent(text).lower())


def align_segments(raw: str, fields: Mapping[str, str], *, source: str, unsaid: Sequence[str] = ()) -> Example | None:
    """An example from labelled segments, ``None`` where a field cannot be found.

    All else in the string is "other", or one of the labels ``unsaid`` that the source does not tell and the string has not.
    """
    tokens = tokenise(raw, take_notes(raw).holes)
    words = words_of_tokens(tokens)
    labels: list[int | None] = [None] * len(words)
    if "issue" not in fields and (both := _VOLUME_WITH_ISSUE.fullmatch(fields.get("volume", ""))):
        fields = {**fields, "volume": both[1], "issue": both[2]}
    wanted = {label: _field_words(label, value) for label, value in fields.items() if label in INDEX}
    for label, field in sorted(wanted.items(), key=lambda item: -len(item[1])):
        if (field and len(_occurrences(words, field, labels)) == 1) or len(field) > 4:
            _put_pieces(words, labels, label, field)
    for label in _ORDER:
        field = wanted.get(label, ())
        if field and INDEX[label] not in labels and not _put_pieces(words, labels, label, field):
            return None
    rest = _OTHER_BIT | sum(1 << INDEX[label] for label in unsaid if not wanted.get(label))
    allowed = [rest if label is None else 1 << label for label in labels]
    return Example(raw, tokens, _open_marks(tokens, allowed), source)


def align_fields(raw: str, families: Sequence[str], fields: Mapping[str, str | None], *, source: str) -> Example | None:
    """An example from deposited fields: family names, title, container and numbers are certain, the rest is left open.

    ``None`` where the fields do not stand in the string as they should: then either the string or the fields are wrong.
    """
    if fields.get("issue") and not fields.get("pages") and f"{fields.get('volume')}:{fields['issue']}" in raw:
        fields = {**fields, "issue": "", "pages": fields["issue"]}  # an article number, "8:1013", deposited as the issue
    tokens = tokenise(raw, take_notes(raw).holes)
    words = words_of_tokens(tokens)
    labels: list[int | None] = [None] * len(words)
    if not _put_families(words, labels, families):
        return None
    for label in ("title", "container", "date", "volume", "issue", "pages"):
        field = _split(str(fields.get(label) or ""))
        if label == "date":
            field = field[:1]
        if label == "title" and len(_occurrences(words, field, labels)) != 1:
            return None
        if field and not _put_once(words, labels, label, field):
            return None
    # Nothing is certain of the rest, but what was deposited whole does not go on elsewhere.
    closed = sum(1 << INDEX[label] for label in ("title", "container", "volume", "issue") if fields.get(label))
    allowed = [ALL & ~closed if label is None else 1 << label for label in labels]
    return Example(raw, tokens, _open_marks(tokens, allowed), source)


def _put_families(words: Sequence[str], labels: list[int | None], families: Sequence[str]) -> bool:
    """Labels all from the first family name to the last, if they stand in order and begin the string."""
    first, place = None, 0
    for family in families:
        name = _split(family)
        start = next((start for start in _occurrences(words, name, labels) if start >= place), None)
        if start is None or (first is not None and start - place > _MOST_BETWEEN_NAMES):
            return False
        first = start if first is None else first
        place = _end(words, name, labels, start) or start
    if first is None or any(words[:first]):
        return False
    labels[first:place] = [INDEX["author"]] * (place - first)
    return True


def _field_words(label: str, value: str) -> tuple[str, ...]:
    words = list(_split(value))
    markers = _markers().get(label, frozenset())
    while words and words[0] in markers and len(words) > 1:
        words.pop(0)
    while len(words) > 1 and words[-1] in markers:
        words.pop()
    return () if len(words) == 1 and words[0] in markers else tuple(words)


def _split(value: str) -> tuple[str, ...]:
    return tuple(word for word in words_of_tokens(tokenise(value)) if word)


def _occurrences(words: Sequence[str], field: Sequence[str], labels: Sequence[int | None]) -> list[int]:
    """Where the field's words stand in a row, marks between them passed over, none of them taken."""
    return [
        start
        for start, word in enumerate(words)
        if field and word == field[0] and labels[start] is None and _end(words, field, labels, start) is not None
    ]


def _end(words: Sequence[str], field: Sequence[str], labels: Sequence[int | None], start: int) -> int | None:
    place = start
    for wanted in field:
        while place < len(words) and not words[place]:
            place += 1
        if place >= len(words) or words[place] != wanted or labels[place] is not None:
            return None
        place += 1
    return place


def _nearest(label: str, starts: Iterable[int], labels: Sequence[int | None]) -> int:
    """Of several places the one nearest behind what usually stands before the field."""
    starts = list(starts)
    for before in _AFTER.get(label, ()):
        ends = [place for place, found in enumerate(labels) if found == INDEX[before]]
        if ends:
            end = max(ends)
            return min(starts, key=lambda start: (start < end, abs(start - end)))
    return starts[0]


def _put_once(words: Sequence[str], labels: list[int | None], label: str, field: Sequence[str]) -> bool:
    starts = _occurrences(words, field, labels)
    if not starts:
        return False
    start = _nearest(label, starts, labels)
    end = _end(words, field, labels, start)
    assert end is not None
    labels[start:end] = [INDEX[label]] * (end - start)
    return True


def _put_pieces(words: Sequence[str], labels: list[int | None], label: str, field: Sequence[str]) -> bool:
    """Puts a field, in up to four pieces where other fields interrupt it. Leaves ``labels`` alone if that fails."""
    before = list(labels)
    for _ in range(_MOST_PIECES):
        length = next((size for size in range(len(field), 0, -1) if _occurrences(words, field[:size], labels)), 0)
        if not length:
            break
        _put_once(words, labels, label, field[:length])
        field = field[length:]
        if not field:
            return True
    labels[:] = before
    return False


def _open_marks(tokens: Tokens, allowed: Sequence[int]) -> tuple[int, ...]:
    """The same with marks: inside a certain field they belong to it, elsewhere to either neighbour or none. Holes are "other"."""
    words = words_of_tokens(tokens)
    opened = list(allowed)
    before, following = _nearest_words(words, allowed), _nearest_words(words[::-1], allowed[::-1])[::-1]
    for place, word in enumerate(tokens.words):
        if is_hole(word):
            opened[place] = _OTHER_BIT
        elif not words[place]:
            left, right = before[place], following[place]
            certain = left == right and left.bit_count() == 1
            opened[place] = left if certain else _OTHER_BIT | left | right
    return tuple(opened)


def _nearest_words(words: Sequence[str], allowed: Sequence[int]) -> list[int]:
    """For each token what the last word before it may be called, "other" where there is none."""
    nearest, last = [], _OTHER_BIT
    for word, bits in zip(words, allowed, strict=True):
        nearest.append(last)
        last = bits if word else last
    return nearest

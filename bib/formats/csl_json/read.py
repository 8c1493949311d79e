"""``read_csl_json``: the text of a CSL-JSON file to its entries."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from bib.formats.csl_json.items import reference_from_csl
from bib.formats.entries import EntryIds, Lines, checked_entry
from bib.model import Entry, ParseFailure, Span

_SPACE = re.compile(r"[\s\ufeff]*")
_BETWEEN = re.compile(r"[\s,]*")
#: The list of items inside an object: of CSL-JSON's "items", or of an answer of Crossref's.
_ITEMS = re.compile(r'"items"\s{0,20}:\s{0,20}\[')
#: Where an item begins that follows a broken one. Names and dates, which are objects too, have neither an id nor a type.
_NEXT_ITEM = re.compile(r'\{\s{0,200}"(?:id|type|DOI|title)"\s{0,20}:')
_MOST_BROKEN = 500
#: Longer numbers stay text: Python refuses to turn thousands of digits into a number, and no reference has such.
_LONGEST_NUMBER = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class _Value:
    """One value of the list with its place; where it is broken, ``reason`` and the offset of the error."""

    span: Span
    value: Any = None
    reason: str = ""
    at: int = 0


def read_csl_json(text: str) -> tuple[Entry, ...]:
    """One entry for every item of the file: an array, an object with ``items``, or items one after the other (JSON lines).

    Ids are the items' own. What is no valid JSON, no object, or has neither a name nor a title is a ``ParseFailure`` with its
    line; reading goes on with the next item.
    """
    ids = EntryIds()
    lines = Lines(text)
    return tuple(_entry(value, text, ids, lines) for value in _values(text))


def _entry(found: _Value, text: str, ids: EntryIds, lines: Lines) -> Entry:
    raw = found.span.of(text)
    line = lines.of(found.span.start)
    if found.reason:
        column = found.at - text.rfind("\n", 0, found.at)
        line = lines.of(found.at)
        reason = f"The JSON is broken in line {line}, column {column}: {found.reason}."
        return ParseFailure(id=ids.new("", line), raw=raw, reason=reason, span=found.span, line=line)
    if not isinstance(found.value, dict):
        reason = "The list holds something that is no object."
        return ParseFailure(id=ids.new("", line), raw=raw, reason=reason, span=found.span, line=line)
    reference = reference_from_csl(found.value, id="", raw=raw)
    own_id = found.value.get("id")
    wanted = " ".join(str(own_id).encode("utf-8", "replace").decode().split()) if isinstance(own_id, (str, int)) else ""
    return checked_entry(replace(reference, id=ids.new(wanted, line), span=found.span), line=line)


def _values(text: str) -> Iterator[_Value]:
    """The values of the list in order. Every character is parsed once, whatever is broken.

    Each error costs a look at all lines before it, so the rest of a file with very many is one broken value.
    """
    decoder = json.JSONDecoder(parse_int=_number)
    at = _start(text)
    broken = 0
    while at < len(text):
        at = _end(_BETWEEN, text, at)
        if at >= len(text) or text[at] in "]}":
            return  # what follows the list is no concern of ours: other fields, the end of the object
        try:
            value, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            broken += 1
            following = _NEXT_ITEM.search(text, max(error.pos, at + 1)) if broken < _MOST_BROKEN else None
            end = following.start() if following else len(text)
            yield _Value(span=_without_end(text, at, end), reason=_reason(error.msg), at=min(error.pos, len(text)))
        except RecursionError:
            yield _Value(span=_without_end(text, at, len(text)), reason="it is nested too deeply", at=at)
            return
        else:
            yield _Value(span=Span(at, end), value=value)
        at = end


def _start(text: str) -> int:
    start = _end(_SPACE, text, 0)
    if text.startswith("[", start):
        return start + 1
    items = _ITEMS.search(text, start) if text.startswith("{", start) else None
    return items.end() if items else start


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _without_end(text: str, start: int, end: int) -> Span:
    """The place of a broken item, without the blanks and the comma before the next one."""
    return Span(start, start + max(1, len(text[start:end].rstrip().rstrip(",").rstrip())))


def _reason(message: str) -> str:
    return message.lower().removesuffix(" at").removesuffix(" starting")


def _number(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else digits

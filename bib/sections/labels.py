"""Labels before entries: numbers in every form, keys in brackets, bullets; at the beginning of lines or inside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bib.sections.lines import Line
from bib.sections.looks import bullet_length, glued_number, has_key, label_number, start_strength

#: Labels may skip so many numbers and still count as one sequence.
_MAX_SKIP = 3
#: The first label stands so near the beginning.
_FIRST_WITHIN = 8
#: They may skip more, up to this many, if so many of the next lines' labels go on from there.
_LARGEST_GAP = 20
_CONFIRMING = 3
_CONFIRMED_WITHIN = 30
#: So many numbers glued to the word after them, and this share of them one more than that before, make labels.
_FEWEST_GLUED = 4
_CONSECUTIVE = 0.8

_INSIDE = {
    "b": re.compile(r"(?:(?<=\s)|(?<=\.))\[(\d{1,4})\](?=\s{0,4}\S)"),
    "p": re.compile(r"(?<=\s)\((\d{1,4})\)(?=\s{1,4}[^\W\d_])"),
    "d": re.compile(r"(?<=[^\s,;:(&]\s)(\d{1,4})[.)]\s{1,4}(?=[^\W\d_]|[“\"‘])"),
}


def labelled_starts(lines: Sequence[Line]) -> tuple[str, list[int]]:
    """The lines that begin with a label of the list, and the labels' form; none if the list has no labels."""
    for form, starts in (_numbered(lines), ("key", _keyed(lines)), ("bullet", _bulleted(lines)), ("glued", _glued(lines))):
        if starts:
            return form, starts
    return "", []


def number_of(line: Line, form: str) -> int | None:
    """The number that labels a line, in a list whose labels have this form."""
    label = label_number(line.text)
    return label[1] if label and label[0] == form else None


def labels_inside(text: str, form: str, expected: int, before: int | None) -> list[int]:
    """Where the next labels stand inside an entry's text: ``expected``, ``expected + 1``, … below ``before``."""
    pattern = _INSIDE.get(form)
    starts: list[int] = []
    for match in pattern.finditer(text) if pattern else ():
        number = int(match.group(1))
        if before is not None and number >= before:
            continue
        if expected <= number < expected + _MAX_SKIP and (number == expected or not _comes(text, form, expected, match.end())):
            starts.append(match.start())
            expected = number + 1
    return starts


def _comes(text: str, form: str, number: int, place: int) -> bool:
    """Whether a number comes as a label soon after a place."""
    return any(int(match.group(1)) == number for match in _INSIDE[form].finditer(text, place, place + 2000))


def _numbered(lines: Sequence[Line]) -> tuple[str, list[int]]:
    """The lines that begin with the next number of a sequence, if the list is numbered."""
    labels = [label_number(line.text) for line in lines]
    first = next((place for place, label in enumerate(labels[:_FIRST_WITHIN]) if label and label[1] <= 1), None)
    if first is None:
        first = next((place for place in range(min(_FIRST_WITHIN, len(labels))) if _is_confirmed(labels, place)), None)
    if first is None:
        first = 0 if labels[0] and labels[0][0] in "bp" else None
    if first is None:
        return "", []
    label = labels[first]
    assert label is not None
    form, last = label[0], label[1]
    starts = [first]
    for place in range(first + 1, len(lines)):
        found = labels[place]
        if found is None or found[0] != form:
            continue
        repeated = (
            found[1] == last and (lines[place].blank_before or start_strength(lines[place].text[found[2] :]) == 2) and form != "t"
        )
        skips = last + _MAX_SKIP < found[1] <= last + _LARGEST_GAP and _is_confirmed(labels, place)
        begins_again = found[1] == 1 and last >= _CONFIRMING and form != "t" and _begins_again(lines, labels, place, form)
        if last < found[1] <= last + _MAX_SKIP or repeated or skips or begins_again:
            if found[1] > last + 1 and any(
                other and other[0] == form and other[1] == last + 1 for other in labels[place + 1 : place + 12]
            ):
                continue
            starts.append(place)
            last = found[1]
    if form == "t" and len(starts) < 3:
        return "", []
    if len(starts) >= 2 or len(lines) <= 3 or form in "bp":
        return form, starts
    return "", []


def _begins_again(lines: Sequence[Line], labels: Sequence[tuple[str, int, int] | None], place: int, form: str) -> bool:
    """Whether a list below a sub-heading counts from 1 again: so many labels in order, each before what looks like an entry."""
    due = 1
    for line, label in zip(lines[place : place + _CONFIRMED_WITHIN], labels[place : place + _CONFIRMED_WITHIN], strict=True):
        if label is None or label[0] != form:
            continue
        if label[1] != due or start_strength(line.text[label[2] :]) < 2:
            return False
        due += 1
        if due > _CONFIRMING:
            return True
    return False


def _is_confirmed(labels: Sequence[tuple[str, int, int] | None], place: int) -> bool:
    """Whether the labels after one go on from it, so that it is one of a sequence that began elsewhere."""
    label = labels[place]
    if label is None:
        return False
    last, confirmed = label[1], 0
    for other in labels[place + 1 : place + 1 + _CONFIRMED_WITHIN]:
        if other and other[0] == label[0] and last < other[1] <= last + 2:
            last, confirmed = other[1], confirmed + 1
    return confirmed >= _CONFIRMING


def _keyed(lines: Sequence[Line]) -> list[int]:
    starts = [place for place, line in enumerate(lines) if has_key(line.text)]
    return starts if len(starts) >= 2 and starts[0] == 0 else []


def _bulleted(lines: Sequence[Line]) -> list[int]:
    starts = [place for place, line in enumerate(lines) if bullet_length(line.text)]
    return starts if len(starts) >= 2 and starts[0] == 0 and len(starts) * 8 >= len(lines) else []


def _glued(lines: Sequence[Line]) -> list[int]:
    """Lines that begin with the next number of a sequence, run into the first word: "12Smith J"."""
    if glued_number(lines[0].text) != 1:
        return []
    starts, last, consecutive = [0], 1, 0
    for place, line in enumerate(lines[1:], 1):
        number = glued_number(line.text)
        if number is not None and last < number <= last + _MAX_SKIP:
            starts.append(place)
            consecutive += number == last + 1
            last = number
    return starts if len(starts) >= _FEWEST_GLUED and consecutive >= _CONSECUTIVE * (len(starts) - 1) else []

"""Reference lists without what pages put between their entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from litcheck.documents.pdf.paragraphs import SAME_SIZE, Paragraph, is_list_heading


def with_whole_lists(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs with each reference list in one piece: captions, tables and notes within it stand before its heading.

    A list ends at the next heading in larger letters, or with the last paragraph in letters of the size that most of it has.
    """
    ordered: list[Paragraph] = []
    at = 0
    while at < len(paragraphs):
        if not is_list_heading(" ".join(line.text for line in paragraphs[at].lines[:2])):
            ordered.append(paragraphs[at])
            at += 1
            continue
        end = _end(paragraphs, at)
        entries, others = _sorted_out(paragraphs[at + 1 : end])
        ordered += [*others, paragraphs[at], *entries]
        at = end
    return ordered


def _size(paragraph: Paragraph) -> float:
    return paragraph.lines[0].size


def _end(paragraphs: Sequence[Paragraph], heading: int) -> int:
    """The end of what may be the list: the next heading as large as this one in larger letters than most of what follows."""
    size = _usual_size(paragraphs[heading + 1 :])
    for n in range(heading + 1, len(paragraphs)):
        if _size(paragraphs[n]) > size + SAME_SIZE and paragraphs[n].kind in ("text", "entry"):
            return n
    return len(paragraphs)


def _usual_size(paragraphs: Sequence[Paragraph]) -> float:
    sizes: Counter[float] = Counter()
    for paragraph in paragraphs:
        if paragraph.kind in ("text", "entry"):
            sizes[round(_size(paragraph), 1)] += sum(len(line.text) for line in paragraph.lines)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _sorted_out(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """What belongs to the list and what came between; both in order.

    What follows the last entry stays where it is, but for notes at the foot of the last page, in smaller print than the list.
    """
    size = _usual_size(paragraphs)
    listed = [p.kind in ("text", "entry") and abs(_size(p) - size) < SAME_SIZE for p in paragraphs]
    last = max((n for n, is_listed in enumerate(listed) if is_listed), default=-1)
    stays = [
        listed[n] or (n > last and not (last >= 0 and p.kind == "note" and _size(p) <= size - SAME_SIZE))
        for n, p in enumerate(paragraphs)
    ]
    kept = [p for p, stay in zip(paragraphs, stays, strict=True) if stay]
    return kept, [p for p, stay in zip(paragraphs, stays, strict=True) if not stay]

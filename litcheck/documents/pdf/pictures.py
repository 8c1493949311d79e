"""Pages that are pictures: scans among pages with text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import pypdfium2
from pypdfium2 import raw as pdfium

#: A scan covers this share of its page; or this much smaller one, if it has the shape of the page: sides in the same proportion,
#: within so much. Scans and print-outs of pages that were placed in a document have it, figures seldom do. Measured on 1,796
#: pages of manuscripts as word processors and browsers print them: nine are pictures of pages and cover 0.39, no other was taken.
_MOST = 0.7
_SHAPED_LIKE_PAGE = 0.33
_SAME_PROPORTION = 0.03
#: So many objects of a page are looked at: scanners draw one in one piece or in a few strips.
_MOST_OBJECTS = 2000

_Box = tuple[float, float, float, float]


def is_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether pictures cover so much of a page without text that it is probably scanned; of an empty page it is not said.

    Raises ``PdfiumError`` for pages that are damaged.
    """
    left, bottom, right, top = page.get_bbox()
    clipped = [(max(left, box[0]), max(bottom, box[1]), min(right, box[2]), min(top, box[3])) for box in _pictures(page)]
    boxes = [box for box in clipped if box[0] < box[2] and box[1] < box[3]]
    if not boxes:
        return False
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    width, height = max(rights) - min(lefts), max(tops) - min(bottoms)
    across = height * (right - left)
    is_shaped_like_page = abs(width * (top - bottom) - across) < _SAME_PROPORTION * across
    least = _SHAPED_LIKE_PAGE if is_shaped_like_page else _MOST
    return sum(map(_area, boxes)) >= least * _area((left, bottom, right, top))


def numbered(pages: Sequence[int]) -> str:
    """The numbers of pages in words, runs of them as ranges: "page 3", "pages 2–4 and 7"."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][1] == page - 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    names = [str(first) if first == last else f"{first}–{last}" for first, last in runs]
    listed = " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
    return f"{'page' if len(pages) == 1 else 'pages'} {listed}"


def _area(box: _Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _pictures(page: pypdfium2.PdfPage) -> set[_Box]:
    """The boxes of the pictures on a page, and of the drawings that hold one."""
    boxes = set()
    for found in islice(page.get_objects(), _MOST_OBJECTS):
        if found.level == 0:
            outermost = found
        if found.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            boxes.add(outermost.get_bounds())
    return boxes

"""On which page of its file the text of a document stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """The page of everything in a text.

    ``pieces`` are in the order of the text, the first at 0: the offset in the text, and the page from there on, counted from 1 in
    the file; numbers printed on the pages may be others. A page has several pieces where a paragraph that runs over its end comes
    before a note at its foot.
    """

    pieces: Sequence[tuple[int, int]] = field(repr=False)

    def page_of(self, offset: int) -> int:
        """The page of the character at ``offset``."""
        return self.pieces[bisect_right(self.pieces, offset, key=itemgetter(0)) - 1][1]

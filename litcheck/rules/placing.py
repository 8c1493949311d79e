"""Where in the manuscript a finding is, in the terms of a reader: line, column and the words around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from bib.newlines import unix_newlines
from litcheck.findings import Finding, Place

#: Characters shown on either side of the place.
AROUND = 80


def with_places(findings: Sequence[Finding], text: str) -> tuple[Finding, ...]:
    """``findings`` with their places filled in; those about the whole document have none."""
    line_starts = [0, *(newline.end() for newline in re.finditer("\n", unix_newlines(text)))]
    return tuple(_placed(finding, text, line_starts) for finding in findings)


def _placed(finding: Finding, text: str, line_starts: Sequence[int]) -> Finding:
    start, end = finding.start, finding.end
    if start is None or end is None:
        return finding
    line = bisect_right(line_starts, start)
    place = Place(
        start=start,
        end=end,
        line=line,
        column=start - line_starts[line - 1] + 1,
        before=text[max(0, start - AROUND) : start],
        quote=text[start:end],
        after=text[end : end + AROUND],
    )
    return replace(finding, place=place)

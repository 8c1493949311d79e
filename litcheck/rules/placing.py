"""Where in the manuscript a finding is, in the terms of a reader: page, or line and column, and the words around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bib.newlines import line_and_column, line_starts
from litcheck.documents.origins import Origins
from litcheck.findings import Finding, Place
from litcheck.rules.model import Case

#: Characters shown on either side of the place.
AROUND = 80


def with_places(findings: Sequence[Finding], case: Case) -> tuple[Finding, ...]:
    """``findings`` with their places filled in; those about the whole document have none.

    A finding about an entry that is kept in another file is placed there; lines and columns in a text that was made of some
    source (LaTeX) are those of the source. What has pages (PDF) is placed on the one on which the finding begins.
    """
    starts = line_starts(case.document.text)
    return tuple(_placed(finding, case, starts) for finding in findings)


def _placed(finding: Finding, case: Case, starts: Sequence[int]) -> Finding:
    start, end = finding.start, finding.end
    if start is None or end is None:
        return _placed_elsewhere(finding, case)
    text = case.document.text
    path, line, column = _source(case.document.origins, start, case.document.path) or ("", *line_and_column(start, starts))
    place = Place(
        start=start,
        end=end,
        line=line,
        column=column,
        before=text[max(0, start - AROUND) : start],
        quote=text[start:end],
        after=text[end : end + AROUND],
        path=path,
        page=case.document.page_of(start),
    )
    return replace(finding, place=place)


def _source(origins: Origins | None, offset: int, main: str) -> tuple[str, int, int] | None:
    """Where the source of a document's text stands: the file, unless it is the ``main`` one, line and column."""
    if origins is None:
        return None
    path, line, column = origins.place_of(offset)
    return ("" if path == main else path, line, column)


def _placed_elsewhere(finding: Finding, case: Case) -> Finding:
    id_ = next((id_ for id_ in finding.references if id_ in case.document.places), None)
    if id_ is None:
        return finding
    there = case.document.places[id_]
    quote = case.entries[id_].raw
    path = "" if there.path == case.document.path else there.path
    place = Place(
        start=there.start,
        end=there.end,
        line=there.line,
        column=there.column,
        before="",
        quote=quote,
        after="",
        path=path,
        page=there.page,
    )
    return replace(finding, place=place)

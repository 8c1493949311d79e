"""Citations by key (``[@lee2020]``, ``\\citep{lee2020}``) and the entries of a bibliography that have these keys."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bib.model import Entry
from litcheck.citations.model import Citation, Link
from litcheck.documents.model import Document

_NUMBER_IN_LIST = re.compile(r"\d{1,6}(?:-\d{1,4})?")

#: How alike two keys are, 0 to 1, of which one may be a slip for the other: three characters of ten ("brand21", "brandt2021").
#: A judgement.
ALIKE = 0.7
#: So many keys that a bibliography lacks are compared with all of its keys: of more, the bibliography is another one.
MOST_COMPARED = 100


def cite_keys(document: Document, entries: Sequence[Entry]) -> list[Citation]:
    """A citation for every key that the document's format marks, linked by key.

    "@lee" without brackets cites nothing unless an entry has this key, or the document is Markdown and a bibliography with keys
    is given: elsewhere it is somebody's name on a social network. The nearest entry is named where one key alone is near.
    """
    ids = {entry.id for entry in entries} if has_keys(entries) else set[str]()
    cited = [key for key in document.keys if key.key in ids or not key.bare or (ids and document.format == "markdown")]
    nearest = _nearest([key.key for key in cited if key.key not in ids], ids)
    return [
        Citation(
            span=key.span,
            text=key.span.of(document.text),
            form="key",
            key=key.key,
            references=(key.key,) if key.key in ids else (),
            link=Link.EXACT if key.key in ids else Link.MISSING,
            nearest=nearest.get(key.key),
        )
        for key in cited
    ]


def has_keys(entries: Iterable[Entry]) -> bool:
    """Whether entries are known by keys, and not by their number in a printed list ("12", in a second list "12-2")."""
    return any(not _NUMBER_IN_LIST.fullmatch(entry.id) for entry in entries)


def _nearest(missing: Sequence[str], ids: set[str]) -> Mapping[str, str]:
    """For keys that no entry has, the one key that is nearest; none where two are as near."""
    choices = {id_: id_.lower() for id_ in sorted(ids)}
    found: dict[str, str] = {}
    for key in list(dict.fromkeys(missing))[:MOST_COMPARED]:
        near = process.extract(key.lower(), choices, scorer=OSA.normalized_similarity, score_cutoff=ALIKE, limit=2)
        if near and (len(near) == 1 or near[0][1] > near[1][1]):
            found[key] = near[0][2]
    return found

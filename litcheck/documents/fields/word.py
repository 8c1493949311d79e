"""Word's own citations, ``CITATION tag \\l 1033 \\m tag2``: their sources are kept apart, by tag (ECMA-376, part 1, 17.16.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bib.model import Reference
from litcheck.documents.fields.content import Cited

_TOKEN = re.compile(r'"([^"]*)"|(\S+)')
_ANOTHER = "\\m"


def cited_in_word(instruction: str, sources: Mapping[str, Reference]) -> Cited:
    """The works of a citation; none of them if one has no source."""
    references = [sources.get(tag) for tag in _tags(instruction)]
    return Cited(tuple(one for one in references if one is not None) if None not in references else ())


def _tags(instruction: str) -> Iterator[str]:
    """What follows the field's name, and what follows each ``\\m``."""
    before = ""
    for place, token in enumerate(_TOKEN.finditer(instruction)):
        word = token[1] if token[1] is not None else token[2]
        if place == 1 or before == _ANOTHER:
            yield word
        before = word

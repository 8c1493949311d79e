"""Whose field one is, by its instruction, and what it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from bib.model import Reference
from litcheck.documents.fields.citavi import cited_in_citavi
from litcheck.documents.fields.content import Cited, Listed, from_base64
from litcheck.documents.fields.csl import cited_in_csl, listed_in_csl
from litcheck.documents.fields.endnote import cited_in_endnote
from litcheck.documents.fields.word import cited_in_word

_Sources = Mapping[str, Reference]
_MENDELEY_CITE = "MENDELEY_CITATION_v"

#: What instructions begin with, the first that fits first. An ``ADDIN`` that is a citation by name but whose works are kept
#: elsewhere (Paperpile, Papers, RefWorks, Reference Manager, NoteExpress) is one of unknown works.
_BEGINNINGS: tuple[tuple[str, Callable[[str, Sequence[str], _Sources], Cited | Listed]], ...] = (
    (r"(?:ADDIN\s+)?ZOTERO_BIBL", lambda text, _, __: listed_in_csl(text)),
    (r"(?:ADDIN\s+)?Mendeley\s+Bibliography|MENDELEY_BIBLIOGRAPHY", lambda *_: Listed()),
    (
        r"(?:ADDIN\s+)?(?:Mendeley\s+Citation\S{0,60}\s+)?(?:ZOTERO_ITEM|CSL_CITATION)(?![\w.])",
        lambda text, _, __: cited_in_csl(text),
    ),
    (_MENDELEY_CITE, lambda text, _, __: cited_in_csl(from_base64(text[len(_MENDELEY_CITE) :].partition("_")[2]))),
    (r"ADDIN\s+EN\.CITE(?!\.DATA)", lambda text, data, _: cited_in_endnote(text, data)),
    (r"ADDIN\s+EN\.REFLIST", lambda *_: Listed()),
    (r"ADDIN\s+CitaviPlaceholder", lambda text, _, __: cited_in_citavi(text)),
    (r"(?:ADDIN\s+)?CitaviBibliography", lambda *_: Listed(only_cited=False)),
    (r"CITATION(?:\s|\Z)", lambda text, _, sources: cited_in_word(text, sources)),
    (r"BIBLIOGRAPHY(?:\s|\Z)", lambda *_: Listed(only_cited=False)),
    (r"ADDIN\s+\S{0,40}(?:BIB|REFLIST|Bib|bib)", lambda *_: Listed(only_cited=False)),
    (r"ADDIN\s+(?!EN\.CITE)\S{0,40}(?:CIT|Cit|cit|\.Ref\.)", lambda *_: Cited()),
)
_ANY = re.compile("|".join(f"(?P<r{place}>{beginning})" for place, (beginning, _) in enumerate(_BEGINNINGS)))


def is_managed(instruction: str) -> bool:
    """Whether a field (or a content control or bookmark, by its name) is a citation or a bibliography by its first words."""
    return _ANY.match(instruction.lstrip()) is not None


def read_instruction(instruction: str, data: Sequence[str], sources: _Sources) -> Cited | Listed | None:
    """What a field holds; ``None`` for one that neither cites nor lists.

    ``data`` is what the format keeps beside the instruction, ``sources`` the works that it keeps apart, by their tags.
    """
    text = instruction.strip()
    found = _ANY.match(text)
    if found is None or found.lastgroup is None:
        return None
    return _BEGINNINGS[int(found.lastgroup[1:])][1](text, data, sources)

"""The first steps of the pipeline: from a file to a document, and from a document to the entries of its list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bib.formats.entries import is_line_id, unlike
from bib.model import Entry, Reference
from bib.newlines import line_starts
from litcheck.documents import read_document
from litcheck.documents.listed import place_of, without_offsets
from litcheck.documents.model import Document, EntryPlace, UnreadPart
from litcheck.errors import ForbiddenFile, UnreadableDocument
from litcheck.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from bib.sections import ReferenceSection


#: How sure the parser is of an entry that makes a text a list of references, and of which share of lines it must be so sure
#: where no list was found. In 40 of the shared manuscripts it is so of 88 to 100 % of the entries; of prose about 0.5.
_SURE = 0.7
_ENOUGH_LINES = 0.5

#: Formats whose ids people write in order to cite by them. Those of JATS ("B2", "ref1"), EndNote and PubMed are numbers within
#: one file or database.
KEYED_FORMATS = frozenset({"bibtex", "csl-json", "csl-yaml", "ris"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The entries that a manuscript keeps in other files, and where each of them stands."""

    entries: tuple[Entry, ...]
    places: Mapping[str, EntryPlace]


def listed_in(bibliographies: Sequence[Path], limits: Limits = DEFAULT_LIMITS) -> Listing | None:
    """The entries of a manuscript that keeps them in other files, ``None`` without such files.

    Raises ``UnreadableDocument``, also for a text in which no reference is found.
    """
    if not bibliographies:
        return None
    documents = _read_together(bibliographies, limits)
    return _listing([(document, _listed(document)) for document in documents])


def _listing(found: Sequence[tuple[Document, tuple[Entry, ...]]]) -> Listing:
    """The entries of several files as one list."""
    # A key that a second file repeats stands for the first: BibTeX itself takes the first of two entries with one key. A broken
    # entry does not keep a sound one from its key, and takes another id.
    keys = {entry.id for document, listed in found for entry in listed if _has_key(entry, document)}
    entries: dict[str, Entry] = {}
    places: dict[str, EntryPlace] = {}
    taken = dict.fromkeys(keys, 1)
    for document, listed in found:
        starts = line_starts(document.text)
        for entry in listed:
            has_key = _has_key(entry, document)
            if has_key and entry.id in entries:
                continue
            id_ = entry.id if has_key else unlike(entry.id, taken)
            entries[id_] = replace(without_offsets(entry), id=id_)
            if entry.span:
                place = place_of(document.path, entry.span, starts)
                places[id_] = replace(place, page=document.page_of(entry.span.start))
    return Listing(entries=tuple(entries.values()), places=places)


def _read_together(bibliographies: Sequence[Path], limits: Limits) -> list[Document]:
    """The files of references, each with the macros that the others define."""
    if len(bibliographies) == 1:
        return [read_document(bibliographies[0], limits=limits)]
    documents = _with_macros([read_document(bibliography, alone=False, limits=limits) for bibliography in bibliographies])
    if all(document.entries == () for document in documents):
        raise UnreadableDocument(
            f"{documents[0].path} and the other files for --bib hold macros (`@string`) and no BibTeX entry."
        )
    return documents


def _with_macros(documents: list[Document]) -> list[Document]:
    if sum(document.format == "bibtex" for document in documents) < 2:
        return documents
    from litcheck.documents.bibtex import with_macros_of_all  # loads bibtexparser

    return with_macros_of_all(documents)


def _has_key(entry: Entry, document: Document) -> bool:
    """Whether the entry can be used and its id was written to be cited. Numbers and lines say nothing about another file's."""
    return isinstance(entry, Reference) and document.format in KEYED_FORMATS and not is_line_id(entry.id)


def _listed(document: Document) -> tuple[Entry, ...]:
    """The entries of a file of references: those of its format, of the list in its text, or of its lines."""
    found = entries_of(document)
    if document.entries is not None or any(map(_is_sure, found)):
        return found
    from litcheck.documents.lines import mark_lines

    lines = tuple(entry for entry in mark_lines(document).entries or () if entry.raw.strip())
    if sum(map(_is_sure, lines)) >= _ENOUGH_LINES * len(lines):
        return lines
    raise UnreadableDocument(
        f"{document.path} holds no reference list: nothing in it reads as a reference. A file for --bib holds BibTeX, RIS,"
        " PubMed's nbib, CSL-JSON, CSL-YAML, EndNote's XML or JATS XML, or is a text with a reference list or one reference a"
        " line."
    )


def _is_sure(entry: Entry) -> bool:
    return isinstance(entry, Reference) and entry.confidence >= _SURE


def read(path: Path, limits: Limits = DEFAULT_LIMITS, *, lines: bool = False, listed: Listing | None = None) -> Document:
    """Reads one file; ``listed`` are its entries where it keeps them elsewhere. Raises ``UnreadableDocument``, also
    for one that names a bibliography outside of its project.
    """
    document = read_document(path, lines=lines, limits=limits)
    if listed is not None:
        # Keys of a document's own fields are no keys of the other file; its fields are linked by what they hold.
        keys = () if document.fields else document.keys
        unread = tuple(part for part in document.unread if not part.is_bibliography)
        return replace(document, entries=listed.entries, places=listed.places, keys=keys, bibliographies=(), unread=unread)
    # Nothing of a bibliography is printed where no key is cited; then the list stands in the text.
    if not (document.keys or document.cites_all):
        return document
    if forbidden := next((part for part in document.unread if part.is_forbidden), None):
        raise ForbiddenFile(f"{forbidden.reason}, or give it with --bib.")
    return _with_own_entries(document, limits) if document.bibliographies else document


def _with_own_entries(document: Document, limits: Limits) -> Document:
    """The document with the entries of the bibliographies that it names. One that cannot be read is said to be unread."""
    documents: list[Document] = []
    unread = list(document.unread)
    for path in document.bibliographies:
        try:
            bibliography = read_document(Path(path), alone=False, limits=limits)
            if bibliography.entries is None:
                raise UnreadableDocument("it is no bibliography in a format that has keys")
        except UnreadableDocument as error:
            unread.append(UnreadPart(reason=f"the bibliography {path} was not read: {error}", is_bibliography=True))
        else:
            documents.append(bibliography)
    if not documents:
        return replace(document, unread=tuple(unread))
    listing = _listing([(one, _listed(one)) for one in _with_macros(documents)])
    taken = {entry.id for entry in document.entries or ()}
    more = (entry for entry in listing.entries if entry.id not in taken)
    places = {**listing.places, **document.places}
    return replace(document, entries=(*(document.entries or ()), *more), places=places, unread=tuple(unread))


def entries_of(document: Document, sections: Sequence[ReferenceSection] | None = None) -> tuple[Entry, ...]:
    """The entries of a document: as its format holds them, or split and parsed from its text."""
    if document.entries is not None:
        return document.entries
    from bib.strings import parse_references  # loads the tagger of reference strings

    if sections is None:
        sections = sections_of(document)
    spans = [span for section in sections for span in section.entries]
    raws = [section.text_of(span, document.text) for section in sections for span in section.entries]
    ids = document.entry_ids or [str(n) for n in range(1, len(spans) + 1)]
    return parse_references(raws, ids=ids, spans=spans)


def sections_of(document: Document) -> tuple[ReferenceSection, ...]:
    """The reference lists of a document: those that its format marks, or those found in its text."""
    if document.is_bibliography:
        return ()
    if document.sections is not None:
        return document.sections
    from bib.sections import find_reference_sections  # needless for bibliographies

    return find_reference_sections(document.text)

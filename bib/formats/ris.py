"""RIS, the tagged format of reference managers and publishers' sites: ``read_ris`` and ``write_ris``.

Source: "RIS Format Specifications" (Research Information Systems, 2001) and the tags of 2011, as EndNote and Zotero use them.
rispy knows which field each tag is and writes the lines. Its reader is given one record at a time, each field in one line
with the blanks that it asks for: by itself it loses a record without ``ER``, takes "AU - Lee" with a single blank for more of the
line before, divides addresses at semicolons, and of a tag that comes twice keeps one.

What RIS cannot hold: how particles relate to the family name (they are part of it), a comma or semicolon inside a part of a
person's name, years before 1 or after 9999, a letter after a year that is not known, and ``confidence``. Where ours:

- ``M3`` (type of work) holds the CSL type where RIS's own type says less.
- ``N1`` (a note) holds "arXiv:2001.00001", ``AN`` the PubMed id with "PubMed" in ``DB``, ``C2`` the PMCID, as EndNote has them.
- A last author "et al." says that the list is not complete. The fourth part of a date holds the status ("2020///in press").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from bib.formats.addresses import arxiv_in, arxiv_of, doi_in, isbn_of, pmcid_of, pmid_of, printed_doi, url_of
from bib.formats.csl_types import csl_type_of, is_csl_type, type_name_of
from bib.formats.dates import Issued, any_date, held_date, iso_date, slashed, year_text
from bib.formats.entries import EntryIds
from bib.formats.people import name_to_line, names_from_lines
from bib.formats.tagged_lines import TaggedRecord, entry_of, read_records
from bib.identifiers import normalise_doi
from bib.model import Entry, Name, Reference

_FIELD = re.compile(r"[\ufeff \t]{0,20}([A-Za-z][A-Za-z0-9])(?:[ \t]{1,6}-|[ \t]{0,2}-(?=[ \t]|$))[ \t]{0,6}")
_PAGES = re.compile(r"([^\s–]{1,40})–([^\s–]{1,40})")
#: Notes hold whole reference lists too; only those that begin as an identifier are taken for the work's own.
_IDENTIFYING = re.compile(r"doi\b|https?://(?:dx\.)?doi\.org|10\.\d{4}|arxiv|pmcid|pmc\d", re.IGNORECASE)
_TYPES = "ris_types"
_GENERIC = "GEN"
#: Names and titles: a record without any of these is no reference, and nothing else in it needs a look.
_SAYING_WHAT = ("AU", "A1", "A2", "A3", "ED", "TI", "T1", "CT", "BT")
_BOOK = "book"
_PUBMED = "PubMed"
_MEDLINE_DATABASES = re.compile(r"pubmed|medline", re.IGNORECASE)


def read_ris(text: str) -> tuple[Entry, ...]:
    """One entry for every record of the file, in order; ids are those of ``ID``, or else the line ("line 12").

    Records end with ``ER``, or where the next ``TY`` begins. Names and titles outside of a record, a record that has neither, and
    text between records are ``ParseFailure``s with their line. (Ovid puts other tags after ``ER``, which are no record.)
    """
    ids = EntryIds()
    records = read_records(text, field_start=_FIELD, opening="TY", closing="ER")
    return tuple(
        _entry(record, text, ids) for record in records if record.opened or not record.fields or record.values(*_SAYING_WHAT)
    )


def _entry(record: TaggedRecord, text: str, ids: EntryIds) -> Entry:
    def read(id_: str, raw: str) -> Reference:
        return _reference(_by_name(record), record, id_=id_, raw=raw)

    return entry_of(record, text, ids, id_tag="ID", beginning="its type (TY)", saying_what=_SAYING_WHAT, read=read)


def _by_name(record: TaggedRecord) -> Mapping[str, tuple[str, ...]]:
    """The values by rispy's names of fields; those of tags that rispy does not know by the tag."""
    from rispy.parser import RisParser

    parser = RisParser(enforce_list_tags=False, delimiter_tags_mapping={})
    # "UK" is rispy's own name for tags that it does not know, and breaks it as a tag.
    lines = [f"{tag}  - {value}" for tag, value in record.fields if (value or tag == "TY") and tag != "UK"]
    parsed: dict[str, Any] = parser.parse_lines(iter([*lines, "ER  - "]))[0]
    unknown: dict[str, list[str]] = parsed.pop("unknown_tag", {})
    return {name: tuple([value] if isinstance(value, str) else value) for name, value in (parsed | unknown).items()}


def _reference(fields: Mapping[str, tuple[str, ...]], record: TaggedRecord, *, id_: str, raw: str) -> Reference:
    def every(*names: str) -> tuple[str, ...]:
        return tuple(value for name in names for value in fields.get(name, ()))

    def first(*names: str) -> str:
        return next(iter(every(*names)), "")

    authors, truncated = names_from_lines(every("authors", "first_authors"))
    csl_type = _csl_type(first("type_of_reference"), first("type_of_work"))
    # In a book the "second" authors and titles are the series and its editors.
    third_authors = every("tertiary_authors") if csl_type == _BOOK else ()
    editors, editors_truncated = names_from_lines(every("ED") or third_authors or every("secondary_authors"))
    issued = _issued(every("year", "publication_year", "date"))
    title, container, series = _titles(csl_type, first, has_own=bool(first("title", "primary_title")))
    own_notes = [note for note in every("notes", "note") if _IDENTIFYING.match(note)]
    doi_printed = first("doi") or doi_in((*every("urls", "type_of_work", "L3", "LK"), *own_notes))
    original = iso_date(first("original_publication"))
    pages = first("start_page"), first("end_page")
    return Reference(
        id=id_,
        raw=raw,
        span=record.span,
        type=csl_type,
        authors=authors,
        authors_truncated=truncated or (not authors and editors_truncated),
        editors=editors,
        issued=issued.date,
        year_suffix=issued.year_suffix,
        original_year=original.year if original else None,
        status=issued.status,
        title=title,
        container_title=container,
        collection_title=series,
        volume=first("volume"),
        issue=first("number"),
        page=_page(*pages) or first("custom7", "AR"),
        edition=first("edition"),
        publisher=first("publisher"),
        publisher_place=first("place_published", "PP") or (first("custom1") if csl_type == "paper-conference" else ""),
        doi=normalise_doi(doi_printed),
        doi_printed=doi_printed,
        arxiv=_arxiv((*own_notes, first("accession_number")), every("urls")),
        pmid=_pmid(first("accession_number"), first("name_of_database", "database_provider")),
        pmcid=next((found for value in (*every("custom2"), *own_notes) if (found := pmcid_of(value))), ""),
        isbn=next((isbn for value in every("issn") if (isbn := isbn_of(value))), ""),
        url=url_of(every("urls", "LK")),
        accessed=any_date(first("access_date")).date,
        language=first("language"),
        label=first("label"),
    )


def _csl_type(ris_type: str, type_of_work: str) -> str:
    # Beside a type of RIS's own "article" is what databases call articles, not CSL's word for a preprint.
    return type_of_work if ris_type == _GENERIC and is_csl_type(type_of_work) else csl_type_of(_TYPES, ris_type)


def _issued(values: Iterable[str]) -> Issued:
    """The most precise of several dates of one year: the first, unless one of the others has a month too."""
    best = Issued()
    for found in map(any_date, values):
        if best.date is None and (found.date or not best.status):
            best = Issued(date=found.date, year_suffix=found.year_suffix, status=found.status or best.status)
        elif best.date and found.date and best.date.year == found.date.year:
            date = found.date if best.date.month is None else best.date
            best = Issued(date=date, year_suffix=best.year_suffix or found.year_suffix, status=best.status or found.status)
    return best


def _titles(csl_type: str, first: Any, *, has_own: bool) -> tuple[str, str, str]:
    """Title, container and series. What is the second and the third title depends on the type."""
    # "BT" is the title of a book, and of the book around a chapter.
    title: str = first("title", "primary_title", "CT") or ("" if has_own else first("BT"))
    second: str = first("secondary_title")
    series: str = first("tertiary_title")
    container: str = first("alternate_title3", "journal_name", "alternate_title2", "alternate_title1")
    if csl_type == _BOOK:
        return title, container, series or second
    book = first("custom3" if csl_type == "paper-conference" else "BT", "BT")
    return title, second or container or (book if book != title else ""), series


def _page(start: str, end: str) -> str:
    if (start, end) == ("No", "Specified"):  # Ovid's "No Pagination Specified", divided
        return ""
    # Some programs write the whole range as the first page, and the last page again.
    return f"{start}–{end}" if start and end and not start.endswith(end) else start or end


def _arxiv(notes: Iterable[str], urls: Iterable[str]) -> str:
    for note in notes:
        if note.lower().startswith("arxiv") and (found := arxiv_of(note)):
            return found
    return arxiv_in(urls)


def _pmid(accession: str, database: str) -> str:
    return pmid_of(accession) if _MEDLINE_DATABASES.search(database) or not accession.isdecimal() else ""


def write_ris(references: Iterable[Reference]) -> str:
    """The references as RIS, one record each, in order; lines end with a line feed."""
    from rispy.writer import RisWriter

    class Writer(RisWriter):  # type: ignore[misc]  # rispy has no types
        """Without the number that rispy puts before each record, which other programs take for part of the one before."""

        def set_header(self, count: int) -> str:
            return ""

    # Every value is a list here, so that none is joined with others in one line.
    names = _names_by_tag()
    writer = Writer(list_tags=list(names), delimiter_tags_mapping={})
    records = [_record(reference, names) for reference in references]
    written: str = writer.formats(records) if records else ""
    return written


def _record(reference: Reference, names: Mapping[str, str]) -> dict[str, str | list[str]]:
    (_, (ris_type,)), *fields = _tagged(reference)
    return {names["TY"]: ris_type} | {names[tag]: values for tag, values in fields if values}


@cache
def _names_by_tag() -> dict[str, str]:
    from rispy.config import TAG_KEY_MAPPING

    return dict(TAG_KEY_MAPPING)


def _tagged(reference: Reference) -> Iterator[tuple[str, list[str]]]:
    """The fields of a record in order, each tag once."""
    ris_type = (*type_name_of(_TYPES, reference.type), _GENERIC)[0]
    exact = csl_type_of(_TYPES, ris_type) == reference.type
    is_book = reference.type == _BOOK
    yield "TY", [ris_type]
    yield "ID", _lines(reference.id)
    yield "M3", _lines("" if exact else reference.type)
    yield "AU", [*_names(reference.authors), *(["et al."] if reference.authors_truncated else [])]
    yield ("A3" if is_book else "A2"), _names(reference.editors)
    yield "TI", _lines(reference.title)
    yield "T2", _lines(reference.collection_title if is_book else reference.container_title)
    yield ("JF" if is_book else "T3"), _lines(reference.container_title if is_book else reference.collection_title)
    date = held_date(reference.issued)
    issued = Issued(date=date, year_suffix=reference.year_suffix if date else "", status=" ".join(reference.status.split()))
    yield "PY", _lines(f"{date.year:04d}{issued.year_suffix}" if date else issued.status)
    yield "DA", _lines(slashed(issued) if date and (date.month or issued.status) else "")
    yield "OP", _lines(year_text(reference.original_year))
    yield "VL", _lines(reference.volume)
    yield "IS", _lines(reference.issue)
    pages = _PAGES.fullmatch(reference.page)
    start, end = (pages[1], pages[2]) if pages and not pages[1].endswith(pages[2]) else (reference.page, "")
    yield "SP", _lines(start)
    yield "EP", _lines(end)
    yield "ET", _lines(reference.edition)
    yield "PB", _lines(reference.publisher)
    yield "CY", _lines(reference.publisher_place)
    yield "SN", _lines(reference.isbn)
    yield "DO", _lines(printed_doi(reference))
    yield "AN", _lines(reference.pmid)
    yield "DB", _lines(_PUBMED if reference.pmid else "")
    yield "C2", _lines(reference.pmcid)
    yield "N1", _lines(f"arXiv:{reference.arxiv}" if reference.arxiv else "")
    yield "UR", _lines(reference.url)
    accessed = held_date(reference.accessed)
    yield "Y2", _lines(slashed(Issued(date=accessed)) if accessed else "")
    yield "LA", _lines(reference.language)
    yield "LB", _lines(reference.label)


def _lines(text: str) -> list[str]:
    """A value in one line, or no value."""
    value = " ".join(text.split())
    return [value] if value else []


def _names(names: Iterable[Name]) -> list[str]:
    return [line for name in names if (line := name_to_line(name))]

"""PubMed's nbib, the tagged format of MEDLINE: ``read_nbib``.

Source: "MEDLINE/PubMed Data Element (Field) Descriptions" (National Library of Medicine). It is PubMed's own way of handing out
its records, with fields that only PubMed can fill; nothing is gained by writing it (RIS and BibTeX go everywhere), so there is
no writer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bib.formats.addresses import arxiv_in, doi_in, pmcid_of, pmid_of
from bib.formats.dates import any_date
from bib.formats.entries import EntryIds
from bib.formats.people import is_et_al, names_from_lines, person, suffix_apart
from bib.formats.tagged_lines import TaggedRecord, entry_of, read_records
from bib.identifiers import normalise_doi
from bib.model import Entry, Name, Reference

_FIELD = re.compile(r"\ufeff?([A-Z][A-Z0-9]{1,3})[ ]{0,4}-[ ]{1,2}")
#: "10.1000/abc [doi]": what an article's identifier is.
_IDENTIFIER = re.compile(r"(.{1,300}?)\s{0,3}\[(\w{1,20})\]")
#: Names and titles: a record without any of these is no reference, and nothing else in it needs a look.
_SAYING_WHAT = ("AU", "FAU", "CN", "ED", "FED", "TI", "TT", "BTI")
_INITIALS = re.compile(r"[^\W\d_]{1,4}")


def read_nbib(text: str) -> tuple[Entry, ...]:
    """One entry for every record of the file, in order; ids are the PubMed ids.

    Lines of a record without its beginning (``PMID-``), a record that has neither a name nor a title, and text between records
    (after a blank line, not indented) are ``ParseFailure``s with their line.
    """
    ids = EntryIds()
    return tuple(_entry(record, text, ids) for record in read_records(text, field_start=_FIELD, opening="PMID"))


def _entry(record: TaggedRecord, text: str, ids: EntryIds) -> Entry:
    def read(id_: str, raw: str) -> Reference:
        return _reference(record, id_=id_, raw=raw)

    number = "its number (PMID)"
    return entry_of(record, text, ids, id_tag="PMID", beginning=number, saying_what=_SAYING_WHAT, read=read)


def _reference(record: TaggedRecord, *, id_: str, raw: str) -> Reference:
    authors, truncated = _authors(record, full="FAU", short="AU", group="CN")
    editors, _ = _authors(record, full="FED", short="ED", group="")
    csl_type = _csl_type(record)
    issued = any_date(record.first("DP", "DEP"))
    identifiers = [*_identifiers(record)]
    doi_printed = next((value for value, kind in identifiers if kind == "doi"), "") or doi_in(record.values("SO"))
    title, book = record.first("TI", "TT"), record.first("BTI")
    return Reference(
        id=id_,
        raw=raw,
        span=record.span,
        type=csl_type,
        authors=authors,
        authors_truncated=truncated,
        editors=editors,
        issued=issued.date,
        year_suffix=issued.year_suffix,
        status=issued.status or _status(record),
        title=_without_brackets(title or book),
        container_title=(book if title and csl_type == "chapter" else "") or record.first("JT", "TA"),
        collection_title=record.first("CTI"),
        volume=record.first("VI"),
        issue=record.first("IP"),
        page=record.first("PG") or next((value for value, kind in identifiers if kind == "pii" and value.startswith("e")), ""),
        edition=record.first("EN"),
        publisher=record.first("PB"),
        # Of a journal "PL" is the country that it comes from.
        publisher_place=record.first("PL") if csl_type in ("book", "chapter") else "",
        doi=normalise_doi(doi_printed),
        doi_printed=doi_printed,
        arxiv=arxiv_in(value for value in record.values("SO", "AID", "LID") if "arxiv" in value.lower()),
        pmid=pmid_of(record.first("PMID")),
        pmcid=pmcid_of(record.first("PMC")),
        isbn=record.first("ISBN").split(" ")[0],
        language=record.first("LA"),
    )


def _csl_type(record: TaggedRecord) -> str:
    kinds = {kind.lower() for kind in record.values("PT")}
    if "preprint" in kinds:
        return "article"
    if record.values("BTI") or kinds & {"book", "book chapter"}:
        return "chapter" if record.values("TI") else "book"
    return "article-journal"


def _status(record: TaggedRecord) -> str:
    return "ahead of print" if record.first("PST") == "aheadofprint" and not record.first("VI", "PG") else ""


def _authors(record: TaggedRecord, *, full: str, short: str, group: str) -> tuple[tuple[Name, ...], bool]:
    """People and groups in the order of the file: the full name where there is one, for each short one that follows it."""
    names: list[Name] = []
    truncated = awaited = False
    for tag, value in record.fields:
        if tag == full and value:
            names.append(_full_name(value))
            awaited = True
        elif tag == short and is_et_al(value):
            truncated = True
        elif tag == short and value:
            if not awaited:
                names.append(_short_name(value))
            awaited = False
        elif group and tag == group and value:
            names.append(Name(literal=value))
            awaited = False
    return tuple(names), truncated


def _full_name(value: str) -> Name:
    if "," not in value:
        return Name(family=value)
    names, _ = names_from_lines((value,))
    name = names[0] if names else Name(literal=value)
    given, suffix = suffix_apart(name.given)
    return name if name.suffix or not suffix else person(name.full_family, given, suffix)


def _short_name(value: str) -> Name:
    """ "van der Berg JA Jr" in its parts: the initials come last, and after them only a suffix."""
    before, suffix = suffix_apart(value)
    family, _, initials = before.rpartition(" ")
    if not family or not _INITIALS.fullmatch(initials) or not initials.isupper():
        return person(before, "", suffix)
    return person(family, initials, suffix)


def _identifiers(record: TaggedRecord) -> Iterator[tuple[str, str]]:
    for value in record.values("LID", "AID"):
        if found := _IDENTIFIER.fullmatch(value):
            yield found[1], found[2].lower()


def _without_brackets(title: str) -> str:
    """The title of a translated work without the brackets that MEDLINE puts around it, its full stop after them dropped."""
    if title.startswith("[") and title.rstrip(".").endswith("]"):
        return title.rstrip(".")[1:-1]
    return title

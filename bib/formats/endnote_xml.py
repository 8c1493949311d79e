"""EndNote's XML export: ``read_endnote_xml`` and ``write_endnote_xml``.

Source: the document type RSXML of EndNote (``<xml><records><record>``), and exports of EndNote, Zotero and PubMed's clones. Text
stands in ``<style>`` elements or bare; both are read. Nothing that a file declares has any effect (see ``xml_elements``).

What it cannot hold: how particles relate to the family name (they are part of it), a comma or semicolon inside a part of a
person's name, years before 1 or after 9999, a letter after a year that is not known, and ``confidence``. Where ours: an id
stands in ``<foreign-keys><key app="litcheck">``, beside EndNote's own record number; ``work-type`` holds the CSL type where
EndNote's says less; a note holds "arXiv:2001.00001"; ``custom2`` the PMCID and ``accession-num`` the PubMed id, as in EndNote;
a last author "et al." says that the list is not complete; a status beside a date is a ``pub-dates`` entry with slashes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from bib.formats.addresses import arxiv_in, arxiv_of, doi_in, isbn_of, pmcid_of, pmid_of, printed_doi, url_of
from bib.formats.csl_types import csl_type_of, is_csl_type, type_name_of
from bib.formats.dates import Issued, any_date, held_date, iso_date, make_date, month_and_day, slashed, year_text
from bib.formats.entries import EntryIds, checked_entry
from bib.formats.people import name_to_line, names_from_lines
from bib.formats.xml_elements import Piece, element_text, opening_tag, pieces, text_of, xml_text
from bib.identifiers import normalise_doi
from bib.model import Entry, ParseFailure, Reference

_TYPES = "endnote_types"
_APP = "litcheck"


def read_endnote_xml(text: str) -> tuple[Entry, ...]:
    """One entry for every ``<record>`` of the file, in order; ids are the record numbers.

    A record that is no well-formed XML, and one that has neither a name nor a title, is a ``ParseFailure`` with its line.
    """
    ids = EntryIds()
    return tuple(_entry(piece, text, ids) for piece in pieces(text, "record"))


def _entry(piece: Piece, text: str, ids: EntryIds) -> Entry:
    raw = piece.span.of(text)
    if piece.element is None:
        id_ = ids.new("", piece.line)
        return ParseFailure(id=id_, raw=raw, reason=piece.reason, span=piece.span, line=piece.reason_line)
    record = _Record(piece.element)
    id_ = ids.new(record.own_id or record.first("rec-number"), piece.line)
    return checked_entry(_reference(record, piece, id_=id_, raw=raw), line=piece.line)


class _Record:
    """A record's texts by their path below it."""

    def __init__(self, element: Element) -> None:
        self._element = element

    def every(self, *paths: str) -> tuple[str, ...]:
        """The texts of all elements on one of the paths that are not empty."""
        return tuple(text for path in paths for found in self._element.iterfind(path) if (text := text_of(found)))

    def first(self, *paths: str) -> str:
        """The first of them."""
        return next(iter(self.every(*paths)), "")

    @property
    def own_id(self) -> str:
        """The id that this program wrote."""
        return next((text_of(key) for key in self._element.iterfind("foreign-keys/key") if key.get("app") == _APP), "")

    @property
    def type(self) -> str:
        """The type's name, or its number."""
        found = self._element.find("ref-type")
        return (found.get("name", "") or text_of(found)) if found is not None else ""


def _reference(record: _Record, piece: Piece, *, id_: str, raw: str) -> Reference:
    authors, truncated = names_from_lines(record.every("contributors/authors/author"))
    type_of_work = record.first("work-type")
    csl_type = csl_type_of(_TYPES, record.type)
    if csl_type == "document" and is_csl_type(type_of_work):
        csl_type = type_of_work
    # In a book EndNote's "secondary" title and authors are the series and its editors.
    in_book = csl_type == "book"
    second_names, third_names = (record.every(f"contributors/{which}-authors/author") for which in ("secondary", "tertiary"))
    editors, editors_truncated = names_from_lines((in_book and third_names) or second_names)
    issued = _issued(record)
    second = record.first("titles/secondary-title")
    container = record.first("periodical/full-title", "titles/alt-title", "periodical/abbr-1")
    series = record.first("titles/tertiary-title")
    urls = record.every("urls/related-urls/url", "urls/web-urls/url", "urls/text-urls/url", "urls/pdf-urls/url")
    notes = record.every("notes", "research-notes")
    doi_printed = record.first("electronic-resource-num") or doi_in(
        (*urls, *(note for note in notes if note.lower().startswith("doi")))
    )
    original = iso_date(record.first("orig-pub"))
    return Reference(
        id=id_,
        raw=raw,
        span=piece.span,
        type=csl_type,
        authors=authors,
        authors_truncated=truncated or (not authors and editors_truncated),
        editors=editors,
        issued=issued.date,
        year_suffix=issued.year_suffix,
        original_year=original.year if original else None,
        status=issued.status,
        title=record.first("titles/title"),
        container_title=container if in_book else second or container,
        collection_title=series or (second if in_book else ""),
        volume=record.first("volume"),
        issue=record.first("number", "issue"),
        page=record.first("pages", "custom7"),
        edition=record.first("edition"),
        publisher=record.first("publisher"),
        publisher_place=record.first("pub-location"),
        doi=normalise_doi(doi_printed),
        doi_printed=doi_printed,
        arxiv=next((arxiv_of(note) for note in notes if note.lower().startswith("arxiv")), "") or arxiv_in(urls),
        pmid=pmid_of(record.first("accession-num")),
        pmcid=pmcid_of(record.first("custom2")),
        isbn=isbn_of(record.first("isbn")),
        url=url_of(urls),
        accessed=any_date(record.first("access-date")).date,
        language=record.first("language"),
        label=record.first("label"),
    )


def _issued(record: _Record) -> Issued:
    issued = any_date(record.first("dates/year"))
    date = record.first("dates/pub-dates/date")
    if issued.date is None or not date:
        return issued if issued.date or issued.status else any_date(date)
    if "/" in date and (full := any_date(date)).date and full.date.year == issued.date.year:
        return Issued(date=full.date, year_suffix=issued.year_suffix, status=full.status)
    month, day = month_and_day(date)
    return Issued(date=make_date(issued.date.year, month, day), year_suffix=issued.year_suffix)


def write_endnote_xml(references: Iterable[Reference]) -> str:
    """The references as an XML file that EndNote imports, a record a line."""
    numbered = enumerate(references, start=1)
    records = "".join(f"<record>{''.join(_fields(reference, number))}</record>\n" for number, reference in numbered)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<xml><records>\n{records}</records></xml>\n'


def _fields(reference: Reference, number: int) -> Iterator[str]:
    """The elements of a record in the order that the document type asks for."""
    name, type_number = (*type_name_of(_TYPES, reference.type), *type_name_of(_TYPES, "document"))[:2]
    exact = csl_type_of(_TYPES, name) == reference.type
    is_book = reference.type == "book"
    yield element_text("rec-number", str(number))
    yield _inside("foreign-keys", element_text("key", _one_line(reference.id), {"app": _APP, "db-id": _APP}))
    yield element_text("ref-type", type_number, {"name": name.title()})
    authors = [*map(name_to_line, reference.authors), *(["et al."] if reference.authors_truncated else [])]
    yield _inside(
        "contributors",
        _people("authors", authors),
        _people("tertiary-authors" if is_book else "secondary-authors", map(name_to_line, reference.editors)),
    )
    yield _inside(
        "titles",
        _styled("title", reference.title),
        _styled("secondary-title", reference.collection_title if is_book else reference.container_title),
        _styled("tertiary-title", "" if is_book else reference.collection_title),
        _styled("alt-title", reference.container_title if is_book else ""),
    )
    yield _styled("pages", reference.page)
    yield _styled("volume", reference.volume)
    yield _styled("number", reference.issue)
    yield _styled("edition", reference.edition)
    yield _dates(reference)
    yield _styled("pub-location", reference.publisher_place)
    yield _styled("publisher", reference.publisher)
    yield _styled("orig-pub", year_text(reference.original_year))
    yield _styled("isbn", reference.isbn)
    yield _styled("accession-num", reference.pmid)
    yield _styled("electronic-resource-num", printed_doi(reference))
    yield _styled("label", reference.label)
    yield _styled("notes", f"arXiv:{reference.arxiv}" if reference.arxiv else "")
    yield _styled("work-type", "" if exact else reference.type)
    yield _styled("language", reference.language)
    yield _inside("urls", _inside("related-urls", _styled("url", reference.url)))
    if accessed := held_date(reference.accessed):
        yield _styled("access-date", slashed(Issued(date=accessed)))
    yield _styled("custom2", reference.pmcid)


def _dates(reference: Reference) -> str:
    date = held_date(reference.issued)
    if date is None:
        return _inside("dates", _styled("year", reference.status))
    whole = Issued(date=date, status=_one_line(reference.status))
    return _inside(
        "dates",
        _styled("year", f"{date.year:04d}{reference.year_suffix}"),
        _inside("pub-dates", _styled("date", slashed(whole))) if date.month or whole.status else "",
    )


def _people(tag: str, names: Iterable[str]) -> str:
    return _inside(tag, *(_styled("author", name) for name in names))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _styled(tag: str, text: str) -> str:
    """The element with its text in a ``style``, as EndNote itself writes it; nothing without text."""
    text = xml_text(_one_line(text))
    return f'<{tag}><style face="normal" font="default" size="100%">{text}</style></{tag}>' if text else ""


def _inside(tag: str, *inner: str) -> str:
    """The element around others; nothing if all are empty."""
    content = "".join(inner)
    return f"{opening_tag(tag)}{content}</{tag}>" if content else ""

"""Reference lists of JATS articles: ``read_jats`` and ``write_jats``.

Source: JATS 1.3 (ANSI/NISO Z39.96) and JATS4R's recommendations on citations; the older NLM tags ``citation`` and
``nlm-citation`` are read too. A ``mixed-citation`` without tags inside, or with few, is read as the string that it is. Nothing
that a file declares has any effect (see ``xml_elements``).

What it cannot hold: how particles relate to the family name (they are part of it), ids that are no names in XML ("1"; they are
made into some), years before 1 or after 9999, a letter after a year that is not known, and ``confidence``. Where ours:
``specific-use`` holds the CSL type where the publication type says less, and a ``comment`` of the content type "status" the
status.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from xml.etree.ElementTree import Element

from bib.formats.addresses import arxiv_in, arxiv_of, doi_in, isbn_of, pmcid_of, pmid_of, printed_doi, url_of
from bib.formats.csl_types import csl_type_of, is_csl_type, type_name_of
from bib.formats.dates import Issued, any_date, held_date, iso_date, iso_text, make_date, month_and_day, year_text
from bib.formats.entries import EntryIds, checked_entry, unlike
from bib.formats.people import is_et_al, names_from_lines, person
from bib.formats.xml_elements import Piece, element_text, opening_tag, pieces, text_of
from bib.identifiers import normalise_doi
from bib.model import Date, Entry, Name, ParseFailure, Reference
from bib.wordlists import pairs_of

_TYPES = "jats_types"
_XLINK = "http://www.w3.org/1999/xlink"
_CITATIONS = ("element-citation", "mixed-citation", "nlm-citation", "citation")
#: Titles of the work itself, and of what it stands in.
_TITLES = ("article-title", "chapter-title", "data-title", "part-title")
_EDITORS = frozenset({"editor", "editors", "ed", "guest-editor"})
_PAGES = re.compile(r"([^\s–]{1,40})–([^\s–]{1,40})")
_XML_NAME = re.compile(r"[A-Za-z_][\w.-]{0,200}", re.ASCII)
_NOT_IN_NAMES = re.compile(r"[^\w.-]+", re.ASCII)


def read_jats(text: str) -> tuple[Entry, ...]:
    """One entry for every citation in every ``<ref>`` of the text (an article, or a list by itself), in order.

    Ids are those of the ``ref``; its second citation is "ref1 (2)". A ``ref`` that is no well-formed XML, and one that has
    neither a name nor a title, is a ``ParseFailure`` with its line.
    """
    ids = EntryIds()
    found = [entry for piece in pieces(text, "ref") for entry in _entries(piece, text, ids)]
    return _filled(found)


def _entries(piece: Piece, text: str, ids: EntryIds) -> Iterator[tuple[Entry, int, str]]:
    """The entries of a ``ref``, each with its line and the text that must be parsed, empty where the tags say enough."""
    raw = piece.span.of(text)
    if piece.element is None:
        reason, line = piece.reason, piece.reason_line
        yield ParseFailure(id=ids.new("", piece.line), raw=raw, reason=reason, span=piece.span, line=line), line or 0, ""
        return
    ref_id = " ".join(piece.element.get("id", "").split())
    if not len(piece.element) and not text_of(piece.element):
        reason = "The reference holds no citation."
        yield (
            ParseFailure(id=ids.new(ref_id, piece.line), raw=raw, reason=reason, span=piece.span, line=piece.line),
            piece.line,
            "",
        )
        return
    label = text_of(piece.element.find("label"))
    for number, citation in enumerate([*_citations(piece.element)] or [piece.element], start=1):
        id_ = ids.new(ref_id if number == 1 or not ref_id else f"{ref_id} ({number})", piece.line)
        told = _Citation(citation)
        reference = told.reference(id_=id_, raw=raw, piece=piece, label=label if number == 1 else "")
        yield reference, piece.line, told.loose_text(reference)


def _citations(ref: Element) -> Iterator[Element]:
    """The citations of a reference, of alternative forms of one the first with tags."""
    for child in ref:
        if child.tag in _CITATIONS:
            yield child
        elif child.tag == "citation-alternatives":
            forms = [form for form in child if form.tag in _CITATIONS]
            forms.sort(key=lambda form: form.tag != "element-citation")
            yield from forms[:1]


class _Citation:
    """One citation element and what it says."""

    def __init__(self, element: Element) -> None:
        self._element = element

    def _first(self, *tags: str) -> str:
        return next((text for tag in tags for found in self._element.iter(tag) if (text := text_of(found))), "")

    def _identifier(self, *kinds: str) -> str:
        for kind in kinds:
            for found in self._element.iter("pub-id"):
                if found.get("pub-id-type", "").lower() == kind and (text := text_of(found)):
                    return text
        return ""

    def reference(self, *, id_: str, raw: str, piece: Piece, label: str) -> Reference:
        """What the tags say."""
        authors, truncated = self._people(editors=False)
        editors, editors_truncated = self._people(editors=True)
        csl_type = self._type()
        title, container = self._titles()
        issued = self._issued()
        urls = [*self._urls()]
        text = text_of(self._element)
        doi_printed = self._identifier("doi") or doi_in((*urls, text))
        original = next((date for date in self._element.iter("date") if date.get("date-type") == "original"), None)
        original_date = iso_date(text_of(original))
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
            original_year=original_date.year if original_date else None,
            status=self._status() or issued.status,
            title=title,
            container_title=container,
            collection_title=self._first("series"),
            volume=self._first("volume"),
            issue=self._first("issue"),
            page=self._page(),
            edition=self._first("edition"),
            publisher=self._first("publisher-name", "institution"),
            publisher_place=self._first("publisher-loc"),
            doi=normalise_doi(doi_printed),
            doi_printed=doi_printed,
            arxiv=arxiv_of(self._identifier("arxiv")) or arxiv_in(urls),
            pmid=pmid_of(self._identifier("pmid")),
            pmcid=pmcid_of(self._identifier("pmcid", "pmc")),
            isbn=isbn_of(self._first("isbn") or self._identifier("isbn")),
            url=url_of(urls),
            accessed=self._accessed(),
            language=self._element.get("lang", ""),
            label=label,
        )

    def loose_text(self, reference: Reference) -> str:
        """The citation as a string where its tags do not say who made the work and what it is called, empty where they do."""
        said = reference.title and (reference.authors or reference.editors)
        return "" if said or self._element.tag == "element-citation" else text_of(self._element)

    def _type(self) -> str:
        exact = self._element.get("specific-use", "")
        if is_csl_type(exact):
            return exact
        publication_type = self._element.get("publication-type", "") or self._element.get("citation-type", "")
        csl_type = csl_type_of(_TYPES, publication_type)
        # JATS calls a book's chapter a book as well, and tells them apart by their titles.
        return "chapter" if csl_type == "book" and self._first("chapter-title", "article-title") else csl_type

    def _titles(self) -> tuple[str, str]:
        """The title and the container. ``source`` is the work itself where no title stands beside it."""
        source = self._first("source", "conf-name")
        if any(True for tag in _TITLES for _ in self._element.iter(tag)):
            return self._first(*_TITLES), source
        return source, ""

    def _people(self, *, editors: bool) -> tuple[tuple[Name, ...], bool]:
        names: list[Name] = []
        truncated = False
        groups = [group for group in self._element.iter("person-group") if _is_editors(group) == editors]
        if not editors:
            # Names outside of any group are authors too.
            groups.append(self._element)
        for group in groups:
            for child in group:
                if child.tag == "etal":
                    truncated = True
                else:
                    more, cut = _names(child)
                    names.extend(more)
                    truncated = truncated or cut
        return tuple(names), truncated

    def _issued(self) -> Issued:
        year = next((found for found in self._outside_dates("year")), None)
        if year is None:
            date = next((date for date in self._element.iter("date") if date.get("date-type") != "original"), None)
            return any_date(date.get("iso-8601-date") or text_of(date)) if date is not None else Issued()
        printed = any_date(text_of(year))
        if (iso := iso_date(year.get("iso-8601-date", ""))) and (printed.date is None or printed.date.year == iso.year):
            return Issued(date=iso, year_suffix=printed.year_suffix, status=printed.status)
        if printed.date is None:
            return printed
        month, day = (text_of(next(self._outside_dates(tag), None)) for tag in ("month", "day"))
        return Issued(date=make_date(printed.date.year, *month_and_day(month, day)), year_suffix=printed.year_suffix)

    def _outside_dates(self, tag: str) -> Iterator[Element]:
        """Elements that belong to the citation's own date, not to another one in it."""
        within = {id(found) for date in self._element.iter("date") for found in date.iter(tag)}
        return (found for found in self._element.iter(tag) if id(found) not in within)

    def _accessed(self) -> Date | None:
        found = next(self._element.iter("date-in-citation"), None)
        if found is None:
            return None
        return iso_date(found.get("iso-8601-date", "")) or any_date(text_of(found)).date

    def _page(self) -> str:
        first, last = self._first("fpage"), self._first("lpage")
        pages = f"{first}–{last}" if first and last and first != last else first or last
        return self._first("page-range") or pages or self._first("elocation-id")

    def _status(self) -> str:
        for comment in self._element.iter("comment"):
            text = text_of(comment)
            if comment.get("content-type") == "status" or text.lower().strip(" .") in pairs_of("publication_states").values():
                return text
        return ""

    def _urls(self) -> Iterator[str]:
        for tag in ("ext-link", "uri", "self-uri"):
            for link in self._element.iter(tag):
                yield from (value for value in (link.get("href", ""), text_of(link)) if value)


def _is_editors(group: Element) -> bool:
    return group.get("person-group-type", "author").lower() in _EDITORS


def _names(element: Element) -> tuple[tuple[Name, ...], bool]:
    """The names in a ``name``, a ``string-name``, a ``collab`` or a group of alternatives of one."""
    if element.tag == "name-alternatives":
        element = next(iter(element), element)
    if element.tag == "collab":
        literal = text_of(element)
        if is_et_al(literal):
            return (), True
        return ((Name(literal=literal),) if literal else ()), False
    if element.tag not in ("name", "string-name"):
        return (), False
    surname, given, suffix = (text_of(element.find(tag)) for tag in ("surname", "given-names", "suffix"))
    if not surname and not given:
        return names_from_lines((text_of(element),))
    if is_et_al(surname) and not given:
        return (), True
    return (person(surname, given, suffix),), False


def _filled(found: Sequence[tuple[Entry, int, str]]) -> tuple[Entry, ...]:
    """The entries, those with loose text with what the tags left out; all texts are parsed together, as a list."""
    loose = [text for _, _, text in found if text]
    parsed: Iterator[Entry] = iter(())
    if loose:
        from bib.strings import parse_references  # loads the tagger of reference strings

        parsed = iter(parse_references(loose, ids=[""] * len(loose)))
    entries: list[Entry] = []
    for entry, line, text in found:
        if isinstance(entry, ParseFailure):
            entries.append(entry)
        else:
            entries.append(checked_entry(_with_parsed(entry, next(parsed)) if text else entry, line=line))
    return tuple(entries)


def _with_parsed(reference: Reference, parsed: Entry) -> Reference:
    """The reference with what the tags left out."""
    if isinstance(parsed, ParseFailure):
        return reference
    kept = ("id", "raw", "span", "segments", "confidence", "type")
    names = [field.name for field in fields(Reference) if field.name not in kept]
    told = {name: value for name in names if not getattr(reference, name) and (value := getattr(parsed, name))}
    # A title that only stands in "source" may be the journal's.
    if reference.title and reference.title == parsed.container_title:
        told |= {"title": parsed.title, "container_title": parsed.container_title}
    csl_type = parsed.type if reference.type == "document" else reference.type
    return replace(reference, **told, type=csl_type, confidence=parsed.confidence)


def write_jats(references: Iterable[Reference]) -> str:
    """The references as a ``<ref-list>`` to be put into an article's ``<back>``, one ``<ref>`` a line."""
    taken: dict[str, int] = {}
    refs = "".join(_ref(reference, unlike(_xml_name(reference.id), taken)) for reference in references)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<ref-list xmlns:xlink="{_XLINK}">\n{refs}</ref-list>\n'


def _xml_name(id_: str) -> str:
    return id_ if _XML_NAME.fullmatch(id_) else f"ref-{_NOT_IN_NAMES.sub('-', id_)[:200]}".rstrip("-")


def _ref(reference: Reference, id_: str) -> str:
    publication_type = (*type_name_of(_TYPES, reference.type), *type_name_of(_TYPES, "document"))[0]
    read_as = csl_type_of(_TYPES, publication_type)
    exact = read_as == reference.type and read_as != "book"
    attributes = {
        "publication-type": publication_type,
        "specific-use": "" if exact else reference.type,
        "xml:lang": reference.language,
    }
    content = "".join(_elements(reference))
    label = element_text("label", reference.label)
    citation = f"{opening_tag('element-citation', attributes)}{content}</element-citation>"
    return f"{opening_tag('ref', {'id': id_})}{label}{citation}</ref>\n"


def _elements(reference: Reference) -> Iterator[str]:
    """The elements of a citation in the order that JATS recommends."""
    yield _group("author", reference.authors, truncated=reference.authors_truncated)
    yield _group("editor", reference.editors, truncated=False)
    if reference.type == "book" and not reference.container_title:
        yield element_text("source", reference.title)
    else:
        tag = {"chapter": "chapter-title", "dataset": "data-title"}.get(reference.type, "article-title")
        yield element_text(tag, reference.title) or f"<{tag}/>"
        yield element_text("source", reference.container_title)
    yield element_text("series", reference.collection_title)
    yield from _dates(reference)
    yield element_text("volume", reference.volume)
    yield element_text("issue", reference.issue)
    yield element_text("edition", reference.edition)
    if (pages := _PAGES.fullmatch(reference.page)) and pages[1] != pages[2]:
        yield element_text("fpage", pages[1])
        yield element_text("lpage", pages[2])
    else:
        yield element_text("page-range", reference.page)
    yield element_text("publisher-loc", reference.publisher_place)
    yield element_text("publisher-name", reference.publisher)
    yield element_text("isbn", reference.isbn)
    doi = printed_doi(reference)
    for kind, value in (("doi", doi), ("pmid", reference.pmid), ("pmcid", reference.pmcid), ("arxiv", reference.arxiv)):
        yield element_text("pub-id", value, {"pub-id-type": kind})
    yield element_text("ext-link", reference.url, {"ext-link-type": "uri", "xlink:href": reference.url})
    yield element_text("comment", reference.status, {"content-type": "status"})


def _group(kind: str, names: Iterable[Name], *, truncated: bool) -> str:
    written = "".join(map(_name, names)) + ("<etal/>" if truncated else "")
    return f'<person-group person-group-type="{kind}">{written}</person-group>' if written else ""


def _name(name: Name) -> str:
    if name.literal:
        return element_text("collab", name.literal)
    parts = (("surname", name.full_family), ("given-names", name.given), ("suffix", name.suffix))
    return f"<name>{''.join(element_text(tag, text) for tag, text in parts)}</name>"


def _dates(reference: Reference) -> Iterator[str]:
    if date := held_date(reference.issued):
        yield element_text("year", f"{date.year:04d}{reference.year_suffix}", {"iso-8601-date": iso_text(date)})
        if date.month:
            yield element_text("month", f"{date.month:02d}")
        if date.month and date.day:
            yield element_text("day", f"{date.day:02d}")
    if original := year_text(reference.original_year):
        yield f'<date date-type="original"><year>{original}</year></date>'
    if accessed := held_date(reference.accessed):
        written = iso_text(accessed)
        yield element_text("date-in-citation", written, {"content-type": "access-date", "iso-8601-date": written})

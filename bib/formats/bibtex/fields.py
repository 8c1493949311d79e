"""The fields of a BibTeX or BibLaTeX entry as a reference."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from bib.formats.addresses import arxiv_in, arxiv_of, doi_in, pmcid_of, pmid_of, url_of
from bib.formats.bibtex.blocks import EntryBlock
from bib.formats.bibtex.dates import issued
from bib.formats.bibtex.names import read_names
from bib.formats.csl_types import csl_type_of, is_csl_type
from bib.formats.dates import iso_date
from bib.formats.latex import latex_to_text, text_to_latex
from bib.identifiers import normalise_doi
from bib.model import Reference
from bib.wordlists import pairs_of

#: Text fields are cut here; titles of more than a thousand characters are unknown, and hostile ones cost time.
_LONGEST_TEXT = 20_000

#: Types whose ``number`` is that of an issue.
NUMBERED = frozenset(
    {"article-journal", "article-magazine", "article-newspaper", "review", "periodical", "paper-conference", "article"}
)
_PARTS = frozenset({"chapter", "paper-conference"})
#: Types that an arXiv id turns into a preprint. A published article or book may have one beside its own data.
_MAYBE_PREPRINT = frozenset({"document", "manuscript", "webpage", "report"})
#: Fields in which an address may stand, and with it an identifier; and those with an identifier alone.
_ADDRESSES = ("url", "howpublished", "ee", "link", "bdsk-url-1", "note")
_LOOSE = (*_ADDRESSES, "journal", "journaltitle", "doi")
_SERVER = re.compile(r"\b\w{0,10}rxiv\b|^corr$|^ssrn\b|\bresearch square\b|^preprints(?:\.org)?$", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([_%&#~$^{}])(?:\{\})?")
_URL_COMMAND = re.compile(r"\\(?:url|path|nolinkurl)\s{0,3}|\\href\s{0,3}")
_BRACES = re.compile(r"(?<!\\)[{}]")
_ENTITY = re.compile(r"\\?&(#?[A-Za-z0-9]{1,32};)")
_RANGE = re.compile(r"\s{0,5}(?:-{2,3}|[–—‐‑])\s{0,5}")
#: DBLP prints arXiv ids as volumes: journal "CoRR", volume "abs/1706.03762".
_CORR = re.compile(r"abs/(\S{4,30})")

#: The fields whose text becomes part of a reference, and which field of ``Reference`` it is. Others are searched for
#: identifiers at most.
_READ_AS: Mapping[str, str] = {
    **dict.fromkeys(("title", "subtitle"), "title"),
    **dict.fromkeys(("journaltitle", "journal", "booktitle", "maintitle", "journalsubtitle", "booksubtitle"), "container_title"),
    **{"author": "authors", "editor": "editors", "series": "collection_title", "volume": "volume", "edition": "edition"},
    **{"origdate": "original_year", "origyear": "original_year", "date": "issued", "year": "issued", "month": "issued"},
    **{"day": "issued", "pubstate": "status", "number": "issue", "issue": "issue", "isbn": "isbn", "label": "label"},
    **dict.fromkeys(("pages", "eid", "article-number", "articleno"), "page"),
    **dict.fromkeys(("publisher", "institution", "school", "organization"), "publisher"),
    **{"location": "publisher_place", "address": "publisher_place", "doi": "doi", "eprint": "arxiv", "url": "url"},
    **{"pmid": "pmid", "pmcid": "pmcid", "pmc": "pmcid", "langid": "language", "language": "language"},
    **dict.fromkeys(("urldate", "lastchecked", "lastaccessed"), "accessed"),
    **{"entrysubtype": "type", "crossref": "", "xdata": ""},
}


def reference_from_block(block: EntryBlock, *, id: str, raw: str) -> Reference:  # noqa: A002 -- the field's name
    """The reference that an entry describes; what it does not say is empty."""
    fields = _Fields(block.fields)
    authors, authors_truncated = read_names(fields.source("author"))
    editors, editors_truncated = read_names(fields.source("editor"))
    date, year_suffix, status = issued(block.fields)
    original = iso_date(fields.source("origdate", "origyear"))
    work_type = _type(block.type, fields)
    doi_printed = _doi(fields)
    return Reference(
        id=id,
        raw=raw,
        span=block.span,
        type=work_type,
        authors=authors,
        authors_truncated=authors_truncated or (not authors and editors_truncated),
        editors=editors,
        issued=date,
        year_suffix=year_suffix,
        original_year=original.year if original else None,
        status=status or _state(fields),
        title=_with_subtitle(fields, "title", "subtitle"),
        container_title=_container(work_type, fields),
        collection_title=fields.text("series"),
        volume=fields.text("volume"),
        issue=_issue(work_type, fields),
        page=_RANGE.sub("–", fields.text("pages", "eid", "article-number", "articleno")),
        edition=fields.text("edition"),
        publisher=fields.text("publisher", "institution", "school", "organization"),
        publisher_place=fields.text("location", "address"),
        doi=normalise_doi(doi_printed),
        doi_printed=doi_printed,
        arxiv=_arxiv(fields),
        pmid=_pmid(fields),
        pmcid=_pmcid(fields),
        isbn=fields.text("isbn"),
        url=_url(fields),
        accessed=iso_date(fields.source("urldate", "lastchecked", "lastaccessed")),
        language=fields.text("langid", "language"),
        label=fields.text("label"),
        problems=tuple(
            replace(problem, field=_READ_AS[problem.field]) for problem in block.problems if problem.field in _READ_AS
        ),
    )


class _Fields:
    """The fields of an entry by name, as they stand or as text."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self._fields = {name: stripped for name, value in fields.items() if (stripped := value.strip())}

    def source(self, *names: str) -> str:
        """The first of the fields that is not empty, as it stands in the file."""
        for name in names:
            if value := self._fields.get(name):
                return value
        return ""

    def text(self, *names: str) -> str:
        """The same as text."""
        return _text(self.source(*names))

    def address(self, *names: str) -> str:
        """The same as an identifier or address, in which a tilde or a hyphen is no mark-up."""
        source = self.source(*names)
        if not source:
            return ""
        value = _URL_COMMAND.sub("", source[:_LONGEST_TEXT])
        return _BRACES.sub("", _ESCAPED.sub(r"\1", value)).strip()

    def addresses(self, names: Iterable[str]) -> list[str]:
        """All of the fields that are not empty, each as ``address``."""
        return [value for name in names if name in self._fields and (value := self.address(name))]


def _text(source: str) -> str:
    if not source:
        return ""
    source = source[:_LONGEST_TEXT]
    # Exports of publishers' sites hold entities of HTML.
    return latex_to_text(_ENTITY.sub(_unescaped, source) if "&" in source else source)


def _unescaped(entity: re.Match[str]) -> str:
    character = html.unescape(f"&{entity[1]}")
    return entity[0] if character == f"&{entity[1]}" else text_to_latex(character)


def _with_subtitle(fields: _Fields, title: str, subtitle: str) -> str:
    parts = [part for part in (fields.text(title), fields.text(subtitle)) if part]
    return parts[0] + (" " if parts[0].endswith((":", "?", "!")) else ": ") + parts[1] if len(parts) == 2 else "".join(parts)


def csl_type(entry_type: str, fields: Mapping[str, str]) -> str:
    """The CSL type of an entry with these fields: what ``entrysubtype`` says in CSL's words, or what type and fields suggest."""
    return _type(entry_type, _Fields(fields))


def _type(entry_type: str, fields: _Fields) -> str:
    subtype = fields.text("entrysubtype")
    if is_csl_type(subtype):
        return subtype
    found = csl_type_of("bibtex_types", entry_type)
    container = fields.text("journaltitle", "journal", "booktitle")
    if _SERVER.search(container) or (not container and found in _MAYBE_PREPRINT and _arxiv(fields)):
        return "article"
    if found == "article-journal":
        return {"newspaper": "article-newspaper", "magazine": "article-magazine"}.get(subtype, found)
    if found != "document":
        return found
    if fields.source("journal", "journaltitle"):
        return "article-journal"
    if not fields.source("doi", "publisher", "booktitle", "institution", "school") and _url(fields):
        return "webpage"
    return found


def _container(work_type: str, fields: _Fields) -> str:
    order = ["booktitle", "journaltitle", "journal"] if work_type in _PARTS else ["journaltitle", "journal", "booktitle"]
    for name in order:
        if fields.source(name):
            return _with_subtitle(fields, name, "journalsubtitle" if name.startswith("journal") else "booksubtitle")
    return "" if work_type == "book" else fields.text("maintitle")


def _issue(work_type: str, fields: _Fields) -> str:
    """The issue. ``number`` is that of an article, but the number in its series of a book and the report's own of a report."""
    if work_type in NUMBERED:
        return fields.text("number", "issue")
    return fields.text("issue")


def _state(fields: _Fields) -> str:
    state = fields.text("pubstate")
    return pairs_of("publication_states").get(state.lower(), state)


def _doi(fields: _Fields) -> str:
    """The DOI as printed, from its field or from an address."""
    return fields.address("doi") or doi_in(fields.addresses(_ADDRESSES))


def _arxiv(fields: _Fields) -> str:
    eprint = fields.address("eprint")
    kind = fields.text("eprinttype", "archiveprefix", "archive").lower()
    if eprint and kind in ("arxiv", "") and (found := arxiv_of(eprint)):
        return found
    if eprint and kind == "arxiv":
        return eprint
    corr = _CORR.fullmatch(fields.address("volume"))
    return arxiv_in(fields.addresses(_LOOSE)) or (arxiv_of(corr[1]) if corr else "")


def _pmid(fields: _Fields) -> str:
    eprint = fields.address("eprint") if fields.text("eprinttype").lower() == "pubmed" else ""
    return pmid_of(fields.address("pmid") or eprint) or pmid_of(fields.address("note"))


def _pmcid(fields: _Fields) -> str:
    return pmcid_of(fields.address("pmcid", "pmc")) or pmcid_of(fields.address("note"))


def _url(fields: _Fields) -> str:
    return url_of(fields.addresses(_ADDRESSES))

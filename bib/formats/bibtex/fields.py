"""The fields of a BibTeX or BibLaTeX entry as a reference."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from bib.formats.bibtex.blocks import EntryBlock
from bib.formats.bibtex.dates import iso_date, issued
from bib.formats.bibtex.names import read_names
from bib.formats.latex import latex_to_text
from bib.identifiers import find_arxiv, find_doi, find_pmcid, find_pmid, find_url, normalise_doi
from bib.model import Reference
from bib.wordlists import pairs_of

#: Text fields are cut here; titles of more than a thousand characters are unknown, and hostile ones cost time.
_LONGEST_TEXT = 20_000

_ARTICLES = frozenset({"article-journal", "article-magazine", "article-newspaper", "review", "periodical"})
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
_RANGE = re.compile(r"\s{0,5}(?:-{2,3}|[–—‐‑])\s{0,5}")
#: DBLP prints arXiv ids as volumes: journal "CoRR", volume "abs/1706.03762".
_ARXIV_PREFIX = re.compile(r"^(?:https?://)?(?:www\.)?arxiv(?:\.org/(?:abs|pdf)/|:)\s{0,3}", re.IGNORECASE)
_CORR = re.compile(r"abs/(\S{4,30})")


def reference_from_block(block: EntryBlock, *, id: str, raw: str) -> Reference:  # noqa: A002 -- the field's name
    """The reference that an entry describes; what it does not say is empty."""
    fields = _Fields(block.fields)
    authors, authors_truncated = read_names(fields.source("author"))
    editors, editors_truncated = read_names(fields.source("editor"))
    date, year_suffix, status = issued(block.fields)
    original = iso_date(fields.source("origdate", "origyear"))
    arxiv = _arxiv(fields)
    csl_type = _type(block.type, fields, arxiv)
    doi_printed = _doi(fields)
    return Reference(
        id=id,
        raw=raw,
        span=block.span,
        type=csl_type,
        authors=authors,
        authors_truncated=authors_truncated or (not authors and editors_truncated),
        editors=editors,
        issued=date,
        year_suffix=year_suffix,
        original_year=original.year if original else None,
        status=status or _state(fields),
        title=_with_subtitle(fields, "title", "subtitle"),
        container_title=_container(csl_type, fields),
        collection_title=fields.text("series"),
        volume=fields.text("volume"),
        issue=_issue(csl_type, fields),
        page=_RANGE.sub("–", fields.text("pages", "eid", "article-number", "articleno")),
        edition=fields.text("edition"),
        publisher=fields.text("publisher", "institution", "school", "organization"),
        publisher_place=fields.text("location", "address"),
        doi=normalise_doi(doi_printed),
        doi_printed=doi_printed,
        arxiv=arxiv,
        pmid=_pmid(fields),
        pmcid=_pmcid(fields),
        isbn=fields.text("isbn"),
        url=_url(fields),
        accessed=iso_date(fields.source("urldate", "lastchecked", "lastaccessed")),
        language=fields.text("langid", "language"),
    )


class _Fields:
    """The fields of an entry by name, as they stand or as text."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self._fields = fields

    def source(self, *names: str) -> str:
        """The first of the fields that is not empty, as it stands in the file."""
        return next((value for name in names if (value := self._fields.get(name, "").strip())), "")

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


def _text(source: str) -> str:
    if not source:
        return ""
    text = latex_to_text(source[:_LONGEST_TEXT])
    # Exports of publishers' sites hold entities of HTML.
    return html.unescape(text) if "&" in text else text


def _with_subtitle(fields: _Fields, title: str, subtitle: str) -> str:
    parts = [part for part in (fields.text(title), fields.text(subtitle)) if part]
    return parts[0] + (" " if parts[0].endswith((":", "?", "!")) else ": ") + parts[1] if len(parts) == 2 else "".join(parts)


def _type(entry_type: str, fields: _Fields, arxiv: str) -> str:
    csl_type = pairs_of("bibtex_types").get(entry_type, "document")
    container = fields.text("journaltitle", "journal", "booktitle")
    if _SERVER.search(container) or (arxiv and not container and csl_type in _MAYBE_PREPRINT):
        return "article"
    if csl_type == "article-journal":
        return {"newspaper": "article-newspaper", "magazine": "article-magazine"}.get(fields.text("entrysubtype"), csl_type)
    if csl_type != "document":
        return csl_type
    if fields.source("journal", "journaltitle"):
        return "article-journal"
    if not fields.source("doi", "publisher", "booktitle", "institution", "school") and _url(fields):
        return "webpage"
    return csl_type


def _container(csl_type: str, fields: _Fields) -> str:
    order = ["booktitle", "journaltitle", "journal"] if csl_type in _PARTS else ["journaltitle", "journal", "booktitle"]
    for name in order:
        if fields.source(name):
            return _with_subtitle(fields, name, "journalsubtitle" if name.startswith("journal") else "booksubtitle")
    return "" if csl_type == "book" else fields.text("maintitle")


def _issue(csl_type: str, fields: _Fields) -> str:
    """The issue. ``number`` is that of an article, but the number in its series of a book and the report's own of a report."""
    if csl_type in _ARTICLES or csl_type in ("paper-conference", "article"):
        return fields.text("number", "issue")
    return fields.text("issue")


def _state(fields: _Fields) -> str:
    state = fields.text("pubstate")
    return pairs_of("publication_states").get(state.lower(), state)


def _doi(fields: _Fields) -> str:
    """The DOI as printed, from its field or from an address."""
    if printed := fields.address("doi"):
        return printed
    for name in _ADDRESSES:
        text = fields.address(name)
        if "10." in text and (found := find_doi(text)):
            return found[1].of(text)
    return ""


def _arxiv(fields: _Fields) -> str:
    eprint = fields.address("eprint")
    kind = fields.text("eprinttype", "archiveprefix", "archive").lower()
    if eprint and kind in ("arxiv", "") and (found := find_arxiv(f"arXiv:{_ARXIV_PREFIX.sub('', eprint)}")):
        return found[0]
    if eprint and kind == "arxiv":
        return eprint
    for name in _LOOSE:
        if (text := fields.address(name)) and (found := find_arxiv(text)):
            return found[0]
    corr = _CORR.fullmatch(fields.address("volume"))
    found = find_arxiv(f"arXiv:{corr[1]}") if corr else None
    return found[0] if found else ""


def _pmid(fields: _Fields) -> str:
    number = fields.address("pmid") or (fields.address("eprint") if fields.text("eprinttype").lower() == "pubmed" else "")
    found = find_pmid(f"PMID: {number}") if number.isdecimal() else find_pmid(number or fields.address("note"))
    return found[0] if found else ""


def _pmcid(fields: _Fields) -> str:
    number = fields.address("pmcid", "pmc")
    found = find_pmcid(f"PMC{number}") if number.isdecimal() else find_pmcid(number or fields.address("note"))
    return found[0] if found else ""


def _url(fields: _Fields) -> str:
    for name in _ADDRESSES:
        if (text := fields.address(name)) and (found := find_url(text)):
            return found[0]
    return ""

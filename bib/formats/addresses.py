"""Identifiers and web addresses in fields that are theirs, and in fields in which they are found by chance (notes)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bib.identifiers import find_arxiv, find_doi, find_pmcid, find_pmid, find_url
from bib.model import Reference

_ADDRESS = re.compile(r"(?:https?|ftp)://[^\s\"<>{}|\\^`]{1,2000}(?<![.,;:])", re.IGNORECASE)
_ARXIV_LABEL = re.compile(r"\s{0,9}(?:https?://)?(?:www\.)?arxiv(?:\.org/(?:abs|pdf)/|:)\s{0,3}", re.IGNORECASE)
_RESOLVER = re.compile(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:\s{0,3}", re.IGNORECASE)
_ISSN = re.compile(r"(?:\d{4}-?\d{3}[\dXx]\b[\s,;()a-z]{0,40})+", re.IGNORECASE)


def url_of(values: Iterable[str]) -> str:
    """The address in the first value that has one: a value that is wholly an address as it stands, or the first one in it."""
    for value in values:
        value = value.strip()
        if _ADDRESS.fullmatch(value):
            return value
        if found := find_url(value):
            return found[0]
    return ""


def doi_in(values: Iterable[str]) -> str:
    """The first DOI among texts, as printed, its resolver's address included."""
    for value in values:
        if "10." in value and (found := find_doi(value)):
            return found[1].of(value)
    return ""


def printed_doi(reference: Reference) -> str:
    """The DOI as it was printed but without a resolver's address before it, as fields for DOIs have it."""
    printed = reference.doi_printed or reference.doi
    resolver = _RESOLVER.match(printed)
    return printed[resolver.end() :] if resolver else printed


def arxiv_of(value: str) -> str:
    """The arXiv id that a value is, with or without "arXiv:" or the site's address; empty if it is something else."""
    found = find_arxiv(f"arXiv:{_ARXIV_LABEL.sub('', value, count=1)}")
    return found[0] if found else ""


def arxiv_in(values: Iterable[str]) -> str:
    """The first arXiv id that is named as such among texts."""
    return next((found[0] for value in values if value and (found := find_arxiv(value))), "")


def pmid_of(value: str) -> str:
    """The PubMed id in a field for it, where digits alone are one, or in a text, where it needs its name."""
    found = find_pmid(f"PMID: {value}" if value.isdecimal() else value)
    return found[0] if found else ""


def pmcid_of(value: str) -> str:
    """The PubMed Central id in a field for it, where digits alone are one, or in a text."""
    found = find_pmcid(f"PMC{value}" if value.isdecimal() else value)
    return found[0] if found else ""


def isbn_of(value: str) -> str:
    """The value of a field that ISBN and ISSN share, without "(ISBN)" and the like after it; empty for an ISSN."""
    return "" if _ISSN.fullmatch(value) else value.split(" (", 1)[0]

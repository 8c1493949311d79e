"""Addresses that a report may link to: of the web and nothing else."""

from __future__ import annotations

import re
from urllib.parse import quote

_WEB_ADDRESS = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]{1,300}(?:[/?#][!-~]{0,2000})?")
_UNSAFE = re.compile(r"[<>\"'`\\{}|^()\s]")


def safe_link(address: str) -> str:
    """``address`` if it is one of the web (http or https), characters that could end a link encoded; otherwise nothing."""
    if not _WEB_ADDRESS.fullmatch(address):
        return ""
    return _UNSAFE.sub(lambda match: quote(match[0], safe=""), address)


def doi_link(doi: str) -> str:
    """Where a DOI leads; an empty string for an empty DOI."""
    return f"https://doi.org/{quote(doi, safe='/', errors='replace')}" if doi else ""

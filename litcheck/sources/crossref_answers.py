"""Crossref's answers taken apart, and refused where they are not what was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from litcheck.sources.answers import Answer, UnusableAnswer


def items_of(answer: Answer) -> list[dict[str, Any]]:
    """The items of a list answer that are works at all. Raises ``UnusableAnswer``."""
    if answer.status != 200:
        raise UnusableAnswer(f"answered a list with status {answer.status}")
    match answer.json():
        case {"message": {"items": list(items)}}:
            return [item for item in items if isinstance(item, dict)]
    raise UnusableAnswer("answered a list with JSON that holds none")


def work_of(doi: str, answer: Answer) -> tuple[str, dict[str, Any] | None]:
    """What an answer about one DOI says: ``("", work)``, ``("", None)`` where there is none, or ``(prime DOI, None)``.

    Raises ``UnusableAnswer``.
    """
    if answer.status == 404:
        # Any other 404 comes from something on the way, or from an address that is not Crossref's.
        if answer.text.lower().startswith("resource not found"):
            return "", None
        raise UnusableAnswer("answered 404 without saying 'Resource not found'")
    if 300 <= answer.status < 400:
        return _prime(doi, answer.location), None
    match answer.json():
        case {"message": {"DOI": str(found)} as work}:
            if doi in (found.lower(), *_aliases(work)):
                return "", work
            raise UnusableAnswer(f"answered with another work ({found})")
    raise UnusableAnswer("answered with JSON that holds no work")


def doi_of(item: Mapping[str, Any]) -> str:
    """The DOI of an item in lower case, empty if it has none."""
    doi = item.get("DOI")
    return doi.strip().lower() if isinstance(doi, str) else ""


def _prime(doi: str, location: str) -> str:
    """The DOI to which a redirect leads. Only the DOI is taken from it: no answer sends requests to another host."""
    target = unquote(location.partition("/works/")[2].partition("?")[0]).lower()
    if not target.startswith("10.") or target == doi:
        raise UnusableAnswer(f"redirects to {location[:200] or 'nowhere'}")
    return target


def _aliases(item: Mapping[str, Any]) -> list[str]:
    aliases = item.get("aliases")
    return [alias.lower() for alias in aliases if isinstance(alias, str)] if isinstance(aliases, list) else []

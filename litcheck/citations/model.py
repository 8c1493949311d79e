"""A citation: the mention of a reference in the text, and what it was linked to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from bib.model import Span

#: How a citation is written. ``numeric`` stands in brackets or parentheses.
Form = Literal["parenthetical", "narrative", "numeric", "superscript", "key"]


class Link(Enum):
    """How well a citation fits the entry that it was linked to."""

    EXACT = "exact"
    MISSPELLED = "misspelled"
    """The authors are those of the entry but for spelling or order (LC503)."""
    YEAR_DIFFERS = "year-differs"
    """The authors are those of the entry and the year is not (LC504). Not linked; the entry is ``nearest``."""
    AMBIGUOUS = "ambiguous"
    """Several entries fit; ``candidates`` names them all (LC505). Not linked."""
    MISSING = "missing"
    """No entry fits (LC501, LC507); ``nearest`` may name one that is near."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One work cited at one place. A group such as "(Lee, 2020; Roy et al., 2021a, b)" is three of these.

    ``authors`` are family names or organisations as the text spells them; ``et_al`` also covers "and colleagues" and the like.
    ``year`` is the year as printed without its suffix ("2020", "in press", "n.d."); ``suffix`` the letter after it.
    ``references`` are the ids of the entries it names: one when linked, none otherwise; ``candidates`` those that it fits equally
    well where they are several.
    ``span`` covers this citation's own part of its group; ``text`` is what stands there.
    """

    span: Span
    text: str
    form: Form
    authors: tuple[str, ...] = ()
    et_al: bool = False
    year: str = ""
    suffix: str = ""
    number: int | None = None
    key: str = ""
    references: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    link: Link = Link.MISSING
    nearest: str | None = None

"""Which kinds of work the registries of DOIs hold, so that not finding one there says something."""

from __future__ import annotations

from bib.model import Reference
from bib.wordlists import words_of

#: CSL types that publishers do not register, or so rarely that a search for one only costs a request.
UNREGISTERED_KINDS = frozenset(
    {
        "article-magazine",
        "article-newspaper",
        "bill",
        "broadcast",
        "graphic",
        "hearing",
        "interview",
        "legal_case",
        "legislation",
        "manuscript",
        "map",
        "motion_picture",
        "musical_score",
        "patent",
        "personal_communication",
        "post",
        "post-weblog",
        "regulation",
        "software",
        "song",
        "speech",
        "treaty",
        "webpage",
    }
)

#: Beginnings of DOIs that are DataCite's by whom they belong to, so that no other registry need be asked first: arXiv, Zenodo,
#: figshare, Dryad. https://api.datacite.org/prefixes
DATACITE = ("10.48550/", "10.5281/", "10.6084/", "10.5061/")


def is_registered_kind(reference: Reference) -> bool:
    """Whether the registries could hold the work: its kind is one of theirs, or its fields are those of an article."""
    in_a_volume = bool(reference.volume and (reference.container_title or reference.page))
    return reference.type not in UNREGISTERED_KINDS or in_a_volume


def may_be_elsewhere(doi: str) -> bool:
    """Whether another agency than Crossref registers DOIs under this one's prefix, so that Crossref's lacking it says nothing."""
    return doi.startswith(DATACITE) or doi.partition("/")[0] in words_of("prefixes-elsewhere", package="litcheck.sources")

"""Which kinds of work the registries of DOIs hold, so that not finding one there says something."""

from __future__ import annotations

from bib.model import Reference

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


def is_registered_kind(reference: Reference) -> bool:
    """Whether the registries could hold the work: its kind is one of theirs, or its fields are those of an article."""
    in_a_volume = bool(reference.volume and (reference.container_title or reference.page))
    return reference.type not in UNREGISTERED_KINDS or in_a_volume

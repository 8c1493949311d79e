"""LC402 list-order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bib.folding import fold
from bib.model import Name, Reference, Span
from bib.wordlists import words_of
from litcheck.citations.sequence import longest_rise
from litcheck.findings import Finding, Severity
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule

#: From so many entries on, and this share of them in the order of the alphabet, a list is alphabetical.
FEWEST_ENTRIES = 8
MOST_IN_ORDER = 0.9
#: How sure the parser must be of an author to put the entry in order.
SURE = 0.7

_APOSTROPHES = re.compile(r"['’ʼ‘`´-]")
#: German and Scandinavian lists may place these as if they were spelled out.
_SPELLED_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae"}


@rule("LC402", "list-order", Severity.INFO, Needs.DOCUMENT)
def list_order(case: Case) -> Iterator[Finding]:
    """An entry breaks the alphabetical order that the list keeps elsewhere.

    What it means: nearly all entries are in the order of their first authors' family names, and this one is not, however
    particles ("van", "de"), spaces and hyphens are counted. Entries that begin with a letter that languages place differently
    (Å, Ö, Č) or with no author are passed over. Lists numbered in the order of citation are LC508's subject.

    Why: readers look an entry up where the alphabet puts it; one out of place is taken for missing, or was renamed on one side.

    Example: Okafor between Lee and Lindqvist.

    What to do: move the entry to its place.
    """
    for section in case.sections:
        listed = _alphabetised(case, section.entries)
        kept = _in_order([one.key for one in listed])
        if len(listed) < FEWEST_ENTRIES or len(kept) < MOST_IN_ORDER * len(listed):
            continue
        for place, one in enumerate(listed):
            if place in kept:
                continue
            before = next((listed[at] for at in range(place - 1, -1, -1) if at in kept), None)
            after = next((listed[at] for at in range(place + 1, len(listed)) if at in kept), None)
            if one.may_stand(before, after):
                continue
            neighbours = " and ".join(_name(near.reference) for near in (before, after) if near is not None)
            between = f"between {neighbours}" if before and after else f"{'after' if before else 'before'} {neighbours}"
            yield list_order.finding(
                f"{_name(one.reference)} stands {between}; {len(kept)} of {len(listed)} entries are in the order of the alphabet",
                about=one.reference,
                confidence=0.8,
            )


@dataclass(frozen=True, slots=True)
class _Listed:
    """An entry with what puts it in its place, and what else may: without its particle, word by word, "ö" as "oe"."""

    reference: Reference
    key: str
    other_keys: tuple[str, ...]

    def may_stand(self, before: _Listed | None, after: _Listed | None) -> bool:
        """Whether one of its keys fits between two neighbours. Of "Ruiz" and "Ruiz Rodríguez" either may come first."""
        return any(
            (before is None or before.key <= key or before.key.startswith(key) or key.startswith(before.key))
            and (after is None or key <= after.key or key.startswith(after.key))
            for key in (self.key, *self.other_keys)
        )


def _alphabetised(case: Case, spans: Sequence[Span]) -> list[_Listed]:
    """The entries of a list that begin with their first author's family name, and have a place in the alphabet."""
    places = set(spans)
    found = []
    for assessment in case.assessments:
        reference = assessment.reference
        if reference.span not in places or not reference.authors or reference.confidence_in("author") < SURE:
            continue
        keys = _keys(reference.authors[0])
        printed = fold(reference.raw.removeprefix(reference.label)).replace(" ", "")
        # What does not begin the entry was taken for the name and is none, or only a part of it: "[Leary] of O'Leary".
        if keys and printed.startswith(keys[0]):
            found.append(_Listed(reference, keys[0], keys[1:]))
    return found


def _keys(name: Name) -> tuple[str, ...]:
    """What may put a name in its place, the likeliest first; nothing for a letter that languages place differently."""
    full = name.full_family
    if not full[:1].isascii():
        return ()
    words = fold(full).split()
    spelled_out = fold("".join(_SPELLED_OUT.get(letter, letter) for letter in full.lower())).split()
    in_words = fold(_APOSTROPHES.sub(" ", full)).split()
    articles = words_of("articles", package="litcheck.rules") if name.is_organisation else frozenset()
    starts = [words[at:] for at in range(len(words)) if at == 0 or not name.is_organisation or set(words[:at]) <= articles]
    variants = [key for some in (*starts, spelled_out, in_words) for key in ("".join(some), " ".join(some))]
    return tuple(dict.fromkeys(variants))


def _in_order(keys: Sequence[str]) -> frozenset[int]:
    """The places of the most keys that are in order; equal ones are in any order."""
    ranks = {place: rank for rank, place in enumerate(sorted(range(len(keys)), key=lambda place: (keys[place], place)))}
    rising = set(longest_rise([ranks[place] for place in range(len(keys))]))
    return frozenset(place for place, rank in ranks.items() if rank in rising)


def _name(reference: Reference) -> str:
    year = f" ({reference.year}{reference.year_suffix})" if reference.year else ""
    return f"{reference.authors[0].full_family}{year}"

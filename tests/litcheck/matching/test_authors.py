"""Who is the same person, who was added, left out, misspelled or moved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bib.model import Name, Reference
from litcheck.evidence import Record
from litcheck.matching import Agreement, align_authors, compare
from litcheck.matching.authors import MOST_NAMES

Make = Callable[..., Any]


def names(text: str) -> tuple[Name, ...]:
    """ "Okafor A; Pérez M" as names; a word in capitals only is an organisation."""
    made = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        family, _, given = part.rpartition(" ")
        made.append(Name(literal=part) if part.isupper() else Name(family=family or given, given=given if family else ""))
    return tuple(made)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Okafor A; Pérez M", "Okafor Ada; Perez María"),
        ("Müller K", "Mueller Karl"),
        ("Øster B", "Oster Bo"),
        ("van der Berg J", "Berg Jan"),
        ("García L", "García-López Luis"),
        ("Michael Romero L", "Romero L.M."),
        ("O'Neil S", "O’Neil Sean"),
        ("Wang X", "Xiaoming Wang"),
        ("Ceccarelli S", "Salvatore C"),
        ("von Hagen G", "Von HG"),
        ("Prez M", "Pérez M"),
        ("Smith J; THE CRAB GROUP", "Smith John"),
        ("Smith J; Project G", "Smith John"),
    ],
)
def test_the_same_people(ours: str, theirs: str, reference: Make, record: Make) -> None:
    aligned = align_authors(reference(authors=names(ours)), record(authors=names(theirs)))
    assert not aligned.added
    assert not aligned.left_out
    assert not aligned.misspelled


@pytest.mark.parametrize(
    ("ours", "theirs", "added", "left_out", "misspelled"),
    [
        ("Okafor A; Smith B; Pérez M", "Okafor A; Pérez M", ["Smith"], [], []),
        ("Okafor A; Pérez M", "Okafor A; Lindqvist J; Pérez M", [], ["Lindqvist"], []),
        ("Dainal D; Pérez M", "Danial D; Pérez M", [], [], ["Dainal"]),
        ("Li X; Pérez M", "Wu Y; Pérez M", ["Li"], ["Wu"], []),
        ("Brown B", "Okafor A", ["Brown"], ["Okafor"], []),
        ("von Hagen G", "Von GK", ["von Hagen"], ["Von"], []),
    ],
)
def test_what_differs(
    ours: str, theirs: str, added: list[str], left_out: list[str], misspelled: list[str], reference: Make, record: Make
) -> None:
    aligned = align_authors(reference(authors=names(ours)), record(authors=names(theirs)))
    assert [name.family for name in aligned.added] == added
    assert [name.family for name in aligned.left_out] == left_out
    assert [ours_.family for ours_, _ in aligned.misspelled] == misspelled


def test_et_al_covers_who_follows(reference: Make, record: Make) -> None:
    theirs = names("Okafor A; Lindqvist J; Pérez M; Ito K")
    assert not align_authors(reference(authors=names("Okafor A"), authors_truncated=True), record(authors=theirs)).left_out
    assert not align_authors(reference(authors=names("Okafor A; et al.")), record(authors=theirs)).left_out


def test_an_ellipsis_covers_who_stands_before_the_last(reference: Make, record: Make) -> None:
    ours, theirs = names("Okafor A; Lindqvist J; Ito K"), names("Okafor A; Lindqvist J; Pérez M; Novak P; Ito K")
    assert not align_authors(reference(authors=ours, authors_truncated=True), record(authors=theirs)).left_out


def test_et_al_does_not_cover_who_is_skipped(reference: Make, record: Make) -> None:
    ours, theirs = names("Okafor A; Pérez M; Novak P"), names("Okafor A; Lindqvist J; Pérez M; Novak P; Ito K")
    left_out = align_authors(reference(authors=ours, authors_truncated=True), record(authors=theirs)).left_out
    assert [name.family for name in left_out] == ["Lindqvist"]


def test_a_record_that_cuts_its_list_does_not_add_authors(reference: Make, record: Make) -> None:
    aligned = align_authors(reference(), record(authors=(*names("Okafor A"), Name(literal="et al."))))
    assert aligned.cut
    assert not aligned.added


def test_order(reference: Make, record: Make) -> None:
    theirs = record(authors=names("Liang W; Zou J; Yu Z"))
    assert align_authors(reference(authors=names("Zou J; Liang W; Yu Z")), theirs).reordered
    assert not align_authors(reference(authors=names("Liang W; Yu Z")), theirs).reordered


def test_namesakes_keep_their_places(reference: Make, record: Make) -> None:
    both = names("Wang L; Wang L; Lin F")
    aligned = align_authors(reference(authors=both), record(authors=both))
    assert aligned.pairs == ((0, 0), (1, 1), (2, 2))


def test_a_group_beside_its_members_says_nothing(reference: Make, record: Make) -> None:
    match = compare(reference(authors=(Name(literal="Crab Genome Consortium"),)), record())
    assert match.field("authors").agreement is Agreement.UNKNOWN


def test_a_name_that_the_parser_lost_is_not_left_out(reference: Make, record: Make) -> None:
    lost: Reference = reference(authors=names("Okafor A; Pérez M"), raw="Okafor A Lindqvist J, Pérez M. Tidal rhythms …")
    held: Record = record(authors=names("Okafor A; Lindqvist J; Pérez M"))
    assert not align_authors(lost, held).left_out


def test_long_lists_end(reference: Make, record: Make) -> None:
    many = tuple(Name(family="A", given="B") for _ in range(20_000))
    aligned = align_authors(reference(authors=many), record(authors=many))
    assert aligned.compared == MOST_NAMES

"""What the fields of reference managers add to what a text says."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bib.model import Date, Name, Reference, Span
from bib.strings import parse_references
from litcheck.citations import Link, find_citations
from litcheck.citations.fields import Standing, pair_works
from litcheck.documents.model import CitationField, CitationFields, CitationKey, Document


def printed(id_: str, raw: str, family: str, year: int) -> Reference:
    return Reference(id=id_, raw=raw, authors=(Name(family=family),), issued=Date(year=year))


ENTRIES = (
    printed("1", "Lee, A. (2020). On rivers and their banks. Water, 12, 3–9.", "Lee", 2020),
    printed("2", "Lee, A. (2020). On lakes and their shores. Water, 13, 5–9.", "Lee", 2020),
    printed(
        "3", "Okafor, J. (2019). Silence and learning in class. Journal of Reading, 12, 45–60. doi:10.1000/ABC", "Okafor", 2019
    ),
)
RIVERS = Reference(id="r", raw="", title="On Rivers and their Banks", authors=(Name(family="Lee"),), issued=Date(year=2020))
LAKES = replace(RIVERS, id="l", title="On lakes and their shores")
SILENCE = Reference(
    id="s", raw="", title="Silence and learning in class", authors=(Name(family="Okafor"),), issued=Date(year=2019)
)


def document(text: str, *fields: tuple[str, tuple[Reference, ...]]) -> Document:
    found = tuple(
        CitationField(span=Span(text.index(result), text.index(result) + len(result)), references=works)
        for result, works in fields
    )
    return Document(
        path="-",
        sha256="",
        format="docx",
        text=text,
        fields=CitationFields(citations=found, lists=(), all_cited=True, only_cited=True),
    )


def links(text: str, *fields: tuple[str, tuple[Reference, ...]]) -> list[tuple[str, tuple[str, ...]]]:
    return [(citation.text, citation.references) for citation in find_citations(document(text, *fields), (), ENTRIES)]


def test_what_the_text_says_stands() -> None:
    text = "Silence helps (Okafor, 2019)."
    assert links(text, ("(Okafor, 2019)", (RIVERS,))) == [("Okafor, 2019", ("3",))]


def test_a_field_says_which_of_several_entries_is_meant() -> None:
    found = find_citations(document("Water (Lee, 2020) runs.", ("(Lee, 2020)", (LAKES,))), (), ENTRIES)
    assert [(one.references, one.link, one.candidates, one.authors) for one in found] == [(("2",), Link.EXACT, (), ("Lee",))]


def test_a_field_says_what_the_text_does_not() -> None:
    assert links("Silence helps (see above).", ("(see above)", (SILENCE, RIVERS))) == [
        ("(see above)", ("3",)),
        ("(see above)", ("1",)),
    ]
    assert links("Silence helps (Ministry, 2011).", ("(Ministry, 2011)", (SILENCE,))) == [("(Ministry, 2011)", ("3",))]


def test_another_year_than_the_entrys_is_still_told() -> None:
    found = find_citations(document("Silence helps (Okafor, 2018).", ("(Okafor, 2018)", (SILENCE,))), (), ENTRIES)
    assert [(one.link, one.nearest) for one in found] == [(Link.YEAR_DIFFERS, "3")]


def test_one_unsure_work_leaves_the_whole_field_to_its_text() -> None:
    unknown = replace(SILENCE, id="x", title="Noise", authors=(Name(family="Marten"),), issued=Date(year=1999))
    assert links("Silence helps (see above).", ("(see above)", (SILENCE, unknown))) == []


def test_fields_that_are_keys_too_are_not_read_again() -> None:
    text = "Silence helps (see above)."
    with_keys = replace(document(text, ("(see above)", (SILENCE,))), keys=(CitationKey(span=Span(14, 25), key="s"),))
    assert [(one.form, one.references) for one in find_citations(with_keys, (), (SILENCE,))] == [("key", ("s",))]


@pytest.mark.parametrize(
    ("work", "standing", "entry"),
    [
        (RIVERS, Standing.LISTED, "1"),
        (replace(RIVERS, authors=()), Standing.LISTED, "1"),
        (replace(RIVERS, issued=Date(year=2016)), Standing.LISTED, "1"),
        (replace(RIVERS, title="On streams and their banks"), Standing.LISTED, "1"),
        (replace(RIVERS, title="", volume="13", page="5-9"), Standing.LISTED, "2"),
        (replace(RIVERS, title=""), Standing.UNSURE, ""),
        (replace(RIVERS, title="Quite another subject"), Standing.UNSURE, ""),
        (replace(RIVERS, title="Another", authors=(Name(family="Cole"),), issued=None, doi="10.1000/abc"), Standing.LISTED, "3"),
        (replace(SILENCE, authors=(Name(literal="Silence Board"),), title="Class"), Standing.UNSURE, ""),
        (replace(SILENCE, authors=(Name(literal="Silence Board"),), title="Class", issued=None), Standing.UNSURE, ""),
        (
            replace(SILENCE, authors=(Name(literal="Silence Board"),), title="Class", issued=Date(year=2001)),
            Standing.ABSENT,
            "",
        ),
        (replace(SILENCE, authors=(Name(family="Marten"),), title="Doors and how to open them wide"), Standing.ABSENT, ""),
        (replace(SILENCE, authors=(Name(family="Oka"),), title="x"), Standing.ABSENT, ""),
    ],
)
def test_works_and_entries(work: Reference, standing: Standing, entry: str) -> None:
    fields = document("x", ("x", (work,))).fields
    assert fields is not None
    (pairing,) = pair_works(fields, ENTRIES).values()
    assert (pairing.standing, pairing.entry) == (standing, entry)


def test_works_of_real_articles_are_found_in_their_lists(shared_data: Path) -> None:
    articles: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (shared_data / "references" / "jats-dev.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        articles[entry["article"]].append(entry)
    outcomes: Counter[str] = Counter()
    for listed in articles.values():
        entries = parse_references(
            [entry["raw"] for entry in listed], ids=[f"{n}" for n in range(len(listed))], spans=[None] * len(listed)
        )
        works = tuple(work_of(f"work {n}", entry["fields"]) for n, entry in enumerate(listed))
        fields = document("x", ("x", works)).fields
        assert fields is not None
        for pairing in pair_works(fields, entries).values():
            right = pairing.work.id == f"work {pairing.entry}"
            outcomes["right" if right else "wrong" if pairing.entry else pairing.standing.value] += 1
    assert outcomes["wrong"] == outcomes["absent"] == 0
    assert outcomes["unsure"] <= 0.005 * outcomes["right"]


def work_of(id_: str, fields: dict[str, Any]) -> Reference:
    year = fields["year"][:4]
    return Reference(
        id=id_,
        raw="",
        title=fields["title"],
        authors=tuple(Name(family=family) for family in fields["families"]),
        issued=Date(year=int(year)) if year.isdecimal() else None,
        volume=fields["volume"],
        page=fields["first_page"],
        doi=fields["doi"].lower(),
    )

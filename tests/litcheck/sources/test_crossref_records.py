"""Crossref's JSON, with all that publishers deposit, becomes records."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bib.model import Name
from litcheck.evidence import PublicationYear, Record, Relation, Update
from litcheck.sources.crossref_records import plain_text, record_from_crossref

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def record(**fields: Any) -> Record:
    item = {name.replace("_", "-"): value for name, value in fields.items()}
    return record_from_crossref(item, source="crossref", url="", fetched_at=NOW)


def test_a_whole_record() -> None:
    item = {
        "DOI": "10.1234/ABC",
        "type": "journal-article",
        "title": ["A study of <i>Quercus</i>"],
        "subtitle": ["Second thoughts"],
        "original-title": ["Eine Studie"],
        "author": [
            {"family": "Lee", "given": "Ann B.", "sequence": "first", "suffix": "Jr."},
            {"name": "The Oak Consortium", "sequence": "additional"},
            {"given": "Pelé"},
            {"affiliation": []},
        ],
        "editor": [{"family": "Roy", "given": "C."}],
        "container-title": ["Journal of Trees &amp; Leaves"],
        "short-container-title": ["J. Trees"],
        "volume": "12",
        "issue": "3-4",
        "page": "223-8",
        "article-number": "e77",
        "publisher": "Leaf Press",
        "ISBN": ["http://id.crossref.org/isbn/9780306406157", "978-0-306-40615-7"],
        "issued": {"date-parts": [[2019, 12, 30]]},
        "published-print": {"date-parts": [[2020, 3]]},
        "published-online": {"date-parts": [[2019, 12, 30]]},
        "created": {"date-parts": [[2018, 1, 1]]},
        "updated-by": [
            {"DOI": "10.1234/NOTICE", "type": "retraction", "source": "publisher", "updated": {"date-parts": [[2021, 5, 4]]}},
            {"DOI": "10.1234/notice", "type": "retraction", "source": "publisher", "updated": {"date-parts": [[2021, 5, 4]]}},
            {"DOI": "10.1234/notice", "type": "expression_of_concern", "source": "retraction-watch", "label": "Concern"},
        ],
        "update-to": [{"DOI": "10.1234/old", "type": "err", "updated": {"date-parts": [[2020]]}}],
        "relation": {"is-preprint-of": [{"id-type": "doi", "id": "https://doi.org/10.5555/X", "asserted-by": "subject"}]},
        "aliases": ["10.9999/OLD"],
    }
    assert record_from_crossref(item, source="crossref", url="https://api.example/works/x", fetched_at=NOW) == Record(
        source="crossref",
        doi="10.1234/abc",
        url="https://api.example/works/x",
        fetched_at=NOW,
        type="journal-article",
        titles=("A study of Quercus", "Eine Studie"),
        subtitles=("Second thoughts",),
        authors=(
            Name(family="Lee", given="Ann B.", suffix="Jr."),
            Name(literal="The Oak Consortium"),
            Name(family="Pelé"),
        ),
        editors=(Name(family="Roy", given="C."),),
        years=(
            PublicationYear(kind="print", year=2020),
            PublicationYear(kind="online", year=2019),
            PublicationYear(kind="issued", year=2019),
        ),
        containers=("Journal of Trees & Leaves",),
        short_containers=("J. Trees",),
        volume="12",
        issue="3-4",
        page="223-8",
        article_number="e77",
        publisher="Leaf Press",
        isbns=("9780306406157",),
        updates=(
            Update(kind="retraction", doi="10.1234/notice", date=date(2021, 5, 4), source="publisher"),
            Update(kind="expression-of-concern", doi="10.1234/notice", source="retraction-watch", label="Concern"),
        ),
        updates_to=(Update(kind="erratum", doi="10.1234/old", date=date(2020, 1, 1)),),
        relations=(Relation(kind="is-preprint-of", id_type="doi", id="10.5555/x"),),
        aliases=("10.9999/old",),
    )


def test_without_an_address_the_doi_is_the_address() -> None:
    assert (
        record(DOI="10.1002/(SICI)1<1::AID-A#1>3.0.CO;2-B").url
        == "https://doi.org/10.1002/%28sici%291%3C1%3A%3Aaid-a%231%3E3.0.co%3B2-b"
    )


@pytest.mark.parametrize(
    "issued",
    [
        {"date-parts": [[None]]},
        {"date-parts": [[]]},
        {"date-parts": []},
        {"date-parts": None},
        {"date-parts": [None]},
        {"date-parts": [["2020"]]},
        {"date-parts": [[True]]},
        {"date-parts": [[20019]]},
        {"date-parts": [[0]]},
        {},
        [],
        None,
        2020,
        "2020-01-01",
    ],
)
def test_dates_that_say_nothing(issued: object) -> None:
    assert record(issued=issued).years == ()


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([2021, 5, 4], date(2021, 5, 4)),
        ([2021, 5], date(2021, 5, 1)),
        ([2021], date(2021, 1, 1)),
        ([2021, 2, 31], date(2021, 1, 1)),
        ([2021, None, None], date(2021, 1, 1)),
        ([2021, 10**30, 1], date(2021, 1, 1)),
        ([None], None),
    ],
)
def test_dates_of_notices(parts: list[object], expected: date | None) -> None:
    (update,) = record(updated_by=[{"DOI": "10.1/x", "type": "retraction", "updated": {"date-parts": [parts]}}]).updates
    assert update.date == expected


@pytest.mark.parametrize(
    ("deposited", "kind"),
    [
        ("new_version", "new-version"),
        ("Expression of concern", "expression-of-concern"),
        ("err", "erratum"),
        ("withdrawn", "withdrawal"),
        ("partial_retraction", "partial-retraction"),
    ],
)
def test_types_of_notices(deposited: str, kind: str) -> None:
    assert record(update_to=[{"DOI": "10.1/x", "type": deposited}]).updates_to == (Update(kind=kind, doi="10.1/x"),)


def test_a_preprint_names_its_repository() -> None:
    assert record(type="posted-content", institution=[{"name": "bioRxiv"}]).containers == ("bioRxiv",)


def test_the_year_on_the_cover_of_the_issue_counts() -> None:
    issue = {"issue": "1", "published-print": {"date-parts": [[2021, 1]]}}
    assert record(journal_issue=issue).years == (PublicationYear(kind="print", year=2021),)


@pytest.mark.parametrize(
    ("marked_up", "plain"),
    [
        ("AT<sub>1</sub>Receptor", "AT1Receptor"),
        ("ecology &amp; evolution", "ecology & evolution"),
        ("δ&amp;lt;sup&amp;gt;13&amp;lt;/sup&amp;gt;C Decline", "δ13C Decline"),
        ("Order with<mml:math xmlns:mml='x'><mml:mi>L</mml:mi><mml:mn>1</mml:mn></mml:math>Data", "Order with L1 Data"),
        ("detecting\n    <i>KRAS</i>\n    in", "detecting KRAS in"),
        ("p < 0.05 and q > 3", "p < 0.05 and q > 3"),
        ("Q&A: Rating", "Q&A: Rating"),
        ("a&nbsp;b", "a b"),
        ("soft\xadly \x1b[31mred\x1b[0m \ud800", "softly [31mred[0m"),
        ("شبکه\u200cها", "شبکه\u200cها"),
    ],
)
def test_mark_up_goes_and_words_stay(marked_up: str, plain: str) -> None:
    assert plain_text(marked_up) == plain


def test_hostile_mark_up_gives_text_without_entities() -> None:
    for text in ("<a " * 300_000, "<" * 1_000_000, "<a" + " " * 1_000_000, "&amp;" * 200_000):
        assert "&amp;" not in plain_text(text)


#: Every field that is read.
FIELDS = [
    *(
        "DOI",
        "type",
        "title",
        "subtitle",
        "original-title",
        "container-title",
        "short-container-title",
        "author",
        "editor",
        "volume",
    ),
    *(
        "issue",
        "page",
        "article-number",
        "publisher",
        "ISBN",
        "issued",
        "published-print",
        "posted",
        "journal-issue",
        "institution",
    ),
    *("updated-by", "update-to", "relation", "aliases"),
]
KEYS = st.sampled_from(["date-parts", "family", "given", "name", "DOI", "type", "updated", "id", "id-type", "is-preprint-of"])
JSON: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("deposited", "doi"),
    [("10.1234/a\ud800b", "10.1234/ab"), ("10.1234/\x1b[31mRed", "10.1234/[31mred"), ("10.1234/a\nb", "10.1234/ab")],
)
def test_a_doi_holds_nothing_that_no_address_can_hold(deposited: str, doi: str) -> None:
    parsed = record(DOI=deposited, aliases=[deposited], relation={"is-preprint-of": [{"id-type": "doi", "id": deposited}]})
    assert parsed.doi == parsed.aliases[0] == parsed.relations[0].id == doi
    assert parsed.url.isascii()


@given(st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=8))
def test_no_field_of_a_wrong_type_raises(item: dict[str, object]) -> None:
    parsed = record_from_crossref(item, source="crossref", url="", fetched_at=NOW)
    assert all(isinstance(text, str) and text for text in (*parsed.titles, *parsed.containers, *parsed.isbns, *parsed.aliases))
    assert all(name.family or name.literal for name in parsed.authors)
    assert isinstance(parsed.doi, str)


def test_every_recorded_work_becomes_a_record(shared_data: Path) -> None:
    count = 0
    for file in sorted((shared_data / "works").glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                item = json.loads(line)
                parsed = record_from_crossref(item, source="crossref", url="", fetched_at=NOW)
                assert parsed.doi == item["DOI"].lower()
                assert not any("<i>" in title or "&amp;" in title for title in parsed.titles)
                count += 1
    assert count > 100_000

"""The fields and the label of an entry as a person reads them."""

from __future__ import annotations

from typing import Any

import pytest

from litcheck.run import CheckedReference
from reports.fields import author_names, field_values, reference_label, year_of

LEE = {"family": "Lee", "given": "Ana"}
ROY = {"family": "Roy", "given": "B.", "non-dropping-particle": "van", "suffix": "Jr."}
SOCIETY = {"literal": "Society of Surveyors"}


def labelled(csl: dict[str, Any], raw: str = "raw words of the entry") -> str:
    return reference_label(CheckedReference(id="r7", raw=raw, start=None, end=None, csl=csl, status="verified"))


@pytest.mark.parametrize(
    ("csl", "year"),
    [
        ({"issued": {"date-parts": [[2020, 5]]}}, "2020"),
        ({"issued": {"date-parts": [["2020"]]}}, "2020"),
        ({"issued": {"date-parts": [[]]}}, ""),
        ({"issued": {"raw": "spring"}}, ""),
        ({"issued": {"date-parts": [[2020]]}, "custom": {"year-suffix": "b"}}, "2020b"),
        ({"status": "in press"}, "in press"),
        ({"custom": {"years": {"print": 2020, "online": 2019, "issued": 2019}}}, "2019 (online, issued), 2020 (print)"),
        ({"issued": {"date-parts": [[2020]]}, "custom": {"years": {"print": 2020, "issued": 2020}}}, "2020"),
        ({}, ""),
    ],
)
def test_year(csl: dict[str, Any], year: str) -> None:
    assert year_of(csl) == year


def test_authors() -> None:
    assert author_names({"author": [LEE, ROY, SOCIETY]}) == ("Lee, Ana", "van Roy, B., Jr.", "Society of Surveyors")
    assert author_names({"author": [LEE], "custom": {"authors-truncated": True}}) == ("Lee, Ana", "et al.")
    assert author_names({}) == ()


@pytest.mark.parametrize(
    ("csl", "label"),
    [
        ({"author": [LEE], "issued": {"date-parts": [[2020]]}}, "Lee (2020)"),
        ({"author": [LEE, ROY], "issued": {"date-parts": [[2020]]}}, "Lee & Roy (2020)"),
        ({"author": [LEE, ROY, SOCIETY]}, "Lee et al."),
        ({"author": [LEE], "custom": {"authors-truncated": True}}, "Lee et al."),
        ({"author": [SOCIETY], "status": "n.d."}, "Society of Surveyors (n.d.)"),
        ({"title": "Soil and song", "issued": {"date-parts": [[2021]]}}, "Soil and song (2021)"),
        ({"title": "word " * 30}, "word word word word word word word word word word word word…"),
        ({}, "raw words of the entry"),
    ],
)
def test_label(csl: dict[str, Any], label: str) -> None:
    assert labelled(csl) == label


def test_an_entry_without_anything_is_called_by_its_id() -> None:
    assert labelled({}, raw=" ") == "r7"


def test_fields_come_in_the_order_of_reports() -> None:
    values = field_values({"title": "T", "DOI": "10.5555/x", "volume": 7, "container-title": "J"})
    assert list(values) == ["title", "authors", "year", "container", "volume", "issue", "page", "doi"]
    assert (values["title"], values["container"], values["volume"], values["doi"], values["page"]) == (
        "T",
        "J",
        "7",
        "10.5555/x",
        "",
    )

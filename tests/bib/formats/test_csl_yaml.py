"""CSL-YAML: items with their places, and what no text of a few lines may do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bib.formats.csl_yaml import read_csl_yaml
from bib.formats.yaml_values import UnusableYaml, yaml_node, yaml_value
from bib.model import Date, ParseFailure, Reference

TEXT = """---
references:
- id: lee2020
  type: article-journal
  author:
  - family: Lee
    given: Ann
  - literal: Ministry of Water
  issued: 2020-05
  title: "On *Homo sapiens* and _rivers_"
  container-title: Water
  volume: 3
  page: 1-9
  DOI: 10.1000/a
- id: roy
  author: Roy, B.
  issued:
    year: 2021
    month: 2
  title: |
    On snake_case and
    lakes
- id: kim
  issued:
  - year: 2019
  title: Kim's
...
"""


def references(text: str) -> list[Reference]:
    entries = read_csl_yaml(text)
    assert all(isinstance(entry, Reference) for entry in entries), entries
    return [entry for entry in entries if isinstance(entry, Reference)]


def test_items_under_references() -> None:
    lee, roy, kim = references(TEXT)
    assert (lee.id, lee.type, lee.title, lee.container_title) == (
        "lee2020",
        "article-journal",
        "On Homo sapiens and rivers",
        "Water",
    )
    assert (lee.volume, lee.page, lee.doi, lee.issued) == ("3", "1-9", "10.1000/a", Date(year=2020, month=5))
    assert [author.full_family for author in lee.authors] == ["Lee", "Ministry of Water"]
    assert (roy.issued, roy.title, roy.authors[0].family) == (Date(year=2021, month=2), "On snake_case and\nlakes", "Roy")
    assert (kim.issued, kim.title) == (Date(year=2019), "Kim's")


def test_places() -> None:
    for reference, first, last in zip(
        references(TEXT), ("id: lee2020", "id: roy", "id: kim"), ("DOI: 10.1000/a", "lakes", "Kim's"), strict=True
    ):
        assert reference.span is not None
        assert reference.span.of(TEXT) == reference.raw
        assert reference.raw.startswith(first)
        assert reference.raw.endswith(last)


def test_a_bare_list() -> None:
    assert [reference.id for reference in references("- {id: a, title: A}\n- {id: 2, title: B}\n")] == ["a", "2"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("- id: a\n  title: [open\n", "line"),
        ("references:\n- just text\n- id: b\n  title: B\n", "no mapping"),
        ("- id: a\n  volume: 3\n", "neither an author nor a title"),
        ("- " + "[" * 60 + "]" * 60, "nested more than"),
        ("- &a {id: a, title: A, more: *a}", "aliases repeat"),
        ("- id: \x01", "characters that YAML does not allow"),
    ],
)
def test_what_cannot_be_read_is_a_failure(text: str, reason: str) -> None:
    failures = [entry for entry in read_csl_yaml(text) if isinstance(entry, ParseFailure)]
    assert len(failures) == 1
    assert reason in failures[0].reason


def test_an_id_that_is_taken_is_another() -> None:
    assert [reference.id for reference in references("- {id: a, title: A}\n- {id: a, title: B}\n")] == ["a", "line 2"]


@pytest.mark.parametrize("text", ["", "title: x\n", "just words", "references: none\n", "# only a comment\n"])
def test_a_text_without_a_list_holds_nothing(text: str) -> None:
    assert read_csl_yaml(text) == ()


def test_aliases_that_multiply_are_refused_at_once() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    with pytest.raises(UnusableYaml, match="aliases"):
        yaml_value(yaml_node("\n".join(lines)))


def test_nothing_is_made_of_tags_and_types() -> None:
    text = "a: !!python/object/apply:os.system ['exit 1']\nb: 2020-13-45\nc: yes\nd: !!int 'x'\n<<: {e: 1}\n"
    assert yaml_value(yaml_node(text)) == {"a": ["exit 1"], "b": "2020-13-45", "c": "yes", "d": "x", "<<": {"e": "1"}}


@given(st.text(alphabet="-:[]{}&*!|>\n ab'\"#?,%@", max_size=60))
def test_anything_is_read_or_refused(text: str) -> None:
    for entry in read_csl_yaml(text):
        assert entry.span is not None
        assert 0 <= entry.span.start <= entry.span.end <= len(text)

"""What a search is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bib.model import Name
from litcheck.sources.description import LONGEST, description, search_key
from tests.made_up_works import reference_to

COMPOSED = "Author1 A.. 2001. Observations of marsh plant number 1. Journal of Marshes. 3"


def test_an_entry_is_sent_as_printed_in_one_line() -> None:
    reference = replace(reference_to(1), raw="Author1, A. (2001).\n   Observations of marsh  plants.")
    assert description(reference) == "Author1, A. (2001). Observations of marsh plants."


@pytest.mark.parametrize("raw", ["", "@article{key, title={…}}", "TY  - JOUR\nTI  - …", '{"title": "…"}'])
def test_what_was_never_printed_is_put_together(raw: str) -> None:
    reference = replace(reference_to(1), raw=raw, container_title="Journal of Marshes", volume="3")
    assert description(reference) == COMPOSED


def test_a_long_list_of_authors_does_not_push_the_title_out() -> None:
    authors = tuple(Name(family=f"Family{n}", given="A. B.") for n in range(300))
    raw = ", ".join(f"{name.family} {name.given}" for name in authors) + " Observations of marsh plant number 1."
    text = description(replace(reference_to(1), raw=raw, authors=authors))
    assert "Observations of marsh plant number 1" in text
    assert len(text) <= LONGEST


def test_keys_ignore_case_accents_and_punctuation() -> None:
    one, other = (replace(reference_to(1), raw=raw) for raw in ("Özbay, A.: Étude", "OZBAY A Etude."))
    assert search_key(one) == search_key(other)

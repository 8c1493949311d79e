from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bib.model import Reference
from tests.bib.formats.holding import WRITTEN, references


def as_read(written: str, name: str) -> list[Reference]:
    entries = WRITTEN[name].read(written)
    assert all(isinstance(entry, Reference) for entry in entries), entries
    return [replace(entry, raw="", span=None) for entry in entries if isinstance(entry, Reference)]


@pytest.mark.parametrize("name", WRITTEN)
@given(reference=references())
def test_all_that_a_format_can_hold_comes_back(name: str, reference: Reference) -> None:
    form = WRITTEN[name]
    (read,) = as_read(form.write([reference]), name)
    assert form.held(read) == form.held(reference)


@pytest.mark.parametrize("name", WRITTEN)
@given(many=st.lists(references(), max_size=4, unique_by=lambda reference: reference.id))
def test_many_come_back_in_order_under_unlike_ids(name: str, many: list[Reference]) -> None:
    form = WRITTEN[name]
    read = as_read(form.write(many), name)
    assert [form.held(reference) for reference in read] == [form.held(reference) for reference in many]
    assert len({reference.id for reference in read}) == len(many)


@pytest.mark.parametrize("name", WRITTEN)
@given(reference=references())
def test_what_was_read_is_written_the_same_again(name: str, reference: Reference) -> None:
    form = WRITTEN[name]
    (once,) = as_read(form.write([reference]), name)
    assert as_read(form.write([once]), name) == [once]

"""Which entries are looked for in registries of DOIs."""

from __future__ import annotations

import pytest

from bib.model import Reference
from litcheck.sources.coverage import is_registered_kind, may_be_elsewhere


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"type": "article-journal"}, True),
        ({"type": "webpage"}, False),
        ({"type": "software"}, False),
        ({"type": "software", "volume": "30"}, False),
        ({"type": "software", "volume": "30", "page": "2725–2729"}, True),
        ({"type": "software", "volume": "30", "container_title": "Mol Tools"}, True),
    ],
)
def test_a_place_in_a_volume_makes_a_registered_work(fields: dict[str, str], expected: bool) -> None:
    assert is_registered_kind(Reference(id="1", raw="", **fields)) is expected  # type: ignore[arg-type]  # all given are strings


@pytest.mark.parametrize(
    ("doi", "elsewhere"),
    [
        ("10.48550/arxiv.1706.03762", True),
        ("10.13140/rg.2.2.1", True),
        ("10.1016/j.tplants.2015.01.010", False),
        ("10.13140", True),
        ("10.131400/1", False),
        ("", False),
    ],
)
def test_prefixes_of_other_agencies(doi: str, elsewhere: bool) -> None:
    assert may_be_elsewhere(doi) is elsewhere

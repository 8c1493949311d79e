"""Which record is chosen, by the kinds of works that are easily taken for one another: ``outcomes.yaml``."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from bib.model import Reference
from bib.strings import parse_reference
from litcheck.matching import Accepted, Ambiguous, choose
from litcheck.sources import record_from_crossref

TABLE = yaml.safe_load(Path(__file__).with_name("outcomes.yaml").read_text(encoding="utf-8"))
FETCHED = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: str(case["name"]).replace(" ", "-"))
def test_the_record_that_is_the_work_described(case: dict[str, Any]) -> None:
    reference = parse_reference(case["reference"], id="1")
    assert isinstance(reference, Reference)
    records = [record_from_crossref(work, source="registry", url="", fetched_at=FETCHED) for work in case["records"]]
    outcome = choose(reference, records)
    said: dict[str, Any] = {"refused": True}
    if isinstance(outcome, Accepted):
        said = {"accepted": records.index(outcome.match.record) + 1}
    elif isinstance(outcome, Ambiguous):
        said = {"ambiguous": sorted(records.index(match.record) + 1 for match in outcome.matches)}
    assert said == {key: case[key] for key in ("accepted", "ambiguous", "refused") if key in case}


def test_every_outcome_is_in_the_table() -> None:
    assert {key for case in TABLE["cases"] for key in case} >= {"accepted", "ambiguous", "refused"}

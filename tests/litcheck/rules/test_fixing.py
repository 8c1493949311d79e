"""Where a fix is put."""

from __future__ import annotations

from bib.model import Reference, Span
from litcheck.rules.fixing import doi_fix

RAW = "Lee, A. (2020). Marsh plants. Shores, 1, 2. https://doi.org/10.5555/wrong"


def test_the_printed_doi_is_replaced_in_its_place() -> None:
    reference = Reference(id="1", raw=RAW, span=Span(100, 100 + len(RAW)), doi="10.5555/wrong", doi_printed="10.5555/wrong")
    fix = doi_fix(reference, "10.5555/right")
    assert (fix.start, fix.end) == (100 + RAW.index("10.5555"), 100 + len(RAW))


def test_an_entry_that_a_page_s_end_interrupts_gets_advice_without_a_place() -> None:
    reference = Reference(id="1", raw=RAW, span=Span(100, 130 + len(RAW)), doi="10.5555/wrong", doi_printed="10.5555/wrong")
    fix = doi_fix(reference, "10.5555/right")
    assert (fix.start, fix.replacement) == (None, "10.5555/right")

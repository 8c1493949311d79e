"""Identifiers as print and the web spell them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bib.identifiers import (
    find_arxiv,
    find_doi,
    find_isbn,
    find_malformed_doi,
    find_pmcid,
    find_pmid,
    find_url,
    is_doi,
    normalise_doi,
    repair_doi,
)

PRINTED_DOIS = [
    ("doi:10.1000/abc.123", "10.1000/abc.123", "doi:10.1000/abc.123"),
    ("See DOI: 10.1000/Abc.123.", "10.1000/abc.123", "DOI: 10.1000/Abc.123"),
    ("https://doi.org/10.1000/abc", "10.1000/abc", "https://doi.org/10.1000/abc"),
    ("http://dx.doi.org/10.1000/abc", "10.1000/abc", "http://dx.doi.org/10.1000/abc"),
    ("doi: https://doi.org/10.1000/abc", "10.1000/abc", "doi: https://doi.org/10.1000/abc"),
    ("https://doi.org/https://doi.org/10.1000/xyz", "10.1000/xyz", "https://doi.org/https://doi.org/10.1000/xyz"),
    ("http://dx.doi.org/10.1000%2Fa%28b%29", "10.1000/a(b)", "http://dx.doi.org/10.1000%2Fa%28b%29"),
    ("(https://doi.org/10.1000/abc)", "10.1000/abc", "https://doi.org/10.1000/abc"),
    ("(doi: 10.1000/abc(1)2)", "10.1000/abc(1)2", "doi: 10.1000/abc(1)2"),
    ("10.1000/abc]; next", "10.1000/abc", "10.1000/abc"),
    ("doi: 10.1000/ abc.12", "10.1000/abc.12", "doi: 10.1000/ abc.12"),
    ("10.1000/journal. pone.0012345. Epub", "10.1000/journal.pone.0012345", "10.1000/journal. pone.0012345"),
    ("doi:10.1000/j.cell.2010.\n02.007", "10.1000/j.cell.2010.02.007", "doi:10.1000/j.cell.2010.\n02.007"),
    ("doi:10.1000/abc. 2010;12:3", "10.1000/abc", "doi:10.1000/abc"),
    ("doi:10.1000/abc.PMID: 123", "10.1000/abc", "doi:10.1000/abc"),
    ("10.1000/a,10.1000/b", "10.1000/a", "10.1000/a"),
    ("<a>10.1000/abc</a>", "10.1000/abc", "10.1000/abc"),
    ("[10.1000/abc](https://doi.org/10.1000/abc)", "10.1000/abc", "10.1000/abc"),
    (
        "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-X968>3.0.CO;2-2.",
        "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-x968>3.0.co;2-2",
        "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-X968>3.0.CO;2-2",
    ),
    ("https://publisher.example/doi/full/10.1000/abc.12/full", "10.1000/abc.12", "10.1000/abc.12"),
    ("10.1000/s0033–2909", "10.1000/s0033-2909", "10.1000/s0033–2909"),
]


@pytest.mark.parametrize(("text", "doi", "printed"), PRINTED_DOIS)
def test_a_doi_is_found_in_any_printed_form(text: str, doi: str, printed: str) -> None:
    found = find_doi(text)
    assert found is not None
    assert found[0] == doi
    assert found[1].of(text) == printed


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("doi:10.1000/j.paid.\u200b2015.01.001 and", "10.1000/j.paid.2015.01.001"),
        ("10.1000/s12862-\u200b015-\u200b0470-\u200b6)", "10.1000/s12862-015-0470-6"),
        ("10.1000/(sici)1\u200b096-8628(1996)65:2<104::aid>3.0.co;2-s.", "10.1000/(sici)1096-8628(1996)65:2<104::aid>3.0.co;2-s"),
        ("10.1000/abc123\u200bGoogle Scholar", "10.1000/abc123"),
        ("10.1000/abc123\u200b2019. Next", "10.1000/abc123"),
        ("10.1000/abc123\ufeff", "10.1000/abc123"),
    ],
)
def test_a_doi_goes_on_behind_a_space_without_width(text: str, doi: str) -> None:
    found = find_doi(text)
    assert found is not None
    assert found[0] == doi


@pytest.mark.parametrize("text", ["", "no identifier", "version 10.15/3", "10.1000/", "110.1000/abc is a number", "10.12/abc"])
def test_what_is_no_doi_is_not_found(text: str) -> None:
    assert find_doi(text) is None


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("HTTPS://DOI.ORG/10.1000/ABC", "10.1000/abc"),
        (" doi:10.1000/abc., ", "10.1000/abc"),
        ("10.1000/a\u200bbc", "10.1000/abc"),
        ("10.1000/&lt;1::x&gt;2", "10.1000/<1::x>2"),
        ("10.1000/a\\_b", "10.1000/a_b"),
        ("nonsense", "nonsense"),
    ],
)
def test_a_doi_is_normalised(text: str, doi: str) -> None:
    assert normalise_doi(text) == doi


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("10.1000/abc", True),
        ("10.1000.10/abc", True),
        ("10.1000/", False),
        ("11.1000/abc", False),
        ("10.1000/a b", False),
        ("10.12/a", False),
    ],
)
def test_syntax_of_a_doi(text: str, valid: bool) -> None:
    assert is_doi(text) is valid


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("1O.1016/j.abc.2010.01.001", "10.1016/j.abc.2010.01.001"),
        ("10,1016/j.abc.2010", "10.1016/j.abc.2010"),
        ("1016/j.abc.2010", "10.1016/j.abc.2010"),
        ("10.1016.j.abc.2010", "10.1016/j.abc.2010"),
        ("https://doi.org/10.1016/abc", "10.1016/abc"),
        ("hello", None),
    ],
)
def test_a_mistyped_doi_is_repaired(text: str, doi: str | None) -> None:
    assert repair_doi(text) == doi


def test_what_is_announced_as_a_doi_and_is_none_is_found_as_malformed() -> None:
    text = "Some journal, 12. doi: 1016/j.abc.2010."
    found = find_malformed_doi(text)
    assert found is not None
    assert found[0] == "1016/j.abc.2010"
    assert found[1].of(text) == "doi: 1016/j.abc.2010"
    assert find_malformed_doi("doi: 10.1000/abc") is None


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("arXiv:1706.03762v5 [cs.CL]", "1706.03762v5"),
        ("arXiv preprint arXiv:1706.03762", "1706.03762"),
        ("https://arxiv.org/abs/2001.00001", "2001.00001"),
        ("https://arxiv.org/pdf/2001.00001v2.pdf", "2001.00001v2"),
        ("Nucl. Phys. B, hep-th/9901001", "hep-th/9901001"),
    ],
)
def test_arxiv(text: str, identifier: str) -> None:
    found = find_arxiv(text)
    assert found is not None
    assert found[0] == identifier


def test_numbers_that_only_look_like_arxiv() -> None:
    assert find_arxiv("pages 1706.03762") is None


@pytest.mark.parametrize("text", ["PMID: 12345678", "PMid:12345678.", "https://pubmed.ncbi.nlm.nih.gov/12345678/"])
def test_pmid(text: str) -> None:
    found = find_pmid(text)
    assert found is not None
    assert found[0] == "12345678"


@pytest.mark.parametrize("text", ["PMCID: PMC1234567", "PMC1234567", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1234567/"])
def test_pmcid(text: str) -> None:
    found = find_pmcid(text)
    assert found is not None
    assert found[0] == "PMC1234567"


def test_isbn_needs_its_check_digit() -> None:
    found = find_isbn("ISBN 978-0-306-40615-7")
    assert found is not None
    assert found[0] == "9780306406157"
    assert find_isbn("ISBN 978-0-306-40615-8") is None
    old = find_isbn("ISBN: 0-8044-2957-X.")
    assert old is not None
    assert old[0] == "080442957X"


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("See https://example.org/a_(b).", "https://example.org/a_(b)"),
        ("<http://example.org/x>", "http://example.org/x"),
        ("at www.example.org, seen", "www.example.org"),
        ("https://example.org/long/\npath/more end", "https://example.org/long/path/more"),
        ("[text](https://example.org/x)", "https://example.org/x"),
    ],
)
def test_url(text: str, url: str) -> None:
    found = find_url(text)
    assert found is not None
    assert found[0] == url


FINDERS = (find_doi, find_malformed_doi, find_arxiv, find_pmid, find_pmcid, find_isbn, find_url)


@given(st.text(alphabet=st.sampled_from("10./ doi:htps<>()[]PMCarXivISBN978-\n%2Fwé…"), max_size=200) | st.text(max_size=200))
def test_finding_never_raises_and_spans_lie_within(text: str) -> None:
    for find in FINDERS:
        found = find(text)
        if found is not None:
            assert 0 <= found[1].start < found[1].end <= len(text)
            assert found[0]
    doi = find_doi(text)
    if doi is not None:
        assert is_doi(doi[0])
        assert normalise_doi(doi[0]) == doi[0]


@pytest.mark.parametrize(
    "unit", ["(((((", "10.1000/", "10.1000/a.b ", "doi: ", "http://", "www.", "ISBN 97", "A, ", "1234567890"]
)
def test_what_is_found_in_a_megabyte_of_nonsense_lies_within(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    for find in FINDERS:
        found = find(text)
        assert found is None or found[1].end <= len(text)

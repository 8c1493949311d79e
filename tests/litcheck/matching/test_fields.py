"""Years, containers, volumes, issues and pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bib.model import Date
from litcheck.evidence import PublicationYear
from litcheck.matching import Agreement, compare
from litcheck.matching.numbers import Pages, parse_pages, roman_value

Make = Callable[..., Any]
S, V, D, U = Agreement.SAME, Agreement.VARIANT, Agreement.DIFFERS, Agreement.UNKNOWN


@pytest.mark.parametrize(
    ("year", "held", "expected"),
    [
        (2019, [("issued", 2019)], S),
        (2020, [("print", 2020), ("online", 2019)], S),
        (2020, [("issued", 2019)], V),
        (2011, [("issued", 2019)], D),
        (2019, [], U),
    ],
)
def test_years(year: int, held: list[tuple[str, int]], expected: Agreement, reference: Make, record: Make) -> None:
    years = tuple(PublicationYear(kind=kind, year=number) for kind, number in held)
    assert compare(reference(issued=Date(year=year)), record(years=years)).field("year").agreement is expected


def test_the_year_of_the_original_is_a_year_of_the_work(reference: Make, record: Make) -> None:
    reprint = reference(issued=Date(year=1997), original_year=2019)
    assert compare(reprint, record()).field("year").agreement is V


def test_a_page_taken_for_the_year_is_no_other_year(reference: Make, record: Make) -> None:
    slip = reference(issued=Date(year=1903), raw="Okafor A. 2019 Tidal rhythms. J Coast Ecol 12: 1903–1926.")
    assert compare(slip, record()).field("year").agreement is S


@pytest.mark.parametrize(
    ("printed", "held", "expected"),
    [
        ("Journal of Coastal Ecology", "Journal of Coastal Ecology", S),
        ("J. Coast. Ecol.", "Journal of Coastal Ecology", V),
        ("J Coast Ecol", "J. Coastal Ecol.", V),
        ("Proc. Natl. Acad. Sci. U.S.A.", "Proceedings of the National Academy of Sciences of the United States of America", V),
        ("PNAS", "Proceedings of the National Academy of Sciences", V),
        ("JAMA", "Journal of the American Medical Association", V),
        ("JAMA", "JAMA: The Journal of the American Medical Association", V),
        ("EMNLP", "Proceedings of the 2020 Conference on Empirical Methods in Natural Language Processing (EMNLP)", V),
        ("CVPR", "2022 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)", V),
        ("Mol Plant Microbe In", "Mol. Plant Microbe Interact.", V),
        ("Obesity (Silver Spring)", "Obesity", V),
        ("MBio", "mBio", S),
        ("Theor Appl Genet", "TAG. Theor. Appl. Genet.", V),
        ("J Geophys Res", "J Geophys Res-Atmos", V),
        ("C. R. Acad. Sci. Paris", "Comptes Rendus de l'Académie des Sciences", V),
        ("Acta Crystallogr D", "Acta Crystallographica Section D Biological Crystallography", V),
        ("Acta Crystallogr A", "Acta Crystallographica Section D Biological Crystallography", D),
        ("Ned Tijdschr Geneeskd", "Nederlands Tijdschrift voor Geneeskunde", V),
        ("ApJ", "The Astrophysical Journal", V),
        ("Nucl. Instrum. Meth. A", "Nuclear Instruments and Methods in Physics Research Section A: Accelerators", V),
        ("Nucl. Instrum. Meth. B", "Nuclear Instruments and Methods in Physics Research Section A: Accelerators", D),
        ("Arch Gen Psychiatry", "JAMA Psychiatry", V),
        ("Biologia Plantarum", "Biologia plantarum", S),
        ("Nature", "Nature Genetics", D),
        ("Science", "Science Advances", D),
        ("BMC Genomics", "BMC Bioinformatics", D),
        ("Frontiers in Psychology", "Frontiers in Psychiatry", D),
        ("Environ Microbiol", "Environmental Microbiology Reports", D),
        (
            "Proceedings of the Conference on Neural Synergetics",
            "Proceedings of the AAAI Conference on Artificial Intelligence",
            D,
        ),
        ("", "Nature", U),
        ("12", "Nature", U),
    ],
)
def test_containers(printed: str, held: str, expected: Agreement, reference: Make, record: Make) -> None:
    match = compare(reference(container_title=printed, raw=""), record(containers=(held,)))
    assert match.field("container").agreement is expected


def test_a_container_that_the_parser_cut_is_the_same(reference: Make, record: Make) -> None:
    cut = reference(container_title="glaberrima. Coast. Ecol.", raw="… species O. glaberrima. Coast. Ecol., 12, 1–9")
    assert compare(cut, record(containers=("Coast. Ecol.",))).field("container").agreement is V


@pytest.mark.parametrize(
    ("printed", "held", "expected"),
    [
        ("12", "12", S),
        ("Vol. 12", "12", S),
        ("012", "12", V),
        ("XII", "12", V),
        ("12 Suppl 1", "12", V),
        ("21C", "21", V),
        ("12–13", "12", V),
        ("2019", "12", V),
        ("12", "2019", V),
        ("21", "12", D),
        ("", "12", U),
        ("Suppl", "12", U),
    ],
)
def test_volumes(printed: str, held: str, expected: Agreement, reference: Make, record: Make) -> None:
    assert compare(reference(volume=printed, raw=""), record(volume=held)).field("volume").agreement is expected


def test_an_article_number_deposited_as_an_issue_is_no_other_issue(reference: Make, record: Make) -> None:
    match = compare(reference(issue="11", page="e113092"), record(issue="e113092", page=""))
    assert match.field("issue").agreement is U
    assert match.field("page").agreement is S


def test_an_issue_is_no_page(reference: Make, record: Make) -> None:
    assert compare(reference(page="540–551", issue="1", raw=""), record(issue="1")).field("page").agreement is D


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("223–228", Pages("223", "228")),
        ("223-8", Pages("223", "228")),
        ("pp. 223--228", Pages("223", "228")),
        ("1461S–7S", Pages("1461s", "1467s")),
        ("D1154–D60", Pages("d1154", "d1160")),
        ("S50–S59", Pages("s50", "s59")),
        ("529–539.e2", Pages("529", "539")),
        ("S10.1-12", Pages("s10", "")),
        ("e1002195", Pages("e1002195", "")),
        ("xii–xix", Pages("xii", "xix")),
        ("0012", Pages("12", "")),
        ("", None),
    ],
)
def test_pages_are_written_out(text: str, pages: Pages | None) -> None:
    assert parse_pages(text) == pages


@pytest.mark.parametrize(
    ("printed", "held", "number", "expected"),
    [
        ("223–228", "223-228", "", S),
        ("223–8", "223-228", "", S),
        ("223", "223-228", "", V),
        ("e1002195", "", "1002195", S),
        ("1060518", "", "fpsyg20231060518", V),
        ("1499", "1-14", "", U),
        ("50–59", "S50-S59", "", S),
        ("xii–xix", "XII-XIX", "", S),
        ("223–239", "223-228", "", D),
        ("540–551", "223-228", "", D),
        ("", "223-228", "", U),
    ],
)
def test_pages(printed: str, held: str, number: str, expected: Agreement, reference: Make, record: Make) -> None:
    match = compare(reference(page=printed, raw=""), record(page=held, article_number=number))
    assert match.field("page").agreement is expected


def test_pages_that_the_parser_missed_are_the_same(reference: Make, record: Make) -> None:
    slip = reference(page="215–216", raw="Plant Sci, 215–216, 223–8.")
    assert compare(slip, record()).field("page").agreement is V


@pytest.mark.parametrize(("numeral", "value"), [("iv", 4), ("xii", 12), ("xlix", 49), ("mcmxcix", 1999)])
def test_roman_numerals(numeral: str, value: int) -> None:
    assert roman_value(numeral) == value


def test_a_doi_and_its_alias(reference: Make, record: Make) -> None:
    held = record(aliases=("10.9999/old.7",))
    assert compare(reference(doi="10.1000/tides.2019.7"), held).field("doi").agreement is S
    assert compare(reference(doi="10.9999/old.7"), held).field("doi").agreement is V
    assert compare(reference(doi="10.1000/other"), held).field("doi").agreement is D
    assert compare(reference(), held).field("doi").agreement is U

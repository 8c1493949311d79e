import pytest

from bib.formats.bibtex import read_bibtex, with_author_year_keys, write_bibtex
from bib.model import Date, Name, Reference


def entry(**fields: object) -> list[str]:
    """The lines of the fields, after the first line, of an entry with these fields."""
    written = write_bibtex([Reference(**{"id": "k", "raw": "", "type": "article-journal", **fields})])  # type: ignore[arg-type]
    return [line.strip() for line in written.splitlines()]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        (Name(family="Lee", given="A. B."), "Lee, A. B."),
        (Name(family="Berg", given="Jan", non_dropping_particle="van der", suffix="Jr."), "van der Berg, Jr., Jan"),
        (Name(family="Berg", given="Jan", dropping_particle="von"), "von Berg, Jan"),
        (Name(family="de Souza", given="Ana"), "de Souza, Ana"),
        (Name(family="Berg", given="Jan", non_dropping_particle="Van"), "Van Berg, Jan"),
        (Name(family="Garcia Marquez", given="G."), "Garcia Marquez, G."),
        (Name(family="Garcia Marquez"), "Garcia{ }Marquez"),
        (Name(family="Black and White", given="A."), "{Black and White}, {A.}"),
        (Name(family="Berg, Inc", given="A."), "{Berg, Inc}, {A.}"),
        (Name(family="Plato"), "Plato"),
        (Name(family="Berg", non_dropping_particle="van der"), "van{ }der{ }Berg"),
        (Name(family="Tom, Dick and Co"), "Tom{,}{ }Dick{ }and{ }Co"),
        (Name(family="Berg", given="A.", suffix="XYZ"), "family={Berg}, given={A.}, suffix={XYZ}"),
        (Name(literal="Barnes & Noble"), r"{Barnes \& Noble}"),
        (Name(literal="&Co"), r"{{\&Co}}"),
        (Name(family="Müller_X", given="E."), r"Müller\_X, E."),
    ],
)
def test_names(name: Name, source: str) -> None:
    assert f"author = {{{source}}}," in entry(authors=(name,)), entry(authors=(name,))


def test_an_entry() -> None:
    reference = Reference(
        id="lee 2020",
        raw="",
        type="article-journal",
        authors=(Name(family="Lee", given="A."), Name(literal="World Health Organization")),
        authors_truncated=True,
        issued=Date(year=2020, month=5, day=4),
        year_suffix="a",
        original_year=1999,
        status="in press",
        title="On DNA & McLeod’s 50% rule",
        container_title="Journal of Water",
        page="1–10",
        doi="10.1000/a_b",
        doi_printed="10.1000/A_b",
        arxiv="2001.00001",
        url="https://example.org/~lee?x=1&y=%20",
        accessed=Date(year=2021, month=2),
    )
    assert (
        write_bibtex([reference])
        == r"""@article{lee-2020,
  author = {Lee, A. and {World Health Organization} and others},
  title = {On {DNA} \& {McLeod’s} 50\% rule},
  journal = {Journal of Water},
  year = {2020a},
  month = may,
  day = {4},
  origdate = {1999},
  pubstate = {inpress},
  pages = {1--10},
  doi = {10.1000/A_b},
  eprint = {2001.00001},
  archiveprefix = {arXiv},
  url = {https://example.org/~lee?x=1&y=%20},
  urldate = {2021-02},
}
"""
    )


@pytest.mark.parametrize(
    ("csl_type", "first", "subtype"),
    [
        ("article-journal", "@article{k,", False),
        ("article-newspaper", "@article{k,", True),
        ("paper-conference", "@inproceedings{k,", False),
        ("chapter", "@incollection{k,", False),
        ("book", "@book{k,", False),
        ("thesis", "@phdthesis{k,", False),
        ("report", "@techreport{k,", False),
        ("webpage", "@online{k,", False),
        ("document", "@misc{k,", False),
        ("article", "@misc{k,", True),
        ("map", "@misc{k,", True),
    ],
)
def test_types(csl_type: str, first: str, subtype: bool) -> None:
    lines = entry(type=csl_type, title="T")
    assert lines[0] == first
    assert any(line.startswith("entrysubtype") for line in lines) == subtype


def test_keys_are_unlike_and_without_what_a_key_may_not_have() -> None:
    ids = ["a", "a", "a-2", "b c", "b,c", "{}", "é", "1"]
    written = write_bibtex([Reference(id=id_, raw="", title="T", issued=Date(year=2020)) for id_ in ids])
    assert [read.id for read in read_bibtex(written)] == ["a", "a-2", "a-2-2", "b-c", "b-c-2", "-", "é", "1"]


def test_keys_of_author_and_year() -> None:
    references = [
        Reference(id="1", raw="", authors=(Name(family="Müller-Lee"),), issued=Date(year=2020), year_suffix="a"),
        Reference(id="2", raw="", authors=(Name(literal="World Health Organization"),), issued=Date(year=2020)),
        Reference(id="3", raw="", authors=(Name(literal="World Bank"),), issued=Date(year=2020)),
        Reference(id="4", raw="", title="On rivers"),
        Reference(id="5", raw=""),
    ]
    assert [reference.id for reference in with_author_year_keys(references)] == [
        "mullerlee2020a",
        "world2020",
        "world2020-2",
        "on",
        "anonymous",
    ]


def test_a_doi_field_holds_no_address_and_editors_alone_end_their_own_list() -> None:
    reference = Reference(
        id="k", raw="", type="book", title="Moss", editors=(Name(family="Ed", given="A."),), authors_truncated=True,
        doi="10.5555/ab", doi_printed="https://doi.org/10.5555/AB",
    )  # fmt: skip
    written = write_bibtex([reference])
    assert "doi = {10.5555/AB}" in written
    assert "editor = {Ed, A. and others}" in written
    assert "author" not in written

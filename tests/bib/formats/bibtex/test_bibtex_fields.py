import pytest

from bib.formats.bibtex import read_bibtex
from bib.model import Date, Name, Reference


def read(type_: str, **fields: str) -> Reference:
    body = ", ".join(f"{name.replace('_', '-')} = {{{value}}}" for name, value in {"title": "T", **fields}.items())
    (entry,) = read_bibtex(f"@{type_}{{key, {body}}}")
    assert isinstance(entry, Reference)
    return entry


@pytest.mark.parametrize(
    ("type_", "fields", "csl_type"),
    [
        ("article", {"journal": "J"}, "article-journal"),
        ("ARTICLE", {"journaltitle": "J"}, "article-journal"),
        ("article", {"journal": "The Daily", "entrysubtype": "newspaper"}, "article-newspaper"),
        ("article", {"journal": "arXiv preprint arXiv:1706.03762"}, "article"),
        ("article", {"journal": "bioRxiv"}, "article"),
        ("article", {"journal": "CoRR", "volume": "abs/1706.03762"}, "article"),
        ("article", {"journal": "J", "eprint": "1706.03762"}, "article-journal"),
        ("inproceedings", {}, "paper-conference"),
        ("conference", {}, "paper-conference"),
        ("incollection", {}, "chapter"),
        ("inbook", {}, "chapter"),
        ("book", {}, "book"),
        ("proceedings", {}, "book"),
        ("phdthesis", {}, "thesis"),
        ("mastersthesis", {}, "thesis"),
        ("techreport", {}, "report"),
        ("manual", {}, "report"),
        ("online", {}, "webpage"),
        ("unpublished", {}, "manuscript"),
        ("software", {}, "software"),
        ("dataset", {}, "dataset"),
        ("patent", {}, "patent"),
        ("standard", {}, "standard"),
        ("misc", {}, "document"),
        ("misc", {"howpublished": "\\url{https://example.org}"}, "webpage"),
        ("misc", {"url": "https://example.org", "publisher": "Press"}, "document"),
        ("misc", {"eprint": "1706.03762", "archiveprefix": "arXiv"}, "article"),
        ("misc", {"journal": "J"}, "article-journal"),
        ("misc", {"entrysubtype": "map"}, "map"),
        ("neverheardof", {}, "document"),
    ],
)
def test_types(type_: str, fields: dict[str, str], csl_type: str) -> None:
    assert read(type_, **fields).type == csl_type


@pytest.mark.parametrize(
    ("type_", "fields", "expected"),
    [
        ("article", {"pages": "1--10"}, {"page": "1–10"}),
        ("article", {"pages": "1 -- 10"}, {"page": "1–10"}),
        ("article", {"pages": "1-10, 12"}, {"page": "1-10, 12"}),
        ("article", {"eid": "e1234"}, {"page": "e1234"}),
        ("article", {"volume": "12", "number": "3"}, {"volume": "12", "issue": "3"}),
        ("book", {"series": "Lecture Notes", "number": "3"}, {"collection_title": "Lecture Notes", "issue": ""}),
        ("techreport", {"number": "TR-1", "institution": "MIT"}, {"issue": "", "publisher": "MIT"}),
        ("phdthesis", {"school": "Delft"}, {"publisher": "Delft"}),
        ("book", {"publisher": "Press", "address": "Delft", "edition": "2nd"}, {"publisher_place": "Delft", "edition": "2nd"}),
        ("book", {"location": "Leiden"}, {"publisher_place": "Leiden"}),
        ("article", {"journaltitle": "J", "journalsubtitle": "Of Water"}, {"container_title": "J: Of Water"}),
        ("inproceedings", {"booktitle": "Proc", "journal": "J"}, {"container_title": "Proc"}),
        ("article", {"title": "Why?", "subtitle": "Because"}, {"title": "Why? Because"}),
        ("article", {"title": "Q&amp;A: &lt;x&gt;"}, {"title": "Q&A: <x>"}),
        ("article", {"title": r"Q\&amp;A \& &lt;x&gt;"}, {"title": "Q&A & <x>"}),
        ("article", {"label": "Lee20"}, {"label": "Lee20"}),
        ("article", {"title": "{Deep} {\\'E}tude"}, {"title": "Deep Étude"}),
        ("article", {"author": "Lee, A. and others"}, {"authors": (Name(family="Lee", given="A."),), "authors_truncated": True}),
        ("book", {"editor": "Roy, S. and others"}, {"editors": (Name(family="Roy", given="S."),), "authors_truncated": True}),
        ("article", {"year": "2020b", "month": "may"}, {"issued": Date(year=2020, month=5), "year_suffix": "b"}),
        ("article", {"year": "in press"}, {"issued": None, "status": "in press"}),
        ("article", {"year": "2020", "pubstate": "inpress"}, {"status": "in press"}),
        ("book", {"date": "1999", "origdate": "1905"}, {"issued": Date(year=1999), "original_year": 1905}),
        ("online", {"urldate": "2021-02-03"}, {"accessed": Date(year=2021, month=2, day=3)}),
        ("article", {"language": "german"}, {"language": "german"}),
        ("book", {"isbn": "978-0-00-000000-2"}, {"isbn": "978-0-00-000000-2"}),
        ("article", {"note": "Retracted"}, {"status": "", "title": "T"}),
    ],
)
def test_fields(type_: str, fields: dict[str, str], expected: dict[str, object]) -> None:
    reference = read(type_, **fields)
    assert {name: getattr(reference, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"doi": "10.1000/AB.1"}, {"doi": "10.1000/ab.1", "doi_printed": "10.1000/AB.1"}),
        ({"doi": "https://doi.org/10.1000/ab.1"}, {"doi": "10.1000/ab.1", "doi_printed": "https://doi.org/10.1000/ab.1"}),
        ({"doi": r"10.1007/978-3-030\_12"}, {"doi": "10.1007/978-3-030_12"}),
        ({"doi": "{10.1000/ab--1}"}, {"doi": "10.1000/ab--1"}),
        ({"url": "https://doi.org/10.1000/ab.1"}, {"doi": "10.1000/ab.1", "url": "https://doi.org/10.1000/ab.1"}),
        ({"note": "doi: 10.1000/ab.1"}, {"doi": "10.1000/ab.1"}),
        ({"url": r"https://example.org/a\_b/\~{}lee?x=1\&y=2\%20"}, {"url": "https://example.org/a_b/~lee?x=1&y=2%20"}),
        ({"howpublished": r"\url{https://example.org/~lee}"}, {"url": "https://example.org/~lee"}),
        ({"url": "n/a"}, {"url": ""}),
        ({"eprint": "1706.03762", "archiveprefix": "arXiv"}, {"arxiv": "1706.03762"}),
        ({"eprint": "arXiv:1706.03762v5", "eprinttype": "arxiv"}, {"arxiv": "1706.03762v5"}),
        ({"eprint": "hep-th/9901001"}, {"arxiv": "hep-th/9901001"}),
        ({"eprint": "https://arxiv.org/abs/1706.03762"}, {"arxiv": "1706.03762"}),
        ({"eprint": "https://example.org/paper.pdf"}, {"arxiv": ""}),
        ({"journal": "arXiv preprint arXiv:1706.03762"}, {"arxiv": "1706.03762"}),
        ({"journal": "CoRR", "volume": "abs/1706.03762"}, {"arxiv": "1706.03762"}),
        ({"url": "https://arxiv.org/abs/1706.03762"}, {"arxiv": "1706.03762"}),
        ({"pmid": "12345678"}, {"pmid": "12345678"}),
        ({"eprint": "12345678", "eprinttype": "pubmed"}, {"pmid": "12345678", "arxiv": ""}),
        ({"pmcid": "PMC123456"}, {"pmcid": "PMC123456"}),
        ({"pmcid": "123456"}, {"pmcid": "PMC123456"}),
    ],
)
def test_identifiers(fields: dict[str, str], expected: dict[str, str]) -> None:
    reference = read("article", **fields)
    assert {name: getattr(reference, name) for name in expected} == expected

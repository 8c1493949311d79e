"""What Markdown manuscripts say of their references: in front matter, in the settings of a Quarto project."""

from __future__ import annotations

from pathlib import Path

import pytest

from bib.model import Reference
from litcheck.documents import read_document
from litcheck.documents.markdown import read_markdown
from litcheck.documents.model import Document
from litcheck.errors import ForbiddenFile
from litcheck.limits import DEFAULT_LIMITS, Allowance
from litcheck.preparing import Prepared, prepare, prepare_all
from litcheck.reading import read

BIB = "@article{lee, author={Lee, A.}, title={On rivers}, year=2020}\n"
JSON = '[{"id": "roy", "type": "book", "title": "On lakes", "author": [{"family": "Roy"}]}]'
YAML = "references:\n- id: kim\n  title: On seas\n  author: Kim, C.\n"


def written(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "paper.md"


def markdown(text: str, path: str = "-") -> Document:
    return read_markdown(Document(path=path, sha256="", format="text", text=text), Allowance(path, DEFAULT_LIMITS))


def titles(document: Document) -> dict[str, str]:
    return {entry.id: entry.title for entry in document.entries or () if isinstance(entry, Reference)}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("bibliography: refs.bib", {"lee": "On rivers"}),
        ('bibliography: "./refs.bib"', {"lee": "On rivers"}),
        ("bibliography: [refs.bib, more/refs.json]", {"lee": "On rivers", "roy": "On lakes"}),
        ("bibliography:\n  - refs.bib\n  - refs.yaml", {"lee": "On rivers", "kim": "On seas"}),
        ("bibliography:\n  main: refs.bib\n  other: refs.yaml", {"lee": "On rivers", "kim": "On seas"}),
        ("references:\n- {id: poe, title: On ponds}", {"poe": "On ponds"}),
        ("bibliography: refs.bib\nreferences:\n- {id: lee, title: Here}", {"lee": "Here"}),
    ],
)
def test_entries_that_the_front_matter_names(tmp_path: Path, line: str, expected: dict[str, str]) -> None:
    text = f"---\ntitle: T\n{line}\n---\n\nSee [@lee].\n"
    files = {"refs_dot_bib": BIB, "more__refs_dot_json": JSON, "refs_dot_yaml": YAML, "paper_dot_md": text}
    document = read(written(tmp_path, **files))
    assert titles(document) == expected
    assert document.unread == ()


def test_entries_in_the_front_matter_have_their_place_there() -> None:
    text = "---\ntitle: T\nreferences:\n- id: poe\n  title: On ponds\n  issued: 2020\nlang: en\n---\n\nSee [@poe; @lost].\n"
    document = markdown(text, "paper.md")
    prepared = prepare(document)
    (entry,) = prepared.references
    place = document.places[entry.id]
    assert text[place.start : place.end] == "id: poe\n  title: On ponds\n  issued: 2020"
    assert (place.path, place.line, place.column, entry.span) == ("paper.md", 4, 3, None)
    assert [citation.references for citation in prepared.citations] == [("poe",), ()]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../secret.bib", "outside"),
        ("more/../../secret.bib", "outside"),
        ("/etc/passwd", "absolute"),
        ("~/refs.bib", "absolute"),
        ("https://example.org/refs.bib", "no file of the manuscript's project"),
        ("missing.bib", "no such file"),
        ('"`r here::here()`"', "no such file"),
    ],
)
def test_what_is_not_read_is_said(tmp_path: Path, name: str, said: str) -> None:
    written(tmp_path, secret_dot_bib=BIB, work__paper_dot_md=f"---\nbibliography: {name}\n---\nSee [@lee].\n")
    (part,) = read_document(tmp_path / "work" / "paper.md").unread
    assert said in part.reason
    assert part.is_bibliography
    assert part.is_forbidden == ("no such" not in said)
    if part.is_forbidden:
        with pytest.raises(ForbiddenFile, match="give it with --bib"):
            read(tmp_path / "work" / "paper.md")
    else:
        assert read(tmp_path / "work" / "paper.md").entries is None


@pytest.mark.parametrize("mark", ["_quarto_dot_yml", "_dot_git__config"])
def test_a_project_reaches_up_to_what_marks_it(tmp_path: Path, mark: str) -> None:
    files = {
        mark: "project:\n  type: book\n",
        "refs_dot_bib": BIB,
        "parts__one__paper_dot_md": "---\nbibliography: ../../refs.bib\n---\n[@lee]\n",
    }
    written(tmp_path, **files)
    document = read(tmp_path / "parts" / "one" / "paper.md")
    assert titles(document) == {"lee": "On rivers"}
    assert Path(document.places["lee"].path).resolve() == tmp_path / "refs.bib"


def test_the_home_directory_is_no_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    written(tmp_path, _dot_git__config="", refs_dot_bib=BIB, work__paper_dot_md="---\nbibliography: ../refs.bib\n---\n[@lee]\n")
    with pytest.raises(ForbiddenFile, match="outside"):
        read(tmp_path / "work" / "paper.md")


def test_the_settings_of_a_quarto_project_name_its_bibliography(tmp_path: Path) -> None:
    files = {
        "_quarto_dot_yml": "bibliography: data/refs.bib\n",
        "data__refs_dot_bib": BIB,
        "chapters__one_dot_qmd": "See [@lee].\n",
    }
    written(tmp_path, **files)
    document = read(tmp_path / "chapters" / "one.qmd")
    assert titles(document) == {"lee": "On rivers"}


def test_settings_that_cannot_be_read_are_said(tmp_path: Path) -> None:
    document = read(written(tmp_path, _quarto_dot_yml="bibliography: [open\n", paper_dot_md="See [@lee].\n"))
    assert "_quarto.yml cannot be read: line" in document.unread[0].reason


def test_front_matter_that_cannot_be_read_is_said_where_it_matters(tmp_path: Path) -> None:
    broken = "---\ntitle: [open\n{}---\nSee [@lee].\n"
    assert read(written(tmp_path, paper_dot_md=broken.format(""))).unread == ()
    (part,) = read(written(tmp_path, paper_dot_md=broken.format("bibliography: refs.bib\n"))).unread
    assert "front matter" in part.reason


def test_a_bibliography_that_nothing_cites_by_key_leaves_the_list_in_the_text(tmp_path: Path) -> None:
    text = (
        "---\nbibliography: refs.bib\n---\nAs Roy (2021) says.\n\n# References\n\nRoy, B. (2021). On lakes. Water, 4(1), 10–19.\n"
    )
    (prepared,) = prepare_all([written(tmp_path, refs_dot_bib=BIB, paper_dot_md=text)])
    assert isinstance(prepared, Prepared)
    assert [entry.id for entry in prepared.entries] == ["1"]
    assert [citation.references for citation in prepared.citations] == [("1",)]


@pytest.mark.parametrize(("line", "everything"), [("nocite: '@*'", True), ("nocite: |\n  @*", True), ("nocite: '@lee'", False)])
def test_everything_may_be_cited_at_once(line: str, everything: bool) -> None:
    document = markdown(f"---\n{line}\n---\nText.\n")
    assert document.cites_all is everything


QUARTO = """---
title: Rivers
subject: Rivers (Lee, 2001)
---

As Lee (2020) says.[^1] Rain`r Lee2 (2002)` falls.^[As Roy (2021) says.] It is `{python} x` so `Lee (2020)`.

```{r}
#| label: Lee (2003)
x <- "Lee (2004)"
```

<!-- Lee (2005) -->

[^1]: See Roy (2021).

## References

Lee, A. (2020). On rivers. Water, 3(2), 1–9.

Roy, B. (2021). On lakes. Water, 4(1), 10–19.
"""


def test_nothing_is_cited_in_programs_and_comments_and_all_that_is_in_notes() -> None:
    document = markdown(QUARTO)
    prepared = prepare(document)
    assert [citation.text for citation in prepared.citations] == ["Lee (2020)", "Lee (2020)", "Roy (2021)", "Roy (2021)"]


def test_marks_of_notes_are_no_numbers_of_references() -> None:
    notes = "\n\n[^1]: A note.\n\n[^2]: Another.\n\n# References\n\n"
    entries = "1. Lee A. On rivers. Water. 2020;3(2):1-9.\n2. Roy B. On lakes. Water. 2021;4(1):10-19.\n"
    text = f"Rain falls.[^1] Snow melts [1], ice too [2].[^2]{notes}{entries}"
    prepared = prepare(markdown(text))
    assert [citation.text for citation in prepared.citations] == ["1", "2"]
    assert [prepared.document.text[citation.span.end :][:2] for citation in prepared.citations] == ["],", "]."]

"""Which strings are trained on, and which never."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from bib.strings.training.corpora import EASIER, is_held_out, manuscript_strings, segment_corpora
from bib.strings.training.lexicon import write_lexicon
from bib.strings.training.records import read_parts


def row(number: int, **more: Any) -> dict[str, Any]:
    fields = {"author": f"Lind{number} J.", "title": f"Moss {number} on walls.", "container": "Moss Stud", "date": "2001"}
    return {"id": str(number), "raw": f"Lind{number} J. Moss {number} on walls. Moss Stud 2001.", "fields": fields, **more}


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(line) + "\n" for line in rows), encoding="utf-8")


def test_a_string_of_several_sets_comes_once_and_one_held_out_never(tmp_path: Path) -> None:
    rows = [row(number, file=f"{number}.xml") for number in range(30)]
    write(tmp_path / "grobid-dev.jsonl", rows)
    write(tmp_path / "anystyle-gold.jsonl", [*rows[:10], row(40)])
    write(tmp_path / "anystyle-core.jsonl", [])
    held = [line for line in rows if is_held_out(line)]
    assert 0 < len(held) < 15
    raws = [example.raw for example in segment_corpora(tmp_path, without=held)]
    assert sorted(raws) == sorted(line["raw"] for line in [*rows, row(40)] if line not in held)


def test_of_the_easier_file_single_strings_are_held_out() -> None:
    rows = [row(number, file=EASIER) for number in range(50)]
    assert 0 < sum(map(is_held_out, rows)) < 30


def test_printed_references_that_are_reported_on_do_not_come(tmp_path: Path) -> None:
    def printed(number: int, kind: str) -> dict[str, Any]:
        fields = {"authors": [f"Lind{number}"], "title": f"Moss {number} on walls", "container": "Moss Stud", "year": "2001"}
        return {"raw": row(number)["raw"], "raw_kind": kind, **fields}

    (tmp_path / "moss").mkdir()
    references = [printed(1, "literal"), printed(2, "literal-repaired"), printed(3, "rendered-apa"), printed(2, "literal")]
    (tmp_path / "moss" / "a.json").write_text(json.dumps({"id": "a", "references": references}), encoding="utf-8")
    assert [example.raw for example in manuscript_strings(tmp_path, without=[row(1)])] == [row(2)["raw"]]


def test_works_behind_reported_references_are_neither_printed_nor_counted(tmp_path: Path) -> None:
    def work(number: int) -> dict[str, Any]:
        return {
            "DOI": f"10.5555/M.{number}", "type": "journal-article", "title": [f"Moss {number} on walls"],
            "author": [{"family": "Lind", "given": "Jan"}], "container-title": ["Moss Stud."], "issued": {"date-parts": [[2001]]},
        }  # fmt: skip

    for name, works in (("works", [work(number) for number in range(8)]), ("crossref-recorded", [])):
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(line) + "\n" for line in works)
    reported = [{"fields": {"doi": "10.5555/m.1", "title": ""}}, {"fields": {"doi": "", "title": "Moss 2 on Walls."}}]
    parts = read_parts(tmp_path, without=reported)
    assert sorted(record.title for record in parts.articles) == [f"Moss {number} on walls" for number in (0, 3, 4, 5, 6, 7)]
    write_lexicon(parts, tmp_path / "lexicon.txt", tmp_path / "containers.txt")
    lexicon = (tmp_path / "lexicon.txt").read_text(encoding="utf-8").splitlines()
    assert "lind: 200000" in lexicon
    assert "walls: 002000" in lexicon
    assert (tmp_path / "containers.txt").read_text(encoding="utf-8").splitlines()[-1] == "Moss Stud"

"""How much is lost when manuscripts are read from the formats that authors and editors have.

usage: python -m benchmarks.documents [--shared DIRECTORY] [--formats NAME …] [--sample N] [--keep DIRECTORY]

Turns a sample of the shared manuscripts into each format by programs that make such files (pandoc, LibreOffice, Chromium,
pdfLaTeX), and scores them and the plain texts with the scoring script that lies beside that data. A line a format: the F1 of
citations linked, how much of it is lost against plain text, the F1 of superscript documents, and the entries of reference lists
that are lost or merged, in a thousand; then the goals. "no reader" is a format that this version refuses. The names of formats
say the program where there are several. The sample is the same each time, with manuscripts of all sources.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.pdf_documents import LAYOUTS
from benchmarks.producing import libreoffice, pandoc
from benchmarks.producing.manuscripts import Manuscript, sample
from benchmarks.producing.pdf_blocks import blocks_of

HERE = Path(__file__).resolve().parent

#: The exit status of a refused document.
_REFUSED = 2


@dataclass(frozen=True, slots=True)
class Target:
    """A format as one program writes it: the end of its files' names, who writes them, and the goals."""

    suffix: str
    write: Callable[[Sequence[Manuscript], Path], None]
    most_f1_lost: float = 0.002
    most_entries_lost: float = 0


def _write_pdf(manuscripts: Sequence[Manuscript], directory: Path, layout: str) -> None:
    documents = []
    for manuscript in manuscripts:
        gold = json.loads(manuscript.path.with_suffix(".json").read_text(encoding="utf-8"))
        text = manuscript.path.read_bytes().decode("utf-8")
        documents.append((blocks_of(text, gold), directory / f"{manuscript.name}.pdf"))
    LAYOUTS[layout](documents)


def _pdf(layout: str) -> Target:
    write = partial(_write_pdf, layout=layout)
    return Target("pdf", write, 0.02, 5) if "two" in layout else Target("pdf", write, 0.01, 2)


TARGETS: Mapping[str, Target] = {
    "html-pandoc": Target("html", partial(pandoc.write, suffix="html", to="html5")),
    "html-pandoc-linked": Target("html", partial(pandoc.write, suffix="html", to="html5", marked=True)),
    "html-libreoffice": Target("html", partial(libreoffice.write, suffix="html", source="odt")),
    "jats": Target("jats", partial(pandoc.write, suffix="jats", to="jats_archiving", marked=True)),
    "epub": Target("epub", partial(pandoc.write, suffix="epub", to="epub3", marked=True)),
    "markdown": Target("md", partial(pandoc.write, suffix="md", to="markdown")),
    # Of a list that is marked pandoc writes nothing where it could make it anew.
    "markdown-linked": Target("md", partial(pandoc.write, suffix="md", to="markdown-citations", marked=True)),
    "markdown-github": Target("md", partial(pandoc.write, suffix="md", to="gfm", marked=True)),
    "latex": Target("tex", partial(pandoc.write, suffix="tex", to="latex")),
    "docx-pandoc": Target("docx", partial(pandoc.write, suffix="docx", to="docx")),
    "docx-libreoffice": Target("docx", partial(libreoffice.write, suffix="docx", source="odt")),
    "odt-pandoc": Target("odt", partial(pandoc.write, suffix="odt", to="odt")),
    "odt-libreoffice": Target("odt", partial(libreoffice.write, suffix="odt", source="docx")),
    "rtf": Target("rtf", partial(libreoffice.write, suffix="rtf", source="docx")),
    **{f"pdf-{layout}": _pdf(layout) for layout in LAYOUTS},
}


def main() -> None:
    """Prints a line a format."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parents[1] / "shared")
    parser.add_argument("--formats", nargs="*", choices=list(TARGETS), default=list(TARGETS), metavar="NAME")
    parser.add_argument("--sample", type=int, default=42, metavar="N", help="how many manuscripts (42: three of each source)")
    parser.add_argument("--keep", type=Path, metavar="DIRECTORY", help="leave the files there, a folder a format")
    arguments = parser.parse_args()
    data = arguments.shared / "data" / "manuscripts"
    if not data.is_dir():
        sys.exit(f"there are no manuscripts in {data}; name the directory that holds data/ and measure/ with --shared")
    manuscripts = sample(data, arguments.sample)
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.keep or Path(scratch)
        script = arguments.shared / "measure" / "intext.py"
        plain = _score(script, _with_gold(manuscripts, folder / "text"), "txt", scratch)
        print(f"{len(manuscripts)} manuscripts, {plain['all']['links']} links")
        print(f"{'format':26}{'F1':>8}{'lost':>9}{'raised':>9}{'entries lost ‰':>16}   goal")
        print(_row("text", plain, plain))
        for name in arguments.formats:
            target = TARGETS[name]
            directory = _with_gold(manuscripts, folder / name)
            target.write(manuscripts, directory)
            if _is_refused(directory / f"{manuscripts[0].name}.{target.suffix}", scratch):
                print(f"{name:26}no reader", flush=True)
                continue
            scores = _score(script, directory, target.suffix, scratch)
            print(f"{_row(name, scores, plain)}   {_judged(target, scores, plain)}", flush=True)


def _with_gold(manuscripts: Sequence[Manuscript], directory: Path) -> Path:
    """The directory, with the texts and their links in it."""
    directory.mkdir(parents=True, exist_ok=True)
    for manuscript in manuscripts:
        for suffix in ("txt", "json"):
            shutil.copy(manuscript.path.with_suffix(f".{suffix}"), directory / f"{manuscript.name}.{suffix}")
    return directory


def _environment(scratch: str) -> dict[str, str]:
    return os.environ | {"LITCHECK": f"{sys.executable} -m litcheck", "LITCHECK_CACHE": f"{scratch}/cache.sqlite"}


def _is_refused(path: Path, scratch: str) -> bool:
    command = [sys.executable, "-m", "litcheck", "text", str(path)]
    return subprocess.run(command, capture_output=True, env=_environment(scratch)).returncode == _REFUSED


def _score(script: Path, directory: Path, suffix: str, scratch: str) -> dict[str, dict[str, Any]]:
    command = [sys.executable, str(script), str(directory), "--as", suffix, "--json"]
    ended = subprocess.run(command, check=True, capture_output=True, text=True, env=_environment(scratch))
    scores: dict[str, dict[str, Any]] = json.loads(ended.stdout)
    return scores


def _lost(scores: Mapping[str, Mapping[str, Any]], plain: Mapping[str, Mapping[str, Any]]) -> tuple[float, float]:
    """The F1 lost against plain text, and the entries lost in a thousand, at the four decimals that the script gives."""
    return round(plain["all"]["f1"] - scores["all"]["f1"], 4), round(1000 * (1 - scores["all"]["entries_found"]), 1)


def _row(name: str, scores: Mapping[str, Mapping[str, Any]], plain: Mapping[str, Mapping[str, Any]]) -> str:
    f1_lost, entries_lost = _lost(scores, plain)
    raised = scores.get("superscript", {}).get("f1", float("nan"))
    return f"{name:26}{scores['all']['f1']:8.4f}{f1_lost:9.4f}{raised:9.4f}{entries_lost:16.1f}"


def _judged(target: Target, scores: Mapping[str, Mapping[str, Any]], plain: Mapping[str, Mapping[str, Any]]) -> str:
    f1_lost, entries_lost = _lost(scores, plain)
    met = f1_lost <= target.most_f1_lost and entries_lost <= target.most_entries_lost
    return f"{'met' if met else 'missed'} (≤ {target.most_f1_lost}, ≤ {target.most_entries_lost:g} ‰)"


if __name__ == "__main__":
    main()

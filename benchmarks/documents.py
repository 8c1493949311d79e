"""How much is lost when manuscripts are read from the formats that authors and editors have.

usage: python -m benchmarks.documents [--shared DIRECTORY] [--formats NAME …] [--sample N] [--keep DIRECTORY]

Turns a sample of the shared manuscripts into each format by programs that make such files (pandoc, LibreOffice, pdfLaTeX,
Chromium), and scores them and the plain texts with the scoring script that lies beside that data. The names of formats say the
program where there are several, and how the list is set: `numbered` by the format, `linked` to by the citations, in the fields of
`zotero`. A third of the sample, the same each time, cites by raised numbers, which plain text does not tell from others; these
documents stand apart. In one of these 18 the data links ranges by their ends alone, so that 10 citations count as wrong; it is
in the smallest samples, where that weighs much.

A line a format: how many documents there are, the F1 of citations linked, that of their plain texts and the difference; how many
cite by raised numbers, their F1 and that of their plain texts; the entries of all lists that are lost or merged, in a thousand;
the goals, for the loss, for documents with raised numbers (which otherwise may lose as much as others) and for the entries.
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

from benchmarks.producing import libreoffice, pandoc, pdf
from benchmarks.producing.manuscripts import Manuscript, sample

HERE = Path(__file__).resolve().parent

#: What the F1s are given with.
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Goals:
    """The most of the F1 and the most entries in a thousand that may be lost, and the least F1 for raised numbers, if any."""

    lost: float
    entries_lost: float
    raised: float | None = None

    def __str__(self) -> str:
        raised = "" if self.raised is None else f", ≥ {self.raised}"
        return f"≤ {self.lost}{raised}, ≤ {self.entries_lost:g} ‰"


_WHOLE = Goals(0.002, 0, 0.99)
_ONE_COLUMN, _TWO_COLUMNS = Goals(0.01, 2), Goals(0.02, 5)


@dataclass(frozen=True, slots=True)
class Target:
    """A format as one program writes it: the end of its files' names, who writes them with which programs, the goals."""

    suffix: str
    write: Callable[[Sequence[Manuscript], Path], None]
    programs: tuple[str, ...]
    goals: Goals = _WHOLE
    #: Only manuscripts that cite by number can be set so.
    numbered_only: bool = False


def _pandoc(suffix: str, to: str, setting: pandoc.Setting = "printed") -> Target:
    write = partial(pandoc.write, suffix=suffix, to=to, setting=setting)
    return Target(suffix, write, ("pandoc",), numbered_only=setting == "numbered")


def _libreoffice(suffix: str, source: str, setting: pandoc.Setting = "printed") -> Target:
    write = partial(libreoffice.write, suffix=suffix, source=source, setting=setting)
    return Target(suffix, write, ("pandoc", "soffice"), numbered_only=setting == "numbered")


def _pdf(layout: pdf.Layout) -> Target:
    program = {"libreoffice": "soffice", "latex": "pdflatex", "chromium": "chromium"}[layout.partition("-")[0]]
    goals = _TWO_COLUMNS if layout.endswith("two-columns") else _ONE_COLUMN
    return Target("pdf", partial(pdf.write, layout=layout), (program,), goals)


TARGETS: Mapping[str, Target] = {
    "docx-libreoffice": _libreoffice("docx", "odt"),
    "docx-libreoffice-numbered": _libreoffice("docx", "odt", "numbered"),
    "docx-pandoc": _pandoc("docx", "docx"),
    "docx-pandoc-zotero": _pandoc("docx", "docx", "zotero"),
    "odt-libreoffice": _libreoffice("odt", "docx"),
    "odt-pandoc": _pandoc("odt", "odt"),
    "rtf-libreoffice": _libreoffice("rtf", "docx"),
    "html-libreoffice": _libreoffice("html", "odt"),
    "html-pandoc": _pandoc("html", "html5"),
    "html-pandoc-numbered": _pandoc("html", "html5", "numbered"),
    "html-pandoc-linked": _pandoc("html", "html5", "linked"),
    "jats-linked": _pandoc("jats", "jats_archiving", "linked"),
    "epub-linked": _pandoc("epub", "epub3", "linked"),
    "markdown": _pandoc("md", "markdown"),
    # Of a list that is marked pandoc writes nothing where it could make it anew.
    "markdown-linked": _pandoc("md", "markdown-citations", "linked"),
    "markdown-github-linked": _pandoc("md", "gfm", "linked"),
    "latex": _pandoc("tex", "latex"),
    "docbook": _pandoc("docbook", "docbook"),
    **{f"pdf-{layout}": _pdf(layout) for layout in pdf.LAYOUTS},
}


@dataclass(frozen=True, slots=True)
class Score:
    """The F1 of the documents in a folder, and how many of their entries were not found."""

    f1: float
    entries_lost: float


class Scoring:
    """Runs the scoring script on folders of documents with their manuscripts beside them."""

    def __init__(self, script: Path, cache: Path) -> None:
        self._script = script
        self._environment = os.environ | {"LITCHECK": f"{sys.executable} -m litcheck", "LITCHECK_CACHE": str(cache)}
        self._plain: dict[tuple[str, ...], Score] = {}

    def score(self, manuscripts: Sequence[Manuscript], directory: Path, suffix: str) -> Score | None:
        """The score of the directory's files with that ending; ``None`` where there are none."""
        if not manuscripts:
            return None
        command = [sys.executable, str(self._script), str(directory), "--as", suffix, "--json"]
        ended = subprocess.run(command, capture_output=True, text=True, env=self._environment)
        if ended.returncode:
            sys.exit(f"scoring {directory} failed: {ended.stderr.strip()}")
        found = json.loads(ended.stdout)["all"]
        return Score(found["f1"], (1 - found["entries_found"]) * sum(len(one.entries) for one in manuscripts))

    def plain(self, manuscripts: Sequence[Manuscript], directory: Path) -> Score | None:
        """The score of the plain texts, which is the same in every directory."""
        names = tuple(one.name for one in manuscripts)
        if names not in self._plain and (found := self.score(manuscripts, directory, "txt")):
            self._plain[names] = found
        return self._plain.get(names)


@dataclass(frozen=True, slots=True)
class Group:
    """The manuscripts that cite alike, and how they score in a format and as plain text."""

    manuscripts: Sequence[Manuscript]
    found: Score | None
    plain: Score | None

    @property
    def lost(self) -> float:
        """How much of the F1 is lost."""
        return round(self.plain.f1 - self.found.f1, _DIGITS) if self.found and self.plain else 0.0


def main() -> None:
    """Prints a line a format."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parents[1] / "shared")
    parser.add_argument("--formats", nargs="*", choices=list(TARGETS), default=list(TARGETS), metavar="NAME")
    parser.add_argument("--sample", type=int, default=42, metavar="N", help="how many manuscripts (42)")
    parser.add_argument("--keep", type=Path, metavar="DIRECTORY", help="leave the files there, a folder a format")
    arguments = parser.parse_args()
    data = arguments.shared / "data" / "manuscripts"
    if not data.is_dir():
        sys.exit(f"there are no manuscripts in {data}; name the directory that holds data/ and measure/ with --shared")
    manuscripts = sample(data, arguments.sample)
    print(f"{'format':27}{'documents':>9}{'F1':>8}{'text':>8}{'lost':>9}{'raised':>8}{'F1':>8}{'text':>8}{'entries':>9}   goals")
    with tempfile.TemporaryDirectory() as scratch:
        scoring = Scoring(arguments.shared / "measure" / "intext.py", Path(scratch) / "cache.sqlite")
        for name in arguments.formats:
            target = TARGETS[name]
            missing = [program for program in target.programs if shutil.which(program) is None]
            if missing:
                print(f"{name:27}needs {' and '.join(missing)}", flush=True)
                continue
            chosen = [one for one in manuscripts if one.is_numbered or not target.numbered_only]
            directory = (arguments.keep or Path(scratch)) / name
            _produce(target, chosen, directory)
            print(_line(name, target, *_groups(target, chosen, directory, scoring)), flush=True)


def _produce(target: Target, manuscripts: Sequence[Manuscript], directory: Path) -> None:
    """Writes the documents, with their texts and links beside them, into a folder for each group."""
    directory.mkdir(parents=True, exist_ok=True)
    target.write(manuscripts, directory)
    for manuscript in manuscripts:
        folder = directory / _folder(manuscript)
        folder.mkdir(exist_ok=True)
        (directory / f"{manuscript.name}.{target.suffix}").replace(folder / f"{manuscript.name}.{target.suffix}")
        for suffix in ("txt", "json"):
            shutil.copy(manuscript.path.with_suffix(f".{suffix}"), folder / f"{manuscript.name}.{suffix}")


def _folder(manuscript: Manuscript) -> str:
    return "raised" if manuscript.is_raised else "in-line"


def _groups(target: Target, manuscripts: Sequence[Manuscript], directory: Path, scoring: Scoring) -> tuple[Group, Group]:
    """The documents whose citations stand in line, and those whose citations are raised."""
    groups = []
    for folder in ("in-line", "raised"):
        members = [one for one in manuscripts if _folder(one) == folder]
        found = scoring.score(members, directory / folder, target.suffix)
        groups.append(Group(members, found, scoring.plain(members, directory / folder)))
    in_line, raised = groups
    return in_line, raised


def _line(name: str, target: Target, in_line: Group, raised: Group) -> str:
    groups = (in_line, raised)
    entries = sum(len(one.entries) for group in groups for one in group.manuscripts)
    lost = sum(group.found.entries_lost for group in groups if group.found)
    entries_lost = round(1000 * lost / max(1, entries), 1)
    met = entries_lost <= target.goals.entries_lost and in_line.lost <= target.goals.lost and _is_met_by(raised, target.goals)
    return (
        f"{name:27}{_figures(in_line, 9)}{in_line.lost:9.4f}{_figures(raised, 8)}{entries_lost:9.1f}"
        f"   {'met' if met else 'missed'} ({target.goals})"
    )


def _is_met_by(raised: Group, goals: Goals) -> bool:
    """Whether the documents that cite by raised numbers, if there are any, are as good as they should be."""
    if raised.found is not None and goals.raised is not None:
        return raised.found.f1 >= goals.raised
    return raised.lost <= goals.lost


def _figures(group: Group, width: int) -> str:
    scores = (f"{score.f1:8.4f}" if score else f"{'–':>8}" for score in (group.found, group.plain))
    return f"{len(group.manuscripts):{width}}{''.join(scores)}"


if __name__ == "__main__":
    main()

"""What the front matter of a Markdown manuscript says of its references, and the settings of the Quarto project around it.

``bibliography`` names files (``.bib``, CSL-JSON, CSL-YAML and the like), relative to the manuscript or, in ``_quarto.yml``, to
that; ``references`` holds entries themselves. Files are read only in the manuscript's project (``ProjectFolder.around``).

Syntax: Pandoc's manual, section "Citations"; Quarto's guide, "Citations" and "Project basics".
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from bib.formats.csl_yaml import read_csl_yaml
from bib.formats.yaml_values import UnusableYaml, yaml_field, yaml_node, yaml_value
from bib.model import Entry, Span
from bib.newlines import line_starts
from litcheck.documents.decode import NotTextError, decode
from litcheck.documents.listed import place_of, without_offsets
from litcheck.documents.load import STANDARD_INPUT, load_bytes
from litcheck.documents.model import EntryPlace, UnreadPart
from litcheck.documents.project import ProjectFolder
from litcheck.errors import ForbiddenFile, UnreadableDocument

_SETTINGS = ("_quarto.yml", "_quarto.yaml")
#: Settings of projects have some thousand characters.
_LARGEST_SETTINGS = 1_000_000
#: What is printed of a front matter.
_PRINTED = ("title", "subtitle", "abstract")
#: What in a front matter that cannot be read says that something is lost with it.
_TELLING = ("bibliography:", "references:")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What the front matter of a manuscript, and its project, say.

    ``entries`` are the references that it holds, ``None`` without any, ``places`` where they stand in the manuscript's source;
    ``printed`` are the parts of the source that are printed above the text: title and abstract.
    """

    entries: tuple[Entry, ...] | None
    places: Mapping[str, EntryPlace]
    bibliographies: tuple[str, ...]
    unread: tuple[UnreadPart, ...]
    printed: tuple[Span, ...]


def read_front_matter(path: str, source: str, end: int) -> FrontMatter:
    """What the front matter says that ends at ``end`` of a manuscript's source, and the project around it."""
    unread: list[UnreadPart] = []
    block = source[:end].rstrip()
    block = block[:-3] if end else ""
    entries: tuple[Entry, ...] = ()
    names: tuple[str, ...] = ()
    printed: tuple[Span, ...] = ()
    try:
        root = yaml_node(block)
        printed = tuple(_printed(root, block))
        names = names_in(yaml_value(yaml_field(root, "bibliography")))
        if yaml_field(root, "references"):
            entries = read_csl_yaml(block)
    except UnusableYaml as error:
        if any(word in block for word in _TELLING):
            unread.append(_left_out(f"the front matter of {path} cannot be read: {error}"))
    starts = line_starts(block)
    paths, missing = named_files(names, path)
    more, more_missing = _named_by_project(path)
    return FrontMatter(
        entries=tuple(without_offsets(entry) for entry in entries) or None,
        places={entry.id: place_of(path, entry.span, starts) for entry in entries if entry.span},
        bibliographies=tuple(dict.fromkeys((*paths, *more))),
        unread=(*unread, *missing, *more_missing),
        printed=printed,
    )


def _printed(root: yaml.Node | None, block: str) -> Iterator[Span]:
    """Title, subtitle and abstract, without the marks around them."""
    starts = line_starts(block)
    for name in _PRINTED:
        match yaml_field(root, name):
            case yaml.ScalarNode() as node:
                first, last = (starts[mark.line] + mark.column for mark in (node.start_mark, node.end_mark))
                if node.style in ("|", ">"):
                    yield Span(min(block.find("\n", first) + 1 or last, last), last)
                elif node.style:
                    yield Span(first + 1, last - 1)
                else:
                    yield Span(first, last)
            case _:
                pass


def names_in(value: object) -> tuple[str, ...]:
    """The files that a value of ``bibliography`` names: one, a list of them, or several lists, each with its name."""
    match value:
        case str():
            names: list[object] = [value]
        case list():
            names = value
        case dict():
            names = list(value.values())
        case _:
            names = []
    return tuple(name.strip() for name in names if isinstance(name, str) and name.strip())


def named_files(names: Iterable[str], where: str) -> tuple[tuple[str, ...], tuple[UnreadPart, ...]]:
    """The paths of the files of references that the file ``where`` names, and those of them that are not to be read."""
    if where == STANDARD_INPUT:
        reason = "was not read: of a document on standard input no other files are read. Give the file's name"
        return (), tuple(_left_out(f"{name} {reason}") for name in names)
    folder = Path(where).parent
    project = ProjectFolder.around(folder)
    within = str(folder.resolve().relative_to(project.root))
    paths: list[str] = []
    unread: list[UnreadPart] = []
    for name in names:
        try:
            path = project.find(name, folders=(within,))
        except UnreadableDocument as error:
            reason = f"the bibliography {name} ({where}) was not read: {error}"
            unread.append(UnreadPart(reason=reason, is_bibliography=True, is_forbidden=isinstance(error, ForbiddenFile)))
        else:
            paths.append(str(folder / os.path.relpath(path, folder.resolve())))
    return tuple(paths), tuple(unread)


def _named_by_project(path: str) -> tuple[tuple[str, ...], tuple[UnreadPart, ...]]:
    """What the settings of the nearest Quarto project name, if there is one."""
    if path == STANDARD_INPUT:
        return (), ()
    folder = Path(path).parent.resolve()
    root = ProjectFolder.around(folder).root
    above = [one for one in (folder, *folder.parents) if one.is_relative_to(root)]
    settings = next((one / name for one in above for name in _SETTINGS if (one / name).is_file()), None)
    if settings is None:
        return (), ()
    try:
        text, _ = decode(load_bytes(settings, largest=_LARGEST_SETTINGS))
        names = names_in(yaml_value(yaml_field(yaml_node(text), "bibliography")))
    except (UnreadableDocument, NotTextError, UnusableYaml) as error:
        return (), (_left_out(f"the settings {settings} cannot be read: {error}"),)
    return named_files(names, str(settings))


def _left_out(reason: str) -> UnreadPart:
    return UnreadPart(reason=reason, is_bibliography=True)

"""What the front matter of a Markdown manuscript says of its references, and the settings of the Quarto project around it.

``bibliography`` names files (``.bib``, CSL-JSON, CSL-YAML and the like), relative to the manuscript or, in ``_quarto.yml``, to
that; ``references`` holds entries themselves. Files are read only in the manuscript's project (``ProjectFolder.around``).

Syntax: Pandoc's manual, section "Citations"; Quarto's guide, "Citations" and "Project basics".
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from bib.formats.csl_yaml import read_csl_yaml
from bib.formats.yaml_values import UnusableYaml, yaml_field, yaml_node, yaml_value
from litcheck.documents.decode import NotTextError, decode
from litcheck.documents.load import STANDARD_INPUT, load_bytes
from litcheck.documents.model import Document, UnreadPart
from litcheck.documents.project import ProjectFolder
from litcheck.errors import ForbiddenFile, UnreadableDocument

_SETTINGS = ("_quarto.yml", "_quarto.yaml")
#: Settings of projects have some thousand characters.
_LARGEST_SETTINGS = 1_000_000
#: What in a front matter that cannot be read says that something is lost with it.
_TELLING = ("bibliography:", "references:")


def mark_front_matter(document: Document, end: int) -> Document:
    """The document with the entries and bibliographies that its front matter, up to ``end``, and its project name."""
    unread: list[UnreadPart] = []
    block = document.text[:end].rstrip()
    block = block[:-3] if end else ""
    entries = None
    names: tuple[str, ...] = ()
    try:
        root = yaml_node(block)
        names = names_in(yaml_value(yaml_field(root, "bibliography")))
        if yaml_field(root, "references"):
            entries = read_csl_yaml(block) or None
    except UnusableYaml as error:
        if any(word in block for word in _TELLING):
            unread.append(_left_out(f"the front matter of {document.path} cannot be read: {error}"))
    paths, missing = named_files(names, document.path)
    more, more_missing = _named_by_project(document.path)
    return replace(
        document,
        entries=entries,
        bibliographies=tuple(dict.fromkeys((*paths, *more))),
        unread=(*unread, *missing, *more_missing),
    )


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

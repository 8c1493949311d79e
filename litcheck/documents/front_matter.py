"""What the front matter of a Markdown manuscript says of its references, and the settings of the Quarto project around it.

``bibliography`` names files (``.bib``, CSL-JSON, CSL-YAML and the like), relative to the manuscript or, in ``_quarto.yml``, to
that; ``references`` holds entries themselves. Files are read only in the manuscript's project (``ProjectFolder.around``).

Syntax: Pandoc's manual, section "Citations"; Quarto's guide, "Citations" and "Project basics".
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml

from bib.formats.csl_yaml import read_csl_yaml
from bib.formats.yaml_values import UnusableYaml, yaml_field, yaml_node, yaml_value
from litcheck.documents.decode import NotTextError, decode
from litcheck.documents.load import STANDARD_INPUT, load_bytes
from litcheck.documents.model import Document, UnreadPart
from litcheck.documents.project import ProjectFolder
from litcheck.errors import UnreadableDocument

_SETTINGS = ("_quarto.yml", "_quarto.yaml")
#: Settings of projects have some thousand characters.
_LARGEST_SETTINGS = 1_000_000
#: What in a front matter that cannot be read says that something is lost with it.
_TELLING = ("bibliography:", "references:")


@dataclass(slots=True)
class _Named:
    """The files that were named so far, and those that are not read."""

    paths: list[str] = field(default_factory=list)
    unread: list[UnreadPart] = field(default_factory=list)

    def leave_out(self, reason: str) -> None:
        self.unread.append(UnreadPart(reason=reason, is_bibliography=True))


def mark_front_matter(document: Document, end: int) -> Document:
    """The document with the entries and bibliographies that its front matter, up to ``end``, and its project name."""
    named = _Named()
    block = document.text[:end].rstrip()
    block = block[:-3] if end else ""
    entries = None
    try:
        root = yaml_node(block)
        if yaml_field(root, "references"):
            entries = read_csl_yaml(block) or None
    except UnusableYaml as error:
        root = None
        if any(word in block for word in _TELLING):
            named.leave_out(f"the front matter of {document.path} cannot be read: {error}")
    if document.path == STANDARD_INPUT:
        for name in _names(root):
            named.leave_out(f"{name} was not read: of a document on standard input no other files are read. Give the file's name")
    else:
        folder = Path(document.path).parent
        project = ProjectFolder.around(folder)
        _add(named, project, root, folder, document.path)
        _add_settings(named, project, folder)
    return replace(document, entries=entries, bibliographies=tuple(named.paths), unread=tuple(named.unread))


def _names(root: yaml.Node | None) -> Iterator[str]:
    value = yaml_value(yaml_field(root, "bibliography"))
    match value:
        case str() if value.strip():
            yield value.strip()
        case list():
            yield from (name.strip() for name in value if isinstance(name, str) and name.strip())
        case dict():  # several lists, each with its name
            yield from (name.strip() for name in value.values() if isinstance(name, str) and name.strip())


def _add(named: _Named, project: ProjectFolder, root: yaml.Node | None, folder: Path, where: str) -> None:
    within = folder.resolve().relative_to(project.root)
    for name in _names(root):
        try:
            path = project.find(name, folders=(str(within),))
        except UnreadableDocument as error:
            named.leave_out(f"the bibliography {name} ({where}) was not read: {error}")
            continue
        shown = os.path.relpath(path, folder.resolve())
        named.paths.append(str(folder / shown))


def _add_settings(named: _Named, project: ProjectFolder, folder: Path) -> None:
    """What the settings of the nearest Quarto project name, if there is one."""
    above = [one for one in (folder.resolve(), *folder.resolve().parents) if one.is_relative_to(project.root)]
    settings = next((one / name for one in above for name in _SETTINGS if (one / name).is_file()), None)
    if settings is None:
        return
    try:
        text, _ = decode(load_bytes(settings, largest=_LARGEST_SETTINGS))
        root = yaml_node(text)
    except (UnreadableDocument, NotTextError, UnusableYaml) as error:
        named.leave_out(f"the settings {settings} cannot be read: {error}")
        return
    _add(named, project, root, settings.parent, str(settings))

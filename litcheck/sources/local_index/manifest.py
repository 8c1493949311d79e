"""The manifest of an index: which generation of its files is the valid one, and what they hold.

DIRECTORY/
  litcheck-index.json       the manifest; replaced in one step when a build is done, so there is always one whole index
  generation-<hex>/         the files of tantivy, never changed once the manifest names them
  build.lock                held by the build that is running
  litcheck-index.unfinished.json    how far an interrupted build was; gone when it is done
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from litcheck.errors import UnusableIndex
from litcheck.sources.local_index.durability import write_through
from litcheck.sources.local_index.model import BadRecord, IndexInfo, IndexRetractions, IndexSource

#: The name of the manifest; a directory with a file of this name is an index.
MANIFEST = "litcheck-index.json"
#: The name of the checkpoint of a build that is not done.
UNFINISHED = "litcheck-index.unfinished.json"
#: How the folders of generations are named.
GENERATION = "generation-"
#: Rises when the fields of the index or of the manifest change their meaning. Other versions are refused, not guessed at.
VERSION = 2


def read_info(directory: Path) -> IndexInfo:
    """What the index in ``directory`` holds.

    Raises ``UnusableIndex``, saying what to do, for anything that is not a whole index of this version. Files that are missing
    or cut short are found here by their sizes, because tantivy would crash on some of them.
    """
    return read_manifest(directory)[0]


def read_manifest(directory: Path) -> tuple[IndexInfo, Path]:
    """What the index holds, and the folder of its valid generation. Raises like ``read_info``."""
    manifest = _load(directory)
    if manifest.get("format") != VERSION:
        raise UnusableIndex(
            f"{directory} has format {manifest.get('format')!r}; this litcheck reads format {VERSION}. Build the index again."
        )
    try:
        generation = directory / generation_name(manifest["generation"])
        sizes = {str(name): int(size) for name, size in manifest["files"].items()}
        info = _info(directory, manifest, sum(sizes.values()))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnusableIndex(f"{directory / MANIFEST} is damaged ({error!r}). Build the index again.") from error
    for name, size in sizes.items():
        try:
            found = (generation / name).stat().st_size
        except OSError as error:
            raise UnusableIndex(f"{directory} is damaged: {generation.name}/{name} is missing. Build the index again.") from error
        if found != size:
            raise UnusableIndex(
                f"{directory} is damaged: {generation.name}/{name} has {found} bytes instead of {size}. Build the index again."
            )
    return info, generation


def write_manifest(info: IndexInfo, generation: Path) -> None:
    """Make ``generation`` the valid one, in one step: until it is done the former one is, and then this one is."""
    files = {path.name: path.stat().st_size for path in sorted(generation.iterdir())}
    manifest = {"format": VERSION, "generation": generation.name, **_values(info), "files": files}
    new = info.directory / f"{MANIFEST}.new"
    with new.open("w", encoding="utf-8") as file:
        json.dump(manifest, file, indent=1, ensure_ascii=False)
    write_through(new)
    new.replace(info.directory / MANIFEST)
    write_through(info.directory)


def valid_generation(directory: Path) -> str:
    """The name of the folder that the manifest calls valid, or an empty string where there is none."""
    try:
        return generation_name(_load(directory)["generation"])
    except (UnusableIndex, KeyError, ValueError):
        return ""


def unfinished_generation(directory: Path) -> str:
    """The name of the folder that an interrupted build can go on with, or an empty string where there is none."""
    try:
        return generation_name(json.loads((directory / UNFINISHED).read_text(encoding="utf-8"))["generation"])
    except (OSError, KeyError, TypeError, ValueError, RecursionError):
        return ""


def is_index(directory: Path) -> bool:
    """Whether the directory has a manifest, of whatever version and however damaged."""
    return (directory / MANIFEST).is_file()


def _load(directory: Path) -> Mapping[str, Any]:
    try:
        text = (directory / MANIFEST).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise UnusableIndex(_why_no_index(directory)) from error
    except NotADirectoryError as error:
        raise UnusableIndex(f"{directory} is a file; an index is a directory made by `litcheck index build`.") from error
    except UnicodeDecodeError as error:
        raise UnusableIndex(f"{directory / MANIFEST} is damaged ({error}). Build the index again.") from error
    except OSError as error:
        raise UnusableIndex(f"{directory / MANIFEST} cannot be read ({error.strerror}).") from error
    try:
        manifest = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnusableIndex(f"{directory / MANIFEST} is damaged ({error}). Build the index again.") from error
    if not isinstance(manifest, dict):
        raise UnusableIndex(f"{directory / MANIFEST} is damaged (not an object). Build the index again.")
    return manifest


def _why_no_index(directory: Path) -> str:
    if not directory.exists():
        return f"{directory} does not exist. Make an index with `litcheck index build SOURCE… --out {directory}`."
    if any(directory.glob(f"{GENERATION}*")):
        return f"{directory} holds no finished index: a build was interrupted or is still running. Start it again."
    return f"{directory} is not a litcheck index: it has no {MANIFEST}. Make one with `litcheck index build SOURCE… --out DIR`."


def generation_name(name: object) -> str:
    """``name``, if that is how the folder of a generation is named. Raises ``ValueError`` if not."""
    if not isinstance(name, str) or not name.startswith(GENERATION) or not name.removeprefix(GENERATION).isalnum():
        raise ValueError(f"{name!r} is not the name of a generation")
    return name


def _values(info: IndexInfo) -> dict[str, Any]:
    values = asdict(info)
    del values["directory"], values["size"]
    return values | {"as_of": info.as_of.isoformat() if info.as_of else None, "built_at": info.built_at.isoformat()}


def _info(directory: Path, manifest: Mapping[str, Any], size: int) -> IndexInfo:
    as_of = manifest["as_of"]
    return IndexInfo(
        directory=directory,
        works=int(manifest["works"]),
        complete=manifest["complete"] is True,
        as_of=date.fromisoformat(as_of) if as_of is not None else None,
        built_at=datetime.fromisoformat(manifest["built_at"]),
        litcheck=str(manifest["litcheck"]),
        size=size,
        sources=tuple(IndexSource(**source) for source in manifest["sources"]),
        duplicates=int(manifest["duplicates"]),
        compact=manifest["compact"] is True,
        bad=int(manifest["bad"]),
        bad_records=_bad_records(manifest["bad_records"]),
        retractions=_retractions(manifest["retractions"]),
    )


def _retractions(values: Mapping[str, Any] | None) -> IndexRetractions | None:
    return None if values is None else IndexRetractions(**{**values, "bad_rows": _bad_records(values["bad_rows"])})


def _bad_records(values: list[Mapping[str, Any]]) -> tuple[BadRecord, ...]:
    return tuple(BadRecord(**bad) for bad in values)

"""Settings: from ``pyproject.toml [tool.litcheck]`` or ``litcheck.toml``, then ``LITCHECK_*``, then options; the last one wins.

The file is that of the nearest directory that has one, from the working directory up to its repository's root or the home
directory; outside of both only the working directory counts, since anyone may write above it. Where one directory has both
files, ``litcheck.toml`` wins key by key. A file with settings looks like this, and paths in it are relative to it::

    mailto = "a.lee@example.org"
    index = ["~/indexes/crossref-2026"]
    sources = ["crossref", "doi.org"]
    ignore = ["LC405"]
    fail-on = "warning"
    [urls]
    crossref = "https://crossref.mirror.example.org"
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from litcheck.errors import UnusableSettings
from litcheck.findings import Severity
from litcheck.limits import DEFAULT_LIMITS, Limits

#: Public addresses of the services asked, each replaceable by ``LITCHECK_<NAME>_URL``.
SOURCE_URLS: Mapping[str, str] = {
    "crossref": "https://api.crossref.org",
    "datacite": "https://api.datacite.org",
    "doi": "https://doi.org",
    "openalex": "https://api.openalex.org",
    "arxiv": "https://export.arxiv.org",
    "openlibrary": "https://openlibrary.org",
    "pubmed": "https://eutils.ncbi.nlm.nih.gov",
}

#: The sources that can be asked, and where the address of each stands in ``urls``.
KNOWN_SOURCES: Mapping[str, str] = {
    "crossref": "crossref",
    "doi.org": "doi",
    "datacite": "datacite",
    "pubmed": "pubmed",
    "arxiv": "arxiv",
    "openlibrary": "openlibrary",
    "openalex": "openalex",
}

#: The sources asked, in order, unless ``sources`` says otherwise. OpenAlex copies the others, and without a key it answers a
#: hundred requests a day: it is for those who name it.
DEFAULT_SOURCES = tuple(name for name in KNOWN_SOURCES if name != "openalex")

#: Where runs are kept unless the settings say otherwise: in the working directory.
DEFAULT_DB = Path("litcheck.duckdb")

#: The words of ``fail_on``. "never" is ``None``.
FAIL_ON: Mapping[str, Severity | None] = {**{severity.word: severity for severity in reversed(Severity)}, "never": None}

_SWITCH: Mapping[str, bool] = {
    **dict.fromkeys(("1", "true", "yes", "on"), True),
    **dict.fromkeys(("0", "false", "no", "off"), False),
}
_MAILTO = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
_CODE = re.compile(r"LC\d{0,3}")
_TOKEN = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that a run may be told. ``None`` for ``cache`` means the platform's usual place, for ``db`` that nothing is stored.

    ``select`` and ``ignore`` hold codes of rules and beginnings of codes ("LC5"); ``urls`` an address for each name of
    ``SOURCE_URLS``, without a slash at the end: what has none is not asked. Paths from options and the environment are as given.
    """

    offline: bool = False
    indexes: tuple[Path, ...] = ()
    cache: Path | None = None
    sources: tuple[str, ...] = DEFAULT_SOURCES
    urls: Mapping[str, str] = field(default_factory=lambda: dict(SOURCE_URLS))
    mailto: str = ""
    crossref_token: str = field(default="", repr=False)
    openalex_key: str = field(default="", repr=False)
    db: Path | None = DEFAULT_DB
    style: str = ""
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    fail_on: Severity | None = Severity.ERROR
    jobs: int = 1
    limits: Limits = DEFAULT_LIMITS


def load_settings(directory: Path, environment: Mapping[str, str] = os.environ, **options: Any) -> Settings:
    """The settings that hold in ``directory``. ``options`` are fields of ``Settings`` or ``Limits``; ``None`` is not given.

    Raises ``UnusableSettings`` for an unknown name or a value that means nothing, saying where it stands.
    """
    values: dict[str, Any] = {}
    urls = dict(SOURCE_URLS)
    for name, given in (*_from_files(directory), *_from_environment(environment), *_from_options(options)):
        if name.startswith(_URL):
            urls[name.removeprefix(_URL)] = _url(given)
        else:
            values[name] = _READ[name](given)
    limits = Limits(**{limit.name: values.pop(limit.name) for limit in fields(Limits) if limit.name in values})
    return Settings(urls=urls, limits=limits, **values)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """A value as given, the words for the place where it stands, and the directory that its paths start from."""

    value: Any
    where: str
    base: Path = Path()
    separator: str = ","

    def unusable(self, wanted: str) -> UnusableSettings:
        return UnusableSettings(f"{self.where} is {self.value!r}, but it must be {wanted}.")


#: What the names of the settings under ``urls`` begin with, among the fields.
_URL = "urls."


def _from_files(directory: Path) -> Iterator[tuple[str, _Given]]:
    for place in _places(directory.absolute()):
        found = [
            (path, table)
            for path, inside in ((place / "pyproject.toml", ("tool", "litcheck")), (place / "litcheck.toml", ()))
            if (table := _table(path, inside)) is not None
        ]
        for path, table in found:
            yield from _from_table(table, path)
        if found:
            return


def _places(directory: Path) -> Iterator[Path]:
    """The directory and, inside a repository or the home directory, those above it up to that."""
    above = [directory, *directory.parents]
    try:
        home: Path | None = Path.home()
    except RuntimeError:  # a user without a name, as in many containers
        home = None
    ends = [index for index, place in enumerate(above) if place == home or (place / ".git").exists()]
    yield from above[: ends[0] + 1 if ends else 1]


def _table(path: Path, inside: tuple[str, ...]) -> Mapping[str, Any] | None:
    """The settings in a TOML file, ``None`` if there is no file or no such table in it."""
    try:
        found: Any = tomllib.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnusableSettings(f"{path} is not TOML: {error}.") from error
    except OSError as error:
        raise UnusableSettings(f"{path} cannot be read: {error.strerror or error}.") from error
    for key in inside:
        if not isinstance(found, Mapping) or key not in found:
            return None
        found = found[key]
    if not isinstance(found, Mapping):
        raise UnusableSettings(f"{path}: `{'.'.join(inside)}` is {found!r}, but it must be a table of settings.")
    return found


def _from_table(table: Mapping[str, Any], path: Path) -> Iterator[tuple[str, _Given]]:
    for key, value in table.items():
        where = f"{path}: `{key}`"
        name = _known(key.replace("_", "-"), _FIELD_OF_KEY, f"{path}: unknown setting `{key}`")
        if name != _URL:
            yield name, _Given(value=value, where=where, base=path.parent)
            continue
        if not isinstance(value, Mapping):
            raise UnusableSettings(f"{where} is {value!r}, but it must be a table of addresses.")
        for source, address in value.items():
            url_name = _known(source, _FIELD_OF_URL, f"{path}: unknown name `urls.{source}`")
            yield url_name, _Given(value=address, where=f"{path}: `urls.{source}`")


def _from_environment(environment: Mapping[str, str]) -> Iterator[tuple[str, _Given]]:
    # An empty variable is how a shell says that it is not set.
    for variable, name in _FIELD_OF_VARIABLE.items():
        if value := environment.get(variable, "").strip():
            yield name, _Given(value=value, where=variable, separator=os.pathsep if name == "indexes" else ",")


def _from_options(options: Mapping[str, Any]) -> Iterator[tuple[str, _Given]]:
    for name, value in options.items():
        if name not in _READ:
            raise TypeError(f"load_settings() got an unexpected option {name!r}")
        if value is not None:
            yield name, _Given(value=value, where=f"--{_KEY_OF_FIELD[name]}")


def _known(key: str, names: Mapping[str, str], complaint: str) -> str:
    """The field that a key stands for; raises with the nearest key, or all of them."""
    if key in names:
        return names[key]
    near = get_close_matches(key, names, n=1)
    hint = f"Did you mean `{near[0]}`?" if near else f"There are: {', '.join(names)}."
    raise UnusableSettings(f"{complaint}. {hint}")


def _switch(given: _Given) -> bool:
    if isinstance(given.value, bool):
        return given.value
    if isinstance(given.value, str) and given.value.lower() in _SWITCH:
        return _SWITCH[given.value.lower()]
    raise given.unusable("true or false")


def _text(given: _Given) -> str:
    if not isinstance(given.value, str):
        raise given.unusable("a string")
    return given.value.strip()


def _texts(given: _Given) -> tuple[str, ...]:
    """A list of strings, or one string with separators."""
    value = given.value.split(given.separator) if isinstance(given.value, str) else given.value
    if not isinstance(value, (list, tuple, set, frozenset)) or not all(isinstance(item, str) for item in value):
        raise given.unusable("a list of strings")
    return tuple(text for item in value if (text := item.strip()))


def _path(given: _Given) -> Path:
    if not isinstance(given.value, (str, Path)) or not str(given.value).strip() or "\0" in str(given.value):
        raise given.unusable("a path")
    try:
        return given.base / Path(given.value).expanduser()
    except RuntimeError as error:
        raise given.unusable("a path in a home directory that exists") from error


def _paths(given: _Given) -> tuple[Path, ...]:
    value = given.value
    if isinstance(value, str):
        value = [piece for piece in value.split(given.separator) if piece] if given.separator == os.pathsep else [value]
    if not isinstance(value, (list, tuple)):
        raise given.unusable("a list of paths")
    return tuple(_path(_Given(value=item, where=given.where, base=given.base)) for item in value)


def _database(given: _Given) -> Path | None:
    return None if given.value is False else _path(given)


def _url(given: _Given) -> str:
    address = _text(given)
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not _TOKEN.fullmatch(address):
        raise given.unusable("an address that begins with http:// or https://")
    return address.rstrip("/")


def _mailto(given: _Given) -> str:
    address = _text(given).removeprefix("mailto:")
    if address and not _MAILTO.fullmatch(address):
        raise given.unusable("an e-mail address")
    return address


def _token(given: _Given) -> str:
    token = _text(given)
    if token and not _TOKEN.fullmatch(token):
        # The value is a secret: it is not repeated.
        raise UnusableSettings(f"{given.where} holds white space or characters that no token has.")
    return token


def _sources(given: _Given) -> tuple[str, ...]:
    names = tuple(name.lower() for name in _texts(given))
    for name in names:
        if name not in KNOWN_SOURCES:
            raise UnusableSettings(f"{given.where}: there is no source {name!r}. There are: {', '.join(KNOWN_SOURCES)}.")
    return tuple(dict.fromkeys(names))


def _codes(given: _Given) -> frozenset[str]:
    codes = frozenset(code.upper() for code in _texts(given))
    for code in sorted(codes):
        if not _CODE.fullmatch(code):
            raise UnusableSettings(f"{given.where}: {code!r} is no code of a rule. `litcheck rules` lists them.")
    return codes


def _fail_on(given: _Given) -> Severity | None:
    if isinstance(given.value, Severity):
        return given.value
    word = given.value.strip().lower() if isinstance(given.value, str) else ""
    if word not in FAIL_ON:
        raise given.unusable(f"one of {', '.join(FAIL_ON)}")
    return FAIL_ON[word]


def _count(given: _Given) -> int:
    value = given.value
    if isinstance(value, str) and value.isdecimal() and len(value) <= 4:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise given.unusable("a whole number from 1 on")
    return value


_READ: Mapping[str, Callable[[_Given], Any]] = {
    "offline": _switch,
    "indexes": _paths,
    "cache": _path,
    "sources": _sources,
    "mailto": _mailto,
    "crossref_token": _token,
    "openalex_key": _token,
    "db": _database,
    "style": _text,
    "select": _codes,
    "ignore": _codes,
    "fail_on": _fail_on,
    "jobs": _count,
    **dict.fromkeys((limit.name for limit in fields(Limits)), _count),
}

#: Names in files and of options. Variables are the same in capitals after ``LITCHECK_``.
_KEY_OF_FIELD: Mapping[str, str] = {name: "index" if name == "indexes" else name.replace("_", "-") for name in _READ}
_FIELD_OF_KEY: Mapping[str, str] = {**{key: name for name, key in _KEY_OF_FIELD.items()}, "urls": _URL}
_FIELD_OF_URL: Mapping[str, str] = {source: _URL + source for source in SOURCE_URLS}
_FIELD_OF_VARIABLE: Mapping[str, str] = {
    **{f"LITCHECK_{key.replace('-', '_').upper()}": name for name, key in _KEY_OF_FIELD.items()},
    **{f"LITCHECK_{source.upper()}_URL": name for source, name in _FIELD_OF_URL.items()},
}

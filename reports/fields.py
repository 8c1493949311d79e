"""The fields of a CSL-JSON item as a person reads them, in the order of reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from litcheck.findings import Csl
from litcheck.matching.model import FIELDS
from litcheck.run import CheckedReference

#: The names of fields as reports print them.
FIELD_NAMES: Mapping[str, str] = {
    "title": "Title",
    "authors": "Authors",
    "year": "Year",
    "container": "Published in",
    "volume": "Volume",
    "issue": "Issue",
    "page": "Pages",
    "doi": "DOI",
}

_LABEL_LENGTH = 60


def field_values(csl: Csl) -> dict[str, str]:
    """The value of each field of ``FIELDS``, an empty string where the item does not say."""
    values = {
        "title": _string(csl, "title"),
        "authors": "; ".join(author_names(csl)),
        "year": year_of(csl),
        "container": _string(csl, "container-title"),
        "volume": _string(csl, "volume"),
        "issue": _string(csl, "issue"),
        "page": _string(csl, "page"),
        "doi": _string(csl, "DOI"),
    }
    return {field: values[field] for field in FIELDS}


def author_names(csl: Csl) -> tuple[str, ...]:
    """Each author as "Family, Given", an organisation as it is, and "et al." where the entry ended so."""
    names = tuple(_name(name) for name in csl.get("author") or ())
    return (*names, "et al.") if names and _custom(csl).get("authors-truncated") else names


def year_of(csl: Csl) -> str:
    """The year; where a record holds several, each with what it is the year of ("2019 (online), 2020 (print)")."""
    years = _custom(csl).get("years")
    if isinstance(years, Mapping) and len({*years.values()}) > 1:
        kinds: dict[int, list[str]] = {}
        for kind, year in years.items():
            kinds.setdefault(year, []).append(kind)
        return ", ".join(f"{year} ({', '.join(kinds[year])})" for year in sorted(kinds))
    parts = (csl.get("issued") or {}).get("date-parts") or [[]]
    year = str(parts[0][0]) if parts[0] else _string(csl, "status")
    return year + str(_custom(csl).get("year-suffix", ""))


def reference_label(reference: CheckedReference) -> str:
    """What a person calls the entry: "Lee & Roy (2020)", or its first words where it could not be parsed."""
    csl = reference.csl
    families = [str(name.get("family") or name.get("literal") or "") for name in csl.get("author") or ()]
    families = [family for family in families if family]
    year = year_of(csl) if csl else ""
    if not families:
        words = _string(csl, "title") or reference.raw.strip() or reference.id
        return _shortened(words) + (f" ({year})" if year else "")
    shortened = len(families) > 2 or _custom(csl).get("authors-truncated")
    who = f"{families[0]} et al." if shortened else " & ".join(families)
    return _shortened(who) + (f" ({year})" if year else "")


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LABEL_LENGTH else text[: _LABEL_LENGTH - 1].rstrip() + "…"


def _name(name: Mapping[str, Any]) -> str:
    if literal := name.get("literal"):
        return str(literal)
    particles = (name.get("dropping-particle"), name.get("non-dropping-particle"), name.get("family"))
    family = " ".join(str(part) for part in particles if part)
    return ", ".join(str(part) for part in (family, name.get("given"), name.get("suffix")) if part)


def _custom(csl: Csl) -> Mapping[str, Any]:
    custom = csl.get("custom")
    return custom if isinstance(custom, Mapping) else {}


def _string(csl: Csl, key: str) -> str:
    value = csl.get(key, "")
    return value if isinstance(value, str) else str(value)

"""CSL-JSON's items written in YAML, as Pandoc takes them in a file of its own or in a manuscript's front matter.

Form: Pandoc's manual, section "Bibliographies": a list under ``references``, dates as strings ("2020-05") or as ``year``,
``month`` and ``day``, Markdown's emphasis in text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import yaml

from bib.formats.csl_json.items import reference_from_csl
from bib.formats.entries import EntryIds, checked_entry
from bib.formats.yaml_values import UnusableYaml, yaml_field, yaml_node, yaml_value
from bib.model import Entry, ParseFailure, Reference, Span
from bib.newlines import line_starts

_EMPHASIS = re.compile(
    r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]{1,500})(?<=[^\s*])\1(?![\w*])|(?<![\w_])(_{1,3})(?=[^\s_])([^_\n]{1,500})(?<=[^\s_])\3(?![\w_])"
)
_DATES = ("issued", "accessed", "original-date")
_PARTS = ("year", "month", "day")


def read_csl_yaml(text: str) -> tuple[Entry, ...]:
    """One entry for every item of a list, or of the list under ``references``, with their places.

    Ids are the items' own; one without an id, or with one that is taken, gets its line. An item that is no mapping, or has
    neither a name nor a title, is a ``ParseFailure``, and so is the whole text if it is no YAML or goes beyond the bounds of
    ``yaml_values``. A text without such a list gives nothing.
    """
    try:
        root = yaml_node(text)
        items = root if isinstance(root, yaml.SequenceNode) else yaml_field(root, "references")
        return tuple(_entries(text, items)) if isinstance(items, yaml.SequenceNode) else ()
    except UnusableYaml as error:
        return (
            ParseFailure(
                id="line 1", raw=text[:1000], reason=f"The YAML cannot be read: {error}.", span=Span(0, len(text)), line=1
            ),
        )


def _entries(text: str, items: yaml.SequenceNode) -> Iterator[Entry]:
    starts = line_starts(text)
    ids = EntryIds()
    for node in items.value:
        first = node.start_mark.line
        last = max(first + 1, node.end_mark.line)
        end = starts[last] if last < len(starts) else len(text)
        start = starts[first] + node.start_mark.column
        raw = text[start:end].rstrip()
        span = Span(start, start + len(raw))
        value = yaml_value(node)
        if not isinstance(value, Mapping):
            reason = "The list holds something that is no mapping."
            yield ParseFailure(id=ids.new("", first + 1), raw=raw, reason=reason, span=span, line=first + 1)
            continue
        reference = reference_from_csl_yaml(value, id=ids.new(" ".join(str(value.get("id", "")).split()), first + 1), raw=raw)
        yield checked_entry(replace(reference, span=span), line=first + 1)


def reference_from_csl_yaml(value: Mapping[str, Any], *, id: str, raw: str) -> Reference:  # noqa: A002 -- the field's name
    """The reference that an item describes, whatever its own ``id``; see ``reference_from_csl``."""
    item = {key: _EMPHASIS.sub(r"\2\4", one) if isinstance(one, str) and key != "id" else one for key, one in value.items()}
    for name in _DATES:
        date = item.get(name)
        date = date[0] if isinstance(date, list) and date else date
        if isinstance(date, Mapping) and "year" in date:
            item[name] = {"date-parts": [[date[part] for part in _PARTS if part in date]]}
    return reference_from_csl(item, id=id, raw=raw)

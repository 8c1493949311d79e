"""What the tagger can call a token. The guide that says which words get which label is ``docs/labels.md``."""

from __future__ import annotations

#: In the order of the model's outputs. "other" is all that belongs to no field: marks between fields, "In", "(Eds.)", "pp.".
LABELS = (
    "other",
    "author",
    "title",
    "container",
    "date",
    "volume",
    "issue",
    "pages",
    "publisher",
    "location",
    "edition",
    "editor",
    "series",
)
OTHER = 0
INDEX = {label: index for index, label in enumerate(LABELS)}

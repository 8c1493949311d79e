"""What the tagger can call a token. The guide that says which words get which label is ``docs/labels.md``."""

from __future__ import annotations

from bib.model import SEGMENT_LABELS

#: Labels of segments that rules find before the tagger reads a string.
BY_RULE = ("doi", "url", "label")
#: In the order of the model's outputs. "other" is all that belongs to no field: marks between fields, "In", "(Eds.)", "pp.".
LABELS = ("other", *(label for label in SEGMENT_LABELS if label not in BY_RULE))
OTHER = 0
INDEX = {label: index for index, label in enumerate(LABELS)}

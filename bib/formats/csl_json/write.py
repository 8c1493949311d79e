"""``write_csl_json``: references to a file of CSL-JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable

from bib.formats.csl_json.items import reference_to_csl
from bib.model import Reference


def write_csl_json(references: Iterable[Reference]) -> str:
    """The references as one array of items."""
    return json.dumps([reference_to_csl(reference) for reference in references], ensure_ascii=False, indent=1) + "\n"

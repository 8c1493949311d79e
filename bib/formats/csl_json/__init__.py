"""CSL-JSON: ``read_csl_json`` and ``write_csl_json`` for whole files, ``reference_to_csl`` and ``reference_from_csl`` for items.

``items`` says which variable holds what (and ``custom`` what CSL has none for), ``read`` finds the items of a file one by one,
so that a broken one does not hide the others. CSL-JSON holds every field of a reference.
"""

from bib.formats.csl_json.items import name_to_csl, reference_from_csl, reference_to_csl
from bib.formats.csl_json.read import read_csl_json
from bib.formats.csl_json.write import write_csl_json

__all__ = ["read_csl_json", "write_csl_json", "reference_to_csl", "reference_from_csl", "name_to_csl"]

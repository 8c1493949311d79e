"""OpenDocument texts (ODT, OTT and, as one XML file, FODT): ``read_odt``, ``read_flat_odt``.

Follows OpenDocument 1.3, part 3. ``reader`` finds the parts of the file; ``story`` goes through the body; ``styles`` says what is
raised or hidden, ``lists`` what is numbered; ``bibliography`` reads the format's own citations; ``names`` are the names of
elements.
"""

from litcheck.documents.odt.reader import read_flat_odt, read_odt

__all__ = ["read_flat_odt", "read_odt"]

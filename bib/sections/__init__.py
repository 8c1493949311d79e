"""Where the reference lists of a text are, and where each of their entries begins and ends."""

from bib.sections.find import find_reference_sections
from bib.sections.model import ReferenceSection

__all__ = ["ReferenceSection", "find_reference_sections"]

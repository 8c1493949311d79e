"""Rich Text documents (RTF): ``read_rtf``.

Follows the Rich Text Format Specification 1.9.1. ``tokens`` are the pieces that a file is made of, ``code_pages`` say how its
bytes are letters, ``groups`` hold what stays inside braces, ``story`` writes what is printed, ``reader`` puts them together.
"""

from litcheck.documents.rtf.reader import read_rtf

__all__ = ["read_rtf"]

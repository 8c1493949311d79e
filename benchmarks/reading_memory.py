"""The memory that reading one document takes, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_MEASURE = """
import resource, sys
from pathlib import Path
from litcheck.documents import read_document
text = read_document(Path(sys.argv[1])).text
print(len(text), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def memory_of_reading(path: Path) -> tuple[int, int]:
    """The characters of the document's text, and the most memory held while it was read, in millions of bytes."""
    ran = subprocess.run([sys.executable, "-c", _MEASURE, path], check=True, capture_output=True, text=True)
    characters, kilobytes = map(int, ran.stdout.split())
    return characters, kilobytes // 1000

"""How long the reader of DOCX takes beside python-docx opening the same file, and how much memory a long document takes.

usage: python -m benchmarks.docx_reading FILE… [--runs N] [--copies N]

For each file (`python -m benchmarks.documents --keep` makes some): the best of N runs each, by processor time, of
``docx.Document`` and of ``read_docx``, and their ratio; the goal is at most 3 for some 40 pages. Then the body of the first file
is copied ``--copies`` times and read in a process of its own, whose largest size is printed; the goal for 300 pages is less than
400 MB. A page is taken to have 3,000 characters.
"""

from __future__ import annotations

import argparse
import gc
import io
import tempfile
import time
import zipfile
from pathlib import Path

import docx

from benchmarks.reading_memory import memory_of_reading
from litcheck.cli import OBJECTS_PER_COLLECTION
from litcheck.documents.docx import read_docx
from litcheck.limits import DEFAULT_LIMITS, Allowance

GOAL_TIME, GOAL_MEMORY = 3.0, 400
CHARACTERS_A_PAGE = 3000

_PART = "word/document.xml"


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--copies", type=int, default=12)
    arguments = parser.parse_args()
    gc.set_threshold(OBJECTS_PER_COLLECTION)  # as in every command
    for path in arguments.files:
        data = path.read_bytes()
        pages = len(read_docx("paper.docx", data, Allowance("paper.docx", DEFAULT_LIMITS)).text) / CHARACTERS_A_PAGE
        times = [(opened(data), read(data)) for _ in range(arguments.runs)]
        opening, reading = (1000 * min(column) for column in zip(*times, strict=True))
        told = f"python-docx {opening:.1f} ms, reader {reading:.1f} ms, {reading / opening:.2f} times"
        print(f"{path.name}: {pages:.0f} pages, {told}")
    with tempfile.TemporaryDirectory() as folder:
        long = Path(folder) / "long.docx"
        long.write_bytes(repeated(arguments.files[0].read_bytes(), arguments.copies))
        characters, megabytes = memory_of_reading(long)
    print(f"{characters / CHARACTERS_A_PAGE:.0f} pages: {megabytes} MB (goal for 300: less than {GOAL_MEMORY})")
    print(f"goal for the times: at most {GOAL_TIME:g}")


def opened(data: bytes) -> float:
    """Seconds of the processor that python-docx takes to open the document."""
    began = time.process_time()
    docx.Document(io.BytesIO(data))
    return time.process_time() - began


def read(data: bytes) -> float:
    """Seconds of the processor that the reader takes."""
    began = time.process_time()
    read_docx("paper.docx", data, Allowance("paper.docx", DEFAULT_LIMITS))
    return time.process_time() - began


def repeated(data: bytes, copies: int) -> bytes:
    """The document with what stands in its body again and again."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == _PART:
                head, opening, rest = content.partition(b"<w:body>")
                body, closing, tail = rest.rpartition(b"</w:body>")
                content = head + opening + body * copies + closing + tail
            target.writestr(name, content)
    return made.getvalue()


if __name__ == "__main__":
    main()

"""How long the reader of PDF takes beside pdfium alone, and how much memory a long document takes.

usage: python -m benchmarks.pdf_reading FILE… [--runs N] [--pages N]

For each file (`python -m benchmarks.documents --keep` makes some): the best of N runs each, taken in turns, of pdfium giving the
text of all pages (``get_textpage``, ``get_text_range``) and of ``read_pdf``, and their ratio; the goal is at most 3. Then the
first file's pages are copied until there are ``--pages`` of them, and read in a process of its own, whose largest size is
printed; the goal for 300 pages is less than 400 MB.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import pypdfium2

from benchmarks.reading_memory import memory_of_reading
from litcheck.documents.pdf import read_pdf
from litcheck.limits import DEFAULT_LIMITS, Allowance

#: Reading takes at most this many times what pdfium alone takes, and so many millions of bytes for a long document.
GOAL_TIME, GOAL_MEMORY = 3.0, 400


def alone(data: bytes) -> float:
    """Seconds of the processor that pdfium takes for the text of all pages."""
    began = time.process_time()
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            page.get_textpage().get_text_range()
            page.close()
    return time.process_time() - began


def read(data: bytes) -> float:
    """Seconds of the processor that the reader takes."""
    began = time.process_time()
    read_pdf("paper.pdf", data, Allowance("paper.pdf", DEFAULT_LIMITS))
    return time.process_time() - began


def repeated(data: bytes, pages: int) -> bytes:
    """The document with its pages again and again until there are as many as asked for."""
    with pypdfium2.PdfDocument(data) as source, pypdfium2.PdfDocument.new() as long:
        while len(long) < pages:
            long.import_pages(source, list(range(min(len(source), pages - len(long)))))
        with tempfile.TemporaryFile() as file:
            long.save(file)
            file.seek(0)
            return file.read()


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--pages", type=int, default=300)
    arguments = parser.parse_args()
    for path in arguments.files:
        data = path.read_bytes()
        with pypdfium2.PdfDocument(data) as document:
            pages = len(document)
        times = [(alone(data), read(data)) for _ in range(arguments.runs)]
        pdfium, reader = (1000 * min(column) / pages for column in zip(*times, strict=True))
        print(f"{path}: {pages} pages, pdfium {pdfium:.2f} ms a page, reader {reader:.2f} ms, {reader / pdfium:.2f} times")
    with tempfile.TemporaryDirectory() as folder:
        long = Path(folder) / "long.pdf"
        long.write_bytes(repeated(arguments.files[0].read_bytes(), arguments.pages))
        characters, megabytes = memory_of_reading(long)
    print(f"{arguments.pages} pages, {characters} characters: {megabytes} MB (goal: less than {GOAL_MEMORY})")
    print(f"goal for the times: at most {GOAL_TIME:g}")


if __name__ == "__main__":
    main()

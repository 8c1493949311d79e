"""What each page holds, read with pdfium: in this process, or in one of its own that can be ended where pdfium may not end."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection

import pypdfium2
from pypdfium2 import raw as pdfium

from litcheck.documents.pdf.composing import plain
from litcheck.documents.pdf.lines import Line, PageLines
from litcheck.documents.pdf.pictures import is_picture
from litcheck.documents.pdf.streams import check_streams
from litcheck.errors import UnreadableDocument
from litcheck.limits import Allowance

#: pdfium must not be called by two threads at once.
_ONE_AT_A_TIME = threading.Lock()
#: From so many drawings on that draw other things, a page may be drawn more often than any time allows: each may draw the next
#: one several times. Articles hold a few; those with many take a third of a second more.
_NESTED = 8


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page; and, where it has none, whether it is a picture, probably a scan."""

    lines: list[Line]
    is_picture: bool = False


def pages_of(data: bytes, allowance: Allowance) -> list[Page]:
    """The pages of a PDF file; a broken one has no lines.

    Raises ``UnreadableDocument`` for files that are broken or encrypted, or that take more than the allowance.
    """
    if check_streams(data, allowance) >= _NESTED:
        return _read_apart(data, allowance)
    with _ONE_AT_A_TIME:
        return _read(data, allowance)


def _read_apart(data: bytes, allowance: Allowance) -> list[Page]:
    """Reads in another process, and ends that when the time is up: nothing stops pdfium within a page."""
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(sender, data, allowance))
    process.start()
    sender.close()
    try:
        if not receiver.poll(allowance.seconds_left):
            raise allowance.out_of_time()
        answer = receiver.recv()
    except EOFError as error:
        raise UnreadableDocument(
            f"{allowance.name} cannot be read: its pages are damaged. Export or download it again."
        ) from error
    finally:
        process.kill()
        process.join()
    if isinstance(answer, str):
        raise UnreadableDocument(answer)
    pages: list[Page] = answer
    return pages


def _send(sender: Connection, data: bytes, allowance: Allowance) -> None:
    answer: list[Page] | str
    try:
        answer = _read(data, allowance)
    except UnreadableDocument as error:
        answer = str(error)
    sender.send(answer)


def _read(data: bytes, allowance: Allowance) -> list[Page]:
    """Pages are opened one at a time, so that a long document takes no more memory than a page."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(_not_opened(allowance.name, error)) from error
    finder = PageLines()
    pages = []
    try:
        for number in range(len(document)):
            allowance.check_time()
            pages.append(_page_of(document, number, finder, allowance))
    finally:
        document.close()
    return pages


def _page_of(document: pypdfium2.PdfDocument, number: int, finder: PageLines, allowance: Allowance) -> Page:
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return Page([])
    try:
        text = page.get_textpage()
        count = text.count_chars()
        allowance.unpack(count)
        lines = finder.of(text.raw, count)
        found = Page(lines, is_picture=not lines and is_picture(page))
    except pypdfium2.PdfiumError:
        return Page([])
    finally:
        page.close()  # and what was opened of it
    for line in lines:
        plain(line)
    return found


def _not_opened(name: str, error: pypdfium2.PdfiumError) -> str:
    if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
        return f"{name} is encrypted and opens only with its password. Save a copy without a password and check that file."
    return (
        f"{name} begins like a PDF file and cannot be opened as one: it is damaged or was cut short. Export or download it again."
    )

"""LC001 unreadable-document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litcheck.documents.formats import misnamed
from litcheck.findings import Finding, Severity
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule

#: A text of which more than this share are replacement or control characters was decoded as what it is not. Prose has none.
GARBLED_SHARE = 0.02

_GARBLED = re.compile("[\ufffd\x00-\x08\x0e-\x1f]")


@rule("LC001", "unreadable-document", Severity.ERROR, Needs.DOCUMENT)
def unreadable_document(case: Case) -> Iterator[Finding]:
    """The file cannot be read as what it claims to be.

    What it means: the file is missing, damaged, encrypted, empty of text, of another format than its name says, or of one that
    is not read. A document that names a file outside of its project, by an absolute path or at an address is not read: nothing
    there is looked at. Of a chapter or pages that could not be read it is a warning, of a file that was read as what it is in
    spite of its name it is information.

    Why: a document that was not read has not been checked, and a report without findings would say the opposite.

    Example: a PDF that was renamed to ``.txt``.

    What to do: save the manuscript again in the format that its name says, or give the file the name of its format.
    """
    if case.document.failure:
        yield unreadable_document.finding(case.document.failure)
        return
    if found := misnamed(case.document.path, case.document.format):
        yield unreadable_document.finding(found, severity=Severity.INFO)
    for part in case.document.unread:
        # Without its bibliography nothing is known of the works cited; without a chapter the rest is still checked.
        yield unreadable_document.finding(part.reason, severity=Severity.ERROR if part.is_bibliography else Severity.WARNING)
    text = case.document.text
    garbled = len(_GARBLED.findall(text))
    if garbled > GARBLED_SHARE * len(text):
        yield unreadable_document.finding(
            f"{garbled} of {len(text)} characters of this {case.document.format} document are no text: it was read as"
            f" {case.document.encoding} and is probably something else"
        )

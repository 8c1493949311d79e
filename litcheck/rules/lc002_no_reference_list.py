"""LC002 no-reference-list."""

from __future__ import annotations

from collections.abc import Iterator

from litcheck.findings import Finding, Severity
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule


@rule("LC002", "no-reference-list", Severity.WARNING, Needs.DOCUMENT)
def no_reference_list(case: Case) -> Iterator[Finding]:
    """No reference list was found in a document that cites something.

    What it means: the text holds citations, and nothing in it looks like the list of the works cited, nor does it name a
    bibliography that could not be read (LC001).

    Why: without the list nobody can find what is cited, and none of the citations could be checked.

    Example: a manuscript exported without its last section, or one whose entries are kept in a ``.bib`` file.

    What to do: add the list (let a reference manager print it); or give the file that holds the entries with ``--bib``. If there
    is a list, begin it with a heading such as "References" on a line of its own.
    """
    # LC001 says of a bibliography that was not read why the list is missing.
    if any(part.is_bibliography for part in case.document.unread):
        return
    # The works that a reference manager keeps with the citations are checked as entries, and a reader has no list of them.
    only_kept = case.document.fields is not None and not case.document.places
    has_list = case.sections or ((case.assessments or case.failures or case.document.entries is not None) and not only_kept)
    if case.citations and not has_list:
        count = len(case.citations)
        what = "one citation" if count == 1 else f"{count} citations"
        first = case.citations[0]
        instead = "; the works that its citation fields hold were checked" if case.document.entries else ""
        yield no_reference_list.finding(
            f"the text holds {what}, the first one “{first.text}”, and no reference list was found{instead}"
        )

"""LC502 listed-not-cited."""

from __future__ import annotations

from collections.abc import Iterator

from litcheck.findings import Finding, Severity
from litcheck.rules.citing import shortened
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule

#: When fewer of the entries than this are cited, the citations may well have been lost or be of a kind that was not read.
MOST_CITED = 0.5
#: From so many entries on, that is said once and not of each. A judgement: a page of warnings that have one cause.
MANY = 6


@rule("LC502", "listed-not-cited", Severity.WARNING, Needs.DOCUMENT)
def listed_not_cited(case: Case) -> Iterator[Finding]:
    r"""No citation in the text names the entry.

    What it means: the entry stands in the list and the text never cites it, not even with a slip: an entry that another finding
    names as the one meant is not told again. A bare bibliography has no text to cite it and gets no such finding, nor do entries
    that are kept in another file (``--bib``): such a file may serve many manuscripts. Of a bibliography that the manuscript
    itself names, of which only what is cited is printed, it is said once, as information. Nothing is said where all entries are
    cited at once (``\nocite{*}``), or where a part of the text could not be read.

    Why: most styles list only what is cited; an uncited entry is often left over from an earlier version.

    Where most of a list is not cited, that is said once: raised numbers, above all, are easily lost when a text is converted.

    Example: the list has Arancibia, Bravo, and Mendez (2023), and the text never names them.

    What to do: cite the work where it is used, or delete the entry.
    """
    named = {reference for citation in case.citations for reference in (*citation.references, *citation.candidates)}
    document = case.document
    if document.is_bibliography or document.cites_all or not named or any(not part.is_bibliography for part in document.unread):
        return
    if document.places and not document.bibliographies:
        return
    meant = named | {citation.nearest for citation in case.citations if citation.nearest}
    sure = len(named) >= MOST_CITED * len(case.assessments)
    uncited = [assessment.reference for assessment in case.assessments if assessment.reference.id not in meant]
    if document.places:
        if uncited:
            yield listed_not_cited.finding(
                f"{len(uncited)} of {len(case.assessments)} entries in the manuscript's bibliography are cited nowhere. The first"
                f" is “{shortened(uncited[0])}”",
                references=tuple(reference.id for reference in uncited),
                severity=Severity.INFO,
            )
        return
    if not sure and len(uncited) >= MANY:
        yield listed_not_cited.finding(
            f"{len(uncited)} of {len(case.assessments)} entries are cited nowhere that could be read; the text may have lost"
            f" citations when it was converted. The first is “{shortened(uncited[0])}”",
            references=tuple(reference.id for reference in uncited),
            confidence=0.5,
        )
        return
    for reference in uncited:
        yield listed_not_cited.finding(
            f"the list has “{shortened(reference)}”, and the text never cites it",
            about=reference,
            confidence=0.95 if sure else 0.5,
        )

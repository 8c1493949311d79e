"""LC203 authors-mismatch."""

from __future__ import annotations

from collections.abc import Iterator

from litcheck.findings import Finding, Severity
from litcheck.matching.authors import align_authors, list_names
from litcheck.matching.model import Agreement
from litcheck.rules.evidencing import evidence_of, matches
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule

#: Numbers of names after which styles and databases cut a list. Of the 37 lists of match-dev that only end early, 21 end after
#: three, six or ten names; nineteen is APA's limit.
CUT_LISTS = frozenset({3, 6, 10, 19})


@rule("LC203", "authors-mismatch", Severity.ERROR, Needs.RECORDS)
def authors_mismatch(case: Case) -> Iterator[Finding]:
    """Authors of the entry are not in the record, or authors of the record are missing.

    What it means: the entry names people whom the record does not name, or leaves some out without "et al." or an ellipsis; or it
    writes out another given name before the right family name, which is a warning, since people use several. Initials, particles,
    double names of which one part is given, diacritics and names in another order of parts are no difference, and organisations
    may come and go. A list that only ends early, without "et al.", is a warning, and information where it ends after three, six,
    ten or nineteen names, as styles and databases cut it.

    Why: it denies authors their work or gives it to others. Authors who do not belong to a real title are a frequent mark of
    references that were made up.

    Example: the entry names "Eilert, Kuehn & Zajenkowski", the record "Eilert & Buchheim".

    What to do: take the authors over from the publication, all of them that the style asks for.
    """
    for reference, match in matches(case):
        if match.field("authors").agreement is not Agreement.DIFFERS:
            continue
        aligned = align_authors(reference, match.record)
        told, severity = [], Severity.WARNING
        if aligned.added:
            told.append(f"the entry names {list_names(aligned.added)}, whom the record does not name")
            severity = Severity.ERROR
        if aligned.left_out:
            told.append(f"the record names {list_names(aligned.left_out)}, whom the entry leaves out")
            if not aligned.ends_early:
                severity = Severity.ERROR
            else:
                told.append("which looks like a list cut without “et al.”")
                severity = Severity.INFO if aligned.compared in CUT_LISTS and not aligned.other_given else Severity.WARNING
        told += [f"the entry has {list_names((one,))}, the record {list_names((other,))}" for one, other in aligned.other_given]
        if told:
            held = list_names(match.record.authors or match.record.editors)
            yield authors_mismatch.finding(
                f"{'; '.join(told)} (the record's authors: {held})",
                about=reference,
                severity=severity,
                confidence=reference.confidence_in("author", "editor"),
                evidence=evidence_of(match, "authors"),
            )

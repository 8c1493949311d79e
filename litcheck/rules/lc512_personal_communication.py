"""LC512 personal-communication."""

from __future__ import annotations

from collections.abc import Iterator

from litcheck.citations.personal import find_personal_communications
from litcheck.findings import Finding, Severity
from litcheck.rules.citing import shortened_text, times
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule


@rule("LC512", "personal-communication", Severity.INFO, Needs.DOCUMENT)
def personal_communication(case: Case) -> Iterator[Finding]:
    """The text rests on a personal communication.

    What it means: brackets in the text say that somebody told or wrote it to the authors. Such a source is named in the text
    alone: it is not missed from the list, and no registry can confirm it.

    Why: an editor may want to know what in the text nobody else can look up.

    Example: (J. Smith, personal communication, May 3, 2020).

    What to do: nothing, if the one named agrees to be cited. Cite a published source where there is one.
    """
    found: dict[str, list[int]] = {}
    spans = find_personal_communications(case.document.text, [section.span for section in case.sections])
    for position, span in enumerate(spans):
        found.setdefault(shortened_text(span.of(case.document.text)), []).append(position)
    for words, positions in found.items():
        yield personal_communication.finding(
            f"“{words}”{times(len(positions))} is a personal communication, which no list holds and no source can confirm",
            span=spans[positions[0]],
            confidence=0.9,
        )

"""LC509 abbreviation-undefined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bib.folding import fold
from litcheck.citations.model import Citation
from litcheck.citations.wordlists import words_of
from litcheck.findings import Finding, Severity
from litcheck.rules.citing import entry_of, parsed, quoted, same_problem, times
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule

_ABBREVIATION = re.compile(r"[A-Z][A-Za-z&-]{0,8}[A-Z]")
#: How far the full name may stand from its abbreviation, and by how many words: "Organization (in what follows the WHO)".
_NEAR = 60
_MOST_BETWEEN = 4
_WORD = re.compile(r"[^\W\d_](?:[\w-]*\w)?")
#: What joins a name and its abbreviation, unless a sentence ends there.
_JOINT = re.compile(r"[(\[,:=–—“\"\t]|\bor\b|\bo\b|\bou\b|\boder\b")
_NAME_AFTER = re.compile(r"[\s*_”\"]{0,3}[(\[:=,–—\t-]{1,2}\s{0,2}(?:[Tt]he\s)?([^\W\d_](?:[\w-]*\w)?)")


@rule("LC509", "abbreviation-undefined", Severity.INFO, Needs.DOCUMENT)
def abbreviation_undefined(case: Case) -> Iterator[Finding]:
    """An organisation is cited by an abbreviation that was never introduced.

    What it means: the citation names the entry by its abbreviation, the entry begins with the full name, and nowhere in the text
    does the abbreviation stand beside it or alone in brackets.

    Why: a reader who looks for the abbreviation in the list does not find it.

    Example: the text cites NASW (2021), the list has National Association of Social Workers.

    What to do: give the full name with the abbreviation in brackets at the first citation.
    """
    text = ""
    for citation, indices in same_problem(case, lambda c: _is_abbreviated(case, c)):
        # Only the text can introduce it, and it is long to copy.
        text = text or _without_lists(case)
        abbreviation, entry = _abbreviation(citation), citation.references[0]
        # Of "WHO-UNICEF" each may be introduced by itself.
        if all(_is_introduced(text, part, _names(case, entry)) for part in abbreviation.split("-")):
            continue
        yield abbreviation_undefined.finding(
            f"the text cites {quoted(citation)}{times(len(indices))} without having introduced “{abbreviation}”; the entry is "
            f"{entry_of(case, entry)}",
            references=citation.references[:1],
            citations=indices,
            span=citation.span,
            confidence=0.8,
        )


def _abbreviation(citation: Citation) -> str:
    """The only author of a citation, without the possessive."""
    return re.sub(r"['’]s?\Z", "", citation.authors[0])


def _is_abbreviated(case: Case, citation: Citation) -> bool:
    """Whether the citation has an abbreviation where the entry has only the name in full."""
    if len(citation.authors) != 1 or len(citation.references) != 1:
        return False
    abbreviation = _abbreviation(citation)
    reference = parsed(case, citation.references[0])
    if reference is None or not _ABBREVIATION.fullmatch(abbreviation):
        return False
    names = _names(case, reference.id)
    year = reference.raw.find(str(reference.year)) if reference.year else -1
    printed = " ".join([*names, reference.raw[: max(0, year)]]).lower()
    return bool(names) and not all(part in printed for part in abbreviation.lower().split("-"))


def _names(case: Case, entry_id: str) -> list[str]:
    reference = parsed(case, entry_id)
    return [name.full_family for name in reference.authors or reference.editors] if reference else []


def _without_lists(case: Case) -> str:
    pieces, at = [], 0
    for section in sorted(case.sections, key=lambda one: one.span):
        pieces.append(case.document.text[at : section.span.start])
        at = max(at, section.span.end)
    return "\n\n".join([*pieces, case.document.text[at:]])


def _is_introduced(text: str, abbreviation: str, names: Sequence[str]) -> bool:
    """Whether the abbreviation stands alone in brackets, after "hereafter" or the like, or beside the full name.

    "(WHO, 2020)" by itself cites, and introduces nothing. Reads the whole text, so it is asked once a problem.
    """
    if any(f"{left}{abbreviation}{right}" in text for left, right in ("()", "[]")):
        return True
    written = [words for name in names if (words := [word for word in map(fold, _WORD.findall(name)) if word != "the"])]
    first, last = {words[0] for words in written}, {words[-1] for words in written}
    for found in re.finditer(rf"(?<![\w-]){re.escape(abbreviation)}(?![\w-])", text):
        before = text[max(0, found.start() - _NEAR) : found.start()]
        near = list(_WORD.finditer(before))[-_MOST_BETWEEN:]
        if near and near[-1].group().lower() in words_of("hereafter"):
            return True
        for word in near:
            between = before[word.end() :]
            if fold(word.group()) in last and _JOINT.search(between) and not re.search(r"[.!?)\]]", between):
                return True
        after = _NAME_AFTER.match(text, found.end())
        if after and fold(after[1]) in first:
            return True
    return False

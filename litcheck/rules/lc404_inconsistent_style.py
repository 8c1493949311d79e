"""LC404 inconsistent-style."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from bib.folding import fold
from bib.model import Reference
from litcheck.findings import Finding, Severity
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule

#: From so many entries on that show a trait, and this share of them alike, the trait is the list's own.
FEWEST_ENTRIES = 5
MOST_ALIKE = 0.7
#: How sure the parser must be of the pieces that show a trait.
SURE = 0.8

#: What stands before a DOI, and how its form is called. The first that fits.
_DOI_FORMS = (
    (re.compile(r"https?://dx\.doi\.org/\Z", re.IGNORECASE), "as http://dx.doi.org/…"),
    (re.compile(r"(?:https?://)?(?:www\.)?doi\.org/\Z", re.IGNORECASE), "as https://doi.org/…"),
    (re.compile(r"(?<![^\W\d_])doi\s?[:.]?\s?\Z", re.IGNORECASE), "as doi:…"),
    (re.compile(r"(?:\A|[\s(\[.,;])\Z"), "without doi: or https://doi.org/"),
)
#: A family name as lists print it, for names in Latin letters. What has three words and no particle is rather an organisation.
_FAMILY = r"(?P<family>[A-Z][^\W\d_]+(?:['’-][A-Z][^\W\d_]+)*(?:\s[A-Z][^\W\d_]+(?:['’-][A-Z][^\W\d_]+)*)?)"
#: The first author's name, and how its form is called. The first that fits: "Lee AB, Roy C" holds a comma too, and in
#: "Lee III, A. B." no initials stand before it.
_NAME_FORMS = (
    (re.compile(r"\s?(?:[A-Z]\.[\s-]?){1,4}\s?[A-Z][^\W\d_]+"), "initials first (A. B. Lee)"),
    (re.compile(rf"\s?{_FAMILY}\s[A-Z]{{1,4}}(?=[,.;]|\Z)(?!,\s?[A-Z]\.)"), "the family name first without a comma (Lee AB)"),
    (re.compile(rf"\s?{_FAMILY},\s(?:[A-Z]\.|[A-Z][^\W\d_]+)"), "the family name first and a comma (Lee, A. B.)"),
)


@rule("LC404", "inconsistent-style", Severity.INFO, Needs.DOCUMENT)
def inconsistent_style(case: Case) -> Iterator[Finding]:
    """The list mixes forms of DOI, of authors' names, or places of the year.

    What it means: most entries write DOIs, the first author's name, or the year's place in one way, and some in another. Names
    and years are compared among journal articles only, where the parser is sure of them. Bibliography files are not judged: the
    style that prints them decides.

    Why: journals ask for one style, and entries in another one were pasted from elsewhere, often unchecked.

    Example: twenty DOIs as https://doi.org/… and two as doi:….

    What to do: write the entries named in the form of the others.
    """
    if case.document.entries is not None:
        return
    references = [assessment.reference for assessment in case.assessments]
    articles = [reference for reference in references if reference.type == "article-journal"]
    yield from _mixed(references, _doi_form, "DOIs are written")
    yield from _mixed(articles, _name_form, "first authors are written with")
    yield from _mixed(articles, _year_place, "years stand")


def _mixed(references: Sequence[Reference], form_of: Callable[[Reference], str], what: str) -> Iterator[Finding]:
    """One finding about the entries whose form is not that of most."""
    forms = [(reference, form) for reference in references if (form := form_of(reference))]
    counts = Counter(form for _, form in forms)
    if len(counts) < 2 or len(forms) < FEWEST_ENTRIES:
        return
    usual, count = counts.most_common(1)[0]
    if count < MOST_ALIKE * len(forms):
        return
    others = [reference for reference, form in forms if form != usual]
    told = " and ".join(f"{number} {form}" for form, number in counts.most_common()[1:])
    yield inconsistent_style.finding(
        f"{count} of {len(forms)} {what} {usual}, {told}: entr{'y' if len(others) == 1 else 'ies'}"
        f" {', '.join(reference.id for reference in others)}",
        references=tuple(reference.id for reference in others),
        span=others[0].span,
        confidence=0.8,
    )


def _doi_form(reference: Reference) -> str:
    at = reference.raw.lower().find(reference.doi_printed.lower()) if reference.doi_printed else -1
    begins = reference.doi_printed.find("10.")
    if at < 0 or begins < 0:
        return ""
    printed = reference.raw[: at + begins]
    return next((form for pattern, form in _DOI_FORMS if pattern.search(printed)), "")


def _name_form(reference: Reference) -> str:
    author = next((segment for segment in reference.segments if segment.label == "author"), None)
    if author is None or author.confidence < SURE or not reference.authors or reference.authors[0].is_organisation:
        return ""
    found, form = next(((found, form) for pattern, form in _NAME_FORMS if (found := pattern.match(author.text))), (None, ""))
    family = found.groupdict().get("family") if found else None
    # Of "VAN DIJK, T." the second word would be initials.
    return form if family is None or fold(family) == fold(reference.authors[0].full_family) else ""


def _year_place(reference: Reference) -> str:
    places = {segment.label: segment for segment in reversed(reference.segments)}
    title, date, container = places.get("title"), places.get("date"), places.get("container")
    if title is None or date is None or container is None or min(title.confidence, date.confidence) < SURE:
        return ""
    if date.start < title.start:
        return "before the title"
    return "after the title" if date.start > container.start else ""

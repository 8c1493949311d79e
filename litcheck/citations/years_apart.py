"""Years that stand apart from their authors: "a 2024 review by Lee et al.", "Lee holds that rooms matter (2020, p. 4)"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence, Set

from bib.model import Span
from litcheck.citations.authors import AuthorRun, phrase_end
from litcheck.citations.linking import MOST_NAMES, CitedName, Fit, Linked, author_year_citation, cited_name, link
from litcheck.citations.model import Citation, Link
from litcheck.citations.targets import Targets, compact
from litcheck.citations.tokens import Kind, Token
from litcheck.citations.wordlists import words_of
from litcheck.citations.years import CitedYear, is_year, read_years

#: How many words may stand between the year and the authors in "a 2024 … by Lee et al.".
MOST_WORDS_BETWEEN = 8
#: How many tokens before a bracket with a bare year its authors are looked for, and how many rows of names among them.
FARTHEST_AUTHORS = 90
MOST_ROWS_BACK = 8
#: How many tokens before or after names a year of their sentence is looked for.
FARTHEST_IN_SENTENCE = 40
#: What may stand before a sentence's full stop without ending it.
_LONGEST_SHORTENED = 2


class ApartFinder:
    """Finds the citations of one document whose year stands apart from the names."""

    def __init__(self, text: str, tokens: Sequence[Token], targets: Targets, runs: Sequence[AuthorRun]) -> None:
        self._text = text
        self._tokens = tokens
        self._targets = targets
        self._runs = runs
        self._starts = [run.first for run in runs]

    def year_before(self, position: int, anchored: frozenset[int]) -> Iterator[Citation]:
        """ "A 2024 review by Lee et al.", "In a 2024 systematic review, Lee and colleagues". ``anchored``: runs with a year."""
        tokens = self._tokens
        noun = False
        here = position + 1
        run: AuthorRun | None = None
        while here < len(tokens) and here - position <= MOST_WORDS_BETWEEN:
            token = tokens[here]
            if token.kind is Kind.BREAK or token.text in (".", ";", "(", ")", ":"):
                return
            run = self._run_at(here) if noun else None
            if run is not None:
                break
            if token.kind is Kind.WORD and token.text.islower() and _is_study(token.text):
                noun = True
            here += 1
        if run is None or run.first in anchored or tokens[here - 1].text.lower() not in words_of("study_links"):
            return
        year = read_years(tokens, position, bracketed=False)[0][0]
        names = self._names(run)
        linked = link(names, run.et_al, year, self._targets)
        for count in range(len(names) - 1, 0, -1):
            if linked.fit > Fit.FAR_YEAR or run.et_al:
                break
            linked = link(names[:count], False, year, self._targets)
        if linked.fit <= Fit.OTHER_AUTHORS and not run.et_al:
            return
        yield self._citation(year.start, tokens[run.end - 1].end, names, run.et_al, year, linked)

    def year_after(self, bracket: int, anchored: frozenset[int]) -> Iterator[Citation]:
        """A bracket that holds a bare year, its authors named before in the sentence; only what one entry fits is linked."""
        tokens = self._tokens
        years, after = read_years(tokens, bracket + 1, bracketed=True)
        if not years or after >= len(tokens) or tokens[after].text not in (")", "]", ",", ":", ";"):
            return
        has_locator = tokens[after].text == ":" or (
            tokens[after].text == "," and after + 1 < len(tokens) and tokens[after + 1].text.lower() in words_of("locator_words")
        )
        if not has_locator and tokens[after].text not in (")", "]"):
            return
        before = tokens[bracket - 1]
        quoted = before.text in ("”", '"', "’", "»", "“")
        if not (quoted or has_locator or (before.kind is Kind.WORD and before.text.islower())):
            # "… in Spain (2020)" is a date.
            return
        first = bisect_left(self._starts, bracket)
        for run in reversed(self._runs[max(0, first - MOST_ROWS_BACK) : first]):
            if bracket - run.end > FARTHEST_AUTHORS or self._is_parted(run.end, bracket, quoted=quoted or has_locator):
                return
            if run.first in anchored and not quoted and not has_locator:
                continue
            for count in range(len(run.units)):
                names = self._names(run)[count:]
                linked = [link(names, run.et_al, year, self._targets) for year in years]
                fits = all(one.link is Link.EXACT and (one.fit is Fit.GOOD or quoted or has_locator) for one in linked)
                if (
                    fits
                    and compact(names[0].text.removesuffix("'s").removesuffix("’s").removesuffix("’")) in self._targets.families
                ):
                    for year, one in zip(years, linked, strict=True):
                        closing = self._text[year.end : year.end + 1] in (")", "]")
                        yield self._citation(year.start, year.end + closing, names, run.et_al, year, one)
                    return

    def years_in_sentence(self, used: Container[int], named: Set[str]) -> Iterator[Citation]:
        """Years anywhere in the sentence of their authors: "In 2023, Lee and Roy showed", "Lee and Roy, in their 2023 study".

        Only for entries that are not ``named`` yet, and where the names are all authors of the one that the year fits.
        ``used`` are the places of the years that belong to other citations.
        """
        told: set[str] = set()
        for run in self._runs:
            names = self._names(run)
            open_ = {target.id for spelling in names[0].spellings() for target in self._targets.by_first.get(spelling, ())} - (
                named | told
            )
            for position in self._years_around(run) if open_ and not self._told_in_person(run) else ():
                if self._tokens[position].start in used:
                    continue
                year = read_years(self._tokens, position, bracketed=False)[0][0]
                linked = link(names, run.et_al, year, self._targets)
                if linked.link is Link.EXACT and linked.fit is Fit.GOOD and linked.references[0] in open_:
                    told.add(linked.references[0])
                    start, end = self._tokens[run.first].start, self._tokens[run.end - 1].end
                    yield self._citation(min(start, year.start), max(end, year.end), names, run.et_al, year, linked)
                    break

    def _told_in_person(self, run: AuthorRun) -> bool:
        """Whether "personal communication" or the like follows the names."""
        return any(phrase_end(self._tokens, run.end + n, "personal_communication") > run.end + n for n in (0, 1))

    def _years_around(self, run: AuthorRun) -> Iterator[int]:
        """The years of the sentence that names stand in, those after them first."""
        for position in range(run.end, min(run.end + FARTHEST_IN_SENTENCE, len(self._tokens))):
            if self._ends_sentence(position):
                break
            if self._may_cite(position):
                yield position
        for position in range(run.first - 1, max(-1, run.first - FARTHEST_IN_SENTENCE), -1):
            if self._ends_sentence(position):
                break
            if self._may_cite(position):
                yield position

    def _may_cite(self, position: int) -> bool:
        """Whether a token is a year, and not the number of a law ("1924/2006")."""
        after = self._tokens[position + 1].text if position + 1 < len(self._tokens) else ""
        return is_year(self._tokens, position) and after != "/"

    def _ends_sentence(self, position: int) -> bool:
        token = self._tokens[position]
        if token.kind is Kind.BREAK:
            return True
        return token.text in (".", "!", "?") and position > 0 and len(self._tokens[position - 1].text) > _LONGEST_SHORTENED

    def _is_parted(self, start: int, end: int, *, quoted: bool) -> bool:
        """Whether a sentence ends between two tokens; inside a quotation sentences do not count."""
        for position in range(start, end):
            if self._ends_sentence(position) and (not quoted or self._tokens[position].kind is Kind.BREAK):
                return True
        return False

    def _run_at(self, position: int) -> AuthorRun | None:
        nth = bisect_left(self._starts, position)
        return self._runs[nth] if nth < len(self._runs) and self._starts[nth] == position else None

    def _names(self, run: AuthorRun) -> list[CitedName]:
        return [
            cited_name(self._text[self._tokens[unit.first].start : self._tokens[unit.end - 1].end])
            for unit in run.units[:MOST_NAMES]
        ]

    def _citation(
        self, start: int, end: int, names: Sequence[CitedName], et_al: bool, year: CitedYear, linked: Linked
    ) -> Citation:
        authors = [name.text for name in names]
        return author_year_citation(self._text, Span(start, end), "narrative", authors, year, linked, et_al=et_al)


def _is_study(word: str) -> bool:
    lower = word.lower()
    return lower in words_of("study_nouns") or lower.rpartition("-")[2] in words_of("study_nouns")

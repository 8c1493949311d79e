"""Citations by author and year: "(Lee & Roy, 2020)", "Lee et al. (2020a, b)", "a 2024 review by Lee and colleagues"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bib.model import Span
from litcheck.citations.anchors import CLOSING, AnchorFinder, YearAnchor
from litcheck.citations.authors import AuthorRun, NameUnit, find_author_runs, phrase_end
from litcheck.citations.linking import (
    MOST_NAMES,
    CitedName,
    Fit,
    Linked,
    author_year_citation,
    cited_name,
    link,
    link_organisation,
)
from litcheck.citations.model import Citation, Link
from litcheck.citations.organisations import OrganisationFinder
from litcheck.citations.targets import Target, Targets, compact
from litcheck.citations.tokens import Kind, Token
from litcheck.citations.unlisted import is_no_author, is_plausible, is_reference, is_species_authority
from litcheck.citations.wordlists import month_names
from litcheck.citations.years import is_year, read_years
from litcheck.citations.years_apart import ApartFinder

#: How many letters the article of a title in capitals has at most.
LONGEST_ARTICLE = 3

#: How many marks may stand between an organisation and its year.
MOST_BETWEEN = 3

#: Two names joined by "and".
_PAIR = 2
#: What stands before the first author in brackets, and in prose.
OPENING = frozenset(("(", "[", ";", "see", "also", "cf"))
OPENING_IN_PROSE = frozenset(("as", "by", "that"))


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read the names before a year: from which token, and what they link to."""

    start: int
    names: tuple[str, ...]
    linked: tuple[Linked, ...]


class AuthorYearFinder:
    """Finds and links the author-year citations of one document."""

    def __init__(self, text: str, tokens: Sequence[Token], targets: Targets) -> None:
        self._text = text
        self._tokens = tokens
        self._targets = targets
        self._organisations = OrganisationFinder(tokens, targets)
        self._anchors = AnchorFinder(tokens, targets, self._organisations)
        self._runs = list(find_author_runs(tokens, targets.words))
        self._used_years: set[int] = set()
        #: Names and years in prose that no entry has and that may be anything: "Monday (2020)".
        self._doubtful: list[tuple[_Reading, YearAnchor]] = []

    def citations(self) -> list[Citation]:
        """All citations, in no order."""
        found: list[Citation] = []
        anchored: set[int] = set()
        for run in map(self._without_month, self._runs):
            anchor = self._anchors.after(run)
            if anchor is not None:
                anchored.add(run.first)
                found += self._cite(run, anchor)
        apart = ApartFinder(self._text, self._tokens, self._targets, self._runs)
        bare = frozenset(anchored)
        for position in [place for place, token in enumerate(self._tokens) if token.kind is Kind.NUMBER]:
            if is_year(self._tokens, position) and self._tokens[position].start not in self._used_years:
                more = list(self._organisation_year(position)) or list(apart.year_before(position, bare))
                if not more and position and self._tokens[position - 1].text in CLOSING:
                    more = list(apart.year_after(position - 1, bare))
                if more:
                    found += more
                    self._used_years.update(citation.span.start for citation in more)
        found += self._confirmed(found)
        named = {entry for citation in found for entry in (*citation.references, *citation.candidates)}
        return found + list(apart.years_in_sentence(self._used_years, named))

    def _confirmed(self, found: Sequence[Citation]) -> Iterator[Citation]:
        """What the text cites in brackets elsewhere, and the list does not have: "Kohut (1977)" beside "(Kohut, 1977)"."""
        missing = {(citation.authors, citation.year) for citation in found if citation.link is Link.MISSING}
        for reading, anchor in self._doubtful if missing else ():
            for citation in self._make(reading, anchor, False):
                if (citation.authors, citation.year) in missing:
                    yield citation

    def _organisation_year(self, position: int) -> Iterator[Citation]:
        """A year after an organisation whose name ends in no name: "Million Women Study collaborators et al., 2011"."""
        tokens = self._tokens
        bracketed = self._anchors.is_bracketed(position)
        end = position
        while end and position - end < MOST_BETWEEN and tokens[end - 1].text in (",", "(", "[", "."):
            end -= 1
        if not end or tokens[end - 1].kind is not Kind.WORD:
            return
        et_al = end >= 2 and phrase_end(tokens, end - 2, "et_al") in (end, end + 1)
        if et_al:
            end -= 2
            if not end or tokens[end - 1].kind is not Kind.WORD:
                return
        if end == position and not bracketed:
            return
        found = self._organisations.before(end)
        if found is None or found[0] == end - 1:
            return
        years, after = read_years(tokens, position, bracketed=True)
        linked = tuple(link_organisation(found[1], year) for year in years)
        if not years or any(one.link is not Link.EXACT for one in linked):
            return
        name = self._text[tokens[found[0]].start : tokens[end - 1].end]
        in_own = tokens[position - 1].text in CLOSING
        anchor = YearAnchor(tuple(years), after, "narrative" if in_own or not bracketed else "parenthetical", bracketed)
        yield from self._make(_Reading(found[0], (name,), linked), anchor, et_al)

    def _without_month(self, run: AuthorRun) -> AuthorRun:
        """A row of names without the month that stands before the year: "(Lee, March 2020)"."""
        last = run.units[-1]
        if (
            len(run.units) > 1
            and last.joined == ","
            and last.end == last.first + 1
            and self._is_month(last.first)
            and not run.et_al
        ):
            return AuthorRun(run.units[:-1], False, run.units[-2].end)
        return run

    # Which names are meant, and which entry.

    def _cite(self, run: AuthorRun, anchor: YearAnchor) -> Iterator[Citation]:
        # "World Health Organization (WHO, 2020)" is read once, from the full name.
        if self._is_date(run) or anchor.years[0].start in self._used_years:
            return
        reading = self._read_organisation(run, anchor) or self._read_names(run, anchor)
        if reading is None or (not anchor.in_brackets and is_reference(self._tokens, run)):
            return
        yield from self._make(reading, anchor, run.et_al)

    def _is_date(self, run: AuthorRun) -> bool:
        """Whether a month stands right before the year: "in May 2013", also where somebody is called May."""
        last = self._tokens[run.end - 1].text.lower()
        return not run.et_al and last in month_names() and self._tokens[run.end].kind is Kind.NUMBER

    def _make(self, reading: _Reading, anchor: YearAnchor, et_al: bool) -> Iterator[Citation]:
        start = self._tokens[reading.start].start
        for nth, (year, linked) in enumerate(zip(anchor.years, reading.linked, strict=True)):
            self._used_years.update(range(year.start, year.end))
            span = Span(start if nth == 0 else year.start, self._with_bracket(year.end, anchor))
            yield author_year_citation(self._text, span, anchor.form, reading.names, year, linked, et_al=et_al)

    def _with_bracket(self, end: int, anchor: YearAnchor) -> int:
        """The end of a narrative citation takes its closing bracket along."""
        closing = anchor.form == "narrative" and anchor.in_brackets and self._text[end : end + 1] in (")", "]", "）", "］")
        return end + 1 if closing else end

    def _read_organisation(self, run: AuthorRun, anchor: YearAnchor) -> _Reading | None:
        if run.et_al:
            return None
        last = run.units[-1].end - 1
        here = self._organisations
        found = here.before(last + 1)
        candidates: Sequence[Target] = ()
        start = run.units[-1].first
        if found is not None:
            start, candidates = found
        elif run.units[-1].end - start <= 2:
            if here.is_abbreviation(last) or here.is_like_name(last):
                start, candidates = here.abbreviated(last)
            if (
                not candidates
                and (start := run.units[-1].first) < last
                and here.is_abbreviation(start)
                and not self._tokens[last].text.isalpha()
            ):
                # A document of the organisation stands between: "(CLSI M38-A2, 2008)".
                candidates = here.by_abbreviation(self._tokens[start].text)
        if not candidates and anchor.abbreviation is not None:
            candidates = here.by_abbreviation(self._tokens[anchor.abbreviation].text)
            start = run.first
        if not candidates:
            start = run.first
            candidates = here.named_in_full(self._text[self._tokens[start].start : self._tokens[last].end])
        if not candidates:
            return None
        linked = tuple(link_organisation(candidates, year) for year in anchor.years)
        if all(one.link is Link.YEAR_DIFFERS for one in linked) and found is None:
            # Two organisations of the list may have one abbreviation, and the text introduce it for one of them.
            others = self._targets.by_acronym.get(compact(self._tokens[last].text), ())
            again = tuple(link_organisation(others, year) for year in anchor.years)
            linked = again if all(one.link is Link.EXACT for one in again) else linked
        if all(one.link is Link.YEAR_DIFFERS for one in linked) and found is None and anchor.abbreviation is None:
            # An abbreviation with another year may be anything.
            names = [cited_name(self._tokens[last].text)]
            by_name = tuple(link(names, False, year, self._targets) for year in anchor.years)
            if any(one.fits_entry for one in by_name) or not here.is_abbreviation(last):
                return None
        name = self._text[self._tokens[start].start : self._tokens[last].end]
        return _Reading(start, (name,), linked)

    def _read_names(self, run: AuthorRun, anchor: YearAnchor) -> _Reading | None:
        units = run.units[-MOST_NAMES:]
        if len(units) > 1 and self._is_month(units[0].first):
            # What the sentence opens with: "In June, Smith and Carter (2011)".
            units = units[1:]
        names = [self._name(unit.first, unit.end) for unit in units]
        article = self._article_before(units[0].first)
        if article is not None and len(units) == 1:
            linked = tuple(link([article], False, year, self._targets) for year in anchor.years)
            if all(one.fit >= Fit.LOOSE for one in linked):
                return _Reading(units[0].first - 1, (article.text,), linked)
        best: _Reading | None = None
        rank: tuple[int, int] = (-1, 0)
        for first in range(len(units)):
            if first and self._are_its_authors(units, first, anchor):
                continue
            linked = tuple(link(names[first:], run.et_al, year, self._targets) for year in anchor.years)
            fit = max(one.fit for one in linked)
            if (fit, -first) > rank and (fit > Fit.NONE or best is None):
                rank = (fit, -first)
                best = self._reading(units[first].first, names[first:], linked)
        if (best is None or rank[0] == Fit.NONE) and self._is_second_of_clauses(units):
            # "… in Santo André, and Mantovani (1998) says": the first is no author of the second's work.
            linked = tuple(link(names[-1:], run.et_al, year, self._targets) for year in anchor.years)
            if max(one.fit for one in linked) is Fit.GOOD:
                best = self._reading(units[-1].first, names[-1:], linked)
        if best is None or any(one.fits_entry for one in best.linked):
            return best
        if anchor.years[0].status == "unpublished" or is_species_authority(self._tokens, run, anchor):
            return None
        if any(one.fit > Fit.FAR_YEAR for one in best.linked):
            return best
        if is_plausible(self._tokens, run, names, anchor):
            return best
        if anchor.form == "narrative" and anchor.in_brackets:
            self._doubtful.append((best, anchor))
        return None

    def _are_its_authors(self, units: Sequence[NameUnit], first: int, anchor: YearAnchor) -> bool:
        """Whether the names before the unit ``first`` are authors of the same work.

        They are when "and" joins them to it, or an "and" follows and they stand where a citation begins. "(Bio-Rad, Bradford
        1976)" and "in Boston, Brown and Vale (2012)" have other things before the authors.
        """
        if any(is_no_author(self._name(unit.first, unit.end)) for unit in units[:first]):
            return False
        if units[first].joined == "&":
            return True
        if units[first].joined == ";" or units[-1].joined != "&" or len(units) - first < _PAIR:
            return False
        start = units[0].first
        before = self._tokens[start - 1].text.lower() if start else ""
        if anchor.form == "parenthetical":
            return before in OPENING
        return before in OPENING_IN_PROSE or self._is_sentence_start(start)

    def _article_before(self, position: int) -> CitedName | None:
        """The first words of a title in capitals, as ABNT cites what has no author: "(A HORAS…, 2018)", "(LA DAIA..., 2018)"."""
        if position < 2 or self._tokens[position - 2].text not in ("(", "[", ";"):
            return None
        article, word = self._tokens[position - 1], self._tokens[position]
        if article.kind is not Kind.WORD or len(article.text) > LONGEST_ARTICLE or not (article.text + word.text).isupper():
            return None
        return CitedName(self._text[article.start : word.end], (compact(article.text), compact(word.text)))

    def _is_second_of_clauses(self, units: Sequence[NameUnit]) -> bool:
        """Whether two names are joined as clauses are, by a comma and "and", and the first is nobody of the list."""
        if len(units) != 2 or units[1].joined != "&" or self._tokens[units[0].end].text != ",":
            return False
        return not any(key in self._targets.families for key in self._name(units[0].first, units[0].end).spellings())

    def _reading(self, start: int, names: Sequence[CitedName], linked: tuple[Linked, ...]) -> _Reading:
        """The reading with words before the first author's family name left out."""
        texts = [name.text for name in names]
        if any(one.fit > Fit.NONE for one in linked):
            kept, text = self._trimmed(start, names[0])
            return _Reading(kept, (text, *texts[1:]), linked)
        return _Reading(start, tuple(texts), linked)

    def _trimmed(self, start: int, name: CitedName) -> tuple[int, str]:
        """Where the family name begins that the list knows, when words stand before it that are no part of it."""
        position = start
        words = list(name.words)
        end = self._tokens[start].start + len(name.text)
        for skipped, spelling in enumerate(name.spellings()):
            if spelling in self._targets.by_first:
                while skipped > 0 and self._tokens[position].end < end:
                    token = self._tokens[position]
                    if token.kind is Kind.WORD and words and words[0] == compact(token.text):
                        words.pop(0)
                        skipped -= 1
                    position += 1
                break
        while self._tokens[position].kind is not Kind.WORD and self._tokens[position].end < end:
            # The full stop of "Dr. Lee".
            position += 1
        return position, self._text[self._tokens[position].start : end]

    def _name(self, first: int, end: int) -> CitedName:
        return cited_name(self._text[self._tokens[first].start : self._tokens[end - 1].end])

    def _is_month(self, position: int) -> bool:
        word = self._tokens[position].text.lower()
        return word in month_names() and word not in self._targets.words

    def _is_sentence_start(self, position: int) -> bool:
        return (
            position == 0 or self._tokens[position - 1].text in (".", "!", "?") or self._tokens[position - 1].kind is Kind.BREAK
        )

"""Which entry an author-year citation names: authors in order, their number against "et al.", and the year with its letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz.distance import OSA

from bib.folding import fold
from bib.model import Span
from litcheck.citations.authors import is_initial
from litcheck.citations.model import Citation, Form, Link
from litcheck.citations.targets import AuthorKeys, Target, Targets, compact, without_possessive
from litcheck.citations.years import CitedYear

#: How many names before the year are tried as the first author; linked citations of the 170 shared manuscripts name
#: five at most.
MOST_NAMES = 12
#: Names of fewer letters than this are never taken for a misspelling of another: "Wang" is not "Yang".
SHORTEST_MISSPELLED = 5
#: From this length on two letters may differ.
LONG_NAME = 8
#: An "et al." or a lone name with a year farther off than this is taken for another work, not for a slip. A judgement: in the
#: lists of the shared manuscripts 82 % of the works of one first author follow each other within five years.
NEAR_YEARS = 5


#: More authors than this are cited in the order of the entry.
MOST_REORDERED = 4

_WITHOUT_BLANKS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{1,40}")


class Fit(IntEnum):
    """How well names and year fit an entry, worst first."""

    NONE = 0
    FAR_YEAR = 1
    OTHER_AUTHORS = 2
    YEAR_DIFFERS = 3
    MISSPELLED = 4
    TOO_FEW_FOR_ET_AL = 5
    LOOSE = 6
    """Fewer authors than the entry has and no "et al.", or "et al." for two."""
    REORDERED = 7
    """The authors of the entry, all of them, in another order."""
    GOOD = 8


@dataclass(frozen=True, slots=True)
class CitedName:
    """One name as the text has it: the text, and its words folded without initials and particles."""

    text: str
    words: tuple[str, ...]
    initials: str = ""

    def spellings(self) -> Iterator[str]:
        """What of the text may be the family name, most first: all of it, then what is left without words at its beginning."""
        for start in range(len(self.words)):
            yield "".join(self.words[start:])


@dataclass(frozen=True, slots=True)
class Linked:
    """What a citation was linked to."""

    link: Link
    references: tuple[str, ...] = ()
    nearest: str | None = None
    fit: Fit = Fit.NONE
    candidates: tuple[str, ...] = ()

    @property
    def fits_entry(self) -> bool:
        """Whether an entry fits, or several do."""
        return bool(self.references or self.candidates)


def author_year_citation(
    text: str, span: Span, form: Form, authors: Sequence[str], year: CitedYear, linked: Linked, *, et_al: bool
) -> Citation:
    """A citation of one year, at a place of the text, with what it was linked to."""
    return Citation(
        span=span,
        text=span.of(text),
        form=form,
        authors=tuple(map(without_possessive, authors)),
        et_al=et_al,
        year=year.year,
        suffix=year.suffix,
        references=linked.references,
        candidates=linked.candidates,
        link=linked.link,
        nearest=linked.nearest,
    )


def cited_name(text: str) -> CitedName:
    """A name of the text made ready for comparison."""
    if _WITHOUT_BLANKS.fullmatch(text):
        # No blank shows where the name begins, so any of its last characters may be it.
        return CitedName(text, tuple(fold(character).replace(" ", "") for character in text))
    words: list[str] = []
    given: list[str] = []
    for word in text.replace(".", " ").replace(",", " ").split():
        bare = word[:-2] if word.endswith(("'s", "’s")) else word
        if is_initial(bare) and len(text) > len(bare) + 2:
            given.append(bare[0].lower())
        else:
            if bare.lower() in ("jr", "sr") and words:
                continue
            # A double name stays one word, so that half of it is never taken for all.
            words += filter(None, [fold(bare).replace(" ", "")])
    if not words:
        words, given = list(filter(None, [fold(text).replace(" ", "")])), []
    return CitedName(text, tuple(words), "".join(given))


def link(names: Sequence[CitedName], et_al: bool, year: CitedYear, targets: Targets) -> Linked:
    """The entry that names and year fit best."""
    best, fitting = Fit.NONE, list[Target]()
    for target in _candidates(names[0], targets):
        fit = _fit(names, et_al, year, target)
        if fit > best:
            best, fitting = fit, [target]
        elif fit == best and fit is not Fit.NONE:
            fitting.append(target)
    if best < Fit.LOOSE:
        reordered = _reordered(names, et_al, year, targets)
        misspelled = [] if reordered else _misspelled(names, et_al, year, targets)
        if reordered:
            best, fitting = Fit.REORDERED, reordered
        elif misspelled and best < Fit.MISSPELLED:
            best, fitting = Fit.MISSPELLED, misspelled
    return _resolve(best, _with_initials(names[0], _with_whole_name(names[0], fitting)), year)


def link_organisation(candidates: Sequence[Target], year: CitedYear) -> Linked:
    """The entry among those of one organisation whose year is the one cited."""
    fitting = [target for target in candidates if _year_fits(year, target)]
    if fitting:
        return _resolve(Fit.GOOD, fitting, year)
    return _resolve(Fit.YEAR_DIFFERS, list(candidates), year) if candidates else Linked(Link.MISSING)


def _candidates(name: CitedName, targets: Targets) -> list[Target]:
    seen: dict[str, Target] = {}
    for spelling in name.spellings():
        for target in targets.by_first.get(spelling, ()):
            seen.setdefault(target.id, target)
        if seen:
            break
    else:
        # The given name or a department may follow.
        for target in targets.by_first.get(name.words[0], ()) if name.words else ():
            if all(_belongs(word, target) for word in name.words[1:]):
                seen.setdefault(target.id, target)
    return list(seen.values())


def _belongs(word: str, target: Target) -> bool:
    """Whether a word stands among the entry's authors, or is the given name of the first."""
    given = target.authors[0].initials if target.authors else ""
    return word in target.zone or (bool(given) and word[:1] == given[:1])


def _fit(names: Sequence[CitedName], et_al: bool, year: CitedYear, target: Target) -> Fit:
    others = all(_is_author(name, target, position) for position, name in enumerate(names[1:], start=1))
    others = others and not _repeats_author(names, target)
    if not _year_fits(year, target):
        if not others or (len(names) > 1 and len(names) > max(target.count, 1) and not target.truncated):
            return Fit.NONE
        if len(names) > 1 or _near(year, target):
            return Fit.YEAR_DIFFERS
        return Fit.FAR_YEAR
    if not others and not (target.organisation and target.count <= 1 and _is_whole(names[0], target)):
        # After an organisation a department of it may be named.
        return Fit.OTHER_AUTHORS
    if et_al:
        if target.count > max(2, len(names)) or target.truncated or target.count == 0:
            return Fit.GOOD
        return Fit.TOO_FEW_FOR_ET_AL if target.count < 2 else Fit.LOOSE
    return Fit.GOOD if len(names) == target.count else Fit.LOOSE


def _is_author(name: CitedName, target: Target, position: int) -> bool:
    for spelling in name.spellings():
        if position < target.count and spelling in target.authors[position].exact:
            return True
    # The fields may have split a name wrongly; the entry's own words count too.
    return bool(name.words) and name.words[-1] in target.zone


def _repeats_author(names: Sequence[CitedName], target: Target) -> bool:
    """Whether more authors are cited than the entry has, and those beyond are among the others again."""
    if target.truncated or not 0 < target.count < len(names):
        return False
    known = {key for author in target.authors for key in author.exact}
    return any(spelling in known for name in names[target.count :] for spelling in name.spellings())


def _is_whole(name: CitedName, target: Target) -> bool:
    return "".join(name.words).removeprefix("the") == "".join(target.organisation)


def _year_fits(year: CitedYear, target: Target) -> bool:
    if year.status:
        return target.status == year.status or not target.years
    if not target.years and not target.status and not year.suffix:
        # An entry without any year is no other work for that.
        return True
    return int(year.year) in target.years or (bool(year.original) and int(year.original) in target.years)


def _near(year: CitedYear, target: Target) -> bool:
    if year.status:
        return True
    if not target.years:
        return True
    return _distance(year, target) <= NEAR_YEARS


def _misspelled(names: Sequence[CitedName], et_al: bool, year: CitedYear, targets: Targets) -> list[Target]:
    """Entries of the year whose authors are those cited but for spelling."""
    if year.status:
        return []
    found = []
    for target in targets.by_year.get(int(year.year), ()):
        if not target.authors or len(names) > target.count or (not et_al and len(names) == 1 and target.count > 1):
            continue
        if not et_al and len(names) != target.count:
            continue
        alike = [_alike(name, author, alone=len(names) == 1) for name, author in zip(names, target.authors, strict=False)]
        if not all(alike):
            continue
        another = len(names) == 1 and any(s in targets.families for s in names[0].spellings())
        if not another or _without_foreign_letters(names[0]) in target.authors[0].exact:
            found.append(target)
    return found


def _reordered(names: Sequence[CitedName], et_al: bool, year: CitedYear, targets: Targets) -> list[Target]:
    """Entries of the year that have all the authors cited, and no others, in another order."""
    if year.status or et_al or not 1 < len(names) <= MOST_REORDERED:
        return []
    return [
        target
        for target in targets.by_year.get(int(year.year), ())
        if target.count == len(names)
        and all(any(spelling in author.exact for author in target.authors for spelling in name.spellings()) for name in names)
        and all(any(spelling in author.exact for name in names for spelling in name.spellings()) for author in target.authors)
    ]


def _without_foreign_letters(name: CitedName) -> str:
    """A name as lists have it that lost the letters beyond ASCII: "Damjanovi"."""
    kept = "".join(letter for letter in name.text if letter.isascii())
    return compact(kept) if kept != name.text else ""


def _alike(name: CitedName, author: AuthorKeys, *, alone: bool) -> bool:
    """Whether a cited name is an author's but for spelling."""
    for spelling in name.spellings():
        if spelling in author.exact or (spelling in author.partial and not alone):
            return True
        if any(_nearly(spelling, key) for key in author.exact | author.partial):
            return True
    return bool(alone and name.words and name.words[-1] in author.partial)


def _nearly(cited: str, listed: str) -> bool:
    shorter = min(len(cited), len(listed))
    if shorter < SHORTEST_MISSPELLED:
        return False
    allowed = 2 if shorter >= LONG_NAME else 1
    return OSA.distance(cited, listed, score_cutoff=allowed) <= allowed


def _with_whole_name(name: CitedName, fitting: list[Target]) -> list[Target]:
    """Of several entries those that have the name as it is cited: "Nunes" before "Valle Nunes"."""
    if len(fitting) < 2:
        return fitting
    for spelling in name.spellings():
        kept = [target for target in fitting if target.authors and spelling in target.authors[0].whole]
        if kept:
            return kept
    return fitting


def _with_initials(name: CitedName, fitting: list[Target]) -> list[Target]:
    """Of several entries those whose first author has the initials that the citation gives."""
    if len(fitting) < 2 or not name.initials:
        return fitting
    kept = [target for target in fitting if target.authors and target.authors[0].initials.startswith(name.initials)]
    return kept or fitting


def _resolve(fit: Fit, fitting: list[Target], year: CitedYear) -> Linked:
    if not fitting:
        return Linked(Link.MISSING)
    if fit in (Fit.FAR_YEAR, Fit.OTHER_AUTHORS, Fit.YEAR_DIFFERS):
        nearest = min(fitting, key=lambda target: (_distance(year, target), target.position))
        return Linked(Link.YEAR_DIFFERS if fit is Fit.YEAR_DIFFERS else Link.MISSING, (), nearest.id, fit)
    chosen = _by_suffix(fitting, year)
    if not chosen:
        return Linked(Link.YEAR_DIFFERS, (), fitting[0].id, Fit.YEAR_DIFFERS)
    if len(chosen) > 1:
        return Linked(Link.AMBIGUOUS, fit=fit, candidates=tuple(target.id for target in chosen))
    return Linked(Link.MISSPELLED if fit in (Fit.MISSPELLED, Fit.REORDERED) else Link.EXACT, (chosen[0].id,), None, fit)


def _distance(year: CitedYear, target: Target) -> int:
    """How far the cited year is from the entry's, a slip of the keyboard (2002 for 2020, 2009 for 2019) counting as one."""
    if year.status or not target.years:
        return 0
    cited = year.year
    return min(1 if _is_slip(cited, str(listed)) else abs(int(cited) - listed) for listed in target.years)


def _is_slip(cited: str, listed: str) -> bool:
    return sum(a != b for a, b in zip(cited, listed, strict=False)) == 1 or sorted(cited) == sorted(listed)


def _by_suffix(fitting: list[Target], year: CitedYear) -> list[Target]:
    """The entries that the letter after the year picks; none when the list has other letters only."""
    if not year.suffix:
        plain = [target for target in fitting if not target.suffix]
        return plain or fitting
    lettered = [target for target in fitting if target.suffix == year.suffix]
    if lettered:
        return lettered
    plain = [target for target in fitting if not target.suffix]
    if len(plain) == len(fitting) > 1:
        # The list has no letters: they go by its order.
        nth = ord(year.suffix) - ord("a")
        return [fitting[nth]] if nth < len(fitting) else fitting
    return plain

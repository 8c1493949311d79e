"""All citation fields of a document: their works under readable ids, the lists that they print, and what that makes of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise, takewhile
from operator import attrgetter

from bib.folding import fold
from bib.formats.entries import unlike
from bib.model import Reference, Span
from bib.sections import ReferenceSection, find_reference_sections
from bib.sections.headings import reference_headings
from bib.sections.looks import bullet_length
from litcheck.documents.fields.content import Cited, Listed
from litcheck.documents.fields.instructions import read_instruction
from litcheck.documents.model import CitationField, CitationFields, CitationKey, Document

#: A paragraph of a bibliography without any digit, address or full stop is an entry only if it is longer than this: "Books".
_LONGEST_HEADING = 60
#: A book has a list to each of its chapters; more lists than this are a file made to keep its readers busy.
_MOST_LISTS = 300


@dataclass(frozen=True, slots=True)
class FoundField:
    """A field as the format holds it: its instruction, the data beside that, and the span of its printed result."""

    instruction: str
    data: tuple[str, ...]
    span: Span


def with_fields(
    document: Document, found: Sequence[FoundField], paragraphs: Sequence[Span], sources: Mapping[str, Reference]
) -> Document:
    """The document with what its fields say. ``paragraphs`` are those of its text; ``sources`` works kept apart, by tag.

    A list that a field prints is a section. Where the text holds no list at all, the works of the fields are the entries, and
    the fields cite them by key.
    """
    works: dict[str, Reference] = {}
    taken: dict[str, int] = {}
    citations: list[CitationField] = []
    lists: list[tuple[Span, Listed]] = []
    lists_unprinted = False
    for field in found:
        span = field.span.trimmed(document.text)
        content = read_instruction(field.instruction, field.data, sources)
        if span.start == span.end:
            # EndNote has citations that print nothing, in order to list their works.
            lists_unprinted = lists_unprinted or isinstance(content, Cited)
        elif isinstance(content, Listed):
            lists.append((span, content))
        elif isinstance(content, Cited):
            for reference in content.references:
                if reference.id not in works:
                    works[reference.id] = replace(reference, id=unlike(_readable_id(reference), taken))
            references = tuple(works[reference.id] for reference in content.references)
            citations.append(CitationField(span=span, references=references))
    if not citations and not lists:
        return document
    lists = _apart(lists)
    in_text = find_reference_sections(document.text) if document.sections is None else document.sections
    printed = {span: entries for span, _ in lists if (entries := _entries(document.text, span, paragraphs, in_text))}
    sections = _sections(document.text, printed, in_text)
    fields = CitationFields(
        citations=tuple(sorted(citations, key=lambda field: field.span)),
        lists=tuple(sorted(printed)),
        all_cited=all(listed.all_cited for _, listed in lists),
        only_cited=not lists_unprinted and all(listed.only_cited for _, listed in lists),
    )
    if not sections and works:
        keys = tuple(key for field in fields.citations for key in _keys(document.text, field))
        return replace(document, entries=tuple(works.values()), keys=keys, sections=(), fields=fields)
    return replace(document, sections=sections, fields=fields)


def _apart(lists: Sequence[tuple[Span, Listed]]) -> list[tuple[Span, Listed]]:
    """The lists in text order, without those that lie in another: a content control may hold the field that does the work."""
    apart: list[tuple[Span, Listed]] = []
    for span, listed in sorted(lists, key=lambda one: (one[0].start, -one[0].end)):
        if not apart or span.start >= apart[-1][0].end:
            apart.append((span, listed))
    return apart[:_MOST_LISTS]


def _sections(
    text: str, printed: Mapping[Span, Sequence[Span]], in_text: Sequence[ReferenceSection]
) -> tuple[ReferenceSection, ...]:
    """The lists that fields print, with entries that were added by hand, and other lists in the text."""
    headings = list(reference_headings(text)) if printed else []
    sections: list[ReferenceSection] = []
    for span, entries in printed.items():
        beside = [one for section in in_text if section.span.overlaps(span) for one in section.entries if not one.overlaps(span)]
        every = tuple(sorted((*beside, *entries)))
        heading = next((one for one in headings if _heads(text, one, every[0])), None)
        start = heading.start if heading else every[0].start
        sections.append(ReferenceSection(span=Span(start, every[-1].end), heading=heading, entries=every))
    others = [section for section in in_text if not any(section.span.overlaps(one.span) for one in sections)]
    together = sorted((*sections, *others), key=lambda section: section.span)
    if any(before.span.end > after.span.start for before, after in pairwise(together)):
        return tuple(in_text)
    return tuple(together)


def _entries(text: str, span: Span, paragraphs: Sequence[Span], in_text: Sequence[ReferenceSection]) -> tuple[Span, ...]:
    """The entries of a list that a field prints: its paragraphs but for headings, or its lines where it is one paragraph."""
    entries = tuple(_entry_paragraphs(text, span, paragraphs))
    if len(entries) == 1:
        in_lines = tuple(one for section in in_text for one in section.entries if one.overlaps(span))
        return in_lines or entries
    return entries


def _entry_paragraphs(text: str, span: Span, paragraphs: Sequence[Span]) -> Iterator[Span]:
    within = span.of(text)
    headings = {heading.of(within) for heading in reference_headings(within)}
    first = bisect_right(paragraphs, span.start, key=attrgetter("end"))
    for paragraph in takewhile(lambda one: one.start < span.end, islice(paragraphs, first, None)):
        entry = Span(max(paragraph.start, span.start), min(paragraph.end, span.end)).trimmed(text)
        words = entry.of(text)
        bullet = bullet_length(words)
        is_telling = any(character.isdigit() for character in words) or "://" in words or words.endswith(".")
        is_entry = is_telling or len(words) > _LONGEST_HEADING
        if bullet < len(words) and is_entry and words not in headings:
            yield Span(entry.start + bullet, entry.end)


def _heads(text: str, heading: Span, first: Span) -> bool:
    return heading.end <= first.start and not text[heading.end : first.start].strip()


def _readable_id(reference: Reference) -> str:
    """The first author and the year, as people write keys: "lee2020"."""
    names = reference.authors or reference.editors
    name = fold(names[0].family or names[0].literal if names else reference.title).split()
    return f"{''.join(name[:2])[:30] or 'work'}{reference.year or ''}"


def _keys(text: str, field: CitationField) -> Iterator[CitationKey]:
    """A key for each work of a field. Their spans follow each other and together cover the field: parted where it is."""
    count = len(field.references)
    words = field.span.of(text)
    parts = words.split(";")
    if len(parts) == count:
        ends = [sum(len(part) + 1 for part in parts[: place + 1]) for place in range(count)]
    else:
        ends = [max(1, len(words) * (place + 1) // count) for place in range(count)]
    bounds = [0, *(min(end, len(words)) for end in ends[:-1]), len(words)]
    for reference, (start, end) in zip(field.references, pairwise(bounds), strict=True):
        place = Span(field.span.start + start, field.span.start + end)
        yield CitationKey(span=place if start < end else field.span, key=reference.id)

"""Reference strings to labelled segments: tokens, the tagger's labels, and runs of equal labels as pieces of the string."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from bib.model import Segment
from bib.strings.decoding import Labelling, decode
from bib.strings.labels import INDEX, LABELS, OTHER
from bib.strings.network import Network, load_network, one_thread
from bib.strings.notes import Notes
from bib.strings.runs import Run, find_runs
from bib.strings.tokens import Tokens, is_hole, tokenise
from bib.wordlists import alternatives_of

#: Strings longer than this are no references; only their beginning is read.
LONGEST = 6000

#: Tokens that are read together; more would take memory and save no time.
_TOKENS_AT_ONCE = 60_000
_VOLUME_WITH_ISSUE = re.compile(
    r"(?P<volume>[\w–-]{1,12})"
    r"(?:\s?\(\s?(?P<issue>[^()]{1,30}?)\s?\)?|\.(?P<dotted>\d{1,6})|,?\s(?i:nos?|nr|n|issue)\b\.?\s?(?P<marked>[\w–/-]{1,12}))"
)
#: "92(3):1189–1215", "12:e301".
_VOLUME_WITH_PAGES = re.compile(
    r"(?P<volume>\w{1,12})(?:\s?\(\s?(?P<issue>[^()]{1,30}?)\s?\))?\s?:\s?(?P<pages>[A-Za-z]{0,3}\d[\w.]{0,12}(?:\s?[–—−-]{1,2}\s?[A-Za-z]{0,3}\d\w{0,12})?)"
)
#: Fields whose segments are words alone, without the mark behind them.
_BARE = frozenset({"date", "volume", "issue", "pages"})
_ABBREVIATED = re.compile(r"\.\s?[a-z]$")  # "n.d."
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d[a-z]?")
_ET_AL = re.compile(rf"[\s,.;]{{0,4}}(?:{alternatives_of('et_al')}(?!\w)\.?|…|\.\s?\.\s?\.)", re.IGNORECASE)
#: The confidence in a year that the tagger did not take for one.
_DOUBTFUL = 0.5
_PAIRS = {")": "(", "]": "[", "”": "“", "»": "«", "’": "‘", "“": "„", "''": "``"}
_OPENING = {"(": ")", "[": "]", "“": "”", "«": "»"}
_DESCRIPTION = re.compile(
    r"\s?[\[(][^\[\]()]{0,80}\b(?:thesis|dissertation|tese|dissertação|tesis|trabalho\sde|software|data\s?set|video|film|podcast|blog|post|preprint|paper\spresent|"
    r"poster|audio|r\spackage|mobile\sapp|powerpoint|apresentação|unpublished|magazine|webinar|infographic|slides|press\srelease|working\spaper|"
    r"conference|letter\sto)\b[^\[\]()]{0,80}[\])]\.?$",
    re.IGNORECASE,
)


def segment_all(raws: Sequence[str], notes: Sequence[Notes]) -> list[tuple[Segment, ...]]:
    """For each string its labelled pieces in the order of their places, none overlapping another.

    A label may occur more than once. What ``notes`` understood are pieces too: label, DOI and URL.
    """
    network = load_network()
    found: list[tuple[Segment, ...]] = []
    for raw, note, tokens, labelling in _labelled(raws, notes, network):
        found.append(segments_of(raw, tokens, labelling, note))
    return found


def _labelled(raws: Sequence[str], notes: Sequence[Notes], network: Network) -> Iterator[tuple[str, Notes, Tokens, Labelling]]:
    """Each string with its tokens and their labels; so many are read together that the arrays stay small."""
    start, waiting, count = 0, list[Tokens](), 0
    for place, (raw, note) in enumerate(zip(raws, notes, strict=True), start=1):
        waiting.append(tokenise(raw[:LONGEST], note.holes))
        count += len(waiting[-1])
        if count >= _TOKENS_AT_ONCE or place == len(raws):
            holes = [np.array([is_hole(word) for word in tokens.words], dtype=np.bool_) for tokens in waiting]
            with one_thread():
                labellings = decode(network.scores(waiting), network.chain, holes)
            yield from zip(raws[start:place], notes[start:place], waiting, labellings, strict=True)
            start, waiting, count = place, [], 0


def segments_of(raw: str, tokens: Tokens, labelling: Labelling, notes: Notes) -> tuple[Segment, ...]:
    """The pieces of a string whose tokens are labelled, in order, none overlapping another."""
    taken: list[Segment] = []
    confidence = labelling.confidence.tolist()
    for run in find_runs(tokens, labelling.labels.tolist()):
        for segment in _with_issue_apart(_segment(raw, tokens, run, min(confidence[run.first : run.last + 1]))):
            if not taken or segment.start >= taken[-1].end:
                taken.append(segment)
            elif segment.end > taken[-1].end:
                taken.append(replace(segment, start=taken[-1].end, text=raw[taken[-1].end : segment.end]))
    if not any(segment.label == "date" and _YEAR.search(segment.text) for segment in taken):
        taken.extend(_late_year(raw, tokens, labelling, taken))
    for label, span in (("label", notes.label_span), ("doi", notes.doi_span), ("url", notes.url_span)):
        if span and not any(span.start < other.end and other.start < span.end for other in taken):
            taken.append(Segment(label=label, start=span.start, end=span.end, text=span.of(raw)))
    return tuple(sorted(taken, key=lambda item: item.start))


def _with_issue_apart(segment: Segment) -> list[Segment]:
    """A volume with its issue and pages ("12(3)", "343.6178", "14, no. 2", "92(3):1189–1215") as segments of their own."""
    if segment.label != "volume":
        return [segment]
    if whole := _VOLUME_WITH_PAGES.fullmatch(segment.text):
        spans = [(label, whole.span(label)) for label in ("volume", "issue", "pages") if whole[label]]
    elif both := _VOLUME_WITH_ISSUE.fullmatch(segment.text):
        spans = [("volume", both.span("volume")), ("issue", both.span(both.lastgroup or "issue"))]
    else:
        return [segment]
    return [
        replace(segment, label=label, start=segment.start + start, end=segment.start + end, text=segment.text[start:end])
        for label, (start, end) in spans
    ]


def _segment(raw: str, tokens: Tokens, run: Run, confidence: float) -> Segment:
    start, end = tokens.spans[run.first][0], tokens.spans[run.last][1]
    name = LABELS[run.label]
    if name not in _BARE or _ABBREVIATED.search(raw, start, end):
        start, end = _with_marks(raw, start, end)
    if name == "author" and (more := _ET_AL.match(raw, end)):
        end = more.end()
    if name == "title" and (description := _DESCRIPTION.search(raw, start, end)) and description.start() > start + 4:
        end = description.start()
    return Segment(label=name, start=start, end=end, text=raw[start:end], confidence=round(confidence, 3))


def _with_marks(raw: str, start: int, end: int) -> tuple[int, int]:
    """The span with the marks around it that belong to its words: "?", a full stop, brackets that it opens or closes itself."""
    if (
        start
        and (closing := _OPENING.get(raw[start - 1]))
        and raw.count(closing, start, end) > raw.count(raw[start - 1], start, end)
    ):
        start -= 1
    for mark in raw[end : end + 4]:
        opened = _PAIRS.get(mark)
        if (
            mark in ".?!%…+"
            or (mark in "*_" and raw.count(mark, start, end) % 2)
            or (opened and raw.count(opened, start, end) > raw.count(mark, start, end))
        ):
            end += 1
        else:
            break
    return start, end


def _late_year(raw: str, tokens: Tokens, labelling: Labelling, taken: Sequence[Segment]) -> list[Segment]:
    """A year that got no label: the last one that stands by itself."""
    for word, (start, end), label in reversed(list(zip(tokens.words, tokens.spans, labelling.labels.tolist(), strict=True))):
        free = label in (OTHER, INDEX["date"]) and not any(segment.start < end and start < segment.end for segment in taken)
        if free and _YEAR.fullmatch(word):
            return [Segment(label="date", start=start, end=end, text=raw[start:end], confidence=_DOUBTFUL)]
    return []

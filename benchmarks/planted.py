"""How many planted errors of citing are found, class by class, and what is found that was not planted.

usage: python -m benchmarks.planted [--shared DIRECTORY] [--documents N] [--only WORD ...] [--show N]

Taken are the shared manuscripts in which every citation is linked as the publisher links it and the rules about citing say
nothing. In each, up to three errors of one class are planted (``benchmarks.planting``), and the whole is read, split, parsed,
linked and judged again, offline. *caught* is the share of the planted errors that the rule of the class tells of at their place,
or one that says the same fact; *rule* the share of the rule alone. *others* are findings about citing, a document, that were not
put in and do not follow from what was. The goals are at least 0.98 and at most 0.05. Seeded: the same numbers each time. Rules
about order and quotations (LC508, LC511) are left out; a manuscript has such findings as it is. What is found in manuscripts that
are not taken cannot be seen here, so the first lines say how many they are and by which rules: some of it is true, some is not.
"""

from __future__ import annotations

import argparse
import bisect
import json
import random
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.planting import (
    Error,
    Spoiled,
    add_et_al,
    change_letter,
    change_year,
    chosen,
    drop_letter,
    letter_without_sibling,
    misspell,
    number_beyond,
    remove_citations,
    remove_entry,
    remove_last_entry,
    spoil,
)
from bib.model import Span
from litcheck.checking import case_of
from litcheck.documents import read_document
from litcheck.evidence import Evidence
from litcheck.findings import Finding
from litcheck.preparing import Prepared, prepare
from litcheck.rules import judge

HERE = Path(__file__).resolve().parent

GOAL_CAUGHT = 0.98
GOAL_OTHERS = 0.05
#: No rule about citing depends on the day.
TODAY = date(2026, 11, 1)
LEFT_OUT = frozenset(("LC508", "LC511"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorClass:
    """A way to spoil a manuscript.

    ``rule`` is the rule made for it; ``same_fact`` are rules that tell the reader of the same place that it is wrong;
    ``follows`` are rules that say something else that is true because of it, and so are no false alarms.
    """

    name: str
    numeric: bool
    rule: str
    plant: Callable[[Prepared, random.Random], Iterator[Error]]
    same_fact: frozenset[str] = frozenset()
    follows: frozenset[str] = frozenset()


#: Every class. Which rules say the same: without the right name or year a citation has no entry (LC501); a citation whose entry
#: was removed may have another one by its authors (LC504), or one of the same year by fewer than it says (LC506).
CLASSES = (
    ErrorClass(
        name="an entry removed",
        numeric=False,
        rule="LC501",
        plant=remove_entry,
        same_fact=frozenset({"LC504", "LC506"}),
        follows=frozenset({"LC510"}),
    ),
    ErrorClass(name="the last entry removed", numeric=True, rule="LC507", plant=remove_last_entry),
    ErrorClass(name="citations removed", numeric=False, rule="LC502", plant=remove_citations),
    ErrorClass(name="numbers removed", numeric=True, rule="LC502", plant=remove_citations),
    ErrorClass(
        name="a name misspelled",
        numeric=False,
        rule="LC503",
        plant=misspell,
        same_fact=frozenset({"LC501"}),
        follows=frozenset({"LC502"}),
    ),
    ErrorClass(
        name="a year changed",
        numeric=False,
        rule="LC504",
        plant=change_year,
        same_fact=frozenset({"LC501"}),
        follows=frozenset({"LC502"}),
    ),
    ErrorClass(name="et al. for one or two", numeric=False, rule="LC506", plant=add_et_al),
    ErrorClass(
        name="a citation's letter dropped",
        numeric=False,
        rule="LC505",
        plant=drop_letter,
        follows=frozenset({"LC502"}),
    ),
    ErrorClass(
        name="a citation's letter changed",
        numeric=False,
        rule="LC504",
        plant=change_letter,
        same_fact=frozenset({"LC501"}),
        follows=frozenset({"LC502"}),
    ),
    ErrorClass(name="a letter without a sibling", numeric=False, rule="LC510", plant=letter_without_sibling),
    ErrorClass(name="a number beyond the list", numeric=True, rule="LC507", plant=number_beyond),
)


@dataclass(frozen=True, slots=True)
class Clean:
    """A manuscript without findings about citing."""

    name: str
    prepared: Prepared


def main() -> None:
    """Prints a line a class."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parents[1] / "shared")
    parser.add_argument("--documents", type=int, metavar="N", help="no more than N documents of each way to cite")
    parser.add_argument("--only", nargs="*", default=[], metavar="WORD", help="classes whose name has one of the words")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print the first N misses and others of every class")
    arguments = parser.parse_args()
    data = arguments.shared / "data" / "manuscripts"
    if not data.is_dir():
        sys.exit(f"there are no manuscripts in {data}; name the directory that holds data/ with --shared")
    documents, left_out = clean_documents(data)
    by_number = [document for document in documents if is_numeric(document.prepared)][: arguments.documents]
    by_author = [document for document in documents if not is_numeric(document.prepared)][: arguments.documents]
    print(f"{len(by_author)} clean documents that cite by author and year, {len(by_number)} by number")
    codes = ", ".join(f"{code} {count}" for code, count in sorted(left_out.items()) if code.startswith("LC"))
    print(f"not taken: {left_out['with findings']} with findings as they are ({codes}),")
    print(f"    {left_out['linked otherwise']} linked otherwise than by the publisher")
    print(f"{'planted':32}{'rule':7}{'errors':>8}{'caught':>9}{'rule':>9}{'documents':>11}{'others':>9}")
    total: Counter[str] = Counter()
    for kind in CLASSES:
        if arguments.only and not any(word in kind.name for word in arguments.only):
            continue
        counts: Counter[str] = Counter()
        remarks: list[str] = []
        for document in by_number if kind.numeric else by_author:
            counts += try_class(document, kind, remarks)
        print(row(kind.name, kind.rule, counts), flush=True)
        print("".join(f"    {remark}\n" for remark in remarks[: arguments.show]), end="")
        total += counts
    print(row("all", "", total))
    print(f"{'goal':47}{'>= ' + str(GOAL_CAUGHT):>9}{'':20}{'<= ' + str(GOAL_OTHERS):>9}")


def clean_documents(data: Path) -> tuple[list[Clean], Counter[str]]:
    """The manuscripts in which nothing is wrong, by the publisher's links and by the rules; why others are left out."""
    clean = []
    left_out: Counter[str] = Counter()
    for gold in sorted(data.glob("*/*.json")):
        prepared = prepare(read_document(gold.with_suffix(".txt")))
        findings = findings_of(prepared)
        if findings:
            left_out["with findings"] += 1
            left_out.update({finding.code for finding in findings})
        elif not is_right(prepared, json.loads(gold.read_text(encoding="utf-8"))):
            left_out["linked otherwise"] += 1
        else:
            clean.append(Clean(f"{gold.parent.name}/{gold.stem}", prepared))
    return clean, left_out


def is_right(prepared: Prepared, gold: Mapping[str, Any]) -> bool:
    """Whether the citations are those of the publisher, each linked to the same entry; counted as ``measure/intext.py`` does."""
    entries = sorted((entry["start"], entry["end"], entry["rid"]) for entry in gold["references"])
    starts = [start for start, _, _ in entries]
    named: dict[str, str] = {}
    for entry in prepared.entries:
        if entry.span is not None:
            middle = (entry.span.start + entry.span.end) / 2
            place = bisect.bisect_right(starts, middle) - 1
            if place >= 0 and entries[place][1] >= middle:
                named[entry.id] = entries[place][2]
    links = [(Span(*span), rid) for span, rid in _links(gold)]
    neutral = [Span(x["start"], x["end"]) for x in (*gold["silver_untagged"], *gold["silver_cited_not_listed"])]
    for citation in prepared.citations:
        if citation.span.start >= gold["body_end"]:
            continue
        near = any(span.overlaps(citation.span) for span, _ in links)
        free = not near and any(span.overlaps(citation.span) for span in neutral)
        for reference in citation.references:
            here = [link for link in links if link[1] == named.get(reference) and link[0].overlaps(citation.span)]
            if here:
                links.remove(here[0])
            elif not free:
                return False
    return not links


def _links(gold: Mapping[str, Any]) -> list[tuple[tuple[int, int], str]]:
    links = []
    for citation in gold["citations"]:
        start, end = citation["start"], citation["end"]
        if citation["wide_start"] is not None and citation["kind"] != "number":
            start, end = min(start, citation["wide_start"]), max(end, citation["wide_end"])
        links += [((start, end), rid) for rid in citation["rids"]]
    return links + [((x["start"], x["end"]), x["rid"]) for group in gold["groups"] for x in group["implied"]]


def is_numeric(prepared: Prepared) -> bool:
    """Whether a document cites by number."""
    return any(citation.number is not None for citation in prepared.citations)


def findings_of(prepared: Prepared) -> list[Finding]:
    """What the rules about citing say, without any source."""
    case = case_of(prepared, [Evidence()] * len(prepared.references), TODAY)
    return [finding for finding in judge(case, select=frozenset({"LC5"})) if finding.code not in LEFT_OUT]


def try_class(document: Clean, kind: ErrorClass, remarks: list[str]) -> Counter[str]:
    """Plants errors of one class in one document and counts what is found; misses and others are told in ``remarks``."""
    rng = random.Random(zlib.crc32(f"{kind.name} {document.name}".encode()))
    errors = chosen(kind.plant(document.prepared, rng))
    if not errors:
        return Counter()
    spoiled = spoil(document.prepared.document.text, errors)
    prepared = prepare(replace(document.prepared.document, text=spoiled.text))
    findings = findings_of(prepared)
    told: set[int] = set()
    counts: Counter[str] = Counter(documents=1, errors=len(errors))
    for error in errors:
        telling = [n for n, finding in enumerate(findings) if is_about(finding, prepared, spoiled, error)]
        codes = {findings[n].code for n in telling}
        counts["rule"] += kind.rule in codes
        if codes & {kind.rule, *kind.same_fact}:
            counts["caught"] += 1
        else:
            remarks.append(f"missed  {document.name}: {error.what}")
        told.update(n for n in telling if findings[n].code in {kind.rule, *kind.same_fact})
        told.update(n for n, f in enumerate(findings) if f.code in kind.follows and is_related(f, prepared, spoiled, error))
    for n, finding in enumerate(findings):
        if n not in told:
            counts["others"] += 1
            remarks.append(f"other   {document.name}: {finding.code} {finding.message[:160]}")
    return counts


def is_about(finding: Finding, prepared: Prepared, spoiled: Spoiled, error: Error) -> bool:
    """Whether a finding is about a citation or entry that was spoiled."""
    cited = [prepared.citations[index].span for index in finding.citations]
    return _overlap(cited, spoiled, error.citations) or _overlap(_entries(finding, prepared), spoiled, error.entries)


def is_related(finding: Finding, prepared: Prepared, spoiled: Spoiled, error: Error) -> bool:
    """Whether a finding is about an entry of which an error has made something else true."""
    return _overlap(_entries(finding, prepared), spoiled, error.related)


def _entries(finding: Finding, prepared: Prepared) -> list[Span]:
    return [entry.span for entry in prepared.entries if entry.id in finding.references and entry.span is not None]


def _overlap(found: Sequence[Span], spoiled: Spoiled, spans: Sequence[Span]) -> bool:
    there = [spoiled.moved(span) for span in spans]
    return any(one.overlaps(other) for one in found for other in there)


def row(name: str, rule: str, counts: Counter[str]) -> str:
    """A line of the table."""
    caught, by_rule = (counts[key] / max(1, counts["errors"]) for key in ("caught", "rule"))
    others = counts["others"] / max(1, counts["documents"])
    return f"{name:32}{rule:7}{counts['errors']:8}{caught:9.4f}{by_rule:9.4f}{counts['documents']:11}{others:9.4f}"


if __name__ == "__main__":
    main()

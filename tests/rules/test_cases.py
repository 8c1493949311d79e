"""Every case of every rule: ``tests/rules/LCxxx.yaml``, one file a rule.

A case of a rule about records:

    - name: the year differs
      reference: "Lee, A. (2019). …"   # a raw string, or the fields of a CSL item; ``references`` for several
      records:                          # what the sources hold; ``found`` says by what they are found
        - found: [doi, search]            #   doi, search, pmid, arxiv, isbn; ``curated: false`` for what volunteers made
          work: {DOI: 10.1000/a, title: [...], ...}   # as Crossref would give it
      doi: missing                      # what the sources say of a DOI that no record above is found by:
      search: missing                   #   missing (complete), unlisted (not complete), unavailable, not-asked, elsewhere
      as_of: 2025-12-31                 # the date for which the sources speak, today if absent
      covered: true
      fires: true
      severity: warning                 # and what else is expected of every finding
      message: ["2019", "2020"]         # each of these stands in one of the messages

A case of a rule about the document gives ``text``: a whole little manuscript, which is split, parsed and linked for real.
There ``references`` and ``citations`` may say which entries, and the text of which citations, the findings are about. ``bib``
is a file of BibTeX in which the manuscript keeps its entries (as with ``--bib``; ``own_bib: true``: as it names it itself),
``format: markdown``, ``html`` or ``latex`` says what the text is.
With ``fields`` each stretch of the text in double braces is the result of a field: of a citation, given by the CSL items that it
holds, or of the bibliography, given by what the reference manager notes with it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from bib.formats.csl_json import reference_from_csl
from bib.model import Entry, ParseFailure, Reference, Span
from litcheck.assessing import assess
from litcheck.checking import case_of
from litcheck.documents.bibtex import mark_bibtex
from litcheck.documents.fields import FoundField, with_fields
from litcheck.documents.html import read_html
from litcheck.documents.latex import read_latex
from litcheck.documents.markdown import read_markdown
from litcheck.documents.model import Document, EntryPlace
from litcheck.documents.pandoc_keys import mark_keys
from litcheck.evidence import IDENTIFIERS, Evidence, Found, Identified, Lookup, NotFound, Registration, Unavailable
from litcheck.findings import Finding
from litcheck.limits import DEFAULT_LIMITS, Allowance
from litcheck.preparing import prepare
from litcheck.rules import RULES, judge
from litcheck.rules.model import Case
from litcheck.sources import record_from_crossref

HERE = Path(__file__).parent
FETCHED = datetime(2026, 11, 1, tzinfo=UTC)
SOURCE = "registry"


def load(path: Path) -> list[dict[str, Any]]:
    """The cases of one file."""
    cases: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]
    return cases


CASES = [
    pytest.param(path.stem, case, id=f"{path.stem}: {case['name']}")
    for path in sorted(HERE.glob("LC*.yaml"))
    for case in load(path)
]


@pytest.mark.parametrize(("code", "case"), CASES)
def test_case(code: str, case: Mapping[str, Any]) -> None:
    judged = case_of_text(case) if "text" in case else case_of_references(case)
    findings = [finding for finding in judge(judged) if finding.code == code]
    shown = [f"{finding.severity.word}: {finding.message}" for finding in findings]
    assert bool(findings) == case["fires"], shown
    for part in case.get("message", ()):
        assert any(part in finding.message for finding in findings), shown
    for part in case.get("not_in_message", ()):
        assert all(part not in finding.message for finding in findings), shown
    if "severity" in case:
        assert {finding.severity.word for finding in findings} == {case["severity"]}, shown
    if "count" in case:
        assert len(findings) == case["count"], shown
    if "fix" in case:
        assert any(case["fix"] in _fix_text(finding) for finding in findings), [finding.fix for finding in findings]
    if "text" in case:
        _check_subjects(case, judged, findings)
    for finding in findings:
        assert finding.fingerprint
        assert finding.message[0] != " "


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_each_rule_has_cases_that_fire_and_cases_that_do_not(rule: Any) -> None:
    path = HERE / f"{rule.code}.yaml"
    assert path.is_file(), f"{path.name} is missing"
    assert {case["fires"] for case in load(path)} == {True, False}


def test_each_case_file_belongs_to_a_rule() -> None:
    assert {path.stem for path in HERE.glob("LC*.yaml")} <= {rule.code for rule in RULES}


def case_of_references(case: Mapping[str, Any]) -> Case:
    """What a rule sees of references whose evidence is given."""
    given = case["references"] if "references" in case else [case["reference"]]
    entries: list[Entry] = []
    text = ""
    for number, item in enumerate(given, 1):
        entry = _entry(item, str(number), len(text), case)
        entries.append(entry)
        text += entry.raw + "\n"
    evidence = _evidence(case)
    assessments = tuple(assess(entry, evidence(entry)) for entry in entries if isinstance(entry, Reference))
    return Case(
        document=_document(text, bibliography=case.get("bibliography", False), entries=tuple(entries)),
        sections=(),
        assessments=assessments,
        failures=tuple(entry for entry in entries if isinstance(entry, ParseFailure)),
        citations=(),
        style="",
        today=FETCHED.date(),
    )


def case_of_text(case: Mapping[str, Any]) -> Case:
    """What a rule sees of a little manuscript, split, parsed and linked as in a real run; no source was asked."""
    if "fields" in case:
        prepared = prepare(_with_fields(case["text"], case["fields"]))
        return case_of(prepared, [Evidence() for _ in prepared.references], FETCHED.date())
    document = _document(case["text"], superscripts=_superscripts(case, case["text"]))
    match case.get("format"):
        case "markdown":
            document = read_markdown(document, Allowance(document.path, DEFAULT_LIMITS))
        case "html":
            document = read_html(document.path, case["text"].encode(), Allowance(document.path, DEFAULT_LIMITS))
        case "latex":
            document = read_latex(document, Allowance(document.path, DEFAULT_LIMITS))
        case _:
            document = mark_keys(document)
    if "bib" in case:
        document = _with_bibliography(document, case["bib"])
    if case.get("own_bib"):
        document = replace(document, bibliographies=("a.bib",))
    prepared = prepare(document, style=case.get("style", ""))
    return case_of(prepared, [Evidence() for _ in prepared.references], FETCHED.date())


def _with_fields(marked: str, contents: Sequence[Any]) -> Document:
    text, results = "", []
    for place, piece in enumerate(re.split(r"\{\{|\}\}", marked)):
        if place % 2:
            results.append(Span(len(text), len(text) + len(piece)))
        text += piece
    fields = []
    for span, content in zip(results, contents, strict=True):
        cites = isinstance(content, list)
        holds = {"citationItems": [{"itemData": item} for item in content]} if cites else content
        instruction = f"ADDIN {'ZOTERO_ITEM CSL_CITATION' if cites else 'ZOTERO_BIBL'} {json.dumps(holds)}"
        fields.append(FoundField(instruction, (), span))
    paragraphs = [Span(*line.span()) for line in re.finditer(r".+", text)]
    return with_fields(_document(text), fields, paragraphs, {})


def _with_bibliography(document: Document, text: str) -> Document:
    listed = mark_bibtex(_document(text)).entries or ()
    spans = {entry.id: entry.span for entry in listed if entry.span}
    places = {id_: EntryPlace(path="a.bib", start=s.start, end=s.end, line=1, column=1) for id_, s in spans.items()}
    return replace(document, entries=tuple(replace(entry, span=None) for entry in listed), places=places)


def _check_subjects(case: Mapping[str, Any], judged: Case, findings: Sequence[Finding]) -> None:
    if "citations" in case:
        told = [judged.citations[index].text for finding in findings for index in finding.citations]
        assert told == case["citations"]
    if "references" in case:
        assert [id_ for finding in findings for id_ in finding.references] == [str(id_) for id_ in case["references"]]


def _superscripts(case: Mapping[str, Any], text: str) -> tuple[Span, ...]:
    return tuple(Span(text.index(raised), text.index(raised) + len(raised)) for raised in case.get("superscripts", ()))


def _document(
    text: str, *, bibliography: bool = False, entries: tuple[Entry, ...] | None = None, superscripts: tuple[Span, ...] = ()
) -> Document:
    return Document(
        path="case",
        sha256="",
        format="text",
        text=text,
        entries=entries,
        is_bibliography=bibliography,
        superscripts=superscripts,
    )


def _entry(item: str | Mapping[str, Any], id_: str, start: int, case: Mapping[str, Any]) -> Entry:
    if case.get("unparsed"):
        return ParseFailure(id=id_, raw=str(item), reason=case["unparsed"], span=Span(start, start + len(str(item))))
    if isinstance(item, str):
        from bib.strings import parse_reference

        return parse_reference(item, id=id_, span=Span(start, start + len(item)))
    raw = item.get("raw") or _printed(item)
    fields = {name: value for name, value in item.items() if name != "raw"}
    reference = reference_from_csl({"type": "article-journal", **fields}, id=id_, raw=raw)
    return replace(reference, span=Span(start, start + len(raw)))


def _printed(item: Mapping[str, Any]) -> str:
    """A CSL item as one line, for cases to which the wording of the entry does not matter."""
    names = [name.get("literal") or f"{name.get('family', '')}, {name.get('given', '')}" for name in item.get("author", ())]
    year = "".join(str(part) for part in item.get("issued", {}).get("date-parts", [[""]])[0][:1])
    parts = ["; ".join(names), f"({year})", item.get("title", ""), item.get("container-title", "")]
    parts += [str(item.get(name, "")) for name in ("volume", "issue", "page", "DOI")]
    return ". ".join(part for part in parts if part)


def _evidence(case: Mapping[str, Any]) -> Any:
    records = [
        (
            replace(
                record_from_crossref(record["work"], source=SOURCE, url=record.get("url", ""), fetched_at=FETCHED),
                curated=record.get("curated", True),
            ),
            record.get("found", ["search"]),
        )
        for record in case.get("records", ())
    ]
    identified = tuple((kind, record) for kind in IDENTIFIERS for record, found in records if kind in found)
    searched = tuple(record for record, found in records if "search" in found)
    by_doi = {record.doi: record for record, found in records if "doi" in found}
    by_doi.update({alias: record for record in by_doi.values() for alias in record.aliases})
    as_of: date | None = case.get("as_of")

    def evidence(reference: Reference) -> Evidence:
        if not reference.doi:
            lookups: tuple[Lookup, ...] = ()
        elif reference.doi in by_doi:
            lookups = (Found(source=SOURCE, records=(by_doi[reference.doi],)),)
        else:
            lookups = _miss(case.get("doi", "missing"), as_of)
        found: tuple[Lookup, ...] = (Found(source=SOURCE, records=searched),) if searched else ()
        registration = Registration(source="doi.org", agency="DataCite") if case.get("doi") == "elsewhere" else None
        return Evidence(
            by_doi=lookups,
            by_identifier=tuple(
                Identified(kind=kind, id=getattr(reference, kind), lookup=Found(source=SOURCE, records=(record,)))
                for kind, record in identified
                if getattr(reference, kind)
            ),
            by_search=found or _miss(case.get("search", "missing"), as_of),
            registration=registration,
            covered=case.get("covered", True),
        )

    return evidence


def _miss(how: str, as_of: date | None) -> tuple[Lookup, ...]:
    match how:
        case "missing" | "elsewhere":
            return (NotFound(source=SOURCE, complete=how == "missing", as_of=as_of),)
        case "unlisted":
            return (NotFound(source=SOURCE, as_of=as_of),)
        case "unavailable":
            return (Unavailable(source=SOURCE, reason="timed out"),)
        case "not-asked":
            return ()
        case _:
            raise ValueError(f"a case says “{how}” of a source, which means nothing")


def _fix_text(finding: Finding) -> str:
    return "" if finding.fix is None else f"{finding.fix.description} {finding.fix.replacement}"


def test_a_case_that_says_nothing_meaningful_is_refused() -> None:
    with pytest.raises(ValueError, match="means nothing"):
        _miss("perhaps", None)


def test_a_year_of_a_case_is_a_date() -> None:
    assert isinstance(yaml.safe_load("2025-12-31"), date)

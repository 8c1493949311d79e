"""Runs to render: what people meet, and what somebody hostile would send. All works and people in them are invented."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from litcheck.findings import Comparison, Finding, FindingEvidence, Fix, Place, Severity
from litcheck.run import CheckedCitation, CheckedDocument, CheckedReference, MatchedRecord, Run, SourceUse

FETCHED = datetime(2026, 11, 20, 8, 15, tzinfo=UTC)
INDEX = SourceUse(
    name="index:works", address="/data/works-index", as_of="2026-04-01", note="108,000 works, complete as of 2026-04-01"
)
CROSSREF = SourceUse(name="crossref", address="https://api.crossref.org")

#: Text that tries to act on what shows it: a page, a Markdown renderer, a terminal, rich's mark-up, the reading order.
HOSTILE: Mapping[str, str] = {
    "html": "<script>alert(1)</script><img src=x onerror=alert(2)> &amp; \"q\" 'q'",
    "markdown": "](javascript:alert(1)) ![x](http://evil.example/x.png) **b** `c` | d ~~e~~ # f <b>g</b> \\",
    "ansi": "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b1m \x08\x7f end",
    "rich": "[bold red]loud[/bold red] [link=http://evil.example]x[/link] :smile:",
    "bidi": "abc \u202egnp.exe\u202c \u2066x\u2069 end",
    "jinja": "{{ 7 * 7 }} {% raw %} {# x #}",
    "lines": "one\ntwo\r\n# three\u2028four\n\n- five",
    "surrogate": "half \ud83d of a pair",
    "quotes": '" onmouseover="alert(1)" x=\'',
}


def csl(title: str, year: int, *names: tuple[str, str], **fields: str) -> dict[str, Any]:
    item: dict[str, Any] = {
        "type": "article-journal",
        "title": title,
        "author": [{"family": family, "given": given} for family, given in names],
        "issued": {"date-parts": [[year]]},
    }
    return item | {key.replace("_", "-"): value for key, value in fields.items()}


def record(item: dict[str, Any], doi: str, score: float, **fields: float) -> MatchedRecord:
    return MatchedRecord(
        source="index:works",
        doi=doi,
        csl=item | {"DOI": doi},
        score=score,
        fields=fields,
        fetched_at=FETCHED,
        url=f"https://doi.org/{doi}",
    )


def place(line: int, column: int, quote: str, before: str = "", after: str = "") -> Place:
    return Place(start=line * 100, end=line * 100 + len(quote), line=line, column=column, before=before, quote=quote, after=after)


LEE = csl("How hedgerows shelter bees: a survey", 2020, ("Lee", "Ana"), ("Roy", "B."), container_title="Journal of Field Notes",
          volume="12", issue="3", page="223–8", DOI="10.5555/jfn.2020.12")  # fmt: skip
LEE_RECORD = csl("How hedgerows shelter wild bees: a survey of three valleys", 2020, ("Lee", "Ana M."), ("Roy", "Bela"),
                 ("Okafor", "C."),
                 container_title="Journal of Field Notes", volume="12", issue="3", page="223–228")  # fmt: skip
LEE_RECORD["custom"] = {"years": {"online": 2019, "print": 2020}}
OKAFOR = csl(
    "Soil and song", 2021, ("Okafor", "Chidi"), container_title="Meadow Letters", volume="4", page="1–19", DOI="10.5555/ml.4.1"
)
GHOST = csl("Night ferries and the attachment of harbour towns: a three-level synthesis", 2024, ("Brandt", "E."),
            ("Kuhn", "M."), ("Sato", "J."), container_title="Coastal Psychology", volume="9", page="101633",
            DOI="10.5555/cp.2024.101633")  # fmt: skip
CODE = {
    "type": "book",
    "title": "Code of ethics",
    "author": [{"literal": "Society of Surveyors"}],
    "issued": {"date-parts": [[2021]]},
}

REFERENCES = (
    CheckedReference(
        id="r1",
        raw="Lee, A., & Roy, B. (2020). How hedgerows shelter bees: A survey. "
        "Journal of Field Notes, 12(3), 223–8. https://doi.org/10.5555/jfn.2020.12",
        start=5000,
        end=5140,
        csl=LEE,
        status="differs",
        record=record(LEE_RECORD, "10.5555/jfn.2020.12", 0.91, title=0.82, authors=0.7, year=1.0, page=1.0),
    ),
    CheckedReference(
        id="r2",
        raw="Okafor, C. (2021). Soil and song. Meadow Letters, 4, 1–19. https://doi.org/10.5555/ml.4.1",
        start=5141,
        end=5230,
        csl=OKAFOR,
        status="verified",
        record=record(OKAFOR, "10.5555/ml.4.1", 1.0, title=1.0),
    ),
    CheckedReference(
        id="r3",
        raw="Brandt, E., Kuhn, M., & Sato, J. (2024). Night ferries and the attachment of harbour towns: A three-level "
        "synthesis. Coastal Psychology, 9, 101633. https://doi.org/10.5555/cp.2024.101633",
        start=5231,
        end=5410,
        csl=GHOST,
        status="not-found",
    ),
    CheckedReference(
        id="r4", raw="Society of Surveyors. (2021). Code of ethics.", start=5411, end=5456, csl=CODE, status="unverifiable"
    ),
    CheckedReference(id="r5", raw="ibid., pp. 3–4", start=5457, end=5471, csl={}, status="unverifiable"),
)
CITATIONS = (
    CheckedCitation(start=100, end=116, text="Lee & Roy, 2020", form="parenthetical", references=("r1",)),
    CheckedCitation(start=340, end=352, text="Ito, 1977", form="parenthetical", references=()),
    CheckedCitation(start=700, end=716, text="Lee & Roy, 2020", form="parenthetical", references=("r1",)),
    CheckedCitation(start=900, end=913, text="Okafor (2012)", form="narrative", references=()),
    CheckedCitation(start=990, end=1010, text="Brandt et al., 2024", form="parenthetical", references=("r3",)),
)
LOOKED = (
    "index:works was asked for 10.5555/cp.2024.101633: it holds no such DOI (complete as of 2026-04-01)",
    "index:works was searched by title: nothing alike",
    "index:works was searched by author and year: nothing alike",
)
FINDINGS = (
    Finding(
        code="LC501",
        name="cited-not-listed",
        severity=Severity.ERROR,
        message="The text cites “Ito, 1977”, and no entry of the reference list has this author.",
        citations=(1,),
        start=340,
        end=352,
        place=place(4, 41, "Ito, 1977", "the older view of the shoreline (", "), which later work gave up"),
        fix=Fix(description="Add the work to the list, or take the citation out."),
        fingerprint="f-ito",
    ),
    Finding(
        code="LC504",
        name="citation-year-differs",
        severity=Severity.ERROR,
        message="The text says 2012 for Okafor, the list says 2021.",
        references=("r2",),
        citations=(3,),
        start=900,
        end=913,
        place=place(9, 12, "Okafor (2012)", "As ", " showed for meadows,"),
        fix=Fix(description="Write 2021, as in the list.", replacement="2021", start=908, end=912),
        fingerprint="f-okafor",
    ),
    Finding(
        code="LC203",
        name="authors-mismatch",
        severity=Severity.ERROR,
        message="The entry leaves out an author whom the record has: Okafor.",
        confidence=0.95,
        references=("r1",),
        start=5000,
        end=5020,
        place=place(40, 1, "Lee, A., & Roy, B.", "", " (2020). How hedgerows shelter bees"),
        evidence=FindingEvidence(
            source="index:works",
            record="10.5555/jfn.2020.12",
            url="https://doi.org/10.5555/jfn.2020.12",
            fetched_at=FETCHED,
            compared=(
                Comparison(field="authors", manuscript="Lee, A.; Roy, B.", record="Lee, Ana M.; Roy, Bela; Okafor, C."),
            ),
        ),
        fix=Fix(description="Add Okafor, C., as third author."),
        fingerprint="f-authors",
    ),
    Finding(
        code="LC109",
        name="untraceable-reference",
        severity=Severity.ERROR,
        message="Neither the DOI, nor the title, nor the authors with the year lead to any record.",
        confidence=0.9,
        references=("r3",),
        start=5231,
        end=5410,
        place=place(42, 1, "Brandt, E., Kuhn, M., & Sato, J. (2024).", "", " Night ferries and the attachment"),
        evidence=FindingEvidence(source="index:works", looked=LOOKED),
        fix=Fix(description="Find the work and copy its details from it, or take the reference out."),
        fingerprint="f-ghost",
    ),
    Finding(
        code="LC201",
        name="title-mismatch",
        severity=Severity.WARNING,
        message="The title differs from the record's.",
        references=("r1",),
        start=5030,
        end=5070,
        place=place(40, 27, "How hedgerows shelter bees: A survey", "Lee, A., & Roy, B. (2020). ", ". Journal of Field Notes"),
        evidence=FindingEvidence(
            source="index:works",
            record="10.5555/jfn.2020.12",
            url="https://doi.org/10.5555/jfn.2020.12",
            fetched_at=FETCHED,
            compared=(
                Comparison(
                    field="title",
                    manuscript="How hedgerows shelter bees: A survey",
                    record="How hedgerows shelter wild bees: a survey of three valleys",
                    score=0.82,
                ),
            ),
        ),
        fix=Fix(description="Use the record's title if this is the work you mean."),
        fingerprint="f-title",
    ),
    Finding(
        code="LC502",
        name="listed-not-cited",
        severity=Severity.WARNING,
        message="No citation names this entry.",
        references=("r4",),
        start=5411,
        end=5456,
        place=place(43, 1, "Society of Surveyors. (2021).", "", " Code of ethics."),
        fix=Fix(description="Cite it, or take it out of the list."),
        fingerprint="f-uncited-4",
    ),
    Finding(
        code="LC502",
        name="listed-not-cited",
        severity=Severity.WARNING,
        message="No citation names this entry.",
        references=("r5",),
        start=5457,
        end=5471,
        place=place(44, 1, "ibid., pp. 3–4", "", ""),
        fix=Fix(description="Cite it, or take it out of the list."),
        fingerprint="f-uncited-5",
    ),
    Finding(
        code="LC404",
        name="inconsistent-style",
        severity=Severity.INFO,
        message="Two entries give a DOI as an address, one as “doi:”.",
        fingerprint="f-style",
    ),
)  # fmt: skip
CHECKED = CheckedDocument(
    path="thesis/chapter one.txt",
    sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    format="text",
    style="apa",
    references=REFERENCES,
    citations=CITATIONS,
    findings=FINDINGS,
)
#: The same from a PDF: the text on page 2, the list on page 14, its last entry in another file with pages.
PAGED = replace(
    CHECKED,
    path="thesis/chapter one.pdf",
    format="pdf",
    findings=tuple(
        replace(
            finding,
            place=finding.place
            and replace(
                finding.place,
                page=2 if finding.place.line < 40 else 14,
                path="lists/more.pdf" if finding.references == ("r5",) else "",
            ),
        )
        for finding in FINDINGS
    ),
)
NOTE = CheckedDocument(path="note.txt", sha256="e3b0c442", format="text", style="", nothing_to_check=True)


def run_of(*documents: CheckedDocument, sources: tuple[SourceUse, ...] = (INDEX,), offline: bool = True) -> Run:
    return Run(
        id="20261123-165700-1a2b",
        started_at=datetime(2026, 11, 23, 16, 57, tzinfo=UTC),
        finished_at=datetime(2026, 11, 23, 16, 57, 4, tzinfo=UTC),
        litcheck="0.1.0",
        offline=offline,
        sources=sources,
        documents=documents,
    )


def unavailable_run() -> Run:
    reason = "crossref could not be asked: no connection to api.crossref.org"
    asked = tuple(replace(reference, status="unavailable", record=None) for reference in REFERENCES[:3])
    findings = tuple(
        Finding(
            code="LC004",
            name="source-unavailable",
            severity=Severity.INFO,
            message=f"{reason}. The reference stays unverified.",
            references=(reference.id,),
            start=reference.start,
            end=reference.end,
            place=place(40 + number, 1, reference.raw[:30]),
            evidence=FindingEvidence(source="crossref", looked=(reason,)),
            fingerprint=f"f-unavailable-{number}",
        )
        for number, reference in enumerate(asked)
    )
    document = replace(CHECKED, references=asked, citations=CITATIONS[:1], findings=findings)
    return run_of(document, sources=(CROSSREF,), offline=False)


def hostile_document(text: str) -> CheckedDocument:
    """A document that says ``text`` wherever a document or a record can say anything."""
    item = {"title": text, "author": [{"family": text, "given": text}, {"literal": text}], "container-title": text, "DOI": text,
            "volume": text, "page": text, "status": text}  # fmt: skip
    other = item | {"title": f"{text} 2", "custom": {"years": {"print": 2020, "online": 2019}}}
    matched = MatchedRecord(
        source=text, doi=text, csl=other, score=0.5, fields={"title": 0.5}, fetched_at=FETCHED, url=f"javascript:{text}"
    )
    finding = Finding(
        code="LC201",
        name="title-mismatch",
        severity=Severity.ERROR,
        message=text,
        references=(text,),
        citations=(0,),
        place=Place(start=0, end=1, line=1, column=1, before=text, quote=text, after=text),
        evidence=FindingEvidence(
            source=text,
            record=text,
            url=f"javascript:{text}",
            fetched_at=FETCHED,
            compared=(
                Comparison(field=text, manuscript=text, record=f"{text} 2"),
                Comparison(field="title", manuscript=text, record=""),
            ),
            looked=(text,),
        ),
        fix=Fix(description=text, replacement=text),
        fingerprint="f",
    )
    return CheckedDocument(
        path=text,
        sha256="0",
        format="text",
        style=text,
        references=(CheckedReference(id=text, raw=text, start=0, end=1, csl=item, status="differs", record=matched),),
        citations=(CheckedCitation(start=0, end=1, text=text, form="parenthetical", references=(text,)),),
        findings=(finding,),
    )


#: The runs that have a snapshot in every format, by the name of its files.
RUNS: Mapping[str, Run] = {
    "typical": run_of(CHECKED, NOTE),
    "single": run_of(CHECKED),
    "paged": run_of(PAGED),
    "clean": run_of(replace(CHECKED, references=REFERENCES[1:2], citations=(), findings=())),
    "nothing": run_of(NOTE),
    "empty": run_of(sources=()),
    "unavailable": unavailable_run(),
}


@pytest.fixture(params=sorted(RUNS))
def named_run(request: pytest.FixtureRequest) -> tuple[str, Run]:
    """Each of ``RUNS`` with its name."""
    return request.param, RUNS[request.param]


@pytest.fixture
def typical_run() -> Run:
    return RUNS["typical"]


@pytest.fixture(params=sorted(HOSTILE))
def hostile(request: pytest.FixtureRequest) -> tuple[str, Run]:
    """Each hostile text, and a run that says it everywhere."""
    text = HOSTILE[request.param]
    return text, run_of(hostile_document(text), sources=(SourceUse(name=text, address=text, as_of=text, note=text),))


@pytest.fixture
def snapshot_names() -> frozenset[str]:
    return frozenset(RUNS)


@pytest.fixture(scope="session")
def run_with_documents() -> Callable[..., Run]:
    """Makes a run of the documents given."""
    return run_of

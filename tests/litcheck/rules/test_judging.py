"""Running rules: selection, silencing, order, places and fingerprints."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

import pytest

from bib.model import Reference, Span
from litcheck.assessing import assess
from litcheck.citations.model import Citation
from litcheck.documents.model import Document, EntryPlace
from litcheck.documents.pages import Pages
from litcheck.evidence import Evidence
from litcheck.findings import Finding, FindingEvidence, Severity
from litcheck.rules.judging import judge_by
from litcheck.rules.model import Case, Needs, Rule
from litcheck.rules.registry import rule

TEXT = "Crabs (Lee, 2020) and fish (Roy, 2021).\n\nReferences\nLee, A. (2020). Crabs.\nRoy, B. (2021). Fish.\n"


def case(text: str = TEXT) -> Case:
    entries = [("1", "Lee, A. (2020). Crabs."), ("2", "Roy, B. (2021). Fish.")]
    references = [
        Reference(id=id_, raw=raw, span=Span(text.index(raw), text.index(raw) + len(raw))) for id_, raw in entries if raw in text
    ]
    cited = [(shown, text.index(shown)) for shown in ("Lee, 2020", "Roy, 2021")]
    return Case(
        document=Document(path="m.txt", sha256="", format="text", text=text),
        sections=(),
        assessments=tuple(assess(reference, Evidence()) for reference in references),
        failures=(),
        citations=tuple(
            Citation(span=Span(start, start + len(shown)), text=shown, form="parenthetical") for shown, start in cited
        ),
        style="apa",
        today=date(2026, 11, 1),
    )


def says(
    code: str,
    *,
    entries: tuple[str, ...] = (),
    citations: tuple[int, ...] = (),
    looked: tuple[str, ...] = (),
    record: str = "",
    times: int = 1,
) -> Rule:
    """A rule that always finds the same."""

    @rule(code, f"rule-{code.lower()}", Severity.WARNING, Needs.DOCUMENT)
    def check(judged: Case) -> Iterable[Finding]:
        """Something is found."""
        for _ in range(times):
            about = judged.entries[entries[0]] if entries else None
            yield check.finding(
                f"{code} found something",
                about=about,
                references=entries,
                citations=citations,
                span=judged.citations[citations[0]].span if citations else None,
                evidence=FindingEvidence(looked=looked, record=record),
            )

    return check


def codes(findings: Iterable[Finding]) -> list[str]:
    return [finding.code for finding in findings]


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([says("LC109", entries=("1",)), says("LC101", entries=("1",)), says("LC103", entries=("1",))], ["LC109"]),
        ([says("LC109", entries=("1",)), says("LC101", entries=("2",))], ["LC109", "LC101"]),
        ([says("LC102", entries=("1",)), says("LC201", entries=("1",)), says("LC208", entries=("1",))], ["LC102"]),
        ([says("LC102", entries=("1",)), says("LC401", entries=("1",))], ["LC102", "LC401"]),
        ([says("LC501", citations=(0,)), says("LC504", citations=(0,))], ["LC504"]),
        ([says("LC501", citations=(0,)), says("LC504", citations=(1,))], ["LC501", "LC504"]),
    ],
)
def test_the_most_specific_speaks(rules: list[Rule], expected: list[str]) -> None:
    assert codes(judge_by(rules, case())) == expected


def test_what_is_silenced_leaves_its_evidence() -> None:
    rules = [says("LC109", entries=("1",), looked=("a", "b")), says("LC101", entries=("1",), looked=("b", "c"))]
    assert judge_by(rules, case())[0].evidence.looked == ("a", "b", "c")


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        ((), (), ["LC201", "LC202", "LC401"]),
        (("LC2",), (), ["LC201", "LC202"]),
        (("LC2", "LC401"), ("LC201",), ["LC202", "LC401"]),
        ((), ("LC",), []),
    ],
)
def test_rules_are_chosen_by_code_or_block(select: tuple[str, ...], ignore: tuple[str, ...], expected: list[str]) -> None:
    rules = [says(code, entries=("1",)) for code in ("LC201", "LC202", "LC401")]
    assert codes(judge_by(rules, case(), select=select, ignore=ignore)) == expected


def test_what_is_ignored_is_not_told_by_other_codes_instead() -> None:
    rules = [says("LC109", entries=("1",)), says("LC101", entries=("1",))]
    assert codes(judge_by(rules, case(), ignore=("LC109",))) == []
    assert codes(judge_by(rules, case(), select=("LC101",))) == ["LC101"]


def test_what_could_not_be_read_is_said_whatever_is_selected() -> None:
    rules = [says("LC001"), says("LC502")]
    assert codes(judge_by(rules, case(), select=("LC502",))) == ["LC001", "LC502"]
    assert codes(judge_by(rules, case(), ignore=("LC0",))) == ["LC502"]


def test_findings_come_in_the_order_of_the_document() -> None:
    rules = [says("LC401", entries=("2",)), says("LC201", entries=("1",)), says("LC501", citations=(1,)), says("LC002")]
    assert codes(judge_by(rules, case())) == ["LC002", "LC501", "LC201", "LC401"]


def test_a_place_shows_line_column_and_the_words_around() -> None:
    place = judge_by([says("LC201", entries=("2",))], case())[0].place
    assert place is not None
    assert (place.line, place.column) == (5, 1)
    assert place.quote == "Roy, B. (2021). Fish."
    assert place.before.endswith("Lee, A. (2020). Crabs.\n")
    assert place.after == "\n"


def test_a_place_in_a_file_with_pages_has_the_one_on_which_the_finding_begins() -> None:
    paged = case()
    entry = TEXT.index("Roy, B.")
    # The last words of the second entry stand on the next page.
    pages = Pages(pieces=((0, 1), (entry - 3, 2), (entry + 8, 3)))
    paged = replace(paged, document=replace(paged.document, pages=pages))
    found = judge_by([says("LC201", entries=("2",)), says("LC501", citations=(0,)), says("LC002")], paged)
    assert [(f.code, f.place and f.place.page) for f in found] == [("LC002", None), ("LC501", 1), ("LC201", 2)]
    unpaged = judge_by([says("LC201", entries=("2",))], case())[0].place
    assert unpaged
    assert unpaged.page is None


def test_a_finding_about_the_whole_document_has_no_place() -> None:
    assert judge_by([says("LC002")], case())[0].place is None


RULES = [says("LC201", entries=("2",), record="10.1000/a"), says("LC501", citations=(1,), times=2)]


def prints(judged: Case) -> list[str]:
    return [finding.fingerprint for finding in judge_by(RULES, judged)]


def test_fingerprints_tell_findings_apart() -> None:
    assert len(set(prints(case()))) == 3


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "A new first paragraph.\n\n" + text,
        lambda text: text.replace("Roy, B. (2021). Fish.", "Roy, B. (2021).  *Fish*."),
        lambda text: text.replace("Roy, B. (2021). Fish.", "ROY, B. (2021). Fish."),
    ],
    ids=["text before", "emphasis", "capitals"],
)
def test_fingerprints_survive_what_does_not_touch_the_words(change: Callable[[str], str]) -> None:
    changed = change(TEXT)
    before, after = case(), case_with_second_entry(changed)
    assert prints(before) == prints(after)


def case_with_second_entry(text: str) -> Case:
    """The case of a text whose second entry is its last line."""
    judged = case(text)
    raw = text.rstrip("\n").rsplit("\n", 1)[1]
    second = Reference(id="2", raw=raw, span=Span(text.index(raw), text.index(raw) + len(raw)))
    first = judged.assessments[0]
    return replace(judged, assessments=(first, assess(second, Evidence())))


def test_fingerprints_forget_the_number_of_the_entry() -> None:
    numbered = Reference(id="2", raw="[2] Roy, B. Fish. 2021.", label="2", span=Span(0, 23))
    renumbered = replace(numbered, raw="[3] Roy, B. Fish. 2021.", label="3")
    found = [
        judge_by(RULES[:1], replace(case(), assessments=(assess(reference, Evidence()),)))[0].fingerprint
        for reference in (numbered, renumbered)
    ]
    assert found[0] == found[1]


def test_a_finding_about_an_entry_of_another_file_is_placed_there() -> None:
    given = case()
    listed = [replace(assessment, reference=replace(assessment.reference, span=None)) for assessment in given.assessments]
    places = {
        "1": EntryPlace(path="b.bib", start=40, end=63, line=4, column=3),
        "2": EntryPlace(path="a.pdf", start=0, end=22, line=1, column=1, page=6),
    }
    kept = replace(given, document=replace(given.document, places=places), assessments=tuple(listed))
    rules = [says("LC201", entries=("1",)), says("LC202", entries=("2",)), says("LC501", citations=(0,)), says("LC002")]
    found = judge_by(rules, kept)
    assert [(f.code, f.start, f.place and (f.place.path, f.place.line, f.place.column, f.place.quote)) for f in found] == [
        ("LC002", None, None),
        ("LC202", None, ("a.pdf", 1, 1, "Roy, B. (2021). Fish.")),
        ("LC201", None, ("b.bib", 4, 3, "Lee, A. (2020). Crabs.")),
        ("LC501", 7, ("", 1, 8, "Lee, 2020")),
    ]
    assert [f.place and f.place.page for f in found] == [None, 6, None, None]

"""The HTML page shows every accusation with its evidence, and works without colour, script or network."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest

from litcheck.findings import Comparison, FindingEvidence
from litcheck.run import Run
from reports import render
from reports.page import page_of

RunMaker = Callable[..., Run]


class Ids(HTMLParser):
    """The ids on the page and the fragments that it links to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.fragments: set[str] = set()
        self.headings: list[int] = []
        self.headers_without_scope = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if identifier := attributes.get("id"):
            self.ids.append(identifier)
        if (href := attributes.get("href") or "").startswith("#"):
            self.fragments.add(href[1:])
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "th" and "scope" not in attributes:
            self.headers_without_scope += 1


def test_every_link_within_the_page_leads_somewhere(named_run: tuple[str, Run]) -> None:
    page = Ids(render(named_run[1], "html"))
    assert not [identifier for identifier, number in Counter(page.ids).items() if number > 1]
    assert page.fragments <= set(page.ids)


def test_a_key_that_a_bibliography_uses_twice_breaks_nothing(typical_run: Run, run_with_documents: RunMaker) -> None:
    document = typical_run.documents[0]
    twice = replace(document, references=(document.references[0], replace(document.references[1], id="r1")))
    page = Ids(render(run_with_documents(twice), "html"))
    assert not [identifier for identifier, number in Counter(page.ids).items() if number > 1]


def test_headings_skip_no_level_and_table_headers_have_scopes(named_run: tuple[str, Run]) -> None:
    page = Ids(render(named_run[1], "html"))
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    assert page.headers_without_scope == 0


def test_every_finding_shows_what_it_rests_on(typical_run: Run) -> None:
    html = render(typical_run, "html")
    text = unescape(re.sub(r"<[^>]+>", "", html))
    for finding in typical_run.documents[0].findings:
        assert finding.message in text
        assert finding.fix is None or finding.fix.description in text
        assert all(looked in text for looked in finding.evidence.looked)
        for compared in finding.evidence.compared:
            assert compared.manuscript in text
            assert compared.record in text


def test_an_entry_stands_beside_its_record_with_the_words_that_differ(typical_run: Run) -> None:
    reference = page_of(typical_run).documents[0].references[0]
    rows = {row.name: row for row in reference.rows}
    marked = {name: [piece.text for piece in (*row.manuscript, *row.record) if piece.differs] for name, row in rows.items()}
    assert {name: words for name, words in marked.items() if words} == {
        "Title": ["wild", "of three valleys"],
        "Authors": ["Okafor, C."],
    }
    assert {name: row.words for name, row in rows.items()} == {
        "Title": "differs",
        "Authors": "differs",
        "Year": "same in another form",
        "Published in": "same",
        "Volume": "same",
        "Issue": "same",
        "Pages": "same in another form",
        "DOI": "same",
    }


def test_a_difference_without_a_finding_is_not_called_one(typical_run: Run, run_with_documents: RunMaker) -> None:
    document = replace(typical_run.documents[0], findings=())
    title = page_of(run_with_documents(document)).documents[0].references[0].rows[0]
    assert (title.verdict, title.words) == ("form", "worded differently, no finding")


def test_a_finding_about_the_whole_work_does_not_say_that_its_fields_differ(
    typical_run: Run, run_with_documents: RunMaker
) -> None:
    fields = (
        Comparison(field="title", manuscript="The flight of swifts", record="The Flight of Swifts"),
        Comparison(field="authors", manuscript="Lee, A.", record="Lee, Ada", score=1.0),
        Comparison(field="year", manuscript="2019", record="2020"),
        Comparison(field="doi", manuscript="10.5555/swifts", record=""),
    )
    for code, words in {"LC301": ["same", "same", "differs", "not in the record"], "LC203": ["differs"] * 4}.items():
        evidence = FindingEvidence(source="index", compared=fields)
        finding = replace(typical_run.documents[0].findings[0], code=code, evidence=evidence)
        page = page_of(run_with_documents(replace(typical_run.documents[0], findings=(finding,))))
        assert [row.words for row in page.documents[0].groups[0].findings[0].compared] == words


def test_statuses_and_severities_are_words_and_signs(typical_run: Run) -> None:
    html = render(typical_run, "html")
    for sign, words in (
        ("≠", "differs"),
        ("?", "not found"),
        ("○", "unverifiable"),
        ("✓", "verified"),
        ("✕", "error"),
        ("!", "warning"),
    ):
        assert f'<span aria-hidden="true">{sign}</span> {words}</span>' in html


def _luminance(colour: str) -> float:
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        *[("ink", ground) for ground in ("page", "soft", "plain-soft", "warning-soft", "good-soft")],
        *[("muted", ground) for ground in ("page", "soft")],
        *[("link", "page"), ("mark-ink", "mark"), ("error", "page")],
        *[(name, f"{name}-soft") for name in ("error", "warning", "info", "good")],
    ],
)
def test_contrast_is_enough_to_read(typical_run: Run, theme: int, ink: str, ground: str) -> None:
    roots = re.findall(r":root \{(.*?)\}", render(typical_run, "html"), re.DOTALL)
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", roots[theme]))
    lighter, darker = sorted((_luminance(colours[ink]), _luminance(colours[ground])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5  # WCAG 2.2, 1.4.3 (AA)


def test_two_thousand_references_are_all_on_the_page(typical_run: Run, run_with_documents: RunMaker) -> None:
    document = typical_run.documents[0]
    references = tuple(replace(document.references[n % 5], id=f"r{n}") for n in range(2000))
    citations = tuple(replace(document.citations[0], text=f"Lee {n}", references=(f"r{n}",)) for n in range(2000))
    findings = tuple(replace(document.findings[n % 8], references=(f"r{n}",), citations=()) for n in range(2000))
    run = run_with_documents(replace(document, references=references, citations=citations, findings=findings))
    html = render(run, "html")
    assert html.count('class="reference"') == 2000

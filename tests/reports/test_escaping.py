"""No title, name or address acts on what shows it: not on a page, a Markdown renderer, a terminal or the reading order."""

from __future__ import annotations

import json
import re
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from litcheck.run import Run
from reports import render
from reports.escaping import markdown, printable

ANY_TEXT = st.text(st.characters() | st.sampled_from("\x1b\x07\x9b\r\n\t\u202e\u2066`*_[]()<>&|!#-+=~$:./\\ 1"), max_size=40)
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


class Tags(HTMLParser):
    """Every tag with its attributes, and all text outside of the style sheet."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in_style = tag == "style"

    def handle_data(self, data: str) -> None:
        if not self._in_style:
            self.text += data


def parsed(html: str) -> Tags:
    tags = Tags()
    tags.feed(html)
    return tags


def squeezed(text: str) -> str:
    return " ".join(text.split())


@given(ANY_TEXT)
def test_printable_text_is_one_line_without_control_or_override_characters(text: str) -> None:
    shown = printable(text)
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")]
    assert not BIDI.search(shown)
    assert printable(shown) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Déjà-vu – 東京 مرحبا", "Déjà-vu – 東京 مرحبا"),
        ("\x1b[31mred", "␛[31mred"),
        ("a\tb\r\nc", "a b c"),
        ("x\x00\x7f\x9b", "x␀␡\ufffd"),
        ("exe\u202egpj", "exe\ufffdgpj"),
        ("half \ud83d", "half \ufffd"),
    ],
)
def test_printable_shows_what_was_there(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(ANY_TEXT)
def test_markdown_shows_exactly_the_text_and_nothing_begins_in_it(text: str) -> None:
    for before in ("", "- ", "| a | b |\n| --- | --- |\n| x | "):
        inline = [token for token in MarkdownIt().enable("table").parse(before + "x " + markdown(text)) if token.type == "inline"]
        children = inline[-1].children or []
        assert {child.type for child in children} <= {"text", "text_special"}
        assert squeezed("".join(child.content for child in children)) == squeezed("x " + printable(text))


@given(ANY_TEXT.filter(lambda text: text.strip()))
def test_nothing_begins_in_markdown_at_the_start_of_a_line(text: str) -> None:
    blocks = [token.type for token in MarkdownIt().enable("table").parse(markdown(text.strip()))]
    assert blocks in ([], ["paragraph_open", "inline", "paragraph_close"])


def test_html_holds_no_tag_attribute_or_address_that_a_document_brought(hostile: tuple[str, Run], typical_run: Run) -> None:
    text, run = hostile
    page = parsed(render(run, "html"))
    ours = {tag for tag, _ in parsed(render(typical_run, "html")).tags}
    assert {tag for tag, _ in page.tags} <= ours
    for tag, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on")], tag
        href = attributes.get("href") or "#"
        assert href.startswith(("#", "https://", "http://"))
        if not href.startswith("#"):
            assert attributes["rel"] == "noreferrer"
    assert squeezed(printable(text)) in squeezed(page.text)
    assert not BIDI.search(render(run, "html"))
    assert "49" not in page.text  # what a template would make of {{ 7 * 7 }}


def test_html_needs_nothing_from_outside(hostile: tuple[str, Run]) -> None:
    page = parsed(render(hostile[1], "html"))
    loading = {"script", "img", "link", "iframe", "object", "embed", "video", "audio", "base", "form", "svg"}
    assert not loading & {tag for tag, _ in page.tags}
    assert not [
        attributes for _, attributes in page.tags if {"src", "srcset", "style", "background"} & attributes.keys() - {"style"}
    ]
    (policy,) = [attributes["content"] for tag, attributes in page.tags if attributes.get("http-equiv")]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


@pytest.mark.parametrize("colour", [False, True])
def test_the_terminal_gets_no_control_characters_but_our_colours(hostile: tuple[str, Run], colour: bool) -> None:
    shown = render(hostile[1], "text", width=100, colour=colour)
    if colour:
        shown = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"]
    assert not BIDI.search(shown)


def test_rich_markup_is_text(typical_run: Run) -> None:
    from dataclasses import replace

    document = replace(typical_run.documents[0], path="[bold]x[/bold] :smile:")
    assert "[bold]x[/bold] :smile:" in render(replace(typical_run, documents=(document,)), "text")


def test_markdown_report_holds_only_links_and_tags_of_ours(hostile: tuple[str, Run]) -> None:
    tokens = MarkdownIt().enable("table").parse(render(hostile[1], "md"))
    inline = [child for token in tokens for child in token.children or []]
    assert {child.content for child in inline if child.type == "html_inline"} <= {"<b>", "</b>"}
    links = [str(child.attrs["href"]) for child in inline if child.type == "link_open"]
    assert all(link.startswith(("https://", "http://")) for link in links)
    assert not {"image", "code_inline", "s_open"} & {child.type for child in inline}
    assert not {"html_block", "fence", "code_block"} & {token.type for token in tokens}


@pytest.mark.parametrize("format_", ["json", "jsonl"])
def test_json_keeps_the_text_as_it_is(hostile: tuple[str, Run], format_: str) -> None:
    text, run = hostile
    rendered = render(run, format_)
    report = json.loads(rendered.encode())
    document = report["document"] if format_ == "jsonl" else report["documents"][0]
    assert document["references"][0]["raw"] == text.replace("\ud83d", "\ufffd")
    assert len(rendered.splitlines()) == 1 or format_ == "json" or "\u2028" in text

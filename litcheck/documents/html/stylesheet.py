"""The little of a page's styles that changes what its text says: what is raised, what is not shown, which lists have no numbers.

Word, LibreOffice and Google Docs raise numbers by classes ("vertical-align: super") that a ``<style>`` in the page defines. Only
selectors of one element are read (``sup``, ``.c3``, ``span.c3``, ``#top``); linked stylesheets are not fetched. Source: CSS 2.2,
sections 5, 10.8 and 12.5; Word's own properties begin with "mso-".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from lxml import etree

from litcheck.documents.html.trees import tag_of

#: More text than the styles of any saved page have (Word writes 50 kB); what stands beyond is not read.
_MOST_STYLES = 2_000_000

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_BRACE = re.compile(r"[{}]")
#: No selector and no rule of interest is longer.
_LONGEST = 5000
_SIMPLE = re.compile(r"([A-Za-z][\w:\\-]{0,40})?(?:\.([\w-]{1,100})|#([\w-]{1,100}))?")
_DECLARATION = re.compile(r"([\w-]{1,40})\s{0,10}:\s{0,10}([^;]{1,200})")
_LENGTH = re.compile(r"\+?(?:\d{1,4}|\d{0,4}\.\d{1,4})(?:px|pt|em|ex|rem|%|cm|mm|in)")
_NO_LENGTH = re.compile(r"[0.]{1,6}\D{1,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """How an element looks, ``None`` where nothing is said of it."""

    raised: bool | None = None
    hidden: bool | None = None
    unnumbered: bool | None = None

    def under(self, other: Looks) -> Looks:
        """These looks, with what ``other`` says besides or otherwise."""
        return Looks(
            **{
                field.name: getattr(self, field.name) if (said := getattr(other, field.name)) is None else said
                for field in fields(Looks)
            }
        )


_PLAIN = Looks()


def looks_in(declarations: str) -> Looks:
    """What the declarations of a rule or of a ``style`` attribute say."""
    said: dict[str, bool] = {}
    for found in _DECLARATION.finditer(declarations):
        value = found[2].replace("!important", "").strip().lower()
        match found[1].lower():
            case "vertical-align":
                said["raised"] = value == "super" or bool(_LENGTH.fullmatch(value) and not _NO_LENGTH.fullmatch(value))
            case "mso-text-raise":
                said["raised"] = bool(_LENGTH.fullmatch(value) and not _NO_LENGTH.fullmatch(value))
            case "display":
                said["hidden"] = value == "none"
            case "visibility":
                said["hidden"] = said.get("hidden", False) or value in ("hidden", "collapse")
            case "mso-hide":
                said["hidden"] = value != "none"
            case "mso-element":
                said["hidden"] = value in ("comment-list", "comment", "header", "footer")
            case "list-style" | "list-style-type":
                said["unnumbered"] = "none" in value.split()
            case _:
                pass
    return Looks(**said) if said else _PLAIN


class Stylesheet:
    """The rules of one page."""

    def __init__(self, sources: Iterable[str]) -> None:
        rules: dict[str, Looks] = {}
        for selector, declarations in _rules("\n".join(sources)[:_MOST_STYLES]):
            looks = looks_in(declarations)
            if looks is _PLAIN:
                continue
            for one in selector.split(","):
                if simple := _SIMPLE.fullmatch(one.strip()):
                    key = _key((simple[1] or "").lower(), simple[2] or "", simple[3] or "")
                    rules[key] = rules.get(key, _PLAIN).under(looks)
        self._rules: Mapping[str, Looks] = rules

    def looks(self, element: etree._Element) -> Looks:
        """How the element looks: by its name, its classes, its id and its own ``style``, each outweighing what comes before."""
        looks = _PLAIN
        if self._rules:
            tag = tag_of(element)
            looks = self._rules.get(_key(tag, "", ""), _PLAIN)
            for name in element.get("class", "").split():
                for key in (_key("", name, ""), _key(tag, name, "")):
                    if key in self._rules:
                        looks = looks.under(self._rules[key])
            if (name := element.get("id", "")) and (found := self._rules.get(_key("", "", name))):
                looks = looks.under(found)
        if style := element.get("style"):
            looks = looks.under(looks_in(style))
        return looks


def _key(tag: str, class_name: str, id_: str) -> str:
    return f"{tag}.{class_name}#{id_}"


def _rules(source: str) -> Iterable[tuple[str, str]]:
    """Selectors and declarations. Of what depends on a medium only the rules for every medium and for screens are taken."""
    source = _COMMENT.sub(" ", source)
    skipped = depth = 0
    selector = ""
    at = 0
    for found in _BRACE.finditer(source):
        before = source[max(at, found.start() - _LONGEST) : found.start()].strip()
        at = found.end()
        if found[0] == "{":
            depth += 1
            if not skipped and before.startswith("@") and not before.startswith(("@media screen", "@media all")):
                skipped = depth
            selector = before.rpartition(";")[2].strip()
        else:
            if not skipped and selector:
                yield selector, before
            selector = ""
            skipped = 0 if skipped == depth else skipped
            depth = max(0, depth - 1)

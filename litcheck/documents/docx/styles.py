"""The styles of a document: what each says of raised and hidden text and of automatic numbers, its parents' word included."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

from lxml import etree

from litcheck.documents.docx.names import VAL, W, is_on
from litcheck.documents.numerals import whole_number

#: A run that stands so many half-points above the line is raised; less only evens out how letters sit. A judgement.
RAISED_FROM = 4
#: Styles that are based on each other in a longer chain, or a ring, are read no further. Word allows 11.
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class RunStyle:
    """How a run is set."""

    raised: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says; its numbers are ``None`` where it says nothing of them."""

    run: RunStyle = RunStyle()
    number_id: str | None = None
    level: int | None = None


PLAIN = RunStyle()


class Styles:
    """The styles of ``styles.xml`` by their ids."""

    def __init__(self, root: etree._Element | None) -> None:
        self._sources: Mapping[str | None, etree._Element] = (
            {} if root is None else {style.get(W + "styleId"): style for style in root.iterchildren(W + "style")}
        )
        self._read: dict[str | None, Style] = {}
        self._runs: dict[tuple[RunStyle, str | None], RunStyle] = {}
        default = next((id_ for id_, style in self._sources.items() if _is_default_paragraph(style)), None)
        #: How a paragraph without a style is set.
        self.default = self.style(default)

    def style(self, id_: str | None) -> Style:
        """The style with an id; a plain one where there is none."""
        found = self._read.get(id_)
        if found is None:
            found = self._read[id_] = self._with_parents(id_)
        return found

    def of_run(self, properties: etree._Element, paragraph: RunStyle) -> RunStyle:
        """How a run is set, by its ``rPr`` and the style of its paragraph."""
        for child in properties:
            if child.tag == _RUN_STYLE:  # comes first where there is one
                paragraph = self._character(paragraph, child.get(VAL))
            break
        return _set_by(properties, paragraph)

    def _character(self, paragraph: RunStyle, id_: str | None) -> RunStyle:
        found = self._runs.get((paragraph, id_))
        if found is None:
            found = paragraph
            for source in self._chain(id_):
                found = _set_by(source.find(W + "rPr"), found)
            self._runs[paragraph, id_] = found
        return found

    def _with_parents(self, id_: str | None) -> Style:
        style = Style()
        for source in self._chain(id_):
            style = replace(style, run=_set_by(source.find(W + "rPr"), style.run))
            numbering = source.find(f"{W}pPr/{W}numPr")
            if numbering is not None:
                number_id, level = numbers_of(numbering)
                style = replace(
                    style,
                    number_id=style.number_id if number_id is None else number_id,
                    level=style.level if level is None else level,
                )
        return style

    def _chain(self, id_: str | None) -> list[etree._Element]:
        """The style's own source last, before it those that it is based on."""
        chain: list[etree._Element] = []
        while id_ is not None and len(chain) < _LONGEST_CHAIN:
            source = self._sources.get(id_)
            if source is None:
                break
            chain.append(source)
            parent = source.find(W + "basedOn")
            id_ = None if parent is None else parent.get(VAL)
        return chain[::-1]


_RUN_STYLE = W + "rStyle"
_ALIGNED = W + "vertAlign"
_POSITION = W + "position"
_VANISH = W + "vanish"


def telling_properties(root: etree._Element) -> Set[etree._Element | None]:
    """The ``rPr`` elements within ``root`` that say anything of what is raised or hidden, found without a look at the others."""
    return {child.getparent() for child in root.iter(_RUN_STYLE, _ALIGNED, _POSITION, _VANISH)}


def numbers_of(properties: etree._Element) -> tuple[str | None, int | None]:
    """The list and the level that a ``numPr`` names."""
    number_id, level = properties.find(W + "numId"), properties.find(W + "ilvl")
    return (
        None if number_id is None else number_id.get(VAL),
        None if level is None else whole_number(level.get(VAL), 0),
    )


def _is_default_paragraph(style: etree._Element) -> bool:
    default = style.get(W + "default")
    return style.get(W + "type") == "paragraph" and default is not None and is_on(default)


def _set_by(properties: etree._Element | None, inherited: RunStyle) -> RunStyle:
    """How a run is set by ``rPr``, what that leaves open being inherited."""
    if properties is None:
        return inherited
    raised, hidden = inherited.raised, inherited.hidden
    aligned = False
    for child in properties:
        tag = child.tag
        if tag == _ALIGNED:
            raised, aligned = child.get(VAL) == "superscript", True
        elif tag == _POSITION and not aligned:
            raised = whole_number(child.get(VAL), 0) >= RAISED_FROM
        elif tag == _VANISH:
            hidden = is_on(child.get(VAL))
    if raised is inherited.raised and hidden is inherited.hidden:
        return inherited
    return RunStyle(raised, hidden)

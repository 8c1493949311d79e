"""What holds inside a group of an RTF file, and the fields that are open."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Role(Enum):
    """What the text of a group is."""

    BODY = "body"
    LABEL = "label"
    INSTRUCTION = "instruction"
    DATA = "data"
    FONTS = "fonts"


class Closing(Enum):
    """What the end of a group ends besides."""

    NOTHING = "nothing"
    FIELD = "field"
    RESULT = "result"
    LABEL = "label"
    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"
    BOX = "box"


@dataclass(frozen=True, slots=True)
class Group:
    """The formatting that holds now. A group inside begins with what holds around it; at its end that holds again."""

    role: Role = Role.BODY
    closing: Closing = Closing.NOTHING
    raised: bool = False
    hidden: bool = False
    deleted: bool = False
    in_table: bool = False
    font: int | None = None
    #: How many characters stand for readers that do not know the one given by its number.
    instead: int = 1


@dataclass(slots=True)
class OpenField:
    """A field that is open: its instruction, the data beside it, and the mark at which its result begins."""

    instruction: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    begins: int | None = None
    is_done: bool = False


@dataclass(slots=True)
class Font:
    """A font: its codec where it names one, and whether it has codes of its own."""

    codec: str = ""
    has_own_codes: bool = False
    name: str = ""

"""Citation styles at random. Each is a draw from every choice of ``data/styles.yaml``.

The styles in use are combinations of a few dozen choices: how names are turned, what stands between them, where the year goes,
how volume, issue and pages are set. Drawing each choice by itself gives more variety than any collection of styles.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def _choices() -> Mapping[str, Any]:
    text = files("bib.strings.training").joinpath("data", "styles.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = yaml.safe_load(text)
    return found


def months(name: str) -> Sequence[str]:
    """The names of months in a language, or "short" or "dotted" English ones."""
    found: Sequence[str] = _choices()["months"][name]
    return found


def abroad(name: str, language: str) -> str:
    """What stands for a phrase in another language, empty where nothing does."""
    return str(_choices()[f"{name}_abroad"].get(language, ""))


def editions_abroad(language: str) -> Sequence[str]:
    """How another language prints an edition: its number as {0}, and behind "|" what is no part of it."""
    found: Sequence[str] = _choices()["editions_abroad"].get(language, ())
    return found


@dataclass(slots=True)
class Style:
    """One way to print references. Fields without a word of explanation are named like the choices of ``data/styles.yaml``."""

    draw: random.Random
    names: str
    joint: str
    """Between two names."""
    last: str
    most: int
    """Names that are printed before "et al."."""
    et_al: str
    year: str
    """Where the year goes: around "Y" after the authors, or "late" (before the volume), or "end"."""
    quotes: str
    after_title: str
    language: str
    emphasis: str
    locator: str
    dash: str
    dotted: bool
    """Whether abbreviated containers keep their full stops."""
    chapter: str
    imprint: str

    def any(self, name: str) -> Any:
        """One of the options of a choice that differs from entry to entry."""
        return _option(self.draw, name)

    def pick(self, *options: str) -> str:
        """One of the options."""
        return self.draw.choice(options)

    def chance(self, share: float) -> bool:
        """True in that share of cases."""
        return self.draw.random() < share


def _option(draw: random.Random, name: str) -> Any:
    options = _choices()[name]
    return draw.choices([option for option, _ in options], [weight for _, weight in options])[0]


def draw_style(draw: random.Random) -> Style:
    """A style at random."""
    names = _option(draw, "names")
    semicolons = 0.45 if names.startswith("FAM") or names in ("Fam, Given", "Fam, II") else 0.08
    joint = "; " if draw.random() < semicolons else ", "
    last = _option(draw, "last")
    drawn = {name: _option(draw, name) for name in ("most", "et_al", "year", "quotes", "after_title", "language", "emphasis")}
    drawn |= {name: _option(draw, name) for name in ("locator", "dash", "chapter", "imprint")}
    return Style(
        draw=draw, names=names, joint=joint, last=joint if last == "joint" else last, dotted=draw.random() < 0.6, **drawn
    )  # fmt: skip

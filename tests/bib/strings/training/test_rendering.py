"""Records printed in made-up styles."""

from __future__ import annotations

import random

import pytest

from bib.strings.labels import INDEX
from bib.strings.training.aligning import flat
from bib.strings.training.making import Maker
from bib.strings.training.records import Parts, Record
from bib.strings.training.rendering import render
from bib.strings.training.styles import draw_style

ARTICLE = Record(
    kind="article", authors=(("Lind", "Jan A."), ("Moor", "Bea")), title="Moss on walls of stone", year=2001,
    container="Journal of Moss Studies", volume="12", issue="3", page="101-119", doi="10.5555/m.1",
)  # fmt: skip


def printed(record: Record, label: str, seed: int) -> tuple[str, str]:
    """The string, and what of it may bear the label and nothing else."""
    draw = random.Random(seed)
    # A style that sets two fields without anything between them prints no example.
    example = next(example for _ in range(10) if (example := render(record, draw_style(draw))) is not None)
    words = [
        word for word, bits in zip(example.tokens.words, example.allowed, strict=True) if bits == 1 << INDEX[label] and flat(word)
    ]
    return example.raw, " ".join(words)


@pytest.mark.parametrize("seed", range(40))
def test_an_article_is_labelled_whatever_the_style(seed: int) -> None:
    raw, title = printed(ARTICLE, "title", seed)
    assert flat(title) == flat(ARTICLE.title), raw
    assert {"2001", "2001a", "2001b"} & set(printed(ARTICLE, "date", seed)[1].split()) or "2001" not in raw, raw
    assert flat(printed(ARTICLE, "author", seed)[1]).find("lind") >= 0, raw
    assert printed(ARTICLE, "volume", seed)[1] in ("12", ""), raw


def test_most_styles_print_the_numbers_of_an_article() -> None:
    for label, value in (("volume", "12"), ("issue", "3"), ("container", "Journal of Moss Studies")):
        assert sum(printed(ARTICLE, label, seed)[1] == value for seed in range(40)) >= 20, label


def test_the_same_seed_prints_the_same_and_another_does_not() -> None:
    assert printed(ARTICLE, "title", 1) == printed(ARTICLE, "title", 1)
    assert len({printed(ARTICLE, "title", seed)[0] for seed in range(30)}) > 20


def test_records_of_every_kind_are_made_and_can_be_printed() -> None:
    parts = Parts(articles=[ARTICLE], given=["Ada", "Grace"], books=["Ferns"])
    draw = random.Random(5)
    records = list(Maker(parts, draw).records(400))
    assert {record.kind for record in records} == {"article", "chapter", "book", "conference", "thesis", "report", "page", "news"}
    examples = [render(record, draw_style(draw)) for record in records]
    assert sum(example is not None for example in examples) > 350
    for example in examples:
        if example:
            assert len(example.allowed) == len(example.tokens)
            assert all(example.allowed)

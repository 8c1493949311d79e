"""XML as trees: nothing that a file declares has any effect."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcheck.documents.xml_trees import parse_xml
from litcheck.errors import UnreadableDocument
from litcheck.limits import Allowance, Limits


def text_of(data: bytes) -> str:
    return "".join(str(piece) for piece in parse_xml(data, Allowance("paper.xml", Limits())).itertext())


def text_or_refusal(data: bytes) -> str:
    try:
        return text_of(data)
    except UnreadableDocument as error:
        return str(error)


def test_text_is_read_and_comments_and_instructions_are_not() -> None:
    assert text_of(b"<?xml version='1.0'?><a>one<!-- no --><?no no?> <b>two</b></a>") == "one two"


def test_entities_that_reach_outside_stay_unread(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    data = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]><a>[&x;]</a>'.encode()
    assert "secret" not in text_of(data).replace("&x;", "")


def test_entities_that_grow_are_not_expanded() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    data = f'<!DOCTYPE a [<!ENTITY e0 "ha">{levels}]><a>&e11;</a>'.encode()
    assert len(text_or_refusal(data)) < 1_000


@pytest.mark.parametrize("data", [b"", b"<a>", b"<a></b>", b"<a>&nbsp;</a>", b"\xff\xfe<", b"<a>" * 5000, b"text"])
def test_broken_xml_is_said_to_be_so(data: bytes) -> None:
    with pytest.raises(UnreadableDocument, match=r"paper\.xml holds broken XML"):
        text_of(data)


@given(st.binary(max_size=200) | st.text(alphabet="<>/a&;#x!'\"= []", max_size=80).map(str.encode))
def test_any_bytes_give_a_tree_or_a_message(data: bytes) -> None:
    assert isinstance(text_or_refusal(data), str)

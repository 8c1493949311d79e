from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bib.formats.bibtex import read_bibtex, read_macros
from bib.model import Date, ParseFailure, Reference, Span

LIST = """\
% A comment about @things.
@string{jw = "Journal of Water"}
@STRING{vol = {Volume } # one}
@preamble{"\\newcommand{\\x}{y}"}

@article{lee2020,
  author = {Lee, A. B.},
  title  = {On rivers},
  journal = jw # { Research},
  year = 2020
}
@comment{jabref-meta: x}
@Book (roy2021, title = "On {"}lakes{"} (and ponds)", editor = "Roy, S.", year = "2021" ) text between
@misc
{kim2022, title={On the next line}, year={2022}}
"""


def test_every_entry_is_found_at_its_place() -> None:
    entries = read_bibtex(LIST)
    assert [entry.id for entry in entries] == ["lee2020", "roy2021", "kim2022"]
    assert all(isinstance(entry, Reference) and entry.span and entry.span.of(LIST) == entry.raw for entry in entries)
    assert [entry.raw.split("\n")[0] for entry in entries] == [
        "@article{lee2020,",
        '@Book (roy2021, title = "On {"}lakes{"} (and ponds)", editor = "Roy, S.", year = "2021" )',
        "@misc",
    ]


def fields_of(source: str, *names: str) -> tuple[object, ...]:
    (entry,) = read_bibtex(source)
    assert isinstance(entry, Reference), entry
    return tuple(getattr(entry, name) for name in names)


@pytest.mark.parametrize(
    ("value", "title"),
    [
        ("{plain}", "plain"),
        ('"quoted"', "quoted"),
        ("2020", "2020"),
        ('{a} # " b" # { c}', "a b c"),
        ("jw # { Research}", "Journal of Water Research"),
        ("JW", "Journal of Water"),
        ("twice", "Journal of Water, Journal of Water"),
        ("Undefined # { Research}", "Research"),
        ("acmcs", "ACM Computing Surveys"),
        ("1--9", "1--9".replace("--", "–")),
        ("{a # b}", "a # b"),
        ('"a {"}b{"} # c"', 'a "b" # c'),
        ("{a \\{ b}", "a { b"),
    ],
)
def test_values(value: str, title: str) -> None:
    macros = '@string{jw = {Journal of Water}}\n@string{twice = jw # ", " # jw}\n'
    assert fields_of(f"{macros}@misc{{k, title = {value}}}", "title") == (title,)


def test_a_macro_that_nothing_defines_is_empty_and_a_problem() -> None:
    text = "@string{jw = {Water}}\n\n@article{k, title = {T},\n journal =\n  jmlr,\n month = sept, note = jw,"
    text += " series = {x} # abc,\n year = 2020}"
    (entry,) = read_bibtex(text)
    assert isinstance(entry, Reference)
    assert (entry.container_title, entry.collection_title, entry.issued) == ("", "x", Date(year=2020, month=9))
    assert [problem.reason for problem in entry.problems] == [
        "line 5 gives its journal as jmlr, which no @string of the files given defines",
        "line 6 gives its series as abc, which no @string of the files given defines",
    ]
    assert [problem.span and problem.span.of(text) for problem in entry.problems] == ["jmlr", "{x} # abc"]


@pytest.mark.parametrize(
    ("text", "place", "line"),
    [
        ("@article{jmlr10,\n title = {On mosses in jmlr},\n author={Lee, A.},\n journal = jmlr,\n year=2010}", "= jmlr,", 4),
        ("@article{k, title = {journal = jmlr, or so},\n note = jmlr,\n Journal=\n\n jmlr, year=2010}", " jmlr, year", 5),
        ("@misc{a, title={A}}\n@article\n{k, title = {T},\n journal = jmlr\n}", "= jmlr\n", 4),
        ("@article{k, title = {T}, title = {journal = {x}},\n journal = jmlr}", "= jmlr}", 2),
    ],
)
def test_a_macro_is_placed_at_its_field(text: str, place: str, line: int) -> None:
    entry = read_bibtex(text)[-1]
    assert isinstance(entry, Reference)
    (problem,) = entry.problems
    assert problem.span is not None
    assert (problem.span.start, problem.span.of(text)) == (text.index("jmlr", text.index(place)), "jmlr")
    assert problem.reason.startswith(f"line {line} gives its journal as jmlr")
    assert problem.field == "container_title"


def test_only_fields_that_are_read_are_told() -> None:
    text = "@article{k, title = {T}, keywords = ferns, abstract = short, note = {Accessed } # whenever, volume = twelve}"
    (entry,) = read_bibtex(text)
    assert isinstance(entry, Reference)
    assert [problem.field for problem in entry.problems] == ["volume"]


def test_months_and_states_need_no_braces() -> None:
    text = "@misc{k, title = {Seen } # feb, year = forthcoming} @misc{m, title = {T}, year = 2020, month = 3 # mar}"
    first, second = read_bibtex(text)
    assert isinstance(first, Reference)
    assert isinstance(second, Reference)
    assert (first.title, first.status, first.problems) == ("Seen February", "forthcoming", ())
    assert second.issued == Date(year=2020, month=3, day=3)


def test_macros_of_other_files() -> None:
    shared = read_macros("@string{ab = beta # {x}}\n@string{jw = {Water}}", read_macros("@STRING(beta = {Beta })"))
    refs = "@string{jw = {Journal of Water}}\n@article{k, title = {T}, journal = ab}\n@article{m, title = {T}, journal = JW}"
    first, second = read_bibtex(refs, shared)
    assert isinstance(first, Reference)
    assert isinstance(second, Reference)
    assert (first.container_title, first.problems, second.container_title) == ("Beta x", (), "Journal of Water")
    assert read_macros("@misc{k, title = {T}}") == {}


@pytest.mark.parametrize("filler", ["", "x" * 12_000 + "\n", "% @a{\n" * 3_000])
@pytest.mark.parametrize("end", ["}", "", "\n"])
def test_large_files_are_read_as_small_ones(filler: str, end: str) -> None:
    blocks = [f"@article{{k{n}, title = {{Title of\n @ {n}{end}}}}}\n" for n in range(600)]
    entries = read_bibtex(filler + "".join(blocks))
    alone = [read_bibtex(block + "@a{")[0] for block in blocks]
    assert [(entry.id, entry.raw, getattr(entry, "reason", "")) for entry in entries[-600:-1]] == [
        (entry.id, entry.raw, getattr(entry, "reason", "").replace("`@a`", "`@article`")) for entry in alone[:-1]
    ]


def test_macros_cannot_grow_without_end() -> None:
    doubling = "@string{a0={xxxxxxxxxx}}\n" + "".join(f"@string{{a{i + 1} = a{i} # a{i}}}\n" for i in range(60))
    (title,) = fields_of(doubling + "@misc{k, title = {t} # a60 # a60}", "title")
    assert len(str(title)) < 10_000


def test_what_an_entry_lacks_comes_from_the_entry_that_it_names() -> None:
    text = """
    @inproceedings{part, author = {Lee, A.}, title = {Part}, pages = {1--2}, crossref = {Whole}}
    @proceedings{whole, title = {Proceedings}, editor = {Roy, S.}, year = 2020, publisher = {Press}, doi = {10.1000/whole}}
    """
    part, whole = read_bibtex(text)
    assert isinstance(part, Reference)
    assert (part.title, part.container_title, part.year, part.publisher, part.doi) == ("Part", "Proceedings", 2020, "Press", "")
    assert [editor.family for editor in part.editors] == ["Roy"]
    assert whole.id == "whole"


def test_data_comes_from_every_container_named_and_theirs() -> None:
    text = """
    @article{a, xdata={x, y}, author={Lee, A.}, crossref={p}}
    @xdata{x, title={Shared}, xdata={z}} @xdata{y, journaltitle={J}} @xdata{z, volume={12}}
    @periodical{p, title={Not this one}, number={3}, date={2020-05}}
    """
    first = read_bibtex(text)[0]
    assert isinstance(first, Reference)
    assert (first.title, first.container_title, first.volume, first.issue, first.year) == ("Shared", "J", "12", "3", 2020)


def test_a_date_is_inherited_whole_or_not_at_all() -> None:
    part, _ = read_bibtex("@inbook{a, title={A}, year={2019}, crossref={b}} @book{b, title={B}, subtitle={C}, date={2020-05-04}}")
    assert isinstance(part, Reference)
    assert part.issued == Date(year=2019)
    assert part.container_title == "B: C"


def test_entries_that_name_each_other_end() -> None:
    first, second = read_bibtex("@book{a, title={A}, crossref={b}} @book{b, title={B}, crossref={a}, year=2020}")
    assert isinstance(first, Reference)
    assert isinstance(second, Reference)
    assert (first.title, first.year, second.title) == ("A", 2020, "B")


def test_shared_data_gives_all_its_fields() -> None:
    first, _ = read_bibtex("@article{a, xdata={x}, author={Lee, A.}} @xdata{x, title={Shared}, journaltitle={J}}")
    assert isinstance(first, Reference)
    assert (first.title, first.container_title) == ("Shared", "J")


@pytest.mark.parametrize(
    ("broken", "line", "id_", "reason"),
    [
        ("@article{k, title = {never closed\n", 2, "k", "closing"),
        ("@article{k\n  title = {no comma}, year = 2020}\n", 2, "k", "comma"),
        ("@article{k, title {no equals sign}}\n", 2, "k", "="),
        ("@article{title = {no key}}\n", 2, "title", "comma"),
        ("@article{good, title = {The same key}}\n", 2, "line 2", "'good' already belongs to the entry of line 1"),
        ("@article{k, year = 2020}\n", 2, "k", "neither an author nor a title"),
        ("\n\n@article{, year = 2020}\n", 4, "line 4", "neither"),
    ],
)
def test_what_cannot_be_read_is_kept(broken: str, line: int, id_: str, reason: str) -> None:
    text = "@misc{good, title={Before}}\n" + broken + "@misc{after, title={After}}\n"
    before, failure, after = read_bibtex(text)
    assert (before.id, after.id) == ("good", "after")
    assert isinstance(failure, ParseFailure)
    assert (failure.id, failure.line, failure.raw) == (id_, line, broken.strip())
    assert failure.span
    assert failure.span.of(text) == failure.raw
    assert reason in failure.reason


def test_an_unclosed_last_entry_is_kept() -> None:
    text = "@misc{a, title={A}}\n@article{lee, title = {x"
    assert read_bibtex(text)[1] == ParseFailure(
        id="lee", raw="@article{lee, title = {x", reason="Unexpectedly reached end of file.", span=Span(20, 44), line=2
    )


def test_entries_without_a_key_have_ids_of_their_own() -> None:
    entries = read_bibtex("@misc{, title={A}} @misc{, title={B}}\n@misc{, title={C}}")
    assert len({entry.id for entry in entries}) == 3
    assert all(entry.id.startswith("line ") for entry in entries)


def test_of_a_repeated_field_the_first_counts() -> None:
    assert fields_of("@misc{k, title={First}, note={a}, title={Second}}", "title", "id") == ("First", "k")


@pytest.mark.parametrize("text", ["", "no entry at all", "@comment{@}", "mail lee@example.org", "%"])
def test_texts_without_entries(text: str) -> None:
    assert read_bibtex(text) == ()


PIECES = st.sampled_from(
    [
        *("@article", "@a", "@string", "@comment", "{", "}", "(", ")", ",", "=", "\n", '"', "#", "k", "title", "author", "x y"),
        *(" ", "\\", "@", "crossref", "and", "\\'e", "$", "é", "\r\n", "@a{k, title={x}}\n", "\n@misc(q, author={Lee})", "%"),
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_gives_entries_in_order_and_unlike_ids(text: str) -> None:
    entries = read_bibtex(text)
    assert len({entry.id for entry in entries}) == len(entries)
    end = 0
    for entry in entries:
        assert entry.span is not None
        assert entry.span.of(text) == entry.raw
        assert entry.raw.startswith("@")
        assert entry.span.start >= end
        end = entry.span.end


@given(st.lists(st.from_regex(r"[a-z]{1,8}[0-9]{4}", fullmatch=True), unique=True, max_size=20))
def test_each_key_is_an_id(keys: list[str]) -> None:
    text = "\n".join(f"@article{{{key}, title = {{Title of {key}}}}}" for key in keys)
    assert [entry.id for entry in read_bibtex(text)] == keys


@pytest.mark.parametrize("piece", ["@a{\n", "@a((", "@a{k,\n", "{", "@", "@a{k,a={b},", "@string{a=a#a}", "@a{,}"])
def test_a_hostile_file_gives_entries_with_unlike_ids(piece: str) -> None:
    entries = read_bibtex(piece * (100_000 // len(piece)))
    assert len({entry.id for entry in entries}) == len(entries)


def test_a_public_benchmark_is_read_wholly(shared_data: Path) -> None:
    text = (shared_data / "verdict" / "citetracer-dev.bib").read_text("utf-8")
    entries = read_bibtex(text)
    assert len(entries) == text.count("\n@") + 1 == 779
    assert all(isinstance(entry, Reference) and entry.authors and entry.title and entry.year for entry in entries)

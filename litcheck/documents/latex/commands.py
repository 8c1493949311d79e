"""LaTeX's commands that print something else than their arguments, each with what it does."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from litcheck.documents.latex.arguments import argument_end, environments
from litcheck.documents.latex.naming import name_bibliographies, name_folder_and_file, name_input
from litcheck.documents.latex.streams import Command
from litcheck.documents.pieces import Mark

if TYPE_CHECKING:
    from litcheck.documents.latex.printer import Printer

_VERB = re.compile(r"\*?(?P<mark>[^\sA-Za-z*])(?P<inside>[^\n]{0,500}?)(?P=mark)")
_BRANCH = re.compile(r"\\(?P<word>if(?!f\b|thenelse\b)[A-Za-z]*|else|fi)(?![A-Za-z])")
_COMPARED = re.compile(r"\\[A-Za-z@]{1,60}|\\?[^\s{}]")
_NAME = re.compile(r"\s{0,20}\{\s{0,20}(?P<name>[^{}\\]{1,60}?)(?P<star>\*?)\s{0,20}\}")
_ESCAPED = re.compile(r"\\([%#&_~{}$ ])")
_COMMENT = re.compile(r"(?<!\\)%[^\n]*\n?[ \t]*")
_COUNTER = re.compile(r"\s{0,5}\{enum(?:i|ii|iii|iv)\}\s{0,5}\{\s{0,5}(?P<value>\d{1,6})\s{0,5}\}")
_LONGEST_NAME = 200
#: What TeX's own commands take as a whole number, and as a length that may stretch and shrink.
_NUMBER = re.compile(r"\s{0,5}=?\s{0,5}[-+]?\d{1,10}\s?")
_LENGTH = (
    r"\s{0,5}[-+]?(?:\d{1,10}(?:[.,]\d{0,10})?|[.,]\d{1,10})?\s?"
    r"(?:\\[A-Za-z@]{1,40}|(?:true\s?)?(?:p[tc]|in|bp|[cm]m|dd|cc|sp|e[mx]|mu|fil{1,3}))"
)
#: The space between words, which IEEE's style sets from the font at entries with an address.
_WORD_SPACE = re.compile(r"\s{0,5}=[^{}]{0,200}?\\relax(?![A-Za-z])")
_STRETCH = re.compile(rf"\s{{0,5}}=?{_LENGTH}(?:\s{{0,5}}plus{_LENGTH})?(?:\s{{0,5}}minus{_LENGTH})?\s?")


def _superscript(printer: Printer, command: Command) -> None:
    stream = command.stream
    printer.emit(stream, "", command.start, Mark.RAISE)

    def lower() -> None:
        printer.page.print("", stream.file, *command.place, Mark.LOWER)

    if not printer.open_argument(stream, lower, ""):
        if stream.at < stream.end and stream.text[stream.at].isalnum():
            stream.at += 1
            printer.emit(stream, stream.text[stream.at - 1], stream.at - 1)
        lower()


def _footnote(printer: Printer, command: Command) -> None:
    with_mark = command.name != "footnotetext"
    note = printer.page.begin_note(command.stream.file, *command.place, with_mark=with_mark)
    if not printer.open_argument(command.stream, lambda: printer.page.end_note(note)):
        printer.page.drop_note(note)


def _heading(printer: Printer, command: Command) -> None:
    printer.page.end_paragraph()
    printer.open_argument(command.stream, printer.page.end_paragraph)


def _run_in_heading(printer: Printer, command: Command) -> None:
    printer.page.end_paragraph()
    printer.open_argument(command.stream, lambda: printer.emit_blank(command.stream, command.start))


def _caption(printer: Printer, command: Command) -> None:
    printer.page.end_paragraph()
    printer.open_argument(command.stream, printer.page.end_paragraph, "om" if command.name == "captionof" else "o")


def _title(printer: Printer, command: Command) -> None:
    if not printer.page.in_preamble:
        _heading(printer, command)
        return
    title = printer.page.begin_title()
    if not printer.open_argument(command.stream, lambda: printer.page.end_title(title)):
        printer.page.end_title(title)


def _paragraph(printer: Printer, command: Command) -> None:
    command.stream.skip_blank()
    printer.page.end_paragraph()


def _line(printer: Printer, command: Command) -> None:
    command.stream.skip_blank()
    printer.page.end_line()


def _blank(printer: Printer, command: Command) -> None:
    command.stream.skip_blank()
    printer.emit_blank(command.stream, command.start)


def _quotation(printer: Printer, command: Command) -> None:
    stream = command.stream
    if printer.open_argument(stream, lambda: printer.emit(stream, "”", stream.at)):
        printer.emit(stream, "“", command.start)


def _cross_reference(printer: Printer, command: Command) -> None:
    # What LaTeX itself prints where it does not know a number yet.
    command.stream.skip_arguments("om")
    printer.emit(command.stream, "??", command.start)


def _address(printer: Printer, command: Command) -> None:
    address = command.stream.take_argument()
    if address is not None:
        printer.emit(command.stream, _ESCAPED.sub(r"\1", address).strip(), command.start)


def _verbatim(printer: Printer, command: Command) -> None:
    stream = command.stream
    if stream.holds("[", stream.at):
        stream.skip_arguments("o")
    if found := stream.match(_VERB, stream.at):
        stream.at = found.end()
        printer.emit(stream, found["inside"], command.start)


def _formula(printer: Printer, command: Command) -> None:
    formula = command.stream.take_argument()
    if formula is not None:
        printer.emit_formula(command.stream, formula, command.start)


def _begin(printer: Printer, command: Command) -> None:
    stream = command.stream
    found = stream.match(_NAME, stream.at)
    if not found:
        return
    stream.at = found.end()
    name = found["name"]
    kind, signature = environments().get(name, ("text", "o"))
    if name == "document":
        printer.groups.clear()
        printer.page.end_preamble()
    elif kind in ("out", "math"):
        closing = f"\\end{{{name}{found['star']}}}"
        end = stream.text.find(closing, stream.at, stream.end)
        stream.at = stream.end if end < 0 else end + len(closing)
        printer.emit_blank(stream, command.start)
    else:
        stream.skip_arguments(signature)
        printer.page.begin_environment(name, kind, stream.file, *command.place)


def _end(printer: Printer, command: Command) -> None:
    stream = command.stream
    if found := stream.match(_NAME, stream.at):
        stream.at = stream.end if found["name"] == "document" else found.end()
        printer.page.end_environment(found["name"])


def _item(printer: Printer, command: Command) -> None:
    stream = command.stream
    stream.skip_blank()
    printer.page.end_line()
    closing = argument_end(stream.text, stream.at, stream.end) if stream.holds("[", stream.at) else -1
    if closing < 0:
        printer.emit(stream, printer.page.item_label(), command.start)
        return
    label = stream.inside(stream.at + 1, closing)
    stream.at = closing + 1
    label.at_end = lambda: printer.emit_blank(stream, command.start)
    printer.push(label)


def _list_entry(printer: Printer, command: Command) -> None:
    stream = command.stream
    stream.skip_arguments("o")
    has_label = stream.at > command.end
    key = stream.take_argument()
    if key is None:
        return
    stream.skip_blank()
    printer.page.end_paragraph()
    printer.emit(stream, "", command.start, Mark.ENTRY, _COMMENT.sub("", key).strip())
    number = printer.page.item_number()
    if not has_label:
        printer.emit(stream, f"[{number}] ", command.start)


def _set_counter(printer: Printer, command: Command) -> None:
    if found := command.stream.match(_COUNTER, command.end):
        printer.page.set_item_number(int(found["value"]))
    command.stream.skip_arguments("mm")


def _define(printer: Printer, command: Command) -> None:
    plain, again = command.name in ("def", "gdef"), command.name != "providecommand"
    printer.definitions.define(command.stream, plain=plain, again=again)


def _skip_branch(printer: Printer, command: Command) -> None:
    r"""Skips what ``\iffalse`` leaves out; of other conditions the first branch is printed."""
    stream, depth = command.stream, 0
    for found in _BRANCH.finditer(stream.text, stream.at, stream.end):
        word = found["word"]
        if depth == 0 and word in ("fi", "else"):
            stream.at = found.end()
            return
        depth += {"fi": -1, "else": 0}.get(word, 1)
    if command.name == "iffalse":
        stream.at = stream.end


def _comparison(printer: Printer, command: Command) -> None:
    r"""The two things that ``\ifx`` compares print nothing."""
    stream = command.stream
    for _ in range(2):
        stream.skip_blank()
        if found := stream.match(_COMPARED, stream.at):
            stream.at = found.end()
            if found[0] == "\\csname":
                _computed_name(printer, command)


def _number(printer: Printer, command: Command) -> None:
    r"""``\penalty0``, which BibTeX's styles put before numbers, and its kin: what is set to it prints nothing."""
    if found := command.stream.match(_NUMBER, command.stream.at):
        command.stream.at = found.end()


def _length(printer: Printer, command: Command) -> None:
    r"""``\hskip 1em plus 0.5em minus 0.4em`` and its kin: a blank, or nothing where it is small or a setting."""
    if found := command.stream.match(_STRETCH, command.stream.at):
        command.stream.at = found.end()
        if command.name in ("hskip", "vskip"):
            printer.emit_blank(command.stream, command.start)


def _word_space(printer: Printer, command: Command) -> None:
    if found := command.stream.match(_WORD_SPACE, command.stream.at):
        command.stream.at = found.end()


def _computed_name(printer: Printer, command: Command) -> None:
    stream = command.stream
    end = stream.text.find("\\endcsname", stream.at, min(stream.end, stream.at + _LONGEST_NAME))
    stream.at = stream.at if end < 0 else end + len("\\endcsname")


def _adjustment(printer: Printer, command: Command) -> None:
    r"""``\vadjust pre{…}``, with which Pandoc begins the entries of a list."""
    command.stream.skip_blank()
    if command.stream.holds("pre", command.stream.at):
        command.stream.at += len("pre")


def _blank_before_words(printer: Printer, command: Command) -> None:
    following = next((stream for stream in reversed(printer.streams) if stream.at < stream.end), None)
    if following and (following.text[following.at].isalnum() or following.text[following.at] in "(["):
        printer.emit_blank(command.stream, command.start)


_DOES: tuple[tuple[Callable[[Printer, Command], None], str], ...] = (
    (_superscript, "textsuperscript"),
    (_footnote, "footnote footnotetext endnote sidenote"),
    (_heading, "part chapter section subsection subsubsection minisec addsec addchap"),
    (_run_in_heading, "paragraph subparagraph"),
    (_caption, "caption captionof"),
    (_title, "title"),
    (_paragraph, "par maketitle clearpage newpage"),
    (_line, "newline linebreak tabularnewline"),
    (_blank, "newblock"),
    (_quotation, "enquote"),
    (_cross_reference, "ref pageref eqref autoref Autoref cref Cref labelcref vref nameref subref"),
    (_address, "url path nolinkurl doi"),
    (_verbatim, "verb lstinline"),
    (_formula, "ensuremath"),
    (_begin, "begin"),
    (_end, "end"),
    (_item, "item"),
    (_list_entry, "bibitem"),
    (_set_counter, "setcounter"),
    (_define, "newcommand renewcommand providecommand DeclareRobustCommand def gdef"),
    (_skip_branch, "iffalse else"),
    (_comparison, "ifx"),
    (_computed_name, "csname"),
    (_number, "penalty hangafter tolerance clubpenalty widowpenalty hyphenpenalty interlinepenalty looseness"),
    (_word_space, "spaceskip xspaceskip"),
    (_length, "hskip vskip mskip kern mkern raise lower hangindent parindent parskip leftskip rightskip baselineskip itemsep"),
    (_adjustment, "vadjust"),
    (_blank_before_words, "xspace"),
    (name_input, "input include subfile subfileinclude"),
    (name_folder_and_file, "import subimport includefrom subincludefrom inputfrom"),
    (name_bibliographies, "bibliography addbibresource addglobalbib"),
)

#: By the names of commands, what they do once they were read.
HANDLERS: Mapping[str, Callable[[Printer, Command], None]] = {name: does for does, names in _DOES for name in names.split()}

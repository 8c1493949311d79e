r"""Reads LaTeX's source and prints it as a reader of the finished document would see it, but for the commands that cite.

These stay as they stand in the source (``\citep[see][p.~3]{lee2020}``): that is what an author looks for. Nothing is run;
commands that are not known print their arguments in braces.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bib.formats.latex import accented_at, printed_by
from bib.newlines import line_and_column
from litcheck.documents.latex.arguments import read_arguments, signatures
from litcheck.documents.latex.commands import HANDLERS
from litcheck.documents.latex.definitions import Definitions, EndlessDefinition
from litcheck.documents.latex.formulas import formula_text, raised_text
from litcheck.documents.latex.page import Page
from litcheck.documents.latex.streams import Command, SourceFiles, Stream
from litcheck.documents.latex_keys import command_keys
from litcheck.documents.model import UnreadPart
from litcheck.documents.pieces import Mark
from litcheck.errors import UnreadableDocument
from litcheck.limits import Allowance

_TOKEN = re.compile(
    r"""
    (?P<plain>[^\\%{}$\s~&`'-]+(?:[ -][^\\%{}$\s~&`'-]+)*|-(?!-))
  | (?P<space>\s+)
  | \\(?:(?P<word>[A-Za-z][A-Za-z@]*)\*?|(?P<sign>[\s\S]))
  | (?P<open>\{) | (?P<close>\})
  | %[^\n]*(?:\n[ \t]*(?P<paragraph>\n\s*)?|\Z)
  | (?P<ligature>---?|``|''|['`~])
  | (?P<math>\$\$?)
  | (?P<cell>&)
  | (?P<other>[\s\S])
    """,
    re.VERBOSE,
)
_LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "`": "‘", "'": "’", "~": "\u00a0"}
_ACCENTS = frozenset("'`^\"~=.uvHckrdbt")
_EVERYTHING = re.compile(r"[{,]\s{0,5}\*\s{0,5}[,}]")
#: Tokens between two looks at the clock.
_CHECK_EVERY = 5000


class Printer:
    """Prints the files of one document on a page, and keeps what they say of other files."""

    def __init__(self, files: SourceFiles, allowance: Allowance) -> None:
        self.page = Page()
        self.files = files
        self.streams: list[Stream] = []
        self.groups: list[Callable[[], None] | None] = []
        self.definitions = Definitions()
        self.bibliographies: list[str] = []
        self.made_list: Stream | None = None
        self.unread: list[UnreadPart] = []
        self.cites_all = False
        self._allowance = allowance

    def print(self, text: str) -> None:
        """Prints the main file's text and whatever it names."""
        self.push(self.files.main(text))
        tokens = 0
        while self.streams:
            stream = self.streams[-1]
            if stream.at >= stream.end:
                self.streams.pop()
                if stream.at_end:
                    stream.at_end()
                continue
            tokens += 1
            if tokens % _CHECK_EVERY == 0:
                self._allowance.check_time()
            self._read_token(stream)
        self.page.finish()

    def push(self, stream: Stream) -> None:
        """Reads this before anything else. Of a file with a preamble only what stands in the document is printed."""
        if stream.at == 0 and stream.place is None and "\\begin{document}" in stream.text:
            self.page.begin_preamble()
        self.streams.append(stream)

    def emit(self, stream: Stream, text: str, start: int, mark: Mark | None = None, key: str = "") -> None:
        """Prints what stands for the source from ``start`` to where the stream is."""
        begin, end = stream.place or (start, stream.at)
        self.page.print(text, stream.file, begin, end, mark, key)

    def emit_blank(self, stream: Stream, start: int) -> None:
        """The same with a blank, unless one was just printed."""
        if not self.page.at_blank:
            self.emit(stream, " ", start)

    def emit_formula(self, stream: Stream, formula: str, start: int) -> None:
        """The same with a formula in the text. One that does nothing but raise is a raised run."""
        if raised := raised_text(formula):
            self.emit(stream, "", start, Mark.RAISE)
            self.emit(stream, raised, start)
            self.emit(stream, "", start, Mark.LOWER)
        else:
            self.emit(stream, formula_text(formula), start)

    def open_argument(self, stream: Stream, action: Callable[[], None], before: str = "o") -> bool:
        """Opens the argument in braces after those of the signature ``before``; ``action`` is done where it is closed.

        Gives whether there is one.
        """
        stream.skip_arguments(before)
        stream.skip_blank()
        if not stream.holds("{", stream.at):
            return False
        stream.at += 1
        self.groups.append(action)
        return True

    def _read_token(self, stream: Stream) -> None:
        token = stream.match(_TOKEN, stream.at)
        if token is None:
            stream.at = stream.end
            return
        start, stream.at = token.span()
        text = token[0]
        match token.lastgroup:
            case "plain" | "other":
                self.emit(stream, text, start)
            case "space" if text.count("\n") > 1:
                self.page.end_paragraph()
            case "space":
                self.emit_blank(stream, start)
            case "word":
                self._read_command(Command(token["word"], stream, start, stream.at))
            case "sign":
                self._read_sign(stream, token["sign"], start)
            case "open":
                self.groups.append(None)
            case "close":
                action = self.groups.pop() if self.groups else None
                if action:
                    action()
            case "paragraph":
                self.page.end_paragraph()
            case "ligature":
                self.emit(stream, _LIGATURES[text], start)
            case "math":
                self._read_formula(stream, start, text)
            case "cell":
                self.page.end_cell()
            case _:
                pass  # a comment

    def _read_sign(self, stream: Stream, sign: str, start: int) -> None:
        if sign in _ACCENTS and self._read_accent(stream, start):
            return
        if sign == "\\":
            stream.at += stream.holds("*", stream.at)
            if stream.holds("[", stream.at):
                stream.skip_arguments("o")
            self.page.end_line()
        elif sign in "([":
            self._read_formula(stream, start, "\\" + sign)
        else:
            self._emit_symbol(stream, printed_by(sign) or "", start)

    def _read_accent(self, stream: Stream, start: int) -> bool:
        found = accented_at(stream.text, start)
        if not found or found[1] > stream.end:
            return False
        stream.at = found[1]
        self.emit(stream, found[0], start)
        return True

    def _read_command(self, command: Command) -> None:
        name, stream, start, _ = command
        if name in _ACCENTS and self._read_accent(stream, start):
            return
        if (cited := command_keys(stream.text, start)) and cited[1] <= stream.end:
            stream.at = cited[1]
            source = stream.text[start : stream.at]
            self.emit(stream, source, start, Mark.CITE)
            self.cites_all = self.cites_all or (name == "nocite" and _EVERYTHING.search(source) is not None)
        elif handler := HANDLERS.get(name):
            handler(self, command)
        elif (body := self._stands_for(command)) is not None:
            if stream.at == command.end:
                stream.skip_blank()
            self.push(Stream(text=body, at=0, end=len(body), file=stream.file, place=command.place, depth=stream.depth + 1))
        elif (printed := printed_by(name)) is not None:
            self._emit_symbol(stream, printed, start)
            stream.skip_blank()
        elif signature := signatures().get(name):
            printed_part, stream.at = read_arguments(stream.text, stream.at, stream.end, signature)
            if printed_part:
                self.push(stream.inside(*printed_part))
        else:
            self._read_unknown(stream)

    def _stands_for(self, command: Command) -> str | None:
        """What the document defines a command to be. Raises ``UnreadableDocument`` for one that would never end."""
        try:
            return self.definitions.expand(command.name, command.stream)
        except EndlessDefinition as error:
            file = self.files.known[command.stream.file]
            line, _ = line_and_column(command.place[0], file.starts)
            raise UnreadableDocument(
                f"{file.path}, line {line}: the command \\{error} stands for itself, directly or through others, so that it never"
                " ends. Mend its definition."
            ) from error

    def _emit_symbol(self, stream: Stream, printed: str, start: int) -> None:
        if printed.isspace():
            self.emit_blank(stream, start)
        else:
            self.emit(stream, printed, start)

    def _read_unknown(self, stream: Stream) -> None:
        """Leaves out the command and its arguments in brackets; those in braces are printed."""
        stream.skip_blank()
        _, after = read_arguments(stream.text, stream.at, stream.end, "oo")
        if after > stream.at and stream.holds("{", after):
            stream.at = after

    def _read_formula(self, stream: Stream, start: int, opening: str) -> None:
        r"""A formula in the text is printed; one on a line of its own is a blank. A lone ``$`` prints nothing."""
        closing = {"\\(": "\\)", "\\[": "\\]"}.get(opening, opening)
        end = stream.text.find(closing, stream.at, stream.end)
        while end > 0 and closing == "$" and stream.text[end - 1] == "\\":
            end = stream.text.find(closing, end + 1, stream.end)
        if end < 0 or "\n\n" in stream.text[stream.at : end]:
            return
        formula = stream.text[stream.at : end]
        stream.at = end + len(closing)
        if opening in ("$", "\\("):
            self.emit_formula(stream, formula, start)
        else:
            self.emit_blank(stream, start)
